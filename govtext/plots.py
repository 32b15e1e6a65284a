"""A frame -> Axes, one function a figure: nothing is read, saved, shown or changed.

Each function takes the frame that a function of `summary` gives, draws it on `ax` or a new figure,
attaches what it drew, and returns the Axes. Words come from `rules/labels.csv` in the language that
`use_style` chose. Points of different bodies are never joined by a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext import style
from govtext.style import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes

_ROW = 0.32
_TALLEST = 14.0
_MARKERS = "osD^vPX*<>"
_NONE = "#E8E8E8"
_LEGEND_WIDTH = 92


def coverage(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Which body reports on which year: a dot a report, coloured by the level of the body.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `summary.coverage` gives.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    known = frame[frame["year"].notna()]
    bodies = list(dict.fromkeys(known["issuer"].fillna("?")))
    ax = ax or _new(len(bodies))
    for colour, (level, rows) in zip(
        _colours(), known.groupby("admin_level", sort=False), strict=False
    ):
        places = [bodies.index(body) for body in rows["issuer"].fillna("?")]
        ax.scatter(rows["year"], places, s=46, color=colour, label=translate(f"level.{level}"))
    _rows(ax, bodies)
    first, last = int(known["year"].min()), int(known["year"].max())
    ax.set_xticks(range(first, last + 1))
    ax.set_xlim(first - 0.6, last + 0.6)
    ax.set_xlabel(translate("axis.year"))
    ax.set_title(translate("title.coverage").format(n=len(known), bodies=len(bodies)))
    _legend(ax)
    return style.attach(style.value_axis(ax, "x"), frame)


def removed(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Characters that cleaning took out of each report, by rule; see `summary.removed`."""
    table = _wide(frame, "rule", "characters", sorted(frame["rule"].dropna().unique()))
    return _stacked(table, frame, ("rule", "axis.characters_removed", "title.removed"), ax)


def headings(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Headings of each report by level; see `summary.headings`."""
    table = _wide(frame, "level", "n", [1, 2, 3, 4])
    return _stacked(table, frame, ("heading", "axis.headings", "title.headings"), ax)


def parts(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of each report's characters that its parts take; see `summary.parts`."""
    percent = frame.assign(share=100 * frame["share"])
    table = _wide(percent, "part", "share", list(dict.fromkeys(frame["part"])))
    ax = _stacked(table, frame, ("part", "axis.share", "title.parts"), ax)
    ax.set_xlim(0, 100)
    return ax


def density(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Quantities per 1,000 characters in each part, a mark a report; see `summary.parts`."""
    names = list(dict.fromkeys(frame["part"]))
    ax = ax or _new(len(names) + 1)
    reports = list(dict.fromkeys(frame["report_id"]))
    several = len(reports) > len(_MARKERS)
    for number, report in enumerate(reports):
        rows = frame[(frame["report_id"] == report) & frame["density"].notna()]
        spread = (number - (len(reports) - 1) / 2) * 0.5 / max(1, len(reports) - 1)
        places = [names.index(part) + spread for part in rows["part"]]
        colour, marker = _colours()[number % 7], _MARKERS[number % len(_MARKERS)]
        label = None if several else style.escape(rows[f"label_{style.language()}"].iloc[0])
        ax.scatter(rows["density"], places, s=26, color=colour, marker=marker, label=label)
    _rows(ax, [translate(f"part.{name}") for name in names])
    ax.set_xlabel(translate("axis.density"))
    ax.set_title(translate("title.density").format(n=len(reports)))
    if not several:
        _legend(ax)
    return style.attach(style.value_axis(ax, "x"), frame)


def identity(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Where each field of the identity was read, a tile a field; see `summary.identity`."""
    reports = frame.drop_duplicates("report_id")
    fields = list(dict.fromkeys(frame["field"]))
    sources = sorted(set(frame["source"]) - {"none"})
    colours = dict(zip(sources, _colours(), strict=False)) | {"none": _NONE}
    ax = ax or _new(len(reports) + 1)
    places = {report: place for place, report in enumerate(reports["report_id"])}
    for source in [*sources, "none"]:
        rows = frame[frame["source"] == source]
        left = [fields.index(field) - 0.46 for field in rows["field"]]
        bottom = [places[report] for report in rows["report_id"]]
        label = translate(f"source.{source}")
        ax.barh(
            bottom, [0.92] * len(rows), left=left, height=0.84, color=colours[source], label=label
        )
    _rows(ax, _names(reports))
    ax.set_xticks(
        range(len(fields)), [translate(f"field.{each}") for each in fields], rotation=30, ha="right"
    )
    ax.set_xlim(-0.6, len(fields) - 0.4)
    ax.set_title(translate("title.identity"))
    _legend(ax)
    ax.grid(visible=False)
    return style.attach(ax, frame)


def _stacked(
    table: pd.DataFrame, frame: pd.DataFrame, words: tuple[str, str, str], ax: Axes | None
) -> Axes:
    """Horizontal bars, one a report, stacked by the columns of the table."""
    kind, axis, title = words
    ax = ax or _new(len(table) + 1)
    left = [0.0] * len(table)
    for colour, column in zip(_colours(), table.columns, strict=False):
        if not table[column].any():
            continue
        label = translate(f"{kind}.{column}")
        ax.barh(range(len(table)), table[column], left=left, height=0.66, color=colour, label=label)
        left = [start + width for start, width in zip(left, table[column], strict=True)]
    _rows(ax, list(table.index))
    ax.set_xlabel(translate(axis))
    ax.set_title(translate(title).format(n=len(table)))
    _legend(ax)
    return style.attach(style.value_axis(ax, "x"), frame)


def _wide(frame: pd.DataFrame, column: str, value: str, order: Iterable[Any]) -> pd.DataFrame:
    """A row a report in the order of the frame, a column a category; 0 where there is none."""
    names = dict(zip(frame["report_id"], _names(frame), strict=True))
    table = frame.pivot_table(index="report_id", columns=column, values=value, aggfunc="sum")
    table = table.reindex(index=list(names), columns=list(order)).fillna(0)
    return table.rename(index=names)


def _names(frame: pd.DataFrame) -> list[str]:
    """Labels of the reports in the language chosen."""
    return list(frame[f"label_{style.language()}"])


def _rows(ax: Axes, names: list[str]) -> None:
    """Names at the rows of an Axes, the first on top."""
    ax.set_yticks(range(len(names)), [style.escape(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)


def _new(rows: int) -> Axes:
    """Axes of a new figure, tall enough for its rows."""
    import matplotlib.pyplot as plt

    height = min(_TALLEST, 1.7 + _ROW * max(rows, 3))
    return plt.subplots(figsize=(6.8, height))[1]


def _legend(ax: Axes) -> None:
    """Legend below the drawing, where it hides nothing, in as many columns as its words allow."""
    handles, names = ax.get_legend_handles_labels()
    if handles:
        longest = max(sum(1 + (mark > "\u2e80") for mark in name) for name in names) + 6
        columns = max(1, min(4, len(names), _LEGEND_WIDTH // longest))
        ax.figure.legend(handles, names, loc="outside lower center", ncols=columns)


def _colours() -> list[str]:
    """Colours of the palette, without its black and its yellow, and some tints for more."""
    kept = [colour for colour in style.PALETTE if colour not in ("#000000", "#F0E442")]
    return [*kept, "#7F7F7F", "#8C564B", "#B8B8D9", "#BFD97F", "#404040", "#D9B38C"]
