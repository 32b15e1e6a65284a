"""Figures torn by blanks or line ends: 1 204, and 1 at the end of a line with 9 on the next.

Put together only in prose, where a word stands before them and a unit behind: a table's cells, a
telephone number, a year beside a month stay apart. What may be two numbers is read as lost.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govtext.core.literals import begun
from govtext.core.mending import Edit
from govtext.extract.repair import book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.model import Document

_GAP = r"(?: {1,2}| ?\n ?)"
_BEFORE = re.compile("[\u3400-\u9fff,:、(]$")
_REACH = 24
_CLAUSE = 40
_SENTENCE = 120
_LONGEST = 12
_LOST = "\ufffd"
_MOST_TOGETHER = 4
_THOUSANDS = re.compile("[1-9][0-9]{0,2}(?: [0-9]{3}){1,3}")


def edits(document: Document) -> Iterator[Edit]:
    """Edits that put torn figures together, and their unit to them where a line end parts them."""
    text = document.content.folded
    tables = [(table.start, table.end) for table in document.tables]
    for match in _figure().finditer(text):
        torn = " " in match["digits"] or "\n" in match.group()
        if torn and not any(start <= match.start() < end for start, end in tables):
            yield from _edits(text, match)


def _edits(text: str, match: re.Match[str]) -> Iterator[Edit]:
    """Edits of one figure; none where it is not surely one."""
    groups = re.split(_GAP, match["digits"])
    verdict = _verdict(text, match, groups) if len(groups) > 1 else "one"
    start = match.start("digits")
    if verdict == "lost":
        first = text[start]
        yield Edit(start, match.end("digits"), first + _LOST)
    elif verdict == "one":
        for gap in re.finditer(_GAP, match["digits"]):
            yield Edit(start + gap.start(), start + gap.end(), "")
        if "\n" in match["gap"] and _goes_on(text, match):
            yield Edit(*match.span("gap"), "")


def _verdict(text: str, match: re.Match[str], groups: list[str]) -> str:
    """``one`` figure, ``several``, or ``lost`` where it may be either."""
    whole = "".join(groups)
    before = _before(text, match.start())
    if book.pattern("label").search(before) or _unit_alone().search(before):
        return "several"
    if book.pattern("whole").fullmatch(whole + match["unit"]):
        return "one"
    if not _BEFORE.search(before):
        doubtful = _THOUSANDS.fullmatch(" ".join(groups)) and _in_prose(text, match)
        return "lost" if doubtful else "several"
    dated = book.pattern("dated").fullmatch(match["unit"])
    if dated or groups[0].startswith("0") or book.pattern("year").fullmatch(groups[0]):
        return "several"
    if not _in_prose(text, match):
        return "several"
    return _counted(text, match, groups)


def _counted(text: str, match: re.Match[str], groups: list[str]) -> str:
    """Verdict on digits in prose with a word before them and the unit of a count behind."""
    whole = "".join(groups)
    clause = re.split("[,。;:]", _before(text, match.start(), _CLAUSE).rstrip(",:、"))[-1]
    if book.pattern("listed").search(clause):
        return "lost"
    if "." in whole:
        return "one" if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,4}", whole) else "lost"
    spelled = all(len(group) == 1 for group in groups)
    if spelled or _THOUSANDS.fullmatch(" ".join(groups)):
        return "one"
    return "one" if len(groups) == 2 and len(whole) <= _MOST_TOGETHER else "lost"


def _before(text: str, start: int, reach: int = _REACH) -> str:
    """What stands before a figure, on its line or at the end of the one above."""
    return text[max(0, start - reach) : start].rstrip(" ").rstrip("\n").rstrip(" ")


def _in_prose(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence that a figure stands in is prose."""
    before = text[max(0, match.start() - _SENTENCE) : match.start()]
    behind = text[match.end() : match.end() + _SENTENCE].partition("\n")[0]
    return book.is_prose(before.rpartition("\n")[2] + match.group() + behind)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the unit at the head of a line belongs to the figure at the end of the one above."""
    before = _before(text, match.start())
    other = book.unless().get(match["unit"])
    is_word = other is not None and other.match(text, match.end()) is not None
    return bool(_BEFORE.search(before)) and not is_word and _in_prose(text, match)


@cache
def _unit_alone() -> re.Pattern[str]:
    """A unit in a column of its own."""
    return re.compile(rf"(?:^|[ \t\n])(?:{_units()})$")


def _units() -> str:
    return "|".join(map(re.escape, sorted(book.unless(), key=lambda unit: (-len(unit), unit))))


@cache
def _figure() -> re.Pattern[str]:
    size, dated = book.pattern("size").pattern, book.pattern("dated").pattern
    more = rf"(?:{_GAP}?\.{_GAP}?|{_GAP})[0-9]{{1,{_LONGEST}}}"
    return re.compile(
        begun(
            rf"(?<![0-9.,+/-])(?<![0-9]:)(?P<digits>[0-9]{{1,{_LONGEST}}}(?:{more}){{0,9}})"
            rf"(?![0-9.])(?P<gap>{_GAP}?)(?:{size})?(?P<unit>{_units()}|{dated})"
        )
    )
