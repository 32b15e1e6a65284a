"""Figures of wording: words that tell groups apart, their spread, sentences and their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import groups
from govtext.core import regions, rules
from govtext.show import figures, style
from govtext.show.plots import boxes, draw, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_LABELS = {"part": "part", "admin_level": "level", "government_level": "level"}
_SURE = 0.05
_PALE = 0.35


def keyness(frame: pd.DataFrame, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Bars of the `top` words on either side by z of their log-odds, with their counts.

    Full bars are words whose `p_permuted` is below 0.05; pale ones are not, or have none. Words of
    grammar and names of places are tested and not drawn.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `language.keyness` gives.
    top : int
        Most words on either side.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    words = frame[frame["word"].map(_tells)]
    above, below = words[words["z"] > 0], words[words["z"] < 0]
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
    draw.axis_words(ax, translate("axis.z"))
    sides_named = {side: _name(frame, side) for side in ("target", "reference")}
    title = translate("title.keyness").format(n=f"{frame['word'].notna().sum():,}", **sides_named)
    draw.entitle(ax, title)
    if shown.empty:
        draw.nothing(ax)
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
    draw.axis_words(ax, translate("axis.dp_norm"))
    title = translate("title.dispersion").format(n=f"{len(frequent):,}", least=min_count)
    draw.entitle(ax, title)
    if shown.empty:
        draw.nothing(ax)
    return figures.attach(style.value_axis(ax, "x"), shown)


def readability(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Mean characters a sentence of each report, with 95% bootstrap intervals; of many boxes.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `language.readability` gives. A report without sentences keeps its row, without a mark.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A row a report, or whose boxes there are; of more than 12 reports the years and levels.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    n = f"{len(frame):,}"
    if sizes.of(frame, by) != "each":
        drawn = groups.grouped(frame, sizes.kinds(by, (groups.WHOLE, "year", "level")))
        ax = boxes.by_group(drawn, "chars_per_sentence", ax=ax)
        words = f"{translate('axis.chars_per_sentence')}; {translate('note.boxes')}"
        draw.axis_words(ax, words)
        draw.entitle(ax, translate("title.readability_groups").format(n=n))
        return figures.attach(style.value_axis(ax, "x"), drawn)
    values = "chars_per_sentence", "chars_per_sentence_low", "chars_per_sentence_high"
    counts = zip(draw.names(frame), frame["n_sentences"], strict=True)
    ax = _intervals(frame, values, [f"{name} ({n:.0f})" for name, n in counts], ax)
    draw.axis_words(ax, translate("axis.chars_per_sentence"))
    draw.entitle(ax, translate("title.readability").format(n=n))
    return figures.attach(style.value_axis(ax, "x"), frame)


def quantification(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of the sentences with a quantity by part or report, with 95% Wilson intervals.

    What has fewer than five sentences is pale.
    """
    values = "share", "share_low", "share_high"
    shown = frame.assign(**{name: 100 * frame[name] for name in values})
    parts = "part" in shown
    names = [translate(f"part.{part}") for part in shown["part"]] if parts else draw.names(shown)
    counts = zip(names, shown["n_sentences"], strict=True)
    few = [n < groups.LEAST for n in shown["n_sentences"]]
    ax = _intervals(shown, values, [f"{name} ({n:,})" for name, n in counts], ax, few)
    draw.axis_words(ax, translate("axis.quantified"))
    n = int(shown["n_sentences"].sum())
    draw.entitle(ax, translate("title.quantification").format(n=f"{n:,}"))
    return figures.attach(style.value_axis(ax, "x"), frame)


def _intervals(
    frame: pd.DataFrame,
    values: tuple[str, str, str],
    names: list[str],
    ax: Axes | None,
    few: Sequence[bool] = (),
) -> Axes:
    """A dot a row with the bounds of its interval, pale where there are few."""
    ax = ax or draw.new(len(frame))
    places, colour = range(len(frame)), draw.colours()[0]
    value, low, high = (frame[name] for name in values)
    depth = [_PALE if pale else 1.0 for pale in few] or [1.0] * len(frame)
    ax.hlines(places, low, high, color=colour, linewidth=1.0, alpha=0.7, zorder=1)
    draw.dots(ax, places, value, color=colour, alpha=depth)
    draw.rows(ax, names)
    ax.set_xlim(left=0)
    return ax


def _tells(word: object) -> bool:
    """True for a word that may say what a text is about: none of grammar, and no place."""
    if not isinstance(word, str) or word in _grammar():
        return False
    return len(word) > 1 and not regions.called(word)


@rules.cached
def _grammar() -> frozenset[str]:
    return frozenset(row["word"] for row in rules.load("stopwords"))


def _name(frame: pd.DataFrame, side: str) -> str:
    """Name of a group in the language chosen."""
    if frame.empty:
        return "–"
    value = str(frame[side].iloc[0])
    key = "label.rest" if value == "rest" else f"{_LABELS.get(frame['by'].iloc[0])}.{value}"
    known = {row["key"] for row in rules.load("labels")}
    return translate(key) if key in known else style.escape(value)
