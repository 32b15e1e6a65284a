"""The rule rows of the quantities, compiled: units, qualifiers, contexts, and how numerals look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from govtext.core.rules import load, pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = "¦"
"""The patterns of numeral_contexts.csv say with this mark where the numeral begins."""
DIGITS = "零〇一二两三四五六七八九"
LARGE = "百千万亿"
MARKS = f"{DIGITS}十{LARGE}"
LOST = "\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
"""What stands where a character was lost: the private use areas and U+FFFD."""

_ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15})"
    rf"(?:[.·][0-9]{{1,8}})?(?:[{LARGE}]{{1,2}}[0-9]{{1,4}}){{0,3}}"
)
_CHINESE = rf"(?<![{MARKS}])[{MARKS}]{{1,24}}(?![{MARKS}])(?:点[{DIGITS}]{{1,6}})?"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `rules/units.csv`."""

    kind: str
    chinese: str
    unless: re.Pattern[str] | None
    base: str
    factor: int


NO_UNIT = Unit("count", "none", None, "", 1)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule files, compiled; keys are pairs of a place or verdict and a qualifier or script."""

    numeral: re.Pattern[str]
    units: Mapping[str, Unit]
    longest: int
    contexts: Mapping[tuple[str, str], re.Pattern[str]]
    qualifiers: Mapping[tuple[str, str], re.Pattern[str]]
    inside: Mapping[str, str]


@cache
def compiled() -> Rules:
    """Rules of `units.csv`, `qualifiers.csv` and `numeral_contexts.csv`, read once."""
    units = {
        row["unit"]: Unit(
            row["kind"],
            row["chinese"],
            pattern(row, "unless") if row["unless"] else None,
            row["base"],
            int(row["factor"]),
        )
        for row in load("units")
    }
    shares = "|".join(name for name, unit in units.items() if unit.kind == "share")
    words = load("qualifiers")
    inside = {row["pattern"]: row["qualifier"] for row in words if row["place"] == "inside"}
    some = re.escape("".join(inside))
    numeral = re.compile(
        rf"(?<![0-9])(?<![0-9][.·])(?<![0-9.·{MARKS}][{LOST}])(?:(?P<share>{shares}) ?)?"
        rf"(?P<number>{_NUMBER}(?:[{LOST}]{{1,3}}{_NUMBER}?){{0,3}})(?![0-9]|[.·][0-9])"
        rf"(?: {{0,2}}(?P<some>[{some}]))?"
        rf"(?: {{0,2}}(?P<size>(?:(?!百分|千[克米瓦])[{LARGE}]){{1,3}})(?P<more>[{some}])?)?"
    )
    longest = max(map(len, units))
    return Rules(numeral, units, longest, _contexts(), _qualifiers(), inside)


def _contexts() -> dict[tuple[str, str], re.Pattern[str]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in load("numeral_contexts"):
        scripts = ("arabic", "chinese") if row["numeral"] == "any" else (row["numeral"],)
        for script in scripts:
            grouped.setdefault((row["verdict"], script), []).append(f"(?:{pattern(row).pattern})")
    return {key: re.compile("|".join(rows)) for key, rows in grouped.items()}


def _qualifiers() -> dict[tuple[str, str], re.Pattern[str]]:
    # What may stand between a word and the numeral that it qualifies: 约占30%, 超过了30件.
    then = {"after": "", "bare": " ?$", "before": "[了为有占达到 ]{0,2}$"}
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in sorted(load("qualifiers"), key=lambda row: row["place"]):
        if row["place"] in then:
            grouped.setdefault((row["place"], row["qualifier"]), []).append(pattern(row).pattern)
    return {key: re.compile(f"(?:{'|'.join(rows)}){then[key[0]]}") for key, rows in grouped.items()}
