"""Shares of many reports, theme by theme or topic by topic: a tile a report, or means of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.analyse import groups
from govtext.show import figures
from govtext.show.plots import draw, multiples, shade, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_MOST_ROWS = 12
_NAMED = 36


def of_many(
    frame: pd.DataFrame,
    per: str,
    names: Mapping[Any, str],
    title: str,
    *,
    by: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Shares of more reports than have a mark each.

    Up to 60 reports: a tile a theme and report, the reports by place and year. More, or groups
    asked for: means with intervals that draw bodies, by year a panel a theme; of many groups tiles.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a report and theme: report_id, the names and place of the report, `per` and share.
    per : str
        Column of the themes.
    names : mapping
        The themes in order, and what to call them.
    title : str
        Key of the title; ``_reports`` or ``_groups`` is added to it.
    by : str, optional
        Kind of group.
    ax : matplotlib.axes.Axes, optional
        Where to draw tiles of reports; else a new figure.
    """
    if sizes.of(frame, by) == "spread":
        return _reports(frame, per, names, f"{title}_reports", ax)
    kinds = sizes.kinds(by, (groups.WHOLE, "year"))
    found = groups.means(frame, "share", by=kinds, per=per)
    n = frame.loc[frame["share"].notna(), "report_id"].nunique()
    words = translate(f"{title}_groups").format(n=f"{n:,}", by=translate(f"by.{kinds[-1]}"))
    rows = found.drop_duplicates(["by", "group"])
    if kinds[-1] != "year" and len(rows) > _MOST_ROWS:
        percent = found.assign(percent=100 * found["mean"])
        ax = shade.of_groups(percent, (per, "percent"), names, shade.Look(top=None))
        draw.entitle(ax, words)
        return figures.attach(ax, found)
    what = multiples.Drawn(per, "mean", f"{title}_groups", "axis.mean_share")
    return multiples.of_groups(found, what, dict(names), words)


def by_place(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a report, those of a place together, and within it by year."""
    reports = frame.drop_duplicates("report_id")
    keys = [name for name in ("region_code", "body", "year", "report_id") if name in reports]
    return reports.sort_values(keys, na_position="last", kind="stable")


def _reports(
    frame: pd.DataFrame, per: str, names: Mapping[Any, str], title: str, ax: Axes | None
) -> Axes:
    """A tile a theme and report."""
    reports = by_place(frame)
    table = frame.pivot_table(index=per, columns="report_id", values="share", sort=False)
    table = 100 * table.reindex(index=list(names), columns=list(reports["report_id"]))
    called = draw.names(reports) if len(reports) <= _NAMED else []
    look = shade.Look(top=None, row=0.24)
    ax = shade.tiles(table, list(names.values()), called or [""] * len(reports), look, ax=ax)
    draw.axis_words(ax, translate("axis.by_place"))
    draw.entitle(ax, translate(title).format(n=len(reports)))
    return figures.attach(ax, frame)
