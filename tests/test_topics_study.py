"""Topics of a whole study: from frames, from a folder, in any order, all at once and in batches."""

import os
import subprocess
import sys
from dataclasses import fields, replace
from functools import partial

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import kept
from govtext.analyse import topics as topic_models
from govtext.analyse.topics import study as analyse_topics
from govtext.pipeline import places
from govtext.show import style
from tests.cases import WHOLE

FEW = {"n_boot": 2, "n_seeds": 1}
"""Resamples and seeds: what is compared here is the same with few, in a tenth of the time."""
TWO = {"ks": [3, 4], **FEW}
THREE = {"k": 3, "ks": [3], **FEW}


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    """Every result is made anew: what was kept before would make any comparison hold."""
    monkeypatch.setattr(kept, "_read", lambda *_: None)


@pytest.fixture(scope="module")
def found(study):
    return gt.topics(study, **TWO)


def same(one, other):
    for field in fields(one):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if isinstance(first, pd.DataFrame):
            assert first.to_csv() == second.to_csv(), field.name
        else:
            assert first == second, field.name


def test_the_order_of_the_rows_changes_nothing(study, found):
    turned = {
        field.name: getattr(study, field.name).iloc[::-1]
        for field in fields(study)
        if field.name != "folder"
    }
    same(found, gt.topics(replace(study, **turned), **TWO | {"ks": [4, 3]}))


def test_a_folder_gives_the_same_as_its_frames(study, found):
    same(found, gt.topics(study.folder, **TWO))


def test_batches_give_the_same_whatever_they_are_read_from(study, monkeypatch):
    monkeypatch.setattr(analyse_topics, "_BATCH", 2)
    streamed = gt.topics(study, **THREE, large=True)
    same(streamed, gt.topics(str(study.folder), **THREE, large=True))
    total = streamed.topic_shares.groupby("report_id")["share"].sum()
    assert set(total.index) == set(study.reports["report_id"])
    assert total.round(4).eq(1).all()


def test_many_reports_are_read_in_batches(study, monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(analyse_topics, "_LARGE", 5)
    monkeypatch.setattr(analyse_topics, "_at_once", refuse)
    assert gt.topics(study, **THREE).k == 3
    with pytest.raises(AssertionError):
        gt.topics(study, **THREE, large=False)


def test_a_report_that_repeats_another_is_left_out(study, found):
    first = study.reports.iloc[[0]]
    name = first["report_id"].item()
    copy = first.assign(report_id="zz", duplicate_of=name)
    sections = study.sections[study.sections["report_id"] == name].assign(report_id="zz")
    twice = replace(
        study,
        reports=pd.concat([study.reports, copy]),
        sections=pd.concat([study.sections, sections]),
    )
    same(found, gt.topics(twice, **TWO))


def test_what_is_shown_belongs_together(found):
    topics = found.topics["topic"].to_list()
    assert len(topics) == found.k
    for frame in (found.words, found.beside, found.topic_shares, found.group_shares):
        assert sorted(set(frame["topic"])) == topics
    assert found.passages["topic"].to_list() == topics
    assert found.association["topic"].to_list() == topics * 2
    assert found.words.loc[found.words["rank"] <= 10, "kept"].between(0, 1).all()
    assert found.k == topic_models.pick_k(found.comparison)
    shares = found.group_shares.groupby(["by", "group"], sort=False)["share"].sum()
    assert shares.round(4).eq(1).all()
    assert found.topic_shares.groupby("report_id")["share"].sum().round(4).eq(1).all()
    parts = found.group_shares.query("by == 'part'")["group"].drop_duplicates().to_list()
    assert parts == [part for part in gt.corpus.part_names() if part in parts]
    assert set(found.topics["frex_words"].str.split().str.len()) == {10}


def test_an_interval_over_reports_needs_five_of_them(found):
    bounds = found.group_shares.set_index("n_reports")[["low", "high"]].notna().all(axis=1)
    assert (bounds == (bounds.index >= 5)).all()


def test_without_a_sheet_of_labels_topics_go_by_their_words_and_are_numbered_from_1(found):
    assert found.stale == ["There is no topic_labels.csv: the topics go by their first words."]
    assert found.topics["topic"].to_list() == list(range(1, found.k + 1))
    assert (found.topics["label_en"].str.split().str.len() == 3).all()


def test_the_labels_of_the_study_fit_its_topics(study, monkeypatch):
    """The number of topics goes by NMF: LDA is compared with it in `make fuzz` alone."""
    if not WHOLE:
        choose = partial(topic_models.choose_k, models=["nmf"])
        monkeypatch.setattr(topic_models, "choose_k", choose)
    sheet = places.project() / "data" / "topic_labels.csv"
    monkeypatch.setattr(analyse_topics, "_labels", lambda folder: sheet)
    found = gt.topics(study)
    assert found.stale == []
    assert found.topics["topic"].to_list() == list(range(1, found.k + 1))


def test_topics_that_nothing_tells_apart_get_a_sentence():
    alike = pd.DataFrame({"model": ["nmf"], "k": [3], "coherence": [0.1], "adjusted": [None]})
    assert "too much alike for topics" in analyse_topics._number(None, alike)
    assert analyse_topics._number(4, alike) == 4


@pytest.mark.parametrize("large", [False, True])
def test_a_study_too_small_for_topics_gets_a_sentence_and_empty_figures(study, large):
    style.use_style("en")
    one = study.filter(years=2010)
    found = gt.topics(one, large=large)
    assert (len(one.reports), found.k, len(found.topics)) == (1, 0, 0)
    assert "too few for topics" in found.stale[0]
    axes = [
        gt.plots.topic_stability(found.comparison, k=found.k),
        gt.plots.topic_sizes(found.sizes),
        gt.plots.topic_words(found.words, found.topics),
        gt.plots.topic_shares(found.topic_shares, found.topics),
        gt.plots.topic_groups(found.group_shares, found.topics),
    ]
    for ax in axes:
        ax.figure.draw_without_rendering()
        assert [text for text in ax.texts if text.get_text()]


THREADS = """
import govtext as gt
from govtext.analyse import kept
from govtext.analyse.topics import study
from threadpoolctl import threadpool_info

def told(*_):
    import scipy.linalg, sklearn.decomposition
    print({each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"})
    raise SystemExit

kept.kept = lambda folder, name, make, kind: make()
study._at_once = told
gt.topics(gt.load())
"""


def test_every_library_of_a_fresh_process_computes_topics_in_one_thread():
    several = os.environ | {"OPENBLAS_NUM_THREADS": "2"}
    found = subprocess.run(
        [sys.executable, "-c", THREADS], env=several, capture_output=True, text=True, check=False
    )
    assert found.stdout == "{1}\n", found.stderr
