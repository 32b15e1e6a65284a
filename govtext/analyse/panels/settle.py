"""Observations of a report -> the one value that it gives for a metric, or why there is none.

A number comes before a blank cell, a correction before what was read, a table before prose, an
exact value before a bound. Numbers of earlier years, plans, other bodies and several years together
are not the year's value; a part is no total. Where two values have an equal claim there is none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govtext.analyse.records import records
from govtext.core.model import NOT_THE_YEARS_OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govtext.pipeline.tables import Study

_QUALIFIERS = ("exact", "at_least", "at_most", "approx")
_READ = [
    "report_id", "metric", "applicant", "value", "status", "unit", "qualifier", "source",
    "section_id", "start", "end", "flags",
]  # fmt: skip
TOTAL = ("", "total")
"""Applicants of an observation of the body's whole number: prose and most tables have none."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An observation as it is weighed against others of its metric."""

    value: float | None
    status: str
    unit: str
    qualifier: str
    source: str
    applicant: str
    section_id: str
    start: int
    end: int
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a report says of a metric; `status` adds ``parts_only conflict absent`` to the others.

    `prose_value` is what the prose says where a table says something else.
    """

    metric: str
    status: str
    value: float | None = None
    mention: Mention | None = None
    prose_differs: bool = False
    prose_value: float | None = None
    reason: str = ""

    @property
    def place(self) -> str:
        """Metric, value and place: ``results_total=69@812:814``."""
        if self.mention is None or self.value is None:
            return f"{self.metric}={self.status}"
        return f"{self.metric}={shown(self.value)}@{self.mention.start}:{self.mention.end}"


class Said:
    """What the reports of a study say of some metrics, or of all: mentions by report and metric."""

    def __init__(self, study: Study, metrics: Iterable[str] | None = None) -> None:
        self._found: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        frame = study.observations
        if metrics is not None:
            frame = frame[frame["metric"].isin(list(metrics))]
        for row in records(frame, _READ):
            self._found[row["report_id"]][row["metric"]].append(_mention(row))

    def metrics(self, report_ids: Iterable[str]) -> set[str]:
        """Metrics that any of some reports has a mention of."""
        return {metric for each in report_ids for metric in self._found.get(each, ())}

    def of(self, report_id: str, metric: str, applicant: str = "total") -> Settled:
        """What a report says of a metric, in all or of one kind of applicant."""
        mentions = self._found.get(report_id, {}).get(metric, ())
        if not mentions:
            return Settled(metric, "absent")
        wanted = TOTAL if applicant in TOTAL else (applicant,)
        return settle(metric, [each for each in mentions if each.applicant in wanted])


def settle(metric: str, mentions: Sequence[Mention]) -> Settled:
    """The value that stands for some mentions of one metric in one report."""
    own = [each for each in mentions if not NOT_THE_YEARS_OWN & each.flags]
    if not own:
        return Settled(metric, "absent", reason=_only(mentions))
    whole = [each for each in own if "component" not in each.flags]
    if not whole:
        return Settled(metric, "parts_only", reason=f"{len(own)} parts are stated and no total")
    best = min(map(_claim, whole))
    equals = [each for each in whole if _claim(each) == best]
    first = min(equals, key=lambda each: (each.start, each.applicant))
    values = sorted({each.value for each in equals if each.value is not None})
    if len(values) > 1:
        said = " and ".join(map(shown, values))
        return Settled(metric, "conflict", reason=f"stated as {said} with equal claim")
    return _with_prose(Settled(metric, first.status, first.value, first), whole)


def shown(value: float) -> str:
    """Number as English prints it: 1,234 and 56.7."""
    return f"{value:,.15g}"


def _with_prose(settled: Settled, whole: Sequence[Mention]) -> Settled:
    """Settled value with what was passed over: a blank cell, or prose that says another number."""
    first = settled.mention
    assert first is not None
    if first.source != "table":
        empty = [each.status for each in whole if each.source == "table" and each.value is None]
        return replace(settled, reason=f"the cell of the table is {empty[0]}") if empty else settled
    prose = [each for each in whole if each.source != "table" and each.value is not None]
    if first.value is None or not prose or any(_fits(each, first.value) for each in prose):
        return settled
    said = settle(settled.metric, prose)
    values = " and ".join(sorted({shown(each.value) for each in prose if each.value is not None}))
    reason = f"the prose says {values}, the table {shown(first.value)}"
    return replace(settled, prose_differs=True, prose_value=said.value, reason=reason)


def _fits(prose: Mention, value: float) -> bool:
    """True if a mention in prose can mean a value: the same, or a bound that it keeps."""
    said = prose.value if prose.value is not None else value
    bounds = {"at_least": value >= said, "at_most": value <= said, "approx": True}
    return said == value or bounds.get(prose.qualifier, False)


def _claim(each: Mention) -> tuple[bool, bool, bool, bool, int]:
    """Least for the mention that is believed first."""
    known = each.qualifier in _QUALIFIERS
    return (
        "corrected" not in each.flags,
        each.value is None,
        each.source != "table",
        "conflict" in each.flags,
        _QUALIFIERS.index(each.qualifier) if known else len(_QUALIFIERS),
    )


def _only(mentions: Sequence[Mention]) -> str:
    flags = sorted({flag for each in mentions for flag in NOT_THE_YEARS_OWN & each.flags})
    return f"stated only as {', '.join(flags)}" if flags else ""


def _mention(row: dict[str, Any]) -> Mention:
    flags = frozenset(row["flags"].split(";")) if row["flags"] else frozenset()
    named = {name: row[name] for name in _READ[3:-1]}
    return Mention(applicant=row["applicant"] or "", flags=flags, **named)
