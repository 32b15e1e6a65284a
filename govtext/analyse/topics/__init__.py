"""Paragraphs -> topics: words that come together, by NMF on tf-idf, with LDA beside it.

A topic is a weighting of words, not a meaning: its label is a reader's, and `identify` says when
the words that it was given to are gone. Where a corpus has few reports on unlike subjects,
words follow reports, and most topics are one report's subject: `spread` shows how far. Nothing
about reports, years or levels at large can then be concluded from their shares.

Nothing depends on the order of the rows given, on threads or on the hash seed: paragraphs are
sorted, words are in code point order, and what comes out is rounded to six digits.
"""

from govtext.analyse.covariates import association
from govtext.analyse.topics.compare import choose_k, pick_k
from govtext.analyse.topics.composition import (
    first_passages,
    group_shares,
    masses,
    passages,
    shares,
    spread,
)
from govtext.analyse.topics.corpus import Corpus, vectorise
from govtext.analyse.topics.labels import LABEL_COLUMNS, identify, label_sheet, read_labels
from govtext.analyse.topics.large import SAMPLE, Estimate, Store, fit_store, stored
from govtext.analyse.topics.measures import coherence, matched, matched_jaccard
from govtext.analyse.topics.models import MODELS, TOP, Topics, fit
from govtext.analyse.topics.split import paragraphs
from govtext.analyse.topics.stability import stability_by_size, topic_stability

__all__ = [
    "LABEL_COLUMNS", "MODELS", "SAMPLE", "TOP", "Corpus", "Estimate", "Store", "Topics",
    "association", "choose_k", "coherence", "first_passages", "fit", "fit_store", "group_shares",
    "identify", "label_sheet", "masses", "matched", "matched_jaccard", "paragraphs",
    "passages", "pick_k", "read_labels", "shares", "spread", "stability_by_size", "stored",
    "topic_stability", "vectorise",
]  # fmt: skip
