"""Items -> lines: the table of reviews and lawsuits in running text, three blocks of outcomes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from govtext.extract.forms import catalogue
from govtext.extract.forms.run_together_digits import ColumnGroup
from govtext.extract.forms.stream_cells import ORDER, CellRun, Slot, slots
from govtext.extract.forms.stream_tables import Found, PrintedRow, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.text import Span
    from govtext.extract.forms.catalogue import Label
    from govtext.extract.forms.stream_items import Running
    from govtext.extract.forms.stream_labels import Item


def outcomes(running: Running) -> Iterator[Found]:
    """Tables of reviews and lawsuits: the numbers behind all heads, by block, or one by one."""
    family = catalogue.family_of("outcomes")
    if not may_tell_outcomes(running.labels(family)):
        return
    for stretch in stretches(running.items(family)):
        lines = tuple(_blocks(running, stretch)) or tuple(_upright(stretch))
        if lines:
            yield Found(family, lines)


def may_tell_outcomes(found: Sequence[Item]) -> bool:
    """Whether among the labels of a text are a block and all outcomes."""
    return any(map(_named, found)) and {_head(item) for item in found}.issuperset(_order())


def _blocks(running: Running, items: Sequence[Item]) -> Iterator[PrintedRow]:
    """Lines of each block, as soon as a run of cells stands behind its heads."""
    blocks: dict[Label, Span] = {}
    heads: list[Label] = []
    is_filled = False
    for item in items:
        head = _head(item)
        if item.kind == "cells":
            yield from _filled(running, blocks, heads, item)
            blocks, is_filled = {}, True
        elif item.kind == "words":
            blocks, heads = {}, []
        elif head:
            heads = [*([] if is_filled else heads), head]
            is_filled = False
        else:
            for block in _named(item):
                blocks.pop(block, None)  # a title may name it before the table does
                blocks[block] = (item.start, item.end)


def _filled(
    running: Running, blocks: dict[Label, Span], heads: Sequence[Label], cells: Item
) -> Iterator[PrintedRow]:
    """Lines of blocks whose heads are all there, in the order of the form."""
    order = _order()
    if not blocks or tuple(heads) not in {order, order * len(blocks)}:
        return
    groups = tuple(ColumnGroup(len(order), has_total=True) for _ in blocks)
    (found,) = slots(running.folded, [CellRun(cells.start, cells.cells, cells.end)], groups)
    places = [block.order for block in blocks]
    if places != sorted(places):
        # A name that was lifted out of its table tells nothing of the order of the blocks.
        found = tuple(replace(slot, reason=ORDER) for slot in found)
    for place, (block, printed) in enumerate(blocks.items()):
        first = place * len(order)
        yield PrintedRow(block, printed, order, found[first : first + len(order)])


def _upright(items: Sequence[Item]) -> Iterator[PrintedRow]:
    """Lines of blocks that print each outcome with its number behind it."""
    block: tuple[Label, Span] | None = None
    cells: dict[Label, Slot] = {}
    head: Label | None = None
    for item in items:
        if item.kind == "cells":
            if block and head and len(item.cells) == 1 and head not in cells:
                cells[head] = Slot(item.cells[0].start, item.cells[0].end)
            head = None
        elif _head(item):
            head = _head(item)
        elif _named(item):
            yield from _complete(block, cells)
            block, cells = (_named(item)[0], (item.start, item.end)), {}
    yield from _complete(block, cells)


def _complete(block: tuple[Label, Span] | None, cells: dict[Label, Slot]) -> Iterator[PrintedRow]:
    """Line of a block that has a number for every outcome, in the order of the form."""
    if block and tuple(cells) == _order():
        yield PrintedRow(*block, tuple(cells), tuple(cells.values()))


def _head(item: Item) -> Label | None:
    """Outcome that a label names."""
    return next((each for each in item.labels if each.axis == "column"), None)


def _named(item: Item) -> list[Label]:
    """Blocks that a label names; 行政诉讼 alone heads two of them and is none."""
    return [each for each in item.labels if each.axis == "row" and each.role == "value"]


@cache
def _order() -> tuple[Label, ...]:
    """Outcomes of a block in the order of the form."""
    family = catalogue.family_of("outcomes")
    return tuple(each for each in catalogue.labels("column", family) if each.role == "value")
