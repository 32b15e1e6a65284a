"""Who, where, when, and whether it is a report at all: on openings as sites print them."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

from govtext.core import regions, rules
from govtext.core.text import key
from govtext.extract.clean import clean
from govtext.extract.identify import identify
from govtext.extract.identify.names import take_apart
from govtext.pipeline.assemble import read_file
from govtext.read import read_bytes
from tests.accuracy import ROOT
from tests.openings import openings

EXCERPTS = ROOT.parent / "shared" / "samples" / "excerpts"
CASES = Path(__file__).parent / "cases"
NAMED = [*openings("seen"), *openings("held"), *openings("prose")]


@pytest.mark.parametrize("opening", NAMED, ids=str)
def test_identity_of_an_opening(opening, tmp_path):
    report = opening.read(tmp_path)
    who = report.identity
    right = dict(opening.right)
    levels = (right.pop("level") or "? ?").split()
    found = {
        "title": who.title and "".join(who.title.split()),
        "issuer": who.issuer,
        "code": who.region_code,
        "year": who.year and str(who.year),
    }
    assert found == right, who.reasons
    if "?" not in levels:
        expected = tuple(None if level == "-" else level for level in levels)
        assert (who.admin_level, who.government_level) == expected
    assert report.kind.name == "annual_report"


OTHERS = openings("others")


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_what_is_no_annual_report_is_called_so(other, tmp_path):
    kind = other.read(tmp_path).kind
    assert (kind.name, kind.doubtful) == (other.name, False)
    assert kind.reason


def test_ten_kinds_of_four():
    kinds = [other.name for other in OTHERS]
    assert {kinds.count(kind) for kind in kinds} == {4}
    assert len(set(kinds)) == 10


# --- furniture around a title -------------------------------------------------------------------

BODIES = [
    ("嘉鱼县司法局", "嘉鱼县司法局", "421221"),
    ("桂阳县流峰镇", "桂阳县流峰镇人民政府", "431021"),
    ("东宁市", "东宁市人民政府", "231086"),
    ("湛江市坡头区人民政府", "湛江市坡头区人民政府", "440804"),
    ("陕西省文物局", "陕西省文物局", "610000"),
    ("国家税务总局恩平市税务局", "国家税务总局恩平市税务局", "440785"),
    ("玉环市坎门街道办事处", "玉环市坎门街道办事处", "331083"),
]
ABOVE = [
    "首页 > 政务公开 > 政府信息公开年报 > 部门", "您的位置:首页>>信息公开>>年报",
    "所在栏目:首页 > 公开年报", "放大|缩小|语音|高对比", "繁體 | 无障碍 | 长者模式",
    "[ 大 | 中 | 小 ] 打印 收藏", "政府信息公开年报", "政务公开", "分享到:", "公开年报",
    "走进某县 新闻中心 政务公开 互动交流", "字体:【大】【中】【小】", "发布机构:{b}",
    "索 引 号:000014349/{n}-00123 主题分类:综合政务", "生成日期: {n}-01-21",
    "信息来源:{b} 发布日期:{n}-01-21 阅读次数:123", "公开范围:面向社会 有效性:有效",
]  # fmt: skip
BELOW = [
    "{n}-01-21 10:21", "来源: {b} 时间: {n}-01-21", "日期:{n}-02-11 来源: 点击数:",
    "发布时间：{n}-01-11 09:30:21　　来源：{b}　　浏览次数：", "【字体:大 中 小】 打印",
    "信息来源:本站 {n}年01月21日", "({n}年1月)", "发布日期:{n}-01-11 作者:admin",
]  # fmt: skip
TITLES = [
    "{b}{y}年政府信息公开工作年度报告", "{y}年{b}政府信息公开工作年度报告",
    "{b}关于{y}年度政府信息公开工作的报告", "{b}\n{y}年政府信息公开工作年度报告",
    "关于{b}{y}年政府信息公开工作情况的报告", "{b}政府信息公开年报({y}年度)",
]  # fmt: skip
BEFORE = ["", "", "标题:", "•标题:", "Page2-", "附件:", "★", "【年报】"]
BEHIND = ["", "", " {n}-01-21", "  {n}-01-18 16:20:11", "({n}年3月)"]
BODY = [
    "本报告依据《中华人民共和国政府信息公开条例》编制。统计期限自{y}年1月1日至{y}年12月31日。",
    "一、总体情况",
    "{y}年,按照上级部署,主动公开政府信息123条,收到申请4件。",
]


@pytest.mark.parametrize("seed", range(60))
def test_furniture_around_a_title_changes_nothing(seed, tmp_path):
    dice = random.Random(seed)
    name, issuer, code = dice.choice(BODIES)
    year = dice.randint(2009, 2024)
    title = dice.choice(TITLES)
    printed = dice.choice(BEFORE) + title + dice.choice(BEHIND)
    lines = [
        *dice.sample(ABOVE, dice.randint(0, 4)),
        *[printed] * dice.choice([1, 1, 1 if "\n" in title else 2]),
        *dice.sample(BELOW, dice.randint(0, 2)),
        *BODY,
    ]
    text = "\n".join(lines).format(b=name, y=year, n=year + 1)
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    who = read_file(path, "report", "report.txt").identity
    expected = title.replace("\n", "").format(b=name, y=year)
    assert (who.title, who.issuer, who.region_code, who.year) == (expected, issuer, code, year), (
        text
    )


# --- openings of real reports, which are no part of the project ---------------------------------


def excerpts():
    """Rows of the gold of the excerpts with their identities and kinds."""
    if not EXCERPTS.is_dir():
        pytest.skip("the excerpts do not lie beside the project")
    with (EXCERPTS / "gold" / "reports.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        path = EXCERPTS / f"{row['report']}.txt"
        yield row, read_file(path, path.stem, path.name)


def test_excerpts():
    found = [(row, report.identity, report.kind) for row, report in excerpts()]
    told = [(row, who) for row, who, _ in found if row["from_text"] == "1"]
    codes = [(who.region_code or "") == row["region_code"] for row, who in told]
    wrong = [
        row["report"]
        for row, who, _ in found
        if who.region_code and who.region_code != row["region_code"]
    ]
    titles = ["".join((who.title or "").split()) == "".join(row["title"].split())
              for row, who, _ in found]  # fmt: skip
    issuers = [(who.issuer or "") == row["issuer"] for row, who, _ in found]
    assert all(str(who.year) == row["year"] for row, who, _ in found)
    assert wrong == []
    assert sum(codes) >= 0.85 * len(codes)
    assert sum(issuers) >= 0.85 * len(issuers)
    assert sum(titles) >= 0.95 * len(titles)
    assert {kind.name for _, _, kind in found} == {"annual_report"}


# --- small inputs -------------------------------------------------------------------------------


def case(name):
    """Report of one of the small inputs."""
    (path,) = CASES.glob(f"{name}_*")
    return read_file(path, path.stem, path.name)


@pytest.mark.parametrize(
    ("name", "kind"), [("20", "other_period"), ("21", "news"), ("22", "other_report")]
)
def test_statistics_news_and_lists_are_no_reports(name, kind):
    assert case(name).kind.name == kind


def test_a_title_that_only_the_head_of_the_page_has():
    who = case("30").identity
    assert (who.title, who.year) == ("县水务局2023年政府信息公开工作年度报告", 2023)
    assert (who.region_code, who.county) == ("321322", "沭阳县")
    assert (who.sources["title"], who.sources["year"]) == ("html_meta", "html_meta")
    assert who.sources["region_code"] == "site_code"


def test_the_page_keeps_its_own_metadata():
    page = case("30").document.page
    assert ("SiteIDCode", "3213220037") in page.metadata
    assert ("PubDate", "2024-01-18 09:30") in page.metadata


def test_furniture_before_a_title_is_removed_and_kept():
    report = case("31")
    assert report.identity.title == "临江市白石区水务局2021年政府信息公开工作年度报告"
    assert report.identity.issuer in ("临江市白石区水务局", None)
    removed = [each.text for each in report.document.removals]
    assert "Page9-" in removed
    assert "放大|缩小|语音|高对比" in removed


def test_an_index_number_names_the_place():
    who = case("33").identity
    assert (who.region_code, who.sources["region_code"], who.year) == (
        "620702",
        "index_number",
        2025,
    )


def test_a_body_whose_place_no_table_knows_is_a_body():
    who = case("37").identity
    assert who.issuer == "青禾市人民政府办公室"
    assert who.sources["issuer"] == "furniture"
    assert (who.admin_level, who.government_level) == ("department", "prefecture")
    assert who.region_code is None
    assert "青禾市" in who.reasons["region_code"]


def test_a_date_in_chinese_zeros():
    who = case("13").identity
    assert (who.year, who.signed_on) == (2011, "2012-03-20")


# --- clues ---------------------------------------------------------------------------------------


def who_in(text, folder, suffix="txt"):
    path = folder / f"report.{suffix}"
    path.write_text(text, encoding="utf-8")
    return read_file(path, "report", path.name).identity


TOWN = "城关镇2019年政府信息公开工作年度报告\n一、总体情况\n2019年,我镇公开信息66条。\n"


def test_one_number_alone_settles_no_county(tmp_path):
    who = who_in(TOWN + "联系电话:0396-5950000,邮编:463500。", tmp_path)
    assert who.region_code is None
    assert who.prefecture == "驻马店市"


def test_numbers_that_contradict_are_both_named(tmp_path):
    who = who_in(TOWN + "联系电话:0396-5950000,邮编:730900。", tmp_path)
    assert who.region_code is None
    assert "0396" in who.reasons["region_code"]
    assert "730" in who.reasons["region_code"]


def test_a_code_and_a_text_that_contradict_leave_the_place_open(tmp_path):
    text = "索引号:411729003/2020-00001\n" + TOWN + "按照谷城县政府要求编制,谷城县政府网公布。"
    who = who_in(text, tmp_path)
    assert who.region_code is None
    assert "新蔡县" in who.reasons["region_code"]
    assert "谷城县" in who.reasons["region_code"]


def test_a_credit_code_holds_the_code_of_the_place(tmp_path):
    text = "索引号:11330782002610026X/2020-71830\n县级市某镇\n" + TOWN
    assert who_in(text, tmp_path).region_code == "330782"


def test_a_telephone_tells_which_of_two_places_of_a_name(tmp_path):
    text = "和平区2013年政府信息公开工作年度报告\n一、概述\n我区公开信息40条。\n电话:{}-23190000。"
    assert who_in(text.format("022"), tmp_path).region_code == "120101"
    assert who_in(text.format("024"), tmp_path).region_code == "210102"
    assert who_in(text.format("0591"), tmp_path).region_code is None


def test_a_short_name_has_a_full_one(tmp_path):
    text = "鹤峰县文旅局2020年政府信息公开工作年度报告\n一、总体情况\n我局公开信息12条。"
    who = who_in(text, tmp_path)
    assert (who.issuer, who.issuer_full) == ("鹤峰县文旅局", "鹤峰县文化和旅游局")


def test_a_folder_that_the_user_places_is_a_clue():
    text = "北街街道2025年政府信息公开工作年度报告\n2025年街道公开信息165条。"
    document = clean(read_bytes(text.encode()))
    assert identify(document).region_code is None
    who = identify(document, within="620702")
    assert (who.region_code, who.sources["region_code"]) == ("620702", "folder")
    assert who.issuer == "北街街道办事处"


def test_every_clue_points_to_a_place_of_the_table():
    rows = rules.load("place_codes")
    for row in rows:
        assert regions.coded(row["region_code"]).name == row["name"], row
        length = {"postcode": (3,), "telephone": (3, 4)}[row["kind"]]
        assert row["prefix"].isdecimal()
        assert len(row["prefix"]) in length, row
    assert len({(row["kind"], row["prefix"], row["region_code"]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "依《条例》和上级要求,现将我办", "放大|缩小|语音|高对比自治区北部湾办", "信息所属单位:办公室某局",  # noqa: E501
        "市政府办公室:现将我乡人民政府", "全县各级各部门", "一、总体情况", "2012年安岳县教育局",
        "认真落实安岳县教育局", "来源安岳县教育局", "根据安岳县教育局",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_body(text):
    assert take_apart(text, "title") is None


def test_a_head_printed_twice_is_one():
    assert take_apart("广州海关海关", "title").name == "广州海关"


@pytest.mark.parametrize(
    "row", rules.load("kinds"), ids=lambda row: f"{row['kind']}-{row['example']}"
)
def test_kinds_know_their_examples(row):
    pattern = rules.pattern(row, flags=re.MULTILINE)
    assert pattern.search(key(row["example"]) if row["where"] == "title" else row["example"])
    if row["counter_example"] and row["kind"] not in ("work_plan", "other_report"):
        counter = row["counter_example"]
        assert not pattern.search(key(counter) if row["where"] == "title" else counter)


def test_doubt_is_an_annual_report_with_a_flag(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("某地气候温和,物产丰富,历史悠久。\n景色宜人。", encoding="utf-8")
    kind = read_file(path, "report", path.name).kind
    assert (kind.name, kind.doubtful) == ("annual_report", True)


def test_a_manifest_overrules_a_kind(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("2022年上半年政府信息公开数据统计\n上半年公开信息30条。", encoding="utf-8")
    assert read_file(path, "report", path.name).kind.name == "other_period"
    kind = read_file(path, "report", path.name, {"kind": "annual_report"}).kind
    assert (kind.name, kind.reason) == ("annual_report", "manifest")


PAGE = (
    '<html><head><meta charset="utf-8">{}</head><body><div id="zoom"><p>一、总体情况</p>'
    "<p>2022年,{}公开信息100条。</p><p>二、主动公开</p><p>规章0件。</p></div></body></html>"
)
SITE = (
    '<meta name="SiteName" content="泽州县人民政府{}"><meta name="SiteIDCode" content="1405250002">'
)


@pytest.mark.parametrize(
    ("end", "voice", "issuer", "code"),
    [
        ("门户网站", "全年", None, None),
        ("", "我局", None, None),
        ("", "我镇", None, "140525"),
        ("", "我县", "泽州县人民政府", "140525"),
    ],
)
def test_the_site_of_a_government_is_the_body_of_no_office(end, voice, issuer, code, tmp_path):
    who = who_in(PAGE.format(SITE.format(end), voice), tmp_path, "html")
    assert (who.issuer, who.region_code) == (issuer, code)


def test_the_name_of_a_column_is_no_title(tmp_path):
    assert who_in(PAGE.format("<title>年报</title>", "我局"), tmp_path, "html").title is None
