"""Further real reports, which lie beside the project and are no part of it."""

import csv
import math
from collections import Counter
from functools import cache

import pytest

from govtext.core.text import key
from govtext.pipeline.assemble import read_file
from tests.accuracy import FOREIGN, ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
FIELDS = ("title", "issuer", "admin_level", "government_level", "province", "prefecture", "county",
          "year", "signed_on", "document_number", "form")  # fmt: skip

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample reports do not lie beside the project"
)


def rows(name):
    with (SAMPLES / "gold" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def reports():
    """Samples by their names: texts, a PDF, and the blank form as a Word file."""
    paths = sorted((SAMPLES / "reports").iterdir())
    return {path.stem: read_file(path, path.stem, path.name) for path in paths}


def cells(report, source):
    return [each for each in report.observations if each.source == source]


def test_who_reports_and_on_which_year():
    wrong = []
    known = reports()
    for row in rows("reports"):
        name = next((name for name in known if name == row["report"]), None)
        for field in FIELDS if name else ():
            value = getattr(known[name].identity, field)
            if (row[field] or None) != (None if value is None else str(value)):
                wrong.append((name, field, value, row[field]))
    assert wrong == []


def test_the_sections_of_the_reports():
    known = reports()
    for row in rows("reports"):
        if row["report"] in known:
            found = [s for s in known[row["report"]].sections if s.level == 1]
            titles = [key(f"{s.number}{s.title}") for s in found]
            assert titles == [key(title) for title in row["sections"].split("|")], row["report"]


def test_observations_of_the_prose():
    """At most one of the required is missed, and at most one found that is none."""
    missed, extra = [], []
    gold = [row for row in rows("observations") if row["source"] == "text"]
    for name, report in reports().items():
        expected = [row for row in gold if row["report"] == name]
        found = [each for each in cells(report, "text") if not FOREIGN & set(each.flags.split(";"))]
        said = {(each.metric, each.value) for each in found}
        missed += [
            (name, row["metric"], row["value"])
            for row in expected
            if row["status"] == "required" and (row["metric"], float(row["value"])) not in said
        ]
        known = {(row["metric"], float(row["value"])) for row in expected}
        extra += [(name, each.metric, each.value, each.quote) for each in found
                  if (each.metric, each.value) not in known]  # fmt: skip
    assert len(missed) <= 1, missed
    assert len(extra) <= 1, extra


def test_every_required_cell_of_the_tables_is_right():
    wrong = []
    for row in rows("observations"):
        if row["source"] != "table" or row["status"] != "required":
            continue
        found = [
            each.value
            for each in cells(reports()[row["report"]], "table")
            if (each.metric, each.applicant) == (row["metric"], row["applicant"])
        ]
        value = float(row["value"]) if row["cell"] == "number" else None
        same = any(
            each is value or (None not in (each, value) and math.isclose(each, value))
            for each in found
        )
        if not same:
            wrong.append((row["report"], row["metric"], row["applicant"], value, found))
    assert wrong == []


def test_no_cell_is_read_that_is_not_there():
    gold = {(row["report"], row["metric"], row["applicant"]) for row in rows("observations")}
    extra = [
        (name, each.metric, each.applicant, each.value)
        for name, report in reports().items()
        for each in cells(report, "table")
        if each.value is not None and (name, each.metric, each.applicant) not in gold
    ]
    assert extra == []


def test_the_pdf_has_every_table_row_and_cell():
    """Counted by eye: three tables; the second is printed over three pages."""
    (name,) = (path.stem for path in (SAMPLES / "reports").glob("*.pdf"))
    report = reports()[name]
    counted = Counter((each.table, each.kind) for each in report.entries)
    assert [(kind, n) for (_, kind), n in sorted(counted.items())] == [
        ("table2_2021", 10), ("table3_2021", 175), ("table4", 15)
    ]  # fmt: skip
    assert len(report.document.tables) == 3
    assert {each.page for each in report.entries} <= set(range(1, 7))
    assert all(each.page for each in cells(report, "table"))


def test_the_blank_form_is_named_and_gives_no_number():
    (name,) = (path.stem for path in (SAMPLES / "reports").glob("*.docx"))
    report = reports()[name]
    assert report.identity.form == "table2021"
    assert [each.value for each in report.observations if each.value is not None] == []
    assert {each.status for each in report.entries} == {"blank"}
    assert len(report.entries) == 200


def test_nothing_that_holds_is_called_broken():
    for name, report in reports().items():
        broken = [each.statement for each in report.findings if each.verdict == "broken"]
        assert broken == [], name
