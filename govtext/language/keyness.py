"""Counts of two groups -> the words that tell them apart, with tests and sizes of the effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext import rules
from govtext.language import association
from govtext.language.corpus import Counts, settled
from govtext.language.dispersion import deviation

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from numpy.typing import NDArray

    Value = str | int | Collection[str] | Collection[int]

BY = (
    "part", "period", "year", "form", "admin_level", "government_level", "province", "prefecture",
    "issuer", "report_id",
)  # fmt: skip
"""What reports or their parts can be grouped by."""

_FEWEST_WAYS = 40
"""Ways to divide the units under which no p of 0.05 in either direction can come out."""
_BATCH = 32


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which units are compared: two masks over the units of `counts`, and their names.

    `strata` are the units within which a permutation may move the names of the groups: all
    reports together, or the parts of one report.
    """

    counts: Counts
    by: str
    target: str
    reference: str
    in_target: NDArray[np.bool_]
    in_reference: NDArray[np.bool_]
    strata: NDArray[np.int64]


def groups(
    counts: Counts, reports: pd.DataFrame, target: Value, reference: Value | None, by: str
) -> Groups:
    """Groups of a comparison.

    Parameters
    ----------
    counts : Counts
        As `count` gives.
    reports : pandas.DataFrame
        `Study.reports`.
    target, reference : value or collection of values
        Of the column `by`; ``range(2008, 2014)`` is a group of years. Without a reference it is
        all other units whose value is known.
    by : str
        One of `BY`.

    Raises
    ------
    ValueError
        If there is no such column, a group is empty, or the groups overlap.
    """
    import pandas as pd

    if by not in BY:
        raise ValueError(f"by is {by!r}; it can be {', '.join(BY)}")
    units = counts if by == "part" else counts.by_report()
    value = _values(units, reports, by)
    ours, theirs = _set(target), None if reference is None else _set(reference)
    in_target = value.isin(ours).to_numpy()
    rest = value.notna().to_numpy() & ~in_target
    in_reference = rest if theirs is None else value.isin(theirs).to_numpy()
    for name, found in (("target", in_target), ("reference", in_reference)):
        if not found.any():
            there = ", ".join(map(str, sorted(value.dropna().unique(), key=str)))
            raise ValueError(f"no {name} in the column {by}; its values are {there}")
    if (in_target & in_reference).any():
        raise ValueError("target and reference share reports or parts")
    strata = pd.factorize(units.units["report_id"])[0] if by == "part" else np.zeros(len(value))
    names = _name(ours), "rest" if theirs is None else _name(theirs)
    return Groups(units, by, *names, in_target, in_reference, strata.astype(np.int64))


def keyness(
    compared: Groups, *, min_count: int = 5, permutations: int = 999, seed: int = 0
) -> pd.DataFrame:
    """Words of two groups with how far their use differs; see `govtext.keyness`."""
    import pandas as pd
    from scipy.stats import chi2, false_discovery_control

    counts = compared.counts
    sides = [counts.matrix[mask] for mask in (compared.in_target, compared.in_reference)]
    a, b = (np.asarray(side.sum(axis=0), dtype=float).ravel() for side in sides)
    c, d = a.sum(), b.sum()
    tested = np.flatnonzero(a + b >= min_count)
    if not len(tested):
        raise ValueError(f"no word stands {min_count} times in the two groups: lower min_count")
    alpha = association.prior(counts.matrix, counts.units["report_id"].nunique())
    a, b = a[tested], b[tested]
    log_odds, z = association.log_odds((a, c), (b, d), alpha[tested], alpha.sum())
    g2 = association.log_likelihood(a, b, c, d)
    p = chi2.sf(g2, 1)
    permuted, reason = _permuted(compared, tested, alpha, z, permutations, seed)
    dp, dp_norm = deviation(*_reports(compared, tested))
    frame = pd.DataFrame(
        {
            "by": compared.by,
            "target": compared.target,
            "reference": compared.reference,
            "word": [counts.words[place] for place in tested],
            "n_target": a.astype(int),
            "n_reference": b.astype(int),
            "per_million_target": 1e6 * a / c,
            "per_million_reference": 1e6 * b / d,
            "log_likelihood": g2,
            "p": p,
            "p_adjusted": false_discovery_control(p),
            "log_ratio": association.log_ratio(a, b, c, d),
            "percent_difference": association.percent_difference(a, b, c, d),
            "log_odds": log_odds,
            "z": z,
            "p_permuted": permuted,
            "p_permuted_adjusted": permuted if reason else false_discovery_control(permuted),
            "reports_target": _held(compared, compared.in_target, tested),
            "reports_reference": _held(compared, compared.in_reference, tested),
            "dp": dp,
            "dp_norm": dp_norm,
            "reason": reason,
        }
    )
    frame = settled(frame).sort_values(["z", "word"], ascending=[False, True], kind="stable")
    return frame.reset_index(drop=True)


def _values(counts: Counts, reports: pd.DataFrame, by: str) -> pd.Series[Any]:
    """Value of each unit that it is grouped by."""
    if by in counts.units:
        return counts.units[by]
    known = reports.set_index("report_id")
    if by != "period":
        return counts.units["report_id"].map(known[by])
    return counts.units["report_id"].map(known["year"].map(_period))


def _period(year: float) -> str | None:
    """Period of the official forms that a year lies in."""
    for row in rules.load("periods"):
        if int(row["valid_from"]) <= year <= int(row["valid_to"] or year):
            return row["period"]
    return None


def _set(value: Value) -> list[Any]:
    return [value] if isinstance(value, str | int) else sorted(set(value))


def _name(values: list[Any]) -> str:
    """Name of a group: years in a row by the first and last, others one by one."""
    years = all(isinstance(value, int) for value in values)
    if years and len(values) > 1 and values[-1] - values[0] == len(values) - 1:
        return f"{values[0]}-{values[-1]}"
    return ", ".join(map(str, values))


def _reports(compared: Groups, tested: NDArray[np.intp]) -> tuple[Any, NDArray[np.float64]]:
    """Counts and sizes of the target's reports."""
    units = compared.counts.units[compared.in_target].reset_index(drop=True)
    own = Counts(units, compared.counts.words, compared.counts.matrix[compared.in_target])
    whole = own.by_report()
    return whole.matrix[:, tested], whole.sizes


def _held(compared: Groups, mask: NDArray[np.bool_], tested: NDArray[np.intp]) -> NDArray[np.int64]:
    """Reports of a group that each word stands in."""
    units = compared.counts.units[mask].reset_index(drop=True)
    whole = Counts(units, compared.counts.words, compared.counts.matrix[mask]).by_report()
    return np.asarray((whole.matrix[:, tested] > 0).sum(axis=0)).ravel()


def _permuted(
    compared: Groups,
    tested: NDArray[np.intp],
    alpha: NDArray[np.float64],
    z: NDArray[np.float64],
    permutations: int,
    seed: int,
) -> tuple[NDArray[np.float64], str]:
    """Share of permutations with a z as large, and why there is none."""
    used = np.flatnonzero(compared.in_target | compared.in_reference)
    flags, strata = compared.in_target[used], compared.strata[used]
    ways = _ways(flags, strata)
    if ways < _FEWEST_WAYS:
        what = "parts within their reports" if compared.by == "part" else "reports"
        reason = f"the {what} can be divided in {ways:.0f} ways; a test needs {_FEWEST_WAYS}"
        return np.full(len(tested), np.nan), reason
    matrix = compared.counts.matrix[used][:, tested].T.tocsr()
    sizes = compared.counts.sizes[used]
    total, size, prior = np.asarray(matrix.sum(axis=1)).T, sizes.sum(), alpha.sum()
    sorted_flags = flags[np.argsort(strata, kind="stable")].astype(float)
    generator = np.random.default_rng(seed)
    exceeded = np.zeros(len(tested))
    for begin in range(0, permutations, _BATCH):
        drawn = np.zeros((min(_BATCH, permutations - begin), len(used)))
        for row in drawn:
            row[np.lexsort((generator.random(len(used)), strata))] = sorted_flags
        ours, words = (matrix @ drawn.T).T, (drawn @ sizes)[:, None]
        theirs = total - ours, size - words
        _, found = association.log_odds((ours, words), theirs, alpha[tested], prior)
        # As large in either direction; the sum of floats may differ in its last digit.
        exceeded += (np.abs(found) >= np.abs(z) - 1e-9).sum(axis=0)
    return (exceeded + 1) / (permutations + 1), ""


def _ways(flags: NDArray[np.bool_], strata: NDArray[np.int64]) -> float:
    """Ways to give the names of the groups to the units, as many of each within a stratum."""
    from scipy.special import gammaln

    units = np.bincount(strata)
    ours = np.bincount(strata, flags)
    ways = gammaln(units + 1) - gammaln(ours + 1) - gammaln(units - ours + 1)
    return float(np.exp(min(ways.sum(), 700.0)).round())
