"""Document -> Sections: the headings as a tree, every character in one section, each with its part.

Headings of every style are found by their marks (`rules/marks.csv`), also where one runs into its
paragraph or the lines of the file were lost; labelled paragraphs need no number. Not promised: a
heading without number and label, or one whose number breaks the sequence in the middle of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from govtext.core import rules
from govtext.core.model import Document, Section
from govtext.core.text import key
from govtext.extract.outline.headings import Heading, labelled, marked

_LOOK_AHEAD = 200


def outline(document: Document) -> tuple[Section, ...]:
    """Sections of a document, in order; they cover the text without gaps or overlaps.

    Parameters
    ----------
    document : Document
        The cleaned report.

    Returns
    -------
    tuple of Section
        The first has level 0 where text stands before the first heading. `title` is as printed,
        up to the first stop where the heading runs into its paragraph, and empty where a numbered
        sentence has no heading. An empty text has no sections.
    """
    text = document.content.folded
    found = _move_below_divisions(_in_sequence(marked(text)))
    taken = {heading.start for heading in found}
    numbered = any(heading.level == 1 for heading in found)
    labels = [each for each in labelled(text, numbered=numbered) if each.start not in taken]
    headings = sorted(found + labels, key=lambda heading: heading.start)
    return tuple(_sections(document.text, headings))


def _in_sequence(found: Sequence[Heading]) -> list[Heading]:
    """Drop marks inside a line that do not go on with the count of their style.

    At the head of a line a mark is believed whatever its number: reports skip and restart. Inside
    a line it must be the next of its style, a later one with a title of the official forms, or a
    first that a second follows.
    """
    kept: list[Heading] = []
    counts: dict[tuple[int, str], int] = {}
    for index, heading in enumerate(found):
        if kept and kept[-1].start == heading.start:
            continue
        if not heading.at_line_start:
            expected = counts.get((heading.level, heading.style), 0) + 1
            later = heading.is_known and heading.count > expected
            goes_on = heading.count > 1 and (heading.count == expected or later)
            may_begin = heading.count == 1 and (expected == 1 or heading.level > 1)
            if not goes_on and not (may_begin and _has_second(found, index)):
                continue
        counts = {place: n for place, n in counts.items() if place[0] <= heading.level}
        counts[heading.level, heading.style] = heading.count
        kept.append(heading)
    return kept


def _has_second(found: Sequence[Heading], index: int) -> bool:
    """True if the second mark of a first heading's style comes before a higher heading."""
    first = found[index]
    for place in range(index + 1, min(index + _LOOK_AHEAD, len(found))):
        heading = found[place]
        if heading.style == first.style and heading.count == first.count + 1:
            return True
        if heading.level < first.level and heading.at_line_start:
            return False
    return False


def _move_below_divisions(found: list[Heading]) -> list[Heading]:
    """Where 第一部分 and 第二部分 divide a report, the other styles stand one level lower."""
    if sum(heading.style == "division" for heading in found) < 2:
        return found
    return [
        heading if heading.style == "division" else replace(heading, level=heading.level + 1)
        for heading in found
    ]


def _sections(text: str, headings: Sequence[Heading]) -> Iterator[Section]:
    """Sections that begin at the headings, with their parents and parts."""
    stack: list[Section] = []
    if text and (not headings or headings[0].start > 0):
        end = headings[0].start if headings else len(text)
        yield Section(
            section_id="0",
            parent_id=None,
            level=0,
            number="",
            title="",
            part="overview",
            start=0,
            end=end,
        )
    ends = [*(heading.start for heading in headings), len(text)][1:]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=True), start=1):
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        parent = stack[-1] if stack else None
        section = Section(
            section_id=str(number),
            parent_id=parent.section_id if parent else None,
            level=heading.level,
            number=text[heading.mark : heading.mark + len(heading.number)],
            title=text[heading.at : min(heading.end, end)],
            part=_part(heading.title, parent),
            start=heading.start,
            end=end,
        )
        stack.append(section)
        yield section


def _part(title: str, parent: Section | None) -> str:
    """Canonical part that a title names, else the part of the heading above it."""
    label = key(title)
    named = next((row for row, expression in _parts() if expression.search(label)), None)
    if parent is None:
        return named["part"] if named else "other"
    above = next((row for row, _ in _parts() if row["part"] == parent.part), None)
    if named is None or named["below"] == "no" or (above and above["sticky"] == "yes"):
        return parent.part
    return named["part"]


@cache
def _parts() -> tuple[tuple[rules.Row, re.Pattern[str]], ...]:
    return tuple((row, rules.pattern(row)) for row in rules.load("parts"))
