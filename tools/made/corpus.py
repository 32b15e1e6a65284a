"""Bodies over years -> a stream of made reports, the same for a seed however many are taken.

A block is some bodies of one prefecture with all their years: within it reports take passages over
from the year before and from a neighbour, and some stand there twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count, islice
from math import exp
from random import Random
from typing import TYPE_CHECKING

from tools.made import other
from tools.made.bodies import FIRST_YEAR, LAST_YEAR, bodies, pools
from tools.made.figures import Effects, Ledger, Numbers
from tools.made.grammar import Speaker
from tools.made.report import MadeReport, Passage, fill, form_of, title
from tools.made.tables import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.made.bodies import Body
    from tools.made.tables import Row

_BODIES = 4
_FEWEST, _MOST = 3, 10
"""Years of which a body reports."""
_CHARACTERS, _SPREAD = 4_700, 0.4
"""Characters of prose, and how much the logarithm of it varies."""
_SIGNED, _BRIEF, _LAZY, _THOUSANDS = 0.7, 0.25, 0.5, 0.15
_TWICE, _OTHER, _NEIGHBOUR = 0.015, 0.02, 0.1
_FOLDER = 1_000


def corpus(n: int, seed: int = 0, effects: tuple[Row, ...] | None = None) -> Iterator[MadeReport]:
    """The first `n` documents of a seed's stream, in order; it ends with the bodies there are."""
    planted = Effects(load("effects") if effects is None else effects)
    return islice(_stream(planted, seed), n)


def name_of(number: int) -> str:
    """Report id of a document by its number; it says nothing of the body."""
    return f"{number // _FOLDER:04d}/{number:07d}"


def _stream(planted: Effects, seed: int) -> Iterator[MadeReport]:
    """All documents, block by block: every prefecture in turn, then each again with others."""
    order = list(range(len(pools())))
    Random(f"pools-{seed}").shuffle(order)
    numbers = count()
    left = order
    for turn in count():
        left = [pool for pool in left if len(bodies(pool, seed)) > _BODIES * turn]
        if not left:
            return
        for pool in left:
            neighbour: _Author | None = None
            for body in bodies(pool, seed)[_BODIES * turn : _BODIES * (turn + 1)]:
                author = _Author(body, planted, Random(f"body-{seed}-{body.body_id}"), neighbour)
                yield from author.reports(numbers)
                neighbour = author


@dataclass
class _Author:
    """A body that writes its reports year by year, and remembers the last."""

    body: Body
    effects: Effects
    rng: Random
    neighbour: _Author | None
    last: list[Passage] = field(default_factory=list)
    before: Numbers = field(default_factory=dict)

    def reports(self, numbers: Iterator[int]) -> Iterator[MadeReport]:
        """Its reports in order, with what else of it lies between them."""
        rng = self.rng
        self.ledger = Ledger(self.body, self.effects, rng)
        self.style, self.repeats = rng.random(), _LAZY * rng.random() ** 2
        self.brief, self.thousands = rng.random() < _BRIEF, rng.random() < _THOUSANDS
        first = rng.randint(FIRST_YEAR, LAST_YEAR - _FEWEST + 1)
        last = min(LAST_YEAR, first + rng.randint(_FEWEST, _MOST) - 1)
        for year in range(first, last + 1):
            made = self._write(name_of(next(numbers)), year)
            yield made
            if rng.random() < _TWICE:
                yield replace(made, report_id=name_of(next(numbers)), duplicate_of=made.report_id)
            if rng.random() < _OTHER:
                yield other.document(name_of(next(numbers)), made, rng)

    def _write(self, report_id: str, year: int) -> MadeReport:
        made, numbers = self._opened(report_id, year)
        words = {
            "we": self.body.we, "place_of": self.body.place.name, "body": made.body.full(year),
            "year": str(year), "last_year": str(year - 1), "next_year": str(year + 1),
        }  # fmt: skip
        speaker = Speaker(
            self.rng, words, numbers, self.before, self.effects.leaning(self.body, year),
            self.repeats, self.thousands,
        )  # fmt: skip
        earlier = list(self.last)
        if self.rng.random() < _NEIGHBOUR and self.neighbour and self._speaks_like(self.neighbour):
            earlier += self.neighbour.last
        fill(made, speaker, int(_CHARACTERS * exp(self.rng.gauss(0, _SPREAD))), earlier)
        self.last = [replace(each, taken_from=report_id) for each in made.passages if each.general]
        self.before = numbers
        return made

    def _opened(self, report_id: str, year: int) -> tuple[MadeReport, Numbers]:
        """The report before it has any text, and the numbers of its year."""
        rng, body = self.rng, self.body
        form = form_of(self.style, year)
        numbers, filled = self.ledger.year(year, form)
        filled = filled and replace(filled, thousands=self.thousands)
        printed = body.brief(year) if self.brief else body.full(year)
        day = f"{year + 1}-{rng.randint(1, 3):02d}-{rng.randint(4, 28):02d}"
        made = MadeReport(
            report_id, body, year, form, title(rng, printed, year),
            day if rng.random() < _SIGNED else "", filled, self.ledger.granted(year),
        )  # fmt: skip
        return made, numbers

    def _speaks_like(self, other_author: _Author) -> bool:
        return self.body.we == other_author.body.we
