"""Figures of the metrics: what each report states, values over years, rates, and the audit."""

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
    "number": "#0072B2", "parts_only": "#CC79A7", "zero": "#56B4E9", "zero_by_negation": "#E69F00",
    "blank": "#999999", "na": "#BFBFBF", "absent": draw.NONE,
}  # fmt: skip
_MARKS: dict[str, dict[str, Any]] = {
    "number": {"marker": "o"},
    "zero": {"marker": "o", "facecolors": "white"},
    "zero_by_negation": {"marker": "^", "facecolors": "white"},
    "absent": {"marker": "x", "color": "#999999"},
}
_VERDICTS = {"holds": "#009E73", "broken": "#D55E00", "not_assessable": "#BFBFBF"}
_MOST_PANELS = 9
_LONGEST = 64


def status(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Which report states which metric, and how, a tile each; see `summary.values`."""
    reports = frame.drop_duplicates("report_id")
    metrics = list(dict.fromkeys(frame["metric"]))
    ax = ax or draw.new(len(metrics) + 3, row=0.21, width=8.4)
    columns = {report: place for place, report in enumerate(reports["report_id"])}
    cells = frame.assign(
        row=frame["metric"].map(metrics.index),
        column=frame["report_id"].map(columns),
        state=_states(frame),
    )
    names = [style.escape(name) for name in draw.names(reports)]
    draw.tiles(ax, cells, names, _STATES, "status")
    draw.rows(ax, [metric_label(metric) for metric in metrics])
    ax.set_title(translate("title.status").format(n=len(metrics), reports=len(reports)))
    draw.legend(ax)
    return figures.attach(ax, frame)


def trends(frame: pd.DataFrame) -> Axes:
    """Values over the years, a panel a metric that two reports or more state.

    A number, a printed zero, none by negation and absent are four different marks. A line joins
    the numbers of one body only.
    """
    import matplotlib.pyplot as plt

    stated = frame[frame["status"] != "absent"].groupby("metric", sort=False)["report_id"].nunique()
    metrics = list(stated[stated >= 2].index)[:_MOST_PANELS]
    shown = frame[frame["metric"].isin(metrics) & frame["year"].notna()]
    rows = max(1, -(-len(metrics) // 3))
    figure, axes = plt.subplots(rows, 3, figsize=(6.8, 1.2 + 1.75 * rows), squeeze=False)
    for ax, metric in zip(axes.flat, metrics, strict=False):
        _panel(ax, shown[shown["metric"] == metric], metric)
    for ax in list(axes.flat)[len(metrics) :]:
        ax.set_axis_off()
    figure.suptitle(translate("title.trends"), x=0.01, ha="left", fontsize=10)
    first = axes.flat[0]
    _key(first, shown)
    draw.legend(first)
    return figures.attach(first, shown)


def rates(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Rates with 95% Wilson intervals, a row a rate and report; see `summary.rates`."""
    ax = ax or draw.new(len(frame) + 1)
    shares = ["share", "low", "high"]
    percent = frame.assign(**{name: 100 * frame[name] for name in shares})
    draw.by_report(ax, percent, range(len(frame)), shares, apart=False)
    draw.rows(ax, [_rate_label(row) for row in frame.to_dict("records")])
    ax.set_xlim(-2, 102)
    ax.set_xlabel(translate("axis.percent"))
    reports = frame["report_id"].nunique()
    ax.set_title(translate("title.rates").format(n=len(frame), reports=reports))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def findings(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Checks of each report's own numbers by verdict; see `summary.findings`."""
    order = list(_VERDICTS)
    table = draw.wide(frame, "verdict", "n", order)
    words = ("verdict", "axis.checks", "title.findings")
    return draw.stacked(table, frame, words, ax, shades=list(_VERDICTS.values()))


def metric_label(metric: str) -> str:
    """Name of a metric in the language chosen, short enough for an axis."""
    row = next(row for row in rules.load("codebook") if row["id"] == metric)
    name = row[style.language()].split(" / ")[0].split(" (")[0]
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _states(frame: pd.DataFrame) -> pd.Series[Any]:
    """Status with a printed zero apart from other numbers."""
    return frame["status"].where((frame["status"] != "number") | (frame["value"] != 0), "zero")


def _panel(ax: Axes, rows: pd.DataFrame, metric: str) -> None:
    """One metric: a mark a report, at the bottom where there is no number."""
    from matplotlib.ticker import MaxNLocator

    states = _states(rows)
    bodies = rows.groupby("issuer", sort=False)
    for number, (_, body) in enumerate(bodies):
        colour = draw.colours()[number % len(draw.colours())]
        year = body["year"] + draw.spread(number, len(bodies))  # bodies of one year side by side
        known = body[states[body.index] == "number"].sort_values("year")
        if len(known) > 1:
            ax.plot(year[known.index], known["value"], color=colour, zorder=1)
        for state, marks in _MARKS.items():
            found = body[states[body.index] == state]
            height = found["value"].fillna(0)
            style_of = {"facecolors": colour, "edgecolors": colour} | marks
            if "color" in marks:
                style_of = dict(marks)
            ax.scatter(year[found.index], height, s=24, linewidths=1.0, clip_on=False, **style_of)
    ax.set_title(_wrap(style.escape(metric_label(metric))), fontsize=7.5)
    ax.set_ylim(0, max(1.05, ax.get_ylim()[1]))
    ax.margins(x=0.12)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.tick_params(labelsize=7)


def _wrap(label: str) -> str:
    """Label on two lines where one would run into the next panel."""
    from textwrap import fill

    return label if style.language() == "zh" else fill(label, 32)


def _key(ax: Axes, shown: pd.DataFrame) -> None:
    """Entries of the legend: the four marks, and the colours of the bodies if they are few."""
    for state, marks in _MARKS.items():
        colour = marks.get("color", style.INK)
        face = marks.get("facecolors", colour)
        line = {"linestyle": "none", "markeredgecolor": colour, "markerfacecolor": face}
        ax.plot([], [], marker=marks["marker"], label=translate(f"status.{state}"), **line)
    bodies = shown.drop_duplicates("issuer")
    if len(bodies) <= len(draw.colours()):
        names = bodies.groupby("issuer", sort=False)[f"label_{style.language()}"].first()
        for colour, name in zip(draw.colours(), names, strict=False):
            ax.plot([], [], marker="s", linestyle="none", color=colour, label=style.escape(name))


def _rate_label(row: dict[Any, Any]) -> str:
    definition = next(each for each in rules.load("rates") if each["rate"] == row["rate"])
    return f"{definition[style.language()]}, {row['numerator']:g}/{row['denominator']:g}"
