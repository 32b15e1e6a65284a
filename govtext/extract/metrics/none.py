"""Statements of none -> drafts of frames, with the negation in the place of the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.clauses import clauses, in_denial, items
from govtext.extract.metrics.draft import COURTS, REQUEST_OUTCOMES, Draft
from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.scope import Scope
from govtext.extract.metrics.slots import UNKNOWN, Slots, left_slots
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BOTH = {"npc_and_cppcc": ("npc_suggestion", "cppcc_proposal")}
_CARRIED = frozenset("carried_in carried_out".split())
_OF_OTHERS = frozenset("published posted answered granted".split())
_OTHER_YEARS = {"prior_year", "target"}
"""What is carried over names another year and is this year's own."""
_CHARGED = frozenset("fee complaint".split())


def denied(
    found: list[Token], before: str, told: tuple[str, ...], year: int | None
) -> Iterator[tuple[Token, Draft]]:
    """Negations of a sentence, each with what it says there was none of.

    Parameters
    ----------
    found : list of Token
        The sentence.
    before : str
        The thing that the sentence before spoke of.
    told : tuple of str
        Things that the heading names.
    year : int or None
        Year reported on.
    """
    carried, earlier = before, list[Token]()
    scope = Scope(year)
    title = told[0] if len(told) == 1 else ""
    for clause in clauses(found):
        scope.clause(clause.before)
        counted = any(not in_denial(clause.tokens[:at], clause.tokens[at]) for at in clause.numbers)
        for place, token in enumerate(clause.tokens):
            scope.see(token)
            if token.kind != Kind.TERM or counted:
                continue
            left, right = clause.tokens[:place], clause.tokens[place + 1 :]
            if "none" in token.fills:
                if token.fills["thing"] != "fee" or _served(clause.tokens, token):
                    draft = Draft(-1, thing=token.fills["thing"], flags=scope.flags())
                    draft.places["thing"] = token.start, token.end
                    yield token, draft
            elif "negation" in token.fills:
                for draft in _denied_here(token, left, right, earlier, carried, title):
                    moved = _OTHER_YEARS if draft.act in _CARRIED else set()
                    draft.flags |= scope.flags() - moved
                    yield token, draft
        earlier = clause.tokens
        named = [each for each in clause.tokens if "thing" in each.fills]
        carried = named[-1].fills["thing"] if named else carried


def _denied_here(
    token: Token,
    left: list[Token],
    right: list[Token],
    earlier: list[Token],
    carried: str,
    title: str,
) -> Iterator[Draft]:
    """What one negation denies: what stands behind it, or else before it."""
    says = any(each.kind in (Kind.TERM, Kind.NOUN) for each in right)
    if any("thing" in each.fills for each in right) or (token.fills["negation"] == "none" and says):
        here = [each.fills["thing"] for each in left if "thing" in each.fills]
        past = any(each.fills.get("scope") == "prior_year" for each in left)
        yield from _behind(right, here[-1] if here else carried, title, past=past)
    elif (token.fills["negation"] == "after" or not right) and "outcome" not in token.fills:
        for item in _items(left or earlier) or [[]]:
            draft = _draft(item, carried, title, before=True)
            if draft is not None:
                yield from _each(draft)


def _behind(right: list[Token], carried: str, title: str, *, past: bool) -> Iterator[Draft]:
    listed = _items(right)
    formed = any(each.text in words("form") for each in right)
    shared = next((each.fills["thing"] for each in reversed(right) if "thing" in each.fills), "")
    act = ""
    for item in listed:
        draft = _draft(item, shared or carried, title, act, past=past)
        if draft is None:
            continue
        act = act or draft.act
        if len(listed) > 1 and formed and draft.thing == "request":
            draft.channel = ""
        vague = draft.channel and "carried" in draft.marks and not draft.act and not shared
        if not vague or draft.thing == "request":
            yield from _each(draft)


def _each(draft: Draft) -> Iterator[Draft]:
    for thing in _BOTH.get(draft.thing, (draft.thing,)):
        yield draft.twin(thing=thing, again=False)


def _draft(
    item: Sequence[Token],
    carried: str,
    title: str,
    act: str = "",
    *,
    before: bool = False,
    past: bool = False,
) -> Draft | None:
    """Frame of one item that is denied; None where it is narrowed, planned or unknown."""
    slots = left_slots(item)
    if _is_no_statement(item, slots) or (not before and _narrowed(item, slots)):
        return None
    _when_carried(item, slots, past=past)
    thing, marks = slots.thing, set(slots.marks)
    asked_for = slots.outcome in REQUEST_OUTCOMES or slots.act in _CARRIED
    if thing in ("information_item", "") and asked_for:
        thing, act, marks = "request", "", set()
    elif thing == UNKNOWN or (slots.things and slots.things[0].narrowing == "kind"):
        return None
    elif not thing:
        if not slots.filled and not before:
            return None
        thing = carried or title
        marks.add("carried")
    if not thing:
        return None
    draft = _made(thing, slots, marks, slots.act or act)
    if "carried" in marks:
        draft.how["thing"] = "clause before" if carried else "heading"
    return draft


def _made(thing: str, slots: Slots, marks: set[str], act: str) -> Draft:
    """Draft of a thing. A doing that is of something else is left out: 因公开信息而起的复议."""
    draft = Draft(-1, thing=thing, marks=marks)
    draft.take(slots, "")
    if slots.things and thing == slots.thing:
        draft.places["thing"] = slots.things[0].span
    draft.act = "" if thing in COURTS and act in _OF_OTHERS else act
    return draft


def _when_carried(item: Sequence[Token], slots: Slots, *, past: bool) -> None:
    """What is carried over comes in from the year before, or goes out to the next."""
    if slots.act == "carried":
        past = past or any(each.fills.get("scope") == "prior_year" for each in item)
        slots.act = "carried_in" if past else "carried_out"


def _is_no_statement(item: Sequence[Token], slots: Slots) -> bool:
    """True for what was planned, and for asking for complaints."""
    fills = [each.fills for each in item]
    asked = slots.thing == "complaint" and any(each.get("neutral") == "asked" for each in fills)
    return asked or any(each.get("scope") == "target" for each in fills)


def _served(found: Sequence[Token], token: Token) -> bool:
    """True if what is free of charge is what applicants get."""
    if any(word in token.text for word in words("charge")):
        return True
    return any(
        each.text in words("served") or each.fills.get("thing") == "request" for each in found
    )


def _narrowed(item: Sequence[Token], slots: Slots) -> bool:
    """True where an unknown word stands right before the thing: 违规收费."""
    if not slots.things or slots.thing not in _CHARGED:
        return False
    named = slots.things[0].word
    places = range(len(item) - 1, -1, -1)
    place = next((each for each in places if item[each].text == named), 0)
    word = item[place - 1] if place else None
    return word is not None and word.kind in (Kind.NOUN, Kind.VERB) and len(word.text) > 1


def _items(found: Sequence[Token]) -> list[list[Token]]:
    return items(found, words("also"))
