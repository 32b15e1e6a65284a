"""Rows of heads -> slots: what stands above each column of a table, and which slot a cell is of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from govtext.extract.forms import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.lines import GridCell, GridRow

_MOST_COLUMNS = 400
SIDEWAYS = frozenset({"items", "outcomes"})
"""Roles of families whose rows may stand above the cells, and columns left of them."""
_FIXED_HEADS = frozenset({"items", "applicants", "outcomes"})
_FIXED = frozenset({"applicants", "outcomes"})
_NOT_ABOVE_VALUES = frozenset({"corner", "group"})


@dataclass(frozen=True, slots=True)
class HeadedColumn:
    """A column of values: its places, the heads above it, the nearest first, and what they are."""

    first: int
    last: int
    texts: tuple[str, ...]
    column: Label | None
    row: Label | None

    @property
    def text(self) -> str:
        """The head that tells most: the one that was known, else the nearest."""
        return self.texts[0] if self.texts else ""

    @property
    def role(self) -> str:
        """What the column holds: ``value``, ``unit``, ``code`` ...; empty where no form says."""
        return self.column.role if self.column else ""


def is_head(line: GridRow, family: str) -> bool:
    """True for a row that only says what stands below it."""
    columns = [label for box in line.filled for label in _known("column", box, family)]
    corner = any(label.role in {"corner", "unit", "code"} for label in columns)
    if line.has_numbers:
        return corner and len(columns) > 1 and not _is_row(line, family)
    if corner or len(columns) > 1:
        return True
    if columns:
        return not _is_row(line, family)
    return catalogue.role_of(family) == "outcomes" and _names_blocks(line, family)


def slots(band: Sequence[GridRow], family: str) -> tuple[tuple[HeadedColumn, ...], bool]:
    """Columns of values under some rows of heads that follow each other, and if places are lost.

    They begin where the first head of values stands; columns between and behind that no form
    knows are slots too, so that cells can be counted off. Where merged cells are lost, but all
    heads of the form are there and each row of them is in the form's order, that order holds.
    """
    made = _placed(band, family)
    whole = _whole(band, family)
    if not whole or [(slot.row, slot.column) for slot in made if slot.role == "value"] == whole:
        return made, False
    if len(made) == len(whole):
        named = zip(made, whole, strict=True)
        return tuple(replace(slot, row=row, column=column) for slot, (row, column) in named), False
    return tuple(HeadedColumn(0, 0, (column.example,), column, row) for row, column in whole), True


def _placed(band: Sequence[GridRow], family: str) -> tuple[HeadedColumn, ...]:
    """Slots by the places of the heads in the grid."""
    heads = [(box, _known("column", box, family)) for line in band for box in line.filled]
    valued = [box for box, found in heads if any(_is_above(each) for each in found)]
    valued = valued or [box for box, _ in heads if catalogue.match("row", box.text, family)]
    if not valued:
        return ()
    first = min(box.column for box in valued)
    width = max(box.last for box, _ in heads)
    corners = [box for box, found in heads if any(each.role == "corner" for each in found)]
    made: list[HeadedColumn] = []
    before: tuple[GridCell, ...] = ()
    for place in range(first, min(width, first + _MOST_COLUMNS)):
        over = tuple(box for box, _ in reversed(heads) if box.column <= place < box.last)
        if any(box in corners for box in over):
            over = ()
        elif over and (over == before or _repeats(over, before, family)):
            made[-1] = replace(made[-1], last=place + 1)
        else:
            made.append(_slot(place, over, family))
        before = over
    return tuple(made)


def _repeats(over: Sequence[GridCell], before: Sequence[GridCell], family: str) -> bool:
    """Whether heads are those beside them again, as a tool repeats a merged cell."""
    fixed = catalogue.role_of(family) in _FIXED_HEADS
    return fixed and [box.text for box in over] == [box.text for box in before]


def _whole(band: Sequence[GridRow], family: str) -> list[tuple[Label | None, Label]]:
    """Row and column of every place of a form in its order, where the heads name all of them."""
    if catalogue.role_of(family) not in _FIXED:
        return []
    columns = [each for each in catalogue.labels("column", family) if each.role == "value"]
    blocks = [each for each in catalogue.labels("row", family) if each.role == "value"]
    if catalogue.role_of(family) != "outcomes":
        blocks = []
    named = [catalogue.match("column", box.text, family) for line in band for box in line.filled]
    counts = Counter(each for each in named if each in columns)
    rows = {catalogue.match("row", box.text, family) for line in band for box in line.filled}
    times = len(blocks) or 1
    if (
        set(counts.values()) != {times}
        or len(counts) != len(columns)
        or not rows.issuperset(blocks)
    ):
        return []
    if not all(_in_order(line, columns, family) for line in band):
        return []
    turns: list[Label | None] = [*blocks] or [None]
    return [(block, column) for block in turns for column in columns]


def _in_order(line: GridRow, columns: Sequence[Label], family: str) -> bool:
    """Whether the heads of one row come as in the form, all of them where it repeats them."""
    named = [catalogue.match("column", box.text, family) for box in line.filled]
    orders = [each.order for each in named if each is not None and each in columns]
    steps = [place for place, (one, next_) in enumerate(pairwise(orders), 1) if next_ <= one]
    runs = [stop - start for start, stop in pairwise([0, *steps, len(orders)])]
    return len(runs) == 1 or set(runs) == {len(columns)}


def assign(
    cells: Sequence[GridCell], above: Sequence[HeadedColumn], *, foreign: bool = False
) -> list[tuple[GridCell, tuple[HeadedColumn, ...]]]:
    """Each cell of a row with the slots that it stands under: none where that cannot be told.

    As many cells as slots are counted off; else the places in the grid decide, where the row
    reaches as far as the heads do and no cell stands beside them, but empty ones, which are left
    out. A row that is short has lost a cell, and no one knows which. The places of a `foreign`
    grid decide nothing.
    """
    extra = len(cells) - len(above)
    empty = not any(box.text for box in cells[: max(0, extra)])
    if foreign and extra > 0 and empty and _are_all(above):
        # Places of a merged label, which stand empty beside it.
        cells = cells[extra:]
    if len(cells) == len(above):
        return [(box, (slot,)) for box, slot in zip(cells, above, strict=True)]
    placed = [
        (box, tuple(slot for slot in above if slot.first < box.last and box.column < slot.last))
        for box in cells
    ]
    beside = any(box.text and not under for box, under in placed)
    if foreign or beside or not cells or not above or cells[-1].last < above[-1].last:
        return [(box, ()) for box in cells]
    return list(_once([(box, under) for box, under in placed if under]))


def _are_all(above: Sequence[HeadedColumn]) -> bool:
    """Whether slots are all columns of a form, in its order."""
    family = above[0].column.family if above and above[0].column else ""
    columns = [each for each in catalogue.labels("column", family) if each.role == "value"]
    return bool(family) and [slot.column for slot in above] == columns


def _once(
    placed: Sequence[tuple[GridCell, tuple[HeadedColumn, ...]]],
) -> Iterator[tuple[GridCell, tuple[HeadedColumn, ...]]]:
    """Cells without the copies of one that a tool repeats; unlike ones under a head are of none."""
    for under, run in groupby(placed, key=itemgetter(1)):
        cells = [box for box, _ in run]
        alike = len({box.text for box in cells}) == 1
        for box in cells[:1] if alike else cells:
            yield box, under if alike else ()


def _slot(place: int, over: Sequence[GridCell], family: str) -> HeadedColumn:
    texts = tuple(dict.fromkeys(box.text for box in over))
    # Only the nearest head names the column, or all of them as one that was written in rows.
    names = dict.fromkeys((*texts[:1], "".join(reversed(texts))))
    columns = [catalogue.match("column", text, family) for text in names if text]
    column = next((each for each in columns if each is not None and _is_above(each)), None)
    # 其他 and 总计 are rows of tables by applicant too, but not where they head a column.
    above = texts if catalogue.role_of(family) in SIDEWAYS else ()
    rows = (catalogue.match("row", text, family) for text in above)
    return HeadedColumn(place, place + 1, texts, column, next(filter(None, rows), None))


def _known(axis: str, box: GridCell, family: str) -> list[Label]:
    return [label for label in catalogue.matches(axis, box.text) if label.family == family]


def _is_above(label: Label) -> bool:
    return label.role not in _NOT_ABOVE_VALUES


def _is_row(line: GridRow, family: str) -> bool:
    """Whether a row begins with the label of a row that holds values."""
    return any(label.role == "value" for box in line.filled for label in _known("row", box, family))


def _names_blocks(line: GridRow, family: str) -> bool:
    """Whether a row names blocks that columns below belong to."""
    blocks = [box for box in line.filled if _known("row", box, family)]
    others = [box for box in line.filled if box not in blocks and catalogue.has_words(box.text)]
    return bool(blocks) and not others and (len(blocks) > 1 or _reaches(blocks[0]))


def _reaches(box: GridCell) -> bool:
    return box.last - box.column > 1
