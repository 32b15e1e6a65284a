"""Tables on disk -> frames of the columns and reports that are asked for, and nothing else read.

A table is a file, or a folder of parts. Of a part only the row groups are read that can hold one of
the reports, so that a study of any size can be gone through batch by batch.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from govtext.core.near import meant
from govtext.pipeline import standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa
    import pyarrow.dataset as pads

ID = "report_id"
_ANY = ("", "\U0010ffff")
"""Bounds of a part whose footer does not tell which reports it holds."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """The tables in a folder, of which some reports and some columns are wanted.

    `attrs` is what every frame read from it bears; `columns` are wanted of a table, all if it has
    none there; `reports` are the ids of the wanted reports, None for all.
    """

    folder: Path
    attrs: dict[str, str]
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reports: frozenset[str] | None = None
    _opened: dict[str, _Table] = field(default_factory=dict)

    def read(
        self,
        table: str,
        columns: Sequence[str] | None = None,
        reports: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Frame of a table, or of some columns and reports of it."""
        return standing.read(self.folder, lambda _: self._read(table, columns, reports))

    def _read(
        self, table: str, columns: Iterable[str] | None, reports: Collection[str] | None
    ) -> pd.DataFrame:
        opened = self._open(table)
        names = columns if columns is not None else self._wanted(table, opened)
        wanted = list(names) if names is not None else None
        _demand(wanted or (), table, opened.schema.names)
        kept = self.reports if reports is None else self._within(reports)
        rows = opened.parts(kept).to_table(columns=wanted, filter=opened.rows(kept))
        frame: pd.DataFrame = rows.to_pandas(split_blocks=True, self_destruct=True)
        frame.attrs.update(self.attrs)
        return frame

    def check(self, tables: Iterable[str]) -> None:
        """Open every table as it is now, and look for the columns that are wanted of it."""
        for table in tables:
            known = self._open(table).schema.names
            _demand(self.columns.get(table, ()), table, known)

    def count(self, table: str) -> int:
        """Rows of a table that are wanted."""
        opened = self._open(table)
        return int(opened.parts(self.reports).count_rows(filter=opened.rows(self.reports)))

    def only(self, reports: Iterable[str]) -> Shelf:
        """Same tables with only some of the reports."""
        kept = frozenset(reports)
        return replace(self, reports=kept if self.reports is None else kept & self.reports)

    def _wanted(self, table: str, opened: _Table) -> list[str] | None:
        chosen = self.columns.get(table)
        if chosen is None:
            return None
        first = [ID] if ID in opened.schema.names and ID not in chosen else []
        return [*first, *chosen]

    def _within(self, reports: Collection[str]) -> frozenset[str]:
        return frozenset(reports) if self.reports is None else self.reports & frozenset(reports)

    def _open(self, table: str) -> _Table:
        """The table as it is.

        Raises
        ------
        RuntimeError
            If it has been written anew since: tables of two builds must not be mixed.
        """
        path = standing.place(self.folder, f"{table}.parquet")
        stat = path.stat()
        stamp = (path, stat.st_mtime_ns, stat.st_ino)
        before = self._opened.get(table)
        if before and before.stamp[1:] != stamp[1:]:
            raise RuntimeError(f"{path} has been written anew since the study was loaded: load it")
        if before is None or before.stamp != stamp:  # a build that stands may still move its tables
            before = self._opened[table] = _Table.at(stamp)
        return before


@dataclass(slots=True)
class _Table:
    """The parts of a table, in order, and the first and last report of each, once it is asked.

    No footer is kept: those of a large study weigh more than a batch of it.
    """

    stamp: tuple[Path, int, int]
    paths: list[Path]
    schema: pa.Schema
    bounds: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def at(cls, stamp: tuple[Path, int, int]) -> _Table:
        import pyarrow.parquet as pq

        path = stamp[0]
        paths = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        return cls(stamp, paths, pq.read_schema(paths[0]))

    def parts(self, reports: Collection[str] | None) -> pads.Dataset:
        """The parts that can hold one of some reports; all of them for None."""
        import pyarrow.dataset as pads

        paths = self.paths
        if reports is not None and len(paths) > 1 and ID in self.schema.names:
            self.bounds = self.bounds or [_bounds(path) for path in paths]
            low, high = (min(reports), max(reports)) if reports else _ANY
            held = zip(paths, self.bounds, strict=True)
            paths = [path for path, (first, last) in held if first <= high and low <= last]
        return pads.dataset(list(map(str, paths)), schema=self.schema, format="parquet")

    def rows(self, reports: Collection[str] | None) -> pads.Expression | None:
        """Filter of the rows of some reports; the bounds tell which row groups to read."""
        import pyarrow.dataset as pads

        if reports is None or ID not in self.schema.names:
            return None
        column = pads.field(ID)
        if not reports:
            return column.isin([])
        return (column >= min(reports)) & (column <= max(reports)) & column.isin(sorted(reports))


def _bounds(path: Path) -> tuple[str, str]:
    """First and last report of a part, by its footer."""
    import pyarrow.parquet as pq

    footer = pq.read_metadata(path)
    at = footer.schema.names.index(ID)
    groups = (footer.row_group(each) for each in range(footer.num_row_groups))
    found = [group.column(at).statistics for group in groups if group.num_rows]
    if not all(each and each.has_min_max for each in found):
        return _ANY
    return min((each.min for each in found), default=""), max(
        (each.max for each in found), default=""
    )


def _demand(columns: Iterable[str], table: str, known: Sequence[str]) -> None:
    for name in columns:
        if name not in known:
            near = meant(name, known)
            raise KeyError(f"{table} has no column {name!r}{near}; it has {', '.join(known)}")
