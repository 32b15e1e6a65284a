"""Lines -> paragraphs: which line goes on in the next.

A line goes on where the next word would not have fitted on it, and no indentation, greater
distance or other size of letters begins something new. Where such signs are missing, a stop before
a line that begins with the mark of an item parts two paragraphs.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from govtext.core.text import SENTENCE_ENDS
from govtext.read.pdf.lines import begins_item, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govtext.read.pdf.lines import PrintLine

_FULL_STOP = re.compile("。[”’」』）)]?$")
_STOP = re.compile(f"[{SENTENCE_ENDS}：:][”’」』）)]?$")
_WIDE = 0.6
_FEW_LINES = 5
_LEAST_WIDTH = 0.5  # of the page: shorter lines are headings and the like
_OFTEN = 0.15
_NEAR = 3.0
_INDENT = 1.2
_SAME_INDENT = 0.5
_OTHER_SIZE = 0.1
_FAR = 1.4
_SLIGHTLY_FAR = 1.15
_SLACK = 1.0
_FARTHEST = 5.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end, and how far apart they stand by size of letters."""

    left: float
    right: float
    pitches: Mapping[int, float]

    def pitch(self, line: PrintLine) -> float | None:
        """Usual distance of two lines with letters of this size, None where none was seen."""
        return self.pitches.get(round(line.size))


def margins(
    pages: Sequence[Sequence[PrintLine]],
    widths: Sequence[float],
    boxes: Iterable[Sequence[PrintLine]],
) -> Callable[[PrintLine], Margins]:
    """Margins of every line: of its box, or its page.

    A page with few lines takes those of another one, of its own side of the sheet if it can.

    Parameters
    ----------
    pages : sequence
        Lines outside tables of each page, from the first one.
    widths : sequence of float
        Widths of the pages.
    boxes : iterable
        Lines that stand together in a cell or frame; one with few lines has those of its page.
    """
    boxed = {id(line): own for box in boxes if (own := _edges(box)) for line in box}
    free = [[line for line in lines if id(line) not in boxed] for lines in pages]
    own_edges = [
        _edges(lines, _LEAST_WIDTH * width) for lines, width in zip(free, widths, strict=True)
    ]
    every = [line for lines in free for line in lines]
    whole = _edges(every, _LEAST_WIDTH * max(widths, default=0.0), least=1)
    edges = [
        own or _borrowed(lines, [*own_edges[index % 2 :: 2], *own_edges, whole])
        for index, (lines, own) in enumerate(zip(free, own_edges, strict=True))
    ]

    def found(line: PrintLine) -> tuple[float, float]:
        return boxed.get(id(line)) or edges[line.page - 1]

    pitches = _pitches(pages, found)
    return lambda line: Margins(*found(line), pitches)


def _edges(
    lines: Sequence[PrintLine], shortest: float = 0.0, least: int = _FEW_LINES
) -> tuple[float, float] | None:
    """Left and right edge of the lines, None where too few are long to tell."""
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    long = [line for line in lines if line.x1 - line.x0 > _WIDE * widest]
    if len(long) < least or widest < shortest:
        return None
    starts = sorted(line.x0 for line in long)
    often = max(2, _OFTEN * len(starts))
    common = (x for x in starts if sum(abs(x - other) <= _NEAR for other in starts) >= often)
    ends = sorted(line.x1 for line in long)
    return next(common, starts[0]), ends[(9 * len(ends)) // 10]


def _borrowed(
    lines: Sequence[PrintLine], others: Iterable[tuple[float, float] | None]
) -> tuple[float, float]:
    """First of the edges that the lines of a page lie between, else the first ones moved there."""
    known = [edges for edges in others if edges]
    start = min((line.x0 for line in lines), default=0.0)
    end = max((line.x1 - line.size for line in lines), default=0.0)
    if not known:
        return start, math.inf  # no line is full
    for left, right in known:
        if left - _NEAR <= start and end <= right:
            return left, right
    return start, start + known[0][1] - known[0][0]


def _pitches(
    pages: Iterable[Sequence[PrintLine]], edges: Callable[[PrintLine], tuple[float, float]]
) -> dict[int, float]:
    """Distances of a full line and the next by size of letters."""
    found: dict[int, list[float]] = defaultdict(list)
    for lines in pages:
        for above, below in pairwise(lines):
            left, right = edges(below)
            gap = below.baseline - above.baseline
            flush = below.x0 - left < _INDENT * below.size
            if flush and _is_full(above, below, right) and 0 < gap < _FARTHEST * below.size:
                found[round(below.size)].append(gap)
    return {size: median(gaps) for size, gaps in found.items()}


def goes_on(
    paragraph: Sequence[PrintLine], line: PrintLine, before: Margins, here: Margins
) -> bool:
    """True if a line is of the paragraph that the lines before it began.

    Parameters
    ----------
    paragraph : sequence of Line
        Its lines so far, at least one.
    line : Line
        The next line outside tables and furniture.
    before, here : Margins
        Those of the page of the last line and of the next one.
    """
    above = paragraph[-1]
    size = max(above.size, line.size)
    if above.is_row or line.is_row or abs(above.size - line.size) > _OTHER_SIZE * size:
        return False
    gap = _gap(above, line, here)
    if not _is_full(above, line, before.right) or gap > _FAR:
        return False
    stopped = bool(_STOP.search(above.text))
    if line.x0 - here.left > _INDENT * size:
        return not stopped and _is_set_in(paragraph, line, before, here)
    if not stopped:
        return True
    if paragraph[0].x0 - before.left > _INDENT * size:
        return not (_FULL_STOP.search(above.text) and begins_item(line.text))
    return not begins_item(line.text) and gap < _SLIGHTLY_FAR


def _is_full(above: PrintLine, below: PrintLine, right: float) -> bool:
    """True if the first word of the next line would not have fitted on the one above."""
    return above.x1 + below.lead > right - _SLACK * above.size


def _gap(above: PrintLine, line: PrintLine, here: Margins) -> float:
    """Distance of two lines over the usual one; 1 across a page break or where none is usual."""
    pitch = here.pitch(line) or here.pitch(above)
    if above.page != line.page or pitch is None:
        return 1.0
    return (line.baseline - above.baseline) / pitch


def _is_set_in(
    paragraph: Sequence[PrintLine], line: PrintLine, before: Margins, here: Margins
) -> bool:
    """True if an indented line goes on: as deep as the one above, under an item, or centred."""
    above, first = paragraph[-1], paragraph[0]
    deep = line.x0 - here.left
    if abs(deep - (above.x0 - before.left)) < _SAME_INDENT * line.size:
        return True
    if len(paragraph) == 1 and begins_item(first.text):
        return not begins_item(line.text) and first.x0 - before.left < _INDENT * first.size
    middles = [(each.x0 + each.x1) / 2 for each in (above, line)]
    centre = (here.left + here.right) / 2
    return all(abs(middle - centre) < _SAME_INDENT * line.size for middle in middles)


def text_of(paragraph: Iterable[PrintLine]) -> str:
    """Text of the lines of a paragraph."""
    text = ""
    for line in paragraph:
        text = joined(text, line.text)
    return text
