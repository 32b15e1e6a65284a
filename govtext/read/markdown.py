"""Markdown -> its text without the marks, and the way back to the file.

Rows of its tables stand a line each, cells apart by a tab, those of tables in HTML too: character
recognition writes them so. What is not surely a mark stays: 张** is a name, 3*4 a product.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from unicodedata import category

from govtext.core.model import Cell, Segment, Table
from govtext.read import text_tables
from govtext.read.flow import BETWEEN_CELLS
from govtext.read.html import grid
from govtext.read.html.markup import CELLS, Element
from govtext.read.word import RAISED

_SIGNS = re.compile(
    r"^#{1,6}[ ]\S"
    r"|^[ \t]{0,9}\*\*[^*\s][^*\n]{0,200}\*\*"
    r"|^```"
    r"|!\[[^\]\n]{0,200}\]\([^)\s]{1,500}\)"
    r"|\[[^\[\]\n]{1,200}\]\((?:https?://|\.{0,2}/|\#)[^)\s]{0,500}\)"
    r"|<table[ >]",
    re.MULTILINE | re.IGNORECASE,
)
_LINE_MARK = re.compile(
    r"^[ \t]{0,9}(?:>[ ]?){1,5}"
    r"|^[ \t]{0,9}[*+-][ \t]{1,9}(?=[^\s0-9*+-])"
    r"|^[ \t]{0,9}(?:```|~~~)[^`\n]{0,40}$"
    r"|^[ \t]{0,9}(?:-{3,99}|\*{3,99}|_{3,99}|={3,99})[ \t]{0,9}$",
    re.MULTILINE,
)
_HEADING = re.compile(
    r"^([ ]{0,3}#{1,6}[ \t]{1,9})[^\n]{0,500}?([ \t]{1,9}#{1,6})?[ \t]{0,9}$", re.MULTILINE
)
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<image>!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\))"
    r"|\[(?P<link>[^\[\]\n]{0,300})\]\((?P<url>[^()\s]{1,2000})(?:[ ]\"[^\"\n]{0,200}\")?\)"
    r"|<sup>(?P<raised>[0-9]{1,9})</sup>"
    r"|(?P<tag></?(?P<name>[a-z][a-z0-9]{0,9})(?:[\s/][^<>]{0,2000})?>|<!--[^<>]{0,2000}-->)"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#x[0-9a-f]{1,6}|[a-z]{2,8});)"
    r"|\$(?P<formula>[0-9.,%\\ +×~-]{1,40})\$"
    r"|`(?P<code>[^`\n]{1,300})`",
    re.IGNORECASE,
)
_STARS = re.compile(r"(?<![*\\])(\*{1,3})(?![\s*])([^*\n]{1,500})(?<![\s\\])\1(?!\*)")
_LINES = re.compile(r"(?<![a-zA-Z0-9_\\])__(?![\s_])([^_\n]{1,500})(?<![\s\\])__(?![a-zA-Z0-9_])")
_TAGS = frozenset(
    "a b big blockquote body br caption center code col colgroup del details div em font h1 h2 h3 "
    "h4 h5 h6 hr html i img li ol p pre s small span strong sub summary sup table tbody td tfoot "
    "th thead tr u ul".split()
)
_TABLE_TAG = re.compile(r"<(/?)(table|tr|td|th)(?:[\s/]([^<>]{0,2000}))?>", re.IGNORECASE)
_SPAN = re.compile(r"(rowspan|colspan)\s{0,9}=\s{0,9}[\"']?\s{0,9}([0-9]{1,9})", re.IGNORECASE)
_URL = re.compile("[/.#:]")
_BREAK = re.compile(r"[\t\n\r]+")
_BACKSLASH = re.compile(r"\\")
_MARK = re.compile(r"[\\!\[<&$`*_]")
_TO_LINE_END = re.compile(r"[^\n\r]*")
_CLOSING = ("Po", "Pe", "Pf")  # a comma or bracket closes, a quote or bracket may open
_BREAKING = frozenset("br p div hr li tr h1 h2 h3 h4 h5 h6".split())


def is_markdown(text: str) -> bool:
    """True for a text that is plainly Markdown: it has headings, bold lines, links or tables."""
    return bool(_SIGNS.search(text)) or text_tables.has_rule(text)


def read(raw: str) -> tuple[str, tuple[Table, ...], tuple[Segment, ...]]:
    """Text without the marks, its tables, and the segments that lead back to the file.

    Parameters
    ----------
    raw : str
        The decoded file.
    """
    writer = _Writer(raw)
    position = 0
    for table in _tables(raw):
        writer.prose(position, table.start)
        writer.table(table)
        position = table.end
    writer.prose(position, len(raw))
    return writer.text(), tuple(writer.tables), tuple(writer.segments)


class _Writer:
    """Collects the text; what it keeps of the file is a segment each, what it adds is none."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._parts: list[str] = []
        self._length = 0
        self.tables: list[Table] = []
        self.segments: list[Segment] = []

    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def prose(self, start: int, end: int) -> None:
        """Write a stretch of lines."""
        marks = [(*match.span(), "") for match in _LINE_MARK.finditer(self._raw, start, end)]
        for match in _HEADING.finditer(self._raw, start, end):
            marks += [(*match.span(1), ""), (*match.span(2), "")]
        self._write(start, end, [*marks, *_edits(self._raw, start, end, "\n")])

    def table(self, table: Table) -> None:
        """Write a table, a row a line."""
        if self._parts and not self._parts[-1].endswith("\n"):
            self._put("\n", table.start)
        begin = self._length
        cells: list[Cell] = []
        for _, row in groupby(table.cells, key=lambda cell: cell.row):
            end = -1
            for cell in row:
                if end >= 0:
                    self._put(BETWEEN_CELLS, end)
                cells.append(self._cell(cell))
                end = cell.end
            self._put("\n", end)
        self.tables.append(Table(begin, self._length - 1, tuple(cells)))

    def _cell(self, cell: Cell) -> Cell:
        """Write a cell, and give its place in the text."""
        first, begin = len(self._parts), self._length
        spaces = [
            (*match.span(), " ") for match in _BREAK.finditer(self._raw, cell.start, cell.end)
        ]
        self._write(cell.start, cell.end, [*spaces, *_edits(self._raw, cell.start, cell.end, " ")])
        text = "".join(self._parts[first:])
        bare = text.strip()
        start = begin + (len(text) - len(text.lstrip()) if bare else 0)
        return replace(cell, start=start, end=start + len(bare))

    def _write(self, start: int, end: int, edits: list[Edit]) -> None:
        """Write a stretch with some of it replaced; of two edits of a place the longer one."""
        position = start
        for begin, stop, text in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
            if begin >= position and stop <= end:
                self._keep(position, begin)
                self._put(text, begin)
                position = stop
        self._keep(position, end)

    def _keep(self, start: int, end: int) -> None:
        if start < end:
            self._add(self._raw[start:end], start, end - start)

    def _put(self, text: str, place: int) -> None:
        """Write what is not in the file; it leads back to the place it stands for."""
        if text:
            self._add(text, place, 0)

    def _add(self, text: str, place: int, length: int) -> None:
        self.segments.append(Segment(self._length, place, length))
        self._parts.append(text)
        self._length += len(text)


Edit = tuple[int, int, str]
"""A stretch of the file and what is written for it."""


def _edits(raw: str, start: int, end: int, line_break: str) -> Iterator[Edit]:
    """Marks inside lines, and what is written for them."""
    if not _MARK.search(raw, start, end):
        return
    for match in _INLINE.finditer(raw, start, end):
        yield from _replaced(match, line_break)
    for match in _STARS.finditer(raw, start, end):
        if _is_emphasis(raw, match):
            yield match.start(), match.start(2), ""
            yield match.end(2), match.end(), ""
    for match in _LINES.finditer(raw, start, end):
        yield match.start(), match.start(1), ""
        yield match.end(1), match.end(), ""


def _replaced(match: re.Match[str], line_break: str) -> Iterator[Edit]:
    """What is written for one match of `_INLINE`."""
    kind = match.lastgroup
    begin, end = match.span()
    if kind == "escaped":
        yield begin, begin + 1, ""
    elif kind in ("image", "entity", "raised"):
        text = html.unescape(match["entity"] or "") or (match["raised"] or "").translate(RAISED)
        yield begin, end, text
    elif kind == "tag":
        name = (match["name"] or "").lower()
        if not name or name in _TAGS:
            yield begin, end, line_break if name in _BREAKING else ""
    elif kind == "url" and _URL.search(match["url"]):
        yield begin, begin + 1, ""
        yield match.end("link"), end, ""
    elif kind in ("formula", "code"):
        yield begin, begin + 1, ""
        yield from ((x.start(), x.end(), "") for x in _BACKSLASH.finditer(match.string, begin, end))
        yield end - 1, end, ""


def _is_emphasis(raw: str, match: re.Match[str]) -> bool:
    """False for stars that are printed: those of a masked name or a product."""
    before, behind = raw[max(0, match.start() - 1) : match.start()], match[2][0]
    return not before.isalnum() or (len(match[1]) > 1 and category(behind) not in _CLOSING)


# --- tables ---------------------------------------------------------------------------------------


def _tables(raw: str) -> list[Table]:
    """Tables of the file in their order: those in HTML, and those typed outside of them."""
    marked = list(_html_tables(raw))
    ends = [table.end for table in marked]
    typed: list[Table] = []
    for table in text_tables.tables(raw):
        behind = bisect_right(ends, table.start)
        if behind == len(marked) or table.end <= marked[behind].start:
            typed.append(table)
    return sorted([*marked, *typed], key=lambda table: table.start)


def _html_tables(raw: str) -> Iterator[Table]:
    """Tables in HTML; one inside a cell is text of it, one without an end goes to a line's end."""
    depth = 0
    tags: list[re.Match[str]] = []
    for tag in _TABLE_TAG.finditer(raw):
        if tag[2].lower() != "table":
            tags += [tag] if depth == 1 else []
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth == 0 or (depth == 1 and not tags):
            tags.append(tag)
        if depth == 0:
            yield from _html_table(tags, tag.end())
            tags = []
    if tags:
        line = _TO_LINE_END.match(raw, tags[-1].end())
        yield from _html_table(tags, line.end() if line else tags[-1].end())


def _html_table(tags: Sequence[re.Match[str]], end: int) -> Iterator[Table]:
    """The table that the tags from its own on make, if it has a cell."""
    root = Element("table", {}, None)
    rows: list[Element] = []
    spans: dict[Element, tuple[int, int]] = {}
    for number, tag in enumerate(tags):
        name = tag[2].lower()
        if tag[1] or name == "table":
            continue
        if name == "tr" or not rows:
            rows.append(Element("tr", {}, root))
        if name in CELLS:
            attributes = {key.lower(): count for key, count in _SPAN.findall(tag[3] or "")}
            cell = Element(name, attributes, rows[-1])
            rows[-1].children.append(cell)
            spans[cell] = tag.end(), tags[number + 1].start() if number + 1 < len(tags) else end
    root.children.append(Element("tbody", {}, root, [*rows]))
    cells = tuple(
        Cell(place.row, place.column, place.rows, place.columns, *spans[place.cell])
        for place in grid.places(root)
    )
    if cells:
        yield Table(tags[0].start(), end, cells)
