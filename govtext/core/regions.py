"""The places that GB/T 2260 knows, by name and year (`rules/regions.csv`); nothing is guessed.

A name that several places bear gives all of them; the report has to say which it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from govtext.core import rules

_NEVER = 9999


@dataclass(frozen=True, slots=True)
class Region:
    """A place for as long as it bore its name and code; years are inclusive."""

    code: str
    name: str
    level: str
    parent: str
    valid_from: int
    valid_to: int

    def valid(self, year: int) -> bool:
        """True if the place bore its name on the last day of `year`."""
        return self.valid_from <= year <= self.valid_to


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name of a place that stands in a text."""

    name: str
    start: int
    end: int


def named(name: str, year: int | None = None) -> tuple[Region, ...]:
    """Places that bear `name`: none, one or several, one row a code.

    Parameters
    ----------
    name : str
        Full name, or a short one of `rules/region_aliases.csv`.
    year : int, optional
        Year that is spoken of. Those that bear the name then are given; if there are none, those
        of the year before (a report may use the old name in the year of the change); if there
        are none either, those of any year.
    """
    rows = _by_name().get(name) or _by_alias().get(name, [])
    for last in () if year is None else (year, year - 1):
        if found := {row.code: row for row in rows if row.valid(last)}:
            return tuple(found[code] for code in sorted(found))
    latest = {row.code: row for row in sorted(rows, key=lambda each: each.valid_from)}
    return tuple(latest[code] for code in sorted(latest))


def coded(code: str, year: int | None = None) -> Region | None:
    """Place of a code as it was named in `year`, else as it was named last; None if none has it."""
    rows = _by_code().get(code, [])
    valid = [each for each in rows if year is not None and each.valid(year)]
    return next(iter(valid or rows[::-1]), None)


def called(stem: str) -> tuple[Region, ...]:
    """Places that people call `stem`: a full or short name, or one without its last character."""
    found = named(stem)
    return found or tuple(region for name in _by_stem().get(stem, ()) for region in named(name))


def below(region: Region, level: str, year: int | None = None) -> tuple[Region, ...]:
    """Places of a level whose parent a place is."""
    rows = (row for rows in _by_code().values() for row in rows)
    return tuple(
        row
        for row in rows
        if row.parent == region.code and row.level == level and (year is None or row.valid(year))
    )


def ancestors(region: Region, year: int | None = None) -> tuple[Region, ...]:
    """Places that a place belongs to, the province first, as they were named in `year`."""
    above: list[Region] = []
    code = region.parent
    while code:
        rows = _by_code()[code]
        valid = [each for each in rows if year is not None and each.valid(year)]
        above.insert(0, (valid or rows)[-1])
        code = above[0].parent
    return tuple(above)


def is_alias(name: str) -> bool:
    """True for a short name, such as that of a province without its last word."""
    return name not in _by_name() and name in _by_alias()


def name_at(text: str, start: int, *, aliases: bool = True) -> str:
    """Longest name of a place that begins at `start`, or an empty string."""
    for length in _lengths().get(text[start : start + 2], ()):
        name = text[start : start + length]
        if name in _by_name() or (aliases and name in _by_alias()):
            return name
    return ""


def stem_at(text: str, start: int) -> tuple[str, str]:
    """Name of a place whose last character is left out at `start`, and the characters there.

    A prefecture comes before the counties that share its stem; of several counties none is meant.
    Both are empty where nothing fits.
    """
    for length in range(min(6, len(text) - start), 1, -1):
        stem = text[start : start + length]
        if names := _by_stem().get(stem):
            return (names[0], stem) if len(names) == 1 else ("", "")
    return "", ""


def mentions(text: str) -> Iterator[NamedPlace]:
    """Full names of places in a text, from left to right, the longest at each place."""
    for _, start, end in _finder().find_matches_as_indexes(text):
        yield NamedPlace(text[start:end], start, end)


@cache
def _finder() -> AhoCorasick:
    """What finds the full names in a text."""
    return AhoCorasick(list(_by_name()), matchkind=MatchKind.LeftmostLongest)


@cache
def _regions() -> tuple[Region, ...]:
    return tuple(
        Region(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent=row["parent"],
            valid_from=int(row["valid_from"]),
            valid_to=int(row["valid_to"] or _NEVER),
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
    table: dict[str, list[Region]] = {}
    for region in _regions():
        table.setdefault(region.name, []).append(region)
    return table


@cache
def _by_alias() -> dict[str, list[Region]]:
    table: dict[str, list[Region]] = {}
    for row in rules.load("region_aliases"):
        table.setdefault(row["alias"], []).extend(_by_code()[row["code"]])
    return table


@cache
def _by_stem() -> dict[str, list[str]]:
    """Names of prefectures and counties by all their characters but the last."""
    table: dict[str, list[str]] = {}
    for level in ("prefecture", "county"):
        found: dict[str, list[str]] = {}
        for name in sorted({each.name for each in _regions() if each.level == level}):
            if len(name) > 2:
                found.setdefault(name[:-1], []).append(name)
        table = found | table
    return table


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the names that begin with two characters, the longest first."""
    table: dict[str, set[int]] = {}
    for name in (*_by_name(), *_by_alias()):
        table.setdefault(name[:2], set()).add(len(name))
    return {begin: tuple(sorted(lengths, reverse=True)) for begin, lengths in table.items()}
