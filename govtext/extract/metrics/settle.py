"""What follows once all is found: received or accepted, parts, restatements, damaged shares."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.model import is_own
from govtext.extract.metrics.lexicon import metric_rules, parted, words
from govtext.extract.metrics.tokens import years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Observation, Quantity

_HEAD = 600
_REACH = 120
_COUNTS = 6


def report_year(folded: str) -> int | None:
    """Year reported on: the one in the title, else the one named most often; None if unsure."""
    for pattern in _titles():
        match = pattern.search(folded, 0, _HEAD)
        named = [year for year, _, _ in years(match.group())] if match else []
        if named:
            return named[0]
    counted = Counter(year for year, _, _ in years(folded)).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    found = (row for row in rules.load("frame_patterns") if row["name"] == "report_title")
    return tuple(rules.pattern(row) for row in found)


def settle(
    found: Sequence[Observation], folded: str, quantities: Sequence[Quantity]
) -> tuple[Observation, ...]:
    """Observations with the metrics that depend on others, evidence for repairs, and flags."""
    settled = [_checked_share(each, folded, quantities) for each in _alone(found)]
    return tuple(_said_again(settled))


def _alone(found: Sequence[Observation]) -> list[Observation]:
    """Where a report gives no figure of its own for what a row needs, it means another metric.

    A row with `drop` only says again what another says: it is no figure of its own.
    """
    rows = metric_rules()
    stated = {each.metric for each in found if is_own(each.flags)}
    first = {each.metric for each in found if is_own(each.flags) and not rows[each.rule].drop}
    result = []
    for each in found:
        row = rows[each.rule]
        if row.drop and row.needs in first:
            continue
        if not row.needs or row.needs in stated:
            result.append(each)
        elif row.alone:
            result.append(replace(each, metric=row.alone))
    return result


def _checked_share(each: Observation, folded: str, quantities: Sequence[Quantity]) -> Observation:
    """Share with a damaged mark, held against the part and the whole that stand before it."""
    if each.unit != "percent" or not (each.value is None or "repaired" in each.flags):
        return each
    place = bisect_left(quantities, each.start, key=lambda quantity: quantity.start)
    counts = [
        quantity.value
        for quantity in quantities[max(0, place - _COUNTS) : place]
        if quantity.value and quantity.unit != "%" and _same_sentence(folded, quantity.end, each)
    ][-2:]
    if len(counts) < 2:
        return each
    digits = re.split(r"[^0-9]{1,3}", folded[each.start : each.end].rstrip("% "))
    share = 100 * min(counts) / max(counts)
    if len(digits) == 2 and all(digits):
        decimal = float(".".join(digits))
        if abs(decimal - share) <= 0.51 * 10 ** -len(digits[1]):
            return replace(each, value=decimal, status="number", flags=_with(each, "repaired"))
    return replace(each, value=None, status="na", flags=_without(each, "repaired"))


def _same_sentence(folded: str, end: int, each: Observation) -> bool:
    between = folded[end : each.start]
    return len(between) < _REACH and not any(mark in between for mark in words("stop"))


def _said_again(found: Sequence[Observation]) -> list[Observation]:
    """Flag what a report states more than once: `restated`, `conflict`, or `component`."""
    groups: dict[str, list[Observation]] = {}
    for each in found:
        if is_own(each.flags) and "component" not in each.flags and each.value is not None:
            groups.setdefault(each.metric, []).append(each)
    flags = {}
    for metric, group in groups.items():
        apart = "component" if metric in parted() else "conflict"
        agree = _agreeing(group)
        for each in group[: len(group) if len(group) > 1 else 0]:
            flags[id(each)] = "restated" if each.value in agree else apart
    return [
        replace(each, flags=_with(each, flags[id(each)])) if id(each) in flags else each
        for each in found
    ]


def _agreeing(group: Sequence[Observation]) -> set[float]:
    """Values stated twice, and bounds with the larger value that they can be of.

    A lower or rough bound (1万余) agrees with the next value up to its double.
    """
    stated = Counter(each.value or 0.0 for each in group)
    agree = {value for value, times in stated.items() if times > 1}
    values = sorted(stated)
    for each in group:
        if each.qualifier not in {"approx", "at_least"}:
            continue
        low = each.value or 0.0
        above = bisect_right(values, low)
        if above < len(values) and values[above] <= 2 * low:
            agree |= {low, values[above]}
    return agree


def _with(each: Observation, flag: str) -> str:
    return ";".join(dict.fromkeys(filter(None, [*each.flags.split(";"), flag])))


def _without(each: Observation, flag: str) -> str:
    return ";".join(name for name in each.flags.split(";") if name != flag)
