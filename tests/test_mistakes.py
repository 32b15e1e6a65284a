"""Typical mistakes: one sentence each, with what was given and the next step."""

import os

import pandas as pd
import pytest

import govtext as gt
from govtext.cli import main
from govtext.core.near import listed, meant
from govtext.pipeline.build import build

TEXT = "某县2012年政府信息公开工作年度报告\n2012年,我县公开信息35条。\n"

CALLS = [
    ("study.report", "did you mean 'reports'"),
    ("study.read('report')", "did you mean 'reports'"),
    ("study.read('reports', ['yaer'])", "did you mean 'year'"),
    ("gt.load(study.folder, columns={'reports': ['isuer']})", "did you mean 'issuer'"),
    ("gt.load('nowhere')", "nowhere is no folder of tables; govtext build"),
    ("study.filter(level='conty')", "did you mean 'county'"),
    ("study.filter(year=2014)", "did you mean 'years'"),
    ("study.filter(years='2014')", "years are numbers"),
    ("study.filter(years=1999)", "its years are"),
    ("gt.panel(study, 'request_received')", "did you mean 'requests_received'"),
    ("gt.panel(study, 'nothing like it')", "gt.codebook"),
    ("gt.panel(study.observations, 'requests_received')", "takes a study, as gt.load() gives"),
    ("gt.panel('data/processed')", "gt.panel(gt.load('data/processed')"),
    ("gt.panel(study, nmaes='x.csv')", "did you mean 'names'"),
    ("gt.rates(study, 'grantd')", "did you mean 'granted'"),
    ("gt.rates(study.observations)", "needs the column 'metrics'"),
    ("gt.coverage(study.reports)", "takes a study"),
    ("gt.stated(None or study.reports)", "takes a study"),
    ("gt.kwic(study.reports, 'x')", "takes a study"),
    ("gt.kwic(study, '')", "give words"),
    ("gt.sentences(study, ' ')", "give words"),
    ("gt.dtm(study, 'yaer')", "did you mean 'year'"),
    ("gt.emphasis.theme_shares(study, 'yaer')", "it can be 'report_id' or 'part'"),
    ("gt.counted_things(study, by='parts')", "it can be 'part' or 'year'"),
    ("gt.language.keyness(study, 'problem')", "problems"),
    ("gt.emphsis", "did you mean 'emphasis'"),
    ("gt.plots.covrage", "did you mean 'coverage'"),
    ("gt.plots.rates(gt.panel(study))", "needs the column 'share'"),
    ("gt.plots.coverage(study)", "takes a frame and was given a study"),
    ("gt.use_style('english')", "it can be 'en' or 'zh'"),
    ("gt.topics(study, n_bot=3)", "did you mean 'n_boot'"),
    ("gt.build('nowhere', 'out')", "nowhere does not exist"),
    ("gt.build(study.folder, 'out')", "holds the tables of a build"),
    ("gt.score_sample('nowhere.csv')", "nowhere.csv is no file"),
    ("gt.score_sample(study.reports)", "is it of draw_sample?"),
    ("gt.bodies(study, names='nowhere.csv')", "nowhere.csv is no file"),
    ("gt.export(study, 'x.xls')", "did you mean '.xlsx'"),
    ("gt.export(study, 'x.csv', table='obsevations')", "did you mean 'observations'"),
    ("gt.export([1], 'x.csv')", "pandas.DataFrame makes a frame"),
    ("gt.join(study.sections, 'nowhere.csv')", "nowhere.csv does not exist"),
    ("gt.join(gt.panel(study), pd.DataFrame({'code': []}))", "on= and year= name the columns"),
    ("gt.unmatched(study.reports)", "does not come from gt.join"),
    ("gt.explain(study)", "given a study as 'reading', which is no reading. What it takes: A rep"),
    ("gt.explain(study, 3)", "Next: report = gt.read_report(path); gt.explain(report, ...)"),
    ("gt.save_figure(study.reports)", "given a frame as 'ax', which is no Axes of a plot"),
    ("gt.save_figure(study.reports, '01-x')", "draw the frame first: ax = gt.plots.coverage("),
    ("gt.tokenize(None)", "given nothing (None) as 'text', which is no text"),
    ("gt.parse_quantities()", "also needs text: gt.parse_quantities(text)"),
    ("gt.read_report(study)", "given a study as 'path', which is no text or path"),
    ("gt.load(5)", "given 5 (int) as 'folder'"),
    ("gt.build('x')", "also needs out: gt.build(source, out, ...)"),
    ("gt.code_themes('x')", "given 'x' (str) as 'sentences', which is no list of texts"),
    ("gt.sentences(study, 5)", "which is no text or list of texts"),
    ("gt.panel(None)", "Next: study = gt.load(); gt.panel(study, ...)"),
    ("gt.rates(study, 5)", "given 5 (int) as 'what'"),
    ("gt.draw_sample(study, '5')", "given '5' (str) as 'n', which is no whole number"),
    ("gt.crosswalk(3)", "was given 1 things and takes 0 without a name: gt.crosswalk()"),
    ("gt.compare(1, 2)", "given 1 (int) as 'old', which is no study or text or path"),
    ("gt.plots.panel('x')", "given 'x' (str) as 'frame', which is no frame"),
    ("gt.tell.coverage(None)", "given nothing (None) as 'frame', which is no frame"),
]


@pytest.mark.parametrize(("code", "said"), CALLS, ids=[code for code, _ in CALLS])
def test_a_call_that_is_wrong_says_what_is_right(study, tmp_path, monkeypatch, code, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Exception) as caught:  # noqa: PT011 -- each has its own kind
        eval(code, {"gt": gt, "pd": pd, "study": study})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with reports, one without any, and the tables of the first."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    build(tmp_path / "reports", tmp_path / "tables", progress=lambda line: None)
    monkeypatch.chdir(tmp_path)
    return tmp_path


COMMANDS = [
    ("build empty --out o", "holds no report: copy your reports there"),
    ("build reports --out reports", "the tables need a folder of their own"),
    ("build reports --out reports/a.txt", "is a file; the tables need a folder"),
    ("build tables --out o", "holds the tables of a build and no reports"),
    ("build nowhere --out o", "nowhere does not exist"),
    ("build reports --out o --rules nowhere", "nowhere is no folder"),
    ("show nowhere.txt", "is no file"),
    ("show tables", "is no file"),
    ("export nowhere x.csv", "is no folder of tables; govtext build"),
    ("export reports x.csv", "has no table reports"),
    ("export tables x.xls", "it can end in .xlsx"),
    ("export tables x.csv --table report", "did you mean 'reports'"),
    ("study nowhere", "govtext new nowhere makes one"),
]


@pytest.mark.parametrize(("command", "said"), COMMANDS, ids=[each for each, _ in COMMANDS])
def test_a_command_that_is_wrong_leaves_with_2_and_a_sentence(place, capsys, command, said):
    assert main(command.split()) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("govtext: ")
    assert said in line


@pytest.mark.parametrize(
    ("command", "said"),
    [("biuld reports --out o", "did you mean 'build'"), ("build reports", "--out"),
     ("build reports --out o --workers two", "no number of 1 or more")],
)  # fmt: skip
def test_a_command_that_is_none_leaves_with_2(place, capsys, command, said):
    with pytest.raises(SystemExit) as stop:
        main(command.split())
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_tables_among_the_reports_are_not_read_as_reports(place, capsys):
    """Those that the build itself writes there are known; others stop it."""
    reports = str(place / "reports")
    assert main(["build", reports, "--out", str(place / "reports" / "mine")]) == 0
    assert main(["build", reports, "--out", str(place / "reports" / "mine")]) == 0
    assert main(["build", reports, "--out", "other"]) == 2
    assert f"move it out of {reports}" in capsys.readouterr().err


def test_a_study_is_not_read_as_reports(place, capsys):
    assert main(["new", "mine"]) == 0
    assert main(["build", "mine", "--out", "o"]) == 2
    assert "govtext study mine builds it" in capsys.readouterr().err


def test_a_folder_without_permission_is_named(place, capsys, monkeypatch):
    def closed(*_, **__):
        raise PermissionError(13, "Permission denied", "there")

    monkeypatch.setattr(os, "mkdir", closed)
    assert main(["build", "reports", "--out", "there"]) == 1
    assert "there: no permission; choose another folder" in capsys.readouterr().err


def test_near_words():
    assert meant("Yaer", ["year", "issuer"]) == " (did you mean 'year'?)"
    assert meant("something", ["year"]) == ""
    assert listed(["a", "b"]) == "a, b"
    assert listed(map(str, range(100)), "1").endswith("... (100 in all)")
