"""Tables on disk -> frames of the columns and reports that are asked for, and nothing else read.

A table is a file, or a folder of parts. Of a part only the row groups are read that can hold one of
the reports, so that a study of any size can be gone through batch by batch.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from govtext.pipeline import standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow.dataset as pads

ID = "report_id"


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
    _opened: dict[str, tuple[tuple[Path, int, int], pads.Dataset]] = field(default_factory=dict)

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
        rows = opened.to_table(columns=wanted, filter=self._kept(opened, reports))
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
        return int(opened.count_rows(filter=self._kept(opened, None)))

    def only(self, reports: Iterable[str]) -> Shelf:
        """Same tables with only some of the reports."""
        kept = frozenset(reports)
        return replace(self, reports=kept if self.reports is None else kept & self.reports)

    def _wanted(self, table: str, opened: pads.Dataset) -> list[str] | None:
        chosen = self.columns.get(table)
        if chosen is None:
            return None
        first = [ID] if ID in opened.schema.names and ID not in chosen else []
        return [*first, *chosen]

    def _kept(self, opened: pads.Dataset, reports: Collection[str] | None) -> Any:
        """Filter of the reports that are wanted; the bounds tell which row groups to read."""
        import pyarrow.dataset as pads

        kept = self.reports if reports is None else self._within(reports)
        if kept is None or ID not in opened.schema.names:
            return None
        column = pads.field(ID)
        if not kept:
            return column.isin([])
        return (column >= min(kept)) & (column <= max(kept)) & column.isin(sorted(kept))

    def _within(self, reports: Collection[str]) -> frozenset[str]:
        return frozenset(reports) if self.reports is None else self.reports & frozenset(reports)

    def _open(self, table: str) -> pads.Dataset:
        """The table, whose footers are read once.

        Raises
        ------
        RuntimeError
            If it has been written anew since: tables of two builds must not be mixed.
        """
        import pyarrow.dataset as pads

        path = standing.place(self.folder, f"{table}.parquet")
        stat = path.stat()
        stamp = (path, stat.st_mtime_ns, stat.st_ino)
        before, opened = self._opened.get(table, (None, None))
        if before and before[1:] != stamp[1:]:
            raise RuntimeError(f"{path} has been written anew since the study was loaded: load it")
        if opened is None or before != stamp:  # a build that stands may still move its tables
            parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
            opened = pads.dataset(list(map(str, parts)), format="parquet")
            self._opened[table] = stamp, opened
        return opened


def _demand(columns: Iterable[str], table: str, known: Sequence[str]) -> None:
    for name in columns:
        if name not in known:
            raise KeyError(f"{table} has no column {name!r}; it has {', '.join(known)}")
