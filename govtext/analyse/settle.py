"""Observations of a report -> the one value that it gives for a metric, or why there is none.

This is the one place that decides it: whatever shows the number of a report asks here. A number
comes before a blank cell, a correction before what was read, a table before prose, an exact value
before a bound that it keeps. Numbers of earlier years, plans, other bodies and several years
together are not the year's value; a part is no total, nor is one kind of applicant all of them.
Where two values have an equal claim, and cannot be the same number, there is none. What was passed
over is always told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govtext.analyse.records import records
from govtext.core.model import NOT_THE_YEARS_OWN
from govtext.core.text import fold
from govtext.extract.audit import values
from govtext.extract.audit.vocabulary import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from govtext.pipeline.tables import Study

NUMBERS = ("number", "zero_by_negation")
"""States that have a value."""
_QUALIFIERS = ("exact", "at_least", "at_most", "approx")
_READ = [
    "report_id", "metric", "applicant", "value", "status", "unit", "qualifier", "source",
    "section_id", "start", "end", "quote", "flags",
]  # fmt: skip
_BEFORE = 8  # characters before a number that say that it is not reached
TOTAL = ("", "total")
"""Applicants of an observation of the body's whole number: prose and most tables have none."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An observation as it is weighed against others of its metric.

    `text` is the number as it is printed, `below` true where the words before it say that it is
    not quite reached.
    """

    value: float | None
    status: str
    unit: str
    qualifier: str
    source: str
    applicant: str
    section_id: str
    start: int
    end: int
    quote: str
    flags: frozenset[str]
    text: str = ""
    below: bool = False

    @property
    def said(self) -> str:
        """Value as it is told beside another: ``9,000``, ``approx 600`` or ``blank``."""
        if self.value is None:
            return self.status
        return shown(self.value) if self.qualifier == "exact" else self._rough

    @property
    def _rough(self) -> str:
        return f"{self.qualifier} {shown(self.value or 0.0)}"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a report says of a metric; `status` adds ``parts_only conflict absent`` to the others.

    `claim` is the observation behind the value; without a value the first that speaks of the
    metric at all, if any. `prose_value` is what the prose says where a table says something else.
    """

    metric: str
    status: str
    value: float | None = None
    claim: Claim | None = None
    prose_differs: bool = False
    prose_value: float | None = None
    reason: str = ""
    n_mentions: int = 0

    @property
    def place(self) -> str:
        """Metric, value and place: ``results_total=69@812:814``."""
        if self.claim is None or self.value is None:
            return f"{self.metric}={self.status}"
        return f"{self.metric}={shown(self.value)}@{self.claim.start}:{self.claim.end}"


class Said:
    """What the reports of a study say of some metrics, or of all: claims by report and metric.

    The study is gone through batch by batch, so that its texts are never all in memory.
    """

    def __init__(self, study: Study, metrics: Iterable[str] | None = None) -> None:
        self._found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        wanted = None if metrics is None else list(metrics)
        for batch in study.batches():
            frame = batch.read("observations", _READ)
            if wanted is not None:
                frame = frame[frame["metric"].isin(wanted)]
            self._add(frame, batch.read("reports", ["report_id", "text"]))

    def _add(self, observations: pd.DataFrame, reports: pd.DataFrame) -> None:
        texts = dict(zip(reports["report_id"], reports["text"], strict=True))
        for row in records(observations, _READ):
            text = texts.get(row["report_id"]) or ""
            self._found[row["report_id"]][row["metric"]].append(_claimed(row, text))

    def metrics(self, report_ids: Iterable[str]) -> set[str]:
        """Metrics that any of some reports has a mention of."""
        return {metric for each in report_ids for metric in self._found.get(each, ())}

    def of(self, report_id: str, metric: str, applicant: str = "total") -> Settled:
        """What a report says of a metric, in all or of one kind of applicant."""
        claims = self._found.get(report_id, {}).get(metric, [])
        wanted = TOTAL if applicant in TOTAL else (applicant,)
        own = [each for each in claims if each.applicant in wanted]
        settled = settle(metric, own)
        if own or not claims or applicant not in TOTAL:
            return settled
        return _of_kinds(metric, claims)


def settle(metric: str, claims: Sequence[Claim]) -> Settled:
    """The value that stands for some claims of one metric in one report."""
    own = [each for each in claims if not NOT_THE_YEARS_OWN & each.flags]
    if not own:
        return Settled(metric, "absent", reason=_only(claims))
    count, first = len(own), min(own, key=_place)
    whole = [each for each in own if "component" not in each.flags]
    if not whole:
        said = f"{count} {'part is' if count == 1 else 'parts are'} stated and no total"
        return Settled(metric, "parts_only", claim=first, reason=said, n_mentions=count)
    best = min(map(_rank, whole))
    equals = [each for each in whole if _rank(each) == best]
    chosen = min(equals, key=lambda each: (_rough(each), *_place(each)))
    rivals = [each for each in equals if not _agree(each, chosen)]
    if rivals:
        said = " and ".join(dict.fromkeys(each.said for each in sorted(equals, key=_value)))
        reason = f"stated as {said}, and nothing says which"
        first = min(equals, key=lambda each: (each.status != "number", *_place(each)))
        return Settled(metric, "conflict", claim=first, reason=reason, n_mentions=count)
    settled = Settled(metric, chosen.status, chosen.value, chosen, n_mentions=count)
    return _with_others(settled, chosen, whole)


def shown(value: float) -> str:
    """Number as English prints it: 1,234 and 56.7."""
    return f"{value:,.15g}"


def _with_others(settled: Settled, chosen: Claim, whole: Sequence[Claim]) -> Settled:
    """Settled value with what was passed over: other values, empty cells, prose that differs."""
    if chosen.value is None:
        over = [each for each in whole if each.status != chosen.status]
        return replace(settled, reason=_before(chosen, over))
    if "corrected" in chosen.flags:
        over = [each for each in whole if each.value != chosen.value]
        return replace(settled, reason=_before(chosen, over))
    empty = [each for each in whole if each.value is None]
    reason = f"the cell of the table is {empty[0].status}" if empty else ""
    prose = [each for each in whole if each.source != "table" and each.value is not None]
    if chosen.source != "table":
        over = [each for each in prose if each.value != chosen.value]
        return replace(settled, reason="; ".join(filter(None, (reason, _before(chosen, over)))))
    differing = [each for each in prose if not may_be_one(each, chosen)]
    if not differing:
        return replace(settled, reason=reason)
    said = " and ".join(dict.fromkeys(each.said for each in sorted(prose, key=_value)))
    reason = "; ".join(filter(None, (reason, f"the prose says {said}, the table {chosen.said}")))
    value = settle(settled.metric, prose).value
    return replace(settled, prose_differs=True, prose_value=value, reason=reason)


def may_be_one(one: Claim, other: Claim) -> bool:
    """True if two printed numbers may be the same one, as the audit judges it."""
    if one.value is None or other.value is None:
        return one.value == other.value
    spans = (
        values.allowed(value, each.qualifier, each.text, below=each.below, wide=True)
        for each, value in ((one, one.value), (other, other.value))
    )
    return values.meet(*spans)


def _agree(each: Claim, chosen: Claim) -> bool:
    """True if the value chosen can stand for another claim of the same rank."""
    if each.qualifier == chosen.qualifier or each.value is None:
        return each.value == chosen.value
    return may_be_one(each, chosen)


def _before(chosen: Claim, over: Sequence[Claim]) -> str:
    """What was passed over, in a few words; empty where nothing was."""
    said = " and ".join(dict.fromkeys(each.said for each in sorted(over, key=_value)))
    return f"{chosen.said} before {said}" if said else ""


def _rank(each: Claim) -> tuple[bool, bool, bool]:
    """Least for what is believed first: a correction, a number, a table."""
    return "corrected" not in each.flags, each.value is None, each.source != "table"


def _rough(each: Claim) -> int:
    known = each.qualifier in _QUALIFIERS
    return _QUALIFIERS.index(each.qualifier) if known else len(_QUALIFIERS)


def _place(each: Claim) -> tuple[int, str]:
    return each.start, each.applicant


def _value(each: Claim) -> tuple[bool, float, int, str]:
    return each.value is None, each.value or 0.0, _rough(each), each.status


def _only(claims: Sequence[Claim]) -> str:
    flags = sorted({flag for each in claims for flag in NOT_THE_YEARS_OWN & each.flags})
    return f"stated only as {', '.join(flags)}" if flags else ""


def _of_kinds(metric: str, claims: Sequence[Claim]) -> Settled:
    """What is said of some kinds of applicants and not of all together."""
    own = [each for each in claims if not NOT_THE_YEARS_OWN & each.flags]
    stated = [each for each in own if each.value is not None]
    if not stated:
        return settle(metric, own or claims)
    kinds = ", ".join(dict.fromkeys(each.applicant for each in sorted(stated, key=_place)))
    first = min(stated, key=_place)
    reason = f"stated for {kinds} and not in all"
    return Settled(metric, "parts_only", claim=first, reason=reason, n_mentions=len(own))


def _claimed(row: dict[str, Any], text: str) -> Claim:
    """Claim of a row of the table `observations` in the text of its report."""
    start, end = row["start"], row["end"]
    before = fold(text[max(0, start - _BEFORE) : start])
    return Claim(
        **{name: row[name] for name in _READ[3:-1]},
        applicant=row["applicant"] or "",
        flags=frozenset(filter(None, (row["flags"] or "").split(";"))),
        text=text[start:end],
        below=bool(word("below").search(before)),
    )
