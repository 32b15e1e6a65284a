"""Shares and rates against the counts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.audit import values
from govtext.extract.audit.tell import finding, quote
from govtext.extract.audit.vocabulary import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Finding
    from govtext.extract.audit.mentions import Mention, Stretch

_NEAREST = 3
_BACK = 24
_BASES = 12


def shares(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of every share with a part and a total beside it."""
    earlier: list[Mention] = []
    for sentence in sentences:
        for mention in sentence.mentions:
            if mention.is_rate and mention.counts_now and not mention.says("growth", "compare"):
                yield from _judge(mention, sentence, earlier)
            elif mention.counts_now and not mention.is_rate:
                earlier = [*earlier[-_BACK:], mention]


def _judge(rate: Mention, sentence: Stretch, earlier: Sequence[Mention]) -> Iterator[Finding]:
    shared = word("share").search(rate.label)
    if shared:
        yield from _share(rate, sentence, earlier, rate.label[: shared.start()])
        return
    named = word("rate").search(rate.label)
    if named:
        stem = named["stem"]
        found = _rate(rate, sentence, earlier, stem) or _all_of(rate, sentence, earlier, stem)
        if found:
            yield found


def _share(
    rate: Mention, sentence: Stretch, earlier: Sequence[Mention], subject: str
) -> Iterator[Finding]:
    """占: the count right before it, or the one that its subject names, over a total before."""
    if subject:
        yield from _named_share(rate, earlier, subject)
        return
    inside = [each for each in earlier if each.sentence == rate.sentence]
    part = inside[-1] if inside and inside[-1].at >= rate.at - 1 else None
    if part is None or not _is_simple(rate.label):
        return
    bases = [each for each in earlier if each is not part and _is_base(each, part)][::-1][:_BASES]
    near = [each for each in bases if rate.sentence - each.sentence <= 1]
    sole = _sole(near, rate)
    beyond = [each for each in bases if each not in near]
    if any(_fits(rate, part, each) == "holds" for each in beyond) or _of_list(rate, inside, part):
        sole = None
    if sole and _has_share(sole, sentence):
        sole = None
    yield from _compare("share_of_total", rate, part, near, sole)


def _has_share(base: Mention, sentence: Stretch) -> bool:
    """Whether a count has a share of its own right behind it: it is a part beside the other."""
    if base.sentence != sentence.number:
        return False
    behind = sentence.mentions[base.at + 1 : base.at + 2]
    return any(each.is_rate and word("share").search(each.label) for each in behind)


def _of_list(rate: Mention, inside: Sequence[Mention], part: Mention) -> bool:
    """Whether the share may be of the sum of the counts of the sentence so far."""
    same = [each.value for each in inside if each.unit == part.unit]
    return any(
        abs(100 * part.value / whole - rate.value) <= values.step(rate.quantity.text)
        for whole in (sum(same), sum(same[1:]))
        if whole
    )


def _is_simple(label: str) -> bool:
    return word("share_base").search(label) is not None


def _is_base(base: Mention, part: Mention) -> bool:
    return base.unit == part.unit and base.value >= part.value and base.value > 0


def _sole(bases: Sequence[Mention], rate: Mention) -> Mention | None:
    """The one total that a share must be of: the first of the sentence, announced as such."""
    inside = [each for each in bases if each.sentence == rate.sentence and each.depth == 0]
    if not inside or inside[-1].says("where"):
        return None
    first = inside[-1]
    return first if len({each.value for each in inside if each.value > first.value}) == 0 else None


def _named_share(rate: Mention, earlier: Sequence[Mention], subject: str) -> Iterator[Finding]:
    """主动公开的信息占34.82%: the part is the count whose label has the subject's first words."""
    head = word("genitive").sub("", subject)[:4]
    parts = [each for each in earlier if len(head) > 2 and head in each.label]
    for part in parts[::-1]:
        for base in earlier:
            exact = part.is_exact and base.is_exact and _is_base(base, part)
            if exact and base.start < part.start and _fits(rate, part, base) == "holds":
                yield _told("share_of_total", "holds", rate, part, base)
                return


def _rate(
    rate: Mention, sentence: Stretch, earlier: Sequence[Mention], stem: str
) -> Finding | None:
    """办结率: the count of 办结 over the count before it."""
    inside = [each for each in earlier if each.sentence == rate.sentence][::-1][:_NEAREST]
    timed = word("rate_timed").search(stem)
    core = stem[-2:]
    for at, part in enumerate(inside):
        if core not in part.label or (timed and timed.group() not in part.label):
            continue
        bases = [each for each in inside[at + 1 :] if _is_base(each, part)]
        if not bases:
            return None
        sole = bases[0] if _only_rates(sentence, bases[0], part) else None
        if sole and not (sole.says("receive") and word("rate_core").search(core)):
            sole = None
        if word("carry").search(sentence.text) or word("pending").search(sentence.text):
            sole = None
        return next(_compare("rate_of_count", rate, part, bases, sole), None)
    return None


def _only_rates(sentence: Stretch, base: Mention, part: Mention) -> bool:
    return all(each.is_rate for each in sentence.mentions[base.at + 1 : part.at])


def _compare(
    name: str,
    rate: Mention,
    part: Mention,
    bases: Sequence[Mention],
    sole: Mention | None,
) -> Iterator[Finding]:
    """A share holds if it fits any total in reach; it is broken only against the one it is of."""
    for base in bases:
        if _fits(rate, part, base) == "holds" and part.is_exact and base.is_exact:
            yield _told(name, "holds", rate, part, base)
            return
    if sole is None:
        return
    exact = all(each.is_exact for each in (rate, part, sole))
    verdict = _fits(rate, part, sole) if exact else "not_assessable"
    yield _told(name, verdict, rate, part, sole)


def _fits(rate: Mention, part: Mention, base: Mention) -> str:
    """Whether a printed rate is the rounded share; a cut one (66.6 for 66.67) is left open."""
    printed = values.decimal(values.step(rate.quantity.text))
    share = 100 * values.decimal(part.value) / values.decimal(base.value)
    if rate.quantity.qualifier == "at_least":
        return "holds" if share >= values.decimal(rate.value) else "not_assessable"
    apart = abs(share - values.decimal(rate.value))
    if apart <= printed / 2:
        return "holds"
    return "not_assessable" if apart < printed or not rate.is_exact else "broken"


def _all_of(
    rate: Mention, sentence: Stretch, earlier: Sequence[Mention], stem: str
) -> Finding | None:
    """全部予以答复,答复率100%: the words and the rate say the same of the count before them."""
    inside = [each for each in earlier if each.sentence == rate.sentence]
    if rate.value != 100 or not inside:
        return None
    last = inside[-1]
    between = sentence.between(last, rate)
    said = word("all_of").search(between)
    if not said or stem[-2:] not in between[said.end() : -len(rate.label) or None]:
        return None
    words = quote(rate), f"{said.group()} {stem[-2:]} of {quote(last)}"
    return finding("all_of_count", "holds", (rate.value, 100.0), words, [last, rate])


def _told(name: str, verdict: str, rate: Mention, part: Mention, base: Mention) -> Finding:
    share = round(100 * part.value / base.value, 4)
    words = quote(rate), f"{quote(part)} of {quote(base)}"
    left, right = rate.value, share
    return finding(name, verdict, (left, right), words, [rate, part, base])
