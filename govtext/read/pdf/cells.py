"""Grid and glyphs -> Part: a table, as far as it stands on one page, with the text of its cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.read.pdf.lines import begins_item, is_number, joined, lines
from govtext.read.pdf.sheet import OBLIQUE, turn

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from govtext.read.pdf.grids import Grid, Place
    from govtext.read.pdf.lines import PrintLine
    from govtext.read.pdf.sheet import Glyph

_SLIVER = 5.0
_TOUCHING = 0.15
_HAIR = 0.5
_WIDEST_PAD = 8.0
_LONGEST_CELL = 300
_IN_NUMBER = frozenset("0123456789.,+-%")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell, or the part of it that stands on one page; `row` and `rows` count in its table."""

    x0: float
    x1: float
    row: int
    rows: int
    lines: tuple[PrintLine, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or the part of it that stands on one page; `pad` is the space beside a text."""

    pieces: tuple[Piece, ...]
    rows: int
    left: float
    right: float
    top: float
    bottom: float
    pad: float
    page: int

    @property
    def is_column(self) -> bool:
        """True where no row has two cells: a frame around text, or the rest of a table."""
        return all(piece.x1 - piece.x0 > 0.9 * (self.right - self.left) for piece in self.pieces)


def part(grid: Grid, glyphs: Iterable[Glyph], page: int) -> Part:
    """Part of a table: every glyph in its cell. The digits of a number are never parted."""
    inside: dict[int, list[Glyph]] = defaultdict(list)
    for word in words(glyphs, grid.xs):
        spots = [((word[0].x0 + word[-1].x1) / 2, middle(word[0])[1]), *map(middle, word)]
        places = (grid.at(*spot) for spot in spots)
        inside[next((place for place in places if place is not None), 0)] += word
    said = {
        number: tuple(lines(_upright(found), page, columns=False))
        for number, found in inside.items()
    }
    used = {grid.places[number].row for number in said}
    pieces = [
        Piece(
            x0=cell.x0,
            x1=cell.x1,
            row=cell.row,
            rows=cell.rows,
            lines=said.get(number, ()),
            page=page,
        )
        for number, cell in enumerate(grid.places)
        if number in said or not _is_sliver(cell, used)
    ]
    # A bracket may lie half outside its cell, so the narrowest gap says little.
    gaps = sorted(line.x0 - piece.x0 for piece in pieces for line in piece.lines)
    pad = min(_WIDEST_PAD, max(0.0, gaps[len(gaps) // 10])) if gaps else 0.0
    rows = max((piece.row + piece.rows for piece in pieces), default=0)
    return Part(
        pieces=tuple(pieces),
        rows=rows,
        left=grid.xs[0],
        right=grid.xs[-1],
        top=grid.ys[0],
        bottom=grid.ys[-1],
        pad=pad,
        page=page,
    )


def _is_sliver(cell: Place, used: Container[int]) -> bool:
    """True for an empty cell between two lines that were meant as one."""
    low = cell.bottom - cell.top < _SLIVER and cell.row not in used
    return low or cell.x1 - cell.x0 < _SLIVER


def words(glyphs: Iterable[Glyph], walls: Sequence[float] = ()) -> Iterator[list[Glyph]]:
    """Glyphs one by one, the digits of a number together; a wall between two digits parts them."""
    word: list[Glyph] = []
    for glyph in glyphs:
        last = word[-1] if word else None
        goes_on = (
            last is not None
            and last.text in _IN_NUMBER
            and glyph.text in _IN_NUMBER
            and abs(last.baseline - glyph.baseline) < _SLIVER / 2
            and abs(glyph.x0 - last.x1) < _TOUCHING * glyph.size
            and not _has_between(walls, last.x1 - _HAIR, glyph.x0 + _HAIR)
        )
        if word and not goes_on:
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def middle(glyph: Glyph) -> tuple[float, float]:
    """Point in the middle of a glyph."""
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2


def _has_between(walls: Sequence[float], start: float, end: float) -> bool:
    return bisect_left(walls, start) < bisect_right(walls, end)


def _upright(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs of a cell, turned level where the cell is written on its side."""
    ways = [glyph.way for glyph in glyphs]
    way = max(set(ways), key=ways.count, default=0)
    return glyphs if way in (0, OBLIQUE) else list(turn(glyphs, way, (0.0, 0.0)))


def split(whole: Part) -> Iterator[Part | tuple[PrintLine, ...]]:
    """A table without the rows that hold prose, whose lines come cell by cell."""
    prose = _prose(whole)
    if not any(prose):
        yield whole
        return
    cuts = [row for row in range(1, whole.rows) if prose[row] != prose[row - 1]]
    for start, end in pairwise([0, *cuts, whole.rows]):
        pieces = [piece for piece in whole.pieces if start <= piece.row < end]
        if prose[start]:
            yield from (piece.lines for piece in pieces if piece.lines)
        elif pieces:
            moved = tuple(replace(piece, row=piece.row - start) for piece in pieces)
            yield replace(whole, pieces=moved, rows=end - start)


def _prose(whole: Part) -> list[bool]:
    """For each row whether it holds prose, or a cell that reaches into one that does."""
    prose = [False] * whole.rows
    long = [sum(len(line.text) for line in piece.lines) > _LONGEST_CELL for piece in whole.pieces]
    for is_long, piece in sorted(
        zip(long, whole.pieces, strict=True), key=lambda each: (not each[0], -each[1].rows)
    ):
        rows = slice(piece.row, piece.row + piece.rows)
        if is_long or any(prose[rows]):
            prose[rows] = [True] * piece.rows
    return prose


def text_of(piece: Piece, pad: float) -> str:
    """Text of a cell as one line."""
    text = ""
    above: PrintLine | None = None
    for line in piece.lines:
        if above is None:
            text = line.text
        elif _is_apart(above, line, piece.x1 - piece.x0 - 2 * pad):
            text = f"{text} {line.text}"
        else:
            text = joined(text, line.text)
        above = line
    return text


def _is_apart(above: PrintLine, below: PrintLine, width: float) -> bool:
    """True for two numbers, or two items, one below the other in a cell."""
    if fills(above, below, width):
        return False
    numbers = above.text[-1] in _IN_NUMBER and below.text[0] in _IN_NUMBER
    return numbers or begins_item(below.text)


def fills(above: PrintLine, below: PrintLine, width: float) -> bool:
    """True if the next sign would not have fitted on the line above."""
    sign = below.lead if not is_number(below.text) else below.size / 2
    return above.x1 - above.x0 + sign > width
