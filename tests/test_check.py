"""tools.check: every check passes on what is right and names what is not."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import matplotlib.image as images
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.pipeline import manifest
from tools import __main__ as chores
from tools import check, lock, moved, performance_page

ROOT = Path(__file__).parents[1]
REPORTS = pd.DataFrame(
    {"report_id": ["a", "b", "c"], "year": [2008, 2009, None], "place": ["甲市", None, "乙县"]}
)


@pytest.fixture
def copy(tmp_path):
    """The project's set-up files, free to be changed."""
    for name in ("pyproject.toml", "requirements.lock", "environment.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_lock_and_the_environment_are_in_step():
    assert check.check_lock(ROOT) == check.Verdict()
    assert check.check_environment(ROOT) == check.Verdict()


def test_another_requirement_needs_another_lock_and_environment(copy):
    change(copy / "pyproject.toml", "pandas>=3", "pandas>=3.1")
    assert "make lock" in check.check_lock(copy).faults[0]
    assert "make environment" in check.check_environment(copy).faults[0]
    lock.stamp(copy)
    (copy / "environment.yml").write_text(lock.environment(copy), encoding="utf-8")
    assert not check.check_lock(copy).faults
    assert not check.check_environment(copy).faults


def test_a_change_of_words_needs_none(copy):
    change(copy / "pyproject.toml", 'description = "', 'description = "Also: ')
    assert not check.check_lock(copy).faults


def test_the_stamp_is_written_once(copy):
    for _ in range(2):
        lock.stamp(copy)
    text = (copy / "requirements.lock").read_text(encoding="utf-8")
    assert text.count(lock.STAMP) == 1
    assert text == (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_pins_and_hashes_everything_asked_for_and_names_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {line.split("==")[0] for line in text.splitlines() if line[:1].isalpha()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = {
        re.split(r"[\[<>=]", r)[0].replace(".", "-") for r in sum(extras, project["dependencies"])
    }
    assert asked <= pinned
    assert "://" not in text
    entries = [entry for entry in text.split("\n") if entry and not entry.startswith((" ", "#"))]
    assert all("==" in entry and entry.endswith("\\") for entry in entries)


def test_the_environment_takes_from_pip_only_what_conda_forge_lacks():
    conda, pip = lock.environment(ROOT).split("  - pip:\n")
    assert [line.strip() for line in pip.splitlines()] == ["- zhplot==1.0.0", "- -e ."]
    assert "  - jieba==0.42.1\n" in conda
    assert "pytest" not in conda
    assert "[" not in conda


def test_the_page_of_the_codebook_is_in_step(tmp_path):
    assert check.check_codebook(ROOT) == check.Verdict()
    shutil.copytree(ROOT / "docs/tables", tmp_path / "docs/tables")
    assert "python -m tools codebook" in check.check_codebook(tmp_path).faults[0]
    for name in ("codebook.md", "codebook.zh.md"):
        shutil.copy(ROOT / "docs" / name, tmp_path / "docs")
    assert check.check_codebook(tmp_path) == check.Verdict()
    change(tmp_path / "docs/codebook.md", "requests newly received", "requests accepted")
    assert "python -m tools codebook" in check.check_codebook(tmp_path).faults[0]


def test_the_page_of_the_benchmarks_is_in_step(tmp_path):
    assert check.check_performance(ROOT) == check.Verdict()
    results = tmp_path / performance_page.RESULTS
    shutil.copytree(ROOT / performance_page.RESULTS, results)
    assert "python -m tools performance" in check.check_performance(tmp_path).faults[0]
    (tmp_path / "docs").mkdir()
    performance_page.write(tmp_path)
    assert check.check_performance(tmp_path) == check.Verdict()
    change(tmp_path / performance_page.PLACE, "Performance", "Speed")
    assert "python -m tools performance" in check.check_performance(tmp_path).faults[0]


def test_what_is_to_be_written_is_written(monkeypatch, capsys, copy):
    shutil.copytree(ROOT / "docs/tables", copy / "docs/tables")
    (copy / "environment.yml").unlink()
    monkeypatch.setattr(chores, "ROOT", copy)
    for name in ("codebook", "environment", "stamp-lock"):
        assert chores.main([name]) == 0
    assert check.check_codebook(copy) == check.Verdict()
    assert check.check_environment(copy) == check.Verdict()
    assert check.check_lock(copy) == check.Verdict()
    assert chores.main(["nothing"]) == chores.main([]) == 2
    assert "codebook" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["codebook", "environment", "stamp-lock"])
def test_what_is_written_needs_nothing_installed(name, tmp_path):
    """A lock that cannot be installed can still be replaced."""
    for part in ("tools", "govtext/core", "govtext/rules", "docs/tables"):
        shutil.copytree(ROOT / part, tmp_path / part)
    for file in ("govtext/__init__.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / file, tmp_path / file)
    bare = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-S", "-m", "tools", name]
    subprocess.run(command, cwd=tmp_path, env=bare, check=True)


def test_every_chore_is_there():
    for module, function, does in chores._CHORES.values():
        assert callable(getattr(import_module(f"tools.{module}"), function))
        assert does


def test_every_chore_of_the_makefile_is_one():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"-m tools ([a-z-]+)", text)) <= set(chores._CHORES)
    assert "-m tools." not in text


def notebook(path: Path, *sources: str, **cell: object) -> Path:
    base = {"cell_type": "code", "outputs": [], "execution_count": None, "metadata": {}}
    cells = [{**base, "source": source.splitlines(keepends=True), **cell} for source in sources]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_a_thin_notebook_passes(tmp_path):
    path = notebook(
        tmp_path / "01_a.ipynb",
        "import govtext as gt\nlanguage = 'en'",
        "gt.save_figure(gt.plots.parts(gt.load().sections), '01-parts')",
        "'Reports read/rejected, https://example.org/a'",
    )
    assert list(check.notebook_faults(path)) == []


@pytest.mark.parametrize(
    ("source", "cell", "fault"),
    [
        ("1", {"outputs": [{}]}, "stored with its output"),
        ("1", {"execution_count": 3}, "stored with its output"),
        ("def clean(text):\n    return text", {}, "defines clean"),
        ("if True:\n    class Report: ...", {}, "defines Report"),
        ("open('../data/raw')", {}, "names the place '../data/raw'"),
        ("open('/home/x/data')", {}, "names the place '/home/x/data'"),
        ("open('~/data')", {}, "names the place '~/data'"),
        ("open(r'C:\\data')", {}, "names the place"),
        ("%matplotlib inline", {}, "is not plain Python"),
    ],
)
def test_what_does_not_belong_into_a_notebook_is_named(tmp_path, source, cell, fault):
    path = notebook(tmp_path / "01_a.ipynb", "1", source, **cell)
    faults = [one for one in check.notebook_faults(path) if "code cell 2, " in one]
    assert len(faults) == 1
    assert fault in faults[0]


def test_the_project_s_own_notebooks_pass():
    assert check.check_notebooks(ROOT).faults == ()


def test_copies_beside_the_notebooks_are_none_of_them(tmp_path):
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path / "notebooks/05_a.ipynb", "1")
    notebook(tmp_path / "notebooks/05_a.nbconvert.ipynb", "1", execution_count=3)
    assert check.check_notebooks(tmp_path) == check.Verdict()
    notebook(tmp_path / "notebooks/05_b.ipynb", "1")
    assert check.check_notebooks(tmp_path).faults == ("2 notebooks have the number 05",)


def test_a_changed_byte_of_data_raw_fails_with_its_sentence(monkeypatch, tmp_path):
    said = lambda folder: [f"{folder.name}/2012.txt has other bytes"]  # noqa: E731
    monkeypatch.setattr(manifest, "check", said)
    assert check.check_raw(tmp_path).faults == ("raw/2012.txt has other bytes",)


def test_difference_tells_rows_added_removed_and_changed():
    new = REPORTS.drop(index=0)
    new.loc[1, "year"] = 2010
    new.loc[3] = ["d", 2011, "丙"]
    new.loc[4] = ["e", 2011, "丁"]
    assert moved.difference(REPORTS, new) == "2 rows added, 1 row removed, 1 row changed"


def test_difference_tells_columns():
    new = REPORTS.drop(columns="place").assign(county=None)
    assert moved.difference(REPORTS, new) == "column county added, column place removed"


def test_difference_of_the_same_rows_says_so():
    assert "same rows" in moved.difference(REPORTS, REPORTS.iloc[::-1])


def test_a_row_that_moved_is_told_with_old_and_new():
    new = REPORTS.drop(index=0)
    new.loc[1, "year"] = 2010
    new.loc[3] = ["d", 2011, "丙"]
    assert list(moved.changes(REPORTS, new)) == [
        "gone: a, 甲市", "b: year 2009.0 -> 2010.0", "new: d, 丙"
    ]  # fmt: skip
    many = pd.DataFrame({"report_id": list("abcdefgh"), "n": range(8)})
    said = list(moved.changes(many, many.assign(n=many["n"] + 1)))
    assert said[0] == "a: n 0 -> 1"
    assert said[-1] == "and 3 rows more"


pairs = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=6)


@given(pairs, pairs)
def test_the_counts_of_a_difference_add_up(old, new):
    names = ["report_id", "n"]
    said = moved.difference(pd.DataFrame(old, columns=names), pd.DataFrame(new, columns=names))
    counts = dict.fromkeys(("added", "removed", "changed"), 0)
    for part in said.split(", ") if "same rows" not in said else []:
        n, _, verb = part.split()
        counts[verb] = int(n)
    assert len(old) + counts["added"] - counts["removed"] == len(new)
    assert (sorted(old) == sorted(new)) == (not any(counts.values()))


@pytest.fixture
def committed(tmp_path):
    """A repository with one table and two figures committed, built again just now."""
    for folder in ("data/processed", "figures", "build/notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    REPORTS.to_parquet(tmp_path / "data/processed/reports.parquet", index=False)
    (tmp_path / "figures/01-a.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "figures/01-b.csv").write_text("report_id,n\na,1\nb,2\n", encoding="utf-8")
    for name in "cd":
        images.imsave(tmp_path / f"figures/01-{name}.png", np.ones((4, 6, 3)))
    me = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "-q"], ["add", "data", "figures"], [*me, "commit", "-qm", "first"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_what_was_built_and_is_committed_passes(committed):
    assert check.check_committed(committed) == check.Verdict()


def test_what_moved_is_said(committed):
    REPORTS.drop(index=[1]).to_parquet(committed / "data/processed/reports.parquet", index=False)
    (committed / "figures/01-a.svg").write_text("<svg />", encoding="utf-8")
    (committed / "figures/01-b.csv").write_text("report_id,n\na,1\nb,3\n", encoding="utf-8")
    image = np.ones((4, 6, 3))
    image[1, 2] = 0
    images.imsave(committed / "figures/01-c.png", image)
    white = np.ones((4, 6, 3))
    images.imsave(committed / "figures/01-d.png", white, metadata={"Description": "other"})
    (committed / "figures/02-新.svg").write_text("<svg/>", encoding="utf-8")
    assert check.check_committed(committed).faults == (
        "data/processed/reports.parquet: 1 row removed",
        "    gone: b",
        "figures/01-a.svg: other bytes",
        "figures/01-b.csv: 1 row changed",
        "    b: n 2 -> 3",
        "figures/01-c.png: drawn otherwise, see build/check/01-c.png",
        "figures/01-d.png: looks the same, in other bytes",
        "figures/02-新.svg: made, and not committed",
    )
    shown = images.imread(committed / "build/check/01-c.png")[..., :3]
    assert shown.shape == (4, 18, 3)
    red = (shown[:, 12:, 0] > 0.8) & (shown[:, 12:, 1] < 0.2)
    assert np.argwhere(red).tolist() == [[1, 2]]


def test_what_is_gone_is_said(committed):
    (committed / "figures/01-a.svg").unlink()
    assert check.check_committed(committed).faults == ("figures/01-a.svg: committed, and not made",)


def test_without_git_or_a_build_it_says_so_and_passes(committed):
    shutil.rmtree(committed / "build")
    verdict = check.check_committed(committed)
    assert verdict.faults == ()
    assert "make study" in verdict.note
    shutil.rmtree(committed / ".git")
    verdict = check.check_committed(committed)
    assert verdict.faults == ()
    assert "no git history" in verdict.note


def test_every_check_runs_and_one_failure_fails_all(monkeypatch, capsys, tmp_path):
    checks = {
        "first": lambda: check.Verdict(("it broke",)),
        "second": lambda: check.Verdict(note="half of it"),
    }
    monkeypatch.setattr(check, "_checks", lambda root: checks)
    assert check.run(tmp_path) == 1
    assert capsys.readouterr().out.splitlines() == [
        "FAILED  first",
        "        it broke",
        "ok      second (half of it)",
        "1 of 2 checks failed",
    ]
    del checks["first"]
    assert check.run(tmp_path) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "all checks passed"


def test_a_tool_that_fails_is_quoted(tmp_path):
    (tmp_path / "bad.py").write_text("import os\n", encoding="utf-8")
    verdict = check._run_tool(tmp_path, (*check._TOOLS["lint"], "--isolated"))
    assert any(line.startswith("bad.py:1:8: F401") for line in verdict.faults)
    (tmp_path / "bad.py").write_text("", encoding="utf-8")
    assert check._run_tool(tmp_path, (*check._TOOLS["lint"], "--isolated")) == check.Verdict()


def test_every_room_and_every_verb_is_in_the_contracts():
    """A module left out of the contracts would escape the import arrows."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    arrows, verbs, analyses, pipeline = linter["importlinter"]["contracts"]
    assert placed(arrows["layers"]) == inside("govtext", prefix="govtext.") | {"tools"}
    assert set(verbs["modules"]) == inside("govtext/extract", prefix="govtext.extract.")
    assert placed(analyses["layers"]) == inside("govtext/analyse")
    assert placed(pipeline["layers"]) == inside("govtext/pipeline")


def test_the_house_has_few_rooms():
    entries = [each for each in (ROOT / "govtext").iterdir() if each.name != "__pycache__"]
    assert len(entries) <= 14


def placed(layers: list[str]) -> set[str]:
    return {name for layer in layers for name in layer.split(" | ")}


def inside(folder: str, prefix: str = "") -> set[str]:
    """Modules and packages of a folder, but for what only starts it."""
    place = ROOT / folder
    names = {path.stem for path in place.glob("*.py")} - {"__init__", "__main__"}
    names |= {path.parent.name for path in place.glob("*/__init__.py")}
    return {prefix + name for name in names}


def test_the_library_is_found_from_the_folder_that_holds_the_clone(tmp_path):
    """Also where the clone is called govtext: an editable install puts its path where it counts."""
    clone, site = tmp_path / "govtext", tmp_path / "site"
    (clone / "govtext").mkdir(parents=True)
    site.mkdir()
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, clone)
    for part in ("core", "rules"):
        shutil.copytree(ROOT / "govtext" / part, clone / "govtext" / part)
    shutil.copy(ROOT / "govtext/__init__.py", clone / "govtext")
    bare = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    build = "import setuptools.build_meta as b, sys; b.build_editable(sys.argv[1])"
    run = [sys.executable, "-c", build, str(tmp_path)]
    subprocess.run(run, cwd=clone, env=bare, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, site, format="zip")
    ask = "import site, sys; site.addsitedir(sys.argv[1]); import govtext; print(govtext.__file__)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", ask, str(site)],
        cwd=tmp_path, env=bare, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(clone / "govtext" / "__init__.py")
