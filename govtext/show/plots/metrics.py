"""Figures of the metrics: what each report states, rates, and the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_STATES = {
    "number": "#0072B2", "parts_only": "#CC79A7", "conflict": "#D55E00", "zero": "#56B4E9",
    "zero_by_negation": "#E69F00", "blank": "#999999", "na": "#BFBFBF", "absent": draw.NONE,
}  # fmt: skip
_VERDICTS = {"holds": "#009E73", "broken": "#D55E00", "not_assessable": "#BFBFBF"}
_MOST_PANELS = 9
_LONGEST = 64


def status(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Which report states which metric, and how, a tile each; see `stated`."""
    reports = frame.drop_duplicates("report_id")
    metrics = list(dict.fromkeys(frame["metric"]))
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
    ax.set_title(translate("title.status").format(n=len(metrics), reports=len(reports)))
    draw.legend(ax)
    return figures.attach(ax, frame)


def rates(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Rates with 95% Wilson intervals, grouped by rate, a row a rate and report.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `rates` gives; what has no share is not drawn.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    drawn = frame[frame["share"].notna()].reset_index(drop=True)
    label = drawn["body"] + " " + drawn["year"].astype("string").fillna("")
    shown = drawn.assign(label_en=label, label_zh=label)
    ax = ax or draw.new(len(shown) + 1)
    shares = ["share", "low", "high"]
    percent = shown.assign(**{name: 100 * shown[name] for name in shares})
    draw.by_report(ax, percent, range(len(shown)), shares, apart=False)
    draw.rows(ax, [_rate_label(row) for row in shown.to_dict("records")])
    ax.set_xlim(-2, 102)
    ax.set_xlabel(translate("axis.percent"))
    reports = shown["report_id"].nunique()
    ax.set_title(translate("title.rates").format(n=len(shown), reports=reports))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), drawn)


def findings(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Checks of each report's own numbers by verdict; see `corpus.findings`."""
    order = list(_VERDICTS)
    table = draw.wide(frame, "verdict", "n", order)
    words = ("verdict", "axis.checks", "title.findings")
    return draw.stacked(table, frame, words, ax, shades=list(_VERDICTS.values()))


def metric_label(metric: str) -> str:
    """Name of a metric in the language chosen, short enough for an axis."""
    row = next(row for row in rules.load("codebook") if row["id"] == metric)
    name = row[style.language()].split(" / ")[0].split(" (")[0]
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _rate_label(row: dict[Any, Any]) -> str:
    definition = next(each for each in rules.load("derived") if each["rate"] == row["rate"])
    return f"{definition[style.language()]}, {row['numerator']:g}/{row['denominator']:g}"
