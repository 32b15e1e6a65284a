"""Frames -> an Excel workbook: a sheet each, with the labels above the columns, and the codebook.

No cell is a formula: every text is stored as text. The bytes are the same for the same frames.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core import sheets as spreadsheets
from govtext.show.export import describe
from govtext.show.export.needed import package

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROWS = 1_048_576
"""Rows that a sheet of Excel holds."""
LONGEST = 32_767
"""Characters that a cell of Excel holds."""
_CUT = " ... (cut: Excel holds no more)"
_FIRST = (1980, 1, 1, 0, 0, 0)
_WIDEST = 40


def write(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Nothing; the workbook stands in `path`.

    The first row of a sheet holds the names of the columns, with their labels as comments; the
    sheet `codebook` says what columns and codes mean, `metrics` what the metrics do.

    Raises
    ------
    ValueError
        If a frame has more rows than a sheet holds.
    """
    openpyxl = package("openpyxl", "writing .xlsx")
    for name, frame in sheets.items():
        if len(frame) >= ROWS:
            raise ValueError(
                f"{name} has {len(frame):,} rows and a sheet of Excel holds {ROWS - 1:,}: "
                "write .parquet, .csv or .sqlite, or filter the study"
            )
    book = openpyxl.Workbook(write_only=True)
    more = {"codebook": describe.codebook(sheets), "metrics": describe.metrics(sheets)}
    for name, frame in {**sheets, **more}.items():
        _sheet(openpyxl, book.create_sheet(name), frame, name)
    draft = io.BytesIO()
    book.save(draft)
    path.write_bytes(_settled(draft.getvalue()))


def _sheet(openpyxl: Any, sheet: Any, frame: pd.DataFrame, table: str) -> None:
    """Rows of a frame in a sheet, the head frozen and filtered."""
    about = describe.columns(frame, table)
    sheet.freeze_panes = "A2"
    for place, each in enumerate(about, start=1):
        letter = openpyxl.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = min(_WIDEST, len(each.name) + 6)
    letter = openpyxl.utils.get_column_letter(max(1, len(about)))
    sheet.auto_filter.ref = f"A1:{letter}{len(frame) + 1}"
    sheet.append([_head(openpyxl, sheet, each) for each in about])
    for row in frame.astype(object).itertuples(index=False, name=None):
        sheet.append([_cell(openpyxl, sheet, value) for value in row])


def _head(openpyxl: Any, sheet: Any, column: describe.Column) -> Any:
    cell = _cell(openpyxl, sheet, column.name)
    cell.font = openpyxl.styles.Font(bold=True)
    if column.label:
        comment = openpyxl.comments.Comment(f"{column.label}\n{column.label_zh}".strip(), "govtext")
        cell.comment = comment
    return cell


def _cell(openpyxl: Any, sheet: Any, value: Any) -> Any:
    """What a cell holds: a number as such, nothing for null, all else as text that never runs."""
    if pd.isna(value):
        return None
    if not isinstance(value, str):
        return value.item() if hasattr(value, "item") else value
    text = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    if len(text) > LONGEST:
        text = text[: LONGEST - len(_CUT)] + _CUT
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    # With the mark of "this is text" it stays so when somebody edits the cell.
    if spreadsheets.harmless(text) != text:
        cell.quotePrefix = True
    return cell


def _settled(data: bytes) -> bytes:
    """The same workbook without the moment at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _timeless(content)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()


def _timeless(content: bytes) -> bytes:
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
