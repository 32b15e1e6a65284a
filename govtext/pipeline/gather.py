"""Shards -> the tables of a study: one file a table, of a large study a folder of parts."""

from __future__ import annotations

import os
import shutil
from bisect import bisect_right
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from govtext.pipeline import duplicates, tables
from govtext.pipeline.shard_files import SKETCHES, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

LARGE = 1_000
"""Files above which a table is a folder of parts, one a shard: there a new file costs one part, and
not the whole table."""


def gather(shards: Sequence[Path], out: Path, *, parts: bool) -> None:
    """Write the tables of a study into an empty folder.

    Parameters
    ----------
    shards : sequence of Path
        Its shards, in order.
    out : Path
        The folder, on the same disk.
    parts : bool
        Whether each table is a folder with a part for each shard.
    """
    starts = {ids[0]: shard for shard in shards if (ids := _ids(shard))}
    text_of = _text_of(list(starts), list(starts.values()))
    originals = duplicates.find(lambda: chain.from_iterable(map(_sketches, shards)), text_of)
    write = _write_parts if parts else _write_file
    for name in tables.names():
        write(name, shards, out / f"{name}.parquet", originals)


def _write_file(
    name: str, shards: Sequence[Path], final: Path, originals: Mapping[str, str]
) -> None:
    """Write a table as one file."""
    if len(shards) == 1:
        # A copy: who writes to a table of a small study by hand must not change its shard.
        _write_part(name, shards[0], final, originals, shutil.copyfile)
        return
    with Writer(final, tables.schema(name)) as writer:
        for shard in shards:
            _copy(shard / f"{name}.parquet", writer, originals)


def _write_parts(
    name: str, shards: Sequence[Path], final: Path, originals: Mapping[str, str]
) -> None:
    """Write a table as a folder."""
    final.mkdir()
    for number, shard in enumerate(shards):
        _write_part(name, shard, final / f"{number:05d}.parquet", originals, _link)


def _write_part(
    name: str,
    shard: Path,
    part: Path,
    originals: Mapping[str, str],
    link: Callable[[Path, Path], object],
) -> None:
    """Write the table of one shard; one that is the same as in its shard is only linked."""
    kept = shard / f"{name}.parquet"
    if name == "reports" and not originals.keys().isdisjoint(_ids(shard)):
        with Writer(part, tables.schema(name)) as writer:
            _copy(kept, writer, originals)
    else:
        link(kept, part)


def _copy(kept: Path, writer: Writer, originals: Mapping[str, str]) -> None:
    """Copy a table of a shard, group by group, with what each report repeats."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(kept) as table:
        for number in range(table.num_row_groups):
            group = table.read_row_group(number)
            place = group.schema.get_field_index("duplicate_of")
            ids = group["report_id"].to_pylist() if place >= 0 else ()
            found = [originals.get(each) for each in ids]
            if any(found):
                marks = pa.lib.StringBuilder()  # pa.array would import pandas
                marks.append_values(found)
                group = group.set_column(place, group.schema.field(place), marks.finish())
            writer.add(group)


def _link(kept: Path, part: Path) -> None:
    """Give a file of a shard a second name, or copy it where the disk has no two names for one."""
    try:
        os.link(kept, part)
    except OSError:
        shutil.copyfile(kept, part)


def _sketches(shard: Path) -> Iterator[tuple[str, bytes]]:
    """What tells of each report of a shard, in order, which others repeat it."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(shard / f"{SKETCHES}.parquet") as file:  # read_table would import pandas
        table = file.read()
    yield from zip(table["report_id"].to_pylist(), table["sketch"].to_pylist(), strict=True)


def _ids(shard: Path) -> list[str]:
    """Report ids of a shard, in order."""
    return [report_id for report_id, _ in _sketches(shard)]


def _text_of(starts: Sequence[str], shards: Sequence[Path]) -> Callable[[str], str]:
    """Function that gives the text of a report, given where each shard starts."""
    import pyarrow.parquet as pq

    @lru_cache(maxsize=4)
    def texts(shard: Path) -> dict[str, str]:
        with pq.ParquetFile(shard / "reports.parquet") as file:
            table = file.read(columns=["report_id", "text"])
        return dict(zip(table["report_id"].to_pylist(), table["text"].to_pylist(), strict=True))

    return lambda report_id: texts(shards[bisect_right(starts, report_id) - 1])[report_id]
