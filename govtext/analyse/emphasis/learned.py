"""Coded sentences -> a coder that learned from them: tf-idf and logistic regression.

It stands beside the lexicon, not in its place: what it learned is a weight for thousands of
n-grams, and no hit of it can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext.core import text
from govtext.extract.themes import theme_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

_N_GRAMS = (1, 3)
_STRENGTH = 1.0
_RAREST = 2  # sentences that an n-gram or a word must stand in
_FEWEST = 2  # sentences with a theme, and without it, below which nothing is learned


@dataclass(frozen=True, slots=True, eq=False)
class Coder:
    """What was learned: features, and for each theme a classifier, or None where too few had it.

    Attributes
    ----------
    n_sentences : int
        Sentences that it learned from.
    themes : tuple of str
        Themes that it can code; it never codes another.
    """

    n_sentences: int
    themes: tuple[str, ...]
    _features: _Features
    _models: dict[str, Any]

    def __repr__(self) -> str:
        """One line with what it learned from."""
        return f"Coder: {len(self.themes)} themes learned from {self.n_sentences:,} sentences"

    def code(self, sentences: Iterable[str], *, parts: Sequence[str] | None = None) -> pd.DataFrame:
        """Boolean frame: one row a sentence, one column a theme, as `coding.code_themes` gives."""
        bodies = list(sentences)
        coded = pd.DataFrame(False, index=range(len(bodies)), columns=list(theme_ids()))
        if bodies:
            matrix = self._features.matrix(bodies, _parts(bodies, parts))
            for theme in self.themes:
                coded[theme] = self._models[theme].predict(matrix)
        return coded


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    """Character n-grams and words, each by tf-idf, and the part of the section."""

    marks: Any
    words: Any
    parts: tuple[str, ...]

    def matrix(self, sentences: Sequence[str], parts: Sequence[str]) -> Any:
        from scipy import sparse

        known = np.array([[part == name for name in self.parts] for part in parts], dtype=float)
        blocks = [self.marks.transform(sentences), self.words.transform(sentences), known]
        return sparse.hstack(blocks, format="csr")


def train(coded: pd.DataFrame, *, tokenize: Callable[[str], list[str]], seed: int = 0) -> Coder:
    """Coder that learned from sentences coded by people.

    Parameters
    ----------
    coded : DataFrame
        One row a sentence: `sentence`, `part` if known (the coder then wants parts, too), and
        either `themes` or, of two coders, `themes_a` and `themes_b`: ids joined by ";". Where two
        coders differ about a theme, it does not learn that theme from the sentence.
    tokenize : callable
        Cuts a sentence into words.
    seed : int
        Of the solver, which visits the features in a random order.

    Raises
    ------
    ValueError
        If a column is missing, there is no sentence, or a theme is not in `rules/themes.csv`.

    Notes
    -----
    Features are tf-idf [1]_ of the character n-grams of 1 to 3 and of the words (both with
    1 + log(tf), rows of length 1, in two sentences at least), beside the part. For each theme by
    itself a logistic regression with an L2 penalty (C = 1) codes it where its probability is above
    one half; classes weigh in inverse proportion to their frequency. On the shipped reports, one
    left out, C from 0.3 to 4, thresholds of 0.35 and 0.5 and n-grams of one sentence changed the
    macro F1 between 0.39 and 0.56: none came near the lexicon. One thread, one order of rows, one
    seed: the same sentences give the same coder. Do not use it for a genre other than that of its
    sentences, or for themes that few of them have.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P. and Schütze, H. (2008). Introduction to Information
       Retrieval. Cambridge University Press, chapters 6 and 13.
    """
    from sklearn.linear_model import LogisticRegression

    first, second = _themes(coded)
    sentences = list(coded["sentence"])
    parts = _parts(sentences, list(coded["part"]) if "part" in coded else None)
    features = _fit(sentences, parts, tokenize)
    matrix = features.matrix(sentences, parts)
    models = {}
    for theme in theme_ids():
        a, b = first[theme].to_numpy(bool), second[theme].to_numpy(bool)
        agreed = a == b
        if min((a & agreed).sum(), (~a & agreed).sum()) >= _FEWEST:
            model = LogisticRegression(
                C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=seed
            )
            models[theme] = model.fit(matrix[agreed], a[agreed])
    return Coder(len(sentences), tuple(models), features, models)


def cross_code(
    coded: pd.DataFrame, *, tokenize: Callable[[str], list[str]], seed: int = 0
) -> pd.DataFrame:
    """Themes of each sentence by a coder that learned from the other reports only; see `train`.

    Parameters
    ----------
    coded : DataFrame
        As `train` wants, with `report_id`; two reports at least.
    """
    found = pd.DataFrame(False, index=range(len(coded)), columns=list(theme_ids()))
    reports = coded["report_id"].to_numpy()
    if len(set(reports)) < 2:
        raise ValueError("a coder that learns from the other reports needs two reports at least")
    for report in sorted(set(reports)):
        mine = reports == report
        coder = train(coded[~mine], tokenize=tokenize, seed=seed)
        own = coded[mine]
        parts = list(own["part"]) if "part" in coded else None
        found.loc[mine] = coder.code(own["sentence"], parts=parts).to_numpy()
    return found


def _fit(
    sentences: Sequence[str], parts: Sequence[str], tokenize: Callable[[str], list[str]]
) -> _Features:
    from sklearn.feature_extraction.text import TfidfVectorizer

    same: dict[str, Any] = {"preprocessor": text.fold, "sublinear_tf": True, "min_df": _RAREST}
    marks = TfidfVectorizer(analyzer="char", ngram_range=_N_GRAMS, **same)
    words = TfidfVectorizer(tokenizer=tokenize, token_pattern=None, **same)
    return _Features(marks.fit(sentences), words.fit(sentences), tuple(sorted(set(parts))))


def _parts(sentences: Sequence[str], parts: Sequence[str] | None) -> Sequence[str]:
    found = [""] * len(sentences) if parts is None else parts
    if len(found) != len(sentences):
        raise ValueError(f"{len(found)} parts for {len(sentences)} sentences")
    return found


def _themes(coded: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Boolean frames of the two coders; of one coder, twice the same."""
    names = ["themes", "themes"] if "themes" in coded else ["themes_a", "themes_b"]
    missing = {"sentence", *names} - set(coded)
    if missing or coded.empty:
        raise ValueError(f"no column {', '.join(sorted(missing))}" if missing else "no sentence")
    first, second = (theme_frame(coded[name]) for name in names)
    return first, second


def theme_frame(codes: Iterable[str]) -> pd.DataFrame:
    """Boolean frame of themes, one row for each text of ids joined by ";".

    Raises
    ------
    ValueError
        If an id is not in `rules/themes.csv`.
    """
    ids = theme_ids()
    rows: list[NDArray[np.bool_]] = []
    for number, each in enumerate(codes):
        found = set(filter(None, each.split(";")))
        if unknown := found - set(ids):
            raise ValueError(f"row {number}: no theme {', '.join(sorted(unknown))}")
        rows.append(np.array([theme in found for theme in ids]))
    return pd.DataFrame(rows, columns=list(ids), dtype=bool)
