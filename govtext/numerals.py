"""Quantities in prose: every numeral with its unit that states a count, rate, amount or event.

Numerals are found once; each is then judged by what stands around it. `rules/units.csv` says what
may follow a numeral and which of these make no quantity (dates, durations, ranks, addresses),
`rules/qualifiers.csv` which words make a value approximate or a bound, and
`rules/numeral_contexts.csv` which neighbours make a numeral a name, an ordinal or a table cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.model import Quantity
from govtext.rules import load, pattern
from govtext.text import chinese_number, fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The patterns of numeral_contexts.csv say with this mark where the numeral begins.
_HERE = "¦"
# How many characters a context shows before the numeral, and from its first digit on.
_BEFORE, _AHEAD = 24, 16
_QUANTITIES = frozenset({"count", "event", "people", "amount", "rate", "share"})

_DIGITS = "零〇一二两三四五六七八九"
_PLACES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_LARGE = "百千万亿"
_MARKS = f"{_DIGITS}十{_LARGE}"
# What stands where a character was lost: the private use areas and U+FFFD.
_LOST = "\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"

_ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15})"
    rf"(?:[.·][0-9]{{1,8}})?(?:[{_LARGE}]{{1,2}}[0-9]{{1,4}}){{0,3}}"
)
_CHINESE = rf"(?<![{_MARKS}])[{_MARKS}]{{1,24}}(?![{_MARKS}])(?:点[{_DIGITS}]{{1,6}})?"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"
_BREAK = re.compile(rf"[{_LOST}]{{1,3}}")
_RANGE = re.compile(r"[-~至]{1,2}")
# Numerals in short quotation marks and in titles belong to names.
_QUOTED = re.compile(
    r'“[^“”]{1,30}”|‘[^‘’]{1,30}’|"[^"]{1,30}"|「[^「」]{1,30}」|『[^『』]{1,30}』'
    r"|〈[^〈〉]{1,120}〉|《(?:[^《》]|《[^《》]{1,60}》){1,120}》"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A row of `rules/units.csv`."""

    kind: str
    chinese: str
    unless: re.Pattern[str] | None
    base: str
    factor: int


_NO_UNIT = _Unit("count", "none", None, "", 1)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rule files, compiled."""

    numeral: re.Pattern[str]
    units: Mapping[str, _Unit]
    longest: int
    contexts: Mapping[tuple[str, str], re.Pattern[str]]
    qualifiers: Mapping[tuple[str, str], re.Pattern[str]]
    inside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Numeral:
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
        return "arabic" if self.number[0].isascii() else "chinese"

    @property
    def bare(self) -> bool:
        """True for a multiplier without a digit: the 万 of 近万人次."""
        return not self.share and all(mark in _LARGE for mark in self.number)

    def stands(self, verdict: str) -> bool:
        """Whether a rule with this verdict fits the neighbourhood."""
        found = _rules().contexts.get((verdict, self.script))
        before = self.line[max(0, self.start - _BEFORE) : self.start]
        ahead = self.line[self.start : self.start + _AHEAD]
        return found is not None and found.search(f"{before}{_HERE}{ahead}") is not None


def parse(text: str) -> tuple[Quantity, ...]:
    """Quantities of a text, in order and without overlap; each sentence is read by itself.

    Parameters
    ----------
    text : str
        Any text; offsets of the result count its characters.

    Returns
    -------
    tuple of Quantity
        A span holds the numeral with its multiplier, 余 or 多, its unit, and a 以上, 以下, 以内 or
        左右 directly behind; a word before the numeral (近, 超过) sets the qualifier and belongs to
        the span only where the multiplier stands alone (近万人次). `unit` is the printed unit
        (条, 人次, 元, %), folded; 九成 is 90 %. Of a range both bounds are given, `at_least` and
        `at_most`, where each has its unit (30%-40%); 3至5个 is left out. A character lost within
        the digits of a rate is read as its decimal point where that gives at most 100 and the
        digits put together would not (`repaired`); else the value is null (`damaged`).

    Examples
    --------
    >>> [(q.text, q.value, q.qualifier) for q in parse("全年办理14万余件，办结率98.2%以上。")]
    [('14万余件', 140000.0, 'approx'), ('98.2%以上', 98.2, 'at_least')]
    """
    found: list[Quantity] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        for quantity in _bounds(list(_read_sentence(sentence)), sentence):
            begin, stop = start + quantity.start, start + quantity.end
            found.append(replace(quantity, start=begin, end=stop, text=text[begin:stop]))
    return tuple(found)


def _read_sentence(sentence: str) -> Iterator[Quantity]:
    """Quantities of a sentence, their offsets those of the sentence and their text left empty."""
    line = fold(sentence)
    quoted = [match.span() for match in _QUOTED.finditer(sentence)][::-1]
    for match in _rules().numeral.finditer(line):
        while quoted and quoted[-1][1] <= match.start():
            quoted.pop()
        if quoted and quoted[-1][0] < match.start():
            continue
        parts = match.groupdict("")
        inside = parts["some"] + parts["more"]
        numeral = _Numeral(
            line, *match.span(), parts["share"], parts["number"], parts["size"], inside
        )
        if quantity := _judge(_without_list_mark(numeral)):
            yield quantity


def _without_list_mark(numeral: _Numeral) -> _Numeral:
    """Numeral of "3.15件" at the start of a sentence without its list mark: it counts 15."""
    _, point, fraction = numeral.number.partition(".")
    if numeral.start or not point or not fraction.isdecimal() or numeral.size:
        return numeral
    unit, _ = _unit_of(numeral)
    if unit is None or unit.kind not in {"count", "event", "people"}:
        return numeral
    return replace(numeral, start=numeral.line.index(".") + 1, number=fraction)


def _judge(numeral: _Numeral) -> Quantity | None:
    """Quantity that a numeral states, or none."""
    unit, end = _unit_of(numeral)
    if unit is None or unit.kind not in _QUANTITIES or not _counts(numeral, unit):
        return None
    value, flags = _value(numeral, unit)
    qualifier, start, end = _qualify(numeral, end)
    # A multiplier alone (万元, 亿元以上) says how many only with 近 before it or 余 behind it.
    alone = numeral.bare and start == numeral.start and not numeral.inside
    if alone or (value is None and not flags):
        return None
    if value is not None and numeral.stands("negative"):
        value, start = -value, start - 1
    worth = None if value is None else float(value * unit.factor)
    return Quantity(start, end, "", worth, unit.base, qualifier, flags)


def _unit_of(numeral: _Numeral) -> tuple[_Unit | None, int]:
    """Longest unit behind a numeral, and its end; a share (百分之) carries its unit before it.

    Two kinds of Arabic number are quantities without a unit: one with 万 or 亿 (访问量67万), since
    no date or code is written so, and the value of a label that ends its clause (申请数为0。).
    """
    rules, line, start = _rules(), numeral.line, numeral.end
    if numeral.share:
        return rules.units[numeral.share], start
    while numeral.script == "arabic" and line.startswith(" ", start) and start < numeral.end + 2:
        start += 1
    for end in range(min(start + rules.longest, len(line)), start, -1):
        unit = rules.units.get(line[start:end])
        if unit and unit.kind != "share" and not (unit.unless and unit.unless.match(line, end)):
            return unit, end
    large = numeral.script == "arabic" and numeral.size.endswith(("万", "亿"))
    if large and re.match(rf"[0-9a-zA-Z{_MARKS}]", line[numeral.end : numeral.end + 1]) is None:
        return _NO_UNIT, numeral.end
    return (_NO_UNIT if numeral.stands("bare") else None), numeral.end


def _counts(numeral: _Numeral, unit: _Unit) -> bool:
    """False where the neighbourhood makes the numeral a name, an ordinal, a cell or a mere article.

    A Chinese numeral needs a unit that takes one; 一 besides needs a doing before it (开展了一次).
    """
    if numeral.stands("reject"):
        return False
    if numeral.script == "arabic" or numeral.share:
        return True
    if numeral.number == "一":
        return numeral.stands("sole") or (unit.chinese == "one" and numeral.stands("one"))
    return unit.chinese != "none" and numeral.number not in {"零", "〇"}


def _value(numeral: _Numeral, unit: _Unit) -> tuple[Decimal | None, str]:
    """Value before the unit's factor, and the flags of a numeral with lost characters."""
    if not _BREAK.search(numeral.number):
        if "点" in numeral.number and not (numeral.share or numeral.size):
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
    for mark, worth in _PLACES.items():
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
    whole, _, fraction = numeral.partition("点")
    digit = chinese_number(whole.lstrip("零〇") or "零")
    if digit is None or digit > 9:
        return None
    return Decimal(f"{digit}." + "".join(str(chinese_number(mark)) for mark in fraction))


def _qualify(numeral: _Numeral, end: int) -> tuple[str, int, int]:
    """Qualifier, and the start and end of the span with the qualifying words that belong to it.

    A bound outweighs an approximation, and what stands behind outweighs what stands before.
    """
    line, start = numeral.line, numeral.start
    before = line[max(0, start - _BEFORE) : start]
    said: list[str] = []
    for (place, qualifier), words in _rules().qualifiers.items():
        if place == "after" and (match := words.match(line, end)):
            said.append(qualifier)
            end = match.end()
        elif place == "bare" and numeral.bare and (match := words.search(before)):
            said.append(qualifier)
            start = numeral.start - len(before) + match.start()
        elif place == "before" and not numeral.bare and words.search(before):
            said.append(qualifier)
    said += [_rules().inside[mark] for mark in numeral.inside]
    said.sort(key=lambda qualifier: qualifier == "approx")
    return (said or ["exact"])[0], start, end


def _bounds(found: list[Quantity], sentence: str) -> list[Quantity]:
    """Quantities of a sentence, those that are the two bounds of a range marked so."""
    for place, (lower, upper) in enumerate(pairwise(found)):
        between = fold(sentence[lower.end : upper.start])
        if lower.unit == upper.unit and _RANGE.fullmatch(between):
            found[place] = replace(lower, qualifier="at_least")
            found[place + 1] = replace(upper, qualifier="at_most")
    return found


@cache
def _rules() -> _Rules:
    units = {
        row["unit"]: _Unit(
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
        rf"(?<![0-9])(?<![0-9][.·])(?<![0-9.·{_MARKS}][{_LOST}])(?:(?P<share>{shares}) ?)?"
        rf"(?P<number>{_NUMBER}(?:[{_LOST}]{{1,3}}{_NUMBER}?){{0,3}})(?![0-9]|[.·][0-9])"
        rf"(?: {{0,2}}(?P<some>[{some}]))?"
        rf"(?: {{0,2}}(?P<size>(?:(?!百分|千[克米瓦])[{_LARGE}]){{1,3}})(?P<more>[{some}])?)?"
    )
    longest = max(map(len, units))
    return _Rules(numeral, units, longest, _contexts(), _qualifiers(), inside)


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
