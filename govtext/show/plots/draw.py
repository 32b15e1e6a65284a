"""What the plot functions share: rows, legends, stacked bars, dots with intervals, tiles.

A chart of more rows than fit keeps its height and lets its text shrink.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_ROW = 0.32
_TALLEST = 14.0
_LEGEND_WIDTH = 92
_MARKERS = "osD^vPX*<>"
_MOST_NAMED = 8
NONE = "#E8E8E8"


def stacked(
    table: pd.DataFrame,
    frame: pd.DataFrame,
    words: tuple[str, str, str],
    ax: Axes | None,
    *,
    shades: Sequence[str] = (),
) -> Axes:
    """Horizontal bars, one a report, stacked by the columns of the table."""
    kind, axis, title = words
    ax = ax or new(len(table) + 1)
    left = [0.0] * len(table)
    for colour, column in zip(cycle(shades or colours()), table.columns, strict=False):
        if not table[column].any():
            continue
        label = translate(f"{kind}.{column}")
        ax.barh(range(len(table)), table[column], left=left, height=0.66, color=colour, label=label)
        left = [start + width for start, width in zip(left, table[column], strict=True)]
    rows(ax, list(table.index))
    ax.set_xlabel(translate(axis))
    ax.set_title(translate(title).format(n=len(table)))
    legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def wide(frame: pd.DataFrame, column: str, value: str, order: Iterable[Any]) -> pd.DataFrame:
    """A row a report in the order of the frame, a column a category; 0 where there is none."""
    shown = dict(zip(frame["report_id"], names(frame), strict=True))
    table = frame.pivot_table(index="report_id", columns=column, values=value, aggfunc="sum")
    table = table.reindex(index=list(shown), columns=list(order)).fillna(0)
    return table.rename(index=shown)


def parts() -> list[str]:
    """Canonical parts of a report in their order."""
    rows = rules.load("labels")
    return [row["key"].removeprefix("part.") for row in rows if row["key"].startswith("part.")]


def names(frame: pd.DataFrame) -> list[str]:
    """Labels of the reports in the language chosen."""
    return list(frame[f"label_{style.language()}"])


def rows(ax: Axes, words: Sequence[str]) -> None:
    """Names at the rows of an Axes, the first on top."""
    ax.set_yticks(range(len(words)), [style.escape(word) for word in words])
    ax.set_ylim(len(words) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)


def new(count: int, *, row: float = _ROW, width: float = 6.8) -> Axes:
    """Axes of a new figure, tall enough for `count` rows of `row` inches."""
    import matplotlib.pyplot as plt

    height = min(_TALLEST, 1.7 + row * max(count, 3))
    return plt.subplots(figsize=(width, height))[1]


def legend(ax: Axes) -> None:
    """Legend below the drawing, where it hides nothing, in as many columns as its words allow."""
    handles, names = ax.get_legend_handles_labels()
    if handles:
        longest = max(sum(1 + (mark > "\u2e80") for mark in name) for name in names) + 6
        columns = max(1, min(4, len(names), _LEGEND_WIDTH // longest))
        ax.figure.legend(handles, names, loc="outside lower center", ncols=columns)


def colours() -> list[str]:
    """Colours of the palette, without its black and its yellow, and some tints for more."""
    kept = [colour for colour in style.PALETTE if colour not in ("#000000", "#F0E442")]
    return [*kept, "#7F7F7F", "#8C564B", "#B8B8D9", "#BFD97F", "#404040", "#D9B38C"]


def by_report(
    ax: Axes, frame: pd.DataFrame, place: Iterable[float], values: Sequence[str], *, apart: bool
) -> None:
    """A mark a row of the frame, each report in its colour and shape, named if they are few.

    `place` is the row of the drawing that each is in; `apart` spreads the reports within it.
    `values` names the column drawn, and those of the bounds of its interval if it has one.
    """
    placed = frame.assign(place=list(place))
    reports = list(dict.fromkeys(frame["report_id"]))
    for number, report in enumerate(reports):
        own = placed[placed["report_id"] == report]
        places = own["place"] + (spread(number, len(reports)) if apart else 0.0)
        colour, marker = colours()[number % len(colours())], _MARKERS[number % len(_MARKERS)]
        value, *bounds = (own[name] for name in values)
        if bounds:
            ax.hlines(places, *bounds, color=colour, linewidth=1.0, alpha=0.7, zorder=1)
        label = style.escape(names(own)[0]) if len(reports) <= _MOST_NAMED else None
        dots(ax, places, value, color=colour, marker=marker, label=label)


def dots(ax: Axes, places: Iterable[float], values: pd.Series[Any], **options: Any) -> None:
    """Marks at their values, one a row."""
    ax.scatter(values, list(places), s=26, **options)


def spread(number: int, count: int) -> float:
    """Distance of the n-th of `count` marks from the middle of its row."""
    return (number - (count - 1) / 2) * 0.6 / max(1, count - 1) if count > 1 else 0.0


def states(frame: pd.DataFrame) -> pd.Series[Any]:
    """Status of each row, a printed zero apart from other numbers."""
    return frame["status"].where((frame["status"] != "number") | (frame["value"] != 0), "zero")


def tiles(
    ax: Axes, cells: pd.DataFrame, columns: Sequence[str], colours_of: dict[str, str], kind: str
) -> None:
    """A tile a row of `cells`: `row` and `column` are places, `state` names the colour."""
    for state, colour in colours_of.items():
        found = cells[cells["state"] == state]
        if found.empty:
            continue
        left = found["column"] - 0.46
        label = translate(f"{kind}.{state}")
        ax.barh(found["row"], 0.92, left=left, height=0.84, color=colour, label=label)
    ax.set_xticks(range(len(columns)), columns, rotation=30, ha="right")
    ax.set_xlim(-0.6, len(columns) - 0.4)
    ax.grid(visible=False)
