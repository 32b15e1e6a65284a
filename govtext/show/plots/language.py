"""Figures of wording: words that tell groups apart, their spread, sentences and their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_LABELS = {"part": "part", "admin_level": "level", "government_level": "level"}
_SURE = 0.05


def keyness(frame: pd.DataFrame, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Bars of the `top` words on either side by z of their log-odds, with their counts.

    Full bars are words whose `p_permuted` is below 0.05; pale ones are not, or have none.
    """
    above, below = frame[frame["z"] > 0], frame[frame["z"] < 0]
    shown = above.nlargest(top, "z").merge(below.nsmallest(top, "z").iloc[::-1], how="outer")
    shown = shown.sort_values(["z", "word"], ascending=[False, True], kind="stable")
    shown = shown.reset_index(drop=True)
    ax = ax or draw.new(len(shown), row=0.24)
    sides = zip(
        draw.colours(), ("target", "reference"), (shown["z"] > 0, shown["z"] < 0), strict=False
    )
    for colour, side, mask in sides:
        for sure, alpha in ((True, 1.0), (False, 0.4)):
            own = shown[mask & ((shown["p_permuted"] < _SURE) == sure)]
            if not own.empty:
                label = _name(frame, side) + (f" ({translate('label.permuted')})" if sure else "")
                ax.barh(own.index, own["z"], height=0.7, color=colour, alpha=alpha, label=label)
    ax.axvline(0, color=style.INK, linewidth=0.6)
    counts = shown[["word", "n_target", "n_reference"]].itertuples(index=False)
    draw.rows(ax, [f"{word} ({ours} : {theirs})" for word, ours, theirs in counts])
    ax.set_xlabel(translate("axis.z"))
    ax.set_title(translate("title.keyness").format(n=len(frame)))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), shown)


def dispersion(
    frame: pd.DataFrame, *, top: int = 12, min_count: int = 20, ax: Axes | None = None
) -> Axes:
    """Normalised DP of the `top` most even and most uneven words that stand `min_count` times."""
    frequent = frame[frame["n"] >= min_count]
    frequent = frequent.sort_values(["dp_norm", "word"], kind="stable").reset_index(drop=True)
    shown = frequent[(frequent.index < top) | (frequent.index >= len(frequent) - top)]
    ax = ax or draw.new(len(shown), row=0.24)
    draw.dots(ax, range(len(shown)), shown["dp_norm"], color=draw.colours()[0])
    if len(shown) < len(frequent):
        ax.axhline(top - 0.5, color=style.INK, linewidth=0.6, linestyle=":")
    counts = shown[["word", "n", "n_reports"]].itertuples(index=False)
    draw.rows(ax, [f"{word} ({n}; {reports})" for word, n, reports in counts])
    ax.set_xlim(0, 1.02)
    ax.set_xlabel(translate("axis.dp_norm"))
    ax.set_title(translate("title.dispersion").format(n=len(frequent), least=min_count))
    return figures.attach(style.value_axis(ax, "x"), shown)


def readability(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Mean characters a sentence of each report, with 95% bootstrap intervals and the n."""
    shown = frame  # a report without sentences keeps its row, without a mark
    values = "chars_per_sentence", "chars_per_sentence_low", "chars_per_sentence_high"
    sizes = zip(draw.names(shown), shown["n_sentences"], strict=True)
    ax = _intervals(shown, values, [f"{name} ({n:.0f})" for name, n in sizes], ax)
    ax.set_xlabel(translate("axis.chars_per_sentence"))
    ax.set_title(translate("title.readability").format(n=len(shown)))
    return figures.attach(style.value_axis(ax, "x"), frame)


def quantification(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of the sentences with a quantity by part or report, with 95% Wilson intervals."""
    values = "share", "share_low", "share_high"
    shown = frame.assign(**{name: 100 * frame[name] for name in values})
    parts = "part" in shown
    names = [translate(f"part.{part}") for part in shown["part"]] if parts else draw.names(shown)
    sizes = zip(names, shown["n_sentences"], strict=True)
    ax = _intervals(shown, values, [f"{name} ({n})" for name, n in sizes], ax)
    ax.set_xlabel(translate("axis.quantified"))
    ax.set_title(translate("title.quantification").format(n=int(shown["n_sentences"].sum())))
    return figures.attach(style.value_axis(ax, "x"), frame)


def _intervals(
    frame: pd.DataFrame, values: tuple[str, str, str], names: list[str], ax: Axes | None
) -> Axes:
    """A dot a row with the bounds of its interval."""
    ax = ax or draw.new(len(frame))
    places, colour = range(len(frame)), draw.colours()[0]
    value, low, high = (frame[name] for name in values)
    ax.hlines(places, low, high, color=colour, linewidth=1.0, alpha=0.7, zorder=1)
    draw.dots(ax, places, value, color=colour)
    draw.rows(ax, names)
    ax.set_xlim(left=0)
    return ax


def _name(frame: pd.DataFrame, side: str) -> str:
    """Name of a group in the language chosen."""
    value = str(frame[side].iloc[0])
    key = "label.rest" if value == "rest" else f"{_LABELS.get(frame['by'].iloc[0])}.{value}"
    known = {row["key"] for row in rules.load("labels")}
    return translate(key) if key in known else style.escape(value)
