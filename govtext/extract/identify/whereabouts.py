"""The place of a body: by its name, its full name elsewhere, what the report and the page tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core import regions
from govtext.extract.identify import where
from govtext.extract.identify.clues import CODES, Clue, clues
from govtext.extract.identify.names import Body, known_zone, short_township
from govtext.extract.identify.where import Place, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.extract.identify.evidence import Evidence

_PLACELESS = ("national", "seat", "school")


def place_of(body: Body, others: Iterable[Body], year: int | None, evidence: Evidence) -> Place:
    """Lowest place that a body belongs to, or none and the reason.

    Parameters
    ----------
    body : Body
        The body that reports.
    others : iterable of Body
        What else the report calls itself, which may be the same body in full; gone through only
        where the body names no place.
    year : int or None
        Year that is spoken of.
    evidence : Evidence
        What the report and the page say.
    """
    zone = known_zone(body.zone)
    if zone:
        if not zone["within"]:
            why = f"{body.zone} is a functional zone, which GB/T 2260 does not know"
            return Place(reason=why)
        return where.settle((zone["prefecture"],), year, evidence)
    if body.unknown:
        above = where.settle(body.places, year, evidence).region if body.places else None
        return Place(reason=f"no table knows the place {body.unknown}", around=above)
    if body.kind in _PLACELESS:
        return Place(reason=f"{body.name} is not the body of a place")
    places = body.places or _elsewhere(body, others, evidence)
    if places:
        return where.settle(places, year, evidence)
    return _unnamed(body, year, evidence, clues(evidence))


def _elsewhere(body: Body, others: Iterable[Body], evidence: Evidence) -> tuple[str, ...]:
    """Places of a body that does not name them, from its full name elsewhere in the file."""
    for other in others:
        same = (other.zone or other.office) == (body.zone or body.office)
        signed = other.source == "signature" and other.kind == body.kind
        if other.places and (same or signed) and other.places[-1].endswith(body.relative):
            return other.places
    stem = body.zone or ("" if body.kind == "government" else _stem(body))
    return where.before(stem, body.relative, evidence) if len(stem) > 1 else ()


def _stem(body: Body) -> str:
    """Office as a text speaks of it: a township without the word for its government."""
    return short_township(body.office) if body.kind == "township" else body.office


def _unnamed(body: Body, year: int | None, evidence: Evidence, found: tuple[Clue, ...]) -> Place:
    """Place of a body that nowhere stands with its place in front."""

    def fits(region: regions.Region) -> bool:
        if body.relative:
            return region.name.endswith(body.relative)
        if body.kind == "township":
            # A few cities have no counties: their towns belong to them.
            childless = region.level == "prefecture" and not regions.below(region, "county", year)
            return region.level == "county" or childless
        return region.level != "province" and not body.zone

    alone = bool(body.relative) or body.kind == "township"
    given, around, contradiction = where.votes(fits, year, found, alone=alone)
    name = _mentioned(body, evidence)
    if name:
        told = where.settle((name,), year, evidence)
        if told.region is None:
            return told
        given.append(Vote(told.region, where.TABLE, "the text"))
    if contradiction and not any(vote.source in CODES for vote in given):
        return Place(reason=contradiction)
    settled = where.voted(given, found, around)
    if settled.region or settled.reason:
        return settled
    why = f"{body.name or 'the body'} names no place, and the report none often enough"
    return Place(reason=why, around=around)


def _mentioned(body: Body, evidence: Evidence) -> str:
    """Place that the report names far more than any other of the kind that the body needs."""
    if body.relative:
        return where.mentioned(lambda each: each.endswith(body.relative), evidence)
    if body.kind == "township":
        return where.mentioned(lambda each: where.level_of(each, None) == "county", evidence)
    return ""
