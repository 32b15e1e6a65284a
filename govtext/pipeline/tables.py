"""The waterline: tables on disk, one row a thing, with the columns of `rules/columns.csv`.

A table is written under a temporary name and published by rename, so that no half-written file is
ever seen under its final name. Here too: where the project lies, its own study, and the figures of
a study.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from govtext.core import origin, rules
from govtext.pipeline import own

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Rows = Mapping[str, list[dict[str, Any]]]
_TYPES = {"string": "string", "int": "int64", "float": "float64", "bool": "bool_"}
_ENVIRONMENT = "GOVTEXT_STUDY"
_NOTEBOOK = re.compile(r"[0-9]{2}_[a-z0-9_]+\.ipynb")


@dataclass(frozen=True, slots=True)
class Study:
    """The tables of a study, as pandas frames."""

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

    @property
    def figures(self) -> Path:
        """Folder for its figures: `figures` of the project for its own study, else below it."""
        return figures_of(str(self.folder.resolve()))

    def __repr__(self) -> str:
        """One line with the size of each table."""
        sizes = (f"{len(getattr(self, name)):,} {name}" for name in names())
        return f"Study: {', '.join(sizes)}"


def names() -> tuple[str, ...]:
    """Names of the tables, in the order of `rules/columns.csv`."""
    return tuple(dict.fromkeys(row["table"] for row in rules.load("columns")))


@rules.cached
def schema(table: str) -> pa.Schema:
    """Arrow schema of a table: its columns in order, with their types."""
    import pyarrow as pa

    rows = [row for row in rules.load("columns") if row["table"] == table]
    return pa.schema([(row["column"], getattr(pa, _TYPES[row["type"]])()) for row in rows])


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the columns and types of a table."""
    import pyarrow as pa

    made: pd.DataFrame = pa.Table.from_pylist(rows, schema=schema(table)).to_pandas()
    return made


class Writer:
    """Writes all tables of a study batch by batch; they appear together when the block ends well.

    Parameters
    ----------
    folder : Path
        Where the tables go; it is made if it is not there. Where the block ends with an error,
        what stood there before stays as it was.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        """Open a draft of every table beside the final ones."""
        import pyarrow.parquet as pq

        self.folder.mkdir(parents=True, exist_ok=True)
        self._draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.folder))
        self._writers = {
            name: pq.ParquetWriter(
                self._draft / f"{name}.parquet", schema(name), compression="zstd"
            )
            for name in names()
        }
        return self

    def write(self, rows: Rows) -> None:
        """Append rows to the tables; a missing column is null, an unknown one an error."""
        import pyarrow as pa

        for name, batch in rows.items():
            known = schema(name)
            unknown = {column for row in batch for column in row} - set(known.names)
            if unknown:
                raise KeyError(f"{sorted(unknown)} of {name} are not in rules/columns.csv")
            if batch:
                self._writers[name].write_table(pa.Table.from_pylist(batch, schema=known))

    def compare(self, find: Callable[[Callable[[str], str]], Mapping[str, str]]) -> None:
        """Say which report each one repeats, when all are written: `find` is given their texts."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._writers.pop("reports").close()
        draft, filled = self._draft / "reports.parquet", self._draft / "reports.filled"
        found = find(partial(_text_of, draft))
        known = schema("reports")
        at = known.get_field_index("duplicate_of")
        writer = pq.ParquetWriter(filled, known, compression="zstd")
        with pq.ParquetFile(draft) as old, writer as new:
            for number in range(old.num_row_groups):
                rows = old.read_row_group(number)
                original = [found.get(each) for each in rows["report_id"].to_pylist()]
                new.write_table(rows.set_column(at, known.field(at), pa.array(original, "string")))
        filled.replace(draft)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Publish the drafts, or drop them where the block failed."""
        try:
            for writer in self._writers.values():
                writer.close()
            if kind is None:
                for name in names():
                    publish(self._draft / f"{name}.parquet", self.folder / f"{name}.parquet")
        finally:
            shutil.rmtree(self._draft, ignore_errors=True)


def _text_of(reports: Path, report_id: str) -> str:
    """Text of one report, read from the table of reports without what else stands there."""
    import pyarrow.parquet as pq

    rows = pq.read_table(reports, columns=["text"], filters=[("report_id", "==", report_id)])
    text: str = rows["text"][0].as_py()
    return text


def publish(draft: Path, final: Path) -> None:
    """Move a finished file to its final name on the same disk, safe against a power cut."""
    with draft.open("r+b") as stream:  # Windows flushes no file that is open for reading only
        os.fsync(stream.fileno())
    draft.replace(final)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(final.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def load(folder: str | os.PathLike[str] | None = None) -> Study:
    """Study in a folder: its tables as attributes, pandas frames.

    Parameters
    ----------
    folder : path, optional
        Where `govtext build` wrote the tables. Else the environment variable GOVTEXT_STUDY (a
        relative one below the current folder or the one that the command was typed in), else
        `data/processed` of the project, which is found from any folder.

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
    """
    import pandas as pd

    place = Path(folder or default_study())
    missing = [name for name in names() if not (place / f"{name}.parquet").is_file()]
    if missing:
        raise FileNotFoundError(
            f"{place} has no table {', '.join(missing)}; "
            "make study writes the tables of this project, govtext build those of any folder"
        )
    frames = {name: pd.read_parquet(place / f"{name}.parquet") for name in names()}
    # The default study has the empty mark: no path of this machine is in what is saved of it.
    name = "" if place.resolve() == default_study().resolve() else str(place.resolve())
    origin.made_with(name, own.made_with(place))
    for frame in frames.values():
        origin.mark(frame, name)
    return Study(place, **frames)


def figures_of(name: str) -> Path:
    """Folder for the figures of the study with a mark; that of the default study is empty."""
    place = Path(name) if name else default_study()
    own = place.resolve() == own_study().resolve()
    return project() / "figures" if own else place / "figures"


def own_study() -> Path:
    """Folder of the tables that `make study` writes."""
    return project() / "data" / "processed"


def default_study() -> Path:
    """Study that GOVTEXT_STUDY names, else the project's own."""
    named = os.environ.get(_ENVIRONMENT)
    if not named:
        return own_study()
    # A notebook runs in its own folder; the shell says in which one the command was typed.
    typed = Path(os.environ.get("PWD") or project()) / named
    return typed if typed.is_dir() and not Path(named).is_dir() else Path(named)


def project() -> Path:
    """Root of the project: the nearest folder above with its pyproject.toml, else the package's."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "pyproject.toml").is_file() and (folder / "govtext").is_dir():
            return folder
    return Path(__file__).resolve().parents[2]


def notebooks(folder: Path) -> list[Path]:
    """Notebooks of a folder, in order: `NN_name.ipynb`, and no copy that Jupyter made of one."""
    return sorted(path for path in folder.glob("*.ipynb") if _NOTEBOOK.fullmatch(path.name))
