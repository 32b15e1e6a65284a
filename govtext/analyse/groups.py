"""Rows of reports -> what groups of reports have: by year, level, province or form, with intervals.

Reports of one body are alike. Every interval here draws bodies, each with all its reports, and a
group of fewer than five bodies has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext.core import regions, rules
from govtext.core.intervals import drawn, effective, of_draws, wilson
from govtext.core.near import demand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["KINDS", "LEAST", "grouped", "means", "pooled", "quartiles", "several"]

KINDS = ("all", "year", "level", "province", "form")
"""What reports can be grouped by: the whole, and what is known of the body and the report."""
LEAST = 5
"""Fewest bodies that an interval is made of."""
UNKNOWN = "unknown"
WHOLE = "all"
_COLUMNS = {"year": "year", "level": "admin_level", "form": "form"}
_FEW = f"fewer than {LEAST} bodies"
_NAN = float("nan")
Typical = dict[Any, tuple[float, float]]


def several(by: str | Iterable[str]) -> tuple[str, ...]:
    """Kinds of groups that are asked for, one or several.

    Raises
    ------
    ValueError
        If one is none of `KINDS`.
    """
    kinds = (by,) if isinstance(by, str) else tuple(by)
    for kind in kinds:
        demand("by", kind, KINDS)
    return kinds


def grouped(frame: pd.DataFrame, by: Iterable[str]) -> pd.DataFrame:
    """The rows once for each kind of group, with the columns `by` and `group` before them.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a report, or a report and something else: report_id, and year, admin_level, form,
        province or region_code as far as they are grouped by; body, or the report stands for it.
    by : iterable of str
        Of `KINDS`. A kind that nothing is known of is left out.

    Returns
    -------
    pandas.DataFrame
        In the order of the kinds, then of the groups: years, levels from the top, provinces by
        their code, forms by time; ``unknown`` last.

    Raises
    ------
    ValueError
        If a kind is not one of these.
    """
    frames = []
    for kind in by:
        demand("by", kind, KINDS)
        group, place = _groups(frame, kind)
        if kind == WHOLE or set(group) - {UNKNOWN}:
            frames.append(frame.assign(by=kind, group=group, place=place))
    if not frames:
        return frame.head(0).assign(by="", group="", place=0.0)
    found = pd.concat(frames, ignore_index=True)
    kinds = found["by"].map({kind: number for number, kind in enumerate(KINDS)})
    return found.assign(kind=kinds).sort_values(["kind", "place"], kind="stable", ignore_index=True)


def means(
    frame: pd.DataFrame, value: str, *, by: Iterable[str], per: str | None = None
) -> pd.DataFrame:
    """Mean of a number over the reports of a group, each counting the same, with its interval.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `grouped` takes; `value` is null where a report has none.
    value : str
        Column of the number.
    by : iterable of str
        Of `KINDS`.
    per : str, optional
        Column of what the number is given for, such as ``theme``: a mean for each.

    Returns
    -------
    pandas.DataFrame
        A row a group (and one of `per`): by, group, `per`, n_reports, n_bodies, mean, low, high,
        reason (why there are no bounds, else empty).

    Notes
    -----
    95% bootstrap over bodies, 1,000 samples, seeded: `pooled` of the sum of the numbers over the
    number of the reports.
    """
    rows = frame[frame[value].notna()].assign(_sum=frame[value], _one=1.0)
    found = pooled(rows, "_sum", "_one", by=by, per=per)
    return found.drop(columns=["_sum", "_one"]).rename(columns={"share": "mean"})


def pooled(
    frame: pd.DataFrame, above: str, below: str, *, by: Iterable[str], per: str | None = None
) -> pd.DataFrame:
    """Share of all cases of the reports of a group, with an interval that draws whole bodies.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `grouped` takes, with the numbers of a report in `above` and `below`; rows without
        either are left out.
    above, below : str
        Columns of the numerator and the denominator.
    by : iterable of str
        Of `KINDS`.
    per : str, optional
        Column of what the numbers are given for, such as ``rate``.

    Returns
    -------
    pandas.DataFrame
        A row a group (and one of `per`): by, group, `per`, n_reports, n_bodies, `above` and
        `below` summed, share, low, high, reason.

    Notes
    -----
    Ratio of the sums. Bounds: 95% percentile bootstrap [1]_ of 1,000 samples of bodies, each drawn
    with all its reports. Percentiles of few draws are too narrow: they are taken at
    Φ(±t √(G / (G - 1))), t the 97.5th percentile of Student's at G - 1 degrees of freedom [2]_, G
    the effective number of bodies, (Σ d)² / Σ d² of their denominators d: a large body among small
    ones counts for more than one draw [3]_. Where no case has the property, or all have it, the
    sample cannot say how rarely it might be otherwise: the outer bound is then Wilson's of none
    among the bodies, times the share of those bodies of any group that have it at all. Bounds of
    few bodies are too narrow where a few of all bodies have most of it, for a sample may hold none
    of these: of 25 bodies 84 to 88 in 100 held the truth for such themes, 93 to 97 for the others.

    References
    ----------
    .. [1] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    .. [2] Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American
       Statistician 69(4), 371-386.
    .. [3] Carter, A. V., Schnepel, K. T. and Steigerwald, D. G. (2017). Asymptotic behavior of a
       t-test robust to cluster heterogeneity. Review of Economics and Statistics 99(4), 698-709.
    """
    known = frame[frame[above].notna() & frame[below].notna()]
    sides = (above, below)
    typical = _typical(known, sides, per)
    rows = [
        row
        for (kind, group), own in grouped(known, by).groupby(["by", "group"], sort=False)
        for row in _pooled({"by": kind, "group": group}, own, sides, per, typical)
    ]
    named = [per] if per else []
    columns = [
        "by", "group", *named, "n_reports", "n_bodies", above, below, "share", "low", "high",
        "reason",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def quartiles(frame: pd.DataFrame, value: str, *, by: Iterable[str], per: str) -> pd.DataFrame:
    """Quartiles of a number over the reports of a group: by, group, `per`, n, n_bodies, q1 to q3.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `grouped` takes; rows without a value are left out.
    value : str
        Column of the number.
    by : iterable of str
        Of `KINDS`.
    per : str
        Column of what the number is given for, such as ``series``.
    """
    known = frame[frame[value].notna()]
    rows = grouped(known.assign(_body=bodies_of(known)), by)
    columns = ["by", "group", per, "n", "n_bodies", "q1", "median", "q3"]
    found = [
        (*keys, len(own), own["_body"].nunique(), *own[value].quantile([0.25, 0.5, 0.75]))
        for keys, own in rows.groupby(["by", "group", per], sort=False)
    ]
    return pd.DataFrame(found, columns=columns)


def name(kind: str, group: str, language: str) -> str:
    """What to call a group; a province by its short name."""
    if kind == "province" and group not in (UNKNOWN, "national"):
        return _short(group)
    key = {
        ("level", UNKNOWN): "source.none", ("all", WHOLE): "axis.all_reports",
        ("province", "national"): "level.national",
    }.get((kind, group), "source.none" if group == UNKNOWN else f"{kind}.{group}")  # fmt: skip
    known = {row["key"]: row for row in rules.load("labels")}
    return known[key][language] if key in known else group


def _groups(frame: pd.DataFrame, kind: str) -> tuple[list[str], list[float]]:
    """Group of each row, and its place among the groups."""
    if kind == WHOLE:
        return [WHOLE] * len(frame), [0.0] * len(frame)
    if kind == "province":
        names = _provinces(frame)
        order: Sequence[str] = ["national", *_province_order()]
    else:
        column = _COLUMNS[kind]
        known = frame[column] if column in frame else pd.Series([None] * len(frame))
        names = [UNKNOWN if pd.isna(each) or each == "" else _plain(each) for each in known]
        order = sorted(set(names)) if kind == "year" else _labelled(kind)
    places = {name: float(place) for place, name in enumerate(order)}
    return names, [places.get(name, len(places) + (name == UNKNOWN)) for name in names]


def _labelled(kind: str) -> list[str]:
    """Levels from the top, forms by time: as `rules/labels.csv` has them."""
    rows = (row["key"] for row in rules.load("labels"))
    return [key.removeprefix(f"{kind}.") for key in rows if key.startswith(f"{kind}.")]


def _provinces(frame: pd.DataFrame) -> list[str]:
    """Province of each row by the code of its place, else by its name."""
    empty = pd.Series([None] * len(frame))
    codes, named, levels = (
        frame.get(column, empty) for column in ("region_code", "province", "admin_level")
    )
    found = []
    for code, said, level in zip(codes, named, levels, strict=True):
        place = regions.coded(f"{code[:2]}0000") if isinstance(code, str) and code else None
        whole = "national" if level == "national" else UNKNOWN
        found.append(place.name if place else said if isinstance(said, str) and said else whole)
    return found


@rules.cached
def _province_order() -> list[str]:
    rows = (row for row in rules.load("regions") if row["level"] == "province")
    return list(dict.fromkeys(row["name"] for row in sorted(rows, key=lambda row: row["code"])))


@rules.cached
def _short_names() -> dict[str, str]:
    """Short name of each province by its full one."""
    full = {row["code"]: row["name"] for row in rules.load("regions") if row["level"] == "province"}
    aliases = [row for row in rules.load("region_aliases") if row["code"] in full]
    found: dict[str, str] = {}
    for row in aliases:
        found.setdefault(full[row["code"]], row["alias"])
    return found


def _short(province: str) -> str:
    return _short_names().get(province, province)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, int | float | np.number) else str(value)


def bodies_of(frame: pd.DataFrame) -> pd.Series[Any]:
    """Whose report each row is; a report of no known body stands for one."""
    reports = frame["report_id"]
    return frame["body"].fillna(reports) if "body" in frame else reports


def _pooled(
    row: dict[str, Any],
    own: pd.DataFrame,
    sides: tuple[str, str],
    per: str | None,
    typical: Typical,
) -> Iterator[dict[str, Any]]:
    """Rows of one group: the bodies are drawn once for all things."""
    key = own[per] if per else pd.Series([None] * len(own), index=own.index)
    codes, names = pd.factorize(bodies_of(own))
    weights = drawn(len(names), 1000, 0) if len(names) >= LEAST else None
    for thing, usual in typical.items():
        chosen = key.eq(thing) if per else pd.Series(data=True, index=own.index)
        if not chosen.any():
            continue
        rows, at = own[chosen], codes[chosen.to_numpy()]
        sums = [np.bincount(at, rows[side].to_numpy(float), len(names)) for side in sides]
        above, below = (float(side.sum()) for side in sums)
        n_bodies = len(set(at))
        low, high = _bounds(weights, [side.astype(float) for side in sums], n_bodies, usual)
        yield row | ({per: thing} if per else {}) | {
            "n_reports": rows["report_id"].nunique(), "n_bodies": n_bodies,
            sides[0]: above, sides[1]: below,
            "share": above / below if below else _NAN, "low": low, "high": high,
            "reason": _FEW if n_bodies < LEAST else "",
        }  # fmt: skip


def _typical(known: pd.DataFrame, sides: tuple[str, str], per: str | None) -> Typical:
    """For each thing the share of the bodies that have it at all, and of those that lack any."""
    found: Typical = {}
    for thing in dict.fromkeys(known[per]) if per else [None]:
        own = known[known[per] == thing] if per else known
        sums = own.groupby(bodies_of(own))[list(sides)].sum()
        sums = sums[sums[sides[1]] > 0]
        share = sums[sides[0]] / sums[sides[1]]
        some, rest = share[share > 0], 1 - share[share < 1]
        found[thing] = (
            float(some.mean()) if len(some) else 1.0,
            float(rest.mean()) if len(rest) else 1.0,
        )
    return found


def _bounds(
    weights: NDArray[np.int64] | None,
    sums: list[NDArray[np.float64]],
    n_bodies: int,
    usual: tuple[float, float],
) -> tuple[float, float]:
    """Bounds of the ratio of two sums over bodies."""
    if weights is None or n_bodies < LEAST or not sums[1].sum():
        return _NAN, _NAN
    if not sums[0].sum():
        return 0.0, wilson(0, n_bodies)[1] * usual[0]
    if (sums[0] == sums[1]).all():
        return 1.0 - wilson(0, n_bodies)[1] * usual[1], 1.0
    below = weights @ sums[1]
    ratios = (weights @ sums[0])[below > 0] / below[below > 0]
    return of_draws(ratios, max(2.0, effective(sums[1])) - 1)
