"""The rule rows of the quantities, compiled: units, qualifiers, contexts, and how numerals look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from govtext.core.literals import begun
from govtext.core.rules import load, one_of, pattern
from govtext.core.text import DIGITS, LARGE, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HERE = "¦"
"""The patterns of numeral_contexts.csv say with this mark where the numeral begins."""
MARKS = "".join((*DIGITS, *PLACES))
"""All marks that a Chinese numeral is looked for by."""
POINT = next(row["mark"] for row in load("numerals") if row["kind"] == "point")
LOST = "\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
"""What stands where a character was lost: the private use areas and U+FFFD."""

_ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15})"
    rf"(?:[.·][0-9]{{1,8}})?(?:[{LARGE}]{{1,2}}[0-9]{{1,4}}){{0,3}}"
)
_CHINESE = rf"(?<![{MARKS}])[{MARKS}]{{1,24}}(?![{MARKS}])(?:{POINT}[{''.join(DIGITS)}]{{1,6}})?"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `rules/units.csv`."""

    kind: str
    chinese: str
    unless: re.Pattern[str] | None
    base: str
    factor: int


NO_UNIT = Unit(kind="count", chinese="none", unless=None, base="", factor=1)


@dataclass(frozen=True, slots=True)
class Qualifying:
    """Words of one place by the qualifier that they give; `any` tells whether one stands there."""

    any: re.Pattern[str]
    each: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule files, compiled; keys of the contexts are verdict and script.

    `lengths` are those of the units that begin with a character, the longest first.
    """

    numeral: re.Pattern[str]
    units: Mapping[str, Unit]
    lengths: Mapping[str, tuple[int, ...]]
    contexts: Mapping[tuple[str, str], re.Pattern[str]]
    after: Qualifying
    bare: Qualifying
    before: Qualifying
    inside: Mapping[str, str]
    range: re.Pattern[str]


@cache
def compiled() -> Rules:
    """Rules of `units.csv`, `qualifiers.csv` and `numeral_contexts.csv`, read once."""
    units = {
        row["unit"]: Unit(
            kind=row["kind"],
            chinese=row["chinese"],
            unless=pattern(row, "unless") if row["unless"] else None,
            base=row["base"],
            factor=int(row["factor"]),
        )
        for row in load("units")
    }
    words = load("qualifiers")
    inside = {row["pattern"]: row["qualifier"] for row in words if row["place"] == "inside"}
    shares = [name for name, unit in units.items() if unit.kind == "share"]
    # What may stand between a word and the numeral that it qualifies: 约占30%, 超过了30件.
    between = one_of("qualifiers", "between", "place")
    return Rules(
        numeral=_numeral(shares, "".join(inside)),
        units=units,
        lengths=_lengths(units),
        contexts=_contexts(),
        after=_qualifying("after", ""),
        bare=_qualifying("bare", " ?$"),
        before=_qualifying("before", f"(?:{between})$"),
        inside=inside,
        range=re.compile(one_of("qualifiers", "range", "place")),
    )


def _numeral(shares: Sequence[str], inside: str) -> re.Pattern[str]:
    """How a numeral looks; the first test fails at most places of a text, and is the cheapest."""
    some = re.escape(inside)
    first = re.escape("".join(sorted({name[0] for name in shares} - set(MARKS))))
    no_place = "|".join(row["mark"] for row in load("numerals") if row["kind"] == "no_place")
    return re.compile(
        rf"(?=[0-9{MARKS}{first}])"
        rf"(?<![0-9])(?<![0-9][.·])(?<![0-9.·{MARKS}][{LOST}])(?:(?P<share>{'|'.join(shares)}) ?)?"
        rf"(?P<number>{_NUMBER}(?:[{LOST}]{{1,3}}{_NUMBER}?){{0,3}})(?![0-9]|[.·][0-9])"
        rf"(?: {{0,2}}(?P<some>[{some}]))?"
        rf"(?: {{0,2}}(?P<size>(?:(?!{no_place})[{LARGE}]){{1,3}})(?P<more>[{some}])?)?"
    )


def _lengths(units: Iterable[str]) -> dict[str, tuple[int, ...]]:
    grouped: dict[str, set[int]] = {}
    for unit in units:
        grouped.setdefault(unit[0], set()).add(len(unit))
    return {first: tuple(sorted(found, reverse=True)) for first, found in grouped.items()}


def _contexts() -> dict[tuple[str, str], re.Pattern[str]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in load("numeral_contexts"):
        scripts = ("arabic", "chinese") if row["numeral"] == "any" else (row["numeral"],)
        for script in scripts:
            grouped.setdefault((row["verdict"], script), []).append(f"(?:{pattern(row).pattern})")
    return {key: re.compile(begun("|".join(rows))) for key, rows in grouped.items()}


def _qualifying(place: str, then: str) -> Qualifying:
    """Words of a place, with what comes behind them."""
    grouped: dict[str, list[str]] = {}
    for row in load("qualifiers"):
        if row["place"] == place:
            grouped.setdefault(row["qualifier"], []).append(pattern(row).pattern)
    compiled = {key: f"(?:{'|'.join(rows)}){then}" for key, rows in grouped.items()}
    return Qualifying(
        any=re.compile(begun("|".join(compiled.values()))),
        each=tuple((qualifier, re.compile(words)) for qualifier, words in compiled.items()),
    )
