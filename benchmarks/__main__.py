"""`make bench`: what govtext costs, stage by stage and whole, beside named baselines.

`python -m benchmarks [quick|full|whole]`: every figure is printed when it is measured, and all are
kept in `benchmarks/results`, from which `python -m tools performance` writes docs/performance.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import files, measure, stages, uses
from benchmarks.builds import Builds
from benchmarks.measure import Figure
from benchmarks.sizes import SEED, SIZES, Size
from tools.made.write import REPORTS

RESULTS = Path(__file__).resolve().parent / "results"


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Every figure in turn: what is whole first, what is small last."""
    builds = Builds(size, folder)
    yield from builds.beside_baseline()
    yield from builds.workers()
    yield from builds.resumed()
    study = builds.corpus(size.many)
    yield from uses.starts(size.rounds, next((study / REPORTS).rglob("*.txt")))
    yield from uses.analyses(study / "tables")
    yield from stages.figures(size.rounds, SEED)
    yield from files.web_pages(size.pages)
    yield from files.pdf_pages(size.pdfs)
    yield from builds.memory()
    if size.hostile:
        yield from files.hostile_files()


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("size", nargs="?", choices=list(SIZES), default="quick")
    size = SIZES[parser.parse_args().size]
    start, measured = time.monotonic(), list[Figure]()
    told: dict[str, object] = {"size": size.name, "load": measure.load()}
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(size, Path(folder)):
            print(figure, flush=True)
            measured.append(figure)
            path = RESULTS / f"{size.name}.json"
            told["seconds"] = round(time.monotonic() - start)
            measure.save(path, told, measured)
    print(f"{len(measured)} figures in {time.monotonic() - start:.0f} s: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
