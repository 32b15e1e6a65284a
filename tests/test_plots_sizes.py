"""Every figure at 1, 5, 74 and 1,000 reports: nothing clipped or touching, n told."""

from inspect import signature

import matplotlib.pyplot as plt
import pytest
from matplotlib.collections import PathCollection
from matplotlib.text import Text

from govtext.analyse.groups import KINDS
from govtext.show import plots, style
from govtext.show.plots import sizes
from tests import sized_frames as frames

pytestmark = pytest.mark.usefixtures("settings_back")
SIZES = ((1, "zh"), (5, "en"), (30, "zh"), (74, "en"), (74, "zh"), (1000, "en"))
MOST_MARKS = 4000
TALLEST = 14.0
CASES = {
    "coverage": frames.coverage,
    "coverage_map": frames.coverage,
    "removed": frames.removed,
    "identity": frames.identity,
    "headings": frames.headings,
    "parts": frames.parts,
    "density": frames.parts,
    "status": frames.stated,
    "panel": frames.series,
    "trends": frames.panel,
    "rates": frames.rates,
    "rates_over_years": frames.rates,
    "duties": frames.duties,
    "findings": frames.findings,
    "things": frames.things,
    "agreement": frames.agreement,
    "coders": frames.coders,
    "themes": frames.themes,
    "part_themes": frames.part_themes,
    "theme_ranges": frames.themes,
    "substance": frames.substance,
    "topic_words": frames.topic_words,
    "topic_shares": frames.topic_shares,
    "topic_groups": frames.topic_groups,
    "topic_stability": frames.comparison,
    "topic_sizes": frames.topic_sizes,
    "keyness": frames.keyness,
    "dispersion": frames.dispersion,
    "readability": frames.readability,
    "quantification": frames.quantification,
    "reused": frames.reuse,
    "reused_pairs": frames.pairs,
    "validation": frames.scores,
    "by_group": frames.theme_groups,
    "breaks": frames.breaks,
    "diff": frames.diff,
}
UNTOLD = ("agreement", "coders", "identity", "topic_words")
"""Figures whose rows or notes say how many."""
MORE = {
    **dict.fromkeys(("topic_words", "topic_shares", "topic_groups"), lambda n: [frames.topics()]),
    "reused_pairs": lambda n: [frames.reuse(n)],
}
"""What a figure is drawn of beside its first frame."""


def drawn(name, n, language="en", width="page", **settings):
    style.use_style(language, width=width)
    more = MORE[name](n) if name in MORE else []
    ax = getattr(plots, name)(CASES[name](n), *more, **settings)
    ax.figure.canvas.draw()
    return ax


def words(figure):
    """Every text that is seen: titles, names of axes and ticks, legends, what stands in tiles."""
    found = [figure._suptitle, figure._supxlabel, figure._supylabel]
    found += [text for legend in figure.legends for text in legend.get_texts()]
    for ax in (ax for ax in figure.axes if ax.axison):
        found += [ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label, *ax.texts]
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            low, high = sorted(limits)
            ticks = (tick for tick in axis.get_major_ticks() if tick.label1.get_visible())
            found += [tick.label1 for tick in ticks if low <= tick.get_loc() <= high]
    return [text for text in found if isinstance(text, Text) and text.get_text().strip()]


def box(text):
    """What a text takes of the canvas, along its own line: corners for one that is slanted."""
    return text.get_window_extent()


def upright(found):
    return [text for text in found if text.get_rotation() in (0.0, 90.0)]


def touching(found):
    """Pairs of texts that overlap by more than a point."""
    boxes = [(text, box(text)) for text in upright(found)]
    slack = 1.5
    return [
        (one.get_text(), other.get_text())
        for at, (one, a) in enumerate(boxes)
        for other, b in boxes[at + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]


def marks(figure):
    """What a figure is drawn of: dots, bars, lines and tiles."""
    dots = sum(
        len(each.get_offsets())
        for ax in figure.axes
        for each in ax.collections
        if isinstance(each, PathCollection)
    )
    return dots + sum(len(ax.patches) + len(ax.lines) + len(ax.texts) for ax in figure.axes)


@pytest.mark.parametrize(("n", "language"), SIZES)
@pytest.mark.parametrize("name", sorted(CASES))
def test_a_figure_holds_at_any_size(name, n, language):
    figure = drawn(name, n, language).figure
    width, height = figure.canvas.get_width_height()
    found = words(figure)
    outside = [
        text.get_text()
        for text, at in ((text, box(text)) for text in found)
        if at.x0 < -1 or at.y0 < -1 or at.x1 > width + 1 or at.y1 > height + 1
    ]
    assert not outside
    assert not touching(found)
    assert marks(figure) <= MOST_MARKS
    assert figure.get_size_inches()[1] <= TALLEST
    title = figure.get_suptitle() or figure.axes[0].get_title(loc="left")
    assert any(mark.isdigit() for mark in title) or name in UNTOLD


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_frame_is_left_as_it_was(name):
    frame = CASES[name](74)
    before = frame.copy()
    style.use_style("en")
    getattr(plots, name)(frame, *(MORE[name](74) if name in MORE else []))
    assert frame.equals(before)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_figure_fits_a_column_of_a_journal(name):
    figure = drawn(name, 74, width="column").figure
    width = figure.canvas.get_width_height()[0]
    assert figure.get_size_inches()[0] == pytest.approx(style.WIDTHS["column"])
    assert not [text.get_text() for text in words(figure) if box(text).x1 > width + 1]


TAKES_BY = [
    name
    for name in sorted(CASES)
    if "by" in signature(getattr(plots, name)).parameters and name != "topic_groups"
]


@pytest.mark.parametrize("by", [*KINDS, "report"])
@pytest.mark.parametrize("name", TAKES_BY)
def test_any_group_can_be_asked_of_any_figure(name, by):
    style.use_style("en")
    more = MORE[name](5) if name in MORE else []
    ax = getattr(plots, name)(CASES[name](5), *more, by=by)
    found = plots.drawn(ax)
    assert len(found) or name == "reused_pairs"
    if "n_reports" in found:
        assert found["n_reports"].max() <= len(CASES[name](5))


def test_one_place_says_how_many_are_drawn_how():
    assert [sizes.of(n) for n in (1, 12, 13, 60, 61)] == [
        "each", "each", "spread", "spread", "groups",
    ]  # fmt: skip
    assert sizes.of(1000, "report") == "each"
    assert sizes.of(1, "province") == "groups"
    with pytest.raises(ValueError, match="'town'"):
        sizes.of(1, "town")


def test_the_numbers_drawn_of_many_reports_are_those_of_the_groups():
    ax = drawn("parts", 1000)
    found = plots.drawn(ax)
    assert {"by", "group", "n_reports", "n_bodies", "mean", "low", "high"} <= set(found)
    assert set(found["by"]) == {"all", "year", "level"}
    plt.close("all")


def test_the_groups_of_topics_are_those_that_were_made():
    style.use_style("en")
    with pytest.raises(ValueError, match="by is 'province'; it can be 'all'"):
        plots.topic_groups(frames.topic_groups(5), frames.topics(), by="province")


@pytest.mark.parametrize("n", [5, 74])
def test_where_nothing_was_removed_a_sentence_says_so(n):
    frame = frames.removed(n).drop_duplicates("report_id")
    ax = plots.removed(frame.assign(rule=None, strings=0, characters=0))
    assert style.translate("note.nothing").split()[0] in "".join(
        text.get_text() for text in ax.texts
    )
    plt.close("all")
