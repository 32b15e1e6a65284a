"""Reports and sections -> Corpus: paragraphs, and the words that can tell topics apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext import regions, rules
from govtext.text import fold, key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pandas as pd

_SHORT = 40
# A comma between digits marks thousands, as in a table; any other belongs to prose.
_PROSE = re.compile(r"[。；;！!？?，]|,(?![0-9])")


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


def paragraphs(
    reports: pd.DataFrame, sections: pd.DataFrame, *, min_chars: int = _SHORT
) -> pd.DataFrame:
    """Documents for the models: report_id, section_id, part, start, end, text.

    A paragraph is a line of `reports.text`, and never crosses a section. A heading on its own line
    and a line of fewer than `min_chars` characters join the line after them, at the end of a
    section the one before. Left out is what has no mark of prose (a stop, semicolon or comma):
    titles, signatures, rows of tables; and a section that is only its heading.

    Parameters
    ----------
    reports : DataFrame
        With report_id and text.
    sections : DataFrame
        With report_id, section_id, number, title, part, start, end.
    min_chars : int, default 40
        A paragraph of fewer says too little by itself.

    Returns
    -------
    DataFrame
        Sorted by report_id and start; ``reports.text[start:end]`` is `text`.
    """
    import pandas as pd

    texts = dict(zip(reports["report_id"], reports["text"], strict=True))
    ordered = sections.sort_values(["report_id", "start"], kind="stable")
    rows = [
        (each.report_id, each.section_id, each.part, start, end, texts[each.report_id][start:end])
        for each in ordered.itertuples(index=False)
        for start, end in _joined(texts[each.report_id], each, min_chars)
    ]
    names = ["report_id", "section_id", "part", "start", "end", "text"]
    return pd.DataFrame(rows, columns=names)


def vectorise(
    paragraphs: pd.DataFrame,
    *,
    tokenize: Callable[[str], Iterable[str]],
    stop: Collection[str] | None = None,
    min_df: int = 3,
    max_df: float = 0.4,
    min_reports: int = 2,
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
    min_df : int, default 3
        Fewest paragraphs a word stands in.
    max_df : float, default 0.4
        Largest share of the paragraphs a word stands in.
    min_reports : int, default 2
        Fewest reports a word stands in. With 1, names and local words make every report a topic.

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
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    ordered = paragraphs.sort_values(["report_id", "start", "end"], kind="stable")
    ordered = ordered.reset_index(drop=True)
    left_out = frozenset(row["word"] for row in rules.load("stopwords")) if stop is None else stop
    documents = list(_documents(ordered, tokenize, left_out))
    words = _vocabulary(documents, list(ordered["report_id"]), min_df, max_df, min_reports)
    if not words:
        raise ValueError(
            f"no word stands in {min_df} paragraphs of {min_reports} reports and in at most "
            f"{max_df:.0%} of all: give more reports, or lower min_df and min_reports"
        )
    counts = CountVectorizer(analyzer=list, vocabulary=words).fit_transform(documents)
    kept = np.flatnonzero(np.diff(counts.indptr))
    counts = counts[kept].astype(float)
    tfidf = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return Corpus(ordered.iloc[kept].reset_index(drop=True), tuple(words), counts, tfidf)


def _documents(
    paragraphs: pd.DataFrame, tokenize: Callable[[str], Iterable[str]], stop: Collection[str]
) -> Iterator[list[str]]:
    """Words of each paragraph that may tell a topic: no stop words, no places of its report."""
    reports = paragraphs.groupby("report_id", sort=True)["text"]
    places = {report: _places(texts) for report, texts in reports}
    for report, text in zip(paragraphs["report_id"], paragraphs["text"], strict=True):
        words = (fold(token).strip().lower() for token in tokenize(text))
        left_out = (stop, places[report])
        yield [w for w in words if _is_word(w) and not any(w in names for names in left_out)]


def _joined(text: str, section: Any, min_chars: int) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of a section."""
    heading = len(key(f"{section.number}{section.title}")) if section.title else -1
    found: list[tuple[int, int]] = []
    begun: int | None = None
    position = section.start
    body = False
    for line in text[section.start : section.end].split("\n"):
        start, end = position, position + len(line.rstrip())
        position += len(line) + 1
        if start == end:
            continue
        begun = start if begun is None else begun
        titled = start == section.start and len(key(line)) <= heading + 1
        body = body or not titled
        if not titled and end - begun >= min_chars:
            found.append((begun, end))
            begun = None
        last = end
    if begun is not None and body and _PROSE.search(text, begun, last):
        begun = found.pop()[0] if found else begun
        found.append((begun, last))
    return (span for span in found if _PROSE.search(text, *span))


def _places(texts: Iterable[str]) -> frozenset[str]:
    """Names of the places in some texts, whole and without the last character."""
    names = {mention.name for text in texts for mention in regions.mentions(text)}
    return frozenset(names | {name[:-1] for name in names})


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and not word.isnumeric()


def _vocabulary(
    documents: list[list[str]], reports: list[str], min_df: int, max_df: float, min_reports: int
) -> list[str]:
    """Words that stand in enough paragraphs and reports, and not in too many; sorted."""
    where: dict[str, list[str]] = {}
    for words, report in zip(documents, reports, strict=True):
        for word in set(words):
            where.setdefault(word, []).append(report)
    most = max_df * len(documents)
    return sorted(
        word
        for word, found in where.items()
        if min_df <= len(found) <= most and len(set(found)) >= min_reports
    )
