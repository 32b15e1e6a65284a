"""The rows of a shard on disk: while its files are read a spool, then a folder of tables.

The spool takes what was made of each file as it comes, so that a build that is cut off loses no
file that was read. The folder appears by a rename when all its tables are written. Both give the
rows of one file by its key: a shard that differs by a file takes over the rows of the others.
"""

from __future__ import annotations

import json
import mmap
import shutil
import zlib
from typing import IO, TYPE_CHECKING, Any, Self

from govtext.core import disk, rules
from govtext.pipeline import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

Entry = dict[str, Any]
"""What is told of a file beside its rows: its `key`, how many rows it has in each table (`rows`),
of how many bytes (`sizes`), and what the build says of it."""
PASSING = "passing"
"""Mark of a reject that another build need not give, and file of a shard that has one."""
INDEX = "shard.json"
SPOOL = ".spool"
SKETCHES = "sketches"
"""Table of a shard that is none of the study: what tells of a report which others repeat it."""
_GROUP = 64_000_000
"""Bytes of rows that end a group of rows: a whole shard of reports has fewer, and a hostile file
may have a quarter of it."""


def names() -> tuple[str, ...]:
    """Names of the tables of a shard."""
    return (*tables.names(), SKETCHES)


@rules.cached
def schema(name: str) -> pa.Schema:
    """Arrow schema of a table of a shard."""
    import pyarrow as pa

    if name == SKETCHES:
        return pa.schema([("report_id", pa.string()), ("sketch", pa.binary())])
    return tables.schema(name)


def packed(entry: Entry, batches: Mapping[str, pa.RecordBatch]) -> bytes:
    """Record of a file for a spool: what is told of it, and its rows."""
    found = {name: batch for name, batch in batches.items() if len(batch)}
    bodies = [batch.serialize() for batch in found.values()]
    sizes = {name: body.size for name, body in zip(found, bodies, strict=True)}
    rows = {name: len(batch) for name, batch in found.items()}
    head = json.dumps({**entry, "rows": rows, "sizes": sizes}, ensure_ascii=False).encode()
    return b"".join((len(head).to_bytes(4), head, *bodies))


def told(record: bytes | memoryview) -> tuple[Entry, int]:
    """What a record tells of its file, and where in it the rows begin."""
    body = 4 + int.from_bytes(record[:4])
    entry: Entry = json.loads(bytes(record[4:body]))
    return entry, body


def append(spool: IO[bytes], record: bytes) -> None:
    """Add a record to a spool, marked so that one cut short is known."""
    spool.write(len(record).to_bytes(8) + zlib.crc32(record).to_bytes(4))
    spool.write(record)
    spool.flush()


class Spool:
    """The whole records of a spool, by the keys of their files."""

    def __init__(self, path: Path) -> None:
        self.entries: dict[str, Entry] = {}
        self._bodies: dict[str, memoryview] = {}
        for record in _records(path):
            entry, body = told(record)
            self.entries[entry["key"]] = entry
            self._bodies[entry["key"]] = record[body:]

    def rows(self, key: str, name: str) -> pa.Table:
        """Rows that a file has in a table."""
        import pyarrow as pa

        start = 0
        for other, size in self.entries[key]["sizes"].items():
            if other == name:
                body = pa.py_buffer(self._bodies[key][start : start + size])
                return pa.Table.from_batches([pa.ipc.read_record_batch(body, schema(name))])
            start += size
        return schema(name).empty_table()


def _records(path: Path) -> Iterator[memoryview]:
    """Records of a spool, up to the first that is cut short or damaged."""
    if not path.stat().st_size:
        return
    with path.open("rb") as stream:
        whole = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    start = 12
    while start <= len(whole):
        length, check = int.from_bytes(whole[start - 12 : start - 4]), whole[start - 4 : start]
        record = whole[start : start + length]
        if len(record) < length or zlib.crc32(record) != int.from_bytes(check):
            return
        yield record
        start += length + 12


class Shard:
    """A folder of tables that a build has written, by the keys of its files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.entries: dict[str, Entry] = {each["key"]: each for each in entries(folder)}
        self._name = ""
        self._starts: dict[str, int] = {}
        self._table: pa.Table | None = None

    def rows(self, key: str, name: str) -> pa.Table:
        """Rows that a file has in a table; one table is kept at a time."""
        import pyarrow.parquet as pq

        if name != self._name:
            with pq.ParquetFile(self._folder / f"{name}.parquet") as table:
                self._table = table.read()
            self._name, start = name, 0
            for other, entry in self.entries.items():
                self._starts[other] = start
                start += entry["rows"].get(name, 0)
        assert self._table is not None
        return self._table.slice(self._starts[key], self.entries[key]["rows"].get(name, 0))


def entries(folder: Path) -> list[Entry]:
    """What is told of the files of a shard, in their order."""
    found: list[Entry] = _index(folder)["files"]
    return found


def is_whole(folder: Path) -> bool:
    """True if a shard is there as it was written.

    A part of a large table is one of its files by another name: who writes to that writes here.
    """
    try:
        sizes: dict[str, int] = _index(folder)["sizes"]
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def keys(place: Path, reader: str) -> list[str]:
    """Keys of the files whose rows lie in a shard or spool, and were read by this reader.

    There are none in anything else that somebody has put there.
    """
    try:
        if place.suffix == SPOOL:
            found = list(Spool(place).entries.values())
        else:
            index = _index(place)
            found = index["files"] if index["reader"] == reader else []
        return [each["key"] for each in found if PASSING not in each]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _index(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return found


def write(final: Path, draft: Path, files: Sequence[tuple[str, Path]], reader: str) -> None:
    """Write the tables of a shard and give it its name.

    Parameters
    ----------
    final : Path
        Where it appears, whole; where it stands already, what was written is dropped.
    draft : Path
        A name on the same disk for a new folder.
    files : sequence of (key, Path)
        The files in order, each with the spool or shard that has its rows.
    reader : str
        Digest of what has read them.
    """
    try:
        _fill(draft, files, reader)
        if not final.exists():
            disk.publish(draft, final)
    except OSError:
        if not final.exists():  # else a process of a build that was killed has just made it
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(draft: Path, files: Sequence[tuple[str, Path]], reader: str) -> None:
    draft.mkdir()
    places = {place for _, place in files}
    opened = {each: Spool(each) if each.suffix == SPOOL else Shard(each) for each in places}
    found = [(opened[place], key) for key, place in files]
    for name in names():
        with Writer(draft / f"{name}.parquet", schema(name)) as writer:
            for source, key in found:
                size = source.entries[key]["sizes"].get(name, 0)
                writer.add(source.rows(key, name), size)
    index = {
        "reader": reader,
        "sizes": {path.name: path.stat().st_size for path in sorted(draft.iterdir())},
        "files": [source.entries[key] for source, key in found],
    }
    if any(PASSING in entry for entry in index["files"]):
        (draft / PASSING).touch()
    (draft / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")


class Writer:
    """Writes a table in groups of rows, whose borders depend on the rows alone.

    Parameters
    ----------
    path : Path
        The file; it is whole when the block has ended.
    known : pyarrow.Schema
        Its columns.
    """

    def __init__(self, path: Path, known: pa.Schema) -> None:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(path, known, compression="zstd")
        self._drawn: list[pa.Table] = []
        self._size = 0

    def __enter__(self) -> Self:
        """Nothing is to be done first."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is left, and the end of the file."""
        with self._writer:
            self._flush()

    def add(self, rows: pa.Table, size: int = _GROUP) -> None:
        """Append rows that count as so many bytes; without a size they are a group of their own."""
        if self._size and self._size + size > _GROUP:
            self._flush()
        if len(rows):
            self._drawn.append(rows)
            self._size += size

    def _flush(self) -> None:
        import pyarrow as pa

        if self._drawn:
            # In one piece: where pages end depends on the pieces.
            whole = pa.concat_tables(self._drawn).combine_chunks()
            self._writer.write_table(whole, row_group_size=max(1, len(whole)))
        self._drawn, self._size = [], 0
