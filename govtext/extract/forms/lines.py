"""A table's cells -> its rows as they are read: labels first, then values; torn rows put together.

Nothing is known here of heads; a label is any cell that some form knows or that holds words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govtext.core.text import fold
from govtext.extract.forms import amounts, catalogue, values

if TYPE_CHECKING:
    from govtext.core.model import Cell, Document, Table
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.values import Value

MOST_PLACES = 200_000
"""Places that merged cells of one table may cover; beyond, a cell covers its own place only."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid with its characters and their value; `last` and `bottom` are exclusive."""

    row: int
    column: int
    bottom: int
    last: int
    start: int
    end: int
    text: str
    page: int | None
    value: Value

    @property
    def is_number(self) -> bool:
        """True for a number or a mark in its place."""
        return self.value.status in {"number", "na"}


@dataclass(frozen=True, slots=True)
class LabelRun:
    """Labels of a row from left to right, and the cells behind them.

    `text` is the last label, put together where it stands in several cells or rows; `read_as` is
    the label of the form that it stands for where it is misprinted.
    """

    labels: tuple[GridCell, ...]
    values: tuple[GridCell, ...]
    text: str
    read_as: str = ""

    @property
    def is_known(self) -> bool:
        """Whether some form knows the last label."""
        return bool(known(self.text))


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid: the cells that begin in it, and those of earlier rows that reach into it.

    `segments` are its runs of labels with what stands behind: one, or several lists side by side.
    """

    table: int
    row: int
    own: tuple[GridCell, ...]
    above: tuple[GridCell, ...]
    segments: tuple[LabelRun, ...]

    @property
    def filled(self) -> tuple[GridCell, ...]:
        """Cells that hold anything."""
        return tuple(box for box in self.own if box.text)

    @property
    def has_numbers(self) -> bool:
        """Whether any cell is a number or a mark in its place."""
        return any(box.is_number for box in self.own)


def known(text: str) -> tuple[Label, ...]:
    """Labels of rows that a text reads as."""
    return catalogue.matches("row", text) if text else ()


def lines(document: Document, number: int, table: Table) -> list[GridRow]:
    """Rows of one table, in order."""
    boxes = [
        GridCell(
            row=cell.row,
            column=cell.column,
            bottom=cell.row + max(1, cell.rows),
            last=cell.column + max(1, cell.columns),
            start=cell.start,
            end=cell.end,
            text=(text := _said(document, cell)),
            page=cell.page,
            value=values.value_of(text),
        )
        for cell in table.cells
    ]
    if sum(box.bottom - box.row for box in boxes) > MOST_PLACES:
        boxes = [replace(box, bottom=box.row + 1) for box in boxes]
    own: dict[int, list[GridCell]] = {}
    above: dict[int, list[GridCell]] = {}
    for box in boxes:
        own.setdefault(box.row, []).append(box)
        for row in range(box.row + 1, box.bottom):
            above.setdefault(row, []).append(box)
    return [
        GridRow(
            number, row, (across := _across(cells)), _across(above.get(row, ())), _segments(across)
        )
        for row, cells in sorted(own.items())
    ]


def _said(document: Document, cell: Cell) -> str:
    """What a cell says; the name that a tool gave to a column without one is nothing."""
    text = document.text[cell.start : cell.end].strip()
    return "" if not cell.row and values.is_unnamed(text) else text


def mended(rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows with labels that were torn in two put together, and numbers led to a label above them.

    A label is put together only where the whole is one that a form knows and the parts are not.
    """
    kept: list[GridRow] = []
    for line in rows:
        before = kept[-1] if kept else None
        whole = _joined(before, line) if before else None
        if whole is not None:
            kept[-1] = whole
        else:
            kept.append(line)
    return kept


def families(line: GridRow) -> Counter[str]:
    """How many cells of a row each family of tables knows."""
    found: Counter[str] = Counter()
    for box in line.filled:
        both = (*catalogue.matches("row", box.text), *catalogue.matches("column", box.text))
        found.update({each.family for each in both})
    return found


def _across(boxes: Iterable[GridCell]) -> tuple[GridCell, ...]:
    return tuple(sorted(boxes, key=lambda box: box.column))


def _segments(own: Sequence[GridCell]) -> tuple[LabelRun, ...]:
    found: list[LabelRun] = []
    labels: list[GridCell] = []
    behind: list[GridCell] = []
    for box in own:
        if _is_label(box, labels, behind):
            if behind and labels:
                found.append(_segment(labels, behind))
                labels = []
            behind = []  # what stands before the first label is its number
            labels.append(box)
        elif labels or box.text:
            behind.append(box)
    return (*found, _segment(labels, behind if labels else own))


def _is_label(box: GridCell, labels: Sequence[GridCell], behind: Sequence[GridCell]) -> bool:
    """Whether a cell goes on with the labels of its row, or begins another list beside it."""
    if not box.text or box.is_number:
        return False
    if known(box.text):
        return True
    if behind or not catalogue.has_words(box.text) or fold(box.text) in amounts.units():
        return False
    closed = labels and any(
        each.role == "value" and each.id not in catalogue.opens(each.family)
        for each in known(labels[-1].text)
    )
    return not closed or bool(catalogue.matches("column", box.text))


def _segment(labels: Sequence[GridCell], behind: Sequence[GridCell]) -> LabelRun:
    text = labels[-1].text if labels else ""
    whole = "".join(box.text for box in labels)
    if text and not known(text) and known(whole):
        text = whole
    return LabelRun(tuple(labels), tuple(behind), text)


def _heads(line: GridRow) -> bool:
    """Whether a row is one of heads, whose numbers stand below it by rights."""
    return sum(bool(catalogue.matches("column", box.text)) for box in line.filled) > 1


def _is_torn(before: GridRow, line: GridRow, text: str) -> bool:
    """Whether two rows are halves of one label, which is `text`.

    The whole must be a label that a form knows and the halves none by themselves; or else only the
    first has numbers beside it, as only one of two rows of a form would not.
    """
    first, second = before.segments[0].text, line.segments[0].text
    whole, begin, end = (catalogue.exact("row", each) for each in (text, first, second))
    if not whole or line.has_numbers:
        return bool(whole) and not begin and not end
    if begin:
        return before.has_numbers and not end and begin != whole
    return not end or end == whole or before.has_numbers


def _joined(before: GridRow, line: GridRow) -> GridRow | None:
    """Two rows as one, where the second goes on with the label of the first; else None."""
    if len(before.segments) != 1 or len(line.segments) != 1:
        return None
    first, second = before.segments[0], line.segments[0]
    if not first.labels or (before.has_numbers and line.has_numbers):
        return None
    text = first.text + second.text
    if second.labels:
        if not _is_torn(before, line, text):
            return None
    elif not (first.is_known and not first.values and line.has_numbers) or _heads(before):
        return None
    bearer, behind = (line, second.values) if line.has_numbers else (before, first.values)
    segment = LabelRun(first.labels, behind, text)
    return replace(bearer, above=before.above or bearer.above, segments=(segment,))
