"""text -> headings: every mark of `rules/marks.csv` and every label that may head a section.

What is no heading however it looks is left out here: rows of the official forms, citations, lists
of annexes, tables of contents. Which marks inside a line count is decided by their sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from unicodedata import numeric

from govtext.core import rules
from govtext.core.literals import opening, sure_character
from govtext.core.text import SENTENCE_ENDS, chinese_number, key
from govtext.extract.outline.exclusions import (
    expressions,
    is_row_or_citation,
    phrases,
    without_contents,
    without_table,
)

_DECORATION = re.compile(r" {0,8}(?:#{1,6} {0,3}|> ?)?(?:\*\*|__)?")
_MARKDOWN = re.compile(r"(#{1,6}) {1,3}(.{1,60})")
_LISTED = re.compile(r"\s{0,8}\(?[0-9]{1,2}\)?\s?[、.]?")
_LEADER = re.compile(r"[.…·]{2,60} {0,3}[0-9]{0,3}$")
_BOUNDARY = SENTENCE_ENDS + ':)" '
_LONGEST_TITLE = 50
_LONGEST_SENTENCE_TITLE = 26
_LONGEST_LABEL = 30
_SHORTEST_CUT = 4
_LABEL_LEVEL = 3
_RUN_TOGETHER = 300
_MANY_MARKS = 3
_SURE_TITLE = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found: its section begins at `start`, its number at `mark`, its title at `at`."""

    start: int
    mark: int
    at: int
    level: int
    style: str
    count: int
    number: str
    title: str
    at_line_start: bool
    is_known: bool = False

    @property
    def end(self) -> int:
        """Offset behind the title."""
        return self.at + len(self.title)


def marked(text: str) -> list[Heading]:
    """Headings with a number, in order, those of forms, annexes and contents left out.

    Parameters
    ----------
    text : str
        Folded text of a document.
    """
    marks = [mark for mark in _marks() if mark.may_stand_in(text)]
    found = [
        each for start, line in _body_lines(text) for each in _marked_in(text, start, line, marks)
    ]
    return without_contents(text, without_table(text, found))


def _marked_in(text: str, line_start: int, line: str, marks: Sequence[_Mark]) -> Iterator[Heading]:
    """Headings of one line: at its head, or behind a stop, a space or a known title."""
    candidates = _candidates(line, marks)
    together = len(line) > _RUN_TOGETHER or len(candidates) >= _MANY_MARKS
    known_end = -1
    for index, (match, style, level, anywhere) in enumerate(candidates):
        begin, at = match.start(), _behind_spaces(line, match.end())
        at_start = begin == _behind_decoration(line)
        rest = line[at : at + _RUN_TOGETHER]
        known = _known_title(rest, together)
        after = line[begin - 1] in _BOUNDARY or begin == known_end or bool(known)
        if not rest or not (at_start or (anywhere and after)):
            continue
        if not known and is_row_or_citation(text, line_start + at):
            continue
        title = known or _title(_before_next(rest, candidates, index, at), level, together)
        if known:
            known_end = at + len(known)
        yield Heading(
            start=line_start + (0 if at_start else begin),
            mark=line_start + begin,
            at=line_start + at,
            level=level,
            style=style,
            count=_count(match["n"]),
            number=match.group().strip(),
            title=title if at_start else title.rstrip(SENTENCE_ENDS),
            at_line_start=at_start,
            is_known=bool(known),
        )


def _behind_spaces(line: str, position: int) -> int:
    while position < len(line) and line[position] == " ":
        position += 1
    return position


def _behind_decoration(line: str) -> int:
    match = _DECORATION.match(line)
    return match.end() if match else 0


def labelled(text: str, *, numbered: bool) -> Iterator[Heading]:
    """Headings without a number: known titles on a line alone, and labels of a paragraph.

    Parameters
    ----------
    text : str
        Folded text of a document.
    numbered : bool
        Whether the sections of the first level have numbers: then a label stands below them.
    """
    top = _LABEL_LEVEL if numbered else 1
    for start, line in _lines(text):
        title = line.strip()
        markdown = _MARKDOWN.fullmatch(title)
        if title in phrases("title"):
            yield _label(start, start, top, title)
        elif markdown and not rules.is_title(key(markdown[2])):
            at = start + line.index(markdown[2])
            yield _label(start, at, top, markdown[2].rstrip("#* "))
        else:
            stop = line.find("。")
            label = line[:stop] if 0 < stop <= _LONGEST_LABEL else ""
            if label and line[stop + 1 :].strip() and _is_label(label):
                yield _label(start, start, _LABEL_LEVEL, label)


def _label(start: int, at: int, level: int, title: str) -> Heading:
    """Heading of a line that begins at `start`, without a number."""
    return Heading(
        start=start,
        mark=at,
        at=at,
        level=level,
        style="label",
        count=0,
        number="",
        title=title,
        at_line_start=True,
    )


# --- marks --------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _body_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines outside a list of annexes: its numbers count files."""
    listed = False
    for start, line in _lines(text):
        opens = any(expression.match(line) for expression in expressions("annex"))
        listed = opens or (listed and "。" not in line and bool(_LISTED.match(line)))
        if not listed:
            yield start, line


def _candidates(line: str, marks: Sequence[_Mark]) -> list[tuple[re.Match[str], str, int, bool]]:
    """Everything in a line that is written like a mark, in order."""
    found = [
        (match, style, level, anywhere)
        for style, level, expression, anywhere, sign in marks
        if sign in line
        for match in expression.finditer(line)
    ]
    return sorted(found, key=lambda each: (each[0].start(), -each[0].end()))


def _count(numeral: str) -> int:
    if numeral.isascii():
        return int(numeral)
    return chinese_number(numeral) or int(numeric(numeral[0]))


def _before_next(
    rest: str, candidates: list[tuple[re.Match[str], str, int, bool]], index: int, at: int
) -> str:
    """What follows a mark, up to the next one behind a space: two headings on one line."""
    for match, *_ in candidates[index + 1 : index + 3]:
        place = match.start() - at
        if 0 < place < len(rest) and rest[place - 1] == " ":
            return rest[:place].rstrip()
    return rest


# --- titles -------------------------------------------------------------------------------------


def _title(rest: str, level: int, run_together: bool) -> str:
    """Title at the head of what follows a mark, or an empty string where a sentence follows."""
    stop = _title_end(rest, run_together)
    if stop < 0:
        return _bare(rest) if len(rest) <= 2 * _LONGEST_TITLE else ""
    if rest[stop] not in SENTENCE_ENDS or rest[stop + 1 :].strip(" *_"):
        return _bare(rest[:stop]) if stop <= _LONGEST_TITLE else ""
    longest = _LONGEST_TITLE if level == 1 else _LONGEST_SENTENCE_TITLE
    return _bare(rest) if len(rest) <= longest else ""


def _title_end(rest: str, run_together: bool) -> int:
    """Offset where the paragraph behind a title begins: at a stop, colon, space or year; or -1."""
    stop = min((rest.find(mark) for mark in SENTENCE_ENDS if mark in rest), default=-1)
    head = rest if stop < 0 else rest[:stop]
    colon = head.find(":")
    if 0 < colon <= _LONGEST_SENTENCE_TITLE and rest[colon + 1 :]:
        return colon
    space = head.find(" ")
    shortest = 2 if run_together else _SHORTEST_CUT
    if shortest <= space <= _LONGEST_TITLE and (
        run_together or (stop > 0 and "," not in head[:space])
    ):
        return space
    for expression in expressions("title_end"):
        match = expression.match(head)
        if match:
            return match.end()
    return stop


def _bare(title: str) -> str:
    """Title without the marks of Markdown and the leader of a table of contents."""
    return _LEADER.sub("", title).rstrip("*_#: ")


def _known_title(rest: str, together: bool) -> str:
    """Title that the official forms print, where the paragraph follows it without a mark.

    Where the lines of a file were lost a long title is known whatever stands behind it.
    """
    if not rest.startswith(phrases("title")):
        return ""
    for title in phrases("title"):
        behind = rest[len(title) : len(title) + 1]
        surely = together and len(title) >= _SURE_TITLE
        apart = not behind or any(x.match(behind) for x in expressions("behind_title"))
        if rest.startswith(title) and (surely or apart):
            return title
    return ""


def _is_label(label: str) -> bool:
    return any(x.fullmatch(label) for x in expressions("label")) and not any(
        x.fullmatch(label) for x in expressions("label_reject")
    )


class _Mark(NamedTuple):
    """A row of `rules/marks.csv`; `sign` is a character that every match holds, or empty."""

    style: str
    level: int
    expression: re.Pattern[str]
    anywhere: bool
    sign: str

    def may_stand_in(self, text: str) -> bool:
        """False where no character of a text is one that such a mark begins with."""
        begin = opening(self.expression.pattern)
        return begin is None or begin.search(text) is not None


@cache
def _marks() -> tuple[_Mark, ...]:
    return tuple(
        _Mark(row["style"], int(row["level"]), rules.pattern(row), row["anywhere"] == "yes",
              sure_character(row["pattern"]))
        for row in rules.load("marks")
    )  # fmt: skip
