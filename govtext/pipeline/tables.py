"""The waterline: tables on disk, one row a thing, with the columns of `rules/columns.csv`.

What stands in a folder of them at any moment is one build (`standing`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from govtext.core import origin, rules
from govtext.core.near import meant
from govtext.pipeline import filtering, home, own, places, reading, remote, standing, stored
from govtext.pipeline.reading import Shelf

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

BATCH = 250
"""Reports that are gone through at once."""
_TYPES = {"string": "string", "int": "int64", "float": "float64", "bool": "bool_"}


@dataclass(frozen=True, eq=False)
class Study:
    """The tables of a study, as pandas frames; `load` reads each when it is first asked for.

    `filter` gives the same study with fewer reports, `read` some columns of a table, and `batches`
    one small study after another, for what must never be in memory at once.
    """

    folder: Path
    reports: pd.DataFrame
    sections: pd.DataFrame
    removals: pd.DataFrame
    quantities: pd.DataFrame
    observations: pd.DataFrame
    cells: pd.DataFrame
    words: pd.DataFrame
    themes: pd.DataFrame
    findings: pd.DataFrame
    rejects: pd.DataFrame

    @classmethod
    def on(cls, shelf: Shelf, frames: Mapping[str, pd.DataFrame] = MappingProxyType({})) -> Study:
        """Study whose tables are read from a shelf when asked for, but for those given."""
        study = cls.__new__(cls)
        vars(study).update({"folder": shelf.folder, "_shelf": shelf, **frames})
        return study

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Read a table that has not been asked for before."""
        shelf: Shelf | None = vars(self).get("_shelf")
        if shelf is None or name not in names():
            raise AttributeError(
                f"a study has no {name!r}{meant(name, names())}; its tables are "
                f"{', '.join(names())}"
            )
        frame = vars(self)[name] = shelf.read(name)
        return frame

    def read(
        self,
        table: str,
        columns: Sequence[str] | None = None,
        reports: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Some columns of a table, of some reports, without reading what else stands there.

        Parameters
        ----------
        table : str
            Its name.
        columns : sequence of str, optional
            Else all of them.
        reports : collection of str, optional
            Report ids; else all of the study.

        Raises
        ------
        KeyError
            If there is no such table or column; it names what there is.
        """
        if table not in names():
            raise KeyError(_no_table(table))
        shelf: Shelf | None = vars(self).get("_shelf")
        there: Collection[str] = vars(self).get(table, ())
        if shelf and (
            set(columns) - set(there) if columns else reports and table not in vars(self)
        ):
            return shelf.read(table, columns, reports)
        frame: pd.DataFrame = getattr(self, table)
        if reports is not None and reading.ID in frame:
            frame = frame[frame[reading.ID].isin(list(reports))]
        return frame if columns is None else frame[list(columns)]

    def only(self, reports: Iterable[str]) -> Study:
        """Same study with only the reports of some ids, in every table; rejects stay."""
        kept = list(reports)
        there = {name: vars(self)[name] for name in names() if name in vars(self)}
        left = {
            name: frame[frame[reading.ID].isin(kept)] if reading.ID in frame else frame
            for name, frame in there.items()
        }
        shelf: Shelf | None = vars(self).get("_shelf")
        return replace(self, **left) if shelf is None else Study.on(shelf.only(kept), left)

    def filter(
        self,
        *,
        level: str | Collection[str] | None = None,
        province: str | Collection[str] | None = None,
        years: int | Collection[int] | None = None,
        bodies: str | Collection[str] | None = None,
        **unknown: object,
    ) -> Study:
        """Same study with fewer reports, in every table; what is left out is not read.

        Parameters
        ----------
        level : str or collection of str, optional
            `admin_level` of the bodies: ``"county"``, ``["province", "prefecture"]``.
        province : str or collection of str, optional
            As in `reports`.
        years : int or collection of int, optional
            Reported on: ``2014``, ``range(2008, 2014)``.
        bodies : str or collection of str, optional
            Names as in `issuer`, `issuer_short` or `issuer_full` of `reports`.

        Raises
        ------
        TypeError
            If there is another setting; it names the one that is meant.
        ValueError
            If no report of the study is of such a level, province, year or body; it names what
            there is.
        """
        return self.only(filtering.ids(self.read("reports", filtering.COLUMNS), {
            "level": level, "province": province, "years": years, "bodies": bodies,
            **unknown,
        }))  # fmt: skip

    def batches(self, size: int | None = None) -> Iterator[Study]:
        """Study after study of 250 reports or so many, by their ids; itself if it has no more."""
        ids = sorted(self.read("reports", [reading.ID])[reading.ID])
        size = size or BATCH
        if len(ids) <= size:
            yield self
            return
        for start in range(0, len(ids), size):
            yield self.only(ids[start : start + size])

    @property
    def figures(self) -> Path:
        """Folder for its figures: `figures` of the project for its own study, else below it."""
        return places.figures_of(str(self.folder.resolve()))

    def __repr__(self) -> str:
        """One line with the size of each table."""
        sizes = (f"{self._size(name):,} {name}" for name in names())
        return f"Study: {', '.join(sizes)}"

    def _size(self, name: str) -> int:
        return len(vars(self)[name]) if name in vars(self) else vars(self)["_shelf"].count(name)


def names() -> tuple[str, ...]:
    """Names of the tables, in the order of `rules/columns.csv`."""
    return tuple(dict.fromkeys(row["table"] for row in rules.load("columns")))


@rules.cached
def schema(table: str) -> pa.Schema:
    """Arrow schema of a table: its columns in order, with their types."""
    import pyarrow as pa

    rows = [row for row in rules.load("columns") if row["table"] == table]
    return pa.schema([(row["column"], getattr(pa, _TYPES[row["type"]])()) for row in rows])


def batch(table: str, columns: Mapping[str, list[Any]]) -> pa.RecordBatch:
    """Columns as rows of a table for Arrow; one that is not given is null, an unknown one an error.

    Raises
    ------
    KeyError
        If a column is not in `rules/columns.csv`.
    """
    import pyarrow as pa

    known = schema(table)
    if unknown := set(columns) - set(known.names):
        raise KeyError(f"{sorted(unknown)} of {table} are not in rules/columns.csv")
    length = len(next(iter(columns.values()), ()))
    arrays = [
        pa.array(columns[each.name], each.type) if each.name in columns
        else pa.nulls(length, each.type)
        for each in known
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(arrays, schema=known)


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the columns and types of a table."""
    import pyarrow as pa

    made: pd.DataFrame = pa.Table.from_pylist(rows, schema=schema(table)).to_pandas()
    return made


def load(
    folder: str | os.PathLike[str] | None = None,
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
    reports: Iterable[str] | None = None,
) -> Study:
    """Study in a folder: its tables as attributes, pandas frames, each read when it is asked for.

    Parameters
    ----------
    folder : path, optional
        Where `govtext build` wrote the tables, or a folder that `govtext new` made; at an address
        of fsspec they are fetched once, to a folder of this machine (GOVTEXT_CACHE). Else the
        environment variable GOVTEXT_STUDY (a relative one below the current folder or the one that
        the command was typed in), else the study that the current folder lies in: one made by
        `govtext new`, or `data/processed` of the project, which is found from any folder.
    columns : mapping, optional
        By table the columns to read of it, with `report_id`; else all:
        ``{"reports": ["issuer", "year"]}``.
    reports : iterable of str, optional
        Ids of the reports to read in every table; else all. See also `Study.filter`.

    Returns
    -------
    Study
        With a frame for every table of `rules/columns.csv`, each marked as of this study, so that a
        figure drawn of it is saved in `figures` of this study, and what is computed of it uses the
        own rules that the tables were made with.

    Raises
    ------
    FileNotFoundError
        If a table is missing, naming it and the command that makes it.
    KeyError
        If `columns` names a table or column that there is not.
    """
    if remote.is_address(folder):
        folder = stored.study(remote.named(folder))
    place = home.tables_in(Path(folder or places.default_study()))
    for table in columns or ():
        if table not in names():
            raise KeyError(_no_table(table))
    # The default study has the empty mark: no path of this machine is in what is saved of it.
    name = "" if place.resolve() == places.default_study().resolve() else str(place.resolve())

    def opened(find: Callable[[str], Path]) -> tuple[Shelf, rules.Own | None]:
        _demand_tables(place, find)
        shelf = Shelf(place, origin.borne(name), columns or {})
        shelf.check(names())
        return shelf, own.made_with(find(own.KEPT))

    shelf, mine = standing.read(place, opened)
    origin.made_with(name, mine)
    return Study.on(shelf if reports is None else shelf.only(reports))


def _no_table(name: str) -> str:
    return f"there is no table {name!r}{meant(name, names())}; there are {', '.join(names())}"


def _demand_tables(folder: Path, find: Callable[[str], Path]) -> None:
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder} is no folder of tables; govtext build SOURCE --out {folder} makes one"
        )
    missing = [name for name in names() if not find(f"{name}.parquet").exists()]
    if missing:
        raise FileNotFoundError(
            f"{folder} has no table {', '.join(missing)}; "
            "make study writes the tables of this project, govtext build those of any folder"
        )
