"""What tells the place without naming it: codes of sites and records, telephones, postcodes.

A code of a site or a record is that of a place; a telephone or a postcode only points to some
(`rules/place_codes.csv`). None is heard against a name that only one place bears.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from govtext.core import regions, rules
from govtext.core.literals import may_match
from govtext.core.text import fold
from govtext.extract.identify.evidence import Evidence, patterns

CODES = ("folder", "site_code", "index_number")
"""Sources that give the code of a place; the others only point to some."""
_HEAD, _FOOT = 40, 15


@dataclass(frozen=True, slots=True)
class Clue:
    """Where a clue was read, its characters, and the codes of the places that it may mean."""

    source: str
    text: str
    codes: tuple[str, ...]

    @property
    def is_code(self) -> bool:
        """True for the code of a place itself."""
        return self.source in CODES

    def allows(self, region: regions.Region) -> bool:
        """True if a place is one of those meant, or lies in one."""
        return any(region.code.startswith(stem(code)) for code in self.codes)

    def reaches(self, region: regions.Region) -> bool:
        """True if a place is or holds one of those meant, or lies in one."""
        return self.allows(region) or any(code.startswith(stem(region.code)) for code in self.codes)

    def __str__(self) -> str:
        """Words for a reason: what was read, and what it means."""
        names = "/".join(each.name for each in map(regions.coded, self.codes) if each)
        return f"{self.source} {self.text} ({names})"


def clues(evidence: Evidence) -> tuple[Clue, ...]:
    """Clues of a report and of the page around it, one a source and text, in order of rank."""
    found: dict[tuple[str, str], Clue] = {}
    lines = _lines(evidence)
    if regions.coded(evidence.within):
        found["folder", evidence.within] = Clue("folder", evidence.within, (evidence.within,))
    for source, text, codes in (*_of_codes(lines), *_of_numbers(lines), *_of_accounts(lines)):
        if codes:
            found.setdefault((source, "".join(codes)), Clue(source, text, codes))
    return tuple(found.values())


def stem(code: str) -> str:
    """Digits that the codes of all places in a place begin with."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def _lines(evidence: Evidence) -> list[str]:
    """Folded lines that may hold a clue: of the page around, the head, the foot, contacts."""
    around = [fold(each.text) for each in evidence.document.removals]
    told = [f"{name}:{value}" for name, value in evidence.document.page.metadata]
    own = evidence.folded
    near = {*range(min(_HEAD, len(own))), *range(max(0, len(own) - _FOOT), len(own))}
    contacts = patterns("contact")
    more = (i for i, line in enumerate(own) if any(row.search(line) for row in contacts))
    return [*told, *around, *(own[i] for i in sorted({*near, *more}))]


def _rows(kind: str, lines: Iterable[str]) -> list[re.Pattern[str]]:
    """Expressions of a kind that may match some line."""
    text = "\n".join(lines)
    return [row for row in patterns(kind) if may_match(row, text)]


def _of_codes(lines: Sequence[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Codes of places that sites and records carry."""
    for source in CODES:
        for row in _rows(source, lines):
            for line in lines:
                for match in row.finditer(line):
                    yield source, match["code"], tuple(_place_of(match["code"]))


def _place_of(number: str) -> Iterator[str]:
    """Code of the place that a number begins with, or that a credit code holds behind its type."""
    begins = [number[:6]] if len(number) >= 6 else []
    if len(number) >= 15 and number[0] == "1":
        begins.append(number[2:8])
    for code in begins:
        if regions.coded(code):
            yield code
            return


def _of_numbers(lines: Sequence[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Places of the telephones and postcodes that a report gives."""
    for source in ("telephone", "postcode"):
        table, rows = _table(source), _rows(source, lines)
        for line in lines if rows else ():
            for row in rows:
                for match in row.finditer(line):
                    number = match["number"]
                    prefix = next((number[:n] for n in (4, 3) if number[:n] in table), "")
                    yield source, prefix, table.get(prefix, ())


def _of_accounts(lines: Sequence[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Places that the name of an account or a site is made of: 微某某, 某某发布."""
    rows = _rows("account", lines)
    for line in lines if rows else ():
        for row in rows:
            for match in row.finditer(line):
                found = regions.called(match["place"])
                yield "account", match["place"], tuple(dict.fromkeys(each.code for each in found))


@cache
def _table(kind: str) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for row in rules.load("place_codes"):
        if row["kind"] == kind:
            table[row["prefix"]].append(row["region_code"])
    return {prefix: tuple(codes) for prefix, codes in table.items()}


def agreed(found: Iterable[Clue]) -> tuple[regions.Region | None, str, str]:
    """Place that telephone and postcode agree on, with its source; or what contradicts."""
    by_source: dict[str, list[Clue]] = defaultdict(list)
    for each in found:
        if not each.is_code and each.source != "account":
            by_source[each.source].append(each)
    pointing = [each for clues_ in by_source.values() for each in clues_]
    if not pointing:
        return None, "", ""
    common = set(pointing[0].codes).intersection(*(each.codes for each in pointing[1:]))
    if not common:
        return None, "", " and ".join(str(each) for each in pointing[:3]) + " contradict each other"
    sources = "+".join(sorted(by_source))
    if len(common) > 1 or len(by_source) < 2:
        return None, "", ""
    return regions.coded(common.pop()), sources, ""
