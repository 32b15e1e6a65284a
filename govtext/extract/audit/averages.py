"""Averages a day or a month against the total of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.audit import values
from govtext.extract.audit.tell import finding, quote
from govtext.extract.audit.vocabulary import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Finding
    from govtext.extract.audit.mentions import Mention, Stretch

_PERIODS = {
    "average_day": ("daily_average", (365, 366)),
    "average_month": ("monthly_average", (12,)),
}
_WORKDAYS = (240.0, 262.0)
_BACK = 12
_NOUN = 2


def averages(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of every average with a total of the same noun in the same paragraph."""
    lines: dict[int, list[Stretch]] = {}
    for sentence in sentences:
        lines.setdefault(sentence.mentions[0].line, []).append(sentence)
    for line in lines.values():
        flat = [(each, sentence) for sentence in line for each in sentence.mentions]
        for at, (mean, sentence) in enumerate(flat):
            for kind in _PERIODS:
                if mean.says(kind) and not mean.says("average_other") and not mean.planned:
                    around = flat[max(0, at - _BACK) : at + _BACK]
                    yield from _judge(mean, sentence, around, kind)


def _judge(
    mean: Mention,
    sentence: Stretch,
    around: Sequence[tuple[Mention, Stretch]],
    kind: str,
) -> Iterator[Finding]:
    noun = _noun(mean.label, kind)
    if len(noun) < _NOUN:
        return
    for whole, home in around:
        if whole.counts_now and whole.value and _is_total(whole, mean, noun):
            yield _verdict(mean, sentence, whole, home, kind)
            return


def _noun(label: str, kind: str) -> str:
    """What is averaged: the label without the word for the average and without fillers."""
    rest = word("filler").sub("", word(kind).sub("", label))
    return word("average_lead").sub("", rest)


def _is_total(whole: Mention, mean: Mention, noun: str) -> bool:
    same_unit = whole.unit == mean.unit or not (whole.unit and mean.unit)
    if (
        not same_unit
        or whole.says("peak")
        or (whole.sentence == mean.sentence and whole.at > mean.at)
    ):
        return False
    return word("filler").sub("", whole.label).endswith(noun)


def _verdict(mean: Mention, sentence: Stretch, whole: Mention, home: Stretch, kind: str) -> Finding:
    name, spans = _PERIODS[kind]
    if _agree(mean, whole, spans, wide=False):
        verdict = "holds"
    else:
        unsure = _is_open(mean, whole, sentence, home, kind) or _agree(
            mean, whole, spans, wide=True
        )
        verdict = "not_assessable" if unsure else "broken"
    words = quote(mean), quote(whole)
    sides = mean.value, round(whole.value / spans[0], 2)
    return finding(name, verdict, sides, words, [mean, whole])


def _agree(mean: Mention, whole: Mention, spans: Sequence[int], *, wide: bool) -> bool:
    """Whether the mean may be the total over any of the spans; it may be cut or rounded by one."""
    low, high = values.interval(whole, wide=wide)
    stated = values.interval(mean, wide=wide)
    return values.meet((stated[0] - 1, stated[1] + 1), (low / max(spans), high / min(spans)))


def _is_open(mean: Mention, whole: Mention, sentence: Stretch, home: Stretch, kind: str) -> bool:
    """Whether the total may be of more or less than a year, or the mean of working days."""
    if whole.says("cumulative") or any(
        word("opened").search(each.text) for each in (home, sentence)
    ):
        return True
    days = whole.value / mean.value if mean.value else 0.0
    if mean.says("average_day") and _WORKDAYS[0] <= days <= _WORKDAYS[1]:
        return True
    year = max(_PERIODS[kind][1])
    return not (whole.says("annual") or 0.5 < days / year < 2)
