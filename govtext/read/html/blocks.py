"""Elements -> lines and tables, in the order of the page; and both into a flow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from govtext.core.text import SENTENCE_ENDS
from govtext.read.flow import Box
from govtext.read.html import grid
from govtext.read.html.markup import BLOCKS, CELLS, KEPT, Element

if TYPE_CHECKING:
    from govtext.read.flow import Flow

FIRST_CHINESE = "\u2e80"
_NOT_SHOWN = re.compile(r"[\xad\u200b-\u200f\u2060\ufeff\0]+")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MOST_JUDGED = 400
_STOPS = frozenset(SENTENCE_ENDS + "：:")


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """A line of a page, and the rule of the furniture that it is."""

    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that holds data, and what its cells hold that is no text of theirs."""

    boxes: tuple[Box, ...]
    others: tuple[HtmlLine | Grid, ...] = ()


def write(found: Iterable[HtmlLine | Grid], flow: Flow) -> None:
    """Add lines and tables to a flow."""
    for each in found:
        if isinstance(each, HtmlLine):
            flow.line(each.text, furniture=each.rule)
        else:
            flow.table(each.boxes)
            write(each.others, flow)


def blocks(root: Element) -> list[HtmlLine | Grid]:
    """Lines and tables of an element: a block stands on lines of its own, inline runs are joined.

    What is furniture inside a line comes behind it, so that the line stays whole. A table that
    only lays the page out gives the lines of its cells.
    """
    reading = _Reading()
    stack: list[tuple[Element | str, bool]] = [(root, True)]
    while stack:
        item, begins = stack.pop()
        if isinstance(item, str):
            reading.text(item)
        elif item.silent and item is not root:
            continue
        elif not begins:
            reading.end(item)
        elif item.tag != "table" or item is root or not reading.table(item):
            reading.begin(item)
            stack.append((item, False))
            stack += ((child, True) for child in reversed(item.children))
    reading.line()
    return reading.found


@dataclass(slots=True)
class _Reading:
    """The line being read: its runs, those of the report apart from those of furniture."""

    found: list[HtmlLine | Grid] = field(default_factory=list)
    _runs: dict[str, list[str]] = field(default_factory=dict)
    _ruling: list[Element] = field(default_factory=list)
    _kept: int = 0

    def text(self, text: str) -> None:
        """Add a run; where line feeds are kept, each ends a line."""
        first, *others = _line_feeds(text) if self._kept else (text,)
        self._run(first)
        for other in others:
            self.line()
            self._run(other)

    def begin(self, element: Element) -> None:
        """Begin an element: a block begins a line."""
        self._break(element)
        if element.rule:
            self._ruling.append(element)
        self._kept += element.keeps_lines

    def end(self, element: Element) -> None:
        """End an element."""
        self._break(element)
        self._kept -= element.keeps_lines
        if element.rule:
            self._ruling.pop()

    def line(self) -> None:
        """End the line."""
        for rule, runs in self._runs.items():
            if text := joined(runs):
                self.found.append(HtmlLine(text, rule))
        self._runs = {}

    def table(self, table: Element) -> bool:
        """Add a table, and give True, if it holds data."""
        rule = table.rule or self._rule
        read = _grid(table) if rule in ("", KEPT) else None
        if read is None:
            return False
        self.line()
        for child in table.children:
            if not isinstance(child, str) and child.tag == "caption":
                self.found += blocks(child)
        self.found.append(read)
        return True

    @property
    def _rule(self) -> str:
        """Rule of the innermost element around that has one."""
        rule = self._ruling[-1].rule if self._ruling else ""
        return "" if rule == KEPT else rule

    def _run(self, text: str) -> None:
        self._runs.setdefault(self._rule, []).append(text)

    def _break(self, element: Element) -> None:
        """End the line before and behind a block; names in a menu stand apart by a space."""
        if self._rule and (element.tag in CELLS or element.tag == "a"):
            self._run(" ")
        elif element.tag in BLOCKS:
            self.line()


def joined(runs: Sequence[str]) -> str:
    """Text of inline runs: a line feed of the source is a space between words and nothing else.

    Beside a Chinese character it is no character. Characters that show nothing are left out, and
    so are the spaces at both ends.
    """
    text = _NOT_SHOWN.sub("", "".join(runs))

    def space(run: re.Match[str]) -> str:
        if not ("\n" in run[0] or "\r" in run[0]):
            return " "
        beside = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
        return "" if max(beside) >= FIRST_CHINESE else " "

    return _SPACES.sub(space, text).strip()


def _line_feeds(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _grid(table: Element) -> Grid | None:
    """The table with its grid, or None where it only lays the page out."""
    if not is_data(table):
        return None
    others: list[HtmlLine | Grid] = []
    boxes = [_box(place, others) for place in grid.places(table)]
    return Grid(tuple(boxes), tuple(others))


def is_data(table: Element) -> bool:
    """True for a table that holds data, by its first cells, and does not only lay the page out."""
    if not grid.may_hold_data(table):
        return False
    places = islice(grid.places(table, _MOST_JUDGED), _MOST_JUDGED)
    return grid.holds_data([_box(place, []) for place in places])


def _box(place: grid.Place, others: list[HtmlLine | Grid]) -> Box:
    """Cell with its text; what it holds beside it, a table or furniture, is added to `others`."""
    children = place.cell.children
    if all(isinstance(child, str) for child in children):
        text = joined([child for child in children if isinstance(child, str)])
    else:
        found = blocks(place.cell)
        others += (each for each in found if isinstance(each, Grid) or each.rule)
        text = cell_text(
            each.text for each in found if isinstance(each, HtmlLine) and not each.rule
        )
    return Box(place.row, place.column, place.rows, place.columns, text)


def lines_of(root: Element) -> list[str]:
    """Lines of an element that are no furniture, without its tables."""
    return [each.text for each in blocks(root) if isinstance(each, HtmlLine) and not each.rule]


def cell_text(lines: Iterable[str]) -> str:
    """Text of a cell: its lines are one label that was broken to fit, or stand apart by a space."""
    text = ""
    for line in lines:
        label = bool(text) and min(text[-1], line[0]) >= FIRST_CHINESE and text[-1] not in _STOPS
        text += line if label or not text else f" {line}"
    return text
