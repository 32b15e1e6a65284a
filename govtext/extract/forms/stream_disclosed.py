"""Items -> lines of the tables of what was disclosed: heads of columns, then rows of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.extract.forms import amounts, catalogue
from govtext.extract.forms.run_together_digits import ColumnGroup
from govtext.extract.forms.stream_cells import MISSING, ORDER, Slot, slots
from govtext.extract.forms.stream_tables import (
    Found,
    OpenTable,
    PrintedRow,
    are_before_cells,
    begins_with_number,
    behind_of,
    columns_of,
    stretches,
)
from govtext.extract.forms.tables import BROKEN_COUNT

if TYPE_CHECKING:
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.stream_items import Running
    from govtext.extract.forms.stream_labels import Item


def disclosed(running: Running) -> Iterator[Found]:
    """Tables of what was disclosed: heads of columns, then rows with a number for each."""
    family = catalogue.family_of("items")
    if not may_disclose(running.labels(family)):
        return
    for stretch in stretches(running.items(family)):
        blocks = list(_blocks(running, stretch))
        apart = any(_are_apart(running.folded, block) for block in blocks)
        for block in blocks:
            block.is_torn = block.is_torn or begins_with_number(stretch)
        lines = [line for block in blocks for line in _block(running, block, apart=apart)]
        if lines:
            yield Found(family, tuple(lines))


def may_disclose(found: Sequence[Item]) -> bool:
    """Whether among the labels of a text are a row and a column."""
    axes = {each.axis for item in found for each in item.labels if each.role == "value"}
    return len(axes) > 1


def _blocks(running: Running, items: Sequence[Item]) -> Iterator[OpenTable]:
    """Rows below each set of heads."""
    reading = OpenTable()
    for index, item in enumerate(items):
        behind = behind_of(running, items, index)
        rows = [each for each in item.labels if each.axis == "row" and each.role == "value"]
        heads = columns_of(item)
        if heads:
            if reading.rows:
                yield reading
                reading = OpenTable()
            reading.columns.append(heads[0])
            reading.heads.append(running.folded[item.start : item.end])
        elif rows and reading.columns and (behind or rows[0].id not in reading.seen):
            if rows[0].id in reading.seen:
                yield reading
                reading = OpenTable(columns=reading.columns, heads=reading.heads)
            reading.add(rows[0], items, index, behind)
        elif are_before_cells(items, index):
            reading.is_torn = True
    yield reading


def _are_apart(folded: str, reading: OpenTable) -> bool:
    """Whether some row shows that the table sets its numbers apart: one for each of its columns."""
    count = len(reading.columns)
    return count > 1 and any(
        len(run.cells) == count
        and all(folded[one.end : other.start].isspace() for one, other in pairwise(run.cells))
        for _, _, run in reading.rows
    )


def _block(running: Running, reading: OpenTable, *, apart: bool) -> Iterator[PrintedRow]:
    """Lines of the rows below one set of heads; where numbers stand `apart`, none is parted."""
    if not (reading.rows and reading.columns):
        return
    columns = tuple(reading.columns)
    runs = [run for _, _, run in reading.rows]
    found = slots(
        running.folded,
        runs,
        (ColumnGroup(len(columns)),),
        is_torn=reading.is_torn,
        signed=next((n for n, each in enumerate(columns) if each.signed), 0),
    )
    if apart:
        found = [_unless_parted(cells) for cells in found]
    places = [each.order for each in columns]
    if places != sorted(places):
        found = [tuple(replace(slot, reason=ORDER) for slot in cells) for cells in found]
    for (label, printed, _), cells in zip(reading.rows, found, strict=True):
        kept = _unless_misplaced(running.folded, label, columns, cells)
        yield PrintedRow(label, printed, columns, kept, tuple(reading.heads))


def _unless_misplaced(
    folded: str, row: Label, columns: Sequence[Label], cells: tuple[Slot, ...]
) -> tuple[Slot, ...]:
    """Slots of a row; one whose count has decimals has lost the place of its numbers."""
    for column, slot in zip(columns, cells, strict=True):
        metric, _ = catalogue.metric(row, column)
        if "." in folded[slot.start : slot.end] and metric and amounts.unit_of(metric) != "yuan":
            return tuple(replace(each, reason=BROKEN_COUNT) for each in cells)
    return cells


def _unless_parted(cells: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Slots of a row; one that lacks a number in a table of whole ones is not parted."""
    if not any(slot.is_split for slot in cells):
        return cells
    return tuple(replace(slot, is_split=False, reason=MISSING) for slot in cells)
