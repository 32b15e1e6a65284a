"""Names of bodies -> the body that each is: equal names, and the names that the user's table joins.

Nothing is guessed. Two reports are of one body if the full name and the region code of the issuer
are the same, or if `bodies.csv` says so; a district that a county became stays another body until
a row of it joins them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.proposals import propose
from govtext.analyse.records import records
from govtext.core import sheets
from govtext.pipeline import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from govtext.pipeline.tables import Study

    NamesTable = str | PathLike[str] | pd.DataFrame | None

NAME = "bodies.csv"
_NEEDED = ("name", "body")
_COLUMNS = ["name", "region_code", "body", "joined", "n_reports", "first_year", "last_year"]
COLUMNS = [
    "report_id", "issuer", "region_code", "province", "prefecture", "county", "admin_level",
    "government_level", "year", "signed_on", "form", "duplicate_of", "identity_reason",
]  # fmt: skip
"""Columns of `reports` that say which body a report is of."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Join:
    """A row of the user's table: a name, with or without a region code, and the body it is."""

    name: str
    region_code: str
    body: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A report with the body that it is of; `key` is None where its issuer is not known."""

    report: Mapping[str, Any]
    key: Key | None
    joined: bool


def bodies(study: Study, *, names: NamesTable = None) -> pd.DataFrame:
    """The names that the reports of a study go by, and the body that each is taken for.

    Saved as `bodies.csv` with other names in `body`, the frame is the table that joins them.

    Parameters
    ----------
    study : Study
        As `load` gives.
    names : path or pandas.DataFrame, optional
        Table of names with the columns `name` (as identified, `reports.issuer`), `body` (what to
        call it in every year) and, where a name occurs in several places, `region_code`; other
        columns are the user's own. Else `bodies.csv` beside the tables of the study if it is
        there; a folder made by `govtext new` has it itself, the project's own study in `data`.

    Returns
    -------
    pandas.DataFrame
        One row a name and region code: name, region_code (empty where unknown), body, joined (true
        if the table of names says so), n_reports, first_year, last_year; proposal (a name of the
        study that may be of the same body, for `body`), relation and evidence. A proposal joins
        nothing. Reports without an issuer have no row; `coverage` lists them.

    Raises
    ------
    FileNotFoundError
        If `names` is a path and there is no such file.
    ValueError
        If the table lacks a column, or gives one name two bodies.
    """
    found: dict[tuple[str, str, str, bool], list[float]] = defaultdict(list)
    placed = place(study, names)
    shown = titles(each.key for each in placed)
    for each in placed:
        if each.key is not None:
            report = each.report
            row = (report["issuer"], report["region_code"] or "", shown[each.key], each.joined)
            found[row].append(report["year"])
    rows = []
    for row, years in sorted(found.items()):
        known = [year for year in years if year is not None]
        rows.append((*row, len(years), min(known, default=None), max(known, default=None)))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return propose(frame.astype({"first_year": "Int64", "last_year": "Int64", "joined": bool}))


def place(study: Study, names: NamesTable = None) -> list[Placed]:
    """Reports of a study with the body that each is of, in the order of their ids."""
    return _placed(study.read("reports", COLUMNS), study.folder, names)


def listed(study: Study, names: NamesTable = None) -> list[str]:
    """Bodies that the user's table of names names, whether a report is of them or not."""
    return list(dict.fromkeys(join.body for join in _joins(study.folder, names)))


def called(reports: pd.DataFrame, folder: Path, names: NamesTable = None) -> dict[str, str | None]:
    """What to call the body of each report by its id, None where it is not known.

    Parameters
    ----------
    reports : pandas.DataFrame
        Rows of the table `reports`, with or without their texts.
    folder : Path
        Where the tables of the study lie.
    names : path or pandas.DataFrame, optional
        See `bodies`.
    """
    found = _placed(reports, folder, names)
    shown = titles(each.key for each in found)
    return {each.report["report_id"]: shown[each.key] if each.key else None for each in found}


def _placed(table: pd.DataFrame, folder: Path, names: NamesTable) -> list[Placed]:
    joins = _joins(folder, names)
    exact = {(join.name, join.region_code): join.body for join in joins}
    joined = {join.body for join in joins}
    codes: dict[str, set[str]] = defaultdict(set)
    reports = list(records(table, COLUMNS))
    for report in reports:
        codes[report["issuer"] or ""].add(report["region_code"] or "")
    placed = []
    for report in sorted(reports, key=lambda row: row["report_id"]):
        name, code = report["issuer"] or "", report["region_code"] or ""
        body = exact.get((name, code)) or exact.get((name, ""))
        if not body and name in joined and len(codes[name]) == 1:
            body = name
        key = (body, "") if body else (name, code)
        placed.append(Placed(report, key if name else None, bool(body)))
    return placed


def titles(keys: Iterable[Key | None]) -> dict[Key, str]:
    """What to call each body: its name, with the region code where another has the same name."""
    known = {key for key in keys if key is not None}
    shared: dict[str, int] = defaultdict(int)
    for name, _ in known:
        shared[name] += 1
    return {
        (name, code): f"{name} ({code or '?'})" if shared[name] > 1 else name
        for name, code in known
    }


def _joins(folder: Path, names: NamesTable) -> list[Join]:
    """Rows of the user's table of names; none where there is no table."""
    if isinstance(names, pd.DataFrame):
        return _checked(records(names), list(names.columns), "the table of names")
    path = Path(names) if names is not None else _default(folder)
    if names is None and not path.is_file():
        return []
    read = sheets.read(path)
    return _checked(read, list(read[0]) if read else list(_NEEDED), path.name)


def _default(folder: Path) -> Path:
    """Where the table of names of a study lies."""
    return places.kept_in(folder).resolve() / NAME


def _checked(rows: Iterable[Mapping[str, Any]], columns: list[str], where: str) -> list[Join]:
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise ValueError(f"{where} has no column {', '.join(missing)}")
    joins: dict[tuple[str, str], Join] = {}
    for row in rows:
        name, code, body = (
            str(row.get(column) or "").strip() for column in ("name", "region_code", "body")
        )
        if not name or not body:
            continue
        code = code.removesuffix(".0")  # as pandas reads a column of codes with gaps
        before = joins.setdefault((name, code), Join(name, code, body))
        if before.body != body:
            raise ValueError(f"{where} calls {name} both {before.body} and {body}")
    return list(joins.values())
