"""Figure of what the Regulation asks for and what each report states of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.show import figures
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_STATES = {
    "stated_with_number": "#0072B2", "stated_none": "#E69F00", "stated_in_words": "#56B4E9",
    "not_stated": draw.NONE, "not_applicable": "#BFBFBF",
}  # fmt: skip


def duties(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How each report states each content that is asked for, a tile each.

    `frame` is that of `gt.duties.statutory_contents`.
    """
    reports = frame.drop_duplicates("report_id")
    asked = list(dict.fromkeys(frame["duty"]))
    ax = ax or draw.new(len(reports) + 1)
    places = {report: place for place, report in enumerate(reports["report_id"])}
    cells = frame.assign(row=frame["report_id"].map(places), column=frame["duty"].map(asked.index))
    draw.tiles(ax, cells, [translate(f"duty.{name}") for name in asked], _STATES, "statement")
    draw.rows(ax, draw.names(reports))
    ax.set_title(translate("title.duties").format(n=len(reports)))
    draw.legend(ax)
    return figures.attach(ax, frame)
