"""The files of a study in shards: which there are, what each is named by, what is already made.

A shard is some hundred files that follow each other in the order of their report ids. Where one
ends depends on the ids around its border alone, so that a new file changes its own shard and none
of those behind it. A shard is named by all that its rows are made from: the reader with its rules
and limits, and for each file its name, its bytes, and what a scholar says of it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from govtext.pipeline import shard_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from govtext.pipeline.corrections import Correction

FOLDER = ".shards"
"""Folder beside the tables with the shards that they were made from."""
LEAST, MOST = 100, 400
"""Files of the smallest shard, but for the last, and of the largest."""
_ODDS = 100
"""One report id in so many ends a shard that is large enough: it has 200 files on average."""


class Task(NamedTuple):
    """A file to read, what it is called in the tables, and what a scholar says of it.

    `state` is the digest of its bytes, or what else tells that it has changed.
    """

    path: Path
    report_id: str
    shown: str
    given: Mapping[str, str]
    fixes: tuple[Correction, ...]
    state: str


class Shard(NamedTuple):
    """Files in order, and for each the digest of all that its rows are made from."""

    name: str
    tasks: tuple[Task, ...]
    keys: tuple[str, ...]


def parted(tasks: Iterable[Task], reader: str) -> Iterator[Shard]:
    """Shards of the files of a study.

    Parameters
    ----------
    tasks : iterable of Task
        The files in the order of their report ids.
    reader : str
        Digest of what reads them: equal where it would read the same.
    """
    kept: list[Task] = []
    for task in tasks:
        kept.append(task)
        if len(kept) == MOST or (len(kept) >= LEAST and _is_border(task.report_id)):
            yield _shard(kept, reader)
            kept = []
    if kept:
        yield _shard(kept, reader)


def digest(*parts: object) -> str:
    """Digest of what can be written as JSON."""
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def missing(folder: Path, plan: Iterable[Shard]) -> list[Shard]:
    """Shards of a study that are not in the folder of shards; what is left of one is dropped."""
    found = [shard for shard in plan if not shard_files.is_whole(folder / shard.name)]
    delete(place for shard in found if (place := folder / shard.name).exists())
    return found


def known(folder: Path, plan: Sequence[Shard], reader: str) -> dict[str, Path]:
    """Where rows lie that an earlier build, also one cut off, made of files of missing shards.

    Parameters
    ----------
    folder : Path
        Folder of the shards.
    plan : sequence of Shard
        The shards of the study.
    reader : str
        As for `parted`.

    Returns
    -------
    dict
        From the key of a file to a shard or spool that holds its rows.
    """
    names = {shard.name for shard in plan}
    keys = {key for shard in missing(folder, plan) for key in shard.keys}
    found: dict[str, Path] = {}
    for place in sorted(folder.iterdir()) if keys else ():
        if place.name not in names and not place.name.startswith("."):
            here = shard_files.keys(place, reader)
            found |= dict.fromkeys(keys.intersection(here), place)
    return found


def opened(out: Path, *, empty: bool = False) -> Path:
    """Folder of the shards of a study, without drafts of builds that were cut off.

    A shard with a file that could not be opened is set aside: that file is tried again.

    Parameters
    ----------
    out : Path
        Folder of the tables.
    empty : bool, default False
        Drop the shards that are there too.
    """
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    delete(folder.glob("*" if empty else ".*"))
    for mark in folder.glob(f"*/{shard_files.PASSING}"):
        if not mark.parent.suffix:
            aside = mark.parent.with_suffix(f".{shard_files.PASSING}")
            delete([aside] if aside.exists() else [])
            mark.parent.replace(aside)
    return folder


def is_lasting(out: Path, names: Collection[str]) -> bool:
    """True if a study that stands has its shards, and no more, and none to try again."""
    marks = (out / FOLDER / name / shard_files.PASSING for name in names)
    return not left(out, names) and not any(mark.exists() for mark in marks)


def left(out: Path, names: Collection[str]) -> list[Path]:
    """What lies among the shards of a study that stands, and is none of these."""
    kept, folder = set(names), out / FOLDER
    return [each for each in folder.iterdir() if each.name not in kept] if folder.is_dir() else []


def delete(places: Iterable[Path]) -> None:
    """Delete files and folders."""
    for place in places:
        if place.is_dir():  # a process of a build that was killed may still write there
            shutil.rmtree(place, ignore_errors=True)
        else:
            with suppress(OSError):  # Windows lets nobody remove what somebody has open
                place.unlink()


def _is_border(report_id: str) -> bool:
    return int(digest(report_id)[:8], 16) % _ODDS == 0


def _shard(tasks: Sequence[Task], reader: str) -> Shard:
    keys = tuple(_key(task, reader) for task in tasks)
    return Shard(digest(keys), tuple(tasks), keys)


def _key(task: Task, reader: str) -> str:
    told = sorted(task.given.items())
    fixes = [(each.metric, each.applicant, each.value, each.who, each.why) for each in task.fixes]
    return digest(reader, task.report_id, task.shown, task.state, told, fixes)
