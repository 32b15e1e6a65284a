"""Sums: every group of parts is read as charitably as its words allow, and then judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from govtext.extract.audit import values
from govtext.extract.audit.groups import Group, groups
from govtext.extract.audit.mentions import Mention, Stretch
from govtext.extract.audit.tell import addition, finding, quote
from govtext.extract.audit.vocabulary import are_outcomes, closed_sets_of, members, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Finding

_NEAR = 0.1
"""Share of the total that parts may miss it by and still claim to be all of it."""
_CLOSE = 0.05
"""The same for a list that only its punctuation announces as whole."""
_FAR = 0.5
_COMMON_ENDING = 2
Parts = tuple[Mention, ...]


def sums(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of every total with parts in its own sentence or the next."""
    previous = None
    for sentence in sentences:
        for group in groups(sentence, previous):
            yield from _judge(_without_disputes(group))
        previous = sentence


def _without_disputes(group: Group) -> Group:
    """Parts up to the first review or lawsuit, where the total is of neither."""
    named = [bool(each.says("dispute")) for each in group.parts]
    about = any(each.says("dispute") for each in group.totals)
    if about or True not in named[2:] or any(named[:2]):
        return group
    return replace(group, parts=group.parts[: named.index(True)])


def _judge(group: Group) -> Iterator[Finding]:
    if len(group.parts) == 1:
        yield from _part_of_whole(group)
        return
    held = list(_readings(group))
    if held:
        for whole, run in held:
            yield _told("holds", whole, run)
        siblings = {each for _, run in held for each in run if len(run) > 1}
        yield from _leftovers(group, held[0][0], siblings)
    else:
        yield from _mismatch(group)


def _readings(group: Group) -> Iterator[tuple[Mention, Parts]]:
    """Runs of parts that make the nearest total that any run makes."""
    for whole in group.totals:
        found = [run for run in _runs(group, whole) if _makes(run, whole)]
        if found:
            yield from ((whole, run) for run in found)
            return


def _makes(run: Parts, whole: Mention) -> bool:
    if len(run) < 2:
        return False
    if values.sum_of(each.value for each in run) == whole.value:
        return True
    open_ended = sum(not each.is_exact for each in run)
    if not open_ended or open_ended == len(run) > 2:
        return False
    made = values.total([values.interval(each) for each in run])
    # Lower bounds far below the total meet any total: that they do tells nothing.
    says_something = made[1] < inf or made[0] >= (1 - _FAR) * whole.value
    return says_something and values.meet(made, values.interval(whole))


def _runs(group: Group, whole: Mention) -> Iterator[Parts]:
    """All parts; the first of each item between semicolons; runs that reach the total in turn."""
    items = _items(group, 3)
    heads = tuple(item[0] for item in items)
    if len(items) > 1 and _makes(heads, whole):
        yield heads
        return
    if _makes(group.parts, whole):
        yield group.parts
        return
    runs = _in_turn(group, values.decimal(whole.value))
    yield from runs or _items(group, 2)


def _in_turn(group: Group, whole: Decimal) -> list[Parts]:
    """Runs that reach the total one after the other, each set off from what follows it."""
    runs: list[Parts] = []
    begin, reached = 0, Decimal()
    for at, part in enumerate(group.parts):
        reached += values.decimal(part.value)
        if reached > whole:
            break
        if reached == whole:
            run = group.parts[begin : at + 1]
            inner = max((group.separator(place) for place in range(begin + 1, at + 1)), default=0)
            if at + 1 < len(group.parts) and group.separator(at + 1) < max(inner, 2):
                break
            runs.append(run)
            begin, reached = at + 1, Decimal()
    apart = begin < len(group.parts) and runs
    if apart and not group.parts[begin].says("besides"):
        return runs if group.separator(begin) > _inner(group, begin) else []
    return runs


def _inner(group: Group, end: int) -> int:
    """Strongest stop between the parts before a place."""
    return max((group.separator(place) for place in range(1, end)), default=0)


def _items(group: Group, strength: int) -> list[Parts]:
    """Parts between stops of at least this strength."""
    items: list[list[Mention]] = [[group.parts[0]]]
    for at in range(1, len(group.parts)):
        if group.separator(at) >= strength:
            items.append([])
        items[-1].append(group.parts[at])
    return [tuple(item) for item in items]


def _leftovers(group: Group, whole: Mention, siblings: set[Mention]) -> Iterator[Finding]:
    """Lists of one dimension beside one that makes the total, which must then make it too."""
    for item in _items(group, 2):
        apart = siblings and len(item) > 1 and not siblings.intersection(item)
        if apart and group.marker != "plain" and all(each.is_exact for each in (*item, whole)):
            labels = [each.words for each in item]
            near = abs(_missing(item, whole)) <= _NEAR and not _claims_less(group, item, whole)
            if near and (_parallel(labels) or _closed(labels, whole)):
                yield _told("broken", whole, item)


def _part_of_whole(group: Group) -> Iterator[Finding]:
    """A part that is more than its whole."""
    part, nearest = group.parts[0], group.totals[0]
    if not group.marker.startswith("where") or part.says("other", "overlap", "cumulative"):
        return
    adjacent = nearest.sentence == part.sentence and nearest.at == part.at - 1
    largest = max(group.totals, key=lambda each: each.value)
    if (
        not adjacent
        or largest.value >= part.value
        or nearest.says("compare")
        or _claims_less(group, (part,), nearest)
    ):
        return
    if values.interval(part, wide=True)[0] > values.interval(nearest, wide=True)[1]:
        words = quote(part), quote(nearest)
        yield finding(
            "part_over_whole", "broken", (part.value, nearest.value), words, [nearest, part]
        )


def _mismatch(group: Group) -> Iterator[Finding]:
    """Verdict on parts that make no total in any reading."""
    whole = group.totals[0]
    run = _whole_list(group, whole)
    if len(run) < 2:
        return
    evidence = _evidence(group, run, whole)
    made = values.sum_of(each.value for each in run)
    if not evidence:
        partial = group.marker in {"plain", "among"} or made > whole.value
        if not partial:
            yield _told("not_assessable", whole, run)
        return
    allowed = values.total([values.interval(each, wide=True) for each in run])
    apart = not values.meet(allowed, values.interval(whole, wide=True))
    yield _told("broken" if apart else "not_assessable", whole, run)


def _whole_list(group: Group, whole: Mention) -> Parts:
    """The list as the author set it out: one part an item where there are items.

    A part called 其他 behind a stronger stop closes the list, if it then comes close to the total.
    """
    items = _items(group, 3)
    if len(items) > 1:
        return tuple(item[0] for item in items)
    first = group.separator(1) if len(group.parts) > 1 else 0
    run = [group.parts[0]]
    for at in range(1, len(group.parts)):
        if group.separator(at) > first:
            break
        run.append(group.parts[at])
    rest = group.parts[len(run) : len(run) + 1]
    if rest and word("other").search(rest[0].words):
        run += rest if abs(_missing([*run, *rest], whole)) <= _CLOSE else ()
    return tuple(run) if len(run) > 1 else group.parts


def _evidence(group: Group, run: Parts, whole: Mention) -> bool:
    """Whether the words say that the parts are the whole and do not overlap.

    A part called 其他 and a closing 合计 do; brackets, 分别, an announced total (共…。其中:…;…) and
    the categories of a closed set do where the parts come near enough to the total.
    """
    if not whole.value or _claims_less(group, run, whole) or _missing(run, whole) < -_FAR:
        return False
    missing = _missing(run, whole)
    labels = [each.words for each in run]
    closed = _closed(labels, whole)
    if group.marker in {"plain", "among"}:
        return closed and abs(missing) <= _NEAR and not _nested(run, whole)
    if group.marker == "after" or any(word("other").search(label) for label in labels):
        return missing <= _FAR
    if group.marker.endswith(("respectively", "bracket")):
        return missing <= _NEAR
    if abs(missing) > _NEAR or _nested(run, whole):
        return False
    listed = group.marker == "where_colon" or len(_items(group, 3)) > 1
    announced = whole.says("whole") and listed and abs(missing) <= _CLOSE
    return announced or closed or (missing < 0 and (_parallel(labels) or are_outcomes(labels)))


def _missing(run: Sequence[Mention], whole: Mention) -> float:
    """Share of the total that the parts leave out; negative where they are more."""
    if not whole.value:
        return 1.0
    made = values.sum_of(each.value for each in run)
    return (whole.value - made) / whole.value


def _claims_less(group: Group, run: Parts, whole: Mention) -> bool:
    """Whether 等, 主要, overlapping classes or other years leave the sum open."""
    sentence, last = group.sentence, run[-1]
    words = [*(each.label for each in run), sentence.behind(last, 6)]
    if any(word("partial").search(text) for text in words):
        return True
    if any(each.says("carry", "where") for each in run[1:]) or run[0].says("carry"):
        return True
    overlapping = any(each.says("overlap") for each in run) and group.marker != "after"
    if overlapping and not _closed([each.words for each in run], whole):
        return True
    if whole.says("cumulative") != run[0].says("cumulative"):
        return True
    between = [each for each in sentence.mentions if run[0].at < each.at <= last.at + 1]
    strangers = [each for each in between if each.unit != whole.unit and not each.is_rate]
    if any(each.at < last.at for each in strangers) and len(_items(group, 3)) == 1:
        return True
    rates = [each.value for each in between if each.is_rate and each.says("share")]
    agreed = 100 * (1 - _missing(run, whole))
    return len(rates) > 1 and abs(sum(rates) - agreed) < 1 < abs(agreed - 100)


def _nested(run: Parts, whole: Mention) -> bool:
    """Whether the parts make the total once a run among them is left out as a subdivision."""
    reached = [Decimal(), *accumulate(values.decimal(each.value) for each in run)]
    excess = reached[-1] - values.decimal(whole.value)
    lower = set(reached)
    return excess > 0 and len(run) > 2 and any(value + excess in lower for value in reached)


def _closed(labels: Sequence[str], whole: Mention) -> bool:
    """Whether all labels are different members of one closed set that such a total is split by."""
    for name, of in closed_sets_of().items():
        found = members(name, list(labels))
        if of.search(whole.label) and min(found) >= 0 and len(set(found)) == len(found):
            return True
    return False


def _parallel(labels: Sequence[str]) -> bool:
    """Whether all labels end in one verb of receiving, as what one body each receives: 区受理."""
    endings = {label[-_COMMON_ENDING:] for label in labels}
    one = len(endings) == 1 and len(set(labels)) == len(labels)
    return one and word("came").search(endings.pop()) is not None


def _told(verdict: str, whole: Mention, run: Sequence[Mention]) -> Finding:
    made = values.sum_of(each.value for each in run)
    words = quote(whole), f"{addition(run)}"
    return finding("parts", verdict, (whole.value, made), words, [whole, *run])
