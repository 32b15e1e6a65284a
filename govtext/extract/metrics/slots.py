"""Tokens before a number -> slots: what they fill, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.narrowing import joined, modifying, narrowed
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "unknown"
"""A noun that no term names: it is a thing of its own, and nothing known further left may count."""
GENERIC = frozenset("answered completed handled".split())
"""Doings that a more special one beside them says more of: 予以公开答复."""
SPECIFIC = frozenset(
    "granted partly_granted refused withdrawn annulled carried_in carried_out carried".split()
)
GENERAL = frozenset(("activity",))
"""Nouns that only repeat what the thing right before them says: 开放日活动."""
_JUDGED = frozenset("request review lawsuit".split())
"""Things that a noun before an outcome does not hide: 复议经审查维持9件."""
_SOFT = GENERIC | SPECIFIC | frozenset("resolved responded received accepted".split())
_CLAUSE_DOINGS = frozenset("cut published posted".split())
_ADJUNCT = 10  # tokens back that the preposition of a noun is looked for
_OUTLET = 4
_OBJECT = 4
_OUTLETS = frozenset("website weibo wechat new_media gazette press board platform".split())
_PLAIN = frozenset("board press other in_person".split())
_SOCIAL = frozenset("weibo wechat new_media".split())
_NET = frozenset("online website platform email".split())


class Named(NamedTuple):
    """A thing, the word that names it, whether that is narrowed (``kind``, ``verb``), its place."""

    thing: str
    word: str = ""
    narrowing: str = ""
    span: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Slots:
    """What a stretch of tokens fills; `places` has the characters that filled each slot."""

    things: list[Named] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    unknown: str = ""
    soft: bool = False
    act: str = ""
    second_act: str = ""
    outcome: str = ""
    by: str = ""
    channels: list[str] = field(default_factory=list)
    several: bool = False
    elsewhere: bool = False
    marks: set[str] = field(default_factory=set)
    bodies: list[str] = field(default_factory=list)
    implies: str = ""
    weak: bool = False
    about: bool = False
    reviewer: bool = False
    party: bool = False
    relative: bool = False
    act_of_clause: bool = False
    verbs: bool = False
    points: bool = False
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def thing(self) -> str:
        """The nearest thing, `UNKNOWN` for a noun that no term names, "" for none."""
        if self.things:
            return self.things[0].thing
        return UNKNOWN if self.unknown else ""

    @property
    def channel(self) -> str:
        """One value for the channels named: several are none of them alone."""
        found = frozenset(self.channels)
        if not found:
            return "elsewhere" if self.elsewhere else ""
        for value, fitting in (
            ("online", "online" in found and found <= _NET),
            ("website", found == {"website", "platform"}),
            ("other", "other" in found and (found <= _PLAIN or self._others())),
            ("other", found == {"board", "press"}),
            ("new_media", len(found) > 1 and found <= _SOCIAL),
            ("platforms", "platforms" in found),
            ("several", len(found) > 1 or self.several),
        ):
            if fitting:
                return value
        return self.channels[0]

    def _others(self) -> bool:
        """True for other channels than those named: 公报、网站之外的其他方式."""
        return self.channels[0] == "other" and "rest" in self.marks

    @property
    def filled(self) -> bool:
        """True if a slot beside the thing is filled."""
        return bool(self.act or self.channels or self.outcome or self.by)


def left_slots(tokens: Sequence[Token]) -> Slots:
    """What stands before a number."""
    slots = Slots()
    if tokens:
        slots.relative = tokens[-1].kind == Kind.OF
        if tokens[-1].text in words("sort"):
            slots.marks.add("kind")
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind == Kind.TERM:
            _take(slots, tokens, place)
        elif token.kind == Kind.AGENT:
            slots.bodies.append(token.text)
        elif token.kind == Kind.VERB and len(token.text) > 1 and not slots.things:
            slots.verbs = True
        elif token.kind == Kind.NOUN:
            _unknown(slots, tokens, place)
    return slots


def _unknown(slots: Slots, tokens: Sequence[Token], place: int) -> None:
    """A noun that no term names: what is counted, unless it belongs to a preposition."""
    token = tokens[place]
    near = tokens[max(0, place - _OUTLET) : place]
    if token.text[-1] in words("outlet_end") and any(
        each.text in words("outlet_at") for each in near
    ):
        slots.elsewhere = True
    elif slots.act and _OUTLETS.intersection(slots.channels):
        return  # who put it there
    elif not slots.things and not slots.unknown:
        rest_of_outcome = place and "outcome" in tokens[place - 1].fills
        if not rest_of_outcome and not _adjunct(tokens, place):
            slots.unknown = token.text
            slots.soft = bool(slots.outcome) or slots.act in _SOFT


def _adjunct(tokens: Sequence[Token], place: int) -> bool:
    """True for a noun that a preposition holds: 就供水降压回应18次."""
    if place == len(tokens) - 1:
        return False
    for before in range(place - 1, max(-1, place - _ADJUNCT), -1):
        token = tokens[before]
        if token.kind == Kind.PREPOSITION:
            return True
        if token.kind in (Kind.NUMBER, Kind.YEAR):
            return False
        if token.kind == Kind.TERM and "act" in token.fills:
            return False
    return False


def _take(slots: Slots, tokens: Sequence[Token], place: int) -> None:
    """What a term fills."""
    token = tokens[place]
    fills = token.fills
    if "mark" in fills:
        _take_mark(slots, tokens, place)
    _take_bodies(slots, token)
    if "thing" in fills and "none" not in fills:
        _take_thing(slots, tokens, place)
    if "act" in fills:
        _take_act(slots, tokens, place)
    if "outcome" in fills and slots.outcome in ("", "refused_to_process"):
        slots.outcome = fills["outcome"]
        slots.places["outcome"] = (token.start, token.end)
    if "sign" in fills:
        slots.marks.add(fills["sign"])
    if "by" in fills and not slots.by:
        slots.by = fills["by"]
        slots.places["by"] = (token.start, token.end)
    if "channel" in fills and not _object_of(tokens, place):
        slots.channels.append(fills["channel"])
        slots.places.setdefault("channel", (token.start, token.end))
        behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
        slots.several = slots.several or behind in words("and_more")


def _take_mark(slots: Slots, tokens: Sequence[Token], place: int) -> None:
    """A mark, as far as it is of this number: a change to a value is the value."""
    mark, behind = tokens[place].fills["mark"], tokens[place + 1 :]
    if mark in ("used", "sent") and behind and behind[0].kind == Kind.OF:
        return
    if mark == "change" and _to(behind):
        slots.marks.add("changed_to")
        return
    if mark == "change" and len(behind) > 2 and _names(behind):
        return
    if mark == "share" and len(behind) == 1 and _to(behind):
        return
    slots.marks.add(mark)


def _take_bodies(slots: Slots, token: Token) -> None:
    fills = token.fills
    if "neutral" in fills:
        slots.about = slots.about or fills["neutral"] == "disclosure"
    if "agent" not in fills:
        return
    slots.party = slots.party or fills["agent"] == "party"
    slots.reviewer = slots.reviewer or "reviewer" in fills
    slots.implies = slots.implies or fills.get("implies", "")
    if fills["agent"] == "yes":
        slots.bodies.append(token.text)


def _take_thing(slots: Slots, tokens: Sequence[Token], place: int) -> None:
    token = tokens[place]
    if slots.unknown and not slots.things:
        if not (slots.soft and token.fills["thing"] in _JUDGED):
            return
        slots.unknown = ""
    narrowing = ""
    if not slots.things:
        if _request_for(tokens, place):
            return
        narrowing = narrowed(tokens, place)
        slots.joined = joined(tokens, place)
    span = token.start, token.end
    named = Named(token.fills["thing"], token.text, narrowing, span)
    last = slots.things[0] if len(slots.things) == 1 else named
    general = last.thing in GENERAL and last.span[0] == token.end
    slots.things.insert(0 if general else len(slots.things), named)


def _request_for(tokens: Sequence[Token], place: int) -> bool:
    """True for a request for a review: 行政复议的申请 is a review."""
    if tokens[place].fills["thing"] != "request" or place < 2 or tokens[place - 1].kind != Kind.OF:
        return False
    return tokens[place - 2].fills.get("thing") in ("review", "lawsuit")


def _take_act(slots: Slots, tokens: Sequence[Token], place: int) -> None:
    token = tokens[place]
    act = token.fills["act"]
    if slots.things and modifying(tokens, place):
        return
    if act == "cut" and not slots.things and _to(tokens[place + 1 :]):
        slots.marks.add("changed_to")
        return
    outer = slots.act_of_clause and slots.thing == "normative_document" and act in _CLAUSE_DOINGS
    if (slots.act in GENERIC and act in SPECIFIC) or outer:
        slots.act = act
        slots.places["act"] = (token.start, token.end)
    elif not slots.act:
        slots.act = act
        slots.places["act"] = (token.start, token.end)
        behind = tokens[place + 1].kind if place + 1 < len(tokens) else Kind.OTHER
        slots.act_of_clause = behind == Kind.OF and bool(slots.things)
        slots.weak = slots.weak or "weak" in token.fills
        if place > 1 and tokens[place - 1].text in words("and"):
            slots.second_act = tokens[place - 2].fills.get("act", "")
    else:
        slots.weak = slots.weak or "weak" in token.fills


def _object_of(tokens: Sequence[Token], place: int) -> bool:
    """True for a channel that a doing is about: 对网上事件作出回应."""
    for before in range(place - 1, max(-1, place - _OBJECT), -1):
        token = tokens[before]
        if token.kind == Kind.PREPOSITION:
            return token.text in words("about")
        if token.kind in (Kind.NUMBER, Kind.MARK) or "act" in token.fills:
            return False
    return False


def _to(tokens: Sequence[Token]) -> bool:
    return any(each.fills.get("mark") == "to" for each in tokens)


def _names(tokens: Sequence[Token]) -> bool:
    return any(
        each.kind == Kind.TERM and ("thing" in each.fills or "act" in each.fills) for each in tokens
    )
