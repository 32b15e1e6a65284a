"""Pages of the metrics: a list of them, and each over the years and body by body."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from statistics import quantiles
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.show.evidence.look import Look, label, shown
from govtext.show.site import addresses
from govtext.show.site.frame import Cell, boxes, listed, page, said
from govtext.show.site.lists import value_link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtext.show.site.contents import Contents, Row

    Spread = tuple[int, float, float, float]

_ABSENT = frozenset({"absent", "no_report", "not_defined"})
_WIDE, _HIGH, _LEFT, _LOW = 640, 220, 70, 24
"""Width and height of a drawing, and what its labels take on the left and below."""


def metrics(of: Contents) -> str:
    """Every metric that a report states: how many values it has, of how many bodies and years."""
    names = ["metrics", "n_values", "bodies", "first", "last"]
    rows = []
    for metric, values in of.values.items():
        there = [row for row in values if row["value"] is not None]
        years = sorted({row["year"] for row in there if row["year"]})
        ends = [Cell(str(year), year) for year in (years[:1] + years[-1:])] or [Cell("–")] * 2
        n_bodies = len({row["body"] for row in there})
        link = f'<a href="{addresses.metric(metric)}">{shown(of.metric(metric))}</a>'
        rows.append([Cell(link, kind="wide"), Cell(f"{len(there):,}", len(there), "number"),
                     Cell(f"{n_bodies:,}", n_bodies, "number"), *ends])  # fmt: skip
    rows.sort(key=lambda row: -(row[1].number or 0))
    title = said("metrics", of.language)
    content = boxes("filter", of.language, {})
    content += listed([said(name, of.language) for name in names], rows, filters="filter")
    return page(of.language, title, title, content, at="metrics")


def metric(of: Contents, name: str) -> str:
    """One metric: what it counts, how it lies over the years, and every value with its place."""
    look = Look(of.language)
    values = [row for row in of.values[name] if row["status"] not in _ABSENT]
    known = {row["report_id"] for row in of.reports}
    title = of.metric(name)
    spreads = _spreads(values)
    content = _meaning(of, name)
    content += f"<h2>{escape(said('by_year', of.language))}</h2>{_drawn(spreads, title)}"
    content += listed(
        [said(each, of.language) for each in ("year", "n_values", "median", "quartiles")],
        (_spread(year, spread) for year, spread in spreads.items()),
        look="few",
    )
    heads = [said("body", of.language), said("year", of.language),
             label("evidence.value", of.language), label("evidence.status", of.language),
             said("why", of.language)]  # fmt: skip
    rows = (_value(of, look, row, known) for row in values)
    content += f"<h2>{escape(said('bodies', of.language))}</h2>"
    content += boxes("filter", of.language, {1: heads[1], 3: heads[3]})
    content += listed(heads, rows, filters="filter")
    about = f"{title}: {said('title', of.language)}"
    return page(of.language, title, about, content, up="../")


def _meaning(of: Contents, name: str) -> str:
    """Id, unit and definition by the codebook."""
    row = next((row for row in rules.load("codebook") if row["id"] == name), None)
    if row is None:
        return f"<p><code>{shown(name)}</code></p>"
    unit = Look(of.language).coded("unit", row["unit"])
    return f"<p><code>{shown(name)}</code> · {unit}</p><p>{shown(row['definition'])}</p>"


def _value(of: Contents, look: Look, row: Row, known: set[str]) -> list[Cell]:
    body = row["body"] or "?"
    link = shown(body)
    if body in of.bodies:
        link = f'<a href="../{addresses.body(body)}">{link}</a>'
    care = row["caveat"] if row["comparable"] != "yes" else ""
    why = "; ".join(filter(None, (row["reason"], care)))
    return [
        Cell(link, kind="wide"),
        Cell(str(row["year"] or "–"), row["year"]),
        Cell(value_link(look, row, known), row["value"], "number"),
        Cell(look.coded("status", row["status"])),
        Cell(shown(why), kind="quiet"),
    ]


def _spreads(values: Sequence[Row]) -> dict[int, Spread]:
    """Number of values of each year with their quartiles."""
    years: dict[int, list[float]] = defaultdict(list)
    for row in values:
        if row["value"] is not None and row["year"] is not None:
            years[row["year"]].append(row["value"])
    return {year: (len(years[year]), *_quartiles(years[year])) for year in sorted(years)}


def _quartiles(values: list[float]) -> tuple[float, float, float]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


def _spread(year: int, spread: Spread) -> list[Cell]:
    n, low, middle, high = spread
    return [Cell(str(year), year), Cell(f"{n:,}", n, "number"),
            Cell(f"{middle:,.6g}", middle, "number"),
            Cell(f"{low:,.6g} – {high:,.6g}", high - low, "number")]  # fmt: skip


def _drawn(spreads: Mapping[int, Spread], title: str) -> str:
    """Median of each year as a line, the quartiles as a band."""
    if len(spreads) < 2:
        return ""
    first, last = min(spreads), max(spreads)
    top = max(high for _, _, _, high in spreads.values()) or 1.0

    def at(year: int, value: float) -> str:
        across = _LEFT + (year - first) / (last - first) * (_WIDE - _LEFT - 20)
        return f"{across:.1f},{10 + (1 - value / top) * (_HIGH - _LOW - 10):.1f}"

    band = [at(year, each[3]) for year, each in spreads.items()]
    band += [at(year, each[1]) for year, each in reversed(list(spreads.items()))]
    line = [at(year, each[2]) for year, each in spreads.items()]
    dots = "".join('<circle class="dot" r="3" cx="{}" cy="{}"/>'.format(*each.split(","))
                   for each in line)  # fmt: skip
    ends = "".join(
        f'<text x="{at(year, 0).split(",")[0]}" y="{_HIGH - 6}" text-anchor="middle">{year}</text>'
        for year in (first, last)
    )
    scale = "".join(
        f'<text x="{_LEFT - 8}" y="{float(at(first, value).split(",")[1]) + 4:.1f}" '
        f'text-anchor="end">{value:,.4g}</text>'
        for value in (0.0, top)
    )
    return (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" role="img" '
        f'aria-label="{escape(title)}"><polygon class="band" points="{" ".join(band)}"/>'
        f'<polyline class="middle" points="{" ".join(line)}"/>{dots}{ends}{scale}</svg>'
    )
