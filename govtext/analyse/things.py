"""What the numbers of reports count beside the codebook: the things most counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.corpus import part_names
from govtext.core import rules
from govtext.core.intervals import wilson
from govtext.core.near import demand
from govtext.pipeline.counted import counted

if TYPE_CHECKING:
    from govtext.pipeline.tables import Study

BY = ("part", "year")
NONE = "none"
"""Thing of the numbers that no term names one for."""
UNKNOWN = "?"
"""Group of the reports whose year is not known."""
_COLUMNS = [
    "thing", "label_en", "label_zh", "by", "group", "n", "n_codebook", "n_reports", "reports",
    "share", "low", "high",
]  # fmt: skip


def counted_things(study: Study, by: str = "part") -> pd.DataFrame:
    """What the numbers of the prose count, by part or year, the things most counted first.

    Parameters
    ----------
    study : Study
        As `load` gives; a report that repeats another counts once.
    by : {"part", "year"}, default "part"
        What the reports are set apart by.

    Returns
    -------
    pandas.DataFrame
        A row a thing and group that has numbers of it: thing (``none`` where no term names one),
        label_en, label_zh, by, group (a part, or a year as text, ``?`` where it is not known), n
        (numbers that no metric of the codebook holds), n_codebook (numbers that one holds),
        n_reports (reports with one of the first kind), reports (those that have the part, or are
        on the year), share (n_reports of reports), low, high (its 95% Wilson interval).

    Raises
    ------
    ValueError
        If `by` is neither.

    Notes
    -----
    Parts, plans and figures of other years and bodies are numbers too. Statements of none are not:
    they are observations only. Cells of statistics tables stand in the table `cells`.
    """
    demand("by", by, BY)
    study = counted(study)
    groups = _groups(study, by)
    numbers = _numbers(study, groups, by)
    frame = _sizes(numbers).merge(
        groups.groupby("group")["report_id"].nunique().rename("reports").reset_index(), on="group"
    )
    frame["share"] = frame["n_reports"] / frame["reports"]
    pairs = zip(frame["n_reports"], frame["reports"], strict=True)
    bounds: list[Any] = [wilson(n, total) for n, total in pairs]
    frame["low"], frame["high"] = ([pair[end] for pair in bounds] for end in (0, 1))
    labels = thing_labels()
    for column in ("label_en", "label_zh"):
        known = {thing: names[column] for thing, names in labels.items()}
        frame[column] = frame["thing"].map(known).fillna(frame["thing"])
    return _ordered(frame.assign(by=by))[_COLUMNS]


def thing_labels() -> dict[str, dict[str, str]]:
    """Names of the things, in English and Chinese (`rules/frame_things.csv`)."""
    none = next(row for row in rules.load("labels") if row["key"] == "thing.none")
    found = {NONE: {"label_en": none["en"], "label_zh": none["zh"]}}
    for row in rules.load("frame_things"):
        found[row["thing"]] = {"label_en": row["label_en"], "label_zh": row["label_zh"]}
    return found


def _groups(study: Study, by: str) -> pd.DataFrame:
    """Groups that each report is in: report_id, group, and section_id where it is by part."""
    if by == "part":
        columns = ["report_id", "section_id", "part"]
        return study.sections[columns].rename(columns={"part": "group"})
    years = [UNKNOWN if pd.isna(year) else f"{year:.0f}" for year in study.reports["year"]]
    return study.reports[["report_id"]].assign(group=years)


def _numbers(study: Study, groups: pd.DataFrame, by: str) -> pd.DataFrame:
    """Numbers with what they count and the group that they stand in."""
    keys = ["report_id", "section_id"] if by == "part" else ["report_id"]
    frame = study.quantities[["report_id", "section_id", "thing", "metric"]]
    frame = frame.merge(groups, on=keys)
    return frame.assign(
        thing=frame["thing"].astype(object).fillna(NONE), beside=frame["metric"].isna()
    )


def _sizes(numbers: pd.DataFrame) -> pd.DataFrame:
    """Numbers of each thing and group, and the reports that they stand in."""
    keys = ["thing", "group"]
    sizes = numbers.groupby(keys)["beside"].agg(["sum", "size"]).reset_index()
    reports = numbers[numbers["beside"]].groupby(keys)["report_id"].nunique()
    frame = sizes.merge(reports.rename("n_reports").reset_index(), on=keys, how="left")
    frame["n"] = frame["sum"].astype(int)
    frame["n_codebook"] = (frame["size"] - frame["n"]).astype(int)
    frame["n_reports"] = frame["n_reports"].fillna(0).astype(int)
    return frame.drop(columns=["sum", "size"])


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by how often a thing is counted beside the codebook, then in the order of the groups."""
    parts = {part: f"{place:02}" for place, part in enumerate(part_names())}
    total = frame.groupby("thing")["n"].transform("sum")
    keyed = frame.assign(total=-total, place=frame["group"].map(lambda name: parts.get(name, name)))
    ordered = keyed.sort_values(["total", "thing", "place"], kind="stable")
    return ordered.drop(columns=["total", "place"]).reset_index(drop=True)
