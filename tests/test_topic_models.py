"""Topic models: planted topics found again, measures as computed by hand, the same every time."""

import math
import os
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from govtext.analyse import association, covariates
from govtext.analyse import topics as topic_models
from govtext.analyse.topics import compare, corpus, lda, models, stability
from govtext.pipeline import places

# Four subjects of eight words each; two letters a word, so that no rule leaves one out.
SUBJECTS = [[f"{mark}{other}" for other in "甲乙丙丁戊己庚辛"] for mark in "鱼鸟虫兽"]


def planted(n_reports=6, n_paragraphs=12, seed=0):
    """Paragraphs of twelve words, each mostly on one subject; every report has all subjects."""
    generator = np.random.default_rng(seed)
    rows, subjects = [], []
    for report in range(n_reports):
        position = 0
        for number in range(n_paragraphs):
            subject = number % len(SUBJECTS)
            words = list(generator.choice(SUBJECTS[subject], 11))
            words.append(str(generator.choice(SUBJECTS[(subject + 1) % len(SUBJECTS)])))
            text = " ".join(words)
            rows.append((f"r{report}", "1", "overview", position, position + len(text), text))
            subjects.append(subject)
            position += len(text) + 1
    names = ["report_id", "section_id", "part", "start", "end", "text"]
    return pd.DataFrame(rows, columns=names), subjects


def corpus_of(paragraphs, **settings):
    return topic_models.vectorise(paragraphs, **{"tokenize": str.split, "stop": (), **settings})


def made(text, *sections):
    """Reports and sections of one report; a section is its number, title and own text."""
    rows, position = [], 0
    for section_id, (number, title, body) in enumerate(sections):
        rows.append(("r", str(section_id), number, title, "other", position, position + len(body)))
        position += len(body)
    names = ["report_id", "section_id", "number", "title", "part", "start", "end"]
    return pd.DataFrame({"report_id": ["r"], "text": [text]}), pd.DataFrame(rows, columns=names)


def texts_of(*sections, cells=(), **settings):
    text = "".join(body for *_, body in sections)
    places = [(text.index(cell), text.index(cell) + len(cell)) for cell in cells]
    frame = pd.DataFrame(places, columns=["start", "end"]).assign(report_id="r")
    found = topic_models.paragraphs(*made(text, *sections), frame, **settings)
    assert [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == (
        found["text"].to_list()
    )
    return found["text"].to_list()


def loadings_of(*rows):
    """Loadings of (report, part, characters, loading of topic 1); topic 2 has the rest."""
    frames, position = [], 0
    for report, part, chars, one in rows:
        place = {"report_id": report, "section_id": "1", "part": part}
        place |= {"start": position, "end": position + chars}
        frames += [{**place, "topic": 1, "loading": one}, {**place, "topic": 2, "loading": 1 - one}]
        position += chars
    return pd.DataFrame(frames)


@pytest.fixture(scope="module")
def whole():
    paragraphs, subjects = planted()
    corpus = corpus_of(paragraphs)
    fits = {model: topic_models.fit(corpus, 4, model=model) for model in topic_models.MODELS}
    return SimpleNamespace(paragraphs=paragraphs, subjects=subjects, corpus=corpus, fits=fits)


LONG = "本段说明公开的范围和程序,长度足以自成一段,不与前后合并,也不会被略去,因为它是一段话。"


def test_a_line_is_a_paragraph_and_a_short_one_joins_the_next():
    assert texts_of(("", "", f"{LONG}\n短句。\n{LONG}\n")) == [LONG, f"短句。\n{LONG}"]


def test_a_short_last_line_joins_the_one_before_it_unless_it_is_no_prose():
    assert texts_of(("", "", f"{LONG}\n短句。\n")) == [f"{LONG}\n短句。"]
    assert texts_of(("", "", f"{LONG}\n某年某月\n")) == [LONG]


def test_a_heading_joins_its_text_however_long_it_is_and_is_left_out_alone():
    title = "切实加强领导,完善各项制度,为全面做好本年度政府信息公开工作打下坚实可靠的基础"
    heading = f"一、{title}"
    assert texts_of(("一、", title, f"{heading}\n{LONG}\n")) == [f"{heading}\n{LONG}"]
    assert texts_of(("一、", title, f"{heading}\n"), ("(一)", "", f"(一){LONG}")) == [f"(一){LONG}"]


def test_a_heading_that_runs_into_its_text_is_a_line_like_any_other():
    assert texts_of(("一、", "收费", f"一、收费。{LONG}\n{LONG}")) == [f"一、收费。{LONG}", LONG]


def test_a_paragraph_never_crosses_a_section():
    assert texts_of(("", "", "短句。\n"), ("一、", "收费", f"一、收费\n{LONG}")) == [
        "短句。",
        f"一、收费\n{LONG}",
    ]


def test_rows_of_a_table_are_left_out():
    rows = "\n".join(f"项目{number} 1,234 5,678 9,012 3,456 7,890 1,234" for number in range(3))
    assert texts_of(("", "", f"{LONG}\n{rows}\n")) == [LONG]


def test_a_statistics_table_is_no_paragraph_even_amid_one_line():
    cells = ["指标名称,单位。", "主动公开数,件。", "1,234件。"]
    table = "\n".join(cells)
    assert texts_of(("", "", f"{LONG}\n{table}\n{LONG}\n"), cells=cells) == [LONG, LONG]
    line = f"{LONG}{cells[0]}本表填报{cells[1]}:{cells[2]}{LONG}"
    assert texts_of(("", "", line), cells=cells) == [LONG, LONG]


def test_prose_between_two_tables_stays():
    cells = ["甲表的格,一。", "乙表的格,二。"]
    assert texts_of(("", "", f"{cells[0]}\n{LONG}\n{cells[1]}\n"), cells=cells) == [LONG]


def test_a_heading_alone_before_a_table_is_left_out():
    cells = ["主动公开数,件。"]
    assert texts_of(("二、", "主动公开", f"二、主动公开\n{cells[0]}\n"), cells=cells) == []


@given(
    st.lists(st.text("文字。,、 1\n", max_size=80), min_size=1, max_size=4),
    st.integers(min_value=1, max_value=60),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30)), max_size=6),
)
def test_paragraphs_are_spans_of_the_text_in_order_and_apart(bodies, min_chars, tables):
    text = "".join(bodies)
    reports, sections = made(text, *(("", "", body) for body in bodies))
    cells = pd.DataFrame(
        [("r", min(start, len(text)), min(start + size, len(text))) for start, size in tables],
        columns=["report_id", "start", "end"],
    )
    found = topic_models.paragraphs(reports, sections, cells, min_chars=min_chars)
    for row in found.itertuples():
        assert ((cells["end"] <= row.start) | (cells["start"] >= row.end)).all()
    bounds = {row.section_id: (row.start, row.end) for row in sections.itertuples()}
    last = 0
    for row in found.itertuples():
        assert row.text == text[row.start : row.end]
        assert last <= row.start < row.end
        assert bounds[row.section_id][0] <= row.start
        assert row.end <= bounds[row.section_id][1]
        last = row.end


def words_of(*texts, reports=None, **settings):
    frame = pd.DataFrame({"text": texts, "section_id": "1", "part": "other"})
    frame["report_id"] = reports or [f"r{number}" for number in range(len(texts))]
    frame["start"] = range(len(frame))
    frame["end"] = frame["start"] + 1
    return corpus_of(frame, **{"min_df": 1, "max_df": 1.0, "min_reports": 1, **settings}).words


def test_numbers_single_characters_and_punctuation_are_no_words():
    assert words_of("公开 公 12 1.5% 三百 ， “” Web 第3") == ("web", "公开")


def test_stop_words_are_those_given_else_the_rule_file():
    assert words_of("公开 项目", stop={"项目"}) == ("公开",)
    assert words_of("公开 以及 我们", stop=None) == ("公开",)


def test_places_are_left_out_in_the_reports_that_name_them_in_full():
    # 朝阳区 is a district; 朝阳 alone, in a report that does not name it, is the morning sun.
    assert words_of("朝阳区 朝阳 公开", "朝阳 公开") == ("公开", "朝阳")
    assert words_of("朝阳区 朝阳 公开") == ("公开",)


def test_a_word_stands_in_enough_paragraphs_and_reports_and_not_in_too_many():
    texts, reports = ["甲甲 乙乙", "甲甲 乙乙", "甲甲 丙丙", "丁丁 丁丁"], ["a", "a", "b", "b"]
    assert words_of(*texts, reports=reports) == ("丁丁", "丙丙", "乙乙", "甲甲")
    assert words_of(*texts, reports=reports, min_df=2) == ("乙乙", "甲甲")
    assert words_of(*texts, reports=reports, min_reports=2) == ("甲甲",)
    assert words_of(*texts, reports=reports, max_df=0.5) == ("丁丁", "丙丙", "乙乙")


@pytest.mark.parametrize(
    ("n_paragraphs", "n_reports", "least", "spread"),
    [(40, 2, 3, 2), (80, 3, 5, 2), (129, 5, 8, 4), (9999, 400, 8, 4), (1, 1, 3, 2)],
)
def test_by_default_a_word_stands_in_a_sixteenth_and_in_all_reports_but_one(
    n_paragraphs, n_reports, least, spread
):
    tally = corpus.Tally(n_paragraphs, n_reports)
    tally.held.update({"enough": least, "rare": least - 1, "local": least})
    tally.reports.update({"enough": spread, "rare": spread, "local": spread - 1})
    assert tally.words(max_df=9) == ["enough"]


def test_tf_idf_by_hand():
    counts = sparse.csr_matrix(np.array([[2.0, 1.0], [0.0, 3.0], [0.0, 0.0]]))
    found = corpus.weigh(counts, np.array([1, 2]), 3).toarray()
    rare, common = 1 + math.log(4 / 2), 1 + math.log(4 / 3)
    raw = np.array([(1 + math.log(2)) * rare, common])
    assert found[0] == pytest.approx(raw / np.sqrt((raw**2).sum()))
    assert found[1:].tolist() == [[0, 1], [0, 0]]


def test_a_corpus_without_words_says_what_to_lower():
    with pytest.raises(ValueError, match="lower min_df and min_reports"):
        words_of("公开", min_reports=2)


def test_paragraphs_without_a_word_of_the_vocabulary_are_left_out():
    paragraphs, _ = planted()
    paragraphs.loc[3, "text"] = "12 34"
    corpus = corpus_of(paragraphs)
    assert len(corpus.paragraphs) == len(paragraphs) - 1 == corpus.counts.shape[0]
    assert corpus.counts.sum() == 12 * (len(paragraphs) - 1)


# From a random start LDA now and then ends with two subjects in one topic, however many its passes.
@pytest.mark.parametrize(("model", "least"), [("nmf", 10), ("lda", 7)])
def test_planted_topics_are_found(whole, model, least):
    found = 0
    for seed in range(10):
        fitted = topic_models.fit(whole.corpus, 4, model=model, seed=seed)
        best = fitted.words[fitted.words["rank"] <= 8].groupby("topic")["word"].agg(list)
        if topic_models.matched_jaccard(list(best), SUBJECTS) == 1:
            found += 1
            wide = fitted.loadings.pivot_table(
                index=["report_id", "start"], columns="topic", values="loading"
            )
            chosen = wide.idxmax(axis=1).to_list()
            assert len(set(zip(chosen, whole.subjects, strict=True))) == 4
    assert found >= least


@pytest.mark.parametrize("model", topic_models.MODELS)
def test_loadings_and_weights_sum_to_one(whole, model):
    found = whole.fits[model]
    sums = found.loadings.groupby(["report_id", "start"])["loading"].sum()
    assert np.allclose(sums, 1, atol=1e-5)
    assert (found.words.groupby("topic")["weight"].sum() <= 1 + 1e-4).all()
    assert found.words["exclusivity"].between(0, 1).all()
    assert found.words["frex"].between(0, 1).all()


def test_topics_are_numbered_by_their_share_of_the_characters():
    paragraphs, subjects = planted()
    kept = [number for number, subject in enumerate(subjects) if subject != 2 or number % 8 == 2]
    found = topic_models.fit(corpus_of(paragraphs.iloc[kept]), 4)
    chars = found.loadings["end"] - found.loadings["start"]
    mass = (found.loadings["loading"] * chars).groupby(found.loadings["topic"]).sum()
    assert mass.is_monotonic_decreasing
    assert mass.index.to_list() == [1, 2, 3, 4]
    assert set(found.words.query("topic == 4 and rank <= 8")["word"]) == set(SUBJECTS[2])


def test_frex_is_the_harmonic_mean_of_the_ranks_of_weight_and_exclusivity():
    weights = np.array([[0.6, 0.3, 0.1, 0.0], [0.6, 0.0, 0.0, 0.4]])
    frame = models.word_frame(("甲", "乙", "丙", "丁"), weights, 4).query("topic == 1")
    assert frame["word"].to_list() == ["甲", "乙", "丙"]
    assert frame["exclusivity"].to_list() == [0.5, 1.0, 1.0]
    # Ranks as shares of four words: weight 1, 3/4, 2/4; exclusivity 2/4, 1, 1.
    assert frame["frex"].to_list() == pytest.approx([2 / 3, 6 / 7, 2 / 3], abs=1e-6)
    assert frame["frex_rank"].to_list() == [2, 1, 3]


@pytest.mark.parametrize(
    ("k", "model", "message"),
    [
        (1, "nmf", "k is 1; it can be from 2 to 32, for there are 72 paragraphs and 32 words"),
        (33, "lda", "k is 33; it can be from 2 to 32"),
        (4, "lsa", "model is 'lsa'; it can be 'nmf' or 'lda'"),
    ],
)
def test_what_cannot_be_fitted_is_named(whole, k, model, message):
    with pytest.raises(ValueError, match=message):
        topic_models.fit(whole.corpus, k, model=model)


def test_lda_takes_the_steps_of_scikit_learn(whole):
    from sklearn.decomposition import LatentDirichletAllocation

    counts = whole.corpus.counts.copy()
    counts.data[counts.indptr[3] : counts.indptr[4]] = 0
    counts.eliminate_zeros()  # a paragraph without a word, as one shuffled may be
    theirs = LatentDirichletAllocation(
        4, doc_topic_prior=1 / 4, topic_word_prior=1 / 4, max_iter=20, max_doc_update_iter=3,
        random_state=5,
    )  # fmt: skip
    loaded = theirs.fit_transform(counts)
    ours = lda.weights(counts, 4, 5)
    assert ours == pytest.approx(theirs.components_, rel=1e-3)
    assert models.to_one(lda.loadings(counts, ours)) == pytest.approx(loaded, abs=1e-5)


def test_the_order_of_the_rows_changes_nothing(whole):
    shuffled = whole.paragraphs.sample(frac=1, random_state=1)
    again = topic_models.fit(corpus_of(shuffled), 4)
    pd.testing.assert_frame_equal(again.words, whole.fits["nmf"].words)
    pd.testing.assert_frame_equal(again.loadings, whole.fits["nmf"].loadings)


def test_shares_weigh_paragraphs_by_their_characters():
    found = topic_models.shares(loadings_of(("a", "fees", 100, 1.0), ("a", "plans", 300, 0.2)))
    assert found["share"].to_list() == [0.4, 0.6]  # (100 + 60) / 400
    assert found["n_chars"].to_list() == [400, 400]
    assert found["n_paragraphs"].to_list() == [2, 2]
    # The resamples are of one paragraph twice, or of both: 0.2, 0.4 and 1.
    assert found["low"].to_list() == [0.2, 0.0]
    assert found["high"].to_list() == [1.0, 0.8]


def test_shares_have_null_bounds_for_one_paragraph():
    rows = [("a", "fees", 100, 1.0), ("b", "plans", 300, 0.2), ("b", "plans", 100, 0.6)]
    found = topic_models.shares(loadings_of(*rows)).set_index(["report_id", "topic"])
    assert found["share"].to_list() == [1.0, 0.0, 0.3, 0.7]
    assert found.loc["a", ["low", "high"]].isna().all(axis=None)
    assert found.loc["b", ["low", "high"]].notna().all(axis=None)


def test_masses_are_sums_by_report_part_and_topic():
    rows = [("a", "fees", 100, 1.0), ("a", "fees", 300, 0.5), ("a", "plans", 10, 0.2)]
    found = topic_models.masses(loadings_of(*rows)).query("topic == 1")
    assert found["mass"].to_list() == [250, 2]
    assert found["n_chars"].to_list() == [400, 10]
    assert found["n_paragraphs"].to_list() == [2, 1]


def test_shares_of_groups_draw_whole_reports():
    # In every report one topic has all: the share of a resample is that of the reports drawn.
    rows = [(f"r{n}", "fees", 100, float(n < 2)) for n in range(5) for _ in range(20)]
    found = topic_models.group_shares(topic_models.masses(loadings_of(*rows)))
    assert found["share"].to_list() == [0.4, 0.6]
    assert found["n_reports"].to_list() == [5, 5]
    assert found["n_paragraphs"].to_list() == [100, 100]
    assert found["n_chars"].to_list() == [10000, 10000]
    # Of five reports drawn k are of the two by the binomial (5, 0.4): 2.5% and 97.5% are 0 and 4.
    assert found.loc[0, ["low", "high"]].to_list() == [0.0, 0.8]
    assert found["reason"].isna().all()


def test_shares_of_groups_of_few_reports_have_no_bounds_but_a_reason():
    rows = [(f"r{n}", "fees" if n else "plans", 100, 0.25) for n in range(6)]
    masses = topic_models.masses(loadings_of(*rows))
    found = topic_models.group_shares(masses, "part").set_index(["part", "topic"])
    assert found["share"].to_list() == [0.25, 0.75] * 2
    assert found.loc["fees", ["low", "high"]].to_numpy().tolist() == [[0.25, 0.25], [0.75, 0.75]]
    assert found.loc["plans", ["low", "high"]].isna().all(axis=None)
    assert found.loc["plans", "reason"].to_list() == ["fewer than 5 reports"] * 2


def test_an_interval_does_not_depend_on_the_other_groups(whole):
    loadings = whole.fits["nmf"].loadings
    alone = topic_models.shares(loadings[loadings["report_id"] == "r3"], n_boot=50)
    together = topic_models.shares(loadings, n_boot=50).query("report_id == 'r3'")
    pd.testing.assert_frame_equal(alone, together.reset_index(drop=True))
    assert (together["low"] <= together["share"]).all()
    assert (together["share"] <= together["high"]).all()


def spread_of(*rows):
    return topic_models.spread(topic_models.shares(loadings_of(*rows)))


def test_spread_is_one_for_a_reports_own_topic_and_all_for_an_even_one():
    rows = [("a", "fees", 100, 1.0), ("a", "fees", 100, 0.0), ("b", "fees", 400, 0.5)]
    even = spread_of(*rows)
    assert even["effective_reports"].to_list() == [2, 2]
    own = spread_of(("a", "fees", 100, 1.0), ("b", "fees", 10, 0.0))
    assert own["effective_reports"].to_list() == [1, 1]
    assert own["top_report"].to_list() == ["a", "b"]
    assert own["top_part"].to_list() == [1, 1]
    third = spread_of(("a", "fees", 100, 0.75), ("b", "fees", 10, 0.25))
    hand = math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25)))
    assert third["effective_reports"].to_list() == pytest.approx([hand, hand], abs=1e-6)


def test_passages_are_those_that_load_highest_the_longer_of_equals_first(whole):
    found = topic_models.passages(whole.fits["nmf"].loadings, whole.paragraphs, n=2)
    assert found["rank"].to_list() == [1, 2] * 4
    loadings = whole.fits["nmf"].loadings
    highest = loadings.groupby("topic")["loading"].max().to_list()
    assert found.loc[found["rank"] == 1, "loading"].to_list() == highest
    texts = whole.paragraphs.set_index(["report_id", "start"])["text"]
    for row in found.itertuples():
        assert texts[row.report_id, row.start] == row.text
    flat = loadings_of(("a", "fees", 10, 0.5), ("a", "fees", 30, 0.5), ("b", "fees", 20, 0.5))
    paragraphs = flat[flat["topic"] == 1].assign(text=["ten", "thirty", "twenty"])
    assert topic_models.passages(flat, paragraphs)["text"].to_list() == ["thirty", "thirty"]


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ((2, 2, 2, 4), 1.0),  # only together
        ((2, 2, 1, 4), 0.0),  # independent: 1/4 = 1/2 x 1/2
        ((2, 2, 0, 4), -1.0),  # never together
        # ln((1/8) / (1/4 x 1/4)) / -ln(1/8) = ln 2 / ln 8
        ((2, 2, 1, 8), 1 / 3),
        # ln((1/8) / (1/2 x 1/2)) / -ln(1/8) = -ln 2 / ln 8
        ((4, 4, 1, 8), -1 / 3),
    ],
)
def test_npmi_by_hand(counts, value):
    first, second, both, size = counts
    assert association.npmi(both, first, second, size) == pytest.approx(value)


@pytest.mark.parametrize(
    ("first", "second", "both", "pmi"),
    [
        (1938, 1311, 1159, 10.0349081703),
        (2438, 2694, 2205, 9.72831972408),
        (3501, 2808, 2791, 9.56067615065),
    ],
)
def test_npmi_of_published_counts(first, second, both, pmi):
    # Counts of word pairs and their PMI as Wikipedia's article on it prints them (50,000,952 words
    # of October 2015): puerto rico, hong kong, los angeles.
    size = 50_000_952
    value = association.npmi(both, first, second, size)
    assert value * -math.log(both / size) == pytest.approx(pmi, abs=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_npmi_lies_between_minus_one_and_one_and_is_symmetric(documents):
    first = sum(one for one, _ in documents)
    second = sum(other for _, other in documents)
    both = sum(one and other for one, other in documents)
    value = association.npmi(both, first, second, len(documents))
    assert np.isnan(value) if both == len(documents) else -1 <= value <= 1 + 1e-12
    again = association.npmi(both, second, first, len(documents))
    assert np.array_equal(value, again, equal_nan=True)


def test_a_pair_that_stands_everywhere_tells_nothing():
    assert np.isnan(association.npmi(4, 4, 4, 4))
    assert topic_models.coherence(sparse.csr_matrix(np.ones((4, 2))), [[0, 1]]) == [0.0]


def test_coherence_is_the_mean_npmi_of_the_pairs():
    texts = ["甲甲 乙乙", "甲甲 乙乙", "丙丙 丁丁", "甲甲 丙丙"]
    frame = pd.DataFrame({"report_id": "r", "section_id": "1", "part": "other", "text": texts})
    frame["start"] = range(4)
    frame["end"] = frame["start"] + 1
    corpus = corpus_of(frame, min_df=1, max_df=1.0, min_reports=1)
    place = {word: column for column, word in enumerate(corpus.words)}
    tops = [[place["甲甲"], place["乙乙"], place["丙丙"]], [place["丁丁"]]]
    # 甲乙: ln((2/4) / (3/4 x 2/4)) / ln 2; 甲丙: ln((1/4) / (3/4 x 2/4)) / ln 4; 乙丙: never.
    hand = (math.log(4 / 3) / math.log(2) + math.log(2 / 3) / math.log(4) - 1) / 3
    first, second = topic_models.coherence(corpus.counts, tops)
    assert first == pytest.approx(hand)
    assert math.isnan(second)


def test_matched_jaccard_by_hand():
    # 3 of 5 words shared, and 1 of 5: (3/5 + 1/5) / 2; in the other order nothing is shared.
    one, other = ["abcd", "efg"], ["ghi", "bcde"]
    assert topic_models.matched_jaccard(one, other) == pytest.approx((3 / 5 + 1 / 5) / 2)
    assert topic_models.matched_jaccard(one, one[::-1]) == 1


def test_matched_jaccard_takes_the_best_matching_not_the_nearest_first():
    # abcd-abc has 3/4, the most, but leaves ab-cd with 0; abcd-cd 1/2 and ab-abc 2/3 are more.
    assert topic_models.matched_jaccard(["abcd", "ab"], ["abc", "cd"]) == pytest.approx(
        (1 / 2 + 2 / 3) / 2
    )


@pytest.mark.parametrize(("one", "other"), [([], []), (["ab"], ["ab", "cd"])])
def test_topics_that_cannot_be_matched_are_an_error(one, other):
    with pytest.raises(ValueError, match="cannot be matched one to one"):
        topic_models.matched_jaccard(one, other)


def test_the_planted_number_of_topics_is_chosen(whole):
    found = topic_models.choose_k(whole.corpus, [6, 4, 2], n_boot=4, n_seeds=2)
    assert found[["model", "k"]].to_numpy().tolist() == [
        [model, k] for model in topic_models.MODELS for k in (2, 4, 6)
    ]
    assert topic_models.pick_k(found) == 4
    best = found.set_index(["model", "k"]).loc[("nmf", 4)]
    assert best["stability"] > 0.8
    assert best["adjusted"] > 0.7
    assert best["ceiling"] >= best["stability"] - 0.05
    assert best["report_stability"] > 0.8
    assert best["seed_stability"] == 1
    again = topic_models.choose_k(whole.corpus, iter([6, 2]), models=["nmf"], n_boot=4, n_seeds=2)
    same = found[(found["model"] == "nmf") & found["k"].isin([2, 6])].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, again)
    alone = topic_models.choose_k(whole.corpus, iter([2]), n_boot=4, n_seeds=2)
    pd.testing.assert_frame_equal(found[found["k"] == 2].reset_index(drop=True), alone)


def test_without_topics_stability_is_what_chance_gives():
    paragraphs, _ = planted(n_paragraphs=24)
    words = np.array([text.split() for text in paragraphs["text"]])
    shuffled = np.random.default_rng(5).permuted(words.ravel()).reshape(words.shape)
    noise = corpus_of(paragraphs.assign(text=[" ".join(row) for row in shuffled]))
    found = topic_models.choose_k(noise, [4], models=["nmf"], n_boot=10, n_seeds=5).iloc[0]
    assert abs(found["adjusted"]) < 0.15
    assert found["chance"] == pytest.approx(found["stability"], abs=0.1)
    by_hand = (found["stability"] - found["chance"]) / (1 - found["chance"])
    assert found["adjusted"] == pytest.approx(by_hand, abs=1e-5)


def test_shuffled_corpora_keep_every_words_counts_but_not_where_they_stand(whole):
    for counts in compare._shuffled(whole.corpus, "lda", 2, 0):
        before, after = whole.corpus.counts.toarray(), counts.toarray()
        assert (np.sort(before, axis=0) == np.sort(after, axis=0)).all()
        assert (before != after).any()


def test_each_report_is_left_out_in_turn():
    reports = pd.Series(["a", "b", "a", "c"])
    assert [rows.tolist() for rows in compare._without(reports)] == [[1, 3], [0, 2, 3], [0, 1, 2]]
    assert list(compare._without(pd.Series(["a", "a"]))) == []
    many = pd.Series([f"{number:03}" for number in range(50)])
    folds = list(compare._without(many))
    assert len(folds) == 20
    assert sum(50 - len(rows) for rows in folds) == 50


def test_without_resamples_stability_is_null(whole):
    found = topic_models.choose_k(whole.corpus, [4], models=["nmf"], n_boot=0, n_seeds=0)
    drawn = ["stability", "stability_se", "seed_stability", "chance", "adjusted", "ceiling"]
    assert found[drawn].isna().all(axis=None)
    assert found["coherence"].notna().all()
    with pytest.raises(ValueError, match="no k of 'nmf' with coherence and stability"):
        topic_models.pick_k(found)


def test_pick_k_takes_the_smallest_within_one_error_of_both_bests():
    def pick(**columns):
        return topic_models.pick_k(
            pd.DataFrame({"model": "nmf", "k": [4, 5, 6, 7], **columns, "coherence_se": 0.05})
        )

    coherence = [0.10, 0.18, 0.20, 0.19]
    assert pick(coherence=coherence, adjusted=[0.9, 0.5, 0.6, 0.6], adjusted_se=0.05) == 6
    assert pick(coherence=coherence, adjusted=[0.9, 0.5, 0.6, 0.6], adjusted_se=0.2) == 5
    assert pick(coherence=coherence, adjusted=[0.9, 0.5, 0.6, 0.7], adjusted_se=np.nan) == 7


def test_planted_topics_are_stable_and_their_words_stay(whole):
    by_topic, by_word = topic_models.topic_stability(whole.corpus, whole.fits["nmf"], n_boot=6)
    assert by_topic["topic"].to_list() == [1, 2, 3, 4]
    assert set(by_topic["verdict"]) == {"stable"}
    assert (by_topic["low"] <= by_topic["stability"]).all()
    assert (by_topic["stability"] <= by_topic["high"]).all()
    own = {word for subject in SUBJECTS for word in subject}
    first = whole.fits["nmf"].words.query("rank <= 8").merge(by_word, on=["topic", "word"])
    assert set(first["word"]) == own
    assert (first["kept"] == 1).all()


@pytest.mark.parametrize(
    ("values", "verdict"),
    [([0.75], "stable"), ([0.6, 0.7], "pattern"), ([0.9, 0.2], "unstable"), ([], None)],
)
def test_the_verdict_goes_by_the_mean(values, verdict):
    assert stability._summary(values)[3] == verdict


def test_more_paragraphs_make_topics_more_stable(whole):
    found = topic_models.stability_by_size(whole.corpus, 4, times=[8, 0.25, 1], n_boot=5)
    assert found["n_paragraphs"].to_list() == [18, 72, 576]
    assert found["n_reports"].to_list() == [2, 6, 48]
    assert found["stability"].is_monotonic_increasing
    assert found["stability"].iloc[0] < found["stability"].iloc[-1]


def test_a_row_drawn_twice_weighs_as_two_equal_rows(whole):
    data = models.data_of(whole.corpus, "nmf")
    size = data.shape[0]
    rows = np.sort(np.random.default_rng(1).integers(0, size, 2 * size))
    weighted = stability._repeated(data, np.bincount(rows, minlength=size))
    one = compare.tops_of(weighted, 4, "nmf", 0)
    assert topic_models.matched_jaccard(one, compare.tops_of(data[rows], 4, "nmf", 0)) > 0.9


def test_a_sheet_for_labels_holds_the_top_words(whole):
    sheet = topic_models.label_sheet(whole.fits["nmf"])
    assert list(sheet) == list(topic_models.LABEL_COLUMNS)
    assert sheet["topic"].to_list() == [1, 2, 3, 4]
    assert all(len(words.split()) == topic_models.TOP for words in sheet["top_words"])


def labelled(whole):
    sheet = topic_models.label_sheet(whole.fits["nmf"])
    return sheet.assign(label_en=["One", "Two", "Three", "Four"], label_zh="话题", note="n")


def test_a_topic_keeps_the_number_of_its_label_wherever_it_comes_in_the_order(whole):
    topics, sheet = whole.fits["nmf"], labelled(whole)
    turned = sheet.assign(topic=[7, 2, 9, 1])
    found, named, faults = topic_models.identify(topics, turned)
    assert faults == []
    assert named[["topic", "label_en"]].to_numpy().tolist() == [
        [1, "Four"], [2, "Two"], [7, "One"], [9, "Three"],
    ]  # fmt: skip
    number = {1: 7, 2: 2, 3: 9, 4: 1}
    assert found.numbers == (7, 2, 9, 1)
    for frame, key in (("words", ["topic", "rank"]), ("loadings", ["report_id", "start", "topic"])):
        before = getattr(topics, frame)
        expected = before.assign(topic=before["topic"].map(number)).sort_values(key)
        pd.testing.assert_frame_equal(getattr(found, frame), expected.reset_index(drop=True))


def test_a_label_fits_while_seven_of_its_ten_words_are_left(whole):
    topics, sheet = whole.fits["nmf"], labelled(whole)
    words = sheet.loc[0, "top_words"].split()
    old = ["旧词一", "旧词二", "旧词三", "旧词四"]
    sheet.loc[0, "top_words"] = " ".join([*words[:7], *old[:3]])
    _, named, faults = topic_models.identify(topics, sheet)
    assert faults == []
    assert named.loc[0, "top_words"] == " ".join(words)
    sheet.loc[0, "top_words"] = " ".join([*words[:6], *old])
    found, named, (gone, bare) = topic_models.identify(topics, sheet)
    recorded = sheet.loc[0, "top_words"]
    assert gone == f"label 1 (One) was given to {recorded}, of which no topic has more than 6."
    assert bare == f"topic 5 has no label: {' '.join(words)}."
    assert found.numbers == (5, 2, 3, 4)
    assert named["topic"].to_list() == [2, 3, 4, 5]
    assert named["label_en"].to_list() == ["Two", "Three", "Four", " ".join(words[:3])]


def test_without_labels_topics_go_by_their_first_words(whole):
    topics = whole.fits["nmf"]
    found, named, faults = topic_models.identify(topics, labelled(whole).head(0))
    assert found.numbers == (1, 2, 3, 4)
    assert len(faults) == 4
    assert all(len(label.split()) == 3 for label in named["label_zh"])


def test_labels_are_read_as_a_spreadsheet_saves_them(tmp_path, whole):
    path = tmp_path / "labels.csv"
    sheet = topic_models.label_sheet(whole.fits["nmf"])
    sheet.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    pd.testing.assert_frame_equal(topic_models.read_labels(path), sheet, check_dtype=False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("topic,label_en\n1,x\n", "no column label_zh, top_words, note"),
        ("topic,label_en,label_zh,top_words,note\none,,,,\n", "'one', which is no whole number"),
        ("topic,label_en,label_zh,top_words,note\n1,,,,\n1,,,,\n", "topic 1 more than once"),
    ],
)
def test_labels_that_cannot_be_used_are_named(tmp_path, content, message):
    path = tmp_path / "labels.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        topic_models.read_labels(path)


def test_the_labels_of_the_study_are_whole():
    labels = topic_models.read_labels(places.project() / "data" / "topic_labels.csv")
    assert labels["topic"].to_list() == list(range(1, len(labels) + 1))
    assert (labels[["label_en", "label_zh"]] != "").all(axis=None)
    assert (labels["top_words"].str.split().str.len() == topic_models.TOP).all()


def reports_of(years, shares, bodies=None, **columns):
    """Shares of two topics by report; the second has the rest."""
    frame = pd.DataFrame({"report_id": [f"r{n}" for n in range(len(years))], "year": years})
    frame["body"] = bodies or [f"body {number}" for number in range(len(years))]
    frame = frame.assign(**columns)
    both = [frame.assign(topic=1, share=shares), frame.assign(topic=2, share=1 - np.array(shares))]
    return pd.concat(both)


def test_the_slope_of_a_share_by_hand():
    found = topic_models.association(
        reports_of([2010, 2011, 2012, 2013, 2014], [0.1, 0.2, 0.3, 0.4, 0.6])
    ).iloc[0]
    # Centred years -2 to 2: (-0.2 - 0.2 + 0.4 + 1.2) / 10.
    assert found["estimate"] == pytest.approx(0.12)
    assert found[["design", "n_reports", "n_bodies"]].to_list() == ["between bodies", 5, 5]
    # Of the 120 orders none but this one and its reverse is as far from zero.
    assert found["n_permutations"] == 120
    assert found["p"] == found["p_least"] == pytest.approx(2 / 120, abs=1e-6)
    assert found["p_holm"] == pytest.approx(4 / 120, abs=1e-6)
    assert found["low"] < found["estimate"] < found["high"]
    assert found["reason"] is None or pd.isna(found["reason"])


def test_the_error_of_a_slope_leaves_out_each_body():
    years, shares = np.array([2010, 2011, 2013, 2014.0]), np.array([0.1, 0.4, 0.2, 0.5])
    found = topic_models.association(reports_of(years, shares)).iloc[0]
    whole = np.polyfit(years, shares, 1)[0]
    left = [np.polyfit(np.delete(years, n), np.delete(shares, n), 1)[0] for n in range(4)]
    error = math.sqrt(3 / 4 * sum((each - whole) ** 2 for each in left))
    assert found["estimate"] == pytest.approx(whole, abs=1e-6)
    assert found["se"] == pytest.approx(error, abs=1e-6)
    # The years lie 2, 1, 1 and 2 from their mean: as good as 10^2 / 34 bodies of the same weight.
    reach = stats.t.ppf(0.975, 100 / 34 - 1)
    assert found["high"] - found["estimate"] == pytest.approx(reach * error, abs=1e-5)


def test_of_four_bodies_no_order_is_rare_enough():
    found = topic_models.association(reports_of([2010, 2011, 2012, 2013], [0.1, 0.2, 0.3, 0.4]))
    assert found["p_least"].to_list() == pytest.approx([2 / 24] * 2, abs=1e-6)
    assert found[["p", "p_holm"]].isna().all(axis=None)
    assert found["estimate"].notna().all()
    assert set(found["reason"]) == {"no order of so few units has p of 0.05 or less"}


@pytest.mark.parametrize(
    ("years", "bodies"),
    [
        ([2010, 2011], None),
        ([2010, 2010, 2010, 2010], None),
        ([np.nan] * 4, None),
        ([2010, 2011], ["one", "one"]),
    ],
)
def test_where_nothing_differs_there_is_a_reason(years, bodies):
    found = topic_models.association(reports_of(years, [0.1] * len(years), bodies))
    assert found["topic"].to_list() == [1, 2]
    assert found[["estimate", "se", "p"]].isna().all(axis=None)
    assert set(found["reason"]) == {"fewer than three bodies, or no two values of year"}


def test_changes_within_bodies_do_not_see_what_bodies_differ_in():
    # Each body falls by 0.1 a year; that later bodies have larger shares is no change.
    bodies = ["a", "a", "a", "b", "b", "b", "c", "c", "c"]
    years = [2008, 2009, 2010, 2012, 2013, 2014, 2016, 2017, 2018]
    shares = [0.3, 0.2, 0.1, 0.6, 0.5, 0.4, 0.9, 0.8, 0.7]
    found = topic_models.association(reports_of(years, shares, bodies)).iloc[0]
    assert found["design"] == "within bodies"
    assert found["estimate"] == pytest.approx(-0.1)
    assert found["n_permutations"] == 6**3
    assert found["p"] == pytest.approx(2 / 216, abs=1e-6)


def test_several_reports_of_few_bodies_count_as_their_mean():
    years = [2010, 2012, 2011, 2012, 2013, 2014, 2015]
    bodies = ["a", "a", "b", "c", "d", "e", "f"]
    shares = [0.1, 0.3, 0.2, 0.3, 0.1, 0.5, 0.4]
    found = topic_models.association(reports_of(years, shares, bodies)).iloc[0]
    assert found[["design", "n_reports", "n_bodies"]].to_list() == ["between bodies", 7, 6]
    expected = np.polyfit([2011, 2011, 2012, 2013, 2014, 2015], [0.2, *shares[2:]], 1)[0]
    assert found["estimate"] == pytest.approx(expected, abs=1e-6)


def test_eta_squared_between_levels_by_hand():
    levels = ["county"] * 4 + ["city"] * 4
    shares = [0.1, 0.2, 0.1, 0.2, 0.5, 0.6, 0.5, 0.6]
    frame = reports_of([2010] * 8, shares, admin_level=levels)
    found = topic_models.association(frame, "admin_level").iloc[0]
    # Means 0.15 and 0.55 around 0.35: 8 x 0.04 between, 8 x 0.0025 within.
    assert found["estimate"] == pytest.approx(0.32 / 0.34, abs=1e-6)
    assert found["n_permutations"] == 10_000
    # Two of the 70 ways to choose four of eight divide them as well.
    assert found["p"] == pytest.approx(2 / 70, abs=0.01)
    assert pd.isna(found["se"])


def test_levels_of_one_body_each_are_not_tested():
    frame = reports_of([2010] * 5, [0.1, 0.2, 0.3, 0.4, 0.5], admin_level=list("vwxyy"))
    found = topic_models.association(frame, "admin_level")
    assert found[["estimate", "p"]].isna().all(axis=None)
    # Of the ten pairs that the one level of two could be, four are as near to each other.
    assert found["p_least"].to_list() == pytest.approx([0.4, 0.4])


@pytest.mark.parametrize("groups", [["a"] * 4, ["a", "a", "b", "b", "b"], ["a"] * 9, list("abc")])
def test_orders_move_within_their_group_alone(groups):
    groups = np.array(groups)
    blocks, exact = covariates._within(groups, 0)
    orders = np.concatenate(list(blocks))
    assert (orders[0] == np.arange(len(groups))).all()
    assert (np.sort(orders, axis=1) == np.arange(len(groups))).all()
    assert (groups[orders] == groups).all()
    if exact:
        assert len(np.unique(orders, axis=0)) == len(orders)


def test_orders_of_many_units_come_some_at_a_time(monkeypatch):
    whole = np.concatenate(list(covariates._within(np.zeros(50), 0)[0]))
    assert whole.shape == (10_000, 50)
    monkeypatch.setattr(covariates, "_CELLS", 3_000)
    blocks = list(covariates._within(np.zeros(50), 0)[0])
    assert max(map(np.size, blocks)) <= 3_000
    assert (np.concatenate(blocks) == whole).all()
    monkeypatch.setattr(covariates, "_PLACES", 3_000)
    assert sum(map(len, covariates._within(np.zeros(50), 0)[0])) == 1_000


def test_holm_by_hand():
    found = covariates._holm(np.array([0.04, 0.01, 0.03, 0.9]))
    assert found == pytest.approx([0.09, 0.04, 0.09, 0.9])


def stored(paragraphs, n_batches):
    reports = sorted(paragraphs["report_id"].unique())
    parts = [reports[number::n_batches] for number in range(n_batches)]
    batches = [paragraphs[paragraphs["report_id"].isin(part)] for part in parts]
    return topic_models.stored(iter(batches), tokenize=str.split, stop=())


def test_a_corpus_on_disk_is_the_same_as_in_memory(whole):
    with stored(whole.paragraphs, 3) as store:
        batches = list(store)
        sample = store.sample(1000)
    assert store.words == whole.corpus.words
    assert store.size == len(whole.paragraphs)
    rows = pd.concat([batch.paragraphs for batch in batches], ignore_index=True)
    order = rows.sort_values(["report_id", "start"]).index
    for name in ("counts", "tfidf"):
        found = sparse.vstack([getattr(batch, name) for batch in batches]).toarray()
        expected = getattr(whole.corpus, name).toarray()
        assert found[order] == pytest.approx(expected)
        assert getattr(sample, name).toarray() == pytest.approx(found)
    assert not store.folder.exists()


def test_a_sample_is_every_nth_paragraph_across_batches(whole):
    with stored(whole.paragraphs, 4) as store:
        every = pd.concat([batch.paragraphs for batch in store], ignore_index=True)
        for most in (10, 31, 71):
            found = store.sample(most).paragraphs
            step = -(-len(every) // most)
            pd.testing.assert_frame_equal(found, every.iloc[::step].reset_index(drop=True))


@pytest.mark.parametrize("model", topic_models.MODELS)
def test_planted_topics_are_found_batch_by_batch(model):
    paragraphs, _ = planted(n_reports=24)
    with stored(paragraphs, 4) as store:
        found = topic_models.fit_store(store, 4, model=model, seed=1)
        loadings = pd.concat([found.loadings(batch) for batch in store])
    best = found.topics.words.query("rank <= 8").groupby("topic")["word"].agg(list)
    assert topic_models.matched_jaccard(list(best), SUBJECTS) == 1
    assert len(loadings) == 4 * len(paragraphs)
    assert loadings.groupby(["report_id", "start"])["loading"].sum().to_numpy() == pytest.approx(
        1, abs=1e-5
    )
    mass = topic_models.masses(loadings).groupby("topic")["mass"].sum()
    assert mass.is_monotonic_decreasing


def test_nmf_batch_by_batch_comes_near_to_nmf_at_once():
    paragraphs, _ = planted(n_reports=24)
    at_once = topic_models.fit(corpus_of(paragraphs), 4)
    with stored(paragraphs, 6) as store:
        found = topic_models.fit_store(store, 4)
    lists = [
        list(words.query("rank <= 8").groupby("topic")["word"].agg(set))
        for words in (at_once.words, found.topics.words)
    ]
    assert topic_models.matched_jaccard(*lists) == 1


RUN = """
import sys

import pandas as pd

from govtext.analyse import topics as topic_models

paragraphs = pd.read_csv("paragraphs.csv", dtype={"section_id": str})
shuffled = paragraphs.sample(frac=1, random_state=int(sys.argv[1]))
corpus = topic_models.vectorise(shuffled, tokenize=str.split, stop=())
frames = [topic_models.choose_k(corpus, [3, 5], n_boot=2, n_seeds=1)]
for model in topic_models.MODELS:
    found = topic_models.fit(corpus, 5, model=model)
    shares = topic_models.shares(found.loadings, n_boot=50)
    masses = topic_models.masses(found.loadings)
    frames += [found.words, found.loadings, shares, topic_models.spread(shares), masses]
    frames += [topic_models.group_shares(masses, n_boot=50)]
    frames += [topic_models.passages(found.loadings, paragraphs)]
    frames += topic_models.topic_stability(corpus, found, n_boot=2)
    known = shares.assign(body=shares["report_id"], year=shares["report_id"].str[1:].astype(int))
    frames += [topic_models.association(known)]
    with topic_models.stored([shuffled], tokenize=str.split, stop=()) as store:
        estimate = topic_models.fit_store(store, 4, model=model)
        frames += [estimate.topics.words, *map(estimate.loadings, store)]
frames += [topic_models.stability_by_size(corpus, 4, n_boot=2)]
for number, frame in enumerate(frames):
    frame.to_csv(f"{sys.argv[1]}-{number}.csv", index=False)
"""


def test_hash_seed_threads_and_order_change_no_byte(tmp_path):
    planted()[0].to_csv(tmp_path / "paragraphs.csv", index=False)
    runs = []
    for number in ("1", "2"):
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), number)
        changed = {**os.environ, **threads, "PYTHONHASHSEED": number}
        command = [sys.executable, "-c", RUN, number]
        runs.append(subprocess.Popen(command, cwd=tmp_path, env=changed))
    assert [run.wait(timeout=300) for run in runs] == [0, 0]
    first, second = (
        [path.read_bytes() for path in sorted(tmp_path.glob(f"{number}-*.csv"))]
        for number in ("1", "2")
    )
    assert len(first) == 26
    assert first == second
