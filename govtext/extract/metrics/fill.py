"""What a number's own words say of it, else what is carried: the thing and its slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.carried import carry
from govtext.extract.metrics.draft import COURTS
from govtext.extract.metrics.lexicon import units, words
from govtext.extract.metrics.slots import UNKNOWN, Named
from govtext.extract.metrics.things import thing_of

if TYPE_CHECKING:
    from govtext.extract.metrics.draft import Case
    from govtext.extract.metrics.tokens import Token

_COURT_ACTS = frozenset(
    "received accepted received_accepted handled completed annulled withdrawn not_accepted".split()
)
_OF_OTHERS = {
    "fee": "granted partly_granted published posted answered",
    "meeting": "published posted answered solicited",
    "training": "published posted answered",
    "satisfaction": "published posted answered received handled completed",
    "inquiry": "published posted",
    "penalty": "published posted",
    "coercion": "published posted",
    "licence": "published posted",
}
"""Doings before a thing that are of something else: 依申请提供信息共收费20元."""
_LIST_ACTS = frozenset(
    "published posted printed issued made repealed in_force set held received accepted handled "
    "resolved".split()
)
_NO_DOING = frozenset("visit visitor staff budget fee satisfaction rate trainee".split())
_RATED = frozenset(
    "call mailbox_letter request npc_suggestion cppcc_proposal npc_and_cppcc licence "
    "inquiry".split()
)
_LISTS = frozenset("total_disclosed new_disclosed".split())
_NEAR = 24


def fill(case: Case) -> None:
    """Thing and slots: from the number's own words, else carried."""
    draft, before, noun = case.draft, case.before, case.noun
    others = [each.word for each in before.things if each.thing == "organisation"]
    draft.bodies = [*before.bodies, *noun.bodies, *others]
    named = _of_the_case(_licensed(thing_of(case), case), case)
    draft.thing, draft.word = named.thing, named.word
    if named.thing == UNKNOWN:
        draft.reason = "the noun beside the number is no thing of the codebook"
    if named.span != (0, 0):
        draft.places["thing"] = named.span
    _take_own(case)
    _narrow(case, named)
    case.own = not draft.bare
    _take_said(case)
    if not draft.thing:
        carry(case)
    elif draft.thing != UNKNOWN:
        _inherit(case)
    if case.telling.head is not None and not case.own and draft.thing:
        draft.act = draft.act or case.telling.head.act
        draft.outcome = draft.outcome or case.telling.head.outcome
    if draft.thing in ("rate", "satisfaction"):
        public = draft.word.startswith(tuple(words("public")))
        about = draft.thing == "satisfaction" and (case.before.about or public)
        draft.of = "" if about else _rated(case)


def _take_own(case: Case) -> None:
    draft, before, noun = case.draft, case.before, case.noun
    draft.act = before.act or noun.act
    draft.outcome = before.outcome or noun.outcome
    draft.channel = before.channel or noun.channel
    draft.by = before.by or noun.by
    draft.places |= noun.places | before.places
    if draft.outcome == "refused_to_process" and any(
        each.thing in ("complaint", "petition") for each in before.things
    ):
        draft.outcome, draft.thing = "petition", ""
    if draft.thing in COURTS and draft.act not in _COURT_ACTS:
        draft.act = ""
    if draft.act in _OF_OTHERS.get(draft.thing, "").split():
        draft.act = ""
    if draft.outcome == "on_time" and draft.thing in _RATED - {"request"}:
        draft.act = draft.act or "completed"
    weak = before.weak or noun.weak
    if draft.outcome == "already_public" and weak and not case.in_request:
        draft.outcome = ""


def _narrow(case: Case, named: Named) -> None:
    draft = case.draft
    verb = named.narrowing == "verb"
    loose = named.thing == "staff" or (named.thing == "information_item" and not draft.channel)
    if named.narrowing == "kind" or (verb and loose):
        draft.part("one sort of what the codebook counts")
    if case.before.weak:
        draft.marks.add("weak")


def _take_said(case: Case) -> None:
    """What is said behind the number, where nothing before it says more."""
    draft, said, noun = case.draft, case.said, case.noun
    every = bool(said.marks & {"all", "each"})
    texts = draft.thing in ("normative_document", "regulation")
    if case.before.relative and said.act in ("published", "posted") and texts:
        draft.act = "published"
    if case.own or (every and noun.things and draft.thing in COURTS):
        return
    if said.several:
        draft.part("several outcomes share the number")
    elif "negated" in said.marks and not said.outcome:
        draft.unknown("what is said of the number is negated")
    else:
        draft.take(said, "behind" if said.filled else "")


def _inherit(case: Case) -> None:
    """A bare noun of a list takes what was done from the number before it."""
    draft, pending = case.draft, case.telling.pending
    apart = pending is not None and not case.joined and not draft.act
    if apart and pending and pending.act and not pending.things and pending.relative:
        draft.act, draft.how["act"] = pending.act, "clause before"
        return
    if not draft.bare or not case.telling.last or draft.thing in _NO_DOING:
        return
    content = [each for each in case.left if _says(each)]
    last = case.telling.last[-1]
    listed = len(content) == 1 or case.joined
    if listed and last.thing not in ("", UNKNOWN, draft.thing) and last.act in {*_LIST_ACTS, ""}:
        draft.act, draft.how["act"] = last.act, "number before"
        draft.marks |= last.marks & {"kind"} if last.bodies else set()
        if last.by in _LISTS:
            draft.by = last.by


def _rated(case: Case) -> str:
    """Whose rate it is: what is named with it, else what was spoken of last."""
    near = [each.thing for each in case.before.things if each.thing in _RATED]
    earlier = [
        token for token in case.telling.found
        if token.start < case.token.start and token.fills.get("thing") in _RATED
    ]  # fmt: skip
    if case.draft.thing == "satisfaction":
        close = [each for each in earlier if each.start > case.token.start - _NEAR]
        return (near or [each.fills["thing"] for each in close] or [""])[0]
    spoken = [each.fills["thing"] for each in earlier if "channel" not in each.fills]
    for thing in (*near, *reversed(spoken), case.telling.topic.thing, *case.telling.told):
        if thing and thing not in ("information_item", "reply", "rate"):
            return thing
    return "request" if case.draft.act == "answered" else ""


def _says(token: Token) -> bool:
    """True for a token that says something of its own in a list."""
    return (
        token.text not in words("and")
        and "neutral" not in token.fills
        and "mark" not in token.fills
    )


def _of_the_case(named: Named, case: Case) -> Named:
    """A request that is withdrawn behind reviews is one for a review."""
    withdrawn = case.before.act == "withdrawn" and named.word in words("plain_request")
    if withdrawn and case.now(*COURTS):
        return named._replace(thing=case.topic.thing)
    return named


def _licensed(named: Named, case: Case) -> Named:
    """Licences counted as kinds are items, and items counted as cases are licences."""
    act = case.before.act or case.noun.act
    if named.thing == "licence" and case.unit in units("kinds") and act in ("", "in_force", "set"):
        return named._replace(thing="approval_item")
    said = named.word[:2] in words("licence_word")
    if named.thing == "approval_item" and case.unit in units("case_units") and said:
        return named._replace(thing="licence")
    return named
