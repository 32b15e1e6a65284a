"""One sentence, clause by clause: a draft of a frame for each number, and what goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.extract.metrics import parts, whole
from govtext.extract.metrics.behind import right_slots
from govtext.extract.metrics.carried import carry
from govtext.extract.metrics.clauses import Clause, clauses, in_denial, split
from govtext.extract.metrics.draft import (
    CARRIED,
    PUBLISHED,
    REQUEST_OUTCOMES,
    ROUTES,
    Case,
    Draft,
    Topic,
)
from govtext.extract.metrics.fill import fill
from govtext.extract.metrics.lexicon import units
from govtext.extract.metrics.scope import Scope
from govtext.extract.metrics.shared import shared_items
from govtext.extract.metrics.slots import UNKNOWN, Named, Slots, left_slots
from govtext.extract.metrics.tokens import Kind, Token
from govtext.extract.metrics.twins import changed_to, in_another_unit, of_this_year, twin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Quantity

_SUBJECTS = frozenset("website weibo wechat gazette".split())
_LEFT = frozenset("withdrawn annulled carried_out".split())


class Sentence:
    """Reads one sentence; `drafts` are the frames in the making, `topic` and `channel` go on."""

    def __init__(
        self,
        found: list[Token],
        quantities: Sequence[Quantity],
        year: int | None,
        told: tuple[str, ...],
        topic: Topic,
        channel: str,
    ) -> None:
        self.found, self.quantities, self.year, self.told = found, quantities, year, told
        self.topic, self.channel_before = topic.older(), channel
        self.channel, self.part = "", ""
        self.pending: Slots | None = None
        self.head: Slots | None = None
        self.shared: Slots | None = None
        self.drafts: list[Draft] = []
        self.last: list[Draft] = []
        self.aside = self.denied = False
        self._waiting: list[Token] = []
        self._of_which = False
        self._scope = Scope(year)

    def read(self) -> list[Draft]:
        """Drafts of the numbers, in order."""
        for number, clause in enumerate(clauses(self.found)):
            self._begin(clause)
            if clause.numbers:
                self._read_numbers(clause, number)
                self.pending = None
            else:
                self._read_words(clause)
            self._subject(clause)
        whole.compare(self.drafts, self.quantities)
        return self.drafts

    def _begin(self, clause: Clause) -> None:
        """What a mark ends, and what it hands on."""
        if clause.before == ";":
            self.pending = self.head = None
            self.last = []
            age = self.topic.age + (self.topic.thing not in CARRIED)
            self.topic = replace(self.topic, by="", age=age)
        elif clause.before == ")":
            self.last = []
        elif clause.before == ":" and self.pending is not None:
            self.head = self.pending
        self._scope.clause(clause.before)
        self.aside = clause.before == "("

    def _subject(self, clause: Clause) -> None:
        """Channel that the clauses that follow may mean."""
        fills = [token.fills["channel"] for token in clause.tokens if "channel" in token.fills]
        named = [each for each in fills if each in _SUBJECTS]
        if named:
            joined = len(set(fills)) > 1 and not clause.numbers
            self.channel = "several" if joined else named[-1]

    def _read_words(self, clause: Clause) -> None:
        """A clause without a number: what it says of the last one, and what it hands on."""
        self._scope.see(*clause.tokens)
        terms = [token for token in clause.tokens if token.fills]
        marked = [token for token in terms if token.fills.get("mark") == "of_which"]
        self._of_which = len(marked) == len(clause.tokens)
        if any("negation" in token.fills or "none" in token.fills for token in terms):
            return
        slots = left_slots(clause.tokens)
        self._said_of_last(slots, clause)
        self.denied = self.denied or (slots.act == "refused" and not slots.outcome)
        known = [token for token in terms if token.fills.get("thing") in CARRIED]
        if known and slots.thing not in CARRIED:
            slots.things.insert(0, Named(known[-1].fills["thing"], known[-1].text))
        if self.pending is not None:
            if not slots.things:
                slots.things = self.pending.things
                slots.act = slots.act or self.pending.act
            slots.channels = slots.channels or self.pending.channels
        self.pending, self._waiting = slots, clause.tokens
        if slots.thing in CARRIED:
            self.topic = Topic(slots.thing, slots.by if slots.by in ROUTES else "", slots.act)

    def _said_of_last(self, slots: Slots, clause: Clause) -> None:
        """What a clause without a number says of the only one before it: 3件,均为网上提交."""
        if len(self.last) != 1 or not slots.filled:
            return
        draft = self.last[0]
        alike = any(each.fills.get("mark") in ("all", "each") for each in clause.tokens[:3])
        ended = slots.act in _LEFT or slots.outcome in REQUEST_OUTCOMES
        same = slots.thing in ("", UNKNOWN, "reply", "person", draft.thing)
        if not ended and not same and slots.thing in CARRIED:
            return
        if alike:
            if slots.channels and draft.thing == "request" and "rest" not in slots.marks:
                again = draft.twin(act=slots.act, channel=slots.channel, outcome=slots.outcome)
                again.places.update(slots.places)
                self.drafts.append(again)
        elif draft.bare and (not draft.thing or "thing" in draft.how or ended):
            draft.take(slots, "clause behind")
            if not draft.thing:
                carry(self._case(draft, Token(Kind.NUMBER, 0, 0, "", ref=draft.number)))

    def _case(self, draft: Draft, token: Token) -> Case:
        """A number without any words of its own."""
        unit = self.quantities[draft.number].unit
        none = Slots(), Slots(), Slots()
        return Case(self, draft, token, unit, (), (), *none, first=False, joined=False)

    def _read_numbers(self, clause: Clause, index: int) -> None:
        sides = list(split(clause))
        waiting = self._waiting if self.pending is not None else []
        shared = shared_items([left for left, _ in sides], waiting, self._counted())
        made: list[Draft] = []
        for place, (left, right) in enumerate(sides):
            token = clause.tokens[clause.numbers[place]]
            self._scope.see(*left)
            for item in shared.get(place, [left]):
                drafts = self._number(token, item, right, place=place, index=index)
                made += drafts
                self.drafts += drafts
                self.last = drafts[:1]
            self._scope.number(token)
        if len(clause.numbers) > 1:
            self.last = made

    def _counted(self) -> list[Draft]:
        """Drafts of numbers that are no rates, each once."""
        rates = units("rate")
        return [
            each for each in self.drafts
            if not each.again and self.quantities[each.number].unit not in rates
        ]  # fmt: skip

    def _number(
        self, token: Token, left: list[Token], right: list[Token], *, place: int, index: int
    ) -> list[Draft]:
        """Drafts of one number."""
        unit = self.quantities[token.ref].unit
        before = left_slots(left)
        if self._of_which:
            before.marks.add("of_which")  # 其中 stood in a clause of its own
            self._of_which = False
        again = self._again(token, left, right, before, place=place, index=index)
        if again is not None:
            return [again]
        noun, said = right_slots(right)
        draft = Draft(token.ref, index, marks=set(before.marks))
        first, joined = place == 0, place > 0
        case = Case(
            self, draft, token, unit, left, right, before, noun, said, first=first, joined=joined
        )
        fill(case)
        self._set_channel(case)
        parts.settle(case)
        if draft.act in ("carried_in", "carried_out"):
            self._scope.own()
        draft.flags |= self._scope.flags()
        self._remember(case)
        return whole.more(case)

    def _again(
        self,
        token: Token,
        left: list[Token],
        right: list[Token],
        before: Slots,
        *,
        place: int,
        index: int,
    ) -> Draft | None:
        """A number that says of the one before it, or that is none."""
        if in_denial(left, token):
            draft = Draft(token.ref, index)
            draft.unknown("it belongs to a denial")
            return draft
        if not self.drafts:
            return None
        last = self.drafts[-1]
        units_of = self.quantities[last.number].unit, self.quantities[token.ref].unit
        if of_this_year(last, left, before, units_of, self.year):
            return twin(last, token, own=True)
        if not place or last.clause != index:
            return None
        if not left and not right and in_another_unit(last, units_of):
            return twin(last, token, own=False)
        return twin(last, token, own=True) if changed_to(last, before, units_of) else None

    def _set_channel(self, case: Case) -> None:
        """A channel that the sentence, or for what is put up the one before, is about."""
        draft, weak = case.draft, case.before.weak
        if draft.channel == "elsewhere" or "sent" in draft.marks:
            self.channel = "elsewhere"
        printed = self.channel == "gazette" and draft.act == "printed"
        lines = draft.thing in ("information_item", "article", "")
        put_up = draft.act in PUBLISHED or ("new" in draft.marks and not draft.act)
        if draft.channel or weak or not (lines or printed) or not put_up:
            return
        if "sum" in draft.marks and len({each.channel for each in self.drafts}) > 1:
            return  # the sum of several channels
        if self.channel:
            if self.channel != "gazette" or draft.act != "posted":
                draft.channel, draft.how["channel"] = self.channel, "sentence"
        elif draft.act != "published" and self.channel_before:
            draft.channel, draft.how["channel"] = self.channel_before, "sentence before"

    def _remember(self, case: Case) -> None:
        """What is spoken of from now on."""
        draft, before = case.draft, case.before
        share = case.unit in units("rate") and not draft.thing and before.filled
        self.shared = before if share else None
        thing = draft.of if draft.thing in ("rate", "satisfaction") else draft.thing
        if not thing:
            named = next((each.thing for each in before.things if each.thing in CARRIED), "")
            if named:
                self.topic = Topic(named, "", before.act)
            return
        same = thing == self.topic.thing
        by = draft.by if draft.by in ROUTES else ""
        act = draft.act or (self.topic.act if same else "")
        by = by or (self.topic.by if same else "")
        self.topic = Topic(thing, by, act, kind="kind" in draft.marks)
