"""Grids -> spots: every cell below a head and beside a label, with what both are, if a form knows.

Tables are read one after the other: where one goes on without heads, those of the last hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from govtext.core.text import fold
from govtext.extract.forms import catalogue, cells, heads, slips, values
from govtext.extract.forms.lines import families, lines, mended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Document
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.cells import Spot
    from govtext.extract.forms.heads import HeadedColumn
    from govtext.extract.forms.lines import GridCell, GridRow, LabelRun


LIFTED = "a number stands by itself above the table"
_FARTHEST_TITLE = 80
_IN_BRACKETS = re.compile(r"\(([^()]{1,40})\)")


@dataclass(slots=True)
class _State:
    """What holds while rows are read from top to bottom.

    `last` is the place in its form of the row that was read last; `foreign` says that the slots
    are those of an earlier grid, and `doubtful` that it is not yet known whether they hold here.
    `title` is the line above the grid.
    """

    family: str = ""
    group: str = ""
    slots: tuple[HeadedColumn, ...] = ()
    band: list[GridRow] = field(default_factory=list)
    last: int = 0
    foreign: bool = False
    doubtful: bool = False
    title: str = ""


def spots(document: Document) -> list[Spot]:
    """Cells of all tables of a document, in order."""
    rows = [
        line
        for number, table in enumerate(document.tables)
        for line in lines(document, number, table)
    ]
    state, found = _State(), list[cells.Spot]()
    grid = -1
    for line in slips.settled(mended(rows)):
        if line.table != grid:
            state.foreign = state.doubtful = grid >= 0
            grid, state.band = line.table, []
            state.title = _title(document, line.table)
        found.extend(_read(line, state))
    lifted = {
        number
        for number in range(len(document.tables))
        if values.value_of(_title(document, number)).status == "number"
    }
    return [_doubtful(spot) if spot.grid in lifted else spot for spot in found]


def _doubtful(spot: Spot) -> Spot:
    """Spot of a grid above which a number stands by itself: it may come out of an empty cell."""
    if spot.value.status != "blank":
        return spot
    return replace(spot, value=values.Value("unread", reason=LIFTED))


def _title(document: Document, number: int) -> str:
    """Line above a grid."""
    begin = document.tables[number - 1].end if number else 0
    end = document.tables[number].start
    lines_above = document.text[max(begin, end - _FARTHEST_TITLE) : end].split("\n")
    return next((line.strip() for line in reversed(lines_above) if line.strip()), "")


def _read(line: GridRow, state: _State) -> Iterator[Spot]:
    """Cells of one row; heads and groups only change the state."""
    family = _family(line, state)
    if family and heads.is_head(line, family):
        state.band = [*state.band, line] if state.family == family else [line]
        state.family, state.doubtful, state.last = family, False, 0
        state.slots, state.foreign = heads.slots(state.band, family)
        return
    if state.band and line.filled and not line.has_numbers and not families(line):
        return  # the end of a head that was torn
    state.band = []
    if family != state.family:
        state.family, state.slots, state.group, state.last = family, (), "", 0
    if not line.has_numbers and _is_group(line, state):
        return
    for index, segment in enumerate(line.segments):
        yield from _segment(line, segment, line.segments[index + 1 :], state)


def _family(line: GridRow, state: _State) -> str:
    """Family of tables that a row is of: the one that knows most of its cells, best the last."""
    found = families(line)
    most = max(found.values(), default=0)
    best = sorted(name for name, count in found.items() if count == most)
    return best[0] if best and state.family not in best else state.family


def _is_group(line: GridRow, state: _State) -> bool:
    """Whether a row only opens a group; the heads of a block of items end where one begins."""
    found = [catalogue.match("row", box.text, state.family, state.group) for box in line.filled]
    if not found or any(label is None or label.role != "group" for label in found):
        return False
    if catalogue.role_of(state.family) == "items":
        state.slots = ()
    _open(line.filled, state)
    return True


def _open(boxes: Sequence[GridCell], state: _State) -> None:
    """Remember the last row that others may belong to."""
    for box in boxes:
        for label in catalogue.matches("row", box.text):
            if label.family == state.family:
                state.group = catalogue.opened(label) or state.group


def _segment(
    line: GridRow, segment: LabelRun, behind: Sequence[LabelRun], state: _State
) -> Iterator[Spot]:
    """Cells behind one label."""
    _open((*line.above, *segment.labels), state)
    printed = segment.read_as or segment.text
    row = catalogue.match("row", printed, state.family, state.group) if printed else None
    slip = segment.read_as or (row and catalogue.is_slip("row", segment.text, row))
    if slip and not any(box.is_number for box in segment.values):
        row = None  # the end of a label that was torn has no numbers
    stubs = (*reversed(segment.labels), *reversed(line.above))
    texts = tuple(dict.fromkeys(filter(None, (segment.text, *(box.text for box in stubs)))))
    above = _above(segment, behind, state, row)
    in_blocks = catalogue.role_of(state.family) == "outcomes"
    if in_blocks and not texts and not any(slot.row for slot in above):
        row, texts = _entitled(state), (state.title,)
    if row is not None:
        state.last = row.order
    bare = not segment.labels and not (in_blocks and above)
    if bare and not any(box.is_number for box in segment.values):
        return
    yield from cells.spots(
        cells.ValueRow(
            grid=line.table,
            number=line.row,
            family=state.family,
            row=row,
            texts=texts,
            cells=segment.values,
            above=above,
            foreign=state.foreign,
            flags="repaired" if slip else "",
        )
    )


def _entitled(state: _State) -> Label | None:
    """Block that the line above its grid names, or the note behind that line."""
    notes = _IN_BRACKETS.findall(fold(state.title))
    found = (catalogue.match("row", text, state.family) for text in (*reversed(notes), state.title))
    return next((label for label in found if label and label.role == "value"), None)


def _above(
    segment: LabelRun, behind: Sequence[LabelRun], state: _State, row: Label | None
) -> tuple[HeadedColumn, ...]:
    """Slots of a run of cells: those behind its label, and before the next list beside it.

    Heads of an earlier grid hold only where its rows go on.
    """
    if state.doubtful:
        if row is None:
            return ()
        state.doubtful = False
        if row.order <= state.last:
            state.slots = ()
    if state.foreign:
        return state.slots
    begin = segment.labels[-1].column if segment.labels else -1
    stop = behind[0].labels[0].column if behind and behind[0].labels else None
    return tuple(
        slot for slot in state.slots if slot.first > begin and (stop is None or slot.first < stop)
    )
