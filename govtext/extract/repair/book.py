"""The rows that damaged type is judged by (`rules/repairs.csv`), compiled."""

from __future__ import annotations

import re
from functools import cache

from govtext.core import rules
from govtext.core.model import RuleError

_COUNTED = frozenset({"count", "event", "people", "amount", "rate"})


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """One expression for all rows of a kind."""
    rows = [rules.pattern(row).pattern for row in rules.load("repairs") if row["kind"] == kind]
    if not rows:
        raise RuleError(f"rules/repairs.csv has no row of kind {kind!r}")
    return re.compile("|".join(f"(?:{each})" for each in rows))


@cache
def words() -> re.Pattern[str]:
    """Words of the genre, the longest first."""
    short = [row["pattern"] for row in rules.load("repairs") if row["kind"] == "word"]
    found = {row["word"] for row in rules.load("terms")}.union(*(each.split("|") for each in short))
    return re.compile("|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word)))))


@cache
def unless() -> dict[str, re.Pattern[str] | None]:
    """Units that a count may have, each with what makes it another word; dates besides."""
    found: dict[str, re.Pattern[str] | None] = {
        row["unit"]: rules.pattern(row, "unless") if row["unless"] else None
        for row in rules.load("units")
        if row["kind"] in _COUNTED
    }
    return found


def is_prose(line: str) -> bool:
    """Whether a line holds a mark that no row of a table has, outside brackets."""
    return pattern("prose").search(re.sub(r"\([^()]{0,200}\)", "", line)) is not None
