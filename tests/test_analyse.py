"""Analyses of a whole study: they add up, and they are the same each time."""

from dataclasses import replace

import pytest

import govtext as gt
from govtext.build import build
from govtext.tables import load, project


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    out = tmp_path_factory.mktemp("study")
    build(project() / "data" / "raw", out, progress=lambda line: None)
    return load(out)


def test_theme_shares_by_report(study):
    frame = gt.theme_shares(study)
    assert set(frame["report_id"]) == set(study.reports["report_id"])
    sentences = study.themes.groupby("report_id").size()
    for report, rows in frame.groupby("report_id"):
        assert (rows["n_sentences"] == sentences[report]).all()
        assert rows["share"].between(0, 1).all()
        assert (rows["share_low"] <= rows["share"]).all()
        assert (rows["share"] <= rows["share_high"]).all()


def test_theme_shares_by_part(study):
    frame = gt.theme_shares(study, by="part")
    assert frame.drop_duplicates("part")["n_sentences"].sum() == len(study.themes)
    with pytest.raises(ValueError, match="colour"):
        gt.theme_shares(study, by="colour")


def test_the_lexicon_against_the_coders(study):
    frame = gt.coder_agreement(study).set_index("theme")
    assert frame.loc["macro", "f1"] >= 0.80
    large = frame[(frame["n"] >= 20) & (frame.index != "macro")]
    assert large[["kappa_a", "kappa_b"]].min().min() >= 0.65


def test_without_coders_no_agreement_is_stated(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("某县年报\n我县公开信息3条。\n", encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    frame = gt.coder_agreement(load(tmp_path / "out"))
    assert (frame["n_agreed"] == 0).all()
    assert frame[["f1", "kappa_ab"]].isna().all(axis=None)


def test_topics_are_the_same_in_any_order(study):
    first = gt.topics(study, ks=[4, 5])
    turned = replace(study, reports=study.reports.iloc[::-1], sections=study.sections.iloc[::-1])
    again = gt.topics(turned, ks=[4, 5])
    assert first.k == again.k
    for name in ("comparison", "topics", "words", "topic_shares", "passages"):
        assert getattr(first, name).to_csv() == getattr(again, name).to_csv(), name
    total = first.topic_shares.groupby("report_id")["share"].sum()
    assert total.round(4).eq(1).all()


def test_code_themes():
    frame = gt.code_themes(["公开部门预算和三公经费。", "今天天气好。"])
    assert frame.loc[0, "fiscal"]
    assert not frame.loc[1].any()
