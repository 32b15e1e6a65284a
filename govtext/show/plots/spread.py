"""Many bodies over years: median and quartiles by year, the bodies' own lines faint behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtext.analyse import groups
from govtext.show import figures, style
from govtext.show.plots import draw, multiples, scales, sizes
from govtext.show.plots.units import unit_of
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

_GREY = "#9A9A9A"
_FOOT = 0.17
_DIGITS = 5.5


def distributions(
    frame: pd.DataFrame, labels: Mapping[str, str], title: str, *, kind: str = "all", of: int = 0
) -> Axes:
    """A panel a series, or a panel a group of one series.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `panel` gives.
    labels : mapping
        The series drawn, in order, and what to call each.
    title : str
        Key of the title.
    kind : str
        ``"all"``, or the groups that have a panel each.
    of : int
        How many series there are.
    """
    named = dict(labels)
    rows = groups.grouped(frame, (kind,))
    if kind == groups.WHOLE or len(labels) > 1 or rows.empty:  # nothing is known of such groups
        kind, rows = groups.WHOLE, frame.assign(panel=frame["series"])
    else:
        there = dict.fromkeys(rows.loc[rows["value"].notna(), "group"])
        named = {group: groups.name(kind, group, style.language()) for group in there}
        rows = rows.assign(panel=rows["group"]).drop(columns=["by", "group", "place", "kind"])
    rows = rows[rows["panel"].isin(list(named)) & rows["year"].notna()].astype({"year": int})
    found = groups.quartiles(rows, "value", by=("year",), per="panel")
    figure, axes = multiples.grid(len(named), height=1.9 if len(named) > 1 else 3.0)
    known = rows[rows["value"].notna()]
    lines = known["body"].nunique() <= sizes.LINES
    for ax, (panel, name) in zip(axes, named.items(), strict=False):
        own, spreads = known[known["panel"] == panel], found[found["panel"] == panel]
        # One series has one scale in all its panels; series of their own have one each.
        seen = (own, spreads) if kind == groups.WHOLE else (known, found)
        scale = seen[0]["value"] if lines else pd.concat([seen[1]["q1"], seen[1]["q3"]])
        _one(ax, own, spreads, name, scale, lines=lines)
    bodies = known["body"].nunique()
    words = {"n": f"{len(known):,}", "bodies": f"{bodies:,}", "panels": len(named), "of": of,
             "name": next(iter(labels.values()), "")}  # fmt: skip
    draw.entitle_all(
        figure, translate(title if kind == "all" else f"{title}_{kind}").format(**words)
    )
    _key(axes[0], lines=lines)
    draw.legend(axes[0])
    return figures.attach(axes[0], _counted(found, rows))


def _one(
    ax: Axes,
    known: pd.DataFrame,
    spread: pd.DataFrame,
    name: str,
    scale: pd.Series[float],
    *,
    lines: bool,
) -> None:
    """Lines of the bodies, ribbon of the quartiles, median, and n below."""
    scales.fit(ax, scale)
    for _, own in known.groupby("body") if lines else ():
        multiples.line(ax, list(own["year"]), list(own["value"]), color=_GREY, linewidth=0.5,
                       alpha=0.5)  # fmt: skip
    if lines:
        ax.scatter(known["year"], known["value"], s=5, color=_GREY, alpha=0.6, linewidths=0)
    sure = spread[spread["n"] >= groups.LEAST]
    at, colour = sure["group"].astype(int).tolist(), draw.colours()[0]
    whole, low = multiples.every_year(at, list(sure["q1"]))
    high = multiples.every_year(at, list(sure["q3"]))[1]
    ax.fill_between(whole, low, high, color=colour, alpha=0.2, linewidth=0)
    ax.vlines(at, sure["q1"], sure["q3"], color=colour, linewidth=0.8, alpha=0.5)
    every = spread["group"].astype(int).tolist()
    multiples.line(ax, at, list(sure["median"]), color=colour, linewidth=1.2)
    faces = [colour if n >= groups.LEAST else "white" for n in spread["n"]]
    ax.scatter(every, spread["median"], s=14, facecolors=faces, edgecolors=colour, linewidths=0.8,
               zorder=4)  # fmt: skip
    unit = unit_of(known["unit"]) if "unit" in known else ""
    multiples.head(ax, multiples.sized(name, len(known), unit))
    _foot(ax, spread, float(scale.max()) if len(scale) else 0.0)
    if len(known):
        multiples.year_axis(ax, known["year"].min(), known["year"].max())


def _foot(ax: Axes, spread: pd.DataFrame, highest: float) -> None:
    """How many values each year has, in a row of its own below the values."""
    top = scales.top(ax, highest)
    ax.set_ylim(0, top)
    place = scales.below(ax, top)
    ticks = [tick for tick in ax.get_yticks() if 0 <= tick <= top]
    ax.set_ylim(place(0.03 + _FOOT), top)
    if ax.get_yscale() == "linear":
        ax.set_yticks(ticks)
    for year, n in zip(spread["group"].astype(int), spread["n"], strict=True):
        ax.text(year, place(0.03 + _FOOT / 2), str(n), rotation=90, ha="center", va="center",
                size=_DIGITS, color=style.INK)  # fmt: skip


def _counted(found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Quartiles by panel and year, with the reports that give no value, and the years without."""
    state = rows.assign(
        n_without_value=rows["value"].isna() & (rows["status"] != "no_report"),
        n_no_report=rows["status"] == "no_report",
    )
    counts = state.groupby(["panel", "year"])[["n_without_value", "n_no_report"]].sum()
    found = found.rename(columns={"group": "year"}).drop(columns="by").astype({"year": int})
    return found.merge(counts.reset_index(), on=["panel", "year"], how="left")


def _key(ax: Axes, *, lines: bool) -> None:
    """Entries of the legend."""
    colour = draw.colours()[0]
    ax.plot([], [], color=colour, marker="o", markersize=3.5, label=translate("label.median_n"))
    ax.fill_between([], [], color=colour, alpha=0.25, label=translate("label.quartiles"))
    if lines:
        ax.plot([], [], color=_GREY, linewidth=0.8, label=translate("label.bodies"))
    ax.plot([], [], marker="$n$", linestyle="none", color=style.INK, markersize=4,
            label=translate("label.values"))  # fmt: skip
