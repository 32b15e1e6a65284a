"""Outline: headings of every style with level, number and title, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext import rules
from govtext.model import Document, Page, Section, Segment
from govtext.outline import outline
from govtext.text import fold

S = "全年主动公开信息356条，未收到申请。"


def sections(text: str) -> tuple[Section, ...]:
    page = Page(text, "txt", "utf-8", "")
    return outline(Document(page, text, (Segment(0, 0, len(text)),), ()))


def headings(text: str) -> list[tuple[int, str, str]]:
    return [(each.level, each.number, each.title) for each in sections(text) if each.level]


CASES = [
    # every style, on lines of its own
    (f"一、概述\n{S}\n二、存在的问题\n{S}", [(1, "一、", "概述"), (1, "二、", "存在的问题")]),
    (f"一、概述\n（一）组织领导\n{S}", [(1, "一、", "概述"), (2, "（一）", "组织领导")]),
    (f"一、概述\n(一)组织领导\n1.网站\n{S}\n2.公报\n{S}",
     [(1, "一、", "概述"), (2, "(一)", "组织领导"), (3, "1.", "网站"), (3, "2.", "公报")]),
    (f"一、概述\n1、网站\n{S}\n2、公报\n{S}", [(1, "一、", "概述"), (3, "1、", "网站"), (3, "2、", "公报")]),
    (f"一、概述\n１．网站\n{S}\n２．公报\n{S}", [(1, "一、", "概述"), (3, "１．", "网站"), (3, "２．", "公报")]),
    (f"一、概述\n1．网站\n（1）栏目\n{S}\n（2）专栏\n{S}",
     [(1, "一、", "概述"), (3, "1．", "网站"), (4, "（1）", "栏目"), (4, "（2）", "专栏")]),
    (f"一、概述\n①网站\n{S}\n②公报\n{S}", [(1, "一、", "概述"), (4, "①", "网站"), (4, "②", "公报")]),
    (f"一、概述\n1)网站\n{S}\n2)公报\n{S}", [(1, "一、", "概述"), (4, "1)", "网站"), (4, "2)", "公报")]),
    (f"一、概述\n⑴网站\n{S}\n⑵公报\n{S}", [(1, "一、", "概述"), (4, "⑴", "网站"), (4, "⑵", "公报")]),
    (f"一、概述\n㈠网站\n{S}\n㈡公报\n{S}", [(1, "一、", "概述"), (2, "㈠", "网站"), (2, "㈡", "公报")]),
    (f"一、概述\n⒈网站\n{S}\n⒉公报\n{S}", [(1, "一、", "概述"), (3, "⒈", "网站"), (3, "⒉", "公报")]),
    (f"一.概述\n{S}\n二.问题\n{S}", [(1, "一.", "概述"), (1, "二.", "问题")]),
    (f"一．概述\n{S}\n二．问题\n{S}", [(1, "一．", "概述"), (1, "二．", "问题")]),
    (f"一 、概述\n{S}\n二 、问题\n{S}", [(1, "一 、", "概述"), (1, "二 、", "问题")]),
    (f"一、 概述\n{S}\n二、　问题\n{S}", [(1, "一、", "概述"), (1, "二、", "问题")]),
    (f"（ 一 ）概述\n{S}", [(2, "（ 一 ）", "概述")]),
    (f"第一部分 概述\n{S}\n第二部分 公开情况\n（一）网站\n{S}",
     [(1, "第一部分", "概述"), (1, "第二部分", "公开情况"), (3, "（一）", "网站")]),
    (f"第一章　概述\n一、组织\n{S}\n第二章　公开\n一、网站\n{S}",
     [(1, "第一章", "概述"), (2, "一、", "组织"), (1, "第二章", "公开"), (2, "一、", "网站")]),
    (f"第一部分：概述\n{S}\n第二部分：问题\n{S}", [(1, "第一部分：", "概述"), (1, "第二部分：", "问题")]),
    (f"十、问题\n{S}\n十一、打算\n{S}", [(1, "十、", "问题"), (1, "十一、", "打算")]),
    # run into the paragraph
    (f"一、加强领导，健全机制。{S}", [(1, "一、", "加强领导，健全机制")]),
    (f"一、加强领导\n（一）组织领导。{S}\n（二）制度建设。{S}",
     [(1, "一、", "加强领导"), (2, "（一）", "组织领导"), (2, "（二）", "制度建设")]),
    (f"一、概述 {S}二、问题 {S}三、打算 {S}", [(1, "一、", "概述"), (1, "二、", "问题"), (1, "三、", "打算")]),
    (f"一、公开形式 {S}", [(1, "一、", "公开形式")]),
    (f"（一）存在的主要问题：一是力度不够。二是人手不足。", [(2, "（一）", "存在的主要问题")]),
    (f"五、存在的主要问题及改进情况（一）存在的主要问题：力度不够。（二）改进措施：加强培训。",
     [(1, "五、", "存在的主要问题及改进情况"), (2, "（一）", "存在的主要问题"), (2, "（二）", "改进措施")]),
    (f"一、总体情况2021年，我局{S}（一）主动公开方面。{S}（二）依申请公开方面。{S}二、主动公开政府信息情况第二十条第（一）项",
     [(1, "一、", "总体情况"), (2, "（一）", "主动公开方面"), (2, "（二）", "依申请公开方面"),
      (1, "二、", "主动公开政府信息情况")]),
    (f"一、概述\n{S}1.网站公开情况。{S}2.公报公开情况。{S}",
     [(1, "一、", "概述"), (3, "1.", "网站公开情况"), (3, "2.", "公报公开情况")]),
    ("（一）主动公开政府信息的数量 2015年制作信息65条。（二）主动公开的类别 2015年共3类。",
     [(2, "（一）", "主动公开政府信息的数量"), (2, "（二）", "主动公开的类别")]),
    (f"一、加强组织领导情况2013年，{S}", [(1, "一、", "加强组织领导情况")]),
    # a numbered sentence without a heading
    (f"六、打算\n（一）贯彻落实《条例》，进一步规范公开的内容、程序、形式和渠道，切实保障公众的知情权。\n（二）{S * 2}",
     [(1, "六、", "打算"), (2, "（一）", ""), (2, "（二）", "")]),
    # labels without a number
    (f"一、总体情况\n组织机构建设情况。{S}", [(1, "一、", "总体情况"), (3, "", "组织机构建设情况")]),
    (f"一、总体情况\n加强领导，健全机制。{S}", [(1, "一、", "总体情况"), (3, "", "加强领导，健全机制")]),
    (f"一、总体情况\n为贯彻落实上级要求。{S}", [(1, "一、", "总体情况")]),
    (f"一、总体情况\n公开预算信息12条。{S}", [(1, "一、", "总体情况")]),
    # known titles without a number
    (f"概述\n{S}\n主动公开情况\n{S}\n存在的问题\n{S}",
     [(1, "", "概述"), (1, "", "主动公开情况"), (1, "", "存在的问题")]),
    (f"总体情况\n（一）主动公开\n{S}\n主动公开政府信息情况\n{S}",
     [(1, "", "总体情况"), (2, "（一）", "主动公开"), (1, "", "主动公开政府信息情况")]),
    # jumps and restarts
    (f"一、概述\n{S}\n三、问题\n{S}\n三、打算\n{S}", [(1, "一、", "概述"), (1, "三、", "问题"), (1, "三、", "打算")]),
    (f"一、概述\n（一）甲\n{S}\n（二）乙\n{S}\n二、问题\n（一）丙\n{S}",
     [(1, "一、", "概述"), (2, "（一）", "甲"), (2, "（二）", "乙"), (1, "二、", "问题"), (2, "（一）", "丙")]),
    # Markdown
    (f"# 某县2013年政府信息公开工作年度报告\n\n## 一、概述\n\n{S}\n\n### （一）组织领导\n\n{S}",
     [(1, "一、", "概述"), (2, "（一）", "组织领导")]),
    (f"**一、概述**\n{S}\n**二、问题**\n{S}", [(1, "一、", "概述"), (1, "二、", "问题")]),
    (f"## 概述\n{S}\n## 主动公开情况\n{S}", [(1, "", "概述"), (1, "", "主动公开情况")]),
    (f"一、概述\n**（一）组织领导。**{S}", [(1, "一、", "概述"), (2, "（一）", "组织领导")]),
    # a table of contents
    (f"某县年度报告\n目录\n一、概述\n二、问题\n三、打算\n一、概述\n{S}\n二、问题\n{S}\n三、打算\n{S}",
     [(1, "一、", "概述"), (1, "二、", "问题"), (1, "三、", "打算")]),
    (f"目　录\n一、概述……………1\n二、问题……………2\n一、概述\n{S}\n二、问题\n{S}", [(1, "一、", "概述"), (1, "二、", "问题")]),
    (f"本报告包括：一、概述；二、问题；三、打算。\n一、概述\n{S}\n二、问题\n{S}\n三、打算\n{S}",
     [(1, "一、", "概述"), (1, "二、", "问题"), (1, "三、", "打算")]),
    (f"目录 一、概述 二、问题 三、打算 一、概述 {S}二、问题 {S}三、打算 {S}",
     [(1, "一、", "概述"), (1, "二、", "问题"), (1, "三、", "打算")]),
    # the forms of 2019 and 2021
    ("二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n规章\n0\n第二十条第（五）项\n行政许可\n3\n"
     "三、收到和处理政府信息公开申请情况\n（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n"
     "一、本年新收政府信息公开申请数量\n3\n二、上年结转政府信息公开申请数量\n0\n三、本年度办理结果\n（一）予以公开\n1\n"
     "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n0\n（三）不予公开\n1.属于国家秘密\n0\n2.其他法律行政法规禁止公开\n0\n"
     "3.危及“三安全一稳定”\n0\n（四）无法提供\n1.本机关不掌握相关政府信息\n2\n（五）不予处理\n1.信访举报投诉类申请\n0\n"
     "（六）其他处理\n3.其他\n0\n（七）总计\n3\n四、结转下年度继续办理\n0\n"
     f"四、政府信息公开行政复议、行政诉讼情况\n行政复议\n0\n五、存在的主要问题及改进情况\n{S}\n六、其他需要报告的事项\n无",
     [(1, "二、", "主动公开政府信息情况"), (1, "三、", "收到和处理政府信息公开申请情况"),
      (1, "四、", "政府信息公开行政复议、行政诉讼情况"), (1, "五、", "存在的主要问题及改进情况"), (1, "六、", "其他需要报告的事项")]),
    ("三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量640020470二、上年结转政府信息公开申请数量0000000"
     "三、本年度办理结果（一）予以公开270020130（三）不予公开1.属于国家秘密00000002.其他法律行政法规禁止公开0000000"
     "（七）总计630020469四、结转下年度继续办理1000001四、政府信息公开行政复议、行政诉讼情况 行政复议10203五、存在的主要问题及改进情况"
     f"{S}六、其他需要报告的事项无。",
     [(1, "三、", "收到和处理政府信息公开申请情况"), (1, "四、", "政府信息公开行政复议、行政诉讼情况"),
      (1, "五、", "存在的主要问题及改进情况"), (1, "六、", "其他需要报告的事项")]),
    ("| 一、本年新收政府信息公开申请数量 | 3 | 0 |\n| 三、本年度办理结果 | （一）予以公开 | 1 |", []),
    ("1、属于国家秘密 0 0 0\n2、其他法律行政法规禁止公开 0 0 0", []),
    # the table of 2014
    ("八、附表\n统计指标 单位 统计数\n一、主动公开情况 —— ——\n（一）主动公开政府信息数 条 356\n其中：1.政府公报公开政府信息数 条 0\n"
     "2.政府网站公开政府信息数 条 300\n二、回应解读情况 —— ——\n（一）回应公众关注热点或重大舆情数 次 3\n四、行政复议数量 件 0\n"
     "八、机构建设和保障经费情况 —— ——\n1.专职人员数（不包括政府公报及政府网站工作人员数） 人 2",
     [(1, "八、", "附表")]),
    ("八、附表\n统计指标\n单位\n统计数\n一、主动公开情况\n——\n——\n（一）主动公开政府信息数\n（不同渠道和方式公开相同信息计1条）\n条\n356\n"
     "（二）通过不同渠道和方式公开政府信息的情况\n——\n——\n1.政府公报公开政府信息数\n条\n0\n三、依申请公开情况\n——\n——\n（一）收到申请数\n件\n3\n"
     "1.当面申请数\n件\n1\n4.不同意公开答复数\n件\n0\n六、举报投诉数量\n件\n0\n七、依申请公开信息收取的费用\n万元\n0",
     [(1, "八、", "附表")]),
    (f"一、概述 {S}五、附表 指标名称 计量单位 年末统计 主动公开信息数 条 6 其中：1．网站公开 条 6 2．政府公报公开 条 0 "
     "对申请的答复总数 条 0 其中：1．同意公开答复数 条 0 2．同意部分公开答复数 条 0 某县财政局 2010年4月10日",
     [(1, "一、", "概述"), (1, "五、", "附表")]),
    (f"七、附表\n统计指标 单位 统计数\n一、主动公开情况\n（一）主动公开政府信息数 条 356\n八、需要说明的其他事项\n{S}",
     [(1, "七、", "附表"), (1, "八、", "需要说明的其他事项")]),
    # a heading that resembles a row of a form
    (f"三、不予公开政府信息的情况\n{S}", [(1, "三、", "不予公开政府信息的情况")]),
    (f"（一）部分公开的原因。{S}", [(2, "（一）", "部分公开的原因")]),
    (f"一、公开数量和类别\n{S}", [(1, "一、", "公开数量和类别")]),
    # citations, numbers, dates, lists: no headings
    ("根据《条例》第二十条第（一）项、第（二）项规定公开信息。", []),
    ("依据国发(2012)5号文件，1.5万件申请均已办结。", []),
    ("开展3.15活动、5.15政务公开日活动。", []),
    ("一、二季度公开信息30条，三、四季度公开40条。", []),
    ("1、2月份公开信息30条。", []),
    ("2013年1月1日至12月31日。", []),
    ("一是加强领导。二是健全机制。三是强化培训。", []),
    ("第一，加强领导。第二，健全机制。", []),
    ("第一部分数据的来源是各单位报送的材料。", []),
    ("公开率98. 2%，满意率96.1%。", []),
    ("二、三产业信息全部公开。", []),
    ("2012.3.20", []),
    ("一二三四", []),
    ("“一、二、三”号文件已经公开。", []),
    ("全年公开(一)类信息3条、(二)类信息5条。", []),
    (f"一、概述\n{S}\n附件：1.某县统计表\n2.某县目录\n某县人民政府", [(1, "一、", "概述")]),
    (f"一、概述\n{S}\n附件：\n1.某县统计表\n2.某县目录\n某县人民政府", [(1, "一、", "概述")]),
    (f"一、概述\n{S}\n某县人民政府\n2014年3月20日", [(1, "一、", "概述")]),
    (S, []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_headings(text, expected):
    assert headings(text) == expected


PARTS = [
    ("一、概述", "overview"), ("一、总体情况", "overview"), ("二、政府信息主动公开情况", "proactive"),
    ("三、依申请公开政府信息情况", "on_request"), ("三、政府信息公开申请办理情况", "on_request"),
    ("四、行政复议和行政诉讼情况", "review_litigation"), ("五、政府信息公开的收费及减免情况", "fees"),
    ("六、存在的主要问题及改进措施", "problems"), ("六、存在的不足", "problems"), ("七、下一步工作打算", "plans"),
    ("七、2014年工作计划", "plans"), ("八、其他需要报告的事项", "other"), ("九、附表", "other"),
    ("四、回应社会关切情况", "interaction"), ("五、政策解读情况", "interaction"), ("一、组织领导和制度建设", "overview"),
    ("三、因政府信息公开申请行政复议、提起行政诉讼情况", "review_litigation"),
    ("二、拓宽公开渠道，加强平台建设", "proactive"), ("五、加强监督，严格考核", "overview"),
    ("六、提案建议办理结果公开情况", "interaction"), ("七、需要说明的其他事项", "other"),
    ("五、申诉、复议和诉讼情况", "review_litigation"), ("四、政府信息公开支出与收费情况", "fees"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "part"), PARTS)
def test_part(heading, part):
    assert sections(f"{heading}\n{S}")[0].part == part


def test_what_stands_below_problems_stays_there():
    found = sections(f"六、存在的问题和改进措施\n（一）主动公开不够\n{S}\n（二）依申请公开不快\n{S}")
    assert [each.part for each in found] == ["problems"] * 3


def test_what_stands_below_an_overview_has_its_own_part():
    found = sections(f"一、总体情况\n（一）主动公开。{S}\n（二）依申请公开。{S}\n（三）监督保障。{S}")
    assert [each.part for each in found] == ["overview", "proactive", "on_request", "overview"]


def test_parents():
    found = sections(f"前言。\n一、概述\n（一）甲\n{S}\n1.乙\n{S}\n二、问题\n{S}")
    assert [(each.section_id, each.parent_id) for each in found] == [
        ("0", None), ("1", None), ("2", "1"), ("3", "2"), ("4", None),
    ]  # fmt: skip


def test_a_section_begins_at_its_heading():
    text = f"前言。\n## 一、概述\n{S}\n  （一）甲。{S}"
    starts = [text[each.start :].split("\n")[0] for each in sections(text)]
    assert starts == ["前言。", "## 一、概述", f"（一）甲。{S}"]


# --- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rules.load("marks"), ids=lambda row: row["pattern"])
def test_a_mark_makes_a_heading_of_its_example_only(row):
    assert rules.pattern(row).match(fold(row["example"]))
    example = [each for each in headings(f"{row['example']}\n{S}") if each[1]]
    assert [each[0] for each in example] == [int(row["level"])]
    assert headings(f"{row['counter_example']}，{S}") == []


REGEX = [row for row in rules.load("headings") if row["match"] == "regex"]


@pytest.mark.parametrize("row", rules.load("headings"), ids=lambda row: row["pattern"][:40])
def test_a_heading_rule_matches_its_example(row):
    example = fold(row["example"])
    if row["match"] == "regex":
        assert rules.pattern(row).search(example)
    else:
        assert fold(row["pattern"]) in example


@pytest.mark.parametrize(
    "row",
    [row for row in rules.load("headings") if row["match"] == "form_row"],
    ids=lambda row: row["pattern"][:40],
)
@pytest.mark.parametrize("mark", ["一、", "（一）", "1."])
def test_a_row_of_a_form_is_no_heading(row, mark):
    assert headings(f"{mark}{row['pattern']}\n0\n0\n{mark}{row['pattern']} 0 0 0") == []


@pytest.mark.parametrize("row", rules.load("parts"), ids=lambda row: row["pattern"][:40])
def test_a_part_rule_names_its_example(row):
    assert sections(f"一、{row['example']}\n{S}")[0].part == row["part"]


@pytest.mark.parametrize("row", rules.load("titles"), ids=lambda row: row["pattern"][:40])
def test_a_title_rule_matches_its_example(row):
    assert rules.pattern(row).fullmatch(row["example"])
    assert rules.is_title(row["example"]) == (row["kind"] == "title")
    if row["counter_example"]:
        assert not rules.pattern(row).fullmatch(row["counter_example"])


@pytest.mark.parametrize("name", ["marks", "headings", "parts", "titles"])
def test_no_two_rows_share_a_pattern(name):
    patterns = [row["pattern"] for row in rules.load(name)]
    assert len(patterns) == len(set(patterns))


# --- properties ---------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [S, "一、概述", "二、", "（一）组织领导。", "(1)网站", "1.公报", "第一部分 概述", "目录", "附表", "附件：1.统计表",
     "①", "## ", "**", "统计指标 单位 统计数", "条", "356", "\n", "\n", "。", " ", "：", "三、不予公开", "十一、", "\ue010",
     "2.属于国家秘密 0 0", "组织机构建设情况。", "（一）项", "……3"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=400)
def test_sections_cover_the_text_in_order(text):
    found = sections(text)
    assert "".join(text[each.start : each.end] for each in found) == text
    assert all(each.start < each.end for each in found)
    known = {each.section_id: each for each in found}
    for each in found:
        assert each.title in text[each.start : each.end]
        assert each.number in text[each.start : each.end]
        if each.parent_id is not None:
            assert known[each.parent_id].level < each.level


HOSTILE = ["一、", "（一）", "1.", "①", "(", "一", "1", "第一部分 ", "概述\n", "条\n", "目录\n一、概述\n", "一、概述\n",
           "#", "**", "1、甲数 ", "。", " ", "……", "附件：1.甲\n", "统计指标 单位 统计数 "]  # fmt: skip


@pytest.mark.parametrize("mark", HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length(mark):
    sections(mark)
    begin = time.process_time()
    sections(mark * (100_000 // len(mark)))
    assert time.process_time() - begin < 4
