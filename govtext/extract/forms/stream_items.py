"""Running text -> labels, cells and words: what stands in it of a table that lost its grid.

Labels are found first, by the rules; between them stand numbers, which are cells or runs of cells,
and words. Digits within a label, the number that heads one and dates are no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from govtext.core import rules
from govtext.core.literals import begun
from govtext.core.text import HAN, SENTENCE_ENDS, stops
from govtext.extract.forms import catalogue, values
from govtext.extract.forms.stream_labels import (
    CHINESE,
    CHINESE_MARK,
    WORD,
    Item,
    Labelled,
    LooseCell,
    behind_unit,
    dense_example,
)

_TOKEN = re.compile(
    begun(
        rf"(?:(?<![^\s|])[+-]{{2,3}}|[+-]|{rules.one_of('label_marks', 'change')})?"
        r"[0-9]{1,300}(?:,[0-9]{1,300}){0,5}(?:\.[0-9]{1,8})?|-{1,8}|/"
    )
)
_TORN = re.compile(r"\.[ ]{0,9}\n[ ]{0,9}[0-9]{1,8}(?![0-9.、)])")
_LIST_MARK = re.compile(r" {0,2}[.、)](?![0-9])")
_DATE = re.compile(rules.one_of("label_marks", "date"))
_TRIVIAL = re.compile(f"(?:{rules.one_of('label_marks', 'trivial')}){{0,200}}")
_NUMBERED = re.compile("(?:[、.)]|^)\\s{0,4}$")
_STOP = stops("sentence", ",")
_END = re.compile(rf"[{re.escape(SENTENCE_ENDS)}]|,[{HAN}]")
_MOST_MARKS = 20
_LONGEST_WORDS = 60


class Running(Labelled):
    """A folded text to find tables in: its labels, and what stands between them.

    `mark` is the number of a list that was read last.
    """

    def __init__(self, folded: str) -> None:
        super().__init__(folded)
        self.mark = 0

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
        marks = list(WORD.finditer(self.folded, words.start, words.end))[: _MOST_MARKS + 1]
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
        if stop >= end or not CHINESE.match(self.folded, stop):
            return LooseCell(start, stop)
        behind = behind_unit(self.folded, stop, end)
        if behind:
            return LooseCell(start, behind)
        if _DATE.match(self.folded, stop):
            return LooseCell(start, stop - 4) if stop - start > 4 else None
        loose = not CHINESE_MARK.match(self.folded, stop)
        return LooseCell(start, stop, loose)


def _is_fragment(dense: str, family: str) -> bool:
    """True if the characters are a piece of a label of the family."""
    return dense in _examples(family)


@cache
def _examples(family: str | None = None) -> str:
    """All labels, or those of a family, as the forms print them, without spaces, one a line."""
    both = (*catalogue.labels("row", family), *catalogue.labels("column", family))
    return "\n".join(dense_example(each) for each in both)
