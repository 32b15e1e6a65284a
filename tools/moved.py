"""What moved between two versions of a table, in words, and of a figure, as a picture."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

_COMPARED, _WORDS, _LONG = 200, 4, 40
"""Rows of either side that are compared; cells that name a row, and how much of a cell is shown."""
_SEEN = 0.02
"""By how much a colour must differ to be shown, of 1."""
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


def changes(old: pd.DataFrame, new: pd.DataFrame, most: int = 5) -> Iterator[str]:
    """A line for each row that moved, `column old -> new`; at most so many, then how many more.

    A row that is gone is the earlier state of the one that came and has most cells in common with
    it, if that is half of them or more.
    """
    names = [name for name in new.columns if name in old.columns]
    before, after = _rows(old[names]), _rows(new[names])
    gone, come = (list((a - b).elements()) for a, b in ((before, after), (after, before)))
    lines = []
    for row in gone[:_COMPARED]:
        common, at = max(
            ((_alike(row, other), -at) for at, other in enumerate(come[:_COMPARED])),
            default=(0, 0),
        )
        if 2 * common >= len(names):
            lines.append(_pair(names, row, come.pop(-at)))
        else:
            lines.append(f"gone: {_told(row)}")
    lines += [f"new: {_told(row)}" for row in come[:_COMPARED]]
    left = max(0, len(gone) - _COMPARED) + max(0, len(come) - _COMPARED)
    yield from lines[:most]
    if more := len(lines[most:]) + left:
        yield f"and {more:,} rows more"


def picture(old: bytes, new: bytes, place: Path) -> bool:
    """Whether a figure looks otherwise; `place` then shows it as it was, as it is, what differs."""
    import matplotlib.image as images
    import numpy as np

    both = [images.imread(io.BytesIO(data))[..., :3] for data in (old, new)]
    height, width = (max(each.shape[axis] for each in both) for axis in (0, 1))
    before, after = (_on_white(each, height, width) for each in both)
    other = np.abs(before - after).max(axis=2) > _SEEN
    if not other.any():
        return False
    marked = 0.75 + 0.25 * after
    marked[other] = (0.84, 0.1, 0.1)
    place.parent.mkdir(parents=True, exist_ok=True)
    images.imsave(place, np.hstack([before, after, marked]))
    return True


def table(path: str, data: bytes) -> pd.DataFrame:
    """Frame of the bytes of a Parquet or CSV file; cells of a CSV are text."""
    import pandas as pd

    if path.endswith(".parquet"):
        return pd.read_parquet(io.BytesIO(data))
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def _pair(names: list[str], old: tuple[str, ...], new: tuple[str, ...]) -> str:
    cells = list(zip(names, old, new, strict=True))
    same = tuple(a for _, a, b in cells if a == b)
    moved = ", ".join(f"{name} {_short(a)} -> {_short(b)}" for name, a, b in cells if a != b)
    return f"{_told(same)}: {moved}"


def _told(row: tuple[str, ...]) -> str:
    """First words of a row: what is no number tells which it is."""
    words = [cell for cell in row if cell[:1] in "'\"" and cell.strip("'\"")] or list(row)
    return ", ".join(_short(cell) for cell in words[:_WORDS])


def _short(cell: str) -> str:
    bare = cell.strip("'\"") or "empty"
    return bare if len(bare) <= _LONG else bare[: _LONG - 1] + "…"


def _on_white(image: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    import numpy as np

    canvas = np.ones((height, width, 3))
    canvas[: image.shape[0], : image.shape[1]] = image
    return canvas


def _rows(frame: pd.DataFrame) -> Counter[tuple[str, ...]]:
    # As text, because a missing value does not equal itself.
    return Counter(tuple(map(repr, row)) for row in frame.itertuples(index=False, name=None))


def _by_key(rows: Counter[tuple[str, ...]], key: list[int]) -> Counter[tuple[str, ...]]:
    counted: Counter[tuple[str, ...]] = Counter()
    for row, n in rows.items():
        counted[tuple(row[i] for i in key)] += n
    return counted
