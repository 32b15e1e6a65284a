"""Several things or doings that share one number; which figures are of a whole, which of a part."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from govtext.extract.metrics.draft import TAKEN
from govtext.extract.metrics.lexicon import units, words
from govtext.extract.metrics.slots import GENERIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Quantity
    from govtext.extract.metrics.draft import Case, Draft

_ENDED = frozenset("granted partly_granted refused annulled withdrawn".split())
_RANKS = 5


def more(case: Case) -> list[Draft]:
    """The draft, and others that the same number makes."""
    draft, before = case.draft, case.before
    drafts = [draft]
    together = before.joined or case.noun.joined
    if together:
        if case.telling.quantities[draft.number].value == 0:
            drafts += [draft.twin(thing=thing) for thing in together]
        else:
            draft.unknown("several things share the number")
    second = before.second_act
    if second and second != draft.act:
        if second in TAKEN and draft.act == "handled":
            draft.act = second
        elif second in TAKEN or second in ("issued", "made"):
            drafts.append(draft.twin(act=second))
        elif second not in GENERIC and {second, draft.act} & _ENDED:
            draft.unknown("several doings share the number")
    return drafts


def compare(drafts: Sequence[Draft], quantities: Sequence[Quantity]) -> None:
    """Mark what later numbers of a sentence show of earlier ones."""
    for draft, later in pairwise(drafts):
        share = "share" in later.marks and quantities[later.number].unit in units("rate")
        plain = not draft.channel and "weak" not in draft.marks
        if share and draft.thing == "information_item" and plain:
            draft.part("a part, given with its share of the total")
        listed = later.bodies and not later.thing and later.bare
        foreign = draft.bodies and not own(draft.bodies) and not own(later.bodies)
        if listed and foreign and "of_which" not in later.marks:
            draft.part("the figure of one of several bodies")
    for place, draft in enumerate(drafts):
        if _of_the_whole(draft, drafts[place + 1 :]):
            draft.flags.add("other_body")


def _of_the_whole(draft: Draft, later: Sequence[Draft]) -> bool:
    """True for the figure of a whole place of which the body's own share follows."""
    level = _level(draft.bodies, "whole_place")
    if level is None:
        return False
    shares = (_level(each.bodies, "own_place") for each in later if each.thing == draft.thing)
    return any(share is not None and share < level for share in shares)


def _level(bodies: Sequence[str], first: str) -> int | None:
    """Rank of the place that a body named so is of: 全市 above 我区."""
    for body in bodies:
        if body[0] in words(first):
            ranks = (rank for rank in range(_RANKS) if body[1:2] in words(f"rank_{rank}"))
            return next(ranks, None)
    return None


def own(bodies: list[str]) -> bool:
    """True if one of these is the body that reports."""
    names = (body for body in bodies if body not in words("not_own"))
    return any(body[0] in words("own_body") for body in names)
