"""Choices -> choices: which of the ways to read the rows of a table its column sums allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govtext.core.text import Span

_MOST_STEPS = 50_000
_MOST_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a row: the spans of its cells, and the values that add up down columns."""

    spans: tuple[Span, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """Rows that add up alike in each column: those of `left` to as much as those of `right`."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    def weight(self, row: int) -> int:
        """How often the row counts on the left, less how often on the right."""
        return self.left.count(row) - self.right.count(row)


Choices = Sequence[Sequence[Choice]]


class TooManyWays(Exception):
    """Rows that can be split or combined in more ways than are worth trying."""


def consistent(choices: Choices, equations: Sequence[Equation]) -> list[Sequence[Choice]]:
    """Choices of each row that some solution of the equations makes.

    All equations are held against the rows together; where no choice fulfils all, the first that
    can be fulfilled alone. An equation over a row without choices is left aside. Where none holds,
    or there is too much to try, the choices stay as they are.
    """
    usable = [each for each in equations if all(choices[row] for row in (*each.left, *each.right))]
    alone = [[each] for each in usable] if len(usable) > 1 else []
    for system in filter(None, [usable, *alone]):
        solved = _System(choices, system).solve()
        if solved:
            return [solved.get(row, each) for row, each in enumerate(choices)]
    return list(choices)


class _System:
    """Equations over rows with choices; every vector has one place per equation and column."""

    def __init__(self, choices: Choices, equations: Sequence[Equation]) -> None:
        rows = {row for each in equations for row in (*each.left, *each.right)}
        self.rows = sorted(rows, key=lambda row: (len(choices[row]), row))
        self.choices = [
            {choice: self._vector(choice, row, equations) for choice in choices[row]}
            for row in self.rows
        ]
        self.seen: dict[tuple[int, tuple[int, ...]], bool] = {}
        self.alive: list[set[Choice]] = []
        self.steps = 0
        self.least: list[tuple[int, ...]] = []
        self.most: list[tuple[int, ...]] = []

    @staticmethod
    def _vector(choice: Choice, row: int, equations: Sequence[Equation]) -> tuple[int, ...]:
        return tuple(each.weight(row) * value for each in equations for value in choice.values)

    def solve(self) -> dict[int, Sequence[Choice]]:
        """Choices of each row that are part of a solution; empty where there is none."""
        if not self._narrow():
            return {}
        self._bound()
        width = len(next(iter(self.choices[0].values())))
        self.alive = [set() for _ in self.rows]
        try:
            if not self._search(0, (0,) * width):
                return {}
        except TooManyWays:
            return {}
        return {
            row: [choice for choice in vectors if choice in alive]
            for row, vectors, alive in zip(self.rows, self.choices, self.alive, strict=True)
        }

    def _narrow(self) -> bool:
        """Drop choices that the others cannot make up for; False where a row has none left."""
        for _ in range(_MOST_ROUNDS):
            low = [_lowest(vectors.values()) for vectors in self.choices]
            high = [_highest(vectors.values()) for vectors in self.choices]
            least = [sum(place) for place in zip(*low, strict=True)]
            most = [sum(place) for place in zip(*high, strict=True)]
            before = sum(map(len, self.choices))
            for row, vectors in enumerate(self.choices):
                below = [total - own for total, own in zip(least, low[row], strict=True)]
                above = [total - own for total, own in zip(most, high[row], strict=True)]
                self.choices[row] = {
                    choice: vector
                    for choice, vector in vectors.items()
                    if _reaches(vector, below, above)
                }
                if not self.choices[row]:
                    return False
            if sum(map(len, self.choices)) == before:
                break
        return True

    def _bound(self) -> None:
        """Least and most that the rows from each one on can add."""
        width = len(next(iter(self.choices[0].values())))
        least = most = (0,) * width
        self.least, self.most = [least], [most]
        for vectors in reversed(self.choices):
            least = _added(least, _lowest(vectors.values()))
            most = _added(most, _highest(vectors.values()))
            self.least.append(least)
            self.most.append(most)
        self.least.reverse()
        self.most.reverse()

    def _search(self, row: int, so_far: tuple[int, ...]) -> bool:
        """True if the rows from `row` on can bring the sums to 0; marks the choices that do."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooManyWays
        if not _reaches(so_far, self.least[row], self.most[row]):
            return False
        if row == len(self.rows):
            return True
        known = self.seen.get((row, so_far))
        if known is not None:
            return known
        found = False
        for choice, vector in self.choices[row].items():
            if self._search(row + 1, _added(so_far, vector)):
                self.alive[row].add(choice)
                found = True
        self.seen[row, so_far] = found
        return found


def _added(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    return tuple(map(add, one, other))


def _reaches(vector: Sequence[int], below: Sequence[int], above: Sequence[int]) -> bool:
    """True if something between `below` and `above` brings the vector to 0 in every place."""
    return all(
        value + low <= 0 <= value + high
        for value, low, high in zip(vector, below, above, strict=True)
    )


def _lowest(vectors: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(min, zip(*vectors, strict=True)))


def _highest(vectors: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(max, zip(*vectors, strict=True)))
