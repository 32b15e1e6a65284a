"""A filled form: its numbers, and how the body prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.forms import labels

MYRIAD = 10_000

Key = tuple[str, str]
Number = int | Decimal


@dataclass(frozen=True)
class Report:
    """A filled form: `numbers` by metric and applicant, money in 万元, and how they are printed."""

    form: str
    year: int
    numbers: Mapping[Key, Number]
    zero: str = "0"
    thousands: bool = False
    signs: str = "+-"
    cumulative: bool = False

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What hypothesis prints where a test fails: short enough to be read."""
        numbers = {key: number for key, number in self.numbers.items() if number}
        how = f"zero={self.zero!r}, thousands={self.thousands}, signs={self.signs!r}"
        printer.text(f"Report({self.form!r}, {self.year}, {numbers}, {how}, {self.cumulative})")

    def text(self, metric: str, applicant: str = "") -> str:
        """What a cell prints."""
        number = self.numbers[metric, applicant]
        if not number:
            return self.zero
        shown = f"{abs(number):,}" if self.thousands else str(abs(number))
        if metric.endswith("_change"):
            return self.signs[number < 0] + shown
        return f"{shown}万元" if metric == "procurement_amount" else shown

    def cells(self) -> dict[Key, tuple[str, float | None]]:
        """Status and value, money in yuan, of every cell that has a metric."""
        return {key: self._said(key[0], number) for key, number in self.numbers.items()}

    def _said(self, metric: str, number: Number) -> tuple[str, float | None]:
        if not number and self.zero != "0":
            return ("na" if self.zero else "blank"), None
        return "number", float(number * (MYRIAD if metric in labels.MONEY else 1))
