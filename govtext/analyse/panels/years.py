"""Cases and observations -> findings across years: what one report leaves, the next takes up.

Identities are rows of `rules/identities.csv` with the scope `years`, and `bodies` for a government
beside the bodies below it. All of them are soft, and their sentences say why.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.panels import definitions
from govtext.analyse.panels.cases import Case, cases
from govtext.analyse.records import PLACE
from govtext.analyse.settle import Said, Settled, shown
from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.analyse.bodies import NamesTable
    from govtext.analyse.panels.definitions import Term
    from govtext.pipeline.tables import Study

APPLICANTS = (
    "total", "natural_person", "enterprise", "research", "ngo", "legal_service",
    "other_organisation",
)  # fmt: skip
_SPLIT = frozenset({"glued_cells", "derived"})
_PLACE = ("report_before", "start_before", "end_before", "report_id", "start", "end")
COLUMNS = [
    "body", *PLACE, "year_before", "year", "identity", "applicant", "verdict", "left",
    "right", "delta", "statement", *_PLACE,
]  # fmt: skip
_TYPES: dict[Any, Any] = {
    **dict.fromkeys(("left", "right", "delta"), "float64"),
    **dict.fromkeys(("year_before", "year", "start_before", "end_before", "start", "end"), "Int64"),
}
_DEPARTMENT = "department"
_Part = tuple["Term", Case, Settled]


def audit_years(study: Study, *, names: NamesTable = None) -> pd.DataFrame:
    """Findings across the reports of one body: carried over, in force, items, and bodies below.

    Parameters
    ----------
    study : Study
        As `load` gives.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.

    Returns
    -------
    pandas.DataFrame
        One row an identity, pair of consecutive years and, in table 3, applicant: body,
        region_code, province, prefecture, county, admin_level, year_before, year, identity,
        applicant, verdict, left, right, delta (left less right), statement (a sentence with the
        numbers), report_before, start_before, end_before, report_id, start, end (the
        characters of the numbers in either report).

        - ``carry_over``: 结转下年度 of a year is 上年结转 of the next, for each applicant.
        - ``rules_in_force``, ``normative_in_force``: 现行有效 is that of the year before, with
          制发 added and 废止 taken off (form since 2021).
        - ``items_*``: 上一年项目数量 is that of the report before with its 本年增/减 (2019 to
          2020).
        - ``superior_sum``: what a government received beside the sum of its departments in the
          study; always ``not_assessable``, for no report says whether it counts them in.

        The verdict is ``holds``, ``broken``, or ``not_assessable`` where a side is not a number or
        where a difference rests on digits that were told apart from run-together cells.
    """
    used = {
        term.metric
        for row in (*_identities("years"), *_identities("bodies"))
        for side in (row["left"], row["right"])
        for term in definitions.terms(side)
    }
    every, said = cases(study, names), Said(study, used)
    found = [
        _finding(row, applicant, parts)
        for before, after in _pairs(every)
        for row in _identities("years")
        for applicant, parts in _years(row, before, after, said)
    ]
    found += [
        _finding(row, "", parts)
        for row in _identities("bodies")
        for parts in _superiors(row, every, said)
    ]
    return pd.DataFrame(found, columns=COLUMNS).astype(_TYPES)


def _identities(scope: str) -> list[rules.Row]:
    return [row for row in rules.load("identities") if row["scope"] == scope]


def _pairs(every: Sequence[Case]) -> Iterator[tuple[Case, Case]]:
    """Cases of one body in two consecutive years, both with a report."""
    for before, after in pairwise(every):
        both = before.report_id is not None and after.report_id is not None
        if both and before.body == after.body and after.year == (before.year or 0) + 1:
            yield before, after


def _years(
    row: rules.Row, before: Case, after: Case, said: Said
) -> Iterator[tuple[str, list[list[_Part]]]]:
    """Parts of an identity for each applicant; none where a form does not hold them.

    Where both reports state some of the numbers and not all, the whole is given, with its gaps.
    """
    sides = [definitions.terms(row[side]) for side in ("left", "right")]
    for applicant in APPLICANTS:
        parts = [
            [_part(term, before if term.year else after, said, applicant) for term in side]
            for side in sides
        ]
        every = [part for side in parts for part in side]
        stated = [part for part in every if part[2].status != "absent"]
        both = {part[1].year for part in stated} == {before.year, after.year}
        if len(stated) == len(every) or (applicant == "total" and both):
            of_table3 = any(part[2].claim and part[2].claim.applicant for part in stated)
            yield applicant if of_table3 else "", parts


def _part(term: Term, case: Case, said: Said, applicant: str = "total") -> _Part:
    return term, case, said.of(str(case.report_id), term.metric, applicant)


def _superiors(row: rules.Row, every: Sequence[Case], said: Said) -> Iterator[list[list[_Part]]]:
    """A government's own number beside those of the departments of the same place and year."""
    places: dict[tuple[str | None, str | None, int | None], list[Case]] = defaultdict(list)
    for case in every:
        if case.report_id is not None and case.region_code and case.admin_level == _DEPARTMENT:
            places[case.region_code, case.government_level, case.year].append(case)
    (term,) = definitions.terms(row["left"])
    for case in every:
        below = places.get((case.region_code, case.admin_level, case.year), [])
        if case.report_id is not None and below:
            whole = _part(term, case, said)
            parts = [_part(term, one, said) for one in below]
            if whole[2].value is not None and any(part[2].value is not None for part in parts):
                yield [[whole], [part for part in parts if part[2].value is not None]]


def _finding(row: rules.Row, applicant: str, sides: list[list[_Part]]) -> dict[str, Any]:
    """Row of the frame for an identity with its parts."""
    values = [_sum(side) for side in sides]
    left, right = values
    delta = None if left is None or right is None else round(left - right, 6)
    verdict = _verdict(row, delta, [part for side in sides for part in side])
    words = [" ".join(_words(side, applicant)) for side in sides]
    shown_values = ["?" if value is None else shown(value) for value in values]
    statement = row["statement_en"].format(
        left_words=words[0], right_words=words[1], left=shown_values[0], right=shown_values[1]
    )
    lacking = delta is None
    ending = "; a number is missing." if lacking else _ending(verdict, delta or 0.0)
    last = sides[0][-1][1] if row["scope"] == "bodies" else sides[1][-1][1]
    every = [part for side in sides for part in side]
    before = [part for part in every if row["scope"] == "years" and part[1] is not last]
    return {
        "body": last.body,
        **{name: getattr(last, name) for name in PLACE},
        "year_before": before[0][1].year if before else None,
        "year": last.year,
        "identity": row["id"],
        "applicant": applicant,
        "verdict": verdict,
        "left": left,
        "right": right,
        "delta": delta,
        "statement": statement + ending,
        **_place("_before", before),
        **_place("", [part for side in sides for part in side if part[1] is last]),
    }


def _sum(side: Sequence[_Part]) -> float | None:
    values = [settled.value for _, _, settled in side if settled.value is not None]
    return definitions.added(values, [p[0] for p in side]) if len(values) == len(side) else None


def _verdict(row: rules.Row, delta: float | None, parts: Iterable[_Part]) -> str:
    """A difference between digits that were told apart by a sum is no evidence of a fault."""
    split = any(part[2].claim and _SPLIT & part[2].claim.flags for part in parts)
    if delta is None or row["scope"] == "bodies" or (delta and split):
        return "not_assessable"
    return "broken" if delta else "holds"


def _words(side: Sequence[_Part], applicant: str) -> Iterator[str]:
    """Label, year and value of each part, with the signs between them."""
    for place, (term, case, settled) in enumerate(side):
        if place:
            yield "+" if term.sign > 0 else "-"
        value = settled.status if settled.value is None else shown(settled.value)
        who = f"/{applicant}" if applicant else ""
        yield f"{definitions.label(term.metric)}{who} {case.year} ({value})"


def _ending(verdict: str, delta: float) -> str:
    row = next(row for row in rules.load("identities") if row["id"] == verdict)
    return row["statement_en"].format(delta=shown(abs(delta)))


def _place(suffix: str, parts: Sequence[_Part]) -> dict[str, Any]:
    """Report and characters of some parts of one case; null where there are none."""
    mentions = [settled.claim for _, _, settled in parts if settled.claim is not None]
    return {
        f"report_{suffix.strip('_') or 'id'}": parts[0][1].report_id if parts else None,
        f"start{suffix}": min((each.start for each in mentions), default=None),
        f"end{suffix}": max((each.end for each in mentions), default=None),
    }
