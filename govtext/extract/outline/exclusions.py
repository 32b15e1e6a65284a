"""What is no heading however it looks: rows of forms, citations, tables of contents."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import fold, key

if TYPE_CHECKING:
    from govtext.extract.outline.headings import Heading

_CELL = re.compile(r"(?:^|\s)(?:-+|[0-9]{1,9}(?:\.[0-9]{1,4})?)(?:\s|$)")
_WORD = re.compile("[\u4e00-\u9fff]{3}")
_REACH = 300
_WIDEST_GAP = 100


def is_row_or_citation(text: str, at: int) -> bool:
    """True for a row of an official form or a citation, which looks like a heading.

    The cells of a row may stand on the lines below.
    """
    rest = text[at : at + _REACH]
    if rest.startswith(phrases("reject")):
        for row in phrases("reject"):
            behind = rest[len(row) : len(row) + 1]
            if rest.startswith(row) and not ("\u4e00" <= behind <= "\u9fff"):
                return True
    return any(expression.match(rest) for expression in expressions("reject"))


def without_table(text: str, found: list[Heading]) -> list[Heading]:
    """Leave out the rows below the head of a statistics table, up to the next real heading."""
    heads = [match.end() for x in expressions("table") for match in x.finditer(text)]
    if not heads:
        return found
    kept: list[Heading] = []
    inside = False
    last = -1
    for index, heading in enumerate(found):
        inside = inside or any(last < head <= heading.start for head in heads)
        last = heading.start
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        inside = inside and _is_row(text[heading.at : min(end, heading.at + _REACH)])
        if not inside:
            kept.append(heading)
    return kept


def _is_row(content: str) -> bool:
    return content.startswith(phrases("table")) or (
        "。" not in content and bool(_CELL.search(content))
    )


def without_contents(text: str, found: list[Heading]) -> list[Heading]:
    """Leave out a table of contents: headings one behind the other that come again below."""
    kept: list[Heading] = []
    index = 0
    last = {_name(heading): place for place, heading in enumerate(found)}
    while index < len(found):
        end = _run(text, found, index)
        run = found[index:end]
        tops = [heading for heading in run if heading.level == 1]
        repeated = any(heading.title and last[_name(heading)] >= end for heading in tops)
        if len(tops) < 2 or tops[0].count != 1 or not repeated:
            kept.extend(run)
        index = end
    return kept


def _run(text: str, found: list[Heading], begin: int) -> int:
    """Number behind the last heading that follows the one before it without any text between."""
    seen = {(found[begin].style, found[begin].count)}
    for index in range(begin + 1, len(found)):
        above, heading = found[index - 1], found[index]
        gap = text[above.end : heading.start]
        again = heading.level == 1 and (heading.style, heading.count) in seen
        if again or not above.title or len(gap) > _WIDEST_GAP or _WORD.search(gap):
            return index
        seen.add((heading.style, heading.count))
    return len(found)


def _name(heading: Heading) -> tuple[str, int, str]:
    return heading.style, heading.count, key(heading.title)


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """Fixed phrases of a kind, folded, the longest first."""
    phrases = {
        fold(row["pattern"])
        for row in rules.load("headings")
        if row["kind"] == kind and row["match"] != "regex"
    }
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def expressions(kind: str) -> tuple[re.Pattern[str], ...]:
    """Regular expressions of a kind."""
    return tuple(
        rules.pattern(row)
        for row in rules.load("headings")
        if row["kind"] == kind and row["match"] == "regex"
    )
