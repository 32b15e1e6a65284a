"""Word documents: what is printed is read, with the numbers of its lists and every cell."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core.model import UnreadableReport
from govtext.read import doc, read_bytes
from govtext.read.archive import Archive
from govtext.read.word import package
from govtext.read.word.numbering import written
from tests.cases import every
from tools.pages.old_word import container, document

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(body: str, **others: str) -> bytes:
    """A Word file with a body and other parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {SPACE} {MC}><w:body>{body}</w:body></w:document>"
        )
        for name, text in others.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACE} {MC}>{text}</w:{name}>")
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    inner = text if text.startswith("<") else run(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def lines(data: bytes) -> list[str]:
    return read_bytes(data).text.splitlines()


def grid(data: bytes, number: int = 0) -> list[tuple[int, int, int, int, str]]:
    page = read_bytes(data)
    return [
        (each.row, each.column, each.rows, each.columns, page.text[each.start : each.end])
        for each in page.tables[number].cells
    ]


# --- paragraphs -----------------------------------------------------------------------------------


def test_a_document_made_with_a_library():
    document = docx.Document()
    document.add_heading("某局2021年年度报告", 0)
    document.add_paragraph("主动公开信息3条。")
    made = document.add_table(2, 3)
    for number, each in enumerate(made._cells):
        each.text = str(number)
    made.cell(0, 1).merge(made.cell(0, 2))
    stream = io.BytesIO()
    document.save(stream)
    page = read_bytes(stream.getvalue())
    assert page.text == "某局2021年年度报告\n主动公开信息3条。\n0\t1 2\n3\t4\t5\n"
    assert (page.format, page.segments) == ("docx", ())
    assert [(each.column, each.columns) for each in page.tables[0].cells][:2] == [(0, 1), (1, 2)]


INLINE = {
    "insertion": (f"<w:ins>{run('公开')}</w:ins>{run('3条')}", ["公开3条"]),
    "deletion": ("<w:del><w:r><w:delText>9</w:delText></w:r></w:del>" + run("3条"), ["3条"]),
    "moved": (f"<w:moveFrom>{run('9')}</w:moveFrom><w:moveTo>{run('3条')}</w:moveTo>", ["3条"]),
    "hidden": (run("密", "<w:vanish/>") + run("3条", '<w:vanish w:val="0"/>'), ["3条"]),
    "link": (f"<w:hyperlink r:id='none'>{run('公告')}</w:hyperlink>", ["公告"]),
    "simple field": (f"<w:fldSimple w:instr='DATE'>{run('2021')}</w:fldSimple>{run('年')}", ["2021年"]),
    "field": (
        ("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF a</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('7')}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
        ["7"],
    ),
    "tab": (run("一") + "<w:r><w:tab/></w:r>" + run("二"), ["一\t二"]),
    "break": (run("一") + "<w:r><w:br/></w:r>" + run("二"), ["一", "二"]),
    "hyphens": (run("0591") + "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>" + run("1"), ["0591-1"]),
    "symbol": ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" + run("是"), ["\uf0fe是"]),
    "odd symbol": ("<w:r><w:sym w:char='x'/></w:r>" + run("是"), ["\ufffd是"]),
    "raised": (run("10") + run("2", '<w:vertAlign w:val="superscript"/>'), ["10²"]),
    "phonetic": (
        f"<w:r><w:ruby><w:rt>{run('gong')}</w:rt><w:rubyBase>{run('公')}</w:rubyBase></w:ruby></w:r>",
        ["公"],
    ),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('3条')}</w:sdtContent></w:sdt>", ["3条"]),
    "comment": (run("3条") + "<w:r><w:commentReference w:id='1'/></w:r>", ["3条"]),
    "fraction": (
        ("<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>5</m:t></m:r></m:den>"
        "</m:f></m:oMath>"),
        ["3/5"],
    ),
    "letter-spaced": (run("年　度 报　告"), ["年　度 报　告"]),
}  # fmt: skip


@pytest.mark.parametrize("name", INLINE)
def test_inside_a_paragraph(name):
    inner, expected = INLINE[name]
    assert lines(packed(f"<w:p>{inner}</w:p>" + paragraph("完。"))) == [*expected, "完。"]


def test_a_text_box_is_read_once_and_behind_its_paragraph():
    box = f"<w:txbxContent>{paragraph('框内3条')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(packed(f"<w:p>{both}{run('正文')}</w:p>")) == ["正文", "框内3条"]


def test_a_paragraph_goes_on_where_its_end_was_deleted():
    body = paragraph("公开信息", "<w:rPr><w:del/></w:rPr>") + paragraph("3条。")
    assert lines(packed(body)) == ["公开信息3条。"]


def test_notes_stand_behind_the_text_and_leave_no_mark():
    body = (
        f"<w:p>{run('共3')}<w:r><w:endnoteReference w:id='5'/></w:r>{run('件')}</w:p>"
        f"<w:p><w:r><w:footnoteReference w:id='2'/></w:r>{run('完。')}</w:p>"
    )
    notes = "<w:footnote w:id='{}'>" + paragraph("注：{}。") + "</w:footnote>"
    page = packed(
        body,
        footnotes=notes.format(-1, "线") + notes.format(2, "甲"),
        endnotes=notes.replace("footnote", "endnote").format(5, "乙"),
    )
    assert lines(page) == ["共3件", "完。", "注：乙。", "注：甲。"]


def test_hidden_styles_and_headers_are_left_out():
    styles = "<w:style w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>"
    styled = run("隐", "<w:rStyle w:val='h'/>")
    body = paragraph("隐", "<w:pStyle w:val='h'/>") + f"<w:p>{styled}{run('显')}</w:p>"
    assert lines(packed(body, styles=styles, header1=paragraph("页眉"))) == ["显"]


# --- numbers of lists -----------------------------------------------------------------------------


def level(depth: int, form: str, pattern: str, extra: str = "", start: int = 1) -> str:
    return (
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{pattern}'/>{extra}</w:lvl>"
    )


def listed(
    *levels: str, uses: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
) -> str:
    return f"<w:abstractNum w:abstractNumId='0'>{''.join(levels)}</w:abstractNum>{uses}"


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(
        text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>"
    )


NOTHING = '<w:suff w:val="nothing"/>'
CHINESE = listed(
    level(0, "chineseCountingThousand", "%1、", NOTHING),
    level(1, "chineseCounting", "（%2）", NOTHING),
    level(2, "decimal", "%3."),
)


def test_the_numbers_of_headings_are_printed():
    body = (
        item("概述") + item("机构", 1) + item("人员", 1) + item("甲", 2) + item("乙", 2)
        + paragraph("正文。") + item("公开") + item("数量", 1) + item("丙", 2)
    )  # fmt: skip
    assert lines(packed(body, numbering=CHINESE)) == [
        "一、概述", "（一）机构", "（二）人员", "1. 甲", "2. 乙",
        "正文。", "二、公开", "（一）数量", "1. 丙",
    ]  # fmt: skip


def test_a_number_may_come_from_the_style():
    styles = (
        "<w:style w:type='paragraph' w:styleId='a'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style><w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='c'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    numbering = CHINESE.replace("</w:lvl>", "<w:pStyle w:val='c'/></w:lvl>", 2).replace(
        "<w:pStyle w:val='c'/></w:lvl>", "</w:lvl>", 1
    )
    body = (
        paragraph("概述", "<w:pStyle w:val='b'/>")
        + paragraph("机构", "<w:pStyle w:val='c'/>")
        + paragraph("无号", "<w:pStyle w:val='b'/><w:numPr><w:numId w:val='0'/></w:numPr>")
    )
    assert lines(packed(body, numbering=numbering, styles=styles)) == [
        "一、概述",
        "（一）机构",
        "无号",
    ]


def test_a_list_begins_anew_where_it_says_so():
    uses = (
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='5'/></w:lvlOverride></w:num>"
    )
    numbering = listed(level(0, "decimal", "%1）"), uses=uses)
    body = "".join(item("条", 0, number) for number in (1, 1, 2, 3, 3))
    assert lines(packed(body, numbering=numbering)) == [
        "1） 条",
        "2） 条",
        "3） 条",
        "5） 条",
        "6） 条",
    ]


def test_a_list_that_is_a_style_and_one_that_changes_a_level():
    numbering = (
        "<w:abstractNum w:abstractNumId='0'>" + level(0, "chineseCounting", "%1、", NOTHING) + "</w:abstractNum>"
        "<w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='s'/></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
        + level(0, "decimal", "%1.", NOTHING) + "</w:lvlOverride></w:num>"
    )  # fmt: skip
    styles = (
        "<w:style w:type='numbering' w:styleId='s'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    body = item("甲", 0, 1) + item("乙", 0, 2) + item("丙", 0, 3)
    assert lines(packed(body, numbering=numbering, styles=styles)) == ["一、甲", "二、乙", "3.丙"]


def test_a_level_below_one_that_was_not_used():
    assert lines(packed(item("甲", 1), numbering=listed(
        level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%9")
    ))) == ["1.1 甲"]  # fmt: skip


def test_levels_that_count_on_and_numbers_of_several_levels():
    numbering = listed(
        level(0, "upperRoman", "%1"),
        level(1, "decimalZero", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="0"/>'),
    )
    body = item("甲") + item("乙", 1) + item("丙", 2) + item("丁") + item("戊", 1) + item("己", 2)
    assert lines(packed(body, numbering=numbering)) == [
        "I 甲", "1.1 乙", "a) 丙", "II 丁", "2.1 戊", "b) 己",
    ]  # fmt: skip


@pytest.mark.parametrize(("form", "pattern"), [("bullet", "\uf06c"), ("none", ""), ("decimal", "")])
def test_a_bullet_is_no_number(form, pattern):
    assert lines(packed(item("甲"), numbering=listed(level(0, form, pattern)))) == ["甲"]


def test_numbers_in_cells():
    numbering = listed(level(0, "decimal", "%1", NOTHING))
    number = "<w:tc>" + item("") + "</w:tc>"
    data = packed(table(number + cell("甲"), number + cell("乙")), numbering=numbering)
    assert [each[4] for each in grid(data)] == ["1", "甲", "2", "乙"]


def test_a_list_that_is_not_defined_has_no_numbers():
    assert lines(packed(item("甲", 0, 7) + item("乙", 8, 1), numbering=CHINESE)) == ["甲", "乙"]


@every(
    ("count", "form", "expected"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"), (99, "taiwaneseCounting", "九十九"),
        (105, "chineseCountingThousand", "一百〇五"), (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千〇一"), (10, "chineseLegalSimplified", "壹拾"),
        (12, "ideographDigital", "一二"), (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"), (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"), (4, "lowerRoman", "iv"), (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"), (5, "of another program", "5"), (5, "none", ""),
    ],
)  # fmt: skip
def test_formats_of_numbers(count, form, expected):
    assert written(count, form) == expected


# --- tables ---------------------------------------------------------------------------------------


def test_merged_cells():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    data = packed(
        table(
            cell("项目", down) + cell("申请人情况", '<w:gridSpan w:val="2"/>'),
            cell("", on) + cell("自然人") + cell("法人"),
            cell("结果", down) + cell("1") + cell("2"),
            cell("", on) + cell("3") + cell("4"),
        )
    )
    assert grid(data) == [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "申请人情况"), (1, 1, 1, 1, "自然人"), (1, 2, 1, 1, "法人"),
        (2, 0, 2, 1, "结果"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "2"), (3, 1, 1, 1, "3"), (3, 2, 1, 1, "4"),
    ]  # fmt: skip


def test_rows_that_begin_later_older_merges_and_deleted_rows():
    first = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    deleted = "<w:trPr><w:del/></w:trPr>"
    along = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    data = packed(
        table(
            first + cell("甲") + cell("乙"),
            deleted + cell("删") + cell("删") + cell("删"),
            cell("丙", along[0]) + cell("", along[1]) + cell("3"),
        )
    )
    assert grid(data) == [
        (0, 1, 1, 1, "甲"), (0, 2, 1, 1, "乙"), (1, 0, 1, 2, "丙"), (1, 2, 1, 1, "3"),
    ]  # fmt: skip


def test_what_stands_in_frames_inside_a_table_is_read():
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('甲')}<w:ins>{cell('1')}</w:ins></w:tr></w:sdtContent></w:sdt>"
    data = packed(f"<w:tbl>{row}<w:tr>{cell('乙')}{cell('2')}</w:tr></w:tbl>")
    assert [each[4] for each in grid(data)] == ["甲", "1", "乙", "2"]


def test_the_lines_of_a_cell_are_one_text():
    two = "<w:tc>" + paragraph("结果") + paragraph("纠正") + "</w:tc>"
    data = packed(table(two + cell("12"), cell("甲") + cell("3")))
    assert grid(data)[0][4] == "结果纠正"


def test_a_table_that_lays_out_a_page_gives_its_lines():
    inner = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    page = read_bytes(
        packed(
            f"<w:tbl><w:tr><w:tc>{paragraph('一、概述')}{inner}{paragraph('完。')}</w:tc></w:tr></w:tbl>"
        )
    )
    assert page.text.splitlines() == ["一、概述", "甲\t1", "乙\t2", "完。"]
    assert len(page.tables) == 1


TEXTS = st.text("甲乙丙0123456789.%", min_size=1, max_size=5)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_every_cell_comes_out(rows):
    data = packed(table(*("".join(map(cell, row)) for row in rows)))
    expected = [(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    assert grid(data) == expected


# --- refusals -------------------------------------------------------------------------------------


def cause(data: bytes) -> str:
    with pytest.raises(UnreadableReport) as refused:
        read_bytes(data)
    return refused.value.cause


def test_a_document_without_text():
    assert cause(packed("<w:p><w:r><w:drawing/></w:r></w:p>")) == "empty"


@pytest.mark.parametrize("cut", [30, 100, -10, -40])
def test_a_damaged_container(cut):
    assert cause(packed(paragraph("3条"))[:cut]) == "damaged"


def test_a_member_that_does_not_unpack():
    data = bytearray(packed(paragraph("公开信息3条" * 99)))
    data[60:90] = bytes(30)
    assert cause(bytes(data)) == "damaged"


def test_what_is_no_xml():
    assert cause(packed("<w:p>")) == "damaged"


def test_entities_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml", "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><w>&b;</w>"
        )
    assert cause(stream.getvalue()) == "damaged"


def test_elements_without_end_or_bottom(monkeypatch):
    monkeypatch.setattr(package, "_MOST_ELEMENTS", 1_000)
    assert cause(packed("<w:p/>" * 1_000)) == "too_large"
    assert cause(packed("<w:ins>" * 300 + "</w:ins>" * 300)) == "too_large"


def test_a_member_that_unpacks_to_more_than_any_report():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(101):
            member.write(bytes(1_000_000))
    assert len(stream.getvalue()) < 1_000_000
    assert cause(stream.getvalue()) == "too_large"


def test_a_member_that_lies_about_its_size():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(5_000_000))
    data = stream.getvalue().replace((5_000_000).to_bytes(4, "little"), (99).to_bytes(4, "little"))
    with pytest.raises(UnreadableReport, match="damaged"):
        Archive(data).read("word/document.xml")


def test_a_directory_that_is_too_large():
    data = packed(paragraph("3条"))
    end = data.rfind(b"PK\x05\x06")
    swollen = data[: end + 12] + (3_000_000).to_bytes(4, "little") + data[end + 16 :]
    assert cause(swollen) == "too_large"


def test_a_file_under_a_password():
    data = packed(paragraph("3条"))
    place = data.find(b"PK\x01\x02") + 8
    assert cause(data[:place] + b"\x01" + data[place + 1 :]) == "encrypted"
    assert cause(ole("EncryptionInfo", "EncryptedPackage")) == "encrypted"


def test_names_with_other_slashes_and_parts_under_other_names():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "application/...wordprocessingml.document.main+xml")
        archive.writestr(
            "_rels/.rels",
            "<Relationships><Relationship Type='http://x/officeDocument' Target='/word/doc2.xml'/>"
            "</Relationships>",
        )
        archive.writestr(
            "word/_rels/doc2.xml.rels",
            "<Relationships><Relationship Type='http://x/numbering' Target='./n.xml'/></Relationships>",
        )
        archive.writestr("word/n.xml", f"<w:numbering {SPACE}>{CHINESE}</w:numbering>")
        archive.writestr(
            "word/doc2.xml", f"<w:document {SPACE}><w:body>{item('概述')}</w:body></w:document>"
        )
    assert lines(stream.getvalue()) == ["一、概述"]


# --- the old kind ---------------------------------------------------------------------------------


def ole(*streams: str) -> bytes:
    return container(dict.fromkeys(streams, b""))


DOCBOOK = """<?xml version="1.0" encoding="UTF-8"?>
<book><bookinfo><title>不要</title><date>2020-01-01</date></bookinfo>
<chapter><title>一、概述</title>
<para>公开<emphasis role='bold'>3</emphasis>条 &lt;甲&gt;，10<superscript>2</superscript>。[pic]</para>
<informaltable frame='all' colsep='1' rowsep='1'>
<tgroup cols='3'><colspec colwidth='50.00pt'/><colspec colwidth='60.25pt'/><colspec colwidth='70.00pt'/>
<tbody><row><entry>项目</entry><entry>件
数</entry><entry></entry></row></tbody></tgroup>
<tgroup cols='2'><colspec colwidth='110.00pt'/><colspec colwidth='70.00pt'/>
<tbody><row><entry>合计</entry><entry>5</entry></row></tbody></tgroup>
</informaltable>
<informaltable><tgroup cols='1'><colspec colwidth='70.00pt'/>
<tbody><row><entry>框内。</entry></row></tbody></tgroup></informaltable>
<para>完。</para></chapter></book>
"""


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program called antiword, and nothing else, on the path."""
    program = folder / "antiword"
    program.write_text(f"#!{shutil.which('sh')}\n{script}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_paragraphs_and_tables_of_the_old_kind(tmp_path, monkeypatch):
    (tmp_path / "out.xml").write_text(DOCBOOK, encoding="utf-8")
    fake(tmp_path, monkeypatch, f"cat {tmp_path / 'out.xml'}")
    data = ole("WordDocument", "Workbook")
    page = read_bytes(data)
    assert page.text == "一、概述\n公开3条 <甲>，10²。\n项目\t件数\t\n合计\t5\n框内。\n完。\n"
    assert page.format == "doc"
    assert grid(data) == [
        (0, 0, 1, 1, "项目"), (0, 1, 1, 1, "件数"), (0, 2, 1, 1, ""), (1, 0, 1, 2, "合计"), (1, 2, 1, 1, "5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo 'Encrypted documents are not supported' >&2; exit 1", "encrypted"),
        ("echo 'no' >&2; exit 1", "damaged"),
        ("kill -9 $$", "damaged"),
        ("exit 0", "damaged"),
        ("echo '<book><chapter><para></para></chapter></book>'", "empty"),
    ],
)
def test_what_the_program_cannot_read(tmp_path, monkeypatch, script, expected):
    fake(tmp_path, monkeypatch, script)
    assert cause(ole("WordDocument")) == expected


def test_a_program_that_does_not_end(tmp_path, monkeypatch):
    monkeypatch.setattr(doc, "_SECONDS", 0.2)
    fake(tmp_path, monkeypatch, "exec sleep 60")
    assert cause(ole("WordDocument")) == "damaged"


def test_without_the_program_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableReport, match="install antiword") as refused:
        read_bytes(ole("WordDocument"))
    assert refused.value.cause == "unsupported_format"


installed = pytest.mark.skipif(
    shutil.which("antiword") is None, reason="antiword is not installed here"
)


@installed
def test_the_program_itself_reads_paragraphs_and_tables():
    rows = [
        [(2000, "信息内容"), (1000, "本年制发件数"), (1000, "现行有效件数")],
        [(2000, "规章（含修改、废止的规章，标签很长，要分几行才排得下）"), (1000, "3"), (1000, "")],
        [(4000, "第二十条第（五）项")],
        [(2000, "行政许可"), (2000, "15")],
    ]
    data = document(
        ["某局2021年年度报告", "一、概述", "公开“重点”信息3条。" * 40, rows, "二、其他", "完。"]
    )
    page = read_bytes(data)
    assert page.text.splitlines() == [
        "某局2021年年度报告", "一、概述", "公开“重点”信息3条。" * 40,
        *("\t".join(text for _, text in row) for row in rows), "二、其他", "完。",
    ]  # fmt: skip
    assert [(each[1], each[3]) for each in grid(data)] == [
        (0, 1), (1, 1), (2, 1), (0, 1), (1, 1), (2, 1), (0, 3), (0, 1), (1, 2),
    ]  # fmt: skip


@installed
def test_the_program_itself_refuses_what_is_no_document():
    assert cause(ole("WordDocument")) == "damaged"
