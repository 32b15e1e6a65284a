"""Rows of a list in running text, also where a label is wrapped around its unit and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.extract.forms import amounts, catalogue
from govtext.extract.forms.stream_labels import dense_example

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.text import Span
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.stream_items import Running
    from govtext.extract.forms.stream_labels import Item, LooseCell

_SHORTEST_BEGINNING = 4
_MOST_ENDS = 3
_WORD = re.compile(r"[^\s|]{1,40}")


@dataclass(slots=True)
class ListRow:
    """A row while it is read: its label if a form knows it, its unit, its cells.

    `text` are the words of its label so far, `rest` those of the note behind it.
    """

    label: Label | None
    printed: Span
    unit: str = ""
    cells: tuple[LooseCell, ...] = ()
    text: str = ""
    rest: str = ""


def take_words(running: Running, row: ListRow, item: Item) -> ListRow | None:
    """Take words behind a label to its row: its unit, the rest of its label.

    Returns
    -------
    ListRow or None
        The row that what is left of the words begins, if anything is left.
    """
    words = list(_WORD.finditer(running.folded, item.start, item.end))
    if words and words[0].group() in amounts.units() and not (row.unit or row.cells):
        row.unit = words.pop(0).group()
    unit = words.pop().group() if len(words) > 1 and words[-1].group() in amounts.units() else ""
    before = len(words)
    words = words[_ends(running, row, words) :]
    if not words:
        row.unit = row.unit or (unit if before else "")
        return None
    if _is_wrapped_around(row, [running.squeezed(*word.span()) for word in words]):
        return None
    start, end = words[0].start(), words[-1].end()
    dense = running.squeezed(start, end)
    if _goes_on(row, dense, unit):
        return None
    return ListRow(_named(dense), (start, end), unit, text=dense)


def own_cells(
    running: Running, row: ListRow, cells: tuple[LooseCell, ...]
) -> tuple[LooseCell, ...]:
    """Cells of a row without a number of the note behind its label: 计1条."""
    if not row.label:
        return cells
    number = running.squeezed(cells[0].start, cells[0].end)
    between = running.squeezed(row.printed[1], cells[0].start)
    whole = (f"{words}{number}" for words in (row.rest, between) if words)
    return cells[1:] if any(each in dense_example(row.label) for each in whole) else cells


def _ends(running: Running, row: ListRow, words: Sequence[re.Match[str]]) -> int:
    """How many words behind the cells of a row end its label, which then is taken up."""
    for count in range(1, min(len(words), _MOST_ENDS + 1)):
        whole = row.text + running.squeezed(words[0].start(), words[count - 1].end())
        named = _named(whole) if row.cells else None
        if named:
            row.label, row.text = named, whole
            return count
    return 0


def _is_wrapped_around(row: ListRow, words: Sequence[str]) -> bool:
    """Whether words are the note behind a label, with the unit of its row in their middle."""
    if row.label is None or row.unit or row.cells:
        return False
    for place, word in enumerate(words[1:], start=1):
        rest = "".join((row.rest, *words[:place], *words[place + 1 :]))
        if word in amounts.units() and rest in dense_example(row.label):
            row.unit, row.rest = word, rest
            return True
    return False


def _goes_on(row: ListRow, dense: str, unit: str) -> bool:
    """Whether words are more of a label that its unit or number stand in the middle of."""
    whole = row.text + dense
    named = _named(whole)
    if named:
        row.label, row.text = named, whole
    elif row.label and row.rest + dense in dense_example(row.label):
        row.rest += dense
    elif not row.cells and _begins(whole):
        row.label, row.text = None, whole
    else:
        return False
    row.unit = row.unit or unit
    return True


def _named(dense: str) -> Label | None:
    """Row of a list that words are by themselves, outside the groups of the form."""
    family = catalogue.family_of("list")
    named = (each for each in catalogue.exact("row", dense) if each.family == family)
    return next((each for each in named if not each.group), None)


def _begins(dense: str) -> bool:
    """Whether words are the beginning of a label of a list."""
    bare = catalogue.core(dense)
    rows = catalogue.labels("row", catalogue.family_of("list"))
    return len(bare) >= _SHORTEST_BEGINNING and any(
        catalogue.core(each.example).startswith(bare) for each in rows
    )
