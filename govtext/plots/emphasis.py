"""Figures of emphasis: themes by report and by part, and against two human coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext import figures, rules, style
from govtext.plots import draw
from govtext.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MEASURES = (("f1", "o"), ("kappa_a", "^"), ("kappa_b", "v"), ("kappa_ab", "x"))


def themes(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of sentences on each theme, a mark a report, with 95% bootstrap intervals."""
    ids = list(dict.fromkeys(frame["theme"]))
    ax = ax or draw.new(len(ids) + 1)
    shares = ["share", "share_low", "share_high"]
    percent = frame.assign(**{name: 100 * frame[name] for name in shares})
    draw.by_report(ax, percent, frame["theme"].map(ids.index), shares, apart=True)
    draw.rows(ax, [theme_label(theme) for theme in ids])
    ax.set_xlim(left=0)
    ax.set_xlabel(translate("axis.sentences"))
    ax.set_title(translate("title.themes").format(n=frame["report_id"].nunique()))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), frame)


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


def theme_label(theme: str) -> str:
    """Name of a theme in the language chosen."""
    return next(row[style.language()] for row in rules.load("themes") if row["id"] == theme)
