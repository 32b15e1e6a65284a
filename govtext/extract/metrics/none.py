"""Statements of none -> frames with the negation in place of the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.frames import UNKNOWN, Frame, clauses, left_slots
from govtext.extract.metrics.reader import IMPLIED_OUTCOMES
from govtext.extract.metrics.tokens import MARK, NOUN, NUMBER, OF, TERM, VERB, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.extract.metrics.frames import Clause
    from govtext.extract.metrics.reader import Sentence

_AND = frozenset("和 及 与 以及 或 或者 也".split())
_BOTH = {"npc_and_cppcc": ("npc_suggestion", "cppcc_proposal")}


def zero_frames(sentence: Sentence, topic: str, title: str) -> Iterator[tuple[Token, Frame]]:
    """Negations of a sentence with what each says there was none of."""
    carried = topic
    previous: Sequence[Token] = []
    for clause in clauses(sentence.found):
        toks = clause.tokens
        for place, token in enumerate(toks):
            if token.kind != TERM:
                continue
            if "none" in token.fills:
                counted = any(t.kind == NUMBER for t in toks)
                if not counted and (token.fills["thing"] != "fee" or _asked(toks, token)):
                    yield token, Frame(-1, thing=token.fills["thing"])
            elif "negation" in token.fills:
                after, before = toks[place + 1 :], toks[:place]
                if any(t.kind == NUMBER for t in toks):
                    continue
                thing = any("thing" in t.fills for t in after)
                if thing or (token.fills["negation"] == "none" and any(t.kind in (TERM, NOUN) for t in after)):
                    here = [t.fills["thing"] for t in before if "thing" in t.fills]
                    past = any(t.fills.get("scope") == "prior_year" for t in before)
                    yield from _following(token, after, here[-1] if here else carried, title, past=past)
                elif (token.fills["negation"] == "after" or not after) and "outcome" not in token.fills:
                    yield from _preceding(token, before or previous, carried, title)
        previous = toks
        things = [t.fills["thing"] for t in toks if t.kind == TERM and "thing" in t.fills]
        if things:
            carried = things[-1]


def _asked(tokens: Sequence[Token], token: Token) -> bool:
    """True where what is free of charge is what applicants get."""
    if "收" in token.text or "费用" in token.text:
        return True
    return any(t.text in ("申请", "查询", "复制", "检索", "依申请公开") or t.fills.get("thing") == "request" for t in tokens)


def _following(token: Token, after: Sequence[Token], carried: str, title: str, *, past: bool) -> Iterator[tuple[Token, Frame]]:
    items = _items(after)
    act = ""
    formed = any(t.text in ("形式", "方式", "渠道", "途径") for item in items for t in item)
    shared = next((t.fills["thing"] for t in reversed(after) if "thing" in t.fills), "")
    for item in items:
        frame = _frame(item, shared or carried, title, act, past=past)
        if frame is None:
            continue
        act = act or frame.act
        if len(items) > 1 and formed and frame.thing == "request":
            frame.channel = ""
        if frame.channel and "carried" in frame.marks and not frame.act and frame.thing != "request" and not shared:
            continue
        for each in _each(frame):
            yield token, each


def _preceding(token: Token, before: Sequence[Token], carried: str, title: str) -> Iterator[tuple[Token, Frame]]:
    for item in _items(before) or [[]]:
        frame = _frame(item, carried, title, "", before=True)
        if frame is not None:
            for each in _each(frame):
                yield token, each


def _each(frame: Frame) -> Iterator[Frame]:
    for thing in _BOTH.get(frame.thing, (frame.thing,)):
        yield Frame(-1, thing, frame.act, frame.channel, frame.outcome, frame.by, marks=frame.marks)


def _frame(item: Sequence[Token], carried: str, title: str, act: str, *, before: bool = False, past: bool = False) -> Frame | None:
    slots = left_slots(item)
    if any(t.kind == TERM and "scope" in t.fills and t.fills["scope"] == "target" for t in item):
        return None
    if slots.thing == "complaint" and any(t.fills.get("neutral") == "asked" for t in item):
        return None
    if slots.things and not before and slots.thing in ("fee", "complaint") and _narrowed(item, slots.things[0][1]):
        return None
    if slots.act == "carried":
        past = past or any(t.fills.get("scope") == "prior_year" for t in item)
        slots.act = "carried_in" if past else "carried_out"
    if slots.thing in ("information_item", "") and (slots.outcome in IMPLIED_OUTCOMES or slots.act in ("carried_in", "carried_out")):
        return Frame(-1, "request", slots.act, slots.channel, slots.outcome, slots.by)
    frame = Frame(-1, slots.thing, slots.act or act, slots.channel, slots.outcome, slots.by)
    if slots.things and slots.things[0][2] == "kind":
        return None
    frame.marks = set(slots.marks)
    if before:
        frame.marks.add("before")
    if frame.thing == UNKNOWN:
        return None
    if not frame.thing:
        if not slots.filled and not before:
            return None
        frame.thing = carried or (title if "|" not in title else "")
        frame.marks.add("carried")
    return frame if frame.thing else None


def _narrowed(item: Sequence[Token], word: str) -> bool:
    """True where an unknown word stands right before the thing: 违规收费."""
    place = next((i for i in range(len(item) - 1, -1, -1) if item[i].text == word), 0)
    return place > 0 and item[place - 1].kind in (NOUN, VERB) and len(item[place - 1].text) > 1


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    for token in tokens:
        if (token.kind == MARK and token.text == "、") or token.text in _AND:
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in items if item]
