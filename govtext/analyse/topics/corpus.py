"""Paragraphs -> Corpus: counts of the words that can tell topics apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.core import regions, rules
from govtext.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

_MOST = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Paragraphs as counts of words, ready for a model.

    `paragraphs` are those that hold a word of the vocabulary, sorted by report and place; `words`
    is the vocabulary in code point order; `counts` and `tfidf` are sparse matrices with a row a
    paragraph and a column a word.
    """

    paragraphs: pd.DataFrame
    words: tuple[str, ...]
    counts: Any
    tfidf: Any

    def __repr__(self) -> str:
        """One line with the size of the corpus."""
        return f"Corpus: {len(self.paragraphs):,} paragraphs, {len(self.words):,} words"


@dataclass(slots=True)
class Tally:
    """In how many paragraphs, and in how many reports, each word stands."""

    size: int = 0
    n_reports: int = 0
    held: Counter[str] = field(default_factory=Counter)
    reports: Counter[str] = field(default_factory=Counter)

    def add(self, documents: Iterable[Iterable[str]], reports: Iterable[str]) -> None:
        """Count paragraphs in; all those of a report have to come at once."""
        pairs: set[tuple[str, str]] = set()
        seen = set()
        for words, report in zip(documents, reports, strict=True):
            own = set(words)
            self.held.update(own)
            pairs.update((word, report) for word in own)
            seen.add(report)
            self.size += 1
        self.reports.update(word for word, _ in pairs)
        self.n_reports += len(seen)

    def words(
        self, min_df: int | None = None, max_df: float = _MOST, min_reports: int | None = None
    ) -> list[str]:
        """Words that stand in enough paragraphs and reports, and not in too many; sorted.

        The bounds, and what they are by default, are those of `vectorise`.
        """
        least = min(8, max(3, self.size // 16)) if min_df is None else min_df
        spread = min(4, max(2, self.n_reports - 1)) if min_reports is None else min_reports
        words = sorted(
            word
            for word, held in self.held.items()
            if least <= held <= max_df * self.size and self.reports[word] >= spread
        )
        if not words:
            raise ValueError(
                f"no word stands in {least} paragraphs of {spread} reports and in at most "
                f"{max_df:.0%} of all: give more reports, or lower min_df and min_reports"
            )
        return words


def vectorise(
    paragraphs: pd.DataFrame,
    *,
    tokenize: Callable[[str], Iterable[str]],
    stop: Collection[str] | None = None,
    min_df: int | None = None,
    max_df: float = _MOST,
    min_reports: int | None = None,
) -> Corpus:
    """Corpus of the paragraphs: counts and tf-idf of the words that can tell topics apart.

    Left out are stop words, single characters, numbers and punctuation, and the places that a
    report names (`rules/regions.csv`; also without their last character, as 江南 for 江南市, in
    the reports that name the place in full): they say whose report it is, not what it is about.

    Parameters
    ----------
    paragraphs : DataFrame
        As `paragraphs` gives, in any order.
    tokenize : callable
        From a text to its words, such as `govtext.tokenize`.
    stop : collection of str, optional
        Stop words; else all of `rules/stopwords.csv`.
    min_df : int, optional
        Fewest paragraphs a word stands in: by default a sixteenth of them, from 3 to 8. Rarer
        words change places from one draw of the paragraphs to the next.
    max_df : float, default 0.4
        Largest share of the paragraphs a word stands in.
    min_reports : int, optional
        Fewest reports a word stands in: by default all but one, from 2 to 4. With 1, names and
        local words make every report a topic.

    Raises
    ------
    ValueError
        If no word is left.

    Notes
    -----
    tf-idf = (1 + ln n) (1 + ln((1 + D) / (1 + d))) for a word n times in a paragraph and in d of D
    paragraphs, each paragraph scaled to Euclidean length 1 [1]_. The logarithm of n keeps one long
    list from being a topic by itself.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P. and Schuetze, H. (2008). Introduction to Information
       Retrieval. Cambridge University Press, section 6.4; idf smoothed by one document.
    """
    ordered = paragraphs.sort_values(["report_id", "start", "end"], kind="stable")
    ordered = ordered.reset_index(drop=True)
    documents = list(documents_of(ordered, tokenize, stop))
    tally = Tally()
    tally.add(documents, ordered["report_id"])
    words = tally.words(min_df, max_df, min_reports)
    counts = count(documents, words)
    kept = np.flatnonzero(np.diff(counts.indptr))
    counts = counts[kept]
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    tfidf = weigh(counts, held, len(kept))
    return Corpus(ordered.iloc[kept].reset_index(drop=True), tuple(words), counts, tfidf)


def weigh(counts: Any, held: NDArray[np.int64], size: int) -> Any:
    """Tf-idf of counts, for words of which each stands in `held` of `size` paragraphs."""
    from scipy import sparse

    table = sparse.csr_matrix(counts, dtype=float, copy=True)
    table.data = 1 + np.log(table.data)
    table = table @ sparse.diags(1 + np.log((1 + size) / (1 + held)))
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    inverse = np.divide(1, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_matrix(sparse.diags(inverse) @ table)


def count(documents: Iterable[Iterable[str]], words: Iterable[str]) -> Any:
    """Sparse counts of some words, a row a document."""
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=list, vocabulary=list(words)).transform(documents).astype(float)


def documents_of(
    paragraphs: pd.DataFrame,
    tokenize: Callable[[str], Iterable[str]],
    stop: Collection[str] | None = None,
) -> Iterator[list[str]]:
    """Words of each paragraph that may tell a topic: no stop words, no places of its report."""
    stop = frozenset(row["word"] for row in rules.load("stopwords")) if stop is None else stop
    reports = paragraphs.groupby("report_id", sort=True)["text"]
    places = {report: _places(texts) for report, texts in reports}
    for report, text in zip(paragraphs["report_id"], paragraphs["text"], strict=True):
        names = places[report]
        yield [w for w in map(_word, tokenize(text)) if w and w not in stop and w not in names]


def _places(texts: Iterable[str]) -> frozenset[str]:
    """Names of the places in some texts, whole and without the last character."""
    names = {mention.name for text in texts for mention in regions.mentions(text)}
    return frozenset(names | {name[:-1] for name in names})


@lru_cache(100_000)
def _word(token: str) -> str:
    """A token as it counts, without regard to widths and case; empty if it is no word."""
    word = fold(token).strip().lower()
    return word if len(word) > 1 and word.isalpha() and not word.isnumeric() else ""
