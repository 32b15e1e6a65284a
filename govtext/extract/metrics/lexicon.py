"""The rows that reading by frames rests on: terms, metrics, things, compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from govtext.core import rules
from govtext.core.model import RuleError
from govtext.core.text import fold

Fills = Mapping[str, str]
SLOTS = ("thing", "act", "channel", "outcome", "by")


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of `rules/frame_metrics.csv`: what a frame must hold to be this metric."""

    row: int
    metric: str
    slots: tuple[frozenset[str] | None, ...]
    of: str
    units: frozenset[str]
    about: bool
    carried: str
    needs: str
    alone: str
    drop: bool
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms found in one pass, and what each fills."""

    automaton: ahocorasick_rs.AhoCorasick
    fills: tuple[Fills, ...]
    terms: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    rows = rules.load("frame_terms")
    terms = tuple(fold(row["term"]).lower() for row in rows)
    fills = tuple(dict(pair.split("=", 1) for pair in row["fills"].split()) for row in rows)
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return Lexicon(ahocorasick_rs.AhoCorasick(terms, matchkind=kind), fills, terms)


@cache
def units(group: str) -> frozenset[str]:
    for row in rules.load("metric_topics"):
        if row["kind"] == "units" and row["name"] == group:
            return frozenset("" if unit == "none" else unit for unit in row["pattern"].split())
    raise RuleError(f"no group of units {group!r}")


@cache
def metrics() -> Mapping[str, tuple[Metric, ...]]:
    """Rows by the thing that they need; `-` for those that may stand without."""
    found: dict[str, list[Metric]] = {}
    for number, row in enumerate(rules.load("frame_metrics"), start=2):
        slots = tuple(_values(row[slot]) for slot in SLOTS)
        metric = Metric(
            number, row["metric"], slots, row["of"], units(row["units"]), row["about"] == "yes",
            row["carried"], row["needs"], row["alone"], row["drop"] == "yes",
            int(row["since"] or 0), int(row["until"] or 9999),
        )
        for thing in row["thing"].split("|"):
            found.setdefault(thing, []).append(metric)
    return {thing: tuple(rows_) for thing, rows_ in found.items()}


@cache
def units_of_thing() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for thing, rows_ in metrics().items():
        for row in rows_:
            found.setdefault(thing, set()).update(row.units)
    return {thing: frozenset(names) for thing, names in found.items()}


def _values(cell: str) -> frozenset[str] | None:
    """Values that a slot may have; None for any; `-` is an empty slot."""
    if cell == "*":
        return None
    return frozenset("" if value == "-" else value for value in cell.split("|"))
