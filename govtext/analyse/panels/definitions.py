"""What is counted under one name in one year: rows of the crosswalk, the codebook, the rates.

Rows that name the form of a report are taken before those of the report year: a body that kept its
old table for a year is read by that table's definition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TERM = re.compile(r"([+-]?) ?((?:[a-z]{1,12}:)?[a-z_]{1,60})")


@dataclass(frozen=True, slots=True)
class Definition:
    """Metrics that make a value, and how far it may be compared with that of other definitions.

    `operation` is ``same``, ``sum_of`` or ``none``: nothing comparable can be made of the metrics.
    `version` counts the breaks of a single metric before the year.
    """

    metrics: tuple[str, ...]
    operation: str = "same"
    comparable: str = "yes"
    caveat: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A metric of a formula, added or taken off; `year` is ``before`` or, for its own, empty."""

    metric: str
    sign: int
    year: str


def series_ids() -> tuple[str, ...]:
    """Series of the crosswalk, in its order."""
    return tuple(dict.fromkeys(row["series"] for row in rules.load("crosswalk")))


def metric_ids() -> tuple[str, ...]:
    """Metrics of the codebook, in its order."""
    return tuple(_codebook())


def needed(what: str) -> set[str]:
    """Metrics that a series, or a metric, may be made of."""
    rows = (row for row in rules.load("crosswalk") if row["series"] == what)
    return {row["metric"] for row in rows} or {what}


@rules.cached
def of_series(series: str, form: str | None, year: int | None) -> tuple[Definition, ...]:
    """What a series is made of in a report, the usable ones first; none where no form holds it."""
    rows = [row for row in rules.load("crosswalk") if row["series"] == series]
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for row in applicable(rows, form, year):
        kind = row["form"], row["operation"], row["comparable"], row["caveat"]
        found.setdefault(kind, []).append(row["metric"])
    made = [
        Definition(tuple(metrics), operation, comparable, caveat)
        for (_, operation, comparable, caveat), metrics in found.items()
    ]
    return tuple(sorted(made, key=lambda each: each.operation == "none"))


@rules.cached
def of_metric(metric: str, year: int | None) -> tuple[Definition, ...]:
    """A single metric, which breaks where the codebook says that the forms changed it."""
    marks = _codebook()[metric]["comparability"]
    breaks = [int(mark.removeprefix("break_")) for mark in marks.split(";") if mark != "stable"]
    if not breaks:
        return (Definition((metric,)),)
    caveat = f"The forms changed it in {' and '.join(map(str, breaks))}; see the crosswalk."
    if year is None:
        caveat = f"{caveat} The year of the report is not known."
        return (Definition((metric,), comparable="no", caveat=caveat, version=-1),)
    passed = sum(year >= each for each in breaks)
    return (Definition((metric,), comparable="with_care", caveat=caveat, version=passed),)


def applicable(rows: Iterable[rules.Row], form: str | None, year: int | None) -> list[rules.Row]:
    """Rows of a report's form, else those whose period holds its year."""
    rows = list(rows)
    named = [row for row in rows if row["form"] == form]
    return named or [row for row in rows if year is not None and _holds(row["period"], year)]


@cache
def terms(formula: str) -> tuple[Term, ...]:
    """Terms of a formula such as ``before:rules_in_force + rules_issued - rules_repealed``."""
    found = []
    for match in _TERM.finditer(formula.replace("  ", " ")):
        year, _, metric = match[2].rpartition(":")
        found.append(Term(metric, -1 if match[1] == "-" else 1, year))
    return tuple(found)


def label(metric: str, language: str = "zh") -> str:
    """Name of a metric in the codebook."""
    return _codebook()[metric][language]


def added(values: Sequence[float], formula: Sequence[Term]) -> float:
    """Value of a formula; decimals are rounded where floating point would leave dust."""
    return round(sum(term.sign * value for term, value in zip(formula, values, strict=True)), 6)


def _holds(period: str, year: int) -> bool:
    first, _, last = period.partition("-")
    return int(first) <= year <= int(last or year)


@rules.cached
def _codebook() -> dict[str, rules.Row]:
    return {row["id"]: row for row in rules.load("codebook")}
