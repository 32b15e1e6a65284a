"""Runs of cells -> slots: one a column, also where digits run together or cells are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.extract.forms.run_together_digits import EMPTY, ColumnGroup, split_digits

if TYPE_CHECKING:
    from govtext.core.text import Span
    from govtext.extract.forms.equations import Equation
    from govtext.extract.forms.stream_labels import LooseCell

_BAR = "|"
_EXPLAINED = ":"
RUN_TOGETHER = "digits of several cells run together"
MISSING = "fewer numbers than columns"
SURPLUS = "more numbers than columns"
NOTHING = "no number behind the label"
ORDER = "heads that are not in the form's order"
SEVERAL = "several columns may be of the year"


@dataclass(frozen=True, slots=True)
class Slot:
    """The cell of one column: its characters, empty for a blank one, and why it cannot be read.

    `flag` says what other year it is of: ``cumulative`` or ``prior_year``.
    """

    start: int
    end: int
    is_split: bool = False
    reason: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class CellRun:
    """What stands behind a label: its cells, where they would begin, and where the next begins."""

    at: int
    cells: tuple[LooseCell, ...]
    until: int


def slots(
    folded: str,
    runs: Sequence[CellRun],
    groups: Sequence[ColumnGroup],
    equations: Sequence[Equation] = (),
    *,
    is_torn: bool = False,
    signed: int = 0,
) -> list[tuple[Slot, ...]]:
    """Slots of each run: as many as the groups have columns.

    Parameters
    ----------
    folded : str
        The text that the runs stand in.
    runs : sequence of Run
        Rows of one table.
    groups, equations :
        What the columns and rows add up to, as for `split_digits`.
    is_torn : bool
        Whether numbers of the table stand where no label is: then a row without any may have lost
        them, and is not blank.
    signed : int, optional
        Place of the one column whose numbers may have a sign: what stands before a sign is of the
        columns before it.
    """
    count = sum(group.cells for group in groups)
    kept = [_trimmed(folded, run.cells, count) for run in runs]
    ruled = _ruled(folded, runs, kept, count)
    ways = split_digits([pieces(folded, cells, count) for cells in kept], groups, equations)
    torn = is_torn or any(len(cells) > count for cells in kept)
    return [
        fields
        or _slots(
            run,
            cells,
            way,
            # What is explained behind its label may have its numbers behind that.
            is_blank=not torn and folded[run.at : run.at + 1] != _EXPLAINED,
            first=_before(folded, cells, signed),
        )
        for run, cells, way, fields in zip(runs, kept, ways, ruled, strict=True)
    ]


def _ruled(
    folded: str, runs: Sequence[CellRun], kept: Sequence[tuple[LooseCell, ...]], count: int
) -> list[tuple[Slot, ...]]:
    """Slots of rows whose cells, the blank ones too, are set off by bars; empty for the others.

    Rows with all their numbers show how many fields of the label stand before the first cell.
    """
    fields = [_fields(folded, run) for run in runs]
    leads = {
        next(place for place, slot in enumerate(row) if slot.end > slot.start)
        for row, cells in zip(fields, kept, strict=True)
        if len(cells) == count and row
    }
    if len(leads) != 1:
        return [()] * len(runs)
    lead = leads.pop()
    made = []
    for row, cells in zip(fields, kept, strict=True):
        own = row[lead : lead + count]
        filled = {(slot.start, slot.end) for slot in own if slot.end > slot.start}
        whole = len(own) == count and filled == {(cell.start, cell.end) for cell in cells}
        made.append(own if whole else ())
    return made


def _fields(folded: str, run: CellRun) -> tuple[Slot, ...]:
    """What stands between bars behind a label, without the spaces around."""
    behind = folded[run.at : run.until]
    found = []
    start = run.at
    for field in behind.split(_BAR) if _BAR in behind else ():
        left = start + len(field) - len(field.lstrip())
        found.append(Slot(left, max(left, start + len(field.rstrip()))))
        start += len(field) + 1
    return tuple(found)


def _before(folded: str, cells: tuple[LooseCell, ...], signed: int) -> int:
    """How many cells stand before the first sign, if there is one for each column before it."""
    signs = [place for place, cell in enumerate(cells) if folded[cell.start] in "+-"]
    return signed if signs[:1] == [signed] else 0


def parted(cells: Sequence[LooseCell], way: Sequence[Span | None]) -> tuple[Slot, ...]:
    """Slots of a row whose digits run together, by the spans in them; open ones have a reason."""
    places = [place for cell in cells for place in range(cell.start, cell.end)]
    reason = _reason(cells, len(way))
    found = []
    at = cells[0].start
    for span in way:
        if span is None:
            found.append(Slot(cells[0].start, cells[-1].end, reason=reason))
        elif span == EMPTY:
            found.append(Slot(at, at, is_split=True))
        else:
            at = places[span[1] - 1] + 1
            found.append(Slot(places[span[0]], at, is_split=True))
    return tuple(found)


def _slots(
    run: CellRun,
    cells: tuple[LooseCell, ...],
    way: tuple[Span | None, ...],
    *,
    is_blank: bool,
    first: int = 0,
) -> tuple[Slot, ...]:
    """Slots of a row; the `first` cells are of a column each, whatever the others are."""
    if len(cells) == len(way):
        return tuple(Slot(cell.start, cell.end) for cell in cells)
    if not cells:
        return (Slot(run.at, run.at, reason="" if is_blank else NOTHING),) * len(way)
    whole = tuple(Slot(cell.start, cell.end) for cell in cells[:first])
    return (*whole, *parted(cells, way)[first:])


def _reason(cells: Sequence[LooseCell], count: int) -> str:
    if len(cells) > count:
        return SURPLUS
    return RUN_TOGETHER if sum(cell.end - cell.start for cell in cells) >= count else MISSING


def _trimmed(folded: str, cells: tuple[LooseCell, ...], count: int) -> tuple[LooseCell, ...]:
    """Cells without a number behind them that is none: of the prose, or of the page."""
    while len(cells) > count and cells[-1].is_loose:
        cells = cells[:-1]
    if len(cells) == count + 1 and count > 1:
        last = cells[-2].end
        within = "\n" in folded[cells[0].start : last]
        if not within and "\n" in folded[last : cells[-1].start]:
            return cells[:-1]
    return cells


def pieces(folded: str, cells: tuple[LooseCell, ...], count: int) -> tuple[str, ...]:
    """Digits of the cells; none where one is no plain number, a mark for "none" counting as 0."""
    texts = [folded[cell.start : cell.end] for cell in cells]
    if len(texts) == count:
        texts = ["0" if text.strip("-/") == "" else text for text in texts]
    return tuple(texts) if all(text.isdecimal() for text in texts) else ()
