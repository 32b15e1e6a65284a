"""Spots -> Entries: which cells make up one table of a form, and which metric each cell is."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from govtext.core.model import Entry
from govtext.extract.forms import amounts, catalogue
from govtext.extract.forms.cells import NO_HEAD, RAGGED, UNKNOWN_COLUMN, UNKNOWN_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.cells import Spot

NO_CELL = "the form has no number here"
NO_UNIT = "an amount without a unit"
BROKEN_COUNT = "a count with decimals"
_SUMS = frozenset({"applicants", "outcomes"})
_LOST = frozenset({RAGGED, UNKNOWN_COLUMN})
_FILLED = frozenset({"number", "na"})
_LEAST_NUMBERS = 2
_LONGEST_VALUE = 60


def entries(spots: Sequence[Spot]) -> list[Entry]:
    """Entries of all cells, numbered by the table that they make up, from 1."""
    made: list[Entry] = []
    number = 0
    for table in _tables(_with_columns(spots)):
        known = any(catalogue.metric(spot.row, spot.column)[0] for spot in table)
        if known or _is_data(table):
            number += 1
            labels = {label for spot in table for label in (spot.row, spot.column) if label}
            kind = catalogue.kind_of(table[0].family, labels) if known else ""
            rows = frozenset(spot.row.id for spot in table if spot.row)
            filled = frozenset(
                spot.row.id for spot in table if spot.row and spot.value.status in _FILLED
            )
            made += [_entry(number, kind, (rows, filled), spot) for spot in table]
    return made


def _tables(spots: Iterable[Spot]) -> Iterator[list[Spot]]:
    """Cells of one table after the other: of one family, and none of them twice.

    The blocks of a form may stand in grids of their own; what no form knows is one table a grid.
    """
    table: list[Spot] = []
    seen: set[tuple[str, str, str]] = set()
    for _, run in groupby(spots, key=lambda spot: (spot.grid, spot.family)):
        cells = list(run)
        if not any(spot.row or spot.column for spot in cells):
            cells = [replace(spot, family="") for spot in cells]
        for spot in cells:
            cell = _cell(spot)
            apart = table and (table[-1].family, spot.grid if not spot.family else 0)
            before = table and (spot.family, table[-1].grid if not spot.family else 0)
            if apart != before or (cell and cell in seen):
                yield table
                table, seen = [], set()
            table.append(spot)
            if cell:
                seen.add(cell)
    if table:
        yield table


def _cell(spot: Spot) -> tuple[str, str, str] | None:
    """What makes a cell the same as another one."""
    if spot.row is None or spot.reason:
        return None
    use = spot.flags.replace("repaired", "").strip(";")
    return spot.row.id, spot.column.id if spot.column else "", use


def _is_data(table: Sequence[Spot]) -> bool:
    """Whether cells that no form knows are of a table of numbers, and not of a page's layout."""
    numbers = sum(spot.value.status == "number" for spot in table)
    return numbers >= _LEAST_NUMBERS and all(
        spot.end - spot.start <= _LONGEST_VALUE for spot in table
    )


def _entry(
    number: int, kind: str, table: tuple[frozenset[str], frozenset[str]], spot: Spot
) -> Entry:
    """Entry of a cell; `table` are all rows of its table, and those that hold anything."""
    rows, filled = table
    heading = spot.row is not None and _is_heading(spot.row, rows, filled)
    unknown = bool(spot.reason) or heading
    metric, applicant = ("", "") if unknown else catalogue.metric(spot.row, spot.column)
    metric = catalogue.beside(spot.row, rows) or metric if metric else ""
    value, status = spot.value.value, spot.value.status
    reason = spot.reason or spot.value.reason or ("" if metric or not kind else NO_CELL)
    worth = amounts.stored(metric, value, spot.unit) if metric else None
    if metric and value is not None and (worth is None or not _fits(metric, worth)):
        status, value = "unread", None
        reason = NO_UNIT if worth is None else BROKEN_COUNT
    flags = ";".join(filter(None, (spot.value.flags, spot.flags)))
    row, column = spot.at
    return Entry(
        table=number,
        kind=kind,
        row=row,
        column=column,
        start=spot.start,
        end=spot.end,
        status=status,
        value=value,
        unit=spot.unit,
        row_label=spot.row_text,
        column_label=spot.column_text,
        metric=metric,
        applicant=applicant,
        rule=_rule(spot.row, spot.column) if metric else "",
        flags=flags,
        reason=reason,
        page=spot.page,
    )


def _is_heading(row: Label, rows: frozenset[str], filled: frozenset[str]) -> bool:
    """Whether a row heads others of which some lost their labels: its cells are of one of them."""
    below = catalogue.members(row)
    return bool(below & rows) and row.id in filled and not below <= filled


def _fits(metric: str, worth: float) -> bool:
    """Whether a metric can have a value: only money has decimals."""
    return amounts.unit_of(metric) == "yuan" or worth.is_integer()


def _rule(row: Label | None, column: Label | None) -> str:
    if row is None:
        return ""
    crossed = catalogue.role_of(row.family) in {"items", "outcomes"} and column is not None
    return f"{row.name}/{column.id}" if crossed and column else row.name


def _with_columns(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Spots, those without heads with the columns of the form where their own sums bear these out.

    All such rows of a grid must have as many cells as the form, and wherever all cells of a row are
    numbers the last must be the sum of the others.
    """
    for (_, family), run in groupby(spots, key=lambda spot: (spot.grid, spot.family)):
        cells = list(run)
        columns = [each for each in catalogue.labels("column", family) if each.role == "value"]
        bare = _headless(cells) if catalogue.role_of(family) in _SUMS else []
        if bare:
            kept = (
                _rightmost(bare, len(columns))
                if catalogue.role_of(family) == "applicants"
                else bare
            )
            made = dict(_counted_off(kept, columns, family))
            beside = set(bare).difference(kept) if made else set()
            cells = [made.get(spot, spot) for spot in cells if spot not in beside]
        yield from cells


def _headless(cells: Sequence[Spot]) -> list[Spot]:
    """Spots without heads: those above which none stands, or all where each row has lost one.

    A head that no form knows is not lost; then nothing is counted off.
    """
    bare = [spot for spot in cells if spot.reason == NO_HEAD]
    if bare or catalogue.role_of(cells[0].family) != "applicants":
        return bare
    lost = {spot.at[0] for spot in cells if spot.reason in _LOST and not spot.column_text}
    named = any(spot.reason == UNKNOWN_COLUMN and spot.column_text for spot in cells)
    return list(cells) if not named and lost == {spot.at[0] for spot in cells} else []


def _rightmost(bare: Sequence[Spot], count: int) -> list[Spot]:
    """Spots of the last columns of a grid; left of them empty ones, where labels were merged."""
    first = 1 + max(spot.at[1] for spot in bare) - count
    if any(spot.at[1] < first and spot.value.status != "blank" for spot in bare):
        return list(bare)
    return [spot for spot in bare if spot.at[1] >= first]


def _counted_off(
    bare: Sequence[Spot], columns: Sequence[Label], family: str
) -> list[tuple[Spot, Spot]]:
    """Spots without heads, each with what it is; none where the sums do not say."""
    blocks = [each for each in catalogue.labels("row", family) if each.role == "value"]
    chunks: list[tuple[Label | None, list[Spot]]] = []
    for _, run in groupby(bare, key=lambda spot: spot.at[0]):
        row = list(run)
        named = [row[0].row] if row[0].row or catalogue.role_of(family) == "applicants" else blocks
        if len(row) != len(named) * len(columns):
            return []
        chunks += [
            (label, row[place * len(columns) : (place + 1) * len(columns)])
            for place, label in enumerate(named)
        ]
    if not _add_up([chunk for _, chunk in chunks]):
        return []
    made = [
        (spot, replace(spot, row=label, column=column, reason="" if label else UNKNOWN_ROW))
        for label, chunk in chunks
        for spot, column in zip(chunk, columns, strict=True)
    ]
    agree = all(spot.column in (None, each.column) for spot, each in made)
    return made if agree else []


def _add_up(rows: Iterable[Sequence[Spot]]) -> bool:
    """Whether there are rows of numbers, and in each the last cell is the sum of the others."""
    values = [[spot.value.value for spot in row] for row in rows]
    complete = [[value for value in row if value is not None] for row in values if None not in row]
    return bool(complete) and all(sum(row[:-1]) == row[-1] for row in complete)
