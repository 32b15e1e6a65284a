"""govtext new and govtext study: a folder of one's own reports stands by itself."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse.groups import KINDS
from govtext.cli import main
from govtext.core import disk
from govtext.pipeline import home, places
from govtext.show import style, tell
from govtext.study import execute, run, settings
from govtext.study.folder import new
from tools import check

ROOT = Path(__file__).parents[1]
REPORTS = sorted((ROOT / "data/gold/reports").glob("0[1-6].txt"))
FILES = ROOT / "govtext/study/files"
NOTEBOOKS = sorted((FILES / "notebooks").glob("*.ipynb"))
MADE = {
    "Makefile", "README.md", "bodies.csv", "corrections.csv", "manifest.csv", "notebooks",
    "reports", "rules", "settings.toml",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A new study in a folder of its own, with one report."""
    monkeypatch.delenv("GOVTEXT_STUDY", raising=False)
    place = tmp_path / "我的研究 1"
    new(place)
    shutil.copy(REPORTS[0], place / "reports/a.txt")
    return place


CELLS = {
    "a": """import govtext as gt
gt.use_style(gt.settings().language)
study = gt.load()""",
    "b": """parts = gt.corpus.parts(study)
gt.save_figure(gt.plots.parts(parts), '{number}-parts')
gt.tell.parts(parts)""",
}


def words(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def quick(folder: Path, *names: str) -> None:
    """Leave only a cell or two in the notebooks of a study."""
    for path in (folder / "notebooks").iterdir():
        path.unlink()
    for name in names:
        cells = [
            {"cell_type": "code", "execution_count": None, "id": key, "metadata": {},
             "outputs": [], "source": source.format(number=name[:2])}
            for key, source in CELLS.items()
        ]  # fmt: skip
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "notebooks" / name).write_text(json.dumps(notebook), encoding="utf-8")


def changed(folder: Path) -> dict[str, int]:
    """When each thing was written that a run makes."""
    places = [*folder.glob("build/notebooks/[0-9]*.html"), *folder.glob("figures/*.svg")]
    return {path.name: path.stat().st_mtime_ns for path in places}


def test_a_new_study_has_all_that_it_needs(folder):
    assert {path.name for path in folder.iterdir()} == MADE
    assert len(list((folder / "notebooks").glob("*.ipynb"))) == 8
    assert (folder / "rules/README.md").is_file()
    assert "@PYTHON@" not in (folder / "Makefile").read_text(encoding="utf-8")
    assert settings(folder) == settings(folder / "nowhere")


def test_what_is_there_is_never_overwritten(folder, tmp_path, capsys):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    other = tmp_path / "full"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    for place, said in ((folder, "is a study already"), (other, "is not empty"),
                        (other / "thesis.txt", "is a file")):  # fmt: skip
        assert main(["new", str(place)]) == 1
        assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in other.iterdir()] == ["thesis.txt"]


def test_the_files_go_with_the_package():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"study/files/**/*"' in text
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{n:02d}" for n in range(1, 9)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_empty_and_plain(path):
    assert list(check.notebook_faults(path)) == []


SHIPPED = [
    str(name)
    for column in ("issuer", "issuer_short", "province", "prefecture", "county", "report_id")
    for name in pd.read_parquet(places.own_study() / "reports.parquet")[column].dropna().unique()
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_say_nothing_of_the_shipped_reports(path):
    text = words(path)
    assert [name for name in SHIPPED if name in text] == []
    assert not re.search(r"\b(?:five|four|three) (?:shipped |other )?(?:reports|texts)\b", text)
    assert not re.search(r"\b[0-9]+ (?:reports|bodies|requests)\b", text)
    assert not re.search(r"here (?:every|no|each)\b", text)


def test_an_empty_folder_of_reports_and_no_study_get_a_sentence(folder, tmp_path, capsys):
    (folder / "reports/a.txt").unlink()
    assert main(["study", str(folder)]) == 1
    assert "is empty: copy your reports there" in capsys.readouterr().err
    assert main(["study", str(tmp_path / "gone")]) == 2
    assert "govtext new" in capsys.readouterr().err
    (folder / "reports/a.pdf").write_bytes(b"%PDF-1.4\n")
    assert main(["study", str(folder)]) == 1
    assert "none of the 1 files" in capsys.readouterr().err


def test_packages_that_are_missing_are_named_with_the_command(folder, monkeypatch, capsys):
    packages = {"nbclient": "nbclient", "no_such_package": "no-such-package[css]"}
    monkeypatch.setattr(execute, "PACKAGES", packages)
    assert main(["study", str(folder)]) == 1
    said = capsys.readouterr().err
    assert said.endswith("-m pip install 'no-such-package[css]'\n")
    assert not (folder / "tables").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('langauge = "zh"', "'langauge'; it can be 'language'"),
        ('language = "cn"', "language is 'cn'; it can be 'en', 'zh'"),
        ('width = "wide"', "width is 'wide'; it can be"),
        ("width = 50", "inches from 3 to 20"),
        ('by = "yaer"', "by is 'yaer'; it can be '', 'report', 'all', 'year'"),
        ('themes = ["problms"]', "themes names 'problms'; it can be"),
        ('themes = "problems"', "themes is 'problems'; it must be a list"),
        ('metrics = ["request_received"]', "'requests_received'"),
        ("language = en", "A text stands in quotes"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(folder, line, said):
    (folder / "settings.toml").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)):
        settings(folder)


def test_themes_and_metrics_of_own_rules_can_be_named(folder):
    (folder / "rules/themes.csv").write_text(
        "id,zh,en,definition,source,note\nbirds,鸟类,birds,birds,mine,\n", encoding="utf-8"
    )
    (folder / "rules/lexicon.csv").write_text(
        "term,theme,kind,source,note\n候鸟,birds,term,mine,\n", encoding="utf-8"
    )
    (folder / "settings.toml").write_text('themes = ["birds"]', encoding="utf-8")
    assert settings(folder).themes == ("birds",)


def test_a_second_run_does_only_what_changed(folder, capsys):
    quick(folder, "01_one.ipynb", "02_two.ipynb")
    assert run(folder) == 0
    assert "2 of 2 notebooks executed" in capsys.readouterr().out
    first = changed(folder)
    assert set(first) == {"01-one.html", "02-two.html", "01-parts.svg", "02-parts.svg"}
    index = (folder / "build/notebooks/index.html").read_text(encoding="utf-8")
    assert all(f'href="{page}"' in index for page in ("01-one.html", "02-two.html"))

    assert run(folder) == 0
    said = capsys.readouterr().out
    assert "Nothing has changed since the last build" in said
    assert "0 of 2 notebooks executed, 2 unchanged" in said
    assert changed(folder) == first

    # One notebook: a changed cell, and no longer a figure.
    path = folder / "notebooks/02_two.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("02-parts", "02-other"))
    assert run(folder) == 0
    assert "1 of 2 notebooks executed" in capsys.readouterr().out
    assert set(changed(folder)) == {"01-one.html", "02-two.html", "01-parts.svg", "02-other.svg"}
    assert "02-parts" not in (folder / "figures/manifest.csv").read_text(encoding="utf-8")

    # All: a setting, then a report; and a figure that someone deleted.
    for change in ("settings", "reports"):
        if change == "settings":
            (folder / "settings.toml").write_text('language = "zh"', encoding="utf-8")
        else:
            shutil.copy(REPORTS[1], folder / "reports/b.txt")
        assert run(folder) == 0
        assert "2 of 2 notebooks executed" in capsys.readouterr().out
    (folder / "figures/01-parts.svg").unlink()
    assert run(folder) == 0
    assert "1 of 2 notebooks executed" in capsys.readouterr().out
    assert len(gt.load(folder).reports) == 2


def test_outputs_that_jupyter_saved_change_nothing(folder, capsys):
    quick(folder, "01_one.ipynb")
    run(folder)
    path = folder / "notebooks/01_one.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["execution_count"] = 7
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run(folder)
    assert "0 of 1 notebooks executed" in capsys.readouterr().out


def test_a_failing_notebook_is_named_and_tried_again(folder, capsys):
    quick(folder, "01_one.ipynb")
    path = folder / "notebooks/01_one.ipynb"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("gt.load()", "gt.load('gone')"), encoding="utf-8")
    for _ in range(2):
        assert run(folder) == 1
        assert "FAILED notebooks/01_one.ipynb, cell 1" in capsys.readouterr().out
    path.write_text(good, encoding="utf-8")
    assert run(folder) == 0


def test_the_manifest_corrections_and_rules_beside_the_reports_count(folder):
    quick(folder)
    (folder / "manifest.csv").write_text("file,issuer,year\na.txt,甲乙县人民政府,2011\n")
    (folder / "corrections.csv").write_text(
        "report,metric,applicant,value,who,why\na,requests_received,,999,me,misread\n"
    )
    (folder / "rules/stopwords.csv").write_text("word,list,source,note\n鸟,genre,mine,\n")
    assert run(folder) == 0
    study = gt.load(folder)
    assert list(study.reports["issuer"]) == ["甲乙县人民政府"]
    assert list(study.reports["year"]) == [2011]
    received = study.observations.query("metric == 'requests_received'")
    assert 999 in set(received["value"])
    assert (folder / "tables/own_rules/stopwords.csv").is_file()


def test_a_manifest_that_came_with_the_reports_counts_unless_there_are_two(folder, capsys):
    quick(folder)
    text = "file,issuer,year\na.txt,甲乙县人民政府,2011\n"
    (folder / "reports/manifest.csv").write_text(text)
    assert run(folder) == 0
    assert list(gt.load(folder).reports["year"]) == [2011]
    (folder / "manifest.csv").write_text(text)
    assert main(["study", str(folder)]) == 1
    assert "both have rows: put them into one of the two" in capsys.readouterr().err


def test_the_study_is_found_from_anywhere_in_its_folder(folder, monkeypatch):
    quick(folder)
    run(folder)
    monkeypatch.chdir(folder / "notebooks")
    study = gt.load()
    assert study.folder.resolve() == (folder / "tables").resolve()
    assert study.figures.resolve() == (folder / "figures").resolve()
    assert gt.load(folder).figures.resolve() == (folder / "figures").resolve()
    monkeypatch.chdir(ROOT)
    assert places.default_study() == places.own_study()
    monkeypatch.setenv("GOVTEXT_STUDY", str(folder))
    assert gt.load().folder.resolve() == (folder / "tables").resolve()


def test_names_of_bodies_beside_the_settings_join(folder):
    quick(folder)
    run(folder)
    name = gt.bodies(gt.load(folder))["name"].iloc[0]
    (folder / "bodies.csv").write_text(f"name,region_code,body\n{name},,又名\n", encoding="utf-8")
    assert list(gt.bodies(gt.load(folder))["body"]) == ["又名"]
    assert home.of(folder / "tables") == folder.resolve()


def test_the_sample_to_judge_is_written_once_and_a_judged_one_is_read(folder):
    quick(folder)
    run(folder)
    study = gt.load(folder)
    drawn = gt.own_sample(study, 5)
    assert tell.sample(gt.score_sample(drawn)).startswith("No row of the sample is judged yet (5")
    judged = pd.read_csv(folder / "build/sample.csv", dtype=str, keep_default_na=False)
    judged["right"] = "yes"
    judged.to_csv(folder / "sample.csv", index=False)
    again = gt.own_sample(study, 5)
    assert list(again["right"]) == ["yes"] * len(drawn)
    assert "are judged" in tell.sample(gt.score_sample(again))


def test_what_is_told_follows_the_frame_in_both_languages(folder):
    for name in "bc":
        shutil.copy(REPORTS["abc".index(name)], folder / f"reports/{name}.txt")
    quick(folder)
    run(folder)
    study = gt.load(folder)
    frame = gt.corpus.corpus(study)
    assert tell.corpus(frame).startswith("3 reports of 3 bodies, on ")
    assert repr(tell.corpus(frame.head(1))).startswith("1 report of 1 body, on ")
    assert tell.coverage(gt.coverage(study)).startswith("Of 3 bodies none has reports of two years")
    shares = gt.emphasis.theme_shares(study)
    assert "; fewest on " in tell.emphasis(shares)
    one = tell.emphasis(shares.query("theme == 'problems'"))
    assert re.fullmatch(
        r"Share of the sentences, in the mean of 3 reports: admitted problems \([0-9]+%\)\.", one
    )
    verdicts = study.findings["verdict"].value_counts()
    assert tell.checks(study.findings).startswith(
        f"Of {len(study.findings)} checks {verdicts['holds']} hold"
    )
    assert "nothing is compared" in tell.keyness(
        gt.language.keyness(study, ["2021-"], by="period")
    ).replace("Nothing", "nothing")
    try:
        style.use_style("zh")
        assert tell.corpus(frame).startswith("3个机关的3份报告")
    finally:
        style.use_style("en")


def test_two_runs_of_make_in_the_folder_leave_the_clone_alone(folder):
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    quick(folder, "01_one.ipynb")
    before = clone()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for said in ("1 of 1 notebooks executed", "0 of 1 notebooks executed"):
        done = subprocess.run(
            ["make"], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    assert clone() == before
    assert sys.executable in (folder / "Makefile").read_text(encoding="utf-8")


def clone() -> dict[str, int]:
    places = ("data", "figures", "notebooks")
    return {
        str(path): path.stat().st_mtime_ns
        for place in places
        for path in (ROOT / place).rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("n", [1, 6])
def test_every_notebook_runs_on_few_reports(folder, n):
    """Cell by cell in this process, which is much quicker than in a kernel each."""
    for path in REPORTS[:n]:
        shutil.copy(path, folder / "reports" / path.name)
    (folder / "reports/a.txt").unlink()
    held = {path.name: path.read_bytes() for path in (folder / "notebooks").iterdir()}
    quick(folder)
    run(folder)
    for name, content in held.items():
        (folder / "notebooks" / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", EVERY, *sorted(str(folder / "notebooks" / name) for name in held)],
        cwd=folder / "notebooks", capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    drawn = {path.name for path in (folder / "figures").glob("*.svg")}
    asked = {f"{each}.svg" for path in NOTEBOOKS
             for each in re.findall(r'save_figure\(ax, "([^"]+)"', words(path))}  # fmt: skip
    assert drawn == asked


EVERY = """
import json, sys, warnings
import matplotlib.pyplot as plt
warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    held = {}
    for number, cell in enumerate(json.load(open(path, encoding="utf-8"))["cells"], start=1):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{path}:{number}", "exec"), held)
    plt.close("all")
"""


def test_a_series_is_drawn_whatever_it_is_grouped_by(folder):
    """`by` of the settings goes to every figure: years lie along it, provinces may be unknown."""
    (folder / "manifest.csv").write_text("file,issuer\na.txt,甲乙县人民政府\n", encoding="utf-8")
    quick(folder)
    run(folder)
    series = gt.panel(gt.load(folder), "requests_received")
    for by in ("report", *KINDS):
        assert len(gt.plots.drawn(gt.plots.panel(series, by=by))) == 1


def test_a_new_study_that_was_cut_off_is_gone_on_with(tmp_path, monkeypatch):
    place, write, left = tmp_path / "mine", disk.write, iter(range(5))

    def cut_off(path, data):
        if next(left, None) is None:
            path.with_name(f".{path.stem}.77{path.suffix}").write_bytes(b"half")
            raise KeyboardInterrupt
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", cut_off)
        with pytest.raises(KeyboardInterrupt):
            new(place)
    assert not home.is_study(place)
    new(place)
    assert home.is_study(place)
    assert {path.name for path in place.iterdir() if not disk.is_draft(path)} == MADE


def test_who_stops_a_study_is_told_how_to_go_on(folder, monkeypatch, capsys):
    quick(folder, "01_a.ipynb", "02_b.ipynb")

    def stop(paths, out, *, study, done):
        raise KeyboardInterrupt

    monkeypatch.setattr(execute, "execute_all", stop)
    assert main(["study", str(folder)]) == 130
    said = capsys.readouterr()
    assert "Stopped with 0 of 2 notebooks executed. They are kept" in said.out
    assert "the same command goes on" in said.out


@pytest.mark.parametrize(
    "text", ["en'); import os; os.abort(); ('", "{__import__('os')}", "$(touch x)", "../../x"]
)
def test_what_is_set_is_data_and_never_code(folder, text):
    for entry in (f"language = {json.dumps(text)}", f"themes = [{json.dumps(text)}]"):
        (folder / "settings.toml").write_text(entry, encoding="utf-8")
        with pytest.raises(ValueError, match=re.escape(repr(text))):
            settings(folder)
