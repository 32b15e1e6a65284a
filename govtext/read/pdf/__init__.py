"""A PDF file with a text layer -> Page: paragraphs whole, ruled tables with their cells.

Not read: scanned pages, and tables without ruled lines, whose rows come as lines of text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from govtext.read.flow import Flow
from govtext.read.pdf import cells, tables
from govtext.read.pdf.cells import Part
from govtext.read.pdf.file import sheets
from govtext.read.pdf.grids import Grid, grids
from govtext.read.pdf.lines import PrintLine, lines
from govtext.read.pdf.margins import FOOT, HEAD, furniture
from govtext.read.pdf.paragraphs import Margins, goes_on, margins, text_of
from govtext.read.pdf.sheet import OBLIQUE, UNKNOWN, Glyph, Sheet

if TYPE_CHECKING:
    from govtext.core.model import Page

Item = PrintLine | Part


@dataclass(frozen=True, slots=True)
class Frame:
    """A box without columns: the rest of a table over a page break, or a frame around text."""

    part: Part
    lines: tuple[PrintLine, ...]


Block = Item | Frame | tuple[PrintLine, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as lines and tables in the order of reading.

    `boxed` are the lines of the items that stand together in a cell or frame, with margins of
    their own; `beside` is written across the page.
    """

    number: int
    width: float
    height: float
    items: tuple[Item | Frame, ...]
    boxed: tuple[tuple[PrintLine, ...], ...]
    beside: str

    def lines(self) -> list[PrintLine]:
        """Its lines outside tables."""
        return [item for item in self.items if isinstance(item, PrintLine)]


def read(data: bytes) -> Page:
    """Page of the bytes of such a file.

    Raises
    ------
    UnreadableReport
        With cause ``scanned``, ``unreadable_text_layer``, ``encrypted``, ``damaged``,
        ``too_large`` or ``empty``.
    """
    leaves = _settled([_leaf(sheet) for sheet in sheets(data)])
    flow = Flow()
    _write(flow, leaves)
    page = flow.page("pdf", "", data)
    return replace(page, repairs=page.text.count(UNKNOWN))


# --- one page -------------------------------------------------------------------------------------


def _leaf(sheet: Sheet) -> Leaf:
    """Lines and tables of a page."""
    found = grids(sheet.horizontals, sheet.verticals)
    inside: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    beside: list[str] = []
    for word in cells.words(sheet.glyphs):
        number = _grid_at(found, word)
        if word[0].way == OBLIQUE or (word[0].way and number is None):
            beside += (glyph.text for glyph in word)
        else:
            (outside if number is None else inside[number]).extend(word)
    blocks: list[tuple[float, list[Block]]] = [
        (line.top, [line]) for line in lines(outside, sheet.number)
    ]
    blocks += [
        (grid.ys[0], _blocks(grid, glyphs, sheet.number))
        for grid, glyphs in zip(found, inside, strict=True)
        if glyphs
    ]
    blocks.sort(key=itemgetter(0))
    flat = [block for _, group in blocks for block in group]
    return Leaf(
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        items=tuple(
            item for block in flat for item in (block if isinstance(block, tuple) else (block,))
        ),
        boxed=tuple(_boxed(flat)),
        beside="".join(beside).strip(),
    )


def _grid_at(found: Sequence[Grid], word: Sequence[Glyph]) -> int | None:
    """Number of the grid that a word lies in, if only in part."""
    for number, grid in enumerate(found):
        if any(grid.at(*cells.middle(glyph)) is not None for glyph in word):
            return number
    return None


def _blocks(grid: Grid, glyphs: list[Glyph], page: int) -> list[Block]:
    """What a grid holds: a table, the prose in its cells, or a frame."""
    whole = cells.part(grid, glyphs, page)
    if whole.is_column:
        return [Frame(whole, tuple(lines(glyphs, page)))]
    return list(cells.split(whole))


def _boxed(blocks: Iterable[Block]) -> Iterator[tuple[PrintLine, ...]]:
    for block in blocks:
        if isinstance(block, tuple):
            yield block
        elif isinstance(block, Frame):
            yield block.lines


# --- page breaks ----------------------------------------------------------------------------------


def _settled(leaves: list[Leaf]) -> list[Leaf]:
    """Pages with each frame as what it is: rows of the table over a page break, or text."""
    whole = {
        id(frame)
        for before, behind in pairwise(leaves)
        for above, below in [(_last(before), _first(behind))]
        if above and below and tables.fits(_part(above), _part(below))
        for frame in (above, below)
        if isinstance(frame, Frame) and not (isinstance(above, Frame) and isinstance(below, Frame))
    }
    return [replace(leaf, items=tuple(_settle(leaf.items, whole))) for leaf in leaves]


def _settle(items: Sequence[Item | Frame], whole: set[int]) -> Iterator[Item]:
    for item in items:
        if not isinstance(item, Frame):
            yield item
        elif id(item) in whole:
            yield item.part
        else:
            yield from item.lines


def _part(found: Part | Frame) -> Part:
    return found.part if isinstance(found, Frame) else found


def _last(leaf: Leaf) -> Part | Frame | None:
    """Table or frame at the foot of a page, None where text follows it."""
    for item in reversed(leaf.items):
        if not isinstance(item, PrintLine):
            return item
        if item.top < FOOT * leaf.height:
            return None
    return None


def _first(leaf: Leaf) -> Part | Frame | None:
    """Table or frame at the head of a page, None where text stands above it."""
    for item in leaf.items:
        if not isinstance(item, PrintLine):
            return item
        if item.bottom > HEAD * leaf.height:
            return None
    return None


# --- the file -------------------------------------------------------------------------------------


def _write(flow: Flow, leaves: Sequence[Leaf]) -> None:
    """Write all pages down, furniture between them."""
    rules = furniture([(leaf.lines(), leaf.height) for leaf in leaves])
    body = [[line for line in leaf.lines() if id(line) not in rules] for leaf in leaves]
    boxes = [box for leaf in leaves for box in leaf.boxed]
    writer = _Writer(flow, margins(body, [leaf.width for leaf in leaves], boxes))
    for leaf in leaves:
        for item in leaf.items:
            if isinstance(item, Part):
                writer.add_part(item)
            elif isinstance(item, PrintLine) and id(item) in rules:
                writer.add_furniture(item.text, rules[id(item)], item.page)
            elif isinstance(item, PrintLine):
                writer.add_line(item)
        if leaf.beside:
            writer.add_furniture(leaf.beside, "across_page", leaf.number)
    writer.close()


class _Writer:
    """Puts lines and tables together over page breaks; furniture waits until they are whole."""

    def __init__(self, flow: Flow, margins: Callable[[PrintLine], Margins]) -> None:
        self._flow = flow
        self._margins = margins
        self._paragraph: list[PrintLine] = []
        self._table: Part | None = None
        self._table_page = 0
        self._waiting: list[tuple[str, str, int]] = []

    def add_line(self, line: PrintLine) -> None:
        """Add a line of the body."""
        if self._paragraph:
            before, here = self._margins(self._paragraph[-1]), self._margins(line)
            if goes_on(self._paragraph, line, before, here):
                self._paragraph.append(line)
                return
        self.close()
        self._paragraph = [line]

    def add_part(self, part: Part) -> None:
        """Add a table, or the part of it that stands on a page."""
        page = part.page
        if self._table and page == self._table_page + 1 and tables.fits(self._table, part):
            self._table, repeated = tables.join(self._table, part)
            self._waiting += [(row, "repeated_head", page) for row in repeated]
        else:
            self.close()
            self._table = part
        self._table_page = page

    def add_furniture(self, text: str, rule: str, page: int) -> None:
        """Add what is none of the report's."""
        self._waiting.append((text, rule, page))
        if not self._paragraph and not self._table:
            self.close()

    def close(self) -> None:
        """Write down what is open."""
        if self._paragraph:
            self._flow.line(text_of(self._paragraph), page=self._paragraph[0].page)
        if self._table:
            self._flow.table(tables.boxes(self._table))
        for text, rule, page in self._waiting:
            self._flow.line(text, furniture=rule, page=page)
        self._paragraph, self._table, self._waiting = [], None, []
