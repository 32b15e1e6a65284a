"""The places that GB/T 2260 knows, by name and year (`rules/regions.csv`); nothing is guessed.

A name that several places bear gives all of them; the report has to say which it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from govtext import rules

LEVELS = ("province", "prefecture", "county")
_GRACE = 1
"""Years that a name is still met after it ended: last year's report is signed under it."""


@dataclass(frozen=True, slots=True)
class Region:
    """A place for as long as it bore its name and code; years are inclusive."""

    code: str
    name: str
    level: str
    parent: str
    valid_from: int
    valid_to: int

    def valid(self, year: int | None) -> bool:
        """True if the place bore its name in `year`, or the year before; any year if None."""
        return year is None or self.valid_from <= year <= self.valid_to + _GRACE


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place that stands in a text."""

    name: str
    start: int
    end: int


def named(name: str, year: int | None = None) -> tuple[Region, ...]:
    """Places that bear `name` in `year`: none, one or several."""
    found = [region for region in _by_name().get(name, ()) if region.valid(year)]
    latest = {region.code: region for region in sorted(found, key=lambda each: each.valid_from)}
    return tuple(latest[code] for code in sorted(latest))


def ancestors(region: Region, year: int | None = None) -> tuple[Region, ...]:
    """Places that a place belongs to, the province first."""
    above: list[Region] = []
    code = region.parent
    while code:
        rows = [each for each in _by_code().get(code, ()) if each.valid(year)]
        parent = (rows or list(_by_code()[code]))[-1]
        above.insert(0, parent)
        code = parent.parent
    return tuple(above)


def name_at(text: str, start: int) -> str:
    """Longest name of a place that begins at `start`, or an empty string."""
    for length in _lengths():
        name = text[start : start + length]
        if len(name) == length and name in _by_name():
            return name
    return ""


def mentions(text: str) -> Iterator[Mention]:
    """Names of places in a text, from left to right, the longest at each place."""
    position = 0
    initials = _initials()
    while position < len(text):
        name = name_at(text, position) if text[position] in initials else ""
        if name:
            yield Mention(name, position, position + len(name))
        position += len(name) or 1


@cache
def _regions() -> tuple[Region, ...]:
    return tuple(
        Region(
            row["code"],
            row["name"],
            row["level"],
            row["parent"],
            int(row["valid_from"]),
            int(row["valid_to"] or 9999),
        )
        for row in rules.load("regions")
    )


@cache
def _by_code() -> dict[str, list[Region]]:
    table: dict[str, list[Region]] = {}
    for region in sorted(_regions(), key=lambda each: each.valid_from):
        table.setdefault(region.code, []).append(region)
    return table


@cache
def _by_name() -> dict[str, list[Region]]:
    """Places by full name, and provinces by their short names too."""
    table: dict[str, list[Region]] = {}
    for region in _regions():
        table.setdefault(region.name, []).append(region)
    for row in rules.load("region_aliases"):
        table.setdefault(row["alias"], []).extend(_by_code()[row["code"]])
    return table


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in _by_name()}, reverse=True))


@cache
def _initials() -> frozenset[str]:
    return frozenset(name[0] for name in _by_name())
