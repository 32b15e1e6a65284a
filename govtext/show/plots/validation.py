"""Figure of the validation: recall and precision against the annotated reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MARKERS = {"recall": "o", "precision": "D"}
_APART = 0.3


def validation(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Recall and precision with 95% Wilson intervals, a row a part; see `validate.gold_scores`."""
    ax = ax or draw.new(len(frame) + 2, row=0.36)
    rows = frame.reset_index(drop=True)
    for number, (measure, marker) in enumerate(_MARKERS.items()):
        known = rows[rows[measure].notna()]
        places = known.index + (number - 0.5) * _APART
        colour = draw.colours()[number]
        low, high = (100 * known[f"{measure}_{bound}"] for bound in ("low", "high"))
        ax.hlines(places, low, high, color=colour, linewidth=1.0, alpha=0.7, zorder=1)
        label = translate(f"measure.{measure}")
        draw.dots(ax, places, 100 * known[measure], color=colour, marker=marker, label=label)
    draw.rows(ax, [_label(row) for row in rows.to_dict("records")])
    ax.set_xlim(-2, 102)
    ax.set_xlabel(translate("axis.percent"))
    reports = rows["reports"].max() if len(rows) else 0
    ax.set_title(translate("title.validation").format(reports=reports))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def _label(row: dict[Any, Any]) -> str:
    """Name of a part with the numbers that the two shares are of."""
    name = translate("axis.all" if row["part"] == "all" else f"part.{row['part']}")
    return f"{name} ({row['required']} | {row['given']})"
