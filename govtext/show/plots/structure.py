"""Figures of how reports are built: headings, parts, and how densely they state numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.analyse import groups
from govtext.show import figures, style
from govtext.show.plots import boxes, draw, shade, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_LEVELS = [1, 2, 3, 4]


def headings(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Headings of each report by level; of more than 12 their mean by year and level of the body.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `corpus.headings` gives.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A bar a report, or what the columns are.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    if sizes.of(frame, by) == "each":
        table = draw.wide(frame, "level", "n", _LEVELS)
        return draw.stacked(table, frame, ("heading", "axis.headings", "title.headings"), ax)
    reports = frame.drop_duplicates("report_id").drop(columns=["level", "n"])
    counted = frame.dropna(subset=["level"]).set_index(["report_id", "level"])["n"]
    rows = reports.merge(draw.column("level", _LEVELS), how="cross")
    keys = list(zip(rows["report_id"], rows["level"], strict=True))
    rows["n"] = [float(counted.get(key, 0)) for key in keys]
    names = {level: translate(f"heading.{level}") for level in _LEVELS}
    return _means(rows, ("level", "n"), names, ("title.headings_groups", "{:.1f}"), by, ax)


def parts(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Share of each report's characters that its parts take; of many the mean by year and level.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `corpus.parts` gives.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A bar a report, or what the columns are.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    percent = frame.assign(share=100 * frame["share"])
    names = list(dict.fromkeys(frame["part"]))
    if sizes.of(frame, by) != "each":
        words = {name: translate(f"part.{name}") for name in names}
        return _means(percent, ("part", "share"), words, ("title.parts_groups", "{:.0f}"), by, ax)
    table = draw.wide(percent, "part", "share", names)
    ax = draw.stacked(table, frame, ("part", "axis.share", "title.parts"), ax)
    ax.set_xlim(0, 100)
    return ax


def density(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Quantities per 1,000 characters in each part: a mark a report, else boxes.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `corpus.parts` gives. Of more than 60 reports a part has a box for each form.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A mark a report, or whose boxes stand side by side.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    names = list(dict.fromkeys(frame["part"]))
    words = [translate(f"part.{name}") for name in names]
    size = sizes.of(frame, by)
    known = frame[frame["density"].notna()]
    if size == "each":
        ax, drawn = ax or draw.new(len(names) + 1), frame
        draw.by_report(ax, known, known["part"].map(names.index), ["density"], apart=True)
        draw.rows(ax, words)
    else:
        kind = by or ("form" if size == "groups" else groups.WHOLE)
        drawn = groups.grouped(known, (kind,))
        drawn = drawn if len(drawn) else groups.grouped(known, (groups.WHOLE,))
        ax = boxes.rows(drawn, "part", dict(zip(names, words, strict=True)), "density", ax=ax)
    note = "" if size == "each" else f"; {translate('note.boxes')}"
    draw.axis_words(ax, translate("axis.density") + note)
    draw.entitle(ax, translate("title.density").format(n=f"{frame['report_id'].nunique():,}"))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), drawn)


def _means(
    frame: pd.DataFrame,
    columns: tuple[str, str],
    names: Mapping[Any, str],
    words: tuple[str, str],
    by: str | None,
    ax: Axes | None,
) -> Axes:
    """Mean of a number by group, a tile each; a gap stands between kinds of groups."""
    title, text = words
    kinds = sizes.kinds(by, (groups.WHOLE, "year", "level"))
    found = groups.means(frame, columns[1], by=kinds, per=columns[0])
    look = shade.Look(top=None, text=text)
    ax = shade.of_groups(found, (columns[0], "mean"), names, look, ax=ax)
    n = frame["report_id"].nunique()
    draw.entitle(ax, translate(title).format(n=f"{n:,}"))
    return figures.attach(ax, found)
