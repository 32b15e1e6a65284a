"""Views: every number marked where it stands, everything escaped, nothing fetched."""

import re
from html import unescape

import pytest

from govtext import view
from govtext.build import read_file

HOSTILE = (
    "某县2012年政府信息公开工作年度报告\n一、概述<script>alert(1)</script>\n"
    '全年公开信息35条,其中<img src=x onerror=alert(2)>网站"公开"&amp;30条。\n二、收费情况\n未收费。\n'
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "a<b>.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return read_file(path, "a<b>", "a<b>.txt")


def test_the_page_says_what_the_report_says(report):
    shown = re.sub(r"<[^>]*>", "", view.fragment(report))
    for line in report.document.text.split("\n"):
        assert line in unescape(shown)


def test_everything_is_escaped(report):
    page = view.page(report)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page


def test_every_number_is_marked(report):
    marks = re.findall(r"<mark[^>]*>([^<]*)</mark>", view.fragment(report))
    assert marks == ["35条", "30条"]
    assert 'title="35.0 条 (exact)"' in view.fragment(report)


def test_plain_lines(report):
    text = view.plain(report)
    assert "Year reported on 报告年度: 2012" in text
    assert "signed" not in text or "–" in text
    assert "35 条 (exact): 全年公开信息35条" in text
    assert "二、收费情况 [fees]" in text


def test_a_null_comes_with_its_reason(report):
    assert "Document number 文号: – (" in view.plain(report)


def test_a_reading_gives_frames(report):
    reading = view.Reading(report)
    assert len(reading.quantities) == 2
    assert list(reading.sections["number"]) == ["", "一、", "二、"]
    assert reading.identity.set_index("field").loc["document_number", "reason"]
