"""Builds that are killed, run out of disk, lose their folder or meet another: nothing is lost."""

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govtext.cli import main
from govtext.pipeline import making, shards, standing
from govtext.pipeline.tables import load, names
from tests.cases import WHOLE, examples
from tests.kills import DONE, FORK, FULL, KILLED, here, in_a_copy, killed_at
from tests.test_shards import put, tree

N = 60
FUZZ = pytest.mark.skipif(not WHOLE, reason="make fuzz runs it")
POSIX = pytest.mark.skipif(os.name != "posix", reason="other systems have other signals")
GOVTEXT = [sys.executable, "-c", "import sys; from govtext.cli import main; sys.exit(main())"]


def digests(out, find=None):
    """What a reader sees: the digest of every table there is, through `load` or by its own name."""
    places = {name: (find or out.joinpath)(f"{name}.parquet") for name in names()}
    return {
        name: hashlib.sha256(place.read_bytes()).hexdigest()
        for name, place in places.items() if place.exists()
    }  # fmt: skip


def seen(out):
    """The same for both readers, who must agree."""
    own = standing.read(out, lambda find: digests(out, find))
    assert digests(out) == own, "who opens the files sees another build than `load` gives"
    return own


def copy(folder, other):
    shutil.rmtree(other, ignore_errors=True)
    if folder.exists():
        shutil.copytree(folder, other)


@pytest.fixture(scope="module")
def sixty(tmp_path_factory):
    """Sixty files, a build of them, and the same after a change, with its build."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("LEAST", 8), ("MOST", 20), ("_ODDS", 8)):
            patch.setattr(shards, name, value)
        place = tmp_path_factory.mktemp("sixty")
        source = place / "source"
        source.mkdir()
        for number in range(N):
            put(source, f"{number:02d}.txt", number)
        here(source, place / "last")
        put(source, "07.txt", 500)
        put(source, "60.txt", 501)
        (source / "59.txt").unlink()
        here(source, place / "new")
        yield place


def ends(sixty, start):
    """What a reader may see where a build of the change begins on a folder of tables or none."""
    last = seen(sixty / start) if (sixty / start).exists() else {}
    return last, seen(sixty / "new")


@FORK
@pytest.mark.parametrize("start", ["last", "nothing"])
def test_a_build_killed_at_any_step_shows_the_last_or_the_new_and_goes_on(sixty, start, tmp_path):
    source, out = sixty / "source", tmp_path / "out"
    last, new = ends(sixty, start)
    steps = count(sixty, start, tmp_path)
    assert steps > 200
    shown = []
    for number in chosen(steps, 8):
        copy(sixty / start, out)
        assert in_a_copy(source, out, killed_at(number)) == KILLED
        shown.append(seen(out))
        assert shown[-1] in (last, new), number
        here(source, out)
        assert tree(out) == tree(sixty / "new"), number
    assert {json.dumps(each) for each in shown} == {json.dumps(last), json.dumps(new)}


@FORK
def test_on_a_disk_without_links_a_table_may_be_missing_but_is_never_another_s(
    sixty, tmp_path, monkeypatch
):
    def refuse(*_):
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    source, out = sixty / "source", tmp_path / "out"
    last, new = ends(sixty, "last")
    shown = []
    for number in chosen(count(sixty, "last", tmp_path), 6):
        copy(sixty / "last", out)
        assert in_a_copy(source, out, killed_at(number)) == KILLED
        shown.append(standing.read(out, lambda find: digests(out, find)))
        assert shown[-1] in (last, new), number
        found = digests(out).items()
        assert found <= last.items() or found <= new.items(), number
        here(source, out)
        assert tree(out) == tree(sixty / "new"), number
    assert {json.dumps(each) for each in shown} == {json.dumps(last), json.dumps(new)}


def count(sixty, start, tmp_path):
    """Steps of a build."""
    told = tmp_path / "steps"
    copy(sixty / start, tmp_path / "counted")
    source = sixty / "source"
    assert in_a_copy(source, tmp_path / "counted", lambda at: told.write_text(str(at))) == DONE
    return int(told.read_text()) + 1


def chosen(steps, few):
    """All steps in `make fuzz`; else some, half of them at the end, where the tables change."""
    if WHOLE:
        return range(steps)
    end = range(steps - 4 * few, steps, 8)
    return [*range(7, steps - 4 * few, max(1, 2 * steps // few)), *end]


@FORK
def test_a_disk_that_is_full_at_any_size_keeps_the_last_build(sixty, tmp_path):
    source, out = sixty / "source", tmp_path / "out"
    last, new = ends(sixty, "last")
    whole = sum(path.stat().st_size for path in (sixty / "new").rglob("*") if path.is_file())
    statuses = []
    for share in range(examples(20, 5)):
        copy(sixty / "last", out)
        room = share * whole // examples(20, 5)
        statuses.append(in_a_copy(source, out, lambda at: None, room))
        assert seen(out) == (new if statuses[-1] == DONE else last)
        assert statuses[-1] == DONE or "make room" in out.with_name("said").read_text()
        here(source, out)
        assert tree(out) == tree(sixty / "new")
    assert set(statuses) <= {FULL, DONE}
    assert statuses[0] == FULL


@POSIX
def test_a_process_that_may_write_no_large_file_says_so(sixty, tmp_path):
    """As a quota does: the limit holds in the processes that write, too."""
    out = tmp_path / "out"
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from govtext.cli import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "build", sixty / "source", "--out", out],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"the disk of {out} is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(out) == {}


def meanwhile(monkeypatch, action):
    """Have something happen when all is read, before the tables are gathered."""
    make = making.make

    def late(*arguments):
        make(*arguments)
        action()

    monkeypatch.setattr(making, "make", late)


def test_a_folder_that_is_removed_or_replaced_is_named(sixty, tmp_path, monkeypatch):
    out = tmp_path / "out"

    def replace():
        out.rename(tmp_path / "moved")
        copy(sixty / "last", out)

    for action in (lambda: shutil.rmtree(out), replace):
        with monkeypatch.context() as patch:
            meanwhile(patch, action)
            with pytest.raises(OSError, match="out was removed or replaced during the build"):
                here(sixty / "source", out)
    assert seen(out) == seen(sixty / "last"), "nothing was written where another folder lies now"


def test_tables_and_shards_that_are_changed_meanwhile_come_out_right(sixty, tmp_path, monkeypatch):
    out = tmp_path / "out"
    copy(sixty / "last", out)

    def spoil():
        (out / "words.parquet").write_bytes(b"spoiled")
        (out / "reports.parquet").unlink()

    with monkeypatch.context() as patch:
        meanwhile(patch, spoil)
        here(sixty / "source", out)
    assert tree(out) == tree(sixty / "new")
    copy(sixty / "last", out)
    with monkeypatch.context() as patch:
        meanwhile(patch, lambda: shutil.rmtree(out / shards.FOLDER))
        with pytest.raises(FileNotFoundError):
            here(sixty / "source", out)
    assert seen(out) == seen(sixty / "last")
    here(sixty / "source", out)
    assert tree(out) == tree(sixty / "new")


def test_a_folder_that_may_not_be_written_is_named(sixty, tmp_path):
    out = tmp_path / "out"
    copy(sixty / "last", out)
    out.chmod(0o500)
    try:
        if os.access(out, os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(PermissionError, match="out"):
            here(sixty / "source", out)
    finally:
        out.chmod(0o700)
    assert tree(out) == tree(sixty / "last")


def test_a_disk_that_is_read_only_is_named(sixty, tmp_path, monkeypatch, capsys):
    out, opened = tmp_path / "out", Path.open
    copy(sixty / "last", out)

    def refuse(path, mode="r", *arguments, **more):
        if set(mode) & set("wa+") and path.is_relative_to(out):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return opened(path, mode, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)
    assert main(["build", str(sixty / "source"), "--out", str(out)]) == 1
    assert (
        f"{out}/.building: Read-only file system; choose another place" in capsys.readouterr().err
    )
    assert tree(out) == tree(sixty / "last")


# --- Processes of their own -----------------------------------------------------------------------


def started(source, out, workers=1):
    command = [*GOVTEXT, "build", source, "--out", out, "--workers", str(workers)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def ended(source, out):
    """A build in a process of its own: the shards of this one are smaller than others."""
    done = started(source, out, 2)
    _, said = done.communicate()
    assert done.returncode == 0, said


@POSIX
def test_of_two_builds_at_once_one_wins_and_the_other_says_who(sixty, tmp_path):
    one = tmp_path / "one"
    one.mkdir()
    put(one, "a.txt", 1)
    for number in range(examples(50, 1)):
        out = tmp_path / str(number)
        pair = [started(one, out) for _ in range(2)]
        said = [each.communicate() for each in pair]
        codes = [each.returncode for each in pair]
        assert len(load(out).reports) == 1
        assert not (out / ".building").exists()
        if codes == [0, 0]:  # one began when the other had ended
            assert any("Nothing has changed" in text or "reports read" in text for text, _ in said)
            continue
        assert sorted(codes) == [0, 1]
        winner, loser = codes.index(0), codes.index(1)
        assert f"another build is writing to {out}: process {pair[winner].pid} on" in said[loser][1]


@POSIX
def test_a_lock_that_was_left_is_in_nobody_s_way(sixty, tmp_path):
    out = tmp_path / "out"
    copy(sixty / "last", out)
    (out / ".building").write_text("process 1 on a machine that is gone")
    here(sixty / "source", out)
    assert tree(out) == tree(sixty / "new")


@POSIX
@FUZZ
def test_builds_of_300_files_killed_at_random_end_in_the_same_bytes(tmp_path):
    draw, source, out = random.Random(17), tmp_path / "source", tmp_path / "out"
    source.mkdir()
    for number in range(300):
        put(source, f"{number:03d}.txt", number)
    ended(source, out)
    last = digests(out)
    for number in range(0, 300, 3):
        put(source, f"{number:03d}.txt", 1000 + number)
    start = time.monotonic()
    ended(source, tmp_path / "new")
    longest, new = time.monotonic() - start, digests(tmp_path / "new")
    copy(out, tmp_path / "kept")
    for number in range(100):
        if number % 10 == 0:
            copy(tmp_path / "kept", out)
        process = started(source, out, 1 + number % 2)
        time.sleep(draw.uniform(0.3, longest))
        if process.poll() is None:  # with or without the processes that read
            os.killpg(process.pid, signal.SIGKILL) if number % 3 else process.kill()
        process.communicate()
        assert seen(out) in (last, new), number
        if number % 10 == 9:
            ended(source, out)
            assert tree(out) == tree(tmp_path / "new")
