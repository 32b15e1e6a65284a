"""Parts of a table on several pages -> its boxes: what page breaks tear is put together again.

The table, the row, and the merged cell. A cell goes on below the break where its text does; where
the text does not tell, it stays apart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.read.flow import Box
from govtext.read.pdf.cells import Part, Piece, fills, text_of
from govtext.read.pdf.lines import begins_item, is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SAME_EDGE = 5.0
_SAME_BORDER = 8.0
_BRACKETS = {"(": ")", "（": "）", "〔": "〕", "《": "》", "“": "”"}


def fits(above: Part, below: Part) -> bool:
    """True if a part at the head of a page has the borders of the one at the foot before it."""
    shift = _shift(above, below)
    width = abs((below.right - below.left) - (above.right - above.left))
    return width <= _SAME_BORDER and abs(above.right - below.right - shift) <= _SAME_BORDER


def _shift(above: Part, below: Part) -> float:
    """What the page below is moved by: its binding margin may be on the other side."""
    apart = above.left - below.left
    return apart if abs(apart) > _SAME_BORDER else 0.0


def join(above: Part, below: Part) -> tuple[Part, list[str]]:
    """One table of two parts that fit, and the rows of its head that were printed again."""
    shift = _shift(above, below)
    below = replace(
        below,
        pieces=tuple(
            replace(each, x0=each.x0 + shift, x1=each.x1 + shift) for each in below.pieces
        ),
    )
    count = _repeated(above, below)
    repeated = [
        " ".join(filter(None, (text_of(piece, below.pad) for piece in _row(below, row))))
        for row in range(count)
    ]
    rest = [replace(piece, row=piece.row - count) for piece in below.pieces if piece.row >= count]
    pieces, rows = _sewn(above, rest, min(above.pad, below.pad))
    bottom = above.bottom
    return replace(above, pieces=tuple(pieces), rows=rows, bottom=bottom), repeated


def _row(whole: Part, row: int) -> list[Piece]:
    return sorted((piece for piece in whole.pieces if piece.row == row), key=lambda each: each.x0)


def _repeated(above: Part, below: Part) -> int:
    """Number of rows at the head of a part that are the head of the table again."""
    count = 0
    while count < min(above.rows, below.rows) and _said(above, count) == _said(below, count):
        count += 1
    while count and any(each.row < count < each.row + each.rows for each in below.pieces):
        count -= 1
    words = "".join(text for row in range(count) for _, text in _said(below, row))
    return 0 if count == below.rows or is_number(words) or not words else count


def _said(whole: Part, row: int) -> list[tuple[int, str]]:
    return [(piece.rows, text_of(piece, whole.pad)) for piece in _row(whole, row)]


def _sewn(above: Part, rest: Sequence[Piece], pad: float) -> tuple[list[Piece], int]:
    """Pieces of both parts with their rows counted on, and the number of rows."""
    last = [piece for piece in above.pieces if piece.row + piece.rows == above.rows]
    first = sorted((piece for piece in rest if piece.row == 0), key=lambda each: each.x0)
    pairs = [(_partner(last, piece), piece) for piece in first]
    torn = _is_torn(pairs, len(last), pad)
    offset = above.rows - torn
    merged: dict[int, Piece] = {}
    leading = True
    for upper, lower in pairs:
        one = upper is not None and (torn or _is_one(upper, lower, leading, pad))
        if upper is not None and one:
            whole = replace(
                upper, rows=upper.rows + lower.rows - torn, lines=upper.lines + lower.lines
            )
            merged[id(upper)] = whole
            merged[id(lower)] = whole
        leading = leading and (one or not lower.lines)
    pieces = [merged.get(id(piece), piece) for piece in above.pieces]
    pieces += [replace(each, row=each.row + offset) for each in rest if id(each) not in merged]
    return pieces, max(piece.row + piece.rows for piece in pieces)


def _partner(last: Iterable[Piece], piece: Piece) -> Piece | None:
    """Cell above the break that stands over a cell below it."""
    for upper in last:
        if abs(upper.x0 - piece.x0) <= _SAME_EDGE and abs(upper.x1 - piece.x1) <= _SAME_EDGE:
            return upper
    return None


def _is_torn(pairs: Sequence[tuple[Piece | None, Piece]], above: int, pad: float) -> bool:
    """True if the break goes through a row: what stands below it is the rest of its cells."""
    if len(pairs) != above or not any(lower.lines for _, lower in pairs):
        return False
    evidence = False
    for number, (upper, lower) in enumerate(pairs):
        if upper is None:
            return False
        if upper.lines and lower.lines:
            if not _goes_on(upper, lower, pad):
                return False
            evidence = True
        elif number == 0 and upper.lines:
            evidence = True  # a row without its label
    return evidence


def _is_one(upper: Piece, lower: Piece, leading: bool, pad: float) -> bool:
    """True for two pieces of one merged cell in the row above and below a break."""
    merged = upper.rows > 1 or lower.rows > 1
    if upper.lines and lower.lines:
        return merged and _goes_on(upper, lower, pad)
    said = text_of(upper if upper.lines else lower, pad)
    if is_number(said):
        return False
    return (merged or bool(said)) and leading


def _goes_on(upper: Piece, lower: Piece, pad: float) -> bool:
    """True if the text below a break is the rest of a sentence or word above it."""
    above, below = text_of(upper, pad), text_of(lower, pad)
    if is_number(above) or is_number(below) or begins_item(below):
        return False
    opened = any(above.count(mark) > above.count(end) for mark, end in _BRACKETS.items())
    return opened or fills(upper.lines[-1], lower.lines[0], upper.x1 - upper.x0 - 2 * pad)


def boxes(whole: Part) -> Iterator[Box]:
    """Cells of a table with their rows and columns."""
    columns = _edges(edge for piece in whole.pieces for edge in (piece.x0, piece.x1))
    rows = sorted({piece.row for piece in whole.pieces})
    numbers = {row: number for number, row in enumerate(rows)}
    for piece in whole.pieces:
        first, behind = columns[piece.x0], columns[piece.x1]
        ends = sum(row < piece.row + piece.rows for row in rows)
        row = numbers[piece.row]
        yield Box(
            row=row,
            column=first,
            rows=ends - row,
            columns=max(1, behind - first),
            text=text_of(piece, whole.pad),
            page=piece.page,
        )


def _edges(edges: Iterable[float]) -> dict[float, int]:
    """Number of the column line that each edge lies on; pages differ by a hair."""
    numbers: dict[float, int] = {}
    start = 0.0
    number = -1
    for edge in sorted(set(edges)):
        if number < 0 or edge - start > _SAME_EDGE:
            number += 1
            start = edge
        numbers[edge] = number
    return numbers
