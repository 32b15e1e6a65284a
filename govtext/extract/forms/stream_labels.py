"""Running text -> labels: where what the rows and columns of a form are called stands in it.

A label is tried only near its literals, which one pass finds for all forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from govtext.core import rules
from govtext.core.literals import Literals, literals
from govtext.core.rules import RuleError
from govtext.core.text import HAN, key
from govtext.extract.forms import amounts, catalogue

if TYPE_CHECKING:
    from govtext.extract.forms.catalogue import Label

WORD = re.compile(r"[^\s|]+")
"""Characters without a space or the border of a cell among them."""
CHINESE = re.compile(f"[{HAN}]")
"""A Chinese character."""
CHINESE_MARK = re.compile(rules.one_of("label_marks", "heading_number"))
"""The number of a heading."""
_FAMILY_ROLES = frozenset({"value", "group"})
_NOTE = re.compile(rules.one_of("label_marks", "note_behind"))
_SAID_IN_NOTES = re.compile(rules.one_of("label_marks", "no_number_of_note"))
_SIGMA = "Σ"  # in lower case it depends on what stands around it
_GAP = re.compile(r"[ \n|]*")
_APART = re.compile(r"(?<=\s)(?:[-/]|--)(?=\s)")
_LONGEST_UNIT = 3
_LONGEST_SHORT = 4


@dataclass(frozen=True, slots=True)
class LooseCell:
    """Characters that say what one or, where digits run together, several cells hold.

    `is_loose` where a word follows that makes it doubtful: a number of the prose behind a table.
    """

    start: int
    end: int
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A label, a run of cells, words that are neither, or a break that no table reaches over.

    `labels` are all that the characters may be; `is_numbered` where a number heads the label.
    """

    kind: str
    start: int
    end: int
    labels: tuple[Label, ...] = ()
    cells: tuple[LooseCell, ...] = ()
    is_numbered: bool = False


class Labelled:
    """A folded text, and the same without any space, as labels are compared, with its labels."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.runs = [match.span() for match in WORD.finditer(folded)]
        self.dense = _lowered("".join([folded[start:end] for start, end in self.runs]))
        self.found: dict[str, list[Item]] = {}

    @cached_property
    def places(self) -> list[int]:
        """Where in the text each character without the spaces stands."""
        return [place for start, end in self.runs for place in range(start, end)]

    @cached_property
    def standing(self) -> dict[str, list[int]]:
        """Where each literal of the labels stands in the text without spaces, if it does."""
        found: dict[str, list[int]] = {}
        finder, strings = _finder()
        for number, start, _ in finder.find_matches_as_indexes(self.dense, overlapping=True):
            found.setdefault(strings[number], []).append(start)
        return found

    def squeezed(self, start: int, end: int) -> str:
        """Characters of a span as labels are compared."""
        return "".join(self.folded[start:end].replace("|", "").split()).lower()

    def labels(self, family: str) -> list[Item]:
        """Labels of a family, each with the bracketed note behind it."""
        if family not in self.found:
            self.found[family] = self._labels(family)
        return self.found[family]

    def _labels(self, family: str) -> list[Item]:
        reached: dict[int, list[tuple[int, Label]]] = {}
        for label in _labels(family):
            for start in self._starts(label):
                if match := label.pattern.match(self.dense, start):
                    reached.setdefault(start, []).append((match.end(), label))
        found = []
        position = 0
        for start in sorted(reached):
            if start < position:
                continue
            end = max(stop for stop, _ in reached[start])
            labels = tuple(each for stop, each in reached[start] if stop == end)
            if self._is_within(start, end, family):
                position = end + 1
                continue
            note = _NOTE.match(self.dense, end)
            if note and _is_note(note.group(), labels) and not self._parts(end, note.end()):
                end = note.end()
            found.append(Item("label", self.places[start], self.places[end - 1] + 1, labels))
            position = end
        return found

    def _starts(self, label: Label) -> Iterable[int]:
        """Where a label may begin: near the rarest of its literals, if all of them stand here."""
        parts = _literals(label)
        if any(part.strings.isdisjoint(self.standing) for part in parts):
            return ()
        near = [
            [place for string in part.strings for place in self.standing.get(string, ())]
            for part in parts
        ]
        places, reach = min(zip(near, (part.reach for part in parts), strict=True), key=_work)
        return {start for place in places for start in range(max(0, place - reach), place + 1)}

    def _is_within(self, start: int, end: int, family: str) -> bool:
        """Whether a short label of a list is a word of a longer one: 及政府网站工作人员数."""
        if catalogue.role_of(family) != "list" or end - start > _LONGEST_SHORT:
            return False
        first, last = self.places[start], self.places[end - 1] + 1
        before = self.folded[max(0, first - 1) : first]
        if CHINESE.match(before) and before not in amounts.units():
            return True
        gap = _GAP.match(self.folded, last)
        behind = gap.end() if gap else last
        return bool(
            CHINESE.match(self.folded, behind)
            and not behind_unit(self.folded, behind, len(self.folded))
        )

    def _parts(self, start: int, end: int) -> bool:
        """Whether cells stand within what reads like a note: a label wrapped around its row."""
        note = self.folded[self.places[start] : self.places[end - 1] + 1]
        return _APART.search(note) is not None


def behind_unit(folded: str, stop: int, end: int) -> int:
    """Where the unit behind a number ends; 0 where none stands there by itself."""
    for length in range(_LONGEST_UNIT, 0, -1):
        behind = stop + length
        if behind <= end and folded[stop:behind] in amounts.units():
            alone = behind == end or not CHINESE.match(folded, behind)
            if alone or CHINESE_MARK.match(folded, behind):
                return behind
    return 0


def _work(found: tuple[list[int], int]) -> int:
    """How many places a literal leaves to be tried."""
    places, reach = found
    return len(places) * (1 + reach)


def _lowered(text: str) -> str:
    """Text in lower case, mark by mark, so that offsets stay."""
    lower = text.lower()
    if len(lower) == len(text) and _SIGMA not in text:
        return lower
    return "".join(low if len(low := mark.lower()) == 1 else mark for mark in text)


@cache
def dense_example(label: Label) -> str:
    """Label as the forms print it, without spaces."""
    return key(label.example)


@cache
def _labels(family: str) -> tuple[Label, ...]:
    """Labels of a family that are looked for in running text."""
    columns = () if catalogue.role_of(family) == "list" else catalogue.labels("column", family)
    return tuple(
        each for each in (*catalogue.labels("row", family), *columns) if each.role in _FAMILY_ROLES
    )


@cache
def _literals(label: Label) -> tuple[Literals, ...]:
    """Literals of a label.

    Raises
    ------
    RuleError
        If it has none.
    """
    found = literals(label.pattern.pattern)
    if not found:
        raise RuleError(f"label {label.name!r} can be anything: {label.pattern.pattern!r}")
    return found


@cache
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    """What finds the literals of all labels, and these."""
    families = {row["family"] for row in rules.load("form_tables")}
    parts = (part for family in families for label in _labels(family) for part in _literals(label))
    strings = tuple(sorted({string for part in parts for string in part.strings}))
    return AhoCorasick(strings), strings


def _is_note(note: str, labels: tuple[Label, ...]) -> bool:
    """True for a note that the form prints, or without digits but in years and in examples."""
    if not any(mark.isdecimal() for mark in _SAID_IN_NOTES.sub("", note)):
        return True
    return any(note in dense_example(each) for each in labels)
