"""Figures of topics: their words, their shares by report, and how k was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext import figures, style
from govtext.plots import draw
from govtext.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WORDS = 8
_LINES = {"nmf": "-", "lda": "--"}


def topic_words(words: pd.DataFrame, topics: pd.DataFrame) -> Axes:
    """First words of each topic by weight, a panel a topic.

    Parameters
    ----------
    words : pandas.DataFrame
        `TopicStudy.words`.
    topics : pandas.DataFrame
        `TopicStudy.topics`, for the labels.
    """
    import matplotlib.pyplot as plt

    numbers = list(topics["topic"])
    rows = -(-len(numbers) // 3)
    figure, axes = plt.subplots(rows, 3, figsize=(6.8, 0.7 + 1.75 * rows), squeeze=False)
    labels = topic_labels(topics)
    for place, ax in enumerate(axes.flat):
        if place >= len(numbers):
            ax.set_axis_off()
            continue
        own = words[words["topic"] == numbers[place]].nsmallest(_WORDS, "rank")
        colour = draw.colours()[place % len(draw.colours())]
        ax.barh(range(len(own)), own["weight"], height=0.7, color=colour)
        draw.rows(ax, list(own["word"]))
        ax.set_title(style.escape(labels[numbers[place]]), fontsize=8)
        ax.tick_params(labelsize=7)
        style.value_axis(ax, "x")
    figure.suptitle(translate("title.topic_words"), x=0.01, ha="left", fontsize=10)
    return figures.attach(axes.flat[0], words)


def topic_shares(shares: pd.DataFrame, topics: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of each report's characters that the topics have, with 95% bootstrap intervals."""
    labels = topic_labels(topics)
    numbers = list(topics["topic"])
    ax = ax or draw.new(len(numbers) + 2, row=0.5)
    values = ["share", "low", "high"]
    percent = shares.assign(**{name: 100 * shares[name] for name in values})
    draw.by_report(ax, percent, shares["topic"].map(numbers.index), values, apart=True)
    draw.rows(ax, [labels[topic] for topic in numbers])
    ax.set_xlim(left=0)
    ax.set_xlabel(translate("axis.topic_share"))
    ax.set_title(translate("title.topic_shares").format(n=shares["report_id"].nunique()))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), shares)


def topic_stability(comparison: pd.DataFrame, *, k: int | None = None) -> Axes:
    """Coherence and stability by the number of topics, for both models; the chosen k marked."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(6.8, 2.9))
    measures = ("coherence", "stability", "seed_stability")
    for ax, measure in zip(axes, measures, strict=True):
        for colour, (model, rows) in zip(draw.colours(), comparison.groupby("model"), strict=False):
            line: dict[str, Any] = {"color": colour, "linestyle": _LINES.get(str(model), "-")}
            ax.plot(
                rows["k"], rows[measure], marker="o", markersize=3, label=str(model).upper(), **line
            )
        if k:
            ax.axvline(k, color=style.INK, linewidth=0.6, linestyle=":")
        ax.set_title(translate(f"measure.{measure}"), fontsize=8)
        ax.set_xlabel("k")
    figure.suptitle(translate("title.topic_stability"), x=0.01, ha="left", fontsize=10)
    draw.legend(axes[0])
    return figures.attach(axes[0], comparison)


def topic_labels(topics: pd.DataFrame) -> dict[int, str]:
    """Number and label of each topic in the language chosen."""
    column = topics[f"label_{style.language()}"]
    return {topic: f"{topic} {label}" for topic, label in zip(topics["topic"], column, strict=True)}
