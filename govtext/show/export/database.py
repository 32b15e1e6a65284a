"""Frames -> an SQLite database with full-text search, which Datasette opens as it is.

`reports` and `sentences` are searched. What is indexed of a text are its words and every run of up
to eight characters in it, so that a Chinese word is found wherever it stands, of one character or
of eight; SQLite's own tokenizers find none of two.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core.text import fold
from govtext.extract import words
from govtext.show.export import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LONGEST = 8
"""Characters of the longest run that is indexed."""
_SEARCHED = {"sentences": "sentence"}
_TYPES = {"boolean": "INTEGER", "integer": "INTEGER", "number": "REAL"}
_RUN = re.compile("[\u3400-\u9fff]+")
_INDEXED = ("report_id", "metric", "series", "body", "year", "region_code")


def write(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Nothing; the database stands in `path`: a table a frame, with its codebook and the search."""
    path.unlink(missing_ok=True)
    more = {"codebook": describe.codebook(sheets), "metrics": describe.metrics(sheets)}
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA user_version = 1")
        for name, frame in {**sheets, **more}.items():
            _table(database, name, frame)
            if name in _SEARCHED:
                _search(database, name, _SEARCHED[name], frame)


def tokens(text: str) -> str:
    """What is indexed of a text: words, and the runs of Chinese characters within it."""
    folded = fold(text).lower()
    found = set(words.count(folded))
    for run in _RUN.findall(folded):
        found.update(_runs(run))
    return " ".join(sorted(found))


def _runs(text: str) -> Iterator[str]:
    for length in range(1, LONGEST + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def _table(database: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    kinds = describe.columns(frame, name)
    columns = ", ".join(f"{_quoted(each.name)} {_TYPES.get(each.type, 'TEXT')}" for each in kinds)
    database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
    marks = ", ".join("?" * len(kinds))
    rows = frame.astype(object).itertuples(index=False, name=None)
    insert = f"INSERT INTO {_quoted(name)} VALUES ({marks})"  # noqa: S608 -- names are quoted
    database.executemany(insert, (tuple(map(_cell, row)) for row in rows))
    for column in _INDEXED:
        if column in frame:
            index = _quoted(f"{name}_{column}")
            database.execute(f"CREATE INDEX {index} ON {_quoted(name)} ({_quoted(column)})")


def _search(database: sqlite3.Connection, name: str, column: str, frame: pd.DataFrame) -> None:
    """Search of a column of a table; it holds only the index, the texts stay in the table."""
    search = _quoted(f"{name}_fts")
    database.execute(
        f"CREATE VIRTUAL TABLE {search} USING FTS5({_quoted(column)}, content={_quoted(name)}, "
        "detail=none, columnsize=0)"
    )
    insert = f"INSERT INTO {search} (rowid, {_quoted(column)}) VALUES (?, ?)"  # noqa: S608 -- quoted
    rows = ((place, tokens(text)) for place, text in enumerate(frame[column], start=1))
    database.executemany(insert, rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _cell(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value.item() if hasattr(value, "item") else value
