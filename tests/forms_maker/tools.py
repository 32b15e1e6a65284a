"""Content -> text and Markdown as tools make them of a PDF, with what these lose of a table.

Five ways are imitated: text by its place on the page, text a cell a line, Markdown of the lines
that a page draws, Markdown with merged cells repeated, and Markdown with HTML of a recognised scan.
A table breaks where its page ends; its later pieces have no heads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from hypothesis import strategies as st

from tools.pages import Cell, Content, Grid, Paragraph

Raster = list[list[str]]
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_SAYS = re.compile("[\u4e00-\u9fff0-9]{1,2}")
LABEL = 12
"""Characters of a label above which a narrow column wraps it."""


@dataclass(frozen=True)
class Damage:
    """What a tool loses: where pages end, as shares of a table's rows; how wide labels may be.

    `headless` says that the first piece of a table has lost its heads too, `lifted` which cell, as
    a share of those with words, stands above its table instead; `torn` that a wrapped label is
    several rows; `numbered` that pages print their number.
    """

    breaks: tuple[float, ...] = ()
    width: int = LABEL
    headless: bool = False
    lifted: float | None = None
    torn: bool = False
    numbered: bool = True


def damages() -> st.SearchStrategy[Damage]:
    """Anything that a tool may lose."""
    share = st.floats(0, 1, exclude_max=True, width=16)
    return st.builds(
        Damage,
        st.lists(share, max_size=2).map(lambda each: tuple(sorted(each))),
        st.integers(6, 20),
        st.sampled_from([False, False, False, True]),
        st.one_of(st.none(), st.none(), share),
        st.booleans(),
        st.booleans(),
    )


def layout(content: Content, damage: Damage) -> bytes:
    """Text by its place on the page: columns below each other, labels wrapped around their row."""
    return _written(content, damage, _laid_out, "")


def cells(content: Content, damage: Damage) -> bytes:
    """Text a cell a line, wrapped labels in several."""
    return _written(content, damage, _listed, "")


def lines(content: Content, damage: Damage) -> bytes:
    """Markdown with a pipe table of each piece: its first row is the head, whatever it is."""
    return _written(content, damage, _piped, "#")


def repeated(content: Content, damage: Damage) -> bytes:
    """Markdown with pipe tables whose merged cells stand in every place that they cover."""
    return _written(content, damage, _repeated, "#")


def recognised(content: Content, damage: Damage) -> bytes:
    """Markdown with a table in HTML of each piece, as character recognition writes it."""
    return _written(content, damage, _marked_up, "#")


TOOLS: dict[str, Callable[[Content, Damage], bytes]] = {
    each.__name__: each for each in (layout, cells, lines, repeated, recognised)
}


def _written(
    content: Content, damage: Damage, table: Callable[[Grid, Damage], str], mark: str
) -> bytes:
    blocks: list[str] = []
    page = 1
    for block in content:
        if isinstance(block, Paragraph):
            blocks.append(mark * block.level + " " * bool(mark and block.level) + block.text)
            continue
        above, grid = _lifted(block, damage)
        blocks += above
        pieces = list(_pieces(grid, damage))
        for number, piece in enumerate(pieces):
            if number and damage.numbered:
                blocks.append(f"— {page} —")
            page += bool(number)
            blocks.append(table(piece, damage))
    between = "\n\n" if mark else "\n"
    return (between.join(filter(None, blocks)) + "\n").encode()


def _lifted(grid: Grid, damage: Damage) -> tuple[list[str], Grid]:
    """A grid without one of its cells, and the line that it has become."""
    if damage.lifted is None:
        return [], grid
    worded = [(row, at) for row, each in enumerate(grid.rows) for at, cell in enumerate(each)
              if _SAYS.search(cell.text)]  # fmt: skip
    row, at = worded[int(damage.lifted * len(worded))]
    text = grid.rows[row][at].text
    emptied = tuple(replace(cell, text="") if place == at else cell
                    for place, cell in enumerate(grid.rows[row]))  # fmt: skip
    return [text], Grid((*grid.rows[:row], emptied, *grid.rows[row + 1 :]))


def _pieces(grid: Grid, damage: Damage) -> Iterator[Grid]:
    """The grid in pieces; cells that reach over a break end there and begin anew, empty."""
    last = len(grid.rows)
    cuts = sorted({int(share * last) for share in damage.breaks} - {0})
    first = grid.heads if damage.headless else 0
    for start, end in zip([0, *cuts], [*cuts, last], strict=True):
        begin = max(start, first)
        if begin < end:
            yield _piece(grid, begin, end)


def _piece(grid: Grid, begin: int, end: int) -> Grid:
    rows: list[list[tuple[int, Cell]]] = [[] for _ in range(end - begin)]
    for row, column, cell in grid.placed():
        top, bottom = max(row, begin), min(row + cell.rows, end)
        if top < bottom:
            text = cell.text if row >= begin else ""
            rows[top - begin].append((column, replace(cell, rows=bottom - top, text=text)))
    ordered = (sorted(row, key=lambda each: each[0]) for row in rows)
    return Grid(tuple(tuple(cell for _, cell in row) for row in ordered))


def _raster(grid: Grid, *, repeat: bool = False) -> Raster:
    made = [[""] * grid.width for _ in grid.rows]
    for row, column, cell in grid.placed():
        for down in range(cell.rows if repeat else 1):
            for right in range(cell.columns if repeat else 1):
                made[row + down][column + right] = cell.text
    return made


def _wrapped(text: str, width: int) -> list[str]:
    if not _WORDS.search(text):
        return [text]
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


# --- text -----------------------------------------------------------------------------------------


def _laid_out(grid: Grid, damage: Damage) -> str:
    """Rows whose columns stand below each other; numbers stand at the middle of a label's lines."""
    made: list[str] = []
    raster = _raster(grid)
    widths = [max(2 * min(damage.width, max(map(len, column))), 4) + 2
              for column in zip(*raster, strict=True)]  # fmt: skip
    for row in raster:
        parts = [_wrapped(text, damage.width) for text in row]
        height = max(map(len, parts))
        for line in range(height):
            shown = ""
            at = 0
            for part, width in zip(parts, widths, strict=True):
                place = line - (height - len(part)) // 2
                text = part[place] if 0 <= place < len(part) else ""
                if text:
                    shown += " " * max(1 if shown else 0, at - _shown(shown)) + text
                at += width
            made.append(shown)
    return "\n".join(filter(str.strip, made))


def _shown(text: str) -> int:
    return sum(1 if mark.isascii() else 2 for mark in text)


def _listed(grid: Grid, damage: Damage) -> str:
    return "\n".join(
        line for row in grid.rows for cell in row if cell.text
        for line in _wrapped(cell.text, damage.width)
    )  # fmt: skip


# --- Markdown -------------------------------------------------------------------------------------


def _pipes(raster: Sequence[Sequence[str]]) -> str:
    rows = ["|" + "|".join(text or " " for text in row) + "|" for row in raster]
    return "\n".join([rows[0], "|" + "---|" * len(raster[0]), *rows[1:]])


def _piped(grid: Grid, damage: Damage) -> str:
    """Its first row names the columns, those without a name by their number; labels are wrapped."""
    raster = _raster(grid)
    raster[0] = [text or f"Col{number}" for number, text in enumerate(raster[0], start=1)]
    made: Raster = []
    for row in raster:
        parts = [_wrapped(text, damage.width) for text in row]
        height = max(map(len, parts))
        if damage.torn and height == 2:
            made += [[part[line] if line < len(part) else "" for part in parts]
                     for line in range(height)]  # fmt: skip
        else:
            made.append(["<br>".join(part) for part in parts])
    return _pipes(made)


def _repeated(grid: Grid, damage: Damage) -> str:
    return _pipes(_raster(grid, repeat=True))


def _marked_up(grid: Grid, damage: Damage) -> str:
    rows = ("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in grid.rows)
    return f"<table>{''.join(rows)}</table>"


def _cell(cell: Cell) -> str:
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1)
    spans += f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f"<td{spans}>{escape(cell.text, quote=False)}</td>"
