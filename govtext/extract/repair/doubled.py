"""Lines in which every character stands twice, as bold type that was drawn twice is extracted.

Doubled type is a run of pairs with several ideographs; what is plain beside it stays. Digits at the
edge of such a run may be doubled or plain: 1122 between the two is 12 or 1122, and is read as lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.core.mending import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Document

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^ \t0-9]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_TWICE = re.compile(rf"({_IDEOGRAPH.pattern})\1")
_FEWEST_PAIRS, _FEWEST_IDEOGRAPHS = 4, 3
_PAIRS = re.compile(rf"(?:([^ \t])\1[ \t]*+){{{_FEWEST_PAIRS}}}")
_ONLY_PAIRS = re.compile(r"[ \t]*+(?:([^ \t])\1[ \t]*+)++$")
_FEWEST_BESIDE = 2
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class _Token:
    """A character of a line, or digits in a row, with its place in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_number(self) -> bool:
        return self.text[0].isdecimal()

    @property
    def is_doubled(self) -> bool:
        """Whether digits are pairs all through; a single character is not."""
        return len(self.text) % 2 == 0 and self.text[::2] == self.text[1::2]


Run = tuple[tuple[_Token, ...], bool, bool]
"""Tokens of doubled type, and whether it begins and ends where its line does."""


def edits(document: Document) -> Iterator[Edit]:
    """Edits that read doubled type once."""
    found: list[tuple[Run, bool]] = []
    lines = document.content.folded.split("\n")
    position = 0
    for line in lines:
        if _may_be_doubled(line):
            found += [(run, _is_plain(run)) for run in _runs(line, position)]
        position += len(line) + 1
    if all(is_short for _, is_short in found):
        return
    for run, is_short in found:
        whole = run[1] and run[2]
        if not is_short or (whole and _ideographs(run[0]) >= _FEWEST_BESIDE):
            yield from _read_once(document.text, run)


def _may_be_doubled(line: str) -> bool:
    """Whether ideographs of a line stand twice, and either four pairs in a row or only pairs."""
    twice = set(_TWICE.findall(line))
    return len(twice) >= _FEWEST_BESIDE and bool(_PAIRS.search(line) or _ONLY_PAIRS.match(line))


def _runs(line: str, start: int) -> Iterator[Run]:
    """Runs of pairs in a line."""
    tokens = [_Token(match.group(), start + match.start()) for match in _TOKEN.finditer(line)]
    index = 0
    while index < len(tokens):
        end = index
        while end < len(tokens) and (width := _pair(tokens, end)):
            end += width
        if end > index:
            yield tuple(tokens[index:end]), index == 0, end == len(tokens)
        index = max(index + 1, end)


def _pair(tokens: Sequence[_Token], index: int) -> int:
    """How many tokens from one on are a pair: two like characters, or digits that are doubled."""
    token = tokens[index]
    if token.is_number:
        return int(token.is_doubled)
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    return 2 * (behind is not None and behind.text == token.text and behind.start == token.end)


def _ideographs(tokens: Sequence[_Token]) -> int:
    return len({each.text for each in tokens if _IDEOGRAPH.match(each.text)})


def _is_plain(run: Run) -> bool:
    """Whether a run may be plain type: 方方面面 is a word."""
    length = sum(len(token.text) for token in run[0])
    return length < 2 * _FEWEST_PAIRS or _ideographs(run[0]) < _FEWEST_IDEOGRAPHS


def _read_once(text: str, run: Run) -> Iterator[Edit]:
    """Edits of the pairs of a run; `text` is as printed."""
    tokens, from_start, to_end = run
    last = len(tokens) - 1
    index = 0
    while index <= last:
        token = tokens[index]
        if not token.is_number:
            yield Edit(token.start, token.start + 2, text[token.start])
            index += 2
            continue
        beside = (index == 0 and not from_start) or (index == last and not to_end)
        if beside and not _must_be(token.text):
            yield Edit(token.start, token.end, text[token.start] + _LOST)
        else:
            for at in range(token.start, token.end, 2):
                yield Edit(at, at + 2, text[at])
        index += 1


def _must_be(digits: str) -> bool:
    """Whether digits can only be doubled: no number of a report begins with 00."""
    return digits.startswith("0")
