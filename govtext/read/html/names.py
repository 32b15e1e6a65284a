"""What `rules/markup.csv` says of an element: by its tag, its names and its role."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from govtext.core import rules

if TYPE_CHECKING:
    from govtext.read.html.markup import Element

_LONGEST_NAME = 60
_NOT_LETTERS = re.compile("[^a-z]+")
YEAR = re.compile(rules.one_of("dates", "title_year"))
"""A year as a title has it."""


def rule_of(element: Element, *where: str) -> str:
    """Rule of the first row that knows the element, of those for a place; see `rules/README.md`."""
    found = _of_tag(element.tag, where)
    if found:
        return found
    attributes = element.attributes
    if not attributes:
        return ""
    role = attributes.get("role", "")
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return (role and _of("role", role, where)) or _of_names(names, where)


def is_kept_link(text: str) -> bool:
    """True for the text of a link that belongs to a report: a file, an address."""
    return any(row.fullmatch(text) for _, row in _patterns("text", ("keep",)))


def speaks_of(text: str, where: str) -> str:
    """Rule of the first row whose pattern stands in a text, of those for a place."""
    found = (rule for rule, row in _patterns("text", (where,)) if row.search(text))
    return next(found, "")


def is_told(name: str) -> bool:
    """True for a meta tag that says something of the report."""
    return any(row.fullmatch(name.lower()) for _, row in _patterns("name", ("meta",)))


@lru_cache(maxsize=20_000)
def _of_names(names: str, where: tuple[str, ...]) -> str:
    """Rule of the first of the names in an id and a class that a row knows."""
    for name in names.lower().split():
        if len(name) <= _LONGEST_NAME and (found := _of("name", name, where)):
            return found
    return ""


@lru_cache(maxsize=20_000)
def _of(attribute: str, value: str, where: tuple[str, ...]) -> str:
    bare = _NOT_LETTERS.sub("", value)
    found = (rule for rule, row in _patterns(attribute, where) if row.fullmatch(bare))
    return next(found, "") if bare else ""


@cache
def _of_tag(tag: str, where: tuple[str, ...]) -> str:
    rows = (row for row in rules.load("markup") if not row["attribute"])
    return next(
        (row["rule"] for row in rows if row["element"] == tag and row["where"] in where), ""
    )


@cache
def _patterns(attribute: str, where: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["rule"], rules.pattern(row, flags=re.IGNORECASE))
        for row in rules.load("markup")
        if row["attribute"] == attribute and row["where"] in where
    )
