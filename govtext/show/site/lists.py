"""Pages that list: reports, coverage with the bodies, metrics; and the page of a body."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

from govtext.show.evidence.look import Look, label, shown
from govtext.show.site import addresses
from govtext.show.site.frame import Cell, boxes, listed, page, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govtext.show.site.contents import Contents, Row

_ABSENT = frozenset({"absent", "no_report", "not_defined"})


def reports(of: Contents) -> str:
    """First page: how much there is, and every report with filters."""
    names = ["title_of", "body", "year", "level", "province", "form", "n_values", "n_findings"]
    heads = [said(name, of.language) for name in names]
    look = Look(of.language)
    rows = (_report(of, look, row) for row in of.reports)
    about = said("about", of.language).format(
        reports=len(of.reports), bodies=len(of.bodies), years=of.years_told
    )
    chosen = {2: heads[2], 3: heads[3], 4: heads[4], 5: heads[5]}
    content = f"<p>{escape(about)}</p>{boxes('filter', of.language, chosen)}" + listed(
        heads, rows, filters="filter"
    )
    return page(of.language, said("title", of.language), about, content, at="reports")


def coverage(of: Contents) -> str:
    """Bodies by years: a link to each report, and why there is none."""
    names = ["body", "level", "province", "n_reports"]
    heads = [said(name, of.language) for name in names]
    look = Look(of.language)
    years = of.years
    rows = [
        [
            Cell(_body_link(name), kind="wide"),
            Cell(look.coded("level", of.body_row(name)["admin_level"] or "")),
            Cell(shown(of.body_row(name)["province"] or "")),
            Cell(str(len(of.bodies[name])), len(of.bodies[name])),
            *(_year(of, look, name, year) for year in years),
        ]
        for name in of.bodies
    ]
    content = boxes("filter", of.language, {1: heads[1], 2: heads[2]})
    content += listed([*heads, *map(str, years)], rows, filters="filter", look="years")
    content += _apart(of, look)
    title = said("coverage", of.language)
    return page(of.language, title, title, content, at="coverage")


def body(of: Contents, name: str, values: Sequence[Row]) -> str:
    """Page of a body: its reports, and what they state over the years."""
    look = Look(of.language)
    mine = of.bodies[name]
    known = {row["report_id"]: row for row in mine}
    links = "".join(f"<li>{_report_link(row, '../')} · {row['year'] or '?'}</li>" for row in mine)
    years = sorted({row["year"] for row in mine if row["year"]})
    found: dict[str, dict[Any, Row]] = defaultdict(dict)
    for row in values:
        if row["status"] not in _ABSENT:
            found[row["series"]][row["year"]] = row
    rows = [
        [
            Cell(f'<a href="../{addresses.metric(metric)}">{shown(of.metric(metric))}</a>'),
            *(_value(look, by_year.get(year), known) for year in years),
        ]
        for metric, by_year in found.items()
    ]
    heads = [said("metrics", of.language), *map(str, years)]
    content = f"<ul>{links}</ul><h2>{escape(said('over_years', of.language))}</h2>"
    content += boxes("filter", of.language, {}) + listed(heads, rows, filters="filter")
    about = f"{name}: {said('title', of.language)}"
    return page(of.language, name, about, content, up="../")


def _report(of: Contents, look: Look, row: Row) -> list[Cell]:
    name = of.called[row["report_id"]]
    year = row["year"]
    return [
        Cell(_report_link(row), kind="wide"),
        Cell(_body_link(name) if name else "–", kind="wide"),
        Cell(str(year or "–"), year),
        Cell(look.coded("level", row["admin_level"] or "")),
        Cell(shown(row["province"] or "")),
        Cell(look.coded("form", row["form"] or "")),
        Cell(str(row["n_values"]), row["n_values"], "number"),
        Cell(str(row["n_broken"]), row["n_broken"], "number"),
    ]


def _report_link(row: Row, up: str = "") -> str:
    title = row["title"] or row["path"]
    return f'<a href="{up}{addresses.report(row["report_id"])}">{shown(title)}</a>'


def _body_link(name: str) -> str:
    return f'<a href="{addresses.body(name)}">{shown(name)}</a>'


def _year(of: Contents, look: Look, name: str, year: int) -> Cell:
    """State of a body in a year: a link where there is a report."""
    row = of.coverage.get((name, year))
    state = row["state"] if row else "missing"
    told = look.coded("state", state)
    if row is None or not row["report_id"]:
        return Cell(
            f'<span class="missing" title="{told}">{"✕" if state == "rejected" else "·"}</span>'
        )
    several = ' class="several"' if row["n_reports"] > 1 else ""
    mark = str(row["n_reports"]) if row["n_reports"] > 1 else "●"
    address = addresses.report(row["report_id"])
    return Cell(f'<a{several} href="{address}" title="{told} {year}">{mark}</a>', row["n_reports"])


def _value(look: Look, row: Row | None, known: Mapping[str, Row]) -> Cell:
    """Value of a year, which leads to its characters; where there is none, why."""
    if row is None:
        return Cell("")
    return Cell(value_link(look, row, known), row["value"], "number")


def value_link(look: Look, row: Row, known: Iterable[str]) -> str:
    """Value of a row of a panel as a link to its characters, or the words for why there is none."""
    about = {"approx": "≈", "at_least": "≥", "at_most": "≤"}.get(row["qualifier"] or "", "")
    words = (
        look.coded("status", row["status"]) if row["value"] is None
        else f"{about}{row['value']:,.15g}"
    )  # fmt: skip
    if row["report_id"] not in known:
        return words
    place = "" if row["start"] is None else f"#c{row['start']}"
    return f'<a href="../{addresses.report(row["report_id"])}{place}">{words}</a>'


def _apart(of: Contents, look: Look) -> str:
    """Reports that are in no cell, and files that were rejected, each with the reason."""
    heads = [said("title_of", of.language), said("why", of.language)]
    parts = []
    if of.apart:
        rows = [[Cell(_report_link(row), kind="wide"), Cell(look.coded("why", why))]
                for row, why in of.apart]  # fmt: skip
        parts.append(f"<h2>{escape(said('not_counted', of.language))}</h2>{listed(heads, rows)}")
    if of.rejects:
        heads = [label("evidence.file", of.language), said("why", of.language)]
        rows = [[Cell(shown(row["path"]), kind="wide"), Cell(shown(row["message"]))]
                for row in of.rejects]  # fmt: skip
        parts.append(f"<h2>{escape(said('rejected', of.language))}</h2>{listed(heads, rows)}")
    return "".join(parts)
