"""What becomes of a draft once its thing is known: parts, shares, other bodies, other years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.draft import COURTS, DEPUTIES
from govtext.extract.metrics.lexicon import units, words
from govtext.extract.metrics.slots import UNKNOWN
from govtext.extract.metrics.tokens import Kind
from govtext.extract.metrics.whole import own

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtext.extract.metrics.draft import Case, Draft

_PARTED = frozenset("information_item interpretation press_conference interview training".split())
_BY_BODY = frozenset("request information_item review lawsuit".split())
_BY_WAY_OF_CALLS = frozenset("inquiry complaint suggestion".split())
_POWERS = frozenset("licence penalty coercion approval_item".split())
_STOCKS = _POWERS | frozenset("other_service fee_item".split())
_WHOLE = frozenset("answered handled".split())
_SORT = "sort"
_SORTED = frozenset("information_item request interpretation call inquiry review".split())
_FROM = 6
_SHARES = units("share")


def settle(case: Case) -> None:
    """Mark what makes the number no total of its thing, and set slots that depend on others."""
    for rule in _RULES:
        rule(case)


def _share(case: Case) -> None:
    """A count that takes a place is no share; nor is the whole that a share is of."""
    of_whole = case.right and case.right[0].kind == Kind.OF
    if case.unit not in _SHARES or of_whole:
        case.draft.marks.discard("share")


def _trained(case: Case) -> None:
    if case.draft.thing == "trainee" and case.now("training") and case.topic.kind:
        case.draft.part("the training was on another matter")


def _of_which(case: Case) -> None:
    """One sort of what was just counted: 解读58篇,其中图解21篇."""
    draft, before = case.draft, case.before
    if "of_which" in before.marks and draft.act == "held" and draft.thing in DEPUTIES:
        draft.part("those that the body leads")
    counted = "of_which" in before.marks
    counted = counted or ("share" in before.marks and case.unit not in _SHARES)
    named = draft.thing not in ("", UNKNOWN) and bool(before.things)
    if not counted or not named:
        return
    beside = draft.outcome or draft.channel or draft.by
    own = (beside or before.weak) if draft.thing in _PARTED else (beside or draft.act)
    if not own and any(_same(case, each) for each in case.telling.drafts):
        draft.part("a part of the number before it")
        case.telling.part = draft.thing


def _same(case: Case, other: Draft) -> bool:
    return other.thing == case.draft.thing and _same_unit(case, other)


def _carried_over(case: Case) -> None:
    """Carried in from the year before, or out into the next."""
    draft, telling = case.draft, case.telling
    if draft.act not in ("carried", "carried_over"):
        return
    near = [*case.left, *case.right]
    named = [each.ref for each in near if each.kind == Kind.YEAR]
    past = any(each.fills.get("scope") == "prior_year" for each in near)
    if named and telling.year:
        past = named[-1] < telling.year
    later = any(each.fills.get("scope") == "target" for each in near)
    if draft.act == "carried" or past or later or named:
        draft.act = "carried_in" if past else "carried_out"


def _denied(case: Case) -> None:
    """Reasons listed below a refusal are reasons of it."""
    draft, telling = case.draft, case.telling
    if telling.denied and not draft.act and draft.outcome not in ("", "refused_to_process"):
        draft.act = "refused"
    if draft.act == "refused" and not draft.outcome and not telling.drafts:
        telling.denied = True


def _from_to(case: Case) -> None:
    """Of two figures of a change the first is that of before."""
    draft, telling = case.draft, case.telling
    near = case.left[-_FROM:]
    if any(each.kind == Kind.PREPOSITION and each.text in words("from") for each in near):
        draft.marks.add("from")
    to = draft.marks & {"to", "changed_to"} and not case.first
    if to and telling.last and "from" in telling.last[-1].marks:
        telling.last[-1].flags.add("prior_year")


def _of_bodies(case: Case) -> None:
    """The share of one body, or of all others, in the figure of the whole."""
    draft, last = case.draft, case.telling.last
    if "rest" in case.before.marks and any(each in words("all_bodies") for each in draft.bodies):
        draft.part("the figure of other bodies")
    listed = last and "kind" in last[-1].marks and last[-1].bodies
    by_channel = draft.channel and draft.thing == "information_item"
    if not draft.bodies or own(draft.bodies) or draft.thing not in _BY_BODY or by_channel:
        return
    if "of_which" in case.before.marks or listed:
        draft.part("the share of one body")


def _those_with(case: Case) -> None:
    """Behind other figures of requests, 'those answered are 3' is one part: 办理答复的有3件."""
    draft, left = case.draft, case.left
    if draft.thing != "request" or draft.act not in _WHOLE or draft.channel or draft.outcome:
        return
    if len(left) < 2 or left[-2].kind != Kind.OF or left[-1].fills.get("mark") != "to":
        return
    if case.topic.thing == "request" or case.telling.drafts:
        draft.part("one part of the requests spoken of")


def _sort_of_list(case: Case) -> None:
    """Behind a whole, a noun that no term names is one sort of it: 信息60条,其中低保类9条."""
    draft, drafts = case.draft, case.telling.drafts
    if draft.thing != UNKNOWN or draft.act or draft.outcome or not drafts:
        return
    last = drafts[-1]
    begun = "of_which" in case.before.marks or _SORT in last.marks
    if begun and last.thing in _SORTED and _same_unit(case, last):
        draft.thing, draft.how["thing"] = last.thing, "before"
        draft.part("one sort of what the codebook counts")
        draft.marks.add(_SORT)


def _same_unit(case: Case, other: Draft) -> bool:
    return case.telling.quantities[other.number].unit == case.unit


def _of_attributes(case: Case) -> None:
    """How documents may be disclosed is no request: 公文公开属性认定,依申请公开3件."""
    if case.draft.thing != "request":
        return
    found = (each for each in case.telling.found if each.start < case.token.start)
    if any("attribute" in each.fills for each in found):
        case.draft.unknown("how documents may be disclosed, and no requests")


def _with_carried(case: Case) -> None:
    """The sum of what was carried in and what came anew is neither."""
    draft = case.draft
    plain = draft.thing == "request" and draft.act in ("", "received") and not draft.channel
    summed = plain and "sum" in case.before.marks and not case.before.things
    if summed and any(each.act == "carried_in" for each in case.telling.drafts):
        draft.part("what was carried in and what came anew")


def _of_applicants(case: Case) -> None:
    draft, telling = case.draft, case.telling
    plain = draft.act in ("", "received") and not (draft.channel or draft.outcome)
    if not case.before.party or draft.thing != "request" or not plain:
        return
    earlier = any(each.thing == "request" for each in telling.drafts)
    if "of_which" in case.before.marks or earlier:
        draft.part("the share of one kind of applicant")


def _of_powers(case: Case) -> None:
    listed = "of_which" in case.before.marks and case.topic.thing == "power_item"
    if listed and case.draft.thing in _POWERS:
        case.draft.part("a part of the list of powers")
    if "of_which" in case.before.marks and case.now(*COURTS):
        case.telling.part = case.telling.part or "courts"
    if case.telling.part == "courts" and case.draft.thing in _POWERS:
        case.draft.part("what the cases were about")


def _of_days(case: Case) -> None:
    """Visits behind something counted by the day are by the day too."""
    if case.draft.thing == "visit" and any(
        "per" in each.marks and each.thing != "visit" for each in case.telling.drafts
    ):
        case.draft.part("a figure by the day")


def _of_calls(case: Case) -> None:
    """What calls were about."""
    draft, telling = case.draft, case.telling
    if draft.thing not in _BY_WAY_OF_CALLS:
        return
    if "of_which" in case.before.marks and case.now("call", "mailbox_letter"):
        telling.part = "calls"
    if telling.part == "calls":
        draft.part("a part of the calls")


def _further_part(case: Case) -> None:
    """The next of a list of parts."""
    draft, telling = case.draft, case.telling
    if not telling.part or telling.part != draft.thing or not case.before.things:
        return
    if case.joined or ("of_which" not in case.before.marks and not case.own):
        draft.part("a part of the number before it")


def _already_public(case: Case) -> None:
    draft = case.draft
    weak = case.before.weak or case.said.weak
    if draft.thing == "request" and draft.act == "published" and weak:
        draft.outcome, draft.act = "already_public", ""
    elif draft.outcome == "already_public" and draft.thing != "request":
        draft.outcome = ""


def _stocks(case: Case) -> None:
    """Only items that are kept have a change; what is new of others shows what was before."""
    draft, drafts = case.draft, case.telling.drafts
    if draft.by == "change" and draft.thing not in _STOCKS:
        draft.by = ""
    last = drafts[-1] if drafts and drafts[-1].by != "previous" else None
    if "new" in draft.marks and last is not None and last.thing == draft.thing:
        drafts[-1].flags.add("cumulative")


def _of_disclosure(case: Case) -> None:
    """Reviews of all kinds, of which some are over disclosure."""
    draft, before = case.draft, case.before
    if draft.thing == "review" and before.reviewer and not before.about:
        draft.part("all reviews, not those over disclosure")
    told = "of_which" in before.marks and before.about and "thing" in draft.how
    if told and draft.thing in COURTS:
        for each in case.telling.drafts:
            if each.thing == draft.thing:
                each.part("all cases, of which some are over disclosure")


def _of_next_year(case: Case) -> None:
    year = case.telling.year
    later = any(each.kind == Kind.YEAR and year and each.ref > year for each in case.right)
    if later and case.draft.act != "carried_out":
        case.draft.flags.add("target")


_RULES: tuple[Callable[[Case], None], ...] = (
    _sort_of_list, _trained, _share, _those_with, _of_which, _carried_over, _denied, _from_to,
    _of_bodies, _of_applicants, _of_attributes, _with_carried, _of_powers, _of_days, _of_calls,
    _further_part, _already_public, _stocks, _of_disclosure, _of_next_year,
)  # fmt: skip
