"""Study -> Reuse: which passages stand in more than one report, and what every report repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.reuse import candidates, grams
from govtext.analyse.reuse.align import align
from govtext.analyse.reuse.body import BREAK, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.analyse.reuse.align import Passage
    from govtext.analyse.reuse.body import Compared
    from govtext.analyse.reuse.grams import Grams
    from govtext.core.text import Span
    from govtext.pipeline.tables import Study

WITHIN = ("body", "others", "all")
METHODS = {"exact": candidates.by_fingerprint, "minhash": candidates.by_minhash}
COLUMNS = [
    "report_a", "start_a", "end_a", "report_b", "start_b", "end_b", "relation", "body_a", "year_a",
    "body_b", "year_b", "n_chars", "similarity", "numbers_differ", "boilerplate", "text",
]  # fmt: skip
_BOILERPLATE = ["report_id", "start", "end", "n_chars", "n_bodies", "text"]
_TYPES: dict[Any, Any] = {
    "start": int, "end": int, "start_a": int, "end_a": int, "start_b": int, "end_b": int,
    "year_a": "Int64", "year_b": "Int64", "n_chars": int, "n_bodies": int, "similarity": float,
    "boilerplate": float, "numbers_differ": bool,
}  # fmt: skip
_BRIDGE = 5
"""Symbols in a row, such as the name of a body, that boilerplate may hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was compared, the passages in common and the boilerplate; see `compare`."""

    texts: list[Compared]
    passages: pd.DataFrame
    boilerplate: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A text with its grams, sorted; those that are no boilerplate; which symbols are."""

    text: Compared
    index: tuple[Grams, NDArray[np.int64]]
    special: Grams
    stock: NDArray[np.bool_]


def compare(
    study: Study,
    bodies: Mapping[str, str | None],
    *,
    within: str = "all",
    min_chars: int = 30,
    min_bodies: int = 5,
    method: str = "exact",
) -> Found:
    """Passages in common, and boilerplate; the meaning of both is told by `govtext.reuse`.

    Parameters
    ----------
    study : Study
        As `load` gives.
    bodies : mapping
        From report_id to the body, None where it is not known.
    within, min_chars, min_bodies, method
        As in `govtext.reuse`.

    Raises
    ------
    ValueError
        If an argument is none of those it can be.
    """
    if within not in WITHIN:
        raise ValueError(f"within is {within!r}; it can be {', '.join(map(repr, WITHIN))}")
    if method not in METHODS:
        raise ValueError(f"method is {method!r}; it can be {', '.join(map(repr, METHODS))}")
    least = grams.SIZE + grams.WINDOW - 1
    if min_chars < least or min_bodies < 3:
        raise ValueError(f"min_chars must be {least} or more, min_bodies 3 or more")
    every = texts(study, bodies)
    known, counts = grams.in_bodies(every, min_bodies)
    rows: list[tuple[Any, ...]] = []
    read = [_read(each, known, counts, min_chars, rows) for each in every]
    pairs = _pairs(read, within, method)
    found = (row for a, b in sorted(pairs) for row in _rows(read[a], read[b], min_chars))
    return Found(every, _frame(found, COLUMNS), _frame(rows, _BOILERPLATE))


def _pairs(read: Sequence[_Read], within: str, method: str) -> set[tuple[int, int]]:
    every = [each.text for each in read]
    found = candidates.of_one_body(every) if within != "others" else set()
    if within != "body":
        found |= METHODS[method](every, [each.special for each in read])
    return found


def _read(
    text: Compared,
    known: Grams,
    counts: NDArray[np.int64],
    min_chars: int,
    rows: list[tuple[Any, ...]],
) -> _Read:
    """A text with its boilerplate marked; a row for each stretch of it is added to `rows`."""
    own = grams.grams(text.symbols)
    common = grams.look_up(own, known, counts)
    stock = np.zeros(len(text.symbols), np.bool_)
    for first, last in _stretches(text, common > 0):
        if last - first >= min_chars:
            stock[first:last] = True
            start, end = text.span(first, last)
            inside = common[first : last - grams.SIZE + 1]
            bodies = int(inside[inside > 0].min())
            size = int(text.kept[start:end].sum())
            rows.append((text.report_id, start, end, size, bodies, text.text[start:end]))
    return _Read(text, grams.index(own), np.where(common > 0, grams.NONE, own), stock)


def _stretches(text: Compared, flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Symbols of the grams that are flagged, over short gaps with nothing left out in them."""
    begun = end = -1
    for first, last in grams.runs(flags):
        far = first - end > _BRIDGE or bool((text.symbols[max(end, 0) : first] == BREAK).any())
        if begun < 0 or far:
            if begun >= 0:
                yield begun, end
            begun = first
        end = last + grams.SIZE - 1
    if begun >= 0:
        yield begun, end


def _rows(a: _Read, b: _Read, min_chars: int) -> Iterator[tuple[Any, ...]]:
    """Rows of the passages of a pair, the earlier report first."""
    relation = _relation(a.text, b.text)
    for each in align(a.text, b.text, a.index, b.index, least=min_chars):
        stock = int(max(a.stock[each.a0 : each.a1].sum(), b.stock[each.b0 : each.b1].sum()))
        if relation == "own" or each.equal - stock >= min_chars:
            yield _row(a, b, each, relation)


def _row(a: _Read, b: _Read, each: Passage, relation: str) -> tuple[Any, ...]:
    first, second = a.text, b.text
    own, (start, end) = _with_marks(first, second, each)
    return (
        first.report_id,
        *own,
        second.report_id,
        start,
        end,
        relation,
        first.body or None,
        first.year,
        second.body or None,
        second.year,
        int(second.kept[start:end].sum()),
        round(each.similarity, 4),
        first.numbers(each.a0, each.a1) != second.numbers(each.b0, each.b1),
        round(float(b.stock[each.b0 : each.b1].mean()), 4),
        second.text[start:end],
    )


def _with_marks(a: Compared, b: Compared, each: Passage) -> tuple[Span, Span]:
    """Spans of a passage in both texts, with the punctuation around it that is the same in both."""
    (a0, a1), (b0, b1) = a.span(each.a0, each.a1), b.span(each.b0, each.b1)
    while _mark_at(a, a1) and _mark_at(b, b1) and a.text[a1] == b.text[b1]:
        a1, b1 = a1 + 1, b1 + 1
    while _mark_at(a, a0 - 1) and _mark_at(b, b0 - 1) and a.text[a0 - 1] == b.text[b0 - 1]:
        a0, b0 = a0 - 1, b0 - 1
    return (a0, a1), (b0, b1)


def _mark_at(text: Compared, place: int) -> bool:
    """True if a mark of punctuation stands at a place of the running text."""
    inside = 0 <= place < len(text.text)
    return inside and bool(text.kept[place]) and not text.text[place].isalnum()


def _relation(a: Compared, b: Compared) -> str:
    if not a.body or not b.body:
        return "unknown"
    return "own" if a.body == b.body else "other"


def _frame(rows: Iterable[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    made = pd.DataFrame(list(rows), columns=columns)
    return made.astype({name: kind for name, kind in _TYPES.items() if name in columns})
