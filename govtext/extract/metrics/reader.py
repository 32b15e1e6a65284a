"""A report's prose -> drafts of frames, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from govtext.core.text import sentences
from govtext.extract.metrics.draft import Draft, Topic
from govtext.extract.metrics.lexicon import Lexicon, lexicon, words
from govtext.extract.metrics.none import denied
from govtext.extract.metrics.sentence import Sentence
from govtext.extract.metrics.tokens import Hit, Kind, Token, term_token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Quantity, Section
    from govtext.extract.metrics.place import Place

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


class Stretch(NamedTuple):
    """A sentence: its terms, its first number or the one behind, whether it counts or denies."""

    start: int
    end: int
    hits: Sequence[Hit]
    number: int
    counts: bool
    denies: bool


class Reader:
    """Reads one report; what was spoken of goes on from sentence to sentence of a line."""

    def __init__(self, place: Place, quantities: Sequence[Quantity], year: int | None) -> None:
        self._place, self._quantities, self._year = place, quantities, year
        self._lexicon: Lexicon = lexicon()
        self._hits: list[Hit] = self._lexicon.find(place.folded)
        self._starts = [start for _, start, _ in self._hits]
        denying = self._lexicon.denying
        self._denials = [start for term, start, _ in self._hits if term in denying]
        self._numbers = [quantity.start for quantity in quantities]
        self._told: dict[str, tuple[str, ...]] = {}

    def read(self) -> Iterator[Read]:
        """Drafts of all numbers and statements of none, sentence by sentence."""
        for section, stretches in self._lines():
            told = self.told(section)
            topic, channel, before = Topic(), "", ""
            for each in stretches:
                found = self._found(each)
                if not found:
                    topic, channel, before = topic.older(), "", ""
                    continue
                sentence = Sentence(found, self._quantities, self._year, told, topic, channel)
                for draft in sentence.read():
                    quantity = self._quantities[draft.number]
                    yield Read(draft, quantity.start, quantity.end, each.start, section)
                if each.denies:
                    for token, draft in denied(found, before, told, self._year):
                        yield Read(draft, token.start, token.end, each.start, section, none=True)
                topic, channel = sentence.topic, sentence.channel
                before = topic.thing if topic.age == 0 else ""

    def _lines(self) -> Iterator[tuple[Section, list[Stretch]]]:
        """Sentences of each line up to the last one that counts or denies something."""
        folded = self._place.folded
        for section in self._place.sections:
            line, found, needed = -1, list[Stretch](), 0
            for start, end in sentences(folded[section.start : section.end], "period"):
                stretch = self._stretch(section.start + start, section.start + end)
                here = self._place.line_start(stretch.start)
                if here != line:
                    yield section, found[:needed]
                    line, found, needed = here, [], 0
                if _are_cells(folded[stretch.start : stretch.end]):
                    continue
                found.append(stretch)
                if stretch.counts or stretch.denies:
                    needed = len(found)
            yield section, found[:needed]

    def _stretch(self, start: int, end: int) -> Stretch:
        """A sentence with its terms, and whether it counts or denies something."""
        first = bisect_left(self._starts, start)
        hits = self._hits[first : bisect_left(self._starts, end, lo=first)]
        number = bisect_left(self._numbers, start)
        counts = number < len(self._numbers) and self._numbers[number] < end
        denied = bisect_left(self._denials, start)
        denies = denied < len(self._denials) and self._denials[denied] < end
        return Stretch(start, end, hits, number, counts, denies)

    def _found(self, stretch: Stretch) -> list[Token]:
        """Tokens of a sentence; of one that counts nothing only terms, if it names anything."""
        if stretch.counts or stretch.denies:
            span = stretch.start, stretch.end
            folded = self._place.folded
            return tokens(folded, span, stretch.hits, self._quantities, stretch.number)
        if any(term in self._lexicon.spoken for term, _, _ in stretch.hits):
            return self._marked(stretch)
        return []

    def told(self, section: Section) -> tuple[str, ...]:
        """Things that the nearest heading with any names, else the one of the section's part."""
        if section.section_id not in self._told:
            for title in self._place.titles(section):
                fills = (self._lexicon.fills[term] for term, _, _ in self._lexicon.find(title))
                things = sorted({each.get("thing", "") for each in fills} & _HEADS)
                if things:
                    break
            else:
                titles = self._place.titles(section)
                asked = any(word in title for title in titles for word in words("title_request"))
                part = "on_request" if asked and section.part != "fees" else section.part
                things = [_THING_OF_PART[part]] if part in _THING_OF_PART else []
            self._told[section.section_id] = tuple(things)
        return self._told[section.section_id]

    def _marked(self, stretch: Stretch) -> list[Token]:
        """Terms and marks of a sentence that counts nothing: it only says what is spoken of."""
        marks = _MARKS.finditer(self._place.folded, stretch.start, stretch.end)
        found = [Token(Kind.MARK, *match.span(), match.group()) for match in marks]
        for hit in stretch.hits:
            _, start, end = hit
            if end <= stretch.end and end - start > 1:
                found.append(term_token(self._lexicon, hit))
        return sorted(found, key=lambda token: token.start)


def _are_cells(sentence: str) -> bool:
    """True for a line without any stop that is blanks apart, as rows of a table are printed."""
    return not _STOPS.search(sentence) and len(_GAPS.findall(sentence)) >= _FEWEST_GAPS
