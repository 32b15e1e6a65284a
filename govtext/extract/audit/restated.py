"""The same thing stated twice: the words before the number say whether it is the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtext.core.text import HAN
from govtext.extract.audit import values
from govtext.extract.audit.mentions import Mention, Stretch
from govtext.extract.audit.tell import finding, quote
from govtext.extract.audit.vocabulary import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Finding

Pair = tuple[Mention, Stretch]
_SHORTEST = 4
_LONGEST_CONTEXT = 80
_LEAST_CONTEXT = 16
_MOST = 4
_EDGES = re.compile(r"[,;:。、()《》“”\"' ]")
_NOUN = 4
_WORDS = re.compile(f"[{HAN}]{{2,12}}")
_LAST_TWO = re.compile(f"[{HAN}]{{2}}$")
_LONGEST_LINE = 4000


def restated(text: str, sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of statements that stand in two sentences with the same words."""
    yield from _statements(sentences)
    yield from _counts(sentences)
    yield from _names(text.split("\n"), sentences)


def _statements(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    known: dict[tuple[str, str], list[Pair]] = {}
    for sentence in sentences:
        for each in sentence.mentions:
            short = len(each.label) < _SHORTEST or len(name := _name(each)) < _SHORTEST
            if short or not each.counts_now or each.says("where", "peak"):
                continue
            pairs = known.setdefault((name, each.unit), [])
            for other, home in pairs:
                if home is not sentence:
                    yield from _compare((other, home), (each, sentence))
            if len(pairs) < _MOST:
                pairs.append((each, sentence))


def _name(mention: Mention) -> str:
    """Label without what may change while the thing stays the same."""
    return word("filler").sub("", _EDGES.sub("", word("number_mark").sub("", mention.label)))


def _compare(first: Pair, second: Pair) -> Iterator[Finding]:
    one, other = first[0], second[0]
    agree = values.meet(values.interval(one), values.interval(other))
    if not _is_one_period(first, second) or one.depth != other.depth:
        return
    if agree:
        verdict = "holds"
    elif _is_same(first, second) and not values.meet(
        values.interval(one, wide=True), values.interval(other, wide=True)
    ):
        verdict = "broken"
    else:
        verdict = "not_assessable"
        if len(_name(one)) < 2 * _SHORTEST:
            return
    sides, words = (one.value, other.value), (quote(one), quote(other))
    yield finding("same_statement", verdict, sides, words, [other] if agree else [one, other])


def _context(pair: Pair) -> str:
    """Words of the sentence before the number, without fillers, stops and other quantities."""
    mention, sentence = pair
    before, begin = "", 0
    for each in sentence.mentions[: mention.at]:
        before += sentence.text[begin : each.start - sentence.start]
        begin = max(begin, each.end - sentence.start)
    before += sentence.text[begin : mention.start - sentence.start]
    return word("filler").sub("", _EDGES.sub("", word("number_mark").sub("", before)))


def _is_same(first: Pair, second: Pair) -> bool:
    """Whether two sections state one thing: in the same long words, or as the requests received."""
    one, other = sorted((_context(first), _context(second)), key=len)
    if first[0].top == second[0].top or not other.endswith(one):
        return False
    headline = first[0].says("came") and first[0].says("received")
    clauses = min(sentence.before(mention).count(",") for mention, sentence in (first, second))
    if one != other:
        return clauses > 0 and len(one) >= _LEAST_CONTEXT
    return headline or len(one) >= _LEAST_CONTEXT


def _is_one_period(first: Pair, second: Pair) -> bool:
    """Whether the two name the same months or quarters, and no different years."""
    before = [sentence.before(mention)[-_LONGEST_CONTEXT:] for mention, sentence in (first, second)]
    months = [set(word("period").findall(text)) for text in before]
    years = [set(word("year").findall(text)) for text in before]
    return months[0] == months[1] and (not all(years) or years[0] == years[1])


def _counts(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """14个机关处室 and 机关14个处室: the words around the number are the same."""
    known: dict[tuple[str, str, float], Pair] = {}
    for sentence in sentences:
        for each in sentence.mentions:
            noun = _around(each)
            for name in noun:
                place = (name, each.unit, each.value)
                other = known.setdefault(place, (each, sentence))
                if other[1] is not sentence and each.is_exact:
                    sides, words = (other[0].value, each.value), (quote(other[0]), quote(each))
                    yield finding("same_count", "holds", sides, words, [each])
                    break


def _around(mention: Mention) -> list[str]:
    """Nouns that a number may count: the first words behind it, and those with the word before."""
    behind = _WORDS.match(mention.tail)
    if behind is None or mention.value < 2 or not word("standing").fullmatch(mention.unit):
        return []
    noun = word("noun_end").split(behind.group())[0]
    before = _LAST_TWO.search(mention.label)
    names = [noun, f"{before.group()}{noun}"] if before else [noun]
    return [name for name in names if len(name) >= _NOUN]


def _names(lines: Sequence[str], sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Two channels with different names where the paragraph of one speaks of the other."""
    seen: list[tuple[str, Mention]] = []
    for sentence in sentences:
        for each in sentence.mentions:
            channel = word("at_name").search(each.label)
            if not channel or not each.says("receive") or not each.counts_now:
                continue
            name = each.label[max(0, channel.start() - 2) : channel.end()]
            for other_name, other in seen[-12:]:
                same = name != other_name and other_name.endswith(channel.group())
                alike = other.line != each.line and _is_mail(other) == _is_mail(each)
                if same and alike and other_name in lines[each.line][:_LONGEST_LINE]:
                    sides, words = (other.value, each.value), (quote(other), quote(each))
                    yield finding("like_statement", "not_assessable", sides, words, [each])
            seen.append((name, each))


def _is_mail(mention: Mention) -> str:
    """Unit, with those that letters and their cases share as one."""
    return "mail" if word("mail").fullmatch(mention.unit) else mention.unit
