"""The rule rows of the audit, compiled."""

from __future__ import annotations

import re
from functools import cache

from govtext.core import rules
from govtext.core.rules import RuleError

_LEAST_OUTCOMES = 3
_MOST_OUTCOMES = 0.8


@cache
def word(*kinds: str) -> re.Pattern[str]:
    """Expression that matches what any row of these kinds of `rules/audit_words.csv` matches.

    Raises
    ------
    RuleError
        If no row is of one of the kinds.
    """
    return re.compile("|".join(rules.one_of("audit_words", kind) for kind in kinds))


@cache
def unit_of(unit: str) -> str:
    """Unit that counts the same as another: 人 for 名 and 位; else the unit itself."""
    rows = (row for row in rules.load("audit_words") if row["kind"] == "unit")
    return next((row["group"] for row in rows if rules.pattern(row).fullmatch(unit)), unit)


@cache
def closed_sets() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Sets of categories that leave nothing out and do not overlap, by name."""
    sets: dict[str, tuple[re.Pattern[str], ...]] = {}
    for row in rules.load("audit_words"):
        if row["kind"] == "set":
            sets[row["group"]] = (*sets.get(row["group"], ()), rules.pattern(row))
    return sets


@cache
def closed_sets_of() -> dict[str, re.Pattern[str]]:
    """What the total of each closed set speaks of: 申请 for the channels of requests."""
    rows = [row for row in rules.load("audit_words") if row["kind"] == "set_of"]
    return {row["group"]: rules.pattern(row) for row in rows}


def members(name: str, labels: list[str]) -> list[int]:
    """Which member of a closed set each label names; -1 for none."""
    return [
        next((at for at, known in enumerate(closed_sets()[name]) if known.search(label)), -1)
        for label in labels
    ]


def are_outcomes(labels: list[str]) -> bool:
    """Whether most labels name outcomes of requests, and at least three different ones."""
    named = [each for each in members("outcome", labels) if each >= 0]
    return len(set(named)) >= _LEAST_OUTCOMES and len(named) >= _MOST_OUTCOMES * len(labels)


@cache
def identity(name: str) -> rules.Row:
    """Row of `rules/identities.csv`.

    Raises
    ------
    RuleError
        If there is no such row.
    """
    for row in rules.load("identities"):
        if row["id"] == name:
            return row
    raise RuleError(f"rules/identities.csv has no identity {name!r}")
