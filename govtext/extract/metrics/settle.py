"""What follows once all is found: received or accepted, parts, restatements, damaged shares."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.core.text import chinese_number
from govtext.extract.metrics import book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Observation, Quantity
    from govtext.extract.metrics.views import Text

_HEAD = 600
_ZERO = "〇○零"
_YEAR = re.compile(
    rf"(?<![0-9])(20[0-9]{{2}}) ?年|(二[{_ZERO}][{_ZERO}一二][{_ZERO}一二三四五六七八九]) ?年"
)
_OWN = re.compile(r"prior_year|cumulative|target|other_body")


def report_year(text: Text) -> int | None:
    """Year reported on: the one in the title, else the one named most often; None if unsure."""
    match = book.marks("report_title").search(text.folded[:_HEAD])
    if match and (years := _years(match.group())):
        return years[0]
    counted = Counter(_years(text.folded)).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _years(text: str) -> list[int]:
    found = (int(m[1]) if m[1] else chinese_number(m[2]) for m in _YEAR.finditer(text))
    return [year for year in found if year and 2000 <= year < 2100]


def settle(
    found: Sequence[Observation], text: Text, quantities: Sequence[Quantity]
) -> tuple[Observation, ...]:
    """Observations with the metrics that depend on others, evidence for repairs, and flags."""
    settled = [_checked_share(each, text, quantities) for each in _alone(found)]
    return tuple(_said_again(settled))


def _alone(found: Sequence[Observation]) -> list[Observation]:
    """Where a report gives no figure of its own for what a rule needs, it means another metric.

    A rule that needs its own metric only says again what was said: it is no figure of its own.
    """
    rules = {rule.name: rule for rule in book.numbers()}
    again = {rule.name for rule in book.numbers() if rule.needs == rule.metric}
    own = {each.metric for each in found if not _OWN.search(each.flags) and each.rule not in again}
    result = []
    for each in found:
        rule = rules.get(each.rule)
        if rule and rule.needs and rule.needs not in own:
            if rule.alone:
                result.append(replace(each, metric=rule.alone))
            continue
        result.append(each)
    return result


def _checked_share(each: Observation, text: Text, quantities: Sequence[Quantity]) -> Observation:
    """Share with a damaged mark, held against the part and the whole that stand before it."""
    if each.unit != "percent" or not (each.value is None or "repaired" in each.flags):
        return each
    place = bisect_left(quantities, each.start, key=lambda quantity: quantity.start)
    counts = [
        quantity.value
        for quantity in quantities[max(0, place - 6) : place]
        if quantity.value and quantity.unit != "%" and _same_sentence(text, quantity.end, each)
    ][-2:]
    if len(counts) < 2:
        return each
    digits = re.split(r"[^0-9]{1,3}", text.folded[each.start : each.end].rstrip("% "))
    share = 100 * min(counts) / max(counts)
    if len(digits) == 2 and all(digits):
        decimal = float(".".join(digits))
        if abs(decimal - share) <= 0.51 * 10 ** -len(digits[1]):
            return replace(each, value=decimal, status="number", flags=_with(each, "repaired"))
    return replace(each, value=None, status="na", flags=_without(each, "repaired"))


def _same_sentence(text: Text, end: int, each: Observation) -> bool:
    between = text.folded[end : each.start]
    return len(between) < 120 and not re.search(r"[。;!?\n]", between)


def _said_again(found: Sequence[Observation]) -> list[Observation]:
    """Flag what a report states more than once: `restated`, `conflict`, or `component`."""
    groups: dict[str, list[Observation]] = {}
    for each in found:
        if not _OWN.search(each.flags) and "component" not in each.flags and each.value is not None:
            groups.setdefault(each.metric, []).append(each)
    flags = {}
    for metric, group in groups.items():
        apart = "component" if metric in book.parted() else "conflict"
        agree = _agreeing(group)
        for each in group[: len(group) if len(group) > 1 else 0]:
            flags[id(each)] = "restated" if each.value in agree else apart
    return [replace(each, flags=_with(each, flags.get(id(each), ""))) for each in found]


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
