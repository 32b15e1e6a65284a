"""Rule files: every list that a reading of the reports rests on, one CSV a subject, one row a rule.

Each row carries its `source` and a `note`; `rules/README.md` describes the files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

Row = Mapping[str, str]


class RuleError(ValueError):
    """A rule file that contradicts itself, or a row that cannot be used."""


@cache
def load(name: str) -> tuple[Row, ...]:
    """Rows of `rules/<name>.csv`, read once, each a read-only mapping from column to text.

    Raises
    ------
    RuleError
        If there is no such file, a row has too many or too few cells, or no `source` and `note`.
    """
    path = Path(str(files("govtext"))) / "rules" / f"{name}.csv"
    if not path.is_file():
        raise RuleError(f"no rule file {name!r}; there are {', '.join(names())}")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = {"source", "note"} - set(reader.fieldnames or ())
        if missing:
            raise RuleError(f"rules/{name}.csv has no column {' and '.join(sorted(missing))}")
        return tuple(_row(name, number, row) for number, row in enumerate(reader, start=2))


def names() -> list[str]:
    """Names of all rule files, sorted."""
    return sorted(path.stem for path in (Path(str(files("govtext"))) / "rules").glob("*.csv"))


def pattern(row: Row, column: str = "pattern", flags: int = 0) -> re.Pattern[str]:
    """Compiled regular expression of a rule row.

    Raises
    ------
    RuleError
        If the expression is not valid, naming it.
    """
    try:
        return re.compile(row[column], flags)
    except re.error as error:
        raise RuleError(f"pattern {row[column]!r} is not valid: {error}") from error


@cache
def one_of(name: str, kind: str, column: str = "kind") -> str:
    """Expression that matches what the pattern of any row of one kind of a rule file does.

    Raises
    ------
    RuleError
        If no row is of this kind, or an expression is not valid.
    """
    found = [pattern(row).pattern for row in load(name) if row[column] == kind]
    if not found:
        raise RuleError(f"rules/{name}.csv has no row whose {column} is {kind!r}")
    return "|".join(f"(?:{each})" for each in found)


@cache
def terms(side: str) -> tuple[str, ...]:
    """Metrics or applicants that one side of an identity adds up (`rules/identities.csv`)."""
    return tuple(term.strip() for term in side.split("+") if term.strip())


@cache
def is_title(label: str) -> bool:
    """True if a label, folded and without spaces, reads like the title of an annual report.

    By `rules/titles.csv`: some ``title`` row matches the whole label and no ``reject`` row does.
    """
    return {row["kind"] for row in load("titles") if pattern(row).fullmatch(label)} == {"title"}


def _row(name: str, number: int, row: dict[str, str]) -> Row:
    if None in row or None in row.values():
        raise RuleError(f"rules/{name}.csv line {number} does not have as many cells as its head")
    return MappingProxyType(row)
