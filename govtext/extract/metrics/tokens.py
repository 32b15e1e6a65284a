"""Sentence -> tokens: numbers, years, terms of the lexicon, other words by what they can be."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import rjieba

from govtext.core import rules
from govtext.core.text import chinese_number
from govtext.extract.metrics.lexicon import Fills, Lexicon, lexicon, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Quantity

Hit = tuple[int, int, int]
"""Number of a term, start and exclusive end."""


class Kind:
    """What a token is. A `SHORT` is a noun of one character, an `AGENT` names a body.

    Plain numbers: those of an `Enum` are looked up four times as slowly, thousands of times a page.
    """

    NUMBER = 0
    TERM = 1
    NOUN = 2
    VERB = 3
    PREPOSITION = 4
    OTHER = 5
    YEAR = 6
    MARK = 7
    OF = 8
    AGENT = 9
    SHORT = 10


_NOTHING: Fills = {}


class Token(NamedTuple):
    """A stretch of a sentence; `fills` is what a term fills, `ref` the number or the year."""

    kind: int
    start: int
    end: int
    text: str
    fills: Fills = _NOTHING
    ref: int = -1


_NOUNS = frozenset("n nr ns nt nz ng vn an nrt nrfg i l j s".split())
_PLACES = frozenset("ns nt".split())
_KINDS = dict.fromkeys("v vg vd vi vq ad ul".split(), Kind.VERB) | {"p": Kind.PREPOSITION}
_MARKS = frozenset(",;:()!?、。")


def tokens(
    folded: str,
    span: tuple[int, int],
    hits: Sequence[Hit],
    quantities: Sequence[Quantity],
    first: int,
) -> list[Token]:
    """Tokens of a stretch of a text.

    Parameters
    ----------
    folded : str
        The whole text.
    span : tuple of int
        The stretch: one sentence.
    hits : sequence of Hit
        Terms that begin in the stretch, in order.
    quantities : sequence of Quantity
        Numbers of the whole text, in order; `quantities[first]` is the first that can be in it.
    """
    start, end = span
    cut = _Words(folded, start, end)
    fixed = [*_numbers(folded, end, quantities, first), *_years(folded, start, end)]
    fixed.sort(key=lambda token: token.start)
    fixed = list(_apart(fixed))
    found: list[Token] = []
    position = start
    for token in _merged(fixed, _terms(hits, end, cut)):
        if token.start > position:
            cut.add(position, token.start, found)
        found.append(token)
        position = token.end
    if end > position:
        cut.add(position, end, found)
    return found


def years(folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Each year that is named: its number, start and exclusive end."""
    stop = len(folded) if end is None else end
    for match in year_pattern().finditer(folded, start, stop):
        number = match["arabic"] or chinese_number(match["chinese"])
        if number and 2000 <= int(number) < 2100:
            yield int(number), *match.span()


@cache
def year_pattern() -> re.Pattern[str]:
    """Expression for a year (`rules/frame_patterns.csv`)."""
    (row,) = (row for row in rules.load("frame_patterns") if row["name"] == "year")
    return rules.pattern(row)


def _numbers(folded: str, end: int, quantities: Sequence[Quantity], first: int) -> Iterator[Token]:
    for number in range(first, len(quantities)):
        each = quantities[number]
        if each.start >= end:
            return
        yield Token(Kind.NUMBER, each.start, each.end, folded[each.start : each.end], ref=number)


def _years(folded: str, start: int, end: int) -> Iterator[Token]:
    for number, begin, stop in years(folded, start, end):
        yield Token(Kind.YEAR, begin, stop, folded[begin:stop], ref=number)


def _apart(found: Sequence[Token]) -> Iterator[Token]:
    """Tokens in order, those left out that begin inside the one before."""
    position = -1
    for token in found:
        if token.start >= position:
            yield token
            position = token.end


def _terms(hits: Sequence[Hit], end: int, cut: _Words) -> Iterator[Token]:
    """Terms of the stretch. A term of one character is one only where it is a word of its own."""
    known = lexicon()
    for place, hit in enumerate(hits, start=1):
        term, begin, stop = hit
        if stop - begin == 1 and not cut.whole(begin):
            behind = hits[place][1] if place < len(hits) else -1
            if "negation" not in known.fills[term] or behind != stop:
                continue
        if stop <= end:
            yield term_token(known, hit)


def term_token(known: Lexicon, hit: Hit) -> Token:
    """Token of a term that was found; one that links is a preposition."""
    term, start, end = hit
    fills = known.fills[term]
    kind = Kind.PREPOSITION if "link" in fills else Kind.TERM
    return Token(kind, start, end, known.terms[term], fills)


def _merged(fixed: Sequence[Token], terms: Iterable[Token]) -> Iterator[Token]:
    """Numbers, years and terms in order; a term that touches a number or a year is none."""
    place, position = 0, -1
    for term in terms:
        while place < len(fixed) and fixed[place].end <= term.start:
            yield fixed[place]
            position = fixed[place].end
            place += 1
        hidden = place < len(fixed) and fixed[place].start < term.end
        if not hidden and term.start >= position:
            yield term
            position = term.end
    yield from fixed[place:]


class _Words:
    """Words of a stretch with what they can be, cut once."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self._words: list[tuple[int, int, str, str]] = []
        self._single: set[int] = set()
        begin = start
        for word, tag in rjieba.tag(folded[start:end]):
            stop = begin + len(word)
            self._words.append((begin, stop, word, tag))
            if stop - begin == 1:
                self._single.add(begin)
            begin = stop
        self._next = 0

    def whole(self, start: int) -> bool:
        """True where one character is a word of its own."""
        return start in self._single

    def add(self, start: int, end: int, found: list[Token]) -> None:
        """Add the words of a stretch, cut off where it begins or ends inside one."""
        cut, place = self._words, self._next
        while place < len(cut) and cut[place][1] <= start:
            place += 1
        while place < len(cut):
            begin, stop, word, tag = cut[place]
            if begin >= end:
                break
            place += 1
            whole = begin >= start and stop <= end
            if not whole:
                word = word[max(begin, start) - begin : min(stop, end) - begin]
                begin, stop = max(begin, start), min(stop, end)
            if not word.isspace():
                found.append(Token(_kind(word, tag, whole), begin, stop, word))
        self._next = max(self._next, place - 1)


@lru_cache(maxsize=1 << 16)
def _kind(word: str, tag: str, whole: bool) -> int:
    """What a word can be, by its tag and its end."""
    known = _kind_of_mark(word)
    if known is not None:
        return known
    single, body = len(word) == 1, word[-1] in words("body_end")
    if single and (body or not whole):
        return Kind.AGENT if body else Kind.OTHER
    if tag in _PLACES or (tag in _NOUNS and body):
        return Kind.AGENT
    if tag in _NOUNS:
        return Kind.SHORT if single else Kind.NOUN
    return _KINDS.get(tag, Kind.OTHER)


def _kind_of_mark(word: str) -> int | None:
    if word in _MARKS:
        return Kind.MARK
    return Kind.OF if word in words("of") else None
