"""Items -> lines: statistics tables of indicator, unit and number in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import stops
from govtext.extract.forms import catalogue, values
from govtext.extract.forms.stream_cells import MISSING, NOTHING, SEVERAL, SURPLUS, Slot
from govtext.extract.forms.stream_pairs import pairs
from govtext.extract.forms.stream_rows import ListRow, own_cells, take_words
from govtext.extract.forms.stream_tables import Found, PrintedRow, stretches

if TYPE_CHECKING:
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.stream_items import Running
    from govtext.extract.forms.stream_labels import Item

_FEWEST_ROWS = 4
_HEAD_REACH = 60
_FEWEST_SERIALS = 4
_MARKS = re.compile(rules.one_of("label_marks", "before_first_row"))
_STOP = stops("sentence", ",")
_YEAR = re.compile("20[0-9]{2}")
_HELD = frozenset({"code", "value", "cumulative"})


@dataclass(frozen=True, slots=True)
class _Head:
    """A head of a column, and how it is printed."""

    label: Label
    text: str


@dataclass(slots=True)
class _List:
    """Rows of one table while they are read."""

    rows: list[ListRow] = field(default_factory=list)
    opened: str = ""

    def add(self, item: Item, text: str) -> None:
        """Take up a row whose label a form knows; heads of sections are left out."""
        fitting = [each for each in item.labels if each.group in ("", self.opened)]
        if not fitting:
            fitting = [each for each in item.labels if not each.group]
        label = fitting[0] if fitting else None
        if label and label.id in catalogue.opens(label.family):
            self.opened = label.id
        self.rows.append(ListRow(label, (item.start, item.end), text=text))

    @property
    def known(self) -> list[ListRow]:
        """Rows that a form knows and that hold a value."""
        return [row for row in self.rows if row.label and row.label.role == "value"]


def indicators(running: Running) -> Iterator[Found]:
    """Statistics tables: an indicator a row, its unit, its number, perhaps that of all years."""
    if not any(may_list(running, *each) for each in running.clusters(_family())):
        return
    for stretch in stretches(running.items(_family())):
        first = next((item for item in stretch if item.kind == "label"), None)
        if first is None:
            continue
        heads = _heads(running, first.start)
        lifted = _has_number_above(running, first.start)
        for reading in _readings(running, stretch):
            filled = sum(bool(row.cells) for row in reading.known)
            if filled >= _FEWEST_ROWS or (filled and heads):
                yield Found(_family(), tuple(_lines(running, reading, heads, lifted=lifted)))


def may_list(running: Running, found: Sequence[Item], cells: int) -> bool:
    """Whether there are enough cells for a list among some labels, or heads before one."""
    return cells >= _FEWEST_ROWS or (
        cells > 0 and any(_heads(running, item.start) for item in found)
    )


def _readings(running: Running, items: Sequence[Item]) -> Iterator[_List]:
    """Rows of each table of a stretch: one that comes again begins another table."""
    reading = _List()
    seen: set[tuple[str, ...]] = set()
    begun = False
    for item in items:
        if item.kind == "label":
            begun = True
            name = (item.labels[0].id, reading.opened)
            if name in seen and not item.labels[0].group:
                yield reading
                reading, seen = _List(), set()
            elif name in seen:
                reading.opened = ""  # the row that opens the next group is lost
            reading.add(item, running.squeezed(item.start, item.end))
            seen.add(name)
        elif begun and item.kind == "cells":
            row = reading.rows[-1]
            row.cells = row.cells or own_cells(running, row, item.cells)
        elif begun:
            behind = take_words(running, reading.rows[-1], item)
            reading.rows += [behind] if behind else []
    yield reading


def _heads(running: Running, first: int) -> tuple[_Head, ...]:
    """Heads of the columns in front of the first row, none where there are fewer than two."""
    zone = running.folded[max(0, first - 3 * _HEAD_REACH) : first]
    dense = running.squeezed(first - len(zone), first)[-_HEAD_REACH:]
    nearest = _any_head().search(_MARKS.sub("", dense))
    heads = _named(nearest.group()) if nearest else []
    for match in () if nearest else _some_heads().finditer(dense):
        # Rows that no form knows may stand between; then the heads must be those of a list.
        found = _named(match.group())
        roles = [each.label.role for each in found]
        if roles[:1] == ["corner"] and "unit" in roles and not _STOP.search(dense, match.end()):
            heads = found
    return tuple(heads) if len(heads) > 1 else ()


def _named(text: str) -> list[_Head]:
    """Heads of columns that follow each other in a text, one line of them."""
    heads: list[_Head] = []
    for name in _one_head().findall(text):
        label = catalogue.match("column", name, _family())
        if label and heads and label is heads[0].label:
            break  # a second line of heads: letters and numbers of the columns
        if label:
            heads.append(_Head(label, name))
    return heads


def _has_number_above(running: Running, first: int) -> bool:
    """Whether a number stands by itself above a table: it may come out of an empty cell."""
    above = running.folded[max(0, first - _HEAD_REACH) : first].split("\n")[1:]
    return any(values.value_of(line).status == "number" for line in above)


def _lines(
    running: Running, reading: _List, heads: Sequence[_Head], *, lifted: bool = False
) -> Iterator[PrintedRow]:
    """Lines of a list, its columns as its heads name them."""
    columns = [each for each in heads if each.label.role in _HELD]
    serial = bool(columns) and columns[0] is heads[0] and columns[0].label.role == "code"
    if serial:
        columns = columns[1:]
    serial = serial or (not columns and _has_serials(running, reading))
    several = _is_lifted(heads) or (not columns and not serial and _have_several(reading))
    columns = columns or [_Head(_number(), _number().example)]
    uses = [SEVERAL] * len(columns) if several else _uses(columns)
    shown = [place for place, each in enumerate(columns) if each.label.role != "code"]
    for row in reading.rows:
        if serial and len(row.cells) > len(columns):
            row.cells = row.cells[: len(columns)]
    rows = [row for row in reading.rows if row.label or row.cells]
    both: list[tuple[Slot, ...]] = [()] * len(rows)
    if uses == ["", "cumulative"]:
        both = pairs(running.folded, [(row.printed[0], row.cells) for row in rows])
    for row, pair in zip(rows, both, strict=True):
        if row.label.role == "value" if row.label else bool(row.cells and row.unit):
            slots = pair or _slots(row, len(columns), is_blank=not lifted)
            yield PrintedRow(
                row=row.label,
                printed=row.printed,
                columns=tuple(columns[place].label for place in shown),
                slots=tuple(_used(slots[place], uses[place]) for place in shown),
                heads=tuple(columns[place].text for place in shown),
                unit=row.unit,
            )


def _have_several(reading: _List) -> bool:
    """Whether most rows of a table without heads have more numbers than one."""
    counts = [sum(not cell.is_loose for cell in row.cells) for row in reading.known]
    return 2 * sum(count > 1 for count in counts) > len(counts)


def _is_lifted(heads: Sequence[_Head]) -> bool:
    """Whether a head of numbers stands before that of the labels: lifted out of its place."""
    roles = [each.label.role for each in heads]
    before = roles[: roles.index("corner")] if "corner" in roles else []
    return any(role != "code" for role in before)


def _uses(columns: Sequence[_Head]) -> list[str]:
    """Flag of each column, empty for the year's own, or the reason why it cannot be told."""
    values = [each for each in columns if each.label.role == "value"]
    years = [match.group() if (match := _YEAR.search(each.text)) else "" for each in values]
    told = len(values) == 1 or (all(years) and len(set(years)) == len(years))
    return [
        each.label.role
        if each.label.role != "value"
        else SEVERAL
        if not told
        else "prior_year" * (len(values) > 1 and max(years) not in each.text)
        for each in columns
    ]


def _used(slot: Slot, use: str) -> Slot:
    return replace(slot, reason=slot.reason or use) if use == SEVERAL else replace(slot, flag=use)


def _slots(row: ListRow, count: int, *, is_blank: bool = True) -> tuple[Slot, ...]:
    """Slots of a row; with its unit printed and no number behind, it is blank."""
    cells = row.cells
    while len(cells) > count and cells[-1].is_loose:
        cells = cells[:-1]
    if len(cells) == count:
        return tuple(Slot(cell.start, cell.end) for cell in cells)
    at = row.printed[1]
    blank = is_blank and bool(row.unit) and count == 1
    if not cells:
        return (Slot(at, at, reason="" if blank else NOTHING),) * count
    reason = SURPLUS if len(cells) > count else MISSING
    return (Slot(cells[0].start, cells[-1].end, reason=reason),) * count


def _has_serials(running: Running, reading: _List) -> bool:
    """True where the last number of each row but the last counts the rows on."""
    last = [
        running.folded[row.cells[-1].start : row.cells[-1].end]
        for row in reading.rows[:-1]
        if len(row.cells) > 1
    ]
    if len(last) < _FEWEST_SERIALS or not all(each.isdecimal() for each in last):
        return False
    counts = [int(each[:6]) for each in last]
    return all(0 < after - before <= 3 for before, after in pairwise(counts))


@cache
def _family() -> str:
    """Family of the tables that are lists."""
    return catalogue.family_of("list")


@cache
def _number() -> Label:
    """Column of the year's own number."""
    return next(each for each in catalogue.labels("column", _family()) if each.role == "value")


@cache
def _one_head() -> re.Pattern[str]:
    heads = "|".join(
        f"(?:{each.pattern.pattern})" for each in catalogue.labels("column", _family())
    )
    return re.compile(heads)


@cache
def _any_head() -> re.Pattern[str]:
    return re.compile(f"(?:{_one_head().pattern}){{2,8}}$")


@cache
def _some_heads() -> re.Pattern[str]:
    return re.compile(f"(?:{_one_head().pattern}){{3,8}}")
