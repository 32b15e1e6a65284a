"""What is to be exported -> frames by name: tables of a study, a panel, or one frame."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govtext.analyse.panels import panel as panel_of
from govtext.core.near import meant
from govtext.pipeline import tables
from govtext.pipeline.tables import Study

_IN_A_WORKBOOK = ("reports", "observations", "findings", "rejects")
_ALL = "panel"
_OF_A_PAPER = ["body", "year", "series", "value", "unit", "status"]


def sheets(
    what: Study | pd.DataFrame, suffix: str, table: str | None, panel: str | None
) -> dict[str, pd.DataFrame]:
    """Frames to write into a file of a kind, by their names, with a plain index.

    Raises
    ------
    ValueError
        If a frame is given with `table` or `panel`, both are given, or there is no such table.
    KeyError
        If there is no such series.
    """
    if table and panel:
        raise ValueError(f"choose one: the table {table!r} or the panel {panel!r}")
    if isinstance(what, Study):
        found = _of_study(what, suffix, table, panel)
    elif not isinstance(what, pd.DataFrame):
        raise TypeError(
            f"a study or a frame can be exported, and not a {type(what).__name__}: "
            "pandas.DataFrame makes a frame of it"
        )
    elif table or panel:
        raise ValueError("table and panel choose of a study; a frame is exported as it is")
    else:
        found = {"data": what}
    return {name: _flat(frame) for name, frame in found.items()}


def _of_study(
    study: Study, suffix: str, table: str | None, panel: str | None
) -> dict[str, pd.DataFrame]:
    if table is not None:
        if table not in tables.names():
            known = ", ".join(tables.names())
            raise ValueError(
                f"there is no table {table!r}{meant(table, tables.names())}; there are {known}"
            )
        return {table: getattr(study, table)}
    if panel is not None or suffix not in (".xlsx", ".sqlite"):
        rows = panel_of(study, panel)
        return {_ALL: rows[_OF_A_PAPER] if suffix == ".tex" else rows}
    names = tables.names() if suffix == ".sqlite" else _IN_A_WORKBOOK
    return {_ALL: panel_of(study)} | {name: getattr(study, name) for name in names}


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Frame whose named index is columns, and whose columns are texts."""
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if named else frame.reset_index(drop=True)
    names: list[Any] = list(flat.columns)
    flat.columns = [
        "_".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in names
    ]
    twice = sorted({name for name in flat.columns if list(flat.columns).count(name) > 1})
    if twice:
        raise ValueError(f"two columns are called {twice[0]!r}: rename one")
    return flat
