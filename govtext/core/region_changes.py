"""A code of GB/T 2260 -> the codes that its place had before and has had since.

`rules/region_changes.csv` says which code took the place of which; nothing is guessed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SAME, MERGED, DIVIDED = "same", "merged", "divided"


class Change(NamedTuple):
    """From `year` on a place bears another code, or is part of another, or of several."""

    before: str
    after: str
    year: int
    kind: str


def later(code: str) -> Iterator[str]:
    """Codes that the very same place has borne since, one after the other."""
    return _along(code, _after(), forward=True)


def earlier(code: str) -> Iterator[str]:
    """Codes that the very same place bore before, the last one first."""
    return _along(code, _before(), forward=False)


def merged_into(code: str) -> Iterator[str]:
    """Codes of the places that a place became part of, and what they are called since."""
    for each in (code, *later(code)):
        for change in _after().get(each, ()):
            if change.kind == MERGED:
                yield change.after
                yield from later(change.after)
                yield from merged_into(change.after)


def told(code: str) -> str:
    """What is known of the changes of a place, for a person: empty where there is none."""
    said = [
        f"{change.kind} {change.before} -> {change.after} ({change.year})"
        for change in (*_before().get(code, ()), *_after().get(code, ()))
    ]
    return ", ".join(said)


def _along(code: str, changes: Mapping[str, list[Change]], *, forward: bool) -> Iterator[str]:
    seen = {code}
    while True:
        steps = [change for change in changes.get(code, ()) if change.kind == SAME]
        if len(steps) != 1:
            return
        code = steps[0].after if forward else steps[0].before
        if code in seen:
            return
        seen.add(code)
        yield code


@cache
def _changes() -> tuple[Change, ...]:
    return tuple(
        Change(row["before"], row["after"], int(row["year"]), row["kind"])
        for row in rules.load("region_changes")
    )


@cache
def _after() -> dict[str, list[Change]]:
    return _by(lambda change: change.before)


@cache
def _before() -> dict[str, list[Change]]:
    return _by(lambda change: change.after)


def _by(code: Callable[[Change], str]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in _changes():
        found.setdefault(code(change), []).append(change)
    return found
