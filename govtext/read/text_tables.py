"""text -> the tables that are typed in it: with pipes, boxes or tabs, each a line a row.

The text stays as it is; cells are spans of it, without the spaces around them. A row keeps the
cells it has: one that lost a cell is not shifted, for nobody knows which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

from govtext.core.model import Cell, Table, UnreadableReport
from govtext.core.text import Span
from govtext.read import limits

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LINE_ENDS = ("\n", "\r\n", "\r")
_LONGEST_PROSE = 60
_MOST_CELLS = limits.raised(200_000)
_STOP = re.compile("[。；;]")
_PIPES = "|｜"
_BARS = "|｜│┃║"
_DRAWN = "│┃║"
_RULE = re.compile(r"[ \t|:\-]{3,4000}")
_DASHES = re.compile(r"[ \t]{0,99}:?-{3,999}:?[ \t]{0,99}")
_FEW_DASHES = re.compile(r"[ \t]{0,99}:?-{1,999}:?[ \t]{0,99}")
_BORDER = re.compile(r"[+\u2500-\u257f][+\-=\u2500-\u257f \t]{2,4000}")
_FLAT = frozenset(" \t-=─━═┄┅┈┉╌╍")
_FALLS_IN = {
    "pipe": frozenset(("pipe", "rule")),
    "box": frozenset(("box", "border", "pipe", "rule")),
    "border": frozenset(("box", "border", "pipe", "rule")),
    "tab": frozenset(("tab",)),
}


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a text, and what it can be in a table: ``pipe rule box border tab`` or nothing.

    `follows` says that it stands right below the line before it.
    """

    text: str
    start: int
    kind: str
    follows: bool


TextRow = tuple[TextLine, list[Span]]
"""A line with the spans of its cells; a rule or a border has none."""


def tables(text: str) -> Iterator[Table]:
    """Tables of a text, in their order.

    Parameters
    ----------
    text : str
        Any text; offsets count its characters.

    Yields
    ------
    Table
        With its cells. Rules and borders are in the table and no cells of it.

    Raises
    ------
    UnreadableReport
        With cause ``too_large`` for more cells than any report has.
    """
    lines = list(_lines(text))
    index = count = 0
    while index < len(lines):
        run = _run(lines, index)
        rows = _rows(run)
        count += sum(len(cells) for _, cells in rows)
        if count > _MOST_CELLS:
            raise UnreadableReport(
                "too_large", f"The tables have more than {_MOST_CELLS:,} cells: no report has."
            )
        if rows:
            yield _table(rows)
        index += len(run)


def has_rule(text: str) -> bool:
    """True for a text with the head of a Markdown table, a rule of dashes below it."""
    lines = list(_lines(text))
    return any(_is_head(lines, index) for index in range(len(lines)))


def _lines(text: str) -> Iterator[TextLine]:
    end = -1
    for match in _LINE.finditer(text):
        follows = end >= 0 and text[end : match.start()] in _LINE_ENDS
        yield TextLine(match.group(), match.start(), _kind(match.group()), follows)
        end = match.end()


def _kind(text: str) -> str:
    """What a line can be in a table."""
    stripped = text.strip()
    if len(stripped) < 3:
        return "tab" if "\t" in text.strip(" ") and stripped else ""
    if _is_rule(stripped):
        return "rule"
    if _BORDER.fullmatch(stripped):
        return "border"
    if stripped[0] in _BARS and stripped[-1] in _BARS:
        return "box" if stripped[0] in _DRAWN else "pipe"
    return "tab" if "\t" in text.strip(" ") else ""


def _is_rule(text: str, dashes: re.Pattern[str] = _DASHES) -> bool:
    """True for a line of dashes that parts the head of a Markdown table from its rows."""
    if "|" not in text or "-" not in text or not _RULE.fullmatch(text):
        return False
    return all(dashes.fullmatch(part) for part in text.strip("|").split("|"))


def _is_head(lines: Sequence[TextLine], index: int) -> bool:
    """True for a line with a rule right below it; elsewhere one dash a column is a row of cells."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    is_rule = below is not None and below.follows and _is_rule(below.text.strip(), _FEW_DASHES)
    return is_rule and "|" in lines[index].text and lines[index].kind != "rule"


def _run(lines: Sequence[TextLine], index: int) -> Sequence[TextLine]:
    """Lines from one on that can be a table with it: below a head those that hold a pipe."""
    headed = _is_head(lines, index)
    kinds = _FALLS_IN.get(lines[index].kind, frozenset())
    end = index + 1
    while end < len(lines) and lines[end].follows:
        fits = "|" in lines[end].text if headed else lines[end].kind in kinds
        if not fits:
            break
        end += 1
    return lines[index:end]


def _rows(run: Sequence[TextLine]) -> list[TextRow]:
    """Rows of a run of lines; none where it is no table."""
    kind = run[0].kind
    if _is_head(run, 0):
        rule = run[1]
        return [
            (line, [] if line.kind == "rule" or line is rule else _cells(line, _PIPES))
            for line in run
        ]
    if kind == "tab":
        return _tabbed(run)
    rows = [(line, _cells(line, _BARS) if line.kind in ("pipe", "box") else []) for line in run]
    filled = sum(bool(cells) for _, cells in rows)
    enough = filled > 1 or (filled == 1 and kind == "border")
    return rows if kind in _FALLS_IN and enough else []


def _cells(line: TextLine, bars: str) -> list[Span]:
    """Spans between the bars of a line; a bar behind a backslash is text."""
    text = line.text
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    ends = [place for place in _bars(text, bars) if left < place < right - 1]
    begin = left + (text[left] in bars)
    last = right - (text[right - 1] in bars and text[right - 2] != "\\")
    edges = [*ends, last]
    return [
        _trimmed(line, start, end)
        for start, end in zip([begin, *(end + 1 for end in ends)], edges, strict=True)
    ]


def _bars(text: str, bars: str) -> list[int]:
    """Places of the bars in a line."""
    return [
        place for place, mark in enumerate(text) if mark in bars and text[place - 1 : place] != "\\"
    ]


def _trimmed(line: TextLine, begin: int, end: int) -> Span:
    """Span in the text without the spaces around it."""
    piece = line.text[begin:end]
    bare = piece.strip()
    start = line.start + begin + (len(piece) - len(piece.lstrip()) if bare else 0)
    return start, start + len(bare)


def _tabbed(run: Sequence[TextLine]) -> list[TextRow]:
    """Rows with tabs: two beside each other with as many, in columns, and no prose."""
    rows = [(line, list(_between_tabs(line))) for line in run]
    alike = max(len(list(same)) for _, same in groupby(rows, key=lambda row: len(row[1])))
    filled = {
        column for _, cells in rows for column, (start, end) in enumerate(cells) if start < end
    }
    prose = sum(any(_is_prose(line, cell) for cell in cells) for line, cells in rows)
    return rows if alike > 1 and len(filled) > 1 and 2 * prose < len(rows) else []


def _between_tabs(line: TextLine) -> Iterator[Span]:
    begin = 0
    for piece in line.text.split("\t"):
        yield _trimmed(line, begin, begin + len(piece))
        begin += len(piece) + 1


def _is_prose(line: TextLine, span: Span) -> bool:
    cell = line.text[span[0] - line.start : span[1] - line.start]
    return len(cell) > _LONGEST_PROSE and bool(_STOP.search(cell))


# --- the table ------------------------------------------------------------------------------------


def _table(rows: Sequence[TextRow]) -> Table:
    """Table of rows; a cell of a drawn box reaches over the columns that its bars enclose."""
    edges = _edges([line for line, _ in rows])
    cells: list[Cell] = []
    filled = [row for row in rows if row[1]]
    for number, (line, spans) in enumerate(filled):
        places = edges.get(line.start) or range(len(spans) + 1)
        for (start, end), left, right in zip(spans, places[:-1], places[1:], strict=True):
            cells.append(
                Cell(row=number, column=left, rows=1, columns=right - left, start=start, end=end)
            )
    last = rows[-1][0]
    return Table(rows[0][0].start, last.start + len(last.text), tuple(cells))


def _edges(lines: Sequence[TextLine]) -> dict[int, list[int]]:
    """Numbers of the columns' edges that the bars of each line stand at, by the line's start.

    Empty where no border is drawn, or bars and borders do not stand below each other.
    """
    for wide in ("WF", "WFA"):  # what is neither wide nor narrow depends on the font
        drawn = [set(_corners(line.text, wide)) for line in lines if line.kind == "border"]
        edges = {edge: number for number, edge in enumerate(sorted(set().union(*drawn)))}
        found = {
            line.start: _offsets(line.text, _BARS, wide)
            for line in lines
            if line.kind in ("pipe", "box")
        }
        if edges and all(bar in edges for bars in found.values() for bar in bars):
            return {start: [edges[bar] for bar in bars] for start, bars in found.items()}
    return {}


def _corners(text: str, wide: str) -> list[int]:
    return _offsets(text, "".join(set(text) - _FLAT), wide)


def _offsets(text: str, marks: str, wide: str) -> list[int]:
    """Where marks stand in a line as it is shown: a Chinese character takes two places."""
    offsets: list[int] = []
    offset = 0
    for place, mark in enumerate(text):
        if mark in marks and text[place - 1 : place] != "\\":
            offsets.append(offset)
        offset += 2 if east_asian_width(mark) in wide else 1
    return offsets
