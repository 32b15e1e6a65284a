"""Page -> Document: the body of a report, without the furniture of the page it stood on.

Every string taken out is kept with its rule (`rules/furniture.csv`); blank lines and the spaces
around a line are layout and are not listed. Not promised: furniture in the middle of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from govtext import rules
from govtext.model import Document, Page, Removal, Segment
from govtext.text import fold, key

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = re.compile("[。;!?]")
_BLANK_MARKS = re.compile(r"[\s\[\]()|/\\·:;,\-<>_*#+=0-9]+")
_DATE_OR_NAME = re.compile(r"[0-9〇○一二三四五六七八九十]年|[局府办会厅委院室心]$")
_LONG = 60
_LONGEST_FURNITURE = 200
_HEAD_LINES = 30
_HEAD_CHARACTERS = 800
_TITLE_CHARACTERS = 80
_MOST_LABELS = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page without the spaces around it, and the rule that takes it out, if any."""

    text: str
    raw_start: int
    rule: str = ""

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def is_body(self) -> bool:
        """A line that reads like prose: long, or with a full stop."""
        return not self.rule and (len(self.text) > _LONG or bool(_STOP.search(self.folded)))


def clean(page: Page) -> Document:
    """Document of a page: its body, one paragraph a line, and what was removed.

    Parameters
    ----------
    page : Page
        A file's text as it stands.

    Returns
    -------
    Document
        `text` holds the kept lines; `segments` lead each character back to the page; `removals`
        are in the order of the page. Where nothing is furniture, every line is kept.
    """
    lines = list(_split(page.text))
    lines = _mark_anywhere(lines)
    lines = _mark_header(lines)
    lines = _cut_spans(lines)
    lines = _mark_head(lines)
    lines = _cut_end(lines)
    lines = _mark_tail(lines)
    lines = _mark_copies(lines)
    return _document(page, lines)


def _split(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        line = _trim(match.group(), match.start())
        if line:
            yield line


def _trim(text: str, raw_start: int) -> _Line | None:
    """Line without the spaces of any width around it, or None where nothing is left."""
    folded = fold(text)
    left = len(folded) - len(folded.lstrip())
    right = len(folded.rstrip())
    return _Line(text[left:right], raw_start + left) if left < right else None


def _mark_anywhere(lines: list[_Line]) -> list[_Line]:
    return [replace(line, rule=_line_rule(line, "any")) for line in lines]


def _mark_header(lines: list[_Line]) -> list[_Line]:
    """Take out the record that an archive puts before the page, down to its closing mark."""
    for rule, expression in _rules("head", "header"):
        for index, line in enumerate(lines[:_HEAD_LINES]):
            if expression.fullmatch(line.folded):
                header = [replace(each, rule=rule) for each in lines[: index + 1]]
                return header + lines[index + 1 :]
    return lines


def _cut_spans(lines: list[_Line]) -> list[_Line]:
    """Split furniture off the lines it was run together with, near the top of the page."""
    kept: list[_Line] = []
    seen = 0
    for line in lines:
        if line.rule or seen > _HEAD_CHARACTERS:
            kept.append(line)
            continue
        seen += len(line.text)
        kept.extend(_cut(line, "head", 0, _HEAD_CHARACTERS))
    return kept


def _cut_end(lines: list[_Line]) -> list[_Line]:
    """Split furniture off the end of the last line that is left."""
    last = max((index for index, line in enumerate(lines) if not line.rule), default=-1)
    if last < 0:
        return lines
    begin = max(0, len(lines[last].text) - _LONGEST_FURNITURE)
    pieces = _cut(lines[last], "tail", begin, len(lines[last].text))
    return [*lines[:last], *pieces, *lines[last + 1 :]]


def _cut(line: _Line, zone: str, begin: int, end: int) -> Iterator[_Line]:
    """Pieces of a line, those that a rule takes out between `begin` and `end` marked."""
    found = sorted(
        (match.start(), match.end(), rule)
        for rule, expression in _rules(zone, "span")
        for match in expression.finditer(line.folded, begin, end)
    )
    position = 0
    for start, end, rule in found:
        if start < position:
            continue
        yield from filter(None, [_trim(line.text[position:start], line.raw_start + position)])
        removed = _trim(line.text[start:end], line.raw_start + start)
        if removed:
            yield replace(removed, rule=rule)
        position = end
    yield from filter(None, [_trim(line.text[position:], line.raw_start + position)])


def _mark_head(lines: list[_Line]) -> list[_Line]:
    """Judge the lines before the first line of prose."""
    first = next((index for index, line in enumerate(lines) if line.is_body), len(lines))
    head = [
        line if line.rule else replace(line, rule=_rule(line, "head")) for line in lines[:first]
    ]
    return head + lines[first:]


def _mark_tail(lines: list[_Line]) -> list[_Line]:
    """Judge the lines behind the last line of prose, from the first furniture on more strictly."""
    last = max((index for index, line in enumerate(lines) if line.is_body), default=-1)
    tail: list[_Line] = []
    rest = ""
    for line in lines[last + 1 :]:
        rule = line.rule or rest or _rule(line, "tail")
        if not rest and any(x.fullmatch(line.folded) for _, x in _rules("tail", "from")):
            rest = rule
        tail.append(replace(line, rule=rule))
    return lines[: last + 1] + _mark_labels(tail)


def _mark_labels(tail: list[_Line]) -> list[_Line]:
    """Take out a column's name that stands behind the buttons, if little else does."""
    first = next((index for index, line in enumerate(tail) if line.rule), len(tail))
    left = [index for index in range(first, len(tail)) if not tail[index].rule]
    if len(left) > _MOST_LABELS:
        return tail
    return [
        replace(line, rule="tail_label")
        if index in left and len(line.text) <= 30 and not _DATE_OR_NAME.search(line.folded)
        else line
        for index, line in enumerate(tail)
    ]


def _mark_copies(lines: list[_Line]) -> list[_Line]:
    """Take out a title printed above itself: the copy next to the body stays."""
    kept = [index for index, line in enumerate(lines) if not line.rule][:_HEAD_LINES]
    body = next((place for place, index in enumerate(kept) if lines[index].is_body), len(kept))
    head = kept[: body + 1]
    copies: set[int] = set()
    for begin in range(len(head)):
        for size in (3, 2, 1):
            block = head[begin : begin + size]
            following = [lines[index] for index in head[begin + size :]]
            if not copies.intersection(block) and _is_copied([lines[i] for i in block], following):
                copies.update(block)
    return [
        replace(line, rule="duplicate_title") if index in copies else line
        for index, line in enumerate(lines)
    ]


def _is_copied(block: list[_Line], following: list[_Line]) -> bool:
    """True if the lines are a title that stands once more below."""
    label = "".join(key(line.text[:_LONGEST_FURNITURE]) for line in block)
    if not following or len(label) > _TITLE_CHARACTERS or not rules.is_title(label):
        return False
    for begin, line in enumerate(following):
        together = "".join(
            key(each.text) for each in following[begin : begin + 3] if not each.is_body
        )
        if together.startswith(label) or _ends(label, line):
            return True
    return False


def _ends(label: str, line: _Line) -> bool:
    """True if the line is the label, or goes on behind it after a space."""
    if key(line.text) == label:
        return True
    words = line.folded[: 2 * _TITLE_CHARACTERS].split(" ")
    return any(key("".join(words[:count])) == label for count in range(1, min(len(words), 6)))


def _rule(line: _Line, zone: str) -> str:
    return _line_rule(line, zone) or _control_rule(line, zone)


def _line_rule(line: _Line, zone: str) -> str:
    """Rule of the furniture that the whole line is, or an empty string."""
    if len(line.text) > _LONGEST_FURNITURE:
        return ""
    folded = line.folded
    for scope in ("line", "from"):
        for rule, expression in _rules(zone, scope):
            if expression.fullmatch(folded):
                return rule
    return ""


def _control_rule(line: _Line, zone: str) -> str:
    """Rule of the buttons that a line holds, with at most a column's name beside them."""
    if len(line.text) > _LONG or _STOP.search(line.folded):
        return ""
    rest, first = line.folded, ""
    for rule, expression in _rules(zone, "control"):
        shorter = expression.sub(" ", rest)
        first = first or (rule if shorter != rest else "")
        rest = shorter
    for _, expression in _rules(zone, "token"):
        rest = expression.sub(" ", rest)
    label = _BLANK_MARKS.sub("", rest)
    buttons = len(_BLANK_MARKS.sub("", line.folded)) - len(label)
    if not first or (label and (len(label) > 20 or buttons < 4)):
        return ""
    return first


@cache
def _rules(zone: str, scope: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["rule"], rules.pattern(row, flags=re.IGNORECASE))
        for row in rules.load("furniture")
        if row["zone"] == zone and row["scope"] == scope
    )


def _document(page: Page, lines: list[_Line]) -> Document:
    """Join the kept lines, and list the others."""
    segments: list[Segment] = []
    removals: list[Removal] = []
    parts: list[str] = []
    position = 0
    for line in lines:
        if line.rule:
            end = line.raw_start + len(line.text)
            removals.append(Removal(line.text, line.rule, line.raw_start, end))
            continue
        segments.append(Segment(position, line.raw_start, len(line.text)))
        parts.append(line.text)
        position += len(line.text) + 1
    return Document(page, "\n".join(parts), tuple(segments), tuple(removals))
