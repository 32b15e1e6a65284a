"""A report's prose -> its frames and its observations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.core.codebook import unit_of_metric
from govtext.core.model import Evidence, Frame, Observation
from govtext.core.rules import OWN_MARK
from govtext.extract.metrics.judge import Judge, Judged
from govtext.extract.metrics.lexicon import lexicon
from govtext.extract.metrics.place import Place
from govtext.extract.metrics.reader import Reader
from govtext.extract.metrics.settle import report_year, settle
from govtext.extract.metrics.slots import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Document, Quantity, Section
    from govtext.extract.metrics.draft import Draft

_SLOTS = ("thing", "act", "channel", "outcome", "by", "of")


def prose_observations(
    document: Document,
    sections: tuple[Section, ...],
    quantities: tuple[Quantity, ...],
    *,
    year: int | None = None,
) -> tuple[Observation, ...]:
    """Observations of the metrics of the codebook in the prose of a report; see `read_prose`."""
    return read_prose(document, sections, quantities, year=year)[1]


def read_prose(
    document: Document,
    sections: tuple[Section, ...],
    quantities: tuple[Quantity, ...],
    *,
    year: int | None = None,
) -> tuple[tuple[Frame, ...], tuple[Observation, ...]]:
    """Frames of the numbers of a report, and the observations that they make.

    Parameters
    ----------
    document : Document
        The cleaned report.
    sections : tuple of Section
        Its sections, which cover the text.
    quantities : tuple of Quantity
        Its quantities, in order.
    year : int, optional
        The year reported on; where it is not given, the one that the text names as such.

    Returns
    -------
    frames : tuple of Frame
        What each number counts, and each statement of none, in the order of the text.
    observations : tuple of Observation
        In the order of the text; `status` is ``number`` or ``zero_by_negation``, or ``na`` where
        a damaged numeral leaves the value open. `flags` tells what is no value of the year
        (``prior_year cumulative target other_body``), what is one of several parts
        (``component``), and what is said again (``restated``, ``conflict``).
    """
    if not sections or not document.text:
        return (), ()
    place = Place(document, sections)
    reported = report_year(place.folded) if year is None else year
    judge = Judge(place, reported)
    judged = [
        judge.judge(read, "" if read.none else quantities[read.draft.number].unit)
        for read in Reader(place, quantities, reported).read()
    ]
    made = list(_observations(judged, quantities, place))
    told = settle(sorted(made, key=_order), place.folded, quantities)
    frames = sorted(map(_frame, judged), key=lambda each: (each.start, each.end))
    settled = tuple(_settled(frames, told))
    return settled, tuple(_named(told, settled, place.folded)) if lexicon().own else told


def _order(each: Observation) -> tuple[int, int, str]:
    return each.start, each.end, each.metric


def _observations(
    judged: Iterable[Judged], quantities: Sequence[Quantity], place: Place
) -> Iterator[Observation]:
    """Observations, at most one of a metric for each number."""
    seen: set[tuple[str, int]] = set()
    for each in judged:
        if each.row is None or (each.row.metric, each.read.start) in seen:
            continue
        seen.add((each.row.metric, each.read.start))
        read = each.read
        value, status, qualifier, flags = (
            (0.0, "zero_by_negation", "exact", _joined(read.draft)) if read.none
            else _counted(quantities[read.draft.number], read.draft)
        )  # fmt: skip
        yield Observation(
            metric=each.row.metric,
            value=value,
            status=status,
            unit=unit_of_metric()[each.row.metric],
            qualifier=qualifier,
            section_id=read.section.section_id,
            start=read.start,
            end=read.end,
            quote=place.quote(read.start, read.end),
            rule=each.row.rule,
            flags=flags,
        )


def _joined(draft: Draft, more: str = "") -> str:
    """Flags of a draft as they are written, with another one behind them."""
    return ";".join(filter(None, (*sorted(_flags(draft)), more)))


def _counted(quantity: Quantity, draft: Draft) -> tuple[float | None, str, str, str]:
    """Value, status, qualifier and flags of what a number counts."""
    value = quantity.value
    if value and draft.by == "change" and "minus" in draft.marks:
        value = -value
    flags = _joined(draft, "repaired" if "repaired" in quantity.flags else "")
    return value, "na" if value is None else "number", quantity.qualifier, flags


def _flags(draft: Draft) -> set[str]:
    """What makes it no value of the year; a metric of the year before is that year's own."""
    return draft.flags - ({"prior_year"} if draft.by == "previous" else set())


def _frame(each: Judged) -> Frame:
    draft, read = each.read.draft, each.read
    scope = "|".join(sorted(_flags(draft))) or ("part" if "kind" in draft.marks else "own_year")
    return Frame(
        start=read.start,
        end=read.end,
        thing="" if draft.thing == UNKNOWN else draft.thing,
        act=draft.act,
        channel=draft.channel,
        outcome=draft.outcome,
        by=draft.by,
        scope=scope,
        metric=each.row.metric if each.row else "",
        rule=each.row.rule if each.row else "",
        reason=each.reason,
        none=read.none,
        evidence=tuple(_evidence(draft)),
    )


def _evidence(draft: Draft) -> Iterator[Evidence]:
    for slot in _SLOTS:
        value = getattr(draft, slot)
        if value and value != UNKNOWN:
            start, end = (
                draft.places.get(slot, (None, None)) if slot not in draft.how else (None, None)
            )
            yield Evidence(slot, value, start, end, draft.how.get(slot, ""))


def _named(
    told: Iterable[Observation], frames: Iterable[Frame], folded: str
) -> Iterator[Observation]:
    """Observations of our rows with a scholar's terms that filled a slot named in the rule."""
    own = lexicon().own
    filled: dict[tuple[int, str], list[str]] = {}
    for frame in frames:
        spans = [(e.start, e.end) for e in frame.evidence if e.start is not None]
        words = sorted({folded[start:end].lower() for start, end in spans} & own)
        filled[frame.start, frame.rule] = [OWN_MARK + word for word in words]
    for each in told:
        more = filled.get((each.start, each.rule), [])
        ours = more and not each.rule.startswith(OWN_MARK)
        yield replace(each, rule=" ".join((each.rule, *more))) if ours else each


def _settled(frames: Iterable[Frame], told: Iterable[Observation]) -> Iterator[Frame]:
    """Frames with the metric that was settled on: none where a row stood alone."""
    metrics = {(each.start, each.rule): each.metric for each in told}
    for frame in frames:
        metric = metrics.get((frame.start, frame.rule), "")
        reason = frame.reason or ("" if metric else "said again, or another number says it")
        same = (frame.metric, frame.reason) == (metric, reason)
        yield frame if same else replace(frame, metric=metric, reason=reason)
