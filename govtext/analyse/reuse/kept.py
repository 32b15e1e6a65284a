"""Passages within a body -> how much of a report stood in the last one, year by year."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from govtext.analyse.reuse.body import Compared
    from govtext.analyse.reuse.passages import Found

COLUMNS = [
    "report_before", "year_before", "report_id", "kept", "carried", "n_chars_before", "n_chars",
    "n_passages",
]  # fmt: skip


def kept(found: Found) -> pd.DataFrame:
    """How much of the text of each report was kept in the body's next; see `reuse.kept`."""
    by_body: dict[str, list[Compared]] = {}
    for each in found.texts:
        if each.body and not pd.isna(each.year):
            by_body.setdefault(each.body, []).append(each)
    own = found.passages[found.passages["relation"] == "own"]
    spans = {(str(a), str(b)): part for (a, b), part in own.groupby(["report_a", "report_b"])}
    rows = [
        _pair(before, after, spans.get((before.report_id, after.report_id)))
        for texts in by_body.values()
        for before, after in pairwise(sorted(texts, key=lambda each: (each.year, each.report_id)))
        if before.year != after.year
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"year_before": "Int64"})


def _pair(before: Compared, after: Compared, spans: pd.DataFrame | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "report_before": before.report_id, "year_before": before.year,
        "report_id": after.report_id, "n_passages": 0 if spans is None else len(spans),
    }  # fmt: skip
    for share, size, text, side in (
        ("kept", "n_chars_before", before, "a"), ("carried", "n_chars", after, "b"),
    ):  # fmt: skip
        flags = np.zeros(len(text.kept), np.bool_)
        if spans is not None:
            for start, end in zip(spans[f"start_{side}"], spans[f"end_{side}"], strict=True):
                flags[start:end] = True
        row[size] = int(text.kept.sum())
        row[share] = int((flags & text.kept).sum()) / row[size] if row[size] else np.nan
    return row
