"""Tables: whole or not at all, the same bytes each time, found from any folder."""

import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from govtext.core import disk, rules
from govtext.pipeline import manifest, places, sources, tables
from govtext.pipeline.shard_files import Writer


def rows(n=3):
    return {
        "rejects": [{"path": f"{i}.txt", "cause": "empty", "message": "No text."} for i in range(n)]
    }


def write(folder, *groups):
    """Write the tables of a study: of each mapping from table to rows a group of rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in tables.names():
        known = tables.schema(name)
        with Writer(folder / f"{name}.parquet", known) as writer:
            for group in groups:
                writer.add(pa.Table.from_pylist(group.get(name, []), schema=known))


def test_all_tables_appear_with_their_columns(tmp_path):
    write(tmp_path, rows())
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
    write(tmp_path, rows())
    monkeypatch.setenv("GOVTEXT_STUDY", str(tmp_path))
    assert len(tables.load().rejects) == 3
    assert tables.load().figures == places.figures_of("") == tmp_path / "figures"


def test_the_projects_own_figures(monkeypatch):
    monkeypatch.delenv("GOVTEXT_STUDY", raising=False)
    assert places.figures_of("") == places.project() / "figures"


def test_the_project_is_found_from_any_folder(tmp_path, monkeypatch):
    root = places.project()
    monkeypatch.chdir(tmp_path)
    assert places.project() == root
    assert (root / "pyproject.toml").is_file()


def test_the_shipped_reports_are_those_of_the_manifest():
    assert manifest.check(places.project() / "data" / "raw") == []


def test_a_changed_byte_is_named(tmp_path):
    raw = places.project() / "data" / "raw"
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
    disk.publish(tmp_path / "draft", tmp_path / "final")
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
    write(tmp_path / "mine", rows())
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
    found = [path.name for path in places.notebooks(tmp_path / "notebooks")]
    assert found == ["05_emphasis.ipynb", "10_two_words.ipynb"]
    own = [path.name for path in places.notebooks(places.project() / "notebooks")]
    assert [name[:2] for name in own] == [f"{number:02d}" for number in range(1, len(own) + 1)]


@pytest.fixture
def three(tmp_path):
    """A study of three reports on disk: a county in 2012 and 2014, a province in 2014."""
    known = [
        ("a", "甲县人民政府", "甲县政府", "county", "甲省", 2012),
        ("b", "甲县人民政府", "甲县政府", "county", "甲省", 2014),
        ("c", "乙省人民政府", "乙省政府", "province", "乙省", 2014),
    ]
    names = ("report_id", "issuer", "issuer_short", "admin_level", "province", "year")
    reports = [dict(zip(names, each, strict=True)) | {"text": each[0] * 9} for each in known]
    words = [{"report_id": each, "word": f"{each}{n}", "n": n} for each in "abc" for n in range(3)]
    groups = [
        {"reports": reports[at : at + 1], "words": words[at * 3 : at * 3 + 3]} for at in range(3)
    ]
    write(tmp_path / "study", *groups, rows())
    return tmp_path / "study"


def in_parts(folder):
    """The same tables, each a folder of one part a report."""
    import pyarrow.parquet as pq

    for name in tables.names():
        path = folder / f"{name}.parquet"
        table = pq.read_table(path)
        path.unlink()
        path.mkdir()
        for at in range(3):
            pq.write_table(
                table.slice(at * len(table) // 3, len(table) // 3), path / f"{at}.parquet"
            )
    return folder


def test_a_table_is_read_when_it_is_asked_for(three):
    study = tables.load(three)
    assert repr(study).startswith("Study: 3 reports, 0 sections")
    assert "reports" not in vars(study)
    assert list(study.reports["report_id"]) == ["a", "b", "c"]
    assert study.reports is study.reports
    assert "words" not in vars(study)
    with pytest.raises(AttributeError, match=r"'report' .*; its tables are reports"):
        _ = study.report


def test_a_folder_of_parts_is_the_same_table(three):
    whole = tables.load(three)
    before = {name: getattr(whole, name) for name in tables.names()}
    parted = tables.load(in_parts(three))
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(parted, name), frame)
    assert repr(parted) == repr(whole)


def test_only_the_columns_and_reports_that_are_asked_for_are_read(three):
    study = tables.load(three, columns={"reports": ["year"]}, reports=["c", "a"])
    assert list(study.reports) == ["report_id", "year"]
    assert list(study.reports["report_id"]) == ["a", "c"]
    assert list(study.words["word"]) == ["a0", "a1", "a2", "c0", "c1", "c2"]
    assert len(study.rejects) == 3
    assert list(study.read("words", ["n"], ["b", "c"])["n"]) == [0, 1, 2]
    assert list(study.read("reports", ["text"])["text"]) == ["a" * 9, "c" * 9]
    assert repr(study).startswith("Study: 2 reports")


def test_parts_that_hold_none_of_the_reports_are_not_opened(three):
    study = tables.load(in_parts(three))
    assert list(study.read("words", ["n"], ["a"])["n"]) == [0, 1, 2]
    (three / "words.parquet" / "2.parquet").write_bytes(b"no longer a table")
    assert list(study.read("words", ["n"], ["a", "b"])["n"]) == [0, 1, 2, 0, 1, 2]
    with pytest.raises(ValueError, match=r"2\.parquet"):
        study.read("words", ["n"], ["c"])


@pytest.mark.parametrize("read_before", [False, True])
def test_a_study_is_filtered_in_every_table(three, read_before):
    study = tables.load(three)
    if read_before:
        for name in tables.names():
            getattr(study, name)

    def left(**wanted):
        found = study.filter(**wanted)
        assert set(found.words["report_id"]) == set(found.reports["report_id"])
        assert len(found.rejects) == 3
        assert found.reports.attrs == study.reports.attrs
        return "".join(found.reports["report_id"])

    assert left() == "abc"
    assert left(level="county") == "ab"
    assert left(years=2014) == left(years=range(2013, 2020)) == "bc"
    assert left(bodies="甲县人民政府") == left(bodies=["甲县政府"]) == left(province="甲省") == "ab"
    assert left(level=["county", "province"], years=2014, province="甲省") == "b"
    assert "".join(study.filter(years=2014).filter(level="county").reports["report_id"]) == "b"


def test_what_no_report_has_is_named_with_what_there_is(three):
    study = tables.load(three)
    with pytest.raises(ValueError, match=r"level 'city'.*; there are county, province"):
        study.filter(level="city")
    with pytest.raises(ValueError, match="bodies '丙县'"):
        study.filter(bodies=["甲县政府", "丙县"])
    with pytest.raises(ValueError, match="years=2020; its years are 2012 to 2014"):
        study.filter(years=2020)
    with pytest.raises(KeyError, match=r"words has no column 'words' .*; it has report_id"):
        study.read("words", ["words"])
    with pytest.raises(KeyError, match=r"no table 'report'.*; there are reports"):
        tables.load(three, columns={"report": ["year"]})
    with pytest.raises(KeyError, match="reports has no column 'years'"):
        tables.load(three, columns={"reports": ["years"]})


def test_batches_are_the_study_in_pieces(three):
    study = tables.load(three)
    assert list(study.batches(3)) == [study]
    pieces = list(study.batches(2))
    assert [list(each.reports["report_id"]) for each in pieces] == [["a", "b"], ["c"]]
    assert sum(len(each.words) for each in pieces) == len(study.words)


def test_tables_of_two_builds_are_not_mixed(three):
    study = tables.load(three)
    assert len(study.reports) == 3
    for name in tables.names():
        (three / f"{name}.parquet").unlink()
    write(three, rows())
    assert len(study.reports) == 3
    with pytest.raises(RuntimeError, match="written anew since the study was loaded"):
        _ = study.words


def test_a_study_whose_tables_are_not_read_bears_its_mark(three):
    from govtext.core import origin

    study = tables.load(three)
    assert origin.marks(study) == {str(three)}
    assert "reports" not in vars(study)
    assert origin.marks(study.filter(years=2014)) == {str(three)}
