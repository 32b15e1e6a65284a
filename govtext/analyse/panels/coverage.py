"""Cases and rejects -> which body has a report of which year, which has none, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.panels.cases import CASE, Case, cases, shared, span, unplaced
from govtext.pipeline import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from govtext.analyse.bodies import NamesTable
    from govtext.pipeline.tables import Study

STATES = ("present", "duplicate", "missing", "rejected", "unplaced")
_COLUMNS = [
    *CASE, "state", "n_reports", "report_id", "others", "reason",
]  # fmt: skip
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_NO_FILE = "bad_correction"


def coverage(
    study: Study, *, names: NamesTable = None, source: str | PathLike[str] | None = None
) -> pd.DataFrame:
    """One row a body and year of the study, whether there is a report of it or not, and why not.

    Parameters
    ----------
    study : Study
        As `load` gives. Every body has a row for every year from the study's first to its last.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.
    source : path, optional
        Folder that the study was built from, whose `manifest.csv` says whose files the rejected
        ones are. Without it only their paths tell.

    Returns
    -------
    pandas.DataFrame
        body, issuer, region_code, province, prefecture, county, admin_level, year, form, state,
        n_reports, report_id, others (ids of further reports, joined by ``;``), reason. `state` is
        ``present``, ``duplicate`` (several reports, of which `report_id` is taken and `reason` says
        why), ``missing``, ``rejected`` (no report, and a file of the body and year that could not
        be read) or ``unplaced`` (a report whose body or year is not known). Unplaced reports, and
        rejected files of no known body or year, stand last with a null body or year.

    Notes
    -----
    A path tells the body of a rejected file if it holds the name of exactly one body of the study,
    and the year if it holds exactly one number from 2000 to 2099 that stands alone. `missing` is
    of the study, not of the body: the report may have been published and not collected.
    """
    years = span(study, names)
    every = cases(study, names, years=years) if years else []
    given = manifest.read(Path(source)) if source is not None else {}
    rejected: dict[tuple[str | None, int | None], list[str]] = defaultdict(list)
    told = _Names(every)
    for row in study.rejects.to_dict("records"):
        if row["cause"] != _NO_FILE:
            whose = told.whose(row["path"], given.get(row["path"], {}))
            rejected[whose].append(f"{row['path']}: {row['cause']}")
    rows = [_row(case, rejected.pop((case.body, case.year), [])) for case in every]
    rows += _unplaced(study, names)
    rows += (
        {"body": body, "year": year, "state": "rejected", "n_reports": 0, "reason": why}
        for (body, year), files in sorted(rejected.items(), key=str)
        for why in files
    )
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"year": "Int64", "n_reports": "int64"})


def _row(case: Case, files: Iterable[str]) -> dict[str, Any]:
    """Row of a body and year, with the files of it that could not be read."""
    state = ("missing", "present", "duplicate")[min(case.n_reports, 2)]
    reason = "; ".join(filter(None, [case.reason, *files]))
    if state == "missing" and files:
        state, reason = "rejected", "; ".join(files)
    return shared(case) | {
        "state": state,
        "n_reports": case.n_reports,
        "report_id": case.report_id,
        "others": ";".join(case.others),
        "reason": reason,
    }


def _unplaced(study: Study, names: NamesTable) -> Iterator[dict[str, Any]]:
    for placed, reason in unplaced(study, names):
        report = placed.report
        yield {
            "body": placed.key and placed.key[0],
            **{name: report[name] for name in CASE[1:]},
            "state": "unplaced",
            "n_reports": 1,
            "report_id": report["report_id"],
            "others": "",
            "reason": reason,
        }


class _Names:
    """Bodies of a study by the names that a path or a manifest may call them."""

    def __init__(self, every: Iterable[Case]) -> None:
        self._bodies: dict[str, set[str]] = defaultdict(set)
        for case in every:
            for name in filter(None, (case.body, case.issuer)):
                self._bodies[name].add(case.body)

    def whose(self, path: str, given: Mapping[str, str]) -> tuple[str | None, int | None]:
        """Body and year of a rejected file, None where neither manifest nor path tells."""
        said = given.get("issuer") or ""
        bodies = self._bodies.get(said) or (set() if said else self._in(path))
        stated = given.get("year") or ""
        years = {stated} if stated else set(_YEAR.findall(PurePosixPath(path).name))
        years = years or set(_YEAR.findall(path))
        body = next(iter(bodies)) if len(bodies) == 1 else None
        year = next(iter(years)) if len(years) == 1 else ""
        return body, int(year) if year.isdecimal() else None

    def _in(self, path: str) -> set[str]:
        """Bodies whose name stands in a path, of names in each other the longest."""
        found = [name for name in self._bodies if name in path]
        longest = [name for name in found if not any(name in o and name != o for o in found)]
        return {body for name in longest for body in self._bodies[name]}
