"""Sums across sentences: lists that answer an earlier total, and the flow of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.audit import values
from govtext.extract.audit.tell import addition, finding, quote
from govtext.extract.audit.vocabulary import are_outcomes, closed_sets, members, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Finding
    from govtext.extract.audit.mentions import Mention, Stretch

_BACK = 24
_MOST = 40
_FAR = 0.5


def spread(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of lists whose total stands in an earlier sentence of the same section."""
    earlier: list[tuple[Mention, Stretch]] = []
    carrying = {each.mentions[0].top for each in sentences if word("carry").search(each.text)}
    for sentence in sentences:
        run = _list(sentence)
        if run:
            same = [pair for pair in earlier if pair[0].top == run[0].top]
            yield from _answer(sentence, run, same, run[0].top in carrying)
        totals = [each for each in sentence.mentions if _is_total(each, sentence)]
        earlier = [*earlier[-_BACK:], *((each, sentence) for each in totals[:_BACK])]


def flows(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of requests received and carried in against completed and carried out."""
    for sentence in sentences:
        roles = _roles(sentence)
        if roles:
            yield from _flow(roles)


def _is_total(mention: Mention, sentence: Stretch) -> bool:
    """Whether a number may be the total of a list in a later sentence."""
    if mention.is_rate or mention.depth or not mention.counts_now:
        return False
    behind_where = word("where").search(sentence.before(mention)) is not None
    return not behind_where and mention.says("received", "whole")


def _list(sentence: Stretch) -> tuple[Mention, ...]:
    """The list of a sentence that has no total of its own, or none."""
    flat = [each for each in sentence.mentions[:_MOST] if each.depth == 0]
    head = flat[0] if flat else None
    if head is None or len(flat) < 2 or any(each.unit != head.unit for each in flat):
        return ()
    if not all(each.counts_now and not each.says("where") for each in flat):
        return ()
    if head.says("received", "whole"):
        return ()
    labels = [each.words for each in flat]
    opening = head.gap[: len(head.gap) - len(head.label)] or head.label
    introduced = ":" in head.gap and word("intro").search(opening)
    said = word("intro").search(opening.rstrip(",:")) is not None and "," in head.gap
    if introduced or said or are_outcomes(labels) or _is_closed(labels):
        return tuple(flat)
    return ()


def _is_closed(labels: Sequence[str]) -> bool:
    for name in closed_sets():
        found = members(name, list(labels))
        if min(found) >= 0 and len(set(found)) == len(found):
            return True
    return False


def _answer(
    sentence: Stretch,
    run: Sequence[Mention],
    earlier: Sequence[tuple[Mention, Stretch]],
    carrying: bool,
) -> Iterator[Finding]:
    made = values.sum_of(each.value for each in run)
    totals = [pair for pair in earlier if pair[0].unit == run[0].unit][::-1]
    exact = all(each.is_exact for each in run)
    for whole, _ in totals:
        if whole.value == made and whole.is_exact and exact:
            yield _told("holds", whole, run)
            return
    requests = [pair for pair in totals if pair[0].says("received")]
    if not requests or not exact or not are_outcomes([each.words for each in run]):
        return
    whole, home = requests[0]
    over = whole.is_exact and whole.value < made <= whole.value * (1 + _FAR)
    if over:
        answered = word("all_done").search(home.behind(whole, 400)) is not None
        broken = answered and not carrying and not word("partial").search(sentence.text)
        yield _told("broken" if broken else "not_assessable", whole, run)


def _told(verdict: str, whole: Mention, run: Sequence[Mention]) -> Finding:
    made = values.sum_of(each.value for each in run)
    words = quote(whole), addition(run)
    return finding("spread_parts", verdict, (whole.value, made), words, [*run])


def _roles(sentence: Stretch) -> dict[str, Mention] | None:
    """Numbers of a sentence by what they count of the flow; none where one is given twice."""
    if len(sentence.mentions) < 2 or not any(each.says("received") for each in sentence.mentions):
        return None
    roles: dict[str, Mention] = {}
    for each in sentence.mentions:
        role = _role(each)
        if not role or each.is_rate:
            continue
        if role in roles or not each.is_exact or each.planned or each.depth:
            return None
        roles[role] = each
    units = {each.unit for each in roles.values()}
    return roles if "received" in roles and len(roles) > 1 and len(units) == 1 else None


def _role(mention: Mention) -> str:
    text = mention.label or mention.tail
    for kind in ("carry_in", "carry_out"):
        if word(kind).search(text) or (not mention.label and word(kind).search(mention.tail)):
            return kind
    if mention.says("where", "compare", "prior"):
        return ""
    if _is_done(mention) and not mention.says("came"):
        return "done"
    if word("received").search(mention.label):
        return "received"
    return "done" if mention.says("done_only") else ""


def _is_done(mention: Mention) -> bool:
    return mention.says("done") and len(mention.label) <= 12 and not mention.says("rate_timed")


def _flow(roles: dict[str, Mention]) -> Iterator[Finding]:
    done = roles.get("done")
    if done is None:
        return
    came = [roles[name] for name in ("received", "carry_in") if name in roles]
    went = [roles[name] for name in ("done", "carry_out") if name in roles]
    sides = values.sum_of(each.value for each in came), values.sum_of(each.value for each in went)
    complete = len(came) + len(went) == 4 and done.says("done")
    if sides[0] == sides[1] or complete:
        name = "carried" if len(came) + len(went) > 2 else "completed"
        verdict = "holds" if sides[0] == sides[1] else "broken"
        yield finding(name, verdict, sides, (addition(came), addition(went)), [*came, *went])


def impossible(sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of rates over 100 and of more completed than ever came in."""
    for sentence in sentences:
        for each in sentence.mentions:
            if each.is_rate and _cannot_be(each):
                words = quote(each), ""
                yield finding("rate_over_100", "broken", (each.value, 100.0), words, [each])
        roles = _roles(sentence)
        if roles and "done" in roles and "carry_in" not in roles and "carry_out" not in roles:
            yield from _more_than_came(sentence, roles["received"], roles["done"])


def _cannot_be(rate: Mention) -> bool:
    if rate.value <= 100 or rate.quantity.flags or rate.planned or not rate.says("bounded"):
        return False
    return not word("growth").search(rate.gap[-24:]) and rate.quantity.qualifier != "at_most"


def _more_than_came(sentence: Stretch, came: Mention, done: Mention) -> Iterator[Finding]:
    if done.value <= came.value or done.at < came.at:
        return
    none_carried = word("carry_none").search(sentence.text)
    all_done = word("all_done").search(sentence.between(came, done))
    open_flow = word("carry").search(sentence.text) and not none_carried
    certain = (none_carried or all_done) and not open_flow
    if values.step(done.quantity.text) != 1 or values.step(came.quantity.text) != 1:
        return
    sides, words = (done.value, came.value), (quote(done), quote(came))
    verdict = "broken" if certain else "not_assessable"
    yield finding("completed_over_received", verdict, sides, words, [came, done])
