"""docs/duckdb.md: the queries run as they stand, and say what the frames say."""

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import govtext as gt
from govtext.pipeline import tables

PAGE = Path(__file__).resolve().parents[1] / "docs" / "duckdb.md"
VIEW, *QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module", params=["files", "parts"])
def ask(request, study_folder, tmp_path_factory):
    """A function from a query of the page to its frame, in a folder of files or of parts."""
    folder = study_folder
    if request.param == "parts":
        folder = tmp_path_factory.mktemp("parts")
        for name in tables.names():
            table = pq.read_table(study_folder / f"{name}.parquet")
            (folder / f"{name}.parquet").mkdir()
            for at in range(2):
                half = table.slice(at * (len(table) // 2), None if at else len(table) // 2)
                pq.write_table(half, folder / f"{name}.parquet" / f"{at}.parquet")
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as database:
        patch.chdir(folder)
        database.execute(VIEW)
        yield lambda number: database.execute(QUERIES[number - 1]).df()


def test_there_are_five_queries():
    assert len(QUERIES) == 5


def test_who_reported_when(ask, study):
    found = ask(1)
    sizes = study.reports.groupby(["year", "admin_level"], dropna=False).size()
    assert sorted(found["reports"]) == sorted(sizes)
    assert found["reports"].sum() == len(study.reports)


def test_every_number_is_its_own_characters(ask, study):
    found = ask(2)
    rows = study.observations.query("metric == 'requests_received'")
    assert len(found) == len(rows) > 0
    texts = study.reports.set_index("report_id")["text"]
    expected = [texts[row.report_id][row.start : row.end] for row in rows.itertuples()]
    assert sorted(found["number"]) == sorted(expected)
    assert all(each.number in each.around for each in found.itertuples())


def test_a_word_over_the_years(ask, study):
    found = ask(3).set_index("year")
    words = study.words.merge(study.reports[["report_id", "year"]], on="report_id")
    every = words.groupby("year")["n"].sum()
    one = words[words["word"] == "公开"].groupby("year")["n"].sum()
    np.testing.assert_allclose(found["per_million"], 1e6 * one / every)
    assert found["reports"].sum() == len(study.reports)


def test_what_the_sentences_speak_of(ask, study):
    found = ask(4).set_index("part")
    shares = gt.emphasis.theme_shares(study, "part").pivot_table(
        index="part", columns="theme", values="share"
    )
    for theme in ("on_request", "problems", "service"):
        expected = shares[theme].reindex(found.index)
        pd.testing.assert_series_equal(found[theme], expected, check_names=False)


def test_sums_that_do_not_hold(ask, study):
    found = ask(5)
    broken = study.findings.query("verdict == 'broken'")
    assert sorted(found["statement"]) == sorted(broken["statement"])
    assert found["delta"].abs().is_monotonic_decreasing
