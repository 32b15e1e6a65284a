"""Two groups of reports -> how much they differ, with an interval that draws whole bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext.analyse import groups
from govtext.core.intervals import drawn, effective, of_draws
from govtext.core.near import demand

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OF = ("rate", "theme", "topic", "measure", "metric", "duty")
_SIDES = ("numerator", "denominator")
_COLUMNS = [
    "by", "a", "b", "n_reports_a", "n_reports_b", "n_bodies_a", "n_bodies_b", "value_a", "value_b",
    "difference", "low", "high", "reason",
]  # fmt: skip
_SAMPLES = 1000


def contrast(
    frame: pd.DataFrame, a: str | int, b: str | int, *, by: str = "level", value: str = ""
) -> pd.DataFrame:
    """Difference between two groups of reports in a rate, or in the mean of a share.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a report and thing, as `rates`, `emphasis.theme_shares` or `reuse.kept` give.
    a, b : str or int
        The groups: ``"county"`` and ``"department"``, 2014 and 2018.
    by : {"level", "year", "province", "form"}, default "level"
        What they are groups of.
    value : str, optional
        Column whose mean is compared; else numerator and denominator, pooled, where the frame has
        them, else `share`.

    Returns
    -------
    pandas.DataFrame
        A row a rate or theme: its name, by, a, b, n_reports_a, n_reports_b, n_bodies_a, n_bodies_b,
        value_a, value_b, difference (a less b), low, high, reason (why there are no bounds).

    Raises
    ------
    ValueError
        If there is no such group; it names what there is.

    Notes
    -----
    95% percentile bootstrap of 1,000 samples that draw bodies, of each group by itself where no
    body is in both, else of all together, so that a body's years stay with it [1]_. The percentiles
    are taken at Φ(±t √(d + 1) / √d), t the 97.5th percentile of Student's at d degrees of freedom;
    d is Welch's for two groups of bodies [2]_, one less than the bodies where they share some; the
    number of bodies is the effective one of `groups.pooled`. Two groups need five bodies each. Many
    contrasts find some difference by chance.

    References
    ----------
    .. [1] Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
       inference with clustered errors. Review of Economics and Statistics 90(3), 414-427.
    .. [2] Welch, B. L. (1947). The generalization of Student's problem when several different
       population variances are involved. Biometrika 34, 28-35.
    """
    demand("by", by, [kind for kind in groups.KINDS if kind != groups.WHOLE])
    known = _pooled(frame, value)
    rows = groups.grouped(known, (by,))
    there = list(dict.fromkeys(rows["group"]))
    names = str(a), str(b)
    for side, name in zip("ab", names, strict=True):
        demand(side, name, there)
    per = next((column for column in _OF if column in rows), "")
    parts = rows.groupby(per, sort=False) if per else [("", rows)]
    found = [({per: thing} if per else {}) | {"by": by} | _row(own, names) for thing, own in parts]
    return pd.DataFrame(found, columns=[*([per] if per else []), *_COLUMNS])


def _pooled(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """Rows with what is divided: two numbers of a report, or a share that counts once."""
    if not value and set(_SIDES) <= set(frame):
        kept = frame[frame["share"].notna()] if "share" in frame else frame
        return kept.assign(_above=kept[_SIDES[0]], _below=kept[_SIDES[1]])
    column = value or "share"
    return frame[frame[column].notna()].assign(_above=frame[column], _below=1.0)


def _row(own: pd.DataFrame, names: tuple[str, str]) -> dict[str, Any]:
    """Difference of one thing between two groups."""
    row: dict[str, Any] = {"a": names[0], "b": names[1]}
    codes, bodies = pd.factorize(groups.bodies_of(own))
    sums = []
    for side, name in zip("ab", names, strict=True):
        at = (own["group"] == name).to_numpy()
        rows = own[at]
        pair = [np.bincount(codes[at], rows[c].to_numpy(float), len(bodies)) for c in
                ("_above", "_below")]  # fmt: skip
        sums.append(np.stack(pair).astype(float))
        row[f"n_reports_{side}"] = rows["report_id"].nunique()
        row[f"n_bodies_{side}"] = len(set(codes[at]))
        below = pair[1].sum()
        row[f"value_{side}"] = pair[0].sum() / below if below else np.nan
    row["difference"] = row["value_a"] - row["value_b"]
    few = min(row["n_bodies_a"], row["n_bodies_b"]) < groups.LEAST
    row["low"], row["high"] = (np.nan, np.nan) if few else _bounds(sums[0], sums[1])
    return row | {"reason": f"fewer than {groups.LEAST} bodies in a group" if few else ""}


def _bounds(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, float]:
    """Bounds of the difference of two ratios of sums over bodies: rows above and below."""
    there = [np.flatnonzero(side[1]) for side in (a, b)]
    if len(np.intersect1d(there[0], there[1])):
        whole = np.union1d(there[0], there[1])
        weights = drawn(len(whole), _SAMPLES, 0)
        ratios = [_ratios(weights, side[:, whole]) for side in (a, b)]
        freedom = max(1.0, effective(a[1] + b[1]) - 1)
    else:
        ratios = [
            _ratios(drawn(len(at), _SAMPLES, seed), side[:, at])
            for seed, (side, at) in enumerate(zip((a, b), there, strict=True))
        ]
        spread = [float(np.nanvar(each)) for each in ratios]
        counts = [max(2.0, effective(side[1])) for side in (a, b)]
        parts = [each**2 / (n - 1) for each, n in zip(spread, counts, strict=True)]
        freedom = sum(spread) ** 2 / sum(parts) if sum(parts) else 1.0
    return of_draws(ratios[0] - ratios[1], freedom)


def _ratios(weights: NDArray[np.int64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    above, below = weights @ sums[0], weights @ sums[1]
    ratios = np.full(len(below), np.nan)
    np.divide(above, below, out=ratios, where=below > 0)
    return ratios
