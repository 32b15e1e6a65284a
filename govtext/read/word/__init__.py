"""A Word document (DOCX) -> Page: its paragraphs as printed, and its tables with merged cells.

The XML is read here and not through a library: those at hand lose the numbers of lists, simple
fields and whole documents with one broken link, and need gigabytes for a bomb. Insertions are
taken in and deletions, hidden text, comments, headers and footers left out; notes stand behind
the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core.model import Page, UnreadableReport
from govtext.read.archive import Archive
from govtext.read.flow import Box, Flow
from govtext.read.html.blocks import cell_text
from govtext.read.html.grid import holds_data
from govtext.read.misread import undone
from govtext.read.word.numbering import Numbers, styles
from govtext.read.word.package import is_on, parts, value, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_MOST_COLUMNS = 1_000
_SKIPPED = frozenset(
    "del moveFrom pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr instrText delText "
    "delInstrText rt docPr fldChar fldData".split()
)
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "den": "/"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}

Block = str | list[Box]


def read(data: bytes) -> Page:
    """Page of the bytes of a Word document.

    Raises
    ------
    UnreadableReport
        With cause ``empty``, ``damaged``, ``encrypted`` or ``too_large``.
    """
    flow = Flow()
    is_empty = True
    found = parts(Archive(data))
    encoding, repairs = _as_written(found["document"])
    for block in _Document(found).blocks():
        if isinstance(block, str):
            flow.line(block)
        else:
            flow.table(block)
        is_empty = is_empty and not (block if isinstance(block, str) else _said(block))
    if is_empty:
        raise UnreadableReport(
            "empty", "The document holds no text; pictures of pages are not read."
        )
    return flow.page("docx", encoding, data, repairs)


def _as_written(root: Element) -> tuple[str, int]:
    """Encoding of a document, and how many characters were misread; its texts are as written."""
    nodes = [each for each in root.iter("t") if each.text]
    text = "\n".join(" ".join((each.text or "").split("\n")) for each in nodes)
    found = undone(text)
    lines = found[0].split("\n") if found else []
    if not found or len(lines) != len(nodes):
        return "utf-8", 0
    for node, line in zip(nodes, lines, strict=True):
        node.text = line
    return found[1:]


class _Document:
    """Reads a document in its order; what it has counted, held back or put aside is its state."""

    def __init__(self, found: dict[str, Element]) -> None:
        self._root = found["document"]
        self._styles = styles(found.get("styles"))
        self._numbers = Numbers(found.get("numbering"), self._styles)
        self._notes = {
            (part, note.get("id")): note
            for part in ("footnotes", "endnotes")
            for note in found.get(part, ())
        }
        self._noted: dict[tuple[str, str | None], None] = {}
        self._held = ""

    def blocks(self) -> Iterator[Block]:
        """Lines and tables of the document, then the lines of its notes."""
        yield from self._blocks(self._root)
        if self._held:
            yield self._held
        for reference in self._noted:
            if reference in self._notes:
                yield from self._blocks(self._notes[reference])

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._table(child)
            elif child.tag == "AlternateContent":
                yield from self._blocks(_alternative(child))
            elif child.tag not in _SKIPPED:
                yield from self._blocks(child)

    # --- paragraphs -------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Iterator[Block]:
        """Lines of a paragraph, then of the text boxes that hang on it."""
        properties = element.find("pPr")
        boxes: list[Element] = []
        text = self._held + "".join(self._inline(element, boxes))
        self._held = ""
        if self._is_hidden(value(properties, "pStyle")):
            text = ""
        elif properties is not None and properties.find("rPr/del") is not None:
            self._held, text = text, ""  # its end was deleted: it goes on in the next one
        else:
            text = self._numbers.before(properties) + text
        yield from filter(None, (line.strip() for line in text.split("\n")))
        for box in boxes:
            yield from self._blocks(box)

    def _inline(self, parent: Element, boxes: list[Element]) -> Iterator[str]:
        """Pieces of the text below an element; text boxes are put aside."""
        for child in parent:
            tag = child.tag
            if tag == "txbxContent":
                boxes.append(child)
            elif tag == "AlternateContent":
                yield from self._inline(_alternative(child), boxes)
            elif tag == "r":
                yield from self._run(child, boxes)
            elif tag not in _SKIPPED:
                yield self._mark(child)
                yield from self._inline(child, boxes)

    def _mark(self, element: Element) -> str:
        """What an element itself prints; a note is printed behind the text."""
        if element.tag in _NOTES:
            self._noted[_NOTES[element.tag], element.get("id")] = None
        if element.tag == "sym":
            return _symbol(element.get("char"))
        return (element.text or "") if element.tag == "t" else _MARKS.get(element.tag, "")

    def _run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        """Pieces of a run; a raised figure keeps its rank, 10² is not 102."""
        properties = run.find("rPr")
        has_own = properties is not None and properties.find("vanish") is not None
        is_hidden = is_on(properties, "vanish") or (
            not has_own and self._is_hidden(value(properties, "rStyle"))
        )
        if is_hidden:
            return
        is_raised = value(properties, "vertAlign") == "superscript"
        for piece in self._inline(run, boxes):
            yield piece.translate(RAISED) if is_raised else piece

    def _is_hidden(self, style: str | None) -> bool:
        return style is not None and style in self._styles and self._styles[style].is_hidden

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[Block]:
        """A table and those inside its cells; or all it holds, where it only lays out a page."""
        boxes: list[Box] = []
        inner: list[Block] = []
        merged: dict[int, int] = {}
        for row, element in enumerate(_rows(table)):
            column = whole(value(element, "trPr/gridBefore"), 0, most=_MOST_COLUMNS)
            for cell in _inside(element, "tc"):
                blocks = list(self._blocks(cell))
                inner += blocks
                width = whole(value(cell, "tcPr/gridSpan"), 1, most=_MOST_COLUMNS) or 1
                text = cell_text(block for block in blocks if isinstance(block, str))
                _place(boxes, merged, Box(row, column, 1, width, text), cell)
                column += width
        if holds_data(boxes):
            yield boxes
            inner = [block for block in inner if not isinstance(block, str)]
        yield from inner


def _place(boxes: list[Box], merged: dict[int, int], box: Box, cell: Element) -> None:
    """Add a cell to a table, or to the cell above or before it that goes on in it.

    `merged` holds, by column, the number of the box that the next one below may belong to.
    """
    down, along = cell.find("tcPr/vMerge"), value(cell, "tcPr/hMerge")
    if down is not None and down.get("val") != "restart" and box.column in merged:
        number = merged[box.column]
        above = boxes[number]
        boxes[number] = _grown(above, box.row - above.row + 1, above.columns, box.text)
    elif along == "continue" and boxes and boxes[-1].row == box.row:
        last = boxes[-1]
        boxes[-1] = _grown(last, last.rows, last.columns + box.columns, box.text)
    else:
        merged.pop(box.column, None)
        if down is not None:
            merged[box.column] = len(boxes)
        boxes.append(box)


def _grown(box: Box, rows: int, columns: int, text: str) -> Box:
    """Box that reaches further; text that a merged cell still holds is not shown by Word."""
    return Box(box.row, box.column, rows, columns, box.text or text)


def _rows(table: Element) -> Iterator[Element]:
    """Rows of a table that are neither deleted nor hidden."""
    for row in _inside(table, "tr"):
        if row.find("trPr/del") is None and not is_on(row, "trPr/hidden"):
            yield row


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Elements of a name below another, also in the frames that Word puts around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == "AlternateContent":
            yield from _inside(_alternative(child), tag)
        elif child.tag not in _SKIPPED:
            yield from _inside(child, tag)


def _alternative(element: Element) -> Element:
    """The first of several forms of the same content: it is printed once."""
    return next(iter(element), element)


def _said(boxes: list[Box]) -> str:
    return "".join(box.text for box in boxes).strip()


def _symbol(code: str | None) -> str:
    """Character of a symbol font, as the file gives it."""
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"
