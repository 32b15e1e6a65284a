"""What is held while a sentence is read: the frame of a number in the making, and the topic."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from govtext.extract.metrics.slots import UNKNOWN, Slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Quantity
    from govtext.extract.metrics.tokens import Token

CARRIED = frozenset(
    "request review lawsuit complaint call mailbox_letter inquiry npc_suggestion cppcc_proposal "
    "npc_and_cppcc press_conference interview staff training trainee meeting interpretation "
    "information_item normative_document regulation hot_topic fee petition licence penalty "
    "coercion other_service fee_item response visit office reading_point procurement "
    "gazette_issue approval_item power_item article".split()
)
"""Things that a number in a later clause can be of without naming them."""
REQUEST_OUTCOMES = frozenset(
    "already_public not_existing not_this_body not_government_information third_party internal "
    "process enforcement_file registry_query not_held needs_creation unclear petition repeat "
    "publication mass reconfirm state_secret trade_secret privacy security other_law unpaid "
    "overdue".split()
)
"""Outcomes that only a request has."""
COURTS = frozenset("review lawsuit".split())
DEPUTIES = frozenset("npc_suggestion cppcc_proposal npc_and_cppcc".split())
PUBLISHED = frozenset("published posted printed".split())
TAKEN = frozenset("received accepted received_accepted".split())
ROUTES = frozenset("direct after_review".split())
"""How a lawsuit came about: without a review, or after one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What was spoken of last, and how many sentences ago."""

    thing: str = ""
    by: str = ""
    act: str = ""
    age: int = 0
    kind: bool = False

    def older(self) -> Topic:
        """The same one, a sentence later."""
        return Topic(self.thing, self.by, self.act, self.age + 1, self.kind)


@dataclass(slots=True)
class Draft:
    """The frame of a number or a negation; `how` says from where a slot was carried."""

    number: int
    clause: int = -1
    thing: str = ""
    act: str = ""
    channel: str = ""
    outcome: str = ""
    by: str = ""
    of: str = ""
    word: str = ""
    reason: str = ""
    again: bool = False
    flags: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    bodies: list[str] = field(default_factory=list)
    how: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def bare(self) -> bool:
        """True if no slot beside the thing is filled."""
        return not (self.act or self.outcome or self.channel or self.by)

    def take(self, slots: Slots, how: str = "") -> None:
        """Take over the slots beside the thing."""
        self.act, self.outcome, self.by = slots.act, slots.outcome, slots.by
        self.channel = slots.channel
        for slot, span in slots.places.items():
            self.places.setdefault(slot, span)
        if how:
            self.how["act"] = how

    def unknown(self, reason: str) -> None:
        """Let the number be of something that no metric counts."""
        self.thing, self.word, self.reason = UNKNOWN, "", reason

    def part(self, reason: str) -> None:
        """Let the number be one part of what it counts, and no total."""
        self.marks.add("kind")
        self.reason = self.reason or reason

    def twin(self, **changes: object) -> Draft:
        """Another frame of the same number."""
        made = replace(self, **({"again": True} | changes))  # type: ignore[arg-type]
        made.flags, made.marks = set(self.flags), set(self.marks)
        made.how, made.places = dict(self.how), dict(self.places)
        return made


class Telling(Protocol):
    """What a sentence knows when a number of it is read."""

    found: list[Token]
    quantities: Sequence[Quantity]
    year: int | None
    topic: Topic
    pending: Slots | None
    head: Slots | None
    told: tuple[str, ...]
    drafts: list[Draft]
    last: list[Draft]
    channel: str
    channel_before: str
    shared: Slots | None
    aside: bool
    part: str
    denied: bool


@dataclass(slots=True)
class Case:
    """One number with all that its rules look at."""

    telling: Telling
    draft: Draft
    token: Token
    unit: str
    left: Sequence[Token]
    right: Sequence[Token]
    before: Slots
    noun: Slots
    said: Slots
    first: bool
    joined: bool
    own: bool = False
    """True if the number's own clause fills a slot beside the thing."""

    @property
    def topic(self) -> Topic:
        """What the sentence spoke of last."""
        return self.telling.topic

    @property
    def pending(self) -> Slots | None:
        """What the clause before said, where it has no number of its own."""
        return self.telling.pending

    @property
    def in_request(self) -> bool:
        """True where requests are spoken of."""
        if self.pending and self.pending.thing == "request":
            return True
        if self.topic.thing:
            return self.topic.thing == "request"
        return "request" in self.telling.told

    def spoken(self, thing: str) -> bool:
        """True where a thing was spoken of last, in the clause before, or in the heading."""
        pending = self.pending is not None and self.pending.thing == thing
        return pending or self.topic.thing == thing or thing in self.telling.told

    def now(self, *things: str) -> bool:
        """True where this very sentence speaks of one of these things."""
        return self.topic.age == 0 and self.topic.thing in things
