"""Lines of a page, and the rules of `rules/furniture.csv` that match them whole or in part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from govtext.core import rules
from govtext.core.text import fold, stops

LONGEST_FURNITURE = 200
"""Characters of a line beyond which it is body, whatever it says."""
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = stops("sentence")
_BETWEEN_CELLS = re.compile(r"[\s\[\]()|/\\·:;,<>_*#+=-]+")
_LONG = 60
_MOST_CELLS = 40
_LINES = 4096
"""Lines whose rules are kept: each is looked at some twenty times."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without the spaces around it, and the rule that takes it out, if any.

    `table` is the number of the table that it is a row of.
    """

    text: str
    folded: str = field(repr=False)
    raw_start: int
    rule: str = ""
    table: int | None = None

    @property
    def is_body(self) -> bool:
        """A line that reads like prose: long, or with a full stop."""
        return not self.rule and (len(self.text) > _LONG or bool(_STOP.search(self.folded)))


def split(text: str) -> Iterator[Line]:
    """Lines of a text that hold more than spaces."""
    folded = fold(text)
    for match in _LINE.finditer(text):
        line = _trimmed(match.group(), folded[slice(*match.span())], match.start())
        if line:
            yield line


def trim(text: str, raw_start: int) -> Line | None:
    """Line without the spaces of any width around it, or None where nothing is left."""
    return _trimmed(text, fold(text), raw_start)


def _trimmed(text: str, folded: str, raw_start: int) -> Line | None:
    left = len(folded) - len(folded.lstrip())
    right = len(folded.rstrip())
    return Line(text[left:right], folded[left:right], raw_start + left) if left < right else None


def cut(line: Line, zone: str, begin: int, end: int) -> Iterator[Line]:
    """Pieces of a line, those that a rule takes out between `begin` and `end` marked."""
    found = sorted(
        (match.start(), match.end(), rule)
        for rule, expression in _rules(zone, "span")
        for match in expression.finditer(line.folded, begin, end)
    )
    position = 0
    for start, stop, rule in found:
        if start < position:
            continue
        yield from filter(None, [trim(line.text[position:start], line.raw_start + position)])
        removed = trim(line.text[start:stop], line.raw_start + start)
        if removed:
            yield replace(removed, rule=rule)
        position = stop
    yield from filter(None, [trim(line.text[position:], line.raw_start + position)])


def rule_of(line: Line, zone: str) -> str:
    """Rule of the furniture that the whole line is, or an empty string."""
    return full(line, zone, "line") or full(line, zone, "from") or _buttons(line, zone)


def full(line: Line, zone: str, scope: str) -> str:
    """First rule that matches the whole line, or an empty string."""
    return next(iter(every(line, zone, scope)), "")


def every(line: Line, zone: str, scope: str) -> tuple[str, ...]:
    """Rules that match the whole line."""
    return _every(line.folded, zone, scope) if len(line.text) <= LONGEST_FURNITURE else ()


@lru_cache(_LINES)
def _every(folded: str, zone: str, scope: str) -> tuple[str, ...]:
    return tuple(rule for rule, expression in _rules(zone, scope) if expression.fullmatch(folded))


def _buttons(line: Line, zone: str) -> str:
    """Rule of the buttons that a line holds, with at most the name of a column beside them."""
    short = len(line.text) <= LONGEST_FURNITURE and not _STOP.search(line.folded)
    return _buttons_of(line.folded, zone) if short else ""


@lru_cache(_LINES)
def _buttons_of(folded: str, zone: str) -> str:
    cells = [cell for cell in _BETWEEN_CELLS.split(folded) if cell]
    if len(cells) > _MOST_CELLS:
        return ""
    named = [_cell_rule(cell, zone, "control") for cell in cells]
    first = next(filter(None, named), "")
    others = [
        cell
        for cell, rule in zip(cells, named, strict=True)
        if not rule and not cell.isdecimal() and not _cell_rule(cell, zone, "token")
    ]
    alone = len(cells) - len(others) < 2 and others
    return "" if alone or len(others) > 1 or len("".join(others)) > 20 else first


def _cell_rule(cell: str, zone: str, scope: str) -> str:
    found = (rule for rule, expression in _rules(zone, scope) if expression.fullmatch(cell))
    return next(found, "")


@cache
def _rules(zone: str, scope: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["rule"], rules.pattern(row, flags=re.IGNORECASE))
        for row in rules.load("furniture")
        if row["scope"] == scope and row["zone"] in (zone, "any")
    )
