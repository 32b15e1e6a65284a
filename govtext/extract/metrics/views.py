"""What is seen of a quantity: its sentence with numbers masked, its paragraph, its section."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.core.model import section_at
from govtext.core.text import fold
from govtext.extract.metrics import book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Document, Quantity, Section

HERE = "¦"
"""Stands in a view for the quantity that is judged."""
OTHER = "¤"
"""Stands in a view for every other quantity."""
_BEFORE, _AFTER = 110, 60
_GATE_BEFORE, _GATE_AFTER = 240, 80
_TOPIC_REACH = 260
_TITLE = 60
_SENTENCE = re.compile(r"[^。!?\n]+")
_BREAKS = re.compile(r"[,。;:!?\n]")
_QUOTE = 60
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Text:
    """A report as this module looks at it: folded, with the titles of its sections and its topics.

    `titles` has for each section its own title and those above it; `topics` are pairs of an end
    and a name, in order.
    """

    raw: str
    folded: str
    sections: tuple[Section, ...]
    titles: dict[str, tuple[str, ...]]
    topics: tuple[tuple[int, str], ...]

    def section_at(self, position: int) -> Section:
        """Section that holds a character."""
        return section_at(self.sections, position)

    def paragraph_start(self, position: int) -> int:
        """Start of the line, or of the section where that begins in the line."""
        line = self.folded.rfind("\n", max(0, position - 2 * _TOPIC_REACH), position) + 1
        return max(line, self.section_at(position).start, position - 2 * _TOPIC_REACH)

    def topic_at(self, position: int) -> str:
        """What was spoken of last before a character: in its paragraph, its titles, its part."""
        place = bisect_right(self.topics, position, key=lambda each: each[0]) - 1
        if place >= 0:
            end, topic = self.topics[place]
            if end >= max(self.paragraph_start(position), position - _TOPIC_REACH):
                return topic
        section = self.section_at(position)
        for title in self.titles[section.section_id]:
            named = {each.lastgroup or "" for each in book.topics().finditer(title)}
            if named:
                return named.pop() if len(named) == 1 else ""
        return book.topic_of_part().get(section.part, "")

    def passes(self, gate: str, start: int, end: int) -> bool:
        """True if the neighbourhood of a span fulfils a condition of `rules/metric_topics.csv`."""
        expression, parts = book.gates()[gate]
        section = self.section_at(start)
        if section.part in parts:
            return True
        begin = max(self.paragraph_start(start), start - _GATE_BEFORE)
        stop = self.folded.find("\n", end, end + _GATE_AFTER)
        near = self.folded[begin : stop if stop >= 0 else end + _GATE_AFTER]
        return any(expression.search(each) for each in (near, *self.titles[section.section_id]))

    def quote(self, start: int, end: int) -> str:
        """Clause around a span, verbatim, with the clause before it where it is short."""
        line = self.folded.rfind("\n", max(0, start - _QUOTE), start) + 1
        begin = max(self.section_at(start).start, line, start - _QUOTE)
        marks = [begin, *(match.end() for match in _BREAKS.finditer(self.folded, begin, start))]
        # A clause of a few characters, or one that begins with the number, says too little.
        begin = marks[-2] if len(marks) > 1 and start - marks[-1] < _SHORT else marks[-1]
        stop = _BREAKS.search(self.folded, end, end + _QUOTE)
        return self.raw[begin : stop.start() if stop else end + _QUOTE].strip()


@dataclass(frozen=True, slots=True)
class View:
    """A quantity with the words around it; `text` has ¦ for it and ¤ for the others."""

    quantity: Quantity
    text: str
    topic: str


def look(document: Document, sections: tuple[Section, ...]) -> Text:
    """Text of a document, folded once, with the topics it names and the titles of its sections."""
    folded = fold(document.text)
    named = tuple((match.end(), match.lastgroup or "") for match in book.topics().finditer(folded))
    return Text(document.text, folded, sections, _titles(sections), named)


def _titles(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """Titles of each section and of those above it, the nearest first."""
    found: dict[str, tuple[str, ...]] = {}
    for section in sections:
        above = found.get(section.parent_id or "", ())
        title = (fold(section.title[:_TITLE]),) if section.title else ()
        found[section.section_id] = title + above[:4]
    return found


def views(text: Text, quantities: Sequence[Quantity]) -> Iterator[View]:
    """A view of each quantity, in order."""
    starts = [quantity.start for quantity in quantities]
    for index, quantity in enumerate(quantities):
        lowest = max(0, quantity.start - _BEFORE, text.section_at(quantity.start).start)
        first = bisect_right(starts, lowest - 1)
        last = bisect_right(starts, quantity.end + _AFTER)
        left = _masked(text.folded, lowest, quantity.start, quantities[first:index])
        end = min(len(text.folded), quantity.end + _AFTER)
        right = _masked(text.folded, quantity.end, end, quantities[index + 1 : last])
        left = book.marks("aside").sub("", _last_sentence(left))
        right = re.split(r"[。!?\n]", right, maxsplit=1)[0]
        yield View(quantity, f"{left}{HERE}{right}", text.topic_at(quantity.start))


def _last_sentence(left: str) -> str:
    """What stands behind the last stop; the stop itself is kept as the head of the view."""
    cut = max(left.rfind(mark) for mark in "。!?\n")
    return left[cut:] if cut >= 0 else left


def _masked(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> str:
    parts: list[str] = []
    position = start
    for quantity in quantities:
        if quantity.start >= end:
            break
        parts += [folded[position : max(position, quantity.start)], OTHER]
        position = max(position, quantity.end)
    return "".join([*parts, folded[position:end]])


def sentences(text: Text) -> Iterator[tuple[int, str]]:
    """Start and folded text of each sentence; a section begins a new one."""
    for section in text.sections:
        for match in _SENTENCE.finditer(text.folded, section.start, section.end):
            yield match.start(), match.group()
