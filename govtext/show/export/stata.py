"""A frame -> a Stata file of version 118, with labels of variables and values."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.show.export import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_TEXT = 32, 80, 2045
_WHEN = datetime(1980, 1, 1)  # noqa: DTZ001 -- a moment that never changes, so neither do the bytes
_YES_NO: dict[float, str] = {0: "no", 1: "yes"}


def write(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Nothing; the one frame stands in `path`.

    A column of codes (`rules/codes.csv`) becomes numbers with value labels, which are the codes
    themselves; true and false become 1 and 0, labelled yes and no; null numbers are missing, null
    texts empty, as Stata has no other.
    """
    ((table, frame),) = sheets.items()
    about = describe.columns(frame, table)
    names = renamed([each.name for each in about])
    made: dict[str, pd.Series] = {}
    values: dict[Any, dict[float, str]] = {}
    for each in about:
        column, labels = _column(frame[each.name], each)
        made[names[each.name]] = column
        if labels:
            values[names[each.name]] = labels
    pd.DataFrame(made).to_stata(
        path,
        version=118,
        write_index=False,
        time_stamp=_WHEN,
        data_label=f"govtext: {table}"[:_LONGEST_LABEL],
        variable_labels={names[each.name]: each.label[:_LONGEST_LABEL] for each in about},
        value_labels=values,
    )


def renamed(columns: Iterable[str]) -> dict[str, str]:
    """Name of each column that Stata takes: short enough, no word of its own, each once."""
    from pandas.io.stata import StataParser

    reserved = vars(StataParser())["RESERVED_WORDS"]
    taken: dict[str, str] = {}
    for column in columns:
        name = re.sub(r"[^A-Za-z0-9_\u4e00-\u9fff]", "_", column)
        name = f"_{name}" if name[:1].isdigit() or not name else name
        name = f"{name}_" if name in reserved else name
        kept, number = name[:_LONGEST_NAME], 1
        while kept in taken.values():
            number += 1
            kept = f"{name[: _LONGEST_NAME - len(str(number))]}{number}"
        taken[column] = kept
    return taken


def _column(column: pd.Series, about: describe.Column) -> tuple[pd.Series, dict[float, str]]:
    """Column as Stata stores it, and the labels of its values."""
    if about.type == "boolean":
        return _numbers(column), _YES_NO
    if about.codes:
        places = {code: place for place, code in enumerate(about.codes, start=1)}
        used = column.dropna().unique()
        return _numbers(column.map(places)), {places[c]: c for c in about.codes if c in set(used)}
    if about.type in ("integer", "number"):
        return _numbers(column), {}
    if about.type == "date":
        return column, {}
    return column.map(_text).astype(object), {}


def _numbers(column: pd.Series) -> pd.Series:
    """Whole numbers where they all are and none is missing, else floats."""
    floats = pd.to_numeric(column, errors="coerce").astype("float64")
    small = floats.notna().all() and (floats % 1 == 0).all() and floats.abs().max() < 2**31 - 100
    return floats.astype("int32") if small and len(floats) else floats


def _text(value: Any) -> str:
    """Text of a cell; a null byte would end it."""
    return "" if pd.isna(value) else str(value).replace("\0", "\ufffd")
