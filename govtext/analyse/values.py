"""Observations -> the values and the rates of each report, with what stands behind every one.

Absent, zero and none by negation stay different things: a metric that a report does not state has
a row with the status ``absent`` and no value, never a zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.corpus import labels
from govtext.core import rules
from govtext.core.intervals import wilson
from govtext.core.model import NOT_THE_YEARS_OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.pipeline.tables import Study

__all__ = ["findings", "rates", "values"]

_CHOSEN = [
    "report_id", "metric", "status", "value", "unit", "qualifier", "n_mentions", "why", "start",
    "end",
]  # fmt: skip
_QUALIFIERS = ("exact", "at_least", "at_most", "approx")


def values(study: Study) -> pd.DataFrame:
    """The value that each report gives for each metric that any report of the study states.

    Where a report states a metric more than once, a corrected value comes before the others, an
    exact one before a bound or an approximation, a total before a part, and the first mention
    before the rest; `why` says what was passed over. All mentions stay in `study.observations`.

    Returns
    -------
    pandas.DataFrame
        One row a report and metric: report_id, year, labels, metric, status (``number``,
        ``zero_by_negation``, ``blank``, ``na``, ``parts_only`` where the report gives parts and no
        total, ``absent``), value, unit, qualifier, n_mentions, why, start, end.
    """
    own = _own(study)
    rows = [_choose(mentions) for _, mentions in own.groupby(["report_id", "metric"])]
    chosen = pd.DataFrame(rows, columns=_CHOSEN)
    metrics = [row["id"] for row in rules.load("codebook") if row["id"] in set(own["metric"])]
    grid = labels(study).merge(pd.Series(metrics, name="metric", dtype=object), how="cross")
    frame = grid.merge(chosen, on=["report_id", "metric"], how="left")
    frame["status"] = frame["status"].fillna("absent")
    frame["n_mentions"] = frame["n_mentions"].fillna(0).astype(int)
    return frame


def rates(study: Study) -> pd.DataFrame:
    """Rates that can be made of what each report states (`rules/rates.csv`), with Wilson intervals.

    A numerator is set over the denominator that stands nearest before it in its section, else over
    the only one of the report, so that parts of one thing are not divided by the total of another.

    Returns
    -------
    pandas.DataFrame
        One row a report and rate: report_id, year, labels, rate, numerator, denominator, share
        (0 to 1), low, high (95% Wilson score interval [1]_; a reading of the numerator as draws,
        which shows how little a rate of few cases says), note.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    """
    own = _own(study)
    found = [
        row
        for definition in rules.load("rates")
        for _, rows in own.groupby("report_id")
        for row in _pairs(rows, definition)
    ]
    columns = ["report_id", "rate", "numerator", "denominator", "share", "low", "high", "note"]
    return labels(study).merge(pd.DataFrame(found, columns=columns), on="report_id")


def _own(study: Study) -> pd.DataFrame:
    """Observations that are the year's and the body's own."""
    flags = study.observations["flags"].fillna("").str.split(";")
    foreign = flags.map(lambda found: any(flag in NOT_THE_YEARS_OWN for flag in found))
    return study.observations[~foreign.astype(bool)]


def _choose(rows: pd.DataFrame) -> dict[str, Any]:
    """The mention of a metric that stands for its report."""
    flags = rows["flags"].fillna("").str.split(";")
    order = pd.DataFrame(
        {
            "corrected": [0 if "corrected" in found else 1 for found in flags],
            "component": [1 if "component" in found else 0 for found in flags],
            "qualifier": [_rank(found) for found in rows["qualifier"]],
            "start": rows["start"].to_numpy(),
        }
    ).sort_values(["corrected", "component", "qualifier", "start"])
    first = rows.iloc[order.index[0]]
    only_parts = bool(order["component"].iloc[0]) and len(rows) > 1
    return {
        "report_id": first["report_id"],
        "metric": first["metric"],
        "status": "parts_only" if only_parts else first["status"],
        "value": None if only_parts else first["value"],
        "unit": first["unit"],
        "qualifier": first["qualifier"],
        "n_mentions": len(rows),
        "why": _why(rows, first, only_parts=only_parts),
        "start": first["start"],
        "end": first["end"],
    }


def _rank(qualifier: str) -> int:
    return _QUALIFIERS.index(qualifier) if qualifier in _QUALIFIERS else len(_QUALIFIERS)


def _why(rows: pd.DataFrame, first: pd.Series[Any], *, only_parts: bool) -> str:
    """What was passed over, in a sentence; empty where there was nothing to choose."""
    given = rows["value"].dropna()
    others = sorted({f"{value:,.15g}" for value in given if value != first["value"]})
    if only_parts:
        return f"{len(rows)} parts are stated and no total"
    if not others:
        return ""
    if pd.isna(first["value"]):
        return f"{first['status']} before {', '.join(others)}"
    return f"{first['qualifier']} {first['value']:,.15g} before {', '.join(others)}"


def _pairs(rows: pd.DataFrame, definition: rules.Row) -> Iterator[dict[str, Any]]:
    """A numerator of a report over its denominator, where it has both."""
    numbers = rows[rows["status"].isin(["number", "zero_by_negation"])]
    above = numbers[numbers["metric"] == definition["numerator"]]
    below = numbers[numbers["metric"] == definition["denominator"]]
    for number in above.head(1).to_dict("records"):
        total = _nearest(below, number)
        if total is None or not 0 <= number["value"] <= total or not total:
            continue
        low, high = wilson(number["value"], total)
        yield {
            "report_id": number["report_id"],
            "rate": definition["rate"],
            "numerator": number["value"],
            "denominator": total,
            "share": number["value"] / total,
            "low": low,
            "high": high,
            "note": definition["note"],
        }


def _nearest(below: pd.DataFrame, number: dict[Any, Any]) -> float | None:
    """Denominator that stands nearest before a number in its section, else the only one."""
    before = below[
        (below["section_id"] == number["section_id"]) & (below["start"] < number["start"])
    ]
    if not before.empty:
        return float(before["value"].iloc[-1])
    distinct = below["value"].drop_duplicates()
    return float(distinct.iloc[0]) if len(distinct) == 1 else None


def findings(study: Study) -> pd.DataFrame:
    """Checks of each report's own numbers: report_id, year, labels, verdict, n; 0 where none."""
    verdicts = pd.Series(["holds", "broken", "not_assessable"], name="verdict")
    counted = study.findings.groupby(["report_id", "verdict"]).size().rename("n").reset_index()
    grid = labels(study).merge(verdicts, how="cross")
    frame = grid.merge(counted, on=["report_id", "verdict"], how="left")
    return frame.assign(n=frame["n"].fillna(0).astype(int))
