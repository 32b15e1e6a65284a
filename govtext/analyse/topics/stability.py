"""Corpus -> how stable each topic is, which of its words stay, and how many paragraphs it needs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.topics.compare import resamples, tops_of
from govtext.analyse.topics.measures import matched, matched_jaccard
from govtext.analyse.topics.models import DIGITS, TOP, data_of
from govtext.pipeline.progress import through

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.analyse.topics.corpus import Corpus
    from govtext.analyse.topics.models import Topics

STABLE, PATTERN = 0.75, 0.6
_TIMES = (0.5, 1, 2, 4, 8, 16, 32)


def topic_stability(
    corpus: Corpus, topics: Topics, *, n_boot: int = 20, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How well each topic is found again when the paragraphs are drawn anew, and each of its words.

    Parameters
    ----------
    corpus : Corpus
        That the topics were fitted to.
    topics : Topics
        As `fit` gives, with the same `seed`.
    n_boot : int, default 20
        Bootstrap resamples of the paragraphs.
    seed : int, default 0
        Of the fits and the resamples.

    Returns
    -------
    DataFrame
        A row a topic: topic, stability, low, high, verdict, n_boot.
    DataFrame
        A row a topic and word that was among the ten top words of the topic: topic, word, kept
        (share of the resamples, from 0 to 1).

    Notes
    -----
    stability: mean Jaccard coefficient of the ten top words with those of the matched topic of each
    resample, in [0, 1]; low and high are the 2.5th and 97.5th percentiles over the resamples. The
    verdict goes by the bounds that Hennig [1]_ found useful for clusters, which are no test:
    "stable" from 0.75, "pattern" from 0.6, else "unstable": not to be interpreted. Not to be read
    where reports, not paragraphs, are what another study would draw anew: see `choose_k` for what
    leaving out a report does.

    References
    ----------
    .. [1] Hennig, C. (2007). Cluster-wise assessment of cluster stability. Computational Statistics
       and Data Analysis 52(1), 258-271.
    """
    import pandas as pd

    place = {word: column for column, word in enumerate(corpus.words)}
    first = topics.words[topics.words["rank"] <= TOP].sort_values(["topic", "rank"])
    lists: dict[int, list[int]] = {}
    for topic, word in zip(first["topic"], first["word"], strict=True):
        lists.setdefault(topic, []).append(place[word])
    data = data_of(corpus, topics.model)
    values: dict[int, list[float]] = {topic: [] for topic in lists}
    kept: dict[int, Counter[int]] = {topic: Counter() for topic in lists}
    samples = resamples(len(corpus.paragraphs), n_boot, seed)
    for rows in through(samples, "Finding topics again", n_boot):
        other = tops_of(data[rows], topics.k, topics.model, seed)
        pairs = matched(list(lists.values()), other)
        for topic, (found, value) in zip(lists, pairs, strict=True):
            values[topic].append(value)
            kept[topic].update(other[found])
    by_topic = [(topic, *_summary(each), n_boot) for topic, each in values.items()]
    by_word = [
        (topic, corpus.words[column], kept[topic][column] / n_boot if n_boot else np.nan)
        for topic, columns in lists.items()
        for column in columns
    ]
    names = ["topic", "stability", "low", "high", "verdict", "n_boot"]
    return (
        pd.DataFrame(by_topic, columns=names).round(DIGITS),
        pd.DataFrame(by_word, columns=["topic", "word", "kept"]).round(DIGITS),
    )


def stability_by_size(
    corpus: Corpus,
    k: int,
    *,
    times: Iterable[float] = _TIMES,
    n_boot: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """Stability that NMF would have were there more paragraphs, or fewer, of the same kind.

    Parameters
    ----------
    corpus : Corpus
        As `vectorise` gives.
    k : int
        Number of topics.
    times : iterable of float
        Sizes to try, as multiples of the paragraphs there are.
    n_boot : int, default 20
        Draws a size.
    seed : int, default 0
        Of the fits and the draws.

    Returns
    -------
    DataFrame
        A row a size: k, times, n_paragraphs, n_reports (as many as would hold so many paragraphs),
        stability, low, high (2.5th and 97.5th percentiles over the draws), n_boot.

    Notes
    -----
    The bootstrap of m out of n [1]_ with m above n: m paragraphs are drawn with replacement from
    those there are, as if they were the population, and the topics found in them are matched with
    those of the population by `matched_jaccard`. It takes paragraphs as independent; those of one
    report are alike, and other reports bring other words: the sizes are the least that would be
    needed, and no forecast.

    References
    ----------
    .. [1] Bickel, P. J., Goetze, F. and van Zwet, W. R. (1997). Resampling fewer than n
       observations: gains, losses, and remedies for losses. Statistica Sinica 7(1), 1-31.
    """
    import pandas as pd

    data = data_of(corpus, "nmf")
    tops = tops_of(data, k, "nmf", seed)
    size, n_reports = len(corpus.paragraphs), corpus.paragraphs["report_id"].nunique()
    rows, sizes = [], sorted(set(times))
    for each in through(sizes, "Finding topics in more and fewer paragraphs", len(sizes)):
        generator = np.random.default_rng(seed)
        drawn = generator.multinomial(round(each * size), np.full(size, 1 / size), n_boot)
        found = (tops_of(_repeated(data, often), k, "nmf", seed) for often in drawn)
        stability, low, high, _ = _summary([matched_jaccard(tops, other) for other in found])
        paragraphs, reports = round(each * size), round(each * n_reports)
        rows.append((k, each, paragraphs, reports, stability, low, high, n_boot))
    names = ["k", "times", "n_paragraphs", "n_reports", "stability", "low", "high", "n_boot"]
    return pd.DataFrame(rows, columns=names).round(DIGITS)


def _repeated(data: Any, often: NDArray[np.int64]) -> Any:
    """Rows of a table for NMF, each as often as is said, but those that are not drawn.

    The squared error of n equal rows is that of one of them times the root of n.
    """
    from scipy import sparse

    held = np.flatnonzero(often)
    return sparse.diags(np.sqrt(often[held])) @ data[held]


def _summary(values: list[float]) -> tuple[float, float, float, str | None]:
    """Mean, bounds and verdict; null without values."""
    if not values:
        return np.nan, np.nan, np.nan, None
    mean = float(np.mean(values))
    low, high = np.percentile(values, [2.5, 97.5])
    verdict = "stable" if mean >= STABLE else "pattern" if mean >= PATTERN else "unstable"
    return mean, float(low), float(high), verdict
