"""What is marked in a text: the numbers that were read, each with what they were read as."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from govtext.core.model import ANNUAL_REPORT, is_own
from govtext.show.evidence.explain import spelled
from govtext.show.evidence.look import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Entry, Finding, Frame, Observation, Quantity, Report

KINDS = ("observed", "cell", "none", "aside", "left")
"""A number of the prose, of a form, words that state none, a number that is not of the year's own,
and one that no metric took."""
_FIELDS = (
    "title", "issuer", "year", "admin_level", "region_code", "signed_on", "document_number", "form",
)  # fmt: skip
_DOUBTS = frozenset({"repaired", "damaged", "glued_cells", "conflict"})
VERDICTS = ("broken", "not_assessable", "holds")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that are marked: what was read there, as what kind, and by which observations.

    `numbers` are the places of the observations in the report, from 1; `covered` are starts of
    others that begin within these characters.
    """

    start: int
    end: int
    label: str
    kind: str
    doubtful: bool = False
    numbers: tuple[int, ...] = ()
    covered: tuple[int, ...] = ()


def both(name: str) -> str:
    """Label of a part of the page, in English and Chinese (`rules/labels.csv`)."""
    return f"{label(f'evidence.{name}', 'en')} {label(f'evidence.{name}', 'zh')}"


def identity(report: Report) -> Iterator[tuple[str, object]]:
    """Fields by their keys; a null one with its reason; the kind, where it is another."""
    kind = report.kind
    if kind.doubtful or kind.name != ANNUAL_REPORT:
        yield "kind", f"{kind.name} ({kind.reason})"
    for name in _FIELDS:
        value = getattr(report.identity, name)
        reason = report.identity.reasons.get(name, "")
        yield name, value if value is not None else f"– ({reason})"
    places = (report.identity.province, report.identity.prefecture, report.identity.county)
    yield "place", " ".join(filter(None, places)) or "–"


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the broken ones first, each kind in the order of the text."""
    return sorted(findings, key=lambda each: (VERDICTS.index(each.verdict), each.start))


def kind_of(observation: Observation) -> str:
    """Which of `KINDS` an observation is."""
    if not is_own(observation.flags):
        return "aside"
    if observation.source == "table":
        return "cell"
    return "none" if observation.status == "zero_by_negation" else "observed"


def is_doubtful(noun: Observation | Quantity | Entry) -> bool:
    """True of a number that was repaired, parted from its neighbour, or is said in two ways."""
    return bool(_DOUBTS.intersection(noun.flags.split(";")))


def marks_of(report: Report) -> list[Mark]:
    """Spans to mark, in order and apart, with what was read there.

    Of spans that share characters the first counts, of those that begin together the observed.
    """
    wanted = _observed(report)
    numbers: list[Quantity | Entry] = [*report.quantities, *_unread(report)]
    for each in numbers:
        if (each.start, each.end) not in wanted:
            mark = Mark(each.start, each.end, value(each), "left", is_doubtful(each))
            wanted[each.start, each.end] = mark
    spoken = {(each.start, each.end): each for each in reversed(report.frames)}
    found: list[Mark] = []
    position = 0
    for span in sorted(wanted, key=lambda span: (span[0], not wanted[span].numbers, span[1])):
        if position <= span[0] <= span[1] <= report.section_at(span[0]).end:
            found.append(_with_frame(wanted[span], spoken.get(span), report.document.text))
            position = max(span[1], span[0] + 1)
        elif found and wanted[span].numbers:
            last = found[-1]
            if last.start < span[0] < last.end:
                found[-1] = replace(last, covered=(*last.covered, span[0]))
    return found


def left_over(report: Report) -> list[tuple[Quantity | Entry, Frame | None, str]]:
    """Numbers that no metric took, with their frame if they have one, and the reason."""
    taken = {(each.start, each.end) for each in report.observations}
    frames = {(each.start, each.end): each for each in reversed(report.frames)}
    rows: list[tuple[Quantity | Entry, Frame | None, str]] = []
    for number in report.quantities:
        if (number.start, number.end) not in taken:
            frame = frames.get((number.start, number.end))
            rows.append((number, frame, frame.reason if frame else ""))
    seen = {(each.start, each.end) for each, _, _ in rows}
    rows += [(each, None, each.reason) for each in _unread(report)
             if (each.start, each.end) not in taken | seen]  # fmt: skip
    return sorted(rows, key=lambda row: (row[0].start, row[0].end))


def within(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """Marks that begin in a span."""
    first, last = (bisect_left(marks, place, key=attrgetter("start")) for place in (start, end))
    return marks[first:last]


def nearest(marks: Sequence[Mark], position: int) -> int:
    """Start of the mark that covers a position, else of the next one, which a link can lead to."""
    if not marks:
        return 0
    place = max(0, bisect_right(marks, position, key=attrgetter("start")) - 1)
    holds = marks[place].start == position or marks[place].end > position
    return marks[place if holds else min(place + 1, len(marks) - 1)].start


def value(noun: Quantity | Observation | Entry) -> str:
    """Value with its unit and qualifier."""
    shown = "?" if noun.value is None else f"{noun.value:,.15g}"
    qualifier = getattr(noun, "qualifier", "exact")
    more = "" if qualifier == "exact" else f" ({qualifier})"
    return f"{shown} {noun.unit}{more}".strip()


def _observed(report: Report) -> dict[tuple[int, int], Mark]:
    """Spans of the observations; one that several are read from is marked once for all."""
    wanted: dict[tuple[int, int], Mark] = {}
    for number, each in enumerate(report.observations, 1):
        span = (each.start, each.end)
        said = f"{each.metric} = {value(each)}"
        known = wanted.get(span)
        if known is None:
            wanted[span] = Mark(*span, said, kind_of(each), is_doubtful(each), (number,))
        else:
            wanted[span] = replace(
                known,
                label=f"{known.label}; {said}",
                doubtful=known.doubtful or is_doubtful(each),
                numbers=(*known.numbers, number),
            )
    return wanted


def _unread(report: Report) -> Iterator[Entry]:
    """Cells of tables with digits that are no observation."""
    for each in report.entries:
        is_open = each.status == "unread" or (each.status == "number" and not each.metric)
        if is_open and each.start < each.end:
            yield each


def _with_frame(mark: Mark, frame: Frame | None, text: str) -> Mark:
    return mark if frame is None else replace(mark, label=f"{mark.label}; {spelled(frame, text)}")
