"""Figures of emphasis: themes, their coders, what hangs on one term, and their substance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MEASURES = (("f1", "o"), ("kappa_a", "^"), ("kappa_b", "v"), ("kappa_ab", "x"))


def themes(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of sentences on each theme, a mark a report, with 95% Wilson intervals."""
    ax = _by_report(frame, ax)
    ax.set_title(translate("title.themes").format(n=frame["report_id"].nunique()))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def _by_report(frame: pd.DataFrame, ax: Axes | None) -> Axes:
    """Share of sentences with its bounds, a row a theme and a mark a report."""
    frame = frame[frame["theme"].notna()]  # a report without sentences has none
    ids = list(dict.fromkeys(frame["theme"]))
    ax = ax or draw.new(len(ids) + 1)
    shares = ["share", "share_low", "share_high"]
    percent = frame.assign(**{name: 100 * frame[name] for name in shares})
    draw.by_report(ax, percent, frame["theme"].map(ids.index), shares, apart=True)
    draw.rows(ax, [theme_label(theme) for theme in ids])
    ax.set_xlim(left=0)
    ax.set_xlabel(translate("axis.sentences"))
    return ax


def part_themes(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of the sentences of each part on each theme, as shaded tiles with numbers."""
    ids = list(dict.fromkeys(frame["theme"]))
    parts = list(dict.fromkeys(frame["part"]))
    table = frame.pivot_table(index="theme", columns="part", values="share", sort=False)
    table = 100 * table.reindex(index=ids, columns=parts)
    ax = ax or draw.new(len(ids) + 2)
    ax.imshow(table, cmap="Blues", vmin=0, vmax=100, aspect="auto")
    for row, theme in enumerate(ids):
        for column, part in enumerate(parts):
            value = table.loc[theme, part]
            colour = "white" if value > 60 else style.INK
            ax.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour, size=7)
    sizes = frame.drop_duplicates("part").set_index("part")["n_sentences"]
    words = [f"{translate(f'part.{part}')} ({sizes[part]})" for part in parts]
    ax.set_xticks(range(len(parts)), words, rotation=30, ha="right")
    draw.rows(ax, [theme_label(theme) for theme in ids])
    ax.grid(visible=False)
    ax.set_title(translate("title.part_themes").format(n=int(sizes.sum())))
    return figures.attach(ax, frame)


def agreement(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """F1 and Cohen's kappa of the lexicon, beside the kappa of the two coders with each other."""
    ids = [theme for theme in frame["theme"] if theme != "macro"]
    rows = frame.set_index("theme").loc[ids]
    ax = ax or draw.new(len(ids) + 1)
    for colour, (measure, marker) in zip(draw.colours(), _MEASURES, strict=False):
        label = translate(f"measure.{measure}")
        draw.dots(ax, range(len(ids)), rows[measure], color=colour, marker=marker, label=label)
    sizes = rows["n"]
    draw.rows(ax, [f"{theme_label(theme)} ({sizes[theme]:.0f})" for theme in ids])
    ax.set_xlim(0, 1.02)
    ax.set_xlabel(translate("axis.agreement"))
    ax.set_title(translate("title.agreement"))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def theme_ranges(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of sentences on each theme by report, and its range without any one term."""
    ax = _by_report(frame, ax)
    n = int(frame["n_terms"].max()) if len(frame) else 0
    words = {"n": n, "reports": frame["report_id"].nunique()}
    ax.set_title(translate("title.theme_ranges").format(**words))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


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
    sizes = frame.drop_duplicates("theme").set_index("theme")["n"]
    draw.rows(ax, [f"{theme_label(theme)} ({sizes[theme]:.0f})" for theme in ids])
    ax.set_xlim(-0.02, 1.02)
    ax.set_xlabel(translate("measure.f1"))
    ax.set_title(translate("title.coders"))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def substance(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Emphasis on each theme beside the specificity of its sentences, with Wilson intervals."""
    rows = frame[frame["theme"] != "all"].sort_values("emphasis", ascending=False, kind="stable")
    ax = ax or draw.new(len(rows) + 1)
    places = range(len(rows))
    emphasis, specific = draw.colours()[:2]
    label = translate("measure.emphasis")
    draw.dots(ax, places, 100 * rows["emphasis"], color=emphasis, marker="s", label=label)
    low, high = (100 * rows[f"specificity_{side}"].astype(float) for side in ("low", "high"))
    ax.hlines(places, low, high, color=specific, linewidth=1.0, alpha=0.7, zorder=1)
    values = 100 * rows["specificity"].astype(float)
    label = translate("measure.specificity")
    draw.dots(ax, places, values, color=specific, marker="o", label=label)
    named = zip(rows["theme"], rows["n_sentences"], strict=True)
    draw.rows(ax, [f"{theme_label(theme)} ({n})" for theme, n in named])
    ax.set_xlim(0, 100)
    ax.set_xlabel(translate("axis.sentences"))
    n = int(frame.loc[frame["theme"] == "all", "n_sentences"].sum())
    ax.set_title(translate("title.substance").format(n=n))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


def theme_label(theme: str) -> str:
    """Name of a theme in the language chosen."""
    return next(row[style.language()] for row in rules.load("themes") if row["id"] == theme)
