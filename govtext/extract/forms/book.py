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
from govtext.core.model import RuleError
from govtext.core.text import key
from govtext.extract.forms import amounts

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER = (
    r"(?:[一二三四五六七八九十]{1,3}[、.,:]|\((?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\)[、.]?"
    r"|[0-9]{1,2}[.、),](?![0-9])[,.]?|[①-⑳⑴-⒇㈠-㈩]|其中[:,]?)"
)
"""Number before a label, in running text as `govtext.text.key` gives it."""
NOTE = (
    r"(?:\((?!(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\))[^()]{1,120}(?:\)|$)"
    r"|\[[^\[\]]{1,120}\])"
)
"""Note in brackets behind or within a label, as `govtext.text.key` gives it."""

LONGEST_LABEL = 160
"""Characters of a cell beyond which it is prose and no label."""
_ORDINAL = re.compile("[0-9一二三四五六七八九十]")
_WORDS = re.compile("[\u4e00-\u9fff]")
_LEADING = re.compile(rf"(?:-{{0,3}}{NUMBER}|[0-9]{{1,2}}(?=[\u4e00-\u9fff])){{1,4}}")
_NOTE = re.compile(NOTE)
_INNER = re.compile(rf"(?<=[\u4e00-\u9fff)])-?(?={NUMBER}[\u4e00-\u9fff])")
_TAIL = re.compile(r"[-:;,.。、*]+$")
_SHORTEST_INEXACT, _MARKS_AN_ERROR = 7, 8


@dataclass(frozen=True, slots=True)
class Label:
    """A row of `rules/form_rows.csv` or `rules/form_columns.csv`.

    `id` is unique in its family and axis (``row`` or ``column``). `kinds` are the tables that print
    it, `role` what it is there (``value``, ``group`` ...), `group` the row that must have been
    opened before it, `unit` the unit that the form fixes. `beside` is another row, and the metric
    of this one where its table has both. `name` is what `Entry.rule` shows.
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
    """Number that a label prints before its words: ``2`` of 2.重复申请, ``三`` of （三）不予公开."""
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
    rows = rules.load("form_rows" if axis == "row" else "form_columns")
    return tuple(_label(row, axis) for row in rows if family in (None, row["family"]))


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
    return found if found or not has_words(text) else _nearest(axis, pieces(text)[-1])


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
    rows = labels("row", label.family) if label.family == "table3" and label.role == "value" else ()
    return frozenset(each.id for each in rows if opened(each) == label.id) - {label.id}


def metric(row: Label | None, column: Label | None) -> tuple[str, str]:
    """Metric and applicant of a cell by its row and column; empty where the form has no such cell.

    The two must be of one family; lists need no column.
    """
    if row is None or (column is not None and column.family != row.family):
        return "", ""
    if row.family == "statistics":
        return row.metric, ""
    if column is None:
        return "", ""
    if row.family == "table3":
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
        members = [row.kinds for row in labels("row", family) if row.group == each.id]
        absent = members if each.axis == "row" and each.id not in grouped else []
        kinds = each.kinds.difference(*absent)
        if len(kinds) == 1:
            votes.update(kinds)
    best = [kind for kind, count in votes.items() if count == max(votes.values())]
    return best[0] if len(best) == 1 else family


def _label(row: rules.Row, axis: str) -> Label:
    known = row.get("metric", "")
    if known and known not in amounts.codebook():
        raise RuleError(f"label {row['id']!r} is of {known!r}, which no codebook has")
    kinds = frozenset(row["kinds"].split())
    if not kinds <= _kinds():
        raise RuleError(f"label {row['id']!r} is of a table that form_tables.csv has not")
    return Label(
        row["id"],
        row["family"],
        axis,
        kinds,
        row["role"],
        row.get("group", ""),
        int(row["order"]),
        row["example"],
        rules.pattern(row),
        known,
        row.get("applicant", ""),
        row["unit"],
        tuple(row.get("beside", "").split()),
        f"{row['family']}.{row['id']}",
    )


@cache
def _kinds() -> frozenset[str]:
    return frozenset(row["kind"] for row in rules.load("form_tables"))


@cache
def _cells() -> dict[tuple[str, str, str], str]:
    """Metric of each cell of tables 2 and 4."""
    return {
        (row["family"], row["row"], row["column"]): row["metric"]
        for row in rules.load("form_cells")
    }


@cache
def _any(axis: str) -> re.Pattern[str]:
    """One expression for all labels of an axis."""
    return re.compile("|".join(f"(?:{each.pattern.pattern})" for each in labels(axis)))


def _nearest(axis: str, bare: str) -> tuple[Label, ...]:
    """Labels of the one example that differs from a long label by no more than a slip or a cut."""
    if not _SHORTEST_INEXACT <= len(bare) <= LONGEST_LABEL // 2:
        return ()
    most = max(1, len(bare) // _MARKS_AN_ERROR)
    # Of one piece more than there may be slips, one at least is whole.
    size = len(bare) // (most + 1)
    whole = [bare[at : at + size] for at in range(0, size * (most + 1), size)]
    known = _examples(axis)
    if not any(piece in known for piece in whole):
        return ()
    near = [
        example
        for example in known.split("\n")
        if any(piece in example for piece in whole) and _near(bare, example, most)
    ]
    if len(near) != 1:
        return ()
    return tuple(each for each in labels(axis) if core(each.example) == near[0])


@cache
def _examples(axis: str) -> str:
    """Long labels as the forms print them, one a line."""
    found = dict.fromkeys(core(each.example) for each in labels(axis))
    return "\n".join(each for each in found if len(each) >= _SHORTEST_INEXACT)


def _near(bare: str, example: str, most: int) -> bool:
    if len(bare) > _MARKS_AN_ERROR and example.startswith(bare):
        return True
    return abs(len(bare) - len(example)) <= most and distance(bare, example) <= most


def distance(one: str, other: str) -> int:
    """Characters to change, add or take out to make one string the other."""
    before = list(range(len(other) + 1))
    for place, mark in enumerate(one, start=1):
        now = [place]
        for column, twin in enumerate(other):
            now.append(min(now[-1] + 1, before[column + 1] + 1, before[column] + (mark != twin)))
        before = now
    return before[-1]
