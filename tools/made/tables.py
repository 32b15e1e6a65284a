"""The tables beside this module: rows of CSV as dictionaries."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

Row = dict[str, str]


@cache
def load(name: str) -> tuple[Row, ...]:
    """Rows of a table of the made corpus."""
    return read(Path(__file__).with_name(f"{name}.csv"))


def read(path: Path) -> tuple[Row, ...]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
