"""Study -> Texts: the running text of each report as symbols, with the way back to its characters.

What the official forms print for everyone is no one's text: tables with their labels, headings
and the title are left out, and nothing that is compared runs across the gap. Of the rest a letter
or Chinese character is one symbol, a number is one and the same symbol whatever it says, and
spaces and punctuation are none.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.core.text import DIGITS, LARGE, PLACES, Span, fold, stops
from govtext.pipeline.counted import counted_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.pipeline.tables import Study

BREAK = 0
"""Symbol for what was left out; it equals nothing."""
_NUMBER = ord("0")
_NUMERAL = re.compile(
    rf"[0-9]{{1,40}}(?:[.,][0-9]{{1,40}}){{0,10}}[{LARGE}]{{0,2}}%?"
    rf"|[○{''.join((*DIGITS, *PLACES))}]{{2,24}}"
)
_FARTHEST_CELL = 400
_FARTHEST_LABEL = 30
_LONGEST_HEAD = 400
_LONGEST_CAPTION = 200
_STOP = stops("sentence")


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A report as it is compared.

    `symbols[n]` stands for ``text[starts[n]:ends[n]]``; `kept` marks the characters of `text` that
    belong to the running text, spaces left out. `body` is empty where it is not known.
    """

    report_id: str
    body: str
    year: int | None
    text: str
    symbols: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kept: NDArray[np.bool_]

    def span(self, first: int, last: int) -> Span:
        """Characters of the symbols from `first` up to but not `last`."""
        return int(self.starts[first]), int(self.ends[last - 1])

    def numbers(self, first: int, last: int) -> list[str]:
        """Numbers among some symbols as they are printed, widths and thousands marks aside."""
        places = first + np.flatnonzero(self.symbols[first:last] == _NUMBER)
        found = (self.text[self.starts[at] : self.ends[at]] for at in places)
        return [fold(number).replace(",", "") for number in found]


def texts(study: Study, bodies: Mapping[str, str | None]) -> list[Compared]:
    """Texts of the reports of a study, from the earliest year on; copies of a report are left out.

    Parameters
    ----------
    study : Study
        As `load` gives.
    bodies : mapping
        From report_id to the body, None where it is not known.

    Returns
    -------
    list of Text
        By year, then report_id; those without a year last.
    """
    cells = _by_report(study.cells, ["table", "row", "column", "start", "end"])
    sections = _by_report(study.sections, ["start", "end"])
    found = []
    rows: Iterable[Any] = counted_reports(study.reports).itertuples(index=False)
    for row in rows:
        name = row.report_id
        heads = [*_headings(sections.get(name, ()), row.text), *_title(row.title, row.text)]
        left_out = _with_captions(heads, _tables(cells.get(name, ()), row.text), row.text)
        year = None if math.isnan(row.year) else int(row.year)
        found.append(text_of(name, bodies.get(name) or "", year, row.text, left_out))
    return sorted(found, key=lambda each: (each.year is None, each.year or 0, each.report_id))


def text_of(
    report_id: str, body: str, year: int | None, text: str, left_out: Iterable[Span] = ()
) -> Compared:
    """Text of one report, without some spans of its characters."""
    folded = fold(text)
    size = len(folded)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    capitals = (codes >= ord("A")) & (codes <= ord("Z"))
    codes[capitals] += ord("a") - ord("A")
    taken = np.fromiter((each.isalnum() for each in folded), np.bool_, size)
    kept = ~np.fromiter((each.isspace() for each in folded), np.bool_, size)
    ends = np.arange(1, size + 1)
    for match in _NUMERAL.finditer(folded):
        codes[match.start()], ends[match.start()] = _NUMBER, match.end()
        taken[match.start() + 1 : match.end()] = False
    for start, end in left_out:
        taken[start:end], kept[start:end] = False, False
        if start < end:
            codes[start], taken[start] = BREAK, True
    starts = np.flatnonzero(taken)
    return Compared(report_id, body, year, text, codes[starts], starts, ends[starts], kept)


def _by_report(frame: pd.DataFrame, columns: list[str]) -> dict[str, list[Any]]:
    """Rows of a table by report, in the order of the first columns."""
    more = [name for name in frame.columns if name not in ("report_id", *columns)]
    ordered = frame.sort_values(["report_id", *columns], kind="stable")
    found: dict[str, list[Any]] = {}
    for row in ordered[["report_id", *columns, *more]].itertuples(index=False):
        found.setdefault(str(row.report_id), []).append(row)
    return found


def _tables(cells: Iterable[Any], text: str) -> Iterator[Span]:
    """Spans of the statistics tables, from the first label of their heads to the last cell."""
    run: list[Any] = []
    for cell in cells:
        far = run and cell.start - run[-1].end > _FARTHEST_CELL
        if run and (cell.table != run[-1].table or far):
            yield _table(run, text)
            run = []
        run.append(cell)
    if run:
        yield _table(run, text)


def _table(cells: list[Any], text: str) -> Span:
    labels = {cell.row_label for cell in cells} | {cell.column_label for cell in cells}
    begin = first = min(cell.start for cell in cells)
    while first - begin < _LONGEST_HEAD:
        low = max(0, begin - _FARTHEST_LABEL)
        before = [text.rfind(label, low, begin) for label in labels if label]
        found = [place for place in before if place >= 0]
        if not found:
            break
        begin = min(found)
    return begin, max(cell.end for cell in cells)


def _with_captions(heads: Iterable[Span], tables: Iterable[Span], text: str) -> Iterator[Span]:
    """Headings and tables, and what stands before a table and below its heading without a stop."""
    end = -_LONGEST_CAPTION
    for start, last, is_table in sorted(
        [(*each, 0) for each in heads] + [(*each, 1) for each in tables]
    ):
        near = is_table and start - end < _LONGEST_CAPTION
        yield (end if near and start > end and not _STOP.search(text, end, start) else start), last
        end = max(end, last)


def _headings(sections: Iterable[Any], text: str) -> Iterator[Span]:
    """Spans of the printed headings."""
    for section in sections:
        if section.level and section.title:
            start = int(section.start)
            reach = start + len(section.number) + 2 * len(section.title) + 8
            place = text.find(section.title, start, min(reach, int(section.end)))
            if place >= 0:
                yield start, place + len(section.title)


def _title(title: str | None, text: str) -> Iterator[Span]:
    place = text.find(title) if isinstance(title, str) and title else -1
    if title and place >= 0:
        yield place, place + len(title)
