"""A panel of metrics -> rates that studies compute, each with its definition (`derived.csv`)."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse import groups
from govtext.analyse.panels import definitions
from govtext.analyse.panels.cases import CASE
from govtext.analyse.panels.panel import Year, of_bodies
from govtext.analyse.records import records
from govtext.core import rules
from govtext.core.intervals import wilson
from govtext.core.near import meant
from govtext.pipeline.tables import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from govtext.analyse.bodies import NamesTable

COLUMNS = [
    *CASE, "rate", "numerator", "denominator", "share", "low", "high", "status", "qualifier",
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


def rates(
    panel_or_study: pd.DataFrame | Study,
    what: str | Collection[str] | None = None,
    *,
    names: NamesTable = None,
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Rates of every body and year (`rules/derived.csv`), with 95% Wilson intervals.

    Parameters
    ----------
    panel_or_study : pandas.DataFrame or Study
        As `panel(study)` gives, the panel of all metrics; or the study itself.
    what : str or collection of str, optional
        Rates of `rules/derived.csv`; all of them if not given. All rates of a hundred thousand
        reports are more than a small computer holds: name those that are needed.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body, where a study is given; see `bodies`.
    by : {"all", "year", "level", "province", "form"} or several, optional
        All cases of groups of reports instead: by, group, rate, n_reports, n_bodies, numerator,
        denominator, share, low, high (95%, drawing bodies; see `groups.pooled`), reason.

    Returns
    -------
    pandas.DataFrame
        One row a rate, body and year: body, issuer, region_code, province, prefecture, county,
        admin_level, year, form, rate,
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
    KeyError
        If `what` is none of the rates; it names them.

    Notes
    -----
    The interval takes the cases as draws. It shows how little a rate of few cases says; it says
    nothing of whether the numbers are right.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    """
    meanings = _meanings(what)
    used = {rate: _used(meaning) for rate, meaning in meanings.items()}
    every = frozenset().union(*used.values())
    of_metrics: Callable[[frozenset[str]], Iterable[Sequence[Year]]]
    if isinstance(panel_or_study, Study):
        of_metrics = of_bodies(panel_or_study, every, names)
    else:
        of_metrics = partial(_by_body, panel_or_study)
    rows = [
        row
        for rate, meaning in meanings.items()
        for body in of_metrics(used[rate])
        for row in _rows(rate, meaning, body)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS).astype(_TYPES)
    if by is None:
        return frame
    made = frame[frame["share"].notna()]
    return groups.pooled(made, *_SIDES, by=groups.several(by), per="rate")


def _meanings(what: str | Collection[str] | None) -> dict[str, list[rules.Row]]:
    """Definitions of the rates that are asked for, by rate, in the order of the table."""
    groups = groupby(rules.load("derived"), key=lambda row: row["rate"])
    known = {rate: list(group) for rate, group in groups}
    asked = known if what is None else [what] if isinstance(what, str) else what
    for rate in asked:
        if rate not in known:
            near = meant(rate, known)
            raise KeyError(f"{rate!r} is no rate{near}; there are {', '.join(known)}")
    return {rate: meaning for rate, meaning in known.items() if rate in set(asked)}


def _used(meaning: Iterable[rules.Row]) -> frozenset[str]:
    """Metrics that a rate is made of, whatever the form."""
    sides = (row[side] for row in meaning for side in _SIDES)
    return frozenset(term.metric for side in sides for term in definitions.terms(side))


def _by_body(frame: pd.DataFrame, used: frozenset[str]) -> list[list[Year]]:
    """Cases of each body with some of their metrics, in the order of the panel."""
    named = frame["metrics"] != ""
    if (frame.loc[named, "metrics"] != frame.loc[named, "series"]).any():
        raise ValueError("rates are made of metrics: give panel(study), the panel of all of them")
    found: dict[tuple[str, int | None], Year] = {}
    for row in records(frame.drop_duplicates(["body", "year"]), [*CASE, *_REPORT]):
        found[row["body"], row["year"]] = (row, {})
    for row in records(frame[frame["series"].isin(used)], _METRIC):
        found[row["body"], row["year"]][1][row["series"]] = row
    bodies: dict[str, list[Year]] = {}
    for (body, _), year in sorted(found.items(), key=lambda item: item[0][1] or 0):
        bodies.setdefault(body, []).append(year)
    return [bodies[body] for body in dict.fromkeys(frame["body"])]


def _rows(
    rate: str, meaning: Sequence[rules.Row], body: Sequence[Year]
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
