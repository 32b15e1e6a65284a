"""Words to start from: sentences with a term, and a matrix that scikit-learn takes."""

from collections import Counter

import pytest
from scipy.sparse import issparse
from sklearn.decomposition import NMF

import govtext as gt
from govtext.analyse.language.corpus import is_word, prose


@pytest.mark.parametrize("by", ["report_id", "part", "body", "year", "level", "province"])
def test_the_matrix_counts_the_words_of_the_prose(study, by):
    matrix, words, index = gt.dtm(study, by, stop=[])
    assert issparse(matrix)
    assert matrix.shape == (len(index), len(words))
    whole = Counter()
    for text in prose(study)["text"]:
        whole.update(word.lower() for word in gt.tokenize(text) if is_word(word))
    place = list(words).index("公开")
    assert matrix[:, place].sum() == whole["公开"] > 0


def test_rows_of_a_group_add_up(study):
    reports, years = gt.dtm(study), gt.dtm(study, "year")
    assert list(reports.words) == list(years.words)
    for place, year in enumerate(years.index["year"]):
        own = (reports.index["year"] == year).to_numpy()
        assert (reports.matrix[own].sum(axis=0) == years.matrix[place].sum(axis=0)).all()
    assert years.index["n_reports"].sum() == len(reports.index)


def test_stop_words_and_rare_words_are_left_out(study):
    assert "的" not in gt.dtm(study).words
    assert "公开" not in gt.dtm(study, stop=["公开"]).words
    often = gt.dtm(study, least=3)
    assert ((often.matrix > 0).sum(axis=0) >= 3).all()


def test_scikit_learn_takes_it(study):
    found = NMF(2, random_state=0, max_iter=500).fit_transform(gt.dtm(study, "part").matrix)
    assert found.shape[1] == 2


def test_an_unknown_grouping_says_what_is_meant(study):
    with pytest.raises(ValueError, match="did you mean 'year'"):
        gt.dtm(study, "yaer")


def test_sentences_with_a_term_are_all_of_them(study):
    frame = gt.sentences(study, "申请")
    every = gt.sentences(study)
    assert len(frame) == every["sentence"].str.contains("申请").sum() > 0
    texts = dict(zip(study.reports["report_id"], study.reports["text"], strict=True))
    for row in frame.to_dict("records"):
        assert texts[row["report_id"]][row["start"] : row["end"]] == row["sentence"]
        assert row["n"] == row["sentence"].count("申请")


def test_a_lexicon_of_your_own_and_a_theme(study):
    both = gt.sentences(study, ["申请", "网站"])
    held = both["sentence"].str.contains("申请|网站")
    assert held.all()
    assert len(both) > len(gt.sentences(study, "申请"))
    problems = gt.sentences(study, "problems")
    assert problems["themes"].str.contains("problems").all()
    assert len(problems) == study.themes["problems"].sum()


@pytest.mark.parametrize("term", ["", " ", [], ["a", ""]])
def test_no_term_is_no_silent_whole(study, term):
    with pytest.raises(ValueError, match="give words"):
        gt.sentences(study, term)
