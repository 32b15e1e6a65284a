"""What stands above the body: the title as printed, the bodies it names, the document number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govtext.core import rules
from govtext.core.text import fold, key
from govtext.extract.identify.dates import DATE, SHORT_DATE, SPAN
from govtext.extract.identify.evidence import Evidence, patterns
from govtext.extract.identify.names import take_apart

_HEAD = 12
_LONGEST_LINE = 60
_LONGEST_TITLE = 120
_MOST_LINES = 4
_MOST_WORDS = 6
_QUOTES = " 《<\"'“‘(（"
_STOP = re.compile("[。;!?]")
_ASIDE = re.compile(r"\(([^()]{1,40})\)")
_NUMBER = re.compile(rules.one_of("identity", "document_number"))


def title(evidence: Evidence) -> tuple[str | None, str]:
    """Title as printed, its lines joined, and where it was read."""
    head = _head(evidence.lines)
    blocks = [_block(head, begin) for begin in range(len(head))]
    if len(head) < len(evidence.lines):
        blocks.append(_leading(evidence.lines[len(head)]))
    # The best block is the title; of equals max gives the first, the one that stands on top.
    best = max(blocks, key=_worth, default="")
    if best:
        return best, "title"
    for value in evidence.labels("title_label"):
        if rules.is_title(key(value[:_LONGEST_TITLE])):
            return "".join(value.split()), "furniture"
    return None, ""


def bodies_in(title: str) -> list[str]:
    """Names that a title gives of the body that reports, the likeliest first.

    What stands before the words for its kind, the year left out (2012年度某局, 某市2012年某局);
    what stands before the year; behind it; in brackets.
    """
    title = "".join(title.split())
    folded = fold(title)
    leads = (row.match(folded) for row in patterns("title_lead"))
    start = max((match.end() for match in leads if match), default=0)
    ends = (row.search(folded, start) for row in patterns("title_end"))
    end = min((match.start() for match in ends if match), default=len(title))
    spans = [span.span() for span in SPAN.finditer(folded, start, end)]
    begins = [start, *(stop for _, stop in spans)]
    stops = [*(begin for begin, _ in spans), end]
    pieces = [title[a:b].strip(_QUOTES) for a, b in zip(begins, stops, strict=True)]
    asides = [match[1] for match in _ASIDE.finditer(folded) if not SPAN.search(match[1])]
    found = ["".join(pieces), pieces[0], pieces[-1], *asides[-1:]]
    return list(dict.fromkeys(name for name in found if name))


def document_number(evidence: Evidence) -> tuple[str | None, str]:
    """Number of the report as a document, above its body or on the page around it."""
    for piece in _pieces(evidence.lines):
        bare = fold(piece).lstrip(" (")
        match = _NUMBER.match(bare)
        if match and any(row.fullmatch(bare, match.end()) for row in patterns("behind_number")):
            return _print(piece, match), "text"
    for value in evidence.labels("number_label"):
        match = _NUMBER.match(fold(value))
        if match:
            return _print(value, match), "furniture"
    return None, ""


def _print(text: str, match: re.Match[str]) -> str:
    """Characters of a match in the folded text as they are printed, without spaces."""
    begin = len(fold(text)) - len(match.string)
    return "".join(text[begin + match.start() : begin + match.end()].split())


def _pieces(lines: tuple[str, ...]) -> Iterator[str]:
    """Lines above the body, and the words before the body where it runs on behind them."""
    head = _head(lines)
    yield from head
    if len(head) < len(lines):
        words = lines[len(head)][:_LONGEST_TITLE].split()
        for word in words[:_MOST_WORDS]:
            if len(word) > _LONGEST_LINE or _STOP.search(fold(word)):
                return
            yield word


def _head(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines before the first that reads like prose."""
    for index, line in enumerate(lines[:_HEAD]):
        if len(line) > _LONGEST_LINE or _STOP.search(fold(line)):
            return lines[:index]
    return lines[:_HEAD]


def _block(head: tuple[str, ...], begin: int) -> str:
    """Title that begins with a line of the head, with the lines that it runs over."""
    for size in range(1, min(_MOST_LINES, len(head) - begin) + 1):
        label = _unmarked("".join(head[begin : begin + size]))
        if not _is_title(label):
            continue
        if size > 1 and SPAN.fullmatch(fold("".join(head[begin].split()))):
            # A year of its own above a title that has one is the name of a column.
            rest = _unmarked("".join(head[begin + 1 : begin + size]))
            label = rest if _is_title(rest) and SPAN.search(fold(rest)) else label
        below = "".join(head[begin + size].split()) if begin + size < len(head) else ""
        aside = _ASIDE.fullmatch(fold(below))
        dated = aside and (DATE.search(aside[1]) or SHORT_DATE.search(aside[1]))
        if aside and not dated and not _NUMBER.search(aside[1]) and _is_title(label + below):
            return label + below
        return label
    return ""


def _leading(line: str) -> str:
    """Title that a line begins with, where the lines of the file were lost."""
    words = line[:_LONGEST_TITLE].split()
    for count in range(1, min(len(words) - 1, _MOST_WORDS) + 1):
        label = _unmarked("".join(words[:count]))
        if _is_title(label):
            return label
    for row in patterns("title_behind"):
        for match in row.finditer(fold(line[:_LONGEST_TITLE])):
            label = _unmarked(line[: match.start()])
            if _is_title(label) and _worth(label) > 1:
                return label
    return ""


def _unmarked(label: str) -> str:
    """Label without spaces, and without the mark of an annex before it."""
    label = "".join(label.split())
    marks = (row.match(fold(label)) for row in patterns("before_title"))
    return label[max((mark.end() for mark in marks if mark), default=0) :]


def _is_title(label: str) -> bool:
    return len(label) <= _LONGEST_TITLE and rules.is_title(key(label))


def _worth(label: str) -> int:
    """How surely a label is the report's own title: it names a body, and a year."""
    if not label:
        return -1
    bodies = bodies_in(label)
    named = any(take_apart(name, "title") for name in bodies)
    dated = bool(SPAN.search(fold(label)))
    return 2 * named + dated if named or not bodies else 0
