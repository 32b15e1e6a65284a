"""Bodies that report: governments of real places, their departments, and invented towns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from random import Random
from typing import TYPE_CHECKING

from govtext.core import rules
from tools.made.grammar import stem
from tools.made.tables import load

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR, LAST_YEAR = 2008, 2024
_REFORM = 2019
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")
_TOWNS = 6


@dataclass(frozen=True)
class Place:
    """A place with the names of those above it; empty where there is none."""

    code: str
    level: str
    province: str
    prefecture: str = ""
    county: str = ""

    @property
    def name(self) -> str:
        """Its own name."""
        return self.county or self.prefecture or self.province


@dataclass(frozen=True)
class Body:
    """A body that reports: its place, the level it has itself, and how it is called."""

    body_id: str
    place: Place
    level: str
    offices: tuple[str, str]
    theme: str = ""

    @property
    def we(self) -> str:
        """What it calls itself."""
        if self.level in ("department", "township"):
            office = self.offices[0].removesuffix("人民政府").removesuffix("办事处")
            return "我街道" if office.endswith("街道") else "我" + office[-1:].replace("会", "委")
        last = self.place.name[-1]
        return "我" + ("区" if self.place.name.endswith("地区") else last)

    def brief(self, year: int) -> str:
        """Its name as it is used at home."""
        return self.place.name + self.offices[year >= _REFORM]

    def full(self, year: int) -> str:
        """Its name with the place above a county."""
        above = self.place.prefecture or self.place.province
        return (above if self.place.county else "") + self.brief(year)


def pools() -> tuple[tuple[Place, ...], ...]:
    """Prefectures and municipalities, each with its counties; those that never changed."""
    return _pools()


@cache
def _pools() -> tuple[tuple[Place, ...], ...]:
    rows = [
        row
        for row in rules.load("regions")
        if int(row["valid_from"]) < FIRST_YEAR and not row["valid_to"]
    ]
    names = {row["code"]: row["name"] for row in rows}
    found = []
    for row in rows:
        code, above = row["code"], row["parent"]
        if row["level"] == "prefecture" and above in names:
            head = Place(code, "prefecture", names[above], row["name"])
        elif code in _MUNICIPALITIES:
            head = Place(code, "province", row["name"])
        else:
            continue
        counties = [each for each in rows if each["parent"] == code and each["level"] == "county"]
        below = (
            Place(each["code"], "county", head.province, head.prefecture, each["name"])
            for each in counties
        )
        found.append((head, *below))
    return tuple(found)


@lru_cache(maxsize=512)
def bodies(pool: int, seed: int) -> tuple[Body, ...]:
    """All bodies of a pool, in an order that mixes the levels."""
    rng = Random(f"bodies-{seed}-{pool}")
    head, *counties = pools()[pool]
    rng.shuffle(counties)
    governments = [_government(each) for each in (head, *counties)]
    rest = governments[1:]
    departments = [each for place in (head, *counties) for each in _departments(place)]
    rng.shuffle(departments)
    towns = [each for place in counties for each in _towns(place, rng)]
    rng.shuffle(towns)
    strata = [departments[::2], rest, towns, departments[1::2]]
    order = [each for row in zip_longest(*strata) for each in row if each is not None]
    order.insert(rng.randrange(3), governments[0])
    for place in _seated(pool):
        above = [_government(place), *_departments(place)]
        order[2:2] = above[:1]
        order += above[1:]
    return tuple(order)


def _seated(pool: int) -> Iterator[Place]:
    """The province whose bodies are told with this pool, the first of it."""
    province = pools()[pool][0].province
    if pools()[pool][0].level == "prefecture" and province != pools()[pool - 1][0].province:
        code = pools()[pool][0].code[:2] + "0000"
        yield Place(code, "province", province)


def _government(place: Place) -> Body:
    agency = place.level == "prefecture" and place.prefecture.endswith(("地区", "盟"))
    office = "行政公署" if agency else "人民政府"
    return Body(place.code, place, place.level, (office, office))


def _departments(place: Place) -> Iterator[Body]:
    for row in load("fields"):
        seat = "prefecture" if place.code in _MUNICIPALITIES else place.level
        if seat in row["seats"].split():
            offices = row["until"], row["since"]
            yield Body(f"{place.code}-{row['field']}", place, "department", offices, row["theme"])


def _towns(place: Place, rng: Random) -> Iterator[Body]:
    names = {stem(rng) for _ in range(_TOWNS)}
    for name in sorted(names):
        kind = rng.choice(("镇", "镇", "乡", "街道"))
        office = f"{name}{kind}" + ("办事处" if kind == "街道" else "人民政府")
        yield Body(f"{place.code}-{name}", place, "township", (office, office))
