"""How the words before a thing narrow it: one sort of information is no total of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND, VERB = "kind", "verb"
"""A thing that a noun narrows; one that an unknown verb stands before, which may be its doing."""
_SENSITIVE = frozenset(
    "information_item request training meeting interpretation inquiry staff budget article "
    "other_document normative_document activity complaint".split()
)
_BY_THINGS = frozenset("information_item request article inquiry meeting".split())
_CLEAR = frozenset("organisation person column gazette_issue".split())
_FAMILIES = (
    frozenset("review lawsuit complaint appeal".split()),
    frozenset("npc_suggestion cppcc_proposal".split()),
)
_MODIFYING = frozenset("published posted issued held printed set made".split())
_ACCOUNTS = frozenset("weibo wechat".split())
"""What stands before such a thing is the name of the account."""
_CHARGED = frozenset("training meeting matter project".split())
_ASKED = 7
_HOTLINE = 4  # digits of a number that names a line: 12315


def narrowed(tokens: Sequence[Token], place: int) -> str:
    """``kind``, ``verb``, or "" where nothing narrows the thing at a place."""
    thing = tokens[place].fills["thing"]
    before = tokens[place - 1] if place else None
    if before is None or tokens[place].fills.get("channel") in _ACCOUNTS:
        return ""
    if thing == "review":
        return KIND if before.text in words("sorts") else ""
    if thing == "fee":
        return KIND if before.fills.get("thing") in _CHARGED else ""
    if thing == "interpretation":
        return KIND if place > 1 and _beside_noun(tokens, place - 1) else ""
    return _by_word(tokens, place, thing) if thing in _SENSITIVE else ""


def _by_word(tokens: Sequence[Token], place: int, thing: str) -> str:
    """What the first word that says something before a thing makes of it."""
    clear = _CLEAR - {"person"} if thing == "meeting" else _CLEAR
    before = place - 1
    while before >= 0 and (
        "neutral" in tokens[before].fills or tokens[before].fills.get("thing") in clear
    ):
        before -= 1
    if before < 0:
        return ""
    word, token = tokens[before], tokens[place]
    doing_first = "act" in token.fills and token.text[:2] not in words("information")
    if word.kind == Kind.OF:
        clause = _by_clause(tokens, before, thing, doing_first=doing_first)
        return "" if thing == "complaint" else clause
    if doing_first:
        return ""
    if word.text in words("and"):
        return KIND if before and tokens[before - 1].kind == Kind.NOUN else ""
    if thing == "meeting" and _second_of_its_sort(tokens, before):
        return ""
    return _by_kind(tokens, before, thing)


def _by_kind(tokens: Sequence[Token], before: int, thing: str) -> str:
    word = tokens[before]
    if word.kind == Kind.NOUN or (word.kind == Kind.SHORT and thing == "information_item"):
        return KIND
    if word.kind == Kind.VERB and len(word.text) > 1:
        return KIND if any("act" in each.fills for each in tokens[:before]) else VERB
    if word.kind == Kind.TERM:
        return _by_term(word, thing)
    number = word.kind == Kind.OTHER and word.text.isdigit() and len(word.text) > _HOTLINE
    return KIND if number or word.text in words("sort") else ""


def _by_term(word: Token, thing: str) -> str:
    fills = word.fills
    own = "act" in fills or "channel" in fills or "agent" in fills
    if thing in _BY_THINGS and fills.get("thing", thing) != thing and not own:
        return KIND
    if thing == "information_item" and fills.get("agent") == "party":
        return KIND
    if "outcome" in fills and (fills.get("mark") == "rest" or thing == "information_item"):
        return KIND
    return ""


def _by_clause(tokens: Sequence[Token], of: int, thing: str, *, doing_first: bool) -> str:
    """What stands before 的 narrows the thing, unless it is what was asked for or done."""
    if not of:
        return ""
    said = tokens[of - 1]
    if said.text in words("respect") and of > 1:
        said = tokens[of - 2]
    if any(each.fills.get("neutral") == "asked" for each in tokens[max(0, of - _ASKED) : of]):
        return ""
    if said.kind in (Kind.TERM, Kind.AGENT):
        fills = said.fills
        own = "act" in fills or "channel" in fills or "agent" in fills
        named = fills.get("thing", thing)
        asked = thing == "request" and named == "information_item"
        return KIND if named != thing and not own and not asked else ""
    if doing_first and said.kind == Kind.VERB:
        return ""
    return KIND if said.kind in (Kind.NOUN, Kind.VERB) else ""


def _beside_noun(tokens: Sequence[Token], joiner: int) -> bool:
    return tokens[joiner].text in words("and") and tokens[joiner - 1].kind == Kind.NOUN


def _second_of_its_sort(tokens: Sequence[Token], before: int) -> bool:
    """True for the second of two meetings: 工作会议、联络员例会5次."""
    earlier = tokens[:before]
    return any(each.fills.get("thing") == "meeting" for each in earlier) and any(
        each.text in words("and") for each in earlier
    )


def joined(tokens: Sequence[Token], place: int) -> list[str]:
    """Things of one family that a joiner puts beside this one: 行政复议、行政诉讼."""
    thing = tokens[place].fills["thing"]
    family = next((family for family in _FAMILIES if thing in family), None)
    found: list[str] = []
    while family and place >= 2:
        step = place - 1
        while step >= 0 and _only_says(tokens[step]):
            step -= 1
        if step < 1 or tokens[step].text not in words("and"):
            break
        other = tokens[step - 1].fills.get("thing")
        if other not in family:
            break
        found.append(other)
        place = step - 1
    return found


def _only_says(token: Token) -> bool:
    fills = token.fills
    return ("act" in fills and "thing" not in fills) or "neutral" in fills


def modifying(tokens: Sequence[Token], place: int) -> bool:
    """True for a doing inside a clause that only narrows the thing: 反映公开不及时的举报."""
    fills = tokens[place].fills
    if fills["act"] not in _MODIFYING or "thing" in fills:
        return False
    for step in range(place + 1, len(tokens)):
        if tokens[step].kind == Kind.OF:
            behind = tokens[step + 1].fills if step + 1 < len(tokens) else {}
            return step > place + 1 and "thing" in behind
        if "thing" in tokens[step].fills:
            return False
    return False
