"""The rows that the reading of statistics tables rests on, compiled, and how labels are matched.

A label is compared by its core: folded, without spaces, its leading number and bracketed notes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.codebook import unit_of_metric
from govtext.core.rules import RuleError
from govtext.core.text import COUNTING, HAN, key
from govtext.extract.forms import misprints

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_LABEL = 160
"""Characters of a cell beyond which it is prose and no label."""
_ORDINAL = re.compile(f"[0-9{COUNTING}]")
_WORDS = re.compile(f"[{HAN}]")
_NUMBER = rules.one_of("label_marks", "number")
_LEADING = re.compile(rf"(?:-{{0,3}}(?:{_NUMBER})|[0-9]{{1,2}}(?=[{HAN}])){{1,4}}")
_NOTE = re.compile(rules.one_of("label_marks", "note"))
_INNER = re.compile(rf"(?<=[{HAN})])-?(?=(?:{_NUMBER})[{HAN}])")
_TAIL = re.compile(r"[-:;,.。、*]+$")


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A row of `rules/form_rows.csv` or `rules/form_columns.csv`.

    `id` is unique in its family and axis (``row`` or ``column``). `kinds` are the tables that print
    it, `role` what it is there (``value``, ``group`` ...), `group` the row that must have been
    opened before it, `unit` the unit that the form fixes. `signed` columns hold changes. `beside`
    is another row, and the metric of this one where its table has both. `name` is what
    `Entry.rule` shows.
    """

    id: str
    family: str
    axis: str
    kinds: frozenset[str]
    role: str
    group: str
    order: int
    example: str
    pattern: re.Pattern[str]
    metric: str
    applicant: str
    unit: str
    signed: bool
    beside: tuple[str, ...]
    name: str


def has_words(text: str) -> bool:
    """True for a text with Chinese characters, as every label has."""
    return _WORDS.search(text) is not None


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """Label as it is compared: folded, without spaces, number and notes.

    Examples
    --------
    >>> core("（二） 部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开'
    """
    folded = key(text)
    leading = _LEADING.match(folded)
    bare = folded[leading.end() :] if leading else folded
    without = _TAIL.sub("", _NOTE.sub("", bare)) if len(bare) <= LONGEST_LABEL else bare
    return without or bare or folded


@lru_cache(maxsize=4096)
def number(text: str) -> str:
    """Number before the words of a label: ``2`` of 2.重复申请, ``三`` of （三）不予公开."""
    leading = _LEADING.match(key(text))
    return "".join(_ORDINAL.findall(leading.group())) if leading else ""


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """Cores of a label that holds the labels above it: （三）不予公开1.属于国家秘密 has two."""
    parts = _INNER.split(_NOTE.sub("", key(text))) if len(text) <= LONGEST_LABEL else []
    return tuple(core(part) for part in parts if part) or (core(text),)


@cache
def labels(axis: str, family: str | None = None) -> tuple[Label, ...]:
    """Labels of an axis (``row`` or ``column``), of one family or of all, in the form's order."""
    if family is not None:
        return tuple(each for each in labels(axis) if each.family == family)
    rows = rules.load("form_rows" if axis == "row" else "form_columns")
    return tuple(_label(row, axis) for row in rows)


@lru_cache(maxsize=32768)
def exact(axis: str, text: str) -> tuple[Label, ...]:
    """Every label of an axis that a text is without a slip, whatever its family and group.

    Of a text with several labels (（三）不予公开1.属于国家秘密) the last one counts.
    """
    if len(text) > LONGEST_LABEL or not has_words(text):
        return ()
    for bare in dict.fromkeys((core(text), pieces(text)[-1])):
        if _any(axis).fullmatch(bare):
            return tuple(each for each in labels(axis) if each.pattern.fullmatch(bare))
    return ()


@lru_cache(maxsize=32768)
def matches(axis: str, text: str) -> tuple[Label, ...]:
    """Every label of an axis that a text reads as, whatever its family and group.

    Where it is none exactly, a long label with one wrong character in eight, or cut off behind
    the eighth or later, if it comes near only one.
    """
    found = exact(axis, text)
    return found if found or not has_words(text) else _with_slip(axis, pieces(text)[-1])


def is_slip(axis: str, text: str, label: Label) -> bool:
    """Whether a text reads as a label with a wrong character, and is no mere beginning of it."""
    if label in exact(axis, text):
        return False
    return not core(label.example).startswith(pieces(text)[-1])


def match(axis: str, text: str, family: str, group: str = "") -> Label | None:
    """Label of a family that a text reads as where `group` was opened last; None if none or two."""
    found = [each for each in matches(axis, text) if each.family == family]
    fitting = [each for each in found if each.group in ("", group)]
    return fitting[0] if len(fitting) == 1 else None


@cache
def opens(family: str) -> frozenset[str]:
    """Rows of a family that others need to have been opened before them."""
    return frozenset(each.group for each in labels("row", family) if each.group)


@cache
def opened(label: Label) -> str:
    """Row that a row opens: itself, or the one above it among whose rows it stands; "" for none."""
    if label.id in opens(label.family):
        return label.id
    rows = labels("row", label.family) if not label.group else ()
    for head in (each for each in rows if each.id in opens(label.family)):
        last = max(each.order for each in rows if each.group == head.id)
        if head.order < label.order < last:
            return head.id
    return ""


@cache
def members(label: Label) -> frozenset[str]:
    """Rows that stand below one that may have a number itself: those of 其他处理 since 2021."""
    rows = (
        labels("row", label.family)
        if role_of(label.family) == "applicants" and label.role == "value"
        else ()
    )
    return frozenset(each.id for each in rows if opened(each) == label.id) - {label.id}


def metric(row: Label | None, column: Label | None) -> tuple[str, str]:
    """Metric and applicant of a cell by its row and column; empty where the form has no such cell.

    The two must be of one family; lists need no column.
    """
    if row is None or (column is not None and column.family != row.family):
        return "", ""
    if role_of(row.family) == "list":
        return row.metric, ""
    if column is None:
        return "", ""
    if role_of(row.family) == "applicants":
        return (row.metric, column.applicant) if row.metric and column.applicant else ("", "")
    return _cells().get((row.family, row.id, column.id), ""), ""


def beside(row: Label | None, rows: frozenset[str]) -> str:
    """Metric that a row has where its table holds another row too; empty where it has its own.

    `rows` are the ids of all rows of the table.
    """
    return row.beside[1] if row is not None and row.beside and row.beside[0] in rows else ""


def kind_of(family: str, found: Iterable[Label]) -> str:
    """Table of `rules/form_tables.csv` that has these labels, by those that only one prints.

    A row with values that opens a group none of whose rows is there is of the form that has no
    such rows. The name of the family itself where nothing, or as much, speaks for another.

    Parameters
    ----------
    family : str
        Family of tables.
    found : iterable of Label
        Labels of the rows and columns of its cells.
    """
    labelled = set(found)
    grouped = {each.group for each in labelled}
    votes = Counter[str]()
    for each in labelled:
        kinds = alone(each) if each.axis == "row" and each.id not in grouped else each.kinds
        if len(kinds) == 1:
            votes.update(kinds)
    best = [kind for kind, count in votes.items() if count == max(votes.values())]
    return best[0] if len(best) == 1 else family


def alone(label: Label) -> frozenset[str]:
    """Tables that print a row and none of the rows that it opens elsewhere."""
    members = [row.kinds for row in labels("row", label.family) if row.group == label.id]
    return label.kinds.difference(*members)


def _label(row: rules.Row, axis: str) -> Label:
    known = row.get("metric", "")
    if known and known not in unit_of_metric():
        raise RuleError(f"label {row['id']!r} is of {known!r}, which no codebook has")
    kinds = frozenset(row["kinds"].split())
    if not kinds <= _kinds():
        raise RuleError(f"label {row['id']!r} is of a table that form_tables.csv has not")
    return Label(
        id=row["id"],
        family=row["family"],
        axis=axis,
        kinds=kinds,
        role=row["role"],
        group=row.get("group", ""),
        order=int(row["order"]),
        example=row["example"],
        pattern=rules.pattern(row),
        metric=known,
        applicant=row.get("applicant", ""),
        unit=row["unit"],
        signed=row.get("signed") == "yes",
        beside=tuple(row.get("beside", "").split()),
        name=f"{row['family']}.{row['id']}",
    )


@cache
def role_of(family: str) -> str:
    """How the tables of a family are read: ``items applicants outcomes list``; "" for none known.

    Of ``items`` and ``outcomes`` a cell is what its row and column make together, of
    ``applicants`` the row says what and the column who, of a ``list`` the row says all. Those of
    ``applicants`` and ``outcomes`` have the same columns throughout, the last their sum; the rows
    of ``outcomes`` are blocks that may stand beside each other.
    """
    return next((row["role"] for row in rules.load("form_tables") if row["family"] == family), "")


@cache
def family_of(role: str) -> str:
    """Family of the tables that are read in one way; see `role_of`."""
    return next(row["family"] for row in rules.load("form_tables") if row["role"] == role)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(row["kind"] for row in rules.load("form_tables"))


@cache
def _cells() -> dict[tuple[str, str, str], str]:
    """Metric of each cell that its row and column make together."""
    return {
        (row["family"], row["row"], row["column"]): row["metric"]
        for row in rules.load("form_cells")
    }


@cache
def _any(axis: str) -> re.Pattern[str]:
    """One expression for all labels of an axis."""
    return re.compile("|".join(f"(?:{each.pattern.pattern})" for each in labels(axis)))


def _with_slip(axis: str, bare: str) -> tuple[Label, ...]:
    """Labels of the one example that a label differs from by no more than a slip or a cut."""
    meant = misprints.nearest(bare, _examples(axis))
    return tuple(each for each in labels(axis) if meant and core(each.example) == meant)


@cache
def _examples(axis: str) -> str:
    """Labels as the forms print them, those long enough to be read with a slip, one a line."""
    found = dict.fromkeys(core(each.example) for each in labels(axis))
    return "\n".join(each for each in found if len(each) >= misprints.SHORTEST)
