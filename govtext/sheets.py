"""Spreadsheets that people fill in: CSV as Excel in Chinese opens it and as it saves it again."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from govtext import figures

if TYPE_CHECKING:
    import os

    import pandas as pd

# A Chinese Excel saves "CSV" in the code page of the system, whatever it was opened in.
_ENCODINGS = ("utf-8-sig", "gb18030")


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as mappings from column to text; a cell that is not there is ``""``.

    A row without any cell stays, so that the n-th row here is row n + 2 of the spreadsheet.

    Parameters
    ----------
    path : Path
        A file in UTF-8, with or without a byte order mark, or in GB18030.

    Raises
    ------
    ValueError
        If the file is neither.
    """
    head, *rows = [*csv.reader(io.StringIO(_decoded(path.read_bytes()), newline=""))] or [[]]
    return [dict(zip_longest(head, row[: len(head)], fillvalue="")) for row in rows]


def write(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Nothing; the frame stands in `path` as CSV in UTF-8 with a byte order mark.

    A text that a spreadsheet would take for a formula is escaped; see `figures.csv_text`.
    """
    Path(path).write_text(figures.csv_text(frame), encoding="utf-8-sig", newline="")


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("it is neither UTF-8 nor GB18030: save it as CSV UTF-8")
