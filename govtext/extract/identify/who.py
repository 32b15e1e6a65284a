"""Who reports, at which level and for which place, with the source or the reason of each field."""

from __future__ import annotations

import re

from govtext.core import regions
from govtext.core.model import Identity
from govtext.extract.identify import where
from govtext.extract.identify.candidates import Voice, candidates, voice
from govtext.extract.identify.evidence import Evidence, patterns, words
from govtext.extract.identify.names import Body, known_zone, relative_level

_FIELDS = (
    "issuer", "issuer_short", "admin_level", "government_level",
    "province", "prefecture", "county", "region_code",
)  # fmt: skip
_PLACELESS = ("national", "seat", "school")


def who(evidence: Evidence, title: str, year: int | None) -> Identity:
    """Identity with the body, its levels and its place; the other fields are left open."""
    speaker = voice(evidence)
    found = list(candidates(evidence, title, speaker))
    if not found:
        why = "neither title, opening nor signature names a body that can be placed"
        level = speaker.level or None
        return Identity(
            admin_level=speaker.kind if speaker.kind == "department" else level,
            government_level=level,
            sources=dict.fromkeys(_FIELDS, "text"),
            reasons=dict.fromkeys(_FIELDS, why),
        )
    body = found[0]
    place, reason = _place(body, found[1:], year, evidence)
    level, government = _levels(body, place, year, speaker)
    names = _around(body, place, year)
    return Identity(
        issuer=_issuer(body, place, year),
        issuer_short=_short(body, place),
        admin_level=level,
        government_level=government,
        sources=dict.fromkeys(_FIELDS, body.source) | {"region_code": "region table"},
        reasons=dict.fromkeys(_FIELDS, reason or f"{body.name} has none"),
        province=names.get("province"),
        prefecture=names.get("prefecture"),
        county=names.get("county"),
        region_code=place.code if place else None,
    )


def _around(body: Body, place: regions.Region | None, year: int | None) -> dict[str, str]:
    """Names of the body's place and of those above it, by level; of a zone as its row has them."""
    around = (*regions.ancestors(place, year), place) if place else ()
    names = {each.level: each.name for each in around}
    if zone := known_zone(body.zone):
        names |= {name: zone[name] for name in ("province", "prefecture") if zone[name]}
    return names


def _place(
    body: Body, others: list[Body], year: int | None, evidence: Evidence
) -> tuple[regions.Region | None, str]:
    """Lowest place that the body belongs to, or None and the reason."""
    places = body.places
    zone = known_zone(body.zone)
    if zone:
        places = (zone["prefecture"],) if zone["within"] else ()
        if not places:
            return None, f"{body.zone} is a functional zone, which GB/T 2260 does not know"
    elif body.kind in _PLACELESS:
        return None, f"{body.name} is not the body of a place"
    elif not places:
        places = _unnamed(body, others, evidence)
    if not places:
        return None, f"{body.name} names no place, and the report none often enough"
    return where.settle(places, year, evidence)


def _unnamed(body: Body, others: list[Body], evidence: Evidence) -> tuple[str, ...]:
    """Places of a body that does not name them: from its full name elsewhere, or from the text."""
    for other in others:
        same = (other.zone or other.office) == (body.zone or body.office)
        signed = other.source == "signature" and other.kind == body.kind
        if other.places and (same or signed) and other.places[-1].endswith(body.relative):
            return other.places
    stem = body.zone or ("" if body.kind == "government" else _stem(body))
    places = where.before(stem, body.relative, evidence) if len(stem) > 1 else ()
    if places:
        return places
    if body.relative:
        name = where.dominant(lambda each: each.endswith(body.relative), evidence)
    elif body.kind == "township":
        name = where.dominant(lambda each: where.level_of(each, None) == "county", evidence)
    else:
        name = ""
    return (name,) if name else ()


def _stem(body: Body) -> str:
    """Office as a text speaks of it: a township without the word for its government."""
    return _without_office(body.office) if body.kind == "township" else body.office


def _levels(
    body: Body, place: regions.Region | None, year: int | None, speaker: Voice
) -> tuple[str | None, str | None]:
    """Level of the body, and of the government that it belongs to."""
    if body.kind in ("national", "seat"):
        return "department", "national"
    if body.kind == "school":
        return "department", None
    if body.kind == "township":
        return "township", "township"
    government = _government_level(body, place, year, speaker) or None
    is_office = body.kind == "office" and (body.source == "title" or speaker.kind == "department")
    return ("department" if body.kind == "department" or is_office else government), government


def _government_level(
    body: Body, place: regions.Region | None, year: int | None, speaker: Voice
) -> str:
    """Level of the government that a body is, or belongs to; empty where it is open."""
    zone = known_zone(body.zone)
    if zone:
        return zone["level"]
    if body.zone:
        # A zone is no level of government: only one that its city counts among its districts.
        in_city = place is not None and place.level == "prefecture"
        return "county" if in_city and speaker.suffix == body.zone[-1] else ""
    if place:
        return place.level
    if body.places:
        return where.level_of(body.places[-1], year)
    return relative_level(body.relative) or speaker.level


def _issuer(body: Body, place: regions.Region | None, year: int | None) -> str:
    """Full name of the body: a district and what is below it with the city in front."""
    own = _own(place, year) if place else "".join(body.places)
    if body.kind == "township":
        return own + body.office + _township_word(body.office)
    if body.zone:
        return body.name if body.places or not place else own + body.name[len(body.relative) :]
    if body.kind == "government" or (body.kind == "office" and body.source != "title"):
        return own + _government_word(body.office, own) if own else body.name
    return own + body.name[len(body.relative) :] if place and not body.places else body.name


def _short(body: Body, place: regions.Region | None) -> str:
    """Name of the body as people say it: without the places above it and the word of office."""
    own = place.name if place else "".join(body.places[-1:])
    if body.kind == "township":
        return _without_office(body.office)
    if body.zone:
        return body.name
    if body.kind == "government" or (body.kind == "office" and body.source != "title"):
        return own or body.name
    if body.places:
        above = sum(map(len, body.places[:-1]))
        return body.name[above:] if body.name.startswith("".join(body.places)) else body.name
    return own + body.name[len(body.relative) :] if place else body.name


def _own(place: regions.Region, year: int | None) -> str:
    """Name of a place, that of a district with its city: the district's alone is not unique."""
    above = regions.ancestors(place, year)
    city = above[-1].name if above else ""
    is_district = any(row.fullmatch(place.name) for row in patterns("district"))
    has_city = any(row.fullmatch(city) for row in patterns("city"))
    return city + place.name if is_district and has_city else place.name


def _government_word(office: str, own: str) -> str:
    """Word for the government of a place: as printed where it is not the usual one."""
    if any(row.fullmatch(office) for row in patterns("agency")):
        return office
    has_agency = any(row.fullmatch(own) for row in patterns("agency_place"))
    return words("agency_word" if has_agency else "government")[0]


def _township_word(office: str) -> str:
    """Word for a township's government where its name stands without one."""
    for kind in ("government", "subdistrict"):
        if any(row.fullmatch(office) for row in patterns(f"{kind}_township")):
            return words(kind)[0]
    return ""


def _without_office(office: str) -> str:
    return re.sub("|".join(words("township_office")), "", office) or office
