"""Tables: whole or not at all, the same bytes each time, found from any folder."""

import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from govtext.core import rules
from govtext.pipeline import manifest, sources, standing, tables
from govtext.pipeline.shard_files import Writer


def rejects(n=3):
    columns = {"path": [f"{i}.txt" for i in range(n)], "cause": ["empty"] * n, "message": ["."] * n}
    return pa.Table.from_batches([tables.batch("rejects", columns)])


def write(folder, n=3):
    """The tables of a study with no report and a few rejects."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in tables.names():
        with Writer(folder / f"{name}.parquet", tables.schema(name)) as writer:
            writer.add(rejects(n) if name == "rejects" else tables.schema(name).empty_table())


def test_all_tables_appear_with_their_columns(tmp_path):
    write(tmp_path)
    study = tables.load(tmp_path)
    for name in tables.names():
        expected = [row["column"] for row in rules.load("columns") if row["table"] == name]
        assert list(getattr(study, name).columns) == expected
    assert len(study.rejects) == 3


def test_a_column_that_no_table_has_is_an_error():
    with pytest.raises(KeyError, match="colour"):
        tables.batch("rejects", {"colour": ["red"]})


def test_every_column_is_described():
    for row in rules.load("columns"):
        assert row["en"], row


def test_a_missing_study_says_what_makes_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="govtext build"):
        tables.load(tmp_path)


def test_the_environment_names_the_study(tmp_path, monkeypatch):
    write(tmp_path)
    monkeypatch.setenv("GOVTEXT_STUDY", str(tmp_path))
    assert len(tables.load().rejects) == 3
    assert tables.load().figures == tables.figures_of("") == tmp_path / "figures"


def test_the_projects_own_figures(monkeypatch):
    monkeypatch.delenv("GOVTEXT_STUDY", raising=False)
    assert tables.figures_of("") == tables.project() / "figures"


def test_the_project_is_found_from_any_folder(tmp_path, monkeypatch):
    root = tables.project()
    monkeypatch.chdir(tmp_path)
    assert tables.project() == root
    assert (root / "pyproject.toml").is_file()


def test_the_shipped_reports_are_those_of_the_manifest():
    assert manifest.check(tables.project() / "data" / "raw") == []


def test_a_changed_byte_is_named(tmp_path):
    raw = tables.project() / "data" / "raw"
    for path in raw.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    victim = min(tmp_path.glob("*.txt"))
    victim.write_bytes(victim.read_bytes().replace("公".encode(), "工".encode(), 1))
    (tmp_path / "more.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".DS_Store").write_text("x", encoding="utf-8")
    faults = manifest.check(tmp_path)
    assert len(faults) == 2
    assert victim.name in faults[1]
    assert "more.txt" in faults[0]


@pytest.mark.parametrize(
    ("name", "litter"),
    [
        (".DS_Store", True), ("Thumbs.db", True), ("~$report.docx", True), ("report.txt~", True),
        ("report.txt.part", True), ("report.txt", False), ("报告.tmp.txt", False), ("part", False),
    ],
)  # fmt: skip
def test_litter(name, litter, tmp_path):
    assert sources.is_litter(tmp_path / name) is litter


def test_walk_is_sorted_and_leaves_the_manifest_out(tmp_path):
    for name in ("b/2.txt", "a.txt", "b/1.txt", "manifest.csv", "b/manifest.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in sources.walk(tmp_path)]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "b/manifest.csv"]


def test_frame_has_the_types_of_the_table():
    frame = tables.frame("quantities", [{"report_id": "a", "start": 1, "value": None}])
    assert frame["start"].dtype == "int64"
    assert pd.isna(frame["value"][0])


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be opened on Windows")
def test_publish_replaces(tmp_path):
    (tmp_path / "draft").write_text("new", encoding="utf-8")
    (tmp_path / "final").write_text("old", encoding="utf-8")
    standing.publish(tmp_path / "draft", tmp_path / "final")
    assert (tmp_path / "final").read_text(encoding="utf-8") == "new"
    assert not (tmp_path / "draft").exists()


MANIFEST = "file,issuer\na.txt,甲县人民政府\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_manifest_is_read_as_spreadsheets_save_it(tmp_path, encoding):
    (tmp_path / "manifest.csv").write_text(MANIFEST, encoding=encoding)
    assert manifest.read(tmp_path)["a.txt"]["issuer"] == "甲县人民政府"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (MANIFEST.encode().replace(b"file", b"name"), "no column file; its columns are name, issu"),
        (b"", "no column file; its columns are none"),
        (MANIFEST.encode() + b"a.txt,x\n", "two rows for a.txt"),
        (b"file,issuer\na.txt,\xff\xff\n", "neither UTF-8 nor GB18030"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_named(tmp_path, data, said):
    (tmp_path / "manifest.csv").write_bytes(data)
    with pytest.raises(ValueError, match=f"manifest.csv.*{said}"):
        manifest.read(tmp_path)


def test_a_cell_of_a_manifest_may_hold_a_line_end(tmp_path):
    (tmp_path / "manifest.csv").write_text('file,note\na.txt,"one\ntwo"\n', encoding="utf-8")
    assert manifest.read(tmp_path)["a.txt"]["note"] == "one\ntwo"


def test_a_relative_study_is_found_from_the_folder_of_a_notebook(tmp_path, monkeypatch):
    write(tmp_path / "mine")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setenv("GOVTEXT_STUDY", "mine")
    monkeypatch.setenv("PWD", str(tmp_path))
    for folder in (tmp_path, tmp_path / "notebooks"):
        monkeypatch.chdir(folder)
        assert len(tables.load().rejects) == 3


def test_a_folder_that_cannot_be_listed_is_not_left_out(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert sources.walk(tmp_path) == [tmp_path / "a.txt", tmp_path / "closed"]


def test_notebooks_are_those_with_a_number_and_a_plain_name(tmp_path):
    """An executed or other copy beside a notebook is none of the study's."""
    (tmp_path / "notebooks").mkdir()
    for name in (
        "05_emphasis.ipynb", "05_emphasis.nbconvert.ipynb", "05_emphasis-Copy1.ipynb",
        "10_two_words.ipynb", "scratch.ipynb", "5_short.ipynb", "06_topics.html", "07_Upper.ipynb",
    ):  # fmt: skip
        (tmp_path / "notebooks" / name).touch()
    found = [path.name for path in tables.notebooks(tmp_path / "notebooks")]
    assert found == ["05_emphasis.ipynb", "10_two_words.ipynb"]
    own = [path.name for path in tables.notebooks(tables.project() / "notebooks")]
    assert [name[:2] for name in own] == [f"{number:02d}" for number in range(1, len(own) + 1)]
