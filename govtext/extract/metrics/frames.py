"""Tokens -> slots: what stands before and behind a number, by a few general rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtext.extract.metrics.lexicon import units_of_thing
from govtext.extract.metrics.tokens import (
    AGENT, MARK, NOUN, NUMBER, OF, OTHER, PREPOSITION, SHORT, TERM, VERB, YEAR, Token,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNKNOWN = "unknown"
SPLIT = ",;:()。!?"
AND = frozenset("和 及 与 以及 并 且 、 或 或者 暨".split())
SKIP = frozenset('《 》 " \' < > [ ]'.split())
ADJUNCT = 10
COPULA = frozenset("为 是 系 属 属于 均为 都是 全是 均系 皆为".split())
KIND_SENSITIVE = frozenset(
    "information_item request training meeting interpretation inquiry staff budget article "
    "other_document normative_document activity".split()
)
GENERIC = frozenset("answered completed handled".split())
SPECIFIC = frozenset("granted partly_granted refused withdrawn annulled carried_in carried_out carried".split())
SOFT_ACTS = GENERIC | SPECIFIC | frozenset("resolved responded received accepted".split())
FAMILIES = (frozenset("review lawsuit complaint appeal".split()), frozenset("npc_suggestion cppcc_proposal".split()))
_LOOK_ALIKE = {
    "person": frozenset("人 名 位 个 人次".split()),
    "organisation": frozenset("家 个 所".split()),
    "rate": frozenset("%"),
    "account": frozenset("个"),
    "column": frozenset("个 项 期 块 类".split()),
    "publicity": frozenset("条 件 份 篇 个 则 期 册 张 本 幅 块 面 部 页".split()),
}


@dataclass(slots=True)
class Frame:
    """What one number counts; `how` says from where each slot was filled."""

    number: int
    thing: str = ""
    act: str = ""
    channel: str = ""
    outcome: str = ""
    by: str = ""
    of: str = ""
    flags: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    how: dict[str, str] = field(default_factory=dict)
    word: str = ""
    bodies: list[str] = field(default_factory=list)
    clause: int = -1
    again: bool = False


@dataclass(slots=True)
class Slots:
    """What a stretch of tokens fills, read from the number outwards."""

    things: list[tuple[str, str, str]] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    unknown: str = ""
    soft: bool = False
    act: str = ""
    act2: str = ""
    strong: bool = False
    channels: list[str] = field(default_factory=list)
    several: bool = False
    outcome: str = ""
    by: str = ""
    marks: set[str] = field(default_factory=set)
    bodies: list[str] = field(default_factory=list)
    elsewhere: bool = False
    weak: bool = False
    about: bool = False
    implies: str = ""
    reviewer: bool = False
    party: bool = False
    act_of_clause: bool = False
    verbs: bool = False
    relative: bool = False

    @property
    def thing(self) -> str:
        return self.things[0][0] if self.things else (UNKNOWN if self.unknown else "")

    @property
    def channel(self) -> str:
        found = set(self.channels)
        if not found:
            return "elsewhere" if self.elsewhere else ""
        if "online" in found and found <= {"online", "website", "platform", "email"}:
            return "online"
        if found == {"website", "platform"}:
            return "website"
        if found <= {"board", "press", "other", "in_person"} and "other" in found or found == {"board", "press"}:
            return "other"
        if self.channels[0] == "other" and "rest" in self.marks:
            return "other"
        if found <= {"weibo", "wechat", "new_media"} and len(found) > 1:
            return "new_media"
        if "platforms" in found:
            return "platforms"
        return "several" if len(found) > 1 or self.several else found.pop()

    @property
    def filled(self) -> bool:
        return bool(self.act or self.channels or self.outcome or self.by)


@dataclass(slots=True)
class Clause:
    """Tokens between two marks; `before` is the mark in front."""

    before: str
    tokens: list[Token]
    numbers: list[int]


def clauses(tokens: Iterable[Token]) -> list[Clause]:
    found = [Clause("", [], [])]
    for token in tokens:
        if token.text in SKIP:
            continue
        if token.kind == MARK and token.text in SPLIT:
            found.append(Clause(token.text, [], []))
            continue
        if token.kind == NUMBER:
            found[-1].numbers.append(len(found[-1].tokens))
        found[-1].tokens.append(token)
    for place in range(2, len(found)):
        aside, behind = found[place - 1], found[place]
        label = found[place - 2]
        if aside.before == "(" and behind.before == ")" and behind.numbers and label.tokens and not label.numbers:
            size = len(label.tokens)
            behind.tokens = label.tokens + behind.tokens
            behind.numbers = [each + size for each in behind.numbers]
            behind.before = label.before
            label.tokens, aside.tokens, aside.numbers = [], [], []
    kept: list[Clause] = []
    for clause in found:
        if clause.tokens:
            kept.append(clause)
        elif kept and clause.before == ":":
            kept.append(clause)
    return [clause for clause in kept if clause.tokens]


def left_slots(tokens: Sequence[Token]) -> Slots:
    """What stands before a number, the nearest first."""
    slots = Slots()
    place = len(tokens) - 1
    if place >= 0 and tokens[place].text == "类":
        slots.marks.add("kind")
    slots.relative = place >= 0 and tokens[place].kind == OF
    while place >= 0:
        token = tokens[place]
        if token.kind == TERM:
            _take(slots, tokens, place)
        elif token.kind == AGENT:
            slots.bodies.append(token.text)
        elif token.kind == VERB and len(token.text) > 1 and not slots.things:
            slots.verbs = True
        elif token.kind == NOUN and token.text.endswith(("网", "报", "台", "刊")) and any(
            each.text in ("在", "向", "于") for each in tokens[max(0, place - 4) : place]
        ):
            slots.elsewhere = True
        elif token.kind == NOUN and not slots.things and not slots.unknown:
            if place and "outcome" in tokens[place - 1].fills:
                place -= 1
                continue
            start = _adjunct(tokens, place)
            if start is None:
                slots.unknown = token.text
                slots.soft = bool(slots.outcome) or slots.act in SOFT_ACTS
        place -= 1
    return slots


def _adjunct(tokens: Sequence[Token], place: int) -> int | None:
    """Place of the preposition whose object a noun belongs to; None if it belongs to none."""
    if place == len(tokens) - 1:
        return None
    for before in range(place - 1, max(-1, place - ADJUNCT), -1):
        token = tokens[before]
        if token.kind == PREPOSITION:
            return before
        if token.kind in (NUMBER, YEAR) or (token.kind == TERM and "act" in token.fills):
            return None
    return None


def _take(slots: Slots, tokens: Sequence[Token], place: int) -> None:
    token = tokens[place]
    fills = token.fills
    mark = fills.get("mark")
    if mark in ("used", "sent") and place + 1 < len(tokens) and tokens[place + 1].kind == OF:
        mark = None
    if mark:
        if mark == "change" and _to(tokens[place + 1 :]):
            slots.marks.add("changed_to")
        elif mark == "change" and len(tokens) - place > 3 and any(t.kind == TERM and ("thing" in t.fills or "act" in t.fills) for t in tokens[place + 1 :]):
            pass
        elif mark == "share" and place == len(tokens) - 2 and _to(tokens[place + 1 :]):
            pass
        else:
            slots.marks.add(mark)
    if fills.get("agent") == "party":
        slots.party = True
    if "implies" in fills and not slots.implies:
        slots.implies = fills["implies"]
    slots.reviewer = slots.reviewer or "reviewer" in fills
    if fills.get("agent") == "yes":
        slots.bodies.append(token.text)
    if "neutral" in fills and fills["neutral"] == "disclosure":
        slots.about = True
    if "thing" in fills and "none" not in fills and not (slots.unknown and not slots.things):
        kind = ""
        if fills["thing"] == "request" and not slots.things and place > 1 and tokens[place - 1].kind == OF and tokens[place - 2].fills.get("thing") in ("review", "lawsuit"):
            return
        if not slots.things:
            kind = _modified(tokens, place)
            slots.joined = _joined(tokens, place)
        slots.things.append((fills["thing"], token.text, kind))
    if "act" in fills and _beside(slots, tokens, place):
        pass
    elif fills.get("act") == "cut" and _to(tokens[place + 1 :]) and not slots.things:
        slots.marks.add("changed_to")
    elif "act" in fills:
        if slots.act in GENERIC and fills["act"] in SPECIFIC:
            slots.act = fills["act"]
        if slots.act_of_clause and fills["act"] in ("cut", "published", "posted") and slots.thing == "normative_document":
            slots.act = fills["act"]
        if not slots.act:
            slots.act = fills["act"]
            slots.act_of_clause = place + 1 < len(tokens) and tokens[place + 1].kind == OF and bool(slots.things)
            slots.weak = "weak" in fills
            if place > 1 and tokens[place - 1].text in AND and "act" in tokens[place - 2].fills:
                slots.act2 = tokens[place - 2].fills["act"]
        elif slots.act == "published" and fills["act"] == "posted" or "weak" in fills:
            slots.weak = slots.weak or "weak" in fills
    if "outcome" in fills and slots.outcome in ("", "refused_to_process"):
        slots.outcome = fills["outcome"]
    if not slots.by and "by" in fills:
        slots.by = fills["by"]
    if "channel" in fills and not _object_of(tokens, place):
        slots.channels.append(fills["channel"])
        behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if behind in ("等", "等多种", "等各种"):
            slots.several = True


_MODIFYING = frozenset("published posted issued held printed set made".split())


def _beside(slots: Slots, tokens: Sequence[Token], place: int) -> bool:
    """True for a doing inside a clause that only narrows the thing: 反映公开不及时的举报."""
    if not slots.things or tokens[place].fills["act"] not in _MODIFYING or "thing" in tokens[place].fills:
        return False
    for step in range(place + 1, len(tokens)):
        if tokens[step].kind == OF:
            return step > place + 1 and step + 1 < len(tokens) and "thing" in tokens[step + 1].fills
        if "thing" in tokens[step].fills:
            return False
    return False


def _object_of(tokens: Sequence[Token], place: int) -> bool:
    """True for the channel that a doing is about: 对网上事件作出回应."""
    for before in range(place - 1, max(-1, place - 4), -1):
        token = tokens[before]
        if token.kind == PREPOSITION:
            return token.text in ("对", "就", "针对", "围绕")
        if token.kind in (NUMBER, MARK) or "act" in token.fills:
            return False
    return False


def _to(tokens: Sequence[Token]) -> bool:
    return any(each.fills.get("mark") == "to" for each in tokens)


def _joined(tokens: Sequence[Token], place: int) -> list[str]:
    """Things of the same family that a joiner puts beside this one."""
    family = next((f for f in FAMILIES if tokens[place].fills["thing"] in f), None)
    found: list[str] = []
    while family and place >= 2:
        step = place - 1
        while step >= 0 and ("act" in tokens[step].fills and "thing" not in tokens[step].fills or "neutral" in tokens[step].fills):
            step -= 1
        if step < 1 or tokens[step].text not in AND:
            break
        before = tokens[step - 1]
        if before.fills.get("thing") not in family:
            break
        found.append(before.fills["thing"])
        place = step - 1
    return found


_CLEAR = frozenset("organisation person column gazette_issue".split())


def _modified(tokens: Sequence[Token], place: int) -> str:
    """How a thing is narrowed by the word before it: `kind`, `verb`, or not at all."""
    token = tokens[place]
    thing = token.fills["thing"]
    if thing == "review" and place and tokens[place - 1].text == "各类":
        return "kind"
    if thing == "interpretation":
        joined = place > 1 and tokens[place - 1].text in AND and tokens[place - 2].kind == NOUN
        return "kind" if joined else ""
    if thing == "fee":
        narrowed = place and tokens[place - 1].fills.get("thing") in ("training", "meeting", "matter", "project")
        return "kind" if narrowed else ""
    if thing not in KIND_SENSITIVE:
        return ""
    first = "act" in token.fills and not token.text.startswith("信息")
    before = place - 1
    clear = _CLEAR - {"person"} if thing == "meeting" else _CLEAR
    while before >= 0 and ("neutral" in tokens[before].fills or tokens[before].fills.get("thing") in clear):
        before -= 1
    if before < 0:
        return ""
    word = tokens[before]
    if first and word.kind != OF:
        return ""
    if word.kind == OF:
        if before == 0:
            return ""
        said = tokens[before - 1]
        if said.kind == TERM or said.kind == AGENT:
            other = said.fills.get("thing", thing) != thing
            if any(each.fills.get("neutral") == "asked" for each in tokens[max(0, before - 7) : before]):
                return ""
            return "kind" if other and not ({"act", "channel", "agent"} & said.fills.keys()) else ""
        if first and said.kind == VERB:
            return ""
        if any(each.fills.get("neutral") == "asked" for each in tokens[max(0, before - 7) : before]):
            return ""
        return "kind" if said.kind in (NOUN, VERB) else ""
    if word.text in AND and before > 0:
        said = tokens[before - 1]
        return "kind" if said.kind == NOUN else ""
    if thing == "meeting" and any(each.fills.get("thing") == "meeting" for each in tokens[:before]) and any(each.text in AND for each in tokens[:before]):
        return ""
    if word.kind == NOUN or (word.kind == SHORT and thing == "information_item"):
        return "kind"
    if word.kind == VERB and len(word.text) > 1:
        acted = any("act" in each.fills for each in tokens[:before])
        return "kind" if acted else "verb"
    if word.kind == TERM:
        narrow = thing in ("information_item", "request", "article", "inquiry", "meeting")
        other = word.fills.get("thing", thing) != thing
        if narrow and other and not ({"act", "channel", "agent"} & word.fills.keys()):
            return "kind"
        if thing == "information_item" and word.fills.get("agent") == "party":
            return "kind"
        if word.fills.get("mark") == "rest" and "outcome" in word.fills:
            return "kind"
        if "outcome" in word.fills and "mark" not in word.fills and token.fills["thing"] == "information_item":
            return "kind"
    if word.text == "类" or (word.kind == OTHER and word.text.isdigit() and len(word.text) > 4):
        return "kind"
    return ""


def right_slots(tokens: Sequence[Token]) -> tuple[Slots, Slots]:
    """The noun right behind a number, and what is said of it behind that."""
    place = 0
    run: list[Token] = []
    while place < len(tokens):
        token = tokens[place]
        if run and run[-1].kind == OF and token.kind == VERB and place + 1 < len(tokens) and (tokens[place + 1].kind == NOUN or "neutral" in tokens[place + 1].fills):
            run = [*run, tokens[place + 1]] if tokens[place + 1].kind == NOUN else [*run, token._replace(kind=NOUN)]
            place += 1
        elif token.kind in (NOUN, OF, AGENT, SHORT):
            run.append(token)
        elif token.kind == TERM and ({"thing", "channel", "agent", "neutral"} & token.fills.keys()) and "none" not in token.fills:
            run.append(token)
        elif run and place + 1 < len(tokens) and token.text in AND and token.text != "并":
            run.append(token)
        elif _relative(tokens, place):
            run.append(token)
        else:
            break
        place += 1
    noun = _noun(run)
    said = Slots()
    said.soft = bool(tokens[place:]) and (tokens[place].text in COPULA or "thing" in tokens[place].fills)
    begun = -1
    for step in range(place, len(tokens)):
        token = tokens[step]
        fills = token.fills
        if begun >= 0 and (step - begun > 6 or token.text in ("因", "因为", "是因为", "由于")):
            break
        if "negation" in fills and not said.outcome:
            said.marks.add("negated")
        if token.text in ("作为", "保障") or token.fills.get("mark") == "link_use":
            said.soft = True
        if token.kind != TERM:
            continue
        if fills.get("neutral") == "disclosure":
            said.about = True
        if begun < 0 and ({"act", "outcome", "channel", "by"} & fills.keys()):
            begun = step
        if fills.get("outcome", said.outcome) != said.outcome and said.outcome and tokens[step - 1].text in AND:
            said.several = True
        for slot in ("act", "outcome", "by"):
            if slot in fills and (not getattr(said, slot) or getattr(said, slot) in GENERIC | {"refused_to_process"}):
                setattr(said, slot, fills[slot])
        if "thing" in fills and "none" not in fills:
            said.things.append((fills["thing"], token.text, ""))
        if "channel" in fills:
            said.channels.append(fills["channel"])
        if "mark" in fills:
            said.marks.add(fills["mark"])
    return noun, said


def _noun(run: Sequence[Token]) -> Slots:
    noun = Slots()
    while run and (run[-1].kind == OF or run[-1].text in AND):
        run = run[:-1]
    if len(run) > 2 and "neutral" in run[-1].fills and any(each.kind == OF for each in run[-3:-1]) and any("thing" in each.fills for each in run):
        noun.unknown = run[-1].text
        return noun
    place = len(run) - 1
    while place >= 0 and ({"neutral", "agent"} & run[place].fills.keys() and "thing" not in run[place].fills or run[place].kind in (OTHER, VERB, OF, AGENT)):
        place -= 1
    for each in run:
        if each.fills.get("neutral") == "disclosure":
            noun.about = True
    if place < 0:
        if run and run[-1].kind == AGENT:
            noun.unknown = run[-1].text
        return noun
    head = run[place]
    if head.kind == NOUN and place >= 2 and run[place - 1].text in AND and "thing" in run[place - 2].fills:
        place -= 2
        head = run[place]
    for each in run:
        for slot in ("act", "outcome", "by"):
            if slot in each.fills and not getattr(noun, slot):
                setattr(noun, slot, each.fills[slot])
        if "channel" in each.fills:
            noun.channels.append(each.fills["channel"])
        if each.fills.get("neutral") == "disclosure":
            noun.about = True
    if head.kind == NOUN:
        noun.unknown = head.text
    elif "channel" in head.fills and "thing" not in head.fills and any(each.kind in (AGENT, NOUN) for each in run):
        noun.unknown = head.text
    elif "thing" in head.fills:
        noun.things.append((head.fills["thing"], head.text, _modified(run, place)))
        noun.joined = _joined(run, place)
    return noun


def _relative(tokens: Sequence[Token], place: int) -> bool:
    """True for a verb of a relative clause that the noun stands behind: 5件涉及征地的申请."""
    for step in range(place + 1, min(place + 13, len(tokens))):
        each = tokens[step]
        if each.kind == OF:
            return step + 1 < len(tokens) and (tokens[step + 1].kind == NOUN or bool({"thing", "neutral"} & tokens[step + 1].fills.keys()))
        if each.kind in (NUMBER, MARK):
            return False
    return False


def fits(thing: str, unit: str) -> bool:
    known = units_of_thing().get(thing) or _LOOK_ALIKE.get(thing)
    return known is None or unit in known
