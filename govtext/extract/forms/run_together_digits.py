"""Digits run together -> cells: the splits of the rows of a table that its sums allow.

Archived text loses the borders of cells: ``640020470`` was ``64 0 0 2 0 4 70``. No number of a
form begins with 0, a total is the sum of its parts, and rows add up down the columns; what these
leave open stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from govtext.extract.forms.equations import Choice, Equation, TooManyWays, consistent

if TYPE_CHECKING:
    from govtext.core.text import Span

EMPTY: Span = (0, 0)
"""The span of a cell that was left blank."""
LONGEST_NUMBER = 8
_MOST_WAYS = 3_000
_MOST_STEPS = 60_000
_MOST_ROWS = 100
_FEWEST_TOTALS = 3


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Cells side by side, the last of which is the total of the others where `has_total`.

    Where it `rises`, no cell is less than the one before: all years are no less than the year.
    """

    cells: int
    has_total: bool = False
    rises: bool = False

    @property
    def parts(self) -> int:
        """Cells that are no total."""
        return self.cells - self.has_total


def split_digits(
    rows: Sequence[Sequence[str]], groups: Sequence[ColumnGroup], equations: Sequence[Equation] = ()
) -> tuple[tuple[Span | None, ...], ...]:
    """Cells of each row: spans in its digits, `EMPTY` for a blank one, None for one left open.

    A cell is given where every split that the sums allow has it. Totals of a row hold always,
    equations only where some split of all their rows fulfils them. Of a table with cells left
    blank, where any cell may be the blank one, no more is given than the totals, and these only
    where each row bears out that its last number is one.

    Parameters
    ----------
    rows : sequence of sequences of str
        Digits of each row, in pieces where something stood between them: a piece is one number
        or several, and no number reaches over two pieces. A row without pieces says nothing.
    groups : sequence of Group
        What the columns are, from the left.
    equations : sequence of Equation
        Sums down the columns, over indices of `rows`.

    Examples
    --------
    >>> split_digits([["640020470"]], [Group(7, has_total=True)])
    (((0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 9)),)
    """
    count = sum(group.cells for group in groups)
    if len(rows) > _MOST_ROWS:
        return ((None,) * count,) * len(rows)
    whole = _are_numbers(rows)
    blanks = any(0 < len(row if whole else "".join(row)) < count for row in rows)
    readable = not blanks or (whole and _have_totals(rows, groups))
    choices = [
        _choices(row, groups, whole=whole, blanks=blanks)
        if row and (readable or len(row) == count)
        else ()
        for row in rows
    ]
    kept = choices if blanks else consistent(choices, equations)
    return tuple(_settled([choice.spans for choice in ways], count) for ways in kept)


def _settled(ways: Sequence[tuple[Span, ...]], count: int) -> tuple[Span | None, ...]:
    """Cells that all ways share."""
    if not ways:
        return (None,) * count
    return tuple(cell[0] if len(set(cell)) == 1 else None for cell in zip(*ways, strict=True))


def _are_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """True if each piece is a number of its own: some are apart, and none is too long for one."""
    return any(len(row) > 1 for row in rows) and all(
        len(piece) <= LONGEST_NUMBER and (len(piece) == 1 or piece[0] != "0")
        for row in rows
        for piece in row
    )


def _have_totals(rows: Sequence[Sequence[str]], groups: Sequence[ColumnGroup]) -> bool:
    """True if the last number of every row that has any is the sum of those before it."""
    filled = [[int(piece) for piece in row] for row in rows if row]
    return (
        len(groups) == 1
        and groups[0].has_total
        and len(filled) >= _FEWEST_TOTALS
        and all(len(row) > 1 and sum(row[:-1]) == row[-1] for row in filled)
    )


def _choices(
    pieces: Sequence[str], groups: Sequence[ColumnGroup], *, whole: bool, blanks: bool
) -> tuple[Choice, ...]:
    """All ways to split a row, none where there are too many; its parts go into the equations."""
    count = sum(group.cells for group in groups)
    if sum(map(len, pieces)) > count * LONGEST_NUMBER:
        return ()
    shape = tuple(groups)
    if len(pieces) == count and _are_numbers([pieces]):
        whole, blanks, shape = (
            True,
            False,
            (ColumnGroup(count),),
        )  # as printed, whatever it adds up to
    digits = "".join(pieces)
    row = _Digits(digits, _ends(pieces, whole=whole), blanks=blanks)
    try:
        ways = [way for way in row.ways(0, shape) if _rises(digits, way, groups)]
    except TooManyWays:
        return ()
    return tuple(Choice(way, _parts(digits, way, groups)) for way in ways)


def _rises(digits: str, way: tuple[Span, ...], groups: Sequence[ColumnGroup]) -> bool:
    """Whether the cells of a row rise where a group says so."""
    first = 0
    for group in groups:
        values = [int(digits[start:end] or "0") for start, end in way[first : first + group.cells]]
        if group.rises and values != sorted(values):
            return False
        first += group.cells
    return True


def _parts(digits: str, way: tuple[Span, ...], groups: Sequence[ColumnGroup]) -> tuple[int, ...]:
    """Values of the cells that are no totals; a blank one counts for nothing."""
    values = []
    first = 0
    for group in groups:
        for start, end in way[first : first + group.parts]:
            values.append(int(digits[start:end] or "0"))
        first += group.cells
    return tuple(values)


def _ends(pieces: Sequence[str], *, whole: bool) -> list[tuple[int, ...]]:
    """For each digit, where a number that begins with it may end."""
    ends: list[tuple[int, ...]] = []
    for piece in pieces:
        begin = len(ends)
        border = begin + len(piece)
        for at in range(begin, border):
            if whole:
                ends.append((border,) if at == begin else ())
            elif piece[at - begin] == "0":
                ends.append((at + 1,))
            else:
                ends.append(tuple(range(at + 1, min(border, at + LONGEST_NUMBER) + 1)))
    return ends


class _Digits:
    """The digits of a row, and the ways to split them into groups of cells."""

    def __init__(self, digits: str, ends: Sequence[tuple[int, ...]], *, blanks: bool) -> None:
        self.digits = digits
        self.ends = ends
        self.blanks = blanks
        self.steps = 0

    def ways(self, at: int, groups: tuple[ColumnGroup, ...]) -> Iterator[tuple[Span, ...]]:
        """Cells of all groups, from the digit at `at` to the last."""
        if not groups:
            if at == len(self.digits):
                yield ()
            return
        found = 0
        for cells, end in self._group(at, groups[0], last=len(groups) == 1):
            for others in self.ways(end, groups[1:]):
                found += 1
                if found > _MOST_WAYS:
                    raise TooManyWays
                yield cells + others

    def _group(
        self, at: int, group: ColumnGroup, *, last: bool
    ) -> Iterator[tuple[tuple[Span, ...], int]]:
        """Cells of one group and where it ends; the total, where there is one, comes last."""
        stop = len(self.digits)
        if not group.has_total:
            for end in [stop] if last else range(at, stop + 1):
                for parts in self._placed(at, end, group.cells, None):
                    yield parts, end
            return
        for begin in range(at, stop):
            for end in self.ends[begin]:
                if end == stop or not last:
                    total = int(self.digits[begin:end])
                    for parts in self._placed(at, begin, group.parts, total):
                        yield (*parts, (begin, end)), end

    def _placed(
        self, at: int, end: int, cells: int, total: int | None
    ) -> Iterator[tuple[Span, ...]]:
        """Numbers in `cells` cells, some of them blank where the table leaves cells blank."""
        for count in range(cells + 1) if self.blanks else [cells]:
            for numbers in self._numbers(at, end, count, total):
                for places in combinations(range(cells), count):
                    spans = dict(zip(places, numbers, strict=True))
                    yield tuple(spans.get(place, EMPTY) for place in range(cells))

    def _numbers(
        self, at: int, end: int, count: int, total: int | None
    ) -> Iterator[tuple[Span, ...]]:
        """Exactly `count` numbers in the digits from `at` to `end`, which add up to `total`."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooManyWays
        if not count:
            if at == end and not total:
                yield ()
            return
        if not _may_add_up(end - at, count, total):
            return
        for stop in self.ends[at]:
            rest = None if total is None else total - int(self.digits[at:stop])
            if stop <= end and (rest is None or rest >= 0):
                for others in self._numbers(stop, end, count - 1, rest):
                    yield ((at, stop), *others)


@lru_cache(maxsize=65536)
def _may_add_up(length: int, count: int, total: int | None) -> bool:
    """False if no `count` numbers with `length` digits in all can add up to `total`."""
    if length < count or total is None:
        return length >= count
    longest = -(-length // count)
    least = 10 ** (longest - 1) if longest > 1 else 0
    most = 10 ** (length - count + 1) - 1 + 9 * (count - 1)
    return bool(least <= total <= most)
