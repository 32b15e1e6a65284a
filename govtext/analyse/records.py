"""Frames -> rows as plain mappings, column by column: pandas hands out single cells slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd


PLACE = ("region_code", "province", "prefecture", "county", "admin_level")
"""Columns of a frame that say where a body is, by which other data are joined."""


def records(frame: pd.DataFrame, columns: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Rows of a frame, or some columns of it, with None for whatever pandas calls missing."""
    names = list(columns or frame.columns)
    cells = [_plain(frame[name]) for name in names]
    for row in zip(*cells, strict=True):
        yield dict(zip(names, row, strict=True))


def pairs(joined: str | None) -> dict[str, str]:
    """Parts of ``title=head; year=title`` by name, as `reports` keeps sources and reasons."""
    found = (each.partition("=") for each in (joined or "").split("; ") if each)
    return {name: said for name, _, said in found}


def _plain(column: pd.Series[Any]) -> list[Any]:
    missing = column.isna().tolist()
    cells = column.astype(object).tolist()
    return [None if gone else cell for cell, gone in zip(cells, missing, strict=True)]
