"""The corpus: what was read, what cleaning removed, who reports, how the reports are built.

Shares and densities are of characters of the cleaned text, line ends left out. What is told of how
the reports were read (`corpus`, `removed`, `identity`) is of all; the rest of those that count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtext.analyse import bodies
from govtext.analyse.records import pairs
from govtext.core import rules
from govtext.pipeline.counted import counted

if TYPE_CHECKING:
    from govtext.pipeline.tables import Study

__all__ = [
    "FIELDS", "by_part", "corpus", "counted", "findings", "headings", "identity", "labels",
    "part_names", "parts", "removed",
]  # fmt: skip

FIELDS = (
    "title", "issuer", "admin_level", "province", "prefecture", "county", "region_code",
    "year", "signed_on", "document_number",
)  # fmt: skip
PLACE = ("region_code", "province", "prefecture", "county", "admin_level", "form")
_LABELLED = ["report_id", "year", "issuer", "issuer_short", *PLACE]
_VERDICTS = ("holds", "broken", "not_assessable")


def corpus(study: Study) -> pd.DataFrame:
    """One row a report: who and when, how long, and how much was found in it.

    Returns
    -------
    pandas.DataFrame
        report_id, year, issuer, labels and place (see `labels`), duplicate_of, characters,
        sections, quantities, removed (characters taken out as furniture); by year,
        then name.
    """
    frame = labels(study)
    reports = study.reports.set_index("report_id")
    frame["duplicate_of"] = frame["report_id"].map(reports["duplicate_of"])
    frame["characters"] = frame["report_id"].map(reports["n_chars"])
    for name in ("sections", "quantities"):
        sizes = getattr(study, name).groupby("report_id").size()
        frame[name] = frame["report_id"].map(sizes).fillna(0).astype(int)
    removed = study.removals["text"].str.len().groupby(study.removals["report_id"]).sum()
    frame["removed"] = frame["report_id"].map(removed).fillna(0).astype(int)
    return frame


def labels(study: Study) -> pd.DataFrame:
    """Names of the reports and whose they are; by year, then name.

    Returns
    -------
    pandas.DataFrame
        report_id, year, issuer, label_en (the file's name, which no table of names has to
        translate), label_zh (the body's short name with the year); body (see `bodies`),
        region_code, province, prefecture, county, admin_level, form.
    """
    return labels_of(with_bodies(study))


def with_bodies(study: Study) -> pd.DataFrame:
    """What names the reports, as in their table, and a column `body` that says whose they are."""
    known = study.read("reports", sorted({*_LABELLED, *bodies.COLUMNS}))
    called = bodies.called(known, study.folder)
    return known.assign(body=known["report_id"].map(called))


def labels_of(reports: pd.DataFrame) -> pd.DataFrame:
    """Names of the rows of a table of reports with their body; see `labels`."""
    frame = reports[[*_LABELLED, "body"]].sort_values(["year", "report_id"])
    year = frame["year"].map(lambda value: "" if pd.isna(value) else f"{value:.0f}")
    frame["label_en"] = frame["report_id"]
    frame["label_zh"] = frame["issuer_short"].fillna(frame["report_id"]) + (" " + year.astype(str))
    named = ["report_id", "year", "issuer", "label_en", "label_zh", "body", *PLACE]
    return frame[named].reset_index(drop=True)


def removed(study: Study) -> pd.DataFrame:
    """What cleaning took out of each report: report_id, labels, rule, strings, characters."""
    frame = study.removals.assign(characters=study.removals["text"].str.len())
    grouped = frame.groupby(["report_id", "rule"], sort=True)["characters"]
    sums = grouped.agg(strings="size", characters="sum").reset_index()
    return labels(study).merge(sums, on="report_id", how="left").astype({"rule": object})


def identity(study: Study) -> pd.DataFrame:
    """Where each field of the identity was read: report_id, field, source (``none`` where null)."""
    rows = []
    for row in study.reports.to_dict("records"):
        sources = pairs(row["identity_source"])
        rows += [(row["report_id"], field, sources.get(field, "none")) for field in FIELDS]
    frame = pd.DataFrame(rows, columns=["report_id", "field", "source"])
    return labels(study).merge(frame, on="report_id")


def headings(study: Study) -> pd.DataFrame:
    """Headings of each level: report_id, level (1 to 3, deeper ones counted as 4), n."""
    study = counted(study)
    found = study.sections[study.sections["level"] > 0]
    level = found["level"].clip(upper=4)
    sizes = found.groupby(["report_id", level]).size().reset_index(name="n")
    return labels(study).merge(sizes, on="report_id", how="left")


def parts(study: Study) -> pd.DataFrame:
    """What each report gives its characters and its numbers to, by canonical part.

    Returns
    -------
    pandas.DataFrame
        report_id, labels, part, characters, share (of the report's characters, 0 to 1), quantities,
        density (quantities per 1,000 characters; null where a part is absent). Every report has a
        row for every part; one that it does not have is 0 characters.
    """
    study = counted(study)
    lengths = _lengths(study)
    quantities = study.quantities.merge(
        study.sections[["report_id", "section_id", "part"]], on=["report_id", "section_id"]
    )
    grid = labels(study).merge(pd.Series(part_names(), name="part"), how="cross")
    keys = ["report_id", "part"]
    sizes = lengths.groupby(keys)["characters"].sum().rename("characters").reset_index()
    numbers = quantities.groupby(keys).size().rename("quantities").reset_index()
    frame = grid.merge(sizes, on=keys, how="left").merge(numbers, on=keys, how="left")
    frame[["characters", "quantities"]] = frame[["characters", "quantities"]].fillna(0).astype(int)
    total = frame.groupby("report_id")["characters"].transform("sum")
    frame["share"] = frame["characters"] / total
    frame["density"] = (
        1000 * frame["quantities"] / frame["characters"].where(frame["characters"] > 0)
    )
    return frame


def findings(study: Study) -> pd.DataFrame:
    """Checks of each report's own numbers: report_id, labels, verdict, identity, n.

    A report without a check of some verdict has a row of 0 without an identity.
    """
    study = counted(study)
    verdicts = pd.Series(_VERDICTS, name="verdict")
    keys = ["report_id", "verdict", "identity"]
    found = study.findings.groupby(keys).size().rename("n").reset_index()
    grid = labels(study).merge(verdicts, how="cross")
    frame = grid.merge(found, on=["report_id", "verdict"], how="left")
    return frame.assign(n=frame["n"].fillna(0).astype(int))


def of_reports(study: Study, found: pd.DataFrame) -> pd.DataFrame:
    """Frame with the labels of the reports that count; what found none in a report stays, with 0s.

    Parameters
    ----------
    study : Study
        As `load` gives.
    found : pandas.DataFrame
        With report_id; columns that count begin with ``n_``.
    """
    frame = labels(counted(study)).merge(found, on="report_id", how="left")
    sizes = [name for name in map(str, found.columns) if name.startswith("n_")]
    return frame.fillna(dict.fromkeys(sizes, 0)).astype(dict.fromkeys(sizes, int))


def by_part(frame: pd.DataFrame, column: str = "part") -> pd.DataFrame:
    """The same rows in the order of the canonical parts."""
    order = {part: place for place, part in enumerate(part_names())}
    found = frame.sort_values(column, key=lambda part: part.map(order), kind="stable")
    return found.reset_index(drop=True)


def part_names() -> list[str]:
    """Canonical parts in the order of the official form (`rules/labels.csv`)."""
    rows = rules.load("labels")
    return [row["key"].removeprefix("part.") for row in rows if row["key"].startswith("part.")]


def _lengths(study: Study) -> pd.DataFrame:
    """Sections with the characters that each has, line ends left out."""
    texts = dict(zip(study.reports["report_id"], study.reports["text"], strict=True))
    frame = study.sections[["report_id", "part"]].copy()
    frame["characters"] = [
        len(texts[report][start:end].replace("\n", ""))
        for report, start, end in study.sections[["report_id", "start", "end"]].itertuples(
            index=False
        )
    ]
    return frame
