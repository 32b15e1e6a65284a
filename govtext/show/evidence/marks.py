"""What is marked in a text: the numbers that were read, each with what they were read as."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.model import ANNUAL_REPORT
from govtext.show.evidence.explain import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Finding, Observation, Quantity, Report

Mark = tuple[int, int, str, str]
"""Start and exclusive end of a span, what was read there, and its style."""
_FIELDS = (
    "title", "issuer", "year", "admin_level", "region_code", "signed_on", "document_number", "form",
)  # fmt: skip
# Styles stand at the tags: an exported notebook drops style sheets.
_MARK = "background-color:#fdeaa7"
_OBSERVED = "background-color:#bfe0f2"
VERDICTS = {"broken": "color:#b34700", "not_assessable": "color:#777", "holds": "color:#00694c"}


def both(name: str) -> str:
    """Label of a part of the page, in English and Chinese (`rules/labels.csv`)."""
    row = next(row for row in rules.load("labels") if row["key"] == f"evidence.{name}")
    return f"{row['en']} {row['zh']}"


def identity(report: Report) -> Iterator[tuple[str, object]]:
    """Fields with their labels; a null one with its reason; the kind, where it is another."""
    kind = report.kind
    if kind.doubtful or kind.name != ANNUAL_REPORT:
        yield both("kind"), f"{kind.name} ({kind.reason})"
    for name in _FIELDS:
        value = getattr(report.identity, name)
        reason = report.identity.reasons.get(name, "")
        yield both(name), value if value is not None else f"– ({reason})"
    places = (report.identity.province, report.identity.prefecture, report.identity.county)
    yield both("place"), " ".join(filter(None, places)) or "–"


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the broken ones first, each kind in the order of the text."""
    order = list(VERDICTS)
    return sorted(findings, key=lambda each: (order.index(each.verdict), each.start))


def marks_of(report: Report) -> list[Mark]:
    """Spans to mark, in order and apart, with what was read there.

    Of spans that share characters the first counts, of those that begin together the observed.
    """
    labels: dict[tuple[int, int], list[str]] = {}
    for observation in report.observations:
        span = (observation.start, observation.end)
        labels.setdefault(span, []).append(f"{observation.metric} = {value(observation)}")
    observed = set(labels)
    for quantity in report.quantities:
        labels.setdefault((quantity.start, quantity.end), [value(quantity)])
    for frame in report.frames:
        if (frame.start, frame.end) in labels:
            labels[frame.start, frame.end].append(spelled(frame, report.document.text))
    found: list[Mark] = []
    position = 0
    for start, end in sorted(labels, key=lambda span: (span[0], span not in observed, span[1])):
        if position <= start < end <= report.section_at(start).end:
            colour = _OBSERVED if (start, end) in observed else _MARK
            found.append((start, end, "; ".join(labels[start, end]), colour))
            position = end
    return found


def within(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """Marks that begin in a span."""
    first, last = (bisect_left(marks, place, key=itemgetter(0)) for place in (start, end))
    return marks[first:last]


def nearest(marks: Sequence[Mark], position: int) -> int:
    """Start of the mark that covers a position, else of the next one, which a link can lead to."""
    place = bisect_right(marks, position, key=itemgetter(1))
    return marks[min(place, len(marks) - 1)][0] if marks else 0


def value(noun: Quantity | Observation) -> str:
    """Value with its unit and qualifier."""
    shown = "?" if noun.value is None else f"{noun.value:,.15g}"
    more = "" if noun.qualifier == "exact" else f" ({noun.qualifier})"
    return f"{shown} {noun.unit}{more}".strip()
