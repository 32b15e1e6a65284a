"""A frame of places and years, and other data by region code -> both beside each other.

Codes are followed through the changes of places that `rules/region_changes.csv` knows. What finds
no place is reported, on either side.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.records import records
from govtext.core import region_changes, regions, sheets
from govtext.core.near import listed, meant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

_CODE, _YEAR = "region_code", "year"
_REPORTED = ["side", "region_code", "place", "year", "reason"]
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
Key = tuple[str, int | None]


def join(
    frame: pd.DataFrame,
    other: pd.DataFrame | str | PathLike[str],
    *,
    on: str = _CODE,
    year: str | None = None,
) -> pd.DataFrame:
    """A frame with the columns of other data beside it, by region code and year.

    Parameters
    ----------
    frame : pandas.DataFrame
        With region_code, and year if `year` is given: a panel, rates, coverage.
    other : pandas.DataFrame or path
        The other data, or a CSV file of them in UTF-8 or GB18030: one row a place, or a place and
        year.
    on : str, default "region_code"
        Column of the other data with codes of GB/T 2260: of six digits, of two or four (a province,
        a prefecture), or of twelve that end in zeros.
    year : str, optional
        Column of the other data with the year; not given, a place has one row for all years.

    Returns
    -------
    pandas.DataFrame
        Every row of `frame` in its order, with the other columns (``_other`` behind the name of one
        that is there already), `place_code` (the code by which the row was found) and `matched`:
        ``same_code``; ``later_code`` or ``earlier_code`` (the place was renamed or re-coded);
        ``merged`` (only the larger place that it became part of is there: its value is not the
        place's own); ``divided`` (it was divided, so that no row is its own), ``not_matched``,
        ``no_code``. `unmatched` gives what found no place, on either side.

    Raises
    ------
    ValueError
        If a column is missing, or a place and year has two rows.

    Notes
    -----
    An equal code is taken for an equal place, also where its borders changed. Bodies below a county
    and departments bear the code of their county or government, and get its value.
    """
    data = other if isinstance(other, pd.DataFrame) else _read(Path(other))
    _demand(frame, [_CODE, *([_YEAR] if year else [])], "the frame")
    _demand(data, [on, *([year] if year else [])], "the other data")
    places = _places(data, on, year)
    found = [
        _find(row[_CODE], None if year is None else row[_YEAR], places)
        for row in records(frame, [_CODE, *([_YEAR] if year else [])])
    ]
    kept = [name for name in data.columns if name not in (on, year)]
    taken = data[kept].reset_index(drop=True).reindex([place for place, _, _ in found])
    names = {name: f"{name}_other" for name in kept if name in frame.columns}
    made = frame.reset_index(drop=True).join(taken.rename(columns=names).reset_index(drop=True))
    made["place_code"] = [code for _, code, _ in found]
    made["matched"] = [how for _, _, how in found]
    made.attrs = {**frame.attrs, "unmatched": [*_left(made, year), *_unused(places, found)]}
    return made


def unmatched(joined: pd.DataFrame) -> pd.DataFrame:
    """What `join` found no place for: side (``frame`` or ``other``), region_code, place, year, why.

    Raises
    ------
    ValueError
        If the frame does not come from `join`.
    """
    if "unmatched" not in joined.attrs:
        raise ValueError("the frame does not come from gt.join, which notes what did not match")
    made = pd.DataFrame(joined.attrs["unmatched"], columns=_REPORTED)
    return made.astype({"year": "Int64"})


def code_of(value: Any) -> str:
    """Code of six digits from what data have for one; empty where it is none."""
    text = str(value).strip().removesuffix(".0")
    if re.fullmatch(r"[1-9]\d{11}", text) and text.endswith("000000"):
        text = text[:6]
    return text.ljust(6, "0") if re.fullmatch(r"[1-9]\d(?:\d\d){0,2}", text) else ""


def _read(path: Path) -> pd.DataFrame:
    """Rows of a CSV file, numbers as numbers."""
    if path.suffix.lower() != ".csv":
        raise ValueError(f"{path} is no CSV file: read it with pandas and give the frame")
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist: the other data are a CSV file or a frame")
    data = pd.DataFrame(sheets.read(path), dtype=str)
    for name in data.columns:
        cells = data[name].str.strip()
        if cells[cells != ""].map(lambda cell: bool(_NUMBER.fullmatch(cell))).all():
            data[name] = pd.to_numeric(cells)
    return data


def _demand(frame: pd.DataFrame, columns: list[str], what: str) -> None:
    known = [str(name) for name in frame.columns]
    for name in columns:
        if name not in known:
            raise ValueError(
                f"no column {name!r} in {what}{meant(name, known)}; there are "
                f"{listed(known, name)}. A panel, rates and coverage have region_code and year; "
                "on= and year= name the columns of the other data"
            )


def _places(data: pd.DataFrame, on: str, year: str | None) -> dict[Key, int]:
    """Row of each place and year in the other data."""
    found: dict[Key, int] = {}
    for place, row in enumerate(records(data, [on, *([year] if year else [])])):
        key = code_of(row[on]), _whole(row[year]) if year else None
        if key[0] and found.setdefault(key, place) != place:
            when = f" in {key[1]}" if year else "; give year= if the data have one row a year"
            raise ValueError(f"the other data have two rows for {key[0]}{when}")
    return found


def _whole(value: Any) -> int | None:
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return None


def _find(code: Any, year: Any, places: dict[Key, int]) -> tuple[int, str, str]:
    """Row of the other data for a place, -1 where there is none; its code there; how it matched."""
    own = code_of(code) if code else ""
    if not own:
        return -1, "", "no_code"
    when = _whole(year)
    for how, tried in _ways(own):
        if (tried, when) in places:
            return places[tried, when], tried, how
    divided = region_changes.DIVIDED in region_changes.told(own)
    return -1, "", "divided" if divided else "not_matched"


def _ways(code: str) -> Iterator[tuple[str, str]]:
    """Codes to look for, the nearest first."""
    yield "same_code", code
    yield from (("later_code", each) for each in region_changes.later(code))
    yield from (("earlier_code", each) for each in region_changes.earlier(code))
    yield from (("merged", each) for each in region_changes.merged_into(code))


def _left(joined: pd.DataFrame, year: str | None) -> list[dict[str, Any]]:
    """Places of the frame that found none in the other data, each once."""
    rows = joined[joined["matched"].isin(["merged", "divided", "not_matched", "no_code"])]
    names = [_CODE, "matched", *([_YEAR] if year else [])]
    return [
        _line("frame", row[_CODE] or "", row.get(_YEAR), row["matched"])
        for row in records(rows.drop_duplicates(names), names)
    ]


def _unused(places: dict[Key, int], found: list[tuple[int, str, str]]) -> list[dict[str, Any]]:
    """Rows of the other data that no row of the frame took."""
    used = {place for place, _, _ in found}
    return [
        _line("other", code, when, "no row of the frame is of the place and year")
        for (code, when), place in places.items()
        if place not in used
    ]


def _line(side: str, code: str, year: int | None, reason: str) -> dict[str, Any]:
    region = regions.coded(code, year)
    changes = region_changes.told(code)
    why = f"{reason}: {changes}" if changes and side == "frame" else reason
    if code and region is None:
        why = f"{why}; no table of places has this code"
    values = (side, code, region.name if region else "", year, why)
    return dict(zip(_REPORTED, values, strict=True))
