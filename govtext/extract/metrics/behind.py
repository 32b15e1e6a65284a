"""Tokens behind a number -> slots: the noun right behind it, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.draft import TAKEN
from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.narrowing import joined, narrowed
from govtext.extract.metrics.slots import GENERAL, GENERIC, Named, Slots
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAID = 6  # tokens on from the first thing said of a number
_RELATIVE = 13
_CARRIED = frozenset("carried carried_in carried_out".split())
_SAYING = frozenset("act outcome channel by".split())


def right_slots(tokens: Sequence[Token]) -> tuple[Slots, Slots]:
    """The noun right behind a number, and what is said of it behind that."""
    run, place = _noun_run(tokens)
    return _noun(run), _said(tokens, place)


def _noun_run(tokens: Sequence[Token]) -> tuple[list[Token], int]:
    """Tokens of the noun behind a number, and the place behind it."""
    run: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        attribute = _attribute(run, tokens, place)
        if attribute is not None:
            run.append(attribute)
            place += 1
        elif _goes_on(run, tokens, place):
            run.append(token)
        else:
            break
        place += 1
    return run, place


def _goes_on(run: Sequence[Token], tokens: Sequence[Token], place: int) -> bool:
    """True for a token that belongs to the noun."""
    joins = bool(run) and place + 1 < len(tokens) and _joins(tokens[place])
    return _nominal(tokens[place]) or joins or _relative(tokens, place)


def _attribute(run: Sequence[Token], tokens: Sequence[Token], place: int) -> Token | None:
    """Noun that a doing makes of what is counted: 6项审批事项的承诺时限 counts no items."""
    if not run or run[-1].kind != Kind.OF or tokens[place].kind != Kind.VERB:
        return None
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    if behind is None:
        return None
    if behind.kind == Kind.NOUN:
        return behind
    return tokens[place]._replace(kind=Kind.NOUN) if "neutral" in behind.fills else None


def _nominal(token: Token) -> bool:
    if token.kind in (Kind.NOUN, Kind.OF, Kind.AGENT, Kind.SHORT):
        return True
    fills = token.fills
    named = "thing" in fills or "channel" in fills or "agent" in fills or "neutral" in fills
    return token.kind == Kind.TERM and named and "none" not in fills


def _joins(token: Token) -> bool:
    return token.text in words("and") and token.text not in words("and_not")


def _relative(tokens: Sequence[Token], place: int) -> bool:
    """True for a doing that a noun stands behind: 5件涉及征地的申请."""
    for step in range(place + 1, min(place + _RELATIVE, len(tokens))):
        each = tokens[step]
        if each.kind == Kind.OF:
            behind = tokens[step + 1] if step + 1 < len(tokens) else None
            if behind is None:
                return False
            return behind.kind == Kind.NOUN or "thing" in behind.fills or "neutral" in behind.fills
        if each.kind in (Kind.NUMBER, Kind.MARK):
            return False
    return False


def _noun(run: list[Token]) -> Slots:
    """What the noun behind a number fills: its last part names the thing."""
    noun = Slots()
    while run and (run[-1].kind == Kind.OF or run[-1].text in words("and")):
        run = run[:-1]
    noun.about = any(each.fills.get("neutral") == "disclosure" for each in run)
    if _of_a_thing(run):
        noun.unknown = run[-1].text
        return noun
    place = _head(run)
    if place >= 0:
        for each in run:
            _take_beside(noun, each)
        _take_head(noun, run, place)
    elif run and run[-1].kind == Kind.AGENT:
        noun.unknown = run[-1].text
    return noun


def _take_head(noun: Slots, run: list[Token], place: int) -> None:
    """What the last part of a noun names."""
    head = run[place]
    if head.kind == Kind.NOUN:
        noun.unknown = head.text
    elif "thing" in head.fills:
        if head.fills["thing"] in GENERAL and place and "thing" in run[place - 1].fills:
            place -= 1
            head = run[place]
        span = head.start, head.end
        noun.things.append(Named(head.fills["thing"], head.text, narrowed(run, place), span))
        noun.joined = joined(run, place)
    elif "channel" in head.fills and any(each.kind in (Kind.AGENT, Kind.NOUN) for each in run):
        noun.unknown = head.text


def _of_a_thing(run: Sequence[Token]) -> bool:
    """True for something of a thing: 12件申请的内容 counts no requests."""
    if len(run) < 3 or "neutral" not in run[-1].fills:
        return False
    return any(each.kind == Kind.OF for each in run[-3:-1]) and any(
        "thing" in each.fills for each in run
    )


def _head(run: Sequence[Token]) -> int:
    """Place of the token that names what is counted, -1 where none does."""
    place = len(run) - 1
    while place >= 0 and _empty(run[place]):
        place -= 1
    if place >= 2 and run[place].kind == Kind.NOUN and run[place - 1].text in words("and"):
        return place - 2 if "thing" in run[place - 2].fills else place
    return place


def _empty(token: Token) -> bool:
    if token.kind in (Kind.OTHER, Kind.VERB, Kind.OF, Kind.AGENT):
        return True
    fills = token.fills
    return ("neutral" in fills or "agent" in fills) and "thing" not in fills


def _take_beside(slots: Slots, token: Token) -> None:
    """Slots beside the thing, the first of each."""
    fills = token.fills
    for slot in ("act", "outcome", "by"):
        if slot in fills and not getattr(slots, slot):
            setattr(slots, slot, fills[slot])
            slots.places[slot] = (token.start, token.end)
    if "channel" in fills:
        slots.channels.append(fills["channel"])
        slots.places.setdefault("channel", (token.start, token.end))


def _said(tokens: Sequence[Token], place: int) -> Slots:
    """What is said of a number behind its noun, as far as one doing goes."""
    said = Slots()
    if place < len(tokens):
        first = tokens[place]
        said.points = first.text in words("copula") or "thing" in first.fills
    begun = -1
    for step in range(place, len(tokens)):
        token = tokens[step]
        fills = token.fills
        if begun >= 0 and (step - begun > _SAID or token.text in words("because")):
            break
        if "negation" in fills and not said.outcome:
            said.marks.add("negated")
        if token.text in words("purpose") or fills.get("mark") == "link_use":
            said.points = True
        if token.kind != Kind.TERM:
            continue
        if begun < 0 and not _SAYING.isdisjoint(fills):
            begun = step
        _take_said(said, token, tokens[step - 1] if step else None)
    return said


def _take_said(said: Slots, token: Token, before: Token | None) -> None:
    fills = token.fills
    said.about = said.about or fills.get("neutral") == "disclosure"
    said.weak = said.weak or "weak" in fills
    other = said.outcome and fills.get("outcome", said.outcome) != said.outcome
    if other and before is not None and before.text in words("and"):
        said.several = True
    for slot in ("act", "outcome", "by"):
        loose = getattr(said, slot) in GENERIC or getattr(said, slot) == "refused_to_process"
        # That it was received late says why it is carried over.
        late = slot == "act" and said.act in TAKEN and fills.get("act") in _CARRIED
        if (loose or late) and slot in fills:
            setattr(said, slot, "")
    _take_beside(said, token)
    if "thing" in fills and "none" not in fills:
        said.things.append(Named(fills["thing"], token.text, "", (token.start, token.end)))
    if "mark" in fills:
        said.marks.add(fills["mark"])
