"""Corpus -> how coherent and how stable its topics are, model by model and number by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.topics.corpus import Corpus, weigh
from govtext.analyse.topics.measures import coherence, matched_jaccard
from govtext.analyse.topics.models import (
    DIGITS,
    MODELS,
    check,
    data_of,
    factors,
    top_columns,
)
from govtext.pipeline.progress import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

Tops = list[list[int]]
_FOLDS = 20


@dataclass(frozen=True, slots=True)
class _Draws:
    """Rows of each resample, rows of each fold, and seeds, of which the first is that compared."""

    samples: list[NDArray[np.int64]]
    folds: list[NDArray[np.int64]]
    seeds: Sequence[int]

    @property
    def fits(self) -> int:
        """Fits that one number of topics takes."""
        noise = min(len(self.seeds) - 1, len(self.samples) // 2)
        return len(self.seeds) + len(self.samples) + len(self.folds) + 3 * noise


def choose_k(
    corpus: Corpus,
    ks: Iterable[int] = range(3, 7),
    *,
    models: Sequence[str] = MODELS,
    n_boot: int = 20,
    n_seeds: int = 5,
    seed: int = 0,
) -> pd.DataFrame:
    """Coherence and stability of the topics for each number of topics, model by model.

    Parameters
    ----------
    corpus : Corpus
        As `vectorise` gives.
    ks : iterable of int
        Numbers of topics to try.
    models : sequence of str, default ("nmf", "lda")
        Models to compare.
    n_boot : int, default 20
        Resamples of the paragraphs.
    n_seeds : int, default 5
        Other seeds on the same paragraphs, and as many shuffled corpora.
    seed : int, default 0
        Of the fit that all are compared with, and of the resamples, the same for every k and model.

    Returns
    -------
    DataFrame
        One row a model and k: model, k, coherence, coherence_se, stability, stability_se, chance,
        adjusted, adjusted_se, ceiling, report_stability, seed_stability, diversity, n_paragraphs,
        n_words. Null where nothing was drawn, or a topic has fewer than two words. All but
        coherence and adjusted are in [0, 1].

    Notes
    -----
    coherence: mean over topics of `measures.coherence` of their ten top words, in [-1, 1];
    coherence_se is its standard error over topics. Tf-idf brings rare words that share a paragraph
    to the top and counts do not: between NMF and LDA it favours NMF.

    stability: mean `matched_jaccard` of the ten top words with those of the fit on all paragraphs,
    over bootstrap resamples of the paragraphs with the same vocabulary, after [1]_; stability_se
    is the standard error of that mean. A resample holds about 63% of the paragraphs, some of them
    twice.

    Two values to read it by. chance: the same for corpora in which each word's counts are shuffled
    over the paragraphs, so that there are no topics: what common words alone give. adjusted =
    (stability - chance) / (1 - chance), the usual correction for chance [3]_, up to 1 and about 0
    where there are no topics; adjusted_se = stability_se / (1 - chance). It can be compared between
    models and numbers of topics, where stability cannot: fewer topics share words more easily.
    ceiling: stability if it were known for each paragraph which topic it is mostly of, and only the
    ten words with the largest mean were to be found again: about what the number of paragraphs
    allows to any model of these topics.

    report_stability: the same, each report left out in turn (from 20 reports on, each of 20 sets
    of reports). seed_stability: the same over other seeds on the same paragraphs; NMF, whose start
    is random in the singular vectors alone, has high values whatever the corpus: no evidence that
    another corpus would give these topics.

    diversity: different words among all top words [2]_, up to 1. Where it is low, topics repeat the
    commonest words, which is stable and says little.

    References
    ----------
    .. [1] Greene, D., O'Callaghan, D. and Cunningham, P. (2014). How many topics? Stability
       analysis for topic models. ECML PKDD 2014, 498-513.
    .. [2] Dieng, A. B., Ruiz, F. J. R. and Blei, D. M. (2020). Topic modeling in embedding spaces.
       Transactions of the Association for Computational Linguistics 8, 439-453.
    .. [3] Hubert, L. and Arabie, P. (1985). Comparing partitions. Journal of Classification 2,
       193-218.
    """
    import pandas as pd

    numbers = sorted(set(ks))
    reports = corpus.paragraphs["report_id"]
    draws = _Draws(
        resamples(len(reports), n_boot, seed),
        list(_without(reports)),
        range(seed, seed + 1 + n_seeds),
    )
    rows = []
    with Steps("Comparing numbers of topics", len(models) * len(numbers) * draws.fits) as steps:
        for model in models:
            data = data_of(corpus, model)
            noise = list(_shuffled(corpus, model, n_seeds, seed))
            for k in numbers:
                check(corpus, k, model)
                found = _measured(corpus, data, noise, draws, (k, model), steps)
                rows.append({"model": model, "k": k, **found})
    return pd.DataFrame(rows).round(DIGITS)


def pick_k(comparison: pd.DataFrame, *, model: str = "nmf") -> int:
    """Number of topics by a rule fixed beforehand: the smallest among the coherent and stable.

    Of the numbers whose coherence is within one standard error of the best, those whose adjusted
    stability is within one standard error of the best of these; of them the smallest.

    Parameters
    ----------
    comparison : DataFrame
        As `choose_k` gives.
    model : {"nmf", "lda"}
        Whose rows are read.

    Raises
    ------
    ValueError
        If no row of the model has both values.

    Notes
    -----
    The standard errors are those of the best values; that the simplest model within one of them is
    taken is a rule of model selection [1]_. It ends the search and finds no true number: look at
    the drawn comparison, and at the words, before you use it. Where all values are within one
    error of each other it says no more than that fewer topics do as well.

    References
    ----------
    .. [1] Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984). Classification and Regression
       Trees. Wadsworth, section 3.4.
    """
    near = comparison[comparison["model"] == model].dropna(subset=["coherence", "adjusted"])
    if near.empty:
        raise ValueError(f"the comparison has no k of {model!r} with coherence and stability")
    for measure in ("coherence", "adjusted"):
        best = near.sort_values(measure, kind="stable").tail(1)
        least = best[measure] - best[f"{measure}_se"].fillna(0)
        near = near[near[measure] >= least.item()]
    return int(near["k"].min())


def resamples(size: int, n_boot: int, seed: int) -> list[NDArray[np.int64]]:
    """Bootstrap resamples of the rows of a table, each sorted."""
    generator = np.random.default_rng(seed)
    return [np.sort(generator.integers(0, size, size)) for _ in range(n_boot)]


def tops_of(data: Any, k: int, model: str, seed: int) -> Tops:
    """Columns of the top words of each topic of a fit."""
    return top_columns(factors(data, k, model, seed)[1])


def _measured(
    corpus: Corpus, data: Any, noise: list[Any], draws: _Draws, how: tuple[int, str], steps: Steps
) -> dict[str, float]:
    """Measures of one fit, beside those of resamples, of other seeds and of noise."""
    seed, *others = draws.seeds

    def fitted(data: Any, seed: int = seed) -> Tops:
        steps.step()
        return tops_of(data, *how, seed)

    steps.step()
    loadings, weights = factors(data, *how, seed)
    tops = top_columns(weights)
    drawn = [fitted(data[rows]) for rows in draws.samples]
    folds = [fitted(data[rows]) for rows in draws.folds]
    again = [fitted(data, other) for other in others]
    stable = [matched_jaccard(tops, other) for other in drawn]
    coherent = coherence(corpus.counts, tops)
    chance = _mean(_by_chance(noise, draws, fitted))
    rest = 1 - chance if chance < 1 else np.nan
    return {
        "coherence": float(np.mean(coherent)),
        "coherence_se": _error(coherent),
        "stability": _mean(stable),
        "stability_se": _error(stable),
        "chance": chance,
        "adjusted": (_mean(stable) - chance) / rest,
        "adjusted_se": _error(stable) / rest,
        "ceiling": _mean(_known(data, loadings, draws.samples)),
        "report_stability": _mean([matched_jaccard(tops, other) for other in folds]),
        "seed_stability": _mean([matched_jaccard(tops, other) for other in again]),
        "diversity": len(set().union(*tops)) / max(sum(map(len, tops)), 1),
        "n_paragraphs": len(corpus.paragraphs),
        "n_words": len(corpus.words),
    }


def _known(
    data: Any, loadings: NDArray[np.float64], samples: list[NDArray[np.int64]]
) -> list[float]:
    """Stability of the words with the largest means, by resample, were every main topic known."""
    of_topic = np.eye(loadings.shape[1])[loadings.argmax(axis=1)]
    tops = top_columns(np.asarray(of_topic.T @ data))
    return [
        matched_jaccard(tops, top_columns(np.asarray(of_topic[rows].T @ data[rows])))
        for rows in samples
    ]


def _by_chance(noise: list[Any], draws: _Draws, fitted: Callable[[Any], Tops]) -> list[float]:
    """Stability of the topics of each shuffled corpus, over two resamples of it."""
    pairs = zip(noise, draws.samples[::2], draws.samples[1::2], strict=False)
    return [
        matched_jaccard(tops, fitted(data[rows]))
        for data, *both in pairs
        for tops in [fitted(data)]
        for rows in both
    ]


def _shuffled(corpus: Corpus, model: str, n: int, seed: int) -> Iterator[Any]:
    """Corpora in which each word's counts are shuffled over the paragraphs."""
    generator = np.random.default_rng(seed)
    columns = corpus.counts.tocsc()
    held = np.diff(columns.indptr)
    for _ in range(n):
        made = columns.copy()
        made.indices = np.concatenate(
            [generator.permutation(made.shape[0])[:each] for each in held]
        ).astype(made.indices.dtype)
        made.has_sorted_indices = False
        counts = made.tocsr()
        tfidf = weigh(counts, held, counts.shape[0])
        yield data_of(Corpus(corpus.paragraphs, corpus.words, counts, tfidf), model)


def _without(reports: pd.Series[str]) -> Iterator[NDArray[np.int64]]:
    """Rows of all reports but one, for each; from 20 reports on, but those of one set of them."""
    numbers = np.unique(reports.to_numpy(str), return_inverse=True)[1] % _FOLDS
    for fold in range(numbers.max() + 1 if numbers.max() else 0):
        yield np.flatnonzero(numbers != fold)


def _error(values: list[float]) -> float:
    """Standard error of a mean."""
    count = len(values)
    return float(np.std(values, ddof=1) / np.sqrt(count)) if count > 1 else np.nan


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else np.nan
