"""Quantities in prose: every numeral with its unit that states a count, rate, amount or event.

Numerals are found once; each is then judged by what stands around it. `rules/units.csv` says what
may follow a numeral and which of these make no quantity (dates, durations, ranks, addresses),
`rules/qualifiers.csv` which words make a value approximate or a bound, and
`rules/numeral_contexts.csv` which neighbours make a numeral a name, an ordinal or a table cell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.core.model import Quantity
from govtext.core.text import COUNTING, MYRIADS, NOUGHTS, Text
from govtext.extract.numerals.numeral import BEFORE, Numeral, value_of
from govtext.extract.numerals.vocabulary import MARKS, NO_UNIT, Unit, compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.text import Span

__all__ = ["parse"]

_QUANTITIES = frozenset({"count", "event", "people", "amount", "rate", "share"})
# Numerals in short quotation marks and in titles belong to names.
_QUOTED = re.compile(
    r'“[^“”]{1,30}”|‘[^‘’]{1,30}’|"[^"]{1,30}"|「[^「」]{1,30}」|『[^『』]{1,30}』'
    r"|〈[^〈〉]{1,120}〉|《(?:[^《》]|《[^《》]{1,60}》){1,120}》"
)


def parse(text: str | Text) -> tuple[Quantity, ...]:
    """Quantities of a text, in order and without overlap; each sentence is read by itself.

    Parameters
    ----------
    text : str or Text
        Any text, or one that others have folded and parted already; offsets of the result count
        its characters.

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
    >>> [(q.text, q.value, q.qualifier) for q in parse("全年办理14万余件，办结率97.5%以上。")]
    [('14万余件', 140000.0, 'approx'), ('97.5%以上', 97.5, 'at_least')]
    """
    found: list[Quantity] = []
    content = Text(text) if isinstance(text, str) else text
    for (start, end), matches in _by_sentence(content):
        line = content.folded[start:end]
        quoted = [match.span() for match in _QUOTED.finditer(content.text, start, end)]
        read = (
            _judge(_without_list_mark(_numeral(match, line, start)), start, content.text)
            for match in _outside(quoted, matches)
        )
        found += _bounds([quantity for quantity in read if quantity], content.folded)
    return tuple(found)


def _by_sentence(content: Text) -> Iterator[tuple[Span, list[re.Match[str]]]]:
    """Sentences with numerals that may count, and these; none reaches over the end of its own."""
    spans = iter(content.sentences)
    start = end = 0
    inside: list[re.Match[str]] = []
    for match in filter(_may_count, compiled().numeral.finditer(content.folded)):
        if match.start() >= end:
            if inside:
                yield (start, end), inside
                inside = []
            start, end = next(span for span in spans if match.start() < span[1])
        inside.append(match)
    if inside:
        yield (start, end), inside


def _may_count(match: re.Match[str]) -> bool:
    """False for a Chinese numeral that no unit can stand behind, as in 统一: most are such."""
    after = match.string[match.end() : match.end() + 1]
    return after in compiled().lengths or match["number"][0].isascii() or bool(match["share"])


def _outside(quoted: list[Span], matches: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Numerals that do not stand in a name."""
    left = quoted[::-1]
    for match in matches:
        while left and left[-1][1] <= match.start():
            left.pop()
        if not left or match.start() <= left[-1][0]:
            yield match


def _numeral(match: re.Match[str], line: str, at: int) -> Numeral:
    """Numeral that was found in the text, in its folded sentence, which begins at `at`."""
    share, number, some, size, more = match.group("share", "number", "some", "size", "more")
    return Numeral(
        line=line,
        start=match.start() - at,
        end=match.end() - at,
        share=share or "",
        number=number,
        size=size or "",
        inside=(some or "") + (more or ""),
    )


def _without_list_mark(numeral: Numeral) -> Numeral:
    """Numeral of "3.15件" at the start of a sentence without its list mark: it counts 15."""
    if numeral.start or numeral.size:
        return numeral
    _, _, fraction = numeral.number.partition(".")
    if not fraction.isdecimal():
        return numeral
    unit, _ = _unit_of(numeral)
    if unit is None or unit.kind not in {"count", "event", "people"}:
        return numeral
    return numeral._replace(start=numeral.line.index(".") + 1, number=fraction)


def _judge(numeral: Numeral, at: int, text: str) -> Quantity | None:
    """Quantity that a numeral states, or none; its sentence begins at `at` in the text."""
    unit, end = _unit_of(numeral)
    if unit is None or unit.kind not in _QUANTITIES or not _counts(numeral, unit):
        return None
    value, flags = value_of(numeral, unit)
    qualifier, start, end = _qualify(numeral, end)
    # A multiplier alone (万元, 亿元以上) says how many only with 近 before it or 余 behind it.
    alone = numeral.bare and start == numeral.start and not numeral.inside
    if alone or (value is None and not flags):
        return None
    if value is not None and numeral.stands("negative"):
        value, start = -value, start - 1
    return Quantity(
        start=at + start,
        end=at + end,
        text=text[at + start : at + end],
        value=None if value is None else float(value * unit.factor),
        unit=unit.base,
        qualifier=qualifier,
        flags=flags,
    )


def _unit_of(numeral: Numeral) -> tuple[Unit | None, int]:
    """Longest unit behind a numeral, and its end; a share (百分之) carries its unit before it.

    Two kinds of Arabic number are quantities without a unit: one with 万 or 亿 (访问量67万), since
    no date or code is written so, and the value of a label that ends its clause (申请数为0。).
    """
    rules, line, start = compiled(), numeral.line, numeral.end
    if numeral.share:
        return rules.units[numeral.share], start
    while numeral.script == "arabic" and line.startswith(" ", start) and start < numeral.end + 2:
        start += 1
    for length in rules.lengths.get(line[start : start + 1], ()):
        name = line[start : start + length]
        unit, end = rules.units.get(name), start + len(name)
        if unit and unit.kind != "share" and not (unit.unless and unit.unless.match(line, end)):
            return unit, end
    large = numeral.script == "arabic" and numeral.size.endswith(MYRIADS)
    if large and re.match(rf"[0-9a-zA-Z{MARKS}]", line[numeral.end : numeral.end + 1]) is None:
        return NO_UNIT, numeral.end
    return (NO_UNIT if numeral.stands("bare") else None), numeral.end


def _counts(numeral: Numeral, unit: Unit) -> bool:
    """False where the neighbourhood makes the numeral a name, an ordinal, a cell or a mere article.

    A Chinese numeral needs a unit that takes one; 一 besides needs a doing before it (开展了一次).
    """
    if numeral.stands("reject"):
        return False
    if numeral.script == "arabic" or numeral.share:
        return True
    if numeral.number == COUNTING[0]:
        return numeral.stands("sole") or (unit.chinese == "one" and numeral.stands("one"))
    return unit.chinese != "none" and numeral.number not in tuple(NOUGHTS)


def _qualify(numeral: Numeral, end: int) -> tuple[str, int, int]:
    """Qualifier, and the start and end of the span with the qualifying words that belong to it.

    A bound outweighs an approximation, and what stands behind outweighs what stands before.
    """
    line, start = numeral.line, numeral.start
    before = line[max(0, start - BEFORE) : start]
    said: list[str] = []
    after = compiled().after
    if after.any.match(line, end):
        for qualifier, words in after.each:
            if match := words.match(line, end):
                said.append(qualifier)
                end = match.end()
    bare = numeral.bare
    words_before = compiled().bare if bare else compiled().before
    if words_before.any.search(before):
        for qualifier, words in words_before.each:
            if match := words.search(before):
                said.append(qualifier)
                start = numeral.start - len(before) + match.start() if bare else start
    said += [compiled().inside[mark] for mark in numeral.inside]
    said.sort(key=lambda qualifier: qualifier == "approx")
    return (said or ["exact"])[0], start, end


def _bounds(found: list[Quantity], folded: str) -> list[Quantity]:
    """Quantities of a sentence, those that are the two bounds of a range marked so."""
    for place, (lower, upper) in enumerate(pairwise(found)):
        between = lower.end, upper.start
        if lower.unit == upper.unit and compiled().range.fullmatch(folded, *between):
            found[place] = replace(lower, qualifier="at_least")
            found[place + 1] = replace(upper, qualifier="at_most")
    return found
