"""Cases and observations -> a panel: one row a body and year, with the cell behind every value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse import groups
from govtext.analyse.panels import definitions
from govtext.analyse.panels.cases import CASE, Case, apart, cases, reported, shared
from govtext.analyse.settle import NUMBERS, Said, Settled
from govtext.core.near import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from govtext.analyse.bodies import NamesTable
    from govtext.analyse.panels.definitions import Definition
    from govtext.pipeline.tables import Study

Year = tuple[dict[str, Any], dict[str, dict[str, Any]]]
"""A case, and its rows by metric."""
COLUMNS = [
    *CASE, "series", "value", "status",
    "unit", "qualifier", "metrics", "source", "applicant", "prose_differs", "prose_value",
    "comparable", "caveat", "break", "report_id", "section_id", "start", "end", "made_of", "flags",
    "n_reports", "reason",
]  # fmt: skip
_TYPES: dict[Any, Any] = {
    "value": "float64", "prose_value": "float64", "year": "Int64", "start": "Int64",
    "end": "Int64", "n_reports": "int64", "break": bool, "prose_differs": bool,
}  # fmt: skip


def panel(
    study: Study,
    what: str | None = None,
    *,
    names: NamesTable = None,
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """One row a body and year of a series or metric: its value, or why there is none.

    Parameters
    ----------
    study : Study
        As `load` gives.
    what : str, optional
        Series of the crosswalk, which carries one count through the changes of the forms, or
        metric of the codebook. An id that is both is the series. Without it every metric that any
        report states, each for itself, below each other.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.
    by : {"all", "year", "level", "province", "form"} or several, optional
        Quartiles of groups of reports instead: by, group, series, n, n_bodies, q1, median, q3.

    Returns
    -------
    pandas.DataFrame
        A row for every year from a body's first report to its last: body, issuer (the name in that
        year), region_code, province, prefecture, county, admin_level, year, form, series, value (in
        the unit of the codebook), status, unit, qualifier, metrics (joined by ``+`` where they were
        added), source (``table`` or ``text``), applicant (``total`` for table 3), prose_differs and
        prose_value (the prose where a table, which is taken, says something else), comparable
        (``yes``, ``with_care``, ``no``), caveat, break (true at a body's first report under another
        definition), report_id, section_id, start, end (of the first part where parts were added),
        made_of (every part with its place: ``metric=value@start:end``), flags, n_reports, reason.

        `status` is ``number``, ``zero_by_negation`` (none, in words: 0), ``blank`` and ``na``
        (cells), ``absent`` (not stated), ``parts_only`` (parts without a total), ``conflict`` (two
        values with equal claim), ``incomplete`` (a part of the sum is missing), ``not_comparable``
        (stated, and not to be joined with the series), ``not_defined`` (no form of the time holds
        it) or ``no_report``. Only the first two have a value. Reports of no known body or year
        stand last, each as a body of its own whose name begins with ``?``; `reason` says what is
        not known.

    Raises
    ------
    KeyError
        If `what` is neither a series nor a metric.

    Notes
    -----
    Of several reports of one body and year one speaks for it: no copy of another, one with tables
    before one without, the one signed last, the first by its id; `reason` says which were passed
    over. Numbers of earlier years, of other bodies, of plans and of several years together are
    never taken, nor is a part for a total. Parts of a sum are added only where the report has them
    all. Of a body a report that repeats another counts only where it has no other.
    """
    if what is not None and what not in (*definitions.series_ids(), *definitions.metric_ids()):
        raise KeyError(_unknown(what))
    as_series = what in definitions.series_ids()
    every = [*cases(study, names), *apart(study, names)]
    said = Said(study, definitions.needed(what) if what else None)
    asked: Sequence[str] = [what] if what else _stated(every, said)
    rows = [
        row
        for series in asked
        for body in _by_body(every)
        for row in _rows(body, series, said, as_series=as_series)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).astype(_TYPES)
    if by is None:
        return frame
    return groups.quartiles(frame, "value", by=groups.several(by), per="series")


def _unknown(what: str) -> str:
    """Sentence for what is no series and no metric."""
    known = (*definitions.series_ids(), *definitions.metric_ids())
    return (
        f"{what!r} is no series of the crosswalk and no metric of the codebook"
        f"{meant(what, known)}; gt.codebook() and gt.crosswalk() list them"
    )


def of_bodies(
    study: Study, metrics: Collection[str], names: NamesTable = None
) -> Callable[[Collection[str]], Iterator[list[Year]]]:
    """Function from some of the metrics to body after body: its cases, each with their rows.

    The rows are those of `panel`, and a metric that no report of the study states has none. They
    are made when they are asked for, so that they are never all in memory.
    """
    every = [*cases(study, names), *apart(study, names)]
    said = Said(study, metrics)
    stated, nothing = _stated(every, said), dict.fromkeys(COLUMNS)

    def of(some: Collection[str]) -> Iterator[list[Year]]:
        asked = [metric for metric in stated if metric in some]
        for body in _by_body(every):
            by_metric = [
                [nothing | row for row in _rows(body, each, said, as_series=False)]
                for each in asked
            ]
            yield [
                (_of_case(case), dict(zip(asked, rows, strict=True)))
                for case, *rows in zip(body, *by_metric, strict=True)
            ]

    return of


def _of_case(case: Case) -> dict[str, Any]:
    """Columns of a case that are the same for every metric."""
    status = "no_report" if case.report_id is None else ""
    return shared(case) | {"report_id": case.report_id, "status": status, "reason": case.reason}


def _stated(every: Iterable[Case], said: Said) -> list[str]:
    """Metrics that any report of some cases speaks of, in the order of the codebook."""
    found = said.metrics(report for _, report in reported(every))
    return [metric for metric in definitions.metric_ids() if metric in found]


def _by_body(every: Iterable[Case]) -> list[list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in every:
        found.setdefault(case.body, []).append(case)
    return list(found.values())


def _rows(
    body: Sequence[Case], series: str, said: Said, *, as_series: bool
) -> Iterator[dict[str, Any]]:
    """Rows of one body; a break is where the definition is not that of its report before."""
    before: Definition | None = None
    for case in body:
        row = shared(case) | {"series": series, "n_reports": case.n_reports}
        if case.report_id is None:
            yield _filled(row | {"status": "no_report", "reason": case.reason})
            continue
        known = (
            definitions.of_series(series, case.form, case.year)
            if as_series
            else definitions.of_metric(series, case.year)
        )
        taken, found = _taken(known, said, case.report_id)
        row |= {"break": bool(before and taken and taken != before), "report_id": case.report_id}
        before = taken or before
        yield _filled(row | _value(taken, found, case.reason))


def _taken(
    known: Sequence[Definition], said: Said, report_id: str
) -> tuple[Definition | None, list[Settled]]:
    """Definition that a report fills, with what it says; the first one where it fills none."""
    tried = [(each, [said.of(report_id, metric) for metric in each.metrics]) for each in known]
    full = (
        pair
        for pair in tried
        if pair[0].operation != "none" and all(each.value is not None for each in pair[1])
    )
    return next(full, tried[0] if tried else (None, []))


def _value(taken: Definition | None, found: Sequence[Settled], reason: str) -> dict[str, Any]:
    """Columns of a report's value."""
    if taken is None:
        said = "no form of its time is known to hold it"
        return {"status": "not_defined", "reason": _joined(reason, said)}
    columns: dict[str, Any] = {
        "metrics": "+".join(taken.metrics),
        "comparable": taken.comparable,
        "caveat": taken.caveat,
        "made_of": "; ".join(each.place for each in found),
    }
    stated = [each for each in found if each.status != "absent"]
    if taken.operation == "none" and stated:
        kept = " and ".join(each.place for each in stated)
        said = f"{kept} must not be joined with the series"
        return columns | {"status": "not_comparable", "reason": _joined(reason, said)}
    claims = [each.claim for each in found if each.claim is not None]
    status = _status(found)
    if claims:
        first = claims[0]
        columns |= {
            "unit": first.unit,
            "applicant": first.applicant,
            "source": _one({each.source for each in claims}),
            "section_id": first.section_id,
            "start": first.start,
            "end": first.end,
            "flags": ";".join(sorted(set().union(*(each.flags for each in claims)))),
        }
    if status in NUMBERS:
        values = [each.value for each in found if each.value is not None]
        columns |= {
            "value": round(sum(values), 6) if len(values) > 1 else values[0],
            "qualifier": _qualifier({each.qualifier for each in claims}),
            "prose_differs": any(each.prose_differs for each in found),
            "prose_value": found[0].prose_value if len(found) == 1 else None,
        }
    reasons = (f"{_named(each, found)}{each.reason}" for each in found if each.reason)
    return columns | {"status": status, "reason": _joined(reason, _missing(found), *reasons)}


def _status(found: Sequence[Settled]) -> str:
    """Status of a value that is made of some parts."""
    kinds = {each.status for each in found}
    if kinds <= set(NUMBERS):
        return "number" if "number" in kinds else "zero_by_negation"
    return kinds.pop() if len(kinds) == 1 else "incomplete"


def _missing(found: Sequence[Settled]) -> str:
    """What a sum lacks; empty where nothing or everything does."""
    lacking = [each for each in found if each.value is None]
    if not 0 < len(lacking) < len(found):
        return ""
    return ", ".join(f"{each.metric} is {each.status}" for each in lacking)


def _named(each: Settled, found: Sequence[Settled]) -> str:
    return f"{each.metric}: " if len(found) > 1 else ""


def _qualifier(kinds: set[str]) -> str:
    """Qualifier of a sum: exact parts and bounds of one direction keep it, all else is rough."""
    bounds = kinds - {"exact"}
    return "exact" if not bounds else bounds.pop() if len(bounds) == 1 else "approx"


def _one(sources: set[str]) -> str:
    """Source of all parts; both where they differ."""
    return "+".join(sorted(sources))


def _joined(*reasons: str) -> str:
    return "; ".join(filter(None, reasons))


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Row with every column: words are empty and numbers null where nothing is known."""
    words = ("unit", "qualifier", "metrics", "source", "applicant", "comparable", "caveat",
             "made_of", "flags", "reason")  # fmt: skip
    return dict.fromkeys(words, "") | {"break": False, "prose_differs": False} | row
