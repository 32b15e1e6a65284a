"""Sentence -> tokens: numbers, terms of the lexicon, and the other words by what they can be."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import rjieba

from govtext.core.text import chinese_number
from govtext.extract.metrics.lexicon import Fills, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Quantity

NUMBER, TERM, NOUN, VERB, PREPOSITION, OTHER, YEAR, MARK, OF, AGENT, SHORT = range(11)
_NOTHING: Fills = {}
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}) ?年|(二[〇○零][〇○零一二][〇○零一二三四五六七八九]) ?年")
_NOUNS = frozenset("n nr ns nt nz ng vn an nrt nrfg i l j s".split())
_VERBS = frozenset("v vg vd vi vq ad ul".split())
_BODY = tuple("局委厅办院府处站所队县市区镇乡旗州省校关村盟署部")
_MARKS = frozenset(",;:()、。!?")


class Token(NamedTuple):
    """A stretch of a sentence; `fills` is what a term fills, `index` the number or the year."""

    kind: int
    start: int
    end: int
    text: str
    fills: Fills = _NOTHING
    index: int = -1


def tokens(
    folded: str, start: int, end: int, hits: Sequence[tuple[int, int, int]],
    quantities: Sequence[Quantity], first: int,
) -> list[Token]:
    """Tokens of `folded[start:end]`; `quantities[first:]` are those that begin in it or behind."""
    found: list[Token] = []
    place = bisect_left(hits, start, key=lambda hit: hit[1])
    spans: list[tuple[int, int, Token]] = []
    taken: list[tuple[int, int]] = []
    for number in range(first, len(quantities)):
        each = quantities[number]
        if each.start >= end:
            break
        a, b = each.start, each.end
        spans.append((a, b, Token(NUMBER, a, b, folded[a:b], index=number)))
        taken.append((a, b))
    for match in _YEAR.finditer(folded, start, end):
        a, b = match.span()
        if not _overlaps(taken, a, b):
            year = int(match[1]) if match[1] else chinese_number(match[2]) or 0
            spans.append((a, b, Token(YEAR, a, b, match.group(), index=year)))
            taken.append((a, b))
    fills, terms = lexicon().fills, lexicon().terms
    words = _Words(folded, start, end)
    for term, a, b in hits[place:]:
        if a >= end:
            break
        behind = hits[place + 1][1] if place + 1 < len(hits) else -1
        place += 1
        alone = words.whole(a) or ("negation" in fills[term] and behind == b)
        if b <= end and not _overlaps(taken, a, b) and (b - a > 1 or alone):
            kind = PREPOSITION if "link" in fills[term] else TERM
            spans.append((a, b, Token(kind, a, b, terms[term], fills[term])))
    spans.sort(key=lambda span: span[0])
    position = start
    for a, b, token in spans:
        if a < position:
            continue
        found += words.between(position, a)
        found.append(token)
        position = b
    found += words.between(position, end)
    return found


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


class _Words:
    """Words of a sentence with what they can be, cut once."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self._words: list[tuple[int, int, str, str]] = []
        position = start
        for word, tag in rjieba.tag(folded[start:end]):
            self._words.append((position, position + len(word), word, tag))
            position += len(word)
        self._next = 0
        self._single = {a for a, b, _, _ in self._words if b - a == 1}

    def whole(self, start: int) -> bool:
        """True where one character is a word of its own."""
        return start in self._single

    def between(self, start: int, end: int) -> Iterator[Token]:
        words = self._words
        while self._next < len(words) and words[self._next][1] <= start:
            self._next += 1
        place = self._next
        while place < len(words) and words[place][0] < end:
            a, b, word, tag = words[place]
            place += 1
            part = word[max(a, start) - a : min(b, end) - a]
            if part.strip():
                whole = len(part) == len(word)
                yield Token(_kind(part, tag, whole=whole), max(a, start), min(b, end), part)
        self._next = max(self._next, place - 1)


def _kind(word: str, tag: str, *, whole: bool) -> int:
    if word in _MARKS:
        return MARK
    if word == "的":
        return OF
    if len(word) == 1 and word in _BODY:
        return AGENT
    if len(word) == 1 and not whole:
        return OTHER
    if tag in ("ns", "nt") or (tag in _NOUNS and word.endswith(_BODY)):
        return AGENT
    if tag in _NOUNS:
        return NOUN if len(word) > 1 else SHORT
    if tag in _VERBS:
        return VERB
    if tag == "p":
        return PREPOSITION
    return OTHER
