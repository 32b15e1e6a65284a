"""The one place that decides which reports of a study count.

A report that repeats another counts once, whatever is measured: three copies of a report are no
three pieces of evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core.model import ANNUAL_REPORT

if TYPE_CHECKING:
    import pandas as pd

    from govtext.pipeline.tables import Study


def counted_reports(reports: pd.DataFrame) -> pd.DataFrame:
    """Rows of the table `reports` that count, in their order: annual reports, each once.

    Of a report and its copies the original counts; where it is not among the rows, as in a part of
    a study, the first copy by its id.
    """
    if "kind" in reports:
        reports = reports[reports["kind"].fillna(ANNUAL_REPORT) == ANNUAL_REPORT]
    plain = reports[["report_id", "duplicate_of"]].reset_index(drop=True)
    plain["original"] = plain["duplicate_of"].fillna(plain["report_id"])
    plain["copied"] = plain["original"] != plain["report_id"]
    ordered = plain.sort_values(["copied", "report_id"], kind="stable")
    return reports.iloc[sorted(ordered.drop_duplicates("original").index)]


def counted(study: Study) -> Study:
    """The same study with only the reports that count, in every table; rejects stay.

    Parameters
    ----------
    study : Study
        As `load` gives.

    Returns
    -------
    Study
        The study itself where every report counts.
    """
    kept = counted_ids(study)
    return study if len(kept) == len(study.read("reports", ["report_id"])) else study.only(kept)


def counted_ids(study: Study) -> list[str]:
    """Ids of the reports of a study that count, in their order."""
    reports = study.read("reports", ["report_id", "kind", "duplicate_of"])
    return list(counted_reports(reports)["report_id"])
