"""Rates of bodies -> which differ from the rest by more than the number of their cases explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.analyse.records import PLACE

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_LEVELS = {"95": 0.025, "99.8": 0.001}
_POINTS = 60


def funnel(rates: pd.DataFrame) -> pd.DataFrame:
    """Each body's rate over all its years beside the pooled rate, and whether chance explains it.

    Parameters
    ----------
    rates : pandas.DataFrame
        As `rates` gives; rows without a share are left out.

    Returns
    -------
    pandas.DataFrame
        A row a rate and body: rate, body, region_code, province, prefecture, county,
        admin_level, n_reports, numerator,
        denominator, share, pooled (of all bodies), low, high (limits of 99.8% at this
        denominator), beyond (true outside of these).

    Notes
    -----
    Limits of a funnel plot [1]_: binomial quantiles at 0.1% and 99.9%, interpolated, around the
    pooled rate. They take cases as draws; bodies differ in what they are asked as well, so that
    more than 0.2% lie beyond: a body beyond is to be read, not blamed.

    References
    ----------
    .. [1] Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance.
       Statistics in Medicine 24(8), 1185-1202.
    """
    known = rates[rates["share"].notna() & (rates["denominator"] > 0)]
    found = known.groupby(["rate", "body"], sort=False).agg(
        **{name: (name, "last") for name in PLACE if name in known},
        n_reports=("report_id", "nunique"), numerator=("numerator", "sum"),
        denominator=("denominator", "sum"),
    ).reset_index()  # fmt: skip
    found["share"] = found["numerator"] / found["denominator"]
    sums = found.groupby("rate")[["numerator", "denominator"]].transform("sum")
    found["pooled"] = sums["numerator"] / sums["denominator"]
    n, p = (found[name].to_numpy(float) for name in ("denominator", "pooled"))
    for name, side in zip(("low", "high"), _sides(_LEVELS["99.8"], n, p), strict=True):
        found[name] = side
    return found.assign(beyond=(found["share"] < found["low"]) | (found["share"] > found["high"]))


def limits(pooled: float, fewest: float, most: float) -> dict[str, NDArray[np.float64]]:
    """Curves of the funnel: n, and the limits of 95% and 99.8% at each n."""
    n = np.unique(np.round(np.geomspace(fewest, max(most, fewest + 1), _POINTS)))
    curves = {"n": n}
    for name, level in _LEVELS.items():
        low, high = _sides(level, n, np.full(len(n), pooled))
        curves |= {f"low_{name}": low, f"high_{name}": high}
    return curves


def _sides(
    level: float, n: NDArray[np.float64], p: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Limits below and above: that above is the one below of the cases that are none."""
    if not len(n):
        return n, n
    return _quantile(level, n, p) / n, (n - _quantile(level, n, 1 - p)) / n


def _quantile(level: float, n: NDArray[np.float64], p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cases at a level of the binomial distribution, interpolated between whole numbers."""
    from scipy.stats import binom

    whole = np.round(n)
    cases = binom.ppf(level, whole, p)
    at, below = binom.cdf(cases, whole, p), binom.cdf(cases - 1, whole, p)
    width = np.where(at > below, at - below, 1.0)
    return np.asarray(np.clip(cases - (at - level) / width, 0, whole))
