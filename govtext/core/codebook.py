"""The codebook: what each metric counts, and which metrics may be joined into one series.

`rules/codebook.csv` and `rules/crosswalk.csv` hold it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

# The first digit moves when an id comes, goes or changes its meaning, the second with the words.
CODEBOOK_VERSION = "1.0"

_YEARS = ("valid_from", "valid_to")
_FLAGS = ("unverified", "parted")


def codebook(study: Any = None) -> pd.DataFrame:  # noqa: ARG001 -- it is asked for its rules
    """One row a metric: what it counts, where it stands, what it is part of, where it breaks.

    Parameters
    ----------
    study : Study, optional
        As `load` gives: with the metrics of the own rules that its tables were made with.

    Returns
    -------
    pandas.DataFrame
        id, zh, en, part, unit, kind, where, forms, definition, parent, identities, valid_from,
        valid_to (report years; missing where no official form holds the metric, or still does),
        comparability, unverified, parted (true or false), source, note. `docs/codebook.md` says
        what they mean; `attrs["version"]` is the version.
    """
    frame = _frame("codebook")
    for column in _YEARS:
        frame[column] = frame[column].replace("", None).astype("Int64")
    for column in _FLAGS:
        frame[column] = frame[column] == "yes"
    return frame


@rules.cached
def unit_of_metric() -> Mapping[str, str]:
    """Unit in which each metric of the codebook is stored."""
    return {row["id"]: row["unit"] for row in rules.load("codebook")}


def crosswalk() -> pd.DataFrame:
    """One row a series, period and metric: what may be joined into one series, and how.

    Returns
    -------
    pandas.DataFrame
        series, en, zh, period (of report years), form (empty where none of the period is known to
        hold the metric), metric, operation (``same``; ``sum_of``: add up all such metrics of the
        series and period; ``none``), comparable (``yes``, ``with_care``, ``no``), caveat, source,
        note. `attrs["version"]` is the version of the codebook.
    """
    return _frame("crosswalk")


def _frame(name: str) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame([dict(row) for row in rules.load(name)])
    frame.attrs["version"] = CODEBOOK_VERSION
    return frame
