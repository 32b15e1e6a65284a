"""Figures of emphasis: themes, their coders, what hangs on one term, and their substance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import groups
from govtext.analyse.groups import LEAST
from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw, shade, shares, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_SHARES = ["share", "share_low", "share_high"]
_ROW = 0.32
_FAINT = 0.35
_MEASURES = (("f1", "o"), ("kappa_a", "^"), ("kappa_b", "v"), ("kappa_ab", "x"))


def themes(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Share of sentences on each theme, a mark a report; of more than 12 tiles, then groups.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `emphasis.theme_shares` gives.
    by : {"report", "year", "level", "province", "form"}, optional
        A mark a report with 95% Wilson intervals, or means of groups with bootstrap intervals over
        bodies.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    if sizes.of(frame, by) != "each":
        known = frame[frame["theme"].notna()]
        return shares.of_many(known, "theme", _names(known), "title.themes", by=by, ax=ax)
    ax = _by_report(frame, ax)
    draw.entitle(ax, translate("title.themes").format(n=frame["report_id"].nunique()))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def part_themes(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of the sentences of each part on each theme, as shaded tiles with numbers.

    A part of fewer than five sentences is left white.
    """
    names = _names(frame)
    sizes_of = dict(zip(frame["part"], frame["n_sentences"], strict=True))
    table = frame.pivot_table(index="theme", columns="part", values="share", sort=False)
    table = 100 * table.reindex(index=list(names), columns=list(sizes_of))
    table.loc[:, [part for part, n in sizes_of.items() if n < LEAST]] = float("nan")
    words = [f"{translate(f'part.{part}')} ({n:,})" for part, n in sizes_of.items()]
    ax = shade.tiles(table, list(names.values()), words, shade.Look(row=_ROW), ax=ax)
    draw.entitle(ax, translate("title.part_themes").format(n=f"{sum(sizes_of.values()):,}"))
    return figures.attach(ax, frame)


def agreement(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """F1 and Cohen's kappa of the lexicon, beside the kappa of the two coders with each other."""
    ids = [theme for theme in frame["theme"] if theme != "macro"]
    rows = frame.set_index("theme").loc[ids]
    ax = ax or draw.new(len(ids) + 1)
    for colour, (measure, marker) in zip(draw.colours(), _MEASURES, strict=False):
        label = translate(f"measure.{measure}")
        draw.dots(ax, range(len(ids)), rows[measure], color=colour, marker=marker, label=label)
    n = rows["n"]
    draw.rows(ax, [f"{theme_label(theme)} ({n[theme]:.0f})" for theme in ids])
    ax.set_xlim(0, 1.02)
    draw.axis_words(ax, translate("axis.agreement"))
    _entitle(ax, "title.agreement", n.sum())
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def theme_ranges(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Share of sentences on each theme by report, and its range without any one term.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `emphasis.theme_ranges` gives.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A mark a report; of more than 12 the means of shares and bounds over all reports; or the
        mean width of the range of each theme by group.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    n = int(frame["n_terms"].max()) if len(frame) else 0
    words = {"n": n, "reports": f"{frame['report_id'].nunique():,}"}
    drawn, title = frame, "title.theme_ranges"
    if by not in (None, groups.WHOLE, sizes.REPORT):
        return _widths(frame, str(by), ax)
    if sizes.of(frame, by) == "each":
        ax = _by_report(frame, ax)
        draw.legend(ax)
    else:
        known = frame[frame["theme"].notna()]
        columns = ["share", "share_low", "share_high"]
        drawn = known.groupby("theme", sort=False)[columns].mean().reset_index()
        drawn = drawn.assign(n_reports=known["report_id"].nunique(), n_terms=n)
        ax = _means(drawn, ax)
        title += "_mean"
    draw.entitle(ax, translate(title).format(**words))
    return figures.attach(style.value_axis(ax, "x"), drawn)


def _widths(frame: pd.DataFrame, by: str, ax: Axes | None) -> Axes:
    """Mean width, in percent of the sentences, of the range of each theme by group, a tile each."""
    known = frame[frame["theme"].notna()]
    rows = known.assign(width=100 * (known["share_high"] - known["share_low"]))
    found = groups.means(rows, "width", by=sizes.kinds(by), per="theme")
    look = shade.Look(top=None, text="{:.1f}")
    ax = shade.of_groups(found, ("theme", "mean"), _names(known), look, ax=ax)
    words = {"n": f"{frame['report_id'].nunique():,}", "by": translate(f"by.{by}")}
    draw.entitle(ax, translate("title.theme_ranges_by").format(**words))
    return figures.attach(ax, found)


def _names(frame: pd.DataFrame) -> dict[str, str]:
    """Themes in the order of a frame with their names."""
    return {theme: theme_label(theme) for theme in dict.fromkeys(frame["theme"])}


def _by_report(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    """Share of sentences with its bounds, a row a theme and a mark a report."""
    frame = frame[frame["theme"].notna()]  # a report without sentences has none
    ids = list(dict.fromkeys(frame["theme"]))
    ax = ax or draw.new(len(ids) + 1)
    percent = frame.assign(**{name: 100 * frame[name] for name in _SHARES})
    draw.by_report(ax, percent, frame["theme"].map(ids.index), _SHARES, apart=True)
    draw.rows(ax, [theme_label(theme) for theme in ids])
    ax.set_xlim(left=0)
    draw.axis_words(ax, translate("axis.sentences"))
    return ax


def _means(drawn: pd.DataFrame, ax: Axes | None) -> Axes:
    """A row a theme with its mean share and the means of its bounds."""
    ax = ax or draw.new(len(drawn) + 1, row=0.26)
    share, low, high = (100 * drawn[name] for name in _SHARES)
    ax.hlines(range(len(drawn)), low, high, color=draw.colours()[0], linewidth=1.2, alpha=0.6)
    draw.dots(ax, range(len(drawn)), share, color=draw.colours()[0])
    draw.rows(ax, [theme_label(theme) for theme in drawn["theme"]])
    ax.set_xlim(left=0)
    draw.axis_words(ax, translate("axis.mean_sentences"))
    return ax


def coders(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """F1 of each coder by theme, on the sentences on which the two people agree."""
    ids = [theme for theme in dict.fromkeys(frame["theme"]) if theme != "macro"]
    ax = ax or draw.new(len(ids) + 1)
    for colour, marker, (name, own) in zip(
        draw.colours(), "o^x", frame.groupby("coder", sort=False), strict=False
    ):
        f1 = own.set_index("theme")["f1"].reindex(ids)
        draw.dots(
            ax, range(len(ids)), f1, color=colour, marker=marker, label=translate(f"coder.{name}")
        )
    n = frame.drop_duplicates("theme").set_index("theme")["n"]
    draw.rows(ax, [f"{theme_label(theme)} ({n[theme]:.0f})" for theme in ids])
    ax.set_xlim(-0.02, 1.02)
    draw.axis_words(ax, translate("measure.f1"))
    _entitle(ax, "title.coders", n.reindex(ids).sum())
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def substance(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Emphasis on each theme beside the specificity of its sentences, with Wilson intervals.

    A theme of fewer than five sentences is pale.
    """
    rows = frame[frame["theme"] != "all"].sort_values("emphasis", ascending=False, kind="stable")
    ax = ax or draw.new(len(rows) + 1)
    emphasis, specific = draw.colours()[:2]
    for sure in (True, False):
        places = [at for at, n in enumerate(rows["n_sentences"]) if (n >= LEAST) == sure]
        own, look = rows.iloc[places], {"alpha": 1.0 if sure else _FAINT}
        label = translate("measure.emphasis") if sure else None
        draw.dots(
            ax, places, 100 * own["emphasis"], color=emphasis, marker="s", label=label, **look
        )
        low, high, value = (100 * own[f"specificity{end}"].astype(float)
                            for end in ("_low", "_high", ""))  # fmt: skip
        ax.hlines(places, low, high, color=specific, linewidth=1.0, alpha=0.7 * look["alpha"],
                  zorder=1)  # fmt: skip
        label = translate("measure.specificity") if sure else None
        draw.dots(ax, places, value, color=specific, marker="o", label=label, **look)
    named = zip(rows["theme"], rows["n_sentences"], strict=True)
    draw.rows(ax, [f"{theme_label(theme)} ({n:,})" for theme, n in named])
    ax.set_xlim(0, 100)
    draw.axis_words(ax, translate("axis.sentences"))
    n = int(frame.loc[frame["theme"] == "all", "n_sentences"].sum())
    draw.entitle(ax, translate("title.substance").format(n=f"{n:,}"))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def _entitle(ax: Axes, key: str, n: float) -> None:
    """Title, and where no sentence of the study was coded by people, a sentence that says so."""
    draw.entitle(ax, translate(key))
    if not n:
        draw.nothing(ax)


def theme_label(theme: str) -> str:
    """Name of a theme in the language chosen."""
    return next(row[style.language()] for row in rules.load("themes") if row["id"] == theme)
