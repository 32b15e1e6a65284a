"""A panel of metrics -> rates that studies compute, each with its definition (`derived.csv`)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.panels import definitions
from govtext.analyse.panels.panel import panel
from govtext.analyse.records import records
from govtext.core import rules
from govtext.core.intervals import wilson
from govtext.pipeline.tables import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govtext.analyse.bodies import NamesTable

_CASE = ["body", "issuer", "region_code", "admin_level", "year", "form"]
COLUMNS = [
    *_CASE, "rate", "numerator", "denominator", "share", "low", "high", "status", "qualifier",
    "definition", "comparable", "caveat", "break", "report_id", "made_of", "reason",
]  # fmt: skip
_SIDES = ("numerator", "denominator")
_TYPES: dict[Any, Any] = {
    "year": "Int64", **dict.fromkeys((*_SIDES, "share", "low", "high"), "float64"), "break": bool,
}  # fmt: skip
_REPORT = ["report_id", "status", "reason"]
_METRIC = ["body", "year", "series", "value", "status", "qualifier", "made_of", "prose_differs"]
_WORDS = ("qualifier", "definition", "comparable", "caveat", "made_of")
_NO_ROWS = "the form of its time has no such rows"
_Year = tuple[dict[str, Any], dict[str, dict[str, Any]]]


def rates(panel_or_study: pd.DataFrame | Study, *, names: NamesTable = None) -> pd.DataFrame:
    """Rates of every body and year (`rules/derived.csv`), with 95% Wilson intervals.

    Parameters
    ----------
    panel_or_study : pandas.DataFrame or Study
        As `panel(study)` gives, the panel of all metrics; or the study itself.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body, where a study is given; see `bodies`.

    Returns
    -------
    pandas.DataFrame
        One row a rate, body and year: body, issuer, region_code, admin_level, year, form, rate,
        numerator, denominator, share (0 to 1), low, high (95% Wilson score interval [1]_), status,
        qualifier, definition (the formula in metrics of the codebook), comparable (with the same
        rate under the forms since 2019: ``yes``, ``with_care``, ``no``), caveat, break (true at a
        body's first report under another definition), report_id, made_of (every part with its
        place: ``metric=value@start:end``), reason.

        `status` is ``rate``, ``incomplete`` (a part is not stated), ``no_cases`` (the denominator
        is 0), ``over_one`` (the numerator is larger than the denominator), ``impossible`` (a side
        is below 0), ``not_defined`` (the form of the year has no such rows) or ``no_report``; only
        the first has a share, and `reason` says why the others have none. Reports of no known body
        or year stand last, as in `panel`.

    Raises
    ------
    ValueError
        If the frame is a panel of one series and not of all metrics.

    Notes
    -----
    The interval takes the cases as draws. It shows how little a rate of few cases says; it says
    nothing of whether the numbers are right.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    """
    if isinstance(panel_or_study, Study):
        frame = panel(panel_or_study, names=names)
    else:
        frame = panel_or_study
    used = frame["metrics"] != ""
    if (frame.loc[used, "metrics"] != frame.loc[used, "series"]).any():
        raise ValueError("rates are made of metrics: give panel(study), the panel of all of them")
    bodies = _by_body(frame)
    rows = [
        row
        for rate, group in groupby(rules.load("derived"), key=lambda row: row["rate"])
        for meaning in [list(group)]
        for body in bodies
        for row in _rows(rate, meaning, body)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(_TYPES)


def _by_body(frame: pd.DataFrame) -> list[list[_Year]]:
    """Cases of each body with their metrics, in the order of the panel."""
    used = {
        term.metric
        for row in rules.load("derived")
        for side in _SIDES
        for term in definitions.terms(row[side])
    }
    found: dict[tuple[str, int | None], _Year] = {}
    for row in records(frame.drop_duplicates(["body", "year"]), [*_CASE, *_REPORT]):
        found[row["body"], row["year"]] = (row, {})
    for row in records(frame[frame["series"].isin(used)], _METRIC):
        found[row["body"], row["year"]][1][row["series"]] = row
    bodies: dict[str, list[_Year]] = {}
    for (body, _), year in sorted(found.items(), key=lambda item: item[0][1] or 0):
        bodies.setdefault(body, []).append(year)
    return [bodies[body] for body in dict.fromkeys(frame["body"])]


def _rows(
    rate: str, meaning: Sequence[rules.Row], body: Sequence[_Year]
) -> Iterator[dict[str, Any]]:
    before: tuple[str, str] | None = None
    for case, metrics in body:
        row = dict.fromkeys(_WORDS, "") | case | {"rate": rate, "break": False}
        if case["status"] == "no_report":
            yield row
            continue
        defined = definitions.applicable(meaning, case["form"], case["year"])
        if not defined:
            known = "the year is not known" if case["year"] is None else _NO_ROWS
            yield row | {"status": "not_defined", "reason": known}
            continue
        now = (f"({defined[0]['numerator']}) / ({defined[0]['denominator']})", defined[0]["caveat"])
        row |= {"break": before not in (None, now), "definition": now[0], "caveat": now[1]}
        before = now
        yield row | {"comparable": defined[0]["comparable"]} | _divided(defined[0], metrics)


def _divided(definition: rules.Row, metrics: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Columns of a rate that the form of the year defines."""
    sides = [definitions.terms(definition[side]) for side in _SIDES]
    named = list(dict.fromkeys(term.metric for side in sides for term in side))
    parts = [metrics.get(metric) for metric in named]
    missing = [
        f"{metric} is {part['status']}" if part else f"the panel has no {metric}"
        for metric, part in zip(named, parts, strict=True)
        if part is None or part["value"] is None
    ]
    known = [part for part in parts if part is not None]
    columns: dict[str, Any] = {"made_of": "; ".join(filter(None, (p["made_of"] for p in known)))}
    if missing:
        return columns | {"status": "incomplete", "reason": ", ".join(missing)}
    above, below = (
        definitions.added([metrics[term.metric]["value"] for term in side], side) for side in sides
    )
    columns |= {"numerator": above, "denominator": below, "qualifier": _qualifier(known)}
    status, reason = _fault(above, below)
    if reason:
        return columns | {"status": status, "reason": reason}
    low, high = wilson(above, below)
    differing = [part["series"] for part in known if part["prose_differs"]]
    reason = f"the prose gives another {' and '.join(differing)}" if differing else ""
    return columns | {
        "status": "rate", "share": above / below, "low": low, "high": high, "reason": reason,
    }  # fmt: skip


def _fault(above: float, below: float) -> tuple[str, str]:
    """Why two numbers make no share of 0 to 1."""
    if above < 0 or below < 0:
        return "impossible", "a side of the fraction is below 0"
    if below == 0:
        return "no_cases", "there are no cases: the denominator is 0"
    if above > below:
        return "over_one", "the numerator is larger than the denominator"
    return "rate", ""


def _qualifier(parts: Iterable[Mapping[str, Any]]) -> str:
    return "exact" if {part["qualifier"] for part in parts} == {"exact"} else "approx"
