"""What moved between two versions of a table, in words."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# What tells one row of a table from another, as far as a table has it.
_IDENTITY = ("report_id", "path", "section_id", "start", "metric", "applicant", "word", "identity")


def difference(old: pd.DataFrame, new: pd.DataFrame) -> str:
    """How a table moved, in words: rows added, removed and changed, columns come and gone.

    A row counts as changed when what identifies it (report, section, place in the text, metric)
    stands in both tables and the rest differs.
    """
    columns = [
        f"column {name} {verb}"
        for verb, have, lack in (("added", new, old), ("removed", old, new))
        for name in have.columns.difference(lack.columns, sort=False)
    ]
    common = [name for name in new.columns if name in old.columns]
    before, after = _rows(old[common]), _rows(new[common])
    gone, come = (before - after), (after - before)
    key = [i for i, name in enumerate(common) if name in _IDENTITY] or [0]
    keys_gone, keys_come = _by_key(gone, key), _by_key(come, key)
    changed = (keys_gone & keys_come).total()
    counts = {
        "added": come.total() - changed,
        "removed": gone.total() - changed,
        "changed": changed,
    }
    rows = [f"{n} row{'s' * (n != 1)} {verb}" for verb, n in counts.items() if n]
    return ", ".join(columns + rows) or "the same rows in other bytes or another order"


def table(path: str, data: bytes) -> pd.DataFrame:
    """Frame of the bytes of a Parquet or CSV file; cells of a CSV are text."""
    import pandas as pd

    if path.endswith(".parquet"):
        return pd.read_parquet(io.BytesIO(data))
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def _rows(frame: pd.DataFrame) -> Counter[tuple[str, ...]]:
    # As text, because a missing value does not equal itself.
    return Counter(tuple(map(repr, row)) for row in frame.itertuples(index=False, name=None))


def _by_key(rows: Counter[tuple[str, ...]], key: list[int]) -> Counter[tuple[str, ...]]:
    counted: Counter[tuple[str, ...]] = Counter()
    for row, n in rows.items():
        counted[tuple(row[i] for i in key)] += n
    return counted
