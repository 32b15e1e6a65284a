"""Views: every number marked where it stands, everything escaped, nothing fetched."""

import re
from dataclasses import replace
from html import unescape

import pytest

from govtext.pipeline.assemble import read_file
from govtext.show import evidence

HOSTILE = (
    "某县2012年政府信息公开工作年度报告\n一、概述<script>alert(1)</script>\n"
    '全年公开信息35条,其中<img src=x onerror=alert(2)>网站"公开"&amp;30条。\n'
    "二、收费情况\n未收费。\n"
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "a<b>.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return read_file(path, "a<b>", "a<b>.txt")


def test_the_page_says_what_the_report_says(report):
    shown = re.sub(r"<[^>]*>", "", evidence.fragment(report))
    for line in report.document.text.split("\n"):
        assert line in unescape(shown), line


def test_everything_is_escaped(report):
    page = evidence.page(report)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page


def test_every_number_is_marked(report):
    marks = re.findall(r"<mark[^>]*>([^<]*)</mark>", evidence.fragment(report))
    assert marks[:2] == ["35条", "30条"]
    assert "未收费" in "".join(marks[2:])
    assert 'title="fees_collected = 0 yuan; thing=fee (未收费)"' in evidence.fragment(report)


def test_every_link_leads_to_a_number(report):
    page = evidence.fragment(report)
    targets = set(re.findall(r'href="#([^"]*)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]*)"', page))


def test_findings_come_first_and_lead_to_their_numbers(tmp_path):
    path = tmp_path / "b.txt"
    text = "某县2012年政府信息公开工作年度报告\n一、依申请公开情况\n"
    text += "全年共收到申请27件,其中当面申请11件、网上申请10件、信函申请5件。\n"
    path.write_text(text, encoding="utf-8")
    report = read_file(path, "b", "b.txt")
    assert [each.verdict for each in report.findings] == ["broken"]
    page = evidence.fragment(report)
    assert page.index("broken") < page.index("27件</mark>")
    targets = set(re.findall(r'href="#([^"]*)"', page))
    assert targets <= set(re.findall(r'id="([^"]*)"', page))
    assert "broken: " in evidence.plain(report)


def test_plain_lines(report):
    text = evidence.plain(report)
    assert "Year reported on 报告年度: 2012" in text
    assert "signed" not in text or "–" in text
    assert re.search("35 (条|item).*: 全年公开信息35条", text)
    assert "二、收费情况 [fees]" in text


def test_a_null_comes_with_its_reason(report):
    assert "Document number 文号: – (" in evidence.plain(report)


def test_a_reading_gives_frames(report):
    reading = evidence.Reading(report)
    assert len(reading.quantities) == 2
    assert list(reading.sections["number"]) == ["", "一、", "二、"]
    assert reading.identity.set_index("field").loc["document_number", "reason"]


def test_a_number_inside_another_is_linked_to_the_mark_that_covers_it(report):
    first, *more = report.observations
    inner = replace(first, start=first.start + 1, metric="inner")
    page = evidence.fragment(replace(report, observations=(first, inner, *more)))
    targets = re.findall(r'href="#([^"]*)"', page)
    assert set(targets) <= set(re.findall(r'id="([^"]*)"', page))
    assert targets.count(targets[-len(report.observations) - 1]) == 2


def test_plain_lines_cannot_steer_a_terminal(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("某县\x1b[31m年报\n一、概\x1b]0;x\x07述\n公开3条。\n", encoding="utf-8")
    assert "\x1b" not in evidence.plain(read_file(path, "a", "a.txt"))
