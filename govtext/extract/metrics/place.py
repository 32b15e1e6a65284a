"""Where a number stands: its section and headings, its paragraph, the clause to quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtext.core.model import section_at
from govtext.core.text import fold
from govtext.extract.metrics.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Document, Section

_TITLE = 60
_LEVELS = 4
_QUOTE = 60
_SHORT = 4
_NEAR, _BEHIND = 240, 80
_BREAKS = re.compile("[,。;:!?\n]")


class Place:
    """A report, asked about places of its text."""

    def __init__(self, document: Document, sections: Sequence[Section]) -> None:
        self.text, self.folded = document.text, document.content.folded
        self.sections = sections
        self._titles: dict[str, tuple[str, ...]] = {}
        for section in sections:
            above = self._titles.get(section.parent_id or "", ())
            title = (fold(section.title[:_TITLE]),) if section.title else ()
            self._titles[section.section_id] = title + above[:_LEVELS]

    def section_at(self, position: int) -> Section:
        """Section that holds a character."""
        return section_at(self.sections, position)

    def titles(self, section: Section) -> tuple[str, ...]:
        """Folded titles of a section and of those above it, the nearest first."""
        return self._titles[section.section_id]

    def line_start(self, position: int) -> int:
        """Start of the line that holds a character."""
        return self.folded.rfind("\n", 0, position) + 1

    def near(self, position: int) -> str:
        """What stands around a character in its paragraph."""
        begin = max(self.line_start(position), self.section_at(position).start, position - _NEAR)
        return self.folded[begin : position + _BEHIND].partition("\n")[0]

    def about_disclosure(self, start: int, position: int, *, named: bool) -> bool:
        """True where what is counted is on disclosure: named near it, or in a heading.

        Parameters
        ----------
        start, position : int
            Start of the sentence, and of the number in it.
        named : bool
            Whether disclosure must be named before the number itself.
        """
        sentence = self.folded[start : position + _BEHIND].partition("。")[0]
        if any(word in sentence for word in words("not_disclosure")):
            return False
        section = self.section_at(position)
        titles = self.titles(section)
        if named and not _holds([sentence], "disclosure"):
            return section.part == "review_litigation" or _holds(titles, "title_complaint")
        near = [self.near(position)]
        if _holds(near, "disclosure") or _holds(near, "near_disclosure"):
            return True
        return _holds(titles, "title_disclosure") or section.part == "review_litigation"

    def quote(self, start: int, end: int) -> str:
        """Clause around a span, verbatim, with the clause before it where it is short."""
        line = self.folded.rfind("\n", max(0, start - _QUOTE), start) + 1
        begin = max(self.section_at(start).start, line, start - _QUOTE)
        marks = [begin, *(match.end() for match in _BREAKS.finditer(self.folded, begin, start))]
        # A clause of a few characters, or one that begins with the number, says too little.
        begin = marks[-2] if len(marks) > 1 and start - marks[-1] < _SHORT else marks[-1]
        stop = _BREAKS.search(self.folded, end, end + _QUOTE)
        return self.text[begin : stop.start() if stop else end + _QUOTE].strip()


def _holds(texts: Sequence[str], name: str) -> bool:
    return any(word in text for text in texts for word in words(name))
