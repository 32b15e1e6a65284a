"""Running text -> labels, cells and words: what stands in it of a table that lost its grid.

Labels are found first, by the rules; between them stand numbers, which are cells or runs of cells,
and words. Digits within a label, the number that heads one and dates are no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from govtext.core import rules
from govtext.core.literals import Literals, literals
from govtext.core.rules import RuleError
from govtext.core.text import HAN, SENTENCE_ENDS, key, stops
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
_END = re.compile(rf"[{re.escape(SENTENCE_ENDS)}]|,[{HAN}]")
_WORD = re.compile(r"[^\s|]+")
_SIGMA = "Σ"  # in lower case it depends on what stands around it
_GAP = re.compile(r"[ \n|]*")
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
        self.runs = [match.span() for match in _WORD.finditer(folded)]
        self.dense = _lowered("".join([folded[start:end] for start, end in self.runs]))
        self.found: dict[str, list[Item]] = {}
        self.mark = 0

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

    def items(self, family: str) -> list[Item]:
        """All that the text holds as a table of this family would."""
        found: list[Item] = []
        self.mark = 0
        position = 0
        for hit in self.labels(family):
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

    def clusters(self, family: str) -> Iterator[tuple[list[Item], int]]:
        """Labels of a family that no sure end of a table parts, and the most cells around them."""
        run: list[Item] = []
        before = 0
        for item in self.labels(family):
            if run and any(self._ends(run[-1].end, item.start)):
                yield run, self._most_cells(run, before)
                before, run = run[-1].end, []
            run.append(item)
        if run:
            yield run, self._most_cells(run, before)

    def _ends(self, start: int, end: int) -> Iterator[int]:
        """Marks between two labels that no table reaches over, whatever cells stand beside them.

        No label has such a mark, or none has a comma before the character behind it.
        """
        for match in _END.finditer(self.folded, start, end):
            last = match.end() - 1
            if match.group() not in _examples() and not _TOKEN.match(self.folded, last):
                yield match.start() + 1

    def _most_cells(self, labels: Sequence[Item], before: int) -> int:
        """Most cells that may stand among some labels, and up to the sure ends around them.

        At `before` the last label before them ends.
        """
        first, last = labels[0].start, labels[-1].end
        left = max(before, *(self.folded.rfind(mark, before, first) for mark in SENTENCE_ENDS))
        left = max(self._ends(left, first), default=left)
        right = next(self._ends(last, len(self.folded)), len(self.folded))
        around = self.folded[left:right].lower()
        return sum(1 for _ in _TOKEN.finditer(around)) + values.count_marks(around)

    def _is_within(self, start: int, end: int, family: str) -> bool:
        """Whether a short label of a list is a word of a longer one: 及政府网站工作人员数."""
        if catalogue.role_of(family) != "list" or end - start > _LONGEST_SHORT:
            return False
        first, last = self.places[start], self.places[end - 1] + 1
        before = self.folded[max(0, first - 1) : first]
        if _CHINESE.match(before) and before not in amounts.units():
            return True
        gap = _GAP.match(self.folded, last)
        behind = gap.end() if gap else last
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
def _examples() -> str:
    """All labels as the forms print them, without spaces, one a line."""
    both = (*catalogue.labels("row"), *catalogue.labels("column"))
    return "\n".join(dense_example(each) for each in both)


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
