"""Panels: one row a body and year, no value that no observation holds, breaks and gaps marked."""

import csv
import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtext as gt
from govtext.analyse.panels import definitions
from govtext.analyse.proposals import propose
from govtext.core import rules
from govtext.core.intervals import wilson
from govtext.pipeline import tables
from govtext.pipeline.build import build
from govtext.show import plots, style
from tests.accuracy import ROOT
from tests.cases import every

SAMPLES = ROOT.parent / "shared" / "samples"
NUMBERS = ("number", "zero_by_negation")
FORM = "result_granted result_partial results_total".split()


def report(name, year, *, issuer="甲市某局", code="990100", form="table2021", **more):
    return {
        "report_id": name, "issuer": issuer, "region_code": code, "year": year, "form": form,
        "admin_level": "department", "government_level": "prefecture", "text": "",
        "identity_reason": "", **more,
    }  # fmt: skip


def seen(name, metric, value, *, status="number", source="table", flags="", **more):
    return {
        "report_id": name, "metric": metric, "value": value, "status": status, "unit": "request",
        "qualifier": "exact", "source": source, "section_id": "1", "start": 5, "end": 7,
        "applicant": "", "flags": flags, **more,
    }  # fmt: skip


def made(reports, observations=(), rejects=(), folder=None):
    """Study of some rows, every other table empty."""
    given = {"reports": reports, "observations": list(observations), "rejects": list(rejects)}
    frames = {name: tables.frame(name, given.get(name, [])) for name in tables.names()}
    return tables.Study(folder or ROOT / "nowhere", **frames)


def one(frame, **wanted):
    """The row of a frame that has some cells."""
    found = frame
    for column, cell in wanted.items():
        found = found[found[column] == cell]
    assert len(found) == 1, found
    return found.iloc[0]


# What every panel must keep, on any observations at all.

names = st.sampled_from(["a", "b", "c", "d"])
observations = st.builds(
    seen,
    names,
    st.sampled_from([*FORM, "replies_granted", "replies_total", "requests_received"]),
    st.one_of(st.none(), st.integers(0, 9).map(float)),
    source=st.sampled_from(["text", "table"]),
    flags=st.sampled_from(["", "component", "cumulative", "prior_year", "conflict", "corrected"]),
    qualifier=st.sampled_from(["exact", "approx", "at_least"]),
    start=st.integers(0, 99),
    applicant=st.sampled_from(["", "total", "natural_person"]),
)


def whole(row):
    """An observation that can be: an empty cell has no value, and everything else has one."""
    if row["value"] is None:
        return row | {"status": "blank"}
    zero = row["value"] == 0 and row["source"] == "text"
    return row | {"status": "zero_by_negation" if zero else "number"}


REPORTS = [
    report("a", 2012, form="local_table"), report("b", 2016, form="table2014"),
    report("c", 2019, form="table2019"), report("d", 2021, signed_on="2022-01-20"),
]  # fmt: skip


@given(st.lists(observations.map(whole), max_size=25))
def test_no_value_that_no_observation_holds(rows):
    study = made(REPORTS, rows)
    own = {
        (row["report_id"], row["metric"], row["value"], row["start"])
        for row in rows
        if row["applicant"] != "natural_person"
        and row["flags"] not in ("component", "cumulative", "prior_year")
    }
    for frame in (gt.panel(study), *(gt.panel(study, name) for name in ("granted", "replies"))):
        for row in frame[frame["value"].notna()].to_dict("records"):
            parts = re.findall(r"([a-z_]+)=([0-9.,]+)@([0-9]+):", row["made_of"])
            values = [float(value.replace(",", "")) for _, value, _ in parts]
            assert sum(values) == row["value"]
            assert "+".join(name for name, _, _ in parts) == row["metrics"]
            for (name, _, start), value in zip(parts, values, strict=True):
                assert (row["report_id"], name, value, int(start)) in own


@given(st.lists(observations.map(whole), max_size=25))
def test_zero_none_blank_and_absent_stay_apart(rows):
    frame = gt.panel(made(REPORTS, rows), "replies")
    assert (frame["value"].notna() == frame["status"].isin(NUMBERS)).all()
    assert (frame["value"].isna() | (frame["report_id"].notna())).all()
    assert (frame.loc[frame["status"] == "zero_by_negation", "value"] == 0).all()
    assert set(frame["year"]) == set(range(2012, 2022))
    assert (frame.loc[frame["report_id"].isna(), "status"] == "no_report").all()


@given(st.lists(observations.map(whole), max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_the_tables_does_not_matter(rows, random):
    mixed, reports = list(rows), list(REPORTS)
    random.shuffle(mixed)
    random.shuffle(reports)
    given, shuffled = made(REPORTS, rows), made(reports, mixed)
    exact = ["value", "status", "year", "body", "break", "reason"]
    for what in (None, "granted"):
        left, right = gt.panel(given, what), gt.panel(shuffled, what)
        pd.testing.assert_frame_equal(left[exact], right[exact])
    columns = ["rate", "body", "year", "share", "status"]
    pd.testing.assert_frame_equal(gt.rates(given)[columns], gt.rates(shuffled)[columns])


@given(st.lists(observations.map(whole), max_size=25))
def test_a_share_is_of_its_parts_and_never_over_one(rows):
    frame = gt.rates(gt.panel(made(REPORTS, rows)))
    known = frame[frame["share"].notna()]
    assert (known["status"] == "rate").all()
    assert known["share"].between(0, 1).all()
    for row in known.to_dict("records"):
        assert row["share"] == row["numerator"] / row["denominator"]
        assert (row["low"], row["high"]) == wilson(row["numerator"], row["denominator"])
    assert frame.loc[frame["share"].isna(), "reason"].ne("").all()


# Which value stands for a report.


@pytest.mark.parametrize(
    ("rows", "status", "value", "said"),
    [
        ([], "absent", None, ""),
        ([("table", 0.0, "number", "")], "number", 0, ""),
        ([("text", 0.0, "zero_by_negation", "")], "zero_by_negation", 0, ""),
        ([("table", None, "blank", "")], "blank", None, ""),
        ([("table", None, "na", "")], "na", None, ""),
        ([("text", 7.0, "number", "cumulative")], "absent", None, "cumulative"),
        ([("text", 7.0, "number", "component")], "parts_only", None, "no total"),
        ([("text", 7.0, "number", ""), ("text", 8.0, "number", "")], "conflict", None, "7 and 8"),
        ([("table", 7.0, "number", ""), ("text", 8.0, "number", "")], "number", 7, "prose says 8"),
        ([("table", 7.0, "number", ""), ("text", 7.0, "number", "")], "number", 7, ""),
        ([("table", None, "blank", ""), ("text", 8.0, "number", "")], "number", 8, "is blank"),
        ([("table", 7.0, "number", ""), ("text", 9.0, "number", "corrected")], "number", 9, ""),
        ([("table", 7.0, "number", ""), ("table", None, "na", "corrected")], "na", None, ""),
    ],
)
def test_what_stands_for_a_report(rows, status, value, said):
    found = [
        seen("d", "results_total", number, source=source, status=kind, flags=flags)
        for source, number, kind, flags in rows
    ]
    row = one(gt.panel(made(REPORTS[3:], found), "results_total"))
    assert row["status"] == status
    assert (None if pd.isna(row["value"]) else row["value"]) == value
    assert said in row["reason"]


def test_prose_that_differs_from_the_table_is_kept_beside_it():
    rows = [seen("d", "results_total", 69.0, applicant="total"),
            seen("d", "results_total", 70.0, source="text")]  # fmt: skip
    row = one(gt.panel(made(REPORTS[3:], rows), "replies"))
    assert (row["value"], row["prose_value"], row["prose_differs"]) == (69, 70, True)
    assert row["applicant"] == "total"


def test_a_bound_that_the_table_keeps_does_not_differ():
    rows = [seen("d", "results_total", 69.0),
            seen("d", "results_total", 60.0, source="text", qualifier="at_least")]  # fmt: skip
    assert not one(gt.panel(made(REPORTS[3:], rows), "replies"))["prose_differs"]


# Series from form to form.


def test_parts_are_added_only_where_all_are_there():
    both = [seen("b", "replies_granted", 4.0), seen("b", "replies_already_public", 3.0, start=9)]
    row = one(gt.panel(made(REPORTS[1:2], both), "granted"))
    assert (row["value"], row["metrics"]) == (7, "replies_granted+replies_already_public")
    assert row["made_of"] == "replies_granted=4@5:7; replies_already_public=3@9:7"
    row = one(gt.panel(made(REPORTS[1:2], both[:1]), "granted"))
    assert (row["status"], pd.isna(row["value"])) == ("incomplete", True)
    assert row["reason"] == "replies_already_public is absent"


def test_a_break_is_the_first_report_under_another_definition():
    rows = [seen("a", "replies_total", 3.0), seen("b", "replies_total", 4.0),
            seen("c", "results_total", 5.0), seen("d", "results_total", 6.0)]  # fmt: skip
    frame = gt.panel(made(REPORTS, rows), "replies")
    assert list(frame.loc[frame["break"], "year"]) == [2019]
    frame = gt.panel(made(REPORTS, rows), "requests_received")
    assert list(frame.loc[frame["break"], "year"]) == [2016]


def test_the_form_of_a_report_comes_before_its_year():
    late = [report("c", 2019, form="table2014")]
    row = one(gt.panel(made(late, [seen("c", "replies_total", 5.0)]), "replies"))
    assert (row["value"], row["metrics"]) == (5, "replies_total")


def test_what_must_not_be_joined_is_named_and_has_no_value():
    row = one(gt.panel(made(REPORTS[:1], [seen("a", "replies_refused", 5.0)]), "refused"))
    assert (row["status"], row["comparable"]) == ("not_comparable", "no")
    assert "replies_refused=5@5:7" in row["reason"]
    assert pd.isna(row["value"])
    row = one(gt.panel(made(REPORTS[1:2]), "requests_carried_over_in"))
    assert row["status"] == "not_defined"


def test_an_unknown_series_is_named():
    with pytest.raises(KeyError, match="nothing"):
        gt.panel(made(REPORTS), "nothing")


@every("series", definitions.series_ids())
@every("year", [2009, 2016, 2020, 2024])
def test_every_series_is_of_metrics_of_the_codebook(series, year):
    for each in definitions.of_series(series, None, year):
        assert set(each.metrics) <= set(definitions.metric_ids())
        assert (each.comparable == "no") == (each.operation == "none")


# Bodies, copies, gaps.


def test_a_table_of_names_joins_a_body(tmp_path):
    reports = [report("a", 2012, issuer="甲县某局", code="990121"), report("b", 2013)]
    study = made(reports, folder=tmp_path)
    assert len(set(gt.panel(study, "replies")["body"])) == 2
    given = pd.DataFrame({"name": ["甲县某局"], "body": ["甲市某局"]})
    frame = gt.panel(study, "replies", names=given)
    assert list(frame["body"]) == ["甲市某局"] * 2
    assert list(frame["issuer"]) == ["甲县某局", "甲市某局"]
    (tmp_path / "bodies.csv").write_bytes("name,body\n甲县某局,甲市某局\n".encode("gb18030"))
    assert list(gt.bodies(study)["joined"]) == [True, True]
    assert gt.panel(study, "replies").equals(frame)


def test_a_name_of_two_places_is_two_bodies():
    reports = [report("a", 2012, code="990100"), report("b", 2012, code="990200")]
    frame = gt.bodies(made(reports))
    assert list(frame["body"]) == ["甲市某局 (990100)", "甲市某局 (990200)"]
    joined = frame.assign(body="甲市某局", region_code=[990100.0, 990200.0])
    assert set(gt.bodies(made(reports), names=joined)["body"]) == {"甲市某局"}


@pytest.mark.parametrize(
    ("given", "said"),
    [({"name": ["甲"]}, "body"), ({"name": ["甲", "甲"], "body": ["乙", "丙"]}, "both 乙 and 丙")],
)
def test_a_table_of_names_that_cannot_be_used_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        gt.bodies(made(REPORTS), names=pd.DataFrame(given))


def test_of_several_reports_one_speaks_and_the_reason_is_given():
    reports = [
        report("copy", 2021, duplicate_of="tabled", signed_on="2023-01-01"),
        report("early", 2021, signed_on="2022-01-01"),
        report("late", 2021, signed_on="2022-02-01"),
        report("tabled", 2021),
    ]
    study = made(reports, [seen("tabled", "results_total", 5.0)])
    row = one(gt.panel(study, "replies"))
    assert (row["report_id"], row["n_reports"], row["value"]) == ("tabled", 4, 5)
    for said in ("copy repeats the text of tabled", "early has no table", "late has no table"):
        assert said in row["reason"]
    row = one(gt.coverage(made(reports[1:3])))
    assert (row["state"], row["report_id"], row["others"]) == ("duplicate", "late", "early")


def test_coverage_of_every_state():
    reports = [report("a", 2012), report("b", 2014), report("c", None, issuer=None, code=None,
               identity_reason="issuer=no name stands in it; year=none is named")]  # fmt: skip
    paths = ["甲市某局/2013.pdf", "甲市某局/2014.pdf", "x.pdf", "corrections.csv line 2"]
    causes = ["failed", "failed", "empty", "bad_correction"]
    rejects = [
        {"path": path, "cause": cause, "message": "It cannot be read."}
        for path, cause in zip(paths, causes, strict=True)
    ]
    frame = gt.coverage(made(reports, rejects=rejects))
    states = dict(zip(frame["year"].fillna(0), frame["state"], strict=True))
    assert states == {2012: "present", 2013: "rejected", 2014: "present", 0: "rejected"}
    assert one(frame, state="unplaced")["reason"] == (
        "no issuer: no name stands in it; no year: none is named"
    )
    assert "x.pdf: empty" in set(frame["reason"])
    assert "甲市某局/2014.pdf: failed" in one(frame, report_id="b")["reason"]
    assert len(frame) == 5


def test_the_manifest_tells_whose_file_was_rejected(tmp_path):
    text = "file,issuer,year\nx.pdf,甲市某局,2013\n"
    (tmp_path / "manifest.csv").write_text(text, encoding="utf-8")
    rejects = [{"path": "x.pdf", "cause": "empty", "message": "It is empty."}]
    study = made([report("a", 2012), report("b", 2014)], rejects=rejects)
    assert list(gt.coverage(study)["state"]) == ["present", "missing", "present", "rejected"]
    assert list(gt.coverage(study, source=tmp_path)["state"]) == ["present", "rejected", "present"]


def test_a_study_without_reports_has_all_columns():
    empty = made([])
    for frame in (gt.panel(empty, "replies"), gt.panel(empty), gt.coverage(empty), gt.bodies(empty),
                  gt.rates(empty), gt.audit_years(empty)):  # fmt: skip
        assert frame.empty
        assert "body" in frame.columns


def test_nothing_given_is_changed():
    study = made(REPORTS, [seen("d", "results_total", 5.0)])
    before = study.reports.copy(), study.observations.copy()
    gt.panel(study)
    gt.rates(study)
    gt.coverage(study)
    gt.audit_years(study)
    assert before[0].equals(study.reports)
    assert before[1].equals(study.observations)


# Rates.


def rated(values, rate, which="d"):
    frame = gt.rates(made(
        [each for each in REPORTS if each["report_id"] == which],
        [seen(which, metric, value) for metric, value in values.items()],
    ))  # fmt: skip
    return one(frame, rate=rate)


def test_a_rate_of_the_form():
    row = rated(
        {"result_granted": 3.0, "result_partial": 2.0, "results_total": 20.0}, "granted_any"
    )
    assert (row["numerator"], row["denominator"], row["share"]) == (5, 20, 0.25)
    assert (row["comparable"], row["status"]) == ("yes", "rate")
    assert row["definition"] == "(result_granted + result_partial) / (results_total)"


def test_cases_pending_are_no_decided_ones():
    values = {"reviews_total": 10.0, "reviews_pending": 4.0, "reviews_corrected": 3.0}
    row = rated(values, "reviews_corrected")
    assert (row["numerator"], row["denominator"]) == (3, 6)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"result_granted": 3.0}, "incomplete"),
        ({"result_granted": 0.0, "results_total": 0.0}, "no_cases"),
        ({"result_granted": 3.0, "results_total": 2.0}, "over_one"),
    ],
)
def test_why_there_is_no_rate(values, status):
    row = rated(values, "granted")
    assert row["status"] == status
    assert pd.isna(row["share"])
    assert row["reason"]


def test_a_rate_that_the_form_does_not_allow():
    assert rated({"replies_total": 3.0}, "unprocessed", "b")["status"] == "not_defined"


def test_rates_are_made_of_metrics_only():
    study = made(REPORTS[1:2], [seen("b", "replies_total", 5.0), seen("b", "replies_granted", 5.0),
                                seen("b", "replies_already_public", 0.0)])  # fmt: skip
    with pytest.raises(ValueError, match="metrics"):
        gt.rates(gt.panel(study, "granted"))


def test_the_rules_of_the_rates_are_of_known_metrics_and_forms():
    rows = rules.load("derived")
    keys = [(row["rate"], row["form"]) for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        for side in ("numerator", "denominator"):
            known = {term.metric for term in definitions.terms(row[side])}
            assert known <= set(definitions.metric_ids()), row
            assert len(known) == len(re.findall("[a-z]+_[a-z_]+", row[side]))
        assert row["comparable"] in ("yes", "with_care", "no")
        assert bool(row["caveat"]) or row["comparable"] == "yes", row
    for before, after in pairwise(rows):
        assert before["rate"] == after["rate"] or after["rate"] not in {
            row["rate"] for row in rows[: rows.index(after)]
        }


# Across years.


def test_carried_over_for_each_applicant():
    reports = [report("x", 2021), report("y", 2022)]
    rows = [
        seen("x", "requests_carried_over_out", 3.0, applicant="total", start=40, end=41),
        seen("y", "requests_carried_over_in", 3.0, applicant="total", start=60, end=61),
        seen("x", "requests_carried_over_out", 2.0, applicant="enterprise"),
        seen("y", "requests_carried_over_in", 1.0, applicant="enterprise"),
        seen("x", "requests_carried_over_out", 1.0, applicant="research"),
        seen("y", "requests_carried_over_in", None, applicant="research", status="blank"),
    ]
    frame = gt.audit_years(made(reports, rows))
    verdicts = dict(zip(frame["applicant"], frame["verdict"], strict=True))
    assert verdicts == {"total": "holds", "enterprise": "broken", "research": "not_assessable"}
    row = one(frame, applicant="total")
    assert (row["report_before"], row["start_before"], row["report_id"], row["start"]) == (
        "x", 40, "y", 60,
    )  # fmt: skip
    assert "a difference of 1" in one(frame, applicant="enterprise")["statement"]
    assert "unless" in row["statement"]


def test_digits_that_were_told_apart_by_sums_break_nothing():
    reports = [report("x", 2021), report("y", 2022)]
    rows = [seen("x", "requests_carried_over_out", 3.0, flags="glued_cells;derived"),
            seen("y", "requests_carried_over_in", 4.0)]  # fmt: skip
    assert one(gt.audit_years(made(reports, rows)))["verdict"] == "not_assessable"


def test_in_force_and_items():
    reports = [report("w", 2019, form="table2019"), report("x", 2020, form="table2019"),
               report("y", 2021), report("z", 2022)]  # fmt: skip
    rows = [
        seen("y", "normative_in_force", 10.0),
        seen("z", "normative_issued", 3.0), seen("z", "normative_repealed", 1.0),
        seen("z", "normative_in_force", 12.0),
        seen("w", "licensing_items_previous", 5.0), seen("w", "licensing_items_change", -2.0),
        seen("x", "licensing_items_previous", 4.0),
    ]  # fmt: skip
    frame = gt.audit_years(made(reports, rows))
    row = one(frame, identity="normative_in_force")
    assert (row["verdict"], row["left"], row["right"], row["year"]) == ("holds", 12, 12, 2022)
    row = one(frame, identity="items_licensing")
    assert (row["verdict"], row["left"], row["right"], row["delta"]) == ("broken", 4, 3, 1)
    assert len(frame) == 2


def test_years_that_do_not_follow_each_other_say_nothing():
    reports = [report("x", 2021), report("y", 2023)]
    rows = [seen("x", "requests_carried_over_out", 3.0), seen("y", "requests_carried_over_in", 4.0)]
    assert gt.audit_years(made(reports, rows)).empty


def test_a_government_beside_its_departments_is_never_judged():
    city = report("city", 2021, issuer="甲市人民政府", admin_level="prefecture")
    rows = [seen("city", "requests_received", 9.0), seen("one", "requests_received", 4.0),
            seen("two", "requests_received", 2.0)]  # fmt: skip
    reports = [city, report("one", 2021), report("two", 2021, issuer="甲市他局")]
    row = one(gt.audit_years(made(reports, rows)))
    assert (row["identity"], row["verdict"]) == ("superior_sum", "not_assessable")
    assert (row["left"], row["right"], row["body"]) == (9, 6, "甲市人民政府")


# Figures.


def drawn():
    rows = [seen("a", "replies_total", 3.0), seen("b", "replies_total", 0.0),
            seen("c", "results_total", 5.0), seen("d", "results_total", 6.0),
            seen("e", "results_total", 8.0), seen("d", "result_granted", 2.0)]  # fmt: skip
    return made([*REPORTS, report("e", 2022)], rows)


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_every_figure_is_drawn_in_both_languages(language):
    style.use_style(language)
    study = drawn()
    for ax in (
        plots.coverage_map(gt.coverage(study)),
        plots.panel(gt.panel(study, "replies")),
        plots.panel(gt.panel(study)),
        plots.rates_over_years(gt.rates(study)),
    ):
        ax.figure.canvas.draw()
        assert ax.figure.get_suptitle() or ax.get_title(loc="left")


def test_no_line_crosses_a_break_or_a_gap():
    style.use_style("en")
    ax = plots.panel(gt.panel(drawn(), "replies"))
    lines = [list(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) > 1]
    runs = [line for line in lines if line[0] != line[-1]]
    assert runs == [[2021, 2022]]


def test_a_hundred_bodies_are_shares_by_year_and_a_median():
    style.use_style("en")
    many = [report(f"r{n}", 2021, issuer=f"第{n}局") for n in range(100)]
    rows = [seen(f"r{n}", "results_total", float(n)) for n in range(100)]
    study = made(many, rows)
    drawn = gt.plots.drawn(plots.coverage_map(gt.coverage(study)))
    assert drawn[drawn["by"] == "all"][["n_bodies", "n_with_report"]].to_numpy().tolist() == [
        [100, 100]
    ]
    ax = plots.panel(gt.panel(study, "replies"), by="all")
    assert 49.5 in [float(y) for dots in ax.collections for _, y in dots.get_offsets()]


@pytest.mark.parametrize("reports", [[], [report("a", None)], [report("a", 2021)]])
def test_a_study_with_little_in_it_is_drawn(reports):
    style.use_style("en")
    study = made(reports)
    for ax in (
        plots.coverage_map(gt.coverage(study)),
        plots.panel(gt.panel(study, "replies")),
        plots.rates_over_years(gt.rates(study)),
    ):
        ax.figure.canvas.draw()


# Real reports, which lie beside the project and are no part of it.

real = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not there")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Study of the samples, as they are read."""
    folder = tmp_path_factory.mktemp("samples")
    build(SAMPLES / "reports", folder, progress=lambda line: None)
    return tables.load(folder)


def annotated(read):
    """The same study with what a careful reader found in place of what was read."""
    with (SAMPLES / "gold" / "observations.csv").open(encoding="utf-8", newline="") as stream:
        gold = list(csv.DictReader(stream))
    rows = []
    for place, row in enumerate(gold):
        zero = "zero_by_negation" in row["flags"]
        value = float(row["value"]) if row["value"] else None
        status = "zero_by_negation" if zero else row["cell"] or "number"
        rows.append(seen(row["report"], row["metric"], value, source=row["source"], status=status,
                         applicant=row["applicant"], start=place, end=place + 1))  # fmt: skip
    return replace(read, observations=tables.frame("observations", rows))


@real
def test_a_district_over_the_years(read):
    """Four reports joined by a table of names: every value is a cell, every other year a gap."""
    issuers = read.reports.loc[read.reports["year"] < 2022, "issuer"].unique()
    names = pd.DataFrame({"name": issuers, "body": "the district"})
    frame = gt.panel(read, "requests_received", names=names)
    district = frame[frame["body"] == "the district"]
    assert list(district["year"]) == list(range(2009, 2022))
    known = district[district["value"].notna()]
    assert list(known["year"]) == [2009, 2015, 2020, 2021]
    assert list(known.loc[known["break"], "year"]) == [2020]
    texts = dict(zip(read.reports["report_id"], read.reports["text"], strict=True))
    for row in known.to_dict("records"):
        assert float(texts[row["report_id"]][row["start"] : row["end"]]) == row["value"]
    style.use_style("en")
    assert plots.panel(frame).figure


@real
def test_series_of_real_reports_are_those_of_a_careful_reader(read):
    by_hand = annotated(read)
    keys = ["report_id", "body", "year"]
    agree = total = 0
    for series in definitions.series_ids():
        pair = gt.panel(read, series).merge(gt.panel(by_hand, series), on=keys)
        pair = pair[pair["value_x"].notna() | pair["value_y"].notna()]
        agree += int((pair["value_x"] == pair["value_y"]).sum())
        total += len(pair)
    assert agree >= 0.97 * total > 100, (agree, total)


@real
def test_rates_of_real_tables(read):
    frame = gt.rates(annotated(read))
    full = frame[(frame["year"] >= 2021) & (frame["rate"] == "completed")]
    assert (full["status"] == "rate").all()
    assert len(full) == 2


def named(*rows):
    """A frame of names as `gt.bodies` makes one: name, region code, first and last year."""
    frame = pd.DataFrame(rows, columns=["name", "region_code", "first_year", "last_year"])
    return frame.astype({"first_year": "Int64", "last_year": "Int64"}).assign(joined=False)


@pytest.mark.parametrize(
    ("own", "other", "relation"),
    [
        (("安岳县环境保护局", "512021", 2011, 2017), ("安岳县生态环境局", "512021", 2018, 2022), "renamed"),  # noqa: E501
        (("密云县财政局", "110228", 2010, 2014), ("密云区财政局", "110118", 2015, 2020), "place"),
        (("安岳县人民政府办公室", "512021", 2011, 2017), ("安岳县人民政府", "512021", 2011, 2022), "office"),  # noqa: E501
        (("安岳县发改委", "512021", 2011, 2012), ("安岳县发展和改革委员会", "512021", 2011, 2013), "short"),  # noqa: E501
        (("密云区财政局", "110118", 2015, 2016), ("北京市密云区财政局", "110118", 2017, 2020), "written"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_name_that_may_be_of_one_body_is_proposed_with_its_evidence(own, other, relation):
    frame = propose(named(own, other))
    assert list(frame["proposal"]) == [other[0], None]
    assert frame["relation"][0] == relation
    assert frame["evidence"][0]


def test_two_bureaus_that_became_one_are_merged():
    frame = propose(
        named(
            ("安岳县工商行政管理局", "512021", 2011, 2015),
            ("安岳县质量技术监督局", "512021", 2011, 2014),
            ("安岳县市场监督管理局", "512021", 2015, 2022),
        )
    )
    assert list(frame["relation"]) == ["merged", "merged", None]
    assert "质量技术监督局" in frame["evidence"][0]


@pytest.mark.parametrize(
    "other",
    [
        ("乐至县生态环境局", "512022", 2018, 2022),
        ("安岳县生态环境局", "512021", 2011, 2022),
        ("安岳县财政局", "512021", 2018, 2022),
    ],
)
def test_no_proposal_without_evidence(other):
    frame = propose(named(("安岳县环境保护局", "512021", 2011, 2017), other))
    assert list(frame["proposal"]) == [None, None]


def test_a_proposal_joins_nothing():
    reports = [report("a", 2012, issuer="甲县某局", code="990121"), report("b", 2013)]
    frame = gt.bodies(made(reports))
    assert not frame["joined"].any()
    assert list(frame["proposal"]) == [None, None]
