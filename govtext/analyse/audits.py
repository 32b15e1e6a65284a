"""Findings -> how many reports contradict themselves, and where the doubt is ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from govtext.analyse import corpus, groups
from govtext.analyse.records import PLACE
from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.pipeline.tables import Study

DOUBTFUL = ("repaired", "glued_cells", "derived", "conflict")
"""Flags of a number that was not printed as it was read, or that stands there in two ways."""
_METRIC = re.compile(r"[a-z_]{3,60}")
_WHOSE = ["report_id", "body", "year", "form", *PLACE]
COLUMNS = [
    *_WHOSE, "identity", "kind", "verdict", "fault", "left", "right", "delta", "statement", "start",
    "end", "reason",
]  # fmt: skip
_COUNTS = ["n_checks", "n_broken", "n_faults", "n_doubts", "n_not_assessable"]


def audit(study: Study, *, by: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Checks of each report's own numbers, the report's faults apart from what may be ours.

    Parameters
    ----------
    study : Study
        As `load` gives. Reports that repeat another are left out.
    by : {"all", "year", "level", "province", "form"} or several, optional
        Groups instead of checks.

    Returns
    -------
    pandas.DataFrame
        A row a check: report_id, body, year, form, region_code, province, prefecture, county,
        admin_level, identity, kind (``sum``, ``share``, ``restatement`` and so on), verdict
        (``holds``, ``broken``, ``not_assessable``), fault (of a broken one ``report`` or
        ``reading``), left, right, delta, statement, start, end, reason (why the fault may be the
        reading's). With `by` a row a group: by, group, n_reports (with a check that could be
        made), n_bodies, n_faulty (of them with a fault of their own), share, low, high, n_checks
        (that could be made), n_broken, n_faults, n_doubts (broken, where the reading may be at
        fault), n_not_assessable, reason.

    Notes
    -----
    A broken check is laid to the reading where one of its numbers was repaired, told apart from
    others that it had run into, computed from other cells, or stands there with two values: the
    flags ``repaired``, ``glued_cells``, ``derived``, ``conflict`` of an observation between `start`
    and `end` (of the metrics of the check, where it names them). What is left is printed in the
    report as it is quoted; a misprint of the file itself, and a cell that was read wrongly without
    a flag, cannot be told from a wrong sum. share = reports with a fault of their own / reports
    with a check that could be made; its 95% interval is a bootstrap over bodies, see
    `groups.pooled`.
    """
    whose = corpus.labels(corpus.counted(study))[_WHOSE]
    found = study.findings.merge(whose, on="report_id")
    kinds = {row["id"]: row["kind"] for row in rules.load("identities")}
    broken = found["verdict"] == "broken"
    doubts = _doubts(study, found[broken])
    found = found.assign(
        kind=found["identity"].map(kinds).fillna(""),
        reason=[doubts.get(row, "") for row in found.index],
    )
    fault = found["reason"].map(lambda why: "reading" if why else "report")
    found = found.assign(fault=fault.where(broken, ""))
    ordered = found.sort_values(["report_id", "start", "identity"], kind="stable")
    frame = ordered[COLUMNS].reset_index(drop=True)
    return frame if by is None else shares(frame, groups.several(by))


def shares(checks: pd.DataFrame, by: Iterable[str]) -> pd.DataFrame:
    """Share of the reports of groups with a fault of their own, of rows of `audit`."""
    verdict, fault = checks["verdict"], checks["fault"]
    flags = {
        "n_checks": verdict != "not_assessable", "n_broken": verdict == "broken",
        "n_faults": fault == "report", "n_doubts": fault == "reading",
        "n_not_assessable": verdict == "not_assessable",
    }  # fmt: skip
    counted = checks.assign(**{name: flag.astype(int) for name, flag in flags.items()})
    reports = counted.groupby(_WHOSE, dropna=False, sort=False)[_COUNTS].sum().reset_index()
    able = reports[reports["n_checks"] > 0]
    able = able.assign(n_faulty=(able["n_faults"] > 0).astype(float), n=1.0)
    kinds = list(by)
    found = groups.pooled(able, "n_faulty", "n", by=kinds).drop(columns="n")
    sums = groups.grouped(reports, kinds).groupby(["by", "group"], sort=False)[_COUNTS].sum()
    named = dict.fromkeys(("by", "group"), object)  # an empty frame has numbers there
    made = found.astype(named).merge(
        sums.reset_index().astype(named), on=["by", "group"], how="left"
    )
    return made.assign(reason=made.pop("reason")).astype({"n_faulty": int})


def _doubts(study: Study, broken: pd.DataFrame) -> dict[int, str]:
    """Why the reading may be at fault, by the row of a broken finding."""
    ids = sorted(set(broken["report_id"]))
    if not ids:
        return {}
    columns = ["report_id", "metric", "flags", "start", "end"]
    seen = study.read("observations", columns, ids)
    flags = seen["flags"].fillna("").str.split(";")
    seen["doubt"] = [" and ".join(each for each in own if each in DOUBTFUL) for own in flags]
    seen = seen[seen["doubt"] != ""]
    spans = broken[["report_id", "identity", "start", "end"]].rename_axis("row").reset_index()
    both = spans.merge(seen, on="report_id", suffixes=("", "_seen"))
    within = (both["start_seen"] >= both["start"]) & (both["end_seen"] <= both["end"])
    named = _metrics()
    own = [
        not named.get(identity) or metric in named[identity]
        for identity, metric in zip(both["identity"], both["metric"], strict=True)
    ]
    kept = both[within & pd.Series(own, index=both.index, dtype=bool)]
    said: dict[int, list[str]] = {}
    for row, metric, doubt in zip(kept["row"], kept["metric"], kept["doubt"], strict=True):
        said.setdefault(int(row), []).append(f"{metric} is {doubt}")
    return {row: "; ".join(dict.fromkeys(words)) for row, words in said.items()}


@rules.cached
def _metrics() -> dict[str, frozenset[str]]:
    """Metrics that each identity names in its formula; none where it is about any numbers."""
    known = {row["id"] for row in rules.load("codebook")}
    return {
        row["id"]: frozenset(_METRIC.findall(f"{row['left']} {row['right']}")) & known
        for row in rules.load("identities")
    }
