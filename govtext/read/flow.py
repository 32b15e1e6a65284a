"""Paragraphs and tables -> Page: how every reader of a format writes down what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from govtext.core.model import Cell, Page, Removal, Table

BETWEEN_CELLS = "\t"
_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class Box:
    """A cell before it has a place in a text: see `govtext.model.Cell`."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    page: int | None = None


class Flow:
    """Collects what a file says, in the order of reading, and makes the page of it.

    A line of the text is a paragraph or a row of a table; the cells of a row stand apart by a tab.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tables: list[Table] = []
        self._furniture: list[Removal] = []
        self._page_starts: list[int] = []

    def line(self, text: str, *, furniture: str = "", page: int | None = None) -> None:
        """Add a paragraph; `furniture` is the rule that says it is none of the report's."""
        text = text.translate(_LINE_ENDS)
        self._begin_page(page)
        start = self._add(text)
        if furniture:
            self._furniture.append(Removal(text, furniture, start, start + len(text)))

    def table(self, boxes: Iterable[Box]) -> None:
        """Add a table: a line for every row in which a cell begins."""
        cells: list[Cell] = []
        begin = self._length
        ordered = sorted(boxes, key=attrgetter("row", "column"))
        for _, row in groupby(ordered, key=attrgetter("row")):
            cells.extend(self._row(list(row)))
        if cells:
            self._tables.append(Table(begin, self._length - 1, tuple(cells)))

    def page(self, format: str, encoding: str, data: bytes, repairs: int = 0) -> Page:  # noqa: A002 -- the column's name
        """Page of all that was added; `data` are the bytes of the file."""
        return Page(
            text="".join(self._parts),
            format=format,
            encoding=encoding,
            sha256=hashlib.sha256(data).hexdigest(),
            repairs=repairs,
            tables=tuple(self._tables),
            furniture=tuple(self._furniture),
            page_starts=tuple(self._page_starts),
            segments=(),
        )

    def _row(self, boxes: Sequence[Box]) -> list[Cell]:
        """Write one row down."""
        self._begin_page(boxes[0].page)
        texts = [box.text.translate(_LINE_ENDS).replace(BETWEEN_CELLS, " ") for box in boxes]
        position = self._add(BETWEEN_CELLS.join(texts))
        cells: list[Cell] = []
        for box, text in zip(boxes, texts, strict=True):
            end = position + len(text)
            cells.append(
                Cell(
                    row=box.row,
                    column=box.column,
                    rows=box.rows,
                    columns=box.columns,
                    start=position,
                    end=end,
                    page=box.page,
                )
            )
            position = end + len(BETWEEN_CELLS)
        return cells

    def _add(self, text: str) -> int:
        """Add a line and give its start."""
        start = self._length
        self._parts += (text, "\n")
        self._length += len(text) + 1
        return start

    def _begin_page(self, number: int | None) -> None:
        while number is not None and len(self._page_starts) < number:
            self._page_starts.append(self._length)
