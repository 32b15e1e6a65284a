"""The grid of a table: where each cell stands, and whether it holds data or lays a page out."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govtext.read.html.markup import CELLS

if TYPE_CHECKING:
    from govtext.read.flow import Box
    from govtext.read.html.markup import Element

_WIDEST = 1_000
_MOST_PLACES = 200_000
_SPAN = re.compile(r"[ \t\n\r\f]{0,20}\+?([0-9]{1,9})")
_NUMBER = re.compile(r"[0-9.,%/—–-]{1,20}")
_LABEL = 120
_NOTE = 600
_FEWEST_NUMBERS = 4
_FEWEST_CELLS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table with its place: it covers `rows` by `columns` places of the grid."""

    cell: Element
    row: int
    column: int
    rows: int
    columns: int


def places(table: Element, most_rows: int = sys.maxsize) -> list[Place]:
    """Cells of a table in its order of rows, each with its place; of the first rows, if asked.

    A cell ends where its group of rows ends, or a cell from above stands beside it. One alone in
    its row is no wider than the other rows. Beyond `_MOST_PLACES` places a cell covers one only.
    """
    found: list[Place] = []
    first = 0
    for group in _groups(table):
        found += _placed(group[: max(0, most_rows - first)], first)
        first += len(group)
    return _clipped(found)


def may_hold_data(table: Element) -> bool:
    """False for a table whose text is that of another table in it, or is links."""
    return table.size > 2 * max(table.nested, table.linked)


def holds_data(boxes: Sequence[Box]) -> bool:
    """True for a grid of labels and numbers; prose in a cell lays a page out."""
    filled = [box for box in boxes if box.text]
    if len(filled) < _FEWEST_CELLS or len({box.row for box in boxes}) < 2:
        return False
    if len({box.column for box in filled}) < 2:
        return False
    lengths = [len(box.text) for box in filled]
    longest = max(lengths)
    numbers = sum(bool(_NUMBER.fullmatch(box.text)) for box in filled)
    if numbers >= _FEWEST_NUMBERS:
        return longest <= _NOTE
    prose = any(box.text.count("。") > 1 for box in filled)
    even = longest <= _NOTE and 2 * longest <= sum(lengths)
    return not prose and (longest <= _LABEL or even)


def _groups(table: Element) -> Iterator[list[Element]]:
    """Rows by their groups, the head first and the foot last, wherever they stand."""
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    parts = [child for child in table.children if not isinstance(child, str) and not child.silent]
    for part in sorted(parts, key=lambda each: order.get(each.tag, 1)):
        rows = [part] if part.tag == "tr" else []
        if part.tag in order:
            rows = _children(part, "tr")
        if rows:
            yield rows


def _children(element: Element, *tags: str) -> list[Element]:
    return [
        child
        for child in element.children
        if not isinstance(child, str) and child.tag in tags and not child.silent
    ]


def _placed(rows: Sequence[Element], first: int) -> Iterator[Place]:
    """Places of the cells of a group of rows, of which `first` is the number of the first."""
    free_from: list[int] = []  # row from which a column is free, for each column
    budget = _MOST_PLACES
    for row, element in enumerate(rows):
        column = 0
        for cell in _children(element, *CELLS):
            while column < len(free_from) and free_from[column] > row:
                column += 1
            height = _span(cell, "rowspan") or len(rows)
            height = min(height, len(rows) - row)
            width = min(max(1, _span(cell, "colspan")), _WIDEST)
            if height * width > budget:
                height = width = 1
            budget -= height * width
            width = next(
                (i for i, free in enumerate(free_from[column : column + width]) if free > row),
                width,
            )
            free_from += [0] * (column + width - len(free_from))
            free_from[column : column + width] = [row + height] * width
            yield Place(cell, first + row, column, height, width)
            column += width


def _span(cell: Element, name: str) -> int:
    """What an attribute says, as browsers read it; 1 where it says nothing."""
    match = _SPAN.match(cell.attributes.get(name, ""))
    return int(match[1]) if match else 1


def _clipped(found: list[Place]) -> list[Place]:
    """Places, those alone in their row no wider than the other rows."""
    count = Counter(place.row for place in found)
    width = max((each.column + each.columns for each in found if count[each.row] > 1), default=0)
    return [
        replace(place, columns=max(1, width - place.column))
        if count[place.row] == 1 and place.column + place.columns > width > 0
        else place
        for place in found
    ]
