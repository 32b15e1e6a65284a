"""Figure of the validation: recall and precision against the annotated reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.plots.metrics import metric_label
from govtext.show.style import translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKERS = {"recall": "o", "precision": "D"}
_APART = 0.3
_MOST = 12


def validation(
    frame: pd.DataFrame, *, sample: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Recall and precision with 95% intervals, a row a part of the annotated reports.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `validate.gold_scores` gives: always of the reports that come with govtext.
    sample : pandas.DataFrame, optional
        As `score_sample` gives of your own study: its rows stand below, those that were judged.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    rows = frame.assign(name=[_label(row) for row in frame.to_dict("records")])
    own = _own(sample) if sample is not None else rows.head(0)
    drawn = pd.concat([rows, own], ignore_index=True) if len(own) else rows.reset_index(drop=True)
    ax = ax or draw.new(len(drawn) + 2, row=0.36)
    for number, (measure, marker) in enumerate(_MARKERS.items()):
        known = drawn[drawn[measure].notna()]
        places = known.index + (number - 0.5) * _APART
        colour = draw.colours()[number]
        low, high = (100 * known[f"{measure}_{bound}"] for bound in ("low", "high"))
        ax.hlines(places, low, high, color=colour, linewidth=1.0, alpha=0.7, zorder=1)
        label = translate(f"measure.{measure}")
        draw.dots(ax, places, 100 * known[measure], color=colour, marker=marker, label=label)
    draw.rows(ax, list(drawn["name"]))
    if len(own):
        ax.axhline(len(rows) - 0.5, color=style.INK, linewidth=0.6)
    ax.set_xlim(-2, 102)
    draw.axis_words(ax, translate("axis.percent"))
    reports = int(rows["reports"].max()) if len(rows) else 0
    key = "title.validation_sample" if len(own) else "title.validation"
    draw.entitle(ax, translate(key).format(reports=reports))
    if drawn.empty:
        draw.nothing(ax)
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), drawn.drop(columns="name"))


def _own(sample: pd.DataFrame) -> pd.DataFrame:
    """Rows of a scored sample that were judged, the most judged first, and all of it last."""
    judged = sample[(sample["judged"] > 0) | (sample["judged_silent"] > 0)]
    whole = judged[judged["metric"] == "all"]
    parts = judged[judged["metric"] != "all"].nlargest(_MOST, "judged")
    found = pd.concat([parts, whole], ignore_index=True)
    return found.assign(name=[_sampled(row) for row in found.to_dict("records")])


def _sampled(row: dict[Any, Any]) -> str:
    """Name of a metric of the sample with what was judged of it."""
    name = translate("axis.all") if row["metric"] == "all" else metric_label(row["metric"])
    said = translate("label.sample").format(name=name)
    return f"{said} ({row['judged_silent']} | {row['judged']})"


def _label(row: dict[Any, Any]) -> str:
    """Name of a part with the numbers that the two shares are of."""
    name = translate("axis.all" if row["part"] == "all" else f"part.{row['part']}")
    return f"{name} ({row['required']} | {row['given']})"
