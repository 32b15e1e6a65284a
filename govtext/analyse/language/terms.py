"""The prose of a study -> a document-term matrix, as scikit-learn takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse import corpus
from govtext.analyse.language.corpus import count
from govtext.core import rules
from govtext.core.near import demand
from govtext.core.text import fold
from govtext.extract.words import tokenize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.pipeline.tables import Study

BY = (
    "report_id", "part", "body", "year", "level", "form", "province", "prefecture", "county",
    "region_code",
)  # fmt: skip
_COLUMNS = {"level": "admin_level"}


@dataclass(frozen=True, slots=True, eq=False)
class Dtm:
    """How often each word stands in each document.

    `matrix` is sparse, row by row, with a row a document and a column a word; `words` are its
    columns and `index` its rows: ``matrix, words, index = gt.dtm(study)``.
    """

    matrix: Any
    words: NDArray[np.object_]
    index: pd.DataFrame

    def __iter__(self) -> Iterator[Any]:
        """Matrix, words and index, one after the other."""
        return iter((self.matrix, self.words, self.index))

    def __repr__(self) -> str:
        """One line with the size of the matrix."""
        return f"Dtm: {self.matrix.shape[0]:,} documents, {self.matrix.shape[1]:,} words"


def dtm(
    study: Study,
    by: str = "report_id",
    *,
    stop: Collection[str] | None = None,
    least: int = 1,
) -> Dtm:
    """Document-term matrix of a study, its rows, and its columns.

    Parameters
    ----------
    study : Study
        As `load` gives. Reports that repeat another, and the cells of statistics tables, are left
        out.
    by : str, default "report_id"
        What a document is: a report (``report_id``), a ``part`` of a report, or all reports of a
        ``body``, a ``year``, a ``level``, a ``form``, a ``province``, a ``prefecture``, a
        ``county`` or a ``region_code``. Reports of which it is not known are in none.
    stop : collection of str, optional
        Words to leave out; else those of `rules/stopwords.csv` with the own ones that the tables
        were made with. An empty list leaves none out.
    least : int, default 1
        Fewest documents that a word stands in.

    Returns
    -------
    Dtm
        matrix (scipy CSR, whole numbers), words, index (a frame: report_id with the labels of the
        reports and, where it is the document, part; else the group and n_reports).

    Raises
    ------
    ValueError
        If `by` is none of these.
    """
    demand("by", by, BY)
    counts = count(study, tokenize, by_part=by == "part")
    whose = counts.units.merge(corpus.labels(study), on="report_id", how="left")
    matrix = counts.matrix.tocsr().astype("int64")
    index = whose
    if by not in ("report_id", "part"):
        matrix, index = _grouped(matrix, whose, by)
    kept = _kept(counts.words, matrix, stop, least)
    return Dtm(matrix[:, kept], np.array(counts.words, dtype=object)[kept], index)


def _grouped(matrix: Any, whose: pd.DataFrame, by: str) -> tuple[Any, pd.DataFrame]:
    """Sums of the rows of each group, and the groups."""
    from scipy.sparse import csr_matrix

    groups = whose[_COLUMNS.get(by, by)]
    known = groups.notna().to_numpy()
    names, places = np.unique(groups[known].to_numpy(), return_inverse=True)
    ones = np.ones(len(places), dtype="int64")
    chosen = csr_matrix((ones, (places, np.flatnonzero(known))), (len(names), matrix.shape[0]))
    index = groups[known].value_counts().reindex(names).rename("n_reports")
    return (chosen @ matrix).tocsr(), index.rename_axis(by).reset_index()


def _kept(
    words: Collection[str], matrix: Any, stop: Collection[str] | None, least: int
) -> NDArray[np.bool_]:
    listed = [row["word"] for row in rules.load("stopwords")] if stop is None else stop
    without = {fold(word).lower() for word in listed}
    documents = np.asarray((matrix > 0).sum(axis=0)).ravel()
    stays = np.fromiter((word not in without for word in words), bool, len(words))
    return np.asarray(stays & (documents >= max(1, least)))
