"""Figures of bodies over years: which reports there are, series with their breaks, rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.plots.metrics import metric_label
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_MOST_BODIES = 60
_MOST_PANELS = 9
_MOST_NAMED = 8
_LEAST_REPORTS = 2
_ROW = 0.09  # of the height of the values: a row of marks below them
_STATES = {
    "present": ("#0072B2", ""), "duplicate": ("#56B4E9", "+"), "missing": (draw.NONE, "–"),
    "rejected": ("#D55E00", "×"), "unplaced": ("#999999", "?"),
}  # fmt: skip
_OFFICIAL = ((2014, 2018), (2019, 2020), (2021, 2100))
"""Report years of the official forms, shaded in turn."""
_SHADES = ("#F2F2F2", "#E6EEF5", "#F2F2F2")
_EMPTY = {"absent": "x", "no_report": "|"}
_OPEN = {"zero": "o", "zero_by_negation": "^"}
_GREY = "#8C8C8C"
_CROWD = "#7FB8D9"
_DASHED: dict[str, Any] = {"color": style.INK, "linewidth": 0.8, "linestyle": (0, (4, 3))}


def coverage_map(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Which body has a report of which year, a tile each; of many bodies the numbers by year.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `coverage` gives. Colour and sign say the state; what has no body or no year is counted
        in the title.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    placed = frame[frame["body"].notna() & frame["year"].notna()]
    placed = placed[placed["state"] != "unplaced"]
    bodies = list(dict.fromkeys(placed["body"]))
    if len(bodies) <= _MOST_BODIES:
        ax = ax or draw.new(len(bodies) + 1, row=0.3 if len(bodies) < 30 else 0.2)
        _tiles(ax, placed, bodies)
    else:
        ax = ax or draw.new(12)
        _by_year(ax, placed)
    title = translate("title.coverage_map").format(bodies=len(bodies), n=placed["n_reports"].sum())
    if len(frame) > len(placed):
        title += "\n" + translate("title.unplaced").format(n=len(frame) - len(placed))
    ax.set_title(title)
    draw.legend(ax)
    return figures.attach(ax, frame)


def panel(frame: pd.DataFrame) -> Axes:
    """Values of bodies over years, a panel a series, with every break and gap marked.

    A line joins the numbers of one body in consecutive years under one definition. It ends at a
    break and at a gap; a dashed line marks the year in which a definition changes, and shades mark
    the years of the official forms. Zero, none by negation, not stated and no report are different
    marks on their year; what has no value stands in rows of its own below the values, with its
    number where there are several. Of more than eight bodies the marks alone are
    drawn, with the median of each year.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `panel` gives; of more than nine series the first nine with values are drawn.
    """
    return _panels(frame, _heights(frame), "title.panel")


def trends(frame: pd.DataFrame) -> Axes:
    """Metrics that two reports or more state, over the years; drawn as `panel` is.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `panel` gives for all metrics; the first nine that two reports or more state are drawn,
        in the order of the codebook.
    """
    spoken = frame[~frame["status"].isin(["absent", "no_report", "not_defined"])]
    stated = spoken.groupby("series", sort=False)["report_id"].nunique()
    names = list(stated[stated >= _LEAST_REPORTS].index)
    shown = frame[frame["series"].isin(names[:_MOST_PANELS])]
    return _panels(shown, _heights(shown), "title.trends", of=len(names))


def rates_over_years(frame: pd.DataFrame) -> Axes:
    """Rates of bodies over years, a panel a rate, with 95% Wilson intervals; drawn as `panel` is.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `rates` gives; rates that no body has are left out.
    """
    state = frame["status"].where(frame["status"].isin(["rate", "no_report"]), "absent")
    state = state.replace("rate", "number")
    percent = {name: 100 * frame[name] for name in ("low", "high")}
    drawn = frame.assign(state=state, height=100 * frame["share"], name=frame["rate"], **percent)
    return _panels(frame, drawn, "title.rates_over_years")


def _tiles(ax: Axes, placed: pd.DataFrame, bodies: Sequence[str]) -> None:
    years = _years(placed)
    cells = placed.assign(
        row=placed["body"].map(bodies.index), column=placed["year"].astype(int).map(years.index)
    )
    colours = {state: colour for state, (colour, _) in _STATES.items()}
    draw.tiles(ax, cells, [str(year) for year in years], colours, "state")
    for row in cells.to_dict("records"):
        sign = _STATES[row["state"]][1]
        colour = "white" if row["state"] == "rejected" else style.INK
        ax.text(row["column"], row["row"], sign, ha="center", va="center", size=7, color=colour)
    draw.rows(ax, bodies)
    if len(bodies) >= 30:
        ax.tick_params(axis="y", labelsize=5.5)


def _by_year(ax: Axes, placed: pd.DataFrame) -> None:
    """Bars of the bodies in each state, a year each."""
    years = _years(placed)
    foot = dict.fromkeys(years, 0)
    counted = placed.groupby(["year", "state"]).size()
    for state, (colour, _) in _STATES.items():
        heights = [int(counted.get((year, state), 0)) for year in years]
        if any(heights):
            label = translate(f"state.{state}")
            bottom = [foot[year] for year in years]
            ax.bar(years, heights, bottom=bottom, color=colour, width=0.84, label=label)
            foot = {year: foot[year] + n for year, n in zip(years, heights, strict=True)}
    ax.set_xlabel(translate("axis.year"))
    ax.set_ylabel(translate("axis.bodies"))
    style.value_axis(ax, "y")


def _years(frame: pd.DataFrame) -> list[int]:
    if frame.empty:
        return []
    return list(range(int(frame["year"].min()), int(frame["year"].max()) + 1))


def _heights(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a panel with what is drawn of each."""
    return frame.assign(state=_states(frame), height=frame["value"], name=frame["series"])


def _panels(frame: pd.DataFrame, drawn: pd.DataFrame, title: str, *, of: int = 0) -> Axes:
    """Small multiples of what has a value at all; one large panel where it is one series."""
    import matplotlib.pyplot as plt

    lost = drawn.loc[drawn["year"].isna(), "report_id"].nunique()
    drawn = drawn[drawn["year"].notna()].astype({"year": int})
    valued = drawn[drawn["height"].notna()]
    names = list(dict.fromkeys(valued["name"]))[:_MOST_PANELS]
    names = names or list(dict.fromkeys(drawn["name"]))[:1]
    columns = min(3, max(1, len(names)))
    rows = max(1, -(-len(names) // columns))
    height = 4.0 if columns == 1 else 1.3 + 1.9 * rows
    figure, axes = plt.subplots(rows, columns, figsize=(6.8, height), squeeze=False)
    bodies = list(dict.fromkeys(drawn["body"]))
    for ax, name in zip(axes.flat, names, strict=False):
        _one(ax, drawn[drawn["name"] == name], bodies, _label(name, title))
    for ax in list(axes.flat)[len(names) :]:
        ax.set_axis_off()
    n = int(drawn.loc[drawn["name"].isin(names), "height"].notna().sum())
    n = len(names) if of else n
    shown = translate(title).format(bodies=len(bodies), n=n, of=of)
    if lost:
        shown += "\n" + translate("title.unplaced").format(n=lost)
    figure.suptitle(shown, x=0.01, ha="left", fontsize=10)
    first = axes.flat[0]
    _key(first, drawn[drawn["name"].isin(names)], bodies)
    draw.legend(first)
    return figures.attach(first, frame)


def _one(ax: Axes, rows: pd.DataFrame, bodies: Sequence[str], label: str) -> None:
    """One series or rate of all bodies."""
    years = _years(rows)
    _shades(ax, years)
    for year in sorted(set(rows.loc[rows["break"], "year"])):
        ax.axvline(year - 0.5, zorder=0.5, **_DASHED)
    for number, body in enumerate(bodies if _few(bodies) else ()):
        own = rows[rows["body"] == body].sort_values("year")
        for run in _runs(own):
            colour = draw.colours()[number]
            ax.plot(run["year"], run["height"], color=colour, linewidth=1.2, zorder=2)
        _marks(ax, own, draw.colours()[number])
    if not _few(bodies):
        _marks(ax, rows, _CROWD)
        median = rows.groupby("year")["height"].median()
        ax.scatter(median.index, median, marker="_", s=120, color=style.INK, zorder=4)
    n = int(rows["height"].notna().sum())
    ax.set_title(_wrap(f"{style.escape(label)} (n = {n})"), fontsize=7.5)
    _foot(ax, rows)
    if years:
        ax.set_xlim(years[0] - 0.7, years[-1] + 0.7)
    _ticks(ax)


def _marks(ax: Axes, own: pd.DataFrame, colour: str) -> None:
    """Marks of some rows that have a value, on their year, with the interval where there is one."""
    known = own[own["height"].notna()]
    if "low" in own:
        ax.vlines(known["year"], known["low"], known["high"], color=colour, alpha=0.5)
    for name, rows in known.groupby("state"):
        state = str(name)
        ax.scatter(
            rows["year"], rows["height"], marker=_OPEN.get(state, "o"), s=22,
            facecolors="white" if state in _OPEN else colour, edgecolors=colour, linewidths=1.0,
            zorder=3,
        )  # fmt: skip


def _foot(ax: Axes, rows: pd.DataFrame) -> None:
    """Rows of marks of what has no value, below the axis of values, a row a state and n a year."""
    highest = rows[[name for name in ("height", "high") if name in rows]].max().max()
    top = 1.06 * max(1.0, highest if highest > 0 else 0.0)
    ax.set_ylim(0, top)  # so that the ticks are those of the values
    present = [state for state in _EMPTY if (rows["state"] == state).any()]
    depth = _ROW * len(present) * top
    ticks = [tick for tick in ax.get_yticks() if 0 <= tick <= top]
    ax.set_ylim(-0.04 * top - depth, top)
    ax.set_yticks(ticks)
    if present:
        ax.axhspan(-0.04 * top - depth, -0.04 * top, color="white", linewidth=0, zorder=0.2)
    for place, state in enumerate(present):
        height = -0.04 * top - (place + 0.5) * _ROW * top
        found = rows.loc[rows["state"] == state, "year"].value_counts()
        for year, n in zip(found.index.tolist(), found, strict=True):
            ax.scatter([year], [height], marker=_EMPTY[state], s=20, color=_GREY, linewidths=0.9)
            if n > 1:
                ax.annotate(
                    str(n), (year, height), xytext=(5, 0), textcoords="offset points",
                    va="center", size=5.5, color=_GREY,
                )  # fmt: skip


def _runs(own: pd.DataFrame) -> list[pd.DataFrame]:
    """Values of one body in consecutive years with no break between them, two or more."""
    gap = own["height"].isna()
    apart = (gap | gap.shift(fill_value=True) | own["break"]).cumsum()
    runs = [rows for _, rows in own[~gap].groupby(apart[~gap])]
    return [rows for rows in runs if len(rows) > 1]


def _states(frame: pd.DataFrame) -> pd.Series[Any]:
    """Status as it is marked: a printed zero apart, whatever else has no value as not stated."""
    state = draw.states(frame)
    marked = ["number", "zero", "zero_by_negation", "no_report"]
    return state.where(state.isin(marked), "absent")


def _shades(ax: Axes, years: Sequence[int]) -> None:
    """Years of the official forms, as far as they are drawn."""
    for (first, last), shade in zip(_OFFICIAL, _SHADES, strict=True):
        if years and first <= years[-1] and last >= years[0]:
            low, high = max(first, years[0] - 1), min(last, years[-1] + 1)
            ax.axvspan(low - 0.5, high + 0.5, color=shade, linewidth=0, zorder=0)


def _ticks(ax: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    ax.tick_params(labelsize=7)


def _key(ax: Axes, drawn: pd.DataFrame, bodies: Sequence[str]) -> None:
    """Entries of the legend: the marks that occur, the break, and the bodies if they are few."""
    found = set(drawn["state"])
    marks = {"number": "o", **_OPEN, **_EMPTY}
    for state in (name for name in marks if name in found):
        edge = _GREY if state in _EMPTY else style.INK
        face = "white" if state in _OPEN else edge
        line: dict[str, Any] = {
            "linestyle": "none", "markeredgecolor": edge, "markerfacecolor": face,
        }  # fmt: skip
        label = translate("status.no_value" if state == "absent" else f"status.{state}")
        ax.plot([], [], marker=marks[state], label=label, **line)
    if len(drawn) and drawn["year"].max() >= _OFFICIAL[0][0]:
        ax.fill_between([], [], color=_SHADES[0], label=translate("label.forms"))
    if drawn["break"].any():
        ax.plot([], [], label=translate("label.break"), **_DASHED)
    if not _few(bodies):
        ax.scatter([], [], marker="_", s=120, color=style.INK, label=translate("label.median"))
    if _few(bodies):
        for colour, body in zip(draw.colours(), bodies, strict=False):
            ax.plot([], [], marker="s", linestyle="none", color=colour, label=style.escape(body))


def _few(bodies: Sequence[str]) -> bool:
    return len(bodies) <= _MOST_NAMED


def _label(name: str, title: str) -> str:
    """Name of a series, metric or rate in the language chosen."""
    if title == "title.rates_over_years":
        return _named(("derived", "rate"), name) or name
    series = _named(("crosswalk", "series"), name) if title == "title.panel" else ""
    return series or metric_label(name)


def _named(table: tuple[str, str], name: str) -> str:
    rows: Iterable[rules.Row] = rules.load(table[0])
    return next((row[style.language()] for row in rows if row[table[1]] == name), "")


def _wrap(label: str) -> str:
    """Label on lines that do not run into the next panel."""
    from textwrap import fill

    return label if style.language() == "zh" else fill(label, 34)
