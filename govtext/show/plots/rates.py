"""Figures of rates: of each report, ranked, as a funnel of bodies, and over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.analyse import funnels, groups
from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw, multiples, sizes
from govtext.show.plots.panel import rate_label, rates_by_year
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_MOST = 6
_RASTER = 200
_SHARES = ["share", "low", "high"]


def rates(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Rates with 95% Wilson intervals, a row a rate and report; of many ranked, or as a funnel.

    Of more than 12 reports the six rates that most have are drawn, a panel each: the reports in
    the order of their rate; of more than 60 the bodies by the number of their cases, beside what
    chance alone would spread (see `funnels.funnel`).

    Parameters
    ----------
    frame : pandas.DataFrame
        As `rates` gives; what has no share is not drawn.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A row a rate and report, whatever their number; or groups, pooled as `rates_over_years`
        does it.
    ax : matplotlib.axes.Axes, optional
        Where to draw the rows; else a new figure.
    """
    if by not in (None, sizes.REPORT):
        return rates_over_years(frame, by=by)
    drawn = frame[frame["share"].notna()].reset_index(drop=True)
    size = sizes.of(drawn, by)
    if size == "each":
        return _listed(drawn, ax)
    chosen, of = most(drawn)
    own = drawn[drawn["rate"].isin(chosen)]
    return _ranked(own, chosen, of) if size == "spread" else _funnels(own, chosen, of)


def rates_over_years(frame: pd.DataFrame, *, by: str | None = None) -> Axes:
    """Rates of bodies over years, a panel a rate, with intervals; of many bodies pooled by group.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `rates` gives; rates that no body has are left out. Up to 12 bodies are drawn as `panel`
        draws them, with Wilson intervals. Of more the six rates that most reports have are
        pooled: all cases of a group, with an interval that draws bodies.
    by : {"report", "year", "level", "province", "form"}, optional
        A mark a report, or the groups; else the years, and of more than 60 bodies the levels too.
    """
    drawn = frame[frame["share"].notna()]
    size = sizes.of(int(drawn["body"].nunique()), by)
    if size == "each":
        return rates_by_year(frame)
    chosen, of = most(drawn)
    default = (groups.WHOLE, "year") if size == "spread" else (groups.WHOLE, "year", "level")
    kinds = sizes.kinds(by, default)
    own = drawn[drawn["rate"].isin(chosen)]
    found = groups.pooled(own, "numerator", "denominator", by=kinds, per="rate")
    words = {"n": len(chosen), "of": of, "reports": f"{drawn['report_id'].nunique():,}"}
    what = multiples.Drawn("rate", "share", "title.rates_pooled", "axis.percent", top=104.0)
    names = {rate: rate_label(rate) for rate in chosen}
    rows = groups.grouped(own, kinds).groupby(["by", "group"])
    counts = {(str(kind), str(group)): part["report_id"].nunique()
              for (kind, group), part in rows}  # fmt: skip
    title = translate(what.title).format(**words)
    return multiples.of_groups(found, what, names, title, counts)


def most(drawn: pd.DataFrame) -> tuple[list[str], int]:
    """The six rates that most reports have, in the order of the rules, and how many there are."""
    counts = drawn.groupby("rate", sort=False)["report_id"].nunique()
    first = set(counts.sort_values(ascending=False, kind="stable").index[:_MOST])
    return [str(rate) for rate in counts.index if rate in first], len(counts)


def _listed(drawn: pd.DataFrame, ax: Axes | None) -> Axes:
    """A row a rate and report."""
    label = drawn["body"] + " " + drawn["year"].astype("string").fillna("")
    shown = drawn.assign(label_en=label, label_zh=label)
    ax = ax or draw.new(len(shown) + 1)
    percent = shown.assign(**{name: 100 * shown[name] for name in _SHARES})
    draw.by_report(ax, percent, range(len(shown)), _SHARES, apart=False)
    draw.rows(ax, [_rate_label(row) for row in shown.to_dict("records")])
    if shown.empty:
        draw.nothing(ax)
    ax.set_xlim(-2, 102)
    draw.axis_words(ax, translate("axis.percent"))
    reports = shown["report_id"].nunique()
    draw.entitle(ax, translate("title.rates").format(n=len(shown), reports=reports))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), drawn)


def _ranked(drawn: pd.DataFrame, chosen: Sequence[str], of: int) -> Axes:
    """A panel a rate with its reports in the order of their share."""
    figure, axes = multiples.grid(len(chosen), height=1.9)
    for ax, rate in zip(axes, chosen, strict=False):
        own = drawn[drawn["rate"] == rate].sort_values("share", kind="stable")
        places, colour = range(len(own)), draw.colours()[0]
        share, low, high = (100 * own[name] for name in _SHARES)
        ax.hlines(places, low, high, color=colour, linewidth=0.8, alpha=0.6)
        ax.scatter(share, places, s=9, color=colour, zorder=3)
        multiples.head(ax, multiples.sized(rate_label(rate), len(own)))
        ax.set_yticks([])
        ax.set_xlim(-2, 102)
        ax.tick_params(labelsize=7)
        style.value_axis(ax, "x")
    words = {"n": len(chosen), "of": of, "reports": drawn["report_id"].nunique()}
    draw.entitle_all(figure, translate("title.rates_ranked").format(**words))
    figure.supxlabel(translate("axis.percent"), fontsize=8)
    return figures.attach(axes[0], drawn)


def _funnels(drawn: pd.DataFrame, chosen: Sequence[str], of: int) -> Axes:
    """A panel a rate with a dot a body, and the limits of chance around the pooled rate."""
    figure, axes = multiples.grid(len(chosen), height=2.0)
    found = funnels.funnel(drawn)
    for ax, rate in zip(axes, chosen, strict=False):
        own = found[found["rate"] == rate]
        _funnel(ax, own)
        beyond = int(own["beyond"].sum())
        said = translate("label.beyond").format(n=len(own), beyond=beyond)
        multiples.head(ax, f"{rate_label(rate)} ({said})")
    words = {"n": len(chosen), "of": of, "bodies": f"{found['body'].nunique():,}"}
    draw.entitle_all(figure, translate("title.rates_funnel").format(**words))
    multiples.below(figure, translate("axis.cases"))
    figure.supylabel(translate("axis.percent"), fontsize=8)
    return figures.attach(axes[0], found)


def _funnel(ax: Axes, own: pd.DataFrame) -> None:
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    inside, beyond = own[~own["beyond"]], own[own["beyond"]]
    raster = len(own) > _RASTER
    ax.scatter(inside["denominator"], 100 * inside["share"], s=8, color=draw.colours()[0],
               alpha=0.5, linewidths=0, rasterized=raster)  # fmt: skip
    ax.scatter(beyond["denominator"], 100 * beyond["share"], s=11, marker="^", rasterized=raster,
               color=draw.colours()[1], alpha=0.8, linewidths=0)  # fmt: skip
    if len(own):
        pooled = float(own["pooled"].iloc[0])
        curves = funnels.limits(pooled, 1.0, float(own["denominator"].max()))
        for name, look in (("95", "--"), ("99.8", "-")):
            for side in ("low", "high"):
                ax.plot(curves["n"], 100 * curves[f"{side}_{name}"], color=style.INK,
                        linewidth=0.6, linestyle=look)  # fmt: skip
        ax.axhline(100 * pooled, color=style.INK, linewidth=0.8)
    ax.set_ylim(-3, 103)
    ax.tick_params(labelsize=7)


def _rate_label(row: dict[Any, Any]) -> str:
    definition = next(each for each in rules.load("derived") if each["rate"] == row["rate"])
    return f"{definition[style.language()]}, {row['numerator']:g}/{row['denominator']:g}"
