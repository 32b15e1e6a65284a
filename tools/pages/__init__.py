"""The page maker: any report, its text and tables, as a file in the styles that are met.

`STYLES[name].make(content)` are the bytes; `furniture` names the strings that the style puts around
the report, which no text may keep and which must stand among what was removed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tools.pages import markup, office, plain, sites
from tools.pages.content import Cell, Content, Grid, Paragraph, content_of

__all__ = ["HTML", "STYLES", "Cell", "Content", "Grid", "Paragraph", "Style", "content_of"]


@dataclass(frozen=True, slots=True)
class Style:
    """A way to print a report; `grid` is False where cells are not told apart by marks."""

    make: Callable[[Content], bytes]
    suffix: str
    furniture: tuple[str, ...] = ()
    grid: bool = True


_FOOT = (sites.LEGAL[0], sites.RECORDS[0])
_ROUND = (sites.BEFORE, sites.BEHIND)
_LAYERED = (*sites.TOOLS, *sites.MENU, *sites.TRAIL, *sites.BYLINE, sites.FONT, *sites.BUTTONS,
            *_ROUND, *_FOOT, sites.LEGAL[1])  # fmt: skip
STYLES = {
    "nested_tables": Style(markup.nested_tables, ".html", (
        *sites.TOOLS, *sites.MENU_OLD, *sites.COLUMNS, *sites.BYLINE, sites.FONT, *sites.BUTTONS,
        *_ROUND, *_FOOT, sites.LEGAL[1], sites.SCREEN, "栏目导航", "您现在的位置")),
    "word": Style(markup.word, ".html", (
        *sites.MENU, *sites.TRAIL, "当前位置", sites.LEGAL[0], sites.LEGAL[2], sites.RECORDS[1])),
    "embedded": Style(markup.embedded, ".html", (*sites.MENU, *_FOOT)),
    "gbk_lying": Style(markup.gbk_lying, ".html", _LAYERED),
    "utf8_lying": Style(markup.utf8_lying, ".html", _LAYERED),
    "br": Style(markup.br, ".html", (
        *sites.MENU_OLD, *sites.BYLINE, *_ROUND, sites.BUTTONS[1], sites.LEGAL[0], sites.SCREEN)),
    "modern": Style(markup.modern, ".html", (
        *sites.TOOLS_NEW, *sites.MENU, *sites.TRAIL, *sites.COLUMNS, *sites.BYLINE, *sites.SHARE,
        *_ROUND, *sites.RELATED, *sites.LEGAL, *sites.RECORDS, "公开目录", "扫一扫在手机打开当前页",
        "网站地图", "相关链接")),
    "catalogue": Style(markup.catalogue, ".html", (
        sites.SITE, *sites.MENU, *sites.TRAIL, sites.FONT, *sites.BUTTONS, *sites.LEGAL[1:],
        sites.RECORDS[2], "索引号", "000014349/2015-00012", "主题分类", "生成日期", "有效性")),
    "trs": Style(markup.trs, ".html", (
        *sites.TOOLS, *sites.MENU, *sites.TRAIL, *sites.SHARE, *sites.BUTTONS, sites.RELATED[0],
        *_FOOT, "相关链接")),
    "docx": Style(office.word, ".docx"),
    "pdf": Style(office.pdf, ".pdf", (office.RUNNING_HEAD, office.PAGE_NUMBER)),
    "pdf_landscape": Style(office.pdf_landscape, ".pdf", (office.RUNNING_HEAD, office.PAGE_NUMBER)),
    "md": Style(plain.md, ".md"),
    "txt": Style(plain.txt, ".txt"),
    "txt_cells": Style(plain.txt_cells, ".txt", grid=False),
    "txt_spaced": Style(plain.txt_spaced, ".txt", plain.ARCHIVE, grid=False),
    "txt_glued": Style(plain.txt_glued, ".txt", plain.ARCHIVE, grid=False),
}  # fmt: skip
HTML = tuple(name for name, style in STYLES.items() if style.suffix == ".html")
