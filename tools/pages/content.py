"""What a report says before it has a layout: paragraphs and grids, in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TITLE, HEADING, SUBHEADING = 1, 2, 3
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。;；]{1,50}")
_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。;；]{1,50}")
_STOP = re.compile("[。;；:：]")
_YEAR = re.compile("20[0-2][0-9]")
_TITLE_LINES = 3
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `level` is 0 for prose, 1 for the title, 2 and 3 for headings below it."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that covers `rows` by `columns` places, of which it is the upper left one."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: each row holds the cells that begin in it."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        """Columns that its cells cover."""
        return 1 + max(column + cell.columns - 1 for _, column, cell in self.placed())

    @property
    def heads(self) -> int:
        """Rows at its top that hold names of columns only."""
        rows = (all(cell.head for cell in row) for row in self.rows)
        return next((at for at, head in enumerate(rows) if not head), len(self.rows))

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its row and column; cells step aside for those that reach down."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                taken |= {
                    (row + down, column + right)
                    for down in range(cell.rows)
                    for right in range(cell.columns)
                }
                yield row, column, cell
                column += cell.columns


Content = tuple[Paragraph | Grid, ...]


def content_of(text: str) -> Content:
    """Content of a plain report, a paragraph a line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    prose = next((at for at, line in enumerate(lines) if _STOP.search(line)), len(lines))
    titles = min(prose, _TITLE_LINES)
    return tuple(
        Paragraph(line, TITLE if at < titles and len(line) <= _LONGEST_TITLE else _level(line))
        for at, line in enumerate(lines)
    )


def _level(line: str) -> int:
    if _HEADING.fullmatch(line):
        return HEADING
    return SUBHEADING if _SUBHEADING.fullmatch(line) else 0


def title_of(content: Content) -> str:
    """The title as a site names its page: the lines of it in one."""
    lines = (each.text for each in content if isinstance(each, Paragraph) and each.level == TITLE)
    return "".join(lines) or "政府信息公开工作年度报告"


def published(content: Content) -> str:
    """A day on which the report may have come out: in March behind the year it speaks of."""
    words = " ".join(each.text for each in content if isinstance(each, Paragraph))
    years = [int(year) for year in _YEAR.findall(words[:400])]
    return f"{max(years, default=2014) + 1}-03-20"
