"""Figures of frames of groups, of what changed with the forms, and of two reports side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from govtext.analyse import groups
from govtext.show import figures, style
from govtext.show.plots import draw, multiples, shade
from govtext.show.plots.emphasis import theme_label
from govtext.show.plots.metrics import metric_label
from govtext.show.plots.panel import rate_label, series_label
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_MOST_ROWS = 12
_OF: dict[str, tuple[str, str, str, str]] = {
    "n_missing": ("", "n_expected", "title.group_missing", "axis.missing"),
    "n_faulty": ("", "n_reports", "title.group_audit", "axis.faulty"),
    "rate": ("rate", "n_reports", "title.group_rates", "axis.percent"),
    "metric": ("metric", "n_reports", "title.group_stated", "axis.reports"),
    "duty": ("duty", "n_reports", "title.duties_groups", "axis.stated"),
    "theme": ("theme", "n_reports", "title.themes_groups", "axis.mean_sentences"),
    "measure": ("measure", "n_reports", "title.group_kept", "axis.mean_characters"),
    "series": ("series", "n", "title.group_values", "axis.quartiles"),
}
"""By a column that tells whose groups they are: what the panels are of, n, title and axis."""
_CHANGES = {"kept": "#999999", "changed": "#0072B2", "added": "#009E73", "dropped": "#D55E00"}
_ONE = "_one"


def by_group(frame: pd.DataFrame) -> Axes:
    """Groups of reports with their intervals: what any call gives that was asked ``by=``.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `panel`, `rates`, `stated`, `missing`, `audit`, `duties.statutory_contents`,
        `reuse.kept` or `emphasis.theme_groups` give with ``by=``. A panel a rate, theme and so on,
        of more than nine those of most reports; years lie along x, other groups are rows.
    """
    per, size, title, axis = _what(frame)
    frame = frame.assign(**{_ONE: ""}) if not per else frame
    column = per or _ONE
    if frame.empty:
        return _nothing(frame, title)
    names, of = _names(frame, column, size)
    own = frame[frame[column].isin(list(names))]
    kinds = list(dict.fromkeys(own["by"]))
    words = {
        "n": f"{_total(own, column, size):,}", "shown": len(names), "of": of,
        "by": translate("told.joint").join(
            translate(f"by.{kind}") for kind in kinds if kind != groups.WHOLE or len(kinds) == 1
        ),
    }  # fmt: skip
    said = translate(title).format(**words)
    if of > len(names):
        said += "\n" + translate("title.some").format(**words)
    value = next(name for name in ("share", "mean", "median") if name in frame)
    low, high = ("q1", "q3") if value == "median" else ("low", "high")
    scale = 1.0 if value == "median" else 100.0
    rows = own.drop_duplicates(["by", "group"])
    if len(rows) > _MOST_ROWS and len(names) > 1 and set(kinds) - {groups.WHOLE, "year"}:
        return _tiled(own, (column, value), names, size, (said, scale))
    what = multiples.Drawn(column, value, title, axis, size, low, high, scale,
                           note="" if value == "median" else "note.bodies")  # fmt: skip
    ax = multiples.of_groups(own, what, names, said)
    return figures.attach(ax, own.drop(columns=_ONE, errors="ignore"))


def breaks(frame: pd.DataFrame) -> Axes:
    """What changed in 2014, 2019 and 2021: who states a series, and its value after and before.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `breaks` gives. A panel a break; the rows are series, or the groups of one series; of
        more than 12 those that most bodies have on both sides. A cross marks what must not be
        compared.
    """
    single = len(set(frame["series"])) <= 1
    rows = frame.assign(row=_called(frame, single=single))
    most = rows.groupby("row", sort=False)["n_bodies"].sum().sort_values(ascending=False,
                                                                        kind="stable")  # fmt: skip
    kept = set(most.index[:_MOST_ROWS])
    order = [row for row in dict.fromkeys(rows["row"]) if row in kept]
    drawn = rows[rows["row"].isin(order)]
    years = sorted(set(drawn["year"])) or [2014]
    import matplotlib.pyplot as plt

    height = 1.6 + 2 * (0.35 + 0.19 * max(3, len(order)))
    figure, axes = plt.subplots(2, len(years), figsize=(style.width(), height), squeeze=False,
                                sharey=True, sharex="row")  # fmt: skip
    for column, year in enumerate(years):
        own = drawn[drawn["year"] == year]
        places = [order.index(row) for row in own["row"]]
        _coverage(axes[0][column], own, places)
        _ratios(axes[1][column], own, places)
        axes[0][column].set_title(str(year), fontsize=8)
        for line in (0, 1):
            axes[line][column].tick_params(axis="y", length=0)
    bounds = drawn[["ratio", "low", "high", "usual"]].to_numpy(float).ravel()
    reach = 1.1 * max([1.0, *(abs(math.log2(each)) for each in bounds if each > 0)])
    axes[1][0].set_xlim(2**-reach, 2**reach)  # one scale for all breaks
    for line in (0, 1):
        draw.rows(axes[line][0], order, size=7.0)
    _entries(axes[0][0])
    name = _one_series(frame) if single and len(frame) else ""
    words = {"n": len(order), "of": len(most), "name": name,
             "bodies": f"{int(drawn['n_bodies'].max()) if len(drawn) else 0:,}"}  # fmt: skip
    key = "title.breaks_one" if single else "title.breaks"
    draw.entitle_all(figure, f"{translate(key).format(**words)}\n{translate('note.breaks')}")
    draw.legend(axes[0][0])
    return figures.attach(axes[0][0], drawn.drop(columns="row"))


def diff(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Sentences of two reports by part: kept, changed, added and dropped.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `diff` gives.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    said = frame[frame["kind"] == "sentence"]
    order = [part for part in draw.parts() if (said["part"] == part).any()]
    counts = said.groupby(["change", "part"]).size()
    ax = ax or draw.new(len(order) + 1)
    left = [0] * len(order)
    for change, colour in _CHANGES.items():
        sizes = [int(counts.get((change, part), 0)) for part in order]
        if any(sizes):
            ax.barh(range(len(order)), sizes, left=left, height=0.66, color=colour,
                    label=translate(f"change.{change}"))  # fmt: skip
            left = [at + n for at, n in zip(left, sizes, strict=True)]
    draw.rows(ax, [translate(f"part.{part}") for part in order])
    draw.axis_words(ax, translate("axis.sentence_count"))
    numbers = frame[frame["kind"] == "number"]
    words = {"n": f"{len(said):,}", "numbers": f"{len(numbers):,}",
             "changed": f"{int((numbers['change'] == 'changed').sum()):,}"}  # fmt: skip
    draw.entitle(ax, translate("title.diff").format(**words))
    if said.empty:
        draw.nothing(ax)
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def _what(frame: pd.DataFrame) -> tuple[str, str, str, str]:
    """What the groups of a frame are of."""
    found = next((told for column, told in _OF.items() if column in frame), None)
    if found is None or "group" not in frame:
        raise KeyError("group")
    return found


def _nothing(frame: pd.DataFrame, title: str) -> Axes:
    """A figure of no groups says so."""
    ax = draw.new(1)
    draw.nothing(ax)
    ax.set_axis_off()
    words = {"n": 0, "shown": 0, "of": 0, "by": translate("by.all")}
    draw.entitle(ax, translate(title).format(**words))
    return figures.attach(ax, frame.drop(columns=_ONE, errors="ignore"))


def _names(frame: pd.DataFrame, column: str, size: str) -> tuple[dict[Any, str], int]:
    """Panels in order with their titles, at most nine, and how many there are."""
    labels: Mapping[str, Callable[[str], str]] = {
        "rate": rate_label, "metric": metric_label, "theme": theme_label, "series": series_label,
        "duty": lambda name: translate(f"duty.{name}"), _ONE: lambda _: "",
        "measure": lambda name: translate(f"measure.{name}"),
    }  # fmt: skip
    n = frame.groupby(column, sort=False)[size].sum()
    first = n.sort_values(ascending=False, kind="stable").index[: multiples.MOST]
    chosen = [name for name in n.index if name in set(first)]
    return {name: labels[column](str(name)) for name in chosen}, len(n)


def _total(frame: pd.DataFrame, column: str, size: str) -> int:
    """Reports that a figure is of: of one kind of group, and of what most have."""
    sums = frame.groupby(["by", column])[size].sum()
    return int(sums.max()) if len(sums) else 0


def _tiled(
    own: pd.DataFrame,
    columns: tuple[str, str],
    names: Mapping[Any, str],
    size: str,
    words: tuple[str, float],
) -> Axes:
    """Tiles of many groups."""
    said, scale = words
    scaled = own.assign(value=scale * own[columns[1]], n_reports=own[size])
    ax = shade.of_groups(scaled, (columns[0], "value"), names, shade.Look(top=None))
    draw.entitle(ax, said)
    return figures.attach(ax, own.drop(columns=_ONE, errors="ignore"))


def _called(frame: pd.DataFrame, *, single: bool) -> list[str]:
    """What to call each row of a frame of breaks."""
    series = [series_label(name) for name in frame["series"]]
    pairs = zip(frame["by"], frame["group"], strict=True)
    named = [groups.name(by, group, style.language()) for by, group in pairs]
    if single:
        return named
    whole = set(frame["by"]) <= {groups.WHOLE}
    both = zip(series, named, strict=True)
    return series if whole else [f"{name} ({group})" for name, group in both]


def _one_series(frame: pd.DataFrame) -> str:
    return series_label(str(frame["series"].iloc[0]))


def _coverage(ax: Axes, own: pd.DataFrame, places: Sequence[int]) -> None:
    """Share of the reports that state a series, before and after."""
    before, after = 100 * own["stated_before"], 100 * own["stated_after"]
    colour = draw.colours()[0]
    ax.hlines(places, before, after, color=colour, linewidth=0.8, alpha=0.6)
    ax.scatter(before, places, s=14, facecolors="white", edgecolors=colour, linewidths=0.8,
               zorder=3)  # fmt: skip
    ax.scatter(after, places, s=14, color=colour, zorder=3)
    ax.set_xlim(-4, 104)
    ax.tick_params(labelsize=7)
    style.value_axis(ax, "x")


def _ratios(ax: Axes, own: pd.DataFrame, places: Sequence[int]) -> None:
    """Median ratio of the values of bodies after and before, beside the usual one of two years."""
    ax.set_xscale("log", base=2)
    ax.xaxis.set_major_formatter("{x:g}")
    ax.axvline(1.0, color=style.INK, linewidth=0.6)
    known = own.assign(place=places)
    known = known[known["ratio"] > 0]
    sure = known["low"] > 0
    colour = draw.colours()[0]
    ax.hlines(known.loc[sure, "place"], known.loc[sure, "low"], known.loc[sure, "high"],
              color=colour, linewidth=0.8, alpha=0.6)  # fmt: skip
    for no, marker in ((False, "o"), (True, "x")):
        part = known[(known["comparable"] == "no") == no]
        full = {"color": colour} if no else {
            "edgecolors": colour, "linewidths": 0.8,
            "facecolors": ["white" if each else colour for each in part["low"].isna()],
        }  # fmt: skip
        ax.scatter(part["ratio"], part["place"], s=14, marker=marker, zorder=3, **full)
    usual = known[known["usual"] > 0]
    ax.scatter(usual["usual"], usual["place"], marker="|", s=36, color=draw.colours()[1], zorder=2)
    ax.tick_params(labelsize=7)
    style.value_axis(ax, "x")


def _entries(ax: Axes) -> None:
    """Entries of the legend of a figure of breaks."""
    colour = draw.colours()[0]
    look: dict[str, Any] = {"linestyle": "none", "color": colour, "markersize": 4}
    ax.plot([], [], marker="o", markerfacecolor="white", label=translate("label.before"), **look)
    ax.plot([], [], marker="o", label=translate("label.after"), **look)
    ax.plot([], [], marker="x", label=translate("label.not_comparable"), **look)
    ax.plot([], [], marker="|", label=translate("label.usual"), **look | {
        "color": draw.colours()[1], "markersize": 7})  # fmt: skip
