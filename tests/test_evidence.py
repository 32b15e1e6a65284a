"""Views: every number marked where it stands, everything escaped, nothing fetched."""

import re
from dataclasses import replace
from html import unescape

import pytest

from govtext.cli import main
from govtext.core import letters
from govtext.pipeline.assemble import read_file
from govtext.show import evidence, style
from govtext.show.evidence import faults
from tests import payloads

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


@pytest.fixture
def form(tmp_path):
    (tmp_path / "b.html").write_text(payloads.FORM, encoding="utf-8")
    return read_file(tmp_path / "b.html", "b", "b.html")


def rows_of(page, part):
    """Rows of a part of the page, as text."""
    inside = re.search(f'id="{part}".*?</section>', page, re.DOTALL)[0]
    return [re.sub("<[^>]*>", " ", each) for each in re.findall("<tr.*?</tr>", inside)]


def test_every_observation_is_listed_with_its_characters_and_back(form):
    page = evidence.page(form)
    ids = re.findall(r'id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    for number, each in enumerate(form.observations, 1):
        assert f'<a href="#c{each.start}">' in page
        assert f'id="c{each.start}"' in page
        assert f'href="#o{number}"' in page or each.start == each.end
        assert f'id="o{number}"' in page
    assert len(rows_of(page, "observations")) == len(form.observations) + 1


def test_a_finding_of_a_form_leads_to_the_cells_of_its_two_sides(form):
    broken, open_one = form.findings
    numbers = faults.numbers_of(broken, form)
    assert [each.value for each in numbers] == [2, 1, 0, 0, 4]
    assert faults.fault_of(broken, numbers, form.document.text) == "report"
    others = faults.numbers_of(open_one, form)
    assert {each.metric[:17] for each in others} == {"litigation_direct"}
    assert faults.fault_of(open_one, others, form.document.text) == "open"


def test_a_doubt_about_a_number_is_ours_before_it_is_the_reports(form):
    first, *others = faults.numbers_of(form.findings[0], form)
    doubtful = [replace(first, flags="glued_cells"), *others]
    assert faults.fault_of(form.findings[0], doubtful, form.document.text) == "reading"
    other = [replace(first, value=9.0), *others]
    assert faults.fault_of(form.findings[0], other, form.document.text) == "open"


def test_prose_against_a_table_leads_to_both_and_stays_open(tmp_path):
    text = payloads.FORM.replace("</p><table>", "全年行政复议共9件。</p><table>", 1)
    (tmp_path / "c.html").write_text(text, encoding="utf-8")
    report = read_file(tmp_path / "c.html", "c", "c.html")
    (found,) = (each for each in report.findings if each.identity == "prose_reviews_total")
    assert found.verdict == "broken"
    numbers = faults.numbers_of(found, report)
    assert [(each.source, each.value) for each in numbers] == [("text", 9), ("table", 4)]
    assert faults.fault_of(found, numbers, report.document.text) == "open"


def test_a_finding_of_prose_leads_to_every_number_that_it_quotes(tmp_path):
    (tmp_path / "a.txt").write_text(payloads.PROSE, encoding="utf-8")
    report = read_file(tmp_path / "a.txt", "a", "a.txt")
    (broken,) = report.findings
    assert [each.value for each in faults.numbers_of(broken, report)] == [27, 11, 10, 5]


def test_every_number_that_no_metric_took_is_listed_with_its_reason(tmp_path):
    (tmp_path / "a.txt").write_text(payloads.PROSE, encoding="utf-8")
    report = read_file(tmp_path / "a.txt", "a", "a.txt")
    taken = {(each.start, each.end) for each in report.observations}
    left = [each for each in report.quantities if (each.start, each.end) not in taken]
    assert [each.text for each in left] == ["4幅"]
    for language, why in (
        ("en", "has these slots and this unit"),
        ("zh", "与这些要素和单位相符的指标"),
    ):
        page = evidence.page(report, language)
        row = rows_of(page, "left")[1]
        assert "4幅" in row
        assert why in row
        assert f'<a href="#q{left[0].start}-{left[0].end}">4幅</a>' in page


def test_what_was_removed_is_told_with_its_characters(tmp_path):
    text = (
        "首页 > 公开\n某县2021年政府信息公开工作年度报告\n一、概述\n公开3条。\n打印本页 关闭窗口\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    report = read_file(tmp_path / "a.txt", "a", "a.txt")
    removed = report.document.removals
    assert removed
    rows = rows_of(evidence.page(report), "removed")[1:]
    for each, row in zip(removed, rows, strict=True):
        assert f"{each.raw_start:,}–{each.raw_end:,}" in row
        assert text[each.raw_start : each.raw_end] == each.text


def test_the_labels_are_in_one_language(form):
    english, chinese = (evidence.page(form, language) for language in ("en", "zh"))
    assert "What cleaning removed" in english
    assert "What cleaning removed" not in chinese
    assert "清理删除的内容" in chinese
    assert 'lang="zh-Hans"' in chinese
    with pytest.raises(ValueError, match="language is 'fr'; it can be 'en' or 'zh'"):
        evidence.page(form, "fr")


@pytest.mark.usefixtures("settings_back")
def test_a_notebook_speaks_the_language_of_its_figures(form):
    reading = evidence.Reading(form)
    assert "Observations" in reading._repr_html_()
    style._CHOSEN.language = "zh"
    assert "清理删除的内容" in reading._repr_html_()


def test_a_notebook_has_its_styles_at_the_tags(form):
    made = evidence.fragment(form)
    assert "<style" not in made
    assert " class=" not in made
    assert 'style="background-color: #cdebd6; color: #1a1a1a"' in made


def test_what_cannot_be_seen_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(payloads.PROSE, encoding="utf-8")
    page = evidence.page(read_file(tmp_path / "a.txt", "a", "a\u202e.txt"))
    assert '<code class="hidden" title="U+202E RIGHT-TO-LEFT OVERRIDE">U+202E</code>' in page
    assert not letters.HIDDEN.search(page)
    assert letters.visible("a\tb\n\x07") == "a\tb\n<U+0007>"


def test_the_command_writes_the_page_in_the_language_asked_for(tmp_path, capsys):
    (tmp_path / "b.html").write_text(payloads.FORM, encoding="utf-8")
    out = tmp_path / "page.html"
    show = ["show", str(tmp_path / "b.html"), "--out", str(out), "--language"]
    assert main([*show, "zh"]) == 0
    assert "shows 1 numbers" in capsys.readouterr().out
    assert "清理删除的内容" in out.read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as wrong:
        main([*show, "fr"])
    assert wrong.value.code == 2
