"""Damaged type: read as what it stands for, never a wrong number, spans of the printed text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtext as gt
from govtext.core.mending import Edit, Mending, step
from govtext.core.model import Cell, Document, Page, Segment, Table
from govtext.core.text import fold
from govtext.extract.repair import doubled, repair
from govtext.pipeline.assemble import read_file

CASES = Path(__file__).parent / "cases"


def document(text: str, tables=()) -> Document:
    segments = []
    position = 0
    for line in text.split("\n"):
        segments.append(Segment(position, position, len(line)))
        position += len(line) + 1
    return Document(Page(text, "txt", "utf-8", ""), text, tuple(segments), (), tuple(tables))


def mended(text: str) -> str:
    return repair(document(text))[0].text


def values(text: str) -> dict[str, tuple[float | None, str]]:
    found = gt.parse_quantities(text)
    assert all(text[row.start : row.end] == row.text for row in found.itertuples())
    return {row.text: (row.value, row.flags) for row in found.itertuples()}


# --- the cases of a kind --------------------------------------------------------------------------

RIGHT = [
    ("05_bold_doubled_text.txt", {
        "requests_received": (12, "repaired"), "reviews_total": (0, "repaired"),
        "litigation_total": (2, "repaired"), "proactive_total": (1100, ""),
        "disclosed_via_website": (880, ""), "requests_received_online": (11, "")}),
    ("06_kangxi_radicals.txt", {
        "disclosed_via_website": (326, ""), "disclosed_via_wechat": (41, ""),
        "requests_received": (7, ""), "requests_received_online": (5, ""),
        "requests_received_letter": (2, ""), "replies_granted": (4, ""),
        "replies_refused": (1, ""), "reviews_total": (2, ""), "litigation_total": (0, "")}),
    ("15_spaces_and_wraps.txt", {
        "proactive_total": (1204, "repaired"), "requests_received": (23, "repaired"),
        "disclosed_via_website": (1015, "repaired"), "requests_received_online": (19, "repaired"),
        "requests_received_in_person": (4, ""), "press_conferences": (3, ""),
        "trainings": (1, ""), "trainees": (60, "")}),
    ("36_pinyin_glosses.txt", {
        "proactive_total": (120, ""), "disclosed_via_website": (95, ""),
        "requests_received": (3, ""), "replies_total": (3, ""),
        "reviews_total": (0, "repaired"), "litigation_total": (0, "repaired")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right"), RIGHT, ids=[name for name, _ in RIGHT])
def test_a_case_is_read_as_it_was_meant(name, right):
    report = read_file(CASES / name, "case", name)
    own = {"repaired"}
    found = {
        each.metric: (each.value, ";".join(own.intersection(each.flags.split(";"))))
        for each in report.observations
    }
    assert {metric: found.get(metric) for metric in right} == right


@pytest.mark.parametrize("name", [name for name, _ in RIGHT])
def test_the_printed_text_stays_and_every_span_is_of_it(name):
    report = read_file(CASES / name, "case", name)
    text, raw = report.document.text, (CASES / name).read_text(encoding="utf-8")
    assert all(line in raw for line in text.split("\n"))
    for each in report.quantities:
        assert text[each.start : each.end] == each.text
        begin, stop = report.document.raw_span(each.start, each.end)
        assert raw[begin:stop].split() == each.text.split()
    assert all(each.quote in text for each in report.observations)
    starts = [each.start for each in report.sections]
    assert starts[0] == 0
    assert [each.end for each in report.sections] == [*starts[1:], len(text)]


@pytest.mark.parametrize(
    ("name", "title", "issuer", "year"),
    [
        ("05_bold_doubled_text.txt", "松原街道2018年政府信息公开工作年度报告", None, 2018),
        ("06_kangxi_radicals.txt", None, "云溪市民政局", 2020),
        ("15_spaces_and_wraps.txt", "东岗市2022年政府信息公开工作年度报告", None, 2022),
        ("36_pinyin_glosses.txt", "白石鎮2016年政府信息公開工作年度報告", None, 2016),
    ],
)
def test_identity_of_a_case(name, title, issuer, year):
    found = read_file(CASES / name, "case", name).identity
    assert (found.title, found.year) == (title or found.title, year)
    assert issuer in (None, found.issuer)


def test_a_misprinted_row_of_a_form_is_that_row():
    report = read_file(CASES / "32_misprinted_row_label.html", "case", "case.html")
    found = {
        each.applicant: (each.value, each.flags)
        for each in report.observations
        if each.metric == "denied_other_law"
    }
    assert found["natural_person"] == (4, "repaired")
    assert found["total"] == (6, "repaired")
    assert len(found) == 7
    assert {each.flags for each in report.observations if each.metric != "denied_other_law"} == {""}


# --- radicals -------------------------------------------------------------------------------------


def test_radicals_compare_as_what_they_stand_for():
    assert fold("⺠政局⼯作⻔⼾⾦\uf90a⻑期") == "民政局工作门户金金长期"


@given(st.text(alphabet=[*map(chr, range(0x2E80, 0x2FE0)), *map(chr, range(0xF900, 0xFB00))]))
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


# --- doubled type ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("一一、、主主动动公公开开", "一、主动公开"),
        ("全全年年收收到到申申请请1122件件", "全年收到申请12件"),
        ("答答复复率率9988..55%%,,其中网站11件", "答复率98.5%,其中网站11件"),
        ("22001188年年66月月制制发发文文件件110000件件。。", "2018年6月制发文件100件。"),
        ("收收  到到  申申  请请33件件", "收到申  请3件"),
        ("全年共受受理理申申请请110011件件,,均已答复", "全年共受理申请101件,均已答复"),
        ("主主动动公公开开信信息息\n总总计计", "主动公开信息\n总计"),
        ("主主动动公公开开信信息息\n人人有责", "主动公开信息\n人人有责"),
    ],
)
def test_doubled_type_is_read_once(text, read):
    assert mended(text) == read


@pytest.mark.parametrize(
    "text",
    ["全年公开1100条,其中880条、11条", "方方面面面面俱到", "实实在在、家家户户", "00000000",
     "……。。。", "总总计计"],
)  # fmt: skip
def test_plain_type_is_never_touched(text):
    assert mended(text) == text


PIECES = ("政政", "府府", "信信息息", "主主动动公公开开", "方方面面", "1122", "11", "99..55%%",
          "年", "的", "总总计计", "。。", "----", " ", "  ", "\n", "\n", "\t", "申申申",
          "3件")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_doubled_type_is_missed_where_no_sign_stands(text):
    found = list(doubled.edits(document(text)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubled, "_may_be_doubled", bool)
        assert list(doubled.edits(document(text))) == found


@pytest.mark.parametrize("number", ["1122", "11", "223344"])
def test_digits_at_the_edge_of_doubled_type_are_no_number(number):
    """Bold words before a plain number: 1122 may be 12 or 1122."""
    found = values(f"全全年年收收到到申申请请{number}件,均已答复")
    assert [value for value, _ in found.values()] == [None]
    assert values("全全年年收收到到申申请请12件")["12件"] == (12, "")
    assert values("行行政政诉诉讼讼案案00件")["00件"] == (0, "repaired")


# --- readings in brackets -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("白石鎮(zhèn)公開", "白石鎮公開"),
        ("報（bào）告3件(jiàn)", "報告3件"),
        ("統(tǒng)計(jì)們(men)的", "統計們的"),
        ("政府(zhèng fǔ)信息", "政府信息"),
        ("女(nǚ)性", "女性"),
    ],
)
def test_readings_are_not_there(text, read):
    assert mended(text) == read


@pytest.mark.parametrize("text", ["微信(wechat)公众号", "生产总值(GDP)", "附件(a)", "意见(men)"])
def test_other_brackets_stay(text):
    assert mended(text) == text


# --- blanks and line ends -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("收 到 政 府 信 息 公 开 申 请 2 3 件。", "收到政府信息公开申请 23 件。"),
        ("全年公开政府信 息 1 204 条。", "全年公开政府信息 1204 条。"),
        ("全年公开12 345 条,网 站公开9 8 条。", "全年公开12345 条,网站公开98 条。"),
        ("其中网络申请 1\n9 件、当面申请4件。", "其中网络申请 19 件、当面申请4件。"),
        ("公开信息1 015\n条、公报3条。", "公开信息1015条、公报3条。"),
        ("满意率98. 5%,办结率9\n9.5%。", "满意率98.5%,办结率99.5%。"),
        ("2 0 2 2 年 1 2 月 3 1 日", "2022 年 12 月 31 日"),
        ("收到申请,\n其中网络申请3件", "收到申请,其中网络申请3件"),
    ],
)
def test_torn_words_and_figures_are_put_together(text, read):
    assert mended(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "召开新闻发布会 3 场 5 人次出席。",
        "联系电话 0591 8888 0000。",
        "截至 2022 12 月,公开3条。",
        "总计 12 35 8",
        "收到申请数 件 12 35 件",
        "行政许可 2 3 件",
        "2. 3件已办结。",
        "见附表 1 204 条。",
        "公开文件12\n3.其他信息5条。",
        "一、概述 根据上级要求,公开3条。",
        "收到申请数\n12\n35\n件",
        "主动公开信息,\n二、依申请公开",
    ],
)
def test_what_may_be_two_stays_two(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    "text", ["分别受理申请12 35 件。", "公开信息12 34 56 条。", "公开信息。1 204 条已归档。"]
)
def test_what_is_one_number_or_several_is_none(text):
    assert [value for value, _ in values(text).values()] == [None]


def test_a_cell_of_a_table_is_left_alone():
    text = "收到申请\t1 204 件,\t3"
    cells = (Cell(0, 0, 1, 1, 0, 4), Cell(0, 1, 1, 1, 5, 13), Cell(0, 2, 1, 1, 14, 15))
    assert repair(document(text, [Table(0, len(text), cells)]))[0].text == text


# --- the way back ---------------------------------------------------------------------------------


def test_tables_and_pages_follow():
    text = "全全年年收收到到申申请请\n甲\t⼈\n白石鎮(zhèn)"
    cells = (Cell(0, 0, 1, 1, 13, 14), Cell(0, 1, 1, 1, 15, 16))
    found, mending = repair(document(text, [Table(13, 16, cells)]))
    assert found.text == "全年收到申请\n甲\t人\n白石鎮"
    shown = [found.text[each.start : each.end] for each in found.tables[0].cells]
    assert shown == ["甲", "人"]
    for place, mark in enumerate(found.text):
        begin, _ = mending.printed(place, place + 1)
        assert fold(text[begin])[0] == fold(mark)
        if mark != "\n":
            assert found.page_span(place, place + 1)[0] == begin
    assert mending.printed(13, 14) == (19, 20)


@st.composite
def texts_and_edits(draw):
    text = draw(st.text(alphabet="abcdef", max_size=30))
    edits, position = [], 0
    while position < len(text):
        start = draw(st.integers(position, len(text)))
        end = draw(st.integers(start, min(start + 3, len(text))))
        if start == end:
            break
        edits.append(Edit(start, end, draw(st.text(alphabet="XY", max_size=end - start))))
        position = end
    return text, edits


@given(texts_and_edits())
def test_characters_that_stay_lead_back_to_themselves(drawn):
    text, edits = drawn
    made = step(edits)
    read = made.apply(text)
    mending = Mending((made,))
    for place, mark in enumerate(read):
        begin, end = mending.printed(place, place + 1)
        assert begin < end <= len(text)
        if mark.islower():
            assert text[begin:end] == mark
            assert made.forward(begin) == place
    spans = [mending.printed(place, place + 1) for place in range(len(read))]
    assert spans == sorted(spans)


def test_a_document_without_damage_is_itself():
    whole = document("全年公开信息12条。")
    found, mending = repair(whole)
    assert found is whole
    assert mending.steps == ()
