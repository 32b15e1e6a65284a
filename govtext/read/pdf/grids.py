"""Ruled lines -> Grid: the cells that they part, merged ones as one.

Lines that touch are one grid. Its places are parted by all its lines; two places without a line
between them are one cell, so that a missing outer border or a corner that does not quite meet
costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from govtext.read.pdf.sheet import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SNAP = 3.0
_SHORTEST = 4.0
_MOST_STROKES = 2000
_MOST_PLACES = 20_000
_DRAWN = 0.5
_HIGHEST_ROW = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its box on the page, and the rows and columns of the grid that it covers."""

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that ruled lines make, in order of row and column."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]
    owners: tuple[tuple[int, ...], ...]

    def at(self, x: float, y: float) -> int | None:
        """Number of the cell that a point lies in, None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.owners[row][column] if inside else None

    def holds(self, other: Grid) -> bool:
        """True if another grid lies inside."""
        across = self.xs[0] - _SNAP <= other.xs[0] and other.xs[-1] <= self.xs[-1] + _SNAP
        return across and self.ys[0] - _SNAP <= other.ys[0] and other.ys[-1] <= self.ys[-1] + _SNAP


def grids(horizontals: Iterable[Stroke], verticals: Iterable[Stroke]) -> list[Grid]:
    """Grids of the lines of a page from above, those left out that only frame another one."""
    lying, standing = _merged(horizontals), _merged(verticals)
    if len(lying) > _MOST_STROKES or len(standing) > _MOST_STROKES:
        return []  # a drawing
    made = [_grid(*group) for group in _touching(lying, standing)]
    found = [grid for grid in made if grid]
    inner = [
        grid
        for grid in found
        if not any(grid is not other and grid.holds(other) for other in found)
    ]
    return sorted(inner, key=lambda grid: (grid.ys[0], grid.xs[0]))


# --- lines ----------------------------------------------------------------------------------------


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that continue each other as one; dots and dashes too."""
    merged: list[Stroke] = []
    for group in _near(sorted(strokes, key=attrgetter("at"))):
        at = sum(stroke.at for stroke in group) / len(group)
        start = end = 0.0
        for number, stroke in enumerate(sorted(group, key=attrgetter("start"))):
            if number and stroke.start <= end + _SNAP:
                end = max(end, stroke.end)
                continue
            if number:
                merged.append(Stroke(at, start, end))
            start, end = stroke.start, stroke.end
        merged.append(Stroke(at, start, end))
    return [stroke for stroke in merged if stroke.end - stroke.start >= _SHORTEST]


def _near(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    """Groups of strokes at one place; a double line counts once."""
    group: list[Stroke] = []
    for stroke in strokes:
        if group and stroke.at - group[0].at > _SNAP:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _touching(
    lying: Sequence[Stroke], standing: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Groups of lines that touch each other."""
    parents = list(range(len(lying) + len(standing)))
    for place, stroke in enumerate(standing, start=len(lying)):
        first = bisect_left(lying, stroke.start - _SNAP, key=attrgetter("at"))
        last = bisect_right(lying, stroke.end + _SNAP, key=attrgetter("at"))
        for index in range(first, last):
            if lying[index].start - _SNAP <= stroke.at <= lying[index].end + _SNAP:
                parents[_root(parents, place)] = _root(parents, index)
    _stack(parents, lying, standing)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for index, stroke in enumerate(lying):
        groups[_root(parents, index)][0].append(stroke)
    for index, stroke in enumerate(standing, start=len(lying)):
        groups[_root(parents, index)][1].append(stroke)
    yield from (group for group in groups.values() if group[0] and group[1])


def _stack(parents: list[int], lying: Sequence[Stroke], standing: Sequence[Stroke]) -> None:
    """Put lines of one length together where a table without borders beside it is only a row on."""
    ends: dict[int, list[float]] = defaultdict(list)
    for place, stroke in enumerate(standing, start=len(lying)):
        ends[_root(parents, place)].append(stroke.at)
    is_open = [
        all(abs(at - stroke.start) > _SNAP for at in ends[_root(parents, index)])
        for index, stroke in enumerate(lying)
    ]
    for index, stroke in enumerate(lying):
        for below in range(index + 1, len(lying)):
            if lying[below].at - stroke.at > _HIGHEST_ROW:
                break
            level = abs(lying[below].start - stroke.start) + abs(lying[below].end - stroke.end)
            if level <= _SNAP and is_open[index] and is_open[below]:
                parents[_root(parents, below)] = _root(parents, index)
                break


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


# --- cells ----------------------------------------------------------------------------------------


def _grid(lying: list[Stroke], standing: list[Stroke]) -> Grid | None:
    """Grid of lines that touch, None where they part nothing."""
    ys, xs = _levels(lying, standing), _levels(standing, lying)
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 1 or high < 1 or wide * high > _MOST_PLACES:
        return None
    # walls[i][j]: line i (not the first or last) is drawn beside the j-th place along it.
    walls = [_walls(standing, at, ys) for at in xs[1:-1]]
    floors = [_walls(lying, at, xs) for at in ys[1:-1]]
    parents = list(range(wide * high))
    for row in range(high):
        for column in range(wide):
            here = _root(parents, row * wide + column)
            if column + 1 < wide and not walls[column][row]:
                parents[_root(parents, row * wide + column + 1)] = here
            if row + 1 < high and not floors[row][column]:
                parents[_root(parents, (row + 1) * wide + column)] = here
    regions = [
        [_root(parents, row * wide + column) for column in range(wide)] for row in range(high)
    ]
    return _numbered(xs, ys, list(_rectangles(regions)))


def _levels(strokes: Iterable[Stroke], across: Iterable[Stroke]) -> tuple[float, ...]:
    """Places of the lines, and the ends of those across them where the border is missing."""
    levels = sorted({stroke.at for stroke in strokes})
    first = min(stroke.start for stroke in across)
    last = max(stroke.end for stroke in across)
    before = [first] if levels[0] - first > 2 * _SNAP else []
    behind = [last] if last - levels[-1] > 2 * _SNAP else []
    return (*before, *levels, *behind)


def _walls(strokes: Iterable[Stroke], at: float, levels: Sequence[float]) -> list[bool]:
    """For each place along a line, whether the line is drawn there."""
    parts = [stroke for stroke in strokes if stroke.at == at]
    drawn: list[bool] = []
    for start, end in pairwise(levels):
        covered = sum(max(0.0, min(end, part.end) - max(start, part.start)) for part in parts)
        drawn.append(covered >= _DRAWN * (end - start))
    return drawn


def _rectangles(regions: list[list[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Row, column, rows and columns of each cell; a region of another shape gives several."""
    taken = [[False] * len(row) for row in regions]
    for top, row in enumerate(regions):
        for left, region in enumerate(row):
            if taken[top][left]:
                continue
            right = left
            while right < len(row) and row[right] == region and not taken[top][right]:
                right += 1
            below = top
            while below < len(regions) and all(
                regions[below][column] == region for column in range(left, right)
            ):
                taken[below][left:right] = [True] * (right - left)
                below += 1
            yield top, left, below - top, right - left


def _numbered(
    xs: tuple[float, ...], ys: tuple[float, ...], found: list[tuple[int, int, int, int]]
) -> Grid:
    """Grid whose rows and columns are those in which a cell begins."""
    rows = sorted({top for top, *_ in found})
    columns = sorted({left for _, left, *_ in found})
    owners = [[0] * (len(xs) - 1) for _ in ys[1:]]
    places: list[Place] = []
    for number, (top, left, high, wide) in enumerate(found):
        row, column = bisect_left(rows, top), bisect_left(columns, left)
        places.append(
            Place(
                x0=xs[left],
                top=ys[top],
                x1=xs[left + wide],
                bottom=ys[top + high],
                row=row,
                column=column,
                rows=bisect_left(rows, top + high) - row,
                columns=bisect_left(columns, left + wide) - column,
            )
        )
        for line in owners[top : top + high]:
            line[left : left + wide] = [number] * wide
    return Grid(xs, ys, tuple(places), tuple(map(tuple, owners)))
