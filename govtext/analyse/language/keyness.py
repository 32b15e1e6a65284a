"""Counts of two groups -> the words that tell them apart, with tests and sizes of the effect."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse import association
from govtext.analyse.language import permutation
from govtext.analyse.language.corpus import Counts, settled
from govtext.analyse.language.dispersion import deviation
from govtext.core import rules
from govtext.core.near import demand

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Value = str | int | Collection[str] | Collection[int]
    _Sums = tuple[NDArray[np.float64], float]

BY = (
    "part", "period", "year", "form", "admin_level", "government_level", "province", "prefecture",
    "issuer", "report_id",
)  # fmt: skip
"""What reports or their parts can be grouped by."""
_COLUMNS = (
    "by", "target", "reference", "word", "n_target", "n_reference", "per_million_target",
    "per_million_reference", "log_likelihood", "p", "p_adjusted", "log_ratio",
    "percent_difference", "log_odds", "z", "p_permuted", "p_permuted_adjusted",
    "reports_target", "reports_reference", "dp", "dp_norm", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which units are compared: two masks over the units of `counts`, and their names."""

    counts: Counts
    by: str
    target: str
    reference: str
    in_target: NDArray[np.bool_]
    in_reference: NDArray[np.bool_]


def groups(
    counts: Counts, reports: pd.DataFrame, target: Value, reference: Value | None, by: str
) -> Groups:
    """Groups of a comparison.

    Parameters
    ----------
    counts : Counts
        As `count` gives, with parts as units for ``by="part"`` and reports for all else.
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
    demand("by", by, BY)
    value = _values(counts, reports, by)
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
    names = _name(ours), "rest" if theirs is None else _name(theirs)
    return Groups(counts, by, *names, in_target, in_reference)


def absent(
    counts: Counts, reports: pd.DataFrame, target: Value, reference: Value | None, by: str
) -> pd.DataFrame | None:
    """One row without a word whose `reason` says which part or period no report has; else None.

    Parts and periods are those of the official forms, and a study need not have them all: that is
    no mistake of the reader's, as an unknown name is.
    """
    import pandas as pd

    sides = _set(target), None if reference is None else _set(reference)
    asked = {*sides[0], *(sides[1] or ())}
    if by not in ("part", "period") or not asked <= _vocabulary(by):
        return None
    there = set(_values(counts, reports, by).dropna())
    ours, theirs = (
        there & set(sides[0]),
        there - asked if sides[1] is None else there & set(sides[1]),
    )
    missing = [name for name, found in (("target", ours), ("reference", theirs)) if not found]
    if not missing:
        return None
    names = _name(sides[0]), "rest" if sides[1] is None else _name(sides[1])
    said = dict(zip(("target", "reference"), names, strict=True))
    lacking = " and ".join(said[name] for name in missing)
    reason = f"no text of {lacking}: nothing is compared"
    return pd.DataFrame([{"by": by, **said, "reason": reason}], columns=list(_COLUMNS))


def _vocabulary(by: str) -> set[str]:
    """Parts, or periods, that there are."""
    if by == "period":
        return {row["period"] for row in rules.load("periods")}
    keys = (row["key"] for row in rules.load("labels"))
    return {key.removeprefix("part.") for key in keys if key.startswith("part.")}


def keyness(
    compared: Groups, *, min_count: int = 5, permutations: int = 999, seed: int = 0
) -> pd.DataFrame:
    """Words of two groups with how far their use differs; see `govtext.keyness`."""
    import pandas as pd
    from scipy.stats import false_discovery_control

    counts = compared.counts
    masks = compared.in_target, compared.in_reference
    a, b = (counts.sums(mask) for mask in masks)
    tested = np.flatnonzero(a + b >= min_count)
    if not len(tested):
        raise ValueError(f"no word stands {min_count} times in the two groups: lower min_count")
    alpha = association.prior(counts.sums(), counts.units["report_id"].nunique())
    frame = pd.DataFrame({"word": [counts.words[place] for place in tested]})
    for name in ("reference", "target", "by"):
        frame.insert(0, name, getattr(compared, name))
    frame = frame.assign(
        **_measures((a[tested], a.sum()), (b[tested], b.sum()), (alpha[tested], alpha.sum()))
    )
    sizes = counts.sizes
    sides = [_Side.of(counts.units["report_id"], mask, sizes) for mask in masks]
    found, reason = _by_word(compared, sides, tested, permutations, seed)
    permuted = found.pop("p_permuted")
    frame["p_permuted"] = permuted
    frame["p_permuted_adjusted"] = permuted if reason else false_discovery_control(permuted)
    frame = frame.assign(**found, reason=reason)
    frame = settled(frame).sort_values(["z", "word"], ascending=[False, True], kind="stable")
    return frame.reset_index(drop=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The reports of one group: their ids, sorted, their words, and what adds units to them."""

    names: pd.Index[Any]
    sizes: NDArray[np.float64]
    summing: Any

    @classmethod
    def of(
        cls, reports: pd.Series[Any], mask: NDArray[np.bool_], sizes: NDArray[np.float64]
    ) -> _Side:
        """Reports of the units of a mask; `reports` and `sizes` are those of all units."""
        import pandas as pd
        from scipy.sparse import csr_matrix

        codes, names = pd.factorize(reports[mask], sort=True)
        places = (codes, np.flatnonzero(mask))
        summing = csr_matrix((np.ones(len(codes)), places), shape=(len(names), len(mask)))
        return cls(pd.Index(names), summing @ sizes, summing)


def _by_word(
    compared: Groups,
    sides: Sequence[_Side],
    tested: NDArray[np.intp],
    permutations: int,
    seed: int,
) -> tuple[dict[str, NDArray[Any]], str]:
    """What goes through the reports word by word: block by block of the words tested."""
    found: dict[str, list[NDArray[Any]]] = defaultdict(list)
    reason = ""
    for within, block in compared.counts.blocks():
        own = tested[(tested >= within.start) & (tested < within.stop)] - within.start
        if not len(own):
            continue
        tables = [(side.summing @ block)[:, own] for side in sides]
        permuted, reason = _permuted(compared, sides, tables, permutations, seed)
        found["p_permuted"].append(permuted)
        for table, name in zip(tables, ("target", "reference"), strict=True):
            found[f"reports_{name}"].append(_column_sums(table > 0).astype(int))
        dp, dp_norm = deviation(tables[0], sides[0].sizes)
        found["dp"].append(dp)
        found["dp_norm"].append(dp_norm)
    return {name: np.concatenate(values) for name, values in found.items()}, reason


def _measures(target: _Sums, reference: _Sums, prior: _Sums) -> dict[str, Any]:
    """Frequencies of the words in either group, tests and effects, by column."""
    from scipy.stats import chi2, false_discovery_control

    (a, c), (b, d) = target, reference
    g2 = association.log_likelihood(a, b, c, d)
    p = chi2.sf(g2, 1)
    log_odds, z = association.log_odds(target, reference, *prior)
    return {
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
    }


def _column_sums(matrix: Any) -> NDArray[np.float64]:
    return np.asarray(matrix.sum(axis=0), dtype=float).ravel()


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


def _set(value: Any) -> list[Any]:
    from pandas.api.types import is_scalar

    return [value] if is_scalar(value) else sorted(set(value))


def _name(values: list[Any]) -> str:
    """Name of a group: years in a row by the first and last, others one by one."""
    years = all(isinstance(value, int) for value in values)
    if years and len(values) > 1 and values[-1] - values[0] == len(values) - 1:
        return f"{values[0]}-{values[-1]}"
    return ", ".join(map(str, values))


def _permuted(
    compared: Groups,
    sides: Sequence[_Side],
    tables: Sequence[Any],
    permutations: int,
    seed: int,
) -> tuple[NDArray[np.float64], str]:
    """p-values by permutation of some words, and why there are none."""
    ours, theirs = (_rates(side, table) for side, table in zip(sides, tables, strict=True))
    if compared.by == "part":
        first, second = (side.names for side in sides)
        # Reports are in the same order on either side.
        ours, theirs = ours[first.isin(second)], theirs[second.isin(first)]
        return permutation.within(ours, theirs, permutations, seed)
    return permutation.between(ours, theirs, permutations, seed)


def _rates(side: _Side, table: Any) -> Any:
    """Relative frequency of words in each report."""
    from scipy.sparse import diags_array

    return (diags_array(1 / side.sizes) @ table).tocsr()
