"""Plain text and Markdown: tables are found where they are typed, and every offset leads back."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501

from __future__ import annotations

from unicodedata import east_asian_width

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govtext.core.model import Page, UnreadableReport
from govtext.read import read_bytes, text_tables
from tests.cases import every


def read(text: str) -> Page:
    return read_bytes(text.encode())


def grids(page: Page) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [
            (cell.row, cell.column, cell.rows, cell.columns, page.text[cell.start : cell.end])
            for cell in table.cells
        ]
        for table in page.tables
    ]


def rows(page: Page, number: int = 0) -> list[list[str]]:
    """Texts of a table, row by row."""
    found: dict[int, list[str]] = {}
    for row, _, _, _, text in grids(page)[number]:
        found.setdefault(row, []).append(text)
    return list(found.values())


# --- plain text -----------------------------------------------------------------------------------


TYPED = {
    "pipes": ("|项目|件数|\n|规章| 3 |", [["项目", "件数"], ["规章", "3"]]),
    "wide pipes": ("｜项目｜件数｜\n｜规章｜3｜", [["项目", "件数"], ["规章", "3"]]),
    "empty cells": ("| 项目 |  | |\n||3|  |", [["项目", "", ""], ["", "3", ""]]),
    "ragged": ("|甲|1|2|\n|乙|3|\n|丙|4|5|6|", [["甲", "1", "2"], ["乙", "3"], ["丙", "4", "5", "6"]]),
    "indented": ("　|甲|1|  \n　|乙|2|", [["甲", "1"], ["乙", "2"]]),
    "a bar as text": ("|甲\\|乙|1|\n|丙|2|", [["甲\\|乙", "1"], ["丙", "2"]]),
    "tabs": ("项目\t件数\t备注\n规章\t3\t\n\t4\t无", [["项目", "件数", "备注"], ["规章", "3", ""], ["", "4", "无"]]),
    "a row more with tabs": ("甲\t1\n乙\t2\n丙\t3\t4", [["甲", "1"], ["乙", "2"], ["丙", "3", "4"]]),
    "carriage returns": ("甲\t1\r\n乙\t2\r\n", [["甲", "1"], ["乙", "2"]]),
    "a box": ("+--+--+\n|a | 1|\n+--+--+\n|b |  |\n+--+--+", [["a", "1"], ["b", ""]]),
    "a drawn box": ("┌─┬─┐\n│a│1│\n├─┼─┤\n│b│2│\n└─┴─┘", [["a", "1"], ["b", "2"]]),
    "a box without borders": ("│甲│1│\n│乙│2│", [["甲", "1"], ["乙", "2"]]),
    "a box of one row": ("+--+--+\n|a | 1|\n+--+--+", [["a", "1"]]),
}  # fmt: skip


@every("name", TYPED)
@every("around", ["{}", "前文。\n{}\n后文。", "前文。\n\n{}\n\n后文"])
def test_a_typed_table_is_read_and_the_text_stays(name, around):
    text, expected = TYPED[name]
    page = read(around.format(text))
    assert (page.text, page.format, page.segments) == (around.format(text), "txt", None)
    assert [rows(page)] == [expected]


PROSE = [
    "首页 | 政务公开 | 年报\n站内 | 搜索 | 帮助",
    "\t一、概述。\n\t2021年，我局公开信息3条。",
    "2021年，\t公开3条。",
    "甲\t1\n\n乙\t2",
    "甲\t1\n乙\t2\t3",
    f"一\t{'公开信息，' * 15}。\n二\t{'公开信息，' * 15}。",
    "|甲|1|",
    "--------\n______",
    "+-----+\n+-----+",
    "项目\n件数\n规章\n3",
    "项目 件数 规章 3 规范性文件 5",
    "||\n||",
]


@pytest.mark.parametrize("text", PROSE)
def test_what_is_no_table(text):
    page = read(text)
    assert (page.text, page.tables, page.format) == (text, (), "txt")


def test_more_cells_than_any_report_has(monkeypatch):
    monkeypatch.setattr(text_tables, "_MOST_CELLS", 8)
    assert len(read("甲\t1\n" * 4).tables) == 1
    with pytest.raises(UnreadableReport) as refused:
        read("甲\t1\n" * 5)
    assert refused.value.cause == "too_large"


def test_two_tables_apart_by_a_line():
    page = read("甲\t1\n乙\t2\n二、其他\n丙\t3\n丁\t4")
    assert [rows(page, number) for number in (0, 1)] == [
        [["甲", "1"], ["乙", "2"]],
        [["丙", "3"], ["丁", "4"]],
    ]


@pytest.mark.parametrize("wide", ["WF", "WFA"])
def test_a_cell_of_a_drawn_box_reaches_over_columns(wide):
    def filled(text: str, width: int) -> str:
        return text + " " * (width - sum(2 if east_asian_width(x) in wide else 1 for x in text))

    flat = "─" * (3 if wide == "WFA" else 6)
    text = "\n".join(
        [
            f"┌{flat}┬{flat}┬{flat}┐",
            f"│{filled('甲', 6)}│{filled('申请人“情况”', 14 if wide == 'WFA' else 13)}│",
            f"├{flat}┼{flat}┼{flat}┤",
            f"│{filled('乙', 6)}│{filled('12', 6)}│{filled('3', 6)}│",
            f"└{flat}┴{flat}┴{flat}┘",
        ]
    )
    assert grids(read(text)) == [
        [
            (0, 0, 1, 1, "甲"), (0, 1, 1, 2, "申请人“情况”"),
            (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "12"), (1, 2, 1, 1, "3"),
        ]
    ]  # fmt: skip


def test_a_box_out_of_line_counts_its_cells():
    page = read("+---+---+\n| a | b |\n+---+---+\n| cc  | d |\n+---+---+")
    assert [(row, column, columns) for row, column, _, columns, _ in grids(page)[0]] == [
        (0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1),
    ]  # fmt: skip


WORDS = st.text("甲乙丙丁0123456789.%（）“”/、—", max_size=6)
FILLED = st.text("甲乙丙丁0123456789.%", min_size=1, max_size=6)


def table_of(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    """Rows of one length, the first cell of each filled."""

    def rows_of(width: int) -> st.SearchStrategy[list[list[str]]]:
        row = st.tuples(FILLED, *[cells] * (width - 1)).map(list)
        return st.lists(row, min_size=2, max_size=6)

    return st.integers(2, 6).flatmap(rows_of)


@given(table_of(WORDS))
def test_rows_between_pipes_are_read_cell_for_cell(table):
    page = read("前文。\n" + "\n".join(f"| {' | '.join(row)} |" for row in table) + "\n后文。")
    assert rows(page) == table


@given(table_of(FILLED))
def test_rows_with_tabs_are_read_cell_for_cell(table):
    page = read("前文。\n" + "\n".join("\t".join(row) for row in table) + "\n后文。")
    assert rows(page) == table


@given(st.text("|+-=│─┌ \t\n\\:甲1｜#*[]()<table>!&;/`$_~", max_size=80))
@example("a|\n|-|")
@example("|\\\n|-|")
def test_any_text_is_read_and_its_tables_are_in_it(text):
    if not text.strip():
        return
    try:
        page = read(text)
    except UnreadableReport:
        return
    end = 0
    for table in page.tables:
        assert end <= table.start <= table.end <= len(page.text)
        end = table.end
        assert list(table.cells) == sorted(table.cells, key=lambda cell: (cell.row, cell.column))
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            inner = page.text[cell.start : cell.end]
            assert inner == inner.strip()


# --- Markdown -------------------------------------------------------------------------------------


def leads_back(page: Page, raw: str) -> bool:
    """True if each character that is no mark between cells or lines is the one in the file."""
    spans = (page.raw_span(place, place + 1) for place in range(len(page.text)))
    return all(
        span and (mark in "\t\n " or raw[span[0]] == mark)
        for mark, span in zip(page.text, spans, strict=True)
    )


MARKS = {
    "# 某局年报": "某局年报",
    "### 二、公开情况 ###": "二、公开情况",
    "**一、概述**": "一、概述",
    "# 一\n公开**3**条，*全部*答复，__均__公开。": "一\n公开3条，全部答复，均公开。",
    "# 一\n见[公告](http://a.cn/b.html)和[附件](/c.doc \"附\")。": "一\n见公告和附件。",
    "![图](a.png)公开3条": "公开3条",
    "# 一\n1\\. 公开3\\*4条\\_": "一\n1. 公开3*4条_",
    "# 一\n公开<br>3条<br/>": "一\n公开\n3条\n",
    "# 一\n<u>公开</u><sup>1</sup><!-- 注 --><div align=\"right\">3条</div>": "一\n公开¹\n3条\n",
    "# 一\n满意率$98.2\\%$，&lt;甲&gt;&amp;&nbsp;乙": "一\n满意率98.2%，<甲>&\xa0乙",
    "# 一\n> 公开\n- 甲类\n* 乙类\n---\n***": "一\n公开\n甲类\n乙类\n\n",
    "```markdown\n公开3条\n```": "\n公开3条\n",
    "# 一\n`公开`3条": "一\n公开3条",
    "# 一\n推行**“一网通办”**服务": "一\n推行“一网通办”服务",
}  # fmt: skip


@pytest.mark.parametrize("raw", MARKS)
def test_marks_are_left_out(raw):
    page = read(raw)
    assert (page.format, page.text) == ("md", MARKS[raw])
    assert page.segments


@pytest.mark.parametrize(
    "line",
    ["张**、李**两人", "3*4*5=60", "- 1 -", "2021[5]号", "[2021](五)号", "a < b > c", "<某县>年报", "第_1_2_号",
     "国办发〔2021〕5号 #1", "共$3元和5元", "x&y;", "价格\\元", "#政务公开#", "* 3条", "共3件 #"],
)  # fmt: skip
def test_what_is_no_mark_stays(line):
    assert read(f"# 年报\n{line}").text == f"年报\n{line}"


@pytest.mark.parametrize(
    "text", ["#政务公开#", "张**、李**", "a*b*c", "首页 | 年报", "[2021](五)号", "___", "#"]
)
def test_plain_text_is_not_taken_for_markdown(text):
    page = read(text)
    assert (page.format, page.text) == ("txt", text)


def test_a_table_with_a_rule_is_written_with_tabs():
    raw = "前文\n| 项目 | **件数** |\n|:---|---:|\n| 规章 | 3 |\n| 其他 | 4 | 5 |\n后文"
    page = read(raw)
    assert page.text == "前文\n项目\t件数\n规章\t3\n其他\t4\t5\n\n后文"
    assert rows(page) == [["项目", "件数"], ["规章", "3"], ["其他", "4", "5"]]
    assert leads_back(page, raw)
    place = page.text.index("3")
    assert page.raw_span(place, place + 1) == (raw.index("3"), raw.index("3") + 1)


def test_a_table_needs_no_pipes_at_its_ends_below_a_rule():
    page = read("项目 | 件数\n--|--\n规章 | 3\n后文")
    assert rows(page) == [["项目", "件数"], ["规章", "3"]]
    assert page.text.endswith("后文")


def test_a_table_in_html():
    raw = (
        "# 年报\n<table border=1><tr><td rowspan=\"2\">项目</td><td colspan='2'>件<br>数</td></tr>\n"
        "<tr><td>&lt;5</td><td> <b>6</b>\n</td></tr></table>后文"
    )
    page = read(raw)
    assert page.text == "年报\n项目\t件 数\n<5\t 6 \n后文"
    assert grids(page) == [
        [(0, 0, 2, 1, "项目"), (0, 1, 1, 2, "件 数"), (1, 1, 1, 1, "<5"), (1, 2, 1, 1, "6")]
    ]
    assert page.raw_span(page.text.index("<5"), page.text.index("<5") + 1) == (
        raw.index("&lt;"), raw.index("&lt;") + 1,
    )  # fmt: skip


def test_a_table_in_html_without_its_end():
    page = read("# 年报\n<table><tr><td>甲<td>1<tr><td>乙<td>2\n三、其他")
    assert rows(page) == [["甲", "1"], ["乙", "2"]]
    assert page.text.endswith("\n三、其他")


def test_a_table_inside_a_cell_is_text_of_it():
    page = read(
        "# 一\n<table><tr><td>甲</td><td><table><tr><td>1</td></tr></table></td></tr></table>"
    )
    assert [[text.strip() for text in row] for row in rows(page)] == [["甲", "1"]]


def test_a_file_that_begins_with_a_mark_that_is_written():
    raw = "&lt;年报&gt;\n# 一"
    page = read(raw)
    assert page.text == "<年报>\n一"
    assert page.raw_span(0, 1) == (0, 1)
    assert page.raw_span(1, 3) == (4, 6)


def test_nothing_but_a_picture():
    with pytest.raises(UnreadableReport) as refused:
        read("![](scan.png)\n")
    assert refused.value.cause == "empty"


PIECES = st.sampled_from(
    ["# 一、概述\n", "**公开**", "3条", "\\*", "[公告](http://a.cn)", "![](a.png)", "<br>", "\n", "，", "> ",
     "|甲|1|\n|--|--|\n|乙|2|\n", "\n- 甲", "&amp;", "*丙*", "<sup>2</sup>", "\t", " ", "$5$", "`码`"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_every_character_leads_back_to_the_same_in_the_file(raw):
    page = read(f"# 年报\n{raw}")
    assert page.format == "md"
    kept = [place for place, mark in enumerate(page.text) if mark not in "&²\t\n "]
    for place in kept:
        span = page.raw_span(place, place + 1)
        assert span is not None
        assert f"# 年报\n{raw}"[slice(*span)] == page.text[place]
