"""Reports -> cases: a body in a year, with the one report that speaks for it and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govtext.analyse.bodies import Key, Placed, place, titles
from govtext.analyse.records import PLACE, pairs
from govtext.pipeline.counted import counted_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govtext.analyse.bodies import NamesTable
    from govtext.pipeline.tables import Study

CASE = ("body", "issuer", *PLACE, "year", "form")
"""Columns that every frame of bodies and years begins with."""
_ABOUT = (*PLACE, "government_level")
_LEVELS = ("national", "province", "prefecture", "county", "township", "department")


@dataclass(frozen=True, slots=True)
class _Marks:
    """Ids of the reports that have a table that was read, and of those that count."""

    tabular: frozenset[str]
    counted: frozenset[str]

    @classmethod
    def of(cls, study: Study) -> _Marks:
        tabular: set[str] = set()
        for batch in study.batches():
            rows = batch.read("observations", ["report_id", "source"])
            tabular.update(rows.loc[rows["source"] == "table", "report_id"].unique())
        return cls(frozenset(tabular), frozenset(counted_ids(study)))


@dataclass(frozen=True, slots=True)
class Case:
    """A body in a year: what its report is, or that there is none (`report_id` is then None).

    The place and the levels are those of the body's last report;
    `issuer` is the name in this one. `others` are further reports of the same body and year,
    and `reason` says why they were passed over. A report of no known body is a body by itself, and
    `year` is None where the report's is not known.
    """

    body: str
    issuer: str | None
    region_code: str | None
    province: str | None
    prefecture: str | None
    county: str | None
    admin_level: str | None
    government_level: str | None
    year: int | None
    form: str | None = None
    report_id: str | None = None
    others: tuple[str, ...] = ()
    reason: str = ""

    @property
    def n_reports(self) -> int:
        """Reports of the body on the year."""
        return 0 if self.report_id is None else 1 + len(self.others)


def cases(
    study: Study, names: NamesTable = None, *, years: tuple[int, int] | None = None
) -> list[Case]:
    """Every body of a study in every year from its first report to its last, or of `years`.

    Bodies stand in the order of level, region code and name. Reports without an issuer or a year
    are in none of the cases; see `unplaced` and `apart`.
    """
    placed = place(study, names)
    shown = titles(each.key for each in placed)
    marks = _Marks.of(study)
    found: dict[Key, dict[int, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for each in placed:
        if each.key is not None and each.report["year"] is not None:
            found[each.key][int(each.report["year"])].append(each.report)
    made: list[Case] = []
    for key, by_year in found.items():
        first, last = years or (min(by_year), max(by_year))
        latest = min(by_year[max(by_year)], key=lambda report: _rank(report, marks))
        about = {name: latest[name] for name in _ABOUT}
        made += (
            _case(shown[key], about, year, by_year.get(year, ()), marks)
            for year in range(first, last + 1)
        )
    return sorted(made, key=_order)


def apart(study: Study, names: NamesTable = None) -> list[Case]:
    """Cases of the reports that are of no known body or year, each by itself; copies left out.

    Each is a body of its own under a name that begins with ``?``, so that none is joined with
    another and none is lost.
    """
    kept = set(counted_ids(study))
    return [
        Case(
            f"? {placed.report['report_id']}",
            placed.report["issuer"],
            year=None if placed.report["year"] is None else int(placed.report["year"]),
            form=placed.report["form"],
            report_id=placed.report["report_id"],
            reason=reason,
            **{name: placed.report[name] for name in _ABOUT},
        )
        for placed, reason in unplaced(study, names)
        if placed.report["report_id"] in kept
    ]


def unplaced(study: Study, names: NamesTable = None) -> list[tuple[Placed, str]]:
    """Reports that are of no body or year, each with the reason."""
    return [
        (each, _lacking(each.report))
        for each in place(study, names)
        if each.key is None or each.report["year"] is None
    ]


def span(study: Study, names: NamesTable = None) -> tuple[int, int] | None:
    """First and last year of the reports that have a body; None where there is none."""
    years = [
        int(each.report["year"])
        for each in place(study, names)
        if each.key is not None and each.report["year"] is not None
    ]
    return (min(years), max(years)) if years else None


def _case(
    body: str,
    about: Mapping[str, Any],
    year: int,
    reports: Sequence[Mapping[str, Any]],
    marks: _Marks,
) -> Case:
    if not reports:
        return Case(body, None, year=year, reason="no report of the year", **about)
    first, *others = sorted(reports, key=lambda report: _rank(report, marks))
    said = [_why(first, other, marks) for other in others]
    if first["report_id"] not in marks.counted:
        said.append(f"it repeats the text of {first['duplicate_of']}")
    return Case(
        body,
        first["issuer"],
        year=year,
        form=first["form"],
        report_id=first["report_id"],
        others=tuple(other["report_id"] for other in others),
        reason="; ".join(said),
        **about,
    )


def _rank(report: Mapping[str, Any], marks: _Marks) -> tuple[bool, bool, int, str]:
    """Least for the report that stands for its body and year: no copy, with tables, signed last."""
    signed = int((report["signed_on"] or "0").replace("-", "") or 0)
    name = report["report_id"]
    return name not in marks.counted, name not in marks.tabular, -signed, name


def _why(first: Mapping[str, Any], other: Mapping[str, Any], marks: _Marks) -> str:
    """Why a report was passed over."""
    name = other["report_id"]
    ours, theirs = _rank(first, marks), _rank(other, marks)
    if theirs[0]:
        return f"{name} repeats the text of {other['duplicate_of']}"
    if ours[1] != theirs[1]:
        return f"{name} has no table that was read"
    if ours[2] != theirs[2]:
        return f"{name} was signed earlier, or bears no date"
    return f"{name} comes later by its id"


def _lacking(report: Mapping[str, Any]) -> str:
    """Why a report has no body or no year, in the words of its identification."""
    said = pairs(report["identity_reason"])
    lacking = (name for name in ("issuer", "year") if report[name] is None)
    return "; ".join(f"no {name}: {said.get(name) or 'not settled'}" for name in lacking)


def _order(case: Case) -> tuple[int, str, str, int | None]:
    level = _LEVELS.index(case.admin_level) if case.admin_level in _LEVELS else len(_LEVELS)
    return level, case.region_code or "~", case.body, case.year


def shared(case: Case) -> dict[str, Any]:
    """Columns that every frame of a case begins with."""
    return {name: getattr(case, name) for name in CASE}


def reported(every: Iterable[Case]) -> Iterable[tuple[Case, str]]:
    """Cases that have a report, with its id."""
    return ((case, case.report_id) for case in every if case.report_id is not None)
