"""One process at a time: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
import platform
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FAR = 1 << 30
"""Where Windows locks a byte of the file: what is locked there cannot be read."""
_TELLS = 1.0
"""Most seconds until who holds a lock has said so."""


@contextmanager
def alone(lock: Path, *, wait: float = 0.0) -> Iterator[Callable[[], bool]]:
    """Keep other processes out until the block ends; on a disk without locks nobody is kept out.

    Parameters
    ----------
    lock : Path
        File that stands for what one process at a time may do. It is made, and gone at the end;
        one that was left by a crash is in nobody's way.
    wait : float, default 0
        Seconds to wait for another process.

    Returns
    -------
    context manager
        It gives a function which is false where the file was removed or replaced meanwhile.

    Raises
    ------
    BlockingIOError
        If another process holds it, saying which one, where and since when.
    """
    until = time.monotonic() + wait
    while (stream := _taken(lock)) is None:
        if time.monotonic() >= until:
            raise BlockingIOError(_holder(lock))
        time.sleep(0.02)
    try:
        now = datetime.now().astimezone().isoformat(" ", "seconds")
        stream.write(f"process {os.getpid()} on {platform.node()} since {now}")
        stream.flush()
        yield lambda: _stands(lock, stream)
    finally:
        if os.name == "posix" and _stands(lock, stream):  # before another process can take it
            lock.unlink()
        stream.close()
        if os.name != "posix":
            with suppress(OSError):  # another process has taken it
                lock.unlink()


def _taken(lock: Path) -> IO[str] | None:
    """The file, locked and empty; None where another process holds it."""
    while True:
        stream = lock.open("a+", encoding="utf-8")
        if not _is_locked(stream):
            stream.close()
            return None
        if _stands(lock, stream):
            stream.truncate(0)
            return stream
        stream.close()  # who held it has just removed it


def _is_locked(stream: IO[str]) -> bool:
    """True if the lock of an open file could be had, or the disk has no locks."""
    try:
        import fcntl
    except ImportError:
        return _is_locked_on_windows(stream)
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_locked_on_windows(stream: IO[str]) -> bool:
    try:
        import msvcrt
    except ImportError:  # neither kind of lock is there
        return True
    stream.seek(_FAR)
    try:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _stands(lock: Path, stream: IO[str]) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), lock.stat())
    except OSError:
        return False


def _holder(lock: Path) -> str:
    """Who holds a lock, as that process has written it."""
    until = time.monotonic() + _TELLS
    while time.monotonic() < until:
        with suppress(OSError):
            if told := lock.read_text(encoding="utf-8"):
                return told
        time.sleep(0.02)
    return "another process"
