"""The numbers that Word prints before the paragraphs of its lists: no part of their text.

一、 and （一） made so are headings as good as those that were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import COUNTING
from govtext.read.word.package import is_on, value, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_HOPS = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs or characters, as far as it numbers or hides them."""

    number: str | None
    level: str | None
    based_on: str | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered; `restart` is the level, from 1, that begins it anew."""

    start: int
    format: str
    pattern: str
    gap: str
    restart: int
    is_legal: bool
    style: str | None


class Numbers:
    """Counts the lists of a document, paragraph by paragraph, in their order.

    Parameters
    ----------
    numbering : Element or None
        The part that defines the lists.
    styles : Mapping
        The styles of paragraphs, by their names; `None` names the default one.
    """

    def __init__(self, numbering: Element | None, styles: Mapping[str | None, Style]) -> None:
        self._styles = styles
        self._lists = {} if numbering is None else _lists(numbering, styles)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def before(self, properties: Element | None) -> str:
        """Number printed before the next paragraph with the gap behind it, or an empty string."""
        number, depth = self._place(properties)
        if number not in self._lists:
            return ""
        kind, levels, restarted = self._lists[number]
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for each in restarted:
                counts[each] = None
        _advance(counts, levels, depth)
        printed = _printed(counts, levels, depth)
        return printed + levels[depth].gap if printed else ""

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """List of a paragraph and its level in it, by its own properties or those of its style."""
        number = value(properties, "numPr/numId")
        level = value(properties, "numPr/ilvl")
        style = name = value(properties, "pStyle")
        for _ in range(_HOPS):
            found = self._styles.get(style)
            if found is None or number is not None:
                break
            number, level, name = found.number, found.level, style
            style = found.based_on
        if number is not None and level is None and number in self._lists:
            levels = self._lists[number][1]
            level = next((str(i) for i, each in levels.items() if name and each.style == name), "0")
        return number or "", whole(level, 0, most=_LEVELS - 1)


def styles(part: Element | None) -> dict[str | None, Style]:
    """Styles of a document by their names; the default style of paragraphs also under `None`."""
    found: dict[str | None, Style] = {}
    for element in () if part is None else part.iter("style"):
        style = Style(
            value(element, "pPr/numPr/numId"),
            value(element, "pPr/numPr/ilvl"),
            value(element, "basedOn"),
            is_on(element, "rPr/vanish"),
        )
        found.setdefault(element.get("styleId"), style)
        if element.get("type") == "paragraph" and element.get("default") in ("1", "true", "on"):
            found[None] = style
    return found


# --- the lists of a document ----------------------------------------------------------------------

_List = tuple[str, "dict[int, _Level]", "tuple[int, ...]"]
"""What counts for a list, its levels, and those it begins anew."""


def _lists(numbering: Element, styles: Mapping[str | None, Style]) -> dict[str, _List]:
    kinds = {each.get("abstractNumId", ""): each for each in numbering.findall("abstractNum")}
    uses = {each.get("numId", ""): each for each in numbering.findall("num")}
    found: dict[str, _List] = {}
    for number, use in uses.items():
        kind = value(use, "abstractNumId") or ""
        linked = styles.get(value(kinds.get(kind), "numStyleLink") or "")
        if linked and linked.number in uses:
            kind = value(uses[linked.number], "abstractNumId") or ""
        if kind in kinds:
            levels = {whole(x.get("ilvl"), 0): _level(x) for x in kinds[kind].findall("lvl")}
            found[number] = kind, *_overridden(levels, use)
    return found


def _overridden(
    levels: dict[int, _Level], use: Element
) -> tuple[dict[int, _Level], tuple[int, ...]]:
    """Levels as one list changes them, and those that it begins anew."""
    restarted: list[int] = []
    for element in use.findall("lvlOverride"):
        depth = whole(element.get("ilvl"), 0)
        changed = element.find("lvl")
        if changed is not None:
            levels[depth] = _level(changed)
        start = value(element, "startOverride")
        if start is not None and depth in levels:
            levels[depth] = replace(levels[depth], start=whole(start, 1))
            restarted.append(depth)
    return {depth: each for depth, each in levels.items() if depth < _LEVELS}, tuple(restarted)


def _level(element: Element) -> _Level:
    depth = whole(element.get("ilvl"), 0)
    # A format of later versions stands beside one that every version knows.
    format_ = value(element, "numFmt") or value(element, "AlternateContent/Fallback/numFmt")
    return _Level(
        start=whole(value(element, "start"), 0),
        format=format_ or "decimal",
        pattern=value(element, "lvlText") or "",
        gap="" if value(element, "suff") == "nothing" else " ",
        restart=whole(value(element, "lvlRestart"), depth),
        is_legal=is_on(element, "isLgl"),
        style=value(element, "pStyle"),
    )


# --- counting and printing ------------------------------------------------------------------------


def _advance(counts: list[int | None], levels: Mapping[int, _Level], depth: int) -> None:
    """Count one more on a level; those below begin anew."""
    for above in range(depth):
        if counts[above] is None and above in levels:
            counts[above] = levels[above].start
    before = counts[depth]
    counts[depth] = levels[depth].start if before is None else before + 1
    for below, level in levels.items():
        if below > depth and depth < level.restart:
            counts[below] = None


def _printed(counts: list[int | None], levels: Mapping[int, _Level], depth: int) -> str:
    """Number as a level prints it, with what stands around it; an empty string for a bullet."""
    level = levels[depth]
    if _kind(level.format) == "none" and not (level.format == "none" and level.pattern):
        return ""

    def number(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        count = counts[other]
        if count is None or other not in levels:
            return ""
        return written(count, "decimal" if level.is_legal else levels[other].format)

    return _PLACE.sub(number, level.pattern).strip()


def written(count: int, format_: str) -> str:
    """Number in a format of Word's (`rules/number_formats.csv`), else in Arabic digits.

    Examples
    --------
    >>> written(12, "chineseCounting"), written(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    kind, marks = _formats().get(format_, ("", ""))
    if kind == "none":
        return ""
    if kind == "digits":
        return "".join(marks[int(digit)] for digit in str(count))
    if kind == "counting" and 0 < count < 10_000:
        return _counted(count, marks)
    if kind == "list" and 0 < count <= len(marks.split()):
        return marks.split()[count - 1]
    return f"{count:02}" if format_ == "decimalZero" else str(count)


def _counted(count: int, marks: str) -> str:
    """Number in places, with one nought for those that are skipped."""
    text = ""
    for place, digit in enumerate(reversed(str(count))):
        if digit != "0":
            text = marks[int(digit)] + (marks[9 + place] if place else "") + text
        elif text and not text.startswith(marks[0]):
            text = marks[0] + text
    one_ten = marks[1] + marks[10]
    return text[1:] if text.startswith(one_ten) and marks[1] == COUNTING[0] else text


def _kind(format_: str) -> str:
    return _formats().get(format_, ("", ""))[0]


@cache
def _formats() -> dict[str, tuple[str, str]]:
    return {row["format"]: (row["kind"], row["marks"]) for row in rules.load("number_formats")}
