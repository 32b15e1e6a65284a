"""Cells of one row of a grid -> spots: a value with the labels of its row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govtext.core.text import fold, key
from govtext.extract.forms import amounts, catalogue, values
from govtext.extract.forms.heads import SIDEWAYS, assign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.heads import HeadedColumn
    from govtext.extract.forms.lines import GridCell
    from govtext.extract.forms.values import Value

UNKNOWN_ROW = "no form has this row"
UNKNOWN_COLUMN = "no form has this column"
NO_HEAD = "no head says what the column is"
RAGGED = "the row has not as many cells as the head"
MERGED = "one cell stands under several heads"
_YEAR = re.compile("20[0-9]{2}")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]")
_MARK = re.compile("[:,;]")
_NO_VALUES = frozenset({"unit", "code", "note", "corner"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that may hold a value, with the labels of its row and column where a form knows them.

    `grid` is the place of its table in the document and `at` its row and column there; `place`
    counts the cells of its row, `width` says how many there are. `unit` is what the cell, or else
    a cell beside it, the head, the label of the row or the form says.
    """

    grid: int
    family: str
    at: tuple[int, int]
    start: int
    end: int
    value: Value
    row: Label | None
    column: Label | None
    row_text: str
    column_text: str
    place: int = 0
    width: int = 0
    unit: str = ""
    flags: str = ""
    reason: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """Cells of one run of a row, what stands left of them, and the slots above.

    `texts` are the labels, the nearest first; `row` is what a form knows the nearest as. `foreign`
    says that the slots are those of another grid, so that cells can only be counted off; `flags`
    are of every cell.
    """

    grid: int
    number: int
    family: str
    row: Label | None
    texts: tuple[str, ...]
    cells: tuple[GridCell, ...]
    above: tuple[HeadedColumn, ...]
    foreign: bool = False
    flags: str = ""


def spots(row: ValueRow) -> Iterator[Spot]:
    """Spots of the cells of a row, from left to right."""
    pairs = assign(row.cells, row.above, foreign=row.foreign)
    return _listed(row, pairs) if catalogue.role_of(row.family) == "list" else _crossed(row, pairs)


@lru_cache(maxsize=1 << 12)
def unit_in(text: str) -> str:
    """Unit that a label prints in brackets: 收费金额（单位：万元）."""
    said = (part for inside in _BRACKETS.findall(key(text)) for part in _MARK.split(inside))
    return next((part for part in said if part in amounts.units()), "")


def _crossed(
    row: ValueRow, pairs: Sequence[tuple[GridCell, tuple[HeadedColumn, ...]]]
) -> Iterator[Spot]:
    """Spots of a row of a matrix: each has a row and a column."""
    for place, (box, under) in enumerate(pairs):
        if len(under) > 1:
            yield from _merged(row, place, box, under)
        else:
            yield _spot(row, place, box, under[0] if under else None)


def _spot(row: ValueRow, place: int, box: GridCell, slot: HeadedColumn | None) -> Spot:
    """Spot of a cell under one head, or under none."""
    label, column = row.row, slot.column if slot else None
    if catalogue.role_of(row.family) in SIDEWAYS:
        # A form turned on its side: what heads the columns elsewhere stands left of the cell.
        column = column or _first("column", row.texts, row.family)
        label = label or (slot.row if slot else None) or _first("row", row.texts, row.family)
    reason = ""
    if slot is None and column is None:
        reason = RAGGED if row.above else NO_HEAD
    elif label is None:
        reason = UNKNOWN_ROW if row.family else ""
    elif column is None:
        reason = UNKNOWN_COLUMN
    return _made(row, place, box, slot, (label, column), _Told(reason=reason))


def _merged(
    row: ValueRow, place: int, box: GridCell, under: Sequence[HeadedColumn]
) -> Iterator[Spot]:
    """Spots of a cell that covers several columns: empty, marked, or with a number for each."""
    if box.value.status in {"blank", "na"}:
        for slot in under:
            yield _spot(row, place, box, slot)
        return
    numbers = values.several(box.text)
    taken = _by_unit(row, under, numbers)
    if not taken:
        yield replace(_spot(row, place, box, None), reason=MERGED)
        return
    for slot, (start, end, value) in taken:
        spot = _spot(row, place, box, slot)
        begin = box.start
        yield replace(
            spot, start=begin + start, end=begin + end, value=value, unit=value.unit or spot.unit
        )


def _by_unit(
    row: ValueRow, under: Sequence[HeadedColumn], numbers: Sequence[tuple[int, int, Value]]
) -> list[tuple[HeadedColumn, tuple[int, int, Value]]]:
    """Slots with the number of a cell that is in its unit, where there is just one for each."""
    found = []
    for slot in under:
        money = amounts.unit_of(catalogue.metric(row.row, slot.column)[0]) == "yuan"
        fitting = [each for each in numbers if amounts.is_money(each[2].unit) is money]
        if len(fitting) != 1:
            return []
        found.append((slot, fitting[0]))
    return found if len(found) == len(numbers) else []


def _listed(
    row: ValueRow, pairs: Sequence[tuple[GridCell, tuple[HeadedColumn, ...]]]
) -> Iterator[Spot]:
    """Spots of a row of a list: its numbers, of this year and of others, without its unit."""
    units = [box for box in row.cells if fold(box.text) in amounts.units()]
    unit = fold(units[0].text) if units else ""
    uses = _uses(row.above)
    placed = [(box, under[0] if len(under) == 1 else None) for box, under in pairs]
    rest = [box for box, slot in placed if box not in units and not _holds_none(slot)]
    for place, (box, slot) in enumerate(placed):
        if box not in rest:
            continue
        flags = uses.get(slot) if slot else None
        reason = "" if row.row else UNKNOWN_ROW
        if flags is None and len(rest) > 1:
            unheaded = RAGGED if row.above else NO_HEAD
            reason = reason or (UNKNOWN_COLUMN if slot else unheaded)
        labels = row.row, slot.column if slot else None
        yield _made(row, place, box, slot, labels, _Told(unit, flags or "", reason))


def _uses(above: Sequence[HeadedColumn]) -> Mapping[HeadedColumn, str]:
    """Slots of a list that hold numbers, with the flags of those: other years, all years."""
    valued = [slot for slot in above if slot.role == "value"]
    years = {slot: found[0] for slot in valued if (found := _YEAR.findall(slot.text))}
    latest = max(years.values(), default="")
    uses = {slot: "" if years.get(slot, latest) == latest else "prior_year" for slot in valued}
    return uses | {slot: "cumulative" for slot in above if slot.role == "cumulative"}


def _holds_none(slot: HeadedColumn | None) -> bool:
    return slot is not None and slot.role in _NO_VALUES


class _Told(NamedTuple):
    """What is told of a spot beside its cell: the unit of its row, its flags, why it is unread."""

    unit: str = ""
    flags: str = ""
    reason: str = ""


def _made(
    row: ValueRow,
    place: int,
    box: GridCell,
    slot: HeadedColumn | None,
    labels: tuple[Label | None, Label | None],
    told: _Told,
) -> Spot:
    """Spot of a cell below a head; `labels` are those of its row and of its column."""
    label, column = labels
    signed = catalogue.role_of(row.family) != "list" and column is not None and column.signed
    headed, column_text = (slot.column, slot.text) if slot else (None, "")
    row_text = row.texts[0] if row.texts else ""
    said = box.value.unit or told.unit or unit_in(column_text) or unit_in(row_text)
    return Spot(
        grid=row.grid,
        family=row.family,
        at=(box.row, box.column),
        start=box.start,
        end=box.end,
        value=values.value_of(box.text, signed=True) if signed else box.value,
        row=label,
        column=column,
        row_text=row_text,
        column_text=column_text,
        place=place,
        width=len(row.cells),
        unit=said or _fixed(label, headed),
        flags=";".join(filter(None, (told.flags, row.flags))),
        reason=told.reason,
        page=box.page,
    )


def _fixed(label: Label | None, column: Label | None) -> str:
    """Unit that the form fixes."""
    units = (each.unit for each in (column, label) if each)
    return next(filter(None, units), "")


def _first(axis: str, texts: Sequence[str], family: str) -> Label | None:
    found = (catalogue.match(axis, text, family) for text in texts)
    return next((label for label in found if label is not None), None)
