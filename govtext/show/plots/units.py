"""What the values of a figure are counted in, in the language chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd


def unit_of(units: pd.Series[Any]) -> str:
    """Name of the one unit of some values; empty where they have none, or several."""
    found = {unit for unit in units if isinstance(unit, str) and unit}
    labels = {row["key"] for row in rules.load("labels")}
    if len(found) != 1:
        return ""
    (unit,) = found
    return translate(f"unit.{unit}") if f"unit.{unit}" in labels else unit
