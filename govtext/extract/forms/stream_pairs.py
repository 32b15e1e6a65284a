"""Numbers of two columns run together -> that of the year and that of all years, by their sums.

A list prints no borders where its text lost them: ``2034120`` may be 203 and 4120, or 20 and 34120.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.extract.forms.equations import Equation
from govtext.extract.forms.run_together_digits import ColumnGroup, split_digits
from govtext.extract.forms.stream_cells import parted, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.extract.forms.stream_cells import Slot
    from govtext.extract.forms.stream_labels import LooseCell

_COLUMNS = 2
_MARK_REACH = 12
_FIRST_PART = re.compile(rules.one_of("label_marks", "first_part"))
_NEXT_PART = re.compile(rules.one_of("label_marks", "next_part"))


def pairs(folded: str, rows: Sequence[tuple[int, tuple[LooseCell, ...]]]) -> list[tuple[Slot, ...]]:
    """Slots of the year and of all years of each row, empty where nothing settles them.

    Only a table where some row begins with 0 and goes on shows that it fills both columns; all
    years are no less than the year, and parts behind 其中 add up in both columns or settle nothing.

    Parameters
    ----------
    folded : str
        The text that the rows stand in.
    rows : sequence of tuple
        Where the label of each row begins, and its cells.
    """
    digits = [pieces(folded, cells, _COLUMNS) for _, cells in rows]
    run_together_digits = [row[0] for row in digits if len(row) == 1]
    if not any(each.startswith("0") for each in run_together_digits) or any(
        len(each) < _COLUMNS for each in run_together_digits
    ):
        return [()] * len(rows)
    sums = tuple(_sums([_mark(folded, start) for start, _ in rows]))
    ways = split_digits(digits, (ColumnGroup(_COLUMNS, rises=True),), sums)
    return [
        parted(cells, way) if len(row) == 1 and None not in way else ()
        for (_, cells), row, way in zip(rows, digits, ways, strict=True)
    ]


def _mark(folded: str, start: int) -> str:
    """What stands in front of a label: ``first`` or ``next`` part of what is above it, or none."""
    before = folded[max(0, start - _MARK_REACH) : start]
    return "first" if _FIRST_PART.search(before) else "next" * bool(_NEXT_PART.search(before))


def _sums(marks: Sequence[str]) -> Iterator[Equation]:
    """A row is the sum of its parts, unless one of these has parts itself."""
    for place, mark in enumerate(marks):
        parts = 1 + len(list(takewhile(lambda each: each == "next", marks[place + 1 :])))
        after = place + parts
        if mark == "first" and place and marks[after : after + 1] != ["first"]:
            yield Equation((place - 1,), tuple(range(place, after)))
