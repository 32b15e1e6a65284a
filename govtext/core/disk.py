"""Files that are there whole or not at all, wherever a program is stopped or a disk fills.

What is written goes to a draft beside the place, and takes its name by a rename.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DRAFT = re.compile(r"\..+\.\d+(\.\w+)?")


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A file to write to, of the same ending, that takes the place of `path` when the block ends.

    Where the block fails, what stood there stands there still. A link stays one, and what is no
    file, as a pipe, is written to itself.
    """
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        yield path
        return
    made = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield made
        publish(made, path)
    finally:
        made.unlink(missing_ok=True)


def is_draft(path: Path) -> bool:
    """True for a draft that was left by a process that was killed."""
    return _DRAFT.fullmatch(path.name) is not None


def write(path: Path, data: str | bytes) -> None:
    """Nothing; the file holds the text, in UTF-8 with the ends of lines as they are, or bytes."""
    with draft(path) as made:
        made.write_bytes(data.encode() if isinstance(data, str) else data)


def publish(made: Path, final: Path) -> None:
    """Move a finished file or folder to its name on the same disk, safe against a power cut."""
    settle(made) if made.is_dir() else flush(made)
    made.replace(final)
    sync(final.parent)


def settle(folder: Path) -> None:
    """Have the disk hold a folder and all in it."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync(path)
        elif path.stat().st_nlink == 1:  # what is linked was settled where it was made
            flush(path)
    sync(folder)


def flush(path: Path) -> None:
    """Have the disk hold a file, safe against a power cut."""
    with path.open("r+b") as stream:  # Windows flushes no file that is open for reading only
        os.fsync(stream.fileno())


def sync(folder: Path) -> None:
    """Have the disk hold the names in a folder, where the system can be asked to."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):  # some shared disks cannot
                os.fsync(opened)
        finally:
            os.close(opened)
