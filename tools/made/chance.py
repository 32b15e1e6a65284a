"""Counts by chance: draws that give the same numbers on every machine."""

from __future__ import annotations

from math import exp, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_EXACT = 40


def poisson(rng: Random, mean: float) -> int:
    """A count of events that are expected `mean` times."""
    if mean > _EXACT:
        return max(0, round(rng.gauss(mean, sqrt(mean))))
    left, count = exp(-mean), 0
    product = rng.random()
    while product > left:
        product *= rng.random()
        count += 1
    return count


def binomial(rng: Random, n: int, share: float) -> int:
    """How many of `n` fall to a part that has this share."""
    if n <= _EXACT:
        return sum(rng.random() < share for _ in range(n))
    drawn = round(rng.gauss(n * share, sqrt(n * share * (1 - share))))
    return min(n, max(0, drawn))


def split(rng: Random, n: int, weights: Sequence[float]) -> list[int]:
    """`n` things among parts of these weights."""
    parts, left, rest = [], n, sum(weights)
    for weight in weights[:-1]:
        part = binomial(rng, left, weight / rest) if left and rest > 0 else 0
        parts.append(part)
        left, rest = left - part, rest - weight
    return [*parts, left]


def share(log_odds: float) -> float:
    """The share that has these log odds."""
    return 1 / (1 + exp(-log_odds))
