"""A study that is gone through in small batches gives what it gives as a whole."""

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse.language import corpus
from govtext.core import intervals
from govtext.pipeline import tables
from govtext.pipeline.build import build

PLACES = "甲乙丙丁戊己庚"
REPORT = """{place}某市水务局{year}年政府信息公开工作年度报告
一、概述
{year}年,本县重视政府信息公开工作,加强组织领导,开展业务培训{n}次,{place}县各单位参加。
二、主动公开情况
主动公开政府信息{m}条,其中通过政府网站公开{n}条,通过公报公开{n}条。{more}
三、依申请公开情况
收到申请{m}件,均已答复,其中同意公开{n}件。{place}县公民查阅方便。
四、存在的问题
公开的内容还不够及时,{place}县的制度有待完善。{more}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Tables of seven reports, one of them of another year, one of them a copy."""
    place = tmp_path_factory.mktemp("batches")
    (place / "in").mkdir()
    for at, name in enumerate(PLACES):
        more = "政务公开栏更新及时,群众满意。" * (at % 3)
        said = {"place": name, "year": 2012 + at % 2, "n": 3 + at, "m": 30 + 7 * at, "more": more}
        (place / "in" / f"{at}.txt").write_text(REPORT.format(**said), encoding="utf-8")
    copy = (place / "in" / "3.txt").read_text(encoding="utf-8")
    (place / "in" / "copy.txt").write_text(copy, encoding="utf-8")
    build(place / "in", place / "out", progress=lambda _: None)
    return place / "out"


ANALYSES = {
    "panel": gt.panel,
    "panel of a series": lambda study: gt.panel(study, "requests_received"),
    "stated": gt.stated,
    "rates": gt.rates,
    "coverage": gt.coverage,
    "keyness by year": lambda study: gt.language.keyness(study, 2012, by="year", min_count=1),
    "keyness by part": lambda study: gt.language.keyness(study, "problems", min_count=1),
    "dispersion": lambda study: gt.language.dispersion(study, min_count=1),
    "themes by report": gt.emphasis.theme_shares,
    "themes by part": lambda study: gt.emphasis.theme_shares(study, "part"),
}


@pytest.mark.parametrize("name", ANALYSES)
def test_small_batches_give_the_same(folder, monkeypatch, name):
    whole = ANALYSES[name](tables.load(folder))
    assert len(whole)
    monkeypatch.setattr(tables, "BATCH", 2)
    monkeypatch.setattr(corpus, "_CELLS", 20)
    monkeypatch.setattr(intervals, "_MOST", 100)
    study = tables.load(folder)
    assert len(list(study.batches())) == 4
    found = ANALYSES[name](study)
    pd.testing.assert_frame_equal(found, whole)
    unread = {"reports", "words", "sections", "observations", "quantities", "cells"}
    assert not unread & set(vars(study))


def test_rates_that_are_named_are_those_of_all(folder):
    study = tables.load(folder)
    every = gt.rates(study)
    named = ["granted_of_received", "granted"]
    some = gt.rates(study, named)
    kept = every[every["rate"].isin(named)].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, kept)
    assert some["share"].notna().any()
    with pytest.raises(KeyError, match=r"'share' is no rate.*; there are"):
        gt.rates(study, "share")


def test_rates_are_the_same_of_a_panel_and_of_its_study(folder):
    study = tables.load(folder)
    pd.testing.assert_frame_equal(gt.rates(gt.panel(study)), gt.rates(study))
