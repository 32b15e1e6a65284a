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


def marked(page):
    """Words of each mark."""
    return [re.sub("<[^>]*>", "", each) for each in re.findall("<mark[^>]*>(.*?)</mark>", page)]


def targets(page):
    return re.findall(r'href="#([^"]*)"', page)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "a<b>.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return read_file(path, "a<b>", "a<b>.txt")


def test_the_page_says_what_the_report_says(report):
    without_links_of_numbers = re.sub(r"<sup>.*?</sup>", "", evidence.fragment(report))
    shown = re.sub(r"<[^>]*>", "", without_links_of_numbers)
    for line in report.document.text.split("\n"):
        assert line in unescape(shown), line


def test_everything_is_escaped(report):
    page = evidence.page(report)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert not re.search("https?://", page)


def test_every_number_is_marked(report):
    marks = marked(evidence.fragment(report))
    assert marks[:2] == ["35条", "30条"]
    assert "未收费" in "".join(marks[2:])
    assert 'title="fees_collected = 0 yuan; thing=fee (未收费)"' in evidence.fragment(report)


def test_every_link_leads_to_a_number(report):
    page = evidence.fragment(report)
    assert targets(page)
    assert set(targets(page)) <= set(re.findall(r'id="([^"]*)"', page))


def test_findings_come_first_and_lead_to_their_numbers(tmp_path):
    path = tmp_path / "b.txt"
    text = "某县2012年政府信息公开工作年度报告\n一、依申请公开情况\n"
    text += "全年共收到申请27件,其中当面申请11件、网上申请10件、信函申请5件。\n"
    path.write_text(text, encoding="utf-8")
    report = read_file(path, "b", "b.txt")
    assert [each.verdict for each in report.findings] == ["broken"]
    page = evidence.fragment(report)
    assert page.index("do not agree") < page.index("27件</a></mark>")
    assert set(targets(page)) <= set(re.findall(r'id="([^"]*)"', page))
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
    page = evidence.page(replace(report, observations=(first, inner, *more)))
    ids = re.findall(r'id="([^"]*)"', page)
    assert set(targets(page)) <= set(ids)
    assert targets(page).count(f"c{first.start}") == 2
    assert f"c{inner.start}" in ids, "an address from elsewhere leads there too"


def test_plain_lines_cannot_steer_a_terminal(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("某县\x1b[31m年报\n一、概\x1b]0;x\x07述\n公开3条。\n", encoding="utf-8")
    assert "\x1b" not in evidence.plain(read_file(path, "a", "a.txt"))
