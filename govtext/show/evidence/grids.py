"""Tables as a person sees them: rows of cells, those of a grid and those that lost theirs."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from govtext.core.model import Cell

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


def aligned(table: Table, entries: Iterable[Entry]) -> Table:
    """Table with each number in its own column, where the file does not say what is merged.

    In a line of text the cell of a label that reaches over several rows stands in the first only,
    so that all that follows it in the others stands too far to the left.
    """
    if any(cell.rows > 1 or cell.columns > 1 for cell in table.cells):
        return table
    columns = _columns(each for each in entries if table.start <= each.start <= table.end)
    width = max([_width(table), *(column + 1 for column in columns.values())])
    cells: list[Cell] = []
    for number, found in groupby(table.cells, key=attrgetter("row")):
        row = list(found)
        first = {cell.start: cell.column for cell in reversed(row)}
        shift = min(
            (columns[place] - at for place, at in first.items() if place in columns), default=0
        )
        if shift > 0:
            cells.append(Cell(number, 0, 1, shift, row[0].start, row[0].start))
            row = [replace(cell, column=cell.column + shift) for cell in row]
        last = row[-1]
        cells += [*row[:-1], replace(last, columns=max(1, width - last.column))]
    return replace(table, cells=tuple(cells))


def _columns(entries: Iterable[Entry]) -> dict[int, int]:
    """Column of each number by its start: the last one that a number under the same head has."""
    found = list(entries)
    last: dict[str, int] = {}
    for each in found:
        last[each.column_label] = max(each.column, last.get(each.column_label, 0))
    columns: dict[int, int] = {}
    for each in found:  # blank cells may share a place: the first of them stands there
        columns.setdefault(
            each.start, last[each.column_label] if each.column_label else each.column
        )
    return columns


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
