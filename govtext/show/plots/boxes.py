"""Distributions: a box a group, and the reports themselves where they are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.analyse import groups
from govtext.show import style
from govtext.show.plots import draw, sizes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_LEAST = 5
_GOLDEN = 0.618034
_WHISKERS = (5, 95)
_THIN = 0.14
_ROW, _STEP = 0.22, 0.8
SHADES = ("#DCE9F3", "#A9CBE3", "#6BA3CC", "#3277AE", "#0B4A7D", "#F2C9A1")
"""From pale to dark, told apart in grey."""


def rows(
    frame: pd.DataFrame,
    per: str,
    names: Mapping[str, str],
    value: str,
    *,
    ax: Axes | None = None,
) -> Axes:
    """A row for each of `names` with a box a group, side by side; fewer than five are dots.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `groups.grouped` gives of one kind of group, with `per` and `value`.
    per : str
        Column that says whose row it is.
    names : mapping
        What to call each row, in order.
    value : str
        Column of the number.
    """
    found = list(dict.fromkeys(zip(frame["by"], frame["group"], strict=True)))
    step = 0.8 / max(1, len(found))
    ax = ax or draw.new(len(names) + 1, row=max(0.32, _THIN * len(found)))
    for place, pair in enumerate(found):
        own = frame[(frame["by"] == pair[0]) & (frame["group"] == pair[1])]
        shift = (place - (len(found) - 1) / 2) * step
        shade = SHADES[place % len(SHADES)] if len(found) > 1 else SHADES[1]
        label = _label(pair, own) if len(found) > 1 else None
        for row, name in enumerate(names):
            values = own.loc[own[per] == name, value].dropna()
            one(ax, values, row + shift, step, shade, dots=len(found) == 1)
        if label:
            ax.fill_between([], [], facecolor=shade, edgecolor=style.INK, linewidth=0.5,
                            label=label)  # fmt: skip
    sizes_of = frame.drop_duplicates(["report_id", per])[per].value_counts()
    draw.rows(ax, [f"{word} ({sizes_of.get(name, 0):,})" for name, word in names.items()])
    return ax


def by_group(frame: pd.DataFrame, value: str, *, ax: Axes | None = None) -> Axes:
    """A box a group, a row each, with the number of its reports; a line between kinds of groups.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `groups.grouped` gives, a row a report and group, with `value`.
    value : str
        Column of the number.
    """
    pairs = list(dict.fromkeys(zip(frame["by"], frame["group"], strict=True)))
    ax = ax or draw.new(len(pairs), row=_ROW)
    names = []
    few = frame["report_id"].nunique() <= sizes.SPREAD
    for place, pair in enumerate(pairs):
        own = frame[(frame["by"] == pair[0]) & (frame["group"] == pair[1])]
        one(ax, own[value].dropna(), place, _STEP, SHADES[1], dots=few)
        names.append(_label(pair, own))
        if place and pair[0] != pairs[place - 1][0]:
            ax.axhline(place - 0.5, color=style.FAINT, linewidth=0.6)
    draw.rows(ax, names)
    return ax


def one(
    ax: Axes, values: pd.Series[Any], place: float, step: float, shade: str, *, dots: bool = True
) -> None:
    """One box, with the dots of up to 60 reports where they are asked for; of fewer than five."""
    if len(values) >= _LEAST:
        look = {"color": style.INK, "linewidth": 0.7}
        ax.boxplot(
            [values], positions=[place], widths=0.8 * step, orientation="horizontal",
            whis=_WHISKERS, showfliers=False, manage_ticks=False, patch_artist=True,
            boxprops={"facecolor": shade, "edgecolor": style.INK, "linewidth": 0.5},
            whiskerprops=look, capprops=look, medianprops={**look, "linewidth": 1.4},
        )  # fmt: skip
    if len(values) < _LEAST or (dots and len(values) <= sizes.SPREAD):
        spread = [place + 0.6 * step * ((n * _GOLDEN) % 1 - 0.5) for n in range(len(values))]
        ax.scatter(values, spread, s=7, color=style.INK, alpha=0.5, linewidths=0, zorder=3)


def _label(pair: tuple[str, str], own: pd.DataFrame) -> str:
    return f"{groups.name(*pair, style.language())} ({own['report_id'].nunique():,})"
