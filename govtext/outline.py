"""Document -> Sections: the headings as a tree, every character in one section, each with its part.

Headings of every style are found by their marks (`rules/marks.csv`), also where one runs into its
paragraph or the lines of the file were lost; labelled paragraphs need no number. Not promised: a
heading without number and label, or one whose number breaks the sequence in the middle of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from govtext import rules
from govtext.model import Document, Section
from govtext.text import chinese_number, fold, key

_BOUNDARY = '。;!?:)" '
_STOPS = "。;!?"
_BEHIND_TITLE = "0123456789 (\n"
_LONGEST_TITLE = 50
_LONGEST_SENTENCE_TITLE = 26
_LONGEST_LABEL = 30
_LABEL_LEVEL = 3
_RUN_TOGETHER = 300
_LOOK_AHEAD = 200
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading found: where it begins, and where its title does."""

    start: int
    level: int
    style: str
    count: int
    number: str
    title: str
    at_line_start: bool


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
    text = fold(document.text)
    found = _in_sequence(sorted(_marked(text), key=lambda heading: heading.start))
    found = _move_below_divisions(found)
    taken = {heading.start for heading in found}
    labels = [each for each in _labelled(text, bool(found)) if each.start not in taken]
    headings = sorted(found + labels, key=lambda heading: heading.start)
    return tuple(_sections(document.text, headings))


def _marked(text: str) -> Iterator[_Heading]:
    """Every mark at the head of a line, or behind a stop or space, that is no row of a form."""
    for line_start, line in _lines(text):
        for style, level, expression, anywhere in _marks():
            for match in expression.finditer(line):
                begin = match.start()
                at_start = begin == 0
                rest = line[match.end() : match.end() + _RUN_TOGETHER].lstrip()
                if not rest or (not at_start and not anywhere) or _is_reject(rest):
                    continue
                if not at_start and line[begin - 1] not in _BOUNDARY and not _known_title(rest):
                    continue
                title = _title(rest, level, len(line) > _RUN_TOGETHER)
                count = _count(match["n"])
                number = match.group().strip()
                yield _Heading(line_start + begin, level, style, count, number, title, at_start)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _count(numeral: str) -> int:
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
    return int(numeral) if numeral.isascii() else chinese_number(numeral) or 0


def _title(rest: str, level: int, run_together: bool) -> str:
    """Title at the head of what follows a mark, or an empty string where a sentence follows."""
    known = _known_title(rest)
    if known:
        return known
    stop = min((rest.find(mark) for mark in _STOPS if mark in rest), default=-1)
    colon = rest.find(":")
    if 0 <= colon <= _LONGEST_SENTENCE_TITLE and (stop < 0 or colon < stop) and rest[colon + 1 :]:
        stop = colon
    space = rest.find(" ")
    if run_together and 2 <= space <= _LONGEST_TITLE and (stop < 0 or space < stop):
        return rest[:space]
    if stop < 0:
        return rest if len(rest) <= 2 * _LONGEST_TITLE else ""
    if rest[stop + 1 :].strip():
        return rest[:stop] if stop <= _LONGEST_TITLE else ""
    longest = _LONGEST_TITLE if level == 1 else _LONGEST_SENTENCE_TITLE
    return rest if len(rest) <= longest else ""


def _known_title(rest: str) -> str:
    """Title that the official forms print, where the paragraph follows it without a mark."""
    for title in _known_titles():
        if rest.startswith(title) and rest[len(title) : len(title) + 1] in _BEHIND_TITLE:
            return title
    return ""


def _in_sequence(found: Sequence[_Heading]) -> list[_Heading]:
    """Drop marks inside a line that do not go on with the count of their style.

    At the head of a line a mark is believed whatever its number: reports skip and restart. Inside
    a line it must be the next of its style, or a first that a second follows.
    """
    kept: list[_Heading] = []
    counts: dict[tuple[int, str], int] = {}
    for index, heading in enumerate(found):
        if kept and kept[-1].start == heading.start:
            continue
        if not heading.at_line_start:
            expected = counts.get((heading.level, heading.style), 0) + 1
            first = heading.count == 1 and _goes_on(found[index : index + _LOOK_AHEAD])
            goes_on = heading.count == expected and heading.count > 1
            if not goes_on and not (first and (expected == 1 or heading.level > 1)):
                continue
        counts = {place: n for place, n in counts.items() if place[0] <= heading.level}
        counts[heading.level, heading.style] = heading.count
        kept.append(heading)
    return kept


def _goes_on(found: Sequence[_Heading]) -> bool:
    """True if the second mark of the first heading's style comes before a higher heading."""
    first = found[0]
    for heading in found[1:]:
        if heading.style == first.style and heading.count == first.count + 1:
            return True
        if heading.level < first.level and heading.at_line_start:
            return False
    return False


def _move_below_divisions(found: list[_Heading]) -> list[_Heading]:
    """Where 第一部分 and 第二部分 divide a report, the other styles stand one level lower."""
    if sum(heading.style == "division" for heading in found) < 2:
        return found
    return [
        heading if heading.style == "division" else replace(heading, level=heading.level + 1)
        for heading in found
    ]


def _labelled(text: str, has_marks: bool) -> Iterator[_Heading]:
    """Headings without a number: known titles on a line alone, and labels of a paragraph."""
    for start, line in _lines(text):
        label = line.strip()
        if label in _known_titles():
            level = _LABEL_LEVEL if has_marks else 1
            yield _Heading(start, level, "label", 0, "", label, True)
            continue
        stop = line.find("。")
        label = line[:stop] if 0 < stop <= _LONGEST_LABEL else ""
        if label and line[stop + 1 :].strip() and _is_label(label):
            yield _Heading(start, _LABEL_LEVEL, "label", 0, "", label, True)


def _is_label(label: str) -> bool:
    return any(x.fullmatch(label) for x in _expressions("label")) and not any(
        x.fullmatch(label) for x in _expressions("label_reject")
    )


def _is_reject(rest: str) -> bool:
    """True for a row of an official form or a citation, which looks like a heading."""
    return rest.startswith(_form_rows()) or any(x.match(rest) for x in _expressions("reject"))


def _sections(text: str, headings: Sequence[_Heading]) -> Iterator[Section]:
    """Sections that begin at the headings, with their parents and parts."""
    stack: list[Section] = []
    if text and (not headings or headings[0].start > 0):
        end = headings[0].start if headings else len(text)
        yield Section("0", None, 0, "", "", "overview", 0, end)
    ends = [*(heading.start for heading in headings), len(text)][1:]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=True), start=1):
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        parent = stack[-1] if stack else None
        begin = _find(text, heading)
        section = Section(
            str(number),
            parent.section_id if parent else None,
            heading.level,
            text[heading.start : heading.start + len(heading.number)],
            text[begin : begin + len(heading.title)],
            _part(heading.title, parent),
            heading.start,
            end,
        )
        stack.append(section)
        yield section


def _find(text: str, heading: _Heading) -> int:
    """Offset of the title in the text: behind the number and the spaces after it."""
    begin = heading.start + len(heading.number)
    spaces = fold(text[begin : begin + _RUN_TOGETHER])
    return begin + len(spaces) - len(spaces.lstrip())


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
def _marks() -> tuple[tuple[str, int, re.Pattern[str], bool], ...]:
    return tuple(
        (row["style"], int(row["level"]), rules.pattern(row), row["anywhere"] == "yes")
        for row in rules.load("marks")
    )


@cache
def _known_titles() -> tuple[str, ...]:
    """Titles of the official forms, folded, the longest first."""
    titles = {fold(row["pattern"]) for row in rules.load("headings") if row["kind"] == "title"}
    return tuple(sorted(titles, key=lambda title: (-len(title), title)))


@cache
def _form_rows() -> tuple[str, ...]:
    return tuple(
        fold(row["pattern"]) for row in rules.load("headings") if row["match"] == "form_row"
    )


@cache
def _expressions(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        rules.pattern(row)
        for row in rules.load("headings")
        if row["kind"] == kind and row["match"] == "regex"
    )


@cache
def _parts() -> tuple[tuple[rules.Row, re.Pattern[str]], ...]:
    return tuple((row, rules.pattern(row)) for row in rules.load("parts"))
