"""Names of bodies taken apart: the places that they begin with, the office, and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from govtext.core import regions, rules
from govtext.core.text import fold

_LONGEST = 60
_ASIDE = re.compile(r"\([^()]{1,40}\)$")
_CHARACTERS = re.compile(r"[\u3007\u3400-\u9fff()、·\"0-9-]+")
_TWICE = re.compile(r"(?<=\S{2})(\S{2,8})\1$")


@dataclass(frozen=True, slots=True)
class Body:
    """The name of a body, taken apart.

    `places` are the places that it begins with, in full; `relative` is the word that only points
    to one (市 in 市教育局); `zone` a functional zone; `office` what is left; `kind` one of
    ``government``, ``office`` (that of a government), ``township``, ``department``, ``national``,
    ``seat`` (named after its seat, not its place), ``division`` (of a corps) and ``school``;
    `source` where it was read. `unknown` is a place of its name that the table of regions does not
    have.
    """

    name: str
    places: tuple[str, ...]
    relative: str
    zone: str
    office: str
    kind: str
    source: str
    unknown: str = ""


def take_apart(name: str, source: str) -> Body | None:
    """Body of a name, or None where it names neither a place nor a known kind of body.

    A name is built of a place or none, a stem and a head. What holds another mark than names do,
    or a word of a sentence (`never`), is no name; a head printed twice is one.
    """
    name = "".join(name.split())
    name = _TWICE.sub(r"\1", name) if len(name) <= _LONGEST else ""
    if not name or not _CHARACTERS.fullmatch(fold(name)):
        return None
    plain = _ASIDE.sub("", fold(name)).split("、")[0]
    if any(row.fullmatch(fold(name)[len(plain) :]) for row in _rows("aside")):
        name = name[: len(plain)]
    # The office of a bureau that looks after disclosure is the bureau.
    inner = (row.search(plain) for row in _rows("inner_office"))
    end = min((match.start() for match in inner if match), default=len(plain))
    name, plain = (name if end == len(plain) else name[:end]), plain[:end]
    return _parsed(name, plain, source) if may_be_name(plain) else None


def _parsed(name: str, plain: str, source: str) -> Body | None:
    """Body of a name without the marks around it, or None."""
    own = _without_lead(plain)
    if own == plain and any(row.fullmatch(plain) for row in _rows("national")):
        return Body(name, (), "", "", plain, "national", source)
    for places, rest in _splits(own):
        found = _office(places, rest)
        if found:
            relative, zone, office, kind = found
            return Body(name, places, relative, zone, office, kind, source)
    return _of_unknown_place(name, own, source)


def may_be_name(text: str) -> bool:
    """True for a text of the marks that names have, and without a word of a sentence."""
    folded = fold(text)
    never = any(row.search(folded) for row in _rows("never"))
    return bool(_CHARACTERS.fullmatch(folded)) and not never


def _of_unknown_place(name: str, own: str, source: str) -> Body | None:
    """Body of a name with a place that no table knows: 青禾县教育局, 某市某区水务局."""
    places = _places(own)
    rest = own[sum(map(len, places)) :]
    for row in _rows("unknown_place"):
        match = row.match(rest)
        if not match or any(each.fullmatch(match.group()) for each in _rows("no_place")):
            continue
        office = rest[match.end() :]
        zone = _zone(office)
        behind = office[len(zone) :]
        kind = (_kind(behind) if behind else "government") if office else "government"
        if kind and kind not in ("survey", "school") and not _names_a_place(office):
            return Body(name, places, "", zone, behind, kind, source, match.group())
    return None


def known_zone(zone: str) -> rules.Row | None:
    """Row of a functional zone that is known by its name (`rules/zones.csv`)."""
    return next((row for row in rules.load("zones") if row["name"] == zone), None)


def relative_level(relative: str) -> str:
    """Level of the government that a relative name such as 县 points to; empty where it is open."""
    rows = rules.load("relatives")
    return next((row["level"] for row in rows if rules.pattern(row).fullmatch(relative)), "")


def short_township(office: str) -> str:
    """Name of a township as people say it: 某镇 of 某镇人民政府."""
    from_rules = "|".join(
        row["pattern"] for row in rules.load("identity") if row["kind"] == "township_office"
    )
    return re.sub(from_rules, "", office) or office


def _without_lead(name: str) -> str:
    """Name without what stands before its place: 国家统计局 in 国家统计局某地调查队."""
    for kind in ("national", "lead"):
        for row in _rows(kind):
            match = row.match(name)
            if match and match.end() < len(name):
                behind = name[match.end() :]
                if kind == "lead" or _places(behind) or regions.stem_at(behind, 0)[0]:
                    name = behind
    return name


def _splits(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Ways to split a name into places and the rest, the likeliest first."""
    places = _places(name)
    rest = name[sum(map(len, places)) :]
    if places and _is_weak(places[-1]):
        shorter = places[:-1], places[-1] + rest
        if _kind(shorter[1], ("township", "seat", "school")):
            yield shorter
    if not places and not _known_zone_at(name):
        full, stem = regions.stem_at(name, 0)
        behind = name[len(stem) :]
        if full and (_zone(behind) or _kind(behind, ("survey",))):
            yield (full,), behind
    yield places, rest


def _places(name: str) -> tuple[str, ...]:
    places: list[str] = []
    position = 0
    while found := regions.name_at(name, position):
        if _known_zone_at(name[position:]):
            break
        places.append(found)
        position += len(found)
    return tuple(places)


def _is_weak(place: str) -> bool:
    """True for a name that a street or a school may begin with: short, or without its last word."""
    return regions.is_alias(place) or len(place) == 2


def _office(places: tuple[str, ...], rest: str) -> tuple[str, str, str, str] | None:
    """Relative word, zone, office and kind of what stands behind the places."""
    if places and not rest:
        return "", "", "", "government"
    relative = "" if places or _zone(rest) else relative_at(rest)
    zone = _zone(rest[len(relative) :])
    office = rest[len(relative) + len(zone) :]
    kind = _kind(office) if office else "government"
    if kind == "survey":
        kind = "department" if places else ""
    if kind == "department" and not places and _names_a_place(rest):
        return None
    if kind in ("department", "township", "seat") and not zone and _begins_with_place(office):
        return None
    return (relative, zone, office, kind) if kind else None


def _begins_with_place(office: str) -> bool:
    """True if an office begins with a place that no table knows: 白石区 in 白石区水务局."""
    matches = (row.match(office) for row in _rows("unknown_place"))
    return any(
        match
        and not any(each.fullmatch(match.group()) for each in _rows("no_place"))
        and _kind(office[match.end() :])
        for match in matches
    )


def _names_a_place(office: str) -> bool:
    """True if a place stands within an office: what is before it is not understood."""
    return any(len(each.name) > 2 for each in regions.mentions(office))


def _zone(rest: str) -> str:
    """Functional zone that the rest of a name begins with, or an empty string."""
    known = _known_zone_at(rest)
    if known:
        return known
    for row in _rows("zone"):
        match = row.match(rest)
        if match and not any(each.match(rest, match.end()) for each in _rows("zone_keeper")):
            return match.group()
    return ""


def _known_zone_at(name: str) -> str:
    return next(filter(name.startswith, _zones().get(name[:1], ())), "")


@cache
def _zones() -> dict[str, list[str]]:
    """Names of zones in the order of the rules, by their first character."""
    found: dict[str, list[str]] = {}
    for row in rules.load("zones"):
        found.setdefault(row["name"][0], []).append(row["name"])
    return found


def relative_at(rest: str) -> str:
    """Word that points to a government without naming its place: 市 in 市教育局."""
    found = filter(None, (each.match(rest) for each in _relatives()))
    return next((match.group() for match in found), "")


@cache
def _relatives() -> tuple[re.Pattern[str], ...]:
    return tuple(map(rules.pattern, rules.load("relatives")))


def _kind(office: str, kinds: tuple[str, ...] = ()) -> str:
    """Kind of an office, the first of the rules that matches all of it."""
    for kind, expression in _offices():
        if (not kinds or kind in kinds) and expression.fullmatch(office):
            return kind
    return ""


@rules.cached
def _offices() -> tuple[tuple[str, re.Pattern[str]], ...]:
    beginnings = (
        "aside", "lead", "national", "zone", "zone_keeper", "never", "unknown_place", "no_place",
        "inner_office",
    )  # fmt: skip
    return tuple(
        (row["kind"], rules.pattern(row))
        for row in rules.load("bodies")
        if row["kind"] not in beginnings
    )


@rules.cached
def _rows(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(rules.pattern(row) for row in rules.load("bodies") if row["kind"] == kind)
