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

from govtext import tables, topic_models
from govtext.topic_models import compare, models

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


def texts_of(*sections, **settings):
    text = "".join(body for *_, body in sections)
    found = topic_models.paragraphs(*made(text, *sections), **settings)
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


@given(
    st.lists(st.text("文字。,、 1\n", max_size=80), min_size=1, max_size=4),
    st.integers(min_value=1, max_value=60),
)
def test_paragraphs_are_spans_of_the_text_in_order_and_apart(bodies, min_chars):
    text = "".join(bodies)
    reports, sections = made(text, *(("", "", body) for body in bodies))
    found = topic_models.paragraphs(reports, sections, min_chars=min_chars)
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
    frame = models._word_frame(("甲", "乙", "丙", "丁"), weights, 4).query("topic == 1")
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


def test_shares_by_another_column_and_null_bounds_for_one_paragraph():
    rows = [("a", "fees", 100, 1.0), ("a", "plans", 300, 0.2), ("b", "plans", 100, 0.6)]
    found = topic_models.shares(loadings_of(*rows), by="part").set_index(["part", "topic"])
    assert found["share"].to_list() == [1.0, 0.0, 0.3, 0.7]
    assert found.loc["fees", ["low", "high"]].isna().all(axis=None)
    assert found.loc["plans", ["low", "high"]].notna().all(axis=None)


def test_an_interval_does_not_depend_on_the_other_groups(whole):
    loadings = whole.fits["nmf"].loadings
    alone = topic_models.shares(loadings[loadings["report_id"] == "r3"], n_boot=50)
    together = topic_models.shares(loadings, n_boot=50).query("report_id == 'r3'")
    pd.testing.assert_frame_equal(alone, together.reset_index(drop=True))
    assert (together["low"] <= together["share"]).all()
    assert (together["share"] <= together["high"]).all()


def test_spread_is_one_for_a_reports_own_topic_and_all_for_an_even_one():
    rows = [("a", "fees", 100, 1.0), ("a", "fees", 100, 0.0), ("b", "fees", 400, 0.5)]
    even = topic_models.spread(loadings_of(*rows))
    assert even["effective_reports"].to_list() == [2, 2]
    own = topic_models.spread(loadings_of(("a", "fees", 100, 1.0), ("b", "fees", 10, 0.0)))
    assert own["effective_reports"].to_list() == [1, 1]
    assert own["top_report"].to_list() == ["a", "b"]
    assert own["top_part"].to_list() == [1, 1]
    third = topic_models.spread(loadings_of(("a", "fees", 100, 0.75), ("b", "fees", 10, 0.25)))
    hand = math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25)))
    assert third["effective_reports"].to_list() == pytest.approx([hand, hand], abs=1e-6)


def test_passages_are_those_that_load_highest_the_longer_of_equals_first(whole):
    found = topic_models.passages(whole.fits["nmf"], whole.paragraphs, n=2)
    assert found["rank"].to_list() == [1, 2] * 4
    loadings = whole.fits["nmf"].loadings
    highest = loadings.groupby("topic")["loading"].max().to_list()
    assert found.loc[found["rank"] == 1, "loading"].to_list() == highest
    texts = whole.paragraphs.set_index(["report_id", "start"])["text"]
    for row in found.itertuples():
        assert texts[row.report_id, row.start] == row.text
    flat = loadings_of(("a", "fees", 10, 0.5), ("a", "fees", 30, 0.5), ("b", "fees", 20, 0.5))
    made_up = topic_models.Topics("nmf", 2, pd.DataFrame(), flat)
    paragraphs = flat[flat["topic"] == 1].assign(text=["ten", "thirty", "twenty"])
    assert topic_models.passages(made_up, paragraphs)["text"].to_list() == ["thirty", "thirty"]


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ((2, 2, 2, 4), 1.0),  # only together
        ((2, 2, 1, 4), 0.0),  # independent: 1/4 = 1/2 x 1/2
        ((2, 2, 0, 4), -1.0),  # never together
        ((4, 4, 4, 4), 0.0),  # everywhere
        # ln((1/8) / (1/4 x 1/4)) / -ln(1/8) = ln 2 / ln 8
        ((2, 2, 1, 8), 1 / 3),
        # ln((1/8) / (1/2 x 1/2)) / -ln(1/8) = -ln 2 / ln 8
        ((4, 4, 1, 8), -1 / 3),
    ],
)
def test_npmi_by_hand(counts, value):
    assert topic_models.npmi(*counts) == pytest.approx(value)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_npmi_lies_between_minus_one_and_one_and_is_symmetric(documents):
    first = sum(one for one, _ in documents)
    second = sum(other for _, other in documents)
    both = sum(one and other for one, other in documents)
    value = topic_models.npmi(first, second, both, len(documents))
    assert -1 <= value <= 1 + 1e-12
    assert value == topic_models.npmi(second, first, both, len(documents))


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
    first, second = compare._coherence(corpus, tops)
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
    assert best["seed_stability"] == 1
    again = topic_models.choose_k(whole.corpus, (k for k in (2, 4, 6)), n_boot=4, n_seeds=2)
    pd.testing.assert_frame_equal(found, again)


def test_without_resamples_stability_is_null(whole):
    found = topic_models.choose_k(whole.corpus, [4], models=["nmf"], n_boot=0, n_seeds=0)
    assert found[["stability", "stability_se", "seed_stability"]].isna().all(axis=None)
    assert found["coherence"].notna().all()
    with pytest.raises(ValueError, match="no k of 'nmf' with coherence and stability"):
        topic_models.pick_k(found)


def test_pick_k_takes_the_smallest_within_one_error_of_both_bests():
    def pick(**columns):
        return topic_models.pick_k(
            pd.DataFrame({"model": "nmf", "k": [4, 5, 6, 7], **columns, "coherence_se": 0.05})
        )

    coherence = [0.10, 0.18, 0.20, 0.19]
    assert pick(coherence=coherence, stability=[0.9, 0.5, 0.6, 0.6], stability_se=0.05) == 6
    assert pick(coherence=coherence, stability=[0.9, 0.5, 0.6, 0.6], stability_se=0.2) == 5
    assert pick(coherence=coherence, stability=[0.9, 0.5, 0.6, 0.7], stability_se=np.nan) == 7


def test_a_sheet_for_labels_holds_the_top_words(whole):
    sheet = topic_models.label_sheet(whole.fits["nmf"])
    assert list(sheet) == list(topic_models.LABEL_COLUMNS)
    assert sheet["topic"].to_list() == [1, 2, 3, 4]
    assert all(len(words.split()) == topic_models.TOP for words in sheet["top_words"])
    assert topic_models.stale_labels(sheet, whole.fits["nmf"]) == []


def test_a_label_that_no_longer_fits_is_said_in_a_sentence(whole):
    sheet = topic_models.label_sheet(whole.fits["nmf"]).assign(label_en="Beasts")
    words = sheet.loc[0, "top_words"].split()
    sheet.loc[0, "top_words"] = " ".join([*words[:7], "旧词一", "旧词二", "旧词三"])
    assert topic_models.stale_labels(sheet, whole.fits["nmf"]) == []
    sheet.loc[0, "top_words"] = " ".join([*words[:6], "旧词一", "旧词二", "旧词三", "旧词四"])
    (fault,) = topic_models.stale_labels(sheet, whole.fits["nmf"])
    assert fault == (
        f"label 1 (Beasts) was given to {sheet.loc[0, 'top_words']}, of which 6 are left: "
        f"the topic is now {' '.join(words)}."
    )


def test_labels_without_topic_and_topics_without_label_are_said(whole):
    sheet = topic_models.label_sheet(whole.fits["nmf"]).assign(label_en="Beasts")
    sheet.loc[3, "topic"] = 9
    gone, bare = topic_models.stale_labels(sheet, whole.fits["nmf"])
    assert gone == "label 9 (Beasts) has no topic: the model has 4 topics."
    assert bare.startswith("topic 4 has no label: ")


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
    labels = topic_models.read_labels(tables.project() / "data" / "topic_labels.csv")
    assert labels["topic"].to_list() == list(range(1, len(labels) + 1))
    assert (labels[["label_en", "label_zh"]] != "").all(axis=None)
    assert (labels["top_words"].str.split().str.len() == topic_models.TOP).all()


RUN = """
import sys

import pandas as pd

from govtext import topic_models

paragraphs = pd.read_csv("paragraphs.csv", dtype={"section_id": str})
shuffled = paragraphs.sample(frac=1, random_state=int(sys.argv[1]))
corpus = topic_models.vectorise(shuffled, tokenize=str.split, stop=())
frames = [topic_models.choose_k(corpus, [3, 5], n_boot=3, n_seeds=2)]
for model in topic_models.MODELS:
    found = topic_models.fit(corpus, 5, model=model)
    frames += [found.words, found.loadings, topic_models.shares(found.loadings, n_boot=50)]
    frames += [topic_models.spread(found.loadings), topic_models.passages(found, paragraphs)]
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
    assert len(first) == 11
    assert first == second
