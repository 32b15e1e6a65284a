"""What becomes of a draft once its thing is known: parts, shares, other bodies, other years."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.extract.metrics.draft import COURTS, TAKEN
from govtext.extract.metrics.lexicon import units, words
from govtext.extract.metrics.slots import GENERIC, UNKNOWN
from govtext.extract.metrics.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govtext.core.model import Quantity
    from govtext.extract.metrics.draft import Case, Draft

_PARTED = frozenset("information_item interpretation press_conference interview training".split())
_BY_BODY = frozenset("request information_item review lawsuit".split())
_BY_WAY_OF_CALLS = frozenset("inquiry complaint suggestion".split())
_DEPUTIES = frozenset("npc_suggestion cppcc_proposal npc_and_cppcc".split())
_POWERS = frozenset("licence penalty coercion approval_item".split())
_STOCKS = _POWERS | frozenset("other_service fee_item".split())
_ENDED = frozenset("granted partly_granted refused annulled withdrawn".split())
_FROM = 6
_RANKS = 5
_SHARES = units("share")


def settle(case: Case) -> None:
    """Mark what makes the number no total of its thing, and set slots that depend on others."""
    for rule in _RULES:
        rule(case)


def more(case: Case) -> list[Draft]:
    """The draft, and others that the same number makes."""
    draft, before = case.draft, case.before
    drafts = [draft]
    together = before.joined or case.noun.joined
    if together:
        if case.telling.quantities[draft.number].value == 0:
            drafts += [draft.twin(thing=thing) for thing in together]
        else:
            draft.unknown("several things share the number")
    second = before.second_act
    if second and second != draft.act:
        if second in TAKEN and draft.act == "handled":
            draft.act = second
        elif second in TAKEN or second in ("issued", "made"):
            drafts.append(draft.twin(act=second))
        elif second not in GENERIC and {second, draft.act} & _ENDED:
            draft.unknown("several doings share the number")
    return drafts


def compare(drafts: Sequence[Draft], quantities: Sequence[Quantity]) -> None:
    """Mark what later numbers of a sentence show of earlier ones."""
    for draft, later in pairwise(drafts):
        share = "share" in later.marks and quantities[later.number].unit in units("rate")
        plain = not draft.channel and "weak" not in draft.marks
        if share and draft.thing == "information_item" and plain:
            draft.part("a part, given with its share of the total")
        listed = later.bodies and not later.thing and later.bare
        foreign = draft.bodies and not own(draft.bodies) and not own(later.bodies)
        if listed and foreign and "of_which" not in later.marks:
            draft.part("the figure of one of several bodies")
    for place, draft in enumerate(drafts):
        if _of_the_whole(draft, drafts[place + 1 :]):
            draft.flags.add("other_body")


def _of_the_whole(draft: Draft, later: Sequence[Draft]) -> bool:
    """True for the figure of a whole place of which the body's own share follows."""
    level = _level(draft.bodies, "whole_place")
    if level is None:
        return False
    shares = (_level(each.bodies, "own_place") for each in later if each.thing == draft.thing)
    return any(share is not None and share < level for share in shares)


def _level(bodies: Sequence[str], first: str) -> int | None:
    """Rank of the place that a body named so is of: 全市 above 我区."""
    for body in bodies:
        if body[0] in words(first):
            ranks = (rank for rank in range(_RANKS) if body[1:2] in words(f"rank_{rank}"))
            return next(ranks, None)
    return None


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
    if "of_which" in before.marks and draft.act == "held" and draft.thing in _DEPUTIES:
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
    quantity = case.telling.quantities[other.number]
    return other.thing == case.draft.thing and quantity.unit == case.unit


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
    else:
        draft.act = ""  # moved to somewhere, and not to another year


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


def own(bodies: list[str]) -> bool:
    """True if one of these is the body that reports."""
    names = (body for body in bodies if body not in words("not_own"))
    return any(body[0] in words("own_body") for body in names)


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
    if "new" in draft.marks and drafts and drafts[-1].thing == draft.thing:
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
    _trained, _share, _of_which, _carried_over, _denied, _from_to, _of_bodies, _of_applicants,
    _of_powers, _of_days, _of_calls, _further_part, _already_public, _stocks, _of_disclosure,
    _of_next_year,
)  # fmt: skip
