"""Figures of topics: their words, their shares, and how sure they are by k and by size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.show import figures, style
from govtext.show.plots import draw
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WORDS = 8
_LINES = {"nmf": "-", "lda": "--"}
_MEASURES = ("stability", "ceiling", "chance", "report_stability", "seed_stability")
_ENOUGH = 0.8
_PALE = 0.35
_WIDE = 22
_ACROSS = 3


def topic_words(words: pd.DataFrame, topics: pd.DataFrame) -> Axes:
    """First words of each topic by weight, a panel a topic; pale where resamples lose them.

    Parameters
    ----------
    words : pandas.DataFrame
        `TopicStudy.words`.
    topics : pandas.DataFrame
        `TopicStudy.topics`, for the labels.
    """
    import matplotlib.pyplot as plt

    numbers = list(topics["topic"])
    rows = -(-len(numbers) // _ACROSS)
    figure, axes = plt.subplots(rows, _ACROSS, figsize=(6.8, 0.95 + 1.75 * rows), squeeze=False)
    labels = topic_labels(topics)
    for place, ax in enumerate(axes.flat):
        if place >= len(numbers):
            ax.set_axis_off()
            continue
        own = words[words["topic"] == numbers[place]].nsmallest(_WORDS, "rank")
        bars = ax.barh(range(len(own)), own["weight"], height=0.7, color=_colour(place))
        for bar, kept in zip(bars, own["kept"], strict=True):
            bar.set_alpha(1.0 if kept >= 0.5 else _PALE)
        draw.rows(ax, list(own["word"]))
        ax.set_title(style.escape(labels[numbers[place]]), fontsize=8)
        ax.tick_params(labelsize=7)
        style.value_axis(ax, "x")
    figure.suptitle(translate("title.topic_words"), x=0.01, ha="left", fontsize=10)
    drawn = f"{topics['n_boot'].max():.0f}"
    _note(figure, [translate("note.kept").format(n=drawn), _unstable(topics)])
    return figures.attach(axes.flat[0], words)


def topic_shares(shares: pd.DataFrame, topics: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of each report's characters that the topics have, with 95% bootstrap intervals."""
    labels = topic_labels(topics)
    numbers = list(topics["topic"])
    ax = ax or draw.new(len(numbers) + 2, row=0.5)
    percent = _percent(shares)
    values = ["share", "low", "high"]
    draw.by_report(ax, percent, shares["topic"].map(numbers.index), values, apart=True)
    draw.rows(ax, [labels[topic] for topic in numbers])
    ax.set_xlim(left=0)
    _share_axis(ax, topics)
    ax.set_title(translate("title.topic_shares").format(n=shares["report_id"].nunique()))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), shares)


def topic_groups(shares: pd.DataFrame, topics: pd.DataFrame, *, by: str = "part") -> Axes:
    """Share of the topics by part, year or level, a panel a topic; reports in brackets.

    Intervals are clustered by report, and drawn where a group has enough of them.

    Parameters
    ----------
    shares : pandas.DataFrame
        `TopicStudy.group_shares`.
    topics : pandas.DataFrame
        `TopicStudy.topics`, for the labels.
    by : {"all", "part", "year", "admin_level"}
        Which groups to draw, below a row of all reports.
    """
    import matplotlib.pyplot as plt

    own = shares[shares["by"].isin(["all", by])]
    numbers, labels = list(topics["topic"]), topic_labels(topics)
    counts = dict(zip(own["group"], own["n_reports"], strict=True))
    names = [f"{_group(by, group)} ({count})" for group, count in counts.items()]
    lines = -(-len(numbers) // _ACROSS)
    figure, axes = plt.subplots(
        lines,
        _ACROSS,
        figsize=(6.8, 0.7 + lines * (0.7 + 0.26 * len(names))),
        sharey=True,
        squeeze=False,
    )
    for place, ax in enumerate(axes.flat):
        if place >= len(numbers):
            ax.set_axis_off()
            continue
        topic = numbers[place]
        rows = _percent(own[own["topic"] == topic])
        at = range(len(rows))
        ax.hlines(at, rows["low"], rows["high"], color=_colour(place), linewidth=1.2)
        draw.dots(ax, at, rows["share"], color=_colour(place))
        ax.set_title(_wrapped(labels[topic]), fontsize=7)
        ax.set_xlim(0, 100)
        style.value_axis(ax, "x")
    draw.rows(axes.flat[0], names)
    total = int(own.loc[own["by"] == "all", "n_reports"].max())
    title = translate(f"title.topic_groups.{by}").format(n=total)
    figure.suptitle(title, x=0.01, ha="left", fontsize=10)
    _note(figure, [translate("axis.topic_share"), _unstable(topics)])
    return figures.attach(axes.flat[0], own)


def topic_stability(comparison: pd.DataFrame, *, k: int | None = None) -> Axes:
    """Coherence by the number of topics for both models, and the stability of each beside it.

    Stability stands between what chance gives and what the size of the corpus allows; the chosen k
    is marked, and the bars are standard errors.
    """
    import matplotlib.pyplot as plt

    models = list(dict.fromkeys(comparison["model"]))
    figure, axes = plt.subplots(1, 1 + len(models), figsize=(6.8, 3.4))
    first, *rest = axes
    for place, (model, rows) in enumerate(comparison.groupby("model", sort=False)):
        line: dict[str, Any] = {"color": _colour(place), "linestyle": _LINES.get(str(model), "-")}
        first.errorbar(
            rows["k"], rows["coherence"], rows["coherence_se"], label=str(model).upper(), **line
        )
    first.set_title(translate("measure.coherence"), fontsize=8)
    first.legend(fontsize=7, loc="lower right")
    for ax, model in zip(rest, models, strict=True):
        rows = comparison[comparison["model"] == model]
        for place, measure in enumerate(_MEASURES):
            label = translate(f"measure.{measure}")
            error = rows["stability_se"] if measure == "stability" else None
            ax.errorbar(
                rows["k"], rows[measure], error, marker=".", color=_colour(place), label=label
            )
        ax.set_ylim(0, 1.03)
        ax.set_title(f"{model.upper()}: {translate('axis.jaccard')}", fontsize=8)
    for ax in axes:
        ax.set_xlabel("k")
        ax.set_xticks(sorted(set(comparison["k"])))
        if k:
            ax.axvline(k, color=style.INK, linewidth=0.6, linestyle=":")
    title = translate("title.topic_stability").format(n=int(comparison["n_paragraphs"].max()))
    figure.suptitle(title, x=0.01, ha="left", fontsize=10)
    draw.legend(rest[0])
    return figures.attach(first, comparison)


def topic_sizes(sizes: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Stability by the number of paragraphs, and 0.80, from which on nine of ten words stay."""
    ax = ax or draw.new(6)
    colour = _colour(0)
    ax.fill_between(sizes["n_paragraphs"], sizes["low"], sizes["high"], color=colour, alpha=0.2)
    ax.plot(sizes["n_paragraphs"], sizes["stability"], color=colour, marker=".")
    ax.axhline(_ENOUGH, color=style.INK, linewidth=0.6, linestyle=":")
    ax.set_xscale("log", base=2)
    pairs = zip(sizes["n_paragraphs"], sizes["n_reports"], strict=True)
    ax.set_xticks(
        list(sizes["n_paragraphs"]),
        [f"{paragraphs:,}\n({reports})" for paragraphs, reports in pairs],
    )
    ax.minorticks_off()
    ax.set_ylim(0, 1)
    ax.set_xlabel(translate("axis.paragraphs"))
    ax.set_ylabel(translate("axis.jaccard"))
    first = sizes.iloc[0]
    title = translate("title.topic_sizes").format(k=int(first["k"]), n=int(first["n_boot"]))
    ax.set_title(title)
    return figures.attach(style.value_axis(ax, "y"), sizes)


def topic_labels(topics: pd.DataFrame) -> dict[int, str]:
    """Number and label of each topic in the language chosen; a dagger where it is unstable."""
    column = topics[f"label_{style.language()}"]
    rows = zip(topics["topic"], column, topics["verdict"], strict=True)
    return {
        topic: f"{topic} {label}{' †' if verdict == 'unstable' else ''}"
        for topic, label, verdict in rows
    }


def _colour(place: int) -> str:
    return draw.colours()[place % len(draw.colours())]


def _percent(shares: pd.DataFrame) -> pd.DataFrame:
    return shares.assign(**{name: 100 * shares[name] for name in ("share", "low", "high")})


def _group(by: str, group: str) -> str:
    """Name of a group in the language chosen."""
    kind = {"part": "part", "admin_level": "level"}.get(by)
    if group == "all":
        return translate("axis.all_reports")
    if group == "unknown":
        return translate("source.none")
    return translate(f"{kind}.{group}") if kind else style.escape(str(group))


def _wrapped(label: str) -> str:
    """A label over two lines, broken at the space nearest to its middle."""
    spaces = [place for place, mark in enumerate(label) if mark == " "]
    if len(label) < _WIDE or not spaces:
        return style.escape(label)
    nearest = min(spaces, key=lambda place: abs(place - len(label) // 2))
    return f"{style.escape(label[:nearest])}\n{style.escape(label[nearest + 1 :])}"


def _unstable(topics: pd.DataFrame) -> str:
    """What the dagger means, where there is one."""
    return translate("note.unstable") if (topics["verdict"] == "unstable").any() else ""


def _share_axis(ax: Axes, topics: pd.DataFrame) -> None:
    words = [translate("axis.topic_share"), _unstable(topics)]
    ax.set_xlabel("   ".join(word for word in words if word))


def _note(figure: Any, words: list[str]) -> None:
    """A line below all panels."""
    figure.supxlabel("   ".join(word for word in words if word), fontsize=8)
