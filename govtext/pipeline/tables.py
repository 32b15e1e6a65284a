"""The waterline: tables on disk, one row a thing, with the columns of `rules/columns.csv`.

What stands in a folder of them at any moment is one build (`standing`). Here too: where the project
lies, its own study, and the figures of a study.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext.core import origin, rules
from govtext.pipeline import own, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd
    import pyarrow as pa

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
    place = Path(folder or default_study())
    frames, mine = standing.read(place, _frames)
    # The default study has the empty mark: no path of this machine is in what is saved of it.
    name = "" if place.resolve() == default_study().resolve() else str(place.resolve())
    origin.made_with(name, mine)
    for frame in frames.values():
        origin.mark(frame, name)
    return Study(place, **frames)


def _frames(find: Callable[[str], Path]) -> tuple[dict[str, pd.DataFrame], rules.Own | None]:
    """Tables of a study and the own rules that they were made with, each found by its name."""
    import pandas as pd

    missing = [name for name in names() if not find(f"{name}.parquet").exists()]
    if missing:
        raise FileNotFoundError(
            f"{find('reports.parquet').parent} has no table {', '.join(missing)}; "
            "make study writes the tables of this project, govtext build those of any folder"
        )
    frames = {name: pd.read_parquet(find(f"{name}.parquet")) for name in names()}
    return frames, own.made_with(find(own.KEPT))


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
