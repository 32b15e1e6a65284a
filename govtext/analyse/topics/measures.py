"""Top words of topics -> how coherent they are, and how like those of another fit."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


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


def coherence(counts: Any, tops: Sequence[Sequence[int]]) -> list[float]:
    """Mean `npmi` of all pairs of top words, topic by topic; null for fewer than two words.

    Parameters
    ----------
    counts : sparse matrix
        A row a document, a column a word.
    tops : sequence of sequences of int
        Columns of the top words of each topic.

    Returns
    -------
    list of float
        From -1 to 1; 0 is what words that stand anywhere at random have.

    Notes
    -----
    The measure of Lau, Newman and Baldwin [1]_, with whole documents as the window, counted in the
    corpus itself. It prefers rare words that share a document. Do not compare it between corpora,
    or vocabularies, whose documents or words are otherwise chosen.

    References
    ----------
    .. [1] Lau, J. H., Newman, D. and Baldwin, T. (2014). Machine reading tea leaves: automatically
       evaluating topic coherence and topic model quality. EACL 2014, 530-539.
    """
    columns = sorted({column for top in tops for column in top})
    place = {column: number for number, column in enumerate(columns)}
    present = (counts[:, columns] > 0).astype(int)
    together = (present.T @ present).toarray()
    size = present.shape[0]
    means = []
    for top in tops:
        at = [place[column] for column in top]
        pairs = [(a, b) for number, a in enumerate(at) for b in at[:number]]
        values = [npmi(together[a, a], together[b, b], together[a, b], size) for a, b in pairs]
        means.append(float(np.mean(values)) if values else np.nan)
    return means


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
        from 0 to 1. Two topics of 10 words that share 9 have 0.82, 7 have 0.54, 5 have 0.33.

    Raises
    ------
    ValueError
        If there are no topics, or not as many in both.

    Notes
    -----
    After Greene, O'Callaghan and Cunningham [1]_, without their weight on ranks. It compares top
    words alone, and is the higher the fewer words there are and the more topics share them: not
    between vocabularies or numbers of topics, unless beside what chance gives (`choose_k`).

    References
    ----------
    .. [1] Greene, D., O'Callaghan, D. and Cunningham, P. (2014). How many topics? Stability
       analysis for topic models. ECML PKDD 2014, 498-513.
    """
    return float(np.mean([value for _, value in matched(one, other)]))


def matched(
    one: Sequence[Collection[Any]], other: Sequence[Collection[Any]]
) -> list[tuple[int, float]]:
    """For each topic of `one` the topic of `other` it is matched with, and their Jaccard."""
    from scipy.optimize import linear_sum_assignment

    if not one or len(one) != len(other):
        raise ValueError(f"{len(one)} and {len(other)} topics cannot be matched one to one")
    left, right = [set(words) for words in one], [set(words) for words in other]
    table = np.array([[len(a & b) / max(len(a | b), 1) for b in right] for a in left])
    _, columns = linear_sum_assignment(table, maximize=True)
    return [(int(place), float(table[row, place])) for row, place in enumerate(columns)]
