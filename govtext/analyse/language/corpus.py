"""Tables of a study -> its prose, sentence by sentence, and counts of its words.

What statistics tables hold is left out: their labels are the same in every report of a form, and
would swamp what a body wrote itself. A report that repeats another counts once.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.core.text import fold, stops
from govtext.pipeline.counted import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.pipeline.tables import Study

    Tokenize = Callable[[str], Iterable[str]]

_PIECE = re.compile(r"[^\n]+")
_STOP = stops("sentence")
_LONGEST_LABEL = 400
"""Most characters between two cells of statistics tables that can be labels and headings."""
_KEYS = ["report_id", "section_id"]
_DIGITS = 9
_CELLS = 4_000_000
"""Cells of a sparse matrix that are worked at at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each word stands in each unit: the reports, or the parts of the reports.

    `units` has report_id and, where parts are the units, part; a row a unit, sorted. `words` are in
    code point order. `matrix` is sparse, column by column, with a row a unit and a column a word;
    its whole numbers are as small as they can be, so that a hundred thousand reports fit.
    """

    units: pd.DataFrame
    words: tuple[str, ...]
    matrix: Any

    def __repr__(self) -> str:
        """One line with the size of the counts."""
        reports = self.units["report_id"].nunique()
        return f"Counts: {reports:,} reports, {len(self.words):,} words"

    def blocks(self) -> Iterator[tuple[slice, Any]]:
        """Some columns after another, as floats: few enough to be copied a few times."""
        ends = self.matrix.indptr
        start, last = 0, self.matrix.shape[1]
        while start < last:
            most = np.searchsorted(ends, ends[start] + _CELLS, side="right") - 1
            end = max(start + 1, int(most))
            yield slice(start, end), self.matrix[:, start:end].astype(float)
            start = end

    def sums(self, rows: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """How often each word stands in some units, or in all."""
        weights = np.ones(len(self.units)) if rows is None else rows.astype(float)
        found = [block.T @ weights for _, block in self.blocks()]
        return np.concatenate(found) if found else np.zeros(0)

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Words of each unit."""
        found = np.zeros(len(self.units))
        for _, block in self.blocks():
            found += np.asarray(block.sum(axis=1), dtype=float).ravel()
        return found


def prose(study: Study) -> pd.DataFrame:
    """Sentences of a study outside of its statistics tables, in the order of the texts.

    Returns
    -------
    pandas.DataFrame
        report_id, section_id, part, start, end, text: a row for each sentence of `study.themes`
        whose report repeats no other; where cells of a table stand in it, for what is before and
        what is behind them. `text` is what stands from `start` to `end`.
    """
    import pandas as pd

    study = counted(study)
    cells = study.read("cells", ["report_id", "start", "end", "row_label"])
    texts = _without_cells(study.read("reports", ["report_id", "text"]), cells)
    sentences = study.read("themes", [*_KEYS, "start", "end"])
    frame = sentences.merge(study.read("sections", [*_KEYS, "part"]), on=_KEYS)
    frame = frame.sort_values(["report_id", "start"], kind="stable")
    rows = [
        (report, section, part, *span, texts[report][slice(*span)])
        for report, section, start, end, part in frame.itertuples(index=False)
        for span in _pieces(texts[report], start, end)
    ]
    names = [*_KEYS, "part", "start", "end", "text"]
    types = {name: int if name in ("start", "end") else "str" for name in names}
    return pd.DataFrame(rows, columns=names).astype(types)


def count(study: Study, tokenize: Tokenize, *, by_part: bool = True) -> Counts:
    """Words of the prose of a study, by report, or by report and part.

    Where a section has no cell of a statistics table its rows in `study.words` count; the prose of
    the other sections is cut into words anew. Numbers and punctuation are no words; widths and
    the case of Latin letters do not matter. A unit without words is left out.

    Parameters
    ----------
    study : Study
        As `load` gives; it is gone through batch by batch.
    tokenize : callable
        From a text to its words, such as `govtext.tokenize`.
    by_part : bool, default True
        Whether the parts of a report are units of their own.
    """
    import pandas as pd
    from scipy.sparse import csr_matrix, vstack

    numbers: dict[str, int] = {}
    units, tables = [], []
    for batch in counted(study).batches():
        frame, table = _counted(batch, tokenize, numbers, by_part=by_part)
        units.append(frame)
        tables.append(table)
    words = sorted(numbers)
    rank = np.empty(len(words), dtype=np.int32)
    rank[[numbers[word] for word in words]] = np.arange(len(words))
    for table in tables:  # an early batch does not know the words that came later
        table.resize(table.shape[0], len(words))
        table.indices = rank[table.indices]
        table.has_sorted_indices = False
    whole = csr_matrix(vstack(tables, format="csr"))
    tables.clear()
    every = pd.concat(units, ignore_index=True)
    return Counts(every, tuple(words), whole.tocsc())


def _counted(
    study: Study, tokenize: Tokenize, numbers: dict[str, int], *, by_part: bool
) -> tuple[pd.DataFrame, Any]:
    """Units of a few reports, and their counts; a word's column is its number, new ones join."""
    import pandas as pd
    from scipy.sparse import coo_matrix

    rows = _rows(study, tokenize)
    keys = ["report_id", "part"] if by_part else ["report_id"]
    rows = rows.merge(study.read("sections", [*_KEYS, "part"]), on=_KEYS)
    codes, found = pd.factorize(rows["word"])
    folded = (fold(word).strip().lower() for word in found)
    place = np.array(
        [numbers.setdefault(word, len(numbers)) if is_word(word) else -1 for word in folded],
        dtype=np.int32,
    )
    column = place[codes]
    rows, column = rows[column >= 0], column[column >= 0]
    units = rows[keys].drop_duplicates().sort_values(keys)
    row = pd.MultiIndex.from_frame(units).get_indexer(pd.MultiIndex.from_frame(rows[keys]))
    shape = (len(units), len(numbers))
    table = coo_matrix((rows["n"].to_numpy(), (row.astype(np.int32), column)), shape).tocsr()
    small = np.min_scalar_type(int(table.data.max(initial=0)))
    return units.reset_index(drop=True), table.astype(small)


def is_word(word: str) -> bool:
    """True for what has a letter and is no number."""
    return any(map(str.isalpha, word)) and not word.isnumeric()


def settled(frame: pd.DataFrame) -> pd.DataFrame:
    """Same frame, its floats with nine significant digits: the same on every processor."""
    names = frame.select_dtypes("float").columns
    return frame.assign(
        **{name: [float(f"{value:.{_DIGITS}g}") for value in frame[name]] for name in names}
    )


def _without_cells(reports: pd.DataFrame, cells: pd.DataFrame) -> dict[str, str]:
    """Text of each report with a line end for each character of its statistics tables."""
    texts = dict(zip(reports["report_id"], reports["text"], strict=True))
    for report, own in cells[cells["report_id"].isin(texts)].groupby("report_id"):
        text = texts[str(report)]
        columns = own.sort_values(["start", "end"])[["start", "end", "row_label"]]
        parts: list[str] = []
        position = 0
        for start, end, label in columns.itertuples(index=False):
            begin = _from_label(text, start, label) if position < start else start
            # What two cells have between them are labels and heads, unless a sentence ends there.
            if (
                not parts
                or begin - position > _LONGEST_LABEL
                or _STOP.search(text, position, begin)
            ):
                parts.append(text[position:begin])
                position = max(position, begin)
            parts.append("\n" * max(0, end - position))
            position = max(position, end)
        texts[str(report)] = "".join([*parts, text[position:]])
    return texts


def _from_label(text: str, start: int, label: object) -> int:
    """Where the label of a cell begins, or the cell where its label does not stand before it."""
    if not isinstance(label, str) or not label:
        return start
    found = text.rfind(label, max(0, start - _LONGEST_LABEL), start)
    return found if found >= 0 and not _STOP.search(text, found, start) else start


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of what is left of a sentence, without the spaces around it; marks alone are none."""
    for match in _PIECE.finditer(text, start, end):
        found = match.group()
        begin = match.start() + len(found) - len(found.lstrip())
        if any(map(str.isalnum, found)):
            yield begin, begin + len(found.strip())


def _rows(study: Study, tokenize: Tokenize) -> pd.DataFrame:
    """Words with how often they stand in each section: report_id, section_id, word, n."""
    import pandas as pd

    rows = study.words
    tabled = pd.MultiIndex.from_frame(study.read("cells", _KEYS)).unique()
    if tabled.empty:
        return rows
    rows = rows[~pd.MultiIndex.from_frame(rows[_KEYS]).isin(tabled)]
    sentences = prose(study.only(tabled.get_level_values("report_id").unique()))
    sentences = sentences[pd.MultiIndex.from_frame(sentences[_KEYS]).isin(tabled)]
    found = [
        (report, section, word, n)
        for (report, section), texts in sentences.groupby(_KEYS)["text"]
        for word, n in Counter(tokenize("\n".join(texts))).items()
    ]
    again = pd.DataFrame(found, columns=[*_KEYS, "word", "n"])
    return pd.concat([rows, again], ignore_index=True) if found else rows
