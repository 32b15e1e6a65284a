"""The region table: its shape, its totals by year, and a check against python-stdnum.

A row holds for a year if the unit was in force on 31 December of it, so the last
year of a row is the year before the change.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cases import every

TABLE = Path(__file__).parents[1] / "govtext" / "rules" / "regions.csv"
COLUMNS = ["code", "name", "level", "parent", "valid_from", "valid_to", "source", "note"]
FIRST, LAST = 2007, 2025
OPEN = 9999
RANK = {"province": 0, "prefecture": 1, "county": 2}
MUNICIPALITIES = {"11", "12", "31", "50"}
WITHOUT_LOWER_LEVELS = {"71", "81", "82"}

# Prefectures and counties of the mainland at the end of each year, as the National Bureau of
# Statistics prints them (China Statistical Yearbook, table 1-1); 2025 is the total of 2024 and
# the one change announced since (two districts of a municipality became one).
TOTALS = {
    2007: (333, 2859),
    2008: (333, 2859),
    2009: (333, 2858),
    2010: (333, 2856),
    2011: (332, 2853),
    2012: (333, 2852),
    2013: (333, 2853),
    2014: (333, 2854),
    2015: (334, 2850),
    2016: (334, 2851),
    2017: (334, 2851),
    2018: (333, 2851),
    2019: (333, 2846),
    2020: (333, 2844),
    2021: (333, 2843),
    2022: (333, 2843),
    2023: (333, 2844),
    2024: (333, 2846),
    2025: (333, 2845),
}


class Region(NamedTuple):
    """One row of the table, with years as numbers (`last` is `OPEN` while in force)."""

    code: str
    name: str
    level: str
    parent: str
    first: int
    last: int
    source: str
    note: str

    def holds(self, year: int) -> bool:
        """Whether the unit was in force at the end of `year`."""
        return self.first <= year <= self.last


def read_rows() -> list[list[str]]:
    """Give the rows of the file as text, the heading first."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def regions() -> list[Region]:
    """Give the table as typed rows."""
    return [
        Region(code, name, level, parent, int(first), int(last or OPEN), source, note)
        for code, name, level, parent, first, last, source, note in read_rows()[1:]
    ]


def by_code(regions: list[Region]) -> dict[str, list[Region]]:
    """Group the rows of one code, in the order of the file."""
    groups: dict[str, list[Region]] = {}
    for region in regions:
        groups.setdefault(region.code, []).append(region)
    return groups


def test_file_is_plain_utf8_with_unix_lines() -> None:
    raw = TABLE.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert read_rows()[0] == COLUMNS


def test_rows_are_sorted_and_unique(regions: list[Region]) -> None:
    keys = [(region.code, region.first) for region in regions]
    assert keys == sorted(set(keys))


def test_fields_are_well_formed(regions: list[Region]) -> None:
    for region in regions:
        assert re.fullmatch(r"[1-8][0-9]{5}", region.code), region
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,20}", region.name), region
        assert region.level in RANK, region
        assert len(region.source.split()) >= 2, f"fewer than two sources: {region}"
        assert region.note == region.note.strip(), region


def test_years_are_sane(regions: list[Region]) -> None:
    for region in regions:
        assert 1980 <= region.first <= LAST, region
        assert region.first <= region.last, region
        assert region.last == OPEN or FIRST <= region.last < LAST, region


def test_level_follows_from_code(regions: list[Region]) -> None:
    for region in regions:
        zeros = "province" if region.code.endswith("0000") else "prefecture"
        assert region.level == (zeros if region.code.endswith("00") else "county"), region


def test_no_placeholder_rows(regions: list[Region]) -> None:
    """Codes that only gather districts or directly governed counties name no government."""
    for region in regions:
        if region.level == "prefecture":
            assert region.code[:2] not in MUNICIPALITIES, region
            assert region.code[2:4] != "90", region


def test_rows_of_one_code_do_not_overlap(regions: list[Region]) -> None:
    for rows in by_code(regions).values():
        for earlier, later in pairwise(rows):
            assert earlier.last < later.first, (earlier, later)
            assert earlier.name != later.name, (earlier, later)


def test_parent_is_the_nearest_unit_of_the_code(regions: list[Region]) -> None:
    codes = by_code(regions)
    for region in regions:
        if region.level == "province":
            assert region.parent == "", region
            continue
        above = region.code[:4] + "00"
        if region.level == "prefecture" or above not in codes:
            above = region.code[:2] + "0000"
        assert region.parent == above, region


def test_parent_is_in_force_as_long_as_its_child(regions: list[Region]) -> None:
    codes = by_code(regions)
    for region in regions:
        for parent in codes.get(region.parent, []):
            assert RANK[parent.level] < RANK[region.level], (region, parent)
        for year in range(FIRST, LAST + 1):
            if region.parent and region.holds(year):
                assert any(row.holds(year) for row in codes[region.parent]), (region, year)


def test_names_are_unique_under_one_parent(regions: list[Region]) -> None:
    for year in range(FIRST, LAST + 1):
        names = Counter((row.parent, row.name) for row in regions if row.holds(year))
        assert not [key for key, times in names.items() if times > 1], year


def test_notes_point_to_rows(regions: list[Region]) -> None:
    """A code in a note is in the table, and a name beside it is one the code has borne."""
    names = {(region.code, region.name) for region in regions}
    codes = {code for code, _ in names}
    outside = {"410881"}  # an older code of a county re-coded before the table begins
    for region in regions:
        for code, name in re.findall(r"([0-9]{6})(?: ([\u4e00-\u9fff]+))?", region.note):
            assert code in codes | outside, region
            assert not name or (code, name) in names, region


def test_ended_rows_say_what_came_after(regions: list[Region]) -> None:
    fate = re.compile(r"\b(?:became|merged into|divided between|renamed|re-coded) (?!from)")
    for region in regions:
        assert bool(fate.search(region.note)) == (region.last != OPEN), region


@every("year", TOTALS)
def test_totals_by_year(regions: list[Region], year: int) -> None:
    levels = Counter(region.level for region in regions if region.holds(year))
    assert levels["province"] == 34
    assert (levels["prefecture"], levels["county"]) == TOTALS[year]


@every(
    ("code", "year", "name"),
    [
        ("420600", 2009, "襄樊市"),
        ("420600", 2010, "襄阳市"),
        ("110103", 2009, "崇文区"),
        ("110103", 2010, None),
        ("341400", 2010, "巢湖市"),
        ("341400", 2011, None),
        ("340181", 2011, "巢湖市"),
        ("522400", 2010, "毕节地区"),
        ("520500", 2011, "毕节市"),
        ("460300", 2011, None),
        ("460300", 2012, "三沙市"),
        ("130602", 2014, "新市区"),
        ("130602", 2015, "竞秀区"),
        ("371200", 2017, "莱芜市"),
        ("370116", 2018, "莱芜区"),
        ("659010", 2019, "胡杨河市"),
        ("330103", 2020, "下城区"),
        ("330113", 2021, "临平区"),
        ("659012", 2022, None),
        ("659012", 2023, "白杨市"),
        ("653229", 2024, "和安县"),
        ("500105", 2025, None),
        ("500157", 2025, "两江新区"),
    ],
)
def test_known_changes(regions: list[Region], code: str, year: int, name: str | None) -> None:
    found = [row.name for row in by_code(regions)[code] if row.holds(year)]
    assert found == ([name] if name else [])


def stdnum_entries(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Read loc.dat: code, name, first year and year of abolition of each entry."""
    province = ""
    for line in text.splitlines():
        if heading := re.fullmatch(r'([0-9]{2}) province="[^"]+"', line):
            province = heading[1]
        elif entry := re.fullmatch(r'  ([0-9]{4}) county="([^"]+)"', line):
            for part in entry[2].split(","):
                years = re.fullmatch(r"(?:\[([0-9]{0,4})-([0-9]{0,4})\])?(.+)", part)
                assert years, line
                yield province + entry[1], years[3], int(years[1] or 0), int(years[2] or OPEN)


def is_placeholder(code: str, name: str) -> bool:
    """Whether an entry only gathers the districts of a city or the counties of a province."""
    prefecture = code.endswith("00") and not code.endswith("0000")
    gathers_counties = prefecture and (code[:2] in MUNICIPALITIES or code[2:4] == "90")
    return gathers_counties or (code.endswith("01") and name == "市辖区")


def test_agrees_with_stdnum(regions: list[Region]) -> None:
    """Of the names that python-stdnum knows for 2008-2025, 99 in 100 are ours."""
    pytest.importorskip("stdnum", reason="python-stdnum is not installed (it is in the dev extra)")
    text = (resources.files("stdnum.cn") / "loc.dat").read_text(encoding="utf-8")
    theirs = {
        (code, name)
        for code, name, first, end in stdnum_entries(text)
        if end > 2008 and first <= LAST
        if code[:2] not in WITHOUT_LOWER_LEVELS and not is_placeholder(code, name)
    }
    ours = {(row.code, row.name) for row in regions if row.last >= 2008}
    missing = sorted(theirs - ours)
    print(f"{len(theirs)} entries of python-stdnum, {len(missing)} not in regions.csv:", missing)
    assert len(theirs) > 3500
    assert len(missing) <= 0.01 * len(theirs), missing
