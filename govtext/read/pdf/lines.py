"""Glyphs -> Line: letters on one baseline, with the spaces that the eye sees.

A space of the file stays as it stands. A gap without one becomes a space between Latin letters and
digits; between Chinese characters, which justified text sets wide apart, only where it is as wide
as a column of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.read.pdf.sheet import Glyph

_SAME_LINE = 0.4
_WORD_GAP = 0.2
_COLUMN_GAP = 2.0
_NO_GAP = 0.05
_LONGEST_WORD = 12.0
_FIRST_WIDE = "\u2010"  # where general punctuation begins: “ … — stand among Chinese
_OPENING = "([{<（［｛〔【《〈「『“‘"
_CLOSING = ")]}>）］｝〕】》〉」』”’，。、；：！？,.;:!?%％"
_NUMBER = frozenset("0123456789.,%-+")
_ADDRESS = re.compile(r"(?:://|www\.|@)[!-~]{0,80}$", re.IGNORECASE)
_INSIDE_ADDRESS = frozenset("/._-?=&#%@:")


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A line of print; `lead` is the width of its first word, which no line end may tear.

    `is_row` tells a line with a gap as wide as that between the columns of a table.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    lead: float
    is_row: bool
    page: int


def lines(glyphs: Iterable[Glyph], page: int, *, columns: bool = True) -> list[PrintLine]:
    """Lines of glyphs, from above; `columns` off where a wide gap is no space, as in a cell."""
    found: list[list[Glyph]] = []
    level = reach = 0.0
    for glyph in sorted(glyphs, key=attrgetter("baseline")):
        if found and glyph.baseline - level <= _SAME_LINE * max(reach, glyph.size):
            found[-1].append(glyph)
            reach = max(reach, glyph.size)
        else:
            found.append([glyph])
            level, reach = glyph.baseline, glyph.size
    made = (_line(sorted(each, key=_middle), page, columns) for each in found)
    return [line for line in made if line]


def _middle(glyph: Glyph) -> float:
    """Where a glyph stands; the blank half of a bracket or quote may lie over its neighbour."""
    return glyph.x0 + glyph.x1


def _line(glyphs: Sequence[Glyph], page: int, columns: bool) -> PrintLine | None:
    """Line of glyphs in their order, None where all are spaces."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return None
    parts: list[str] = []
    is_row = False
    spaces = ""
    previous: Glyph | None = None
    for glyph in glyphs:
        if glyph.text.isspace():
            spaces += glyph.text
            continue
        if previous:
            space, wide = _space(previous, glyph, spaces, columns)
            parts.append(space)
            is_row = is_row or wide
        parts.append(glyph.text)
        previous, spaces = glyph, ""
    return PrintLine(
        text="".join(parts),
        x0=seen[0].x0,
        x1=max(glyph.x1 for glyph in seen),
        top=min(glyph.top for glyph in seen),
        bottom=max(glyph.bottom for glyph in seen),
        baseline=median(glyph.baseline for glyph in seen),
        size=median(glyph.size for glyph in seen),
        lead=_lead(seen),
        is_row=is_row,
        page=page,
    )


def _space(left: Glyph, right: Glyph, spaces: str, columns: bool) -> tuple[str, bool]:
    """Space between two glyphs, and whether it is as wide as that between two columns."""
    size = max(left.size, right.size)
    gap = (right.x0 - left.x1) / size
    wide = columns and gap > _COLUMN_GAP
    if spaces:
        return (spaces if gap > _NO_GAP else ""), wide
    narrow = not _is_wide(left.text[-1]) and not _is_wide(right.text[0])
    return (" " if wide or (narrow and gap > _WORD_GAP) else ""), wide


def _lead(glyphs: Sequence[Glyph]) -> float:
    """Width of the first word: a character with the marks that cannot be parted from it."""
    start = glyphs[0].x0
    end = glyphs[0].x1
    for left, right in pairwise(glyphs):
        whole = left.text.isascii() and right.text.isascii()
        whole = whole and right.x0 - left.x1 < _WORD_GAP * left.size
        if not (whole or left.text in _OPENING or right.text in _CLOSING):
            break
        end = right.x1
    return min(end - start, _LONGEST_WORD * glyphs[0].size)


def _is_wide(mark: str) -> bool:
    return mark >= _FIRST_WIDE


# --- lines put together ---------------------------------------------------------------------------


def joined(above: str, below: str) -> str:
    """Two lines of one paragraph as one: a space only between two Latin words."""
    if not above or not below:
        return above + below
    left, right = above[-1], below[0]
    if _is_wide(left) or _is_wide(right):
        return above + below
    if left in _NUMBER and right in _NUMBER:
        return above + below
    address = _ADDRESS.search(above[-100:])
    if address and (left in _INSIDE_ADDRESS or right in _INSIDE_ADDRESS):
        return above + below
    if left.isalnum() and right.isalnum():
        return f"{above} {below}"
    return above + below if left in _OPENING or right in _CLOSING else f"{above} {below}"


def begins_item(text: str) -> bool:
    """True for a text that begins with the mark of a heading or an item (`rules/marks.csv`)."""
    head = fold(text[:20]).lstrip()
    return any(expression.match(head) for expression in _marks())


def _marks() -> Iterator[re.Pattern[str]]:
    return (rules.pattern(row) for row in rules.load("marks"))


def is_number(text: str) -> bool:
    """True for a text of digits and their marks."""
    return bool(text) and all(mark in _NUMBER for mark in text)
