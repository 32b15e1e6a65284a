"""The rows that the reading of metrics rests on, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govtext.core import rules
from govtext.core.model import RuleError

_WORD = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `rules/metrics.csv` or `rules/metric_zeros.csv`.

    `topics` and `gates` are sets of names; `alone` is the metric that the statement is of where
    the report has no figure for `needs`.
    """

    name: str
    metric: str
    units: frozenset[str] | None
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    topics: frozenset[str]
    gates: tuple[str, ...]
    priority: int
    adds: bool
    value: float | None
    alone: str
    needs: str


@dataclass(frozen=True, slots=True)
class Context:
    """A row of `rules/metric_context.csv`: what makes a quantity no value of the year."""

    verdict: str
    pattern: re.Pattern[str]
    metrics: frozenset[str]


@cache
def numbers() -> tuple[Rule, ...]:
    """Rules for quantities, the most certain first."""
    return tuple(sorted(map(_rule, rules.load("metrics")), key=lambda rule: rule.priority))


@cache
def zeros() -> tuple[Rule, ...]:
    """Rules for statements of none; the group `none` of a pattern is the words that negate."""
    return tuple(map(_rule, rules.load("metric_zeros")))


@cache
def contexts() -> tuple[Context, ...]:
    """Contexts that reject or flag a quantity."""
    return tuple(
        Context(row["verdict"], _compile(row, "pattern"), frozenset(row["metrics"].split()))
        for row in rules.load("metric_context")
    )


@cache
def topics() -> re.Pattern[str]:
    """One expression for all topics; the name of the group is the topic."""
    rows = [f"(?P<{row['name']}>{_expand(row['pattern'])})" for row in _named("topic")]
    return re.compile("|".join(rows))


@cache
def topic_of_part() -> dict[str, str]:
    """Topic that a part of a report speaks of where the text names none."""
    return {part: row["name"] for row in _named("topic") for part in row["parts"].split()}


@cache
def gates() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Conditions on the neighbourhood: an expression, and parts that fulfil it by themselves."""
    return {
        row["name"]: (_compile(row, "pattern"), frozenset(row["parts"].split()))
        for row in _named("gate")
    }


@cache
def marks(kind: str) -> re.Pattern[str]:
    """Expression of the kind `clause`, `total`, `item` ... that the code itself asks for."""
    return re.compile("|".join(_expand(row["pattern"]) for row in _named(kind)))


@cache
def units_of_metrics() -> dict[str, str]:
    """Unit in which each metric of the codebook is stored."""
    return {row["id"]: row["unit"] for row in rules.load("codebook")}


@cache
def parted() -> frozenset[str]:
    """Metrics of which a report states one value for each of several bodies or accounts."""
    return frozenset(row["id"] for row in rules.load("codebook") if row["parted"] == "yes")


def _named(kind: str) -> list[rules.Row]:
    return [row for row in rules.load("metric_topics") if row["kind"] == kind]


def _rule(row: rules.Row) -> Rule:
    if row["metric"] not in units_of_metrics():
        raise RuleError(f"rule {row['rule']!r} is of {row['metric']!r}, which no codebook has")
    return Rule(
        row["rule"],
        row["metric"],
        _units(row["units"]),
        _compile(row, "pattern"),
        _compile(row, "unless") if row["unless"] else None,
        frozenset(row["topics"].split()),
        tuple(row["gates"].split()),
        int(row["priority"]),
        row["adds"] == "yes",
        float(row["value"]) if row["value"] else None,
        row["alone"],
        row["needs"],
    )


def _units(group: str) -> frozenset[str] | None:
    if not group:
        return None
    rows = {row["name"]: row["pattern"] for row in _named("units")}
    if group not in rows:
        raise RuleError(f"no group of units {group!r}; there are {', '.join(sorted(rows))}")
    return frozenset("" if unit == "none" else unit for unit in rows[group].split())


def _compile(row: rules.Row, column: str) -> re.Pattern[str]:
    return rules.pattern({**row, column: _expand(row[column])}, column)


def _expand(expression: str) -> str:
    """Expression with its <words> replaced by what `rules/metric_words.csv` says they mean."""
    for _ in range(4):
        if not _WORD.search(_without_groups(expression)):
            break
        expression = _WORD.sub(_word, expression)
    return expression


def _word(match: re.Match[str]) -> str:
    # (?P<none> and (?P<year> name groups; only what stands alone is a word.
    if match.string[max(0, match.start() - 2) : match.start()] == "?P":
        return match.group()
    words = _words()
    if match[1] not in words:
        raise RuleError(f"no word <{match[1]}> in rules/metric_words.csv")
    return words[match[1]]


def _without_groups(expression: str) -> str:
    return re.sub(r"\?P<[a-z_]+>", "", expression)


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["pattern"] for row in rules.load("metric_words")}
