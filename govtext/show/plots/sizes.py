"""How many reports a figure is of decides how it is drawn; every plot asks here.

Up to 12 reports have a mark each, up to 60 are shown by their distribution, more by groups. `by=`
of a plot overrides it: ``"report"`` draws a mark a report, a kind of group draws these groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from govtext.analyse.groups import KINDS, WHOLE

if TYPE_CHECKING:
    import pandas as pd

EACH = 12
"""Most reports that have a mark each."""
SPREAD = 60
"""Most reports that are shown by their distribution."""
LINES = 100
"""Most bodies whose lines are drawn, faint, behind a median."""
REPORT = "report"
Size = Literal["each", "spread", "groups"]


def of(things: pd.DataFrame | int, by: str | None = None) -> Size:
    """How so many reports are drawn: a mark each, their distribution, or groups of them.

    Parameters
    ----------
    things : pandas.DataFrame or int
        A frame with report_id, or the number of what would have a mark each.
    by : str, optional
        What the reader asked for: ``"report"``, or a kind of group.

    Raises
    ------
    ValueError
        If `by` is neither.
    """
    if by == REPORT:
        return "each"
    if by is not None:
        kinds(by)
        return "groups"
    n = things if isinstance(things, int) else things["report_id"].nunique()
    return "each" if n <= EACH else "spread" if n <= SPREAD else "groups"


def kinds(by: str | None, default: tuple[str, ...] = ("year", "level")) -> tuple[str, ...]:
    """Kinds of groups to draw: the one asked for, else those that a figure has of itself.

    Raises
    ------
    ValueError
        If `by` is no kind of group.
    """
    if by is None:
        return default
    if by not in KINDS:
        known = ", ".join(map(repr, (REPORT, *KINDS)))
        raise ValueError(f"by is {by!r}; it can be {known}")
    return (by,) if by == WHOLE else (WHOLE, by)
