"""Counts of two groups of reports -> p-values that take whole reports, not words, as drawn."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_FEWEST_WAYS = 40
"""Ways to deal out the reports, under which no p of 0.05 in either direction can come out."""
_BATCH = 64
_EQUAL = 1e-12


def between(target: Any, reference: Any, permutations: int, seed: int) -> tuple[Array, str]:
    """p-value of each word for two groups of different reports, and why there is none.

    Parameters
    ----------
    target, reference : sparse matrix
        Relative frequencies: a row a report, a column a word.
    permutations : int
        How often the reports are dealt to the groups anew, as many to each.
    seed : int
        Seed of the generator.

    Notes
    -----
    The statistic is the difference between the mean relative frequencies of the groups, each report
    counting the same; p = (b + 1) / (m + 1), b of m permutations with one as large in either
    direction.
    """
    from scipy.sparse import vstack

    ours, theirs = target.shape[0], reference.shape[0]
    if reason := _few(comb(ours + theirs, ours)):
        return np.full(target.shape[1], np.nan), reason
    weights = np.repeat([1 / ours, -1 / theirs], [ours, theirs])

    def draw(generator: np.random.Generator, size: int) -> Array:
        return generator.permuted(np.tile(weights, (size, 1)), axis=1)

    rates = vstack([target, reference])
    return _share_as_large(rates, weights, draw, permutations, seed), ""


def within(target: Any, reference: Any, permutations: int, seed: int) -> tuple[Array, str]:
    """p-value of each word for two parts of the same reports, and why there is none.

    Row by row the matrices are of one report. The statistic is the mean over reports of the
    difference between its relative frequencies; a permutation swaps the parts of some reports. See
    `between`.
    """
    reports = target.shape[0]
    if reason := _few(2**reports):
        return np.full(target.shape[1], np.nan), reason

    def draw(generator: np.random.Generator, size: int) -> Array:
        return np.asarray(generator.choice([-1.0, 1.0], (size, reports)) / reports)

    weights = np.full(reports, 1 / reports)
    return _share_as_large(target - reference, weights, draw, permutations, seed), ""


def _few(ways: int) -> str:
    if ways >= _FEWEST_WAYS:
        return ""
    return f"the reports can be dealt out in {ways} ways; the test needs {_FEWEST_WAYS}"


def _share_as_large(
    rates: Any,
    weights: Array,
    draw: Callable[[np.random.Generator, int], Array],
    permutations: int,
    seed: int,
) -> Array:
    """Share of draws in which the weighted sum of each column is as large as it is."""
    columns = rates.T.tocsr()
    found = np.abs(columns @ weights) - _EQUAL
    generator = np.random.default_rng(seed)
    exceeded = np.zeros(len(found))
    for begin in range(0, permutations, _BATCH):
        drawn = draw(generator, min(_BATCH, permutations - begin))
        exceeded += (np.abs(columns @ drawn.T) >= found[:, None]).sum(axis=1)
    return np.asarray((exceeded + 1) / (permutations + 1))
