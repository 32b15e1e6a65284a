"""What a site is made of, gathered once: its reports, bodies, coverage and values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govtext.analyse.bodies import COLUMNS, called
from govtext.analyse.panels import coverage, panel
from govtext.analyse.panels.definitions import label, metric_ids
from govtext.analyse.records import records
from govtext.pipeline.counted import counted_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from govtext.pipeline.tables import Study

Row = dict[str, Any]

_REPORTS = [*COLUMNS, "path", "title", "kind"]
_COVERAGE = ["body", "year", "state", "n_reports", "report_id", "admin_level", "province"]
_PANEL = [
    "body", "year", "series", "value", "status", "unit", "qualifier", "report_id", "start",
    "comparable", "caveat", "reason",
]  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """Rows of the study by what a page asks for them; every number a whole or a float, or None.

    `bodies` has the reports of each body in the order of their years, `coverage` a row a body and
    year, `values` those of the panel by metric; `apart` are reports that count nowhere, with why.
    """

    language: str
    reports: list[Row]
    called: Mapping[str, str | None]
    bodies: dict[str, list[Row]]
    coverage: dict[tuple[str, int], Row]
    values: dict[str, list[Row]]
    apart: list[tuple[Row, str]]
    rejects: list[Row]

    @classmethod
    def of(cls, study: Study, language: str) -> Contents:
        """Contents of a site of a study."""
        frame = study.read("reports", _REPORTS)
        reports, names = rows_of(frame), called(frame, study.folder)
        _count(study, reports)
        known = rows_of(coverage(study)[_COVERAGE])
        bodies: dict[str, list[Row]] = {
            row["body"]: [] for row in known if row["body"] and row["n_reports"]
        }
        for row in sorted(reports, key=lambda row: (row["year"] or 0, row["report_id"])):
            name = names.get(row["report_id"])
            if name:
                bodies.setdefault(name, []).append(row)
        values: dict[str, list[Row]] = defaultdict(list)
        for row in rows_of(panel(study)[_PANEL]):
            values[row["series"]].append(row)
        return cls(
            language,
            reports,
            names,
            bodies,
            {(row["body"], row["year"]): row for row in known if row["body"] and row["year"]},
            dict(values),
            list(_apart(study, reports, names)),
            rows_of(study.rejects),
        )

    @property
    def years(self) -> list[int]:
        """Years from the first to the last of the study."""
        known = [year for _, year in self.coverage]
        return list(range(min(known), max(known) + 1)) if known else []

    @property
    def years_told(self) -> str:
        """The same in words: 2012–2019."""
        ends = self.years[:1] + self.years[-1:]
        return "–".join(dict.fromkeys(map(str, ends))) or "?"

    def body_row(self, name: str) -> Row:
        """Row of the last report of a body."""
        return self.bodies[name][-1]

    def values_by_body(self) -> dict[str, list[Row]]:
        """Rows of the panel of each body."""
        found: dict[str, list[Row]] = defaultdict(list)
        for rows in self.values.values():
            for row in rows:
                found[row["body"]].append(row)
        return found

    def metric(self, name: str) -> str:
        """Name of a metric in the language of the site."""
        return label(name, self.language) if name in metric_ids() else name


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Rows of a frame; nulls are None, whole numbers no floats."""
    whole = [name for name in ("year", "start", "n_reports") if name in frame]
    return list(records(frame.astype(dict.fromkeys(whole, "Int64"))))


def _count(study: Study, reports: list[Row]) -> None:
    """Give each report the number of its values and of its findings that do not agree."""
    said = study.read("observations", ["report_id", "value"]).dropna(subset="value")
    n_values = said["report_id"].value_counts().to_dict()
    checks = study.read("findings", ["report_id", "verdict"])
    broken = checks[checks["verdict"] == "broken"]["report_id"].value_counts().to_dict()
    for row in reports:
        row["n_values"] = int(n_values.get(row["report_id"], 0))
        row["n_broken"] = int(broken.get(row["report_id"], 0))


def _apart(
    study: Study, reports: list[Row], names: Mapping[str, str | None]
) -> Iterator[tuple[Row, str]]:
    """Reports that count nowhere, each with the code of the reason."""
    kept = set(counted_ids(study))
    for row in reports:
        key = row["report_id"]
        if row["duplicate_of"]:
            yield row, "copy"
        elif key not in kept:
            yield row, row["kind"]
        elif not names.get(key) or not row["year"]:
            yield row, "unplaced"
