# ruff: noqa: E501 -- a row a line, and Chinese characters are wide
"""Tables that lost their grid: what is read of them is what they said, however they were broken."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Document, Entry, Page, Segment
from govtext.core.text import fold
from govtext.extract.forms import (
    catalogue,
    stream_blocks,
    stream_disclosed,
    stream_labels,
    stream_lists,
    stream_tables,
)
from govtext.extract.forms.stream import loose_entries
from govtext.extract.forms.stream_items import Running
from tests.cases import examples

APPLICANTS = "natural_person enterprise research ngo legal_service other_organisation total".split()
OUTCOMES = "upheld corrected other pending total".split()
BLOCKS = "reviews litigation_direct litigation_after_review".split()
HEAD3 = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
HEADS4 = "结果维持 结果纠正 其他结果 尚未审结 总计"
HEAD4 = f"行政复议 行政诉讼 {HEADS4} 未经复议直接起诉 复议后起诉 {HEADS4} {HEADS4}"
ROWS = """一、本年新收政府信息公开申请数量=requests_received
二、上年结转政府信息公开申请数量=requests_carried_over_in
三、本年度办理结果=
（一）予以公开=result_granted
（二）部分公开（区分处理的，只计这一情形，不计其他情形）=result_partial
（三）不予公开=
1.属于国家秘密=denied_state_secret
2.其他法律行政法规禁止公开=denied_other_law
3.危及“三安全一稳定”=denied_security_stability
4.保护第三方合法权益=denied_third_party
5.属于三类内部事务信息=denied_internal
6.属于四类过程性信息=denied_process
7.属于行政执法案卷=denied_enforcement_file
8.属于行政查询事项=denied_registry_query
（四）无法提供=
1.本机关不掌握相关政府信息=unable_not_held
2.没有现成信息需要另行制作=unable_needs_creation
3.补正后申请内容仍不明确=unable_unclear
（五）不予处理=
1.信访举报投诉类申请=unprocessed_petition
2.重复申请=unprocessed_repeat
3.要求提供公开出版物=unprocessed_publication
4.无正当理由大量反复申请=unprocessed_mass
5.要求行政机关确认或重新出具已获取信息=unprocessed_reconfirm
（六）其他处理=
1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请=other_no_correction
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请=other_fee_unpaid
3.其他=other_other
（七）总计=results_total
四、结转下年度继续办理=requests_carried_over_out"""
FORM21 = [tuple(row.split("=")) for row in ROWS.splitlines()]
FORM19 = [
    (label, "other_results" if label == "（六）其他处理" else metric)
    for label, metric in FORM21
    if not metric.startswith("other_")
]
BEHIND = "五、存在的主要问题及改进情况2024年，仍有3个问题。"
LOSSLESS = ("spaced", "lines", "cells", "bars", "torn")
GLUED = ("glued", "stray")
BLANK = ("blank", "glued blank")


def document(text: str) -> Document:
    return Document(Page(text, "text", "utf-8", "0" * 64), text, (Segment(0, 0, len(text)),), ())


def entries(text: str) -> tuple[Entry, ...]:
    return loose_entries(document(text))


def said(text: str) -> dict[str, str]:
    """What is read: the text of each number, else the status."""
    found = {}
    for each in entries(text):
        name = "/".join(filter(None, (each.metric or each.row_label, each.applicant, each.flags)))
        found[name] = text[each.start : each.end] if each.status == "number" else each.status
    return found


def requests(rng: random.Random, form: list[tuple[str, str]]) -> dict[str, list[int]]:
    """A table by applicant with true sums."""
    scale = rng.choice([1, 4, 30, 400])
    zeros = [0.5, 0.8, 0.95, 0.95, 0.95, 0.9]

    def some(most: int) -> list[int]:
        return [0 if rng.random() < share else rng.randint(0, most) for share in zeros]

    sums = ("requests_", "results_")
    table = {metric: some(scale) for _, metric in form if metric and not metric.startswith(sums)}
    total = [sum(column) for column in zip(*table.values(), strict=True)]
    stays = some(scale)
    comes = [min(a + b, c) for a, b, c in zip(total, stays, some(scale), strict=True)]
    table |= {"results_total": total, "requests_carried_over_out": stays}
    table["requests_carried_over_in"] = comes
    table["requests_received"] = [a + b - c for a, b, c in zip(total, stays, comes, strict=True)]
    return {metric: [*row, sum(row)] for metric, row in table.items()}


def lawsuits(rng: random.Random) -> dict[str, int]:
    """A table of reviews and lawsuits with true sums."""
    table = {}
    for block in BLOCKS:
        parts = [0 if rng.random() < 0.6 else rng.randint(0, 40) for _ in OUTCOMES[1:]]
        table |= {
            f"{block}_{name}": value
            for name, value in zip(OUTCOMES, [*parts, sum(parts)], strict=True)
        }
    return table


def printed_row(rng: random.Random, label: str, row: list[int], style: str) -> str:
    cells = [str(value) for value in row]
    filled = [cell for cell in cells if cell != "0"]
    if style == "torn" and len(label) > 9:
        cut = rng.randrange(7, len(label) - 1)
        if label[cut - 1] not in "、（（":
            return f"{label[:cut]}\n{' '.join(cells)}\n{label[cut:]}\n"
    if style == "stray":
        return label + "".join(cell + rng.choice(["", "", "", " "]) for cell in cells)
    return label + {
        "spaced": f" {' '.join(cells)} ",
        "cells": "\n" + "\n".join(cells) + "\n",
        "bars": " |\n" + " |\n".join(cells) + " ||\n",
        "glued": "".join(cells),
        "blank": f" {' '.join(filled)}\n",
        "glued blank": "".join(filled) + "\n",
    }.get(style, f" {' '.join(cells)}\n")


def printed(
    rng: random.Random, form: list[tuple[str, str]], table: dict[str, list[int]], style: str
) -> str:
    """The table by applicant as a text that lost its grid, with a heading before and behind."""
    between = {"cells": "\n", "bars": " |\n", "glued": "", "stray": ""}.get(style, " ")
    rows = [
        printed_row(rng, label, table[metric], style) if metric else label + between
        for label, metric in form
    ]
    head = HEAD3.replace(" ", between)
    return f"三、收到和处理政府信息公开申请情况{between}{head}{between}{''.join(rows)}"


def compared(seed: int, style: str) -> Counter[str]:
    """How many cells of two tables are right, open, blank or wrong; every span is held to its text."""
    rng = random.Random(seed)
    form = rng.choice([FORM19, FORM21])
    table, suits = requests(rng, form), lawsuits(rng)
    between = {"cells": "\n", "glued": "", "stray": ""}.get(style, " ")
    values = between.join(str(value) for value in suits.values())
    text = printed(rng, form, table, style) + f"四、政府信息公开行政复议、行政诉讼情况{between}"
    text += HEAD4.replace(" ", between) + between + values + between + BEHIND
    truth = {(metric, ""): value for metric, value in suits.items()}
    for metric, row in table.items():
        truth |= {(metric, who): value for who, value in zip(APPLICANTS, row, strict=True)}
    found = {(each.metric, each.applicant): each for each in entries(text)}
    assert found.keys() <= truth.keys()
    counts: Counter[str] = Counter()
    for cell, value in truth.items():
        entry = found.get(cell)
        status = entry.status if entry else "unread"
        if entry and status == "number":
            right = entry.value == value and text[entry.start : entry.end] == str(value)
            status = "right" if right else "wrong"
        elif status == "blank":
            status = "blank" if value == 0 and style in BLANK else "wrong"
        counts[status] += 1
    return counts


@pytest.mark.parametrize("style", LOSSLESS[:4])
@settings(max_examples=examples(25, 10), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_cells_apart_are_all_read(style: str, seed: int) -> None:
    assert set(compared(seed, style)) == {"right"}


@pytest.mark.parametrize("style", [*GLUED, *BLANK, "torn"])
@settings(max_examples=examples(25, 10), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_what_was_lost_is_never_made_up(style: str, seed: int) -> None:
    assert not compared(seed, style)["wrong"]


@pytest.mark.parametrize(("style", "share"), [("glued", 0.98), ("stray", 0.98), ("torn", 0.97)])
def test_most_of_what_was_run_together_is_settled(style: str, share: float) -> None:
    counts = sum((compared(seed, style) for seed in range(20)), Counter[str]())
    assert counts["right"] >= share * counts.total()


@settings(max_examples=examples(25, 10), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_glued_rows_with_a_false_sum_are_never_read_wrong(seed: int) -> None:
    rng = random.Random(seed)
    table = requests(rng, FORM21)
    row = table[rng.choice(list(table))]
    row[-1] += 1
    text = printed(rng, FORM21, table, "glued") + BEHIND
    for each in entries(text):
        if each.status == "number":
            assert each.value == table[each.metric][APPLICANTS.index(each.applicant)]
            assert not (table[each.metric] is row and each.applicant == "total")


def test_flags_tell_what_was_parted() -> None:
    rng = random.Random(4)
    table = requests(rng, FORM21)
    glued = [
        each for each in entries(printed(rng, FORM21, table, "glued")) if each.value is not None
    ]
    apart = entries(printed(rng, FORM21, table, "lines"))
    assert glued
    assert {each.flags for each in glued} == {"glued_cells"}
    assert {each.flags for each in apart} == {""}
    assert {each.kind for each in (*glued, *apart)} == {"table3_2021"}


def test_labels_with_a_slip_are_still_known() -> None:
    rng = random.Random(8)
    table = requests(rng, FORM21)
    text = printed(rng, FORM21, table, "lines").replace("内部事务", "内容事务")
    read = {each.metric: each.value for each in entries(text) if each.applicant == "total"}
    assert read == {metric: row[-1] for metric, row in table.items()}


# --- items of article 20 ------------------------------------------------------------------------

TABLE2_2021 = "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章 {} 行政规范性文件 {} 第二十条第（五）项 信息内容 本年处理决定数量 行政许可 {} 第二十条第（六）项 信息内容 本年处理决定数量 行政处罚 {} 行政强制 {} 第二十条第（八）项 信息内容 {} 行政事业性收费 {}三、收到和处理政府信息公开申请情况 全年收到3件。"
FEE = "本年收费金额（单位：万元）"


@pytest.mark.parametrize("between", [" ", "", "\n"])
def test_numbers_of_one_column_need_no_sums(between: str) -> None:
    text = TABLE2_2021.format("000", "714480", "310", "28", "0", FEE, "61.205").replace(
        " ", between
    )
    assert said(text) == {
        "rules_issued/glued_cells": "0",
        "rules_repealed/glued_cells": "0",
        "rules_in_force/glued_cells": "0",
        "normative_issued": "unread",
        "normative_repealed": "unread",
        "normative_in_force": "unread",
        "licensing_decisions": "310",
        "penalties_decisions": "28",
        "coercion_decisions": "0",
        "fee_amount": "61.205",
    }


def test_rows_without_numbers_are_blank_and_marks_are_none() -> None:
    text = TABLE2_2021.format("", "7 14 480", "", "无", "/", FEE, "0")
    read = said(text)
    assert [read[f"rules_{name}"] for name in ("issued", "repealed", "in_force")] == ["blank"] * 3
    assert read["licensing_decisions"] == "blank"
    assert (read["penalties_decisions"], read["coercion_decisions"]) == ("na", "na")
    assert read["normative_in_force"] == "480"


def test_one_blank_cell_of_three_may_be_any() -> None:
    read = said(TABLE2_2021.format("0 0", "7 14 480", "1", "2", "3", FEE, "0"))
    assert {read[f"rules_{name}"] for name in ("issued", "repealed", "in_force")} == {"unread"}


@pytest.mark.parametrize(
    ("head", "cell", "unit"),
    [
        (FEE, "12.5", "万元"),
        ("本年收费金额（单位：元）", "12.5", "元"),
        (FEE, "12.5元", "元"),
        ("本年收费金额", "12.5", "万元"),
    ],
)
def test_the_nearest_unit_counts(head: str, cell: str, unit: str) -> None:
    found = entries(TABLE2_2021.format("0 0 0", "0 0 0", "1", "2", "3", head, cell))
    assert [(each.value, each.unit) for each in found if each.metric == "fee_amount"] == [
        (12.5, unit)
    ]


def test_form_of_2019_with_signs_and_units() -> None:
    text = "第二十条第（五）项 信息内容 上一年项目数量 本年增/减 处理决定数量 行政许可 12 +3 1036 其他对外管理服务事项 4 -2 0 第二十条第（八）项 信息内容 上一年项目数量 本年增/减 行政事业性收费 5 减1 第二十条第（九）项 信息内容 采购项目数量 采购总金额 政府集中采购 7笔 80200元 三、收到和处理政府信息公开申请情况"
    values = {each.metric: each.value for each in entries(text)}
    assert values == {
        "licensing_items_previous": 12,
        "licensing_items_change": 3,
        "licensing_decisions": 1036,
        "other_services_items_previous": 4,
        "other_services_items_change": -2,
        "other_services_decisions": 0,
        "fee_items_previous": 5,
        "fee_items_change": -1,
        "procurement_items": 7,
        "procurement_amount": 80200,
    }
    assert {each.kind for each in entries(text)} == {"table2_2019"}


@pytest.mark.parametrize("cells", ["1000.00 0", "0 1000.0 0万元", "1000.00万元 3"])
def test_a_count_with_decimals_shows_that_its_row_lost_the_place_of_its_numbers(cells: str) -> None:
    text = f"第二十条第（九）项 信息内容 采购项目数量 采购总金额 政府集中采购 {cells} 三、收到和处理政府信息公开申请情况"
    found = entries(text)
    assert found
    assert {each.status for each in found} == {"unread"}
    whole = text.replace(cells, "3 1000.00万元")
    assert {each.metric: each.status for each in entries(whole)} == {
        "procurement_items": "number",
        "procurement_amount": "number",
    }


def test_signs_part_cells_that_run_together() -> None:
    text = (
        "第二十条第（六）项信息内容上一年项目数量本年增/减处理决定数量行政处罚120-207行政强制35+10"
    )
    read = said(text)
    assert (read["penalties_items_previous"], read["penalties_decisions"]) == ("120", "unread")
    assert (read["coercion_items_previous"], read["coercion_items_change"]) == ("35", "unread")


def test_a_double_sign_is_one_cell_that_is_not_read() -> None:
    text = "信息内容 上一年项目数量 本年增/减 处理决定数量 行政处罚 120 --20 7 行政强制 5 -- 1"
    read = said(text)
    assert (read["penalties_items_previous"], read["penalties_decisions"]) == ("120", "7")
    assert (read["penalties_items_change"], read["coercion_items_change"]) == ("unread", "na")


def test_years_and_examples_in_the_notes_of_heads_are_no_cells() -> None:
    change = "本年增/减（指2021年增加或减少的事项数，减用负值表示，如-8）"
    text = f"信息内容 上一年项目数量（指2020年事项数） {change} 处理决定数量 行政许可 12 -1 70"
    assert list(said(text).values()) == ["12", "-1", "70"]


def test_a_row_that_is_explained_behind_its_label_is_not_blank() -> None:
    note = "地方行政规章指省、自治区和设区的市的人民政府制定的规范性文件。名称一般称“规定”“办法”。"
    head = "信息内容 本年制发件数 本年废止件数 现行有效件数"
    read = said(f"{head}\n规章：{note}\n1\n0\n4\n行政规范性文件\n2\n0\n9")
    assert {read[f"rules_{each}"] for each in ("issued", "repealed", "in_force")} == {"unread"}


def test_heads_that_lost_their_second_line_are_known_by_their_order() -> None:
    rows = "规章 | 0 | 0 | 3 | |\n规范性文件 | 2 | 1 | 19 | |"
    read = said(f"信息内容 | 本年新 | 本年新 | 对外公开总数量 | |\n{rows}")
    assert (read["normative_new_made"], read["normative_new_disclosed"]) == ("2", "1")
    assert read["normative_disclosed_total"] == "19"
    assert entries(f"信息内容 | 本年新 | 对外公开总数量 |\n{rows}")[0].status == "unread"


def test_bars_show_which_cells_are_blank() -> None:
    text = "第二十条 第(一)项 |\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n规章 |\n4 |\n|\n9 |\n行政规范性文件 |\n5 |\n12 |\n8 |\n第二十条 第(五)项 |"
    assert said(text) == {
        "rules_issued": "4",
        "rules_repealed": "blank",
        "rules_in_force": "9",
        "normative_issued": "5",
        "normative_repealed": "12",
        "normative_in_force": "8",
    }


# --- review and litigation ----------------------------------------------------------------------

SUITS = "1 0 2 0 3 0 0 0 0 0 4 1 0 0 5".split()


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD4} {' '.join(SUITS)} 五、存在的问题",
        f"{HEAD4} {' '.join(SUITS)} 2024年，仍有不足。",
        f"{HEAD4}{''.join(SUITS)}五、存在的问题".replace(" ", ""),
        f"{HEADS4} 行政复议 1 0 2 0 3 未经复议直接起诉 0 0 0 0 0 复议后起诉 4 1 0 0 5 五、存在的问题",
        f"行政复议 {HEADS4} 1 0 2 0 3 行政诉讼 未经复议直接起诉 {HEADS4} 0 0 0 0 0 复议后起诉 {HEADS4} 4 1 0 0 5",
        "行政复议 结果维持 1 结果纠正 0 其他结果 2 尚未审结 0 总计 3 行政诉讼 未经复议直接起诉 结果维持 0 结果纠正 0 其他结果 0 尚未审结 0 总计 0 复议后起诉 结果维持 4 结果纠正 1 其他结果 0 尚未审结 0 总计 5",
    ],
)
def test_blocks_of_outcomes(text: str) -> None:
    found = {each.metric: each.value for each in entries(text)}
    names = [f"{block}_{name}" for block in BLOCKS for name in OUTCOMES]
    assert found == {name: int(cell) for name, cell in zip(names, SUITS, strict=True)}


def test_fewer_numbers_than_outcomes_stay_unread() -> None:
    assert set(said(f"{HEAD4} 1 1 2 2 五、存在的问题").values()) == {"unread"}


# --- lists --------------------------------------------------------------------------------------

NATIONAL = """政府信息公开情况统计表
统计指标 单位 统计数
一、主动公开情况 ——
（一）主动公开政府信息数
（不同渠道和方式公开相同信息计1条） 条 1,203
其中：主动公开规范性文件数 条 12
制发规范性文件总数 件 11
主动公开应急管理信息 条 7
1.政府公报公开政府信息数 条 0
2.政府网站公开政府信息数 条 1,003
3.政务微博公开政府信息数 条
四、行政复议数量 件 2
（一）维持具体行政行为数 件 1
（二）被依法纠错数 件 1
（三）其他情形数 件 0
五、行政诉讼数量 件 3
（一）维持具体行政行为或者驳回原告诉讼请求数 件 3
（二）被依法纠错数 件 0
七、依申请公开信息收取的费用 万元 0.5
单位负责人：某某 填报日期：2017年1月5日
"""
INDICATORS = {
    "proactive_total": "1,203",
    "normative_documents_disclosed": "12",
    "normative_documents_issued": "11",
    "主动公开应急管理信息": "7",
    "disclosed_via_gazette": "0",
    "disclosed_via_website": "1,003",
    "disclosed_via_weibo": "blank",
    "reviews_total": "2",
    "reviews_upheld": "1",
    "reviews_corrected": "1",
    "reviews_other": "0",
    "litigation_total": "3",
    "litigation_upheld": "3",
    "litigation_corrected": "0",
    "fees_collected": "0.5",
}


@pytest.mark.parametrize("old", [None, " ", "\n"])
def test_national_table(old: str | None) -> None:
    text = NATIONAL.replace(old, "\n" if old == " " else " ") if old else NATIONAL
    assert said(text) == INDICATORS
    assert {each.kind for each in entries(text)} == {"table2014"}
    assert {each.unit for each in entries(text) if each.metric == "fees_collected"} == {"万元"}


def test_national_table_run_together() -> None:
    start, end = NATIONAL.index("统计指标"), NATIONAL.index("单位负责人")
    text = "".join(NATIONAL[start:end].replace("——", "").split())
    read = said(text)
    known = {name: value for name, value in INDICATORS.items() if name.isascii()}
    assert {name: read[name] for name in known if known[name] != "blank"} == {
        name: value for name, value in known.items() if value != "blank"
    }


def test_figures_of_all_years_are_flagged() -> None:
    text = "附表 指标名称 计量单位 2009年度 历年累计 主动公开信息数 条 60 300 受理依申请公开信息总数 条 3 9 其中：1.当面申请数 条 1 2 行政复议数 件 0 0"
    read = said(text)
    assert (read["proactive_total"], read["proactive_total/cumulative"]) == ("60", "300")
    assert (read["reviews_total"], read["reviews_total/cumulative"]) == ("0", "0")


def test_codes_and_serial_numbers_are_no_values() -> None:
    coded = "指标名称 计量单位 代码 本年实际 主动公开信息数 条 01 20 申请总数 条 10 4 其中：1.当面申请数 条 11 3 2.传真申请数 条 12 行政复议数 件 32 0"
    read = said(coded)
    assert (read["proactive_total"], read["requests_received"]) == ("20", "4")
    assert (read["requests_received_fax"], read["reviews_total"]) == ("unread", "0")
    serial = "序号 统计指标 单位 统计数 1 主动公开政府信息数 条 10 2 其中：主动公开规范性文件数 条 2 3 制发规范性文件总数 件 5 4 1.政府公报公开政府信息数 条 0 5 2.政府网站公开政府信息数 条 10"
    assert list(said(serial).values()) == ["10", "2", "5", "0", "10"]
    assert list(said(serial.partition(" 1 ")[2]).values()) == ["10", "2", "5", "0", "10"]


def test_two_columns_of_which_either_may_be_the_year() -> None:
    text = "指标名称 单位 本期实际 本年累计 主动公开信息数 条 20 80 申请总数 条 3 9 行政复议数 件 1 4 行政诉讼数 件 0 2"
    assert set(said(text).values()) == {"unread"}
    years = text.replace("本期实际", "2015年度").replace("本年累计", "2016年度")
    assert said(years)["proactive_total"] == "80"
    assert said(years)["proactive_total/prior_year"] == "20"


PAIRS = "附表 指标名称计量单位2016年度历年累计主动公开信息数条{}其中：1.网站公开条{}2.政府公报公开条{}受理依申请公开信息总数条{}其中：1.当面申请数条{}2.信函、传真申请数条{}行政复议数条{}行政诉讼数条{}"


def test_year_and_all_years_run_together_are_parted_by_their_sums() -> None:
    read = said(PAIRS.format("3241790", "3101765", "1425", "25", "00", "25", "00", "00"))
    assert (read["proactive_total/glued_cells"], read["proactive_total/cumulative"]) == (
        "324",
        "1790",
    )
    assert read["disclosed_via_website/glued_cells"] == "310"
    assert read["信函、传真申请数/glued_cells"] == "2"  # two channels in one: of neither
    assert "requests_received_fax" not in " ".join(read)
    assert (read["reviews_total/glued_cells"], read["reviews_total/cumulative"]) == ("0", "0")


def test_year_and_all_years_that_no_sum_parts_stay_open() -> None:
    read = said(PAIRS.format("3241790", "3241790", "00", "00", "00", "00", "00", "00"))
    assert (read["proactive_total"], read["disclosed_via_website"]) == ("unread", "unread")
    assert read["disclosed_via_gazette/glued_cells"] == "0"


@pytest.mark.parametrize("none", ["0", ""])
def test_one_column_of_two_is_never_parted(none: str) -> None:
    read = said(PAIRS.format("324", "310", "14", "12", "12", none, none, none))
    assert {value for name, value in read.items() if "cumulative" not in name} == {"unread"}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3000)), min_size=4, max_size=4))
@settings(max_examples=examples(60, 20), deadline=None)
def test_parted_years_are_right_where_parts_add_up(pairs: list[tuple[int, int]]) -> None:
    both = [(year, year + more) for year, more in pairs]
    sums = [tuple(map(sum, zip(*part, strict=True))) for part in (both[:2], both[2:])]
    rows = [sums[0], *both[:2], sums[1], *both[2:], (0, 0), (0, 0)]
    text = PAIRS.format(*(f"{year}{years}" for year, years in rows))
    metrics = "proactive_total disclosed_via_website disclosed_via_gazette requests_received requests_received_in_person".split()
    true = dict(zip(metrics, rows, strict=False))
    for each in entries(text):
        if each.status == "number" and each.metric in true:
            assert each.value == true[each.metric]["cumulative" in each.flags]


def test_heads_hold_where_no_form_knows_the_first_row() -> None:
    text = "指标名称 计量单位 2015年度 历年累计 编制政府信息目录数 条 9 90 主动公开文件数 条 60 300 其中：1.政府网站公开数 条 60 300 当面申请数 条 1 2 行政复议数 件 0 0"
    read = said(text)
    assert (read["proactive_total"], read["proactive_total/cumulative"]) == ("60", "300")
    assert read["disclosed_via_website"] == "60"
    prose = text.replace("条 9 90", "条，9条。")
    assert said(prose)["proactive_total"] == "unread"


# --- what is no table ---------------------------------------------------------------------------

PROSE = (
    "本年新收政府信息公开申请数量为3件，上年结转政府信息公开申请数量0件。予以公开2件，部分公开1件，总计3件。",
    "（一）予以公开 12件\n（二）部分公开 3件\n（三）不予公开 1件\n（四）无法提供 2件\n重复申请 1件",
    "办理行政许可12件、行政处罚3件、行政强制0件，现行有效规范性文件45件。",
    "收到申请数3件，申请办结数3件，按时办结数3件，申请答复数3件，行政复议数0件。",
    "行政复议结果维持2件，结果纠正0件，其他结果1件，尚未审结0件，总计3件。",
)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_table(text: str) -> None:
    assert entries(text) == ()


def test_what_is_taken_is_left_alone() -> None:
    text = f"{HEAD4} {' '.join(SUITS)} 五、存在的问题"
    at = text.index("未经")
    assert loose_entries(document(text), [(at, at + 4)]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "总计" + "0" * 60_000,
        "行政许可 3 " * 8_000,
        f"{HEADS4.replace(' ', '')}" * 1_500 + "0" * 1_000,
        "一、本年新收政府信息公开申请数量1 2 3 4 5 6 7 " * 1_500,
        "总计(" * 15_000,
        "收到申请数 件 3 " + "某某某数 件 4 " * 8_000,
        "İ" * 500 + "行政复议数 件 3",
    ],
)
def test_hostile_text_is_read_or_left(text: str) -> None:
    for each in entries(text):
        assert 0 <= each.start <= each.end <= len(text)


@settings(max_examples=examples(60, 20), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(label for label, _ in FORM21),
                *HEAD4.split(),
                *NATIONAL.split(),
                "3",
                "0 0",
                "12,5",
                "/",
                "。",
                "\n",
                "2024年",
            ]
        ),
        max_size=60,
    )
)
def test_any_order_of_labels_and_numbers_gives_entries_of_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for each in entries(text):
        assert 0 <= each.start <= each.end <= len(text)
        assert (each.status == "number") == (each.value is not None)
        assert each.status != "number" or any(
            mark.isdecimal() for mark in text[each.start : each.end]
        )
        assert each.status != "unread" or each.reason


# --- work only where a sign of a table stands ---------------------------------------------------

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
SIGNS = (
    (stream_tables, "may_list_applicants"),
    (stream_disclosed, "may_disclose"),
    (stream_blocks, "may_tell_outcomes"),
    (stream_lists, "may_list"),
)
LABELS = (
    *(each.example for axis in ("row", "column") for each in catalogue.labels(axis)),
    *"政府网站 予以公开 其他 总计 各单位2012年 被依法纠错 数据单位 统计指标单位数量".split(),
)
HEADS = ("统计指标 单位 统计数 ", "各单位2012年", HEAD3, HEADS4, "行政复议 " + HEADS4 + " ",
         "信息内容 本年新制作数量 本年新公开数量 对外公开总数量 ", "信息内容 本年处理决定数量 ")  # fmt: skip
CELLS = ("", " 3 ", "3件，", " 1 0 2 0 0 0 3\n", " 1 0 2 ", "\n无\n", "：5，", "。", " 条 12 ")


def spelled(example: str) -> tuple[str, ...]:
    """A label as the forms print it, bare, with a wrong character, and torn."""
    bare = catalogue.core(example)
    return example, bare, f"{bare[:3]}某{bare[4:]}", f"{bare[:4]} 2 {bare[4:]}"


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A few labels of one form, most with cells behind them: just a table, or not yet one."""
    family = draw(st.sampled_from([row["family"] for row in rules.load("form_tables")]))
    known = [each.example for each in catalogue.labels("row", family)]
    labels = st.sampled_from([each for example in known for each in spelled(example)])
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=3))
    rows = draw(st.lists(st.tuples(labels, st.sampled_from(cells)), min_size=1, max_size=8))
    return draw(st.sampled_from(["", *HEADS])) + "".join(map("".join, rows))


def ungated(text: str) -> tuple[Entry, ...]:
    """Entries where every reader goes through the whole text, whatever signs stand in it."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in SIGNS:
            patch.setattr(module, name, lambda *_: True)
        return entries(text)


def test_nothing_is_missed_in_the_reports_where_no_sign_stands() -> None:
    """The samples are read too, where they lie beside the project."""
    folders = (ROOT / "data" / "raw", ROOT / "data" / "gold" / "reports",
               SAMPLES / "reports", SAMPLES / "excerpts")  # fmt: skip
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))]
    assert len(texts) > 10
    for text in texts:
        assert entries(text) == ungated(text)


@settings(max_examples=examples(300, 100), deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(LABELS),
            st.sampled_from(["3", "0", "12件", "条", "3 0 0 0 0 0 3", "/", "1.", "其中：", "2012年"]),
            st.sampled_from(["。", "，", "\n", "\n", "（单位：件）", "某局公开了", "历年累计", "İ", "Σ"]),
        ),
        max_size=40,
    ),
    st.sampled_from(["", " ", "\n"]),
)  # fmt: skip
def test_nothing_is_missed_in_a_jumble_where_no_sign_stands(
    pieces: list[str], between: str
) -> None:
    text = between.join(pieces)
    assert entries(text) == ungated(text)


ONE_WITHOUT_A_SLIP = (
    "重复申请 属于行政杳询事项 属于行政执法案券 属于四类过程性住息 属于三类内部事条信息 保护第三方含法权益"
).split()


@pytest.mark.parametrize(
    "text",
    [
        "当面申请数 3 传真申请数 2 网络申请数 1 信函申请数 0",
        "指标名称 单位 数量 当面申请数 3",
        "当面申请数 无 传真申请数 无 网络申请数 无 信函申请数 无",
        " 1 0 0 0 0 0 1 ".join([*ONE_WITHOUT_A_SLIP, ""]),
        "自然人 商业企业 科研机构 总计 予以公开 1 0 0 1 部分公开 1 0 0 1 重复申请 1 0 0 1",
        "信息内容 本年制发件数 规章 1",
        "行政复议 结果维持 结果纠正 其他结果 尚未审结 总计 1 0 0 0 1",
    ],
)
def test_the_least_that_makes_a_table_is_a_sign(text: str) -> None:
    assert entries(text) == ungated(text) != ()


@settings(max_examples=examples(2000, 300), deadline=None)
@given(st.lists(st.one_of(tables(), st.sampled_from(PROSE)), min_size=1, max_size=2).map("".join))
def test_nothing_is_missed_in_small_tables_where_no_sign_stands(text: str) -> None:
    assert entries(text) == ungated(text)


def test_a_report_without_a_table_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def items(*_: object) -> None:
        raise AssertionError("read as a table")

    monkeypatch.setattr(Running, "items", items)
    for path in (ROOT / "data" / "raw").glob("*.txt"):
        assert entries(path.read_text("utf-8")) == ()


@settings(max_examples=examples(300, 100), deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LABELS), st.sampled_from([*"3。（）本年政府信息公开申请 "])))
)
def test_labels_are_found_as_by_a_plain_search(pieces: list[str]) -> None:
    running = Running(fold("".join(pieces)))
    for row in rules.load("form_tables"):
        family = row["family"]
        known = stream_labels._labels(family)
        plain = []
        position = 0
        while position < len(running.dense):
            hits = {each: each.pattern.match(running.dense, position) for each in known}
            end = max((hit.end() for hit in hits.values() if hit), default=0)
            if end and running._is_within(position, end, family):
                end += 1
            elif end:
                labels = tuple(each for each, hit in hits.items() if hit and hit.end() == end)
                plain.append((running.places[position], labels))
                note = stream_labels._NOTE.match(running.dense, end)
                if note and stream_labels._is_note(note.group(), labels):
                    end = end if running._parts(end, note.end()) else note.end()
            position = end or position + 1
        assert [(item.start, item.labels) for item in running.labels(family)] == plain


def test_small_letters_take_as_many_places() -> None:
    text = "".join(map(chr, range(0x20, 0x3000)))
    dense = Running(text).dense
    assert len(dense) == len(Running(text).places)
    for each, low in zip("".join(text.replace("|", "").split()), dense, strict=True):
        assert low == (each.lower() if len(each.lower()) == 1 else each)


def test_the_end_of_a_label_may_have_a_slip() -> None:
    text = "信息内容 上一年项目数量 本年增/减 处理决定数量 其他对外管理服务事项目 12 0 3"
    assert [each.value for each in entries(text)] == [12, 0, 3]
