"""A build in a copy of this process that is told of every step, and can be ended at any of them.

A step is what changes a disk: a write, an fsync, a rename, a link, a new folder, a removal, a file
that is opened to be written. At a write the copy has written half of it when it is told.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from govtext.core.model import UnreadableReport
from govtext.pipeline.build import build

FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
STEPS = frozenset(
    ("os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "fsync", "write")
)
KILLED, DONE, FULL, FAILED = 9, 10, 11, 1
READ: dict[str, bytes] = {}
"""What was read of a file, by its key: reading is not what is tried here, and takes time."""


class Here:
    """Workers that work in this very process, so that it is all of the build."""

    def __init__(self, number=1):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def map(self, function, items, *, seconds):
        for item in items:
            if item[1] not in READ:
                try:
                    READ[item[1]] = function(item)
                except UnreadableReport as error:
                    READ[item[1]] = error
            yield READ[item[1]]

    def submit(self, function, *arguments, seconds):
        made = function(*arguments)
        return SimpleNamespace(result=lambda: made)


def here(source: Any, out: Any) -> None:
    """Build in this process, with what was read before; no power will be cut: fsync is a step."""
    module = sys.modules["govtext.pipeline.build"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "sandbox", SimpleNamespace(Workers=Here, SECONDS=12))
        patch.setattr(os, "fsync", lambda number: Torn.step("fsync", ()))
        build(source, out, progress=lambda line: None)


def killed_at(number: int) -> Callable[[int], None]:
    return lambda at: os._exit(KILLED) if at == number else None


class Torn(io.FileIO):
    """A file whose writes are steps; `room` is how many bytes the disk still takes."""

    step: Callable[[str, tuple[Any, ...]], None] = staticmethod(lambda event, arguments: None)
    room: float = float("inf")

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        half = len(view) // 2
        taken = min(len(view), Torn.room)
        Torn.room -= taken
        if taken < len(view):
            super().write(view[: int(taken)])
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(view[:half])
        Torn.step("write", ())
        super().write(view[half:])
        return len(view)


def _opened(path, mode="r", buffering=-1, encoding=None, errors=None, newline=None, **more):
    if not set(mode) & set("wa"):
        return OPEN(path, mode, buffering, encoding, errors, newline, **more)
    raw = Torn(path, mode.replace("b", "").replace("t", ""))
    if "b" in mode:
        return io.BufferedWriter(raw)
    if "+" in mode:
        return io.TextIOWrapper(io.BufferedRandom(raw), encoding, errors, newline)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, newline)


OPEN = io.open


def in_a_copy(source, out, before_step, room: float = float("inf")):
    """Exit status of a copy of this process that builds and is told the number of each step.

    `room` is how many bytes can be written until the disk is full; the status is then FULL if the
    build says so, and the sentence it says is in the file `said` beside the folder of the tables.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        Torn.room = room
        _told_of(before_step)
        here(source, out)
        os._exit(DONE)
    except OSError as error:
        Torn.room = float("inf")
        out.with_name("said").write_text(str(error), encoding="utf-8")
        os._exit(FULL if "is full" in str(error) else FAILED)
    except BaseException:  # noqa: BLE001 -- a copy of a test must never return
        traceback.print_exc()
        os._exit(FAILED)


def _told_of(before_step):
    """Have this process tell every step."""
    import pyarrow.parquet as pq

    count = iter(range(1_000_000))
    busy = []

    def step(event, arguments):
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY
        if (event in STEPS or opened) and not busy:
            busy.append(event)
            before_step(next(count))
            busy.clear()

    class Writer(pq.ParquetWriter):
        """Arrow writes by itself, where no step is told."""

        def __init__(self, path, *arguments, **options):
            self._torn = path.open("wb")
            super().__init__(self._torn, *arguments, **options)

        def close(self):
            super().close()
            self._torn.close()

    Torn.step = staticmethod(step)
    io.open = _opened
    pq.ParquetWriter = Writer
    sys.addaudithook(step)
