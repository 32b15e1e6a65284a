"""Names of places: who bears them in a year, above whom they stand, where a text names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import regions, rules
from tests.cases import every

NAMES = sorted({row["name"] for row in rules.load("regions")})


def codes(name: str, year: int | None = None) -> list[str]:
    """Give the codes of the places that bear a name."""
    return [each.code for each in regions.named(name, year)]


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("安岳县", 2012, ["512021"]),
        ("襄樊市", 2009, ["420600"]),
        ("襄樊市", 2010, ["420600"]),  # renamed in this year: the old name is still met
        ("襄阳市", 2009, ["420600"]),  # no place bore it then: the places of any year
        ("巢湖市", 2010, ["341400"]),
        ("巢湖市", 2011, ["340181"]),
        ("朝阳区", 2012, ["110105", "220104"]),
        ("广东", 2012, ["440000"]),
        ("恩施州", 2012, ["422800"]),
        ("无此县", 2012, []),
    ],
)
def test_names_by_year(name: str, year: int, expected: list[str]) -> None:
    assert codes(name, year) == expected


def test_a_name_without_a_year_gives_every_place_that_bore_it() -> None:
    assert codes("巢湖市") == ["340181", "341400"]


def test_ancestors_come_from_the_top_and_from_the_year() -> None:
    (district,) = regions.named("涪陵区", 2012)
    assert [each.name for each in regions.ancestors(district, 2012)] == ["重庆市"]
    (county,) = regions.named("保康县", 2009)
    assert [each.name for each in regions.ancestors(county, 2009)] == ["湖北省", "襄樊市"]
    assert [each.name for each in regions.ancestors(county, 2012)] == ["湖北省", "襄阳市"]


def test_the_longest_name_is_taken() -> None:
    assert regions.name_at("吉林市政府", 0) == "吉林市"
    assert regions.name_at("吉林的政府", 0) == "吉林"
    assert regions.name_at("吉林的政府", 0, aliases=False) == ""
    assert regions.name_at("在吉林市", 0) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("赣州调查队", ("赣州市", "赣州")),
        ("芜湖高新区", ("芜湖市", "芜湖")),  # a prefecture comes before a county
        ("昆山海关", ("昆山市", "昆山")),
        ("朝阳调查队", ("朝阳市", "朝阳")),
        ("新华调查队", ("新华区", "新华")),
        ("无此地方", ("", "")),
    ],
)
def test_stems(text: str, found: tuple[str, str]) -> None:
    assert regions.stem_at(text, 0) == found


def test_aliases_name_one_place_each() -> None:
    for row in rules.load("region_aliases"):
        names = {each.name for each in regions.named(row["alias"])}
        assert len(names) == 1, row["alias"]
        assert regions.is_alias(row["alias"]), f"{row['alias']} is a full name too"


@every("name", NAMES[::40])
def test_every_name_is_found_where_it_stands(name: str) -> None:
    assert regions.name_at(f"《{name}》", 1) == name
    assert [each.name for each in regions.mentions(f"在{name},")] == [name]


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=5)), max_size=20).map("".join))
def test_mentions_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for each in regions.mentions(text):
        assert text[each.start : each.end] == each.name
        assert each.start >= end
        end = each.end
