"""Shares by report -> do topics or themes go with the year, or the level? With honest errors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, permutations
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.core.intervals import effective

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

_EXACT = 5040
_DRAWS, _FEWEST_DRAWS = 9999, 999
_PLACES = 50_000_000
"""Places of units in all permutations that are drawn, unless these are the fewest."""
_CELLS = 2_000_000
"""Places of units in permutations that are worked at at once."""
_LEVEL = 0.05
_DIGITS = 6
COLUMNS = (
    "topic", "by", "design", "n_reports", "n_left_out", "n_bodies", "estimate", "se", "low",
    "high", "p", "p_holm", "p_least", "n_permutations", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Units:
    """What is compared: values of the covariate and the shares, a row a unit.

    `orders` are the permutations of the units, some after another, a row each, the first the order
    as it is; `exact` where they are all that there are.
    """

    design: str
    x: NDArray[Any]
    y: NDArray[np.float64]
    bodies: NDArray[Any]
    orders: Iterable[NDArray[np.int64]]
    exact: bool


def association(
    shares: pd.DataFrame,
    by: str = "year",
    *,
    body: str = "body",
    per: str = "topic",
    seed: int = 0,
) -> pd.DataFrame:
    """Association of the share of each topic with the year or another property of the reports.

    Parameters
    ----------
    shares : DataFrame
        report_id, `per`, share, `body` and `by`, a row a report and topic. Reports without the
        last two are left out, and counted in `n_left_out`.
    by : str, default "year"
        A column of numbers, of which the slope is found; or of names such as ``admin_level``,
        between which the shares are compared.
    body : str, default "body"
        Column that says whose report it is: reports of one body are alike.
    per : str, default "topic"
        Column of what the shares are of.
    seed : int, default 0
        Of the permutations, where there are too many to go through all.

    Returns
    -------
    DataFrame
        A row a topic: `per`, by, design ("between bodies" or "within bodies"), n_reports,
        n_left_out, n_bodies, estimate, se, low, high, p, p_holm, p_least, n_permutations, reason.
        With fewer than three units, or nothing that differs, all figures are null; where no
        permutation could reach p = 0.05 the p values, and eta squared, are. `reason` says why.

    Notes
    -----
    estimate: for numbers the slope of the share by least squares, in shares a unit of `by` (a
    year); se by leaving out each body in turn, (G - 1) / G sum (b(g) - b)^2 over G bodies [1]_, and
    low and high with the 97.5th percentile of Student's t at E - 1 degrees of freedom, E the
    effective number of bodies, (Σ s)² / Σ s² of their sums of squares s of `by`: few bodies with
    many years settle a slope [4]_. For names the part of the variance of the shares that lies
    between the groups (eta squared, in [0, 1]).

    The units are bodies, with the means of their reports; for numbers, where at least half of the
    reports are of bodies with several, reports less the mean of their body: changes within bodies.

    p: part of the permutations of `by` over the units (within bodies in that design) with a slope
    as far from their mean, or an eta squared as large, as that found; all of them up to 5,040, else
    9,999 drawn (of more than 5,000 units fewer, 999 at least: `n_permutations` says how many) with
    the order found counted in [2]_. Topics are fitted without `by`, so that their
    error does not make p too small. p_holm: corrected for the number of topics by Holm's method
    [3]_. p_least: the smallest p that these units allow.

    Not when shares of other years or levels were chosen by their values, and not for causes: with
    few reports, year, level and place cannot be told apart.

    References
    ----------
    .. [1] MacKinnon, J. G., Nielsen, M. O. and Webb, M. D. (2023). Fast and reliable jackknife and
       bootstrap methods for cluster-robust inference. Journal of Applied Econometrics 38(5),
       671-694. With one report a body it is nearly HC3.
    .. [2] Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero.
       Statistical Applications in Genetics and Molecular Biology 9(1), article 39.
    .. [3] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian
       Journal of Statistics 6(2), 65-70.
    .. [4] Carter, A. V., Schnepel, K. T. and Steigerwald, D. G. (2017). Asymptotic behavior of a
       t-test robust to cluster heterogeneity. Review of Economics and Statistics 99(4), 698-709.
    """
    import pandas as pd

    known = shares.dropna(subset=[by, body, "share"])
    wide = known.pivot_table(index=[body, "report_id", by], columns=per, values="share")
    topics = sorted(shares[per].unique())
    frame = pd.DataFrame({per: topics, "by": by, "n_reports": len(wide)})
    frame["n_left_out"] = shares["report_id"].nunique() - len(wide)
    frame["n_bodies"] = wide.index.get_level_values(body).nunique()
    frame = frame.reindex(columns=[per, *COLUMNS[1:]]).astype({"design": object, "reason": object})
    numbers = pd.api.types.is_numeric_dtype(known[by])
    units = _units(wide, body, by, seed, numbers=numbers)
    if units is None or len(np.unique(units.x)) < 2 or len(units.x) < 3:
        return frame.assign(reason=f"fewer than three bodies, or no two values of {by}")
    frame["design"] = units.design
    return _filled(frame, units, numbers=numbers)


def _filled(frame: pd.DataFrame, units: _Units, *, numbers: bool) -> pd.DataFrame:
    """The frame with estimates, errors and p values."""
    found = np.concatenate(
        [
            _slopes(units.x[orders], units.y) if numbers else _spread(units, orders)
            for orders in units.orders
        ]
    )
    frame["estimate"] = found[0]
    if numbers:
        frame["se"], reach = _jackknife(units, found[0])
        frame["low"], frame["high"] = found[0] - reach, found[0] + reach
        found = np.abs(found - found.mean(axis=0))
    # Equal statistics differ in their last digits by the order of the sum.
    beyond = found >= found[0] * (1 - 1e-9) - 1e-15
    least = (found >= found.max(axis=0) * (1 - 1e-9)).sum(axis=0) / len(found)
    least = least.min() if units.exact else 1 / len(found)
    frame["n_permutations"], frame["p_least"] = len(found), least
    if least > _LEVEL:
        frame["reason"] = f"no order of so few units has p of {_LEVEL} or less"
        # Groups of one body each hold all of the variance, whatever the shares.
        frame["estimate"] = frame["estimate"] if numbers else np.nan
    else:
        frame["p"] = beyond.sum(axis=0) / len(found)
        frame["p_holm"] = _holm(frame["p"].to_numpy())
    return frame.round(_DIGITS)


def _units(wide: pd.DataFrame, body: str, by: str, seed: int, *, numbers: bool) -> _Units | None:
    """Units of the comparison: bodies, or reports less the mean of their body."""
    if wide.empty:
        return None
    table = wide.reset_index(by)
    of = table.index.get_level_values(body)
    many = of.isin(of[of.duplicated()])
    if numbers and 2 * many.sum() >= len(table):
        own = table[many]
        centred = own - own.groupby(level=body).transform("mean")
        bodies = own.index.get_level_values(body).to_numpy()
        orders, exact = _within(bodies, seed)
        x, y = centred[by].to_numpy(float), centred.drop(columns=by).to_numpy()
        return _Units("within bodies", x, y, bodies, orders, exact)
    kind: dict[str, str] = dict.fromkeys(map(str, wide.columns), "mean")
    grouped = table.rename(columns=str).groupby(level=body, sort=True)
    means = grouped.agg({**kind, by: "mean" if numbers else "first"})
    orders, exact = _within(np.zeros(len(means)), seed)
    values = means[by].to_numpy(float if numbers else str)
    y = means[list(kind)].to_numpy()
    return _Units("between bodies", values, y, means.index.to_numpy(), orders, exact)


def _within(groups: NDArray[Any], seed: int) -> tuple[Iterable[NDArray[np.int64]], bool]:
    """Orders of rows that move within their group alone: all if they are few, else drawn ones."""
    _, sizes = np.unique(groups, return_counts=True)
    count = 1
    for size in sizes:
        count = min(count * factorial(min(int(size), 20)), _EXACT + 1)
    if count <= _EXACT:
        return [_every(_places(groups))], True
    return _drawn(_places(groups), seed), False


def _places(groups: NDArray[Any]) -> list[NDArray[np.int64]]:
    """Rows of each group."""
    _, of, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    return np.split(np.argsort(of, kind="stable"), np.cumsum(sizes)[:-1])


def _every(places: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """All orders."""
    orders = np.arange(sum(map(len, places)))[None, :]
    for own in places:
        turns = np.array(list(islice(permutations(own), _EXACT)))
        orders = np.repeat(orders, len(turns), axis=0)
        orders[:, own] = np.tile(turns, (len(orders) // len(turns), 1))
    return orders


def _drawn(places: list[NDArray[np.int64]], seed: int) -> Iterator[NDArray[np.int64]]:
    """The order as it is, and drawn ones: all at once of few units, some after another of many."""
    size = sum(map(len, places))
    generator, begin = np.random.default_rng(seed), np.arange(size)[None, :]
    left, rows = max(_FEWEST_DRAWS, min(_DRAWS, _PLACES // size)), max(1, _CELLS // size)
    yield begin
    while left:
        orders = np.repeat(begin, min(rows, left), axis=0)
        for own in places:
            orders[:, own] = generator.permuted(orders[:, own], axis=1)
        left -= len(orders)
        yield orders


def _slopes(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least-squares slope of each column of y on each row of x; null where x does not differ."""
    centred = x - x.mean(axis=1, keepdims=True)
    square = (centred**2).sum(axis=1, keepdims=True)
    slopes = np.full((len(x), y.shape[1]), np.nan)
    np.divide(centred @ y, square, out=slopes, where=square > 0)
    return slopes


def _spread(units: _Units, orders: NDArray[np.int64]) -> NDArray[np.float64]:
    """Eta squared of each column, a row a permutation."""
    centred = units.y - units.y.mean(axis=0)
    between = np.zeros((len(orders), units.y.shape[1]))
    for group in np.unique(units.x):
        own = (units.x == group)[orders]
        between += (own @ centred) ** 2 / own[0].sum()
    total = (centred**2).sum(axis=0)
    part = np.zeros_like(between)
    np.divide(between, total, out=part, where=total > 0)
    return part


def _jackknife(
    units: _Units, whole: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Standard errors of slopes by leaving out bodies, and the reach of their 95% intervals."""
    from scipy.stats import t

    _, of = np.unique(units.bodies, return_inverse=True)
    x, y = units.x[:, None] - units.x.mean(), units.y - units.y.mean(axis=0)
    table = np.hstack([np.ones_like(x), x, x * x, y, x * y])
    sums = np.stack([np.bincount(of, column) for column in table.T], axis=1)
    size, one, square, others = np.split(table.sum(axis=0) - sums, [1, 2, 3], axis=1)
    two, both = np.split(others, 2, axis=1)
    spread = square - one**2 / size
    found = np.full_like(two, np.nan)
    # What of equal values is left is the rounding of their sums.
    far = spread > 1e-9 * (x * x).sum()
    np.divide(both - one * two / size, spread, out=found, where=far)
    count = len(sums)
    error = np.sqrt((count - 1) / count * ((found - whole) ** 2).sum(axis=0))
    settles = np.bincount(of, x[:, 0] ** 2)
    return error, error * t.ppf(0.975, max(1.0, effective(settles) - 1))


def _holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    order = np.argsort(p, kind="stable")
    raised = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(raised, 1)
    return adjusted
