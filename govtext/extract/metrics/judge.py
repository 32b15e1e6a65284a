"""Drafts of frames -> the metric whose row each fills, or why none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.core.rules import OWN_MARK
from govtext.extract.metrics.draft import ROUTES
from govtext.extract.metrics.lexicon import SLOTS, Metric, metrics
from govtext.extract.metrics.slots import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.extract.metrics.draft import Draft
    from govtext.extract.metrics.place import Place
    from govtext.extract.metrics.reader import Read

_NO_VALUES = {
    "change": "a change, and no value of the year",
    "share": "a share of another number",
    "per": "a mean for each of several",
    "used": "who used it, not what was disclosed",
    "sent": "sent to others, not disclosed",
    "kind": "one sort or part of what the codebook counts",
}
"""Why a number with a mark is no value of its metric."""
_SENT = frozenset(
    "information_item article publicity interpretation other_document gazette_issue hot_topic "
    "normative_document".split()
)
"""Things that are not disclosed where they are only sent to somebody."""
_PARTLY = frozenset("granted partly_granted refused withdrawn".split())
_DENIABLE = frozenset(
    "request review lawsuit complaint fee press_conference interview npc_suggestion "
    "cppcc_proposal training meeting staff penalty coercion licence fee_item other_service "
    "budget normative_document regulation office".split()
)
"""Things of which a report states that there were none."""
_ALSO_PLANNED = frozenset("request review lawsuit complaint".split())
_PLANNED_PARTS = frozenset("problems plans".split())
_FROM_THE_CLAUSE = frozenset(("before", "clause before"))


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with the row of the metric that it fills, or the reason why it fills none."""

    read: Read
    row: Metric | None
    reason: str = ""


class Judge:
    """Finds the rows that frames of one report fill."""

    def __init__(self, place: Place, year: int | None) -> None:
        self._place, self._year = place, year

    def judge(self, read: Read, unit: str) -> Judged:
        """Row of `rules/frame_metrics.csv` that a frame fills best, or the reason why none.

        Parameters
        ----------
        read : Read
            The frame with its place.
        unit : str
            Unit of the number; of a statement of none it does not matter.
        """
        reason = _reason(read)
        if reason:
            return Judged(read, None, reason)
        fitting = [row for row in self._rows(read) if read.none or unit in row.units]
        if not fitting:
            return Judged(read, None, "no metric of the codebook has these slots and this unit")
        near = [row for row in fitting if not row.about or self._about(read)]
        if not near:
            return Judged(read, None, "nothing near says that this was on disclosure")
        return Judged(read, max(near, key=lambda row: _score(row, read.draft) or 0))

    def _rows(self, read: Read) -> Iterator[Metric]:
        draft = read.draft
        for row in metrics().get(draft.thing, ()):
            dated = self._year is None or row.since <= self._year <= row.until
            if dated and _allows(row, read) and _score(row, draft) is not None:
                yield row

    def _about(self, read: Read) -> bool:
        if read.draft.by in ROUTES:
            return True
        named = read.draft.thing == "complaint" and not read.none
        return self._place.about_disclosure(read.sentence, read.start, named=named)


def _reason(read: Read) -> str:
    """Why a frame is no value of any metric, whatever its slots; "" if nothing is against it."""
    draft = read.draft
    if draft.thing == UNKNOWN:
        return draft.reason or "the noun beside the number is no thing of the codebook"
    marks = _marks(draft)
    if marks:
        return draft.reason or _NO_VALUES[min(marks)]
    if not draft.thing and not (draft.channel or draft.outcome or draft.by):
        return "no term says what it counts"
    return _undenied(read) if read.none else ""


def _marks(draft: Draft) -> set[str]:
    """Marks that stand against a value, without those that a metric of its own asks for."""
    marks = draft.marks & _NO_VALUES.keys()
    if draft.by == "change":
        marks -= {"change"}
    if draft.by == "per_issue":
        marks -= {"per", "sent"}
    if draft.thing and draft.thing not in _SENT:
        marks -= {"sent"}
    if draft.outcome or draft.act in _PARTLY:
        marks -= {"kind"}
    return marks


def _undenied(read: Read) -> str:
    """Why a statement of none counts for no metric."""
    draft = read.draft
    if draft.thing not in _DENIABLE and not draft.channel and not _is_own(draft.thing):
        return "no report says that there were none of it"
    planned = read.section.part in _PLANNED_PARTS and draft.thing not in _ALSO_PLANNED
    return "said of problems or plans" if planned else ""


def _is_own(thing: str) -> bool:
    """True for a thing that a scholar's own row of a metric counts: none of it is counted too."""
    return any(row.rule.startswith(OWN_MARK) for row in metrics().get(thing, ()))


def _allows(row: Metric, read: Read) -> bool:
    draft = read.draft
    if row.of and row.of != (draft.of or "-"):
        return False
    carried = draft.how.get("thing", "")
    if row.carried == "yes" and (read.none or carried not in _FROM_THE_CLAUSE):
        return False
    if row.carried == "no" and carried and not read.none:
        return False
    return not (read.none and draft.outcome == "on_time")


def _score(row: Metric, draft: Draft) -> int | None:
    """How well a row fits: a slot that it names counts for it, one that it lets open against it."""
    score = 0
    for slot, allowed in zip(SLOTS, row.slots, strict=True):
        value = getattr(draft, slot)
        if allowed is None:
            score -= 1 if value else 0
        elif value not in allowed:
            return None
        else:
            score += 1 if value else 0
    return score
