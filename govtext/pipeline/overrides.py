"""Identity and a row of a manifest -> Identity with what the row says in place of what was read.

The place is one thing: what a row says of it settles province, prefecture, county and region code
together, so that nothing of the old place is left. A region code settles it alone; without one the
names do, where GB/T 2260 knows one place that fits them all. What in a row contradicts itself is
named, in a line while the reports are read and in the reasons of the identity.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govtext.core import regions
from govtext.core.model import Kind
from govtext.extract.identify import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtext.core.model import Identity

_NAMES = ("issuer", "issuer_short")
_LEVELS = ("province", "prefecture", "county")
_PLACE = (*_LEVELS, "region_code")
Fields = dict[str, str | None]


def override(identity: Identity, row: Mapping[str, str]) -> Identity:
    """Identity with what a row says in place of what was read.

    Parameters
    ----------
    identity : Identity
        What was read.
    row : mapping
        Cells of the manifest by column; empty where it has no row for the file.

    Returns
    -------
    Identity
        `sources` names the manifest for each field that it gives, and the region table for what
        follows from it. `reasons` says why a part of the place is null, and what in the row
        contradicts itself or the report.
    """
    given: dict[str, Any] = {name: _cell(row, name) for name in _NAMES if _cell(row, name)}
    year = _year(row)
    if year is None:
        year = identity.year
    else:
        given["year"] = year
    read_from = dict.fromkeys(given, "manifest")
    region, fields, why = _place(identity, row, year)
    for name, value in fields.items():
        read_from[name] = "manifest" if value == _cell(row, name) else "region table"
    given |= fields
    reasons = {name: why for name, value in fields.items() if value is None}
    reasons |= _contradictions(row, year, region) | (_level(identity, region) if fields else {})
    return _replaced(identity, given, read_from, reasons)


def kind_of(found: Kind, row: Mapping[str, str]) -> Kind:
    """Kind with what a row says in place of what was read; one that there is not is ignored."""
    name = _cell(row, "kind")
    return Kind(name, "manifest") if name in kinds.names() else found


def faults_of(row: Mapping[str, str]) -> Iterator[str]:
    """What a row says and cannot be so, each as a clause, as far as the row alone tells."""
    year = _cell(row, "year")
    if year and not year.isdecimal():
        yield f"it gives the year {year!r}, which is no number; it is ignored"
    kind, known = _cell(row, "kind"), kinds.names()
    if kind and kind not in known:
        yield f"it gives the kind {kind!r}, which is none of {', '.join(known)}; it is ignored"
    region, _ = _by_names(_names(row), _year(row))
    yield from _contradictions(row, _year(row), _coded(row, _year(row)) or region).values()


def _replaced(
    identity: Identity, given: dict[str, Any], read_from: dict[str, str], reasons: dict[str, str]
) -> Identity:
    if not given and not reasons:
        return identity
    null = {name for name, value in given.items() if value is None}
    all_sources = identity.sources | read_from
    kept = {name: why for name, why in identity.reasons.items() if name not in given}
    return replace(
        identity,
        **given,
        sources={name: source for name, source in all_sources.items() if name not in null},
        reasons=kept | reasons,
    )


def _cell(row: Mapping[str, str], name: str) -> str:
    return (row.get(name) or "").strip()


def _year(row: Mapping[str, str]) -> int | None:
    year = _cell(row, "year")
    return int(year) if year.isdecimal() else None


def _names(row: Mapping[str, str]) -> dict[str, str]:
    return {level: _cell(row, level) for level in _LEVELS if _cell(row, level)}


def _coded(row: Mapping[str, str], year: int | None) -> regions.Region | None:
    return regions.coded(_cell(row, "region_code"), year)


def _place(
    identity: Identity, row: Mapping[str, str], year: int | None
) -> tuple[regions.Region | None, Fields, str]:
    """Place after the row, the fields that it settles (none where it gives no place), and why."""
    names, read_at = _names(row), regions.coded(identity.region_code or "", year)
    region, why = _coded(row, year), ""
    if region is None and not names:
        return read_at, {}, ""
    if region is None and read_at and _fits(read_at, names, year):
        region = read_at
    if region is None:
        region, why = _by_names(names, year)
    if region is None:
        return None, {**dict.fromkeys(_PLACE), **names}, why
    around = {each.level: each.name for each in (*regions.ancestors(region, year), region)}
    fields = {**dict.fromkeys(_PLACE), **around, "region_code": region.code}
    return region, fields, f"manifest.csv places the report in {region.name}, which has none"


def _by_names(names: dict[str, str], year: int | None) -> tuple[regions.Region | None, str]:
    """Region that names mean: the lowest one, where one place alone fits the others; or why not."""
    if not names:
        return None, ""
    level, name = list(names.items())[-1]
    there = [each for each in regions.named(name, year) if each.level == level]
    fitting = [each for each in there if _fits(each, names, year)]
    if len(fitting) == 1:
        return fitting[0], ""
    if fitting:
        return None, f"{name} is the name of several places, and manifest.csv does not say which"
    return None, f"GB/T 2260 knows no {level} {' '.join(names.values())}, which manifest.csv gives"


def _fits(region: regions.Region, names: Mapping[str, str], year: int | None) -> bool:
    """True if every name is that of the region or of a place that it belongs to."""
    return all(_is_above(region, name, year) for name in names.values())


def _is_above(region: regions.Region, name: str, year: int | None) -> bool:
    codes = {region.code, *(each.code for each in regions.ancestors(region, year))}
    return any(each.code in codes for each in regions.named(name, year))


def _contradictions(
    row: Mapping[str, str], year: int | None, region: regions.Region | None
) -> dict[str, str]:
    """Clauses on the columns of a row that do not fit its place, by column."""
    code, names, found = _cell(row, "region_code"), _names(row), {}
    if code and _coded(row, year) is None:
        found["region_code"] = f"GB/T 2260 knows no region_code {code!r}; it is ignored"
    elif code and region:
        if year and not region.valid(year):
            found["region_code"] = f"region_code {code} ({region.name}) was not in force in {year}"
        for level, name in names.items():
            if not _is_above(region, name, year):
                found[level] = f"{level} {name} is not that of region_code {code}, which counts"
    elif names and region is None and (why := _by_names(names, year)[1]):
        found["region_code"] = why
    issuer = _cell(row, "issuer")
    strange = [each.name for each in regions.mentions(issuer)]
    strange = [name for name in strange if region and not _is_above(region, name, year)]
    if strange and region:
        found["issuer"] = f"issuer {issuer} names {strange[0]}, and the place is {region.name}"
    return found


def _level(identity: Identity, region: regions.Region | None) -> dict[str, str]:
    """Clause on a government that was read to stand above the place, which it then cannot be of."""
    level = identity.government_level
    if region is None or level not in _LEVELS:
        return {}
    if _LEVELS.index(level) >= _LEVELS.index(region.level):
        return {}
    return {"government_level": f"read as {level}, and manifest.csv gives the {region.level}"}
