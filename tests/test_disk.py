"""Files are there whole or not at all; a lock ends with who holds it."""

import os
import sys
from types import SimpleNamespace

import pytest

from govtext.core import alone, disk


def test_a_file_takes_the_place_of_another_when_it_is_whole(tmp_path):
    path = tmp_path / "a.csv"
    disk.write(path, "一\r\n")
    assert path.read_bytes() == "一\r\n".encode()
    with pytest.raises(RuntimeError), disk.draft(path) as made:  # noqa: PT012 -- it is the block
        assert made.suffix == ".csv"
        assert disk.is_draft(made)
        made.write_text("half")
        raise RuntimeError
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_bytes() == "一\r\n".encode()
    assert not disk.is_draft(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_link_stays_a_link_and_a_pipe_is_written_to(tmp_path):
    (tmp_path / "link").symlink_to("file")
    disk.write(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"x"
    os.mkfifo(tmp_path / "pipe")
    with disk.draft(tmp_path / "pipe") as made:
        assert made == tmp_path / "pipe"


def test_who_holds_a_lock_is_said_and_it_is_gone_at_the_end(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("left by a process that is gone")
    with alone.alone(lock) as stands:
        assert stands()
        with (
            pytest.raises(BlockingIOError, match=f"^process {os.getpid()} on .* since 20"),
            alone.alone(lock, wait=0.1),
        ):
            pass
        lock.unlink()
        assert not stands()
    assert not lock.exists()
    with alone.alone(lock):
        pass


def test_windows_locks_a_byte_that_nobody_reads(tmp_path, monkeypatch):
    taken = []

    def locking(number, mode, size):
        if taken:
            raise OSError("locked")
        taken.append((os.lseek(number, 0, os.SEEK_CUR), mode, size))

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with alone.alone(tmp_path / "lock"):
        assert taken == [(alone._FAR, 2, 1)]
        with pytest.raises(BlockingIOError, match="process"), alone.alone(tmp_path / "lock"):
            pass
    monkeypatch.setitem(sys.modules, "msvcrt", None)
    with alone.alone(tmp_path / "lock"), alone.alone(tmp_path / "lock"):
        pass
