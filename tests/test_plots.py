"""Plots: frame in, Axes out; the marks drawn are the numbers given; both languages."""

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import corpus
from govtext.core import rules
from govtext.pipeline.build import build
from govtext.pipeline.tables import load
from govtext.show import plots, style
from govtext.show.plots import draw

REPORTS = ["one", "two"]


def frame(**columns):
    names = {
        "report_id": REPORTS,
        "year": [2012, 2013],
        "label_en": REPORTS,
        "label_zh": ["甲 2012", "乙 $3"],
    }
    return pd.DataFrame(names | columns)


def parts():
    names = corpus.part_names()
    rows = frame().merge(pd.Series(names, name="part"), how="cross")
    rows["characters"] = range(len(rows))
    rows["quantities"] = 1
    rows["share"] = rows["characters"] / rows.groupby("report_id")["characters"].transform("sum")
    rows["density"] = (1000 * rows["quantities"] / rows["characters"]).where(rows["characters"] > 0)
    return rows


CASES = {
    "coverage": pd.DataFrame(
        {"body": ["甲市", "乙县", None], "admin_level": ["prefecture", "county", "county"],
         "year": [2012, 2013, 2014], "n_reports": [1, 1, 1]}
    ),
    "removed": frame(rule=["breadcrumb", "share"], strings=[1, 2], characters=[30, 4]),
    "headings": frame(level=[1, 2], n=[6, 3]),
    "parts": parts(),
    "density": parts(),
    "identity": frame(field=["title", "year"], source=["title", "none"]),
}  # fmt: skip


@pytest.mark.parametrize("language", style.LANGUAGES)
@pytest.mark.parametrize("name", sorted(CASES))
def test_every_plot_draws_in_both_languages(name, language):
    style.use_style(language)
    before = CASES[name].copy()
    ax = getattr(plots, name)(CASES[name])
    ax.figure.canvas.draw()
    assert ax.get_title(loc="left")
    assert CASES[name].equals(before)


@pytest.mark.parametrize("name", sorted(CASES))
def test_nothing_drawn_leaves_the_figure(name):
    style.use_style("en")
    ax = getattr(plots, name)(CASES[name])
    ax.figure.canvas.draw()
    width, height = ax.figure.canvas.get_width_height()
    low, high = ax.get_xlim()
    ticks = [tick.label1 for tick in ax.xaxis.get_major_ticks() if low <= tick.get_loc() <= high]
    texts = [*ticks, *ax.get_yticklabels(), ax.title, ax._left_title]
    texts += [text for legend in ax.figure.legends for text in legend.get_texts()]
    for text in texts:
        if text.get_text():
            box = text.get_window_extent()
            assert box.x0 >= -1, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.x1 <= width + 1, text.get_text()
            assert box.y1 <= height + 1, text.get_text()


def test_every_rule_that_removes_has_a_label():
    silent = ("keep", "body", "token")
    found = {row["rule"] for row in rules.load("furniture") if row["scope"] not in silent}
    for language in style.LANGUAGES:
        style.use_style(language)
        for rule in found | {"tail_label", "duplicate_title"}:
            assert style.translate(f"rule.{rule}")


def test_the_bars_are_the_numbers():
    style.use_style("en")
    ax = plots.removed(CASES["removed"])
    assert sorted(bar.get_width() for bar in ax.patches if bar.get_width()) == [4, 30]


def test_a_part_that_is_absent_has_no_mark():
    style.use_style("en")
    ax = plots.density(CASES["density"])
    drawn = sum(len(points.get_offsets()) for points in ax.collections)
    assert drawn == CASES["density"]["density"].notna().sum() < len(CASES["density"])


def test_no_line_joins_different_bodies():
    style.use_style("en")
    assert list(plots.coverage(CASES["coverage"]).lines) == []


def test_one_axes_for_another():
    import matplotlib.pyplot as plt

    style.use_style("en")
    ax = plt.subplots()[1]
    assert plots.headings(CASES["headings"], ax=ax) is ax


def test_a_hundred_reports_still_fit():
    style.use_style("en")
    many = [f"report {number}" for number in range(100)]
    table = pd.DataFrame(
        {"report_id": many, "label_en": many, "label_zh": many, "level": 1, "n": 3}
    )
    assert plots.headings(table).figure.get_size_inches()[1] <= 14


def test_a_body_of_no_known_level_is_drawn_too():
    style.use_style("en")
    ax = plots.coverage(CASES["coverage"].assign(admin_level=["prefecture", None, None]))
    assert sum(len(points.get_offsets()) for points in ax.collections) == 3


def test_more_rules_than_colours_are_all_drawn(monkeypatch):
    style.use_style("en")
    monkeypatch.setattr(draw, "translate", lambda key: key)
    names = [f"rule {number:02d}" for number in range(30)]
    table = pd.concat([frame(rule=name, strings=1, characters=2) for name in names])
    assert sum(bar.get_width() for bar in plots.removed(table).patches) == 2 * 30 * len(REPORTS)


@pytest.mark.parametrize("text", ["", "今天天气好。\n"])  # an empty file is rejected
def test_a_study_with_little_in_it_is_drawn(tmp_path, text):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "\U0001f600 note.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    study = load(tmp_path / "out")
    style.use_style("zh")
    axes = [
        plots.coverage(gt.coverage(study)),
        plots.removed(corpus.removed(study)),
        plots.identity(corpus.identity(study)),
        plots.headings(corpus.headings(study)),
        plots.parts(corpus.parts(study)),
        plots.density(corpus.parts(study)),
        plots.rates(gt.rates(study)),
        plots.findings(corpus.findings(study)),
        plots.themes(gt.emphasis.theme_shares(study)),
        plots.agreement(gt.emphasis.coder_agreement(study)),
    ]
    for ax in axes:
        ax.figure.draw_without_rendering()


def test_long_names_of_metrics_are_set_in_lines_of_words():
    style.use_style("en", width="column")
    rows = frame(body=["甲市", "乙县"], series="public_inquiries", status="number", value=[1, 2])
    rows["break"] = False
    titles = [ax.get_title(loc="left") for ax in plots.trends(rows).figure.axes]
    label = plots.metrics.metric_label("public_inquiries")
    assert " ".join(titles[0].split()) == f"{label} (n = 2)"
    assert "\n" in titles[0]
