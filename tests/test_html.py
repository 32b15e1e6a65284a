"""Web pages: the report and its tables come out whole, and all else on the page is furniture."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501

from __future__ import annotations

import base64
import html
import json
import quopri
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Page, UnreadableReport
from govtext.extract.clean import clean
from govtext.read import read_bytes
from govtext.read.flow import Flow
from govtext.read.html import from_markup, names
from govtext.read.html.markup import elements, parse
from tests.cases import every
from tests.test_read import RAW
from tools import pages

TITLE = "某县水务局2013年政府信息公开工作年度报告"
BODY = (
    "一、概述",
    "2013年，我局认真贯彻《政府信息公开条例》，主动公开政府信息12条，未收到依申请公开。",
    "二、存在的问题",
    "公开不够及时，内容不够全面。下一步，我局将健全制度，加强培训。",
    "某县水务局",
    "2014年3月20日",
)
TABLE = (
    "<table border=1><tr><td rowspan=2>项目<td colspan=2>数量<td rowspan=2>自<br>然<br>人"
    "<tr><td>本年<td>上年<tr><td>规章<td>0<td>3<td>1<tr><td>规范性文件<td>12<td>5<td>2</table>"
)
CELLS = [
    (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "数量"), (0, 3, 2, 1, "自然人"), (1, 1, 1, 1, "本年"), (1, 2, 1, 1, "上年"),
    (2, 0, 1, 1, "规章"), (2, 1, 1, 1, "0"), (2, 2, 1, 1, "3"), (2, 3, 1, 1, "1"),
    (3, 0, 1, 1, "规范性文件"), (3, 1, 1, 1, "12"), (3, 2, 1, 1, "5"), (3, 3, 1, 1, "2"),
]  # fmt: skip
MENU = "".join(
    f"<li><a href=/{name}>{name}</a></li>" for name in ("首页", "政务公开", "办事服务", "互动交流")
)
FOOT = "主办：某县人民政府办公室<br>地址：某县人民路1号，邮编：000000<br>某ICP备05000001号"
NEWS = "".join(f"<li><a href={n}.htm>{text}</a><span>2014-03-1{n}</span></li>" for n, text in enumerate(
    ("某县召开政务公开会议，部署工作", "某县多措并举，推进阳光政务", "一图读懂，某县年度报告")))  # fmt: skip


def bare(text: str) -> str:
    return "".join(text.split())


def read(markup: str, encoding: str = "utf-8") -> Page:
    return read_bytes(markup.encode(encoding))


def fragment(markup: str) -> Page:
    flow = Flow()
    from_markup(markup, flow)
    return flow.page("html", "utf-8", b"")


def lines(markup: str) -> list[str]:
    return fragment(markup).text.splitlines()


def cells(page: Page, number: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [
        (each.row, each.column, each.rows, each.columns, page.text[each.start : each.end])
        for each in page.tables[number].cells
    ]


def paragraphs(lines=BODY) -> str:
    return "".join(f"<p>　　{line}</p>\n" for line in lines)


def page_of(middle: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_某县政府网</title>{head}</head><body>'
        f'<div class="header"><ul class="nav">{MENU}</ul></div>{middle}<div class="footer">{FOOT}</div></body></html>'
    )


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p><span>1</span><span>2</span>件</p>", ["12件"]),
        ("<p>公开\n      信息</p>", ["公开信息"]),
        ("<p>public\n information 3 items</p>", ["public information 3 items"]),
        ("<p>共12\n34件</p>", ["共12 34件"]),
        ("<p>甲<br>乙<br/>丙</p>丁", ["甲", "乙", "丙", "丁"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>公&shy;开&#8203;信&#xFEFF;息</p>", ["公开信息"]),
        ("<p>&nbsp;&nbsp;&nbsp;公开&amp;&lt;3&gt;&hellip;</p>", ["公开&<3>…"]),
        ("<p><!--[if !supportLists]-->1<!--[endif]-->、<o:p></o:p>公开</p>", ["1、公开"]),
        (
            "<p>公<script>x()</script>开<style>p{}</style><!-- c --><svg><text>t</text></svg></p>",
            ["公开"],
        ),
        (
            "<p>公开<span style='DISPLAY: none'>甲</span><i hidden>乙</i><b aria-hidden=true>丙</b></p>",
            ["公开"],
        ),
        ("<pre>一\n二\r\n三</pre>", ["一", "二", "三"]),
        ("<div style='white-space:pre-wrap'>一\n二</div>", ["一", "二"]),
        ("<ul><li>甲<li>乙</ul><dl><dt>丙<dd>丁</dl>", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<p>乙<b>丙<p>丁", ["甲", "乙丙", "丁"]),
        ("<p>公<a name=x>开</a><sup>2</sup>", ["公开2"]),
    ],
)
def test_text_of_markup(markup, expected):
    assert lines(markup) == expected


@given(
    st.lists(
        st.tuples(
            st.text("公开年报0123456789，。abc", min_size=1, max_size=8),
            st.sampled_from(["span", "b", "font", "o:p", "em", "u", ""]),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=100)
def test_inline_tags_leave_no_trace(runs):
    markup = "".join(f"<{tag} lang=x>{text}</{tag}>" if tag else text for text, tag in runs)
    assert lines(f"<p>{markup}</p>") == ["".join(text for text, _ in runs)]


# --- tables ---------------------------------------------------------------------------------------


def test_a_table_keeps_its_grid():
    page = fragment(f"<p>前</p>{TABLE}<p>后</p>")
    assert cells(page) == CELLS
    assert page.text.splitlines()[:2] == ["前", "项目\t数量\t自然人"]
    assert page.text.splitlines()[-1] == "后"


@st.composite
def grids(draw):
    """Rows of spans that fill a grid, with the place and reach of every cell."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    rows: list[list[tuple[int, int, int, int]]] = []
    for row in range(height):
        rows.append([])
        for column in range(width):
            if (row, column) in taken:
                continue
            free = next((c for c in range(column, width) if (row, c) in taken), width)
            tall = draw(st.integers(1, height - row))
            wide = draw(st.integers(1, free - column))
            taken |= {(row + i, column + j) for i in range(tall) for j in range(wide)}
            rows[-1].append((row, column, tall, wide))
    return rows


@given(grids())
@settings(max_examples=100)
def test_spans_are_read_as_they_were_written(rows):
    placed = [cell for row in rows for cell in row]
    columns = {cell[1] for cell in placed}
    filled = {cell[0] for cell in placed}
    markup = "".join(
        "<tr>"
        + "".join(f"<td rowspan={h} colspan={w}>{r}.{c}</td>" for r, c, h, w in row)
        + "</tr>"
        for row in rows
    )
    page = fragment(f"<table>{markup}</table>")
    if len(placed) < 3 or len(columns) < 2 or len(filled) < 2:
        assert page.text.split() == [f"{r}.{c}" for r, c, _, _ in placed]
        return
    found = cells(page)
    assert [cell[:2] for cell in found] == [cell[:2] for cell in placed]
    assert [cell[4] for cell in found] == [f"{r}.{c}" for r, c, _, _ in placed]
    lone = {row[0][0] for row in rows if len(row) == 1}
    assert all(a[2:4] == b[2:] for a, b in zip(found, placed, strict=True) if a[0] not in lone)


def test_head_and_foot_of_a_table_go_to_its_ends():
    page = fragment(
        "<table><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>甲<td>1<tr><td>乙<td>2</tbody>"
        "<thead><tr><th>项目<th>数量</thead><caption>附表</caption></table>"
    )
    assert page.text.splitlines() == ["附表", "项目\t数量", "甲\t1", "乙\t2", "合计\t3"]


def test_rowspan_ends_with_its_group_and_zero_reaches_there():
    page = fragment(
        "<table><thead><tr><th rowspan=9>甲<th>乙</thead><tr><td rowspan=0>1<td>2<tr><td>3</table>"
    )
    assert [cell[:4] for cell in cells(page)] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]  # fmt: skip


def test_a_cell_alone_in_its_row_is_no_wider_than_the_others():
    page = fragment("<table><tr><td colspan=99>统计表<tr><td>甲<td>1<tr><td>乙<td>2</table>")
    assert cells(page)[0] == (0, 0, 1, 2, "统计表")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("法律<br>服务<br>机构", "法律服务机构"),
        ("<p>数量</p><p>（件）</p>", "数量（件）"),
        ("1<br>2", "1 2"),
        ("\n   12\n  ", "12"),
        ("<p>&nbsp;</p>", ""),
        ("<p>甲。</p><p>乙</p>", "甲。 乙"),
        ("<input type=text value=12>", "12"),
        ("<select><option>请选择</select>5", "5"),
    ],
)
def test_text_of_a_cell(cell, text):
    page = read(
        page_of(
            f"<div id=zoom>{paragraphs()}<table><tr><td>项目<td>数量<tr><td>{cell}<td>2</table></div>"
        )
    )
    assert cells(page)[2][4] == text


def test_a_table_of_data_in_a_cell_of_data_is_one_of_its_own():
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    rows = "".join(f"<tr><td>项目名称第{n}<td>{n}" for n in range(9))
    page = fragment(f"<table>{rows}<tr><td>其中{inner}<td>9</table>")
    assert len(page.tables) == 2
    assert cells(page)[-2][4] == "其中"
    assert [cell[4] for cell in cells(page, 1)] == ["甲", "1", "乙", "2"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<table><tr><td>导航<td>{paragraphs()}</table>",
        f"<table><tr><td><table><tr><td>{paragraphs()}</table></table>",
        "".join(f"<table><tr><td>{line}</td></tr></table>" for line in BODY),
        f"<table><tr><td colspan=2>{TITLE}<tr><td>甲<td>乙<tr><td colspan=2>{paragraphs()}</table>",
    ],
)
def test_a_table_that_lays_a_page_out_is_lines(markup):
    page = fragment(markup)
    assert not page.tables
    assert bare("".join(BODY)) in bare(page.text)


# --- encodings ------------------------------------------------------------------------------------


@every("declared", ["utf-8", "gb2312", "GBK", "gb18030", "big5", "iso-8859-1", "utf-16", "x"])
@every("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_declared_charset_is_no_better_than_its_bytes(declared, encoding):
    markup = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body>'
    page = read(markup + paragraphs() * 3, encoding)
    assert page.text.splitlines() == [*BODY] * 3
    assert page.encoding == {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    assert page.repairs == 0


def test_the_declared_charset_settles_what_few_bytes_leave_open():
    assert read('<meta charset="gbk"><p>联通</p>', "gbk").text == "联通\n"


def test_traditional_characters():
    text = "本局二零一二年度政府資訊公開工作年度報告。本局依照規定主動公開資訊。"
    assert read(f'<meta charset="big5"><p>{text}</p>', "big5").text == f"{text}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_bad_byte_is_counted(encoding):
    data = page_of(f"<div>{paragraphs()}</div>").replace("utf-8", encoding).encode(encoding)
    middle = data.index("贯彻".encode(encoding))
    page = read_bytes(data[:middle] + b"\xff" + data[middle:])
    assert page.encoding == encoding
    assert 1 <= page.repairs <= 3


def test_nul_bytes_are_no_characters():
    assert read("<p>公\0开信息\0\0" + "\0" * 99 + "</p>").text == "公开信息\n"


# --- what is a page -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        "<!DOCTYPE html><html><body>{}</body></html>", "\ufeff<html><body>{}", "\n\n <HTML>\n<BODY>{}",
        "<div class='x'>{}</div>", "<p>{}</p>", "<!-- saved from url --><html>{}", "<meta charset='utf-8'>{}",
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><body><script src='a'/><p>{}</p></body></html>",
        "HTTP/1.1 200 OK\nServer: x\n\n<html><body><p>{}</p></body></html>", "{}<br><p><font>甲</font></p>",
        "<title>某页<p>{}</p>", "<html><!-- {}", "<html><plaintext>{}",
    ],
)  # fmt: skip
def test_pages_are_known_by_their_content(markup):
    page = read(markup.format("公开信息。"))
    assert page.format == "html"
    assert "公开信息。" in page.text.split() or "公开信息。" in page.text


@pytest.mark.parametrize(
    "text",
    ["公开信息3条。\n<3> 2013年", "# 年报\n<p>甲</p>\n<p>乙</p>\n", "2013年公开<a>条。\n" * 9],
)
def test_text_with_a_few_tags_stays_text(text):
    assert read(text).format in ("txt", "md")


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_with_its_parts(transfer):
    content = page_of(f"<div id=zoom><h1>{TITLE}</h1>{paragraphs()}</div>").encode()
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[
        transfer
    ](content)
    data = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--b"\r\n\r\n'
        b"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: " + transfer.encode() + b"\r\n\r\n" + coded +
        b"\r\n----b\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\n----b--\r\n"
    )  # fmt: skip
    assert clean(read_bytes(data)).text.splitlines() == [TITLE, *BODY]


@pytest.mark.parametrize(
    ("markup", "cause", "words"),
    [
        (
            "<frameset cols='20%,*'><frame src=menu.htm><frame src=nr.htm></frameset>",
            "no_body",
            "nr.htm",
        ),
        (f"<html><body><ul>{MENU}</ul><iframe src=nr.htm></iframe>", "no_body", "nr.htm"),
        (page_of(""), "no_body", "no report"),
        ("<html><body></body></html>", "empty", "no text"),
        ("<?xml version='1.0'?><w:document>公开</w:document>", "unsupported_format", "XML"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related", "no_body", "MHTML"),
        ("<html>" + "<" * 1_600_000, "too_large", "tags"),
    ],
)
def test_a_page_without_a_report_is_refused_by_name(markup, cause, words):
    with pytest.raises(UnreadableReport, match=re.escape(words)) as refused:
        read(markup)
    assert refused.value.cause == cause


# --- the report and what is around it -------------------------------------------------------------


def hanweb() -> str:
    return (
        f'<div id="barrierfree_container"><table width=1000><tr><td><ul>{MENU}</ul></td></tr></table>'
        "<table><tr><td>当前位置：<a href=/>首页</a> &gt; <a href=/b>年报</a></td></tr></table>"
        f'<table id="article"><tr><td class="title">{TITLE}</td></tr><tr><td><table><tr><td>发布日期：2014-03-20</td>'
        "<td>浏览次数：<script>n()</script></td><td>字体：[ <a>大</a> <a>中</a> <a>小</a> ]</td></tr></table></td></tr>"
        f'<tr><td><div id="zoom"><!--begin-->{paragraphs()}<!--end--></div></td></tr><tr><td><a href="javascript:p()">'
        "打印本页</a> <a href='javascript:c()'>关闭窗口</a></td></tr></table></div>"
    )


def visual_site() -> str:
    return (
        f'<div class="ny_left"><h2>信息公开</h2><ul>{NEWS}</ul></div><form name="_newscontent"><h1>{TITLE}</h1>'
        f'<p>作者： 发布时间：2014-03-20 点击数：<span id=n></span></p><div class="v_news_content">{paragraphs()}</div>'
        "<p>上一条：<a href=1>某局关于印发制度的通知</a></p><p>下一条：<a href=2>某局2012年年报</a></p></form>"
    )


def old_tables() -> str:
    text = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in BODY)
    return (
        "<TABLE width=776><TR><TD><MARQUEE>欢迎光临某县政府网站，今天是星期一。</MARQUEE><TR><TD><TABLE><TR>"
        "<TD width=180>站内搜索<FORM><INPUT value='请输入关键字'><INPUT type=submit value=搜索></FORM>热点文章<BR>"
        f"·<A href=1>县政府召开会议，研究工作</A><TD><TABLE><TR><TD><B>{TITLE}</B><TR><TD>作者：佚名　更新时间：2014-3-20"
        f"<TR><TD><FONT size=3>{text}</FONT><TR><TD align=right>【<A>打印此文</A>】【<A>关闭窗口</A>】</TABLE></TABLE></TABLE>"
    )


def nameless() -> str:
    rows = "".join(f"<div>{line}</div>" for line in BODY)
    return f"<div><div><div>{TITLE}</div><div>发布时间：2014-03-20 来源：县政府办</div><div>{rows}</div></div></div>"


def badly_named() -> str:
    return (
        f'<div class="nav"><div class="footer" id="sidebar"><ul class="menu">{MENU}</ul>'
        f'<div class="header"><h1>{TITLE}</h1><div class="breadcrumb">{paragraphs()}</div></div></div></div>'
    )


def unified_platform() -> str:
    return (
        '<div class="header-content"><div class="path">您的位置：<a href=/>首页</a>&gt;<a>年报</a></div>'
        '<div class="xxgk-headInfo"><ul><li><b>索 引 号：</b>000014349/2014-00001</li><li><b>发布机构：</b>县政府办</li></ul></div>'
        f'<UCAPTITLE><h1>{TITLE}</h1></UCAPTITLE><div class="share"><a href=1>微信</a><a href=2>微博</a></div>'
        f'<div class="pages_content" id="UCAP-CONTENT"><UCAPCONTENT>{paragraphs()}</UCAPCONTENT></div>'
        f'<div class="related"><h3>相关文档</h3><ul>{NEWS}</ul></div></div>'
    )


def printed_twice() -> str:
    half = f"<div class=t>{TITLE}</div><div class=c>{paragraphs()}</div>"
    return f"<div class=pc>{half}</div><div class=wap>{half}</div>"


def hidden_until_shown() -> str:
    return f'<h1>{TITLE}</h1><div id="js_content" style="visibility: hidden">{paragraphs()}</div>'


def signed_outside() -> str:
    return f"<h1>{TITLE}</h1><div id=zoom>{paragraphs(BODY[:4])}</div><div>{BODY[4]}</div><div>{BODY[5]}</div>"


def half_in_links() -> str:
    return f"<div id=zoom><h1>{TITLE}</h1><a href=x.doc>{paragraphs()}</div>"


def of_script() -> str:
    article = {"id": 1, "title": TITLE, "content": paragraphs(), "columnName": "年报"}
    return f"<div id=app></div><script>window.__STATE__={json.dumps({'data': json.dumps(article)})};</script>"


def of_paragraphs() -> str:
    return f"<div id=app></div><script>/* don't */ var page = {json.dumps({'title': TITLE, 'text': BODY})}</script>"


def of_variable() -> str:
    text = f"<div>{paragraphs()}</div>".replace("\n", "\\n")
    return f"<h1>{TITLE}</h1><script>var c = '{text}'; document.write(c);</script>"


def of_percents() -> str:
    from urllib.parse import quote

    return (
        f"<script>show(decodeURIComponent('{quote(f'<h1>{TITLE}</h1>{paragraphs()}')}'))</script>"
    )


def of_attribute() -> str:
    return f'<input type=hidden value="{html.escape(f"<h1>{TITLE}</h1>{paragraphs()}")}">'


def of_text_field() -> str:
    return f"<h1>{TITLE}</h1><textarea style='display:none'>{html.escape(paragraphs())}</textarea>"


def of_frame() -> str:
    return f'<iframe srcdoc="{html.escape(f"<h1>{TITLE}</h1>{paragraphs()}")}"></iframe>'


SITES = [
    hanweb, visual_site, old_tables, nameless, badly_named, unified_platform, printed_twice, hidden_until_shown,
    signed_outside, half_in_links, of_script, of_paragraphs, of_variable, of_percents, of_attribute, of_text_field, of_frame,
]  # fmt: skip


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.__name__)
def test_the_report_comes_out_whole_and_alone(site):
    document = clean(read(page_of(site())))
    assert document.text.splitlines() == [TITLE, *BODY]
    gone = bare("".join(removal.text for removal in document.removals))
    assert all(bare(word) in gone for word in ("政务公开", "某ICP备05000001号", "邮编：000000"))


@pytest.mark.parametrize("name", pages.HTML)
@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
def test_a_report_in_every_style_of_page(path, name):
    style = pages.STYLES[name]
    text = clean(Page(path.read_text(encoding="utf-8"), "txt", "utf-8", "")).text
    document = clean(read_bytes(style.make(pages.content_of(text))))
    assert bare(document.text) == bare(text)
    gone = bare("".join(removal.text for removal in document.removals))
    assert [word for word in style.furniture if bare(word) not in gone] == []


def test_what_the_head_tells_stands_in_front():
    page = read(
        page_of(
            f"<div>{paragraphs()}</div>",
            head='<meta name="ContentSource" content="县水务局"><meta name=viewport content=x>',
        )
    )
    told = [each.text for each in page.furniture if each.rule == "html_meta"]
    assert told == [f"title: {TITLE}_某县政府网", "ContentSource: 县水务局"]
    assert page.text.startswith(told[0])


def test_a_link_to_a_file_is_the_reports_and_a_list_of_news_is_not():
    files = "".join(f"<li><a href={n}.pdf>附件{n}：统计表.pdf</a></li>" for n in range(3))
    page = read(page_of(f"<div id=zoom>{paragraphs()}<ul>{files}</ul><ul>{NEWS}</ul></div>"))
    marked = bare("".join(each.text for each in page.furniture))
    assert "附件1：统计表.pdf" in page.text
    assert "附件1：统计表.pdf" not in marked
    assert "阳光政务" in marked


def test_every_visible_character_is_in_the_page_once():
    page = read(page_of(unified_platform()))
    shown = "".join(
        each.text() for each in elements(parse(page_of(unified_platform()))) if not each.silent
    )
    title = f"title:{TITLE}_某县政府网"
    assert sorted(bare(page.text)) == sorted(bare(shown) + bare(title))


# --- rules ----------------------------------------------------------------------------------------


@every("row", [row for row in rules.load("markup") if row["attribute"] == "name"])
def test_a_row_knows_its_example(row):
    if row["where"] == "meta":
        assert names.is_told(row["example"])
        return
    element = next(
        each for each in elements(parse(f'<div class="{row["example"]}">')) if each.tag == "div"
    )
    assert names.rule_of(element, row["where"]) == row["rule"]


# --- hostile pages --------------------------------------------------------------------------------

SAID = "2013年，我局主动公开政府信息12条，未收到依申请公开。"
HOSTILE = {
    "deep": "<div>" * 50_000, "deep tables": "<table><tr><td>" * 5_000, "deep lists": "<ul><li>" * 20_000,
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "quoted attributes": "<div " + " ".join(f'a{n}="<>"' for n in range(100_000)) + ">",
    "slashes": "<div " + "/" * 500_000 + ">", "open styles": "".join(f"<p><font a={n}>" for n in range(3_000)),
    "styles opened again": "".join(f"<font a={n}>" for n in range(2_000)) + "<p>x</p>" * 3_000,
    "line breaks": "<br>" * 100_000, "comments": "<!--" * 100_000, "entities": "&amp;" * 300_000,
    "spans": "<table>" + "<tr><td colspan=99999999 rowspan=99999999>1<td>2" * 500 + "</table>",
    "strings": "<script>" + '"\\' * 300_000 + "</script>", "long name": f"<div class={'nav' * 100_000}></div>",
    "open tags": "<a" * 100_000 + ">", "frames": "<iframe srcdoc='&lt;p&gt;" * 100 + "'></iframe>",
    "white": " " * 1_000_000, "line": "<b>公开</b>" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_gives_its_text(name):
    page = read(f"<html><meta charset=utf-8><body><p>{SAID}</p>{HOSTILE[name]}<p>{SAID}</p>")
    assert SAID in page.text


def test_spans_do_not_lose_cells():
    page = fragment("<table>" + "<tr><td rowspan=65534 colspan=1000>1<td>2<td>3" * 400 + "</table>")
    assert page.text.split().count("3") == 400


@given(st.lists(st.sampled_from(["<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<p>", "<b>", "</b>", "<a href=x>",
                                 "</a>", "<!--", "-->", "<script>", "</script>", "公开，信息。", "12", "\n", "&nbsp;", "<br>", '"', "<td", "="]), max_size=40))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_markup_is_a_page_or_a_named_reject(parts):
    known = {row["cause"] for row in rules.load("causes")}
    cause = ""
    try:
        page = read("<html>" + "".join(parts))
        assert page.text.strip()
    except UnreadableReport as error:
        cause = error.cause
    assert not cause or cause in known
