"""A table as shaded tiles with its numbers in them: readable in grey, and at any size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse import groups
from govtext.show import style
from govtext.show.plots import draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_SIZES = (7.0, 6.5, 6.0, 5.5)
_DARK = 0.6
_POINTS = 72.0
_SIDE = 0.35  # inches beside the tiles that are not names
_LONGEST = 110.0  # points of a name below a column
_NARROWEST = 7.5  # points of a column that has a name
_STEPS = 3
_SLANT = 16.0  # points from which on names of columns are slanted and not upright


@dataclass(frozen=True, slots=True)
class Look:
    """How tiles are drawn.

    `top` is the number of the darkest (the largest one for None), `text` how a number is written,
    `words` what is written instead; before the columns `breaks` a gap is left; `row` is the height
    of a row in inches, `size` that of the type of its name.
    """

    top: float | None = 100.0
    text: str = "{:.0f}"
    words: pd.DataFrame | None = None
    breaks: tuple[int, ...] = ()
    row: float = 0.26
    size: float = 8.0


def tiles(
    table: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    look: Look | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Axes with a tile a cell; a cell without a number stays white, a number that does not fit out.

    Parameters
    ----------
    table : pandas.DataFrame
        What is shaded, and written.
    rows, columns : sequence of str
        What to call them.
    look : Look, optional
        How.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    look = look or Look()
    ax = ax or draw.new(len(table), row=look.row)
    draw.rows(ax, rows, size=look.size)
    values = table.to_numpy(float)
    top = look.top if look.top is not None else float(np.nanmax(values, initial=0.0))
    top = top if top > 0 else 1.0
    places = [
        number + 0.5 * sum(number >= at for at in look.breaks) for number in range(len(columns))
    ]
    for first, last in pairwise([0, *look.breaks, len(columns)]):
        if last > first and len(table):
            extent = (places[first] - 0.5, places[last - 1] + 0.5, len(table) - 0.5, -0.5)
            ax.imshow(values[:, first:last], cmap="Blues", vmin=0, vmax=top, aspect="auto",
                      extent=extent, interpolation="nearest")  # fmt: skip
    ax.set_xlim(-0.5, (places[-1] if places else 0) + 0.5)
    ax.set_ylim(max(len(table), 1) - 0.5, -0.5)
    ax.grid(visible=False)
    cell = _cell(ax, look.size, len(places) + len(look.breaks) * 0.5)
    _write(ax, values / top, _words(values, look), places, cell)
    name_columns(ax, places, columns, cell)
    return ax


def of_groups(
    found: pd.DataFrame,
    columns: tuple[str, str],
    names: Mapping[Any, str],
    look: Look,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Tiles of a number by group: a column a group with its reports, a gap between the kinds.

    Parameters
    ----------
    found : pandas.DataFrame
        by, group, n_reports, what the rows are of, and the number.
    columns : (str, str)
        Columns of what the rows are of, and of the number.
    names : mapping
        The rows in order, and what to call them.
    """
    per, value = columns
    pairs = list(dict.fromkeys(zip(found["by"], found["group"], strict=True)))
    table = found.pivot_table(index=per, columns=["by", "group"], values=value, sort=False)
    table = table.reindex(index=list(names), columns=pairs)
    n = found.groupby(["by", "group"])["n_reports"].max()
    called = [f"{groups.name(*pair, style.language())} ({n[pair]:,})" for pair in pairs]
    breaks = tuple(at for at in range(1, len(pairs)) if pairs[at][0] != pairs[at - 1][0])
    return tiles(table, list(names.values()), called, replace(look, breaks=breaks), ax=ax)


def name_columns(ax: Axes, places: Sequence[float], columns: Sequence[str], cell: float) -> None:
    """Names below the columns: level where they fit, else slanted, else upright.

    Of narrow columns every second or third has a name, of still narrower ones none.
    """
    step = max(1, ceil(_NARROWEST / cell))
    if step > _STEPS:
        ax.set_xticks([])
        return
    places, columns = places[::step], columns[::step]
    words = [draw.cut(style.escape(word), _LONGEST, 6.5) for word in columns]
    widest = max((draw.length(word, 7.0) for word in words), default=0.0)
    if widest <= 0.92 * cell:
        ax.set_xticks(places, words, size=7.0)
    elif cell >= _SLANT:
        ax.set_xticks(places, words, size=7.0, rotation=30, ha="right", rotation_mode="anchor")
    else:
        ax.set_xticks(places, words, size=6.5, rotation=90)
    ax.tick_params(axis="x", length=0)


def _cell(ax: Axes, size: float, count: float) -> float:
    """Points that a tile is wide."""
    width = draw.inches(ax)
    names = max((draw.length(label.get_text(), size) for label in ax.get_yticklabels()), default=0)
    return max(4.0, ((width - _SIDE) * _POINTS - names - 8) / max(count, 1))


def _words(values: np.ndarray, look: Look) -> list[list[str]]:
    """What is written in each tile."""
    if look.words is not None:
        return [[str(word) for word in row] for row in look.words.to_numpy()]
    return [["" if np.isnan(each) else look.text.format(each) for each in row] for row in values]


def _write(
    ax: Axes, depth: np.ndarray, words: list[list[str]], places: Sequence[float], cell: float
) -> None:
    """Words of the tiles, in the largest type that all of them fit in; white on dark."""
    longest = [max((draw.length(word, size) for row in words for word in row), default=0.0)
               for size in _SIZES]  # fmt: skip
    fitting = [size for size, wide in zip(_SIZES, longest, strict=True) if wide < 0.9 * cell]
    for row, line in enumerate(words if fitting else ()):
        for column, word in enumerate(line):
            if word:
                colour = "white" if depth[row, column] > _DARK else style.INK
                ax.text(places[column], row, word, ha="center", va="center", color=colour,
                        size=fitting[0])  # fmt: skip
