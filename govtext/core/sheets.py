"""Spreadsheets that people fill in: CSV as Excel in Chinese opens it and as it saves it again."""

from __future__ import annotations

import csv
import io
import re
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.core import disk

if TYPE_CHECKING:
    import os

    import pandas as pd

# A Chinese Excel saves "CSV" in the code page of the system, whatever it was opened in.
_ENCODINGS = ("utf-8-sig", "gb18030")
# What a spreadsheet takes for the beginning of a formula, in either width.
_FORMULA = tuple("=+-@＝＋－＠\t\r")


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
    if not path.is_file():
        raise FileNotFoundError(f"{path} is no file: give a CSV file")
    head, *rows = [*csv.reader(io.StringIO(_decoded(path.read_bytes()), newline=""))] or [[]]
    return [dict(zip_longest(head, row[: len(head)], fillvalue="")) for row in rows]


def write(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Nothing; the frame stands in `path` as CSV in UTF-8 with a byte order mark.

    A text that a spreadsheet would take for a formula is escaped.
    """
    disk.write(Path(path), csv_text(frame).encode("utf-8-sig"))


def csv_text(frame: pd.DataFrame) -> str:
    """CSV of a frame that a spreadsheet shows as it is: UTF-8 text, LF, shortest exact floats.

    A text that begins like a formula (= + - @, a tab or a return, also full-width) and is not a
    plain number gets a leading apostrophe, which spreadsheets take for "this is text"; numbers
    are never touched. An unnamed index is left out. Where a cell holds a return, lines
    end in CR LF.
    """
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if named else frame
    safe = flat.rename(columns=harmless)
    # A return within a cell is quoted only where lines end in one.
    ending = "\n"
    for position, dtype in enumerate(safe.dtypes):
        if dtype.kind not in "biufcmM":
            cells = [harmless(cell) for cell in safe.iloc[:, position]]
            safe.isetitem(position, cells)
            if any(isinstance(cell, str) and "\r" in cell for cell in cells):
                ending = "\r\n"
    return safe.to_csv(index=False, lineterminator=ending)


def harmless(cell: object) -> object:
    """Cell as it is, or with an apostrophe before a text that a spreadsheet would run."""
    if not isinstance(cell, str) or not cell.startswith(_FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]{1,40}(?:\.[0-9]{1,40})?", text) is not None


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("it is neither UTF-8 nor GB18030: save it as CSV UTF-8")
