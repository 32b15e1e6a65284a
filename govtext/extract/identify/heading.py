"""What stands above the body: the title as printed, the bodies it names, the document number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govtext.core import rules
from govtext.core.text import fold, key
from govtext.extract.identify.dates import DATE, SHORT_DATE, SPAN
from govtext.extract.identify.evidence import Evidence, patterns
from govtext.extract.identify.names import take_apart

_HEAD = 12
_LONGEST_LINE = 60
_LONGEST_TITLE = 120
_MOST_LINES = 4
_HEADLINES = 3
_MOST_WORDS = 6
_WHOLE = 3  # a title with a body and a year
_QUOTES = " 《<\"'“‘(（"
_STOP = re.compile("[。;!?]")
_ASIDE = re.compile(r"\(([^()]{1,40})\)")
_SITE = re.compile(r"[_|]|\s?[—–-]{1,2}\s?")
_TWICE = re.compile(r"(.{8,60}?)\1")
_NUMBER = re.compile(rules.one_of("identity", "document_number"))


def title(evidence: Evidence) -> tuple[str | None, str]:
    """Title as printed, its lines joined, and where it was read."""
    head = _head(evidence.lines)
    blocks = [_block(head, begin) for begin in range(len(head))]
    if len(head) < len(evidence.lines):
        blocks.append(_leading(evidence.lines[len(head)]))
    # The best block is the title; of equals max gives the first, the one that stands on top.
    best = max(blocks, key=_worth, default="")
    values = list(evidence.labels("title_label"))
    # A label takes the first line of a title with it.
    under = [value + best for value in values if best and _worth(best) < _WHOLE]
    labelled = map(unmarked, [*values, *under])
    label = max(filter(_is_title, labelled), key=_worth, default="")
    if _worth(label) > max(_worth(best), 0) or (label and not best):
        return label, "furniture"
    if best:
        return best, "title"
    told = next(told_titles(evidence), "")
    return (told, "html_meta") if told else (None, "")


def told_titles(evidence: Evidence) -> Iterator[str]:
    """Titles of an annual report that the head of a web page gives, the site's name left out."""
    for value in evidence.told("meta_title"):
        pieces = [unmarked(piece) for piece in (*_SITE.split(value), value)]
        # Of equals the first: the names of column and site stand behind the title.
        best = max(filter(_is_title, pieces), key=_worth, default="")
        if _worth(best) > 0:
            yield best


def headlines(evidence: Evidence) -> Iterator[str]:
    """What may be the title of a document of any kind: of its page, its record, its first lines."""
    for value in (*evidence.told("meta_title"), *evidence.labels("title_label")):
        yield unmarked(_SITE.split(value)[0])
    head = _head(evidence.lines)[:_HEADLINES]
    yield from (unmarked(line) for line in head)
    yield from (unmarked(first + second) for first, second in pairwise(head))


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
        if size > 1 and any(row.match(fold(head[begin + size - 1])) for row in patterns("heading")):
            break
        label = unmarked("".join(head[begin : begin + size]))
        if not _is_title(label):
            continue
        if size > 1 and SPAN.fullmatch(fold("".join(head[begin].split()))):
            # A year of its own above a title that has one is the name of a column.
            rest = unmarked("".join(head[begin + 1 : begin + size]))
            label = rest if _is_title(rest) and SPAN.search(fold(rest)) else label
        if size > 1:
            # A line above a title that is whole without it is the name of a site or a column.
            rest = _block(head[begin + 1 : begin + size], 0)
            label = rest if rest and _worth(rest) >= min(_worth(label), _WHOLE) else label
        below = "".join(head[begin + size].split()) if begin + size < len(head) else ""
        aside = _ASIDE.fullmatch(fold(below))
        dated = aside and _is_date(aside[1])
        if aside and not dated and not _NUMBER.search(aside[1]) and _is_title(label + below):
            return label + below
        return label
    return ""


def _is_date(aside: str) -> bool:
    """True for a day or a month, which is that of the signature: 2015年3月."""
    span = SPAN.fullmatch(aside)
    return bool(DATE.search(aside) or SHORT_DATE.search(aside) or (span and span["month"]))


def _leading(line: str) -> str:
    """Title that a line begins with, where the lines of the file were lost."""
    words = line[:_LONGEST_TITLE].split()
    for count in range(1, min(len(words) - 1, _MOST_WORDS) + 1):
        label = unmarked("".join(words[:count]))
        if _is_title(label):
            return label
    for row in patterns("title_behind"):
        for match in row.finditer(fold(line[:_LONGEST_TITLE])):
            label = unmarked(line[: match.start()])
            if _is_title(label) and _worth(label) > 1:
                return label
    return ""


def unmarked(label: str) -> str:
    """Label without spaces, and without what is none of its own characters around it.

    A mark of an annex or a label before it, a date or a byline behind it, its own second print.
    """
    label = "".join(label.split())
    folded = fold(label)
    marks = (row.match(folded) for row in patterns("before_title"))
    label = label[max((mark.end() for mark in marks if mark), default=0) :]
    length = len(label) + 1
    while len(label) < length:
        length, folded = len(label), fold(label)
        ends = (row.search(folded) for row in patterns("after_title"))
        label = label[: min((end.start() for end in ends if end), default=length)]
    twice = _TWICE.fullmatch(label)
    return twice[1] if twice else label


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
