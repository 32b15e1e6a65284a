"""Numbers that say of the one before them: its second figure, its other unit, this year's share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.lexicon import fits
from govtext.extract.metrics.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.extract.metrics.draft import Draft
    from govtext.extract.metrics.slots import Slots

_NOT_ITS_OWN = {"prior_year", "cumulative"}


def twin(last: Draft, token: Token, *, own: bool) -> Draft:
    """Draft of a number that counts what the one before it counts; `own` for this year's."""
    made = last.twin(number=token.ref)
    made.again, made.how["thing"] = False, "number before"
    made.marks.discard("from")
    if own:
        made.flags -= _NOT_ITS_OWN
    return made


def in_another_unit(last: Draft, units: tuple[str, str]) -> bool:
    """Whether the same thing is counted in another unit: 推送96期、288条."""
    return units[0] != units[1] and fits(last.thing, units[1])


def changed_to(last: Draft, before: Slots, units: tuple[str, str]) -> bool:
    """Whether it is the second figure of a change: 复议由31件降到18件; the first is of before."""
    to = before.marks & {"to", "changed_to"} and not before.things
    if not to or "from" not in last.marks or units[0] != units[1]:
        return False
    last.flags.add("prior_year")
    return True


def of_this_year(
    last: Draft, left: Sequence[Token], before: Slots, units: tuple[str, str], year: int | None
) -> bool:
    """Whether it is the year's own share of a sum over years: 累计62万次,其中2012年9万次."""
    said = before.things or before.filled or "of_which" not in before.marks
    if said or units[0] != units[1] or not last.thing:
        return False
    if not any(
        (each.kind == Kind.YEAR and each.ref == year) or each.fills.get("scope") == "own_year"
        for each in left
    ):
        return False
    last.flags.add("cumulative")
    return True
