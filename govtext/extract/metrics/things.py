"""What a number counts: the noun behind it, else the nearest before it that its unit fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.draft import DEPUTIES, REQUEST_OUTCOMES
from govtext.extract.metrics.lexicon import fits, units
from govtext.extract.metrics.slots import UNKNOWN, Named

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtext.extract.metrics.draft import Case

_NOTHING = Named("")
_TRAINED = frozenset("training trainee".split())
_PEOPLE = frozenset("staff person".split())
_SOURCES = frozenset("call mailbox_letter".split())
_BY_WAY = frozenset("mailbox_letter letter call petition inquiry".split())
_NOT_ASKED = frozenset(
    "inquiry complaint petition letter case publicity matter other_document suggestion".split()
)
_CHARGING = frozenset(("", "collected"))
_WEAK = frozenset("person organisation".split())
_BEHIND_IS_ELSE = frozenset(
    "person organisation meeting information_item reply other_document".split()
)
_LOOSE = frozenset(
    "gazette_issue person organisation other_document matter publicity meeting training hot_topic "
    "information_item normative_document case call inquiry".split()
)
_ASKED_ELSEWHERE = frozenset("other_channel needs_clarification".split())


def thing_of(case: Case) -> Named:
    """The thing that a number counts, `UNKNOWN` for something else, none where it is carried.

    The rules are tried in order; the first that gives a name decides.
    """
    for rule in _RULES:
        named = rule(case)
        if named is not None:
            return named
    return _NOTHING


def _people_trained(case: Case) -> Named | None:
    """People who take part are trainees where training is spoken of: 信息员120人参加."""
    if case.unit not in units("counted_persons"):
        return None
    pending = case.pending is not None and case.pending.thing == "training"
    said = case.said.things[0].thing if case.said.things else ""
    if said in _TRAINED or ((pending or case.now("training")) and case.said.act == "attended"):
        return Named("trainee")
    hired = any(each.fills.get("act") == "set" for each in case.left)
    near = case.before.thing in _PEOPLE and not case.before.by and not hired
    if near and "training" in [each.thing for each in case.before.things[1:2]]:
        return Named("trainee")
    return Named("trainee") if near and case.now("training") else None


def _people_who_ask(case: Case) -> Named | None:
    """People who ask make requests: 5位市民提出信息公开申请."""
    if case.unit not in units("counted_persons") or case.noun.thing not in ("person", ""):
        return None
    asked = case.said.things and case.said.things[0].thing == "request"
    return Named("request", case.said.things[0].word) if asked else None


def _people_at_work(case: Case) -> Named | None:
    """People said to do disclosure are its staff: 15人从事政务公开工作."""
    if case.unit not in units("counted_persons") or case.before.things or case.noun.joined:
        return None
    about = case.said.about or case.before.about or case.noun.about
    return Named("staff") if about and case.noun.thing in ("", *_PEOPLE) else None


def _money_for(case: Case) -> Named | None:
    """Money said to be for disclosure is its budget: 投入12万元用于政务公开工作."""
    if case.unit not in units("yuan") or case.before.things or case.noun.things:
        return None
    named = any(each.thing == "budget" for each in case.said.things)
    return Named("budget") if case.said.points and (case.said.about or named) else None


def _noun_behind(case: Case) -> Named | None:
    """A noun directly behind the number: 发布76篇政策解读."""
    noun = case.noun
    if noun.thing == "project" and case.before.thing == "procurement":
        return case.before.things[0]
    if noun.things and fits(noun.things[0].thing, case.unit):
        return noun.things[0]
    if noun.unknown:
        return Named(UNKNOWN, noun.unknown)
    if noun.things and noun.things[0].thing not in _BEHIND_IS_ELSE:
        return Named(UNKNOWN, noun.things[0].word)
    return None


def _nearest_before(case: Case) -> Named | None:
    """The nearest thing before the number that its unit fits."""
    if any(each.thing == "programme" for each in case.before.things):
        return Named(UNKNOWN, case.before.things[0].word)
    claimants = _claimants(case)
    fitting = [each for each in claimants if fits(each.thing, case.unit)]
    if not fitting:
        return None
    if claimants[0].thing == "fee" and case.before.act in _CHARGING:
        return claimants[0]  # 对申请收费3次 counts no requests
    nearest = fitting[0]
    for choice in (_of_people, _of_a_source, _of_questions, _of_deputies, _of_response):
        named = choice(case, nearest, fitting)
        if named is not None:
            return named
    acted = case.before.act or case.before.outcome
    if nearest.thing in _WEAK and acted and case.unit not in units("bodies_or_people"):
        return _NOTHING
    return nearest


def _claimants(case: Case) -> list[Named]:
    """Things before a number without those that are a way or an outcome here."""
    before = case.before
    ways = {each.text for each in case.left if "channel" in each.fills}
    asked = case.in_request
    kept = []
    for each in before.things:
        way = each.word in ways
        by_way = way and asked and each.thing in _BY_WAY
        by_phone = way and case.topic.thing == "inquiry" and each.thing == "call"
        by_other = way and "other" in before.channels
        ended = before.outcome in REQUEST_OUTCOMES and (
            each.thing == "information_item" or (asked and each.thing in _NOT_ASKED)
        )
        led_on = asked and before.outcome in _ASKED_ELSEWHERE and each.thing in _NOT_ASKED
        if not (by_way or by_phone or by_other or ended or led_on):
            kept.append(each)
    return kept


def _of_people(case: Case, nearest: Named, fitting: list[Named]) -> Named | None:
    """Staff who are trained are trainees, and who ask are counted by what they ask."""
    if nearest.thing != "staff" or case.unit not in units("counted_persons"):
        return None
    other = next((each for each in fitting if each.thing in ("inquiry", "training")), None)
    if other is None:
        return None
    return other._replace(thing="trainee") if other.thing == "training" else other


def _of_a_source(case: Case, nearest: Named, fitting: list[Named]) -> Named | None:
    """Questions and letters of a hotline or a mailbox are counted as its own."""
    if nearest.thing not in ("inquiry", "letter"):
        return None
    source = next((each for each in fitting if each.thing in _SOURCES), None)
    if source is None and nearest.thing == "letter" and case.spoken("mailbox_letter"):
        return nearest._replace(thing="mailbox_letter")
    return source or nearest


def _of_questions(case: Case, nearest: Named, fitting: list[Named]) -> Named | None:  # noqa: ARG001
    """Questions, complaints and suggestions together are questions: 咨询、投诉2318件."""
    if nearest.thing not in ("complaint", "suggestion", "npc_suggestion"):
        return None
    return next((each for each in fitting if each.thing == "inquiry"), None)


def _of_deputies(case: Case, nearest: Named, fitting: list[Named]) -> Named | None:  # noqa: ARG001
    """Suggestions are the deputies' where these are spoken of, unless they were collected."""
    if nearest.thing != "suggestion" or case.before.act == "solicited":
        return None
    here = any(each.fills.get("thing") in DEPUTIES for each in case.telling.found)
    spoken = any(case.spoken(each) for each in DEPUTIES)
    return nearest._replace(thing="npc_suggestion") if here or spoken else None


def _of_response(case: Case, nearest: Named, fitting: list[Named]) -> Named | None:  # noqa: ARG001
    """What is responded to is counted, not the response."""
    if nearest.thing != "response":
        return None
    return next((each for each in fitting if each.thing == "hot_topic"), nearest)


def _unknown_before(case: Case) -> Named | None:
    """A noun that no term names is a thing of its own, unless it is who does it."""
    if not case.before.unknown:
        return None
    ended = case.before.outcome in REQUEST_OUTCOMES and case.in_request
    return _NOTHING if case.before.soft or ended else Named(UNKNOWN, case.before.unknown)


def _misfit(case: Case) -> Named | None:
    """A thing that the unit does not fit still ends what was carried: 收费3件."""
    hard = next((each for each in _claimants(case) if each.thing not in _LOOSE), None)
    if hard is not None and (not case.before.filled or hard.thing == "fee"):
        return hard
    return None


def _said_behind(case: Case) -> Named | None:
    """A predicate behind the number: 11件为当面申请."""
    said = case.said
    if not said.things or not said.points or said.outcome in REQUEST_OUTCOMES:
        return None
    loose = not case.before.filled or case.before.act in ("held", "set")
    return said.things[-1] if loose and fits(said.things[-1].thing, case.unit) else None


_RULES: tuple[Callable[[Case], Named | None], ...] = (
    _people_trained, _people_who_ask, _people_at_work, _money_for, _noun_behind, _nearest_before,
    _unknown_before, _misfit, _said_behind,
)  # fmt: skip
