"""The made corpus: the same for a seed, varied, of every form, and true to what it says."""

import statistics
import time

import pandas as pd
import pytest

from tools.forms import labels
from tools.made import corpus
from tools.made.report import MARK
from tools.made.write import REPORTS, TRUTH, run, write
from tools.pages import STYLES

N = 300


@pytest.fixture(scope="module")
def made():
    return list(corpus(N, seed=1))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write(60, folder, seed=1)
    return folder


def truth(folder, name):
    return pd.read_parquet(folder / TRUTH / f"{name}.parquet")


def test_a_seed_gives_the_same_documents_however_many_are_taken(made):
    again = [STYLES["txt"].make(each.content) for each in corpus(40, seed=1)]
    assert again == [STYLES["txt"].make(each.content) for each in made[:40]]
    other = [STYLES["txt"].make(each.content) for each in corpus(40, seed=2)]
    assert not set(again) & set(other)


def test_it_has_every_form_level_and_kind_and_bodies_of_several_years(made):
    reports = [each for each in made if each.kind == "annual_report" and not each.duplicate_of]
    assert {each.form for each in reports} == {"prose", *labels.FORMS}
    levels = {"prefecture", "county", "township", "department"}
    assert levels <= {each.body.level for each in made}
    assert {each.kind for each in made} - {"annual_report"}
    assert any(each.duplicate_of for each in made)
    years = pd.Series([each.body.body_id for each in reports]).value_counts()
    assert years.median() >= 3
    keys = [(each.body.body_id, each.year) for each in reports]
    assert len(keys) == len(set(keys))


def test_few_sentences_stand_in_another_report_unless_they_were_taken_over(made):
    where = {}
    for report in made:
        if report.duplicate_of:
            continue
        for passage in report.passages:
            if not passage.taken_from:
                for sentence in passage.sentences:
                    where.setdefault(sentence.text, []).append(report.report_id)
    shared = sum(len(ids) for ids in where.values() if len(set(ids)) > 1)
    assert shared / sum(map(len, where.values())) < 0.05


def test_reports_are_as_long_as_real_ones(made):
    sizes = [len(STYLES["txt"].make(each.content)) for each in made if each.kind == "annual_report"]
    assert 15_000 < statistics.median(sizes) < 21_000


def test_every_page_says_that_it_was_made(made):
    assert all(MARK in STYLES["txt"].make(each.content).decode() for each in made)


def test_a_form_holds_its_sums(made):
    for report in made:
        if report.form not in ("table2019", "table2021") or report.filled is None:
            continue
        cells = report.filled.numbers
        for who in labels.APPLICANTS:
            left = cells["requests_received", who] + cells["requests_carried_over_in", who]
            right = cells["results_total", who] + cells["requests_carried_over_out", who]
            assert left == right


def test_what_is_true_can_be_seen_in_the_files(written):
    reports = truth(written, "reports").set_index("report_id")
    texts = {
        report_id: (written / REPORTS / path).read_text(encoding="utf-8")
        for report_id, path in reports.path.items()
    }
    assert len(texts) == len(reports) == 60
    for row in truth(written, "reuse").itertuples():
        assert row.text in texts[row.report_id]
        assert row.text in texts[row.taken_from]
    for row in truth(written, "themes").itertuples():
        assert row.text in texts[row.report_id]
    for report_id, of in reports.duplicate_of.dropna().items():
        assert texts[report_id] == texts[of]
    numbers = truth(written, "observations")
    assert set(numbers.source) == {"text", "table"}
    assert {"own", "prior"} == set(numbers.scope)
    named = numbers[(numbers.source == "text") & (numbers.metric == "requests_received")]
    assert (named.groupby("report_id").value.nunique() <= 2).all()


def test_a_thousand_reports_take_less_than_half_a_minute(tmp_path):
    start = time.process_time()
    write(100, tmp_path, seed=3)
    assert time.process_time() - start < 3


def test_the_command_writes_into_a_new_folder_only(tmp_path, capsys):
    assert run(["3", str(tmp_path / "new"), "--seed", "5"]) == 0
    assert len(list((tmp_path / "new" / REPORTS).rglob("*.txt"))) == 3
    assert run(["3", str(tmp_path / "new")]) == 2
    assert "new or empty" in capsys.readouterr().out
