"""A panel -> what changed when the official forms changed: 2014, 2019 and 2021."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext.analyse import groups
from govtext.analyse.panels.panel import panel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.analyse.bodies import NamesTable
    from govtext.pipeline.tables import Study

YEARS = (2014, 2019, 2021)
"""Report years from which on another official form holds."""
_REACH = 2
"""Years before a break, and from it on, of which the nearest report is taken."""
_SIDES = ("before", "after")
_NOT_THERE = ("no_report", "not_defined")
COLUMNS = [
    "series", "year", "by", "group", "forms_before", "forms_after", "made_of_before",
    "made_of_after", "comparable", "caveat", "n_reports_before", "n_reports_after",
    "stated_before", "stated_after", "n_bodies", "median_before", "median_after", "ratio", "low",
    "high", "usual", "n_usual", "reason",
]  # fmt: skip
_FEW = "fewer than six bodies have a value on both sides"


def breaks(
    study: Study,
    what: str | None = None,
    *,
    names: NamesTable = None,
    by: str | Iterable[str] = "all",
) -> pd.DataFrame:
    """Each series before and after 2014, 2019 and 2021: who states it, what is counted, how much.

    Parameters
    ----------
    study : Study
        As `load` gives.
    what : str, optional
        Series of the crosswalk or metric of the codebook, as for `panel`; else all metrics that any
        report states, each for itself.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.
    by : {"all", "level", "province"} or several, default "all"
        Groups of bodies.

    Returns
    -------
    pandas.DataFrame
        A row a series, break and group: series, year (of the break), by, group, forms_before and
        forms_after (of the reports, joined by ``;``), made_of_before and made_of_after (metrics),
        comparable (the least of the years after: ``yes``, ``with_care``, ``no``), caveat,
        n_reports_before and n_reports_after, stated_before and stated_after (share of them that
        have a value), n_bodies (with a value on both sides), median_before, median_after, ratio,
        low, high, usual, n_usual, reason. Breaks with no report on either side have no rows.

    Raises
    ------
    KeyError
        If `what` is neither a series nor a metric.

    Notes
    -----
    Reports are those of the two years before a break and of the two from it on; of a body the one
    nearest to the break speaks on either side. ratio: median over bodies of the value after divided
    by the value before, which has to be above 0; low and high are its 95% interval from the order
    statistics [1]_, which takes bodies as drawn and needs six of them. usual: median of the same
    ratio over two years running in which no break lies, of all years of the study: what a change
    between years is without a new form. A ratio where `comparable` is ``no`` sets different things
    side by side; who states a number at all changes with the form as well, so that medians before
    and after are of the bodies that have both.

    References
    ----------
    .. [1] Conover, W. J. (1999). Practical Nonparametric Statistics. 3rd ed., Wiley, section 3.2.
    """
    kinds = groups.several(by)
    for kind in kinds:
        if kind in ("year", "form"):
            raise ValueError(
                f"by is {kind!r}: a break lies between years and forms; it can be 'all' or "
                "'level' or 'province'"
            )
    frame = panel(study, what, names=names)
    known = frame[frame["year"].notna() & ~frame["body"].str.startswith("? ")]
    rows = groups.grouped(known.astype({"year": int}), kinds)
    found = [
        {"series": series, "by": kind, "group": group} | row
        for (series, kind, group), own in rows.groupby(["series", "by", "group"], sort=False)
        for row in _rows(own)
    ]
    made = pd.DataFrame(found, columns=COLUMNS)
    whole = {"n_bodies": "int64", "n_usual": "int64"}
    return made.astype(whole).sort_values(["by", "series", "year"], kind="stable",
                                          ignore_index=True)  # fmt: skip


def _rows(own: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A row a break of one series and group."""
    usual = _usual(own)
    for year in YEARS:
        sides = [own[own["year"].between(first, first + _REACH - 1)] for first in
                 (year - _REACH, year)]  # fmt: skip
        there = [side[~side["status"].isin(_NOT_THERE)] for side in sides]
        if any(len(side) for side in there):
            yield {"year": year} | _told(sides, there) | _compared(there) | usual


def _told(sides: Sequence[pd.DataFrame], there: Sequence[pd.DataFrame]) -> dict[str, Any]:
    """What the reports on either side are, and how many of them state the series."""
    row: dict[str, Any] = {}
    for name, whole, side in zip(_SIDES, sides, there, strict=True):
        reports = whole[whole["report_id"].notna()]
        row[f"forms_{name}"] = ";".join(sorted(set(reports["form"].dropna())))
        row[f"made_of_{name}"] = "; ".join(sorted(set(side["metrics"]) - {""}))
        row[f"n_reports_{name}"] = len(reports)
        n = int(side["value"].notna().sum())
        row[f"stated_{name}"] = n / len(reports) if len(reports) else np.nan
    after = there[1]
    said = set(after["comparable"])
    row["comparable"] = next((each for each in ("no", "with_care", "yes") if each in said), "")
    row["caveat"] = " ".join(dict.fromkeys(filter(None, after["caveat"])))
    return row


def _compared(there: Sequence[pd.DataFrame]) -> dict[str, Any]:
    """Values of the bodies that have one on both sides."""
    valued = [side[side["value"].notna()].sort_values("year") for side in there]
    before = valued[0].groupby("body")["value"].last()
    after = valued[1].groupby("body")["value"].first()
    both = pd.concat({"before": before, "after": after}, axis=1).dropna()
    ratios = (both["after"] / both["before"])[both["before"] > 0]
    low, high = _median_bounds(ratios.to_numpy())
    return {
        "n_bodies": len(both), "median_before": both["before"].median(),
        "median_after": both["after"].median(), "ratio": ratios.median(), "low": low,
        "high": high, "reason": _FEW if np.isnan(low) else "",
    }  # fmt: skip


def _usual(own: pd.DataFrame) -> dict[str, Any]:
    """Median ratio of values of two years running without a break between them."""
    ordered = own.sort_values(["body", "year"])
    before = ordered.groupby("body")[["value", "year"]].shift()
    follows = (ordered["year"] - before["year"] == 1) & ~ordered["year"].isin(YEARS)
    ratios = (ordered["value"] / before["value"])[follows & (before["value"] > 0)].dropna()
    return {"usual": ratios.median(), "n_usual": len(ratios)}


def _median_bounds(values: np.ndarray) -> tuple[float, float]:
    """Bounds of a median that hold it with 95% or more: the order statistics of its binomial."""
    from scipy.stats import binom

    ordered = np.sort(values)
    at = int(binom.ppf(0.025, len(ordered), 0.5)) - 1
    if len(ordered) < 1 or at < 0:
        return float("nan"), float("nan")
    return float(ordered[at]), float(ordered[-1 - at])
