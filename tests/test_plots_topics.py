"""Plots of topics: frame in, Axes out; the marks drawn are the numbers given; both languages."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection

from govtext.show import plots, style

REPORTS = {"one": "甲市 2012", "two": "乙县 $3", "three": "丙局 2014"}
TOPICS = pd.DataFrame(
    {
        "topic": [1, 2, 3, 4],
        "label_en": ["Organisation and assessment", "Fees", "A $5 topic", "Requests and replies"],
        "label_zh": ["组织领导与考核", "收费", "话题 $5", "依申请公开与答复"],
        "verdict": ["stable", "unstable", "pattern", "unstable"],
        "n_boot": 20,
    }
)
MARKS = ["", " †", "", " †"]


def words():
    rows = [
        (topic, rank, f"词语{'甲乙丙丁戊己庚辛壬癸'[rank - 1]}", 0.1 / topic / rank)
        for topic in TOPICS["topic"]
        for rank in range(10, 0, -1)
    ]
    frame = pd.DataFrame(rows, columns=["topic", "rank", "word", "weight"])
    return frame.assign(kept=np.where(frame["rank"] > 3, 0.45, 0.5))


def shares():
    rows = [
        (report, report, label, topic, topic / 10, max(0.0, topic / 10 - 0.15), topic / 10 + 0.1)
        for report, label in REPORTS.items()
        for topic in TOPICS["topic"]
    ]
    names = ["report_id", "label_en", "label_zh", "topic", "share", "low", "high"]
    frame = pd.DataFrame(rows, columns=names)
    # A report of one paragraph has no interval.
    frame.loc[frame["report_id"] == "three", ["low", "high"]] = np.nan
    return frame


def comparison():
    frame = pd.DataFrame({"model": ["nmf"] * 3 + ["lda"] * 3, "k": [4, 5, 6] * 2})
    frame["coherence"] = [0.1, 0.2, 0.15, 0.05, -0.02, 0.1]
    frame["stability"] = [0.3, 0.2, 0.1, 0.4, 0.35, 0.3]
    frame["seed_stability"] = [1.0, 1.0, 0.9, 0.3, 0.3, 0.2]
    frame["chance"] = [0.2, 0.15, 0.1, 0.4, 0.3, 0.25]
    frame["ceiling"] = [0.5, 0.45, 0.5, 0.6, 0.55, 0.5]
    frame["report_stability"] = [0.6, 0.65, 0.6, 0.5, 0.5, 0.4]
    return frame.assign(coherence_se=0.02, stability_se=0.03, n_paragraphs=129)


def sizes():
    frame = pd.DataFrame({"times": [1, 2, 4], "n_paragraphs": [1300, 2600, 5200]})
    frame["n_reports"] = [5, 10, 20]
    frame["stability"] = [0.4, 0.6, 0.8]
    return frame.assign(k=4, n_boot=20, low=frame["stability"] - 0.2, high=frame["stability"] + 0.1)


def groups():
    rows = []
    for by, names in (("all", ["all"]), ("part", ["fees", "plans"]), ("year", ["2010"])):
        for number, group in enumerate(names):
            for topic in TOPICS["topic"]:
                share, few = topic / 10, number > 0
                bounds = (np.nan, np.nan) if few else (share - 0.05, share + 0.05)
                rows.append((by, group, topic, 7 - 4 * few, share, *bounds))
    names = ["by", "group", "topic", "n_reports", "share", "low", "high"]
    return pd.DataFrame(rows, columns=names)


CASES = {
    "topic_words": (words(), lambda frame: plots.topic_words(frame, TOPICS)),
    "topic_shares": (shares(), lambda frame: plots.topic_shares(frame, TOPICS)),
    "topic_stability": (comparison(), lambda frame: plots.topic_stability(frame, k=5)),
    "topic_sizes": (sizes(), plots.topic_sizes),
    "topic_groups": (groups(), lambda frame: plots.topic_groups(frame, TOPICS)),
}


def drawn(name, language="en"):
    style.use_style(language)
    frame, plot = CASES[name]
    ax = plot(frame)
    ax.figure.canvas.draw()
    return ax


def titles(figure):
    """Title of the figure, or of its one panel."""
    return figure.get_suptitle() or figure.axes[0].get_title(loc="left")


def texts(figure):
    """Every text of a figure that is within the limits of its panel."""
    found = [text for text in (figure._suptitle, figure._supxlabel) if text]
    found += [text for legend in figure.legends for text in legend.get_texts()]
    for ax in (ax for ax in figure.axes if ax.axison):
        found += [ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label]
        found += ax.get_legend().get_texts() if ax.get_legend() else []
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            low, high = sorted(limits)
            ticks = axis.get_major_ticks()
            found += [tick.label1 for tick in ticks if low <= tick.get_loc() <= high]
    return [text for text in found if text.get_text()]


@pytest.mark.parametrize("language", style.LANGUAGES)
@pytest.mark.parametrize("name", sorted(CASES))
def test_every_plot_draws_in_both_languages_and_leaves_its_frame_alone(name, language):
    before, topics = CASES[name][0].copy(), TOPICS.copy()
    assert titles(drawn(name, language).figure)
    pd.testing.assert_frame_equal(CASES[name][0], before)
    pd.testing.assert_frame_equal(TOPICS, topics)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_languages_say_it_in_other_words(name):
    english, chinese = (titles(drawn(name, language).figure) for language in ("en", "zh"))
    assert english.isascii()
    assert not chinese.isascii()


@pytest.mark.parametrize("language", style.LANGUAGES)
@pytest.mark.parametrize("name", sorted(CASES))
def test_nothing_drawn_leaves_the_figure(name, language):
    figure = drawn(name, language).figure
    width, height = figure.canvas.get_width_height()
    for text in texts(figure):
        box = text.get_window_extent()
        assert box.x0 >= -1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.x1 <= width + 1, text.get_text()
        assert box.y1 <= height + 1, text.get_text()


def test_a_panel_a_topic_with_its_first_words_downwards():
    figure = drawn("topic_words").figure
    panels = [ax for ax in figure.axes if ax.axison]
    assert len(panels) == len(TOPICS)
    for topic, ax in zip(TOPICS["topic"], panels, strict=True):
        bars = sorted(ax.patches, key=lambda bar: bar.get_window_extent().y0, reverse=True)
        expected = [0.1 / topic / rank for rank in range(1, 9)]
        assert [bar.get_width() for bar in bars] == pytest.approx(expected)
        labels = sorted(
            ax.get_yticklabels(), key=lambda text: text.get_window_extent().y0, reverse=True
        )
        assert [text.get_text()[-1] for text in labels] == list("甲乙丙丁戊己庚辛")


def test_panels_that_no_topic_fills_are_empty():
    figure = drawn("topic_words").figure
    assert [ax.axison for ax in figure.axes] == [True] * 4 + [False] * 2


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_topics_go_by_number_and_label(language):
    panels = [ax for ax in drawn("topic_words", language).figure.axes if ax.axison]
    rows = [text.get_text() for text in drawn("topic_shares", language).get_yticklabels()]
    expected = [
        style.escape(f"{number} {label}{mark}")
        for number, label, mark in zip(
            TOPICS["topic"], TOPICS[f"label_{language}"], MARKS, strict=True
        )
    ]
    titles = ["".join(ax.get_title(loc="left").split()) for ax in panels]
    assert titles == ["".join(name.split()) for name in expected]  # long ones on several lines
    assert rows == expected


def test_a_dot_a_share_in_the_row_of_its_topic():
    frame = CASES["topic_shares"][0]
    dots = [each for each in drawn("topic_shares").collections if isinstance(each, PathCollection)]
    assert len(dots) == len(REPORTS)
    for points, report in zip(dots, REPORTS, strict=True):
        places = points.get_offsets().tolist()
        rows = frame[frame["report_id"] == report]
        assert [value for value, _ in places] == pytest.approx((100 * rows["share"]).to_list())
        assert [round(place) + 1 for _, place in places] == rows["topic"].to_list()


def test_a_line_from_bound_to_bound_where_there_are_bounds():
    frame = CASES["topic_shares"][0]
    found = [each for each in drawn("topic_shares").collections if isinstance(each, LineCollection)]
    # What has no bounds is a segment without points.
    segments = [segment for lines in found for segment in lines.get_segments() if len(segment)]
    ends = sorted((start[0], end[0]) for start, end in segments)
    bounds = (100 * frame[["low", "high"]].dropna()).to_numpy().tolist()
    assert np.allclose(ends, sorted(bounds))


def test_many_reports_have_no_legend():
    style.use_style("en")
    frame = CASES["topic_shares"][0].query("report_id == 'one'")
    names = [f"report {number}" for number in range(13)]
    for count, legend in ((12, True), (13, False)):
        many = pd.concat([frame.assign(report_id=name, label_en=name) for name in names[:count]])
        ax = plots.topic_shares(many, TOPICS)
        assert bool(ax.get_legend() or ax.figure.legends) is legend


def test_one_axes_for_another():
    style.use_style("en")
    ax = plt.subplots()[1]
    assert plots.topic_shares(CASES["topic_shares"][0], TOPICS, ax=ax) is ax


def lines_of(ax):
    """Lines of a panel drawn with error bars, by label, and the bars."""
    return {
        each.get_label(): (each.lines[0], [bar.get_segments() for bar in each.lines[2]])
        for each in ax.containers
    }


def test_coherence_of_both_models_has_its_errors():
    frame = CASES["topic_stability"][0]
    first = drawn("topic_stability").figure.axes[0]
    lines = lines_of(first)
    for model, rows in frame.groupby("model"):
        line, (bars,) = lines[model.upper()]
        assert list(line.get_xdata()) == rows["k"].to_list()
        assert list(line.get_ydata()) == rows["coherence"].to_list()
        reach = [segment[1][1] - segment[0][1] for segment in bars]
        assert reach == pytest.approx((2 * rows["coherence_se"]).to_list())


def test_each_model_has_a_panel_with_stability_between_chance_and_ceiling():
    frame = CASES["topic_stability"][0]
    panels = drawn("topic_stability").figure.axes[1:]
    for ax, model in zip(panels, ["nmf", "lda"], strict=True):
        rows = frame[frame["model"] == model]
        lines = lines_of(ax)
        measures = ["stability", "ceiling", "chance", "report_stability", "seed_stability"]
        for measure in measures:
            line, _ = lines[style.translate(f"measure.{measure}")]
            assert list(line.get_ydata()) == rows[measure].to_list()
        assert len(lines) == len(measures)
        assert ax.get_title(loc="left").startswith(model.upper())


def test_the_number_chosen_is_marked_in_every_panel_and_only_where_one_was():
    for ax in drawn("topic_stability").figure.axes:
        assert [5, 5] in [list(line.get_xdata()) for line in ax.lines]
    style.use_style("en")
    for ax in plots.topic_stability(CASES["topic_stability"][0]).figure.axes:
        assert all(len(set(line.get_xdata())) > 1 for line in ax.lines if len(line.get_xdata()))


def test_words_that_resamples_lose_are_pale():
    figure = drawn("topic_words").figure
    for ax in (ax for ax in figure.axes if ax.axison):
        bars = sorted(ax.patches, key=lambda bar: bar.get_window_extent().y0, reverse=True)
        assert [bar.get_alpha() == 1 for bar in bars] == [True] * 3 + [False] * 5


def test_the_dagger_is_explained_only_where_there_is_one():
    style.use_style("en")
    words = CASES["topic_words"][0]
    calm = TOPICS.assign(verdict="stable")
    for topics, said in ((TOPICS, True), (calm, False)):
        ax = plots.topic_words(words, topics)
        assert ("†" in ax.figure.get_supxlabel()) is said
        shares = plots.topic_shares(CASES["topic_shares"][0], topics)
        assert ("†" in shares.get_xlabel()) is said


def test_sizes_have_a_band_and_the_paragraphs_and_reports_below():
    frame = CASES["topic_sizes"][0]
    ax = drawn("topic_sizes")
    line = ax.lines[0]
    assert list(line.get_xdata()) == frame["n_paragraphs"].to_list()
    assert list(line.get_ydata()) == frame["stability"].to_list()
    labels = [text.get_text() for text in ax.get_xticklabels()]
    assert labels == ["1,300\n(5)", "2,600\n(10)", "5,200\n(20)"]
    band = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == pytest.approx(frame["low"].min())
    assert band.max() == pytest.approx(frame["high"].max())


def test_groups_have_a_panel_a_topic_below_a_row_of_all_reports():
    frame = CASES["topic_groups"][0]
    axes = [ax for ax in drawn("topic_groups").figure.axes if ax.axison]
    assert len(axes) == len(TOPICS)
    names = [text.get_text() for text in axes[0].get_yticklabels()]
    assert names == ["all reports (7)", "fees (7)", "plans (3)"]
    for ax, topic in zip(axes, TOPICS["topic"], strict=True):
        dots = next(each for each in ax.collections if isinstance(each, PathCollection))
        own = frame[(frame["topic"] == topic) & frame["by"].isin(["all", "part"])]
        assert dots.get_offsets()[:, 0].tolist() == pytest.approx((100 * own["share"]).to_list())
        lines = next(each for each in ax.collections if isinstance(each, LineCollection))
        spans = [segment for segment in lines.get_segments() if np.isfinite(segment).all()]
        assert sum(len(segment) > 0 for segment in spans) == 2


def test_years_are_groups_too():
    style.use_style("en")
    ax = plots.topic_groups(CASES["topic_groups"][0], TOPICS, by="year")
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == ["all reports (7)", "2010 (7)"]
