"""What the plot functions share: rows, titles, legends, stacked bars, dots with intervals, tiles.

What is written is measured before it is drawn: titles and legends are broken to the width that the
figure has, names of rows are cut where they would leave no room for the drawing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW = 0.32
_TALLEST = 14.0
_LEGEND_WIDTH = 92
_MARKERS = "osD^vPX*<>"
_MOST_NAMED = 12
_POINTS = 72.0  # of an inch
_NAMES = 0.45  # of the width: the most that names of rows take
_SMALLEST, _FILL = 4.5, 0.72
_TITLE, _LABEL = 10.0, 8.0  # sizes of the type, as `style` sets them
_PIECE = re.compile(r"\(n\u00a0=.*\)|[\u2e80-\uffff]|[^ \u2e80-\uffff]+| +")
_ONE = re.compile(r"(?<![0-9.,/])1 ([a-z]{2,20}?)(ies|s)\b")
_HINTED = 1.05  # a drawing in dots has letters a little wider than they are
_WHOLE = style.WIDTHS["page"]
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
    if not table.to_numpy().any():
        nothing(ax)
        ax.set_xticks([])
    ax.set_xlabel(translate(axis))
    entitle(ax, translate(title).format(n=len(table)))
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


def column(name: str, values: Iterable[Any]) -> pd.Series[Any]:
    """Values as a column of that name."""
    import pandas as pd

    return pd.Series(list(values), name=name)


def names(frame: pd.DataFrame) -> list[str]:
    """Labels of the reports in the language chosen."""
    return list(frame[f"label_{style.language()}"])


def rows(ax: Axes, words: Sequence[str], *, size: float = _LABEL) -> None:
    """Names at the rows of an Axes, the first on top; smaller where the rows are low."""
    size = min(size, max(_SMALLEST, _FILL * _POINTS * (_height(ax) - 1.5) / max(1, len(words))))
    room = _NAMES * inches(ax) * _POINTS
    shown = [cut(style.escape(word), room, size) for word in words]
    ax.set_yticks(range(len(words)), shown)
    ax.set_ylim(max(len(words), 1) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, labelsize=size)


def nothing(ax: Axes) -> None:
    """A sentence in the middle of an Axes that has nothing to show."""
    said = broken(translate("note.nothing"), 0.7 * inches(ax) * _POINTS, _LABEL)
    ax.annotate(said, (0.5, 0.5), xycoords="axes fraction", ha="center", va="center", size=_LABEL)


def entitle(ax: Axes, text: str) -> None:
    """Title of a figure of one Axes, broken to what is left of its width beside the rows' names."""
    ax.set_title(broken(text, max(_beside(ax), 12 * _TITLE), _TITLE))


def axis_words(ax: Axes, text: str) -> None:
    """Words below the values of an Axes, broken to what the names of the rows leave."""
    ax.set_xlabel(broken(text, max(_beside(ax), 12 * _TITLE), 9.0))


def entitle_all(figure: Figure, text: str) -> None:
    """Title above all panels of a figure."""
    room = 0.98 * figure.get_figwidth() * _POINTS
    figure.suptitle(broken(text, room, _TITLE), x=0.01, ha="left", fontsize=_TITLE)


def new(count: int, *, row: float = _ROW, width: float = _WHOLE) -> Axes:
    """Axes of a new figure, tall enough for `count` rows of `row` inches; `width` on a page."""
    import matplotlib.pyplot as plt

    height = min(_TALLEST, 1.7 + row * max(count, 3))
    return plt.subplots(figsize=(width * style.width() / _WHOLE, height))[1]


def legend(ax: Axes) -> None:
    """Legend below the drawing, where it hides nothing, in as many columns as its words allow."""
    handles, names = ax.get_legend_handles_labels()
    if handles:
        longest = max(sum(1 + (mark > "\u2e80") for mark in name) for name in names) + 6
        room = _LEGEND_WIDTH * style.width() / _WHOLE
        columns = max(1, min(4, len(names), int(room // longest)))
        width = style.width() * _POINTS - 4 * _LABEL
        names = [broken(name, width, _LABEL) for name in names]
        ax.figure.legend(handles, names, loc="outside lower center", ncols=columns)


@cache
def length(text: str, size: float) -> float:
    """Points that a line of text takes in type of a size."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    face = FontProperties(family=[style.FONT], size=_HINTED * size)
    lines = text.replace(r"\$", "$").split("\n")
    return float(max(text_to_path.get_text_width_height_descent(line, face, False)[0]
                     for line in lines))  # fmt: skip


def broken(text: str, room: float, size: float) -> str:
    """Text on lines of at most `room` points; no line begins with a closing mark."""
    text = _ONE.sub(lambda found: f"1 {found[1]}{'y' if found[2] == 'ies' else ''}", text)
    return "\n".join(line for whole in text.split("\n") for line in _lines(whole, room, size))


def cut(text: str, room: float, size: float) -> str:
    """Text of at most `room` points, with an ellipsis for what was cut off."""
    if length(text, size) <= room:
        return text
    while text and length(f"{text}…", size) > room:
        text = text[:-1]
    return text.rstrip(" \\") + "…"


def inches(ax: Axes) -> float:
    """Width of the figure of an Axes."""
    figure = ax.get_figure(root=True)
    return float(figure.get_figwidth()) if figure is not None else style.width()


def _height(ax: Axes) -> float:
    figure = ax.get_figure(root=True)
    return float(figure.get_figheight()) if figure is not None else _TALLEST


def _beside(ax: Axes) -> float:
    """Points that the names of the rows leave of the width."""
    names = [label.get_text() for label in ax.get_yticklabels()]
    taken = max((length(name, _LABEL) for name in names), default=0.0)
    taken += 1.5 * _TITLE + (1.6 * _LABEL if ax.get_ylabel() else 0.0)
    return inches(ax) * _POINTS - taken


def _lines(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        closing = unicodedata.category(piece[0]) in ("Pe", "Pf", "Po")
        if length(lines[-1] + piece.rstrip(), size) <= room or not lines[-1] or closing:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines]


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
