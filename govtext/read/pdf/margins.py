"""Lines of the pages -> which of them are running heads and page numbers.

A running head is the same text, digits aside, at the same height on most pages; pages may take
turns. A page number stands outermost on its page and says which one it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.read.pdf.lines import PrintLine

HEAD, FOOT = 0.2, 0.8
"""Shares of the height of a page, above and below which there may be furniture."""
_MOST_LINES = 3
_LEVEL = 5.0
_MOST_PAGES = 0.4
_LONGEST = 120
_DIGITS = re.compile("[0-9]+")
_NUMBER = re.compile(r"[-~·•.\[(<|]{0,3}([0-9]{1,4})(?:/[0-9]{1,4})?[-~·•.\])>|]{0,3}")


def furniture(pages: Sequence[tuple[Sequence[PrintLine], float]]) -> dict[int, str]:
    """Rule of each line that is furniture, by the line's `id`.

    Parameters
    ----------
    pages : sequence
        For each page its lines outside tables, from above, and its height.
    """
    found = {
        id(line): "page_number" if _says_page(line) else "running_head" for line in _repeated(pages)
    }
    for number, (lines, height) in enumerate(pages, start=1):
        for line in _outermost([line for line in lines if id(line) not in found], height):
            if _is_page_number(line, number):
                found[id(line)] = "page_number"
    return found


def _repeated(pages: Sequence[tuple[Sequence[PrintLine], float]]) -> Iterator[PrintLine]:
    """Lines that stand on most pages at the same height, whatever their digits."""
    groups: dict[tuple[bool, str], list[PrintLine]] = defaultdict(list)
    for lines, height in pages:
        for is_foot, line in _outer(lines, height):
            groups[is_foot, _DIGITS.sub("0", _bare(line))].append(line)
    least = max(2, round(_MOST_PAGES * len(pages)))
    for group in groups.values():
        if len(group) < least:
            continue
        for line in group:
            level = {each.page for each in group if abs(each.baseline - line.baseline) < _LEVEL}
            if len(level) >= least:
                yield line


def _outer(lines: Sequence[PrintLine], height: float) -> Iterator[tuple[bool, PrintLine]]:
    """Lines at the head and the foot of a page, with whether it is the foot."""
    for line in lines[:_MOST_LINES]:
        if line.bottom < HEAD * height and len(line.text) <= _LONGEST:
            yield False, line
    for line in lines[-_MOST_LINES:]:
        if line.top > FOOT * height and len(line.text) <= _LONGEST:
            yield True, line


def _outermost(lines: Sequence[PrintLine], height: float) -> Iterator[PrintLine]:
    """First and last line of a page, where they stand in its margin."""
    if lines and lines[0].bottom < HEAD / 2 * height:
        yield lines[0]
    if len(lines) > 1 and lines[-1].top > (1 + FOOT) / 2 * height:
        yield lines[-1]


def _bare(line: PrintLine) -> str:
    return "".join(fold(line.text).split())


def _says_page(line: PrintLine) -> bool:
    """True for a line that is written as a page number is (`rules/furniture.csv`, ``page``)."""
    bare = _bare(line)
    return bool(_NUMBER.fullmatch(bare)) or any(
        expression.fullmatch(bare) for expression in _expressions()
    )


def _is_page_number(line: PrintLine, number: int) -> bool:
    """True for a page number that stands alone: marked as one, or that of its own page."""
    match = _NUMBER.fullmatch(_bare(line))
    if match and match.group() == match[1]:
        return int(match[1]) == number
    return _says_page(line)


@cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    return tuple(rules.pattern(row) for row in rules.load("furniture") if row["scope"] == "page")
