"""Figures of bodies over years: series with their breaks and gaps, of few bodies one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw, multiples, scales, sizes, spread
from govtext.show.plots.metrics import metric_label
from govtext.show.plots.units import unit_of
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_MOST_PANELS = 9
_LEAST_REPORTS = 2
_ROW = 0.09  # of the height of the values: a row of marks below them
_OFFICIAL = ((2014, 2018), (2019, 2020), (2021, 2100))
"""Report years of the official forms, shaded in turn."""
_SHADES = ("#F2F2F2", "#E6EEF5", "#F2F2F2")
_EMPTY = {"absent": "x", "no_report": "|"}
_OPEN = {"zero": "o", "zero_by_negation": "^"}
_GREY = "#8C8C8C"
_DASHED: dict[str, Any] = {"color": style.INK, "linewidth": 0.8, "linestyle": (0, (4, 3))}


def panel(frame: pd.DataFrame, *, by: str | None = None) -> Axes:
    """Values of bodies over years, a panel a series, with every break and gap marked.

    A line joins the numbers of one body in consecutive years under one definition. It ends at a
    break and at a gap; a dashed line marks the year in which a definition changes, and shades mark
    the years of the official forms. Zero, none by negation, not stated and no report are different
    marks on their year; what has no value stands in rows of its own below the values, with its
    number where there are several. The scale is logarithmic from 1 on where the values span three
    orders of magnitude. Of more than 12 bodies the median and the quartiles of each year are
    drawn, before faint lines of the bodies up to 100; of more than 60 a panel for each level.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `panel` gives; of more than nine series the first nine with values are drawn.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A line a body, or the groups that have a panel each (of one series). Years lie along every
        panel: ``"year"`` is ``"all"``.
    """
    size = sizes.of(_bodies(frame), by)
    by = "all" if by == "year" else by
    if size == "each":
        return _panels(frame, _heights(frame), "title.panel")
    names = list(dict.fromkeys(frame.loc[frame["value"].notna(), "series"]))[:_MOST_PANELS]
    kind = by or ("level" if size == "groups" and len(names) <= 1 else "all")
    kind = "all" if kind == "year" else kind  # every panel is by year
    drawn = frame[frame["series"].isin(names)]
    labels = {name: _label(name, "title.panel") for name in names}
    return spread.distributions(drawn, labels, "title.panel_spread", kind=kind)


def trends(frame: pd.DataFrame, *, by: str | None = None, metrics: Sequence[str] = ()) -> Axes:
    """Metrics that two reports or more state, over the years; drawn as `panel` is.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `panel` gives for all metrics. Up to 12 bodies: the first nine that two reports or more
        state, in the order of the codebook. Of more the nine that most reports state.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A line a body, or the median and quartiles of all by year (``"year"`` is ``"all"``); other
        groups have a panel each, of the first metric.
    metrics : sequence of str
        Those to draw instead.
    """
    spoken = frame[~frame["status"].isin(["absent", "no_report", "not_defined", "blank", "na"])]
    stated = spoken.groupby("series", sort=False)["report_id"].nunique()
    names = list(stated[stated >= _LEAST_REPORTS].index)
    size = sizes.of(_bodies(frame), by)
    chosen = list(metrics) or names
    if not metrics and size != "each":
        valued = frame[frame["value"].notna()].groupby("series")["report_id"].nunique()
        most = set(valued.reindex(names).sort_values(ascending=False, kind="stable").index[:9])
        chosen = [name for name in names if name in most]
    apart = by not in (None, sizes.REPORT, "all", "year")
    chosen = chosen[: 1 if apart else _MOST_PANELS]
    shown = frame[frame["series"].isin(chosen)]
    if size == "each":
        return _panels(shown, _heights(shown), "title.trends", of=len(names))
    labels = {name: metric_label(name) for name in chosen}
    if apart:
        return spread.distributions(shown, labels, "title.panel_spread", kind=str(by))
    return spread.distributions(shown, labels, "title.trends_spread", of=len(names))


def rates_by_year(frame: pd.DataFrame) -> Axes:
    """Rates of few bodies over years, a panel a rate, with 95% Wilson intervals.

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


def rate_label(rate: str) -> str:
    """Name of a rate in the language chosen."""
    return _named(("derived", "rate"), rate) or rate


def series_label(name: str) -> str:
    """Name of a series of the crosswalk, or a metric, in the language chosen."""
    return _label(name, "title.panel")


def _bodies(frame: pd.DataFrame) -> int:
    """Bodies that have a value at all."""
    return int(frame.loc[frame["value"].notna(), "body"].nunique())


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
    columns = max(1, min(3, len(names), int(style.width() // multiples.INCHES)))
    rows = max(1, -(-len(names) // columns))
    height = 4.0 if len(names) <= 1 else 1.3 + 1.9 * rows
    figure, axes = plt.subplots(rows, columns, figsize=(style.width(), height), squeeze=False)
    bodies = list(dict.fromkeys(drawn["body"]))
    if len(bodies) > sizes.EACH:
        bodies = list(dict.fromkeys(drawn.loc[drawn["height"].notna(), "body"]))
    for ax, name in zip(axes.flat, names, strict=False):
        _one(ax, drawn[drawn["name"] == name], bodies, _label(name, title))
    for ax in list(axes.flat)[len(names) :]:
        ax.set_axis_off()
    n = int(drawn.loc[drawn["name"].isin(names), "height"].notna().sum())
    n = len(names) if of else n
    shown = translate(title).format(bodies=len(bodies), n=n, of=of)
    if lost:
        shown += "\n" + translate("title.unplaced").format(n=lost)
    draw.entitle_all(figure, shown)
    first = axes.flat[0]
    if not names:
        draw.nothing(first)
        first.set_axis_off()
    _key(first, drawn[drawn["name"].isin(names)], bodies)
    draw.legend(first)
    return figures.attach(first, frame)


def _one(ax: Axes, rows: pd.DataFrame, bodies: Sequence[str], label: str) -> None:
    """One series or rate of all bodies."""
    years = _years(rows)
    _shades(ax, years)
    for year in sorted(set(rows.loc[rows["break"], "year"])):
        ax.axvline(year - 0.5, zorder=0.5, **_DASHED)
    for number, body in enumerate(bodies):
        own = rows[rows["body"] == body].sort_values("year")
        for run in _runs(own):
            ax.plot(run["year"], run["height"], color=_colour(number), linewidth=1.2, zorder=2)
        _marks(ax, own, _colour(number))
    n = int(rows["height"].notna().sum())
    unit = unit_of(rows["unit"]) if "unit" in rows else ""
    multiples.head(ax, multiples.sized(label, n, unit))
    scales.fit(ax, rows["height"])
    _foot(ax, rows)
    if years:
        multiples.year_axis(ax, years[0], years[-1])


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
    top = scales.top(ax, max(1.0, highest if highest > 0 else 0.0))
    ax.set_ylim(0, top)  # so that the ticks are those of the values
    present = [state for state in _EMPTY if (rows["state"] == state).any()]
    place = scales.below(ax, top)
    lowest = place(0.04 + _ROW * len(present))
    ticks = [tick for tick in ax.get_yticks() if 0 <= tick <= top]
    words = [label.get_text() for label in ax.get_yticklabels()] if _is_log(ax) else None
    ax.set_ylim(lowest, top)
    ax.set_yticks(ticks, words)
    if present:
        ax.axhspan(lowest, place(0.04), color="white", linewidth=0, zorder=0.2)
    for number, state in enumerate(present):
        height = place(0.04 + (number + 0.5) * _ROW)
        found = rows.loc[rows["state"] == state, "year"].value_counts()
        for year, n in zip(found.index.tolist(), found, strict=True):
            ax.scatter([year], [height], marker=_EMPTY[state], s=20, color=_GREY, linewidths=0.9)
            if n > 1:
                ax.annotate(
                    str(n), (year, height), xytext=(5, 0), textcoords="offset points",
                    va="center", size=5.5, color=_GREY,
                )  # fmt: skip


def _is_log(ax: Axes) -> bool:
    return ax.get_yscale() != "linear"


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
    for number, body in enumerate(bodies):
        colour = _colour(number)
        ax.plot([], [], marker="s", linestyle="none", color=colour, label=style.escape(body))


def _colour(number: int) -> str:
    return draw.colours()[number % len(draw.colours())]


def _label(name: str, title: str) -> str:
    """Name of a series, metric or rate in the language chosen."""
    if title == "title.rates_over_years":
        return _named(("derived", "rate"), name) or name
    series = _named(("crosswalk", "series"), name) if title == "title.panel" else ""
    return series or metric_label(name)


def _named(table: tuple[str, str], name: str) -> str:
    rows: Iterable[rules.Row] = rules.load(table[0])
    return next((row[style.language()] for row in rows if row[table[1]] == name), "")
