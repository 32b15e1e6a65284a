"""Figures of the corpus: coverage, removals, identity, headings, parts, density of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def coverage(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Which body reports on which year: a dot a body and year, coloured by the level of the body.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `coverage` gives. Reports whose body is not known share a row; those whose year is not
        known are counted in the title.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    there = frame[frame["n_reports"] > 0]
    known = there[there["year"].notna()].astype({"year": int})
    names = known["body"].fillna("?")
    bodies = list(dict.fromkeys(names))
    ax = ax or draw.new(len(bodies))
    levels = known["admin_level"].astype(object).fillna("")
    for colour, (level, rows) in zip(
        draw.colours(), known.groupby(levels, sort=False), strict=False
    ):
        places = [bodies.index(body) for body in names[rows.index]]
        label = translate(f"level.{level}" if level else "source.none")
        ax.scatter(rows["year"], places, s=46, color=colour, label=label)
    draw.rows(ax, bodies)
    if len(known):
        first, last = int(known["year"].min()), int(known["year"].max())
        ax.set_xticks(range(first, last + 1))
        ax.set_xlim(first - 0.6, last + 0.6)
    ax.set_xlabel(translate("axis.year"))
    n = int(known["n_reports"].sum())
    title = translate("title.coverage").format(n=n, bodies=len(set(bodies) - {"?"}))
    if lost := len(there) - len(known):
        title += "\n" + translate("title.unplaced").format(n=lost)
    ax.set_title(title)
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def removed(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Characters that cleaning took out of each report, by rule; see `corpus.removed`."""
    table = draw.wide(frame, "rule", "characters", sorted(frame["rule"].dropna().unique()))
    return draw.stacked(table, frame, ("rule", "axis.characters_removed", "title.removed"), ax)


def headings(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Headings of each report by level; see `corpus.headings`."""
    table = draw.wide(frame, "level", "n", [1, 2, 3, 4])
    return draw.stacked(table, frame, ("heading", "axis.headings", "title.headings"), ax)


def parts(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of each report's characters that its parts take; see `corpus.parts`."""
    percent = frame.assign(share=100 * frame["share"])
    table = draw.wide(percent, "part", "share", list(dict.fromkeys(frame["part"])))
    ax = draw.stacked(table, frame, ("part", "axis.share", "title.parts"), ax)
    ax.set_xlim(0, 100)
    return ax


def density(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Quantities per 1,000 characters in each part, a mark a report; see `corpus.parts`."""
    names = list(dict.fromkeys(frame["part"]))
    ax = ax or draw.new(len(names) + 1)
    known = frame[frame["density"].notna()]
    draw.by_report(ax, known, known["part"].map(names.index), ["density"], apart=True)
    draw.rows(ax, [translate(f"part.{name}") for name in names])
    ax.set_xlabel(translate("axis.density"))
    ax.set_title(translate("title.density").format(n=frame["report_id"].nunique()))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def identity(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Where each field of the identity was read, a tile a field; see `corpus.identity`."""
    reports = frame.drop_duplicates("report_id")
    fields = list(dict.fromkeys(frame["field"]))
    sources = sorted(set(frame["source"]) - {"none"})
    colours = dict(zip(sources, draw.colours(), strict=False)) | {"none": draw.NONE}
    ax = ax or draw.new(len(reports) + 1)
    places = {report: place for place, report in enumerate(reports["report_id"])}
    cells = frame.assign(
        row=frame["report_id"].map(places), column=frame["field"].map(fields.index)
    ).rename(columns={"source": "state"})
    words = [translate(f"field.{field}") for field in fields]
    draw.tiles(ax, cells, words, colours, "source")
    draw.rows(ax, draw.names(reports))
    ax.set_title(translate("title.identity"))
    draw.legend(ax)
    return figures.attach(ax, frame)
