"""The made corpus: the same for a seed, varied, of every form, and true to what it says."""

import math
import statistics
import time

import docx
import pandas as pd
import pytest

import govtext as gt
from govtext.core.text import key
from govtext.extract.clean import clean
from govtext.pipeline.build import build
from govtext.read import read_bytes
from tools.forms import labels
from tools.made import corpus
from tools.made.files import parts_of
from tools.made.report import MARK
from tools.made.score import score
from tools.made.study import perfect
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


@pytest.fixture(scope="module")
def study():
    return perfect(500, seed=3)


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


def test_planted_effects_are_in_the_numbers_and_told(written):
    told = truth(written, "effects").set_index(["measure", "group"])["size"]
    rows = [
        (each.body.level, each.year, each.granted, *granted_of(each))
        for each in corpus(900, seed=4)
        if each.filled is not None and not each.duplicate_of and each.year >= 2019
    ]
    frame = pd.DataFrame(rows, columns=["level", "year", "planted", "granted", "total"])
    frame["expected"] = frame.planted * frame.total
    frame["variance"] = frame.expected * (1 - frame.planted)
    for _, some in frame.groupby("level"):
        assert abs(some.granted.sum() - some.expected.sum()) < 4 * some.variance.sum() ** 0.5
    for row in frame.itertuples():
        odds = told["granted", "all"] + told["granted", "per_year"] * (row.year - 2014)
        odds += told.get(("granted", row.level), 0)
        assert math.isclose(math.log(row.planted / (1 - row.planted)), odds)


def granted_of(report):
    numbers = report.filled.numbers
    return numbers["result_granted", "total"], numbers["results_total", "total"]


def test_intervals_of_rates_hold_the_planted_share_as_often_as_they_promise(study):
    planted = {each.report_id: each.granted for each in corpus(500, seed=3)}
    rates = gt.rates(study, "granted")
    rates = rates[rates.share.notna()]
    known = rates.report_id.map(planted)
    held = (rates.low <= known) & (known <= rates.high)
    assert len(rates) > 300
    assert 0.92 < held.mean() < 0.98


def test_the_study_of_a_perfect_reading_says_what_is_true(study):
    numbers = study.observations
    assert set(numbers.source) == {"text", "table"}
    flags = numbers["flags"]
    assert set(flags) == {"", "prior_year"}
    text = study.reports.set_index("report_id").text
    assert all(
        text[row.report_id][row.start : row.end].endswith("。")
        for row in study.themes.head(2_000).itertuples()
    )


def test_other_effects_make_another_corpus(tmp_path):
    table = tmp_path / "effects.csv"
    table.write_text("measure,group,size,note\ngranted,all,-9,\nrequests,all,5,\n")
    assert run(["30", str(tmp_path / "out"), "--effects", str(table)]) == 0
    numbers = truth(tmp_path / "out", "observations")
    assert numbers[numbers.metric == "result_granted"].value.fillna(0).max() < 5
    assert numbers[numbers.metric == "requests_received"].value.max() > 50


def test_formats_come_in_their_parts_and_each_says_that_it_was_made(tmp_path):
    parts = {"txt": 4.0, "html": 2.0, "docx": 1.0, "pdf": 1.0}
    write(40, tmp_path, 1, parts)
    reports = truth(tmp_path, "reports")
    suffixes = reports.path.str.extract(r"(\.[a-z]+)$")[0].value_counts()
    assert set(suffixes.index) == {".txt", ".html", ".docx", ".pdf"}
    assert suffixes[".txt"] > suffixes[".pdf"]
    for suffix in (".html", ".docx", ".pdf"):
        path = tmp_path / REPORTS / reports.path[reports.path.str.endswith(suffix)].iloc[0]
        assert key(MARK[:12]) in key(clean(read_bytes(path.read_bytes())).text)
        if suffix == ".docx":
            assert docx.Document(path).sections[0].header.paragraphs[0].text == MARK


@pytest.mark.parametrize("wrong", ["txt", "txt=0", "odt=3", "txt=70,html"])
def test_a_format_without_a_part_is_told_with_those_that_there_are(wrong):
    with pytest.raises(ValueError, match=r"is no format with a part.*txt_glued"):
        parts_of(wrong)


def test_prose_and_form_of_a_made_report_agree(tmp_path):
    write(40, tmp_path, seed=21)
    build(tmp_path / REPORTS, tmp_path / "tables", progress=lambda line: None)
    findings = gt.load(tmp_path / "tables").findings
    assert (findings["verdict"] == "holds").sum() > 400
    assert findings.query("verdict == 'broken'")["statement"].to_list() == []


def test_the_score_of_the_truth_itself_is_perfect_but_for_what_is_taken_away(tmp_path):
    write(12, tmp_path, seed=6)
    study = tmp_path / "tables"
    build(tmp_path / REPORTS, study, progress=lambda line: None)
    table = score(study, tmp_path / TRUTH).set_index("measure")
    assert table.loc["kind of document", "recall"] == 1
    assert table.loc["identity: year", "recall"] == 1
    assert table.loc["sentences found to the character", "recall"] == 1
    assert table.loc["cells with a number", "precision"] > 0.99
    assert table.loc["numbers of prose", "recall"] > 0.9
    observations = pd.read_parquet(study / "observations.parquet")
    kept = observations[observations.source == "table"].iloc[::2]
    kept.to_parquet(study / "observations.parquet")
    poorer = score(study, tmp_path / TRUTH).set_index("measure")
    assert poorer.loc["numbers of prose", "recall"] == 0
    assert poorer.loc["cells with a number", "recall"] < 0.6


def test_a_thousand_reports_take_less_than_half_a_minute(tmp_path):
    start = time.process_time()
    write(100, tmp_path, seed=3)
    assert time.process_time() - start < 3


def test_the_command_writes_into_a_new_folder_only(tmp_path, capsys):
    assert run(["3", str(tmp_path / "new"), "--seed", "5"]) == 0
    assert len(list((tmp_path / "new" / REPORTS).rglob("*.txt"))) == 3
    assert run(["3", str(tmp_path / "new")]) == 2
    assert "new or empty" in capsys.readouterr().out
