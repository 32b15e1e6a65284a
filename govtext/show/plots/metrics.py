"""Figures of the metrics: what the reports state of them, and the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse import groups
from govtext.analyse.panels.stated import SAID
from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw, multiples, shade, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STATES = {
    "number": "#0072B2", "parts_only": "#CC79A7", "conflict": "#D55E00", "zero": "#56B4E9",
    "zero_by_negation": "#E69F00", "blank": "#999999", "na": "#BFBFBF", "absent": draw.NONE,
}  # fmt: skip
_VERDICTS = {"holds": "#009E73", "broken": "#D55E00", "not_assessable": "#BFBFBF"}
_LONGEST = 64
_MOST_METRICS = 40
_MOST_IDENTITIES = 20
_MOST_ROWS = 56
_ROW = 0.165
_SMALL = 6.5
_PROSE = "prose_"


def status(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Which report states which metric, and how, a tile each; of more than 12 the shares by year.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `stated` gives. Of more than 12 reports the 40 metrics that most state are drawn: as a
        number, none, parts or several numbers. A blank cell states nothing.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A column a report, or what the columns are.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    if sizes.of(frame, by) != "each":
        return _shares(frame, by, ax)
    reports = frame.drop_duplicates("report_id")
    every = list(dict.fromkeys(frame["metric"]))
    metrics = most_stated(frame, _MOST_ROWS)
    frame = frame[frame["metric"].isin(metrics)]
    ax = ax or draw.new(len(metrics) + 3, row=0.21, width=8.4)
    columns = {report: place for place, report in enumerate(reports["report_id"])}
    cells = frame.assign(
        row=frame["metric"].map(metrics.index),
        column=frame["report_id"].map(columns),
        state=draw.states(frame),
    )
    names = [style.escape(name) for name in draw.names(reports)]
    draw.tiles(ax, cells, names, _STATES, "status")
    draw.rows(ax, [metric_label(metric) for metric in metrics])
    words = {"n": len(metrics), "of": len(every), "reports": len(reports)}
    key = "title.status" if len(metrics) == len(every) else "title.status_most"
    draw.entitle(ax, translate(key).format(**words))
    draw.legend(ax)
    return figures.attach(ax, frame)


def findings(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Checks of each report's own numbers by verdict; of more than 12 the share broken by check.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `corpus.findings` gives.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A bar a report, the checks of all, or all checks of a group together.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    if sizes.of(frame, by) != "each":
        grouped = by not in (None, groups.WHOLE)
        return _broken_by(frame, str(by)) if grouped else _broken(frame, ax)
    names = [name for name in frame if name not in ("identity", "n")]
    counted = frame.groupby(names, sort=False, dropna=False)["n"].sum().reset_index()
    table = draw.wide(counted, "verdict", "n", list(_VERDICTS))
    words = ("verdict", "axis.checks", "title.findings")
    ax = draw.stacked(table, counted, words, ax, shades=list(_VERDICTS.values()))
    if not counted["n"].any():
        draw.nothing(ax)
    return ax


def most_stated(frame: pd.DataFrame, most: int) -> list[str]:
    """So many metrics that most reports state, in the order of the codebook."""
    said = frame[frame["status"].isin(SAID)].groupby("metric").size()
    every = pd.Series(0, index=pd.unique(frame["metric"])).add(said, fill_value=0)
    order = every.reindex(pd.unique(frame["metric"])).sort_values(ascending=False, kind="stable")
    chosen = set(order.index[:most])
    return [metric for metric in dict.fromkeys(frame["metric"]) if metric in chosen]


def metric_label(metric: str) -> str:
    """Name of a metric in the language chosen, short enough for an axis."""
    row = next(row for row in rules.load("codebook") if row["id"] == metric)
    name = row[style.language()].split(" / ")[0].split(" (")[0]
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def identity_label(identity: str) -> str:
    """Name of a check in the language chosen."""
    labels = {row["key"] for row in rules.load("labels")}
    if f"identity.{identity}" in labels:
        return translate(f"identity.{identity}")
    metrics = {row["id"] for row in rules.load("codebook")}
    metric = identity.removeprefix(_PROSE)
    if identity.startswith(_PROSE) and metric in metrics:
        return translate("identity.prose").format(metric=metric_label(metric))
    return identity


def _shares(frame: pd.DataFrame, by: str | None, ax: Axes | None) -> Axes:
    """Share of the reports of a group that state a metric, a tile each."""
    said = frame.assign(n_stated=frame["status"].isin(SAID).astype(float), n=1.0)
    of = frame["metric"].nunique()
    chosen = most_stated(frame, _MOST_METRICS)
    own = said[said["metric"].isin(chosen)]
    kinds = sizes.kinds(by, (groups.WHOLE, "year"))
    found = groups.pooled(own, "n_stated", "n", by=kinds, per="metric").drop(columns="n")
    rows = {metric: metric_label(metric) for metric in chosen}
    percent = found.assign(percent=100 * found["share"])
    look = shade.Look(row=_ROW, size=_SMALL)
    ax = shade.of_groups(percent, ("metric", "percent"), rows, look, ax=ax)
    words = {"n": len(chosen), "of": of, "reports": f"{frame['report_id'].nunique():,}"}
    draw.entitle(ax, translate("title.status_groups").format(**words))
    return figures.attach(ax, found)


def _broken(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    """Share of the checks that could be made which are broken, a row a check."""
    able = frame[frame["verdict"].isin(("holds", "broken")) & frame["identity"].notna()]
    able = able.assign(n_broken=able["n"].where(able["verdict"] == "broken", 0))
    found = groups.pooled(able, "n_broken", "n", by=(groups.WHOLE,), per="identity")
    open_ones = frame[frame["verdict"] == "not_assessable"].groupby("identity")["n"].sum()
    found = found[found["n"] > 0]
    found = found.assign(n_not_assessable=found["identity"].map(open_ones).fillna(0).astype(int))
    order = found.sort_values("n", ascending=False, kind="stable").head(_MOST_IDENTITIES)
    drawn = order.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)
    ax = ax or draw.new(len(drawn) + 1, row=0.24)
    colour = _VERDICTS["broken"]
    places = range(len(drawn))
    ax.hlines(places, 100 * drawn["low"], 100 * drawn["high"], color=colour, alpha=0.6)
    draw.dots(ax, places, 100 * drawn["share"], color=colour)
    draw.rows(ax, [_check(row) for row in drawn.to_dict("records")])
    ax.set_xlim(left=0)
    draw.axis_words(ax, translate("axis.broken"))
    words = {"n": len(drawn), "of": len(found), "reports": f"{frame['report_id'].nunique():,}"}
    draw.entitle(ax, translate("title.findings_groups").format(**words))
    return figures.attach(style.value_axis(ax, "x"), drawn)


def _broken_by(frame: pd.DataFrame, by: str) -> Axes:
    """Share of the checks that could be made which are broken, by group."""
    able = frame[frame["verdict"].isin(("holds", "broken")) & frame["identity"].notna()]
    able = able.assign(
        n_broken=able["n"].where(able["verdict"] == "broken", 0), check="", n=able["n"]
    )
    found = groups.pooled(able, "n_broken", "n", by=sizes.kinds(by), per="check")
    words = {"n": f"{frame['report_id'].nunique():,}", "by": translate(f"by.{by}"),
             "checks": f"{able['n'].sum():,}"}  # fmt: skip
    what = multiples.Drawn("check", "share", "title.findings_by", "axis.broken", note="")
    ax = multiples.of_groups(found, what, {"": ""}, translate(what.title).format(**words))
    return figures.attach(ax, found.drop(columns="check"))


def _check(row: dict[Any, Any]) -> str:
    return f"{identity_label(row['identity'])} ({row['n_broken']:,.0f}/{row['n']:,.0f})"
