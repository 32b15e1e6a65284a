"""One build stands in a folder, whenever a build is cut off and whenever the tables are read."""

import hashlib
import os
import shutil

import pandas as pd
import pytest

from govtext.pipeline import gather, standing
from govtext.pipeline.build import build
from govtext.pipeline.tables import load, names
from tests.cases import WHOLE, examples
from tests.kills import DONE, FORK, KILLED, in_a_copy, killed_at
from tests.test_shards import put, same_as_fresh, small  # noqa: F401 -- a fixture


def shown(out):
    """Digest of all that a study shows."""
    study = load(out)
    frames = [getattr(study, name) for name in names()]
    hashes = [
        pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes() for frame in frames
    ]
    return hashlib.sha256(b"".join(hashes)).hexdigest()


def copy(folder, other):
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder, other)


@pytest.fixture(params=["files", "parts", "growing"])
def study(request, tmp_path, small, monkeypatch):  # noqa: F811
    """A source and the folder of its tables, and a change to the source."""
    monkeypatch.setattr(gather, "LARGE", {"files": 100, "parts": 2, "growing": 6}[request.param])
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    for number in range(6):
        put(source, f"{number}.txt", number)
    (source / "corrections.csv").write_text("report,metric,value\n0,trainings,3\n")

    def change():
        put(source, "2.txt", 50)
        put(source, "7.txt", 51)
        (source / "5.txt").unlink()
        put(source, "8.txt", 52)
        (source / "corrections.csv").write_text(
            "report,metric,value\n1,trainings,4\nx,trainings,1\n"
        )

    return source, out, change


@FORK
def test_a_first_build_that_is_killed_shows_nothing_or_all(study):
    source, out, _ = study
    stride = examples(3, 61)
    for number in range(0, 10_000, stride):
        status = in_a_copy(source, out, killed_at(number))
        assert status in (KILLED, DONE)
        if status == DONE:
            break
        try:
            assert len(load(out).reports) == 6
        except FileNotFoundError:
            assert standing.record(out) == {}
    assert number > 20
    assert same_as_fresh(source, out)


@FORK
def test_a_build_that_is_killed_shows_the_last_or_the_new(study, tmp_path):
    source, out, change = study
    build(source, out, progress=lambda line: None)
    kept = tmp_path / "kept"
    last = shown(out)
    copy(out, kept)
    change()
    build(source, tmp_path / "new", progress=lambda line: None)
    new = shown(tmp_path / "new")
    assert new != last
    seen = set()
    for number in range(0, 10_000, examples(3, 83)):
        copy(kept, out)
        status = in_a_copy(source, out, killed_at(number))
        assert status in (KILLED, DONE)
        seen.add(shown(out))
        assert seen <= {last, new}, number
        if status == DONE:
            break
        if number % 3 == 0 or WHOLE:
            build(source, out, progress=lambda line: None)
            assert shown(out) == new
    assert seen == {last, new}
    assert same_as_fresh(source, out)


@FORK
def test_a_reader_sees_one_build_at_every_step_of_another(study, tmp_path):
    source, out, change = study
    build(source, out, progress=lambda line: None)
    last = shown(out)
    change()
    build(source, tmp_path / "new", progress=lambda line: None)
    new = shown(tmp_path / "new")
    seen = tmp_path / "seen"

    def look(at):
        if at % examples(3, 17):
            return
        with seen.open("a") as stream:
            print(shown(out), file=stream)

    assert in_a_copy(source, out, look) == DONE
    order = seen.read_text().split()
    place = order.index(new)
    assert set(order[:place]) == {last}
    assert set(order[place:]) == {new}, "and it is the moment of one rename"
    assert shown(out) == new


def test_a_study_that_is_built_anew_while_it_is_read_is_read_again(study):
    source, out, change = study
    build(source, out, progress=lambda line: None)
    calls = []

    def read(find):
        first = len(pd.read_parquet(find("reports.parquet"), columns=["report_id"]))
        if not calls:
            change()
            build(source, out, progress=lambda line: None)
        calls.append(first)
        return first, len(pd.read_parquet(find("reports.parquet"), columns=["report_id"]))

    assert standing.read(out, read) == (7, 7)
    assert calls == [6, 7]


def test_builds_without_end_are_told(tmp_path):
    def read(find):
        (tmp_path / standing.RECORD).write_text("{}")
        os.utime(tmp_path / standing.RECORD, ns=(len(calls), len(calls)))
        calls.append(1)

    calls = []
    with pytest.raises(BlockingIOError, match="change all the time"):
        standing.read(tmp_path, read)


def test_a_table_that_was_changed_by_hand_is_made_again(study):
    source, out, _ = study
    build(source, out, progress=lambda line: None)
    before = shown(out)
    table = out / "findings.parquet"
    if table.is_dir():
        min(table.iterdir()).unlink()
    else:
        table.write_bytes(b"")
    build(source, out, progress=lambda line: None)
    assert shown(out) == before
