"""Figure of what the Regulation asks for and what each report states of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import groups
from govtext.analyse.duties import contents
from govtext.show import figures
from govtext.show.plots import draw, multiples, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_STATES = {
    "stated_with_number": "#0072B2", "stated_none": "#E69F00", "stated_in_words": "#56B4E9",
    "not_stated": draw.NONE, "not_applicable": "#BFBFBF",
}  # fmt: skip


def duties(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """How each report states each content that is asked for, a tile each; of many the share.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `gt.duties.statutory_contents` gives. Of more than 12 reports the share of those asked
        that state a content, by year, a panel a content.
    by : {"report", "year", "level", "province", "form"}, optional
        A row a report, or the groups.
    ax : matplotlib.axes.Axes, optional
        Where to draw the tiles; else a new figure.
    """
    reports = frame.drop_duplicates("report_id")
    asked = list(dict.fromkeys(frame["duty"]))
    words = [translate(f"duty.{name}") for name in asked]
    if sizes.of(frame, by) != "each":
        return _shares(frame, dict(zip(asked, words, strict=True)), by)
    ax = ax or draw.new(len(reports) + 1)
    places = {report: place for place, report in enumerate(reports["report_id"])}
    cells = frame.assign(row=frame["report_id"].map(places), column=frame["duty"].map(asked.index))
    draw.tiles(ax, cells, words, _STATES, "statement")
    draw.rows(ax, draw.names(reports))
    draw.entitle(ax, translate("title.duties").format(n=len(reports)))
    draw.legend(ax)
    return figures.attach(ax, frame)


def _shares(frame: pd.DataFrame, names: dict[str, str], by: str | None) -> Axes:
    """Share of the reports asked for a content that state it."""
    found = contents.shares(frame, sizes.kinds(by, (groups.WHOLE, "year")))
    whole = found[found["by"] == groups.WHOLE].set_index("duty")["n_reports"]
    titles = {name: multiples.sized(word, int(whole.get(name, 0))) for name, word in names.items()}
    what = multiples.Drawn("duty", "share", "title.duties_groups", "axis.stated", top=104.0)
    words = {"n": f"{frame['report_id'].nunique():,}"}
    return multiples.of_groups(found, what, titles, translate(what.title).format(**words))
