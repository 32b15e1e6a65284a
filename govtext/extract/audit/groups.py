"""Totals with the parts that stand behind them: 其中, brackets, colons, 分别, 合计."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.extract.audit.vocabulary import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.extract.audit.mentions import Mention, Stretch

_MOST_PARTS = 40
_MOST_TOTALS = 6
_BRACKET = re.compile(r"^[^,。;:()0-9]{0,6}\(")


@dataclass(frozen=True, slots=True)
class Group:
    """Parts and the totals that they may belong to, the likeliest first.

    `marker` is one of ``where where_colon where_respectively respectively colon bracket among
    after plain``.
    """

    marker: str
    totals: tuple[Mention, ...]
    parts: tuple[Mention, ...]
    sentence: Stretch

    def separator(self, place: int) -> int:
        """Strength of the stop before a part: 3 for ; 2 for a comma, 1 for less."""
        gap = self.sentence.between(self.parts[place - 1], self.parts[place])
        if ";" in gap:
            return 3
        return 2 if "," in gap else 1


def groups(sentence: Stretch, previous: Stretch | None) -> Iterator[Group]:
    """Groups of a sentence; one that begins with 其中 has its total in the sentence before."""
    flat = [each for each in sentence.mentions if each.depth == 0 and not each.is_rate]
    yield from _brackets(sentence)
    marked = _marked(sentence, flat, previous)
    yield from marked
    yield from _together(sentence, flat)
    if not marked and len(flat) > 2 and flat[0].says("whole", "came"):
        yield from _group("plain", flat[:1], flat[1:], sentence)


def _brackets(sentence: Stretch) -> Iterator[Group]:
    """Groups whose parts stand in the bracket right behind the total."""
    mentions = sentence.mentions
    for at, total in enumerate(mentions[:-1]):
        if total.is_rate or not _BRACKET.match(sentence.behind(total)):
            continue
        if mentions[at + 1].depth != total.depth + 1:
            continue
        inside = []
        for each in mentions[at + 1 : at + 1 + _MOST_PARTS]:
            if each.depth <= total.depth:
                break
            if each.depth == total.depth + 1 and not each.is_rate:
                inside.append(each)
        marker = "where" if word("including").search(inside[0].gap if inside else "") else "bracket"
        yield from _group(marker, [total], inside, sentence)


def _marked(sentence: Stretch, flat: Sequence[Mention], previous: Stretch | None) -> list[Group]:
    """Groups that a word or a colon opens."""
    opened = [(at, _opening(each, at)) for at, each in enumerate(flat)]
    places = [(at, marker) for at, marker in opened if marker]
    found: list[Group] = []
    for number, (at, marker) in enumerate(places):
        end = places[number + 1][0] if number + 1 < len(places) else len(flat)
        totals = list(flat[max(0, at - _MOST_TOTALS) : at])[::-1]
        if at == 0 and previous and previous.number == sentence.number - 1:
            outer = [each for each in previous.mentions if each.depth == 0 and not each.is_rate]
            totals = outer[-_MOST_TOTALS:][::-1] if marker.startswith("where") else []
        found += _group(marker, totals, flat[at:end], sentence)
    return found


def _opening(mention: Mention, at: int) -> str:
    """Marker that stands before a mention, or an empty string."""
    where = word("where").search(mention.gap)
    if where:
        if word("respectively").search(mention.label):
            return "where_respectively"
        rest = mention.gap[where.end() :]
        return "where_colon" if rest.startswith(":") else "where"
    if at and word("respectively").search(mention.label):
        return "respectively"
    if at and mention.gap.startswith(":"):
        return "colon"
    before = mention.gap.partition(",")[0] if "," in mention.gap else ""
    return "among" if at and word("among").search(before) else ""


def _together(sentence: Stretch, flat: Sequence[Mention]) -> Iterator[Group]:
    """Groups whose total closes the list: 甲1件、乙2件,合计3件."""
    for at, total in enumerate(flat):
        if at > 1 and word("together").search(total.label):
            yield from _group("after", [total], flat[max(0, at - _MOST_PARTS) : at], sentence)


def _group(
    marker: str, totals: Sequence[Mention], parts: Sequence[Mention], sentence: Stretch
) -> Iterator[Group]:
    """The group, where totals and parts count the same unit."""
    if not totals or not parts:
        return
    unit = parts[0].unit
    wholes = tuple(each for each in totals if each.unit == unit and each.counts_now)
    same = tuple(each for each in parts[:_MOST_PARTS] if _is_part(each, unit))
    if wholes and same and not _is_open(same):
        yield Group(marker, wholes, same, sentence)


def _is_part(mention: Mention, unit: str) -> bool:
    if mention.unit != unit or not mention.counts_now:
        return False
    return not (word("verb_only").search(mention.label) and not mention.tail)


def _is_open(parts: Sequence[Mention]) -> bool:
    """True where a value is lost to a damaged mark: nothing can be said of the sum."""
    return any(each.quantity.value is None for each in parts)
