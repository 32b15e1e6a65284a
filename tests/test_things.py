"""What numbers count beside the codebook: every number once, names for every thing, any size."""

import re
from dataclasses import replace

import pandas as pd
import pytest

import govtext as gt
from govtext.core import rules
from govtext.pipeline.build import build
from govtext.pipeline.tables import load
from govtext.show import plots, style

FIRST = (
    "云岭县2013年政府信息公开工作年度报告\n\n一、主动公开情况\n全年主动公开政府信息96条。"
    "印发宣传单300份,举办趣味运动会3场。\n二、依申请公开情况\n未收到政府信息公开申请。\n"
)
SECOND = (
    "云岭县2014年政府信息公开工作年度报告\n\n一、主动公开情况\n全年主动公开政府信息80条。"
    "印发宣传单200份,发放手册50本。\n"
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("things")
    for name, text in (("a", FIRST), ("b", SECOND)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build(folder, folder / "out", progress=lambda line: None)
    return load(folder / "out")


def test_every_thing_that_a_term_fills_has_a_name_and_no_other():
    filled = {
        found
        for row in rules.load("frame_terms")
        for found in re.findall(r"(?:thing|implies)=(\w+)", row["fills"])
    }
    named = [row["thing"] for row in rules.load("frame_things")]
    assert sorted(filled) == sorted(named)
    for column in ("label_en", "label_zh"):
        labels = [row[column].strip() for row in rules.load("frame_things")]
        assert all(labels)
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("by", ["part", "year"])
def test_every_number_counts_once_and_no_statement_of_none(study, by):
    frame = gt.counted_things(study, by=by)
    assert frame["n"].sum() + frame["n_codebook"].sum() == len(study.quantities)
    assert frame["n"].sum() == study.quantities["metric"].isna().sum()
    assert (study.observations["status"] == "zero_by_negation").any()
    assert not frame["thing"].eq("request").any()
    assert frame["low"].le(frame["share"]).all()
    assert frame["high"].ge(frame["share"]).all()


def test_numbers_and_reports_of_a_thing(study):
    frame = gt.counted_things(study, by="year").set_index(["thing", "group"])
    assert frame.loc[("publicity", "2013"), ["n", "n_reports", "reports"]].tolist() == [1, 1, 1]
    assert frame.loc[("publicity", "2014"), ["n", "n_reports", "reports"]].tolist() == [2, 1, 1]
    assert frame.loc[("information_item", "2013"), ["n", "n_codebook"]].tolist() == [0, 1]
    assert frame.index[0][0] == "publicity"
    parts = gt.counted_things(study).set_index(["thing", "group"])
    assert parts.loc[("publicity", "proactive"), ["n", "n_reports", "reports"]].tolist() == [
        3,
        2,
        2,
    ]


def test_an_unknown_group_names_what_is_allowed(study):
    with pytest.raises(ValueError, match="by is 'level'; it can be 'part' or 'year'"):
        gt.counted_things(study, by="level")


def test_a_report_without_a_year_has_a_group_of_its_own(study):
    reports = study.reports.assign(year=study.reports["year"].where(study.reports.index > 0))
    frame = gt.counted_things(replace(study, reports=reports), by="year")
    assert set(frame["group"]) == {"?", "2014"}


def many(reports):
    """A frame of as many reports."""
    things = [row["thing"] for row in rules.load("frame_things")]
    rows = [
        {"thing": thing, "label_en": thing, "label_zh": thing, "by": "year", "group": str(year),
         "n": 100 - place, "n_codebook": 1, "n_reports": reports, "reports": reports,
         "share": 1.0, "low": 0.5, "high": 1.0}
        for place, thing in enumerate(things) for year in range(2008, 2025)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_the_figure_holds_at_any_size(study, language):
    style.use_style(language)
    frames = [gt.counted_things(study), gt.counted_things(study, by="year"), many(1), many(5000)]
    parts = many(74)
    names = sorted({row["part"] for row in rules.load("parts")})
    frames += [
        frames[0].iloc[:0],
        parts.assign(by="part", group=(names * len(parts))[: len(parts)]),
    ]
    for frame in frames:
        ax = plots.things(frame)
        ax.figure.canvas.draw()
        width, _ = ax.figure.canvas.get_width_height()
        assert len(ax.get_yticklabels()) <= 15
        texts = [ax._left_title, *ax.get_yticklabels(), *ax.get_xticklabels()]
        for text in (each for each in texts if each.get_text()):
            box = text.get_window_extent()
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= width + 1, text.get_text()
    style.use_style("en")


def test_the_words_are_made_from_the_frame(study):
    style.use_style("en")
    frame = gt.counted_things(study)
    said = plots.tell_things(frame)
    beside = study.quantities["metric"].isna().sum()
    assert f"Of {len(study.quantities)} numbers in the prose {beside} (" in said
    assert "printed publicity (3)" in said
    none = plots.tell_things(frame[frame["n"] == 0])
    assert none == "All 2 numbers in the prose are observations of the codebook."
