"""Page -> Document: the body of a report, without the furniture of the page it stood on.

Every string taken out is kept with its rule (`rules/furniture.csv`); blank lines and the spaces
around a line are layout and are not listed. The head of a page ends at the first line that reads
like body, its foot begins behind the last. Not promised: furniture in the middle of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from govtext import rules
from govtext.model import Document, Page, Removal, Segment
from govtext.text import fold, key

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = re.compile("[。;!?]")
_END = re.compile("[。;]")
_BETWEEN_CELLS = re.compile(r"[\s\[\]()|/\\·:;,<>_*#+=-]+")
_SITE_NAME = re.compile(r"[_|-]")
_LONG = 60
_LONGEST_FURNITURE = 200
_LONGEST_LABEL = 40
_HEAD_LINES = 200
_FOOT_LINES = 200
_TITLE_LINES = 30
_SPAN_REACH = 800
_TITLE_CHARACTERS = 80
_MOST_LABELS = 3
_MOST_CELLS = 40


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page without the spaces around it, and the rule that takes it out, if any."""

    text: str
    folded: str = field(repr=False)
    raw_start: int
    rule: str = ""

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
    lines = _mark_header(list(_split(page.text)))
    lines = _mark_page_numbers(_cut_head(lines))
    _mark_head(lines)
    _mark_foot(lines)
    lines = _cut_end(lines)
    _mark_copies(lines)
    return _document(page, lines)


# --- lines --------------------------------------------------------------------------------------


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
    return _Line(text[left:right], folded[left:right], raw_start + left) if left < right else None


def _cut(line: _Line, zone: str, begin: int, end: int) -> Iterator[_Line]:
    """Pieces of a line, those that a rule takes out between `begin` and `end` marked."""
    found = sorted(
        (match.start(), match.end(), rule)
        for rule, expression in _rules(zone, "span")
        for match in expression.finditer(line.folded, begin, end)
    )
    position = 0
    for start, stop, rule in found:
        if start < position:
            continue
        yield from filter(None, [_trim(line.text[position:start], line.raw_start + position)])
        removed = _trim(line.text[start:stop], line.raw_start + start)
        if removed:
            yield replace(removed, rule=rule)
        position = stop
    yield from filter(None, [_trim(line.text[position:], line.raw_start + position)])


# --- the head of the page -----------------------------------------------------------------------


def _mark_header(lines: list[_Line]) -> list[_Line]:
    """Take out the record that an archive puts before the page, down to its closing mark."""
    for rule, expression in _rules("head", "header"):
        found = [i for i, x in enumerate(lines[:_HEAD_LINES]) if expression.fullmatch(x.folded)]
        if found:
            below = found[-1] + 1
            return [replace(line, rule=rule) for line in lines[:below]] + lines[below:]
    return lines


def _mark_page_numbers(lines: list[_Line]) -> list[_Line]:
    """Take out what stands between two printed pages, also in the middle of the body."""
    return [replace(line, rule=line.rule or _full(line, "body", "page")) for line in lines]


def _cut_head(lines: list[_Line]) -> list[_Line]:
    """Split furniture off the lines it was run together with, near the top of the page."""
    kept: list[_Line] = []
    seen = 0
    for line in lines:
        seen += len(line.text)
        if line.rule or seen > _SPAN_REACH + len(line.text) or _head_rule(line):
            kept.append(line)
            continue
        kept.extend(_cut(line, "head", 0, _SPAN_REACH))
    return kept


def _mark_head(lines: list[_Line]) -> None:
    """Mark the furniture above the body; a heading, or a line like prose, begins it."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if line.rule:
            continue
        rule = _head_rule(line) or _beside(lines, index)
        if not rule and (line.is_body or _full(line, "head", "body")):
            return
        lines[index] = replace(line, rule=rule)
        if _full(line, "head", "to"):
            _mark_banner(lines, index, rule)


def _head_rule(line: _Line) -> str:
    return _full(line, "head", "to") or _rule(line, "head")


def _mark_banner(lines: list[_Line], below: int, rule: str) -> None:
    """Take out the banner and menu above a trail; a title may be the only one of the page."""
    for index, line in enumerate(lines[:below]):
        if not line.rule and not rules.is_title(key(line.text)):
            lines[index] = replace(line, rule=rule)


def _beside(lines: list[_Line], index: int) -> str:
    """Rule of a line that belongs to the furniture above it: a name of a list, or a value."""
    if not index or not lines[index - 1].rule:
        return ""
    line, above = lines[index], lines[index - 1]
    if above.rule in _all(line, "head", "next"):
        return above.rule
    if above.folded[-1] not in ":]" or line.is_body or rules.is_title(key(line.text)):
        return ""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return above.rule if line.text.isascii() or (below and _rule(below, "head")) else ""


# --- the foot of the page -----------------------------------------------------------------------


def _mark_foot(lines: list[_Line]) -> None:
    """Mark the furniture behind the body, from the end of the page upwards.

    Names of columns go with the buttons above them, if they are few; a signature, a date or an
    annex stays where it is. The first line that reads like body, or like a cell, ends the foot.
    """
    first = max(0, len(lines) - _FOOT_LINES)
    _mark_related(lines, first)
    labels: list[int] = []
    for index in range(len(lines) - 1, first - 1, -1):
        line = lines[index]
        rule = _rule(line, "tail")
        if line.rule:
            continue
        if rule:
            for place in labels:
                lines[place] = replace(lines[place], rule=_label_rule(lines[place], rule))
            lines[index] = replace(line, rule=rule)
            labels = []
        elif _full(line, "tail", "next"):
            labels.append(index)
        elif line.is_body or _full(line, "tail", "body"):
            break
        elif not _full(line, "tail", "keep"):
            labels.append(index)
            if len(line.text) > _LONGEST_LABEL or _counted(lines, labels) > _MOST_LABELS:
                break


def _counted(lines: list[_Line], labels: list[int]) -> int:
    return sum(not _full(lines[place], "tail", "next") for place in labels)


def _label_rule(line: _Line, above: str) -> str:
    return above if _full(line, "tail", "next") else "tail_label"


def _mark_related(lines: list[_Line], first: int) -> None:
    """Take out what a label such as 相关链接 introduces, with the rest of the page."""
    last = max((i for i in range(first, len(lines)) if _is_sentence(lines[i])), default=first - 1)
    for index in range(last + 1, len(lines)):
        rule = _full(lines[index], "tail", "from")
        if rule:
            lines[index:] = [replace(line, rule=line.rule or rule) for line in lines[index:]]
            return


def _is_sentence(line: _Line) -> bool:
    return not line.rule and bool(_END.search(line.folded)) and not _rule(line, "tail")


def _cut_end(lines: list[_Line]) -> list[_Line]:
    """Split furniture off the end of the last line that is left."""
    last = max((index for index, line in enumerate(lines) if not line.rule), default=-1)
    if last < 0:
        return lines
    begin = max(0, len(lines[last].text) - 2 * _LONGEST_FURNITURE)
    pieces = _cut(lines[last], "tail", begin, len(lines[last].text))
    return [*lines[:last], *pieces, *lines[last + 1 :]]


# --- a title printed twice ----------------------------------------------------------------------


def _mark_copies(lines: list[_Line]) -> None:
    """Take out a title printed above itself: the copy next to the body stays."""
    kept = [index for index, line in enumerate(lines) if not line.rule][:_TITLE_LINES]
    body = next((place for place, index in enumerate(kept) if lines[index].is_body), len(kept))
    head = kept[: body + 1]
    for begin in range(len(head)):
        for size in (3, 2, 1):
            block = head[begin : begin + size]
            following = [lines[index] for index in head[begin + size :]]
            copied = _is_copied([lines[index] for index in block], following)
            for index in block if copied else ():
                lines[index] = replace(lines[index], rule="duplicate_title")


def _is_copied(block: list[_Line], following: list[_Line]) -> bool:
    """True if the lines are a title, alone or before the site's name, that stands again below."""
    label = "".join(key(line.text[:_LONGEST_FURNITURE]) for line in block)
    if not following or any(line.rule for line in block):
        return False
    return any(
        len(name) <= _TITLE_CHARACTERS and rules.is_title(name) and _stands_in(name, following)
        for name in {label, _SITE_NAME.split(label)[0]}
    )


def _stands_in(label: str, following: list[_Line]) -> bool:
    for begin, line in enumerate(following):
        below = [each for each in following[begin : begin + 3] if not each.is_body]
        if "".join(key(each.text) for each in below).startswith(label) or _opens(label, line):
            return True
    return False


def _opens(label: str, line: _Line) -> bool:
    """True if the line is the label, or goes on behind it after a space."""
    if key(line.text[: 2 * _TITLE_CHARACTERS]) == label:
        return True
    words = line.folded[: 2 * _TITLE_CHARACTERS].split(" ")
    return any(key("".join(words[:count])) == label for count in range(1, min(len(words), 6)))


# --- rules --------------------------------------------------------------------------------------


def _rule(line: _Line, zone: str) -> str:
    """Rule of the furniture that the whole line is, or an empty string."""
    return _full(line, zone, "line") or _full(line, zone, "from") or _buttons(line, zone)


def _full(line: _Line, zone: str, scope: str) -> str:
    return next(_all(line, zone, scope), "")


def _all(line: _Line, zone: str, scope: str) -> Iterator[str]:
    """Rules that match the whole line."""
    if len(line.text) <= _LONGEST_FURNITURE:
        for rule, expression in _rules(zone, scope):
            if expression.fullmatch(line.folded):
                yield rule


def _buttons(line: _Line, zone: str) -> str:
    """Rule of the buttons that a line holds, with at most the name of a column beside them."""
    if len(line.text) > _LONGEST_FURNITURE or _STOP.search(line.folded):
        return ""
    cells = [cell for cell in _BETWEEN_CELLS.split(line.folded) if cell]
    if len(cells) > _MOST_CELLS:
        return ""
    named = [_cell_rule(cell, zone, "control") for cell in cells]
    first = next(filter(None, named), "")
    others = [
        cell
        for cell, rule in zip(cells, named, strict=True)
        if not rule and not cell.isdecimal() and not _cell_rule(cell, zone, "token")
    ]
    alone = len(cells) - len(others) < 2 and others
    return "" if alone or len(others) > 1 or len("".join(others)) > 20 else first


def _cell_rule(cell: str, zone: str, scope: str) -> str:
    found = (rule for rule, expression in _rules(zone, scope) if expression.fullmatch(cell))
    return next(found, "")


@cache
def _rules(zone: str, scope: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["rule"], rules.pattern(row, flags=re.IGNORECASE))
        for row in rules.load("furniture")
        if row["scope"] == scope and row["zone"] in (zone, "any")
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
