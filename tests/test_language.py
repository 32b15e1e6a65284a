"""Wording: published examples to the digit, planted words found, tables and copies left out."""

from dataclasses import replace
from itertools import combinations
from math import log, log2, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

import govtext as gt
from govtext.analyse import association, language
from govtext.analyse.language import permutation
from govtext.core.text import sentences
from govtext.pipeline import tables
from govtext.pipeline.build import build
from govtext.show import plots, style

FILLER = "公开 信息 工作 报告 申请 答复 网站 政策 服务 平台".split()


def study_of(texts, *, cells=(), copies=None, **columns):
    """Tables of made reports, the words of which spaces part: name -> part -> text."""
    names, rows = list(texts), {"sections": [], "words": [], "themes": []}
    whole = {}
    for name in names:
        whole[name], position = "", 0
        for number, (part, text) in enumerate(texts[name].items()):
            place = {"report_id": name, "section_id": str(number)}
            end = position + len(text) + 1
            rows["sections"].append({**place, "part": part, "start": position, "end": end})
            for word in dict.fromkeys(text.split()):
                rows["words"].append({**place, "word": word, "n": text.split().count(word)})
            for start, stop in sentences(text):
                span = {"start": position + start, "end": position + stop}
                rows["themes"].append({**place, **span})
            whole[name] += text + "\n"
            position = end
    reports = tables.frame("reports", [{"report_id": each, "text": whole[each]} for each in names])
    reports = reports.assign(**columns)
    reports["duplicate_of"] = pd.Series(names).map(copies or {}).astype("str")
    given = rows | {"cells": list(cells)}
    made = {name: tables.frame(name, given.get(name, [])) for name in tables.names()}
    return tables.Study(Path(), **(made | {"reports": reports}))


def planted(n_reports=12, seed=0):
    """Reports of 300 words; half of them say 网站 far more often, one report a word of its own."""
    generator = np.random.default_rng(seed)
    texts = {}
    for number in range(n_reports):
        words = list(generator.choice(FILLER, 300))
        words += ["网站"] * 90 if number % 2 else []
        words += ["窗口"] * 200 if number == 1 else []
        generator.shuffle(words)
        texts[f"r{number:02d}"] = {"overview": " ".join(words) + " 。"}
    years = [2012 + number % 2 for number in range(n_reports)]
    return study_of(texts, year=years, admin_level=["county", "province"] * (n_reports // 2))


def compared(study, target, reference=None, by="year", **settings):
    counts = language.count(study, str.split, by_part=by == "part")
    groups = language.groups(counts, study.reports, target, reference, by)
    return language.keyness(groups, **{"min_count": 1, **settings})


# Bigrams of Dunning (1993): A and B, A alone, B alone, neither, and -2 log lambda.
DUNNING = [
    (110, 2442, 111, 29114, 270.72),
    (29, 13, 123, 31612, 263.90),
    (31, 23, 139, 31584, 256.84),
    (10, 0, 3, 31764, 167.23),
    (76, 104, 2476, 29121, 157.21),
]


@pytest.mark.parametrize(("both", "first", "second", "neither", "published"), DUNNING)
def test_the_log_likelihood_of_dunning(both, first, second, neither, published):
    total = both + first + second + neither
    found = association.contingency(both, both + first, both + second, total)
    assert round(float(found), 2) == published


def test_the_log_likelihood_of_rayson_and_garside():
    # E1 = 100 * 30 / 300 and E2 = 200 * 30 / 300.
    expected = 2 * (20 * log(20 / 10) + 10 * log(10 / 20))
    assert association.log_likelihood(20, 10, 100, 200) == pytest.approx(expected)
    assert association.log_likelihood(10, 20, 100, 200) == pytest.approx(0)
    assert association.log_likelihood(0, 12, 100, 200) == pytest.approx(2 * 12 * log(12 / 8))


def test_the_sizes_of_an_effect():
    assert association.log_ratio(40, 10, 1000, 1000) == pytest.approx(2)
    assert association.log_ratio(8, 0, 1000, 500) == pytest.approx(log2(0.008 / 0.001))
    assert association.percent_difference(30, 10, 1000, 1000) == pytest.approx(200)
    assert association.percent_difference(0, 10, 1000, 1000) == pytest.approx(-100)
    assert np.isnan(association.percent_difference(5, 0, 1000, 1000))


def test_the_log_odds_of_monroe_by_hand():
    # y = 6 of 20 and 1 of 30 words, the prior 2 of 10.
    delta = log((6 + 2) / (20 + 10 - 6 - 2)) - log((1 + 2) / (30 + 10 - 1 - 2))
    found, z = association.log_odds((6, 20), (1, 30), 2, 10)
    assert found == pytest.approx(delta)
    assert z == pytest.approx(delta / sqrt(1 / (6 + 2) + 1 / (1 + 2)))


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.1, 5))
def test_the_log_odds_change_sign_with_the_groups(a, b, alpha):
    forth = association.log_odds((a, 100), (b, 100), alpha, 50)
    back = association.log_odds((b, 100), (a, 100), alpha, 50)
    assert forth[1] == pytest.approx(-back[1])
    assert (forth[1] > 0) == (a > b)


def test_the_prior_is_a_mean_report():
    prior = association.prior(np.array([8.0, 8.0]), 2)
    assert list(prior) == [4, 4]


# Shares of the parts, of the word's occurrences, DP and DP_norm: the correction of Lijffijt and
# Gries (2012), where 2/3 and 1/3 stand in two of three equal parts; and both ends.
DEVIATIONS = [
    ([1, 1, 1], [4, 2, 0], 1 / 3, 1 / 2),
    ([1, 1, 1, 1], [50, 25, 15, 10], 0.25, 1 / 3),
    ([1, 1, 1, 1], [7, 7, 7, 7], 0, 0),
    ([1, 1, 1, 1], [9, 0, 0, 0], 0.75, 1),
    ([2, 3, 5], [2, 3, 5], 0, 0),
    ([2, 3, 5], [8, 0, 0], 0.8, 1),
]


@pytest.mark.parametrize(("sizes", "counts", "dp", "norm"), DEVIATIONS)
def test_the_deviation_of_proportions(sizes, counts, dp, norm):
    for matrix in (np.array([counts]).T, csr_matrix([counts]).T):
        found = language.deviation(matrix, sizes)
        assert found[0] == pytest.approx([dp])
        assert found[1] == pytest.approx([norm])


def test_a_word_that_stands_nowhere_has_no_dispersion():
    found = language.deviation([[0, 1], [0, 1]], [10, 10])
    assert np.isnan(found[0]).tolist() == [True, False]
    assert np.isnan(language.deviation([[3]], [10])[1]).all()


counts_of_a_pair = st.integers(1, 60).flatmap(
    lambda n: st.tuples(st.just(n), st.integers(n, 90), st.integers(n, 90), st.integers(200, 900))
)


@given(counts_of_a_pair)
def test_npmi_is_within_its_bounds(pair):
    n, first, second, total = pair
    assert -1 <= association.npmi(n, first, second, total) <= 1 + 1e-12
    both = n / total
    by_hand = log(both / (first / total * second / total)) / -log(both)
    assert association.npmi(n, first, second, total) == pytest.approx(by_hand)


def test_the_ends_of_npmi_and_of_log_dice():
    assert association.npmi(10, 10, 10, 500) == pytest.approx(1)
    assert association.npmi(10, 100, 50, 500) == pytest.approx(0)
    assert association.npmi(0, 100, 50, 500) == -1
    assert association.log_dice(10, 10, 10) == pytest.approx(14)
    assert association.log_dice(10, 20, 20) == pytest.approx(13)


def test_pmi_and_t_score_by_hand():
    assert association.pmi(10, 20, 40, 640) == pytest.approx(log2(10 * 640 / (20 * 40)))
    assert association.t_score(10, 20, 40, 640) == pytest.approx((10 - 1.25) / sqrt(10))


@pytest.mark.parametrize("by", ["year", "period", "admin_level", "report_id"])
def test_a_planted_word_is_found(by):
    odd = [f"r{number:02d}" for number in range(1, 12, 2)]
    target = {"year": 2013, "admin_level": "province", "report_id": odd}.get(by)
    study = planted()
    if by == "period":
        study.reports["year"] += [0, 1] * 6
        target = "2014-2018"
    frame = compared(study, target, by=by).set_index("word")
    assert frame["z"].idxmax() in ("网站", "窗口")
    planted_word = frame.loc["网站"]
    assert planted_word["p_permuted_adjusted"] < 0.05
    assert planted_word["log_ratio"] > 1
    assert (frame.drop(index=["网站", "窗口"])["log_ratio"].abs() < 1).all()


def test_the_word_of_one_report_is_not_taken_for_the_groups():
    own = compared(planted(), 2013).set_index("word").loc["窗口"]
    assert own["p_adjusted"] < 1e-20
    assert own["p_permuted"] > 0.5
    assert own["reports_target"] == 1
    assert own["dp_norm"] > 0.75


def test_frequencies_of_both_groups_are_counted_by_hand():
    study = study_of({"a": {"overview": "公开 公开 信息 。"}, "b": {"overview": "公开 网站 网站"}},
                     year=[2012, 2013])  # fmt: skip
    frame = compared(study, 2012).set_index("word")
    assert list(frame.loc["公开", ["n_target", "n_reference"]]) == [2, 1]
    assert frame.loc["公开", "per_million_target"] == pytest.approx(1e6 * 2 / 3)
    assert frame.loc["网站", "percent_difference"] == -100
    assert frame.loc["公开", "log_likelihood"] == pytest.approx(
        float(association.log_likelihood(2, 1, 3, 3))
    )
    assert frame["p_permuted"].isna().all()
    assert frame["reason"].str.contains("2 ways").all()


def test_parts_are_compared_within_reports():
    generator = np.random.default_rng(1)
    texts = {
        f"r{number}": {
            "overview": " ".join(generator.choice(FILLER, 100)),
            "problems": " ".join([*generator.choice(FILLER, 40), *["不足"] * 5]),
        }
        for number in range(8)
    }
    texts["r8"] = {"overview": " ".join(FILLER)}
    frame = compared(study_of(texts), "problems", "overview", by="part").set_index("word")
    assert frame["z"].idxmax() == "不足"
    assert frame.loc["不足", "p_permuted"] < 0.05
    assert frame.loc["不足", "reports_target"] == 8
    rest = compared(study_of(texts), "problems", by="part")
    assert (rest["reference"] == "rest").all()


def test_no_word_is_found_where_none_was_planted():
    generator = np.random.default_rng(5)
    texts = {f"r{n:02d}": {"overview": " ".join(generator.choice(FILLER, 400))} for n in range(20)}
    frame = compared(study_of(texts, year=[2012, 2013] * 10), 2013)
    assert (frame["p_permuted_adjusted"] > 0.05).all()
    assert (frame["p_adjusted"] > 0.05).all()


def test_the_permutation_test_is_that_of_all_divisions():
    rates = np.array([0.9, 0.7, 0.8, 0.1, 0.6, 0.3, 0.2, 0.4])
    observed = rates[:4].mean() - rates[4:].mean()
    divisions = [list(each) for each in combinations(range(8), 4)]
    means = [rates[each].mean() - np.delete(rates, each).mean() for each in divisions]
    exact = np.mean(np.abs(means) >= abs(observed) - 1e-12)
    sides = csr_matrix(rates[:4, None]), csr_matrix(rates[4:, None])
    found, reason = permutation.between(*sides, 20000, 0)
    assert reason == ""
    assert found[0] == pytest.approx(exact, abs=0.015)
    swapped, _ = permutation.within(csr_matrix(np.ones((7, 1))), csr_matrix((7, 1)), 20000, 0)
    assert swapped[0] == pytest.approx(2 / 2**7, abs=0.004)


def test_too_few_reports_have_no_permutation_test():
    for reports, enough in ((5, False), (6, True)):
        ones = csr_matrix(np.ones((reports, 1)))
        found, reason = permutation.within(ones, ones * 0, 99, 0)
        assert np.isnan(found[0]) != enough
        assert bool(reason) != enough


def test_the_order_of_the_rows_changes_nothing():
    study = planted()
    frames = {name: getattr(study, name) for name in tables.names()}
    rows = {name: frame.sample(frac=1, random_state=3) for name, frame in frames.items()}
    mixed = replace(study, **rows)
    for measure in (
        lambda each: compared(each, 2013),
        lambda each: language.dispersion(language.count(each, str.split, by_part=False)),
        lambda each: language.collocations(language.prose(each), str.split, window=2),
        lambda each: language.readability(language.prose(each), str.split),
    ):
        pd.testing.assert_frame_equal(measure(study), measure(mixed))


@pytest.mark.parametrize(
    ("target", "reference", "by", "said"),
    [
        (2012, None, "colour", "by is 'colour'"),
        (1999, None, "year", "no target in the column year; its values are 2012, 2013"),
        ([2012, 2013], None, "year", "no reference"),
        (2012, [2012, 2013], "year", "share"),
    ],
)
def test_groups_that_cannot_be_compared(target, reference, by, said):
    with pytest.raises(ValueError, match=said):
        compared(planted(), target, reference, by)


def test_a_floor_that_no_word_reaches_is_named():
    with pytest.raises(ValueError, match="lower min_count"):
        compared(planted(), 2013, min_count=10**6)


def test_groups_are_named_and_unknown_values_left_out():
    study = planted()
    study.reports["year"] = [2012, 2013, 2014, np.nan, *[2015] * 8]
    frame = compared(study, range(2012, 2015))
    assert frame["target"].unique() == ["2012-2014"]
    counts = language.count(study, str.split, by_part=False)
    groups = language.groups(counts, study.reports, range(2012, 2015), None, "year")
    assert groups.in_target.sum() == 3
    assert groups.in_reference.sum() == 8
    assert set(compared(study, [2012, 2015])["target"]) == {"2012, 2015"}


def test_copies_of_a_report_count_once():
    texts = {"a": {"overview": "公开 信息 。"}, "b": {"overview": "公开 信息 。"}}
    counts = language.count(study_of(texts, copies={"b": "a"}), str.split)
    assert counts.matrix.sum() == 2
    assert set(language.prose(study_of(texts, copies={"b": "a"}))["report_id"]) == {"a"}


def test_cells_of_statistics_tables_are_no_words():
    text = "本年 公开 三条 。\n申请 总数 120\n信息 公开 。"
    start = text.index("120")
    cell = {"report_id": "a", "section_id": "0", "table": 1, "row": 0, "column": 1}
    study = study_of(
        {"a": {"overview": text, "plans": "申请 信息 。"}},
        cells=[cell | {"start": start, "end": start + 3}],
    )
    # The reading of prose blanks the labels of a table as well: its row is no sentence.
    row = study.themes["start"] == text.index("申请")
    study = replace(study, themes=study.themes[~row])
    whole = language.count(study, str.split, by_part=False)
    found = dict(zip(whole.words, whole.matrix.toarray()[0].astype(int), strict=True))
    assert found == {"本年": 1, "公开": 2, "三条": 1, "申请": 1, "信息": 2}


def test_a_table_run_into_a_sentence_is_cut_out_with_its_labels():
    text = "本年 情况 如下 新收 数量 120 结转 数量 3 存在 问题 。 主动 公开 。"
    cells = [
        {
            "report_id": "a",
            "section_id": "0",
            "start": at,
            "end": at + len(number),
            "row_label": row,
        }
        for number, row in (("120", "新收 数量"), ("3", "结转 数量"))
        for at in (text.index(number),)
    ]
    study = study_of({"a": {"overview": text}}, cells=cells)
    found = language.prose(study)
    assert list(found["text"]) == ["本年 情况 如下", "存在 问题 。", "主动 公开 。"]
    whole = study.reports.loc[0, "text"]
    spans = zip(found["start"], found["end"], strict=True)
    assert [whole[start:end] for start, end in spans] == list(found["text"])


def test_prose_between_two_tables_is_kept():
    text = "新收 120 。 本年 公开 信息 。 结转 3"
    cells = [
        {"report_id": "a", "section_id": "0", "start": at, "end": at + size, "row_label": row}
        for at, size, row in ((3, 3, "新收"), (len(text) - 1, 1, "结转"))
    ]
    found = language.prose(study_of({"a": {"overview": text}}, cells=cells))
    assert list(found["text"]) == ["本年 公开 信息 。"]


def test_words_are_folded_and_numbers_left_out():
    study = study_of({"a": {"overview": "ＷＥＢ web 2012 三百 ， 公开"}})
    counts = language.count(study, str.split)
    assert counts.words == ("web", "公开")
    assert counts.matrix.toarray().tolist() == [[2, 1]]


def pairs_of(text, **settings):
    frame = language.collocations(
        language.prose(study_of({"a": {"overview": text}})), str.split,
        **{"min_count": 1, **settings},
    )  # fmt: skip
    return frame.set_index(["first", "second"])


def test_neighbours_do_not_cross_marks_and_sentences():
    frame = pairs_of("公开 信息 ， 网站 平台 。 报告 申请 。")
    assert set(frame.index) == {("公开", "信息"), ("网站", "平台"), ("报告", "申请")}


def test_a_window_counts_places_and_keeps_the_order():
    found = set(pairs_of("公开 信息 ， 网站 平台 。", window=3).index)
    assert ("公开", "网站") in found
    assert ("公开", "平台") not in found
    assert ("信息", "公开") not in found
    with pytest.raises(ValueError, match="window"):
        pairs_of("公开 信息", window=0)


def test_the_margins_of_a_pair_by_hand():
    frame = pairs_of("公开 信息 。 公开 信息 。 公开 网站 。 主动 信息 。 查阅 网站 。")
    row = frame.loc[("公开", "信息")]
    assert list(row[["n", "n_first", "n_second", "n_reports"]]) == [2, 3, 3, 1]
    assert row["expected"] == pytest.approx(3 * 3 / 5)
    assert row["pmi"] == pytest.approx(log2(2 * 5 / 9))
    assert row["log_likelihood"] == pytest.approx(float(association.contingency(2, 3, 3, 5)))


def test_pairs_of_grammar_are_not_listed_and_a_node_selects():
    text = "公开 的 信息 。 公开 的 网站 。 主动 公开 。 政府 网站 。"
    assert set(pairs_of(text).index) == {("主动", "公开"), ("政府", "网站")}
    assert set(pairs_of(text, node="网站").index) == {("政府", "网站")}
    assert pairs_of(text, node="没有").empty


def test_a_planted_collocation_is_the_surest():
    generator = np.random.default_rng(2)
    texts = {}
    for report in range(6):
        lines = [" ".join(generator.choice(FILLER, 12)) + " 。" for _ in range(20)]
        lines += ["便民 窗口 " + " ".join(generator.choice(FILLER, 3)) + " 。" for _ in range(4)]
        texts[f"r{report}"] = {"overview": "\n".join(lines)}
    frame = language.collocations(language.prose(study_of(texts)), str.split)
    assert tuple(frame.loc[0, ["first", "second"]]) == ("便民", "窗口")
    assert frame.loc[0, "n"] == 24
    assert frame.loc[0, "n_reports"] == 6


def test_lengths_by_hand():
    text = "一、标题\n公开 信息 ， 公开 网站 12 条 ： 报告 。 申请 ； 落款"
    frame = language.readability(language.prose(study_of({"a": {"overview": text}})), str.split)
    row = frame.iloc[0]
    # Two sentences end with a mark: 14 characters in three clauses, and 2 in one.
    assert list(row[["n_sentences", "n_clauses", "n_words", "n_chars"]]) == [2, 4, 8, 15]
    assert row["chars_per_sentence"] == 7.5
    assert row["chars_per_clause"] == 3.75
    assert row["clauses_per_sentence"] == 2
    assert row["words_per_sentence"] == 4
    assert row["chars_per_sentence_low"] == 2
    assert row["chars_per_sentence_high"] == 13
    assert np.isnan(row["mattr"])


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=30), st.integers(1, 12))
def test_mattr_is_the_mean_over_all_windows(words, window):
    windows = [words[at : at + window] for at in range(len(words) - window + 1)]
    found = language.mattr(words, window)
    if not windows:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(np.mean([len(set(each)) / window for each in windows]))


def test_quantities_are_counted_in_their_sentences():
    texts = {"a": {"overview": "公开 12 条 ， 网站 3 个 。 申请 。", "plans": "报告 。 标题 5"}}
    study = study_of(texts)
    text = study.reports.loc[0, "text"]
    starts = [text.index(each) for each in ("12", "3", "5")]
    quantities = pd.DataFrame({"report_id": "a", "start": starts})
    frame = language.quantification(language.prose(study), quantities, "part").set_index("part")
    assert list(frame.loc["overview", ["n_sentences", "n_quantified", "n_quantities"]]) == [2, 1, 2]
    # A line without a mark at its end is no sentence; its numbers are in the density.
    assert list(frame.loc["plans", ["n_sentences", "n_quantified", "n_quantities"]]) == [1, 0, 1]
    assert frame.loc["overview", "per_1000"] == pytest.approx(
        1000 * 2 / frame.loc["overview", "n_chars"]
    )
    assert frame.loc["overview", "share"] == 0.5


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "in").mkdir()
    for year in (2012, 2015):
        text = (
            f"江南市{year}年政府信息公开工作年度报告\n一、概述\n"
            f"本年主动公开政府信息{year - 1900}条，其中公开预算12条。我们加强培训。\n"
            "二、存在的主要问题\n公开的内容不够全面，公开的时间不够及时。\n"
        )
        (folder / "in" / f"{year}.txt").write_text(text, encoding="utf-8")
    build(folder / "in", folder / "out", progress=lambda line: None)
    return tables.load(folder / "out")


def test_the_public_calls_on_a_study(built):
    frame = gt.language.keyness(built, "problems", min_count=2)
    assert frame.iloc[0]["z"] > 0
    assert frame["p_permuted"].isna().all()
    assert (
        gt.language.keyness(built, "2008-2013", by="period", min_count=2)["target"].unique()
        == "2008-2013"
    )
    assert (gt.language.dispersion(built, min_count=2)["n"] >= 2).all()
    assert not gt.language.collocations(built, min_count=2).empty
    assert list(gt.language.readability(built)["report_id"]) == ["2012", "2015"]
    parts = gt.language.quantification(built).set_index("part")
    assert parts.loc["problems", "n_quantities"] == 0
    assert len(gt.language.quantification(built, by="report_id")) == 2
    with pytest.raises(ValueError, match="colour"):
        gt.language.quantification(built, by="colour")


@pytest.mark.parametrize("text", ["", "今天天气好。\n"])  # an empty file is rejected
def test_a_study_with_little_in_it_has_tables_with_few_rows(tmp_path, text):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    study = tables.load(tmp_path / "out")
    assert gt.language.dispersion(study).empty
    assert gt.language.collocations(study).empty
    assert (
        len(gt.language.readability(study)) == len(gt.language.quantification(study)) == bool(text)
    )
    nothing = gt.language.keyness(study, "overview")
    assert nothing["word"].isna().all()
    assert nothing["reason"].str.startswith("no text of").all()
    assert plots.keyness(nothing).texts


def test_a_part_that_no_report_has_is_a_sentence_and_an_unknown_one_an_error(built):
    frame = gt.language.keyness(built, "plans", min_count=1)
    assert frame["word"].isna().all()
    assert frame["reason"].to_list() == ["no text of plans: nothing is compared"]
    with pytest.raises(ValueError, match="in the column part"):
        gt.language.keyness(built, "planz")


FIGURES = {
    "keyness": lambda study: gt.language.keyness(study, "problems", min_count=2),
    "dispersion": lambda study: gt.language.dispersion(study, min_count=1),
    "readability": gt.language.readability,
    "quantification": gt.language.quantification,
}


@pytest.mark.parametrize("chosen", style.LANGUAGES)
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_figure_draws_in_both_languages(built, name, chosen):
    style.use_style(chosen)
    frame = FIGURES[name](built)
    before = frame.copy()
    settings = {"min_count": 2} if name == "dispersion" else {}
    ax = getattr(plots, name)(frame, **settings)
    ax.figure.canvas.draw()
    pd.testing.assert_frame_equal(frame, before)
    title = ax.get_title(loc="left")
    assert title.isascii() == (chosen == "en")
    assert ax._left_title.get_window_extent().x1 <= ax.figure.get_window_extent().x1


def test_the_bars_are_the_numbers_given(built):
    style.use_style("en")
    frame = FIGURES["keyness"](built)
    ax = plots.keyness(frame, top=3)
    words = frame[frame["word"].map(plots.language._tells)]
    shown = pd.concat([words.nlargest(3, "z"), words.nsmallest(3, "z")])
    assert sorted(bar.get_width() for bar in ax.patches) == pytest.approx(sorted(shown["z"]))
    names = [legend.get_text() for legend in ax.figure.legends[0].get_texts()]
    assert names == ["problems", "the rest"]
