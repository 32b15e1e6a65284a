"""Sentences -> how long they and their clauses are, and how varied their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.language.corpus import is_word, settled
from govtext.core.intervals import bootstrap
from govtext.core.text import SENTENCE_ENDS, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from govtext.analyse.language.corpus import Tokenize

ENDS = tuple(SENTENCE_ENDS)
"""Marks that a sentence ends with; what ends without one is a heading, a label or a signature."""

# A comma between digits marks thousands.
_PAUSE = re.compile(r"[，；;：:]|,(?![0-9])")
_COLUMNS = (
    "n_sentences", "n_clauses", "n_words", "n_chars", "chars_per_sentence",
    "chars_per_sentence_low", "chars_per_sentence_high", "chars_per_clause",
    "clauses_per_sentence", "words_per_sentence", "chars_per_word", "mattr",
)  # fmt: skip


def readability(
    prose: pd.DataFrame,
    tokenize: Tokenize,
    *,
    window: int = 100,
    n_boot: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Lengths and variety of the prose of each report; see `govtext.readability`."""
    import pandas as pd

    finished = prose[prose["text"].str.endswith(ENDS)]
    rows = []
    for report, texts in finished.groupby("report_id", sort=True)["text"]:
        chars = np.array([n_chars(text) for text in texts])
        low = high = np.nan
        if len(chars) > 1:
            each = chars[:, None].astype(float)
            ((low, high),) = bootstrap(each, np.ones(len(chars)), n_boot=n_boot, seed=seed)
        words = [
            fold(token).lower()
            for text in texts
            for token in tokenize(text)
            if any(map(str.isalnum, token))
        ]
        clauses = sum(n_clauses(text) for text in texts)
        lengths = _lengths(len(texts), clauses, len(words), int(chars.sum()))
        bounds = {"chars_per_sentence_low": low, "chars_per_sentence_high": high}
        variety = mattr([word for word in words if is_word(word)], window)
        rows.append({"report_id": report, **lengths, **bounds, "mattr": variety})
    return settled(pd.DataFrame(rows, columns=["report_id", *_COLUMNS]))


def n_chars(text: str) -> int:
    """Characters of a text that are letters, Chinese characters or digits."""
    return sum(map(str.isalnum, text))


def n_clauses(sentence: str) -> int:
    """Clauses of a sentence: one more than the commas, semicolons and colons inside it."""
    return 1 + len(_PAUSE.findall(sentence, 0, len(sentence) - 1))


def mattr(words: Sequence[str], window: int = 100) -> float:
    """Moving-average type-token ratio of words in their order, above 0 and at most 1.

    Parameters
    ----------
    words : sequence of str
        Words of a text.
    window : int, default 100
        Words of each window.

    Returns
    -------
    float
        Null where there are fewer words than a window holds.

    Notes
    -----
    Mean, over all windows of so many running words, of the number of different words over their
    number [1]_. It does not fall with the length of the text, as the plain ratio does. Do not
    compare it between windows of different size, or between texts cut into words differently.

    References
    ----------
    .. [1] Covington, M. A. and McFall, J. D. (2010). Cutting the Gordian knot: the moving-average
       type-token ratio (MATTR). Journal of Quantitative Linguistics 17(2), 94-100.
    """
    count = len(words) - window + 1
    if count < 1:
        return np.nan
    last: dict[str, int] = {}
    types = np.zeros(count + 1)
    for place, word in enumerate(words):
        # A word is new in the windows that begin behind its last occurrence and reach to it.
        begin, end = max(last.get(word, -1) + 1, place - window + 1), min(place + 1, count)
        if begin < end:
            types[begin] += 1
            types[end] -= 1
        last[word] = place
    return float(np.cumsum(types)[:count].mean() / window)


def _lengths(sentences: int, clauses: int, words: int, chars: int) -> dict[str, Any]:
    return {
        "n_sentences": sentences,
        "n_clauses": clauses,
        "n_words": words,
        "n_chars": chars,
        "chars_per_sentence": chars / sentences,
        "chars_per_clause": chars / clauses,
        "clauses_per_sentence": clauses / sentences,
        "words_per_sentence": words / sentences,
        "chars_per_word": chars / words if words else np.nan,
    }
