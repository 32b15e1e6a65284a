"""Running text -> labels, cells and words: what stands in it of a table that lost its grid.

Labels are found first, by the rules; between them stand numbers, which are cells or runs of cells,
and words. Digits within a label, the number that heads one and dates are no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.text import HAN, key, stops
from govtext.extract.forms import amounts, catalogue, values

if TYPE_CHECKING:
    from govtext.extract.forms.catalogue import Label

_FAMILY_ROLES = frozenset({"value", "group"})
_NOTE = re.compile(rules.one_of("label_marks", "note_behind"))
_SAID_IN_NOTES = re.compile(rules.one_of("label_marks", "no_number_of_note"))
_TOKEN = re.compile(
    rf"(?:(?<![^\s|])[+-]{{2,3}}|[+-]|{rules.one_of('label_marks', 'change')})?"
    r"[0-9]{1,300}(?:,[0-9]{1,300}){0,5}(?:\.[0-9]{1,8})?|-{1,8}|/"
)
_TORN = re.compile(r"\.[ ]{0,9}\n[ ]{0,9}[0-9]{1,8}(?![0-9.、)])")
_LIST_MARK = re.compile(r" {0,2}[.、)](?![0-9])")
_DATE = re.compile(rules.one_of("label_marks", "date"))
_CHINESE = re.compile(f"[{HAN}]")
_CHINESE_MARK = re.compile(rules.one_of("label_marks", "heading_number"))
_TRIVIAL = re.compile(f"(?:{rules.one_of('label_marks', 'trivial')}){{0,200}}")
_NUMBERED = re.compile("(?:[、.)]|^)\\s{0,4}$")
_STOP = stops("sentence", ",")
_WORD = re.compile(r"[^\s|]+")
_APART = re.compile(r"(?<=\s)(?:[-/]|--)(?=\s)")
_MOST_MARKS = 20
_LONGEST_WORDS = 60
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


class Running:
    """A folded text to find tables in, and the same without any space, as labels are compared."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.places = [
            place for place, mark in enumerate(self.folded) if not (mark.isspace() or mark == "|")
        ]
        self.dense = "".join(_lower(self.folded[place]) for place in self.places)
        self.mark = 0

    def squeezed(self, start: int, end: int) -> str:
        """Characters of a span as labels are compared."""
        return "".join(self.folded[start:end].replace("|", "").split()).lower()

    def items(self, family: str) -> list[Item]:
        """All that the text holds as a table of this family would."""
        found: list[Item] = []
        position = 0
        for hit in self._labels(family):
            between = list(self._between(position, hit.start, family))
            numbered = bool(_NUMBERED.search(self.folded[max(0, hit.start - 8) : hit.start]))
            found += between
            found.append(
                Item(
                    kind="label",
                    start=hit.start,
                    end=hit.end,
                    labels=hit.labels,
                    cells=(),
                    is_numbered=numbered,
                )
            )
            position = hit.end
        if found:
            found += self._between(position, len(self.folded), family)
        return found

    def _labels(self, family: str) -> Iterator[Item]:
        """Labels of a family, each with the bracketed note behind it."""
        expression = _any_label(family)
        position = 0
        while match := expression.search(self.dense, position):
            reached = {
                label: label.pattern.match(self.dense, match.start()) for label in _labels(family)
            }
            end = max(hit.end() for hit in reached.values() if hit)
            labels = tuple(each for each, hit in reached.items() if hit and hit.end() == end)
            if end == match.start() or self._is_within(match.start(), end, family):
                position = end + 1
                continue
            note = _NOTE.match(self.dense, end)
            if note and _is_note(note.group(), labels) and not self._parts(end, note.end()):
                end = note.end()
            yield Item("label", self.places[match.start()], self.places[end - 1] + 1, labels)
            position = end

    def _is_within(self, start: int, end: int, family: str) -> bool:
        """Whether a short label of a list is a word of a longer one: 及政府网站工作人员数."""
        if catalogue.role_of(family) != "list" or end - start > _LONGEST_SHORT:
            return False
        first, last = self.places[start], self.places[end - 1] + 1
        before = self.folded[max(0, first - 1) : first]
        if _CHINESE.match(before) and before not in amounts.units():
            return True
        behind = len(self.folded) - len(self.folded[last:].lstrip(" \n|"))
        return bool(
            _CHINESE.match(self.folded, behind) and not self._behind_unit(behind, len(self.folded))
        )

    def _parts(self, start: int, end: int) -> bool:
        """Whether cells stand within what reads like a note: a label wrapped around its row."""
        note = self.folded[self.places[start] : self.places[end - 1] + 1]
        return _APART.search(note) is not None

    def _between(self, start: int, end: int, family: str) -> Iterator[Item]:
        """Cells and words of the text between two labels."""
        cells: list[LooseCell] = []
        position = start
        for cell in self._cells(start, end):
            words = self._words(position, cell.start, family)
            if words:
                if cells:
                    yield Item("cells", cells[0].start, cells[-1].end, (), tuple(cells))
                    cells = []
                yield words
            cells.append(cell)
            position = cell.end
        if cells:
            yield Item("cells", cells[0].start, cells[-1].end, (), tuple(cells))
        words = self._words(position, end, family)
        if words:
            yield words

    def _said(self, words: Item) -> Item:
        """Words that stand in place of numbers (无) as the cells that they are."""
        marks = list(_WORD.finditer(self.folded, words.start, words.end))[: _MOST_MARKS + 1]
        if len(marks) <= _MOST_MARKS and all(
            values.value_of(mark.group()).status == "na" for mark in marks
        ):
            cells = tuple(LooseCell(*mark.span()) for mark in marks)
            return replace(words, kind="cells", cells=cells)
        return words

    def _words(self, start: int, end: int, family: str) -> Item | None:
        """Words of a span, a break where they read like prose, None where nothing is said."""
        between = self.folded[start:end]
        if len(between) <= 200 and _TRIVIAL.fullmatch(between):
            return None
        left = start + len(between) - len(between.lstrip(" \n|"))
        right = end - len(between) + len(between.rstrip(" \n|"))
        dense = self.squeezed(left, right)
        prose = len(dense) > _LONGEST_WORDS or _STOP.search(dense)
        if prose and not _is_fragment(dense, family):
            return Item("break", left, right)
        return self._said(Item("words", left, right))

    def _cells(self, start: int, end: int) -> Iterator[LooseCell]:
        """Numbers and dashes between two labels, without those that head a line or date one."""
        for match in _TOKEN.finditer(self.folded, start, end):
            torn = _TORN.match(self.folded, match.end(), end)
            if torn:
                yield LooseCell(match.start(), torn.end())
                continue
            stop = self._without_mark(match.start(), match.end())
            if stop <= match.start():
                continue
            cell = self._cell(match.start(), stop, end)
            if cell:
                yield cell

    def _without_mark(self, start: int, end: int) -> int:
        """Where a number ends that the number of a list stands right behind: 0002. is 000 and 2."""
        if not self.folded[end - 1].isdecimal() or not _LIST_MARK.match(self.folded, end):
            return end
        last, self.mark = self.mark, int(self.folded[end - 1])
        if end - start == 2 and self.folded[start:end] == str(last + 1):
            self.mark = last + 1
            return start
        stop = end - 1
        return stop - 1 if stop > start and self.folded[stop - 1] in ".," else stop

    def _cell(self, start: int, stop: int, end: int) -> LooseCell | None:
        """Number with the unit behind it; None for a date."""
        if stop >= end or not _CHINESE.match(self.folded, stop):
            return LooseCell(start, stop)
        behind = self._behind_unit(stop, end)
        if behind:
            return LooseCell(start, behind)
        if _DATE.match(self.folded, stop):
            return LooseCell(start, stop - 4) if stop - start > 4 else None
        loose = not _CHINESE_MARK.match(self.folded, stop)
        return LooseCell(start, stop, loose)

    def _behind_unit(self, stop: int, end: int) -> int:
        """Where the unit behind a number ends; 0 where none stands there by itself."""
        for length in range(_LONGEST_UNIT, 0, -1):
            behind = stop + length
            if behind <= end and self.folded[stop:behind] in amounts.units():
                alone = behind == end or not _CHINESE.match(self.folded, behind)
                if alone or _CHINESE_MARK.match(self.folded, behind):
                    return behind
        return 0


def _lower(mark: str) -> str:
    """Mark in lower case where that is one mark too, so that offsets stay."""
    lower = mark.lower()
    return lower if len(lower) == 1 else mark


@cache
def dense_example(label: Label) -> str:
    """Label as the forms print it, without spaces."""
    return key(label.example)


def _is_fragment(dense: str, family: str) -> bool:
    """True if the characters are a piece of a label of the family."""
    both = (*catalogue.labels("row", family), *catalogue.labels("column", family))
    return any(dense in dense_example(each) for each in both)


@cache
def _labels(family: str) -> tuple[Label, ...]:
    """Labels of a family that are looked for in running text."""
    columns = () if catalogue.role_of(family) == "list" else catalogue.labels("column", family)
    return tuple(
        each for each in (*catalogue.labels("row", family), *columns) if each.role in _FAMILY_ROLES
    )


@cache
def _any_label(family: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each.pattern.pattern})" for each in _labels(family)))


def _is_note(note: str, labels: tuple[Label, ...]) -> bool:
    """True for a note that the form prints, or without digits but in years and in examples."""
    if not any(mark.isdecimal() for mark in _SAID_IN_NOTES.sub("", note)):
        return True
    return any(note in dense_example(each) for each in labels)
