"""Page -> Document: the body of a report, without the furniture of the page it stood on.

Every string taken out is kept with its rule (`rules/furniture.csv`); blank lines and the spaces
around a line are layout and are not listed. The head of a page ends at the first line that reads
like body, its foot begins behind the last. A table is kept whole or taken out whole. Not promised:
furniture in the middle of the body that no markup names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import key
from govtext.extract.clean import grids
from govtext.extract.clean.lines import LONGEST_FURNITURE, Line, cut, every, full, rule_of, split

if TYPE_CHECKING:
    from govtext.core.model import Document, Page

_END = re.compile("[。;]")
_SITE_NAME = re.compile(r"[_|-]")
_LONGEST_LABEL = 40
_HEAD_LINES = 200
_FOOT_LINES = 200
_TITLE_LINES = 30
_SPAN_REACH = 800
_TITLE_CHARACTERS = 80
_MOST_LABELS = 3
_MOST_ROUNDS = 8
_rule = attrgetter("rule")


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
    lines = _marked(list(_lines(page)))
    for _ in range(_MOST_ROUNDS):
        kept = [line for line in lines if not line.rule]
        again = _marked(kept)
        if not any(line.rule for line in again):
            break
        lines = sorted([*filter(_rule, lines), *again], key=attrgetter("raw_start"))
    return grids.document(page, lines)


def _marked(lines: list[Line]) -> list[Line]:
    """Lines with a rule for each that is furniture, cut where only a part of one is.

    What is gone may show more: a byline behind its buttons. So it is done until nothing is found.
    """
    lines = _mark_header(lines)
    lines = _mark_page_numbers(_cut_head(lines))
    _mark_head(lines)
    _mark_foot(lines)
    lines = _cut_end(lines)
    _mark_copies(lines)
    return lines


def _lines(page: Page) -> Iterator[Line]:
    """Lines of a page, with the table that each is of and the rule of furniture that is marked."""
    marked = iter(page.furniture)
    mark = next(marked, None)
    for line in grids.place(split(page.text), page.tables):
        while mark and mark.raw_end <= line.raw_start:
            mark = next(marked, None)
        inside = mark is not None and mark.raw_start <= line.raw_start
        yield replace(line, rule=mark.rule) if mark and inside else line


# --- the head of the page -----------------------------------------------------------------------


def _mark_header(lines: list[Line]) -> list[Line]:
    """Take out the record that an archive puts before the page, down to its closing mark."""
    found = ""
    below = 0
    for index, line in enumerate(lines[:_TITLE_LINES]):
        rule = full(line, "head", "header")
        if rule:
            found, below = rule, index + 1
        elif _END.search(line.folded):
            break
    return [replace(line, rule=found) for line in lines[:below]] + lines[below:]


def _mark_page_numbers(lines: list[Line]) -> list[Line]:
    """Take out what stands between two printed pages, also in the middle of the body."""
    found = (line.table is None and not line.rule and full(line, "body", "page") for line in lines)
    return [
        replace(line, rule=rule) if rule else line for line, rule in zip(lines, found, strict=True)
    ]


def _cut_head(lines: list[Line]) -> list[Line]:
    """Split furniture off the lines it was run together with, near the top of the page."""
    kept: list[Line] = []
    seen = 0
    for line in lines:
        seen += len(line.text)
        far = seen > _SPAN_REACH + len(line.text)
        if line.rule or far or line.table is not None or _head_rule(line):
            kept.append(line)
            continue
        kept.extend(cut(line, "head", 0, _SPAN_REACH))
    return kept


def _mark_head(lines: list[Line]) -> None:
    """Mark the furniture above the body; a heading, or a line like prose, begins it."""
    for index in _unmarked(lines)[:_HEAD_LINES]:
        line = lines[index]
        if line.rule:
            continue
        if line.table is not None:
            if not _mark_table(lines, index):
                return
            continue
        rule = _head_rule(line) or _beside(lines, index)
        if not rule and (line.is_body or full(line, "head", "body")):
            return
        lines[index] = replace(line, rule=rule)
        if full(line, "head", "to"):
            _mark_banner(lines, index, rule)


def _unmarked(lines: list[Line]) -> list[int]:
    """Places of the lines that no rule has taken out yet, nor the markup of the page."""
    return [index for index, line in enumerate(lines) if not line.rule]


def _mark_table(lines: list[Line], index: int) -> bool:
    """Take out a table above the body that is the record of a catalogue; False for any other."""
    rows = [place for place in grids.rows(lines, index) if not lines[place].rule]
    found = next(filter(None, (_head_rule(lines[place]) for place in rows)), "")
    for place in rows if found else ():
        lines[place] = replace(lines[place], rule=found)
    return bool(found)


def _head_rule(line: Line) -> str:
    return full(line, "head", "to") or rule_of(line, "head")


def _mark_banner(lines: list[Line], below: int, rule: str) -> None:
    """Take out the banner and menu above a trail; a title may be the only one of the page."""
    for index, line in enumerate(lines[:below]):
        if not line.rule and not rules.is_title(key(line.text)):
            lines[index] = replace(line, rule=rule)


def _beside(lines: list[Line], index: int) -> str:
    """Rule of a line that belongs to the furniture above it: a name of a list, or a value."""
    if not index or not lines[index - 1].rule:
        return ""
    line, above = lines[index], lines[index - 1]
    if above.rule in every(line, "head", "next"):
        return above.rule
    if above.folded[-1] not in ":]" or line.is_body or rules.is_title(key(line.text)):
        return ""
    below = lines[index + 1] if index + 1 < len(lines) else None
    return above.rule if line.text.isascii() or (below and rule_of(below, "head")) else ""


# --- the foot of the page -----------------------------------------------------------------------


def _mark_foot(lines: list[Line]) -> None:
    """Mark the furniture behind the body, from the end of the page upwards.

    Names of columns go with the buttons above them, if they are few; a signature, a date or an
    annex stays where it is. The first line that reads like body, or like a cell, ends the foot.
    """
    first = next(iter(_unmarked(lines)[-_FOOT_LINES:]), 0)
    _mark_related(lines, first)
    labels: list[int] = []
    for index in range(len(lines) - 1, first - 1, -1):
        line = lines[index]
        if line.rule:
            continue
        rule = rule_of(line, "tail") if line.table is None else ""
        if rule:
            lines[index] = replace(line, rule=rule)
            for place in labels:
                listed = full(lines[place], "tail", "next")
                lines[place] = replace(lines[place], rule=listed or "tail_label")
            labels = []
        elif _ends_foot(line, [lines[place] for place in labels]):
            break
        elif not full(line, "tail", "keep"):
            labels.append(index)


def _ends_foot(line: Line, labels: list[Line]) -> bool:
    """True for a line that is no name of a column, or one too many."""
    if line.table is not None:
        return True
    if full(line, "tail", "next"):
        return False
    if line.is_body or full(line, "tail", "body"):
        return True
    if full(line, "tail", "keep"):
        return False
    named = sum(not full(label, "tail", "next") for label in labels)
    return len(line.text) > _LONGEST_LABEL or named >= _MOST_LABELS


def _mark_related(lines: list[Line], first: int) -> None:
    """Take out what a label such as 相关链接 introduces, with the rest of the page."""
    behind = reversed(range(first, len(lines)))
    last = next((index for index in behind if _is_sentence(lines[index])), first - 1)
    for index in range(last + 1, len(lines)):
        rule = full(lines[index], "tail", "from")
        if rule:
            lines[index:] = [replace(line, rule=line.rule or rule) for line in lines[index:]]
            return


def _is_sentence(line: Line) -> bool:
    return not line.rule and bool(_END.search(line.folded)) and not rule_of(line, "tail")


def _cut_end(lines: list[Line]) -> list[Line]:
    """Split furniture off the end of the last line that is left."""
    last = max((index for index, line in enumerate(lines) if not line.rule), default=-1)
    if last < 0 or lines[last].table is not None:
        return lines
    begin = max(0, len(lines[last].text) - 2 * LONGEST_FURNITURE)
    pieces = cut(lines[last], "tail", begin, len(lines[last].text))
    return [*lines[:last], *pieces, *lines[last + 1 :]]


# --- a title printed twice ----------------------------------------------------------------------


def _mark_copies(lines: list[Line]) -> None:
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


def _is_copied(block: list[Line], following: list[Line]) -> bool:
    """True if the lines are a title, alone or before the site's name, that stands again below."""
    label = "".join(key(line.text[:LONGEST_FURNITURE]) for line in block)
    if not following or any(line.rule for line in block):
        return False
    return any(
        len(name) <= _TITLE_CHARACTERS and rules.is_title(name) and _stands_in(name, following)
        for name in {label, _SITE_NAME.split(label)[0]}
    )


def _stands_in(label: str, following: list[Line]) -> bool:
    for begin, line in enumerate(following):
        below = [each for each in following[begin : begin + 3] if not each.is_body]
        if "".join(key(each.text) for each in below).startswith(label) or _opens(label, line):
            return True
    return False


def _opens(label: str, line: Line) -> bool:
    """True if the line is the label, or goes on behind it after a space."""
    if key(line.text[: 2 * _TITLE_CHARACTERS]) == label:
        return True
    words = line.folded[: 2 * _TITLE_CHARACTERS].split(" ")
    return any(key("".join(words[:count])) == label for count in range(1, min(len(words), 6)))
