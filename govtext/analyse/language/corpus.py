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


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each word stands in each unit, the units being the parts of the reports.

    `units` has report_id and part, a row a unit, sorted; `words` are in code point order; `matrix`
    is sparse, with a row a unit and a column a word.
    """

    units: pd.DataFrame
    words: tuple[str, ...]
    matrix: Any

    def __repr__(self) -> str:
        """One line with the size of the counts."""
        reports = self.units["report_id"].nunique()
        return f"Counts: {reports:,} reports, {len(self.words):,} words"

    @property
    def sizes(self) -> NDArray[np.float64]:
        """Words of each unit."""
        return np.asarray(self.matrix.sum(axis=1), dtype=float).ravel()

    def by_report(self) -> Counts:
        """Same counts with whole reports as units; a unit without words is left out."""
        import pandas as pd
        from scipy.sparse import csr_matrix

        codes, names = pd.factorize(self.units["report_id"], sort=True)
        shape = (len(names), len(codes))
        summing = csr_matrix((np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=shape)
        units = pd.DataFrame({"report_id": names})
        return Counts(units, self.words, csr_matrix(summing @ self.matrix))


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
    texts = _without_cells(study.reports, study.cells)
    frame = study.themes[[*_KEYS, "start", "end"]].merge(study.sections[[*_KEYS, "part"]], on=_KEYS)
    frame = frame.sort_values(["report_id", "start"], kind="stable")
    rows = [
        (report, section, part, *span, texts[report][slice(*span)])
        for report, section, start, end, part in frame.itertuples(index=False)
        for span in _pieces(texts[report], start, end)
    ]
    names = [*_KEYS, "part", "start", "end", "text"]
    types = {name: int if name in ("start", "end") else "str" for name in names}
    return pd.DataFrame(rows, columns=names).astype(types)


def count(study: Study, tokenize: Tokenize) -> Counts:
    """Words of the prose of a study, by report and part.

    Where a section has no cell of a statistics table its rows in `study.words` count; the prose of
    the other sections is cut into words anew. Numbers and punctuation are no words; widths and
    the case of Latin letters do not matter.

    Parameters
    ----------
    study : Study
        As `load` gives.
    tokenize : callable
        From a text to its words, such as `govtext.tokenize`.
    """
    import pandas as pd
    from scipy.sparse import coo_matrix

    rows = _rows(study, tokenize).merge(study.sections[[*_KEYS, "part"]], on=_KEYS)
    codes, found = pd.factorize(rows["word"])
    folded = pd.Series([fold(word).strip().lower() for word in found], dtype="str")
    kept = np.array([is_word(word) for word in folded], dtype=bool)
    place, words = pd.factorize(folded.where(kept), sort=True)
    column = place[codes]
    rows, column = rows[column >= 0], column[column >= 0]
    units = rows[["report_id", "part"]].drop_duplicates().sort_values(["report_id", "part"])
    row = pd.MultiIndex.from_frame(units).get_indexer(pd.MultiIndex.from_frame(rows[units.columns]))
    cells = (rows["n"].to_numpy(float), (row, column))
    matrix = coo_matrix(cells, shape=(len(units), len(words))).tocsr()
    return Counts(units.reset_index(drop=True), tuple(words), matrix)


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

    study = counted(study)
    rows = study.words
    tabled = pd.MultiIndex.from_frame(study.cells[_KEYS]).unique()
    if tabled.empty:
        return rows
    rows = rows[~pd.MultiIndex.from_frame(rows[_KEYS]).isin(tabled)]
    sentences = prose(study)
    sentences = sentences[pd.MultiIndex.from_frame(sentences[_KEYS]).isin(tabled)]
    found = [
        (report, section, word, n)
        for (report, section), texts in sentences.groupby(_KEYS)["text"]
        for word, n in Counter(tokenize("\n".join(texts))).items()
    ]
    again = pd.DataFrame(found, columns=[*_KEYS, "word", "n"])
    return pd.concat([rows, again], ignore_index=True) if found else rows
