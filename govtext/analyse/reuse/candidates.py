"""Texts -> the pairs worth aligning, in time that grows with the corpus and not with its square.

Reports of one body are all compared, up to `_MOST_PAST` before each. Of different bodies those
are that share a fingerprint which is no boilerplate, or, for a large corpus, a sentence by MinHash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.analyse.reuse.grams import NONE, SIZE, mixed, winnow
from govtext.core.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from govtext.analyse.reuse.body import Compared
    from govtext.analyse.reuse.grams import Grams

    Pairs = set[tuple[int, int]]

_MOST_PAST = 30
"""Earlier reports of a body that each of its reports is compared with, the latest ones."""
_MOST_SHARED = 60
"""Reports with one fingerprint that are all paired; more are paired with the first and the next."""
_BANDS, _ROWS = 20, 3
"""Hashes of a sentence: one is found alike with 93% where half of its grams are the same."""
_SHORTEST = 2 * SIZE


def of_one_body(texts: Sequence[Compared]) -> Pairs:
    """Pairs of reports of the same body, by place in `texts`, the earlier one first."""
    past: dict[str, list[int]] = {}
    found: Pairs = set()
    for place, each in enumerate(texts):
        before = past.setdefault(each.body, [])
        if each.body:
            found |= {(other, place) for other in before[-_MOST_PAST:]}
        before.append(place)
    return found


def by_fingerprint(texts: Sequence[Compared], own: Sequence[Grams]) -> Pairs:
    """Pairs of reports, not of one body, that have a fingerprint in common.

    Parameters
    ----------
    texts : sequence of Text
        The reports.
    own : sequence of arrays
        Grams of each, boilerplate set to `NONE`.
    """
    keys = [found[winnow(found)] for found in own]
    return _pairs(texts, keys)


def by_minhash(texts: Sequence[Compared], own: Sequence[Grams]) -> Pairs:
    """Pairs of reports, not of one body, that have a sentence nearly in common.

    Notes
    -----
    MinHash [1]_: the smallest hash of the grams of two sentences is the same with the probability
    of their Jaccard coefficient J, the share of their grams that both have. With 20 bands of 3
    hashes [2]_ a pair is found with probability 1 - (1 - J^3)^20: 1.00 for J = 0.8, 0.93 for 0.5,
    0.42 for 0.3. Boilerplate and sentences of fewer than 20 symbols are left out.

    References
    ----------
    .. [1] Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of
       Compression and Complexity of Sequences 1997, 21-29.
    .. [2] Leskovec, J., Rajaraman, A. and Ullman, J. D. (2020). Mining of Massive Datasets, 3rd
       edition. Cambridge University Press, section 3.4.
    """
    return _pairs(texts, [_bands(each, found) for each, found in zip(texts, own, strict=True)])


def _bands(each: Compared, found: Grams) -> Grams:
    """Band hashes of all sentences of a text."""
    bounds = [np.searchsorted(each.starts, span) for span in sentences(each.text)]
    rows = []
    for first, last in bounds:
        own = found[first : max(first, last - SIZE + 1)]
        own = own[own != NONE]
        if last - first >= _SHORTEST and len(own):
            rows.append(_signature(own))
    if not rows:
        return np.empty(0, np.uint64)
    return np.unique(np.concatenate(rows))


def _signature(own: Grams) -> Grams:
    """A hash of each band of the smallest hashes of a sentence's grams."""
    salts = mixed(np.arange(1, _BANDS * _ROWS + 1, dtype=np.uint64))
    smallest = mixed(own[:, None] ^ salts).min(axis=0).reshape(_BANDS, _ROWS)
    band = np.arange(1, _BANDS + 1, dtype=np.uint64)
    for row in range(_ROWS):
        band = mixed(band + smallest[:, row])
    return band


def _pairs(texts: Sequence[Compared], keys: Sequence[Grams]) -> Pairs:
    """Pairs of places whose keys have one in common, those of one body left out."""
    keys = [np.unique(each) for each in keys]
    every = np.concatenate([*keys, np.empty(0, np.uint64)])
    places = np.repeat(np.arange(len(keys)), [len(each) for each in keys])
    order = np.argsort(every, kind="stable")
    every, places = every[order], places[order]
    edges = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1], [True])))
    shared = np.diff(edges) > 1
    found: Pairs = set()
    for low, high in zip(edges[:-1][shared].tolist(), edges[1:][shared].tolist(), strict=True):
        found.update(_of_group(places[low:high]))
    return {(a, b) for a, b in found if not texts[a].body or texts[a].body != texts[b].body}


def _of_group(places: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Pairs of some places in order: all, or of a crowd the first and the next of each."""
    group = places.tolist()
    if len(group) <= _MOST_SHARED:
        yield from ((a, b) for at, b in enumerate(group) for a in group[:at])
    else:
        for at in range(1, len(group)):
            yield group[0], group[at]
            yield group[at - 1], group[at]
