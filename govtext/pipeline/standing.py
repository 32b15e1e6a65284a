"""Which build stands in a folder of tables: committed as one, and seen as one by a reader.

A build makes its tables in a hidden folder beside those that stand. Its record, `build.json`, is
written last, by a rename: from that moment the new build stands. Then its tables are moved to
their names. A reader looks for each in the hidden folder first, so that it sees one build also
while they are moved, or where that was cut off; the next build moves what is left.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

RECORD = "build.json"
_MAKING, _NEXT, _OLD = ".making", ".next-", ".old"
_TRIES = 100
_Result = TypeVar("_Result")


def record(folder: Path) -> dict[str, Any]:
    """What the build that stands in a folder says of itself; empty where none has told."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and "made" in found else {}


def is_tables(folder: Path) -> bool:
    """True for a folder that a build wrote its tables to."""
    return bool(record(folder)) and (folder / "reports.parquet").exists()


def is_settled(folder: Path) -> bool:
    """True if a build stands, its tables lie under their names, and nothing is left over."""
    known = record(folder)
    whole = all(size(folder / name) == made for name, made in known.get("made", {}).items())
    return bool(known) and whole and not _left(folder)


def _left(folder: Path) -> list[Path]:
    """What a build that was cut off may have left."""
    return [
        *folder.glob(f"{_NEXT}*"),
        *(folder / name for name in (_MAKING, _OLD) if (folder / name).exists()),
    ]


def size(path: Path) -> int | None:
    """Bytes of a file or of the files in a folder, None where there is neither."""
    if path.is_dir():
        return sum(each.stat().st_size for each in path.iterdir())
    return path.stat().st_size if path.is_file() else None


def read(folder: Path, reader: Callable[[Callable[[str], Path]], _Result]) -> _Result:
    """What a reader gives of the one build that stands in a folder.

    Parameters
    ----------
    folder : Path
        Folder of tables, also one without a record, where they are what lies there.
    reader : callable
        Given a function that finds a table by the name of its file. It is called again where
        another build was committed, or tables were moved, while it read.

    Raises
    ------
    BlockingIOError
        If builds follow each other faster than the tables can be read.
    """
    for _ in range(_TRIES):
        stands, waiting = _moment(folder), _waiting(folder)
        try:
            result = reader(lambda name: place(folder, name))
        except OSError:
            if (stands, waiting) == (_moment(folder), _waiting(folder)):
                raise
        else:
            if stands == _moment(folder):
                return result
    raise BlockingIOError(f"the tables in {folder} change all the time; try again when they rest")


def _moment(folder: Path) -> tuple[int, ...]:
    """What tells one record from every other that ever stood there."""
    try:
        status = (folder / RECORD).stat()
    except OSError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size


def place(folder: Path, name: str) -> Path:
    """Where a table of the build that stands in a folder lies now."""
    known = record(folder)
    hidden = _hidden(folder, known) / name
    return hidden if name in known.get("gone", ()) or hidden.exists() else folder / name


def _hidden(folder: Path, known: Mapping[str, Any]) -> Path:
    """Where the tables of a build wait for their names; each build of a folder has a number."""
    return folder / f"{_NEXT}{known.get('number', 0)}"


def _waiting(folder: Path) -> list[str]:
    """What the build that stands has not yet moved to its name."""
    try:
        return sorted(path.name for path in _hidden(folder, record(folder)).iterdir())
    except OSError:
        return []


def making(folder: Path) -> Path:
    """An empty hidden folder in a folder of tables, for what a build makes."""
    made = folder / _MAKING
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    return made


def commit(
    folder: Path, made: Path, said: Mapping[str, Any], *, gone: Collection[str] = ()
) -> None:
    """Have the tables that were made stand in a folder, in place of those that stood there.

    Parameters
    ----------
    folder : Path
        Folder of tables.
    made : Path
        A folder that `making` gave, with all tables, whole.
    said : mapping
        What the build says of itself.
    gone : collection of str
        Names of what may lie there of an earlier build and is no part of this one.
    """
    _settle(made)
    known = {
        **said,
        "number": record(folder).get("number", 0) + 1,
        "made": {path.name: size(path) for path in sorted(made.iterdir())},
        "gone": [name for name in gone if not (made / name).exists()],
    }
    made.replace(_hidden(folder, known))
    draft = folder / f".{RECORD}"
    draft.write_text(json.dumps(known, ensure_ascii=False) + "\n", encoding="utf-8")
    publish(draft, folder / RECORD)
    finish(folder)


def finish(folder: Path) -> None:
    """Move what the build that stands has not yet moved; drop what is left of those cut off."""
    known = record(folder)
    hidden = _hidden(folder, known)
    for name in _waiting(folder):
        if (hidden / name).is_dir() or (folder / name).is_dir():
            _set_aside(folder / name)  # a folder cannot take a place that is taken
        (hidden / name).replace(folder / name)
    for name in known.get("gone", ()):
        _set_aside(folder / name)
    sync(folder)
    for left in _left(folder):
        shutil.rmtree(left, ignore_errors=True)


def _set_aside(path: Path) -> None:
    if path.exists():
        aside = path.parent / _OLD / path.name
        shutil.rmtree(aside.parent, ignore_errors=True)
        aside.parent.mkdir()
        path.replace(aside)


def _settle(folder: Path) -> None:
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


def publish(draft: Path, final: Path) -> None:
    """Move a finished file or folder to its name on the same disk, safe against a power cut."""
    _settle(draft) if draft.is_dir() else flush(draft)
    draft.replace(final)
    sync(final.parent)
