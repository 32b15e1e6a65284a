"""Line ends in the middle of a sentence: behind a comma, before one, within a date."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.literals import begun
from govtext.core.mending import Edit
from govtext.extract.repair import book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.model import Document

_WITHIN = re.compile(
    r"(?<=[\u3400-\u9fff0-9%)\"][,、])\n(?=[\u3400-\u9fff0-9])"
    r"|(?<=[\u3400-\u9fff%)\"])\n(?=[,、。;])"
)
_RIGHT = 12


def edits(document: Document) -> Iterator[Edit]:
    """Edits that leave such line ends out."""
    text = document.content.folded
    tables = [(table.start, table.end) for table in document.tables]
    for match in _line_end().finditer(text):
        at = match.start()
        inside = any(start <= at + 1 and at <= end for start, end in tables)
        if not inside and not _begins_a_heading(text[at + 1 : at + 1 + _RIGHT]):
            yield Edit(*match.span(), "")


def _begins_a_heading(line: str) -> bool:
    return any(expression.match(line) for expression in _marks())


@cache
def _line_end() -> re.Pattern[str]:
    dated = book.pattern("dated").pattern
    return re.compile(begun(rf"{_WITHIN.pattern}|(?<={dated})\n(?=[0-9]{{1,2}} ?{dated})"))


@cache
def _marks() -> tuple[re.Pattern[str], ...]:
    return tuple(rules.pattern(row) for row in rules.load("marks"))
