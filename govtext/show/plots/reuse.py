"""Figures of text reuse: what each report repeats, and who repeats whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import groups
from govtext.show import figures, style
from govtext.show.plots import draw, multiples, shade, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_SOURCES = ("as_boilerplate", "as_own_past", "as_others", "as_new")
_SHADES = ("#999999", "#0072B2", "#D55E00", "#E8E8E8")
_MOST_PAIRS = 24
_MOST_NAMED = 30
_NAMES = 0.36  # of the width, for the names on either side of a network


def reused(shares: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Characters of each report by where else they stand, each counted once; of many by year.

    Parameters
    ----------
    shares : pandas.DataFrame
        `Reuse.shares`.
    by : {"report", "year", "level", "province", "form"}, optional
        A bar a report, or means of groups with bootstrap intervals over bodies; of more than 12
        reports the years.
    ax : matplotlib.axes.Axes, optional
        Where to draw the bars; else a new figure.
    """
    names = list(_SOURCES)
    table = shares[names].div(shares["n_chars"].where(shares["n_chars"] > 0), axis=0)
    if sizes.of(shares, by) != "each":
        return _means(shares.assign(**{name: table[name] for name in names}), by)
    table = (100 * table).fillna(0).set_axis(draw.names(shares), axis=0)
    shown = [at for at, name in enumerate(names) if table[name].any()]
    shades = [_SHADES[at] for at in shown]
    words = ("reuse", "axis.share", "title.reused")
    ax = draw.stacked(table[[names[at] for at in shown]], shares, words, ax, shades=shades)
    ax.set_xlim(0, 100)
    return ax


def reused_pairs(
    pairs: pd.DataFrame, shares: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None
) -> Axes:
    """Share of each report that stands in an earlier one, as tiles; of many who repeats whom.

    Parameters
    ----------
    pairs, shares : pandas.DataFrame
        `Reuse.pairs` and `Reuse.shares`. Of more than 12 reports the 24 pairs of bodies that share
        most are drawn, the body that was first on the left.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        Tiles of reports, lines between bodies, or tiles of groups: how many pairs, shaded by their
        mean share.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    if sizes.of(shares, by) != "each" and by not in (None, groups.WHOLE):
        return _group_pairs(pairs, shares, str(by), ax)
    if sizes.of(shares, by) != "each":
        return _network(_between(pairs, shares), ax)
    reports = list(shares["report_id"])
    table = pairs.pivot_table(index="report_b", columns="report_a", values="share")
    table = 100 * table.reindex(index=reports, columns=reports).astype(float)
    names = draw.names(shares)
    ax = shade.tiles(table, names, names, shade.Look(row=0.32), ax=ax)
    if len(names) > _MOST_NAMED:  # they are in the order of the rows
        ax.set_xticks([])
    draw.axis_words(ax, translate("axis.earlier_report"))
    draw.entitle(ax, translate("title.reused_pairs").format(n=len(pairs)))
    return figures.attach(ax, pairs)


def _group_pairs(pairs: pd.DataFrame, shares: pd.DataFrame, by: str, ax: Axes | None) -> Axes:
    """Pairs of reports by the groups of the two, the later one in the rows."""
    rows = groups.grouped(shares, (by,))
    of = dict(zip(rows["report_id"], rows["group"], strict=True))
    order = list(dict.fromkeys(rows["group"]))
    known = pairs.assign(**{side: pairs[f"report_{side}"].map(of) for side in "ab"})
    sides = known.groupby(["b", "a"])["share"]
    found = sides.agg(n_pairs="size", share="mean").reset_index()
    table = 100 * found.pivot_table(index="b", columns="a", values="share")
    table = table.reindex(index=order, columns=order).astype(float)
    n = found.pivot_table(index="b", columns="a", values="n_pairs")
    n = n.reindex(index=order, columns=order)
    written = n.map("{:,.0f}".format).where(n.notna(), "")
    names = [groups.name(by, group, style.language()) for group in order]
    ax = shade.tiles(table, names, names, shade.Look(top=None, words=written), ax=ax)
    draw.axis_words(ax, translate("axis.earlier_report"))
    words = {"n": f"{len(known):,}", "by": translate(f"by.{by}")}
    draw.entitle(ax, translate("title.reused_pairs_by").format(**words))
    return figures.attach(ax, found.rename(columns={"a": "group_earlier", "b": "group_later"}))


def _means(shares: pd.DataFrame, by: str | None) -> Axes:
    """Mean share of the characters of a report that stand elsewhere, a panel a source."""
    kinds = sizes.kinds(by, (groups.WHOLE, "year"))
    keys = ["report_id", "body", "year", "region_code", "admin_level", "form"]
    held = [key for key in keys if key in shares]
    rows = shares.melt(held, list(_SOURCES[:-1]), var_name="source", value_name="share")
    found = groups.means(rows, "share", by=kinds, per="source")
    names = {source: translate(f"reuse.{source}") for source in _SOURCES[:-1]}
    what = multiples.Drawn("source", "mean", "title.reused_groups", "axis.mean_characters")
    words = {"n": f"{len(shares):,}", "by": translate(f"by.{kinds[-1]}")}
    title = translate(what.title).format(**words)
    return multiples.of_groups(found, what, names, title)


def _between(pairs: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Pairs of different bodies, the largest share first, with the years of the two reports."""
    of = shares.set_index("report_id")
    known = pairs[pairs["relation"] == "other"].assign(
        first=lambda rows: rows["report_a"].map(of["body"]),
        second=lambda rows: rows["report_b"].map(of["body"]),
        year_first=lambda rows: rows["report_a"].map(of["year"]),
        year_second=lambda rows: rows["report_b"].map(of["year"]),
    )
    ranked = known.sort_values(["share", "report_b"], ascending=[False, True], kind="stable")
    found = ranked.drop_duplicates(["first", "second"]).reset_index(drop=True)
    n = known.groupby(["first", "second"]).size()
    keys = zip(found["first"], found["second"], strict=True)
    return found.assign(n_pairs=[int(n[key]) for key in keys])


def _network(found: pd.DataFrame, ax: Axes | None) -> Axes:
    """Lines from the bodies that were first to those that repeat them, the wider the more."""
    drawn = found.head(_MOST_PAIRS)
    left = list(dict.fromkeys(drawn["first"]))
    at = {body: place for place, body in enumerate(left)}
    heights = (
        drawn.assign(height=[float(at[body]) for body in drawn["first"]])
        .groupby("second")["height"]
        .mean()
    )
    right = list(heights.sort_values(kind="stable").index)
    ax = ax or draw.new(max(len(left), len(right)), row=0.2)
    rows = max(len(left), len(right), 1)
    y_left, y_right = _spaced(left, rows), _spaced(right, rows)
    for first, second, share in zip(drawn["first"], drawn["second"], drawn["share"], strict=True):
        ax.plot([0, 1], [y_left[first], y_right[second]], color=draw.colours()[0],
                linewidth=0.6 + 3 * share, alpha=0.5, solid_capstyle="round")  # fmt: skip
    room = _NAMES * draw.inches(ax) * 72
    for bodies, x, side, shift in ((y_left, 0, "right", -4), (y_right, 1, "left", 4)):
        for body, y in bodies.items():
            ax.annotate(draw.cut(style.escape(str(body)), room, 7.0), (x, y), (shift, 0),
                        textcoords="offset points", ha=side, va="center", size=7)  # fmt: skip
    ax.set_xlim(-1.3, 2.3)
    ax.set_ylim(rows - 0.4, -0.6)
    ax.set_axis_off()
    words = {"n": len(drawn), "of": f"{len(found):,}"}
    draw.entitle(ax, translate("title.reused_network").format(**words))
    if drawn.empty:
        draw.nothing(ax)
    return figures.attach(ax, found)


def _spaced(bodies: Sequence[str], rows: int) -> dict[str, float]:
    """Heights of some bodies, spread over all rows."""
    step = rows / max(1, len(bodies))
    return {body: (place + 0.5) * step - 0.5 for place, body in enumerate(bodies)}
