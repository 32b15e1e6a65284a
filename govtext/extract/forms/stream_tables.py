"""Items -> lines: the rows of the official forms in running text, matched by their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.extract.forms import catalogue
from govtext.extract.forms.equations import Equation
from govtext.extract.forms.run_together_digits import ColumnGroup
from govtext.extract.forms.stream_cells import CellRun, Slot, slots
from govtext.extract.forms.stream_labels import Item, dense_example

if TYPE_CHECKING:
    from govtext.core.text import Span
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.stream_items import Running

_FEWEST_ROWS = 6
_FEWEST_COLUMNS = 4
_SHORTEST_HALF = 4
_MOST_BETWEEN = 3
_REACH = 150
_APPLICANTS = (ColumnGroup(7, has_total=True),)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a table: its label and where it is printed, its columns and a slot for each.

    `heads` are the columns as printed, where they are; `unit` stands in a column of its own.
    """

    row: Label | None
    printed: Span
    columns: tuple[Label, ...]
    slots: tuple[Slot, ...]
    heads: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A table found in running text: the family of its form, and its lines."""

    family: str
    lines: tuple[PrintedRow, ...]


@dataclass(slots=True)
class OpenTable:
    """Rows of a table while they are read: label, where it is printed, and the run behind it."""

    rows: list[tuple[Label, Span, CellRun]] = field(default_factory=list)
    columns: list[Label] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    is_torn: bool = False
    opened: str = ""
    last_torn: Label | None = None

    def add(self, label: Label, items: Sequence[Item], index: int, cells: Item | None) -> None:
        """Take up the row at `index` with the cells that belong to it, if there are any."""
        self.last_torn = None
        item = items[index]
        after = (each.start for each in items[index + 1 :] if each.kind == "label")
        until = next(after, cells.end if cells else item.end)
        run = CellRun(item.end, cells.cells if cells else (), until)
        self.rows.append((label, (item.start, item.end), run))

    @property
    def seen(self) -> set[str]:
        """Labels of the rows taken up."""
        return {label.id for label, _, _ in self.rows}


def stretches(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Items between two breaks."""
    stretch: list[Item] = []
    for item in items:
        if item.kind == "break":
            yield stretch
            stretch = []
        else:
            stretch.append(item)
    yield stretch


def begins_with_number(items: Sequence[Item]) -> bool:
    """Whether a number stands by itself above a table: it may come out of an empty cell."""
    return bool(items) and items[0].kind == "cells"


# --- applicants ---------------------------------------------------------------------------------


def applicants(running: Running) -> Iterator[Found]:
    """Tables of requests by applicant: a row label and seven numbers."""
    family = catalogue.family_of("applicants")
    if not any(may_list_applicants(*each) for each in running.clusters(family)):
        return
    for stretch in stretches(running.items(family)):
        for reading in _requests(running, stretch):
            reading.is_torn = reading.is_torn or begins_with_number(stretch)
            if _are_enough(len(reading.seen), len(reading.columns)):
                yield _applicants(running, reading)


def may_list_applicants(found: Sequence[Item], cells: int) -> bool:
    """Whether there are enough labels for a table, if all cells stand behind labels with a slip."""
    labels = [each for item in found for each in item.labels]
    opened = {"", *(catalogue.opened(each) for each in labels if each.axis == "row")}
    rows = {
        each.id
        for each in labels
        if each.axis == "row" and each.role == "value" and each.group in opened
    }
    columns = sum(len(columns_of(item)) for item in found)
    return _are_enough(len(rows) + cells, columns)


def _are_enough(rows: int, columns: int) -> bool:
    """Whether rows and columns are as many as a table by applicant has at least."""
    return rows >= _FEWEST_ROWS or (rows >= 3 and columns >= _FEWEST_COLUMNS)


def _requests(running: Running, items: Sequence[Item]) -> Iterator[OpenTable]:  # noqa: C901
    """Rows of each table of a stretch: a label that comes again begins another table."""
    reading = OpenTable()
    for index, item in enumerate(items):
        behind = behind_of(running, items, index)
        if item.kind == "label":
            label = _row(item, reading, behind)
            if label is None:
                reading.columns += columns_of(item)
            elif label is reading.last_torn:
                reading.is_torn = True  # the end of its words; what follows is of another row
            elif _is_next(label, reading, behind):
                if label.id in reading.seen:
                    yield reading
                    reading = OpenTable()
                reading.add(label, items, index, behind)
        elif are_before_cells(items, index):
            label = _inexact(running, items, index, reading.opened)
            if label and label.role == "value" and label.id not in reading.seen:
                reading.add(label, items, index, items[index + 1])
                reading.last_torn = label
            else:
                reading.is_torn = True
    yield reading


def _is_next(label: Label, reading: OpenTable, behind: Item | None) -> bool:
    """True for a row with cells, or one that the table does not have yet."""
    return label.role == "value" and (behind is not None or label.id not in reading.seen)


def behind_of(running: Running, items: Sequence[Item], index: int) -> Item | None:
    """Cells that a label has behind it, or behind the rest of its own words."""
    label = items[index]
    for place, item in enumerate(items[index + 1 : index + 2 + _MOST_BETWEEN]):
        if item.kind == "cells":
            return item if not place or _is_rest(running, label, item.start) else None
        if item.kind == "break":
            return None
    return None


def _is_rest(running: Running, label: Item, end: int) -> bool:
    """True if what stands up to `end` is the rest of a label, or the end of one with a slip."""
    rest, whole = running.squeezed(label.end, end), running.squeezed(label.start, end)
    return any(
        rest in dense_example(each)
        or catalogue.match(each.axis, whole, each.family, each.group) is each
        for each in label.labels
    )


def _row(item: Item, reading: OpenTable, cells: Item | None) -> Label | None:
    """Row that a label names here; a word that also heads a column is one below the heads."""
    rows = [
        each for each in item.labels if each.axis == "row" and each.group in ("", reading.opened)
    ]
    is_column = any(each.axis == "column" for each in item.labels)
    if not rows or (is_column and not (reading.rows and (cells or item.is_numbered))):
        return None
    reading.opened = catalogue.opened(rows[0]) or reading.opened
    return rows[0]


def are_before_cells(items: Sequence[Item], index: int) -> bool:
    """True for words that no label claims, with cells behind them."""
    behind = items[index + 1].kind if index + 1 < len(items) else ""
    return items[index].kind == "words" and behind == "cells"


def columns_of(item: Item) -> list[Label]:
    """Columns that an item can be the head of."""
    return [each for each in item.labels if each.axis == "column" and each.role == "value"]


def _inexact(running: Running, items: Sequence[Item], index: int, opened: str) -> Label | None:
    """Row that the words before cells name with a slip, or with the words behind them."""
    cells = items[index + 1]
    start = cells.start - _REACH
    for item in reversed(items[max(0, index - _REACH) : index]):
        if item.kind == "cells":
            start = max(start, item.end)
            break
    before = running.squeezed(max(0, start), cells.start)
    found = catalogue.match("row", before, catalogue.family_of("applicants"), opened)
    if found:
        return found
    behind = running.squeezed(cells.end, cells.end + _REACH)
    torn = [
        each
        for each in catalogue.labels("row", catalogue.family_of("applicants"))
        if each.group in ("", opened) and _is_torn(before, behind, catalogue.core(each.example))
    ]
    return torn[0] if len(torn) == 1 else None


def _is_torn(before: str, behind: str, example: str) -> bool:
    """True if a label stands half before the cells and half behind them."""
    return any(
        before.endswith(example[:cut]) and behind.startswith(example[cut:])
        for cut in range(_SHORTEST_HALF, len(example))
    )


def _applicants(running: Running, reading: OpenTable) -> Found:
    """Lines of a table by applicant, digits run together parted by the sums of the form."""
    family = catalogue.family_of("applicants")
    heads = tuple(each for each in catalogue.labels("column", family) if each.role == "value")
    named = {label.metric: place for place, (label, _, _) in enumerate(reading.rows)}
    runs = [run for _, _, run in reading.rows]
    found = slots(
        running.folded,
        runs,
        _APPLICANTS,
        tuple(_equations(named)),
        is_torn=reading.is_torn,
    )
    lines = (
        PrintedRow(label, printed, heads, cells)
        for (label, printed, _), cells in zip(reading.rows, found, strict=True)
        if not _is_heading(reading, label)
    )
    return Found(family, tuple(lines))


def _is_heading(reading: OpenTable, label: Label) -> bool:
    """True for a row without numbers above rows of its own, as 其他处理 is since 2021.

    Rows of a form in which it has such rows show as much where these are missing.
    """
    own = {each.id: run for each, _, run in reading.rows}
    if own[label.id].cells or label.id not in catalogue.opens(label.family):
        return False
    alone = catalogue.alone(label)
    return any(each.group == label.id or not each.kinds & alone for each, _, _ in reading.rows)


def _equations(named: dict[str, int]) -> Iterator[Equation]:
    """Sums down the columns whose rows are all there (`rules/identities.csv`)."""
    for left, right in _sums():
        if all(metric in named for metric in (*left, *right)):
            yield Equation(
                tuple(named[metric] for metric in left), tuple(named[metric] for metric in right)
            )


@cache
def _sums() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Sides of the sums of tables, as metrics."""
    return tuple(
        (rules.terms(row["left"]), rules.terms(row["right"]))
        for row in rules.load("identities")
        if row["scope"] == "table"
    )


# --- items of article 20 ------------------------------------------------------------------------
