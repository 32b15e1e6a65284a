"""Figures of text reuse: what each report repeats, and which reports share text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_SHADES = ("#999999", "#0072B2", "#D55E00", "#E8E8E8")
_MOST_NUMBERED = 15
_MOST_NAMED = 30


def reused(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Characters of each report by where else they stand, each counted once, in percent.

    Parameters
    ----------
    shares : pandas.DataFrame
        `Reuse.shares`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    names = ["as_boilerplate", "as_own_past", "as_others", "as_new"]
    table = shares[names].div(shares["n_chars"].where(shares["n_chars"] > 0), axis=0)
    table = (100 * table).fillna(0).set_axis(draw.names(shares), axis=0)
    shown = [at for at, name in enumerate(names) if table[name].any()]
    shades = [_SHADES[at] for at in shown]
    ax = draw.stacked(
        table[[names[at] for at in shown]],
        shares,
        ("reuse", "axis.share", "title.reused"),
        ax,
        shades=shades,
    )
    ax.set_xlim(0, 100)
    return ax


def reused_pairs(pairs: pd.DataFrame, shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of each report, a row, that stands in an earlier one, a column, as shaded tiles.

    Parameters
    ----------
    pairs, shares : pandas.DataFrame
        `Reuse.pairs` and `Reuse.shares`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    import numpy as np

    reports = list(shares["report_id"])
    place = {report: at for at, report in enumerate(reports)}
    table = np.zeros((len(reports), len(reports)))
    rows, columns = pairs["report_b"].map(place), pairs["report_a"].map(place)
    table[rows.to_numpy(int), columns.to_numpy(int)] = 100 * pairs["share"]
    ax = ax or draw.new(len(reports) + 3)
    ax.imshow(table, cmap="Blues", vmin=0, vmax=100, aspect="auto")
    if len(reports) <= _MOST_NUMBERED:
        for row, column in zip(*np.nonzero(table), strict=True):
            value = table[row, column]
            colour = "white" if value > 60 else style.INK
            ax.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour, size=7)
    names = draw.names(shares)
    # Of many reports the columns go without names: they are in the order of the rows.
    named = [style.escape(name) for name in names] if len(names) <= _MOST_NAMED else []
    ax.set_xticks(range(len(named)), named, rotation=30, ha="right")
    draw.rows(ax, names)
    ax.grid(visible=False)
    ax.set_xlabel(translate("axis.earlier_report"))
    ax.set_title(translate("title.reused_pairs").format(n=len(pairs)))
    return figures.attach(ax, pairs)
