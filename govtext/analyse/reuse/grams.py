"""Symbols -> grams: hashes of every few symbols in a row, and in how many bodies each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.analyse.reuse.body import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from govtext.analyse.reuse.body import Compared

    Grams = NDArray[np.uint64]

SIZE = 10
"""Symbols of a gram."""
WINDOW = 7
"""Neighbouring grams of which one is a fingerprint: SIZE + WINDOW - 1 equal symbols share one."""
NONE = np.uint64(2**64 - 1)
"""In the place of a gram that reaches over a break."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_AT_ONCE = 20_000_000


def grams(symbols: NDArray[np.uint32]) -> Grams:
    """Hash of each `SIZE` symbols in a row, the same in every run and on every machine.

    Notes
    -----
    Polynomial in odd `_BASE` modulo 2^64, then the finaliser of SplitMix64, so that the low bits
    are as good as the high ones.
    """
    count = max(0, len(symbols) - SIZE + 1)
    wide = symbols.astype(np.uint64)
    found = np.zeros(count, np.uint64)
    for at in range(SIZE):
        found = found * _BASE + wide[at : at + count]
    found = mixed(found)
    broken = np.cumsum(np.concatenate(([0], symbols == BREAK)))
    found[broken[SIZE:] > broken[:count]] = NONE
    return found


def mixed(values: Grams) -> Grams:
    """Values spread over all 64 bits, one to one."""
    for shift, factor in zip((30, 27), _MIX, strict=True):
        values = (values ^ (values >> np.uint64(shift))) * factor
    return values ^ (values >> np.uint64(31))


def winnow(found: Grams) -> NDArray[np.int64]:
    """Places of the fingerprints: the smallest gram of each window, of equals the rightmost.

    Notes
    -----
    Winnowing [1]_: two texts that have SIZE + WINDOW - 1 symbols in a row in common choose the same
    gram of them, so that comparing fingerprints misses no such run.

    References
    ----------
    .. [1] Schleimer, S., Wilkerson, D. S. and Aiken, A. (2003). Winnowing: local algorithms for
       document fingerprinting. SIGMOD 2003, 76-85.
    """
    size = len(found)
    if not size:
        return np.empty(0, np.int64)
    padded = np.concatenate((found, np.full(WINDOW - 1, NONE)))  # a short text is a window too
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: max(1, size - WINDOW + 1)]
    last = WINDOW - 1 - np.argmin(windows[:, ::-1], axis=1)
    chosen = np.unique(np.arange(len(windows)) + last)
    chosen = chosen[chosen < size]
    kept: NDArray[np.int64] = chosen[found[chosen] != NONE]
    return kept


def in_bodies(texts: Sequence[Compared], least: int) -> tuple[Grams, NDArray[np.int64]]:
    """Grams that stand in `least` bodies or more, sorted, and in how many.

    Reports whose body is not known are not counted. The grams of a large corpus are counted in
    several passes over it, each over those that end alike, so that memory stays bounded.
    """
    total = sum(len(each.symbols) for each in texts)
    passes = 1 + total // _AT_ONCE
    kept, counts = [], []
    for turn in range(passes):
        found, sizes = _counted(texts, passes, turn)
        kept.append(found[sizes >= least])
        counts.append(sizes[sizes >= least])
    every = np.concatenate(kept)
    order = np.argsort(every)
    return every[order], np.concatenate(counts)[order]


def look_up(found: Grams, known: Grams, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """What `counts` says of each gram that is `known` (sorted), 0 of any other."""
    if not len(known):
        return np.zeros(len(found), np.int64)
    place = np.minimum(np.searchsorted(known, found), len(known) - 1)
    told: NDArray[np.int64] = counts[place]
    told[known[place] != found] = 0
    return told


def _counted(texts: Sequence[Compared], passes: int, turn: int) -> tuple[Grams, NDArray[np.int64]]:
    """Grams of one pass with the number of bodies that have each."""
    bodies: dict[str, list[Grams]] = {}
    for each in texts:
        if each.body:
            found = grams(each.symbols)
            own = found[(found % np.uint64(passes) == turn) & (found != NONE)]
            bodies.setdefault(each.body, []).append(own)
    distinct = [np.unique(np.concatenate(own)) for own in bodies.values()]
    if not distinct:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    every, sizes = np.unique(np.concatenate(distinct), return_counts=True)
    return every, sizes.astype(np.int64)


def index(found: Grams) -> tuple[Grams, NDArray[np.int64]]:
    """Grams sorted, those over a break left out, and the place of each; of equals the first."""
    order = np.argsort(found, kind="stable")
    order = order[: np.searchsorted(found, NONE, sorter=order)]
    return found[order], order


def runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Spans of the places in a row that are true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
