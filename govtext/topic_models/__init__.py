"""Paragraphs -> topics: words that come together, by NMF on tf-idf, with LDA beside it.

A topic is a weighting of words, not a meaning: its label is a reader's, and `stale_labels` says
when the words that it was given to are gone. Where a corpus has few reports on unlike subjects,
words follow reports, and most topics are one report's subject: `spread` shows how far. Nothing
about reports, years or levels at large can then be concluded from their shares.

Nothing depends on the order of the rows given, on threads or on the hash seed: paragraphs are
sorted, words are in code point order, and what comes out is rounded to six digits.
"""

from govtext.topic_models.compare import choose_k, matched_jaccard, npmi, pick_k
from govtext.topic_models.composition import passages, shares, spread
from govtext.topic_models.corpus import Corpus, paragraphs, vectorise
from govtext.topic_models.labels import LABEL_COLUMNS, label_sheet, read_labels, stale_labels
from govtext.topic_models.models import MODELS, TOP, Topics, fit

__all__ = [
    "LABEL_COLUMNS", "MODELS", "TOP", "Corpus", "Topics", "choose_k", "fit", "label_sheet",
    "matched_jaccard", "npmi", "paragraphs", "passages", "pick_k", "read_labels", "shares",
    "spread", "stale_labels", "vectorise",
]  # fmt: skip
