"""Two texts -> the passages that they have in common: equal grams are seeds, and seeds are joined.

A stretch of equal symbols is a block. Blocks in the same order are one passage where no more than
`_GAP` symbols lie between them in either text, fewer than the block behind and than what is joined
already: a passage is never mostly gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from govtext.analyse.reuse.body import BREAK
from govtext.analyse.reuse.grams import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from govtext.analyse.reuse.body import Compared
    from govtext.analyse.reuse.grams import Grams

    Block = tuple[int, int, int]
    Index = tuple[Grams, NDArray[np.int64]]

_GAP = 20
_MOST_APART = 3
"""A gram for the fifth time in one text is set against its second to eighth time in the other."""
_MOST_BLOCKS = 20_000
"""Stretches that are looked at of a pair, the longest; two reports have some hundreds."""
_REACH = 20
"""Symbols by which the ends of a passage may reach over a change."""
_COST = 2
"""Equal symbols that a changed one costs at the ends of a passage."""


@dataclass(slots=True)
class Passage:
    """Symbols `a0` up to `a1` of one text that stand as `b0` up to `b1` in the other."""

    a0: int
    b0: int
    a1: int
    b1: int
    equal: int
    gaps: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def similarity(self) -> float:
        """Equal symbols of those in both: 2 M / (n + m)."""
        return 2 * self.equal / (self.a1 - self.a0 + self.b1 - self.b0)

    def row(self, a: NDArray[np.uint32], b: NDArray[np.uint32]) -> list[int]:
        """Its places and equal symbols, with those in the gaps."""
        common = sum(
            _common(a[a0:a1].tolist(), b[b0:b1].tolist())
            for a0, a1, b0, b1 in self.gaps
            if a0 < a1 and b0 < b1
        )
        return [self.a0, self.b0, self.a1, self.b1, self.equal + common]


def align(a: Compared, b: Compared, index_a: Index, index_b: Index, *, least: int) -> list[Passage]:
    """Passages that two texts have in common, by their place in the first.

    Parameters
    ----------
    a, b : Text
        The texts.
    index_a, index_b : tuple of array
        Their grams, as `grams.index` gives.
    least : int
        Fewest equal symbols of a passage.

    Notes
    -----
    Seed and extend: blocks are runs of equal grams on one diagonal of the two texts; they are
    joined in the order of their place; the ends reach on along the diagonal for as long as equal
    symbols outweigh changed ones two to one. Equal symbols in the gaps are counted by their longest
    common subsequence. Two stretches of text are listed twice only where each is in another place.
    """
    blocks = _blocks(index_a, index_b)
    alone = _alone(blocks)
    chained = _chained(blocks[~alone].tolist(), a.symbols, b.symbols)
    # Most blocks of two reports stand alone and are short: they are never made passages.
    begun, rest = blocks[alone], [each.row(a.symbols, b.symbols) for each in chained]
    starts, lengths = begun[:, :2], begun[:, 2:]
    rows = np.hstack([starts, starts + lengths, lengths])
    rows = np.concatenate([rows, np.array(rest, np.int64).reshape(-1, 5)])
    found = _reaching(rows, a.symbols, b.symbols)
    long = (Passage(*row) for row in found[found[:, 4] >= least].tolist())
    kept = _apart(long, len(a.symbols), len(b.symbols))
    return sorted(kept, key=lambda each: (each.a0, each.b0))


def _chained(blocks: list[Block], a: NDArray[np.uint32], b: NDArray[np.uint32]) -> list[Passage]:
    """Blocks joined to passages, each to the nearest that it follows."""
    breaks_a, breaks_b = np.cumsum(a == BREAK), np.cumsum(b == BREAK)
    found: list[Passage] = []
    running: list[Passage] = []
    for block in blocks:
        running = [each for each in running if _near(each, block)]
        best = min(
            (each for each in running if _joins(each, block, breaks_a, breaks_b)),
            key=lambda each: abs(block[0] - each.a1) + abs(block[1] - each.b1),
            default=None,
        )
        if best is not None:
            _join(best, block)
        else:
            i, j, length = block
            found.append(Passage(i, j, i + length, j + length, length))
            running.append(found[-1])
    return found


def _blocks(index_a: Index, index_b: Index) -> NDArray[np.int64]:
    """Longest stretches of equal symbols of at least `SIZE`: place in a, in b, and length.

    A row each, in the order of their places.
    """
    ordered_a, places_a = index_a
    ordered_b, places_b = index_b
    if not len(ordered_b):
        return np.empty((0, 3), np.int64)
    low = np.searchsorted(ordered_b, ordered_a, "left")
    shared = np.flatnonzero(ordered_b[np.minimum(low, len(ordered_b) - 1)] == ordered_a)
    own, low, places = ordered_a[shared], low[shared], places_a[shared]
    high = np.searchsorted(ordered_b, own, "right")
    turn = low + np.arange(len(own)) - np.searchsorted(own, own, "left")
    firsts, seconds = [], []
    for shift in range(-_MOST_APART, _MOST_APART + 1):
        at = np.flatnonzero((low <= turn + shift) & (turn + shift < high))
        firsts.append(places[at])
        seconds.append(places_b[turn[at] + shift])
    i, j = np.concatenate(firsts), np.concatenate(seconds)
    if not len(i):
        return np.empty((0, 3), np.int64)
    sort = np.lexsort((i, j - i))
    i, j = i[sort], j[sort]
    begins = np.flatnonzero(np.concatenate(([True], (np.diff(i) != 1) | (np.diff(j) != 1))))
    lengths = np.diff(np.concatenate((begins, [len(i)]))) + SIZE - 1
    longest = np.argsort(-lengths, kind="stable")[:_MOST_BLOCKS]
    i, j, lengths = i[begins[longest]], j[begins[longest]], lengths[longest]
    return np.stack([i, j, lengths], axis=1)[np.lexsort((lengths, j, i, i + j))]


def _alone(blocks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True for the blocks that can be joined to no other, as `_joins` would."""
    i, j, length = blocks.T
    ends = blocks[:, :2] + blocks[:, 2:]
    last = np.searchsorted(i + j, ends.sum(axis=1) + 2 * _GAP, "right")
    own = np.arange(len(blocks))
    behind = np.maximum(last - own - 1, 0)
    first = np.repeat(own, behind)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(behind) - behind, behind)
    far_a, far_b = i[second] - ends[first, 0], j[second] - ends[first, 1]
    over = np.maximum(0, np.maximum(-far_a, -far_b))
    gap, left = np.maximum(far_a, far_b) + over, length[second] - over
    joins = (left > 0) & (gap <= np.minimum(_GAP, left))
    alone = np.ones(len(blocks), np.bool_)
    alone[first[joins]] = alone[second[joins]] = False
    return alone


def _near(each: Passage, block: Block) -> bool:
    """True if a block, or one behind it, may still be joined to a passage."""
    return block[0] + block[1] <= each.a1 + each.b1 + 2 * _GAP


def _joins(
    each: Passage, block: Block, breaks_a: NDArray[np.int64], breaks_b: NDArray[np.int64]
) -> bool:
    """True if a block follows a passage closely enough, with nothing left out between."""
    i, j, length = _trimmed(each, block)
    gap = max(i - each.a1, j - each.b1)
    if length <= 0 or gap > min(_GAP, length, each.equal):
        return False
    return bool(breaks_a[i] == breaks_a[each.a1 - 1] and breaks_b[j] == breaks_b[each.b1 - 1])


def _trimmed(each: Passage, block: Block) -> Block:
    """What of a block lies behind a passage in both texts."""
    i, j, length = block
    over = max(0, each.a1 - i, each.b1 - j)
    return i + over, j + over, length - over


def _join(each: Passage, block: Block) -> None:
    i, j, length = _trimmed(each, block)
    each.gaps.append((each.a1, i, each.b1, j))
    each.a1, each.b1, each.equal = i + length, j + length, each.equal + length


def _reaching(
    rows: NDArray[np.int64], a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """Passages, a row each, that reach on at both ends."""
    a0, b0, a1, b1, equal = rows.T
    # What lies beyond a text equals nothing, as what was left out of it.
    beyond = np.full(_REACH, BREAK, np.uint32)
    a, b = (np.concatenate((beyond, symbols, beyond)) for symbols in (a, b))
    after, more = _reach(a, b, a1, b1, 1)
    before, further = _reach(a, b, a0 - 1, b0 - 1, -1)
    found = [a0 - before, b0 - before, a1 + after, b1 + after, equal + more + further]
    return np.stack(found, axis=1)


def _reach(
    a: NDArray[np.uint32],
    b: NDArray[np.uint32],
    at_a: NDArray[np.int64],
    at_b: NDArray[np.int64],
    step: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Symbols that passages go on for from some places, and how many of them are equal.

    The texts begin and end with `_REACH` breaks, which the places do not count.
    """
    ways = _REACH + step * np.arange(_REACH)
    one, other = a[at_a[:, None] + ways], b[at_b[:, None] + ways]
    equal = one == other
    closed = np.logical_or.accumulate((one == BREAK) | (other == BREAK), axis=1)
    gain = np.where(equal, 1, -_COST)
    gain[closed] = -_REACH
    score = np.cumsum(gain, axis=1)
    best = np.argmax(score, axis=1)
    row = np.arange(len(score))
    reached = score[row, best] > 0
    steps = np.where(reached, best + 1, 0)
    return steps, np.where(reached, np.cumsum(equal, axis=1)[row, best], 0)


def _common(a: list[int], b: list[int]) -> int:
    """Length of the longest common subsequence of two short lists."""
    row = [0] * (len(b) + 1)
    for one in a:
        before = 0
        for at, other in enumerate(b, start=1):
            kept = row[at]
            row[at] = before + 1 if one == other else max(kept, row[at - 1])
            before = kept
    return row[-1]


def _apart(found: Iterable[Passage], size_a: int, size_b: int) -> Iterator[Passage]:
    """Passages that are not mostly within longer ones in both texts."""
    covered_a, covered_b = np.zeros(size_a, np.bool_), np.zeros(size_b, np.bool_)
    for each in sorted(found, key=lambda one: (-one.equal, one.a0 + one.b0, one.a0)):
        own, other = covered_a[each.a0 : each.a1], covered_b[each.b0 : each.b1]
        if own.mean() <= 0.5 or other.mean() <= 0.5:
            own[:], other[:] = True, True
            yield each
