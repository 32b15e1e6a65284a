"""The rule rows of the quantities, compiled: units, qualifiers, contexts, and how numerals look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from govtext.core.rules import load, one_of, pattern
from govtext.core.text import DIGITS, LARGE, PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

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
class Rules:
    """The rule files, compiled; keys are pairs of a place or verdict and a qualifier or script."""

    numeral: re.Pattern[str]
    units: Mapping[str, Unit]
    longest: int
    contexts: Mapping[tuple[str, str], re.Pattern[str]]
    qualifiers: Mapping[tuple[str, str], re.Pattern[str]]
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
    shares = "|".join(name for name, unit in units.items() if unit.kind == "share")
    words = load("qualifiers")
    inside = {row["pattern"]: row["qualifier"] for row in words if row["place"] == "inside"}
    some = re.escape("".join(inside))
    no_place = "|".join(row["mark"] for row in load("numerals") if row["kind"] == "no_place")
    numeral = re.compile(
        rf"(?<![0-9])(?<![0-9][.·])(?<![0-9.·{MARKS}][{LOST}])(?:(?P<share>{shares}) ?)?"
        rf"(?P<number>{_NUMBER}(?:[{LOST}]{{1,3}}{_NUMBER}?){{0,3}})(?![0-9]|[.·][0-9])"
        rf"(?: {{0,2}}(?P<some>[{some}]))?"
        rf"(?: {{0,2}}(?P<size>(?:(?!{no_place})[{LARGE}]){{1,3}})(?P<more>[{some}])?)?"
    )
    return Rules(
        numeral=numeral,
        units=units,
        longest=max(map(len, units)),
        contexts=_contexts(),
        qualifiers=_qualifiers(),
        inside=inside,
        range=re.compile(one_of("qualifiers", "range", "place")),
    )


def _contexts() -> dict[tuple[str, str], re.Pattern[str]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in load("numeral_contexts"):
        scripts = ("arabic", "chinese") if row["numeral"] == "any" else (row["numeral"],)
        for script in scripts:
            grouped.setdefault((row["verdict"], script), []).append(f"(?:{pattern(row).pattern})")
    return {key: re.compile("|".join(rows)) for key, rows in grouped.items()}


def _qualifiers() -> dict[tuple[str, str], re.Pattern[str]]:
    # What may stand between a word and the numeral that it qualifies: 约占30%, 超过了30件.
    between = one_of("qualifiers", "between", "place")
    then = {"after": "", "bare": " ?$", "before": f"(?:{between})$"}
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in sorted(load("qualifiers"), key=lambda row: row["place"]):
        if row["place"] in then:
            grouped.setdefault((row["place"], row["qualifier"]), []).append(pattern(row).pattern)
    return {key: re.compile(f"(?:{'|'.join(rows)}){then[key[0]]}") for key, rows in grouped.items()}
