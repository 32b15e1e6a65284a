"""Reporting itself as a result: what the Regulation asks of a report, and whether it came in time.

The contents and dates are those of the Regulation of 2007 (articles 31 and 32; reports on 2008 to
2018) and of 2019 (articles 49 and 50; reports on 2019 onward). They, and what counts as a
statement of each, are rows of `rules/duties.csv`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse import groups
from govtext.analyse.corpus import counted, labels
from govtext.analyse.duties.statements import Searched, find, of_kind
from govtext.analyse.records import pairs
from govtext.analyse.settle import Said
from govtext.core import rules
from govtext.core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.pipeline.tables import Study

STATES = (
    "stated_with_number", "stated_none", "stated_in_words", "not_stated", "not_applicable",
)  # fmt: skip
"""What a report can do with a content that is asked of it, the fullest statement first."""

_COLUMNS = (
    "regulation", "article", "duty", "state", "evidence", "metric", "start", "end", "quote",
    "reason",
)  # fmt: skip


def statutory_contents(study: Study, *, by: str | Iterable[str] | None = None) -> pd.DataFrame:
    """How each report states each content that the Regulation asks for, with the words that do so.

    ``stated_with_number``: a metric of the content has a number of the year and the body itself.
    ``stated_none``: the report says that there was none. ``stated_in_words``: a heading with text
    below it, or a sentence, is about it, and no number was read. ``not_stated``: none of these was
    found; that can be right, as nobody has to have received requests. ``not_applicable``: the
    content is not asked of this report, or the year is unknown; `reason` says which.

    Parameters
    ----------
    study : Study
        As `load` gives.
    by : {"all", "year", "level", "province", "form"} or several, optional
        Groups instead of reports: of those that are asked for a content the share that state it.

    Returns
    -------
    pandas.DataFrame
        One row a report and content: report_id, year, issuer, labels, regulation, article, duty,
        state, evidence (``observation``, ``heading`` or ``sentence``), metric, start, end, quote,
        reason. `quote` is what stands from `start` to `end` of the text, verbatim. Contents that
        are asked of no report of the study have no rows. With `by` a row a group and content: by,
        group, duty, n_reports, n_bodies, n_stated, share, low, high, reason.

    Notes
    -----
    share = reports that state it, with a number, as none or in words / reports that are asked for
    it; its 95% interval is a bootstrap over bodies, see `groups.pooled`.
    """
    study = counted(study)
    reports = study.reports.set_index("report_id")
    frame = labels(study)
    names = _names(frame["year"])
    sections, said = _by_report(study.sections), Said(study)
    rows = []
    for label in frame.to_dict("records"):
        report = label["report_id"]
        text = reports.loc[report, "text"]
        stated = [said.of(report, metric) for metric in sorted(said.metrics([report]))]
        reading = Searched(text, fold(text), sections.get(report, []), stated)
        level = reports.loc[report, "admin_level"]
        rows += [label | _state(reading, name, label["year"], level) for name in names]
    found = pd.DataFrame(rows, columns=[*frame.columns, *_COLUMNS])
    found = found.astype({"start": "Int64", "end": "Int64"})
    return found if by is None else shares(found, groups.several(by))


def shares(contents: pd.DataFrame, by: Iterable[str]) -> pd.DataFrame:
    """Share of the reports of groups that state each content, of rows of `statutory_contents`."""
    asked = contents[contents["state"] != "not_applicable"]
    said = asked.assign(n_stated=(asked["state"] != "not_stated").astype(float), n=1.0)
    return groups.pooled(said, "n_stated", "n", by=by, per="duty").drop(columns="n")


def timeliness(study: Study) -> pd.DataFrame:
    """Whether each report was signed by the day by which it had to be published.

    The date signed is not the date published: a report signed in time may have been published
    late, while one signed after the day was late in any case. Reports on 2008 to 2018 had to be
    published by 31 March of the next year; from 2019 on departments by 31 January and governments
    of counties and above by 31 March. Article 49 names no date for townships.

    Returns
    -------
    pandas.DataFrame
        One row a report: report_id, year, issuer, labels, admin_level, regulation, article,
        deadline, signed_on (both ISO 8601), days (from the deadline to the signature; negative
        where it came before), on_time (null where it cannot be said), reason.
    """
    study = counted(study)
    columns = ["signed_on", "identity_reason"]
    frame = labels(study).merge(study.reports[["report_id", *columns]], on="report_id")
    rows = [row | _timing(row) for row in frame.to_dict("records")]
    order = ["regulation", "article", "deadline", "signed_on", "days", "on_time"]
    found = pd.DataFrame(rows, columns=[*labels(study).columns, *order, "reason"])
    return found.astype({"days": "Int64", "on_time": "boolean"})


def _names(years: pd.Series[Any]) -> list[str]:
    """Contents asked of any report on these years, in the order of `rules/labels.csv`; else all."""
    contents = of_kind("content")
    asked = {row["id"] for row in contents for year in years if _in_force(row, year)}
    keys = (row["key"] for row in rules.load("labels"))
    names = (key.removeprefix("duty.") for key in keys if key.startswith("duty."))
    return [name for name in names if name in asked or not asked]


def _in_force(row: rules.Row, year: float | None) -> bool:
    if year is None or pd.isna(year):
        return False
    return int(row["valid_from"]) <= year <= int(row["valid_to"] or year)


def _state(reading: Searched, name: str, year: float | None, level: str | None) -> dict[str, Any]:
    """State of one content in one report, with its evidence."""
    row = next((row for row in of_kind("content", name) if _in_force(row, year)), None)
    reason = _not_asked(row, year, level)
    found = None if reason else find(reading, name)
    state = found.state if found else "not_applicable" if reason else "not_stated"
    return {
        "regulation": row["regulation"] if row else None,
        "article": row["article"] if row else None,
        "duty": name,
        "state": state,
        "evidence": found.kind if found else None,
        "metric": found.metric if found else None,
        "start": found.start if found else None,
        "end": found.end if found else None,
        "quote": reading.text[found.start : found.end] if found else None,
        "reason": reason,
    }


def _not_asked(row: rules.Row | None, year: float | None, level: str | None) -> str | None:
    """Why a content is not asked of a report; None if it is."""
    if year is None or pd.isna(year):
        return "the year is unknown"
    if row is None:
        return f"not asked of reports on {year:.0f}"
    if row["levels"] and not isinstance(level, str):
        return "the level of the body is unknown"
    if row["levels"] and level not in row["levels"].split(";"):
        return f"not asked of a {level}"
    return None


def _timing(row: dict[Any, Any]) -> dict[str, Any]:
    """Deadline of one report, and what its signature says of it."""
    dates = [each for each in of_kind("date") if _in_force(each, row["year"])]
    levels = ("", row["admin_level"])
    rule = next((each for each in dates if set(levels) & set(each["levels"].split(";"))), None)
    signed = _date(row["signed_on"])
    deadline = date.fromisoformat(f"{row['year'] + 1:.0f}-{rule['pattern']}") if rule else None
    reason = _untimed(row, dates, known=bool(rule), signed=signed)
    days = (signed - deadline).days if signed and deadline else None
    return {
        "regulation": rule["regulation"] if rule else None,
        "article": rule["article"] if rule else None,
        "deadline": deadline.isoformat() if deadline else None,
        "days": None if reason else days,
        "on_time": None if reason or days is None else days <= 0,
        "reason": reason,
    }


def _untimed(
    row: dict[Any, Any], dates: list[rules.Row], *, known: bool, signed: date | None
) -> str | None:
    """Why it cannot be said whether a report was in time; None if it can."""
    if pd.isna(row["year"]):
        return "the year is unknown"
    if dates and not known and not isinstance(row["admin_level"], str):
        return "the level of the body is unknown"
    if not known:
        who = f"a {row['admin_level']} that reports" if dates else "reports"
        return f"no date is set for {who} on {row['year']:.0f}"
    if signed is None:
        reasons = pairs(str(row["identity_reason"]))
        return reasons.get("signed_on", "no full date is known")
    if signed.year < row["year"]:
        return "signed before the year that it reports on"
    return None


def _date(signed_on: object) -> date | None:
    """Day of a signature; None where there is none, or no full date."""
    try:
        return date.fromisoformat(str(signed_on))
    except ValueError:
        return None


def _by_report(frame: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    return {str(name): rows.to_dict("records") for name, rows in frame.groupby("report_id")}
