"""Figures of topics: their words, their shares, and how sure they are by k and by size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.show import figures, style
from govtext.show.plots import draw, multiples, sizes
from govtext.show.plots import shares as many
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WORDS = 8
_LINES = {"nmf": "-", "lda": "--"}
_MEASURES = ("stability", "ceiling", "chance", "report_stability", "seed_stability")
_ENOUGH = 0.8
_PALE = 0.35
_NARROW = 5.0
_GROUPS = ("all", "part", "year", "admin_level")


def topic_words(words: pd.DataFrame, topics: pd.DataFrame) -> Axes:
    """First words of each topic by weight, a panel a topic; pale where resamples lose them.

    Parameters
    ----------
    words : pandas.DataFrame
        `TopicStudy.words`.
    topics : pandas.DataFrame
        `TopicStudy.topics`, for the labels.
    """
    numbers = list(topics["topic"])
    figure, axes = multiples.grid(len(numbers), height=1.75)
    labels = topic_labels(topics)
    drawn = words[words["topic"].isin(numbers) & (words["rank"] <= _WORDS)]
    for place, (topic, ax) in enumerate(zip(numbers, axes, strict=False)):
        own = drawn[drawn["topic"] == topic].nsmallest(_WORDS, "rank")
        bars = ax.barh(range(len(own)), own["weight"], height=0.7, color=_colour(place))
        for bar, kept in zip(bars, own["kept"], strict=True):
            bar.set_alpha(1.0 if kept >= 0.5 else _PALE)
        draw.rows(ax, list(own["word"]))
        multiples.head(ax, labels[topic], names=multiples.names_width(ax))
        ax.set_xlim(0, 1.05 * float(drawn["weight"].max()))
        ax.tick_params(labelsize=7)
        style.value_axis(ax, "x")
    draw.entitle_all(figure, translate("title.topic_words"))
    if not numbers:
        draw.nothing(axes[0])
    n = f"{topics['n_boot'].max():.0f}" if numbers else "0"
    _note(figure, [translate("note.kept").format(n=n), _unstable(topics)])
    return figures.attach(axes[0], words)


def topic_shares(
    shares: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    by: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Share of each report's characters that the topics have; of more than 12 tiles, then groups.

    Parameters
    ----------
    shares : pandas.DataFrame
        `TopicStudy.topic_shares`.
    topics : pandas.DataFrame
        `TopicStudy.topics`, for the labels.
    by : {"report", "year", "level", "province", "form"}, optional
        A mark a report with 95% bootstrap intervals over its paragraphs, or means of groups with
        bootstrap intervals over bodies.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    labels = topic_labels(topics)
    numbers = list(topics["topic"])
    if sizes.of(shares, by) != "each":
        return many.of_many(shares, "topic", labels, "title.topic_shares", by=by, ax=ax)
    ax = ax or draw.new(len(numbers) + 2, row=0.5)
    percent = _percent(shares)
    values = ["share", "low", "high"]
    draw.by_report(ax, percent, shares["topic"].map(numbers.index), values, apart=True)
    draw.rows(ax, [labels[topic] for topic in numbers])
    ax.set_xlim(left=0)
    _share_axis(ax, topics)
    draw.entitle(ax, translate("title.topic_shares").format(n=shares["report_id"].nunique()))
    if not numbers:
        draw.nothing(ax)
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
    by = "admin_level" if by == "level" else by
    if by not in _GROUPS:
        raise ValueError(f"by is {by!r}; it can be {', '.join(map(repr, _GROUPS))} or 'level'")
    own = shares[shares["by"].isin(["all", by])]
    numbers, labels = list(topics["topic"]), topic_labels(topics)
    counts = dict(zip(own["group"], own["n_reports"], strict=True))
    names = [f"{_group(by, group)} ({count:,})" for group, count in counts.items()]
    figure, axes = multiples.grid(len(numbers), height=0.7 + 0.26 * len(names), sharey=True)
    draw.rows(axes[0], names)
    wide = multiples.names_width(axes[0], 8.0)
    for place, (topic, ax) in enumerate(zip(numbers, axes, strict=False)):
        rows = _percent(own[own["topic"] == topic])
        at = range(len(rows))
        ax.hlines(at, rows["low"], rows["high"], color=_colour(place), linewidth=1.2)
        draw.dots(ax, at, rows["share"], color=_colour(place))
        multiples.head(ax, labels[topic], names=wide, shared=True)
        ax.set_xlim(0, 100)
        style.value_axis(ax, "x")
    total = int(own.loc[own["by"] == "all", "n_reports"].max()) if len(own) else 0
    draw.entitle_all(figure, translate(f"title.topic_groups.{by}").format(n=f"{total:,}"))
    if not numbers:
        draw.nothing(axes[0])
    _note(figure, [translate("axis.topic_share"), _unstable(topics)])
    return figures.attach(axes[0], own)


def topic_stability(comparison: pd.DataFrame, *, k: int | None = None) -> Axes:
    """Coherence by the number of topics for both models, and the stability of each beside it.

    Stability stands between what chance gives and what the size of the corpus allows; the chosen k
    is marked, and the bars are standard errors.
    """
    import matplotlib.pyplot as plt

    models = list(dict.fromkeys(comparison["model"]))
    wide = (1, 1 + len(models)) if style.width() >= _NARROW else (1 + len(models), 1)
    size = (style.width(), 3.4 if wide[0] == 1 else 1.2 + 2.2 * wide[0])
    figure, axes = plt.subplots(*wide, figsize=size, squeeze=False)
    first, *rest = axes.flat
    for place, (model, rows) in enumerate(comparison.groupby("model", sort=False)):
        line: dict[str, Any] = {"color": _colour(place), "linestyle": _LINES.get(str(model), "-")}
        first.errorbar(
            rows["k"], rows["coherence"], rows["coherence_se"], label=str(model).upper(), **line
        )
    first.set_title(translate("measure.coherence"), fontsize=8)
    if models:
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
    for ax in axes.flat:
        ax.set_xlabel("k")
        ax.set_xticks(sorted(set(comparison["k"])))
        if k:
            ax.axvline(k, color=style.INK, linewidth=0.6, linestyle=":")
    n = int(comparison["n_paragraphs"].max()) if len(comparison) else 0
    draw.entitle_all(figure, translate("title.topic_stability").format(n=f"{n:,}"))
    if rest:
        draw.legend(rest[0])
    else:
        draw.nothing(first)
    return figures.attach(first, comparison)


def topic_sizes(sizes: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Stability by the number of paragraphs, and 0.80, from which on nine of ten words stay."""
    ax = ax or draw.new(6)
    colour = _colour(0)
    if len(sizes):
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
    draw.axis_words(ax, translate("axis.paragraphs"))
    ax.set_ylabel(translate("axis.jaccard"))
    k, n = (int(sizes[name].max()) if len(sizes) else 0 for name in ("k", "n_boot"))
    draw.entitle(ax, translate("title.topic_sizes").format(k=k, n=n))
    if sizes.empty:
        draw.nothing(ax)
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


def _unstable(topics: pd.DataFrame) -> str:
    """What the dagger means, where there is one."""
    return translate("note.unstable") if (topics["verdict"] == "unstable").any() else ""


def _share_axis(ax: Axes, topics: pd.DataFrame) -> None:
    words = [translate("axis.topic_share"), _unstable(topics)]
    draw.axis_words(ax, "   ".join(word for word in words if word))


def _note(figure: Any, words: list[str]) -> None:
    """A line below all panels."""
    multiples.below(figure, "   ".join(word for word in words if word))
