"""A text as printed and as read: what stands for what, and the way back.

Reading text may be shorter than the printed one: a character drawn twice is read once, a blank
within a number is not there. Verbs read it; their spans are led back once, when all are done.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from govtext.core.model import Document, Segment, Table

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a text, and what they are read as; an empty `text` leaves them out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """Edits of one text, in order and apart; `places` says where each stands in the text made."""

    edits: tuple[Edit, ...]
    places: tuple[int, ...] = field(repr=False)

    def apply(self, text: str) -> str:
        """Text with the edits made."""
        parts: list[str] = []
        position = 0
        for edit in self.edits:
            parts += (text[position : edit.start], edit.text)
            position = edit.end
        return "".join([*parts, text[position:]])

    def origin(self, position: int) -> int:
        """Where the characters begin that the one at `position` of the text made stands for."""
        index = bisect_right(self.places, position) - 1
        if index < 0:
            return position
        edit, offset = self.edits[index], position - self.places[index]
        if offset >= len(edit.text):
            return edit.end + offset - len(edit.text)
        return edit.start + (offset if _is_even(edit) else 0)

    def ending(self, position: int) -> int:
        """Where the characters end that the one before `position` stands for."""
        if not position:
            return 0
        index = bisect_right(self.places, position - 1) - 1
        edit = self.edits[index] if index >= 0 else None
        inside = edit is not None and position - 1 - self.places[index] < len(edit.text)
        return edit.end if edit and inside and not _is_even(edit) else self.origin(position - 1) + 1

    def forward(self, position: int) -> int:
        """Where a position of the text that was edited has gone."""
        index = bisect_right(self.edits, position, key=attrgetter("start")) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        behind = self.places[index] + len(edit.text)
        if position >= edit.end:
            return behind + position - edit.end
        return min(behind, self.places[index] + position - edit.start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any edit lies in a span of the text that was edited."""
        index = bisect_right(self.edits, start, key=attrgetter("end"))
        return index < len(self.edits) and self.edits[index].start < end


@dataclass(frozen=True, slots=True)
class Mending:
    """All steps from a printed text to the one that is read, in their order."""

    steps: tuple[Step, ...] = ()

    def printed(self, start: int, end: int) -> Span:
        """Span of the printed text that `start:end` of the text for reading stands for."""
        for step in reversed(self.steps):
            empty = start == end
            end = step.ending(end)
            start = end if empty else step.origin(start)
        return start, end

    def border(self, position: int) -> int:
        """Where what begins at `position` begins in the printed text."""
        for step in reversed(self.steps):
            position = step.origin(position) if position else 0
        return position

    def is_repaired(self, start: int, end: int) -> bool:
        """Whether a span of the text for reading is not printed just so."""
        for step in reversed(self.steps):
            end = step.ending(end)
            start = min(end, step.origin(start))
            if step.touches(start, end):
                return True
        return False


def step(edits: Iterable[Edit]) -> Step:
    """Step of some edits, which must not overlap, in any order."""
    ordered = tuple(sorted(edits, key=attrgetter("start", "end")))
    places: list[int] = []
    shift = 0
    for edit in ordered:
        places.append(edit.start + shift)
        shift += len(edit.text) - (edit.end - edit.start)
    return Step(ordered, tuple(places))


def apply(document: Document, made: Step) -> Document:
    """Document with the edits of a step made; its tables and its way back to the page follow."""
    tables = tuple(_moved(table, made) for table in document.tables)
    text = made.apply(document.text)
    segments = tuple(_segments(document.segments, list(_runs(made, len(text)))))
    return replace(document, text=text, segments=segments, tables=tables)


def _is_even(edit: Edit) -> bool:
    return len(edit.text) == edit.end - edit.start


def _moved(table: Table, made: Step) -> Table:
    cells = tuple(
        replace(cell, start=made.forward(cell.start), end=made.forward(cell.end))
        for cell in table.cells
    )
    return Table(made.forward(table.start), made.forward(table.end), cells)


def _runs(made: Step, length: int) -> Iterator[Segment]:
    """Stretches of the text made that stand for as many characters, or the first of more."""
    position = origin = 0
    for edit, place in zip(made.edits, made.places, strict=True):
        if place > position:
            yield Segment(position, origin, place - position)
        if edit.text:
            yield Segment(place, edit.start, len(edit.text))
        position, origin = place + len(edit.text), edit.end
    if length > position:
        yield Segment(position, origin, length - position)


def _segments(before: Sequence[Segment], runs: Sequence[Segment]) -> Iterator[Segment]:
    """Segments of the text made, from those of the text that was edited."""
    index = 0
    for run in runs:
        stop = run.raw_start + run.length
        while index < len(before) and before[index].start + before[index].length <= run.raw_start:
            index += 1
        place = index
        while place < len(before) and before[place].start < stop:
            old = before[place]
            begin = max(old.start, run.raw_start)
            end = min(old.start + old.length, stop)
            if begin < end:
                yield Segment(
                    run.start + begin - run.raw_start,
                    old.raw_start + begin - old.start,
                    end - begin,
                )
            place += 1
