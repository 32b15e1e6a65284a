"""The fault corpus on disk, and what became of it in a study."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501
from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext.core.model import ANNUAL_REPORT
from govtext.core.text import key
from govtext.pipeline import sources, tables
from tools.faults import files, pages, places, texts

if TYPE_CHECKING:
    from tools.faults.case import Case

FILES, TABLES, EXPECTED = "files", "tables", "expected.csv"
_SOURCES = (texts, pages, files, places)
_COLUMNS = ("path", "fault", "outcome", "piece", "why")


def run(words: list[str]) -> int:
    """Exit status of `python -m tools faults`: 0, 1 where a case did not end as expected."""
    parser = argparse.ArgumentParser("python -m tools faults", description=__doc__)
    parser.add_argument("folder", type=Path, help="new, or one that has been built")
    parser.add_argument("--quick", action="store_true", help="without the cases of seconds each")
    told = parser.parse_args(words)
    if not (told.folder / EXPECTED).exists():
        made = write(told.folder, all_cases(slow=not told.quick))
        faults = Counter(case["fault"] for case in made)
        print(
            f"{len(made)} cases of {len(faults)} kinds in {told.folder / FILES}, what must become"
        )
        print(f"of them in {told.folder / EXPECTED}. Build the folder, then ask again:")
        print(f"  govtext build {told.folder / FILES} --out {told.folder / TABLES}")
        return 0
    wrong = list(faults_of(told.folder))
    print(*wrong, sep="\n")
    print(f"{len(wrong)} of {len(expected(told.folder))} cases did not end as expected")
    return int(bool(wrong))


def all_cases(*, slow: bool = True) -> Iterator[Case]:
    """Every case that is a file with bytes of its own."""
    for source in _SOURCES:
        yield from (case for case in source.cases() if slow or not case.slow)


def write(folder: Path, cases: Iterable[Case], *, links: bool = True) -> list[dict[str, str]]:
    """Rows of the cases that were written; a name that the system cannot have is left out."""
    root = folder / FILES
    root.mkdir(parents=True)
    made = []
    for case in cases:
        path = root / case.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(case.make())
        except (OSError, ValueError):
            continue
        made.append(case)
    if links:
        made += places.links(root)
    names = {
        path: name
        for name, path in sources.named([root / each.path for each in made], root).items()
    }
    rows = [
        {"path": names[root / each.path], "fault": each.fault.split("/")[0], "outcome": each.outcome,
         "piece": each.piece, "why": each.why}
        for each in made
    ]  # fmt: skip
    with (folder / EXPECTED).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def expected(folder: Path) -> list[dict[str, str]]:
    """Rows of what must become of the files of a folder."""
    with (folder / EXPECTED).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def faults_of(folder: Path) -> Iterator[str]:
    """A line for each case that did not end as expected, and for each file that nobody expected."""
    study = tables.load(folder / TABLES)
    reports = {str(row["path"]): row for row in study.reports.to_dict("records")}
    rejects = {str(row["path"]): row for row in study.rejects.to_dict("records")}
    known = set()
    for row in expected(folder):
        path = row["path"]
        known.add(path)
        found = _outcomes(reports.get(path), rejects.get(path), row["piece"])
        if not found & set(row["outcome"].split(" or ")):
            yield f"{path}: {', '.join(sorted(found))}; expected {row['outcome']} ({row['why']})"
    yield from (f"{path}: not among the cases" for path in {*reports, *rejects} - known)


def _outcomes(report: dict[Any, Any] | None, reject: dict[Any, Any] | None, piece: str) -> set[str]:
    """Every outcome that what became of a file fulfils."""
    if reject is not None:
        named = {f"reject {reject['cause']}"}
        return named if reject["cause"] in ("failed", "crashed") else {"reject", *named}
    if report is None:
        return {"ignored"}
    year = report["year"]
    found = {"year null" if year is None or year != year else f"year {int(year)}"}  # noqa: PLR0124
    if report["kind"] != ANNUAL_REPORT or report["kind_doubtful"]:
        found |= {"kind", f"kind {report['kind']}"}
    if report["kind"] == ANNUAL_REPORT and key(piece) in key(report["text"]):
        found.add("report")
        told = report["encoding"] or ""
        if report["repairs"] or "(" in told or " and " in told:
            found.add("repaired")
    return found
