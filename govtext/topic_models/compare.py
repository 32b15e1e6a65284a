"""Corpus -> how coherent and how stable its topics are, model by model and number by number."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.topic_models.models import DIGITS, MODELS, TOP, check, factors, top_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.topic_models.corpus import Corpus


def npmi(first: int, second: int, both: int, n: int) -> float:
    """Normalised pointwise mutual information of two words.

    Parameters
    ----------
    first, second, both : int
        Documents that hold the one, the other, both.
    n : int
        All documents.

    Returns
    -------
    float
        ln(p12 / (p1 p2)) / -ln p12, from -1 (never together) over 0 (independent) to 1 (only
        together). By limits -1 where `both` is 0; 0 where both words stand in every document,
        which tells nothing.

    Notes
    -----
    Bouma [1]_. A pair of rare words that meet once by chance scores 1: not for words below some
    three documents.

    References
    ----------
    .. [1] Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
       Proceedings of GSCL, 31-40.

    Examples
    --------
    >>> npmi(2, 2, 2, 4), npmi(2, 2, 1, 4), npmi(2, 2, 0, 4)
    (1.0, 0.0, -1.0)
    """
    if both == 0:
        return -1.0
    if both == n:
        return 0.0
    return log(both * n / (first * second)) / -log(both / n)


def matched_jaccard(one: Sequence[Collection[Any]], other: Sequence[Collection[Any]]) -> float:
    """Mean Jaccard coefficient of two sets of topics, each topic matched with one of the other.

    Parameters
    ----------
    one, other : sequence of collections
        Top words of each topic; as many topics in both, in any order.

    Returns
    -------
    float
        Mean of |a and b| / |a or b| over the matching that makes it largest (Hungarian method),
        from 0 to 1. Two topics of 10 words that share 7 have 0.54, 5 have 0.33.

    Raises
    ------
    ValueError
        If there are no topics, or not as many in both.

    Notes
    -----
    After Greene, O'Callaghan and Cunningham [1]_, without their weight on ranks. It compares top
    words alone, and is the higher the more topics share words: not between models of other k. Ten
    words drawn at random from 459 have 0.04 with 6 topics and 0.06 with 12.

    References
    ----------
    .. [1] Greene, D., O'Callaghan, D. and Cunningham, P. (2014). How many topics? Stability
       analysis for topic models. ECML PKDD 2014, 498-513.
    """
    from scipy.optimize import linear_sum_assignment

    if not one or len(one) != len(other):
        raise ValueError(f"{len(one)} and {len(other)} topics cannot be matched one to one")
    left, right = [set(words) for words in one], [set(words) for words in other]
    table = np.array([[len(a & b) / max(len(a | b), 1) for b in right] for a in left])
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].mean())


def choose_k(
    corpus: Corpus,
    ks: Iterable[int] = range(4, 9),
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
    n_boot, n_seeds : int
        Resamples of the paragraphs, and other seeds on the same paragraphs.
    seed : int, default 0
        Of the fit that all are compared with, and of the resamples, the same for every k and model.

    Returns
    -------
    DataFrame
        One row a model and k: model, k, coherence, coherence_se, stability, stability_se,
        seed_stability, diversity, n_paragraphs, n_words. Null where nothing was drawn, or a topic
        has fewer than two words.

    Notes
    -----
    coherence: mean over topics of the mean `npmi` of all pairs of their ten top words, counted by
    paragraph in the corpus itself [1]_ [2]_; in [-1, 1]. coherence_se is its standard error over
    topics. It prefers rare words that share a paragraph, which tf-idf brings to the top and counts
    do not: between NMF and LDA it favours NMF.

    stability: mean `matched_jaccard` of the ten top words with those of the fit on all paragraphs,
    over bootstrap resamples of the paragraphs with the same vocabulary; stability_se is their
    standard deviation. A resample holds about 63% of the paragraphs, some of them twice: with few
    paragraphs the values are low for any model. seed_stability is the same over other seeds on the
    same paragraphs. NMF, whose start is random in the singular vectors alone, has high values
    whatever the corpus: no evidence that another corpus would give these topics.

    diversity: different words among all top words [3]_, up to 1. Where it is low, topics repeat the
    commonest words, which is stable and says little: read stability beside it.

    References
    ----------
    .. [1] Lau, J. H., Newman, D. and Baldwin, T. (2014). Machine reading tea leaves: automatically
       evaluating topic coherence and topic model quality. EACL 2014, 530-539.
    .. [2] Roeder, M., Both, A. and Hinneburg, A. (2015). Exploring the space of topic coherence
       measures. WSDM 2015, 399-408.
    .. [3] Dieng, A. B., Ruiz, F. J. R. and Blei, D. M. (2020). Topic modeling in embedding spaces.
       Transactions of the Association for Computational Linguistics 8, 439-453.
    """
    import pandas as pd

    generator = np.random.default_rng(seed)
    size = len(corpus.paragraphs)
    samples = [np.sort(generator.integers(0, size, size)) for _ in range(n_boot)]
    seeds = range(seed + 1, seed + 1 + n_seeds)
    numbers = sorted(set(ks))
    rows = []
    for model in models:
        for k in numbers:
            check(corpus, k, model)
            whole = _top_words(corpus, k, model, seed)
            drawn = [_top_words(corpus, k, model, seed, sample) for sample in samples]
            again = [_top_words(corpus, k, model, other) for other in seeds]
            rows.append({"model": model, "k": k, **_judged(corpus, whole, drawn, again)})
    return pd.DataFrame(rows).round(DIGITS)


def pick_k(comparison: pd.DataFrame, *, model: str = "nmf") -> int:
    """Number of topics by a rule fixed beforehand: the smallest among the coherent and stable.

    Of the numbers whose coherence is within one standard error of the best, those whose stability
    is within one standard error of the best of these; of them the smallest.

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
    the drawn comparison, and at the words, before you use it.

    References
    ----------
    .. [1] Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984). Classification and Regression
       Trees. Wadsworth, section 3.4.
    """
    near = comparison[comparison["model"] == model].dropna(subset=["coherence", "stability"])
    if near.empty:
        raise ValueError(f"the comparison has no k of {model!r} with coherence and stability")
    for measure in ("coherence", "stability"):
        best = near.sort_values(measure, kind="stable").tail(1)
        least = best[measure] - best[f"{measure}_se"].fillna(0)
        near = near[near[measure] >= least.item()]
    return int(near["k"].min())


def _top_words(
    corpus: Corpus, k: int, model: str, seed: int, rows: NDArray[np.int64] | None = None
) -> list[list[int]]:
    return top_columns(factors(corpus, k, model, seed, rows)[1].round(DIGITS), TOP)


def _judged(
    corpus: Corpus,
    whole: list[list[int]],
    drawn: list[list[list[int]]],
    again: list[list[list[int]]],
) -> dict[str, float]:
    """Measures of the top words of a fit, beside those of resamples and of other seeds."""
    coherence = _coherence(corpus, whole)
    resampled = [matched_jaccard(whole, other) for other in drawn]
    reseeded = [matched_jaccard(whole, other) for other in again]
    return {
        "coherence": float(np.mean(coherence)),
        "coherence_se": float(np.std(coherence, ddof=1) / np.sqrt(len(coherence))),
        "stability": float(np.mean(resampled)) if resampled else np.nan,
        "stability_se": float(np.std(resampled, ddof=1)) if len(resampled) > 1 else np.nan,
        "seed_stability": float(np.mean(reseeded)) if reseeded else np.nan,
        "diversity": len(set().union(*whole)) / max(sum(map(len, whole)), 1),
        "n_paragraphs": len(corpus.paragraphs),
        "n_words": len(corpus.words),
    }


def _coherence(corpus: Corpus, tops: list[list[int]]) -> list[float]:
    """Mean NPMI of the pairs of top words, topic by topic; null for fewer than two words."""
    columns = sorted({column for top in tops for column in top})
    place = {column: number for number, column in enumerate(columns)}
    present = (corpus.counts[:, columns] > 0).astype(int)
    together = (present.T @ present).toarray()
    size = present.shape[0]
    means = []
    for top in tops:
        at = [place[column] for column in top]
        pairs = [(a, b) for number, a in enumerate(at) for b in at[:number]]
        values = [npmi(together[a, a], together[b, b], together[a, b], size) for a, b in pairs]
        means.append(float(np.mean(values)) if values else np.nan)
    return means
