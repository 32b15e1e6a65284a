"""Report -> Content: the tables of the official forms, with a report's prose around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tools.forms import labels
from tools.pages import Cell, Content, Grid, Paragraph

if TYPE_CHECKING:
    from tools.forms.filled import Report

_HEADINGS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
             "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况",
             "六、其他需要报告的事项")  # fmt: skip
_OVERVIEW = (
    "我局认真贯彻落实《中华人民共和国政府信息公开条例》，着力推进决策、执行、管理、服务和结果公开。"
)
_PROBLEMS = (
    "工作中还存在主动公开不够及时、政策解读形式单一等问题。下一步将健全工作机制，加强业务指导。"
)
_NOTHING = "无其他需要报告的事项。"


def content_of(report: Report) -> Content:
    """The report with its tables, for the page maker."""
    title = Paragraph(f"某市水务局{report.year}年政府信息公开工作年度报告", 1)
    overview = (Paragraph(_HEADINGS[0], 2), Paragraph(_OVERVIEW))
    if report.form in labels.LISTS:
        return (
            title, *overview, Paragraph("二、存在的主要问题及改进情况", 2), Paragraph(_PROBLEMS),
            Paragraph("附件：政府信息公开情况统计表"), listed(report),
        )  # fmt: skip
    tables = (table2(report), table3(report), table4(report))
    middle = (
        each
        for heading, table in zip(_HEADINGS[1:4], tables, strict=True)
        for each in (Paragraph(heading, 2), table)
    )
    return (title, *overview, *middle, Paragraph(_HEADINGS[4], 2), Paragraph(_PROBLEMS),
            Paragraph(_HEADINGS[5], 2), Paragraph(_NOTHING))  # fmt: skip


def table2(report: Report) -> Grid:
    """Table 2: a block for each item of article 20, with a head of its own."""
    rows: list[tuple[Cell, ...]] = []
    for item, things, heads in labels.ARTICLE_20[report.form]:
        rows.append((Cell(f"第二十条第（{item}）项", columns=4),))
        rows.append(_stretched(["信息内容", *(_head(report.form, head) for head in heads)]))
        rows += [
            _stretched([_thing(report.form, thing)]
                       + [report.text(f"{thing}_{head}") for head in heads])
            for thing in things
        ]  # fmt: skip
    return Grid(tuple(rows))


def _stretched(texts: Sequence[str]) -> tuple[Cell, ...]:
    """A row of four places: the last cell takes what is left of them."""
    *others, last = texts
    return (*map(Cell, others), Cell(last, columns=4 - len(others)))


def _thing(form: str, thing: str) -> str:
    issued = form == "table2021" and thing == "normative"
    return "行政规范性文件" if issued else labels.THINGS[thing]


def _head(form: str, head: str) -> str:
    if head == "amount":
        return "本年收费金额（单位：万元）" if form == "table2021" else "采购总金额"
    return ("本年" if form == "table2021" and head == "decisions" else "") + labels.HEADS[head]


def table3(report: Report) -> Grid:
    """Table 3: requests by result and by applicant; the corner cell prints the identity."""
    groups = (*labels.RESULTS, labels.OTHER[report.form])
    height = sum(len(rows) for _, rows in groups) + 1
    lines: list[tuple[Cell, ...]] = [
        (Cell(labels.CORNER, rows=3, columns=3, head=True),
         Cell("申请人情况", columns=7, head=True)),
        (Cell("自然人", rows=2, head=True), Cell("法人或其他组织", columns=5, head=True),
         Cell("总计", rows=2, head=True)),
        tuple(Cell(name, head=True) for _, name in labels.KINDS[1:]),
    ]  # fmt: skip
    lines += [_line(report, metric, (Cell(name, columns=3),)) for metric, name in labels.ENDS[:2]]
    first = [Cell("三、本年度办理结果", rows=height)]
    for name, rows in groups:
        group = [Cell(name, rows=len(rows), columns=1 if rows[0][1] else 2)]
        for metric, label in rows:
            named = [Cell(label)] if label else []
            lines.append(_line(report, metric, (*first, *group, *named)))
            first, group = [], []
    lines.append(_line(report, labels.TOTAL[0], (Cell(labels.TOTAL[1], columns=2),)))
    lines.append(_line(report, labels.CARRIED_OUT[0], (Cell(labels.CARRIED_OUT[1], columns=3),)))
    return Grid(tuple(lines))


def _line(report: Report, metric: str, names: Iterable[Cell]) -> tuple[Cell, ...]:
    return (*names, *(Cell(report.text(metric, applicant)) for applicant in labels.APPLICANTS))


def table4(report: Report) -> Grid:
    """Table 4: reviews and lawsuits by outcome, one row of fifteen cells."""
    heads = tuple(Cell(name, head=True) for name in labels.OUTCOME_HEADS)
    return Grid((
        (Cell("行政复议", columns=5, head=True), Cell("行政诉讼", columns=10, head=True)),
        (*(Cell(name, rows=2, head=True) for name in labels.OUTCOME_HEADS),
         Cell("未经复议直接起诉", columns=5, head=True), Cell("复议后起诉", columns=5, head=True)),
        (*heads, *heads),
        tuple(Cell(report.text(f"{court}_{outcome}"))
              for court in labels.COURTS for outcome in labels.OUTCOMES),
    ))  # fmt: skip


def listed(report: Report) -> Grid:
    """Table of 2014 to 2018, or a local one before, with a column of all years where there is."""
    national = report.form == "table2014"
    sums = report.cumulative and not national
    names = (("统计指标", "单位", "统计数") if national
             else ("指标名称", "计量单位", f"{report.year}年度"))  # fmt: skip
    rows = [tuple(Cell(name, head=True) for name in (*names, *["历年累计"] * sums))]
    for metric, unit, label in labels.LISTS[report.form]:
        texts = [label, unit or "——", report.text(metric) if metric else "——"]
        if sums:
            texts.append(str(report.numbers[metric, ""] + 1_000))
        rows.append(tuple(map(Cell, texts)))
    return Grid(tuple(rows))
