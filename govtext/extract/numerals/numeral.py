"""A numeral in its sentence, and the number that it states."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from govtext.core.text import LARGE, NOUGHTS, PLACES, chinese_number
from govtext.extract.numerals.vocabulary import HERE, LOST, POINT, Unit, compiled

# How many characters a context shows before the numeral, and from its first digit on.
BEFORE, _AHEAD = 24, 16
_BREAK = re.compile(rf"[{LOST}]{{1,3}}")


class Numeral(NamedTuple):
    """A numeral in its folded sentence, and its parts: share 百分之, size 万, inside 余."""

    line: str
    start: int
    end: int
    share: str
    number: str
    size: str
    inside: str

    @property
    def script(self) -> str:
        """``arabic`` or ``chinese``."""
        return "arabic" if self.number[0].isascii() else "chinese"

    @property
    def bare(self) -> bool:
        """True for a multiplier without a digit: the 万 of 近万人次."""
        return not self.share and all(mark in LARGE for mark in self.number)

    def stands(self, verdict: str) -> bool:
        """Whether a rule with this verdict fits the neighbourhood."""
        found = compiled().contexts.get((verdict, self.script))
        if found is None:
            return False
        before = self.line[max(0, self.start - BEFORE) : self.start]
        ahead = self.line[self.start : self.start + _AHEAD]
        return found.search(f"{before}{HERE}{ahead}") is not None


def value_of(numeral: Numeral, unit: Unit) -> tuple[Decimal | None, str]:
    """Value before the unit's factor, and the flags of a numeral with lost characters."""
    if not _BREAK.search(numeral.number):
        if POINT in numeral.number and not (numeral.share or numeral.size):
            return None, ""
        return _read(numeral.number + numeral.size), ""
    whole, *rest = _BREAK.split(numeral.number)
    if unit.kind == "rate" and len(rest) == 1 and whole.isdecimal() and rest[0].isdecimal():
        decimal = Decimal(f"{whole}.{rest[0]}")
        if decimal <= 100 < int(whole + rest[0]):
            return decimal, "repaired"
    return None, "damaged"


def _read(numeral: str) -> Decimal | None:
    """Number that a numeral in Arabic or Chinese digits states, multipliers included."""
    if numeral.isascii() and numeral.isdecimal():
        return Decimal(numeral)
    for mark, worth in PLACES.items():
        head, place, tail = numeral.rpartition(mark)
        if place:
            many = _read(head) if head else Decimal(1)
            rest = _read(tail) if tail else Decimal(0)
            # 三百五 is 350 in speech and 305 to a reader of places: a lone last digit is not read.
            lone = worth > 10 and len(tail) == 1
            if many is None or rest is None or rest >= worth or lone:
                return None
            return many * worth + rest
    if numeral[:1].isascii():
        return Decimal(numeral.replace(",", "").replace("·", "."))
    whole, _, fraction = numeral.partition(POINT)
    digit = chinese_number(whole.lstrip(NOUGHTS) or NOUGHTS[0])
    if digit is None or digit > 9:
        return None
    return Decimal(f"{digit}." + "".join(str(chinese_number(mark)) for mark in fraction))
