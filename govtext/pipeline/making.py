"""Shards are made: files are read in processes with limits, and their rows written there."""

from __future__ import annotations

import shutil
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from govtext.core import rules
from govtext.core.model import Reject, UnreadableReport
from govtext.pipeline import (
    corrections,
    duplicates,
    remote,
    rows,
    shard_files,
    shards,
    sources,
    tables,
)
from govtext.pipeline.assemble import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path
    from typing import Any

    import pyarrow as pa

    from govtext.core.model import Report
    from govtext.pipeline.sandbox import Workers
    from govtext.pipeline.shard_files import Entry
    from govtext.pipeline.shards import Shard, Task

DOUBTFUL = "doubtful"
"""Kind of a report that may be no annual report, where kinds are counted."""
_WRITING = 600.0
"""Most seconds that writing a shard may take in a process of its own; it takes half of one."""


class Way(NamedTuple):
    """How files are read and where their rows go: what a process on any machine must know.

    `source` and `store` are the addresses that reports are fetched from, and that a process of a
    cluster puts its shards to; empty where these are folders.
    """

    folder: Path
    version: str
    reader: str
    own: rules.Own | None
    seconds: float
    source: str = ""
    store: str = ""


def make(
    crew: Workers,
    wanted: Sequence[Shard],
    known: Mapping[str, Path],
    way: Way,
    heard: Callable[[Entry], object],
) -> None:
    """Make shards, one after the other; their files are read by all processes at the same time.

    Parameters
    ----------
    crew : Workers
        The processes.
    wanted : sequence of Shard
        Those to make.
    known : mapping
        Where rows of some files lie already, by their keys: these are not read.
    way : Way
        How and where to.
    heard : callable
        Given what is told of each file that was read.
    """
    tasks = [pair for each in wanted for pair in _pairs(each) if pair[1] not in known]
    how = partial(_fetched, way.source) if way.source else _read
    read = partial(rules.within, way.own, how)
    records = map(_settled, tasks, crew.map(read, tasks, seconds=way.seconds))
    writing: list[tuple[Future[Any], tuple[Any, ...], Path]] = []
    for shard in wanted:
        draft, spool = _drafts(way.folder, shard.name)
        with spool.open("wb") as stream:
            for record in islice(records, sum(key not in known for key in shard.keys)):
                shard_files.append(stream, record)
                heard(shard_files.told(record)[0])
        files = [(key, known.get(key, spool)) for key in shard.keys]
        asked = way.folder / shard.name, draft, files, way.reader
        function = partial(rules.within, way.own, shard_files.write)
        writing.append((crew.submit(function, *asked, seconds=_WRITING), asked, spool))
    for done, asked, spool in writing:
        try:
            done.result()
        except UnreadableReport:  # rows of a size for which a process that reads has no room
            shutil.rmtree(asked[1], ignore_errors=True)
            shard_files.write(*asked)
        # Here: a process that outlives its build takes nothing from the next.
        shards.delete([spool])


def _drafts(folder: Path, name: str) -> tuple[Path, Path]:
    """Places for the draft and the spool of a shard, which no other attempt at it uses."""
    attempt = f"{name}-{uuid4().hex}"
    return folder / f".{attempt}", folder / f"{attempt}{shard_files.SPOOL}"


def _pairs(shard: Shard) -> Iterator[tuple[Task, str]]:
    return zip(shard.tasks, shard.keys, strict=True)


def _fetched(source: str, asked: tuple[Task, str]) -> bytes:
    """Record of a file at an address, which is read from a copy."""
    task, key = asked
    with remote.fetched(source, str(task.path), task.state) as copy:
        return _read((task._replace(path=copy, state=sources.state(copy)), key))


def _read(asked: tuple[Task, str]) -> bytes:
    """Record of a file that is read.

    Raises
    ------
    UnreadableReport
        If it is none that can be read, or is no more what it was when the build began.
    """
    task, key = asked
    try:
        report = read_file(task.path, task.report_id, task.shown, task.given, task.fixes)
    except UnreadableReport:
        if sources.is_digest(task.state) and sources.state(task.path) != task.state:
            raise _changed() from None
        raise
    if sources.is_digest(task.state) and report.document.page.sha256 != task.state:
        raise _changed()
    entry = {
        "key": key,
        "report_id": report.report_id,
        "path": report.path,
        "kind": DOUBTFUL if report.kind.doubtful else report.kind.name,
        "in_vain": corrections.in_vain(task.fixes, report.observations),
    }
    return shard_files.packed(entry, _batches(report))


def _changed() -> UnreadableReport:
    return UnreadableReport("not_opened", "The file changed during the build: build again.")


def _batches(report: Report) -> dict[str, pa.RecordBatch]:
    import pyarrow as pa

    made = rows.report_columns(report)
    batches = {name: tables.batch(name, columns) for name, columns in made.items()}
    told = [[report.report_id], [duplicates.sketch(report)]]
    known = shard_files.schema(shard_files.SKETCHES)
    batches[shard_files.SKETCHES] = pa.RecordBatch.from_arrays(
        [pa.array(column, each.type) for column, each in zip(told, known, strict=True)],
        schema=known,
    )
    return batches


def _settled(asked: tuple[Task, str], result: bytes | Exception) -> bytes:
    """Record of a file: what was read of it, or the reject that says why there is nothing."""
    if isinstance(result, bytes):
        return result
    task, key = asked
    if isinstance(result, UnreadableReport):
        reject = Reject(task.shown, result.cause, result.message)
        # What could be opened before can be so again: another build tries.
        had = sources.is_digest(task.state) or remote.is_state(task.state)
        passing = result.cause == "not_opened" and had
        return _rejected(key, reject, passing=passing)
    if isinstance(result, remote.StoreError):
        raise result
    message = f"govtext failed on it: {type(result).__name__}: {result}."
    return _rejected(key, Reject(task.shown, "failed", message))


def _rejected(key: str, reject: Reject, *, passing: bool = False) -> bytes:
    entry = {"key": key, "path": reject.path, "cause": reject.cause, "message": reject.message}
    if passing:
        entry[shard_files.PASSING] = "yes"
    columns = rows.reject_columns([reject])["rejects"]
    return shard_files.packed(entry, {"rejects": tables.batch("rejects", columns)})


def keep(rejects: Sequence[Reject], way: Way) -> str:
    """Name of a shard that holds rejects which are no files of a study; it is made here."""
    named = [(shards.digest(str(each), way.reader), each) for each in rejects]
    name = shards.digest([key for key, _ in named])
    draft, spool = _drafts(way.folder, name)
    with spool.open("wb") as stream:
        for key, each in named:
            shard_files.append(stream, _rejected(key, each))
    files = [(key, spool) for key, _ in named]
    shard_files.write(way.folder / name, draft, files, way.reader)
    shards.delete([spool])
    return name
