"""Numbers that several nouns share: 甲、乙分别为3件、5件 and 甲、乙各3件."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.clauses import items
from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.extract.metrics.draft import Draft

_MARKS = frozenset("respectively each".split())


def shared_items(
    lefts: Sequence[list[Token]], waiting: Sequence[Token], counted: Sequence[Draft]
) -> dict[int, list[list[Token]]]:
    """Items of lists for numbers that several nouns share, by the place of the number.

    Parameters
    ----------
    lefts : sequence of list of Token
        What stands before each number of a clause.
    waiting : sequence of Token
        The clause before, where it has no number.
    counted : sequence of Draft
        Drafts of the numbers before, in order.
    """
    found: dict[int, list[list[Token]]] = {}
    for place, left in enumerate(lefts):
        at = _last_mark(left)
        if at is None:
            continue
        tail = left[at + 1 :]
        named = any(each.kind == Kind.NOUN or "thing" in each.fills for each in tail)
        listed = [[*item, *tail] for item in items(left[:at])]
        if left[at].fills["mark"] == "each":
            if len(listed) > 1 and not named:
                found[place] = listed
            continue
        run = _run(lefts, place)
        if run > 1:
            turns = _turns(listed or items(waiting), run, counted, left[:at], named=named)
            found |= {place + turn: [item] for turn, item in enumerate(turns)}
    return found


def _run(lefts: Sequence[list[Token]], place: int) -> int:
    """How many numbers stand one behind the other from a place."""
    run = 1
    while place + run < len(lefts) and all(
        each.text in words("and") for each in lefts[place + run]
    ):
        run += 1
    return run


def _turns(
    listed: list[list[Token]],
    run: int,
    counted: Sequence[Draft],
    head: Sequence[Token],
    *,
    named: bool,
) -> list[list[Token]]:
    """The item of each number of a run, or the thing counted before in its turn."""
    if len(listed) == run:
        return listed
    if len(listed) > 1 or named or len(counted) < run:
        return []
    again = (Token(Kind.TERM, 0, 0, "", {"thing": each.thing}) for each in counted[-run:])
    return [[thing, *head] for thing in again]


def _last_mark(left: Sequence[Token]) -> int | None:
    places = range(len(left) - 1, -1, -1)
    return next((place for place in places if left[place].fills.get("mark") in _MARKS), None)
