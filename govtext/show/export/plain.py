"""A frame -> CSV that a spreadsheet opens right, or Parquet that says what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core import sheets as spreadsheets
from govtext.show.export import describe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd


def write_csv(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Nothing; the one frame stands in `path`, in UTF-8 with a byte order mark.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    (frame,) = sheets.values()
    spreadsheets.write(frame, path)


def write_parquet(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Nothing; the one frame stands in `path`, each field with its label and codes as metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ((table, frame),) = sheets.items()
    made = pa.Table.from_pandas(frame, preserve_index=False)
    fields = []
    for field, each in zip(made.schema, describe.columns(frame, table), strict=True):
        said = {"label": each.label, "label_zh": each.label_zh}
        codes = "; ".join(f"{code}: {words}" for code, words in each.codes.items())
        kept = {name: text for name, text in (said | {"codes": codes}).items() if text}
        fields.append(field.with_metadata(kept) if kept else field)
    pq.write_table(made.cast(pa.schema(fields, metadata=made.schema.metadata)), path)
