"""Lines -> Document; tables on the way: which line is a row of which, where cells come to lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.core.model import Cell, Document, Removal, Segment, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Page
    from govtext.extract.clean.lines import Line


def place(lines: Iterable[Line], tables: Sequence[Table]) -> Iterator[Line]:
    """Lines in their order, those that stand in a table with its number."""
    number = 0
    for line in lines:
        while number < len(tables) and tables[number].end <= line.raw_start:
            number += 1
        inside = number < len(tables) and tables[number].start <= line.raw_start
        yield replace(line, table=number) if inside else line


def rows(lines: Sequence[Line], index: int) -> Iterator[int]:
    """Places of a row and of those behind it in the same table."""
    table = lines[index].table
    while index < len(lines) and lines[index].table == table:
        yield index
        index += 1


def document(page: Page, lines: list[Line]) -> Document:
    """Join the kept lines, and list the others."""
    segments: list[Segment] = []
    removals: list[Removal] = []
    parts: list[str] = []
    position = 0
    for line in lines:
        if line.rule:
            end = line.raw_start + len(line.text)
            removals.append(Removal(line.text, line.rule, line.raw_start, end))
            continue
        segments.append(Segment(position, line.raw_start, len(line.text)))
        parts.append(line.text)
        position += len(line.text) + 1
    tables = move(page.tables, segments)
    return Document(page, "\n".join(parts), tuple(segments), tuple(removals), tables)


def move(tables: Iterable[Table], segments: Sequence[Segment]) -> tuple[Table, ...]:
    """Tables with the offsets of the cleaned text; one that was taken out is left out."""
    moved: list[Table] = []
    starts = [each.raw_start for each in segments]
    for table in tables:
        first, last = bisect_left(starts, table.start), bisect_left(starts, table.end)
        inside, begins = segments[first:last], starts[first:last]
        if inside:
            cells = tuple(_moved(cell, inside, begins) for cell in table.cells)
            moved.append(Table(inside[0].start, inside[-1].start + inside[-1].length, cells))
    return tuple(moved)


def _moved(cell: Cell, inside: Sequence[Segment], begins: Sequence[int]) -> Cell:
    start, end = _offset(inside, begins, cell.start), _offset(inside, begins, cell.end)
    return Cell(cell.row, cell.column, cell.rows, cell.columns, start, end, cell.page)


def _offset(segments: Sequence[Segment], begins: Sequence[int], position: int) -> int:
    """Offset in the cleaned text; a place that was left out goes to the nearest one kept."""
    found = bisect_right(begins, position) - 1
    segment = segments[max(0, found)]
    return segment.start + min(max(0, position - segment.raw_start), segment.length)
