"""Reports and sections -> Corpus: paragraphs, and the words that can tell topics apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext import regions, rules
from govtext.text import fold, key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

_SHORT = 40
_MOST = 0.4
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
    reports: pd.DataFrame,
    sections: pd.DataFrame,
    cells: pd.DataFrame | None = None,
    *,
    min_chars: int = _SHORT,
) -> pd.DataFrame:
    """Documents for the models: report_id, section_id, part, start, end, text.

    A paragraph is a line of `reports.text`, and never crosses a section or a statistics table. A
    heading on its own line and a line of fewer than `min_chars` characters join the line after
    them, at the end of a section the one before. Left out are statistics tables, with what stands
    between two cells that are fewer than `min_chars` characters apart; what has no mark of prose
    (a stop, semicolon or comma): titles, signatures, rows of other tables; and a section that is
    only its heading.

    Parameters
    ----------
    reports : DataFrame
        With report_id and text.
    sections : DataFrame
        With report_id, section_id, number, title, part, start, end.
    cells : DataFrame, optional
        Cells of the statistics tables, with report_id, start, end: their labels are the form's
        words, not the report's.
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
    tables = _tables(cells, min_chars)
    rows = [
        (each.report_id, each.section_id, each.part, start, end, texts[each.report_id][start:end])
        for each in ordered.itertuples(index=False)
        for stretch in _outside(tables.get(each.report_id, []), each.start, each.end)
        for start, end in _joined(texts[each.report_id], each, stretch, min_chars)
    ]
    names = ["report_id", "section_id", "part", "start", "end", "text"]
    return pd.DataFrame(rows, columns=names)


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
    found: dict[str, Counter[str]] = {}
    note(documents, ordered["report_id"], found)
    bounds = limits(len(ordered), ordered["report_id"].nunique(), min_df, min_reports)
    words = vocabulary(found, len(ordered), *bounds, max_df)
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
        words = (fold(token).strip().lower() for token in tokenize(text))
        left_out = (stop, places[report])
        yield [w for w in words if _is_word(w) and not any(w in names for names in left_out)]


def note(
    documents: Iterable[Iterable[str]], reports: Iterable[str], found: dict[str, Counter[str]]
) -> None:
    """Add to `found` in how many paragraphs of each report each word stands."""
    for words, report in zip(documents, reports, strict=True):
        for word in set(words):
            found.setdefault(word, Counter())[report] += 1


def limits(
    n_paragraphs: int, n_reports: int, min_df: int | None, min_reports: int | None
) -> tuple[int, int]:
    """Fewest paragraphs and fewest reports that a word stands in; see `vectorise`."""
    least = min(8, max(3, n_paragraphs // 16)) if min_df is None else min_df
    spread = min(4, max(2, n_reports - 1)) if min_reports is None else min_reports
    return least, spread


def vocabulary(
    found: dict[str, Counter[str]], size: int, min_df: int, min_reports: int, max_df: float
) -> list[str]:
    """Words that stand in enough paragraphs and reports, and not in too many; sorted.

    Raises
    ------
    ValueError
        If there is none.
    """
    words = sorted(
        word
        for word, reports in found.items()
        if min_df <= reports.total() <= max_df * size and len(reports) >= min_reports
    )
    if not words:
        raise ValueError(
            f"no word stands in {min_df} paragraphs of {min_reports} reports and in at most "
            f"{max_df:.0%} of all: give more reports, or lower min_df and min_reports"
        )
    return words


def _tables(cells: pd.DataFrame | None, near: int) -> dict[str, list[tuple[int, int]]]:
    """Spans of the statistics tables by report, in order: cells less than `near` apart are one."""
    tables: dict[str, list[tuple[int, int]]] = {}
    if cells is None:
        return tables
    ordered = cells.sort_values(["report_id", "start", "end"], kind="stable")
    for report, start, end in ordered[["report_id", "start", "end"]].itertuples(index=False):
        own = tables.setdefault(report, [])
        if own and start - own[-1][1] < near:
            own[-1] = (own[-1][0], max(end, own[-1][1]))
        else:
            own.append((start, end))
    return tables


def _outside(tables: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of a span stands outside of all tables."""
    for first, last in tables:
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _joined(
    text: str, section: Any, stretch: tuple[int, int], min_chars: int
) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs in a stretch of a section."""
    heading = len(key(f"{section.number}{section.title}")) if section.title else -1
    found: list[tuple[int, int]] = []
    begun: int | None = None
    position = stretch[0]
    body = position != section.start
    for line in text[slice(*stretch)].split("\n"):
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
