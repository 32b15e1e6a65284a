"""A report's prose -> frames, sentence by sentence, with what is carried from one to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govtext.extract.metrics.frames import (
    AND, FAMILIES, UNKNOWN, Clause, Frame, Slots, clauses, fits, left_slots, right_slots,
)
from govtext.extract.metrics.lexicon import lexicon
from govtext.extract.metrics.scope import Scope
from govtext.extract.metrics.tokens import AGENT, MARK, NOUN, NUMBER, OF, PREPOSITION, SHORT, TERM, YEAR, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Quantity, Section

_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?")
CARRIED = frozenset(
    "request review lawsuit complaint call mailbox_letter inquiry npc_suggestion cppcc_proposal "
    "npc_and_cppcc press_conference interview staff training trainee meeting interpretation "
    "information_item normative_document regulation hot_topic fee petition licence penalty "
    "coercion other_service fee_item response visit office reading_point procurement gazette_issue "
    "approval_item power_item article".split()
)
THING_OF_PART = {"on_request": "request", "fees": "fee", "proactive": "information_item"}
_HEADS = frozenset(
    "request review lawsuit npc_suggestion cppcc_proposal npc_and_cppcc call mailbox_letter interview "
    "press_conference training hot_topic complaint fee interpretation information_item meeting staff".split()
)
_IMPLIED_ACTS = frozenset("carried_in carried_out carried granted partly_granted refused".split())
IMPLIED_OUTCOMES = frozenset(
    "already_public not_existing not_this_body not_government_information third_party internal "
    "process enforcement_file registry_query not_held needs_creation unclear petition repeat "
    "publication mass reconfirm state_secret trade_secret privacy security other_law unpaid overdue".split()
)
_TAKEN = frozenset("received accepted received_accepted".split())
_BARE_ACTS = frozenset("published posted printed issued made repealed in_force set held received accepted handled resolved".split())
_PEOPLE = frozenset("人 名 位 人次 人(次)".split())
_REVIEW_ACTS = frozenset("received accepted received_accepted handled completed annulled withdrawn not_accepted".split())
_PARTED = frozenset("information_item interpretation press_conference interview training".split())
_NO_DOING = frozenset("visit visitor staff budget fee satisfaction rate trainee".split())
_EVENTS = frozenset("press_conference interview training meeting".split())
_RATED = frozenset("call mailbox_letter request npc_suggestion cppcc_proposal npc_and_cppcc licence inquiry".split())
_SOURCES = ("call", "mailbox_letter")
_DISCLOSED = frozenset("website weibo wechat gazette other board press new_media".split())
_SUBJECT = frozenset("website weibo wechat gazette".split())
_WEAK_THINGS = frozenset("person organisation".split())


@dataclass(frozen=True, slots=True)
class Topic:
    """What was spoken of last, and how many sentences ago."""

    thing: str = ""
    by: str = ""
    act: str = ""
    age: int = 0
    kind: bool = False


class Reader:
    """Reads one report, sentence by sentence."""

    def __init__(self, folded: str, sections: Sequence[Section], titles: dict[str, tuple[str, ...]],
                 quantities: Sequence[Quantity], year: int | None) -> None:
        self.folded, self.sections, self.titles = folded, sections, titles
        self.quantities, self.year = quantities, year
        self.hits = lexicon().automaton.find_matches_as_indexes(folded.lower())
        self._title_things: dict[str, str] = {}

    def sentences(self) -> Iterator[tuple[Section, int, int]]:
        for section in self.sections:
            for match in _SENTENCE.finditer(self.folded, section.start, section.end):
                yield section, match.start(), match.end()

    def run(self) -> Iterator[tuple[Section, int, int, Sentence, list[Frame]]]:
        place = 0
        topic, channel = Topic(), ""
        line = None
        for section, start, end in self.sentences():
            while place < len(self.quantities) and self.quantities[place].start < start:
                place += 1
            here = self.folded.rfind("\n", 0, start)
            if here != line or start == section.start:
                line, topic, channel = here, Topic(), ""
            found = tokens(self.folded, start, end, self.hits, self.quantities, place)
            sentence = Sentence(self, section, found, topic, channel)
            frames = sentence.read()
            topic, channel = sentence.topic, sentence.channel
            yield section, start, end, sentence, frames

    def title_things(self, section: Section) -> tuple[str, ...]:
        if section.section_id not in self._title_things:
            thing = ""
            for title in self.titles[section.section_id]:
                things = _things(title)
                if things:
                    thing = "|".join(sorted(things))
                    break
            self._title_things[section.section_id] = thing or THING_OF_PART.get(section.part, "")
        named = self._title_things[section.section_id]
        return tuple(named.split("|")) if named else ()


def _things(title: str) -> set[str]:
    fills = lexicon().fills
    hits = lexicon().automaton.find_matches_as_indexes(title.lower())
    return {fills[term]["thing"] for term, _, _ in hits if fills[term].get("thing") in _HEADS}


class Sentence:
    """Reads one sentence."""

    def __init__(self, reader: Reader, section: Section, found: list[Token], topic: Topic, channel: str) -> None:
        self.told_channel = channel
        self.reader, self.section, self.found = reader, section, found
        self.topic = replace(topic, age=topic.age + 1)
        self.pending: Slots | None = None
        self.head: Slots | None = None
        self.frames: list[Frame] = []
        self.last: list[Frame] = []
        self.scope = Scope(reader.year)
        self.shared: Slots | None = None
        self.aside = False
        self.part = ""
        self.denied = False
        self.waiting: list[Token] = []
        self.channel = ""
        self.told = reader.title_things(section)

    def read(self) -> list[Frame]:
        found = clauses(self.found)
        for number, clause in enumerate(found):
            if clause.before == ";":
                self.pending = self.head = None
                self.last = []
                self.topic = replace(self.topic, by="", age=self.topic.age + (self.topic.thing not in CARRIED))
            elif clause.before == ")":
                self.last = []
            elif clause.before == ":" and self.pending is not None:
                self.head = self.pending
            self.scope.clause(clause.before)
            self.aside = clause.before == "("
            if clause.numbers:
                self._numbers(clause, number)
                self.pending = None
            else:
                self._without(clause)
            self._subject(clause)
        self._whole()
        return self.frames

    def _subject(self, clause: Clause) -> None:
        """Channel that the clauses that follow may mean."""
        found = [t.fills["channel"] for t in clause.tokens if t.fills.get("channel") in _SUBJECT]
        if found:
            joined = len(set(found)) > 1 and not clause.numbers
            self.channel = "several" if joined else found[-1]

    def _whole(self) -> None:
        """The figure of the whole place is another body's where the body's own share follows."""
        for frame, later in zip(self.frames, self.frames[1:]):
            share = "share" in later.marks and self.reader.quantities[later.number].unit == "%"
            if share and frame.thing == "information_item" and not (frame.channel or "weak" in frame.marks):
                frame.marks.add("kind")
            listed = later.bodies and not later.thing and not (later.act or later.outcome or later.channel)
            if frame.bodies and listed and "of_which" not in later.marks and not _own(frame.bodies) and not _own(later.bodies):
                frame.marks.add("kind")
        for place, frame in enumerate(self.frames):
            level = _level(frame.bodies, "全")
            if level is None:
                continue
            for later in self.frames[place + 1 :]:
                own = _level(later.bodies, "我本")
                if own is not None and own < level and later.thing == frame.thing:
                    frame.flags.add("other_body")

    def _without(self, clause: Clause) -> None:
        """A clause without a number: what it says of the last ones, and what it hands on."""
        for token in clause.tokens:
            self.scope.see(token)
        if any(t.kind == TERM and ("negation" in t.fills or "none" in t.fills) for t in clause.tokens):
            return
        slots = left_slots(clause.tokens)
        self._said_of_last(slots, clause)
        self.denied = self.denied or (slots.act == "refused" and not slots.outcome)
        known = [t.fills["thing"] for t in clause.tokens if t.fills.get("thing") in CARRIED and "none" not in t.fills]
        if known and slots.thing not in CARRIED:
            slots.things.insert(0, (known[-1], "", ""))
        if self.pending and not slots.things:
            slots.things = self.pending.things
            slots.act = slots.act or self.pending.act
        if self.pending and not slots.channels:
            slots.channels = self.pending.channels
        self.pending = slots
        self.waiting = clause.tokens
        if slots.thing in CARRIED:
            by = slots.by if slots.by in ("direct", "after_review") else ""
            self.topic = Topic(slots.thing, by, slots.act)

    def _said_of_last(self, slots: Slots, clause: Clause) -> None:
        if len(self.last) != 1 or not slots.filled:
            return
        frame = self.last[0]
        alike = any(t.fills.get("mark") in ("all", "each") for t in clause.tokens[:3])
        asked = slots.act in ("withdrawn", "annulled", "carried_out") or slots.outcome in IMPLIED_OUTCOMES
        if "rest" in slots.marks and alike:
            return
        other = not asked and slots.thing not in ("", UNKNOWN, "reply", "person", frame.thing) and slots.thing in CARRIED
        if other:
            return
        if alike:
            if not (slots.channels and frame.thing == "request"):
                return
            again = Frame(frame.number, frame.thing, slots.act, slots.channel, slots.outcome, slots.by or (frame.by if frame.by in ("direct", "after_review") else ""), flags=set(frame.flags), marks=frame.marks & {"kind", "change", "share"}, again=True, clause=frame.clause)
            if again.act == "posted":
                again.act = "published"
            self.frames.append(again)
        elif not (frame.act or frame.outcome or frame.channel or frame.by) and (not frame.thing or frame.how.get("thing") or asked and frame.thing == "request"):
            frame.act, frame.outcome, frame.by, frame.channel = slots.act, slots.outcome, slots.by, slots.channel
            frame.how["act"] = "clause behind"
            if not frame.thing:
                self._carry(frame, Slots(), self.reader.quantities[frame.number].unit, first=False)

    def _numbers(self, clause: Clause, index: int) -> None:
        lefts, rights = split(clause)
        shared = self._shared(lefts)
        made: list[Frame] = []
        for place, at in enumerate(clause.numbers):
            token = clause.tokens[at]
            for each in lefts[place]:
                self.scope.see(each)
            for item in shared.get(place, [lefts[place]]):
                frames = self._frame(token, item, rights[place], first=place == 0, index=index, joined=place > 0)
                made += frames
                self.frames += frames
                if frames:
                    self.last = frames[:1]
            self.scope.number(token)
        if len(clause.numbers) > 1:
            self.last = made[-1:] if len(made) == 1 else made

    def _shared(self, lefts: list[list[Token]]) -> dict[int, list[list[Token]]]:
        """Items of a list for the numbers that several nouns share."""
        found: dict[int, list[list[Token]]] = {}
        for place, left in enumerate(lefts):
            mark = next((i for i in range(len(left) - 1, -1, -1) if left[i].fills.get("mark") in ("respectively", "each")), None)
            if mark is None:
                continue
            tail = left[mark + 1 :]
            named = any(t.kind == NOUN or "thing" in t.fills for t in tail)
            if named and left[mark].fills["mark"] == "each":
                continue
            items = [[*item, *tail] for item in _items(left[:mark])]
            if left[mark].fills["mark"] == "each":
                if len(items) > 1:
                    found[place] = items
                continue
            run = 1
            while place + run < len(lefts) and all(t.text in AND for t in lefts[place + run]):
                run += 1
            if run > 1 and not items and self.pending is not None:
                items = _items(self.waiting)
            if run > 1 and len(items) == run:
                for i in range(run):
                    found[place + i] = [items[i]]
            elif run > 1 and len(items) <= 1 and not named:
                before = [f for f in self.frames if not f.again and self.reader.quantities[f.number].unit != "%"][-run:]
                if len(before) == run:
                    for i in range(run):
                        thing = Token(TERM, 0, 0, "", {"thing": before[i].thing})
                        found[place + i] = [[thing, *left[:mark]]]
        return found

    def _frame(self, token: Token, left: Sequence[Token], right: Sequence[Token], *, first: bool, index: int, joined: bool) -> list[Frame]:
        quantity = self.reader.quantities[token.index]
        unit = quantity.unit
        if joined and not left and not right and self.frames and self.frames[-1].clause == index:
            last = self.frames[-1]
            twin = replace(last, number=token.index, how={**last.how, "thing": "list"}, flags=set(last.flags), marks=set(last.marks))
            if fits(twin.thing, unit) and unit != self.reader.quantities[last.number].unit:
                return [twin]
        before = left_slots(left)
        noun, said = right_slots(right)
        frame = Frame(token.index, clause=index, marks=set(before.marks))
        frame.bodies = before.bodies + noun.bodies + [each[1] for each in before.things if each[0] == "organisation"]
        thing, word, kind = self._thing(before, noun, said, left, unit)
        if thing == "licence" and unit in ("项", "个") and (before.act or noun.act) in ("", "in_force", "set"):
            thing = "approval_item"
        elif thing == "approval_item" and unit in ("件", "宗", "次", "本") and word[:2] in ("行政", "许可"):
            thing = "licence"
        frame.thing, frame.word = thing, word
        frame.act = before.act or noun.act
        frame.outcome = before.outcome or noun.outcome
        frame.channel = before.channel or noun.channel
        frame.by = before.by or noun.by
        if frame.outcome == "refused_to_process" and any(each[0] in ("complaint", "petition") for each in before.things):
            frame.outcome, frame.thing = "petition", ""
        if frame.thing in ("review", "lawsuit") and frame.act not in _REVIEW_ACTS:
            frame.act = ""
        if frame.outcome == "already_public" and (before.weak or noun.weak) and not self._in_request():
            frame.outcome = ""
        if kind == "kind" or (kind == "verb" and (thing == "information_item" and not frame.channel or thing == "staff")):
            frame.marks.add("kind")
        if before.weak:
            frame.marks.add("weak")
        own = frame.act or frame.outcome or frame.channel or frame.by
        every = bool(said.marks & {"all", "each"})
        if every and before.relative and said.act in ("published", "posted") and frame.thing in ("normative_document", "regulation"):
            frame.act = "published"
        if every and noun.things and frame.thing in ("review", "lawsuit"):
            pass
        elif not own and said.several:
            frame.marks.add("kind")
        elif not own and "negated" in said.marks and not said.outcome:
            frame.thing, frame.word = UNKNOWN, "negated"
        elif not own:
            frame.act, frame.outcome, frame.channel, frame.by = said.act, said.outcome, said.channel, said.by
        if not frame.thing:
            self._carry(frame, before, unit, first=first)
        elif frame.thing != UNKNOWN:
            self._inherit(frame, before, noun, left, joined=joined)
        if self.head is not None and not own and frame.thing:
            frame.act = frame.act or self.head.act
            frame.outcome = frame.outcome or self.head.outcome
        if frame.thing in ("rate", "satisfaction"):
            self._rate(frame, before, token)
        if frame.thing == "trainee" and self.topic.thing == "training" and self.topic.age == 0 and self.topic.kind:
            frame.marks.add("kind")
        self._channel_of_sentence(frame, before)
        if "share" in frame.marks and (unit != "%" and unit != "成" or right and right[0].kind == OF):
            frame.marks.discard("share")
        bare = not (frame.act or frame.outcome or frame.channel or frame.by) or (frame.thing in _PARTED and not (frame.outcome or frame.channel or frame.by or before.weak))
        shared = "of_which" in before.marks or "share" in before.marks and unit != "%"
        if shared and frame.thing not in ("", UNKNOWN) and before.things and bare and any(each.thing == frame.thing and self.reader.quantities[each.number].unit == unit for each in self.frames):
            frame.marks |= {"kind", "part"}
            self.part = frame.thing
        if frame.act == "carried":
            near = [*left, *right]
            years = [t.index for t in near if t.kind == YEAR]
            past = any(t.fills.get("scope") == "prior_year" for t in near)
            if years and self.reader.year:
                past = years[-1] < self.reader.year
            frame.act = "carried_in" if past else "carried_out"
        if frame.act in ("carried_in", "carried_out"):
            self.scope.prior = self.scope.target = False
        if frame.outcome not in ("", "refused_to_process") and not frame.act and self.denied:
            frame.act = "refused"
        if frame.act == "refused" and not frame.outcome and not self.frames:
            self.denied = True
        if "rest" in before.marks and any(each in ("各部门", "各单位") for each in frame.bodies):
            frame.marks.add("kind")
        if any(each.text in ("由", "从") and each.kind == PREPOSITION for each in left[-6:]):
            frame.marks.add("from")
        if frame.marks & {"to", "changed_to"} and not first and self.last and "from" in self.last[-1].marks:
            self.last[-1].flags.add("prior_year")
        body_list = self.last and "kind" in self.last[-1].marks and self.last[-1].bodies
        if ("of_which" in before.marks or body_list) and frame.bodies and not _own(frame.bodies) and frame.thing in ("request", "information_item", "review", "lawsuit") and not (frame.channel and frame.thing == "information_item"):
            frame.marks.add("kind")
        if before.party and frame.thing == "request" and frame.act in ("", "received") and not (frame.channel or frame.outcome) and ("of_which" in before.marks or any(each.thing == "request" for each in self.frames)):
            frame.marks.add("kind")
        if "of_which" in before.marks and self.topic.thing == "power_item" and frame.thing in ("licence", "penalty", "coercion", "approval_item"):
            frame.marks.add("kind")
        if frame.thing == "visit" and any("per" in each.marks and each.thing != "visit" for each in self.frames):
            frame.marks.add("kind")
        if "of_which" in before.marks and self.topic.thing in ("call", "mailbox_letter") and frame.thing in ("inquiry", "complaint", "suggestion") and self.topic.age == 0:
            frame.marks |= {"kind", "part"}
            self.part = "calls"
        elif self.part == "calls" and frame.thing in ("inquiry", "complaint", "suggestion"):
            frame.marks |= {"kind", "part"}
        if self.part and self.part == frame.thing and before.things and joined | ("of_which" not in before.marks and not own):
            frame.marks |= {"kind", "part"}
        if frame.thing == "request" and frame.act == "published" and before.weak | said.weak:
            frame.outcome, frame.act = "already_public", ""
        if frame.outcome == "already_public" and frame.thing != "request":
            frame.outcome = ""
        if frame.by == "change" and frame.thing not in ("licence", "approval_item", "other_service", "penalty", "coercion", "fee_item"):
            frame.by = ""
        if "new" in frame.marks and self.frames and self.frames[-1].thing == frame.thing:
            self.frames[-1].flags.add("cumulative")
        if frame.thing == "review" and before.reviewer and not before.about:
            frame.marks.add("kind")
        if "of_which" in before.marks and before.about and frame.thing in ("review", "lawsuit") and frame.how.get("thing"):
            for each in self.frames:
                if each.thing == frame.thing:
                    each.marks.add("kind")
        frame.flags |= self.scope.flags(right)
        later = [t for t in right if t.kind == YEAR and self.reader.year and t.index > self.reader.year]
        if later and frame.act != "carried_out":
            frame.flags.add("target")
        self._remember(frame, before)
        self.shared = before if unit == "%" and not frame.thing and before.filled else None
        return self._more(frame, before, noun, said, quantity.value)

    def _more(self, frame: Frame, before: Slots, noun: Slots, said: Slots, value: float | None) -> list[Frame]:
        """The frame, and others that the same number makes."""
        frames = [frame]
        together = before.joined or noun.joined
        if together:
            if value == 0:
                frames += [replace(frame, thing=each) for each in together]
            else:
                frame.thing = UNKNOWN
                frame.word = "several things"
        if before.act2 and frame.act != before.act2:
            if before.act2 in _TAKEN and frame.act == "handled":
                frame.act = before.act2
            elif before.act2 in _TAKEN | {"issued", "made"}:
                frames.append(replace(frame, act=before.act2, again=True))
            elif {before.act2, frame.act} & {"granted", "partly_granted", "refused", "annulled", "withdrawn"}:
                frame.thing, frame.word = UNKNOWN, "several doings"
        return frames

    def _thing(self, before: Slots, noun: Slots, said: Slots, left: Sequence[Token], unit: str) -> tuple[str, str, str]:
        trained = self.topic.thing == "training" and self.topic.age == 0 or (self.pending is not None and self.pending.thing == "training")
        if unit in _PEOPLE and (said.things and said.things[0][0] in ("training", "trainee") or trained and said.act == "attended"):
            return "trainee", "", ""
        if unit in _PEOPLE and noun.thing in ("person", "") and said.things and said.things[0][0] == "request":
            return "request", said.things[0][1], ""
        if unit in _PEOPLE and noun.thing in ("", "staff", "person") and not before.things and not noun.joined and (said.about or before.about or noun.about):
            return "staff", "", ""
        if unit in _PEOPLE and self.topic.thing == "training" and self.topic.age == 0 and before.thing in ("staff", "person") and not before.by and before.act not in ("set",):
            return "trainee", "", ""
        if unit == "元" and not before.things and not noun.things and said.soft and (said.about or any(each[0] == "budget" for each in said.things)):
            return "budget", "", ""
        if noun.things and fits(noun.things[0][0], unit):
            return noun.things[0]
        if noun.unknown:
            return UNKNOWN, noun.unknown, ""
        if noun.things and noun.things[0][0] not in ("person", "organisation", "meeting", "information_item", "reply", "other_document"):
            return UNKNOWN, noun.things[0][1], ""
        in_request = self._in_request()
        spoken = list(before.things)
        if any(each[0] == "programme" for each in spoken):
            return UNKNOWN, "programme", ""
        things = [
            each for each in spoken
            if not (in_request and each[0] in ("mailbox_letter", "letter", "call", "petition", "inquiry") and _channel_word(left, each[1]))
            and not (self.topic.thing == "inquiry" and each[0] == "call" and _channel_word(left, each[1]))
            and not ("other" in before.channels and _channel_word(left, each[1]))
            and not (before.outcome in IMPLIED_OUTCOMES and (each[0] == "information_item" or in_request and each[0] in ("inquiry", "complaint", "petition", "letter")))
            and not (in_request and before.outcome in ("other_channel", "needs_clarification") and each[0] in ("inquiry", "complaint", "petition"))
        ]
        fitting = [each for each in things if fits(each[0], unit)]
        if fitting:
            first = fitting[0]
            if first[0] == "staff":
                other = next((each for each in fitting if each[0] in ("inquiry", "training")), None)
                if other is not None and unit in _PEOPLE:
                    return ("trainee", other[1], other[2]) if other[0] == "training" else other
            if first[0] in ("inquiry", "letter"):
                source = next((each for each in fitting if each[0] in _SOURCES), None)
                if source is None and first[0] == "letter" and self._spoken("mailbox_letter"):
                    source = ("mailbox_letter", first[1], "")
                return source or first
            if first[0] in ("complaint", "suggestion", "npc_suggestion"):
                asked = next((each for each in fitting if each[0] == "inquiry"), None)
                if asked is not None:
                    return asked
            if first[0] == "suggestion":
                deputies = any(t.fills.get("thing") in ("npc_suggestion", "cppcc_proposal", "npc_and_cppcc") for t in self.found)
                if before.act != "solicited" and (deputies or self._spoken("npc_and_cppcc") or self._spoken("npc_suggestion") or self._spoken("cppcc_proposal")):
                    return "npc_suggestion", first[1], ""
            if first[0] == "response":
                return next((each for each in fitting if each[0] == "hot_topic"), first)
            if first[0] in _WEAK_THINGS and (before.act or before.outcome) and unit not in ("人", "名", "位", "家", "人次"):
                return "", "", ""
            return first
        if before.unknown:
            return (UNKNOWN, before.unknown, "") if not before.soft else ("", "", "soft")
        hard = [each for each in things if each[0] not in ("gazette_issue", "person", "organisation", "other_document", "matter", "publicity", "meeting", "training", "hot_topic", "information_item", "normative_document", "case", "call", "inquiry")]
        if hard and not before.filled:
            return hard[0]
        if hard and hard[0][0] == "fee":
            return hard[0]
        if said.things and said.soft and said.outcome not in IMPLIED_OUTCOMES and (not before.filled or before.act in ("held", "set")) and fits(said.things[-1][0], unit):
            return said.things[-1]
        return "", "", ""

    def _spoken(self, thing: str) -> bool:
        return self.topic.thing == thing or thing in self.told or (self.pending is not None and self.pending.thing == thing)

    def _in_request(self) -> bool:
        if self.pending and self.pending.thing == "request":
            return True
        if self.topic.thing:
            return self.topic.thing == "request"
        return "request" in self.told

    def _carry(self, frame: Frame, before: Slots, unit: str, *, first: bool) -> None:
        pending = self.pending if first else None
        evidence = bool(frame.act or frame.outcome or frame.channel or frame.by)
        hint = before.marks & {"sum", "new", "changed_to", "rest"}
        waiting = next((each[0] for each in pending.things if each[0] in CARRIED and fits(each[0], unit)), "") if pending else ""
        if pending and waiting and (evidence or pending.filled):
            frame.thing = waiting
            frame.how["thing"] = "clause before"
            if not frame.act and not frame.outcome and not (frame.channel and pending.act in ("received", "accepted") and False):
                frame.act, frame.outcome = pending.act, pending.outcome
            if not frame.channel and "sum" in before.marks:
                frame.channel = pending.channel
            frame.by = frame.by or (pending.by if pending.by in ("direct", "after_review", "leader", "full", "part") else "")
            return
        if not evidence and pending and pending.filled and not pending.things and not pending.unknown:
            frame.act, frame.outcome, frame.by, frame.channel = pending.act, pending.outcome, pending.by, pending.channel
            evidence = True
        topic = self.topic
        if before.implies and evidence and fits(before.implies, unit):
            frame.thing, frame.how["thing"] = before.implies, "party"
            if before.implies == "lawsuit" and topic.thing == "lawsuit":
                frame.by = frame.by or topic.by
            return
        if frame.by == "per_issue" and self.channel == "gazette":
            frame.thing, frame.channel = "gazette_issue", "gazette"
            return
        if before.about and topic.thing in ("review", "lawsuit") and topic.age == 0 and "of_which" in before.marks:
            frame.thing, frame.how["thing"] = topic.thing, "before"
            return
        if not evidence and "to" in before.marks and topic.age == 0 and self.frames and ("change" in self.frames[-1].marks or "prior_year" in self.frames[-1].flags) and topic.thing in CARRIED:
            frame.act, frame.how["act"] = topic.act, "before"
            evidence = True
        if not evidence and unit in _PEOPLE and topic.thing == "training" and topic.age == 0:
            frame.thing = "trainee"
            return
        if not evidence and self.shared is not None and (hint or self.aside):
            frame.act, frame.outcome = self.shared.act, self.shared.outcome
            evidence = True
        if not evidence and hint and topic.thing in CARRIED and topic.age == 0 and "rest" not in hint and topic.act not in ("carried_in", "carried_out"):
            frame.act, frame.how["act"] = topic.act, "before"
            evidence = True
        if not evidence:
            return
        implied = frame.outcome in IMPLIED_OUTCOMES or frame.act in _IMPLIED_ACTS
        if implied and fits("request", unit) and not (topic.thing in ("review", "lawsuit") and topic.age == 0) and (topic.thing in ("", UNKNOWN, "information_item") or "request" in self.told):
            frame.thing, frame.how["thing"] = "request", "implied"
            return
        if topic.thing == UNKNOWN and topic.age == 0:
            frame.thing = UNKNOWN
            return
        if frame.act == "responded" and (not before.unknown or before.soft) and topic.thing not in ("inquiry", "interview") and fits("hot_topic", unit):
            frame.thing, frame.how["thing"] = "hot_topic", "implied"
            return
        if topic.thing in ("normative_document", "regulation") and frame.channel and unit == "条":
            return
        if topic.thing in _EVENTS and frame.act in ("held", "handled") and before.verbs:
            frame.thing, frame.word = UNKNOWN, "another doing"
            return
        if topic.thing not in CARRIED and frame.channel in _DISCLOSED and frame.act in ("published", "posted", "printed", ""):
            return
        if topic.thing in CARRIED and topic.age <= 1 and fits(topic.thing, unit):
            frame.thing, frame.how["thing"] = topic.thing, "before"
            if topic.kind and topic.thing == "information_item" and topic.age == 0:
                frame.marks.add("kind")
            if topic.thing == "lawsuit" and frame.outcome and not frame.by:
                frame.by = topic.by
            return
        if before.unknown:
            frame.thing, frame.word = UNKNOWN, before.unknown
            return
        if topic.thing and topic.thing not in CARRIED and topic.age == 0:
            frame.thing = topic.thing
            return
        if len(self.told) == 1 and fits(self.told[0], unit):
            frame.thing, frame.how["thing"] = self.told[0], "title"
        elif implied and fits("request", unit):
            frame.thing, frame.how["thing"] = "request", "implied"
        elif before.weak and frame.act == "published" and unit in ("条", "项", "件"):
            frame.thing, frame.how["thing"] = "information_item", "implied"

    def _inherit(self, frame: Frame, before: Slots, noun: Slots, left: Sequence[Token], *, joined: bool) -> None:
        """A bare noun in a list takes what was done from the number before it."""
        if self.pending is not None and not joined and not frame.act and self.pending.act and not self.pending.things and self.pending.relative:
            frame.act = self.pending.act
            return
        if frame.act or frame.outcome or frame.channel or frame.by or not self.last:
            return
        content = [t for t in left if t.text not in AND and "neutral" not in t.fills and "mark" not in t.fills]
        bare = len(content) == 1 or joined
        last = self.last[-1]
        if frame.thing in _NO_DOING:
            return
        if bare and last.thing not in ("", UNKNOWN) and frame.thing != last.thing and last.act in _BARE_ACTS | {""}:
            frame.act = last.act
            frame.marks |= last.marks & {"kind"} if last.bodies else set()
            if last.by in ("total_disclosed", "new_disclosed"):
                frame.by = last.by

    def _rate(self, frame: Frame, before: Slots, token: Token) -> None:
        """Whose rate it is: what is named with it, else what was spoken of last."""
        near = [each[0] for each in before.things if each[0] in _RATED]
        spoken = [
            t.fills["thing"] for t in reversed(self.found)
            if t.start < token.start and t.fills.get("thing") in _RATED and "channel" not in t.fills
        ]
        if frame.thing == "satisfaction":
            last = [t.fills["thing"] for t in self.found if token.start - 24 < t.start < token.start and t.fills.get("thing") in _RATED]
            frame.of = (near or last or [""])[0]
            return
        others = [self.topic.thing, *self.told]
        frame.of = next((each for each in (*near, *spoken, *others) if each and each not in ("information_item", "reply", "rate")), "")

    def _channel_of_sentence(self, frame: Frame, before: Slots) -> None:
        if frame.channel == "elsewhere" or "sent" in frame.marks:
            self.channel = "elsewhere"
        if frame.channel or frame.thing not in ("information_item", "article", "") and not (self.channel == "gazette" and frame.act == "printed"):
            return
        if frame.act in ("published", "posted", "printed") and not before.weak and self.channel:
            if self.channel == "gazette" and frame.act == "posted":
                return
            frame.channel = self.channel
            frame.how["channel"] = "sentence"
        elif frame.act in ("posted", "printed") and not before.weak and self.told_channel:
            frame.channel = self.told_channel
            frame.how["channel"] = "sentence before"

    def _remember(self, frame: Frame, before: Slots) -> None:
        thing = frame.of if frame.thing in ("rate", "satisfaction") else frame.thing
        if not thing:
            named = next((each[0] for each in before.things if each[0] in CARRIED), "")
            if named:
                self.topic = Topic(named, "", before.act)
            return
        by = frame.by if frame.by in ("direct", "after_review") else ""
        if thing == self.topic.thing:
            by = by or self.topic.by
        act = frame.act or (self.topic.act if self.topic.thing == thing else "")
        self.topic = Topic(thing, by, act, kind="kind" in frame.marks)


def _channel_word(left: Sequence[Token], word: str) -> bool:
    return any(t.text == word and "channel" in t.fills for t in left)


def _items(found: Sequence[Token]) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    for token in found:
        if token.text in AND and token.text != "并":
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in items if item]


_RANKS = {"国": 4, "省": 3, "市": 2, "州": 2, "盟": 2, "区": 1, "县": 1, "旗": 1, "镇": 0, "乡": 0, "局": 0, "委": 0, "办": 0, "道": 0, "厅": 0, "院": 0, "关": 0}


def _level(bodies: Sequence[str], first: str) -> int | None:
    for body in bodies:
        if body[0] in first and body[1:2] in _RANKS:
            return _RANKS[body[1]]
    return None


def _own(bodies: Sequence[str]) -> bool:
    return any(body[0] in "我本全" and body != "本级" for body in bodies)


def split(clause: Clause) -> tuple[list[list[Token]], list[list[Token]]]:
    """What stands before and behind each number of a clause."""
    toks, nums = clause.tokens, clause.numbers
    lefts: list[list[Token]] = []
    rights: list[list[Token]] = []
    start = 0
    for place, at in enumerate(nums):
        lefts.append(toks[start:at])
        if place + 1 == len(nums):
            rights.append(toks[at + 1 :])
            break
        between = toks[at + 1 : nums[place + 1]]
        cut = next((i for i, t in enumerate(between) if t.text in AND), None)
        if cut is not None:
            rights.append(between[:cut])
            start = at + 1 + cut
            continue
        whole = between and all(t.kind in (NOUN, AGENT, OF, SHORT) or t.fills.get("thing") in ("organisation", "person") for t in between)
        if whole:
            rights.append(between)
            start = nums[place + 1]
            continue
        size = 0
        while size < len(between) and (between[size].kind == OF or "thing" in between[size].fills):
            size += 1
        behind = bool(size) and any(t.kind in (TERM, NOUN) for t in between[size:])
        rights.append(between[:size] if behind else [])
        start = at + 1 + (size if behind else 0)
    return lefts, rights
