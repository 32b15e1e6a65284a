"""Document -> Entries: the statistics tables of its text that lost their grid.

Rows are matched by their labels in order, never by the order of numbers; what stands between two
labels is the row of the first. A number that the sums of the form do not settle stays unread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.forms import tables, values
from govtext.extract.forms.cells import Spot, unit_in
from govtext.extract.forms.stream_blocks import outcomes
from govtext.extract.forms.stream_cells import SEVERAL
from govtext.extract.forms.stream_disclosed import disclosed
from govtext.extract.forms.stream_items import Running
from govtext.extract.forms.stream_lists import indicators
from govtext.extract.forms.stream_tables import applicants
from govtext.extract.forms.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Document, Entry
    from govtext.core.text import Span
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.stream_cells import Slot
    from govtext.extract.forms.stream_tables import Found

_BREAK = "。"


def loose_entries(document: Document, taken: Sequence[Span] = ()) -> tuple[Entry, ...]:
    """Entries of the tables in the text outside the spans `taken`, in order of the text.

    Parameters
    ----------
    document : Document
        The cleaned report.
    taken : sequence of tuple of int, optional
        Spans that are read already: its tables with a grid.

    Returns
    -------
    tuple of Entry
        `table` counts from 1; `flags` has ``glued_cells`` where digits were parted by the sums.
    """
    running = Running(_without(document.content.folded, taken))
    readers = (disclosed, applicants, outcomes, indicators)
    found = [table for reader in readers for table in reader(running) if table.lines]
    found.sort(key=lambda table: table.lines[0].printed)
    spots = [spot for number, table in enumerate(found) for spot in _spots(document, table, number)]
    return tuple(tables.entries(spots))


def _without(text: str, taken: Sequence[Span]) -> str:
    """Text of the same length, where no table reaches over what is taken."""
    parts = []
    position = 0
    for start, end in sorted(taken):
        begin = max(start, position)
        parts += [text[position:begin], _BREAK * (end - begin)]
        position = max(position, end)
    return "".join([*parts, text[position:]])


def _spots(document: Document, table: Found, number: int) -> Iterator[Spot]:
    """Cells of a table as those of a grid are given."""
    for row, line in enumerate(table.lines):
        text = " ".join(document.text[slice(*line.printed)].split())
        heads = line.heads or tuple(each.example for each in line.columns)
        for column, slot in enumerate(line.slots):
            head = line.columns[column]
            said = _said(document.text, head, slot)
            fixed = head.unit or (line.row.unit if line.row else "")
            printed = unit_in(heads[column]) or unit_in(text)
            yield Spot(
                grid=number,
                family=table.family,
                at=(row, column),
                start=slot.start,
                end=slot.end,
                value=said,
                row=line.row,
                column=head,
                row_text=text,
                column_text=heads[column],
                unit=said.unit or line.unit or printed or fixed,
                flags=slot.flag or "glued_cells" * (slot.is_split and not slot.reason),
                reason=slot.reason if slot.reason == SEVERAL else "",
                page=document.page_at(slot.start) if slot.start < len(document.text) else None,
            )


def _said(text: str, head: Label, slot: Slot) -> Value:
    if slot.reason:
        return Value("unread", reason=slot.reason)
    return values.value_of(text[slot.start : slot.end], signed=head.signed)
