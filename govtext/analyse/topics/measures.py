"""Top words of topics -> how coherent they are, and how like those of another fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.association import npmi

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def coherence(counts: Any, tops: Sequence[Sequence[int]]) -> list[float]:
    """Mean `npmi` of all pairs of top words, topic by topic; null for fewer than two words.

    A pair that stands in every document counts 0: it tells nothing.

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
        own = together[np.ix_(at, at)]
        one, other = np.tril_indices(len(at), -1)
        held = own.diagonal()
        # Two words that stand in every document tell nothing.
        values = np.nan_to_num(npmi(own[one, other], held[one], held[other], size), nan=0.0)
        means.append(float(values.mean()) if len(values) else np.nan)
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
        Mean of ``|a and b| / |a or b|`` over the matching that makes it largest (Hungarian
        method), from 0 to 1. Two topics of 10 words that share 9 have 0.82, 7 have 0.54, 5 have
        0.33.

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
