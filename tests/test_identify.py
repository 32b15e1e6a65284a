"""Identity: invented reports (`identities.csv`), each with what a careful reader says of it.

In the table `|` stands for a line end, a word in braces for one of the paragraphs below, an empty
cell for a field that is not asked, and - for one that must be null.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Document, Page, Removal
from govtext.extract.identify import identify
from govtext.extract.identify.dates import DATE, FIRST_YEAR, LAST_YEAR, to_iso, to_year
from govtext.extract.identify.heading import bodies_in
from govtext.extract.identify.names import take_apart
from tests.cases import every

TABLE = Path(__file__).parent / "identities.csv"
PLACE = ("province", "prefecture", "county", "region_code")


def paragraph(own: str) -> str:
    """Give a paragraph in which a body speaks of itself."""
    return f"{own}认真贯彻条例,稳步推进政府信息公开工作,{own}主动公开政府信息120条。"


PARAGRAPHS = {
    "{bureau}": paragraph("我局"),
    "{county}": paragraph("我县"),
    "{city}": paragraph("我市"),
    "{district}": paragraph("我区"),
    "{town}": paragraph("我镇"),
    "{rules}": "根据《中华人民共和国政府信息公开条例》(以下简称《条例》)的规定,特编制本报告。",
}


def document(text: str, furniture: str = "") -> Document:
    """Give a cleaned document with lines for `|` and the furniture among its removals."""
    for name, prose in PARAGRAPHS.items():
        text = text.replace(name, prose)
    text = text.replace("|", "\n")
    removals = tuple(Removal(each, "byline", 0, 0) for each in furniture.split("|") if each)
    return Document(Page(text, "txt", "utf-8", ""), text, (), removals)


def read_cases() -> list[dict[str, str]]:
    """Give the rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asked(case: dict[str, str]) -> dict[str, str | int | None]:
    """Give the fields that a case asks for, with the values expected."""
    fields = {k: v for k, v in case.items() if v and k not in ("group", "text", "furniture")}
    values: dict[str, str | int | None] = {k: None if v == "-" else v for k, v in fields.items()}
    if isinstance(values.get("year"), str):
        values["year"] = int(fields["year"])
    return values


CASES = read_cases()


@every("case", CASES)
def test_identity(case: dict[str, str]) -> None:
    who = identify(document(case["text"], case["furniture"]))
    expected = asked(case)
    assert {name: getattr(who, name) for name in expected} == expected, who.reasons


def test_every_field_has_a_source_or_a_reason() -> None:
    for case in CASES:
        who = identify(document(case["text"], case["furniture"]))
        fields = set(who.__dataclass_fields__) - {"sources", "reasons"}
        filled = {name for name in fields if getattr(who, name) is not None}
        assert set(who.sources) == filled, case["text"]
        assert set(who.reasons) == fields - filled, case["text"]
        assert all(who.sources.values()), case["text"]
        assert all(who.reasons.values()), case["text"]


@pytest.mark.parametrize(
    ("name", "places", "office", "kind"),
    [
        ("资阳市安岳县财政局", ("资阳市", "安岳县"), "财政局", "department"),
        ("安岳县", ("安岳县",), "", "government"),
        ("安岳县人民政府办公室", ("安岳县",), "人民政府办公室", "office"),
        ("北京路街道办事处", (), "北京路街道办事处", "township"),
        ("广东水利厅", ("广东",), "水利厅", "department"),
        ("国家粮食局", (), "国家粮食局", "national"),
        ("国家税务总局赣州市税务局", ("赣州市",), "税务局", "department"),
        ("国家统计局赣州调查队", ("赣州市",), "调查队", "department"),
        ("赣州市市场监督管理局", ("赣州市",), "市场监督管理局", "department"),
        ("芜湖高新区管委会", ("芜湖市",), "管委会", "government"),
        ("萧县龙城街道办事处", ("萧县",), "龙城街道办事处", "township"),
        ("禾县城关街道办事处", (), "城关街道办事处", "township"),
    ],
)
def test_names_are_taken_apart(name: str, places: tuple[str, ...], office: str, kind: str) -> None:
    body = take_apart(name, "title")
    assert body
    assert (body.places, body.office, body.kind) == (places, office, kind)


@pytest.mark.parametrize("name", ["", "一、概述", "2012年", "根据条例的规定", "安岳县人民" * 20])
def test_other_words_are_no_bodies(name: str) -> None:
    assert take_apart(name, "title") is None


@pytest.mark.parametrize(
    ("name", "relative"),
    [
        ("市教育局", "市"),
        ("市市场监督管理局", "市"),
        ("市场监督管理局", ""),
        ("自治区财政厅", "自治区"),
    ],
)
def test_relative_names(name: str, relative: str) -> None:
    body = take_apart(name, "title")
    assert body
    assert body.relative == relative


def test_bodies_in_titles() -> None:
    assert bodies_in("2012年某局政府信息公开年报") == ["某局"]
    assert bodies_in("某市2012年某局政府信息公开年报")[0] == "某市某局"
    assert bodies_in("政府信息公开年报(2012年度)") == []


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2013年3月6日", "2013-03-06"),
        ("二〇一三年三月二十六日", "2013-03-26"),
        ("二○一三年十二月三十一日", "2013-12-31"),
        ("二OO九年元月十日", "2009-01-10"),
        ("二0一三年三月廿六日", "2013-03-26"),
        ("2013年2月29日", None),
        ("2012年2月29日", "2012-02-29"),
        ("1999年2月1日", None),
        ("2013年0月1日", None),
    ],
)
def test_dates(printed: str, date: str | None) -> None:
    match = DATE.fullmatch(printed)
    assert match
    assert to_iso(match) == date


@given(
    st.integers(FIRST_YEAR, LAST_YEAR),
    st.sampled_from(["0123456789", "〇一二三四五六七八九", "○一二三四五六七八九"]),
)
def test_years_in_any_numerals(year: int, digits: str) -> None:
    assert to_year("".join(digits[int(mark)] for mark in str(year))) == year


EXAMPLES = {
    row["example"] for name in ("identity", "bodies", "pronouns") for row in rules.load(name)
}
PIECES = [
    "安岳县",
    "鼓楼区",
    "广东省",
    "2012年",
    "二〇一三年三月六日",
    "〔2013〕5号",
    "|",
    "。",
    " ",
    "(",
]
WORDS = [*sorted(EXAMPLES), *PIECES]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=40).map("".join))
def test_no_text_is_too_strange(text: str) -> None:
    who = identify(document(text, text))
    assert who.region_code is None or who.province


@given(st.text(max_size=300))
def test_nothing_is_guessed_of_noise(text: str) -> None:
    who = identify(document(text))
    assert not any(getattr(who, name) for name in PLACE)


BODY = [
    paragraph("我局"),
    "二、主动公开情况",
    "2012年公开信息30条。",
    "三、依申请公开",
    "比2011年多。",
]
REPORT = "安岳县教育局2012年政府信息公开工作年度报告|{rules}|"


@pytest.mark.parametrize(
    "record",
    [
        "索 引 号 | 0024/2013-1 | 发布机构 | 安岳县教育局 | |",
        "发布机构 安岳县教育局 发布日期: 2013-01-05",
    ],
)
def test_a_record_without_colons_names_the_body(record: str) -> None:
    text = paragraph("我局")
    removals = (Removal(record, "record", 0, 0),)
    who = identify(Document(Page(text, "txt", "utf-8", ""), text, (), removals))
    assert (who.issuer, who.region_code) == ("安岳县教育局", "512021")
    assert who.sources["issuer"] == "furniture"


@given(st.permutations(BODY))
def test_order_of_the_body_does_not_matter(body: list[str]) -> None:
    last = "|安岳县教育局|2013年3月5日"
    shuffled = identify(document(REPORT + "|".join(body) + last))
    assert shuffled == identify(document(REPORT + "|".join(BODY) + last))
    assert (shuffled.region_code, shuffled.signed_on) == ("512021", "2013-03-05")


def test_a_table_behind_the_signature_does_not_hide_it() -> None:
    prose = "|".join(["2012年我局认真落实公开条例" * 6] * 8)
    rows = "|".join(f"指标{number} 件 {number}" for number in range(40))
    who = identify(document(f"{REPORT}{prose}|安岳县教育局|2013年3月5日|附件：统计表|{rows}"))
    assert who.signed_on == "2013-03-05"


@pytest.mark.parametrize(
    "unit",
    ["市", "江苏省", "2012年", "2012年3月6日 ", "鼓楼区", "请与", "由", "(", "二", "公布", "我局",
     "安岳县教育局 2012年3月6日 ", "某某局\n"],
)  # fmt: skip
def test_hostile_texts_are_read_to_their_end(unit: str) -> None:
    identity = identify(document(unit * (100_000 // len(unit))))
    assert identity.reasons or identity.sources
