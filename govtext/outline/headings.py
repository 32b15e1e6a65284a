"""text -> headings: every mark of `rules/marks.csv` and every label that may head a section.

What is no heading however it looks is left out here: rows of the official forms, citations, lists
of annexes, tables of contents. Which marks inside a line count is decided by their sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import numeric

from govtext import rules
from govtext.text import chinese_number, fold, key

_DECORATION = re.compile(r" {0,8}(?:#{1,6} {0,3}|> ?)?(?:\*\*|__)?")
_MARKDOWN = re.compile(r"(#{1,6}) {1,3}(.{1,60})")
_LISTED = re.compile(r"\s{0,8}\(?[0-9]{1,2}\)?\s?[、.]?")
_LEADER = re.compile(r"[.…·]{2,60} {0,3}[0-9]{0,3}$")
_CELL = re.compile(r"(?:^|\s)(?:-+|[0-9]{1,9}(?:\.[0-9]{1,4})?)(?:\s|$)")
_WORD = re.compile("[\u4e00-\u9fff]{3}")
_BOUNDARY = '。;!?:)" '
_STOPS = "。;!?"
_BEHIND_TITLE = "0123456789 (*\n一二三四五六七八九十第"
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
    found: list[Heading] = []
    for line_start, line in _body_lines(text):
        known_end = -1  # a mark may stand right behind a title that the official forms print
        candidates = _candidates(line)
        together = len(line) > _RUN_TOGETHER or len(candidates) >= _MANY_MARKS
        for index, (match, style, level, anywhere) in enumerate(candidates):
            begin = match.start()
            head = _DECORATION.match(line)
            at_start = begin == (head.end() if head else 0)
            if not at_start and not anywhere:
                continue
            rest = line[match.end() : match.end() + _RUN_TOGETHER]
            at = match.end() + len(rest) - len(rest.lstrip())
            rest = rest.lstrip()
            if not rest:
                continue
            behind = at_start or line[begin - 1] in _BOUNDARY or begin == known_end
            known = _known_title(rest, together)
            if not (behind or known) or (not known and _is_reject(text, line_start + at)):
                continue
            title = known or _title(_before_next(rest, candidates, index, at), level, together)
            known_end = at + len(known) if known else -1
            start = line_start if at_start else line_start + begin
            number = match.group().strip()
            if not at_start:
                title = title.rstrip(_STOPS)
            found.append(
                Heading(
                    start, line_start + begin, line_start + at, level, style,
                    _count(match["n"]), number, title, at_start, bool(known),
                )
            )  # fmt: skip
    return _without_contents(text, _without_table(text, found))


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
        if title in _phrases("title"):
            yield Heading(start, start, start, top, "label", 0, "", title, True)
        elif markdown and not rules.is_title(key(markdown[2])):
            at = start + line.index(markdown[2])
            yield Heading(start, at, at, top, "label", 0, "", markdown[2].rstrip("#* "), True)
        else:
            stop = line.find("。")
            label = line[:stop] if 0 < stop <= _LONGEST_LABEL else ""
            if label and line[stop + 1 :].strip() and _is_label(label):
                yield Heading(start, start, start, _LABEL_LEVEL, "label", 0, "", label, True)


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
        opens = any(expression.match(line) for expression in _expressions("annex"))
        listed = opens or (listed and "。" not in line and bool(_LISTED.match(line)))
        if not listed:
            yield start, line


def _candidates(line: str) -> list[tuple[re.Match[str], str, int, bool]]:
    """Everything in a line that is written like a mark, in order."""
    found = [
        (match, style, level, anywhere)
        for style, level, expression, anywhere in _marks()
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
    if rest[stop] not in _STOPS or rest[stop + 1 :].strip(" *_"):
        return _bare(rest[:stop]) if stop <= _LONGEST_TITLE else ""
    longest = _LONGEST_TITLE if level == 1 else _LONGEST_SENTENCE_TITLE
    return _bare(rest) if len(rest) <= longest else ""


def _title_end(rest: str, run_together: bool) -> int:
    """Offset where the paragraph behind a title begins: at a stop, colon, space or year; or -1."""
    stop = min((rest.find(mark) for mark in _STOPS if mark in rest), default=-1)
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
    for expression in _expressions("title_end"):
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
    if not rest.startswith(_phrases("title")):
        return ""
    for title in _phrases("title"):
        behind = rest[len(title) : len(title) + 1]
        surely = together and len(title) >= _SURE_TITLE
        if rest.startswith(title) and (surely or behind in _BEHIND_TITLE):
            return title
    return ""


def _is_label(label: str) -> bool:
    return any(x.fullmatch(label) for x in _expressions("label")) and not any(
        x.fullmatch(label) for x in _expressions("label_reject")
    )


# --- what is no heading -------------------------------------------------------------------------


def _is_reject(text: str, at: int) -> bool:
    """True for a row of an official form or a citation, which looks like a heading.

    The cells of a row may stand on the lines below.
    """
    rest = text[at : at + _RUN_TOGETHER]
    if rest.startswith(_phrases("reject")):
        for row in _phrases("reject"):
            behind = rest[len(row) : len(row) + 1]
            if rest.startswith(row) and not ("\u4e00" <= behind <= "\u9fff"):
                return True
    return any(expression.match(rest) for expression in _expressions("reject"))


def _without_table(text: str, found: list[Heading]) -> list[Heading]:
    """Leave out the rows below the head of a statistics table, up to the next real heading."""
    heads = [match.end() for x in _expressions("table") for match in x.finditer(text)]
    if not heads:
        return found
    kept: list[Heading] = []
    inside = False
    last = -1
    for index, heading in enumerate(found):
        inside = inside or any(last < head <= heading.start for head in heads)
        last = heading.start
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        inside = inside and _is_row(text[heading.at : min(end, heading.at + _RUN_TOGETHER)])
        if not inside:
            kept.append(heading)
    return kept


def _is_row(content: str) -> bool:
    return content.startswith(_phrases("table")) or (
        "。" not in content and bool(_CELL.search(content))
    )


def _without_contents(text: str, found: list[Heading]) -> list[Heading]:
    """Leave out a table of contents: headings one behind the other that come again below."""
    kept: list[Heading] = []
    index = 0
    last = {_name(heading): place for place, heading in enumerate(found)}
    while index < len(found):
        end = _run(text, found, index)
        run = found[index:end]
        tops = [heading for heading in run if heading.level == 1]
        repeated = any(heading.title and last[_name(heading)] >= end for heading in tops)
        if len(tops) < 2 or tops[0].count != 1 or not repeated:
            kept.extend(run)
        index = end
    return kept


def _run(text: str, found: list[Heading], begin: int) -> int:
    """Number behind the last heading that follows the one before it without any text between."""
    seen = {(found[begin].style, found[begin].count)}
    for index in range(begin + 1, len(found)):
        above, heading = found[index - 1], found[index]
        gap = text[above.end : heading.start]
        again = heading.level == 1 and (heading.style, heading.count) in seen
        if again or not above.title or len(gap) > 2 * _LONGEST_TITLE or _WORD.search(gap):
            return index
        seen.add((heading.style, heading.count))
    return len(found)


def _name(heading: Heading) -> tuple[str, int, str]:
    return heading.style, heading.count, key(heading.title)


# --- rules --------------------------------------------------------------------------------------


@cache
def _marks() -> tuple[tuple[str, int, re.Pattern[str], bool], ...]:
    return tuple(
        (row["style"], int(row["level"]), rules.pattern(row), row["anywhere"] == "yes")
        for row in rules.load("marks")
    )


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    """Fixed phrases of a kind, folded, the longest first."""
    phrases = {
        fold(row["pattern"])
        for row in rules.load("headings")
        if row["kind"] == kind and row["match"] != "regex"
    }
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _expressions(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        rules.pattern(row)
        for row in rules.load("headings")
        if row["kind"] == kind and row["match"] == "regex"
    )
