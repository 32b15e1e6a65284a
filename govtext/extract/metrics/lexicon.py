"""The rows that reading by frames rests on, compiled: terms, metrics, words, groups of units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from govtext.core import rules
from govtext.core.codebook import unit_of_metric
from govtext.core.rules import RuleError
from govtext.core.text import fold

Fills = Mapping[str, str]
"""What a term fills, by slot."""
SLOTS = ("act", "channel", "outcome", "by")
"""Slots of a frame beside the thing, in the order of the columns of `rules/frame_metrics.csv`."""
_ALWAYS = 9999


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms that one pass over a text finds, the longest where several begin at one place.

    `denying` are the numbers of those that deny, `spoken` of those that later numbers can be of;
    `own` are the terms that a scholar added.
    """

    automaton: ahocorasick_rs.AhoCorasick
    fills: tuple[Fills, ...]
    terms: tuple[str, ...]
    denying: frozenset[int]
    spoken: frozenset[int]
    own: frozenset[str]

    def find(self, folded: str) -> list[tuple[int, int, int]]:
        """Number of the term, start and exclusive end of each hit, in order."""
        hits: list[tuple[int, int, int]] = self.automaton.find_matches_as_indexes(folded.lower())
        return hits


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of `rules/frame_metrics.csv`: what a frame must hold to be this metric.

    `slots` has for each of `SLOTS` the values allowed, "" for an empty slot, or None for any.
    """

    rule: str
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


@rules.cached
def lexicon() -> Lexicon:
    """Terms of `rules/frame_terms.csv`.

    Raises
    ------
    RuleError
        If a term stands there twice.
    """
    rows = rules.load("frame_terms")
    terms = tuple(fold(row["term"]).lower() for row in rows)
    if len(set(terms)) < len(terms):
        twice = next(term for term in terms if terms.count(term) > 1)
        raise RuleError(f"rules/frame_terms.csv has the term {twice!r} twice; one row fills both")
    fills = tuple(_pairs(row["fills"]) for row in rows)
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    denying = {n for n, fill in enumerate(fills) if "negation" in fill or "none" in fill}
    spoken = {n for n, fill in enumerate(fills) if "thing" in fill or "channel" in fill}
    automaton = ahocorasick_rs.AhoCorasick(terms, matchkind=longest)
    mine = rules.own()
    added = () if mine is None else mine.tables.get("frame_terms", ())
    own = frozenset(fold(row["term"]).lower() for row in added)
    return Lexicon(automaton, fills, terms, frozenset(denying), frozenset(spoken), own)


@cache
def words(name: str) -> frozenset[str]:
    """Words of a list in `rules/frame_words.csv`."""
    found = {row["name"]: row["words"] for row in rules.load("frame_words")}
    if name not in found:
        raise RuleError(f"no list {name!r} in rules/frame_words.csv; there are {', '.join(found)}")
    return frozenset(fold(found[name]).split())


@rules.cached
def units(group: str) -> frozenset[str]:
    """Units of a group in `rules/unit_groups.csv`; ``none`` is a number without one."""
    found = {row["group"]: row["units"] for row in rules.load("unit_groups")}
    if group not in found:
        raise RuleError(f"no group of units {group!r}; there are {', '.join(sorted(found))}")
    return frozenset("" if unit == "none" else unit for unit in found[group].split())


@rules.cached
def metrics() -> Mapping[str, tuple[Metric, ...]]:
    """Rows of metrics by the thing that they are of, "" for those of no thing named."""
    found: dict[str, list[Metric]] = {}
    for row in rules.load("frame_metrics"):
        metric = _metric(row)
        for thing in row["thing"].split("|"):
            found.setdefault("" if thing == "-" else thing, []).append(metric)
    return {thing: tuple(rows) for thing, rows in found.items()}


@rules.cached
def metric_rules() -> Mapping[str, Metric]:
    """Rows of metrics by the name of the row."""
    return {row.rule: row for rows in metrics().values() for row in rows}


@rules.cached
def units_of_thing() -> Mapping[str, frozenset[str]]:
    """Units that a thing is counted in: those of its metrics, or of a look-alike."""
    found: dict[str, frozenset[str]] = {}
    for thing, rows in metrics().items():
        found[thing] = frozenset().union(*(row.units for row in rows))
    for row in rules.load("unit_groups"):
        if row["group"].startswith("look_"):
            found.setdefault(row["group"].removeprefix("look_"), units(row["group"]))
    found["rate"] |= units("rate")
    return found


def fits(thing: str, unit: str) -> bool:
    """True if a thing can be counted in a unit; one that no row knows, in any."""
    known = units_of_thing().get(thing)
    return known is None or unit in known


@rules.cached
def parted() -> frozenset[str]:
    """Metrics of which a report states one value for each of several bodies or accounts."""
    return frozenset(row["id"] for row in rules.load("codebook") if row["parted"] == "yes")


def _metric(row: rules.Row) -> Metric:
    if row["metric"] not in unit_of_metric():
        raise RuleError(f"rule {row['rule']!r} is of {row['metric']!r}, which no codebook has")
    return Metric(
        rule=row["rule"],
        metric=row["metric"],
        slots=tuple(_values(row[slot]) for slot in SLOTS),
        of=row["of"],
        units=units(row["units"]),
        about=row["about"] == "yes",
        carried=row["carried"],
        needs=row["needs"],
        alone=row["alone"],
        drop=row["drop"] == "yes",
        since=int(row["since"] or 0),
        until=int(row["until"] or _ALWAYS),
    )


def _values(cell: str) -> frozenset[str] | None:
    if cell == "*":
        return None
    return frozenset("" if value == "-" else value for value in cell.split("|"))


def _pairs(cell: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in cell.split())
    return {slot: value for slot, _, value in pairs}
