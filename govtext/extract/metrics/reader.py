"""A report's prose -> drafts of frames, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.core.text import Span
from govtext.extract.metrics.draft import Draft, Topic
from govtext.extract.metrics.lexicon import Lexicon, lexicon
from govtext.extract.metrics.none import denied
from govtext.extract.metrics.sentence import Sentence
from govtext.extract.metrics.tokens import Hit, Kind, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Quantity, Section
    from govtext.extract.metrics.place import Place

_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?")
_MARKS = re.compile("[,;:()]")
_STOPS = re.compile("[,。;:!?]")
_GAPS = re.compile(r"\S[ \t|]+(?=\S)")
_FEWEST_GAPS = 2
_THING_OF_PART = {"on_request": "request", "fees": "fee", "proactive": "information_item"}
_HEADS = frozenset(
    "request review lawsuit npc_suggestion cppcc_proposal npc_and_cppcc call mailbox_letter "
    "interview press_conference training hot_topic complaint fee interpretation information_item "
    "meeting staff".split()
)
"""Things that a heading can be of: what stands below it can be counted without naming them."""


@dataclass(frozen=True, slots=True)
class Read:
    """The draft of a number or a negation; `start` and `end` are its characters."""

    draft: Draft
    start: int
    end: int
    sentence: int
    section: Section
    none: bool = False


class Reader:
    """Reads one report; what was spoken of goes on from sentence to sentence of a line."""

    def __init__(self, place: Place, quantities: Sequence[Quantity], year: int | None) -> None:
        self._place, self._quantities, self._year = place, quantities, year
        self._lexicon: Lexicon = lexicon()
        self._hits: list[Hit] = self._lexicon.find(place.folded)
        self._starts = [start for _, start, _ in self._hits]
        self._numbers = [quantity.start for quantity in quantities]
        self._told: dict[str, tuple[str, ...]] = {}

    def read(self) -> Iterator[Read]:
        """Drafts of all numbers and statements of none, sentence by sentence."""
        for section, spans in self._lines():
            told = self.told(section)
            topic, channel, before = Topic(), "", ""
            for span in spans:
                found, whole = self._found(span)
                if not found:
                    topic, channel, before = topic.older(), "", ""
                    continue
                sentence = Sentence(found, self._quantities, self._year, told, topic, channel)
                for draft in sentence.read():
                    quantity = self._quantities[draft.number]
                    yield Read(draft, quantity.start, quantity.end, span[0], section)
                if whole:
                    for token, draft in denied(found, before, told, self._year):
                        yield Read(draft, token.start, token.end, span[0], section, none=True)
                topic, channel = sentence.topic, sentence.channel
                before = topic.thing if topic.age == 0 else ""

    def _lines(self) -> Iterator[tuple[Section, list[Span]]]:
        """Sentences of each line up to the last one that counts or denies something."""
        for section in self._place.sections:
            line, spans, needed = -1, list[Span](), 0
            for match in _SENTENCE.finditer(self._place.folded, section.start, section.end):
                here = self._place.line_start(match.start())
                if here != line:
                    yield section, spans[:needed]
                    line, spans, needed = here, [], 0
                if self._are_cells(match.group()):
                    continue
                spans.append(match.span())
                if self._is_whole(match.span()):
                    needed = len(spans)
            yield section, spans[:needed]

    def _are_cells(self, sentence: str) -> bool:
        """True for a line without any stop that is blanks apart, as rows of a table are printed."""
        return not _STOPS.search(sentence) and len(_GAPS.findall(sentence)) >= _FEWEST_GAPS

    def _is_whole(self, span: Span) -> bool:
        """True for a sentence that counts or denies something."""
        start, end = span
        place = bisect_left(self._numbers, start)
        if place < len(self._numbers) and self._numbers[place] < end:
            return True
        denying = self._lexicon.denying
        return any(term in denying for term, _, _ in self._hits_between(start, end))

    def _found(self, span: Span) -> tuple[list[Token], bool]:
        """Tokens of a sentence; of one that counts nothing only terms, if it names anything."""
        if self._is_whole(span):
            first = bisect_left(self._numbers, span[0])
            return tokens(self._place.folded, span, self._hits, self._quantities, first), True
        hits = self._hits_between(*span)
        if not any(term in self._lexicon.spoken for term, _, _ in hits):
            return [], False
        return self._marked(hits, *span), False

    def told(self, section: Section) -> tuple[str, ...]:
        """Things that the nearest heading with any names, else the one of the section's part."""
        if section.section_id not in self._told:
            for title in self._place.titles(section):
                fills = (self._lexicon.fills[term] for term, _, _ in self._lexicon.find(title))
                things = sorted({each.get("thing", "") for each in fills} & _HEADS)
                if things:
                    break
            else:
                things = [_THING_OF_PART[section.part]] if section.part in _THING_OF_PART else []
            self._told[section.section_id] = tuple(things)
        return self._told[section.section_id]

    def _hits_between(self, start: int, end: int) -> list[Hit]:
        first = bisect_left(self._starts, start)
        return self._hits[first : bisect_left(self._starts, end, lo=first)]

    def _marked(self, hits: Sequence[Hit], start: int, end: int) -> list[Token]:
        """Terms and marks of a sentence that counts nothing: it only says what is spoken of."""
        folded = self._place.folded
        found = [
            Token(Kind.MARK, match.start(), match.end(), match.group())
            for match in _MARKS.finditer(folded, start, end)
        ]
        for term, begin, stop in hits:
            if stop <= end and stop - begin > 1:
                fills = self._lexicon.fills[term]
                kind = Kind.PREPOSITION if "link" in fills else Kind.TERM
                found.append(Token(kind, begin, stop, self._lexicon.terms[term], fills))
        return sorted(found, key=lambda token: token.start)
