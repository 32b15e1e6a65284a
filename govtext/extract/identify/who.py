"""Who reports, at which level and for which place, with the source or the reason of each field."""

from __future__ import annotations

from itertools import tee

from govtext.core import regions, rules
from govtext.core.model import Identity
from govtext.core.text import fold
from govtext.extract.identify import where
from govtext.extract.identify.candidates import Voice, candidates, fuller, voice
from govtext.extract.identify.evidence import Evidence, patterns, words
from govtext.extract.identify.names import Body, known_zone, relative_level, short_township
from govtext.extract.identify.where import TABLE, Place
from govtext.extract.identify.whereabouts import place_of

UNKNOWN_CITY = "prefecture"
"""Level of a city that no table knows."""

_FIELDS = (
    "issuer", "issuer_short", "issuer_full", "admin_level", "government_level",
    "province", "prefecture", "county", "region_code",
)  # fmt: skip
_PLACE = ("province", "prefecture", "county")


def who(evidence: Evidence, title: str, title_source: str, year: int | None) -> Identity:
    """Identity with the body, its levels and its place; the other fields are left open."""
    speaker = voice(evidence)
    found = candidates(evidence, title, title_source, speaker)
    first = next(found, None)
    if first is None:
        return _nameless(speaker, year, evidence)
    others, again = tee(found)
    body = fuller(first, others)
    place = place_of(body, again, year, evidence)
    level, government = _levels(body, place.region, year, speaker)
    issuer = _issuer(body, place.region, year, evidence)
    full, full_source, why = _full(body, issuer)
    names = _around(body, place, year)
    reasons = dict.fromkeys(_FIELDS, place.reason or f"{body.name} has none")
    return Identity(
        issuer=issuer,
        issuer_short=_short(body, place.region),
        issuer_full=full,
        admin_level=level,
        government_level=government,
        sources=_sources(body, place) | {"issuer_full": full_source},
        reasons=reasons | {"issuer_full": why},
        province=names.get("province"),
        prefecture=names.get("prefecture"),
        county=names.get("county"),
        region_code=place.region.code if place.region else None,
    )


def _sources(body: Body, place: Place) -> dict[str, str]:
    """Where each field was read: those of the place by what settled it, if the name did not."""
    told = dict.fromkeys(_FIELDS, body.source) | {"region_code": place.source}
    if place.source != TABLE:
        told |= dict.fromkeys(_PLACE, place.source)
    return told


def _nameless(speaker: Voice, year: int | None, evidence: Evidence) -> Identity:
    """Identity of a report that names no body: what its own voice and the page say of its place."""
    why = "neither title, opening nor signature names a body that can be placed"
    level = speaker.level or None
    place = Place()
    if speaker.kind:
        body = Body("", (), speaker.suffix, "", "", speaker.kind, TABLE)
        place = place_of(body, [], year, evidence)
        place = place if place.source != TABLE or not place.region else Place()
    names = _around(None, place, year)
    region = place.region
    government = region.level if region and speaker.kind == "government" else level
    own = f"{region.name}{_government_word('', region.name)}" if region else ""
    issuer = own if speaker.kind == "government" and own else None
    return Identity(
        issuer=issuer,
        issuer_short=region.name if region and issuer else None,
        admin_level=speaker.kind if speaker.kind == "department" else government,
        government_level=government,
        province=names.get("province"),
        prefecture=names.get("prefecture"),
        county=names.get("county"),
        region_code=region.code if region else None,
        sources=dict.fromkeys(_FIELDS, "text")
        | dict.fromkeys((*_PLACE, "region_code", "issuer", "issuer_short"), place.source),
        reasons=dict.fromkeys(_FIELDS, why)
        | ({"region_code": place.reason} if place.reason else {}),
    )


def _full(body: Body, issuer: str) -> tuple[str | None, str, str]:
    """Name in full of a body whose own is short, its source, and why there is none."""
    for row in rules.load("body_names"):
        if body.office == row["short"]:
            head = issuer[: -len(body.office)] if issuer.endswith(body.office) else ""
            return head + row["full"], "body_names", ""
    return None, "", "the name is no short one that the table of names knows"


def _around(body: Body | None, place: Place, year: int | None) -> dict[str, str]:
    """Names of the body's place and of those above it, by level; of a zone as its row has them."""
    lowest = place.region or place.around
    around = (*regions.ancestors(lowest, year), lowest) if lowest else ()
    names = {each.level: each.name for each in around if place.region or each.level != "county"}
    if body and (zone := known_zone(body.zone)):
        names |= {name: zone[name] for name in ("province", "prefecture") if zone[name]}
    return names


def _levels(
    body: Body, place: regions.Region | None, year: int | None, speaker: Voice
) -> tuple[str | None, str | None]:
    """Level of the body, and of the government that it belongs to."""
    if body.kind in ("national", "seat"):
        return "department", "national"
    if body.kind in ("school", "division"):
        return "department" if body.kind == "school" else None, None
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
    if body.unknown:
        return relative_level(body.unknown[-1]) or UNKNOWN_CITY
    if body.places:
        return where.level_of(body.places[-1], year)
    return relative_level(body.relative) or speaker.level


def _issuer(body: Body, place: regions.Region | None, year: int | None, evidence: Evidence) -> str:
    """Full name of the body: with the place that the file names, and the city of a district.

    A place that only a code or a number tells is no part of the name.
    """
    if body.unknown or (place and not body.places and not evidence.prints(place.name)):
        word = _township_word(body.office) if body.kind == "township" else ""
        return body.name + (word if body.office else _government_word("", body.name))
    own = _own(place, year, evidence) if place else "".join(body.places)
    if body.kind == "township" and not body.zone:
        name = own + body.office + _township_word(body.office)
    elif body.zone:
        name = body.name if body.places or not place else own + body.name[len(body.relative) :]
    elif body.kind == "government" or (body.kind == "office" and body.source != "title"):
        name = own + _government_word(body.office, own) if own else body.name
    else:
        name = own + body.name[len(body.relative) :] if place and not body.places else body.name
        short = words("government")[0][-2:]
        if body.kind == "office" and body.relative and body.office.startswith(short):
            name = own + words("government")[0] + body.office.removeprefix(short)
    return body.name if fold(body.name) == name else name


def _short(body: Body, place: regions.Region | None) -> str:
    """Name of the body as people say it: without the places above it and the word of office."""
    own = place.name if place else "".join(body.places[-1:])
    if body.kind == "township" and not body.zone:
        return short_township(body.office)
    if body.zone or body.unknown:
        return body.name
    if body.kind == "government" or (body.kind == "office" and body.source != "title"):
        return own or body.name
    if body.places:
        above = sum(map(len, body.places[:-1]))
        return body.name[above:] if body.name.startswith("".join(body.places)) else body.name
    return own + body.name[len(body.relative) :] if place else body.name


def _own(place: regions.Region, year: int | None, evidence: Evidence) -> str:
    """Name of a place, that of a district with its city; a municipality where the file names it."""
    above = regions.ancestors(place, year)
    city = above[-1].name if above else ""
    is_district = any(row.fullmatch(place.name) for row in patterns("district"))
    has_city = any(row.fullmatch(city) for row in patterns("city"))
    told = above and (above[-1].level != "province" or evidence.prints(city))
    return city + place.name if is_district and has_city and told else place.name


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
