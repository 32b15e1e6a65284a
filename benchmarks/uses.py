"""Start-up, and analyses of many paragraphs."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks import measure
from benchmarks.measure import Figure
from govtext.analyse.topics import paragraphs

_READ = "a first report read"
_STARTS = {
    "python, nothing imported": ["-c", "pass"],
    "import govtext": ["-c", "import govtext"],
    "govtext --help": ["-c", "from govtext.cli import main; main(['--help'])"],
    "read_report imported": ["-c", "import govtext as gt; gt.read_report"],
    _READ: [
        "-c",
        "import sys, govtext as gt; gt.read_report(sys.argv[1]).observations",
    ],
}
_ANALYSES = {
    "topics, k = 6": (
        "import sys, govtext as gt; gt.topics(sys.argv[1], 6, ks=[6], n_boot=2, n_seeds=2)"
    ),
    "keyness of problems": (
        "import sys, govtext as gt; gt.language.keyness(gt.load(sys.argv[1]), 'problems')"
    ),
    "rates": "import sys, govtext as gt; gt.rates(gt.load(sys.argv[1]))",
}


def starts(rounds: int, report: Path) -> Iterator[Figure]:
    """Wall time and CPU until a process has started and done one small thing."""
    for name, code in _STARTS.items():
        command = [sys.executable, *code, str(report)]
        runs = [measure.run(command) for _ in range(rounds + 1)][1:]
        wall, cpu = (statistics.median(each) for each in zip(*map(_spent, runs), strict=True))
        yield Figure("start", f"{name}, wall", wall, "s", rounds, "rounds")
        if name != _READ:  # what reads the report is not waited for
            yield Figure("start", f"{name}, CPU", cpu, "s", rounds, "rounds")


def _spent(run: measure.Run) -> tuple[float, float]:
    return run.wall, run.cpu


def analyses(study: Path) -> Iterator[Figure]:
    """Wall time, CPU and peak memory of analyses of a whole study."""
    parts = (
        pd.read_parquet(study / f"{name}.parquet") for name in ("reports", "sections", "cells")
    )
    n = len(paragraphs(*parts))
    for name, code in _ANALYSES.items():
        run = measure.run([sys.executable, "-c", code, str(study)])
        yield Figure("analyses", f"{name}, wall", run.wall, "s", n, "paragraphs")
        yield Figure("analyses", f"{name}, CPU", run.cpu, "s", n, "paragraphs")
        yield Figure("analyses", f"{name}, peak", run.peak, "MB", n, "paragraphs")
