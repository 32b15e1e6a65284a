"""govtext.book: the codebook and the crosswalk agree with each other, the forms and the rules."""

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import govtext as gt
from govtext.core import codebook, rules
from tests.cases import every
from tools import codebook_page

METRICS = {row["id"]: row for row in rules.load("codebook")}
SERIES = rules.load("crosswalk")
UNITS = set(
    "item issue copy visit visitor event request percent case yuan office place person".split()
)
KINDS = {"count", "stock", "change", "amount", "rate", "average"}
BREAKS = {"break_2014", "break_2019", "break_2021"}
# Report years of each official form; the last one is still in force.
FORMS = {"table2014": (2014, 2018), "table2019": (2019, 2020), "table2021": (2021, None)}
PERIODS = {
    "2008-2013": "local_table",
    "2014-2018": "table2014",
    "2019-2020": "table2019",
    "2021-": "table2021",
}
# What `where` calls the tables of the forms since 2019, and how `forms` writes them.
WHERE = {
    "text": {"text"},
    "table2014": {"table2014"},
    "table2_2019": {"table2019 table 2"},
    "table2_2021": {"table2021 table 2"},
    "table3": {"table2019 table 3", "table2021 table 3"},
    "table3_2019": {"table2019 table 3"},
    "table3_2021": {"table2021 table 3"},
    "table4": {"table2019 table 4", "table2021 table 4"},
}


def words(metric: str, column: str) -> list[str]:
    return [word for word in METRICS[metric][column].split(";") if word]


def held(metric: str) -> set[str]:
    """Kinds of text and forms that hold a metric."""
    return {place.split()[0] for place in words(metric, "forms")}


def cells(form: str) -> list[str]:
    """Places in a form that the codebook says a metric stands in."""
    places = (place for metric in METRICS for place in words(metric, "forms"))
    return [place.removeprefix(f"{form} ") for place in places if place.startswith(f"{form} ")]


def printed(label: str) -> str:
    """A label as figures print it."""
    return re.split(r" / | \(", label, maxsplit=1)[0]


def test_every_metric_of_the_standard_list_is_there_and_no_other():
    path = Path(__file__).parents[1] / "data/gold/standard_codebook.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        standard = {row["id"]: row for row in csv.DictReader(stream)}
    assert list(METRICS) == list(standard)
    units = {metric: row["unit"] for metric, row in METRICS.items()}
    assert units == {metric: row["unit"] for metric, row in standard.items()}


@pytest.mark.parametrize("column", ["en", "zh"])
def test_labels_tell_metrics_apart_and_fit_a_figure(column):
    labels = Counter(printed(row[column]) for row in METRICS.values())
    assert [label for label, n in labels.items() if n > 1] == []
    assert [label for label in labels if len(label) > 64] == []


@every("metric", METRICS)
def test_a_definition_is_a_sentence_that_says_more_than_the_label(metric):
    row = METRICS[metric]
    text = row["definition"]
    assert text[0].isupper()
    assert text.endswith(".")
    assert text.rstrip(".").lower() not in {row["en"].lower(), row["zh"]}
    assert len(text) > len(row["en"]) + 20
    assert re.search("[一-鿿]", text), "no official or usual wording beside"


@every("metric", METRICS)
def test_unit_kind_and_flags_are_of_closed_lists(metric):
    row = METRICS[metric]
    assert row["unit"] in UNITS
    assert row["kind"] in KINDS
    assert (row["unit"] == "percent") == (row["kind"] == "rate")
    assert (row["unit"] == "yuan") == (row["kind"] == "amount")
    assert {row["parted"], row["unverified"]} <= {"yes", "no"}
    assert f"part.{row['part']}" in {label["key"] for label in rules.load("labels")}


@every("metric", METRICS)
def test_a_part_is_of_a_total_with_its_unit_and_of_no_circle(metric):
    above, parent = [metric], METRICS[metric]["parent"]
    while parent:
        assert METRICS[parent]["unit"] == METRICS[metric]["unit"]
        assert parent not in above
        above.append(parent)
        parent = METRICS[parent]["parent"]


@every("metric", METRICS)
def test_identities_are_those_of_the_rules(metric):
    """A metric names each formula it stands in, and no identity that is not there."""
    formulas = {
        row["id"]
        for row in rules.load("identities")
        if metric in re.findall("[a-z_]+", f"{row['left']} {row['right']}")
    }
    if any("table 3" in place for place in words(metric, "forms")):
        formulas.add("form_applicants")
    there = {row["id"] for row in rules.load("identities") if row["kind"] != "ending"}
    named = words(metric, "identities")
    assert formulas <= set(named) <= there
    assert len(named) == len(set(named))


@every("metric", METRICS)
def test_the_forms_say_what_where_says(metric):
    stands = {re.sub(" (row|column) .*", "", place) for place in words(metric, "forms")}
    stands = {re.sub("(table 2) .*", r"\1", place) for place in stands}
    stands = {re.sub("(table2014) .*", r"\1", place) for place in stands}
    said = set().union(*(WHERE[name] for name in words(metric, "where")))
    assert {place for place in stands if not place.startswith("local_table ")} == said


@every("metric", METRICS)
def test_the_years_are_those_of_the_forms_that_hold_it(metric):
    row = METRICS[metric]
    spans = [span for form, span in FORMS.items() if form in held(metric)]
    first = str(spans[0][0]) if spans else ""
    last = str(spans[-1][1] or "") if spans else ""
    assert (row["valid_from"], row["valid_to"]) == (first, last)
    assert (row["unverified"] == "yes") == ("table2014" in held(metric))


@every("metric", METRICS)
def test_a_count_that_begins_or_ends_with_a_form_breaks_there(metric):
    row = METRICS[metric]
    breaks = set(words(metric, "comparability"))
    assert breaks == {"stable"} or breaks <= BREAKS
    ends = {"2018": "break_2019", "2020": "break_2021"}
    begins = {"2019": "break_2019", "2021": "break_2021"}
    due = {ends.get(row["valid_to"]), begins.get(row["valid_from"])} - {None}
    assert due <= breaks


@pytest.mark.parametrize(("form", "n"), [("table2019", 23), ("table2021", 25)])
def test_every_row_and_column_of_the_forms_has_one_metric(form, n):
    rows = [place for place in cells(form) if place.startswith("table 3")]
    columns = [place for place in cells(form) if place.startswith("table 4")]
    assert sorted(rows) == sorted(f"table 3 row {i}" for i in range(1, n + 1))
    assert sorted(columns) == sorted(f"table 4 column {i}" for i in range(1, 16))


@pytest.mark.parametrize(("form", "n"), [("table2019", 22), ("table2021", 10)])
def test_every_cell_of_table_2_has_one_metric(form, n):
    places = [place for place in cells(form) if place.startswith("table 2")]
    assert len(places) == len(set(places)) == n


def test_the_table_of_2014_gives_a_place_to_one_metric_only():
    assert len(cells("table2014")) == len(set(cells("table2014")))
    assert all(re.fullmatch(r"[1-9](\.[1-9]){0,2}[a-f]?", place) for place in cells("table2014"))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("frame_metrics", ("metric", "alone", "needs")),
        ("crosswalk", ("metric",)),
    ],
)
def test_every_metric_that_a_rule_names_is_in_the_codebook(name, columns):
    used = {id_ for row in rules.load(name) for column in columns for id_ in row[column].split()}
    assert used
    assert used <= set(METRICS)


def test_no_metric_stands_twice_in_a_series_and_period():
    keys = Counter((row["series"], row["period"], row["metric"]) for row in SERIES)
    assert [key for key, n in keys.items() if n > 1] == []


@every("row", SERIES)
def test_a_row_of_the_crosswalk_says_how_and_why(row):
    assert row["operation"] in {"same", "sum_of", "none"}
    assert row["comparable"] in {"yes", "with_care", "no"}
    assert (row["operation"] == "none") == (row["comparable"] == "no")
    assert bool(row["caveat"]) == (row["comparable"] != "yes")
    assert row["caveat"].endswith("." * bool(row["caveat"]))
    assert row["form"] in {PERIODS[row["period"]], "text", ""}
    assert not row["form"] or row["form"] in held(row["metric"])


def test_what_is_added_up_has_one_unit_one_verdict_and_a_partner():
    sums = {}
    for row in SERIES:
        if row["operation"] != "none":
            sums.setdefault((row["series"], row["period"]), []).append(row)
    for key, members in sums.items():
        alone = len(members) == 1
        assert {row["operation"] for row in members} == {"same" if alone else "sum_of"}, key
        assert len({METRICS[row["metric"]]["unit"] for row in members}) == 1, key
        assert len({(row["comparable"], row["caveat"]) for row in members}) == 1, key


def test_a_series_joins_values_of_one_unit_and_has_one_name():
    for name in {row["series"] for row in SERIES}:
        members = [row for row in SERIES if row["series"] == name]
        joined = [row for row in members if row["operation"] != "none"]
        assert joined, name
        assert len({METRICS[row["metric"]]["unit"] for row in joined}) == 1, name
        assert len({(row["en"], row["zh"]) for row in members}) == 1, name


def test_every_metric_of_a_form_may_be_used_in_the_years_of_the_form():
    usable = {(row["metric"], row["period"]) for row in SERIES if row["operation"] != "none"}
    forms = {form: period for period, form in PERIODS.items() if form in FORMS}
    due = {(m, forms[form]) for m in METRICS for form in held(m) & set(forms)}
    assert due <= usable


def test_a_metric_breaks_where_its_verdict_in_a_series_changes():
    verdicts = {}
    for row in SERIES:
        said = verdicts.setdefault((row["series"], row["metric"]), {})
        said[row["period"][:4]] = row["comparable"]
    changes = {
        (metric, f"break_{late}")
        for (_, metric), said in verdicts.items()
        for early, late in pairwise(sorted(said))
        if said[early] != said[late]
    }
    assert len(changes) > len(BREAKS)
    assert [(m, year) for m, year in changes if year not in words(m, "comparability")] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fee_items_previous", "fee_amount"),
        ("rules_disclosed_total", "rules_in_force"),
        ("normative_disclosed_total", "normative_in_force"),
        ("replies_granted", "result_granted"),
        ("requests_received", "requests_accepted"),
    ],
)
def test_what_only_looks_alike_is_listed_and_not_joined(one, other):
    said = {}
    for row in SERIES:
        said.setdefault(row["series"], {}).setdefault(row["metric"], set()).add(row["operation"])
    both = [series for series in said.values() if one in series and other in series]
    assert any(series[other] == {"none"} for series in both)


def test_the_frames_show_the_rules():
    frame = gt.codebook().set_index("id")
    assert list(frame.index) == list(METRICS)
    assert frame.attrs["version"] == codebook.CODEBOOK_VERSION
    assert frame.loc["requests_received", "valid_from"] == 2014
    assert pd.isna(frame.loc["requests_received", "valid_to"])
    assert frame.loc["trainings", "valid_to"] == 2018
    assert bool(frame.loc["trainings", "parted"])
    assert not frame.loc["result_granted", "unverified"]
    assert len(gt.crosswalk()) == len(SERIES)


def test_a_changed_frame_does_not_change_the_codebook():
    frame = gt.codebook()
    frame["unit"] = "none"
    assert set(gt.codebook()["unit"]) == UNITS


def test_the_page_holds_each_metric_and_series_once_and_whole():
    text = codebook_page.page()
    tables, crosswalk = text.split("## Crosswalk")
    rows = [line for line in tables.splitlines() if line.startswith("| `")]
    assert len(rows) == len(METRICS)
    for line, row in zip(sorted(rows), sorted(METRICS.values(), key=_key), strict=True):
        assert line.count(" | ") == 8
        assert row["definition"] in line
        assert f"{row['en']}<br>{row['zh']}" in line
    assert f"Version {codebook.CODEBOOK_VERSION}:" in text
    listed = set(re.findall("`([a-z_]+)`", crosswalk.partition("|---|")[2]))
    assert listed == {row["metric"] for row in SERIES}
    assert all(row["caveat"] in crosswalk for row in SERIES)


def test_the_page_adds_up_what_a_series_adds_up():
    line = "`replies_granted` + `replies_already_public` | with_care"
    assert line in codebook_page.page()


def _key(row):
    return f"| `{row['id']}`"
