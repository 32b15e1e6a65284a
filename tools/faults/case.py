"""A case of the fault corpus, and the texts that most of them are made of."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
REPORT = (HERE / "report.txt").read_text(encoding="utf-8")
"""A whole report, invented."""
TRADITIONAL = (HERE / "traditional.txt").read_text(encoding="utf-8")
LINES = REPORT.splitlines()
PIECE = LINES[7]
"""A sentence with numbers, which stands in the text of every file that is read."""
TITLE = LINES[0]


@dataclass(frozen=True, slots=True)
class Case:
    """A file with what must become of it.

    `outcome` is one of these, or several joined by `` or ``: ``report`` (an annual report that
    holds `piece`), ``repaired`` (the same, and the table says that it is not as it stood),
    ``reject CAUSE``, ``kind NAME`` (a document of another kind), ``year YEAR`` (``null`` with its
    reason), ``ignored``. `slow` cases take seconds each.
    """

    path: str
    make: Callable[[], bytes]
    outcome: str
    why: str
    piece: str = PIECE
    slow: bool = False

    @property
    def fault(self) -> str:
        """Kind of fault: the folder that the file lies in."""
        return self.path.rpartition("/")[0]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table of cases."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
