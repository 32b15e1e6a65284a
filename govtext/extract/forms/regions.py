"""Entries -> spans: which characters of a report its statistics tables take up."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from govtext.extract.forms import catalogue
from govtext.extract.forms.catalogue import LONGEST_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Document, Entry, Table
    from govtext.core.text import Span

_FARTHEST_LABEL = 400
_GAP = 2


def spans(entries: Sequence[Entry], document: Document) -> tuple[Span, ...]:
    """Spans of the text that tables take up, in order and apart, for readers of prose to leave out.

    Of a grid with a table of a form all cells but those of prose; of one that no form knows the
    numbers only; of a table without a grid what reaches from its first label to its last number.
    """
    grids = document.tables
    found: list[Span] = []
    known: set[int] = set()
    loose: list[Entry] = []
    for entry in entries:
        place = bisect_right(grids, entry.start, key=attrgetter("start")) - 1
        inside = place >= 0 and entry.end <= grids[place].end
        if not inside:
            loose.append(entry)
        elif entry.kind:
            known.add(place)
        else:
            found.append((entry.start, entry.end))
    for place in known:
        found += _cells(grids[place])
    for _, table in groupby(loose, key=attrgetter("table")):
        found.append(_region(list(table), document.text))
    return tuple(_merged(found))


def unread(entries: Sequence[Entry], document: Document) -> Iterator[Span]:
    """Grids with rows of a form whose cells could not be told: they are no running text either."""
    for table in document.tables:
        inside = (each for each in entries if table.start <= each.start <= table.end)
        if any(not each.kind and catalogue.matches("row", each.row_label) for each in inside):
            yield table.start, table.end


def _cells(table: Table) -> Iterator[Span]:
    return (
        (cell.start, cell.end) for cell in table.cells if cell.end - cell.start <= LONGEST_LABEL
    )


def _region(entries: Sequence[Entry], text: str) -> Span:
    """From the label before the first cell to the end of the last."""
    first = min(entries, key=attrgetter("start"))
    begin = text.rfind(first.row_label, max(0, first.start - _FARTHEST_LABEL), first.start)
    return (begin if begin >= 0 else first.start), max(entry.end for entry in entries)


def _merged(found: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, those with no more than the mark between two cells between them as one."""
    begin = end = -_GAP - 1
    for start, stop in sorted(each for each in found if each[0] < each[1]):
        if start > end + _GAP:
            if begin < end:
                yield begin, end
            begin = start
        end = max(end, stop)
    if begin < end:
        yield begin, end
