"""A page of a PDF -> Sheet: its glyphs, ruled lines and pictures, turned so that the text is level.

Coordinates are points from the upper left. Makers of PDF draw a bold letter twice, write ⽅ (the
radical) for 方, and a line of a table as a line, a thin box or a thin polygon; all of that is made
uniform here, and nothing else is left out but what lies outside the page.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

UNKNOWN = "\ufffd"
"""Stands for a glyph that the file gives no character for."""
OBLIQUE = -1
_THIN = 3.0
_STRAIGHT = 1.0
_SAME = 0.12
_ALMOST_LEVEL = 0.02
# Kangxi radicals, compatibility ideographs (two blocks) and Latin ligatures. NFKC of anything else
# changes numbers (② becomes 2); what it does not know or gets wrong is in rules/glyphs.csv.
_FOLDED = (
    range(0x2F00, 0x2FE0),
    range(0xF900, 0xFB00),
    range(0x2F800, 0x2FA20),
    range(0xFB00, 0xFB07),
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter at its place; `way` counts the quarter turns to the left that it stands in."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    way: int = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line: its place across, and from where to where it reaches."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: glyphs in the order of the file; `pictured` is the share that pictures cover."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    pictured: float
    drawn: int


def sheet(number: int, size: tuple[float, float], objects: Mapping[str, Any]) -> Sheet:
    """Sheet of a page.

    Parameters
    ----------
    number : int
        The page's number, from 1.
    size : tuple of float
        Its width and height as shown.
    objects : mapping
        What pdfplumber found on it: ``char``, ``line``, ``rect``, ``curve`` and ``image``.
    """
    width, height = size
    glyphs = tuple(_single(_glyphs(objects.get("char", ()), size)))
    boxes = list(_ruled(objects))
    way = _main_way(glyphs)
    if way:
        glyphs = tuple(turn(glyphs, way, size))
        boxes = [_turn_box(box, way, size) for box in boxes]
        width, height = (height, width) if way % 2 else (width, height)
    covered = sum(_area(each, size) for each in objects.get("image", ()))
    return Sheet(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs,
        horizontals=tuple(
            Stroke((box[1] + box[3]) / 2, box[0], box[2]) for box in boxes if _lies(box)
        ),
        verticals=tuple(
            Stroke((box[0] + box[2]) / 2, box[1], box[3]) for box in boxes if _stands(box)
        ),
        pictured=min(1.0, covered / max(1.0, width * height)),
        drawn=len(objects.get("curve", ())),
    )


def turn(glyphs: Iterable[Glyph], way: int, size: tuple[float, float]) -> Iterator[Glyph]:
    """Glyphs of a page of a size, with the whole page turned `way` quarters to the right."""
    for glyph in glyphs:
        x0, top, x1, bottom = _turn_box((glyph.x0, glyph.top, glyph.x1, glyph.bottom), way, size)
        turned = glyph.way if glyph.way == OBLIQUE else (glyph.way - way) % 4
        level = _turn_level(glyph.baseline, way, size) if glyph.way == way else bottom
        yield replace(glyph, x0=x0, top=top, x1=x1, bottom=bottom, baseline=level, way=turned)


def _turn_box(
    box: tuple[float, float, float, float], way: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    width, height = size
    if way == 1:
        return height - bottom, x0, height - top, x1
    if way == 2:
        return width - x1, height - bottom, width - x0, height - top
    return top, width - x1, bottom, width - x0


def _turn_level(baseline: float, way: int, size: tuple[float, float]) -> float:
    if way == 1:
        return baseline
    return size[1] - baseline if way == 2 else size[0] - baseline


def _main_way(glyphs: Sequence[Glyph]) -> int:
    """Quarter turns of most glyphs."""
    found = Counter(glyph.way for glyph in glyphs if glyph.way != OBLIQUE).most_common(1)
    return found[0][0] if found else 0


# --- glyphs ---------------------------------------------------------------------------------------


def _glyphs(chars: Iterable[Mapping[str, Any]], size: tuple[float, float]) -> Iterator[Glyph]:
    """Glyphs that lie on the page."""
    for char in chars:
        x0, top, x1, bottom = (float(char[name]) for name in ("x0", "top", "x1", "bottom"))
        inside = 0 <= (x0 + x1) / 2 <= size[0] and 0 <= (top + bottom) / 2 <= size[1]
        text = _text(char["text"])
        if not inside or not text:
            continue
        way = _way(char["matrix"])
        across = x1 - x0 if way % 2 else bottom - top
        yield Glyph(
            text=text,
            x0=x0,
            top=top,
            x1=x1,
            bottom=bottom,
            baseline=_baseline(char, way),
            size=max(1.0, across),
            way=way,
        )


def _baseline(char: Mapping[str, Any], way: int) -> float:
    """Height of the line that a glyph stands on, or its place across where it is turned."""
    along, up = float(char["matrix"][4]), float(char["matrix"][5])
    if way % 2:
        return along
    return float(char["bottom"]) - (up - float(char["y0"]))


def _way(matrix: tuple[float, ...]) -> int:
    a, b = matrix[0], matrix[1]
    slack = _ALMOST_LEVEL * max(abs(a), abs(b))
    if abs(b) <= slack:
        return 0 if a >= 0 else 2
    if abs(a) <= slack:
        return 1 if b > 0 else 3
    return OBLIQUE


def _text(text: str) -> str:
    """Characters of a glyph in their ordinary form."""
    if text.startswith("(cid:"):
        return UNKNOWN
    if text.isascii():
        return text.replace("\0", "")
    return "".join(_ordinary(mark) for mark in text)


@cache
def _ordinary(mark: str) -> str:
    """A radical, compatibility ideograph or ligature as what it stands for."""
    if mark in _replaced():
        return _replaced()[mark]
    folded = any(ord(mark) in block for block in _FOLDED)
    return unicodedata.normalize("NFKC", mark) if folded else mark


@cache
def _replaced() -> Mapping[str, str]:
    return {row["glyph"]: row["text"] for row in rules.load("glyphs")}


def _single(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Glyphs without those that are printed again on themselves, to look bold."""
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for glyph in glyphs:
        reach = max(0.3, _SAME * glyph.size)
        column, row = int(glyph.x0 // reach), int(glyph.top // reach)
        near = (
            seen.get((glyph.text, column + dx, row + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)
        )
        doubled = any(
            place and abs(place[0] - glyph.x0) < reach and abs(place[1] - glyph.top) < reach
            for place in near
        )
        seen[glyph.text, column, row] = glyph.x0, glyph.top
        if not doubled:
            yield glyph


# --- ruled lines ----------------------------------------------------------------------------------


def _ruled(objects: Mapping[str, Any]) -> Iterator[tuple[float, float, float, float]]:
    """Thin boxes: what is drawn as a line, a frame, or a thin area. Shaded areas are none."""
    for line in objects.get("line", ()):
        yield from _sides(line["pts"])
    for rect in objects.get("rect", ()):
        box = _box(rect)
        if _lies(box) or _stands(box):
            yield box
        elif rect.get("stroke"):
            x0, top, x1, bottom = box
            yield from ((x0, y, x1, y) for y in (top, bottom))
            yield from ((x, top, x, bottom) for x in (x0, x1))
    for curve in objects.get("curve", ()):
        box = _box(curve)
        if _lies(box) or _stands(box):
            yield box
        elif curve.get("stroke"):
            yield from _sides(curve["pts"])


def _sides(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float, float, float]]:
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(xa - xb) <= _STRAIGHT or abs(ya - yb) <= _STRAIGHT:
            yield min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _box(drawn: Mapping[str, Any]) -> tuple[float, float, float, float]:
    return drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]


def _lies(box: tuple[float, float, float, float]) -> bool:
    """True for a box that is a horizontal line, or a dot of one."""
    return box[3] - box[1] <= _THIN


def _stands(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] <= _THIN


def _area(picture: Mapping[str, Any], size: tuple[float, float]) -> float:
    """Area of a picture on the page, in square points."""
    x0, top, x1, bottom = _box(picture)
    wide = min(x1, size[0]) - max(x0, 0.0)
    high = min(bottom, size[1]) - max(top, 0.0)
    return max(0.0, wide) * max(0.0, high)
