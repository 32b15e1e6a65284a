"""Counts -> topics by latent Dirichlet allocation, all paragraphs at once.

The same steps as scikit-learn's `LatentDirichletAllocation(learning_method="batch")`, which goes
through the paragraphs one by one; here arrays of all of them are worked at, ten times as fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_PASSES = 20
_STEPS = 3
_NEAR = 1e-3
"""Mean change of a paragraph's topics below which its steps end."""
_SHAPE = 100.0
"""Of the gamma distribution, of mean 1, that topics begin with."""


def weights(counts: Any, k: int, seed: int) -> Array:
    """Weights of the words of `k` topics, a row a topic, not scaled.

    Parameters
    ----------
    counts : sparse matrix
        A row a paragraph, a column a word.
    k : int
        Number of topics; both priors are its inverse.
    seed : int
        Of the random start.
    """
    counts = counts.tocsr()
    generator = np.random.RandomState(seed)
    found = generator.gamma(_SHAPE, 1 / _SHAPE, (k, counts.shape[1]))
    for _ in range(_PASSES):
        begin = generator.gamma(_SHAPE, 1 / _SHAPE, (counts.shape[0], k))
        words = _expected(found)
        _, topics, parts = _paragraphs(counts, words, begin, 1 / k)
        found = 1 / k + (parts.T @ topics).T * words
    return found


def loadings(counts: Any, found: Array) -> Array:
    """Loadings of the paragraphs on topics of such weights, a row a paragraph, not scaled."""
    counts = counts.tocsr()
    begin = np.ones((counts.shape[0], len(found)))
    return _paragraphs(counts, _expected(found), begin, 1 / len(found))[0]


def _paragraphs(counts: Any, words: Array, begin: Array, prior: float) -> tuple[Array, Array, Any]:
    """Loadings of the paragraphs, what is expected of them, and the counts as parts of it.

    `words` is what is expected of the words. A paragraph whose loadings hardly change is left.
    """
    from scipy.sparse import csr_matrix

    by_word = np.ascontiguousarray(words.T)
    of_place = by_word[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))

    def parts(topics: Array) -> Any:
        held = np.einsum("ij,ij->i", topics[row], of_place) + np.finfo(float).eps
        return csr_matrix((counts.data / held, counts.indices, counts.indptr), counts.shape)

    loaded, topics = begin, _expected(begin)
    moving = np.ones(len(begin), dtype=bool)
    for _ in range(_STEPS):
        after = np.where(moving[:, None], topics * (parts(topics) @ by_word) + prior, loaded)
        topics = np.where(moving[:, None], _expected(after), topics)
        moving &= np.abs(after - loaded).mean(axis=1) >= _NEAR
        loaded = after
    return loaded, topics, parts(topics)


def _expected(table: Array) -> Array:
    """exp(E[log p]) of Dirichlet distributions, a row each."""
    from scipy.special import psi

    return np.asarray(np.exp(psi(table) - psi(table.sum(axis=1, keepdims=True))))
