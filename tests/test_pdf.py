"""PDF: paragraphs whole, tables with their cells, furniture named; what has no text is refused."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.arcfour import Arcfour

from govtext.core import rules
from govtext.core.model import UnreadableReport
from govtext.read import pdf, read_bytes
from govtext.read.pdf import file as pdf_file
from tests.cases import examples

FONTS = Path(find_spec("zhplot").origin).parent / "fonts"
PROSE = (
    "本单位认真贯彻《中华人民共和国政府信息公开条例》，通过网站主动公开政府信息1256条，其中机构职能类信息83条，占总数的6.6%；受理申请42件，均按时答复，没有因信息公开引起的行政复议和行政诉讼。",
    "全年召开新闻发布会5场，发布政策解读材料36篇，群众关心的热点都得到回应。下一步将健全制度，加强培训，使公开更加及时、准确，让群众看得懂、找得到、用得上。",
    "电话0591-23456789，邮箱gongkai@example.gov.cn，网址为http://www.example.gov.cn/zwgk/index.html，欢迎查阅并提出意见和建议。",
)
HEAD = "某县2022年政府信息公开年报"


def made(body, *, page='paper: "a4", margin: 2.6cm', head="", foot="", size=14, text="", par=""):
    """PDF of a body in typst."""
    source = f"""
#set page({page}, header: align(center, text(9pt)[{head}]), footer: context align(center, text(9pt)[{foot}]))
#set text(font: "Noto Sans SC", size: {size}pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.9em)
#show table: set par(first-line-indent: 0pt, justify: false, leading: 0.5em)
#show table: set text(size: 9pt)
#set table(stroke: 0.5pt, inset: 4pt)
{text}
{body}"""
    return _compiler().compile(input=source.encode(), format="pdf")


@cache
def _compiler():
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def said(text):
    return f"#text({json.dumps(text, ensure_ascii=False)})"


def chapter(count):
    """Paragraphs of which no two lines are alike."""
    words = ("".join(PROSE[:2]) * 3)[: 3 * 160]
    return [f"第{at}段" + words[7 * at :] + words[: 7 * at] for at in range(count)]


def prose(*paragraphs):
    return "\n\n".join(map(said, paragraphs))


def table(rows, columns, head=0):
    """Table in typst; a cell is a text, or a text with rows and columns."""
    lines = ["".join(_cell(cell) for cell in row) for row in rows]
    top = f"table.header({''.join(lines[:head])})," if head else ""
    return f"#table(columns: {columns}, {top}{''.join(lines[head:])})"


def _cell(cell):
    text, down, right = cell if isinstance(cell, tuple) else (cell, 1, 1)
    return f"table.cell(rowspan: {down}, colspan: {right}, {said(text)[1:]}),"


def body(page):
    """Lines of a page that are neither furniture nor rows of tables."""
    taken = [(each.raw_start, each.raw_end) for each in page.furniture]
    taken += [(each.start, each.end) for each in page.tables]
    found, at = [], 0
    for line in page.text.split("\n")[:-1]:
        if not any(start <= at <= end for start, end in taken):
            found.append(line)
        at += len(line) + 1
    return found


def furniture(page, rule):
    return [each.text for each in page.furniture if each.rule == rule]


def cells(page, number=0):
    """Row, column, rows, columns and text of every cell of a table."""
    return {
        (each.row, each.column, each.rows, each.columns, page.text[each.start : each.end])
        for each in page.tables[number].cells
    }


def texts(page, number=0):
    return [page.text[each.start : each.end] for each in page.tables[number].cells]


# --- paragraphs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("justify", ["true", "false"])
@pytest.mark.parametrize("size", [10.5, 14, 16, 22])
def test_a_paragraph_is_one_line(size, justify):
    page = pdf.read(made(prose(*PROSE), size=size, text=f"#set par(justify: {justify})"))
    assert body(page) == list(PROSE)


def test_paragraphs_run_over_page_breaks():
    paragraphs = chapter(8)
    page = pdf.read(made(prose(*paragraphs), size=16))
    assert body(page) == paragraphs
    assert len(page.page_starts) > 2


def test_a_page_starts_at_the_first_line_that_begins_on_it():
    page = pdf.read(made(prose("甲") + "#pagebreak()\n" + prose("乙")))
    assert page.text == "甲\n乙\n"
    assert page.page_starts == (0, 2)


def test_paragraphs_without_indentation_stand_apart():
    page = pdf.read(
        made(prose(*PROSE, *PROSE), text="#set par(first-line-indent: 0pt, spacing: 1.8em)")
    )
    assert body(page) == [*PROSE, *PROSE]


def test_headings_stand_alone():
    lines = ["一、总体情况", "（一）主动公开", PROSE[0], "二、存在的问题", PROSE[1]]
    title = f"#align(center, text(20pt)[#par(first-line-indent: 0pt)[{HEAD}]])\n\n"
    page = pdf.read(made(title + prose(*lines)))
    assert body(page) == [HEAD, *lines]


def test_rows_of_a_table_without_lines_stay_apart():
    rows = [("行政许可", "447"), ("行政处罚", "39"), ("行政强制", "8")]
    grid = f"#table(stroke: none, columns: (1fr, 1fr), {''.join(map(_cell, sum(rows, ())))})"
    page = pdf.read(made(grid + prose(PROSE[0])))
    assert body(page) == ["行政许可 447", "行政处罚 39", "行政强制 8", PROSE[0]]


# --- furniture ----------------------------------------------------------------------------------

NUMBER = "#counter(page).display()"
TOTAL = "#counter(page).final().first()"


@pytest.mark.parametrize(
    ("foot", "third"),
    [
        (f"— {NUMBER} —", "— 3 —"),
        (f"\\- {NUMBER} -", "- 3 -"),
        (f"\\-{NUMBER}-", "-3-"),
        (NUMBER, "3"),
        (f"第{NUMBER}页 共{TOTAL}页", "第3页 共6页"),
        (f"{NUMBER}/{TOTAL}", "3/6"),
        (f"· {NUMBER} ·", "· 3 ·"),
    ],
)
def test_running_heads_and_page_numbers_are_furniture(foot, third):
    paragraphs = chapter(10)
    page = pdf.read(made(prose(*paragraphs), size=16, head=HEAD, foot=foot))
    count = len(page.page_starts)
    assert body(page) == paragraphs
    assert furniture(page, "running_head") == [HEAD] * count
    assert furniture(page, "page_number")[2] == third.replace("6", str(count))
    assert len(furniture(page, "page_number")) == count


def test_heads_that_take_turns_are_furniture():
    head = "#context if calc.odd(counter(page).get().first()) [政府信息公开] else [某县年度报告]"
    paragraphs = chapter(10)
    page = pdf.read(made(prose(*paragraphs), size=16, head=head))
    assert body(page) == paragraphs
    assert set(furniture(page, "running_head")) == {"政府信息公开", "某县年度报告"}


def test_the_number_of_a_single_page_is_furniture():
    page = pdf.read(made(prose(*PROSE), foot=f"— {NUMBER} —"))
    assert (body(page), furniture(page, "page_number")) == (list(PROSE), ["— 1 —"])


def test_another_number_alone_at_the_foot_is_none():
    page = pdf.read(made(prose(*PROSE), foot="356"))
    assert body(page) == [*PROSE, "356"]


def test_letters_across_the_page_are_kept_apart():
    mark = "place(center + horizon, rotate(45deg, text(30pt)[内部资料]))"
    page = pdf.read(made(prose(*PROSE), page=f'paper: "a4", background: {mark}'))
    assert (body(page), furniture(page, "across_page")) == (list(PROSE), ["内部资料"])


# --- tables -------------------------------------------------------------------------------------

OUTCOMES = [
    [("行政复议", 1, 3), ("行政诉讼", 1, 2)],
    [("结果维持", 2, 1), ("结果纠正", 2, 1), ("总计", 2, 1), ("未经复议直接起诉", 1, 2)],
    ["结果维持", "总计"],
    ["12", "3", "15", "0", ""],
]
PLACED = {
    (0, 0, 1, 3, "行政复议"), (0, 3, 1, 2, "行政诉讼"), (1, 0, 2, 1, "结果维持"),
    (1, 1, 2, 1, "结果纠正"), (1, 2, 2, 1, "总计"), (1, 3, 1, 2, "未经复议直接起诉"),
    (2, 3, 1, 1, "结果维持"), (2, 4, 1, 1, "总计"), (3, 0, 1, 1, "12"), (3, 1, 1, 1, "3"),
    (3, 2, 1, 1, "15"), (3, 3, 1, 1, "0"), (3, 4, 1, 1, ""),
}  # fmt: skip


@pytest.mark.parametrize(
    "style",
    [
        "stroke: 0.5pt",
        "stroke: 2.5pt",
        "stroke: 0.2pt + gray",
        'stroke: (dash: "dotted", thickness: 1pt)',
        'stroke: (dash: "dashed", thickness: 0.5pt)',
        "stroke: (x, y) => (left: if x > 0 { 0.5pt }, top: 0.5pt, bottom: 0.5pt)",
        "align: center + horizon",
        "align: right + bottom",
        "inset: 1pt",
        "inset: (x: 5.4pt, y: 9pt)",
    ],
)
@pytest.mark.parametrize("columns", ["5", "(22pt, 22pt, 30pt, 40pt, 1fr)"])
def test_merged_cells_and_wrapped_heads(style, columns):
    data = made(
        prose(PROSE[0]) + table(OUTCOMES, columns) + prose(PROSE[1]), text=f"#set table({style})"
    )
    page = pdf.read(data)
    assert cells(page) == PLACED
    assert body(page) == [PROSE[0], PROSE[1]]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_page_is_read_level(degrees):
    document = pypdfium2.PdfDocument(made(prose(PROSE[0]) + table(OUTCOMES, 5)))
    document[0].set_rotation(degrees)
    stream = io.BytesIO()
    document.save(stream)
    page = pdf.read(stream.getvalue())
    assert (cells(page), body(page)) == (PLACED, [PROSE[0]])


def test_a_cell_written_on_its_side():
    grid = "#table(columns: 2, rotate(-90deg, reflow: true)[办理结果], [予以公开], [总计], [12])"
    assert texts(pdf.read(made(grid + prose(PROSE[0])))) == ["办理结果", "予以公开", "总计", "12"]


def test_a_number_that_a_narrow_cell_breaks_is_one_and_two_numbers_are_two():
    grid = "#table(columns: (31pt, 80pt), [2425\\ 2.31], [12\\ 13], [收费], [件数（甲\\ 乙）])"
    assert texts(pdf.read(made(grid))) == ["24252.31", "12 13", "收费", "件数（甲乙）"]


def test_a_number_wider_than_its_cell_is_not_torn():
    grid = "#table(columns: (40pt, 20pt, 40pt), [金额], [], [件数], [96171.62], [], [3])"
    assert texts(pdf.read(made(grid))) == ["金额", "", "件数", "96171.62", "", "3"]


def test_a_frame_around_text_is_no_table():
    framed = f"#block(stroke: 1pt, inset: 10pt, width: 100%)[{prose(*PROSE)}]"
    page = pdf.read(made(framed + prose(PROSE[0])))
    assert (page.tables, body(page)) == ((), [*PROSE, PROSE[0]])


def test_a_table_in_a_frame_is_the_table():
    framed = f"#block(stroke: 1pt, inset: 10pt, width: 100%)[{prose(PROSE[0])}{table(OUTCOMES, 5)}]"
    page = pdf.read(made(framed))
    assert (cells(page), body(page)) == (PLACED, [PROSE[0]])


def test_prose_in_the_cells_of_a_layout_is_prose():
    long = "".join(PROSE[:2]) * 2
    grid = f"#table(columns: (90pt, 1fr), [总体情况], [#set text(12pt)\n{prose(long, long)}])"
    page = pdf.read(made(grid + table(OUTCOMES, 5)))
    assert body(page) == ["总体情况", long, long]
    assert cells(page) == PLACED


# --- tables over page breaks ----------------------------------------------------------------------

LABELS = (
    "予以公开",
    "部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.要求行政机关确认或重新出具已获取信息",
)
GROUPS = ("（三）不予公开", "（四）无法提供", "（五）不予处理")
HEADS = [[("项目", 2, 2), ("申请人", 1, 2)], ["自然人", "总计"]]


def results(blank=False):
    """Rows in groups, with a label that reaches down and numbers that tell the rows apart."""
    rows = []
    for place, group in enumerate(GROUPS):
        for index, label in enumerate(LABELS):
            numbers = ("", "") if blank else (str(100 * place + index), f"{index},{place}00")
            rows.append([*([(group, len(LABELS), 1)] * (not index)), label, *numbers])
    return rows


def placed(rows):
    taken, found = set(), set()
    for row, line in enumerate(rows):
        column = 0
        for cell in line:
            text, down, right = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (row, column) in taken:
                column += 1
            found.add((row, column, down, right, text))
            taken |= {(row + a, column + b) for a in range(down) for b in range(right)}
            column += right
    return found


@pytest.mark.parametrize("repeat", [0, 2])
@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("space", [500, 540, 560, 580, 600, 620])
def test_a_table_over_a_page_break_is_one(space, blank, repeat):
    rows = HEADS + results(blank)
    grid = table(rows, "(50pt, 90pt, 60pt, 60pt)", head=repeat)
    page = pdf.read(made(f"#v({space}pt)\n{grid}\n{prose(PROSE[0])}", foot=f"— {NUMBER} —"))
    assert len(page.tables) == 1
    assert cells(page) == placed(rows)
    assert body(page) == [PROSE[0]]
    heads = len(page.page_starts) - page.tables[0].cells[0].page
    expected = ["项目 申请人", "自然人 总计"] * heads if repeat else []
    assert furniture(page, "repeated_head") == expected


def test_the_cells_of_a_table_know_their_page():
    page = pdf.read(made("#v(500pt)\n" + table(HEADS + results(), "(50pt, 90pt, 60pt, 60pt)")))
    assert {each.page for each in page.tables[0].cells} == {1, 2}
    assert page.tables[0].cells[0].page == 1


def test_binding_margins_on_either_side_do_not_part_a_table():
    rows = HEADS + results()
    sides = 'paper: "a4", margin: (inside: 4cm, outside: 2cm, y: 2.6cm)'
    page = pdf.read(made("#v(500pt)\n" + table(rows, "(50pt, 90pt, 60pt, 60pt)"), page=sides))
    assert cells(page) == placed(rows)


def test_a_full_row_alone_at_the_foot_is_part_of_the_table_overleaf():
    rows = [[("第二十条第（一）项", 1, 2)], ["规章", "3"], ["规范性文件", "4"]]
    page = pdf.read(made("#v(665pt)\n" + table(rows, "(1fr, 1fr)")))
    assert {each.page for each in page.tables[0].cells} == {1, 2}
    assert cells(page) == placed(rows)


def test_text_between_parts_two_tables():
    page = pdf.read(made(table([["甲", "1"]], 2) + prose("四、复议情况") + table([["甲", "1"]], 2)))
    assert [texts(page, number) for number in (0, 1)] == [["甲", "1"], ["甲", "1"]]
    assert body(page) == ["四、复议情况"]


# --- characters ---------------------------------------------------------------------------------


def raw(*pages, font="", count=None, filters="", lock=None):
    """PDF by hand: the content of each page, with a font F and one N that names no characters."""
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages) if count is None else count}/Kids[{kids}]>>",
        font or CHINESE,
        NAMELESS,
    ]
    objects = [each.encode() for each in objects]
    key, entry = _lock(lock) if lock is not None else (b"", "")
    for index, shown in enumerate(pages):
        number = 6 + 2 * index
        content = shown if isinstance(shown, bytes) else shown.encode()
        if key:
            own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            content = Arcfour(own).process(content)
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number} 0 R"
            "/Resources<</Font<</F 3 0 R/N 4 0 R>>>>>>".encode(),
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
        ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    index = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R{entry}>>\nstartxref\n{len(data)}\n%%EOF"
    )
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{index}{trailer}".encode()


def _lock(password):
    """Key and trailer entries of the first revision of encryption in ISO 32000."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded = (password.encode() + pad)[:32]
    owner = Arcfour(hashlib.md5(padded).digest()[:5]).process(padded)
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + rights + b"0123456789abcdef").digest()[:5]
    user = Arcfour(key).process(pad)
    entry = (
        f"/ID[<{b'0123456789abcdef'.hex()}><{b'0123456789abcdef'.hex()}>]"
        f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>"
    )
    return key, entry


_DESCENDANT = "<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering({})/Supplement 0>>/DW 1000/W[1 95 500 814 907 500]>>"
CHINESE = f"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/UniGB-UCS2-H/DescendantFonts[{_DESCENDANT.format('GB1')}]>>"
LATIN = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
NAMELESS = f"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[{_DESCENDANT.format('Identity')}]>>"


def show(text, x, y, size=12, font="F"):
    return f"BT /{font} {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET "


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("⼀⽅⾏政", "一方行政"),
        ("⻓⻔⺠⻚", "长门民页"),
        ("⼾籍", "户籍"),
        ("②Ⅲ㎡１２％", "②Ⅲ㎡１２％"),
        ("满意率98%，共3,119件。", "满意率98%，共3,119件。"),
    ],
)
def test_radicals_are_characters_and_nothing_else_changes(printed, read):
    page = pdf.read(made(prose(printed)))
    assert page.text.strip() == read


def test_every_rule_on_a_glyph_is_needed():
    for row in rules.load("glyphs"):
        assert len(row["glyph"]) == 1
        assert unicodedata.normalize("NFKC", row["glyph"]) != row["text"] or row["glyph"] < "⼀"


def test_letters_printed_twice_to_look_bold_are_read_once():
    page = pdf.read(raw(show("一一、总体11件", 100, 700) + show("一一、总体11件", 100.4, 700)))
    assert page.text == "一一、总体11件\n"


def test_a_space_of_the_file_stays_and_a_gap_of_justified_text_is_none():
    line = show("公开 3119 件", 100, 700) + show("信", 190, 700) + show("息", 215, 700)
    assert pdf.read(raw(line)).text == "公开 3119 件信息\n"


def test_letters_outside_the_page_are_not_read():
    assert pdf.read(raw(show("公开信息", 100, 700) + show("附注", 700, 700))).text == "公开信息\n"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["共收到申请12", "34件"], "共收到申请1234件"),
        (["the office of", "open data"], "the office of open data"),
        (["见http://www.example.gov.cn/", "index.html"], "见http://www.example.gov.cn/index.html"),
        (["答复率为", "98%"], "答复率为98%"),
        (["使用OA", "系统"], "使用OA系统"),
    ],
)
def test_how_lines_of_a_paragraph_are_joined(lines, joined):
    """The first line ends where the lines of the page do."""
    full = "公开信息" * 10
    content = "".join(show(full, 60, 800 - 20 * count) for count in range(8))
    right = 60 + 480
    above, below = lines
    width = sum(6 if mark.isascii() else 12 for mark in above)
    content += show(above, right - width, 640) + show(below, 60, 620)
    assert pdf.read(raw(content)).text.endswith(f"{joined}\n")


# --- what is refused ----------------------------------------------------------------------------


def causes():
    return {row["cause"] for row in rules.load("causes")}


def refused(data):
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data)
    assert caught.value.cause in causes()
    assert caught.value.message.endswith(".")
    return caught.value


@cache
def report():
    return made(prose(*PROSE) + table(OUTCOMES, 5), foot=f"— {NUMBER} —")


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999])
def test_a_file_cut_short_is_damaged(share):
    assert refused(report()[: int(share * len(report()))]).cause == "damaged"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj", b"%PDF-1.4\n" + b"[" * 50_000])
def test_no_file_at_all_is_damaged(data):
    assert refused(data).cause == "damaged"


def test_a_page_that_is_missing_is_not_passed_over():
    assert refused(raw(show("公开信息", 100, 700), count=3)).cause == "damaged"


def test_a_broken_stream_is_not_passed_over():
    packed = bytearray(zlib.compress(show("公开信息" * 50, 100, 700).encode() * 20))
    assert pdf.read(raw(bytes(packed), filters="/Filter/FlateDecode")).text
    packed[20] ^= 0xFF
    assert refused(raw(bytes(packed), filters="/Filter/FlateDecode")).cause == "damaged"


def test_a_wrong_check_sum_is_no_damage():
    packed = bytearray(zlib.compress(show("公开信息", 100, 700).encode()))
    packed[-1] ^= 0xFF
    assert pdf.read(raw(bytes(packed), filters="/Filter/FlateDecode")).text == "公开信息\n"


def test_a_lock_without_a_password_is_opened():
    data = raw("BT /F 12 Tf 100 700 Td (356 items) Tj ET", font=LATIN, lock="")
    assert pdf.read(data).text == "356 items\n"


def test_a_password_is_named():
    error = refused(raw(show("公开信息", 100, 700), lock="secret"))
    assert error.cause == "encrypted"
    assert "password" in error.message


PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x41 EI Q "


def test_pictures_of_text_are_named():
    error = refused(raw(PICTURE, PICTURE + show("第2页", 280, 30), PICTURE))
    assert error.cause == "scanned"
    assert "3 of 3 pages" in error.message


def test_text_behind_a_picture_is_read():
    assert pdf.read(raw(PICTURE + show("公开信息" * 8, 60, 700))).text == "公开信息" * 8 + "\n"


def test_a_few_pictures_among_pages_of_text_are_no_scan():
    text = show("公开信息" * 8, 60, 700)
    assert "公开" in pdf.read(raw(text, text, PICTURE)).text


def test_empty_pages_are_named():
    assert refused(raw("", "")).cause == "empty"


def test_letters_without_characters_are_named():
    error = refused(raw(show("公开信息", 100, 700, font="N")))
    assert error.cause == "unreadable_text_layer"
    assert "4 of 4" in error.message


def test_one_letter_without_a_character_is_counted():
    page = pdf.read(raw(show("公开信息" * 8, 60, 700) + show("条", 444, 700, font="N")))
    assert (page.repairs, page.text.count("\ufffd")) == (1, 1)


def test_more_pages_than_a_report_has_are_refused():
    assert refused(raw(show("甲", 100, 700), count=5_000)).cause == "too_large"


def test_a_stream_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_file, "_MOST_UNPACKED", 3_000_000)
    packed = zlib.compress(b" " * 4_000_000)
    assert refused(raw(packed, filters="/Filter/FlateDecode")).cause == "too_large"


def test_a_drawing_of_many_lines_is_no_table():
    lines = "".join(f"{x} 0 m {x} 842 l S " for x in range(10, 590, 7))
    lines += "".join(f"0 {y} m 595 {y} l S " for y in range(10, 840, 3))
    page = pdf.read(raw(lines + show("公开信息", 100, 700)))
    assert "".join(page.text.split()) == "公开信息"


@settings(max_examples=examples(60, 20))
@given(data=st.data())
def test_any_damage_is_a_page_or_a_named_refusal(data):
    """A changed byte may change a letter; it never breaks the reader off."""
    places = data.draw(st.lists(st.integers(0, len(report()) - 1), min_size=1, max_size=20))
    damaged = bytearray(report())
    for place in places:
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        outcome = pdf.read(bytes(damaged)).text
    except UnreadableReport as error:
        outcome = error.cause if error.cause in causes() else ""
    assert outcome


def test_the_page_says_what_it_was():
    page = pdf.read(report())
    assert (page.format, page.sha256) == ("pdf", hashlib.sha256(report()).hexdigest())
    assert page.raw_span(0, 5) is None
