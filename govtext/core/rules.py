"""Rule files: every list that a reading of the reports rests on, one CSV a subject, one row a rule.

Each row carries its `source` and a `note`; `rules/README.md` describes the files. Within `using` a
scholar's own rows (`Own`) stand beside ours or in their place; what is made of rows that a scholar
can add to is kept by `cached`, once for each set of own rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

Row = Mapping[str, str]
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

OWN_MARK = "own:"
"""What the name of a scholar's own rule begins with, wherever it is told."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "bodies": ("kind", "pattern"), "body_names": ("short",), "codebook": ("id",),
    "columns": ("table", "column"), "frame_metrics": ("rule",), "frame_terms": ("term",),
    "lexicon": ("term", "theme"), "stopwords": ("word", "list"), "themes": ("id",),
    "unit_groups": ("group",),
}  # fmt: skip
"""Tables that a scholar can add to, with what makes two rows one."""
_FIRST = frozenset(("bodies", "body_names"))
"""Tables of which the first row that fits counts: own rows stand before ours."""


class RuleError(ValueError):
    """A rule file that contradicts itself, or a row that cannot be used."""


@dataclass(frozen=True, slots=True)
class Own:
    """A scholar's own rows by table; those of equal digest are equal."""

    digest: str
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(compare=False, repr=False)


_OWN: ContextVar[Own | None] = ContextVar("own", default=None)


def own() -> Own | None:
    """The scholar's rows in force here, if any."""
    return _OWN.get()


@contextmanager
def using(rows: Own | None) -> Iterator[None]:
    """Have a scholar's rows, or ours alone, in force within the block, and in this thread only."""
    token = _OWN.set(rows)
    try:
        yield
    finally:
        _OWN.reset(token)


def within(rows: Own | None, function: Callable[..., Any], *arguments: object) -> Any:
    """What a function gives with a scholar's rows in force; another process can be asked so."""
    with using(rows):
        return function(*arguments)


def cached(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Same function, whose results are kept, once for each set of own rows in force."""

    @cache
    def kept(_: Own | None, *given: Any) -> _Result:
        return function(*given)  # type: ignore[call-arg]

    @wraps(function)
    def call(*given: Any) -> _Result:
        return kept(_OWN.get(), *given)

    call.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def load(name: str) -> tuple[Row, ...]:
    """Rows of a rule file, each a read-only mapping from column to text.

    Those of `rules/<name>.csv`; within `using` with the scholar's own, which take the place of ours
    where both have the same key (`KEYS`).

    Raises
    ------
    RuleError
        If there is no such file, a row has too many or too few cells, or no `source` and `note`.
    """
    rows = _OWN.get()
    return shipped(name) if rows is None or name not in rows.tables else _joined(name, rows)


@cache
def shipped(name: str) -> tuple[Row, ...]:
    """Rows of `rules/<name>.csv` as they come with govtext, read once; see `load`."""
    path = Path(str(files("govtext"))) / "rules" / f"{name}.csv"
    if not path.is_file():
        raise RuleError(f"no rule file {name!r}; there are {', '.join(names())}")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = {"source", "note"} - set(reader.fieldnames or ())
        if missing:
            raise RuleError(f"rules/{name}.csv has no column {' and '.join(sorted(missing))}")
        return tuple(_row(name, number, row) for number, row in enumerate(reader, start=2))


def key_of(name: str, row: Row) -> tuple[str, ...]:
    """What makes a row of a table one with another (`KEYS`): widths and case aside."""
    from govtext.core.text import fold  # it reads rules itself

    return tuple(fold(row[column].removeprefix(OWN_MARK)).lower() for column in KEYS[name])


@cache
def _joined(name: str, rows: Own) -> tuple[Row, ...]:
    """Rows of ours, with a scholar's in the place of those of the same key, and the others."""
    mine = {key_of(name, row): MappingProxyType(dict(row)) for row in rows.tables[name]}
    ours = [mine.pop(key_of(name, row), row) for row in shipped(name)]
    return (*mine.values(), *ours) if name in _FIRST else (*ours, *mine.values())


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
    return _compiled(row[column], flags)


@cache
def _compiled(expression: str, flags: int) -> re.Pattern[str]:
    """The same, kept: `re` itself keeps fewer expressions than the rules have."""
    try:
        return re.compile(expression, flags)
    except re.error as error:
        raise RuleError(f"pattern {expression!r} is not valid: {error}") from error


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


@lru_cache(maxsize=1 << 12)
def is_title(label: str) -> bool:
    """True if a label, folded and without spaces, reads like the title of an annual report.

    By `rules/titles.csv`: some ``title`` row matches the whole label and no ``reject`` row does.
    """
    return {kind for kind, expression in _titles() if expression.fullmatch(label)} == {"title"}


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], pattern(row)) for row in load("titles"))


def _row(name: str, number: int, row: dict[str, str]) -> Row:
    if None in row or None in row.values():
        raise RuleError(f"rules/{name}.csv line {number} does not have as many cells as its head")
    return MappingProxyType(row)
