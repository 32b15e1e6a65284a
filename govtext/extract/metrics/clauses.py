"""Tokens -> clauses, and what stands before and behind each number of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BREAKS = frozenset(",;:()。!?")
_DENIAL = 3  # tokens back that a denial stands before a one
_HOLDERS = frozenset("organisation person".split())


@dataclass(slots=True)
class Clause:
    """Tokens between two marks; `before` is the mark in front, `numbers` places of numbers."""

    before: str
    tokens: list[Token]
    numbers: list[int]


def clauses(tokens: Iterable[Token]) -> list[Clause]:
    """Clauses of a sentence. A label and its number are one, also where an aside parts them."""
    found = [Clause("", [], [])]
    aside, mark, number = words("aside"), Kind.MARK, Kind.NUMBER
    held, numbers = found[0].tokens, found[0].numbers
    for token in tokens:
        if token.kind == mark and token.text in _BREAKS:
            found.append(Clause(token.text, [], []))
            held, numbers = found[-1].tokens, found[-1].numbers
        elif token.text not in aside:
            if token.kind == number:
                numbers.append(len(held))
            held.append(token)
    _rejoin(found)
    return [clause for clause in found if clause.tokens]


def in_denial(before: Sequence[Token], number: Token) -> bool:
    """True for a one that belongs to the denial before it: 未收到一起投诉."""
    if number.text[:1] not in words("single"):
        return False
    for token in reversed(before[-_DENIAL:]):
        if "negation" in token.fills:
            return True
        if "act" not in token.fills and token.kind not in (Kind.VERB, Kind.OTHER):
            return False
    return False


def _rejoin(found: Sequence[Clause]) -> None:
    """Put a label before its number again: 行政复议(含两级)10件."""
    for place in range(2, len(found)):
        label, aside, behind = found[place - 2 : place + 1]
        parted = aside.before == "(" and behind.before == ")" and behind.numbers
        if parted and label.tokens and not label.numbers:
            behind.numbers = [each + len(label.tokens) for each in behind.numbers]
            behind.tokens = [*label.tokens, *behind.tokens]
            behind.before = label.before
            label.tokens, aside.tokens, aside.numbers = [], [], []


def items(tokens: Iterable[Token], also: frozenset[str] = frozenset()) -> list[list[Token]]:
    """Items of a list: what a joiner, or a word of `also`, parts."""
    parts = words("and") - words("and_not") | also
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in parts:
            found.append([])
        else:
            found[-1].append(token)
    return [item for item in found if item]


def split(clause: Clause) -> Iterator[tuple[list[Token], list[Token]]]:
    """What stands before and behind each number; what is between two belongs to one of them."""
    tokens, numbers = clause.tokens, clause.numbers
    start = 0
    for place, at in enumerate(numbers):
        left = tokens[start:at]
        if place + 1 == len(numbers):
            yield left, tokens[at + 1 :]
            return
        between = tokens[at + 1 : numbers[place + 1]]
        size, skip = _behind(between)
        yield left, between[:size]
        start = at + 1 + size + skip


def _behind(between: Sequence[Token]) -> tuple[int, int]:
    """How many tokens belong to the number before them, and how many to neither."""
    for place, token in enumerate(between):
        if token.text in words("and"):
            return place, 1
    if between and all(map(_holds, between)):
        return len(between), 0  # 25个政府部门1460项权责清单
    size = 0
    while size < len(between) and _names(between[size]):
        size += 1
    more = any(token.kind in (Kind.TERM, Kind.NOUN) for token in between[size:])
    return (size, 0) if size and more else (0, 0)


def _holds(token: Token) -> bool:
    nouns = (Kind.NOUN, Kind.AGENT, Kind.OF, Kind.SHORT)
    return token.kind in nouns or token.fills.get("thing") in _HOLDERS


def _names(token: Token) -> bool:
    return token.kind == Kind.OF or "thing" in token.fills
