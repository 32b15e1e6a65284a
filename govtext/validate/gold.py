"""The annotated reports against what govtext found in them: scores, and every miss and extra.

A required observation is found where an observation of the same metric and value meets its
characters. An observation is right where it is so of a required or an optional row. Those of
another year or body (`prior_year`, `cumulative`, `target`, `other_body`) are not held against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core import rules
from govtext.core.intervals import share
from govtext.core.model import is_own
from govtext.core.near import demand
from govtext.pipeline import gold, places, tables
from govtext.pipeline.counted import counted_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.pipeline.tables import Study

_OF_REPORT = ("admin_level", "form", "report_id")
_BY = ("what", "part", "metric", *_OF_REPORT)
_ITEM = ("what", "side", "required", "hit", "report_id", "metric", "value", "start", "quote")
_AROUND = 14


@dataclass(frozen=True, slots=True)
class Statement:
    """A metric (none for a quantity) with its value and the characters that say so."""

    metric: str
    value: float | None
    start: int
    end: int
    quote: str


def gold_scores(study: Study, by: str = "part") -> pd.DataFrame:
    """Recall and precision on the reports that were annotated by hand, with Wilson intervals.

    Parameters
    ----------
    study : Study
        As `load` gives. Its reports are matched to the annotation by the sha256 of their files.
    by : {"part", "metric", "admin_level", "form", "report_id", "what"}
        What the observations are grouped by; ``part`` is the part of the official form that the
        codebook gives a metric to; ``what`` sets all observations beside all quantities.

    Returns
    -------
    pandas.DataFrame
        A row a group and, but for ``what``, one for ``all``: the group, required, found, missed,
        recall (found / required), recall_low, recall_high, given (observations of the study),
        right, extra, precision (right / given), precision_low, precision_high, reports. Shares are
        0 to 1, bounds are at 95%, null where there is nothing to divide by. Empty where no report
        of the study was annotated.

    Raises
    ------
    ValueError
        If `by` is none of these.
    """
    demand("by", by, _BY)
    items = _items(study)
    if by != "what":
        items = items[items["what"] == "observation"]
    order = {name: place for place, name in enumerate(_order(by))}
    names = sorted(set(items[by]), key=lambda name: (order.get(name, len(order)), name))
    rows = [{by: name, **_counts(items[items[by] == name])} for name in names]
    if by != "what" and rows:
        rows.append({by: "all", **_counts(items)})
    return pd.DataFrame(rows, columns=[by, *_counts(items)])


def annotated(study: Study) -> Study:
    """The study itself where any of its reports was annotated by hand, else that of the shipped.

    What is scored against people is always the reports that come with govtext. In an installation
    without their tables it is the study itself, of which nothing can be scored.
    """
    known = {row["sha256"] for row in gold.rows("files")}
    shipped = places.own_study()
    if known & set(study.reports["sha256"]) or not (shipped / "reports.parquet").is_file():
        return study
    return tables.load(shipped)


def gold_faults(study: Study) -> pd.DataFrame:
    """Every required row that was missed and everything found that is in no annotation.

    Returns
    -------
    pandas.DataFrame
        what (``observation``, ``quantity``), fault (``missed``, ``extra``), report_id, metric,
        value, quote; in the order of the reports.
    """
    items = _items(study)
    wrong = items[~items["hit"] & items["required"]]
    fault = wrong["side"].map({"gold": "missed", "study": "extra"})
    frame = wrong.assign(fault=fault).sort_values(["what", "report_id", "start"], kind="stable")
    return frame[["what", "fault", "report_id", "metric", "value", "quote"]].reset_index(drop=True)


def _order(by: str) -> list[str]:
    """Order of the groups where it is not that of the alphabet."""
    codebook = [row["id"] for row in rules.load("codebook")]
    parts = [row["part"] for row in rules.load("codebook")]
    return {"metric": codebook, "part": list(dict.fromkeys(parts))}.get(by, [])


def _counts(items: pd.DataFrame) -> dict[str, Any]:
    """Recall over the required rows of the gold, precision over those of the study."""
    required = items.loc[(items["side"] == "gold") & items["required"], "hit"]
    given = items.loc[items["side"] == "study", "hit"]
    recall, precision = (share(int(hits.sum()), len(hits)) for hits in (required, given))
    return {
        "required": len(required),
        "found": int(required.sum()),
        "missed": int((~required).sum()),
        "recall": recall[0],
        "recall_low": recall[1],
        "recall_high": recall[2],
        "given": len(given),
        "right": int(given.sum()),
        "extra": int((~given).sum()),
        "precision": precision[0],
        "precision_low": precision[1],
        "precision_high": precision[2],
        "reports": items["report_id"].nunique(),
    }


def _items(study: Study) -> pd.DataFrame:
    """A row for everything annotated (side ``gold``) and everything found (side ``study``)."""
    names = {row["sha256"]: row["report"] for row in gold.rows("files")}
    counted = counted_reports(study.reports)
    reports = counted.assign(gold=counted["sha256"].map(names))
    rows: list[dict[str, Any]] = []
    for report in reports[reports["gold"].notna()].to_dict("records"):
        rows += _observations(study, report)
        rows += _quantities(study, report)
    frame = pd.DataFrame(rows, columns=list(_ITEM))
    known = study.reports.set_index("report_id")
    for name in ("admin_level", "form"):
        frame[name] = frame["report_id"].map(known[name]).fillna("")
    parts = {row["id"]: row["part"] for row in rules.load("codebook")}
    frame["part"] = frame["metric"].map(parts).fillna("")
    return frame.astype({"hit": bool, "required": bool})


def _observations(study: Study, report: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    """Observations of a report, annotated and found."""
    found = study.observations[study.observations["report_id"] == report["report_id"]]
    ours = [
        Statement(row["metric"], row["value"], row["start"], row["end"], row["quote"])
        for row in found.to_dict("records")
        if is_own(row["flags"])
    ]
    rows = gold.rows("observations", report["gold"])
    theirs = [
        Statement(row["metric"], float(row["value"]), *_place(row, study, report), row["quote"])
        for row in rows
    ]
    required = [row["status"] == "required" for row in rows]
    yield from _compare("observation", report["report_id"], ours, theirs, required)


def _quantities(study: Study, report: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    """Quantities of a report, annotated and found, by their places in the file."""
    found = study.quantities[study.quantities["report_id"] == report["report_id"]]
    ours = [
        Statement("", row["value"], row["raw_start"], row["raw_end"], _around(report, row))
        for row in found.to_dict("records")
    ]
    theirs = [
        Statement("", float(row["value"]), int(row["start"]), int(row["end"]), row["quote"])
        for row in gold.rows("quantities", report["gold"])
    ]
    yield from _compare("quantity", report["report_id"], ours, theirs, [True] * len(theirs))


def _compare(
    what: str,
    report_id: str,
    ours: list[Statement],
    theirs: list[Statement],
    required: list[bool],
) -> Iterator[dict[str, Any]]:
    """Rows of both sides, each with whether it has its like on the other."""
    sides = [("study", each, theirs, True) for each in ours]
    sides += [("gold", each, ours, must) for each, must in zip(theirs, required, strict=True)]
    for side, each, others, must in sides:
        yield {
            "what": what,
            "side": side,
            "required": must,
            "hit": any(_same(each, other, exact=what == "quantity") for other in others),
            "report_id": report_id,
            **{name: getattr(each, name) for name in ("metric", "value", "start", "quote")},
        }


def _same(one: Statement, other: Statement, *, exact: bool) -> bool:
    """True if two statements are of the same words; of a quantity, to the character."""
    if (one.metric, one.value) != (other.metric, other.value):
        return False
    if exact:
        return (one.start, one.end) == (other.start, other.end)
    return one.start < other.end and other.start < one.end


def _place(row: dict[str, str], study: Study, report: dict[Any, Any]) -> tuple[int, int]:
    """Span in the text of a row of the gold, whose offsets count the characters of the file.

    It is as far behind the quantity before it as in the file, but for what cleaning took out in
    between: the nearest place where its words stand is meant.
    """
    words, start = row["number_text"], int(row["start"])
    before = study.quantities[
        (study.quantities["report_id"] == report["report_id"])
        & (study.quantities["raw_start"] <= start)
    ]
    shift = int((before["raw_start"] - before["start"]).iloc[-1]) if len(before) else 0
    near = start - shift
    places = [match.start() for match in re.finditer(re.escape(words), report["text"])]
    place = min(places, key=lambda each: abs(each - near), default=near)
    return place, place + len(words)


def _around(report: dict[Any, Any], row: dict[Any, Any]) -> str:
    """Words around a quantity, for it has no quote of its own."""
    text: str = report["text"][max(0, row["start"] - _AROUND) : row["end"] + _AROUND]
    return text.replace("\n", " ")
