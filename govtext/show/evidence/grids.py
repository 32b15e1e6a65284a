"""Tables as a person sees them: rows of cells, those of a grid and those that lost theirs."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Entry, Report, Table

_WIDEST = 24
_WIDE = frozenset("WF")


def grid(table: Table, text: str) -> list[list[str]]:
    """Rows of a table: a merged cell stands at its upper left, what it covers is empty."""
    rows = [[""] * _width(table) for _ in range(1 + max(cell.row for cell in table.cells))]
    for cell in table.cells:
        rows[cell.row][cell.column] = text[cell.start : cell.end]
    return rows


def lost_grids(report: Report) -> Iterator[list[list[str]]]:
    """Rows of each statistics table whose grid the file lost, with the labels that were found."""
    grids = [(table.start, table.end) for table in report.document.tables]
    for _, found in groupby(report.entries, key=attrgetter("table")):
        entries = list(found)
        if not any(start <= entries[0].start < end for start, end in grids):
            yield _labelled(entries, report.document.text)


def lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of a terminal, the columns below each other; a long cell is not cut."""
    widths = [min(_WIDEST, max(map(_cells, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            cell + " " * max(0, width - _cells(cell))
            for cell, width in zip(row, widths, strict=True)
        )
        yield " | ".join(padded).rstrip()


def _labelled(entries: Iterable[Entry], text: str) -> list[list[str]]:
    columns: dict[str, int] = {}
    rows: list[list[str]] = []
    for _, found in groupby(entries, key=attrgetter("row")):
        row = list(found)
        shown = {
            columns.setdefault(each.column_label, len(columns)): text[each.start : each.end]
            for each in row
        }
        rows.append([row[0].row_label, *(shown.get(n, "") for n in range(len(columns)))])
    width = 1 + len(columns)
    return [["", *columns], *(row + [""] * (width - len(row)) for row in rows)]


def _width(table: Table) -> int:
    return max(cell.column + 1 for cell in table.cells)


def _cells(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(mark) in _WIDE else 1 for mark in text)
