"""A `manifest.csv` beside the reports: its rows, and what they say in place of what was read.

Columns: file, and any of issuer, issuer_short, year, province, prefecture, county, region_code,
kind, sha256; others are the user's own. What a row says in place of what was read is in
`overrides`. A row whose `file` is a folder (`reports/name/`) gives the region code of the place
that the files in it are of: a clue for each of them, and no override.
"""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from govtext.pipeline import own, sources
from govtext.pipeline.overrides import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "manifest.csv"
_READ = (
    "issuer", "issuer_short", "year", "province", "prefecture", "county", "region_code", "kind",
)  # fmt: skip
"""Columns that say something of a report; the others change nothing in it."""


def read(folder: Path) -> dict[str, dict[str, str]]:
    """Rows of a folder's `manifest.csv` by file, in UTF-8 or GB18030; empty where there is none.

    Raises
    ------
    ValueError
        If it is in neither, has no column `file`, or two rows for one file.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    reader = csv.DictReader(io.StringIO(own.decoded(path), newline=""))
    if "file" not in (reader.fieldnames or ()):
        columns = ", ".join(reader.fieldnames or ()) or "none"
        raise ValueError(f"{path} has no column file; its columns are {columns}")
    rows: dict[str, dict[str, str]] = {}
    for row in reader:
        if row["file"] in rows:
            raise ValueError(f"{path} has two rows for {row['file']}")
        if row["file"]:
            rows[row["file"]] = row
    return rows


def given(rows: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    """What a manifest says of a file: its own row, and `within`, the place of its folder.

    Parameters
    ----------
    rows : mapping
        As `read` gives.
    name : str
        Path of the file below the folder of the manifest.
    """
    row = rows.get(name, {})
    told = {column: row[column] for column in _READ if row.get(column)}
    for parent in PurePosixPath(name).parents:
        code = (rows.get(f"{parent}/", {}).get("region_code") or "").strip()
        if code:
            return told | {"within": code}
    return told


def _is_there(name: str, known: set[str]) -> bool:
    """True if a row names a file, or a folder that holds some."""
    return name in known or (name.endswith("/") and any(each.startswith(name) for each in known))


def check(folder: Path) -> list[str]:
    """Sentences on what differs between a folder and its `manifest.csv`; none if all is well."""
    rows = read(folder)
    found = {path.relative_to(folder).as_posix() for path in sources.documents(folder)}
    gone = [name for name in rows if not _is_there(name, found)]
    faults = [f"{name} is listed in {NAME} but is not there" for name in gone]
    faults += [f"{name} is not listed in {NAME}" for name in sorted(found - set(rows))]
    for name in sorted(found & set(rows)):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if digest != rows[name].get("sha256"):
            faults.append(f"{name} has changed: its sha256 is not that of {NAME}")
    return faults


def faults(rows: Mapping[str, Mapping[str, str]], known: set[str]) -> Iterator[str]:
    """A sentence for each row that names no file, and for each that says what cannot be so."""
    for name, row in rows.items():
        if not _is_there(name, known):
            yield f"{NAME} names {name}, which is not there."
        for fault in faults_of(row):
            yield f"{NAME} on {name}: {fault}."
