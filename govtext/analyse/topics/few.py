"""A study too small for topics -> a sentence that says so, and empty frames with their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtext.analyse.covariates import COLUMNS
from govtext.analyse.topics.corpus import Corpus, vectorise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LEAST = 12
"""Fewest words, and paragraphs, that topics are looked for in: twice the most topics tried."""
_OF_REPORTS = ("report_id", "year", "label_en", "label_zh", "topic", "share", "low", "high")
_FRAMES = {
    "comparison": (
        "model", "k", "coherence", "coherence_se", "stability", "stability_se", "chance",
        "adjusted", "adjusted_se", "ceiling", "report_stability", "seed_stability",
        "n_paragraphs", "n_words",
    ),
    "sizes": ("times", "n_paragraphs", "n_reports", "stability", "low", "high", "k", "n_boot"),
    "topics": (
        "topic", "label_en", "label_zh", "top_words", "frex_words", "stability", "low", "high",
        "n_boot", "verdict", "effective_reports", "top_report", "top_part",
    ),
    "words": ("topic", "rank", "word", "weight", "kept"),
    "beside": ("topic", "nmf_words", "lda_words", "jaccard"),
    "topic_shares": _OF_REPORTS,
    "group_shares": ("by", "group", "topic", "n_reports", "share", "low", "high", "reason"),
    "association": COLUMNS,
    "passages": ("topic", "rank", "loading", "report_id", "section_id", "part", "start", "end",
                 "text"),
}  # fmt: skip
_WORDS = frozenset((
    "model", "label_en", "label_zh", "top_words", "frex_words", "nmf_words", "lda_words", "verdict",
    "top_report", "word", "report_id", "section_id", "part", "text", "by", "group", "design",
    "reason",
))  # fmt: skip
_PARAGRAPHS = ("report_id", "section_id", "part", "start", "end", "text")


def frames() -> dict[str, pd.DataFrame]:
    """Frames of `TopicStudy` without a row, numbers being numbers."""
    return {
        name: pd.DataFrame(
            {column: pd.Series(dtype=object if column in _WORDS else float) for column in columns}
        )
        for name, columns in _FRAMES.items()
    }


def paragraphs() -> pd.DataFrame:
    """Paragraphs of no report."""
    return pd.DataFrame(columns=list(_PARAGRAPHS))


def corpus_of(found: pd.DataFrame, tokenize: Callable[[str], Iterable[str]]) -> Corpus | str:
    """Corpus of some paragraphs, or a sentence that says why topics are not looked for in them."""
    try:
        corpus = vectorise(found, tokenize=tokenize)
    except ValueError as fault:
        size = f"{len(found):,} paragraphs of {found['report_id'].nunique():,} reports"
        return f"The study has {size}: too few for topics ({fault})."
    return lacking(corpus) or corpus


def lacking(corpus: Corpus) -> str:
    """A sentence that says what a corpus has too little of for topics, empty where it has enough.

    `corpus` can be a sample.
    """
    if min(corpus.counts.shape) >= _LEAST:
        return ""
    n, reports = len(corpus.paragraphs), corpus.paragraphs["report_id"].nunique()
    size = f"The study has {n:,} paragraphs of {reports:,} reports with {len(corpus.words)} words"
    return f"{size}: too few for topics; {_LEAST} are the least."
