"""Sentences -> pairs of words that stand together more often than by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from govtext.analyse import association
from govtext.analyse.language.corpus import is_word, settled
from govtext.core import rules
from govtext.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.analyse.language.corpus import Tokenize

_HALF = 32
"""Bits of a pair's key that hold its second word."""


class _Pairs(NamedTuple):
    """Pairs by the places of their words, each with how often it stands and in how many reports."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    n: NDArray[np.int64]
    n_reports: NDArray[np.int64]


def collocations(
    prose: pd.DataFrame,
    tokenize: Tokenize,
    *,
    node: str | None = None,
    window: int = 1,
    min_count: int = 5,
) -> pd.DataFrame:
    """Pairs of words with their association; see `govtext.collocations`."""
    import pandas as pd

    if window < 1:
        raise ValueError(f"window is {window}; it is 1 for neighbours, or more")
    words, pairs = _pairs(prose, tokenize, window)
    first, second = (np.bincount(side, pairs.n, len(words)) for side in pairs[:2])
    frame = pd.DataFrame(pairs._asdict())
    margins = {"n_first": first[frame["first"]], "n_second": second[frame["second"]]}
    frame = frame.assign(**margins).astype(dict.fromkeys(margins, int))
    total = int(pairs.n.sum())
    frame["expected"] = frame["n_first"] * frame["n_second"] / max(total, 1)
    kept = (frame["n"] >= min_count) & (frame["n"] > frame["expected"])
    grammar = {row["word"] for row in rules.load("stopwords") if row["list"] == "function"}
    for side in ("first", "second"):
        frame[side] = pd.Series(words, dtype="str").reindex(frame[side]).to_numpy()
        kept &= ~frame[side].isin(grammar)
    if node is not None:
        kept &= (frame["first"] == node) | (frame["second"] == node)
    return _measured(frame[kept], total)


def _measured(frame: pd.DataFrame, total: int) -> pd.DataFrame:
    """Pairs with the measures of their association, the surest first."""
    n, first, second = (frame[name].to_numpy(float) for name in ("n", "n_first", "n_second"))
    measured = frame.assign(
        log_likelihood=association.contingency(n, first, second, total),
        pmi=association.pmi(n, first, second, total),
        npmi=association.npmi(n, first, second, total),
        t_score=association.t_score(n, first, second, total),
        log_dice=association.log_dice(n, first, second),
    )
    order = ["log_likelihood", "first", "second"]
    measured = settled(measured).sort_values(order, ascending=[False, True, True], kind="stable")
    names = ["first", "second", "n", "n_first", "n_second", "n_reports"]
    return measured[[*names, *(each for each in measured if each not in names)]].reset_index(
        drop=True
    )


def _pairs(prose: pd.DataFrame, tokenize: Tokenize, window: int) -> tuple[list[str], _Pairs]:
    """Words, and every pair of them at most `window` places apart within a sentence."""
    places: dict[str, int] = {}
    keys, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for _, texts in prose.groupby("report_id", sort=True)["text"]:
        found, n = np.unique(
            _keys(_coded(texts, tokenize, places, window), window), return_counts=True
        )
        keys.append(found)
        counts.append(n)
    merged, where = np.unique(np.concatenate(keys), return_inverse=True)
    n = np.bincount(where, np.concatenate(counts), len(merged)).astype(np.int64)
    reports = np.bincount(where, minlength=len(merged))
    return list(places), _Pairs(merged >> _HALF, merged & ((1 << _HALF) - 1), n, reports)


def _coded(
    texts: Iterable[str], tokenize: Tokenize, places: dict[str, int], window: int
) -> NDArray[np.int64]:
    """Places of the words of some sentences; -1 for a mark or number, and between sentences."""
    codes: list[int] = []
    for text in texts:
        for token in tokenize(text):
            word = fold(token).strip().lower()
            if word:
                codes.append(places.setdefault(word, len(places)) if is_word(word) else -1)
        codes += [-1] * window
    return np.array(codes, dtype=np.int64)


def _keys(codes: NDArray[np.int64], window: int) -> NDArray[np.int64]:
    """A number for each pair of words, the first of which stands before the second."""
    found = []
    for step in range(1, window + 1):
        first, second = codes[:-step], codes[step:]
        both = (first >= 0) & (second >= 0)
        found.append(first[both] << _HALF | second[both])
    return np.concatenate(found)
