"""Summaries: frames that add up to the tables they come from."""

from dataclasses import replace

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import corpus
from govtext.pipeline.build import build
from govtext.pipeline.tables import load

TEXTS = {
    "a.txt": "首页 > 年报\n南京市2012年政府信息公开工作年度报告\n开头。\n"
    "一、概述\n公开12条。\n二、收费情况\n未收费。\n",
    "b.txt": "南京市2013年政府信息公开工作年度报告\n开头。\n"
    "一、存在的问题\n公开不及时,有3个部门。\n",
    "c.txt": "没有标题的文字。\n",
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    build(folder / "in", folder / "out", progress=lambda line: None)
    return load(folder / "out")


def test_corpus_is_one_row_a_report(study):
    frame = corpus.corpus(study)
    assert list(frame["report_id"]) == ["a", "b", "c"]
    assert list(frame["quantities"]) == [1, 1, 0]
    assert list(frame["removed"]) == [len("首页 > 年报"), 0, 0]
    assert frame["characters"].sum() == study.reports["n_chars"].sum()


def test_labels_in_two_languages(study):
    frame = corpus.labels(study).set_index("report_id")
    assert frame.loc["a", "label_zh"] == "南京市 2012"
    assert frame.loc["a", "label_en"] == "a"
    assert frame.loc["c", "label_zh"].strip() == "c"


def test_removed_keeps_reports_without_any(study):
    frame = corpus.removed(study)
    assert set(frame["report_id"]) == {"a", "b", "c"}
    assert frame["characters"].sum() == study.removals["text"].str.len().sum()


def test_identity_has_a_source_for_every_field(study):
    frame = corpus.identity(study)
    assert len(frame) == 3 * len(corpus.FIELDS)
    tile = frame.set_index(["report_id", "field"])["source"]
    assert tile["a", "year"] == "title"
    assert tile["c", "year"] == "none"


def test_headings_by_level(study):
    frame = corpus.headings(study).fillna({"n": 0})
    assert frame.groupby("report_id")["n"].sum().to_dict() == {"a": 2, "b": 1, "c": 0}


def test_parts_add_up(study):
    frame = corpus.parts(study)
    assert len(frame) == 3 * len(corpus.part_names())
    total = frame.groupby("report_id")["characters"].sum()
    assert total.to_dict() == study.reports.set_index("report_id")["n_chars"].to_dict()
    assert frame.groupby("report_id")["share"].sum().round(9).eq(1).all()
    assert frame["quantities"].sum() == len(study.quantities)


def test_absent_is_not_zero(study):
    frame = corpus.parts(study).set_index(["report_id", "part"])
    assert frame.loc[("a", "fees"), "density"] == 0
    assert frame["density"].isna()["b", "fees"]


def test_nothing_given_is_changed(study):
    before = study.sections.copy(), study.reports.copy()
    corpus.parts(study)
    corpus.corpus(study)
    assert before[0].equals(study.sections)
    assert before[1].equals(study.reports)


def test_a_study_without_observations_has_all_columns(study):
    bare = replace(study, observations=study.observations.iloc[:0])
    frame = gt.stated(bare)
    assert list(frame.columns) == list(gt.stated(study).columns)
    assert frame.empty
    assert gt.rates(bare)["share"].isna().all()


def test_what_was_passed_over_for_an_empty_cell(study):
    rows = study.observations.iloc[:1]
    empty = rows.assign(value=None, status="na", flags="corrected")
    both = replace(study, observations=pd.concat([rows, empty.astype({"value": float})]))
    frame = gt.stated(both)
    assert list(frame.loc[frame["status"] == "na", "reason"]) == [
        f"na before {rows['value'].iloc[0]:g}"
    ]
