"""Identities of the official forms, over observations that were read from tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govtext.core import rules
from govtext.core.model import NOT_THE_YEARS_OWN, Finding, Observation
from govtext.extract.audit.tell import number
from govtext.extract.audit.values import sum_of
from govtext.extract.audit.vocabulary import identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DERIVED = frozenset({"glued_cells", "derived"})
_ASIDE = NOT_THE_YEARS_OWN | {"restated", "conflict"}
_LONGEST_LABEL = 20
Cells = dict[tuple[str, str], Observation]
"""The first cell of each metric and applicant."""


class Sides(NamedTuple):
    """What stands on the two sides of an identity."""

    left: list[Observation]
    right: list[Observation]


def forms(observations: Sequence[Observation]) -> Iterator[Finding]:
    """Findings of each identity in each column (and of the columns in each row) of the tables.

    Cells whose digits were split by the very sums are no evidence for them: `not_assessable`, as
    where a cell is blank. Only where a report's tables print no zero at all do blanks count as
    nothing. An identity with a cell that is not there at all says nothing, nor does one whose
    cells are all blank.
    """
    cells = table_cells(observations)
    bare = not any(each.value == 0 for each in cells.values())
    for row in rules.load("identities"):
        for sides in _sides(row, cells):
            if any(each.value is not None for side in sides for each in side):
                yield compare(row, sides, blank_is_nothing=bare)
    yield from _no_counts(cells)


def table_cells(observations: Sequence[Observation]) -> Cells:
    """First cell of each metric and applicant that is a value of the year."""
    cells: Cells = {}
    for each in observations:
        if each.source == "table" and not _ASIDE.intersection(each.flags.split(";")):
            cells.setdefault((each.metric, each.applicant), each)
    return cells


def _sides(row: rules.Row, cells: Cells) -> Iterator[Sides]:
    """Both sides of an identity, for each column or row of the tables where all cells stand."""
    left, right = rules.terms(row["left"]), rules.terms(row["right"])
    if row["scope"] in ("table", "part"):
        absent = rules.terms(row["unless"])
        for who in sorted({applicant for _, applicant in cells}):
            if not any((metric, who) in cells for metric in absent):
                yield from gather(cells, [(m, who) for m in left], [(m, who) for m in right])
    elif row["scope"] == "applicants":
        for metric in sorted({metric for metric, who in cells if who}):
            yield from gather(cells, [(metric, who) for who in left], [(metric, w) for w in right])


def gather(
    cells: Mapping[tuple[str, str], Observation],
    left: Sequence[tuple[str, str]],
    right: Sequence[tuple[str, str]],
) -> Iterator[Sides]:
    """Cells of both sides, if all are there."""
    if all(key in cells for key in (*left, *right)):
        yield Sides([cells[key] for key in left], [cells[key] for key in right])


def compare(row: rules.Row, sides: Sides, *, blank_is_nothing: bool = False) -> Finding:
    """Finding of an identity over the cells of its two sides."""
    cells = [*sides.left, *sides.right]
    start, end = min(each.start for each in cells), max(each.end for each in cells)
    left, right = (_sum(side, blank_is_nothing) for side in sides)
    along = row["scope"] == "applicants"
    words = {
        "left_words": words_of(sides.left, column=True),
        "right_words": words_of(sides.right, label=not along, column=along),
    }
    if left is None or right is None:
        shown = row["statement_en"].format(left="?", right="?", **words)
        shown += identity("not_assessable")["statement_en"]
        return Finding(
            identity=row["id"],
            verdict="not_assessable",
            left=None,
            right=None,
            delta=None,
            statement=shown,
            start=start,
            end=end,
        )
    delta = round(left - right, 6)
    split = any(_DERIVED.intersection(each.flags.split(";")) for each in cells)
    broken = delta > 0 if row["scope"] == "part" else bool(delta)
    verdict = "broken" if broken else "holds"
    if split:
        verdict = "not_assessable"
    shown = row["statement_en"].format(left=number(left), right=number(right), **words)
    shown += identity(verdict)["statement_en"].format(delta=number(abs(delta)))
    return Finding(
        identity=row["id"],
        verdict=verdict,
        left=left,
        right=right,
        delta=delta,
        statement=shown,
        start=start,
        end=end,
    )


def _sum(cells: Sequence[Observation], blank_is_nothing: bool) -> float | None:
    """Sum of the cells, None where one is open."""
    values = [0.0 if blank_is_nothing and each.status == "blank" else each.value for each in cells]
    known = [value for value in values if value is not None]
    return sum_of(known) if len(known) == len(values) else None


def words_of(cells: Sequence[Observation], *, label: bool = True, column: bool = False) -> str:
    """Value of each cell, with the label of its row, the head of its column, or both."""
    return " + ".join(_words(each, label=label, column=column) for each in cells)


def _words(cell: Observation, *, label: bool, column: bool) -> str:
    name = cell.row_label
    short = f"{name[:_LONGEST_LABEL]}…" if len(name) > _LONGEST_LABEL else name or cell.metric
    head = (cell.column_label or cell.applicant) if cell.applicant else ""
    named = [short] if label or not head else []
    if head and (column or not label):
        named.append(head)
    value = "?" if cell.value is None else number(cell.value)
    return " ".join([*named, value])


def _no_counts(cells: Cells) -> Iterator[Finding]:
    """Counts that are negative or no whole numbers."""
    for (metric, _), cell in cells.items():
        if cell.value is None or metric not in _counted():
            continue
        if cell.value < 0 or cell.value % 1:
            row = identity("form_count")
            shown = row["statement_en"].format(
                left_words=words_of([cell]), right_words="", left=number(cell.value), right=""
            )
            yield Finding(
                identity=row["id"],
                verdict="broken",
                left=cell.value,
                right=None,
                delta=None,
                statement=f"{shown}.",
                start=cell.start,
                end=cell.end,
            )


@rules.cached
def _counted() -> frozenset[str]:
    """Metrics that can be whole numbers from 0 only."""
    return frozenset(
        row["id"] for row in rules.load("codebook") if row["kind"] in ("count", "stock")
    )
