"""Shards: what changes is read, what does not is taken over, and the tables are the same bytes."""

import os
import random
import shutil
import string
from pathlib import Path

import pytest

from govtext.pipeline import gather, making, shard_files, shards
from govtext.pipeline.build import build
from govtext.pipeline.tables import load
from tests.test_build import REPORT, correct, n_read

N = 24


@pytest.fixture
def small(monkeypatch):
    """Shards of a few files each, so that a few files make several."""
    monkeypatch.setattr(shards, "LEAST", 3)
    monkeypatch.setattr(shards, "MOST", 8)
    monkeypatch.setattr(shards, "_ODDS", 3)


@pytest.fixture(params=["files", "parts"])
def folder(request, tmp_path, small, monkeypatch):
    """A folder of reports, whose tables are files or folders of parts."""
    if request.param == "parts":
        monkeypatch.setattr(gather, "LARGE", 3)
    source = tmp_path / "source"
    source.mkdir()
    for number in range(N):
        put(source, f"{number:02d}.txt", number)
    (source / "empty.txt").write_bytes(b"")
    return source


def put(source, name, number):
    (source / name).write_text(REPORT.format(n=100 + number), encoding="utf-8")


def run(source, out, **options):
    """Number of files that a build read."""
    lines = []
    build(source, out, progress=lines.append, **options)
    return n_read(lines)


def tree(folder):
    """Bytes of every table and of what is kept beside them, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "build.json"
    }


def names(out):
    return {path.name for path in (out / shards.FOLDER).iterdir()}


def same_as_fresh(source, out):
    """True if a folder holds what a build of all files anew would write."""
    fresh = out.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    assert run(source, fresh) == len([path for path in source.iterdir() if path.suffix == ".txt"])
    return tree(fresh) == tree(out)


def planned(names, reader="r"):
    tasks = [shards.Task(Path(name), name, name, {}, (), "state") for name in sorted(names)]
    return list(shards.parted(tasks, reader))


@pytest.mark.parametrize("seed", range(3))
def test_a_new_file_changes_the_shards_around_it(seed):
    draw = random.Random(seed)
    ids = {"".join(draw.choices(string.ascii_lowercase, k=6)) for _ in range(8000)}
    before = planned(ids)
    sizes = [len(shard.tasks) for shard in before]
    assert max(sizes) <= shards.MOST
    assert min(sizes[:-1]) >= shards.LEAST
    after = planned(ids | {"".join(draw.choices(string.ascii_lowercase, k=6)) + "x"})
    new = {shard.name for shard in after} - {shard.name for shard in before}
    assert 1 <= len(new) <= 12


def test_a_shard_is_named_by_all_that_it_is_made_of():
    task = shards.Task(Path("a"), "a", "a.txt", {"year": "2012"}, (), "state")
    name = shards._shard([task], "r").name
    assert shards._shard([task._replace(path=Path("b"))], "r").name == name
    others = [
        task._replace(report_id="b"), task._replace(shown="b.txt"), task._replace(state="other"),
        task._replace(given={"year": "2013"}),
    ]  # fmt: skip
    assert len({name, *(shards._shard([each], "r").name for each in others)}) == 5
    assert shards._shard([task], "s").name != name


def test_workers_order_and_time_change_no_byte(folder, tmp_path):
    assert run(folder, tmp_path / "one") == N + 1
    assert run(folder, tmp_path / "two", workers=3) == N + 1
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert len(names(tmp_path / "one")) > 3


def test_one_new_changed_and_removed_file_cost_themselves(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out)
    before = names(out)
    put(folder, "07b.txt", 70)
    assert run(folder, out) == 1
    assert same_as_fresh(folder, out)
    assert len(names(out) - before) <= 3
    put(folder, "11.txt", 71)
    assert run(folder, out) == 1
    assert same_as_fresh(folder, out)
    (folder / "03.txt").unlink()
    assert run(folder, out) == 0
    assert same_as_fresh(folder, out)
    (folder / "05.txt").rename(folder / "05x.txt")
    assert run(folder, out) == 1
    assert same_as_fresh(folder, out)
    assert len(load(out).reports) == N


def test_a_row_of_a_manifest_or_a_correction_costs_its_file(folder, tmp_path):
    out = tmp_path / "out"
    (folder / "manifest.csv").write_text("file,year,note\n04.txt,2012,x\n", encoding="utf-8")
    correct(folder, "09,requests_received,,21,,")
    run(folder, out)
    rows = "file,year,note\n02.txt,2011,y\n04.txt,2012,z\n"
    (folder / "manifest.csv").write_text(rows, encoding="utf-8")
    assert run(folder, out) == 1, "a note is no reason to read a file again"
    correct(folder, "08,requests_received,,20,,", "09,requests_received,,21,,")
    assert run(folder, out) == 1, "nor is another line in the file of corrections"
    assert same_as_fresh(folder, out)
    found = load(out).observations.set_index(["report_id", "metric"])["value"]
    assert found["08", "requests_received"] == 20
    assert found["09", "requests_received"] == 21
    assert load(out).reports.set_index("report_id")["year"]["02"] == 2011


def test_a_correction_that_cannot_be_applied_stays_one(folder, tmp_path):
    out = tmp_path / "out"
    correct(folder, "01,trainings,,,,", "nowhere,trainings,,1,,")
    run(folder, out)
    put(folder, "new.txt", 99)
    assert run(folder, out) == 1
    assert same_as_fresh(folder, out)
    assert list(load(out).rejects["path"]) == [
        "empty.txt", "corrections.csv line 2", "corrections.csv line 3",
    ]  # fmt: skip


def test_a_copy_in_another_shard_is_marked_and_unmarked(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out)
    shutil.copy(folder / "02.txt", folder / "zz.txt")
    assert run(folder, out) == 1
    assert same_as_fresh(folder, out)
    assert load(out).reports.set_index("report_id")["duplicate_of"]["zz"] == "02"
    (folder / "02.txt").unlink()
    run(folder, out)
    assert load(out).reports["duplicate_of"].isna().all()


def test_what_no_build_uses_is_removed(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out)
    (folder / "new.txt").write_text(REPORT.format(n=5), encoding="utf-8")
    run(folder, out)
    run(folder, tmp_path / "fresh")
    assert names(out) == names(tmp_path / "fresh")


def test_a_build_that_is_cut_off_has_lost_no_file_that_was_read(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    append, left = shard_files.append, iter(range(17))

    def cut_off(spool, record):
        if next(left, None) is None:
            spool.write(b"half a record")
            spool.flush()
            raise KeyboardInterrupt
        append(spool, record)

    with monkeypatch.context() as patch:
        patch.setattr(shard_files, "append", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(folder, out)
    assert run(folder, out) == N + 1 - 17
    assert same_as_fresh(folder, out)


def test_a_spool_is_gone_through_once(tmp_path, monkeypatch):
    """And not once for each of its files."""
    spool, opened = tmp_path / "a.spool", []
    with spool.open("wb") as stream:
        for number in range(5):
            shard_files.append(stream, shard_files.packed({"key": str(number)}, {}))
    records = shard_files._records
    monkeypatch.setattr(shard_files, "_records", lambda path: opened.append(path) or records(path))
    files = [(str(number), spool) for number in range(5)]
    shard_files.write(tmp_path / "shard", tmp_path / "draft", files, "r")
    assert opened == [spool]


def test_a_damaged_spool_gives_what_is_whole(tmp_path):
    whole, path = [], tmp_path / "a.spool"
    with path.open("wb") as stream:
        for number in range(3):
            record = shard_files.packed({"key": str(number)}, {})
            whole.append(record)
            shard_files.append(stream, record)
    data = path.read_bytes()
    assert list(shard_files.Spool(path).entries) == ["0", "1", "2"]
    for end in range(len(data)):
        path.write_bytes(data[:end])
        kept = end // (len(whole[0]) + 12)
        assert len(shard_files.Spool(path).entries) == kept
        path.write_bytes(data[:end] + bytes([data[end] ^ 1]) + data[end + 1 :])
        assert len(shard_files.Spool(path).entries) == kept


def test_a_file_that_changes_while_it_is_read_is_a_reject(folder, tmp_path, monkeypatch):
    known = shards.parted

    def late(tasks, reader):
        return [
            shard._replace(tasks=tuple(task._replace(state="0" * 64) for task in shard.tasks))
            for shard in known(tasks, reader)
        ]

    with monkeypatch.context() as patch:
        patch.setattr(shards, "parted", late)
        run(folder, tmp_path / "out")
    study = load(tmp_path / "out")
    assert study.reports.empty
    assert study.rejects["message"].str.contains("changed during the build").sum() == N + 1


def test_a_file_that_was_something_else_for_a_moment_is_read_by_the_next_build(
    folder, tmp_path, monkeypatch
):
    """Its bytes are those that the plan saw, and so is its key: the reject must not stay."""
    out, (first, *_) = tmp_path / "out", sorted(folder.glob("0*.txt"))
    data, made = first.read_bytes(), making.make

    def meanwhile(*arguments):
        first.write_bytes(b"%PDF-1.7")
        made(*arguments)
        first.write_bytes(data)

    with monkeypatch.context() as patch:
        patch.setattr(making, "make", meanwhile)
        run(folder, out)
    told = load(out).rejects.set_index("path")["message"]
    assert "changed during the build" in told[first.name]
    assert run(folder, out) == 1, "and no other file is read again"
    assert same_as_fresh(folder, out)
    assert run(folder, out) == 0


def test_rows_that_a_process_has_no_room_for_are_written_by_the_build(tmp_path, monkeypatch):
    source = tmp_path / "source"
    source.mkdir()
    for number in range(3):
        put(source, f"{number}.txt", number)
    run(source, tmp_path / "one")
    monkeypatch.setattr(making, "_WRITING", 0.001)
    run(source, tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.skipif(not hasattr(os, "link"), reason="this system has no links")
def test_a_disk_without_links_has_copies(folder, tmp_path, monkeypatch):
    run(folder, tmp_path / "one")

    def refuse(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    run(folder, tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_study_that_grows_large_has_parts_and_one_that_shrinks_has_none(
    tmp_path, small, monkeypatch
):
    monkeypatch.setattr(gather, "LARGE", 5)
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    for number in range(7):
        put(source, f"{number}.txt", number)
    run(source, out)
    assert (out / "words.parquet").is_dir()
    (source / "6.txt").unlink()
    (source / "5.txt").unlink()
    run(source, out)
    assert (out / "words.parquet").is_file()
    assert len(load(out).reports) == 5
    put(source, "5.txt", 5)
    run(source, out)
    assert (out / "words.parquet").is_dir()
    assert len(load(out).reports) == 6


def test_a_table_of_one_shard_is_its_own_file(tmp_path):
    """Who writes to it, as with `to_parquet`, must not change what the next build takes over."""
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    put(source, "a.txt", 1)
    run(source, out)
    before = tree(out)
    for table in out.glob("*.parquet"):
        with table.open("r+b") as stream:
            stream.truncate(10)
    assert run(source, out) == 0
    assert tree(out) == before


def test_a_part_that_was_written_to_costs_its_shard(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out)
    before = tree(out)
    table = out / "words.parquet"
    with (min(table.iterdir()) if table.is_dir() else table).open("r+b") as stream:
        stream.truncate(10)
    assert run(folder, out) < N / 2
    assert tree(out) == before
