"""A frame -> what its columns and their codes mean, by the rules: the codebook of an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_KINDS = {"b": "boolean", "i": "integer", "u": "integer", "f": "number", "M": "date"}
ABOUT = ("table", "column", "type", "label", "label_zh", "codes")
"""Columns of the codebook of an export."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export: what it holds, and what each code in it means (`rules/codes.csv`)."""

    name: str
    type: str
    label: str
    label_zh: str
    codes: Mapping[str, str]


def columns(frame: pd.DataFrame, table: str = "") -> list[Column]:
    """What each column of a frame means.

    Parameters
    ----------
    frame : pandas.DataFrame
        With columns of `rules/columns.csv`, `rules/export_columns.csv` or ids of metrics; any other
        has no label.
    table : str, optional
        Table of a study that it is, whose own words come first.
    """
    known, codes = _labels(table), _codes()
    made = []
    for name, dtype in zip(map(str, frame.columns), frame.dtypes, strict=True):
        kind = _KINDS.get(dtype.kind, "text")
        here = codes.get(name, {}) if kind == "text" else {}
        used = set(frame[name].dropna().unique()) - {""} if here else set()
        kept = here if used <= set(here) else {}  # a column of that name with other words
        made.append(Column(name, kind, *known.get(name, ("", "")), kept))
    return made


def codebook(sheets: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a column of some frames, by their names: table, column, type, labels, codes."""
    import pandas as pd

    rows = [
        (table, each.name, each.type, each.label, each.label_zh,
         "; ".join(f"{code}: {words}" for code, words in each.codes.items()))
        for table, frame in sheets.items()
        for each in columns(frame, table)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(ABOUT))


def metrics(sheets: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows of the codebook for the metrics that stand in some frames."""
    import pandas as pd

    used: set[str] = set()
    for frame in sheets.values():
        used |= set(map(str, frame.columns))
        for name in {"metric", "series"} & set(frame.columns):
            used |= set(frame[name].dropna().unique())
    kept = ("id", "zh", "en", "unit", "definition", "valid_from", "valid_to", "comparability")
    rows = [[row[name] for name in kept] for row in rules.load("codebook") if row["id"] in used]
    return pd.DataFrame(rows, columns=list(kept))


def _labels(table: str) -> dict[str, tuple[str, str]]:
    """English and Chinese label by column: of the table itself, of any frame, of any table."""
    every = {row["column"]: (row["en"], "") for row in rules.load("columns")}
    every |= {row["id"]: (row["en"], row["zh"]) for row in rules.load("codebook")}
    of_frames = {row["column"]: (row["en"], row["zh"]) for row in rules.load("export_columns")}
    own = {row["column"]: row["en"] for row in rules.load("columns") if row["table"] == table}
    chinese = {name: zh for name, (_, zh) in of_frames.items()}
    return every | of_frames | {name: (en, chinese.get(name, "")) for name, en in own.items()}


def _codes() -> dict[str, dict[str, str]]:
    """Meaning of each code by column."""
    found: dict[str, dict[str, str]] = {}
    for row in rules.load("codes"):
        found.setdefault(row["column"], {})[row["code"]] = row["en"]
    return found
