"""Validation: fair samples, scores that a hand can check, gold that agrees with `make accuracy`."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PathCollection

from govtext.pipeline import places, tables
from govtext.pipeline.build import build
from govtext.pipeline.tables import load
from govtext.show import plots, style
from govtext.validate import draw_sample, gold, gold_faults, gold_scores, score_sample
from tests.cases import examples

REPORT = (
    "某某县{year}年政府信息公开工作年度报告\n一、依申请公开政府信息情况\n"
    "{year}年共收到政府信息公开申请{n}件,接待来访群众1,200人。检查工地35处;植树40棵。\n"
    "二、收费情况\n全年未收取任何费用。\n三、人员情况\n组织政府信息公开工作培训3次,修路7处。\n"
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "in").mkdir()
    for number in range(8):
        text = REPORT.format(year=2010 + number, n=12 + number)
        (folder / "in" / f"r{number}.txt").write_text(text, encoding="utf-8")
    (folder / "in" / "r9.txt").write_text(
        REPORT.format(year=2010, n=12) + "\n\n", encoding="utf-8"
    )  # a copy of r0
    build(folder / "in", folder / "out", progress=lambda line: None)
    return load(folder / "out")


def everything(study):
    return draw_sample(study, 10_000)


def sheet(*rows):
    """Rows of (kind, metric, right, true_metric, true_value, stratum, stratum_size)."""
    names = ["kind", "metric", "right", "true_metric", "true_value", "stratum", "stratum_size"]
    frame = pd.DataFrame(rows, columns=names)
    frame.insert(0, "sample_id", [f"s{number}" for number in range(1, len(frame) + 1)])
    return frame


FILLED = sheet(
    *[("observation", "trainings", "yes", "", "", "o", 40)] * 3,
    ("observation", "trainings", "no", "", "", "o", 40),
    *[("silent", "", "Yes ", "", "", "s", 100)] * 9,
    ("silent", "", "no", "trainings", "3", "s", 100),
)


def test_the_population_is_what_was_found_and_what_was_passed_over(study):
    drawn = everything(study)
    machine = study.observations[study.observations["report_id"] != "r9"]
    assert (drawn["kind"] == "observation").sum() == len(machine) > 0
    silent = drawn.loc[drawn["kind"] == "silent", "quote"]
    assert set(silent) == {"接待来访群众1,200人", "检查工地35处", "植树40棵", "修路7处"}
    assert len(silent) == 4 * 8
    assert "r9" not in set(drawn["report_id"]), "a copy would count twice"


def test_every_quote_is_verbatim(study):
    texts = study.reports.set_index("report_id")["text"]
    for row in everything(study).itertuples():
        text = texts[row.report_id]
        assert row.quote in text
        assert text[row.start : row.end] in row.context
        assert row.context in text
        if row.kind == "silent":
            assert text[row.start : row.end] == row.quote


@settings(max_examples=examples(40, 15))
@given(
    n=st.integers(1, 80),
    seed=st.integers(0, 5),
    by=st.sampled_from([("metric",), ("year",), "report_id", ("metric", "year"), ()]),
    shuffle=st.integers(0, 1000),
)
def test_a_sample_is_fair(study, n, seed, by, shuffle):
    sample = draw_sample(study, n, by=by, seed=seed)
    whole = draw_sample(study, 10_000, by=by, seed=seed)
    mixed = replace(
        study,
        **{
            name: getattr(study, name).sample(frac=1, random_state=shuffle)
            for name in ("reports", "observations", "quantities")
        },
    )
    pd.testing.assert_frame_equal(sample, draw_sample(mixed, n, by=by, seed=seed))
    assert len(sample) == min(n, len(whole))
    assert not sample.duplicated(["kind", "report_id", "start", "end", "metric"]).any()
    strata = sample.drop_duplicates("stratum")
    if len(strata) > 2 or n > 3:
        assert strata["stratum_size"].sum() == len(whole), "everything has a chance to be drawn"
    if n >= whole["stratum"].nunique():
        assert set(sample["stratum"]) == set(whole["stratum"])
    drawn = sample["stratum"].value_counts()
    for stratum, size in strata.set_index("stratum")["stratum_size"].items():
        assert drawn[stratum] <= size
        assert drawn[stratum] <= max(1, size * n / len(whole) + 1), "no more than its share"


def test_another_seed_draws_another_sample(study):
    first, second = (draw_sample(study, 10, seed=seed) for seed in (1, 2))
    assert list(first["quote"]) != list(second["quote"])
    assert list(first["quote"]) == list(draw_sample(study, 10, seed=1)["quote"])


def test_every_row_is_drawn_about_as_often(study):
    counts = pd.concat(
        draw_sample(study, 14, by=(), seed=seed)[["report_id", "start", "metric"]]
        for seed in range(60)
    ).value_counts()
    assert len(counts) == len(everything(study))
    assert counts.max() < 5 * counts.min() + 10


def test_wrong_arguments_are_named(study):
    with pytest.raises(ValueError, match="n is 0"):
        draw_sample(study, 0)
    with pytest.raises(ValueError, match="'colour'"):
        draw_sample(study, 5, by=("metric", "colour"))


def test_a_study_without_anything_gives_an_empty_sample(study):
    empty = replace(study, observations=study.observations[:0], quantities=study.quantities[:0])
    assert draw_sample(empty, 5).empty


def test_corrected_observations_are_not_drawn(study):
    flags = ["corrected"] * len(study.observations)
    corrected = replace(study, observations=study.observations.assign(flags=flags))
    assert set(everything(corrected)["kind"]) == {"silent"}


def test_the_spreadsheet_opens_in_excel_and_comes_back(study, tmp_path):
    text = study.reports["text"].str.replace("植树40棵", "=1+40棵")
    hostile = replace(study, reports=study.reports.assign(text=text))
    sample = draw_sample(hostile, 10_000, path=tmp_path / "样本.csv")
    data = (tmp_path / "样本.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=1+40棵" in data.decode("utf-8-sig")
    assert ",=1+40" not in data.decode("utf-8-sig")
    (tmp_path / "excel.csv").write_bytes(data.decode("utf-8-sig").encode("gb18030"))
    (tmp_path / "longer.csv").write_bytes(data + b",,\n\n,,,,,,,,,,,,,,,,,,,,,,\n")
    for name in ("样本.csv", "excel.csv", "longer.csv"):
        pd.testing.assert_frame_equal(score_sample(tmp_path / name), score_sample(sample))


def test_scores_that_were_worked_out_by_hand():
    """30 right of 40 in all; 1 of 10 silent clauses stands for 10 missed ones: 30 / (30 + 10)."""
    table = score_sample(FILLED).set_index("metric")
    assert list(table.index) == ["trainings", "all"]
    for metric in table.index:
        row = table.loc[metric]
        assert (row["judged"], row["right"], row["judged_silent"]) == (4, 3, 10)
        assert row["precision"] == pytest.approx(0.75)
        # Wilson: 3 of 4 is 0.3006 to 0.9544, 1 of 10 is 0.0179 to 0.4042
        assert row["precision_low"] == pytest.approx(0.3006, abs=5e-5)
        assert row["precision_high"] == pytest.approx(0.9544, abs=5e-5)
        assert row["missed"] == pytest.approx(10)
        assert row["recall"] == pytest.approx(0.75)
        assert row["recall_low"] == pytest.approx(30 / (30 + 40.42), abs=1e-4)
        assert row["recall_high"] == pytest.approx(30 / (30 + 1.79), abs=1e-4)


def test_a_stratum_counts_by_its_size_and_not_by_its_rows():
    rows = sheet(
        ("observation", "trainings", "yes", "", "", "large", 90),
        ("observation", "budget", "no", "", "", "small", 10),
    )
    table = score_sample(rows).set_index("metric")
    assert table.loc["all", "precision"] == pytest.approx(0.9)
    assert table.loc["budget", "precision"] == 0
    # 100² / (90² + 10²) = 1.22 rows of equal weight: the interval is wider than that of two
    assert table.loc["all", "precision_high"] - table.loc["all", "precision_low"] > 0.7


def test_what_was_misread_was_missed_too():
    rows = sheet(
        *[("observation", "trainings", "yes", "", "", "o", 40)] * 2,
        ("observation", "trainings", "no", "meetings", "", "o", 40),
        ("observation", "trainings", "no", "", "5", "o", 40),
        *[("silent", "", "yes", "", "", "s", 50)] * 5,
    )
    table = score_sample(rows).set_index("metric")
    assert table.loc["all", "recall"] == pytest.approx(20 / (20 + 20))
    assert table.loc["trainings", "missed"] == pytest.approx(10)
    assert table.loc["meetings", "recall"] == 0
    assert pd.isna(table.loc["meetings", "precision"])


def test_a_clause_may_hide_several_metrics():
    rows = sheet(
        ("observation", "trainings", "yes", "", "", "o", 1),
        ("silent", "", "no", "meetings; budget", "", "s", 1),
    )
    table = score_sample(rows).set_index("metric")
    assert list(table["missed"]) == [1, 1, 0, 1]


def test_an_unfilled_row_is_counted_and_named_and_claims_nothing(study):
    rows = FILLED.copy()
    rows.loc[[0, 5], "right"] = ["", " "]
    table = score_sample(rows).set_index("metric")
    assert table.loc["all", "unfilled"] == 2
    assert table.loc["all", "note"] == "not filled in: s1, s6"
    assert table.loc["trainings", "unfilled"] == 1
    assert table.loc["all", "precision"] == pytest.approx(2 / 3)
    untouched = score_sample(draw_sample(study, 30)).set_index("metric").loc["all"]
    assert untouched["unfilled"] == 30
    assert pd.isna(untouched["precision"])
    assert pd.isna(untouched["recall"])
    assert untouched["note"].endswith("and 20 more")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("right", "maybe", r"s2 \(row 3 of the sheet\): right is 'maybe'"),
        ("true_metric", "培训", r"s2 .* true_metric is '培训'"),
        ("stratum_size", "many", r"s2 .* stratum_size is 'many'"),
        ("stratum_size", "0", r"s2 .* stratum_size is '0'"),
        ("kind", "other", r"s2 .* kind is 'other'"),
    ],
)
def test_a_wrong_cell_is_named(column, cell, said):
    rows = FILLED.astype(object)
    rows.loc[1, column] = cell
    with pytest.raises(ValueError, match=said):
        score_sample(rows)


def test_a_sheet_of_something_else_is_named(tmp_path):
    with pytest.raises(ValueError, match="no column right"):
        score_sample(FILLED.drop(columns="right"))
    (tmp_path / "x.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(ValueError, match="neither UTF-8 nor GB18030"):
        score_sample(tmp_path / "x.csv")


@settings(max_examples=examples(60, 20))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["observation", "silent"]),
            st.sampled_from(["yes", "no", ""]),
            st.sampled_from(["", "trainings", "budget"]),
            st.sampled_from(["a", "b"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_a_score_lies_in_its_interval(answers):
    rows = sheet(
        *[
            (kind, "trainings" if kind == "observation" else "", right, true, "", kind + name, 30)
            for kind, right, true, name in answers
        ]
    )
    for row in score_sample(rows).to_dict("records"):
        for measure in ("precision", "recall"):
            low, value, high = (
                row[name] for name in (f"{measure}_low", measure, f"{measure}_high")
            )
            assert pd.isna(value) or 0 <= low <= value + 1e-9 <= high + 2e-9 <= 1 + 3e-9


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """The shipped reports, read without their manifest."""
    folder = tmp_path_factory.mktemp("gold")
    (folder / "in").mkdir()
    for path in (places.project() / "data" / "raw").glob("*.txt"):
        (folder / "in" / path.name).write_bytes(path.read_bytes())
    build(folder / "in", folder / "out", progress=lambda line: None)
    return load(folder / "out")


def test_gold_scores_are_those_of_make_accuracy(annotated):
    from tests import accuracy

    recall, precision = accuracy.observations()
    whole = gold_scores(annotated).set_index("part").loc["all"]
    assert (whole["required"], whole["given"]) == (recall.n, precision.n)
    assert (whole["missed"], whole["extra"]) == (len(recall.misses), len(precision.misses))
    recall, precision = accuracy.quantities()
    numbers = gold_scores(annotated, by="what").set_index("what").loc["quantity"]
    assert (numbers["missed"], numbers["extra"]) == (len(recall.misses), len(precision.misses))


@pytest.mark.parametrize("by", ["part", "metric", "admin_level", "form", "report_id"])
def test_groups_add_up(annotated, by):
    table = gold_scores(annotated, by=by).set_index(by)
    for name in ("required", "found", "missed", "given", "right", "extra"):
        assert table[name].drop("all").sum() == table.loc["all", name]
    assert table.loc["all", "required"] > 60
    assert table.loc["all", "reports"] == 5


def test_a_lost_and_an_invented_observation_are_listed(annotated):
    renamed = annotated.observations.copy()
    target = renamed[renamed["metric"] == "website_visits"].index[0]
    renamed.loc[target, "metric"] = "budget"
    faults = gold_faults(replace(annotated, observations=renamed))
    before = gold_faults(annotated)
    assert len(faults) == len(before) + 2
    assert ("missed", "website_visits") in set(zip(faults["fault"], faults["metric"], strict=True))
    assert ("extra", "budget") in set(zip(faults["fault"], faults["metric"], strict=True))


def test_a_study_without_annotated_reports_has_no_scores(study):
    assert gold_scores(study).empty
    assert gold_faults(study).empty
    assert "precision" in gold_scores(study, by="metric").columns
    plots.validation(gold_scores(study))
    with pytest.raises(ValueError, match="'colour'"):
        gold_scores(study, by="colour")


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_the_figure_draws_the_numbers_it_is_given(annotated, language):
    style.use_style(language)
    frame = gold_scores(annotated)
    ax = plots.validation(frame)
    ax.figure.canvas.draw()
    marks = [each for each in ax.collections if isinstance(each, PathCollection)]
    recall, precision = (each.get_offsets() for each in marks)
    assert [x for x, _ in recall] == pytest.approx(list(100 * frame["recall"].dropna()))
    assert [x for x, _ in precision] == pytest.approx(list(100 * frame["precision"].dropna()))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[-1].endswith(f"({frame['required'].iloc[-1]} | {frame['given'].iloc[-1]})")


def test_what_people_annotated_stays_shown_beside_a_study_of_ones_own(annotated, tmp_path):
    assert gold.annotated(annotated) is annotated
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("今天天气好。\n", encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    other = tables.load(tmp_path / "out")
    assert gold.annotated(other).folder == places.own_study()
    assert not gold_scores(gold.annotated(other)).empty
    assert score_sample(draw_sample(other, 20))["judged"].sum() == 0
    style.use_style("en")
    frame = gold_scores(annotated)
    sample = pd.DataFrame({"metric": ["requests_received", "all"], "judged": 8, "judged_silent": 9})
    for name in ("recall", "precision"):
        sample = sample.assign(**{name: 0.9, f"{name}_low": 0.7, f"{name}_high": 0.97})
    drawn = plots.drawn(plots.validation(frame, sample=sample))
    assert len(drawn) == len(frame) + 2
