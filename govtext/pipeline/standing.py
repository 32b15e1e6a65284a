"""Which build stands in a folder of tables: committed as one, and seen as one by every reader.

A build makes its tables and its record, `build.json`, in a hidden folder beside those that stand.
What stands is then reached through one link (`.standing`), and the link is turned to the new: with
that one rename the new build stands, also for who opens its files with pandas or DuckDB. Then they
move to their names. Where the disk has no links, and for a table that is a folder of parts, what
stands is set aside before: such a reader may find no table for a moment, but never one of another
build. `read` finds the build that stands at every moment; what was cut off the next build ends.
"""

from __future__ import annotations

import json
import os
import shutil
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from govtext.core import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

RECORD = "build.json"
_OTHERS = _MAKING, _OLD, _LINK, _DRAFT = ".making", ".old", ".standing", ".standing-draft"
_NEXT, _LAST = ".next-", ".last-"
"""Folders with the number of a build: what waits for its name, and what was set aside."""
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
    return bool(record(folder)) and place(folder, "reports.parquet").exists()


def is_settled(folder: Path) -> bool:
    """True if a build stands, its tables lie under their names, and nothing is left over."""
    known = record(folder)
    there = all(size(folder / name) == made for name, made in known.get("made", {}).items())
    return bool(known) and there and not _left(folder)


def _left(folder: Path) -> list[Path]:
    """What a build that was cut off may have left."""
    return [
        *folder.glob(f"{_NEXT}*"),
        *folder.glob(f"{_LAST}*"),
        *(place for name in _OTHERS if os.path.lexists(place := folder / name)),
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
    hidden, aside = (place / name for place in _apart(folder, known))
    if name in known.get("gone", ()) or hidden.exists():
        return hidden
    return aside if aside.exists() and not (folder / name).exists() else folder / name


def _apart(folder: Path, known: Mapping[str, Any]) -> tuple[Path, Path]:
    """Where tables of a build wait for their names, and where they are set aside for the next."""
    number = known.get("number", 0)
    return folder / f"{_NEXT}{number}", folder / f"{_LAST}{number}"


def _waiting(folder: Path) -> list[Path]:
    """What of the build that stands is not under its own name, or not there alone."""
    return sorted(chain.from_iterable(map(_listed, _apart(folder, record(folder)))))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
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
    known = {
        **said,
        "number": record(folder).get("number", 0) + 1,
        "made": {path.name: size(path) for path in sorted(made.iterdir())},
        "gone": [name for name in gone if not (made / name).exists()],
    }
    text = json.dumps(known, ensure_ascii=False) + "\n"
    (made / RECORD).write_text(text, encoding="utf-8")
    disk.settle(made)
    hidden, _ = _apart(folder, known)
    made.replace(hidden)
    try:
        _switch(folder, hidden, {*known["made"], *known["gone"]})
    finally:  # also what could not be switched: then the last build is as it was
        finish(folder)


def _switch(folder: Path, hidden: Path, names: Collection[str]) -> None:
    """Have the tables of a hidden folder, with their record, stand: all from one moment on."""
    known = record(folder)
    _, aside = _apart(folder, known)
    aside.mkdir()
    linked = _point(folder, aside)
    for name in sorted({*names, *known.get("made", ()), RECORD}):
        if linked:
            _lead(folder / name, aside / name)
        elif name != RECORD and (folder / name).exists():
            (folder / name).replace(aside / name)
    disk.sync(aside)
    disk.sync(folder)
    if linked:
        _point(folder, hidden)
    else:
        (hidden / RECORD).replace(folder / RECORD)
    disk.sync(folder)


def _point(folder: Path, place: Path) -> bool:
    """True if the link in a folder leads to a place in it now; false where there are no links."""
    if os.name != "posix":  # a link there knows whether it leads to a folder
        return False
    draft = folder / _DRAFT
    try:
        draft.symlink_to(place.name)
    except (NotImplementedError, OSError):
        return False
    draft.replace(folder / _LINK)
    return True


def _lead(path: Path, kept: Path) -> None:
    """Put what stands at a path aside, and have the path lead there through the link."""
    if path.is_dir():
        path.replace(kept)  # a link takes no place of a folder
    elif path.exists():
        try:
            os.link(path, kept)
        except OSError:
            path.replace(kept)
    draft = path.with_name(_DRAFT)
    draft.symlink_to(f"{_LINK}/{path.name}")
    draft.replace(path)


def finish(folder: Path) -> None:
    """Have all of the build that stands lie under its names; drop what others have left."""
    known = record(folder)
    hidden, aside = _apart(folder, known)
    for path in _listed(hidden) or _listed(aside):
        _move(path, folder / path.name)
    for path in folder.iterdir():
        if path.is_symlink() and path.readlink().parts[0] == _LINK:
            path.unlink()  # of a table that the build that stands has not
    for name in known.get("gone", ()):
        _set_aside(folder / name)
    disk.sync(folder)
    for left in _left(folder):
        left.unlink() if left.is_symlink() else shutil.rmtree(left, ignore_errors=True)


def _move(path: Path, final: Path) -> None:
    """Move a table to its name; where it or what lies there is a folder, that goes first."""
    if final.is_symlink() and path.is_dir():
        final.unlink()
    elif not final.is_symlink() and (path.is_dir() or final.is_dir()):
        _set_aside(final)
    path.replace(final)


def _set_aside(path: Path) -> None:
    if path.exists():
        aside = path.parent / _OLD / path.name
        shutil.rmtree(aside.parent, ignore_errors=True)
        aside.parent.mkdir()
        path.replace(aside)
