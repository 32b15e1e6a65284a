"""Observations -> what each report states of each metric, and what it is silent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse import groups
from govtext.analyse.corpus import labels
from govtext.analyse.panels import definitions
from govtext.analyse.settle import Said, Settled
from govtext.pipeline.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.pipeline.tables import Study

COLUMNS = [
    "metric", "status", "value", "unit", "qualifier", "source", "prose_differs", "prose_value",
    "n_mentions", "section_id", "start", "end", "flags", "reason",
]  # fmt: skip
SAID = ("number", "zero_by_negation", "parts_only", "conflict")
"""States of a metric that a report speaks of."""
_TYPES: dict[Any, Any] = {
    "value": "float64", "prose_value": "float64", "n_mentions": "int64", "start": "Int64",
    "end": "Int64", "prose_differs": bool,
}  # fmt: skip


def stated(study: Study, *, by: str | Iterable[str] | None = None) -> pd.DataFrame:
    """What each report states of each metric that any report of the study has an observation of.

    The value is that of `panel`: one engine decides it, and `reason` says what it passed over. All
    mentions stay in `study.observations`. Reports that repeat another are left out.

    Parameters
    ----------
    study : Study
        As `load` gives.
    by : {"all", "year", "level", "province", "form"} or several, optional
        Share of the reports of groups that state a metric instead, as a number, none, parts or
        several numbers (a blank cell states nothing): by, group, metric, n_reports, n_bodies,
        n_stated, share, low, high (95%, drawing bodies; see `groups.pooled`), reason.

    Returns
    -------
    pandas.DataFrame
        One row a report and metric: report_id, year, issuer, labels, metric, status (``number``,
        ``zero_by_negation``, ``blank``, ``na``, ``parts_only`` where the report gives parts and no
        total, ``conflict`` where it gives several values with equal claim, ``absent``), value (in
        the unit of the codebook; of a form the total column), unit, qualifier, source (``table`` or
        ``text``), prose_differs and prose_value (the prose where the table, which is taken, says
        something else), n_mentions (of the year and the body itself), section_id, start, end,
        flags, reason. A metric that a report does not state is ``absent``, never zero.
    """
    study = counted(study)
    said, reports = Said(study), labels(study)
    found = said.metrics(reports["report_id"])
    metrics = [metric for metric in definitions.metric_ids() if metric in found]
    rows = [
        report | _row(said.of(report["report_id"], metric))
        for report in reports.to_dict("records")
        for metric in metrics
    ]
    frame = pd.DataFrame(rows, columns=[*reports.columns, *COLUMNS])
    frame = frame.astype({**reports.dtypes.to_dict(), **_TYPES})
    if by is None:
        return frame
    counts = frame.assign(n_stated=frame["status"].isin(SAID).astype(float), n=1.0)
    shares = groups.pooled(counts, "n_stated", "n", by=groups.several(by), per="metric")
    return shares.drop(columns="n").astype({"n_stated": int})


def _row(settled: Settled) -> dict[str, Any]:
    """Columns of what a report says of a metric."""
    claim = settled.claim
    row: dict[str, Any] = {
        "metric": settled.metric,
        "status": settled.status,
        "value": settled.value,
        "prose_differs": settled.prose_differs,
        "prose_value": settled.prose_value,
        "n_mentions": settled.n_mentions,
        "reason": settled.reason,
    }
    if claim is None:
        return row | dict.fromkeys(("unit", "qualifier", "source", "section_id", "flags"), "")
    names = ("unit", "qualifier", "source", "section_id", "start", "end")
    flags = ";".join(sorted(claim.flags))
    return row | {name: getattr(claim, name) for name in names} | {"flags": flags}
