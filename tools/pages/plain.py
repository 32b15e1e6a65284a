"""Content -> bytes of a text file: with its lines and cells, or with what an archive left of them.

Where the grid is lost an empty cell leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tools.pages.content import Content, Grid, Paragraph, published, title_of

ARCHIVE = (
    "标题: ", "发布时间: ", "文号: ", "栏目: 政府信息公开年报",
    "原文链接: https://www.example.gov.cn/zwgk/nb/1.htm", "本地目录: zwgk/nb/1",
)  # fmt: skip
_INDENT = "　　"


def txt(content: Content) -> bytes:
    """Paragraphs a line, rows a line with a tab between cells, as copied from a browser."""
    return _text("\n".join(_lines(content, "\t".join)))


def txt_cells(content: Content) -> bytes:
    """Every cell on a line of its own, as old browsers save a page."""
    return _text("\n".join(_lines(content, "\n".join)))


def txt_spaced(content: Content) -> bytes:
    """All in one line, cells and paragraphs apart by a space, below an archive's record."""
    return _archived(content, " ".join(_lines(content, " ".join)))


def txt_glued(content: Content) -> bytes:
    """All in one line, the cells of a table run together, below an archive's record."""
    glued = ("".join(_lines((each,), "".join)) for each in content)
    return _archived(content, " ".join(glued))


def md(content: Content) -> bytes:
    """Markdown with pipe tables; a place that a merged cell covers is empty."""
    return _text("\n\n".join(_marked(each) for each in content))


def _text(text: str) -> bytes:
    return f"{text}\n".encode()


def _archived(content: Content, line: str) -> bytes:
    title, day = f"标题: {title_of(content)}", f"发布时间: {published(content)} 09:30"
    return _text("\n".join((title, day, *ARCHIVE[2:], "=" * 18 + " 正文 " + "=" * 18, line)))


def _lines(content: Content, join: Callable[[list[str]], str]) -> Iterator[str]:
    """Lines of the paragraphs, and of the rows as `join` writes them."""
    for each in content:
        if isinstance(each, Paragraph):
            yield each.text if each.level == 1 else _INDENT + each.text
        else:
            yield from (join([cell.text for cell in row]) for row in each.rows)


def _marked(block: Paragraph | Grid) -> str:
    if isinstance(block, Paragraph):
        return "#" * block.level + " " * bool(block.level) + block.text
    places = {(row, column): cell.text for row, column, cell in block.placed()}
    rows = [
        "| " + " | ".join(places.get((row, column), "") for column in range(block.width)) + " |"
        for row in range(len(block.rows))
    ]
    return "\n".join([rows[0], "|" + " --- |" * block.width, *rows[1:]])
