"""Units of the cells of a table, and the value of a cell in the unit of the codebook."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from govtext.core import rules
from govtext.core.text import SIZES

_COUNTED = frozenset({"count", "event", "people", "amount"})
_YUAN = rules.one_of("label_marks", "yuan")


def stored(name: str, value: float | None, unit: str) -> float | None:
    """Value in the unit of the codebook; None where money has no unit and is not 0.

    Parameters
    ----------
    name : str
        Metric of the codebook.
    value : float or None
        The number of the cell.
    unit : str
        Its unit as printed (万元, 件); empty if none is.
    """
    if value is None:
        return None
    _, factor = units().get(unit, ("", 1))
    if unit_of(name) == "yuan":
        return float(Decimal(str(value)) * factor) if is_money(unit) or not value else None
    return float(Decimal(str(value)) * factor)


@cache
def units() -> dict[str, tuple[str, int]]:
    """Base unit and factor of each unit that may stand in a cell, also with 千, 万, 百万 or 亿."""
    return {
        size + row["unit"]: (row["base"], int(row["factor"]) * worth)
        for size, worth in {"": 1, **SIZES}.items()
        for row in rules.load("units")
        if row["kind"] in _COUNTED
    }


def unit_of(name: str) -> str:
    """Unit in which the codebook stores a metric; empty for none."""
    return codebook().get(name, "")


def is_money(unit: str) -> bool:
    """Whether a printed unit is one of money: 元, 万元."""
    return re.fullmatch(_YUAN, units().get(unit, ("", 1))[0]) is not None


@rules.cached
def codebook() -> dict[str, str]:
    """Unit of each metric of the codebook."""
    return {row["id"]: row["unit"] for row in rules.load("codebook")}
