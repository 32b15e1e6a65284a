"""What a scholar wants of a study -> the ids of the reports that are meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from govtext.core.near import meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_MEANT = {
    "level": ["admin_level"],
    "province": ["province"],
    "years": ["year"],
    "bodies": ["issuer", "issuer_short", "issuer_full"],
}
"""Columns of `reports` that each choice can stand in."""
COLUMNS = ["report_id", *(name for names in _MEANT.values() for name in names)]
_MOST_NAMED = 12


def ids(reports: pd.DataFrame, wanted: Mapping[str, Any]) -> list[str]:
    """Ids of the reports that are of all that is wanted, in their order.

    Parameters
    ----------
    reports : pandas.DataFrame
        The table, with `COLUMNS`.
    wanted : mapping
        By choice (``level province years bodies``) a value or a collection of them; None for any.

    Raises
    ------
    ValueError
        If no report is of one of them; it names what there is.
    """
    kept = reports
    for choice, value in wanted.items():
        if value is None:
            continue
        _demand_choice(choice, value)
        values = [value] if isinstance(value, str | int) else list(value)
        columns = _MEANT[choice]
        if choice != "years":
            _demand(choice, values, reports[columns])
        kept = kept[kept[columns].isin(values).any(axis=1)]
    if kept.empty and not reports.empty:
        said = ", ".join(f"{name}={value!r}" for name, value in wanted.items() if value is not None)
        years = sorted(reports["year"].dropna().unique())
        span = f"; its years are {years[0]:.0f} to {years[-1]:.0f}" if years else ""
        raise ValueError(f"no report of the study has {said}{span}")
    return list(kept["report_id"])


def _demand_choice(choice: str, value: Any) -> None:
    """There must be such a choice, and years must be numbers."""
    if choice not in _MEANT:
        near = meant(choice, _MEANT)
        raise TypeError(f"filter has no setting {choice!r}{near}; it takes {', '.join(_MEANT)}")
    if choice == "years" and (
        isinstance(value, str)
        or (not isinstance(value, int) and any(isinstance(each, str) for each in value))
    ):
        raise ValueError(f"years is {value!r}; years are numbers: years=2014, range(2008, 2014)")


def _demand(choice: str, values: list[Any], columns: pd.DataFrame) -> None:
    """Every name must be that of some report: a slip of the pen must not look like an absence."""
    there = {str(name) for column in columns for name in columns[column].dropna().unique()}
    for value in values:
        if value not in there:
            names = sorted(there)
            if len(names) > _MOST_NAMED:
                names = [*get_close_matches(str(value), names, n=3, cutoff=0.3), "..."]
            near = meant(value, there)
            raise ValueError(
                f"no report has {choice} {value!r}{near}; there are {', '.join(names)}"
            )
