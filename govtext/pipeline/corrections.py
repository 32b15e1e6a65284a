"""A scholar's corrections: lines of `corrections.csv` -> observations with other values.

The file lies beside the reports and is applied in every build to what was read, so that what a
scholar has corrected survives it; findings are made after it, on the corrected values. Columns:
report (its report_id or path), metric, applicant (empty but for table 3), value, who, why.

- With a value, every observation of the metric (and applicant) that is the year's and the body's
  own takes it, with the status ``number``, the qualifier ``exact`` and the flag ``corrected``. Its
  place, quote and rule stay, so that what was read is still there to see; those of earlier years,
  plans, other bodies and cumulative ones stay as they are.
- Where there is no such observation, one is made: source ``text``, rule ``corrections.csv``, the
  quote ``why (who)``, at the start of the report.
- Without a value the observations are withdrawn: null, with the status ``na``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govtext.core import rules, sheets
from govtext.core.model import Observation, Reject, is_own, section_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from govtext.core.model import Section

NAME = "corrections.csv"
_COLUMNS = ("report", "metric", "value")
_APPLICANTS = frozenset(
    ("", "natural_person", "enterprise", "research", "ngo", "legal_service", "other_organisation",
     "total")
)  # fmt: skip
_DROPPED = {"component", "conflict", "restated", "corrected", "repaired", "derived", "glued_cells"}
"""Flags of how mentions stand to each other, which no longer hold when all say the same, and of how
a value was gained that is a scholar's now."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the file; `value` is null where it withdraws what was found."""

    line: int
    report: str
    metric: str
    applicant: str
    value: float | None
    who: str
    why: str

    def covers(self, each: Observation) -> bool:
        """True if an observation is what the line corrects."""
        return is_own(each.flags) and (each.metric, each.applicant) == (self.metric, self.applicant)


class Corrections:
    """The lines of a folder's file, and what became of them; none where there is no file.

    Parameters
    ----------
    folder : Path
        Where the reports are; the file is in UTF-8, or GB18030 as a Chinese Excel saves it.
    whole : bool, default True
        Whether all reports of the folder are read: then a line that names none of them is wrong.
    """

    def __init__(self, folder: Path, *, whole: bool = True) -> None:
        self._good, self._bad = _read(folder / NAME)
        self._whole = whole
        self._seen: set[str] = set()
        self._by_report: dict[str, list[Correction]] = {}
        for each in self._good:
            self._by_report.setdefault(each.report, []).append(each)

    @property
    def state(self) -> str:
        """What tells that the file, or what can be applied of it, has changed."""
        return f"{self._whole} {self._good} {sorted(self._bad.items())}"

    def of(self, *names: str) -> tuple[Correction, ...]:
        """Corrections of the report with this report_id or path, which it is read with."""
        found = [each for name in {*names} for each in self._by_report.get(name, ())]
        return tuple(sorted(found, key=lambda each: each.line))

    def account(self, report_id: str, path: str, vain: Iterable[int]) -> None:
        """Remember that a report was read, and which of its corrections were `in_vain`."""
        self._seen |= {report_id, path}.intersection(self._by_report)
        fixes = self.of(report_id, path)
        for each in (fixes[place] for place in vain):
            fault = f"{each.report} states no {each.metric} of its own that could be withdrawn"
            self._bad[each.line] = fault

    def rejects(self) -> Iterator[Reject]:
        """A reject for each line that could not be applied, to be asked for behind all reports."""
        bad = dict(self._bad)
        for each in self._good:
            if self._whole and each.report not in self._seen:
                bad[each.line] = f"there is no report {each.report!r} that could be read"
        for line, fault in sorted(bad.items()):
            where = f"{NAME} line {line}" if line else NAME
            yield Reject(where, "bad_correction", f"{fault[0].upper()}{fault[1:]}.")


def applied(
    fixes: Iterable[Correction], observations: Iterable[Observation], sections: Sequence[Section]
) -> tuple[Observation, ...]:
    """Observations of a report with its corrections; what a scholar added stands first."""
    found = list(observations)
    for fix in fixes:
        covered = [place for place, each in enumerate(found) if fix.covers(each)]
        for place in covered:
            found[place] = _corrected(found[place], fix.value, again=place != covered[0])
        if not covered and fix.value is not None:
            found.insert(0, _made(fix, section_at(sections, 0).section_id))
    return tuple(found)


def in_vain(fixes: Sequence[Correction], observations: Sequence[Observation]) -> list[int]:
    """Places of the corrections of a report that withdraw what it does not state."""
    return [
        place for place, each in enumerate(fixes)
        if each.value is None and not any(map(each.covers, observations))
    ]  # fmt: skip


def _read(path: Path) -> tuple[list[Correction], dict[int, str]]:
    """Corrections of a file, and what is wrong with its other lines; line 0 is the file itself."""
    if not path.is_file():
        return [], {}
    try:
        rows = sheets.read(path)
    except (OSError, ValueError) as error:
        return [], {0: f"the file cannot be read: {error}"}
    missing = [name for name in _COLUMNS if rows and name not in rows[0]]
    if missing:
        return [], {0: f"the file has no column {', '.join(missing)}"}
    good: list[Correction] = []
    bad: dict[int, str] = {}
    for line, row in enumerate(rows, start=2):
        cells = {name: cell.strip() for name, cell in row.items()}
        if not any(cells.values()):
            continue
        fault = next(_faults(cells, good), "")
        if fault:
            bad[line] = fault
        else:
            good.append(_correction(line, cells))
    return good, bad


def _faults(cells: dict[str, str], before: Iterable[Correction]) -> Iterator[str]:
    """What is wrong with a line."""
    report, metric, applicant = (cells.get(name, "") for name in ("report", "metric", "applicant"))
    if metric not in {row["id"] for row in rules.load("codebook")}:
        yield f"the codebook has no metric {metric!r}"
    if applicant not in _APPLICANTS:
        yield f"table 3 has no applicant {applicant!r}"
    if cells["value"] and _number(cells["value"]) is None:
        yield f"value is {cells['value']!r}; it can be a number, or empty to withdraw what was read"
    for each in before:
        if (each.report, each.metric, each.applicant) == (report, metric, applicant):
            yield f"line {each.line} already corrects the {metric} of {report}"


def _correction(line: int, cells: dict[str, str]) -> Correction:
    words = {name: cells.get(name, "") for name in ("applicant", "who", "why")}
    return Correction(
        line, cells["report"], cells["metric"], value=_number(cells["value"]), **words
    )


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _corrected(each: Observation, value: float | None, *, again: bool) -> Observation:
    flags = [flag for flag in each.flags.split(";") if flag and flag not in _DROPPED]
    flags += ["restated"] * again + ["corrected"]
    status = "na" if value is None else "number"
    return replace(each, value=value, status=status, qualifier="exact", flags=";".join(flags))


def _made(each: Correction, section_id: str) -> Observation:
    """Observation that only the scholar made; it has no place in the text but its start."""
    unit = next(row["unit"] for row in rules.load("codebook") if row["id"] == each.metric)
    return Observation(
        each.metric,
        each.value,
        "number",
        unit,
        "exact",
        section_id,
        0,
        0,
        f"{each.why} ({each.who})" if each.who else each.why,
        NAME,
        "corrected",
        each.applicant,
    )
