"""Reports and tables at addresses of fsspec: the same tables, never of two builds."""

import hashlib
import itertools
import sys
from types import SimpleNamespace

import pytest

import govtext as gt
from govtext.cli import main
from govtext.pipeline import gather, remote, sandbox, standing, stored
from govtext.pipeline.build import build
from govtext.pipeline.tables import names
from tests.kills import Here
from tests.test_build import correct, n_read
from tests.test_cluster import two  # noqa: F401 -- a fixture
from tests.test_shards import put, small, tree  # noqa: F401 -- a fixture

fsspec = pytest.importorskip("fsspec")
N = 7


@pytest.fixture
def place(tmp_path, monkeypatch, small):  # noqa: F811
    """A folder with reports, what a scholar wrote about them, and a cache of its own."""
    monkeypatch.setenv(stored.VARIABLE, str(tmp_path / "cache"))
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    for number in range(N - 1):
        put(source, f"{number}.txt", number)
    put(source / "sub", "一 #1?.txt", 40)
    (source / ".DS_Store").write_bytes(b"x")
    (source / "manifest.csv").write_text("file,year\n3.txt,2011\n", encoding="utf-8")
    correct(source, "2,requests_received,,21,,")
    return tmp_path


@pytest.fixture
def one_process(monkeypatch):
    """All in this process, the only one that sees what is in its memory."""
    module = sys.modules["govtext.pipeline.build"]
    monkeypatch.setattr(module, "sandbox", SimpleNamespace(Workers=Here, SECONDS=sandbox.SECONDS))


def run(source, out, **options):
    lines = []
    build(source, out, progress=lines.append, **options)
    return n_read(lines)


def tables(folder):
    """Bytes of the tables in a folder, without what is kept beside them."""
    return {name: data for name, data in tree(folder).items() if not name.startswith(".")}


@pytest.mark.parametrize("large", [False, True])
def test_the_same_tables_as_from_a_folder(place, monkeypatch, large):
    if large:
        monkeypatch.setattr(gather, "LARGE", 3)
    source, out = f"file://{place}/source", f"file://{place}/out"
    assert run(place / "source", place / "here") == N
    assert run(source, out) == N
    assert tables(place / "out") == tables(place / "here")
    assert standing.is_settled(place / "out")
    assert run(source, out) == 0
    study = gt.load(out)
    assert len(study.reports) == N
    assert study.reports.set_index("report_id")["year"]["3"] == 2011
    found = study.observations.set_index(["report_id", "metric"])["value"]
    assert found["2", "requests_received"] == 21


def test_a_new_file_costs_itself_and_another_machine_loads_what_is_there(place, monkeypatch):
    source, out = f"file://{place}/source", f"file://{place}/out"
    run(source, out)
    put(place / "source", "4.txt", 77)
    (place / "source" / "5.txt").unlink()
    assert run(source, out) == 1
    run(place / "source", place / "here")
    assert tables(place / "out") == tables(place / "here")
    monkeypatch.setenv(stored.VARIABLE, str(place / "another"))
    first = gt.load(out)
    assert len(first.reports) == N - 1
    assert gt.load(out).folder == first.folder, "it is fetched once"


def test_what_lies_in_memory(place, one_process):
    fs = fsspec.filesystem("memory")
    fs.put(str(place / "source"), "/kept", recursive=True)
    run(place / "source", place / "here")
    assert run("memory://kept", "memory://kept/tables") == N
    for name in names():
        path = f"{name}.parquet"
        assert fs.cat_file(f"/kept/tables/{path}") == (place / "here" / path).read_bytes()
    assert not fs.exists("/kept/tables/.next")
    fs.pipe_file("/kept/8.txt", fs.cat_file("/kept/1.txt"))
    assert run("memory://kept", "memory://kept/tables") == 1, "tables beside them are no reports"
    assert run("memory://kept/8.txt", "memory://one") == 1
    assert list(gt.load("memory://one").reports["report_id"]) == ["8"]
    fs.rm("/kept", recursive=True)


class Broken(Exception):
    pass


@pytest.fixture
def failing(monkeypatch):
    """A store that fails after so many calls, until it is repaired."""
    local = type(fsspec.filesystem("file"))
    left = SimpleNamespace(calls=float("inf"))

    def after(function):
        def call(*arguments, **more):
            left.calls -= 1
            if left.calls < 0:
                raise Broken("no answer")
            return function(*arguments, **more)

        return call

    for name in ("get_file", "put_file", "mv", "rm", "cat_file"):
        monkeypatch.setattr(local, name, after(getattr(local, name)))
    monkeypatch.setattr(remote, "_PAUSE", 0)
    return left


def test_a_store_that_fails_ends_the_build_and_keeps_what_was_read(place, one_process, failing):
    source = f"file://{place}/source"
    failing.calls = 2 + 4  # what was written beside the reports, and four of them
    with pytest.raises(OSError, match=r"file://.* cannot be reached \(Broken: no answer\).*kept"):
        run(source, place / "out")
    assert not list((place / "out").glob("*.parquet"))
    failing.calls = float("inf")
    assert run(source, place / "out") == N - 4
    run(place / "source", place / "here")
    assert tables(place / "out") == tables(place / "here")


def test_tables_that_are_put_there_are_never_of_two_builds(place, one_process, failing):
    source, out = f"file://{place}/source", f"file://{place}/out"
    run(source, out)
    seen = []
    for calls in itertools.count(0, 3):
        put(place / "source", "4.txt", 100 + calls)
        last = digests(place / "out")
        failing.calls = N + 3 + calls
        try:
            run(source, out)
        except OSError:
            record = standing.record(place / "out")
            seen.append(bool(record))
            assert not record or digests(place / "out") == last
            failing.calls = float("inf")
            run(source, out)
        else:
            break
        finally:
            failing.calls = float("inf")
    assert {*seen} == {True, False}
    run(place / "source", place / "here")
    assert tables(place / "out") == tables(place / "here")


def digests(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*.parquet")
    }


def test_files_that_go_change_or_are_closed_are_rejects_and_tried_again(
    place, one_process, monkeypatch
):
    source = f"file://{place}/source"
    listing = remote.listing

    def meanwhile(address):
        found = listing(address)
        (place / "source/0.txt").unlink()
        put(place / "source", "1.txt", 9)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(remote, "listing", meanwhile)
        run(source, place / "out")
    told = gt.load(place / "out").rejects.set_index("path")["message"]
    assert "cannot be fetched" in told["0.txt"]
    assert "changed during the build" in told["1.txt"]
    put(place / "source", "0.txt", 0)
    assert run(source, place / "out") == 2
    assert gt.load(place / "out").rejects.empty


def test_a_cluster_reads_and_writes_at_addresses(place, two):  # noqa: F811
    source, out = f"file://{place}/source", f"file://{place}/out"
    assert run(source, out, cluster=two[0]) == N
    run(place / "source", place / "here")
    assert tables(place / "out") == tables(place / "here")
    assert not list((place / "out" / ".shards").glob("*"))


def test_what_is_missing_is_named(place, monkeypatch, capsys):
    for source, said in (
        (f"file://{place}/nowhere", "holds no file"),
        ("s3://bucket/reports", "pip install s3fs"),
        ("nothing://x", "nothing"),
    ):
        assert main(["build", source, "--out", str(place / "out")]) in (1, 2)
        assert said in capsys.readouterr().err
    (place / "empty").mkdir()
    (place / "empty/.DS_Store").touch()
    assert main(["build", f"file://{place}/empty", "--out", str(place / "out")]) == 2
    assert main(["build", f"file://{place}/source", "--out", f"file://{place}/out"]) == 0
    assert f"tables in file://{place}/out" in capsys.readouterr().out
    assert main(["build", f"file://{place}/out", "--out", str(place / "again")]) == 2
    assert "holds the tables of a build" in capsys.readouterr().err
    with pytest.raises(FileNotFoundError, match=r"holds no build\.json"):
        gt.load(f"file://{place}/empty")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main(["build", f"file://{place}/source", "--out", str(place / "out")]) == 1
    assert "needs the package fsspec: pip install fsspec" in capsys.readouterr().err


def test_a_name_that_leads_out_of_its_folder_is_refused(place, one_process):
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/bad/a.txt", b"x")
    fs.store["/bad/rules/../../../escaped.csv"] = fs.store["/bad/a.txt"]
    try:
        with pytest.raises(OSError, match="leads out of its folder"):
            run("memory://bad", place / "out")
    finally:
        fs.store.clear()
