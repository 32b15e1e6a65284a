"""What a number is of where its own clause does not say: what was spoken of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.disclosed import (
    disclosed,
    lines_of_a_channel,
    put_up,
    sum_of_disclosure,
)
from govtext.extract.metrics.draft import CARRIED, COURTS, REQUEST_OUTCOMES, ROUTES
from govtext.extract.metrics.lexicon import fits, units
from govtext.extract.metrics.slots import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtext.extract.metrics.draft import Case

_HINTS = frozenset("sum new changed_to".split())
_REQUEST_ACTS = frozenset("carried_in carried_out carried granted partly_granted refused".split())
_ANSWERS = frozenset("granted partly_granted refused answered".split())
_ALSO_ELSEWHERE = frozenset(
    "state_secret trade_secret privacy security reconfirm registry_query publication "
    "repeat petition".split()
)
"""Outcomes whose words are used of other matters too: 查处泄露国家秘密案件2件."""
_CARRIED_ACTS = frozenset("carried_in carried_out".split())
_WITH_CLAUSE = ROUTES | frozenset("leader full part".split())
_EVENTS = frozenset("press_conference interview training meeting".split())
_ASKED = frozenset("inquiry interview".split())


def carry(case: Case) -> None:
    """Fill the thing of a draft, and slots that go with it, from what was said before.

    Each rule says True where it has decided. A number whose own words and the clause before say
    nothing of it stays without a thing.
    """
    if _clause_before(case):
        return
    _lend(case)
    if sum_of_disclosure(case):
        return
    if _party(case) or _each_issue(case) or _of_which(case):
        return
    if not _evident(case):
        return
    for rule in _RULES:
        if rule(case):
            return


def _clause_before(case: Case) -> bool:
    """The clause before, without a number of its own: 收到公开申请,共计12件."""
    pending, draft = case.pending, case.draft
    if not case.first or pending is None:
        return False
    names = (each.thing for each in pending.things)
    thing = next((each for each in names if each in CARRIED and fits(each, case.unit)), "")
    told = pending.filled or bool(case.before.marks & {"to", "sum"})
    if not thing or (draft.bare and not told):
        return False
    draft.thing, draft.how["thing"] = thing, "clause before"
    if not draft.act and not draft.outcome:
        draft.act, draft.outcome = pending.act, pending.outcome
        draft.how["act"] = "clause before"
    if not draft.channel and "sum" in case.before.marks:
        draft.channel = pending.channel
    if not draft.by and pending.by in _WITH_CLAUSE:
        draft.by = pending.by
    return True


def _party(case: Case) -> bool:
    """Who does it says of what: a court judges lawsuits, an agency of review reviews."""
    draft, thing = case.draft, case.before.implies
    if not thing or draft.bare or not fits(thing, case.unit):
        return False
    draft.thing, draft.how["thing"] = thing, "party"
    if thing == case.topic.thing == "lawsuit":
        draft.by = draft.by or case.topic.by
    return True


def _lend(case: Case) -> None:
    """Slots of the clause before, where that names no thing."""
    pending = case.pending if case.first else None
    if not case.draft.bare or pending is None or not pending.filled:
        return
    if not pending.things and not pending.unknown:
        case.draft.take(pending, "clause before")


def _each_issue(case: Case) -> bool:
    """Copies of each issue are of the gazette that the sentence speaks of."""
    draft = case.draft
    issued = case.unit in units("issues") and draft.act in ("issued", "posted", "")
    if case.telling.channel != "gazette" or not (draft.by == "per_issue" or issued):
        return False
    draft.thing, draft.channel, draft.how["thing"] = "gazette_issue", "gazette", "before"
    return True


def _of_which(case: Case) -> bool:
    """Of all reviews, those over disclosure: 行政复议86件,其中涉及政府信息公开的7件."""
    if not case.before.about or "of_which" not in case.before.marks or not case.now(*COURTS):
        return False
    case.draft.thing, case.draft.how["thing"] = case.topic.thing, "before"
    return True


def _evident(case: Case) -> bool:
    """True if something says that the number goes with what was spoken of; it may be lent."""
    draft, telling = case.draft, case.telling
    if not draft.bare:
        return True
    if case.unit in units("counted_persons") and case.now("training"):
        draft.thing, draft.how["thing"] = "trainee", "before"
        return False
    if case.unit in units("yuan") and ("fee" in case.telling.told or case.now("procurement")):
        return True
    hinted = bool(case.before.marks & _HINTS)
    if telling.shared is not None and (hinted or telling.aside):
        draft.act, draft.outcome = telling.shared.act, telling.shared.outcome
        draft.how["act"] = "share before"
        return True
    ended = case.topic.act in _CARRIED_ACTS or (
        case.topic.act in _REQUEST_ACTS and "sum" in case.before.marks
    )
    lent = _after_change(case) or (hinted and not ended)
    if lent and case.topic.thing in CARRIED and case.topic.age == 0:
        draft.act, draft.how["act"] = case.topic.act, "before"
        return True
    return False


def _after_change(case: Case) -> bool:
    """True for the value that a change led to: 比上年的600条有所增长,达到860条."""
    if "to" not in case.before.marks or not case.telling.drafts:
        return False
    last = case.telling.drafts[-1]
    return "change" in last.marks or "prior_year" in last.flags


def _implies_request(case: Case) -> bool:
    draft = case.draft
    if draft.outcome in _ALSO_ELSEWHERE and draft.act not in _ANSWERS:
        return case.in_request or "request" in case.telling.told or case.telling.denied
    return draft.outcome in REQUEST_OUTCOMES or draft.act in _REQUEST_ACTS


def _request_by_outcome(case: Case) -> bool:
    """An outcome that only a request has."""
    if not _implies_request(case) or not fits("request", case.unit) or case.now(*COURTS):
        return False
    free = case.topic.thing in ("", UNKNOWN, "information_item")
    if not free and "request" not in case.telling.told:
        return False
    case.draft.thing, case.draft.how["thing"] = "request", "outcome"
    return True


def _unknown_topic(case: Case) -> bool:
    """Something else was counted last: it ends what was spoken of before it."""
    if case.topic.thing != UNKNOWN or case.topic.age:
        return False
    case.draft.unknown("what was counted last is no thing of the codebook")
    return True


def _responded(case: Case) -> bool:
    """What is responded to are public concerns."""
    blocked = case.before.unknown and not case.before.soft
    if case.draft.act != "responded" or blocked or case.topic.thing in _ASKED:
        return False
    if not fits("hot_topic", case.unit):
        return False
    case.draft.thing, case.draft.how["thing"] = "hot_topic", "doing"
    return True


def _another_event(case: Case) -> bool:
    """A doing of its own beside an event is another one: 组织采访9次."""
    if case.topic.thing not in _EVENTS or case.draft.act not in ("held", "handled"):
        return False
    if not case.before.verbs:
        return False
    case.draft.unknown("the number is of another doing")
    return True


def _topic(case: Case) -> bool:
    """What was spoken of last, in this sentence or the one before."""
    topic, draft = case.topic, case.draft
    if topic.thing not in CARRIED or topic.age > 1 or not fits(topic.thing, case.unit):
        return False
    draft.thing, draft.how["thing"] = topic.thing, "before" if not topic.age else "sentence before"
    if topic.kind and topic.thing == "information_item" and topic.age == 0:
        draft.part("a part of one sort of information")
    if topic.thing == "lawsuit" and (draft.outcome or draft.act == "withdrawn") and not draft.by:
        draft.by = topic.by
    return True


def _unknown_noun(case: Case) -> bool:
    if not case.before.unknown:
        return False
    case.draft.unknown("the noun before the number is no thing of the codebook")
    case.draft.word = case.before.unknown
    return True


def _money_of_fees(case: Case) -> bool:
    """A sum of money behind fees is theirs: 收费3次,共计200元."""
    if case.unit not in units("yuan") or case.before.unknown:
        return False
    earlier = (each for each in case.telling.found if each.start < case.token.start)
    named = any(each.fills.get("thing") == "fee" for each in earlier)
    if not named and case.telling.told != ("fee",):
        return False
    case.draft.thing, case.draft.how["thing"] = "fee", "sentence"
    return True


def _look_alike(case: Case) -> bool:
    """A thing that cannot be carried still ends what was."""
    if not case.topic.thing or case.topic.thing in CARRIED or case.topic.age:
        return False
    case.draft.thing, case.draft.how["thing"] = case.topic.thing, "before"
    return True


def _heading(case: Case) -> bool:
    """The only thing that the heading, or else the part, speaks of."""
    told = case.telling.told
    if len(told) == 1 and fits(told[0], case.unit):
        case.draft.thing, case.draft.how["thing"] = told[0], "heading"
        return True
    if _implies_request(case) and fits("request", case.unit):
        case.draft.thing, case.draft.how["thing"] = "request", "outcome"
        return True
    return True


_RULES: tuple[Callable[[Case], bool], ...] = (
    _request_by_outcome, put_up, _money_of_fees, _unknown_topic, _responded, lines_of_a_channel,
    _another_event, _topic, _unknown_noun, disclosed, _look_alike, _heading,
)  # fmt: skip
