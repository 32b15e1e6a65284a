"""Each quantity with the words around it: label before it, tail behind it, its brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.extract.audit.vocabulary import unit_of, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Quantity, Section
    from govtext.core.text import Span, Text

_LONGEST_SENTENCE = 4000
_EDGE = re.compile(r"[,;:。()\n]")
_BRACKET = re.compile(r"[()]")
_LONGEST = 60
_RATE = "%"
_NOT_NOW = ("compare", "prior", "average_day", "average_month", "average_other")


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity in its clause; all words folded and without spaces.

    `gap` is what stands between the number before it in the sentence (or the start of the
    sentence) and the quantity, `label` the last clause of it, `tail` the words behind up to the
    next stop or number. `depth` counts the brackets that it stands in; `at` is its place in the
    sentence, `top` the first-level section, `planned` true in plans. `counts_now` is true unless it
    is a change, an earlier value, a plan or a mean.
    """

    quantity: Quantity
    value: float
    unit: str
    gap: str
    label: str
    tail: str
    depth: int
    at: int
    sentence: int
    line: int
    top: str
    planned: bool
    counts_now: bool

    @property
    def start(self) -> int:
        """First character in the text."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Exclusive end in the text."""
        return self.quantity.end

    @property
    def is_rate(self) -> bool:
        """True for percentages."""
        return self.unit == _RATE

    @property
    def is_exact(self) -> bool:
        """True without 余, 近 or a bound."""
        return self.quantity.qualifier == "exact"

    @property
    def words(self) -> str:
        """Chinese words that say what is counted: the label, else what stands behind."""
        label = word("where").sub("", self.label)
        return (word("list_mark").sub("", label) or self.tail)[-_LONGEST:]

    def says(self, *kinds: str) -> bool:
        """Whether the label has a word of one of these kinds."""
        return word(*kinds).search(self.label) is not None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence up to 。 with its mentions in order."""

    number: int
    start: int
    text: str
    mentions: tuple[Mention, ...]

    def between(self, first: Mention, second: Mention) -> str:
        """Folded text between two mentions, without spaces."""
        return self.text[first.end - self.start : second.start - self.start].replace(" ", "")

    def before(self, mention: Mention) -> str:
        """Folded text of the sentence before a mention, without spaces."""
        return self.text[: mention.start - self.start].replace(" ", "")

    def behind(self, mention: Mention, length: int = 24) -> str:
        """Folded text behind a mention, without spaces."""
        begin = mention.end - self.start
        return self.text[begin : begin + length].replace(" ", "")


def counted_sentences(
    content: Text, sections: Sequence[Section], quantities: Sequence[Quantity]
) -> tuple[Stretch, ...]:
    """Sentences of a text that hold a quantity, each with its mentions."""
    tops, starts = _tops(sections), [section.start for section in sections]
    found: list[Stretch] = []
    line = place = read_to = 0
    for number, (start, end) in enumerate(_pieces(content.periods), start=1):
        inside = []
        while place < len(quantities) and quantities[place].start < end:
            if quantities[place].start >= start:
                inside.append(quantities[place])
            place += 1
        if inside:
            line += content.folded.count("\n", read_to, start)  # no sentence holds a line end
            read_to = start
            section = bisect_right(starts, start) - 1
            where = (number, line, tops[section] if tops else ("", ""))
            text = content.folded[start:end]
            found.append(Stretch(number, start, text, tuple(_mentions(text, start, inside, where))))
    return tuple(found)


def _pieces(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, one that is too long to be a sentence in pieces."""
    for start, end in spans:
        for begin in range(start, end, _LONGEST_SENTENCE):
            yield begin, min(begin + _LONGEST_SENTENCE, end)


def _tops(sections: Sequence[Section]) -> list[tuple[str, str]]:
    """First-level section and part of each section."""
    parents = {section.section_id: section for section in sections}
    found: dict[str, str] = {}
    for section in sections:
        above = section.parent_id
        found[section.section_id] = (
            found.get(above, above) if above in parents and above else section.section_id
        )
    return [(found[section.section_id], section.part) for section in sections]


def _mentions(
    text: str, offset: int, quantities: Sequence[Quantity], where: tuple[int, int, tuple[str, str]]
) -> Iterator[Mention]:
    number, line, (top, part) = where
    depth = begin = 0
    planned = part == "plans"
    for at, quantity in enumerate(quantities):
        start, end = quantity.start - offset, quantity.end - offset
        raw = text[begin:start]
        for mark in _BRACKET.findall(raw):
            depth = max(0, depth + (1 if mark == "(" else -1))
        gap = raw.replace(" ", "")
        planned = planned or word("plan").search(gap) is not None
        follower = quantities[at + 1].start - offset if at + 1 < len(quantities) else len(text)
        tail = text[end : min(follower, end + _LONGEST)].replace(" ", "")
        label = _EDGE.split(gap)[-1][-_LONGEST:]
        aside = planned or quantity.value is None or word(*_NOT_NOW).search(label) is not None
        yield Mention(
            quantity=quantity,
            value=0.0 if quantity.value is None else quantity.value,
            unit=unit_of(quantity.unit),
            gap=gap,
            label=label,
            tail=_EDGE.split(tail)[0],
            depth=depth,
            at=at,
            sentence=number,
            line=line,
            top=top,
            planned=planned,
            counts_now=not aside,
        )
        begin = min(max(begin, end), len(text))
