"""Corpus -> Topics: non-negative matrix factorisation, with latent Dirichlet allocation beside."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.topics import lda

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.analyse.topics.corpus import Corpus

TOP = 10
"""Words that stand for a topic where topics are compared: the usual number."""
MODELS = ("nmf", "lda")
DIGITS = 6
"""Digits that every number is rounded to, so that no byte depends on threads."""

_NMF_PASSES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """Topics of a corpus, numbered from 1 by their share of all its characters, largest first.

    The numbers can be replaced by those of known topics; see `labels.identify`.

    Attributes
    ----------
    model, k
        "nmf" or "lda", and the number of topics.
    words : DataFrame
        topic, rank, word, weight (of all words of the topic, sums to 1), exclusivity (the topic's
        part of the word's weight in all topics), frex, frex_rank. The words that are among the
        first by weight or by FREX.
    loadings : DataFrame
        One row a paragraph and topic: report_id, section_id, part, start, end, topic, loading
        (sums to 1 over the topics of a paragraph).
    numbers
        The number of each topic, in the order of their shares.
    """

    model: str
    k: int
    words: pd.DataFrame
    loadings: pd.DataFrame
    numbers: tuple[int, ...]

    def __repr__(self) -> str:
        """One line with the number of topics and the model."""
        return f"Topics: {self.k} by {self.model.upper()}"


def fit(
    corpus: Corpus, k: int, *, model: str = "nmf", seed: int = 0, n_words: int = 2 * TOP
) -> Topics:
    """Topics of a corpus.

    Parameters
    ----------
    corpus : Corpus
        As `vectorise` gives.
    k : int
        Number of topics, from 2 to the number of paragraphs and of words; see `choose_k`.
    model : {"nmf", "lda"}
        Non-negative matrix factorisation, or latent Dirichlet allocation for comparison.
    seed : int, default 0
        Of the start: LDA begins at random; NMF only uses it to find singular vectors.
    n_words : int, default 20
        Words listed a topic, by weight and by FREX.

    Raises
    ------
    ValueError
        If `model` is neither, or `k` does not fit the corpus.

    Notes
    -----
    NMF [1]_ minimises the squared error of tf-idf by W H, both non-negative, from the NNDSVD start
    [2]_ with zeros filled by the mean: chance has a part only in how the singular vectors are
    found, which matters where several solutions are nearly as good. The weights of a topic are its
    row of H scaled to sum 1; loadings are W with that scale taken over, scaled to sum 1 a
    paragraph. They divide tf-idf, not words: a rare word counts for more than a common one.

    LDA [3]_ reads counts, by batch variational Bayes [4]_ with priors 1/k: 20 passes, in each three
    updates of a paragraph. Unlike NMF it begins at random, and other seeds end elsewhere.

    FREX [5]_ [6]_ = 1 / (0.5 / F(exclusivity) + 0.5 / F(weight)), F the share of the topic's words
    that are not above it (empirical distribution), in (0, 1]; exclusivity = weight in the topic /
    sum of the weights in all topics. Words common to all topics come last. It lifts words on few
    paragraphs: with a small corpus read it beside the weight.

    References
    ----------
    .. [1] Lee, D. D. and Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
       factorization. Nature 401, 788-791.
    .. [2] Boutsidis, C. and Gallopoulos, E. (2008). SVD based initialization: a head start for
       nonnegative matrix factorization. Pattern Recognition 41(4), 1350-1362.
    .. [3] Blei, D. M., Ng, A. Y. and Jordan, M. I. (2003). Latent Dirichlet allocation. Journal of
       Machine Learning Research 3, 993-1022.
    .. [4] Hoffman, M. D., Blei, D. M. and Bach, F. (2010). Online learning for latent Dirichlet
       allocation. Advances in Neural Information Processing Systems 23.
    .. [5] Bischof, J. M. and Airoldi, E. M. (2012). Summarizing topical content with word frequency
       and exclusivity. Proceedings of the 29th International Conference on Machine Learning.
    .. [6] Airoldi, E. M. and Bischof, J. M. (2016). Improving and evaluating topic models and other
       models of text. Journal of the American Statistical Association 111(516), 1381-1403.
    """
    check(corpus, k, model)
    loadings, weights = factors(data_of(corpus, model), k, model, seed)
    loadings = loadings.round(DIGITS)
    order = in_order(lengths(corpus.paragraphs) @ loadings, weights)
    return Topics(
        model,
        k,
        word_frame(corpus.words, weights[order], n_words),
        loading_frame(corpus.paragraphs, loadings[:, order]),
        tuple(range(1, k + 1)),
    )


def in_order(chars: NDArray[np.float64], weights: NDArray[np.float64]) -> list[int]:
    """Topics by their characters, largest first; of equals that whose first word is earlier."""
    first = [row[0] if row else -1 for row in top_columns(weights, 1)]
    mass = chars.round(DIGITS)
    return sorted(range(len(mass)), key=lambda topic: (-mass[topic], first[topic]))


def check(corpus: Corpus, k: int, model: str) -> None:
    """Error if there is no such model, or not so many topics in the corpus."""
    if model not in MODELS:
        raise ValueError(f"model is {model!r}; it can be {' or '.join(map(repr, MODELS))}")
    most = min(corpus.counts.shape)
    if not 2 <= k <= most:
        raise ValueError(
            f"k is {k}; it can be from 2 to {most}, for there are "
            f"{len(corpus.paragraphs)} paragraphs and {len(corpus.words)} words"
        )


def data_of(corpus: Corpus, model: str) -> Any:
    """What a model reads: tf-idf or counts."""
    return corpus.tfidf if model == "nmf" else corpus.counts


def factors(
    data: Any, k: int, model: str, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Loadings of the rows of `data` and weights of its columns, sums 1 a row; weights rounded."""
    if model == "lda":
        weights = lda.weights(data, k, seed)
        loadings = lda.loadings(data, weights)
    else:
        loadings, weights = _nmf(data, k, seed)
        loadings = loadings * weights.sum(axis=1)
    return to_one(loadings), to_one(weights).round(DIGITS)


def _nmf(data: Any, k: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(k, init="nndsvda", random_state=seed, max_iter=_NMF_PASSES, tol=1e-3)
    # The error of a perfect fit, of which rounding may leave less than zero, is of no use here.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # What further passes would still change are weights far below those of the top words.
        warnings.simplefilter("ignore", ConvergenceWarning)
        loadings = model.fit_transform(data)
    return loadings, model.components_


def to_one(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows scaled to sum 1; a row of zeros is spread evenly, for it says nothing."""
    total = table.sum(axis=1, keepdims=True)
    scaled = np.full_like(table, 1 / table.shape[1])
    np.divide(table, total, out=scaled, where=total > 0)
    return scaled


def top_columns(weights: NDArray[np.float64], n: int = TOP) -> list[list[int]]:
    """Columns of the `n` largest weights of each row, zeros left out; of equals the first word."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :n]
    return [
        [int(column) for column in columns if row[column] > 0]
        for row, columns in zip(weights, order, strict=True)
    ]


def lengths(paragraphs: pd.DataFrame) -> NDArray[np.float64]:
    """Characters of each paragraph."""
    return (paragraphs["end"] - paragraphs["start"]).to_numpy(float)


def word_frame(words: Sequence[str], weights: NDArray[np.float64], n: int) -> pd.DataFrame:
    """`Topics.words` of weights with a row a topic."""
    import pandas as pd

    total = weights.sum(axis=0)
    exclusive = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    frames = []
    for number, (weight, own) in enumerate(zip(weights, exclusive, strict=True), start=1):
        frame = pd.DataFrame({"topic": number, "rank": 0, "word": words, "weight": weight})
        frame["exclusivity"] = own.round(DIGITS)
        parts = frame[["weight", "exclusivity"]].rank(method="max", pct=True)
        frame["frex"] = (2 / (1 / parts).sum(axis=1)).round(DIGITS)
        frame["rank"] = frame["weight"].rank(method="first", ascending=False).astype(int)
        order = frame.sort_values(["frex", "rank"], ascending=[False, True]).index
        frame.loc[order, "frex_rank"] = np.arange(1, len(frame) + 1)
        listed = (frame["rank"] <= n) | (frame["frex_rank"] <= n)
        frames.append(frame[listed & (frame["weight"] > 0)].sort_values("rank"))
    return pd.concat(frames, ignore_index=True).astype({"frex_rank": int})


def loading_frame(
    paragraphs: pd.DataFrame, loadings: NDArray[np.float64], numbers: Sequence[int] | None = None
) -> pd.DataFrame:
    """`Topics.loadings` of a table with a row a paragraph and a column a topic."""
    size, k = loadings.shape
    names = ["report_id", "section_id", "part", "start", "end"]
    frame = paragraphs.loc[np.repeat(np.arange(size), k), names].reset_index(drop=True)
    return frame.assign(topic=np.tile(numbers or range(1, k + 1), size), loading=loadings.ravel())
