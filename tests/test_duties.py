"""What the Regulation asks for: states, traps, dates, evidence that leads back, the plot."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.analyse import corpus, duties
from govtext.analyse.duties import statements
from govtext.core import rules
from govtext.core.text import fold
from govtext.pipeline import rows, tables
from govtext.pipeline.assemble import read_file
from govtext.show import plots, style
from tests.cases import every

RAW = Path(__file__).parents[1] / "data" / "raw"
RULES = rules.load("duties")
EVIDENCE = [row for row in RULES if row["kind"] in ("heading", "none_below", "none", "sentence")]
WORDS, NONE, NUMBER, SILENT = "stated_in_words", "stated_none", "stated_with_number", "not_stated"


def study(folder, texts):
    """Tables of reports made of paragraphs, as a study has them, without writing any."""
    found = {name: [] for name in tables.names()}
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        made = rows.report_columns(read_file(path, name, path.name))
        for table, columns in made.items():
            values = zip(*columns.values(), strict=True)
            found[table] += [dict(zip(columns, each, strict=True)) for each in values]
    return tables.Study(folder, **{name: tables.frame(name, new) for name, new in found.items()})


def states(folder, *paragraphs, year=2012, body="南京市财政局"):
    title = f"{body}{year}年政府信息公开工作年度报告"
    text = "\n".join([title, "现将有关情况报告如下。", *paragraphs]) + "\n"
    frame = duties.statutory_contents(study(folder, {"one": text}))
    return frame.set_index("duty")["state"].to_dict()


def takes(row, text):
    """True if a rule row takes a text for a statement."""
    if row["kind"] == "heading":
        return statements._fits(row, fold(text))
    if row["kind"] == "none_below":
        return bool(rules.pattern(row).fullmatch(fold(text)))
    return statements._statement(row, fold(text)) is not None


@every("row", EVIDENCE)
def test_every_row_takes_its_examples_and_not_its_counter_example(row):
    variants = row["variants"].split("|")
    assert len(variants) >= 3
    for text in [row["example"], *variants]:
        assert takes(row, text), text
    assert not takes(row, row["counter_example"])


def test_the_rows_name_metrics_labels_parts_and_levels_that_exist():
    metrics = {row["id"] for row in rules.load("codebook")}
    keys = {row["key"] for row in rules.load("labels")}
    for row in RULES:
        if row["kind"] in ("number", "total"):
            for pattern in row["pattern"].split(";"):
                whole = re.compile(pattern.replace("*", ".{0,60}"))
                assert any(whole.fullmatch(metric) for metric in metrics), pattern
        if row["kind"] == "content":
            assert f"duty.{row['id']}" in keys
            assert row["zh"]
            assert row["en"]
        parts = set(row["parts"].split(";")) - {""}
        assert parts <= set(corpus.part_names())
        levels = set(row["levels"].split(";")) - {""}
        assert all(f"level.{level}" in keys for level in levels)
        if row["kind"] == "date":
            assert date.fromisoformat(f"2012-{row['pattern']}")


def test_patterns_are_bounded():
    for row in EVIDENCE:
        for column in ("pattern", "unless", "needs"):
            assert rules.pattern(row, column)
            assert not re.search(r"(?<!\\)[*+](?!\?)", row[column]), row[column]


def test_each_regulation_asks_for_six_contents():
    asked = [row for row in RULES if row["kind"] == "content"]
    assert [row["regulation"] for row in asked] == ["2007"] * 6 + ["2019"] * 6


NUMBERS = """一、概述
我局高度重视。
二、主动公开政府信息情况
全年主动公开政府信息128条。
三、依申请公开政府信息情况
全年收到政府信息公开申请9件。
四、收费及减免情况
依申请公开共收取费用36元。
五、行政复议、行政诉讼情况
因政府信息公开引发的行政复议2件。
六、存在的主要问题及改进情况
更新不够及时。
七、其他需要报告的事项
我局编印了指南。"""


def test_numbers(tmp_path):
    assert states(tmp_path, NUMBERS) == {
        "proactive": NUMBER,
        "on_request": NUMBER,
        "fees": NUMBER,
        "review_litigation": NUMBER,
        "problems": WORDS,
        "other": WORDS,
    }


def test_none(tmp_path):
    text = """一、概述
我局未收到政府信息公开申请。
二、收费情况
我局政府信息公开工作未发生收费情况。
三、行政复议、行政诉讼情况
无。
四、存在的主要问题及改进情况
无。
五、其他需要报告的事项
没有其他需要报告的事项。"""
    assert states(tmp_path, text) == {
        "proactive": SILENT,
        "on_request": NONE,
        "fees": NONE,
        "review_litigation": NONE,
        "problems": NONE,
        "other": NONE,
    }


def test_words(tmp_path):
    text = """一、工作情况
我局在政府网站主动公开了部门预算等信息。对公民提出的公开申请均按时答复。
提供信息时按照物价部门规定收取检索、复制费。因信息公开引发的行政复议均已审结。
我局公开工作还存在一些不足。
我局没有其他需要报告的事项。"""
    found = states(tmp_path, text)
    assert found.pop("other") == NONE
    assert set(found.values()) == {WORDS}


TRAPS = [
    ("fees", "一、行政事业性收费公开情况\n公开收费标准12项。"),
    ("fees", "一、概述\n将收费项目、收费依据和标准向社会公开。"),
    ("on_request", "一、概述\n逐步形成以主动公开为主、依申请公开为补充的格局。"),
    ("on_request", "一、概述\n建立了依申请公开、保密审查、年度报告等制度。"),
    ("on_request", "一、下一步打算\n依申请公开的,要按照程序及时答复。"),
    ("review_litigation", "一、概述\n举办培训班,讲解行政复议、行政诉讼等内容。"),
    ("review_litigation", "一、概述\n推进行政复议体制改革,公开行政复议决定书。"),
    ("proactive", "一、概述\n按照规定应当主动公开的内容包括财政预算。"),
    ("proactive", "一、下一步打算\n进一步加大主动公开力度。"),
    ("problems", "一、概述\n及时发现和解决存在的问题,欢迎对存在的问题进行曝光。"),
    ("problems", "一、着力解决群众反映的突出问题\n走访企业12家。"),
    ("problems", "一、下一步工作重点\n进一步规范公开内容。"),
    ("other", "一、其他方式公开情况\n印发宣传册。"),
]


@pytest.mark.parametrize(("duty", "text"), TRAPS)
def test_a_word_in_another_context_is_no_statement(duty, text, tmp_path):
    assert states(tmp_path, text)[duty] == SILENT


def test_a_list_of_contents_is_no_statement(tmp_path):
    text = (
        "本报告由概述、主动公开情况、依申请公开情况、收费及减免情况、行政复议和行政诉讼情况、"
        "存在的主要问题及改进情况、其他需要报告的事项七个部分组成。"
    )
    assert set(states(tmp_path, text).values()) == {SILENT}


def test_a_heading_without_text_is_no_statement(tmp_path):
    found = states(tmp_path, "一、收费及减免情况\n二、存在的主要问题\n更新不够及时。")
    assert (found["fees"], found["problems"]) == (SILENT, WORDS)


def test_none_of_a_part_is_not_none(tmp_path):
    text = "一、依申请公开情况\n申请均按规定办理,其中未收到传真申请。"
    assert states(tmp_path, text)["on_request"] == WORDS


def test_another_year_s_number_is_not_this_year_s(tmp_path):
    text = "一、依申请公开情况\n2010年收到政府信息公开申请9件。"
    assert states(tmp_path, text)["on_request"] == WORDS


def test_one_heading_may_state_two_contents(tmp_path):
    text = "一、依申请公开、行政复议和诉讼情况\n有关事项均依法处理。"
    found = states(tmp_path, text)
    assert (found["on_request"], found["review_litigation"]) == (WORDS, WORDS)


def test_a_row_of_an_annex_counts_also_behind_the_last_section(tmp_path):
    text = "一、存在的主要问题\n更新不够及时。\n附表\n行政复议数 件 0 行政诉讼数 件 0"
    assert states(tmp_path, text)["review_litigation"] != SILENT


ASSESSED = "一、监督保障\n将政务公开纳入年度绩效考核。"


def test_the_regulation_of_2019_asks_governments_for_more_and_nobody_for_fees(tmp_path):
    found = states(tmp_path, ASSESSED, year=2022, body="南京市人民政府")
    assert found["assessment"] == WORDS
    assert "fees" not in found
    silent = states(tmp_path, "一、监督保障\n开展培训2次。", year=2022, body="南京市人民政府")
    assert silent["assessment"] == SILENT
    assert states(tmp_path, ASSESSED, year=2022)["assessment"] == "not_applicable"


def test_the_last_year_of_one_regulation_and_the_first_of_the_other(tmp_path):
    assert "assessment" not in states(tmp_path, NUMBERS, year=2018)
    assert "fees" not in states(tmp_path, NUMBERS, year=2019)


def test_reports_of_both_regulations_side_by_side(tmp_path):
    texts = {
        str(year): f"南京市财政局{year}年政府信息公开工作年度报告\n{NUMBERS}\n"
        for year in (2018, 2019)
    }
    frame = duties.statutory_contents(study(tmp_path, texts)).set_index(["report_id", "duty"])
    assert frame.loc[("2018", "assessment"), "reason"] == "not asked of reports on 2018"
    assert frame.loc[("2019", "fees"), "reason"] == "not asked of reports on 2019"
    assert frame.loc[("2018", "proactive"), "article"] == "32(1)"
    assert frame.loc[("2019", "proactive"), "article"] == "50(1)"


def test_without_a_year_nothing_is_said(tmp_path):
    frame = duties.statutory_contents(study(tmp_path, {"one": f"没有标题的文字。\n{NUMBERS}\n"}))
    assert set(frame["state"]) == {"not_applicable"}
    assert set(frame["reason"]) == {"the year is unknown"}
    assert frame["quote"].isna().all()


def test_a_study_without_reports(tmp_path):
    empty = study(tmp_path, {})
    assert duties.statutory_contents(empty).empty
    assert duties.timeliness(empty).empty


def test_nothing_given_is_changed(tmp_path):
    one = study(tmp_path, {"one": f"南京市财政局2012年政府信息公开工作年度报告\n{NUMBERS}\n"})
    before = {name: getattr(one, name).copy() for name in ("reports", "sections", "observations")}
    duties.statutory_contents(one)
    duties.timeliness(one)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, getattr(one, name))


BLOCKS = (
    NUMBERS.split("\n") + [text for _, text in TRAPS] + [ASSESSED, "无。", "１２件，均未收费。"]
)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=12), st.integers(2006, 2026))
def test_every_quote_stands_where_it_says(tmp_path_factory, blocks, year):
    title = f"南京市人民政府{year}年政府信息公开工作年度报告"
    one = study(tmp_path_factory.mktemp("study"), {"one": "\n".join([title, *blocks])})
    frame = duties.statutory_contents(one)
    text = one.reports["text"].iloc[0]
    assert not frame.duplicated(["report_id", "duty"]).any()
    assert set(frame["state"]) <= set(duties.STATES)
    for row in frame.to_dict("records"):
        stated = row["state"].startswith("stated")
        assert stated == isinstance(row["quote"], str)
        assert (row["state"] == "not_applicable") == isinstance(row["reason"], str)
        if stated:
            assert row["quote"] == text[row["start"] : row["end"]] != ""
            assert len(row["quote"]) < 400


@given(st.permutations(["二、收费情况\n均未收费。", "三、其他需要报告的事项\n无。"]), st.booleans())
@settings(max_examples=6)
def test_the_order_of_sections_does_not_matter(tmp_path_factory, blocks, trap):
    folder = tmp_path_factory.mktemp("study")
    more = ["四、下一步打算\n依申请公开的,要及时答复。"] if trap else []
    found = states(folder, *blocks, *more)
    assert (found["fees"], found["other"], found["on_request"]) == (NONE, NONE, SILENT)


@pytest.mark.parametrize(
    "unit", ["公开", "存在", "申请公开已", "通过", "还存在,", "主动公开条 ", "对"]
)
def test_hostile_text_is_searched_to_its_end(unit):
    text = unit * (40_000 // len(unit))
    reading = statements.Searched(text, text, [], [])
    for name in ("proactive", "on_request", "fees", "problems", "assessment"):
        statements.find(reading, name)


def timing(year, level, signed, reasons=""):
    """Row of `timeliness` for a report with this identity."""
    reports = pd.DataFrame(
        {"report_id": ["one"], "year": [year], "issuer": ["甲"], "issuer_short": ["甲"],
         "admin_level": [level], "signed_on": [signed], "identity_reason": [reasons],
         "kind": ["annual_report"]}
    )  # fmt: skip
    unknown = ("duplicate_of", "region_code", "province", "prefecture", "county", "form")
    unknown += ("government_level",)
    frames = dict.fromkeys(tables.names(), reports.assign(**dict.fromkeys(unknown)))
    return duties.timeliness(tables.Study(Path("nowhere"), **frames)).iloc[0]


@pytest.mark.parametrize(
    ("year", "level", "signed", "on_time", "days"),
    [
        (2012, "department", "2013-03-31", True, 0),
        (2012, "township", "2013-04-01", False, 1),
        (2012, None, "2013-03-01", True, -30),
        (2018, "department", "2019-03-29", True, -2),
        (2019, "department", "2020-03-29", False, 58),
        (2019, "county", "2020-03-29", True, -2),
        (2022, "department", "2023-01-31", True, 0),
        (2022, "province", "2023-04-02", False, 2),
        (2022, "county", "2022-12-30", True, -91),
    ],
)
def test_in_time(year, level, signed, on_time, days):
    row = timing(year, level, signed)
    assert (row["on_time"], row["days"]) == (on_time, days)
    assert pd.isna(row["reason"])


@pytest.mark.parametrize(
    ("year", "level", "signed", "reason"),
    [
        (None, "county", "2013-03-31", "the year is unknown"),
        (2012, "county", None, "no full date is known"),
        (2012, "county", "2013年3月", "no full date is known"),
        (2022, None, "2023-01-02", "the level of the body is unknown"),
        (2022, "township", "2023-01-02", "no date is set for a township that reports on 2022"),
        (2007, None, "2008-01-02", "no date is set for reports on 2007"),
        (2012, "county", "2010-03-01", "signed before the year that it reports on"),
    ],
)
def test_why_it_cannot_be_said_whether_it_was_in_time(year, level, signed, reason):
    row = timing(year, level, signed)
    assert pd.isna(row["on_time"])
    assert pd.isna(row["days"])
    assert row["reason"] == reason


def test_the_reason_for_a_missing_date_is_that_of_the_identity():
    row = timing(2012, "county", None, "county=x; signed_on=no date stands apart")
    assert row["reason"] == "no date stands apart"


def test_the_shipped_reports_as_read_by_eye(study_folder):
    shipped = tables.load(study_folder)  # `study` is a function here
    frame = duties.statutory_contents(shipped)
    wide = frame.pivot_table(index="report_id", columns="duty", values="state", aggfunc="first")
    order = ["proactive", "on_request", "fees", "review_litigation", "problems", "other"]
    assert wide.sort_index()[order].to_numpy().tolist() == [
        [NUMBER, SILENT, SILENT, SILENT, WORDS, SILENT],
        [NUMBER, NUMBER, NONE, NONE, SILENT, SILENT],
        [WORDS, SILENT, SILENT, SILENT, SILENT, SILENT],
        [NUMBER, NUMBER, SILENT, NUMBER, SILENT, SILENT],
        [NUMBER, NUMBER, NONE, SILENT, WORDS, SILENT],
    ]
    on_time = duties.timeliness(shipped).sort_values("report_id")["on_time"]
    assert [None if pd.isna(each) else each for each in on_time] == [None, True, None, None, True]


def drawn():
    names = ["proactive", "on_request", "fees", "problems", "assessment"]
    frame = pd.DataFrame({"duty": names * 2, "state": [*duties.STATES, *duties.STATES[::-1]]})
    frame["report_id"] = ["one"] * 5 + ["two"] * 5
    frame["label_en"] = frame["report_id"]
    frame["label_zh"] = frame["report_id"].map({"one": "甲 2012", "two": "乙 $3"})
    return frame


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_the_figure_has_a_tile_a_report_and_content(language):
    style.use_style(language)
    frame = drawn()
    ax = plots.duties(frame)
    ax.figure.canvas.draw()
    assert frame.equals(drawn())
    tiles = {(round(bar.get_y() + bar.get_height() / 2), round(bar.get_x())) for bar in ax.patches}
    assert len(tiles) == len(ax.patches) == len(frame)
    words = [text.get_text() for legend in ax.figure.legends for text in legend.get_texts()]
    assert len(words) == len(set(words)) == len(duties.STATES)


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_nothing_drawn_leaves_the_figure(language):
    style.use_style(language)
    ax = plots.duties(drawn())
    ax.figure.canvas.draw()
    width, height = ax.figure.canvas.get_width_height()
    texts = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax._left_title]
    texts += [text for legend in ax.figure.legends for text in legend.get_texts()]
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 >= -1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.x1 <= width + 1, text.get_text()
        assert box.y1 <= height + 1, text.get_text()
