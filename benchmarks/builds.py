"""Whole builds of made reports: beside the baseline, with two workers, larger, killed, one more."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks import measure
from benchmarks.measure import Figure, Run
from benchmarks.sizes import SEED
from tools.made.score import score
from tools.made.write import REPORTS, TRUTH, write

if TYPE_CHECKING:
    from benchmarks.sizes import Size

_LAST = (0.95, 0.85, 0.7)
"""Shares of the wall time of a whole build: where it ends sooner, it is killed sooner."""
_MEASURES = (
    "kind of document", "identity: issuer, in full or as used at home", "identity: year",
    "identity: region_code", "duplicates", "numbers of prose",
    "numbers of prose: none by negation", "cells with a number", "themes: all",
)  # fmt: skip


@dataclass
class Builds:
    """The measures of a run; a made corpus and its tables are made once for each number."""

    size: Size
    folder: Path

    def corpus(self, n: int) -> Path:
        """Folder of the first `n` made documents, with their truth."""
        place = self.folder / f"made-{n}"
        if not place.exists():
            write(n, place, SEED)
        return place

    def build(self, n: int, workers: int, name: str = "tables") -> Run:
        """A fresh build of `n` made documents."""
        out = self.corpus(n) / name
        source = self.corpus(n) / REPORTS
        return measure.govtext("build", source, "--out", out, "--workers", workers, "--fresh")

    def beside_baseline(self) -> Iterator[Figure]:
        """CPU of a whole build and of the baseline's script, in turn, start-up of both included."""
        n, rounds = self.size.whole, self.size.rounds
        source, out = self.corpus(n) / REPORTS, self.corpus(n) / "baseline"
        script = [sys.executable, "-m", "benchmarks.baseline", str(source), str(out)]
        theirs, ours = [], []
        for _ in range(rounds):
            theirs.append(measure.run(script).cpu)
            ours.append(self.build(n, 1).cpu)
        ratios = [left / right for left, right in zip(theirs, ours, strict=True)]
        told = f"{n} texts, start-up included, one worker, median of {rounds} rounds in turn"
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        for name, value, unit, note in (
            ("baseline's script, CPU a report", 1000 * _middle(theirs) / n, "ms", told),
            ("govtext build, CPU a report", 1000 * _middle(ours) / n, "ms", told),
            ("baseline's CPU over govtext's", _middle(ratios), "times", spread),
            ("reports with the same words", self._same_words(n), "share", "baseline and govtext"),
        ):
            yield Figure("whole", name, value, unit, n, "reports", note)

    def _same_words(self, n: int) -> float:
        """Share of the reports of which both count the same words."""
        place = self.corpus(n)
        theirs = pd.read_parquet(place / "baseline" / "words.parquet")
        ours = pd.read_parquet(place / "tables" / "words.parquet")
        ours["report"] = ours.report_id.str.rpartition("/")[2]
        theirs = theirs[theirs.word.map(lambda word: any(each.isalnum() for each in word))]
        counts = [each.groupby(["report", "word"]).n.sum() for each in (theirs, ours)]
        differ = counts[0].sub(counts[1], fill_value=0)
        wrong = differ[differ != 0].index.get_level_values("report").nunique()
        return 1 - wrong / n

    def workers(self) -> Iterator[Figure]:
        """Wall time with one worker and with two; the parent's part; what the tables say."""
        n = self.size.many
        one, two = self.build(n, 1), self.build(n, 2, "two")
        for name, value, unit in (
            ("one worker, wall a report", 1000 * one.wall / n, "ms"),
            ("two workers, wall a report", 1000 * two.wall / n, "ms"),
            ("two workers against one, wall", one.wall / two.wall, "times"),
            ("one worker, CPU a report", 1000 * one.cpu / n, "ms"),
            ("two workers, CPU a report", 1000 * two.cpu / n, "ms"),
            ("parent's CPU a report, two workers", 1000 * two.own_cpu / n, "ms"),
        ):
            yield Figure("workers", name, value, unit, n, "reports")
        place = self.corpus(n)
        yield self._same("workers", "one worker and two: the same bytes", "two")
        table = score(place / "tables", place / TRUTH).set_index("measure")
        for name in _MEASURES:
            said = {column: float(table[column][name]) for column in table.columns}
            n_true, n_found = int(said["n_true"]), said["n_found"]
            yield Figure("found", f"{name}: recall", said["recall"], "share", n_true, "true")
            if pd.notna(said["precision"]):
                share = said["precision"]
                yield Figure("found", f"{name}: precision", share, "share", int(n_found), "found")

    def _same(self, group: str, name: str, other: str) -> Figure:
        """Share of the tables that a build with one worker and another give alike, to the byte."""
        folder = self.corpus(self.size.many)
        one, two = (_tables(folder / each) for each in ("tables", other))
        same = sum(one.get(each) == two.get(each) for each in one.keys() | two.keys())
        return Figure(group, name, same / len(one), "share", len(one), "files of tables")

    def memory(self) -> Iterator[Figure]:
        """Peak memory of the parent, of its largest worker and of all as the corpus grows."""
        peaks = []
        for n in self.size.memory:
            run = self.build(n, 2)
            peaks.append(run.together or run.peak)
            for name, value in (
                ("peak of the parent", run.peak),
                ("peak of the largest worker", run.worker_peak),
                ("peak of all together", run.together),
            ):
                yield Figure("memory", name, value, "MB", n, "reports")
            yield Figure("memory", "wall, two workers", run.wall, "s", n, "reports")
            if n != self.size.many:
                shutil.rmtree(self.corpus(n) / "tables")
        for n, peak in zip(self.size.memory[1:], peaks[1:], strict=True):
            name = f"peak of all together against that of {self.size.memory[0]:,} reports"
            yield Figure("memory", name, peak / peaks[0], "times", n, "reports")

    def resumed(self) -> Iterator[Figure]:
        """A build killed in its last tenth and begun again; one new file; nothing new."""
        n = self.size.many
        source, out = self.corpus(n) / REPORTS, self.corpus(n) / "resumed"
        build = ("build", source, "--out", out, "--workers", 2)
        whole = self.build(n, 2, "resumed")
        note = "it ended before it could be killed: nothing was left to do"
        for share in _LAST:
            shutil.rmtree(out, ignore_errors=True)
            if measure.killed(share * whole.wall, *build):
                note = f"killed after {share:.0%} of the wall time of a whole build"
                break
        again = measure.govtext(*build)
        yield self._same("again", "resumed and built at once: the same bytes", "resumed")
        first = min(source.rglob("*.txt"))
        shutil.copy(first, source / "new.txt")
        more = measure.govtext(*build)
        same = measure.govtext(*build)
        (source / "new.txt").unlink()
        for name, run, told in (
            ("resumed after a kill", again, note),
            ("after one new file", more, ""),
            ("nothing new", same, ""),
        ):
            share = run.wall / whole.wall
            yield Figure("again", f"{name}, wall against whole", share, "share", n, "reports", told)
            share = run.cpu / whole.cpu
            yield Figure("again", f"{name}, CPU against whole", share, "share", n, "reports")


def _tables(folder: Path) -> dict[Path, bytes]:
    """What the files of all tables of a folder hold."""
    paths = (path for path in folder.rglob("*.parquet") if path.is_file())
    kept = {path.relative_to(folder): path.read_bytes() for path in paths}
    return {path: data for path, data in kept.items() if not path.parts[0].startswith(".")}


def _middle(values: list[float]) -> float:
    return statistics.median(values)
