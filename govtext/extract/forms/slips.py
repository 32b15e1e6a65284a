"""Rows whose label is misprinted -> the row of the form that its number and neighbours fix.

A label a few characters off is a row only where it stands between the rows that the form prints
around it, and no other row of the form may stand there that is as near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.extract.forms import catalogue, misprints
from govtext.extract.forms.lines import known

if TYPE_CHECKING:
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.lines import GridRow, LabelRun

_REACH = 3


def settled(rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows of grids, those with a misprinted label with the one that they are read as."""
    return [_settled(rows, index) for index in range(len(rows))]


def between(text: str, before: Label | None, behind: Label | None) -> Label | None:
    """Row of a form that a text is with a slip, between two rows of it; None if none or several.

    Parameters
    ----------
    text : str
        The label as printed.
    before, behind : Label or None
        The rows of the form that stand above and below it.
    """
    known_row = before or behind
    family = known_row.family if known_row else ""
    if not family or (before and behind and before.family != behind.family):
        return None
    first = before.order if before else 0
    last = behind.order if behind else first + 2
    if not before and last > 2:
        first = last - 2
    fitting = [
        each
        for each in catalogue.labels("row", family)
        if each.role == "value" and first < each.order < last and _is_near(text, each)
    ]
    return fitting[0] if len(fitting) == 1 else None


def missing(before: Label | None, behind: Label | None) -> Label | None:
    """The one row that the form has between two rows; None where it has none or several."""
    if before is None or behind is None or before.family != behind.family:
        return None
    rows = catalogue.labels("row", before.family)
    lost = [each for each in rows if before.order < each.order < behind.order]
    return lost[0] if len(lost) == 1 and lost[0].role == "value" else None


def _is_near(text: str, label: Label) -> bool:
    """Whether a text is a label of the form but for a third of it, and its number is the same."""
    printed, own = catalogue.number(text), catalogue.number(label.example)
    bare, example = catalogue.core(text), catalogue.core(label.example)
    numbered = bool(printed) and printed == own
    if printed and not numbered:
        return False
    most = max(numbered, len(example) // (3 if numbered else 4))
    return 0 < misprints.distance(bare, example) <= most


def _settled(rows: Sequence[GridRow], index: int) -> GridRow:
    line = rows[index]
    if len(line.segments) != 1 or not line.has_numbers:
        return line
    segment = line.segments[0]
    lost = _is_lost(rows, index)
    if lost:
        label = missing(_before(rows, index), _below(rows, index))
        segment = replace(segment, text="")
    elif not segment.text or known(segment.text) or catalogue.matches("column", segment.text):
        return line
    else:
        label = between(segment.text, _above(rows, index), _below(rows, index))
    if label is None and not lost:
        return line
    return replace(line, segments=(replace(segment, read_as=label.example if label else ""),))


def _is_lost(rows: Sequence[GridRow], index: int) -> bool:
    """Whether the nearest label left of the cells is that of several rows, its own one lost.

    A tool that repeats merged cells writes it beside each of its rows.
    """
    labels = rows[index].segments[0].labels
    if not labels:
        return False
    last = labels[-1]
    beside = [rows[place] for place in (index - 1, index + 1) if 0 <= place < len(rows)]
    return any(
        line.table == rows[index].table
        and any(
            label.text == last.text and label is not segment.labels[-1]
            for segment in line.segments
            for label in segment.labels
            if label.last <= last.last and label.column == last.column
        )
        for line in beside
    )


def _before(rows: Sequence[GridRow], index: int) -> Label | None:
    """Row of the form that was read right above a row of the same table."""
    if not index or rows[index - 1].table != rows[index].table or not rows[index - 1].segments:
        return None
    return _row(rows[index - 1].segments[-1])


def _above(rows: Sequence[GridRow], index: int) -> Label | None:
    """Row of the form that stands above a label: a group left of it, or the row before."""
    for place in range(index, max(-1, index - _REACH), -1):
        line = rows[place]
        if line.table != rows[index].table:
            return None
        for segment in line.segments if place < index else ():
            found = _row(segment)
            if found:
                return found
        stubs = line.segments[0].labels[:-1] if place == index and line.segments else ()
        for box in reversed(stubs):
            named = known(box.text)
            if named:
                return named[0]
    return None


def _below(rows: Sequence[GridRow], index: int) -> Label | None:
    """Row of the form that stands below a label: the next one, or the group that it opens."""
    for line in rows[index + 1 : index + 1 + _REACH]:
        if line.table != rows[index].table:
            return None
        for segment in line.segments:
            named = [label for box in segment.labels for label in known(box.text)[:1]]
            if named:
                return named[0]
    return None


def _row(segment: LabelRun) -> Label | None:
    named = known(segment.text)
    return named[0] if named else None
