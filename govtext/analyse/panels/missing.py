"""Which reports are missing, as a result of its own: bodies and years that ought to have one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse import bodies, groups
from govtext.analyse.panels.coverage import coverage
from govtext.analyse.records import PLACE
from govtext.pipeline import manifest, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from govtext.analyse.bodies import NamesTable
    from govtext.pipeline.tables import Study

_THERE = ("present", "duplicate")
_BETWEEN, _MANIFEST, _BODIES = "between its reports", "manifest.csv", "bodies.csv"
COLUMNS = [
    "body", *PLACE, "year", "form", "report_id", "state", "expected", "last_before", "next_after",
    "reason",
]  # fmt: skip
_TYPES: dict[Any, Any] = dict.fromkeys(("year", "last_before", "next_after"), "Int64")


def missing(
    study: Study,
    *,
    names: NamesTable = None,
    source: str | PathLike[str] | None = None,
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Reports that ought to be there and are not; or the share of them, by year, level, province.

    Parameters
    ----------
    study : Study
        As `load` gives.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.
    source : path, optional
        Folder whose `manifest.csv` lists the reports that there should be; else the folder of a
        study that `govtext new` made.
    by : {"all", "year", "level", "province", "form"} or several, optional
        Groups instead of reports.

    Returns
    -------
    pandas.DataFrame
        A row a body and year: body, region_code, province, prefecture, county, admin_level, year,
        state (``missing``, or ``rejected`` where there is a file that could not be read), expected
        (why there should be one: ``between its reports``, ``manifest.csv``, ``bodies.csv``),
        last_before and next_after (years of the body's reports around it), reason. With `by` a row
        a group: by, group, n_bodies, n_missing, n_expected, share, low, high, reason.

    Notes
    -----
    A body is expected to report in every year from its first report to its last, that read or not;
    in the years for which `manifest.csv` names a file of it that is not there; and, if `bodies.csv`
    names it and no report is of it, in every year of the study. Before the first and after the last
    nothing is expected: a body may be younger, or its reports were not looked for. Missing is of
    the study: a report may have been published and not collected. share = missing / expected; its
    95% interval is a bootstrap over bodies, see `groups.pooled`. A missing report has no form.
    """
    expected = _expected(study, names, source)
    lost = ~expected["state"].isin(_THERE)
    if by is not None:
        rows = expected.assign(n_missing=lost.astype(float), n_expected=1.0)
        found = groups.pooled(rows, "n_missing", "n_expected", by=groups.several(by))
        return found.drop(columns="n_reports").astype({"n_missing": int, "n_expected": int})
    kept = expected[lost].drop(columns=["form", "report_id"])
    return kept.reset_index(drop=True)


def _expected(study: Study, names: NamesTable, source: str | PathLike[str] | None) -> pd.DataFrame:
    """Every body and year that ought to have a report, with its state."""
    place = Path(source) if source is not None else places.kept_in(study.folder)
    held = (place / manifest.NAME).is_file()
    every = coverage(study, names=names, source=place if held else None)
    placed = every[every["body"].notna() & every["year"].notna() & (every["state"] != "unplaced")]
    placed = placed.astype({"year": int})
    there = placed[placed["state"] != "missing"].groupby("body")["year"].agg(["min", "max"])
    first, last = (placed["body"].map(there[name]) for name in ("min", "max"))
    between = placed[(placed["year"] >= first) & (placed["year"] <= last)]
    frames = [between.assign(expected=_BETWEEN)]
    known = set(zip(between["body"], between["year"], strict=True))
    own = {str(name): body for name, body in zip(placed["issuer"], placed["body"], strict=True)}
    listed = [*_of_manifest(place if held else None, own), *_of_table(study, names, placed)]
    more = [row for row in dict.fromkeys(listed) if row[:2] not in known]
    about = placed.drop_duplicates("body").set_index("body")
    rows = [{"body": body, "year": year, "state": "missing", "expected": why,
             "reason": "no report of the year", **_place(about, body)}
            for body, year, why in more]  # fmt: skip
    frames.append(pd.DataFrame(rows, columns=COLUMNS))
    found = pd.concat([frame for frame in frames if len(frame)] or frames)
    found = found.drop_duplicates(["body", "year"]).reindex(columns=COLUMNS)
    return _around(found).astype(_TYPES)


def _of_manifest(place: Path | None, own: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """Bodies and years of files that a manifest names, whether they are there or not."""
    for row in manifest.read(place).values() if place else ():
        issuer, year = (row.get("issuer") or "").strip(), (row.get("year") or "").strip()
        if issuer and year.isdecimal():
            yield own.get(issuer, issuer), int(year), _MANIFEST


def _of_table(
    study: Study, names: NamesTable, placed: pd.DataFrame
) -> Iterator[tuple[str, int, str]]:
    """Bodies of the table of names that no report is of, in every year of the study."""
    there = set(placed["body"])
    for body in bodies.listed(study, names):
        if body not in there and len(placed):
            years = range(int(placed["year"].min()), int(placed["year"].max()) + 1)
            yield from ((body, year, _BODIES) for year in years)


def _place(about: pd.DataFrame, body: str) -> dict[str, Any]:
    return {name: about[name].get(body) for name in PLACE}


def _around(found: pd.DataFrame) -> pd.DataFrame:
    """Rows with the years of the body's reports before and after each, in order."""
    ordered = found.sort_values(["region_code", "body", "year"], kind="stable", na_position="last")
    there = ordered["year"].where(ordered["state"].isin(_THERE)).astype("Float64")
    by_body = there.groupby(ordered["body"], sort=False)
    return ordered.assign(last_before=by_body.ffill(), next_after=by_body.bfill())
