"""Content -> bytes of a Word document or a PDF."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tools.pages.content import Cell, Content, Grid, Paragraph

RUNNING_HEAD = "某市政务公开文件汇编"
PAGE_NUMBER = "— 1 —"
_RUN = re.compile("[0-9.]+|[^0-9.]+")
_PRELUDE = """
#set page(paper: "a4", flipped: {flipped}, margin: 2.6cm,
  header: align(center, text(size: 9pt)[{head}]),
  footer: context align(center, text(size: 9pt)[— #counter(page).display() —]))
#set text(font: "Noto Sans SC", size: {size}pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 1em)
#set table(stroke: 0.5pt, inset: 4pt)
#set table.cell(breakable: false)
#show table: set par(first-line-indent: 0pt, justify: false, leading: 0.5em)
#show table: set text(size: 8pt)
"""


def word(content: Content, head: str = RUNNING_HEAD) -> bytes:
    """DOCX: styled headings, runs that break at digits, merged cells, a head on every page."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = head
    for each in content:
        if isinstance(each, Grid):
            document.element.body.insert(len(document.element.body) - 1, _word_table(each))
            document.add_paragraph()
        else:
            paragraph = document.add_paragraph(
                style=f"Heading {each.level}" if each.level else None
            )
            if each.level == 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in _RUN.findall(each.text):
                paragraph.add_run(run)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_table(grid: Grid) -> object:
    """Table of WordprocessingML: a cell that reaches down stands again, empty, in every row."""
    rows: list[dict[int, str]] = [{} for _ in grid.rows]
    for row, column, cell in grid.placed():
        rows[row][column] = _word_cell(cell, "restart" if cell.rows > 1 else "")
        for below in range(row + 1, row + cell.rows):
            rows[below][column] = _word_cell(Cell("", columns=cell.columns), "continue")
    lines = "".join(
        f"<w:tr>{''.join(text for _, text in sorted(row.items()))}</w:tr>" for row in rows
    )
    columns = "<w:gridCol/>" * grid.width
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"
    )


def _word_cell(cell: Cell, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>'
        for run in _RUN.findall(cell.text)
    )
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr><w:p>{runs}</w:p></w:tc>"


def pdf(content: Content, head: str = RUNNING_HEAD) -> bytes:
    """PDF: a running head, page numbers, lines that break anywhere, tables over page breaks."""
    return _printed(content, head, flipped="false", size=12, repeat=False)


def pdf_landscape(content: Content, head: str = RUNNING_HEAD) -> bytes:
    """PDF of wide pages; a table that goes on overleaf has its first row printed again."""
    return _printed(content, head, flipped="true", size=14, repeat=True)


def _printed(content: Content, head: str, *, flipped: str, size: int, repeat: bool) -> bytes:
    body = "\n\n".join(
        _typst_paragraph(each) if isinstance(each, Paragraph) else _typst_table(each, repeat=repeat)
        for each in content
    )
    source = _PRELUDE.format(flipped=flipped, size=size, head=head) + body
    made = _compiler().compile(input=source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    """The compiler with the one font of the study; it is found, and its package never imported."""
    package = find_spec("zhplot")
    assert package is not None
    assert package.origin is not None
    fonts = Path(package.origin).parent / "fonts"
    return typst.Compiler(font_paths=[str(fonts)], ignore_system_fonts=True)


def _typst_paragraph(paragraph: Paragraph) -> str:
    text = f"#text({_quoted(paragraph.text)})"
    if paragraph.level == 1:
        return f"#align(center, text(size: 1.4em)[{text}])"
    return f"#text(weight: {700 if paragraph.level else 400})[{text}]"


def _typst_table(grid: Grid, *, repeat: bool) -> str:
    rows = ["".join(_typst_cell(cell) for cell in row) for row in grid.rows]
    top, below = "".join(rows[: grid.heads]), "".join(rows[grid.heads :])
    head = f"table.header(repeat: {str(repeat).lower()}, {top})," if top else ""
    return f"#table(columns: {grid.width}, {head}{below})"


def _typst_cell(cell: Cell) -> str:
    span = f"rowspan: {cell.rows}, colspan: {cell.columns}"
    return f"table.cell({span}, text({_quoted(cell.text)})),"


def _quoted(text: str) -> str:
    """String of typst; it escapes as JSON does, but for the marks written as code points."""
    return json.dumps(text, ensure_ascii=False)
