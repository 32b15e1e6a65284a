"""Content -> bytes of a web page, as sites of different years made them.

Each style is what one kind of site writes around and inside a report; see `tools.pages.STYLES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from html import escape

from tools.pages import sites
from tools.pages.content import Content, Grid, Paragraph, published, title_of

Inline = Callable[[str], str]
_DIGITS = re.compile("[0-9]")
_INDENT = "　　"


def nested_tables(content: Content) -> bytes:
    """Tables in tables, fonts and colours in attributes: sites of about 2009."""
    day = published(content)

    def paragraph(each: Paragraph) -> str:
        text = escape(each.text, quote=False)
        if each.level == 1:
            return f'<p align="center"><strong><font size="4">{text}</font></strong></p>'
        return f'<p><font size="2" face="宋体">&nbsp;&nbsp;&nbsp;&nbsp;{text}</font></p>'

    rows = 'width="100%" border="1" cellspacing="0" cellpadding="2" bordercolor="#000000"'
    body = _body(content, paragraph, rows=rows)
    links = "".join(
        f'<tr><td height="24" bgcolor="#EAF3FB"><a href="list.asp?id={at}">{name}</a></td></tr>'
        for at, name in enumerate(sites.COLUMNS)
    )
    menu = "".join(
        f'<td align="center"><a href="{at}.asp">{name}</a></td>'
        for at, name in enumerate(sites.MENU_OLD)
    )
    source = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title_of(content)}_{sites.SITE_COUNTY}</title>
<style type="text/css"><!-- td {{font-size:12px}} .STYLE1 {{color:#FF0000}} --></style></head>
<body topmargin="0"><table width="1000" align="center" border="0"><tr><td>
<table width="100%"><tr><td><img src="top.jpg" alt=""></td><td align="right">
{" | ".join(f'<a href="#">{name}</a>' for name in sites.TOOLS)}</td></tr></table>
<table width="100%" bgcolor="#3366CC"><tr>{menu}</tr></table></td></tr><tr><td>
<table width="100%"><tr><td width="200" valign="top"><table width="100%"><tr>
<td background="bg.gif"><strong>栏目导航</strong></td></tr>{links}</table></td>
<td valign="top"><table width="100%"><tr><td>您现在的位置：<a href="/">首页</a>&gt;&gt;
<a href="/z.asp">政务信息</a>&gt;&gt;<a href="/n.asp">信息公开年报</a></td></tr>
<tr><td align="center" class="STYLE1">{sites.byline(day)}</td></tr>
<tr><td style="line-height:200%">{body}</td></tr>
<tr><td align="right">{sites.FONT} {" ".join(sites.BUTTONS)}</td></tr>
<tr><td>{sites.BEFORE}<br>{sites.BEHIND}</td></tr></table></td></tr></table></td></tr>
<tr><td align="center" bgcolor="#DDDDDD">{sites.LEGAL[0]}　{sites.RECORDS[0]}<br>
{sites.LEGAL[1]}<br>{sites.SCREEN}</td></tr></table>
<script language="javascript">document.write("今天是"+new Date());</script></body></html>"""
    return source.encode("gb18030")


def word(content: Content) -> bytes:
    """What Word saves for the web, pasted into a page: comments, o:p, digits split over tags."""

    def split(text: str) -> str:
        return "".join(
            f"<span\nlang=EN-US style='mso-hansi-font-family:宋体'>{mark}</span>"
            if _DIGITS.match(mark)
            else escape(mark, quote=False)
            for mark in text
        )

    def paragraph(each: Paragraph) -> str:
        place = "align=center style='text-align:center'" if each.level == 1 else "style='m:0'"
        indent = "" if each.level == 1 else "<span lang=EN-US>&nbsp;&nbsp;&nbsp; </span>"
        return (
            f"<p class=MsoNormal {place}>{indent}<b style='mso-bidi'><span style='font-size:16.0pt;"
            f"mso-ascii-font-family:Calibri'>{split(each.text)}<span lang=EN-US><o:p></o:p></span>"
            "</span></b></p><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
        )

    def cell(text: str) -> str:
        return f"<p class=MsoNormal align=center>{split(text)}<span><o:p></o:p></span></p>"

    table = "class=MsoNormalTable border=1 cellspacing=0 style='mso-border-alt:solid .5pt'"
    body = _body(content, paragraph, cell, rows=table)
    source = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 11">
<title>{title_of(content)}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>user</o:Author><o:Pages>9</o:Pages>
</o:DocumentProperties></xml><![endif]--><style><!-- /* Font Definitions */
@font-face {{font-family:宋体;panose-1:2 1 6 0 3;}} p.MsoNormal {{margin:0cm;}} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {{mso-style-name:普通表格;}}</style><![endif]-->
</head><body lang=ZH-CN><div id="top">{_links(sites.MENU)}</div>
<div class="wz">当前位置：{_trail()}</div>
<div class=Section1 style='layout-grid:15.6pt'>{body}
<![if !supportEmptyParas]>&nbsp;<![endif]></div>
<div class="foot"><p>{sites.LEGAL[0]}</p><p>{sites.LEGAL[2]}</p><p>{sites.RECORDS[1]}</p></div>
</body></html>"""
    return source.encode()


def embedded(content: Content) -> bytes:
    """The report only stands in a script, as a string of JSON that the browser would unfold."""
    article = {
        "id": 4321,
        "columnName": "信息公开年报",
        "title": title_of(content),
        "publishTime": published(content),
        "content": _body(content, _plain_paragraph),
        "hits": 356,
    }
    data = json.dumps({"code": 0, "data": {"article": article}}).replace("/", "\\/")
    data = data.replace("<", "\\u003c").replace(">", "\\u003e")
    source = f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{sites.SITE}</title><script src="/static/app.js" defer></script></head><body>
<header>{_links(sites.MENU)}</header><div id="app"></div>
<noscript>请开启浏览器脚本后查看本页</noscript>
<footer><p>{sites.LEGAL[0]}</p><p>{sites.RECORDS[0]}</p></footer>
<script>window.__INITIAL_STATE__={data};</script></body></html>"""
    return source.encode()


def gbk_lying(content: Content) -> bytes:
    """Bytes of GBK in a page that says UTF-8."""
    return _layered(content, "utf-8").encode("gb18030")


def utf8_lying(content: Content) -> bytes:
    """Bytes of UTF-8 in a page that says GB2312."""
    return _layered(content, "gb2312").encode()


def _layered(content: Content, charset: str) -> str:
    """Page of about 2013: div in div, the report in one that is named zoom."""
    body = _body(content, _plain_paragraph)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<title>{title_of(content)} - {sites.SITE}</title></head><body><div class="top">
<div class="topbar">{_links(sites.TOOLS)}</div><div class="nav"><ul>{_items(sites.MENU)}</ul></div>
</div><div class="main"><div class="weizhi">您的位置：{_trail()}</div>
<div class="info">{sites.byline(published(content))}</div><div id="zoom">{body}</div>
<div class="tools">{sites.FONT}{"".join(f'<a href="#">{name}</a>' for name in sites.BUTTONS)}</div>
<div class="pre">{sites.BEFORE}</div><div class="next">{sites.BEHIND}</div></div>
<div class="foot">{sites.LEGAL[0]} {sites.LEGAL[1]}<br />{sites.RECORDS[0]}</div></body></html>"""


def br(content: Content) -> bytes:
    """Text with line breaks, upper-case tags that are never closed, wide spaces for indents."""

    def line(each: Paragraph) -> str:
        text = escape(each.text, quote=False)
        return f"<CENTER><B>{text}</B></CENTER>" if each.level == 1 else f"{_INDENT}{text}<BR><BR>"

    def table(grid: Grid) -> str:
        rows = "".join(
            "\n<TR>" + "".join(f"<TD{_spans(cell)}>{escape(cell.text)}" for cell in row)
            for row in grid.rows
        )
        return f"<TABLE BORDER=1 CELLSPACING=0>{rows}</TABLE>"

    body = "\n".join(line(each) if isinstance(each, Paragraph) else table(each) for each in content)
    source = f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">
<TITLE>{title_of(content)}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF TEXT=#000000>
<CENTER>{"　".join(f"<A HREF=a.htm>{name}</A>" for name in sites.MENU_OLD)}</CENTER>
<HR SIZE=1>{sites.byline(published(content))}<BR>
<FONT SIZE=3>{body}</FONT><BR><HR>
<UL><LI><A HREF=a.htm>{sites.BEFORE}</A><LI><A HREF=b.htm>{sites.BEHIND}</A></UL>
<P ALIGN=CENTER>{sites.BUTTONS[1]}<P ALIGN=CENTER>{sites.LEGAL[0]}<BR>{sites.SCREEN}
</BODY></HTML>"""
    return source.encode("gb18030")


def modern(content: Content) -> bytes:
    """Elements that say what they are, share buttons, related and friendly links: since 2018."""
    title = title_of(content)
    body = _body(content, _plain_paragraph, _broken_cell, rows='class="table"')
    friends = "".join(f'<option value="https://www.example.cn">{name}' for name in sites.FRIENDS)
    source = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"/>
<meta name="SiteName" content="{sites.SITE}"/><meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content="{published(content)} 09:30"/><title>{title}_{sites.SITE}</title>
<style>.article p{{text-indent:2em}}</style></head><body><header class="header">
<div class="tools">{_links(sites.TOOLS_NEW)}</div>
<form><input placeholder="请输入关键字"/><button type="submit">搜索一下</button></form></header>
<nav><ul>{_items(sites.MENU)}</ul></nav>
<main><div class="breadcrumb">当前位置：{_trail()}</div>
<aside class="left"><h3>公开目录</h3><ul>{_items(sites.COLUMNS)}</ul></aside>
<article class="article"><div class="article-info"><span>{sites.byline(published(content))}</span>
<span class="share">{" ".join(f"<i>{name}</i>" for name in sites.SHARE)}</span></div>
<div class="article-content" id="UCAP-CONTENT">{body}</div></article>
<div style="display:none" id="shareTitle">{title}</div>
<div class="qrcode">扫一扫在手机打开当前页</div>
<div class="pager"><p>{sites.BEFORE}</p><p>{sites.BEHIND}</p></div>
<section class="related"><h3>相关链接</h3><ul>{_items(sites.RELATED)}</ul></section></main>
<footer class="footer"><select><option>友情链接</option>{friends}</select>
<p>{" | ".join(f'<a href="#">{name}</a>' for name in ("网站地图", "联系我们", "关于我们"))}</p>
<p>{"　".join(sites.LEGAL)}</p><p>{"　".join(sites.RECORDS)}</p></footer>
<script>var _hmt=_hmt||[];if(1<2){{document.title="<p>"}}</script></body></html>"""
    return source.encode()


def catalogue(content: Content) -> bytes:
    """A page of the disclosure catalogue: the record of the document stands in front as a table."""
    day = published(content)
    record = (
        ("索 引 号：", "000014349/2015-00012", "主题分类：", "政务公开"),
        ("发布机构：", "某市人民政府办公室", "生成日期：", day),
        ("名　　称：", title_of(content), "有 效 性：", "有效"),
    )
    rows = "".join(
        "<tr>" + "".join(f'<td class="bt">{cell}</td>' for cell in row) + "</tr>" for row in record
    )
    body = _body(content, _plain_paragraph, _span_cell)
    source = f"""<!DOCTYPE html><html><head><meta charset="GBK"><title>{sites.SITE}</title></head>
<body><div class="head"><h1 class="logo">{sites.SITE}</h1><ul>{_items(sites.MENU)}</ul></div>
<div class="path">您现在所在的位置：{_trail()}</div>
<table class="xxgk_table" width="100%" border="1"><tbody>{rows}</tbody></table>
<div class="fontsize">{sites.FONT}</div><div class="wzcon">{body}</div>
<div class="btn">{"".join(f'<a href="javascript:;">{name}</a>' for name in sites.BUTTONS)}</div>
<div class="foot"><span>{sites.LEGAL[1]}</span><span>{sites.LEGAL[2]}</span>
<span>{sites.RECORDS[2]}</span></div></body></html>"""
    return source.encode("gb18030")


def trs(content: Content) -> bytes:
    """What a common editor of content systems leaves: styles in the body, comments, entities."""

    def paragraph(each: Paragraph) -> str:
        text = "".join(f"&#x{ord(mark):x};" if mark > "~" else escape(mark) for mark in each.text)
        place = "center" if each.level == 1 else "justify"
        indent = "" if each.level == 1 else "&emsp;&emsp;"
        return f'<p align="{place}"><span style="font-family: 仿宋">{indent}{text}</span></p>'

    body = _body(content, paragraph, _span_cell, rows='style="border-collapse: collapse"')
    source = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title_of(content)}</title>
<link rel="stylesheet" href="a.css"/></head><body><!--网站头部--><div id="header">
{_links(sites.TOOLS)}<dl>{"".join(f"<dd>{name}</dd>" for name in sites.MENU)}</dl></div>
<p class="dqwz">当前位置：{_trail(" &gt; ")}</p><!--文章开始--><ucaptitle></ucaptitle>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2;}}</style>
<div class=TRS_PreAppend style="overflow-x: hidden">{body}</div></div><!--文章结束-->
<div class="print"><span>{"</span><span>".join(sites.SHARE)}</span>
<span>{"</span><span>".join(sites.BUTTONS)}</span></div>
<div class="xgfj"><strong>相关链接：</strong>{_links(sites.RELATED[:1])}</div>
<div id="footer"><p>{sites.LEGAL[0]}</p><p>{sites.RECORDS[0]}</p></div></body></html>"""
    return source.encode()


def _body(
    content: Content,
    paragraph: Callable[[Paragraph], str],
    cell: Inline = escape,
    *,
    rows: str = 'border="1"',
) -> str:
    """The report itself; `rows` are the attributes of a table."""
    return "\n".join(
        paragraph(each) if isinstance(each, Paragraph) else _table(each, cell, rows)
        for each in content
    )


def _plain_paragraph(paragraph: Paragraph) -> str:
    text = escape(paragraph.text, quote=False)
    if paragraph.level == 1:
        return f"<h1>{text}</h1>"
    return f"<p>{_INDENT}<strong>{text}</strong></p>" if paragraph.level else f"<p>{text}</p>"


def _table(grid: Grid, cell: Inline, attributes: str) -> str:
    rows = "\n".join(
        "<tr>" + "".join(f"<td{_spans(each)}>{cell(each.text)}</td>" for each in row) + "</tr>"
        for row in grid.rows
    )
    return f"<table {attributes}><tbody>{rows}</tbody></table>"


def _spans(cell: object) -> str:
    rows, columns = getattr(cell, "rows", 1), getattr(cell, "columns", 1)
    return f' rowspan="{rows}"' * (rows > 1) + f' colspan="{columns}"' * (columns > 1)


def _span_cell(text: str) -> str:
    return f'<p><span style="font-size: 14px">&nbsp;{escape(text)}</span></p>'


def _broken_cell(text: str) -> str:
    """Text of a cell that goes on below at each comma."""
    return escape(text).replace("，", "，<br/>")


def _links(names: Iterable[str]) -> str:
    return " ".join(f'<a href="/{at}/">{name}</a>' for at, name in enumerate(names))


def _items(names: Iterable[str]) -> str:
    return "".join(f'<li><a href="/{at}/">{name}</a></li>' for at, name in enumerate(names))


def _trail(between: str = "&gt;") -> str:
    return between.join(f'<a href="/">{name}</a>' for name in sites.TRAIL)
