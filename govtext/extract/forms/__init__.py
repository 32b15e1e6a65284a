"""Document -> Entries -> Observations: what the statistics tables of a report say.

Tables with a grid are read by their heads and labels, tables that lost it as a stream of labels
and numbers; both by the rows of `rules/form_*.csv`. Blank is not zero, and a cell that can be read
in two ways is not read, with a reason.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from govtext.extract.forms import grid, stream, tables
from govtext.extract.forms.observe import table_observations
from govtext.extract.forms.regions import spans, unread

if TYPE_CHECKING:
    from govtext.core.model import Document, Entry

__all__ = ["spans", "table_entries", "table_observations"]


def table_entries(document: Document) -> tuple[Entry, ...]:
    """Entries of every cell of every statistics table, in the order of the text.

    Parameters
    ----------
    document : Document
        A cleaned report, its tables with their grids.

    Returns
    -------
    tuple of Entry
        `table` counts from 1. A cell that no form knows has no metric but a reason.
    """
    gridded = tables.entries(grid.spots(document))
    loose = stream.loose_entries(document, (*spans(gridded, document), *unread(gridded, document)))
    found = [
        list(cells) for each in (gridded, loose) for _, cells in groupby(each, attrgetter("table"))
    ]
    found.sort(key=lambda cells: cells[0].start)
    return tuple(
        entry if entry.table == number else replace(entry, table=number)
        for number, cells in enumerate(found, start=1)
        for entry in cells
    )
