"""One value of a metric in a report, whoever asks; one set of rates; one choice of reports."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from scipy.stats import binomtest

import govtext as gt
from govtext.analyse import corpus, covariates, funnels
from govtext.analyse.reuse.control import contrast
from govtext.analyse.settle import Claim, may_be_one
from govtext.analyse.topics import composition
from govtext.core import intervals, rules
from govtext.pipeline.build import build
from govtext.pipeline.counted import counted, counted_reports
from govtext.show import plots, style
from tests.test_panel import REPORTS, made, one, report, seen

CASES = Path(__file__).parent / "cases"
TEXT = (
    "南京市2013年政府信息公开工作年度报告\n一、概述\n{body}\n二、主动公开政府信息情况\n"
    "全年主动公开政府信息{n}条。通过网站公开12条。\n三、存在的问题\n公开不够及时。人员不足。\n"
)


def built(folder, texts):
    (folder / "in").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    build(folder / "in", folder / "out", progress=lambda line: None)
    return gt.load(folder / "out")


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Two reports, and one of them three times."""
    one = TEXT.format(body="本年度工作有序推进。", n=40)
    other = TEXT.format(body="公开目录编制完成。", n=55).replace("南京", "苏州")
    texts = {"a.txt": one, "b.txt": other, "a-copy.txt": one, "a-copy2.txt": one + "\n"}
    return built(tmp_path_factory.mktemp("copies"), texts)


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    """The same two reports without copies."""
    one = TEXT.format(body="本年度工作有序推进。", n=40)
    other = TEXT.format(body="公开目录编制完成。", n=55).replace("南京", "苏州")
    return built(tmp_path_factory.mktemp("single"), {"a.txt": one, "b.txt": other})


# One value.


def test_the_total_column_is_the_number_everywhere(tmp_path):
    (tmp_path / "in").mkdir()
    shutil.copy(CASES / "35_total_column.html", tmp_path / "in")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    study = gt.load(tmp_path / "out")
    stated = one(gt.stated(study), metric="requests_received")
    assert (stated["value"], stated["status"], stated["source"]) == (50, "number", "table")
    assert set(gt.panel(study, "requests_received")["value"]) == {50}
    assert one(gt.panel(study), series="requests_received")["value"] == 50
    duty = one(gt.duties.statutory_contents(study), duty="on_request")
    assert study.reports["text"][0][duty["start"] : duty["end"]].endswith("50")


def test_what_a_report_states_is_what_its_panel_holds():
    rows = [
        seen("d", "requests_received", 13_612.0, applicant="natural_person", start=3),
        seen("d", "requests_received", 14_069.0, applicant="total", start=30),
        seen("d", "results_total", 9.0), seen("d", "results_total", 9.0, source="text", start=1),
        seen("d", "result_granted", None, status="blank"),
        seen("b", "replies_total", 5.0, flags="component"),
    ]  # fmt: skip
    study = made(REPORTS, rows)
    stated = gt.stated(study).set_index(["report_id", "metric"])
    panel = gt.panel(study).dropna(subset="report_id").set_index(["report_id", "series"])
    assert len(stated) == len(panel) == len(REPORTS) * 4
    for key, row in stated.iterrows():
        same = panel.loc[key]
        assert (row["status"], row["reason"]) == (same["status"], same["reason"])
        assert row["value"] == same["value"] or (pd.isna(row["value"]) and pd.isna(same["value"]))
    assert stated.loc[("d", "requests_received"), "value"] == 14_069


def test_kinds_of_applicants_without_a_total_are_parts():
    rows = [seen("d", "requests_received", 3.0, applicant="natural_person"),
            seen("d", "requests_received", 4.0, applicant="enterprise", start=9)]  # fmt: skip
    row = one(gt.stated(made(REPORTS[3:], rows)), metric="requests_received")
    assert (row["status"], pd.isna(row["value"])) == ("parts_only", True)
    assert row["reason"] == "stated for natural_person, enterprise and not in all"


@pytest.mark.parametrize("flags", ["", "conflict", "restated"])
def test_no_choice_between_two_tables(flags):
    rows = [seen("d", "results_total", 50.0), seen("d", "results_total", 500.0, flags=flags)]
    study = made(REPORTS[3:], rows)
    for row in (gt.panel(study, "results_total").iloc[0], gt.stated(study).iloc[0]):
        assert (row["status"], pd.isna(row["value"])) == ("conflict", True)
        assert "50 and 500" in row["reason"]


def test_two_tables_of_a_page_that_state_one_metric(tmp_path):
    page = (CASES / "35_total_column.html").read_text(encoding="utf-8")
    table = page[page.index("<table>") :]
    other = table.replace("<td>3</td><td>40</td>", "<td>3</td><td>490</td>")
    other = other.replace("<td>50</td>", "<td>500</td>")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(page + other, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    row = one(gt.stated(gt.load(tmp_path / "out")), metric="requests_received")
    assert (row["status"], row["reason"]) == (
        "conflict", "stated as 50 and 500, and nothing says which",
    )  # fmt: skip


def test_of_prose_that_differs_nothing_is_chosen_in_silence():
    rows = [seen("d", "trainings", 50.0, source="text"),
            seen("d", "trainings", 600.0, source="text", qualifier="approx", start=9)]  # fmt: skip
    row = gt.stated(made(REPORTS[3:], rows)).iloc[0]
    assert (row["status"], "50 and approx 600" in row["reason"]) == ("conflict", True)
    rows[1]["value"] = 60.0
    row = gt.stated(made(REPORTS[3:], rows)).iloc[0]
    assert (row["value"], row["reason"]) == (50, "50 before approx 60")


# May it be the same number?


def claimed(value, qualifier="exact", text="", **more):
    words = {"status": "number", "unit": "", "source": "text", "applicant": "", "quote": ""}
    place = {"section_id": "1", "start": 0, "end": 1, "flags": frozenset()}
    return Claim(value=value, qualifier=qualifier, text=text, **(words | place | more))


@pytest.mark.parametrize(
    ("one_claim", "other", "same"),
    [
        (claimed(600, "approx", "600"), claimed(9000), False),
        (claimed(600, "approx", "600"), claimed(650), True),
        (claimed(600, "approx", "600余"), claimed(590), False),
        (claimed(600, "approx", "600", below=True), claimed(640), False),
        (claimed(600, "at_least", "600"), claimed(9000), True),
        (claimed(140_000, "exact", "14万"), claimed(143_000), True),
        (claimed(143_000, "exact", "143000"), claimed(143_001), False),
        (claimed(None), claimed(5), False),
    ],
)
def test_what_may_be_the_same_number(one_claim, other, same):
    assert may_be_one(one_claim, other) is same
    assert may_be_one(other, one_claim) is same


def test_a_rough_number_in_prose_that_is_far_off_differs_from_the_table():
    reports = [report("d", 2021, text="约600件，9000")]
    rows = [
        seen("d", "results_total", 9000.0, start=6, end=10),
        seen("d", "results_total", 600.0, source="text", qualifier="approx", start=1, end=4),
    ]
    row = one(gt.panel(made(reports, rows), "results_total"))
    assert (row["value"], row["prose_differs"], row["prose_value"]) == (9000, True, 600)
    assert row["reason"] == "the prose says approx 600, the table 9,000"


def test_prose_that_says_two_things_is_not_settled_by_the_one_that_fits():
    rows = [seen("d", "results_total", 69.0), seen("d", "results_total", 69.0, source="text"),
            seen("d", "results_total", 70.0, source="text", start=9)]  # fmt: skip
    row = one(gt.panel(made(REPORTS[3:], rows), "results_total"))
    assert (row["value"], row["prose_differs"]) == (69, True)
    assert "the prose says 69 and 70" in row["reason"]


# One set of rates.


def test_each_rate_has_one_name_and_one_meaning():
    rows = rules.load("derived")
    names = {}
    for row in rows:
        names.setdefault(row["rate"], set()).add((row["en"], row["zh"]))
    assert all(len(labels) == 1 for labels in names.values())
    assert len({labels for (labels,) in map(tuple, names.values())}) == len(names)
    assert "rates" not in rules.names()


def test_granted_of_replies_and_granted_of_requests_are_two_rates():
    rows = [seen("b", metric, value) for metric, value in (
        ("replies_granted", 14.0), ("replies_already_public", 0.0), ("replies_total", 20.0),
        ("requests_received", 27.0))]  # fmt: skip
    frame = gt.rates(made(REPORTS[1:2], rows)).set_index("rate")
    assert frame.loc["granted", "share"] == 0.7
    assert frame.loc["granted_of_received", "share"] == 14 / 27
    assert (
        frame.loc["granted_of_received", "definition"] == "(replies_granted) / (requests_received)"
    )


def test_both_figures_of_rates_draw_the_same_shares():
    rows = [seen("d", metric, value) for metric, value in (
        ("result_granted", 3.0), ("result_partial", 1.0), ("results_total", 8.0))]  # fmt: skip
    frame = gt.rates(made(REPORTS[3:], rows))
    shares = sorted(100 * frame["share"].dropna())
    style.use_style("en")
    ranked = plots.rates(frame)
    assert sorted(x for dots in ranked.collections for x, _ in dots.get_offsets() if x) >= shares
    years = plots.rates_over_years(frame).figure.axes
    assert len([ax for ax in years if ax.axison]) == len(shares)


# Which reports count.


def test_copies_do_not_narrow_an_interval(copies, single):
    assert len(copies.reports) == 4
    assert list(counted(copies).reports["report_id"]) == ["a", "b"]
    measures = (
        gt.emphasis.theme_shares, lambda study: gt.emphasis.theme_shares(study, "part"),
        gt.emphasis.substance, gt.emphasis.candour, gt.emphasis.promises, gt.emphasis.theme_ranges,
        gt.emphasis.theme_conclusions, gt.emphasis.kwic, gt.language.quantification,
        gt.language.readability, gt.language.dispersion, gt.stated, gt.duties.statutory_contents,
        gt.duties.timeliness, corpus.parts, corpus.headings, corpus.findings,
    )  # fmt: skip
    for measure in measures:
        pd.testing.assert_frame_equal(measure(copies), measure(single), check_dtype=False)
    values = ["body", "year", "series", "value", "status"]
    pd.testing.assert_frame_equal(gt.panel(copies)[values], gt.panel(single)[values])
    assert set(gt.coverage(copies)["state"]) == {"present", "duplicate"}
    assert len(corpus.corpus(copies)) == len(corpus.identity(copies)["report_id"].unique()) == 4


def test_the_first_copy_counts_where_the_original_is_not_there():
    table = pd.DataFrame({"report_id": ["c", "b", "x"], "duplicate_of": ["a", "a", None]})
    assert list(counted_reports(table)["report_id"]) == ["b", "x"]
    more = pd.concat([table, pd.DataFrame({"report_id": ["a"], "duplicate_of": [None]})])
    assert list(counted_reports(more)["report_id"]) == ["x", "a"]


def test_a_study_without_copies_is_itself(single):
    assert counted(single) is single


# Intervals, and rows that are not lost.


@pytest.mark.parametrize(("count", "total"), [(0, 5), (5, 5), (3, 40), (1, 1)])
def test_wilson_is_that_of_scipy(count, total):
    known = binomtest(count, total).proportion_ci(method="wilson")
    assert intervals.wilson(count, total) == pytest.approx((known.low, known.high))
    assert intervals.share(count, total)[0] == count / total
    assert np.isnan(intervals.share(0, 0)).all()


def test_a_share_of_zero_has_an_upper_bound(copies):
    frame = gt.emphasis.theme_shares(copies)
    none = frame[frame["n_coded"] == 0]
    assert len(none)
    assert (none["share_low"] == 0).all()
    assert (none["share_high"] > 0).all()
    bound = intervals.wilson(0, none["n_sentences"].iloc[0])[1]
    assert none["share_high"].iloc[0] == pytest.approx(bound)
    silent = frame[frame["n_hits"] == 0]
    assert (silent["per_1000_high"] > 0).all()


def test_a_topic_that_no_paragraph_has_is_not_surely_absent():
    loadings = pd.DataFrame({
        "report_id": "r", "section_id": "1", "part": "other", "start": [0, 0, 50, 50],
        "end": [50, 50, 150, 150], "topic": [1, 2, 1, 2], "loading": [1.0, 0.0, 1.0, 0.0],
    })  # fmt: skip
    frame = composition.shares(loadings).set_index("topic")
    worth = intervals.effective([50, 100])
    assert frame.loc[2, "share"] == 0
    assert frame.loc[2, "high"] == pytest.approx(intervals.wilson(0, worth)[1], abs=1e-6)


def test_a_group_that_is_not_known_is_a_group():
    masses = pd.DataFrame({
        "report_id": ["a", "b"], "part": "other", "topic": 1, "n_paragraphs": 1, "n_chars": 10,
        "mass": [5.0, 10.0], "admin_level": ["county", None],
    })  # fmt: skip
    frame = composition.group_shares(masses, "admin_level")
    assert list(frame["admin_level"]) == ["county", "unknown"]
    assert frame["n_reports"].sum() == 2


def test_a_report_of_no_known_body_is_in_the_panel_and_the_rates():
    reports = [
        report("known", 2021),
        report("lost", 2021, issuer=None, code=None, identity_reason="issuer=no name in it"),
        report("undated", None, identity_reason="year=none is named"),
        report("again", 2021, issuer=None, code=None, duplicate_of="lost"),
    ]
    rows = [seen(name, metric, value) for name in ("known", "lost", "undated")
            for metric, value in (("results_total", 8.0), ("result_granted", 2.0))]  # fmt: skip
    study = made(reports, rows)
    panel = gt.panel(study)
    assert set(panel["report_id"]) == {"known", "lost", "undated"}
    row = one(panel, report_id="lost", series="results_total")
    assert (row["body"], row["value"]) == ("? lost", 8)
    assert row["reason"] == "no issuer: no name in it"
    shares = gt.rates(study).query("rate == 'granted'").set_index("report_id")["share"]
    assert shares["lost"] == 0.25
    assert one(panel, report_id="undated", series="results_total")["value"] == 8
    assert set(gt.panel(study, "replies")["report_id"]) == {"known", "lost", "undated"}
    style.use_style("en")
    for ax in (plots.panel(panel), plots.trends(panel), plots.rates(gt.rates(study)),
               plots.rates_over_years(gt.rates(study))):  # fmt: skip
        ax.figure.canvas.draw()


def test_reports_without_sentences_keep_their_row(single):
    left = single.themes["report_id"] != "b"
    bare = replace(single, themes=single.themes[left])
    assert set(gt.emphasis.theme_shares(bare)["report_id"]) == {"a", "b"}
    assert one(gt.emphasis.candour(bare), report_id="b")["n_sentences"] == 0
    shares = gt.emphasis.theme_shares(bare)
    assert shares.loc[shares["report_id"] == "b", "share"].isna().all()
    style.use_style("en")
    plots.themes(shares).figure.canvas.draw()
    plots.theme_ranges(gt.emphasis.theme_ranges(bare)).figure.canvas.draw()
    plots.readability(gt.language.readability(bare)).figure.canvas.draw()


# Marks stand where they belong.


def test_marks_stand_on_their_year_and_what_is_missing_never_at_zero():
    reports = [report(f"{body}{year}", year, issuer=f"{body}局")
               for body in "甲乙丙" for year in (2021, 2023)]  # fmt: skip
    rows = [seen(f"{body}{year}", "results_total", value) for body, year, value in (
        ("甲", 2021, 5.0), ("乙", 2021, 0.0), ("丙", 2023, 7.0))]  # fmt: skip
    style.use_style("en")
    for draw in (plots.panel, plots.trends):
        ax = draw(gt.panel(made(reports, rows)))
        marks = [each for each in ax.collections if isinstance(each, PathCollection)]
        points = [tuple(map(float, xy)) for dots in marks for xy in dots.get_offsets()]
        assert {x for x, _ in points} <= {2021.0, 2022.0, 2023.0}
        assert sorted(y for _, y in points if y >= 0) == [0, 5, 7]
        assert len({y for _, y in points if y < 0}) == 2  # a row for not stated, one for no report
        assert ax.get_ylim()[0] < min(y for _, y in points)
        assert all(tick >= 0 for tick in ax.get_yticks())


def test_a_theme_that_nobody_speaks_of_has_no_sure_difference():
    reports = np.repeat([f"r{n:02d}" for n in range(12)], 2)
    units = pd.DataFrame({"report_id": reports, "reused": [True, False] * 12, "weight": 1.0})
    values = pd.DataFrame({"fees": [True, False] * 12, "plans": False})
    frame = contrast(units, values).set_index("name")
    assert frame.loc["fees", ["low", "high"]].notna().all()
    assert frame.loc["plans", "difference"] == 0
    assert frame.loc["plans", ["low", "high"]].isna().all()


def test_reports_left_out_of_an_association_are_counted():
    shares = pd.DataFrame({
        "report_id": list("abcde"), "topic": 1, "share": [0.1, 0.2, 0.3, 0.4, 0.5],
        "year": [2010, 2011, 2012, 2013, 2014], "body": ["甲", "乙", "丙", "丁", None],
    })  # fmt: skip
    row = covariates.association(shares).iloc[0]
    assert (row["n_reports"], row["n_left_out"], row["n_bodies"]) == (4, 1, 4)


@pytest.mark.parametrize(("pooled", "value"), [(1.0, 1.0), (0.99, 1.0), (0.0, 0.0), (0.01, 0.0)])
def test_a_body_at_the_edge_where_most_are_is_not_beyond_the_limits(pooled, value):
    for n in (1, 5, 40):
        curves = funnels.limits(pooled, n, n)
        assert (curves["low_99.8"] <= value).all()
        assert (curves["high_99.8"] >= value).all()


def test_limits_above_are_those_below_of_the_other_cases():
    above, below = funnels.limits(0.8, 3, 500), funnels.limits(0.2, 3, 500)
    for level in ("95", "99.8"):
        assert above[f"high_{level}"] == pytest.approx(1 - below[f"low_{level}"])
        assert (above[f"low_{level}"] < above[f"high_{level}"]).all()


def test_a_body_far_from_the_rest_is_beyond_and_those_at_one_hundred_per_cent_are_not():
    rates = pd.DataFrame(
        [("replied", f"b{n}", f"r{n}", 50, 50) for n in range(20)]
        + [("replied", "odd", "x", 5, 50)],
        columns=["rate", "body", "report_id", "numerator", "denominator"],
    )
    rates["share"] = rates["numerator"] / rates["denominator"]
    found = funnels.funnel(rates)
    assert found.loc[found["beyond"], "body"].to_list() == ["odd"]
    alike = funnels.funnel(rates[rates["body"] != "odd"])
    assert not alike["beyond"].any()
