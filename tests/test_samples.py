"""Further real reports, which lie beside the project and are no part of it: identity and prose."""

import csv

import pytest

from govtext.assemble import read_file
from govtext.text import key
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


def reports():
    """Samples of plain text by their names; PDF and Word files are not read yet."""
    paths = sorted((SAMPLES / "reports").glob("*.txt"))
    return {path.stem: read_file(path, path.stem, path.name) for path in paths}


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
        found = [each for each in report.observations if not FOREIGN & set(each.flags.split(";"))]
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


def test_nothing_that_holds_is_called_broken():
    for name, report in reports().items():
        broken = [each.statement for each in report.findings if each.verdict == "broken"]
        assert broken == [], name
