"""Bodies that the prose of a report names, weighed by how it speaks of them.

A body that a report is of opens its clauses and writes the report; one that it only mentions gives
orders, is reported to, is learned from. Names with a place count wherever they stand, others only
where a clause begins with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from govtext.core import regions
from govtext.extract.identify.evidence import Evidence, patterns
from govtext.extract.identify.names import Body, take_apart

_MOST_LINES = 200
_LONGEST_LINE = 4000
_NEAR = 12
_SUBJECT, _AUTHOR, _MENTION = 3, 4, 1
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Where a name stands in a line."""

    line: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The characters."""
        return self.line[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it, as far as it matters."""
        return self.line[max(0, self.start - _NEAR) : self.start]

    @property
    def behind(self) -> str:
        """What stands behind it, as far as it matters."""
        return self.line[self.end : self.end + 2 * _NEAR]


def spoken_of(evidence: Evidence) -> Iterator[Body]:
    """Bodies that the prose speaks of as the own one, the heaviest first.

    Parameters
    ----------
    evidence : Evidence
        What the report says.

    Yields
    ------
    Body
        None that weighs too little.
    """
    weights: Counter[str] = Counter()
    bodies: dict[str, Body] = {}
    for line in evidence.folded[:_MOST_LINES]:
        for span in _spans(line[:_LONGEST_LINE]):
            body = bodies.get(span.name) or take_apart(span.name, "text")
            if body and (weight := _weight(span)):
                bodies[span.name] = body
                weights[span.name] += weight
    _lend(weights, bodies)
    for name, weight in weights.most_common():
        if weight >= _ENOUGH:
            yield bodies[name]


def _spans(line: str) -> Iterator[Span]:
    """Names of bodies in a line: with a place in front, or at the begin of a clause."""
    chain = -1
    end = 0
    for mention in regions.mentions(line):
        chain = chain if mention.start == end and chain >= 0 else mention.start
        end = mention.end
        if regions.name_at(line, end, aliases=False):
            continue
        for row in patterns("placed_head"):
            if match := row.match(line, end):
                yield Span(line, chain, match.end())
                break
    for row in patterns("clause_subject"):
        for match in row.finditer(line):
            if not regions.name_at(line, match.start("body")):
                yield Span(line, *match.span("body"))


def _weight(span: Span) -> int:
    """How much a mention speaks for a body: as a subject, as the author, or not at all."""
    if not span.start and any(row.match(span.behind) for row in patterns("titled_behind")):
        return _AUTHOR
    if any(row.match(span.behind) for row in patterns("superior_behind")):
        return 0
    if any(row.match(span.behind) for row in patterns("author_behind")):
        return _AUTHOR
    if any(row.search(span.before) for row in patterns("superior_before")):
        return 0
    subject = not span.before or any(row.search(span.before) for row in patterns("clause_begin"))
    return _SUBJECT if subject else _MENTION


def _lend(weights: Counter[str], bodies: dict[str, Body]) -> None:
    """Give the weight of a name without its place to the one name with it: 区财政局, 某区财政局."""
    for name, body in bodies.items():
        if body.places:
            continue
        full = [
            other
            for other, each in bodies.items()
            if each.places and each.office == body.office
            and each.places[-1].endswith(body.relative)
        ]  # fmt: skip
        if len(full) == 1:
            weights[full[0]] += weights.pop(name, 0)
