"""How far a printed number may lie from the true one: rounding, 余, 近, bounds."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from govtext.core.text import PLACES
from govtext.extract.audit.vocabulary import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.extract.audit.mentions import Mention

Interval = tuple[float, float]
_DECIMALS = re.compile(r"[.·]([0-9]{1,8})")


def step(text: str) -> float:
    """Worth of the last printed digit: 14万 is printed to 10,000, 56.7% to 0.1."""
    if not any(mark.isascii() and mark.isdigit() for mark in text):
        return 1.0
    decimals = _DECIMALS.search(text)
    size = next((worth for mark, worth in PLACES.items() if worth > 10 and mark in text), 1)
    return float(Decimal(size) / 10 ** len(decimals[1]) if decimals else Decimal(size))


def interval(mention: Mention, *, wide: bool = False) -> Interval:
    """Values that the printed number of a mention allows; see `allowed`."""
    quantity = mention.quantity
    below = bool(word("below").search(mention.label))
    return allowed(mention.value, quantity.qualifier, quantity.text, below=below, wide=wide)


def allowed(
    value: float, qualifier: str, text: str, *, below: bool = False, wide: bool = False
) -> Interval:
    """Values that a printed number allows.

    Parameters
    ----------
    value : float
        What it says.
    qualifier : {"exact", "approx", "at_least", "at_most"}
        How it says it.
    text : str
        The number as printed.
    below : bool, default False
        True where it stands behind 近 and its like.
    wide : bool, default False
        False reads 600余 as 600 to 700 and 约600 as 500 to 700, for what holds; True as 600 or more
        and 400 to 800, and a rounded number to a whole unit of its last digit, for what is broken.
    """
    if qualifier == "at_least":
        return value, math.inf
    if qualifier == "at_most":
        return -math.inf, value
    if qualifier == "approx":
        place = _place(value) * (1 + wide)
        if word("more").search(text):
            return value, math.inf if wide else value + place
        return value - place, value if below else value + place
    rounded = step(text) * (1 + wide) / 2 if step(text) != 1 else 0.0
    return value - rounded, value + rounded


def decimal(value: float) -> Decimal:
    """A number by its printed digits, so that 1.1 and 2.2 make 3.3."""
    return Decimal(str(value))


def sum_of(parts: Iterable[float]) -> float:
    """Sum of numbers by their printed digits; of bounds that are open, open."""
    return float(sum(map(decimal, parts), Decimal()))


def total(parts: list[Interval]) -> Interval:
    """Interval of a sum."""
    return sum_of(low for low, _ in parts), sum_of(high for _, high in parts)


def meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a value in common; two open ones (余, 近) more than an edge."""
    if one[0] < one[1] and other[0] < other[1]:
        return one[0] < other[1] and other[0] < one[1]
    slack = 1e-9 * max(1.0, abs(one[0]), abs(other[0])) if math.isfinite(one[0]) else 0.0
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _place(value: float) -> float:
    """Worth of the last digit that is not zero: 100 for 600, 10,000 for 140,000."""
    whole = int(abs(value))
    if whole == 0:
        return 1.0
    digits = str(whole)
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))
