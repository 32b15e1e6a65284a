"""Small multiples: a panel a theme, rate or metric; in each the years along x, or groups as rows.

A value has the interval that its frame gives it, a group of too few has none. What is missing has
no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govtext.analyse import groups
from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCHES = 1.7  # that a panel is wide at least
_ACROSS = 3
_SMALL = 7.0
_POINTS = 72.0
_MARGIN = 48.0  # points of a panel that its title must not take: ticks, and what lies between
_TIED = "\u00a0"  # a space that no line ends at
MOST = 9
"""Most panels of a figure."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a frame of groups: its columns, and the words of the figure."""

    per: str
    value: str
    title: str
    axis: str
    size: str = "n_reports"
    low: str = "low"
    high: str = "high"
    scale: float = 100.0
    top: float | None = None
    note: str = "note.bodies"


def grid(count: int, *, height: float, sharey: bool = False) -> tuple[Figure, list[Axes]]:
    """A figure of so many panels, as many across as its width holds; the rest is left empty."""
    import matplotlib.pyplot as plt

    across = max(1, min(_ACROSS, count, int(style.width() // INCHES)))
    down = max(1, -(-count // across))
    size = (style.width(), 1.1 + height * down)
    figure, axes = plt.subplots(down, across, figsize=size, squeeze=False, sharey=sharey)
    for ax in list(axes.flat)[count:]:
        ax.set_axis_off()
    return figure, list(axes.flat)[: max(count, 1)]


def head(ax: Axes, text: str, *, names: float = 0.0, shared: bool = False) -> None:
    """Title of a panel, broken to its width.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        The panel.
    text : str
        Its title.
    names : float
        Points that the names of its rows take, or of all panels of a row together (`shared`).
    """
    across = _across(ax)
    whole = style.width() * _POINTS - (names if shared else 0.0)
    room = whole / across - _MARGIN - (0.0 if shared else names)
    ax.set_title(draw.broken(style.escape(text), room, _SMALL), fontsize=_SMALL)


def names_width(ax: Axes, size: float = _SMALL) -> float:
    """Points that the names of the rows of an Axes take."""
    return max((draw.length(label.get_text(), size) for label in ax.get_yticklabels()), default=0.0)


def sized(name: str, n: int, unit: str = "") -> str:
    """Name of a panel with its n and its unit, which stay together on a line."""
    said = f"n = {n:,}" + (f"; {unit}" if unit else "")
    return f"{name} ({said.replace(' ', _TIED)})"


def of_groups(
    frame: pd.DataFrame,
    what: Drawn,
    names: dict[str, str],
    total: str,
    counts: Mapping[tuple[str, str], int] | None = None,
) -> Axes:
    """Panels of groups: years along x where there are years alone, else rows shared by all.

    Parameters
    ----------
    frame : pandas.DataFrame
        by, group, what the panels are of, a value with its bounds, n of reports and of bodies.
    what : Drawn
        Its columns and words.
    names : dict
        What to call each panel, in order.
    total : str
        Title of the figure.
    counts : mapping, optional
        Reports of each group, where not all panels have all of them.
    """
    kinds = list(dict.fromkeys(frame["by"]))
    years = set(kinds) <= {groups.WHOLE, "year"}
    own = frame[frame["by"] == "year"] if years else frame
    rows = list(dict.fromkeys(zip(own["by"], own["group"], strict=True)))
    height = 1.35 if years else 0.5 + 0.19 * len(rows)
    figure, axes = grid(len(names), height=height, sharey=not years)
    n = counts or {row: _most(*row, own, what) for row in rows}
    called = [f"{groups.name(*row, style.language())} ({n.get(row, 0):,})" for row in rows]
    wide = 0.0 if years else max((draw.length(word, _SMALL) for word in called), default=0.0)
    for ax, (thing, name) in zip(axes, names.items(), strict=False):
        part = own[own[what.per] == thing]
        head(ax, name, names=wide, shared=True)
        if years:
            _years(ax, part, what, own)
        else:
            _rows(ax, part, what, rows)
    for ax in axes if not years else []:
        draw.rows(ax, called, size=_SMALL)
    draw.entitle_all(figure, total)
    notes = [translate(what.note).format(n=groups.LEAST)] if what.note else []
    below(figure, "; ".join([translate(what.axis), *notes]))
    return figures.attach(axes[0], frame)


def below(figure: Figure, text: str) -> None:
    """Words below all panels, on as many lines as they need."""
    room = style.width() * _POINTS * 0.95
    figure.supxlabel(draw.broken(text, room, 8.0), fontsize=8)


def line(ax: Axes, years: Sequence[int], values: Sequence[float], **look: Any) -> None:
    """Line through the values of consecutive years; a gap stays a gap."""
    whole, filled = every_year(years, values)
    ax.plot(whole, filled, **look)


def every_year(years: Sequence[int], values: Sequence[float]) -> tuple[list[int], list[float]]:
    """Years from the first to the last with their values, null where there is none."""
    known = dict(zip(years, values, strict=True))
    whole = list(range(min(years), max(years) + 1)) if len(years) else []
    return whole, [float(known.get(year, float("nan"))) for year in whole]


def year_axis(ax: Axes, first: int, last: int) -> None:
    """Whole years along x, the same in every panel."""
    from matplotlib.ticker import MaxNLocator

    ax.set_xlim(first - 0.7, last + 0.7)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    ax.tick_params(labelsize=_SMALL)


def _across(ax: Axes) -> int:
    place = ax.get_subplotspec()
    return int(place.get_gridspec().ncols) if place is not None else 1


def _years(ax: Axes, rows: pd.DataFrame, what: Drawn, every: pd.DataFrame) -> None:
    known = rows[(rows["group"] != groups.UNKNOWN) & rows[what.value].notna()]
    years = known["group"].astype(int).tolist()
    colour = draw.colours()[0]
    low, high, value = (what.scale * known[name] for name in (what.low, what.high, what.value))
    ax.vlines(years, low, high, color=colour, linewidth=1.0, alpha=0.6)
    few = known[what.low].isna()
    sure = known.index[~few]
    line(ax, known.loc[sure, "group"].astype(int).tolist(), list(value[sure]), color=colour,
         linewidth=0.8, alpha=0.8)  # fmt: skip
    ax.scatter(years, value, s=12, zorder=3, linewidths=0.8, edgecolors=colour,
               facecolors=["white" if each else colour for each in few])  # fmt: skip
    spans = every.loc[(every["by"] == "year") & (every["group"] != groups.UNKNOWN), "group"]
    if len(spans):
        year_axis(ax, spans.astype(int).min(), spans.astype(int).max())
    top = what.top or _top(value, high)
    ax.set_ylim(-0.04 * top, top)


def _rows(ax: Axes, rows: pd.DataFrame, what: Drawn, order: Sequence[tuple[str, str]]) -> None:
    places = [order.index(pair) for pair in zip(rows["by"], rows["group"], strict=True)]
    colour = draw.colours()[0]
    low, high, value = (what.scale * rows[name] for name in (what.low, what.high, what.value))
    ax.hlines(places, low, high, color=colour, linewidth=1.0, alpha=0.6)
    few = rows[what.low].isna()
    ax.scatter(value, places, s=12, zorder=3, linewidths=0.8, edgecolors=colour,
               facecolors=["white" if each else colour for each in few])  # fmt: skip
    for place in range(1, len(order)):
        if order[place][0] != order[place - 1][0]:
            ax.axhline(place - 0.5, color=style.FAINT, linewidth=0.6)
    top = what.top or _top(value, high)
    ax.set_xlim(-0.03 * top, top)
    ax.tick_params(labelsize=_SMALL)
    style.value_axis(ax, "x")


def _top(value: pd.Series[Any], high: pd.Series[Any]) -> float:
    most = max(value.dropna().max() if value.notna().any() else 0.0,
               high.dropna().max() if high.notna().any() else 0.0)  # fmt: skip
    return 1.08 * most if most > 0 else 1.0


def _most(kind: str, group: str, frame: pd.DataFrame, what: Drawn) -> int:
    """Most reports that a panel has of a group."""
    own = frame[(frame["by"] == kind) & (frame["group"] == group)]
    return int(own[what.size].max())
