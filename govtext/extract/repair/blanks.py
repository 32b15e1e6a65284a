"""Blanks between ideographs that part no words: letters set apart, a word torn in two."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from govtext.core.mending import Edit
from govtext.extract.repair import book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Document

_TOKEN = re.compile(r"[^ \t\n]+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_GAP = re.compile(r" {1,2}")
_BESIDE_WORDS = re.compile("[^\u3400-\u9fff]")
_FEWEST_APART = 3
_LONGEST_WORD = 8


def edits(document: Document) -> Iterator[Edit]:
    """Edits that leave such blanks out."""
    position = 0
    for line in document.content.folded.split("\n"):
        if " " in line:
            tokens = [match.span() for match in _TOKEN.finditer(line)]
            apart = _apart(line, tokens)
            for index in range(len(tokens) - 1):
                gap = tokens[index][1], tokens[index + 1][0]
                both = apart[index] and apart[index + 1]
                if _is_between(line, gap) and (both or _tears_a_word(line, gap)):
                    yield Edit(position + gap[0], position + gap[1], "")
        position += len(line) + 1


def _apart(line: str, tokens: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether each token is one of several characters that stand apart."""
    lone = [len(_BESIDE_WORDS.sub("", line[start:end])) <= 1 for start, end in tokens]
    found: list[bool] = []
    for alone, run in groupby(range(len(tokens)), key=lone.__getitem__):
        places = list(run)
        ideographs = sum(bool(_IDEOGRAPH.search(line[slice(*tokens[each])])) for each in places)
        found += [alone and ideographs >= _FEWEST_APART] * len(places)
    return found


def _is_between(line: str, gap: tuple[int, int]) -> bool:
    """Whether a gap is a blank or two between ideographs."""
    start, end = gap
    sides = _IDEOGRAPH.match(line, start - 1) and _IDEOGRAPH.match(line, end)
    return bool(sides and _GAP.fullmatch(line, start, end))


def _tears_a_word(line: str, gap: tuple[int, int]) -> bool:
    """Whether a word of the genre reaches over a gap, in a line of prose."""
    start, end = gap
    left = line[max(0, start - _LONGEST_WORD) : start].rpartition(" ")[2]
    both = left + line[end : end + _LONGEST_WORD].partition(" ")[0]
    found = (book.words().match(both, begin) for begin in range(len(left)))
    return any(match and match.end() > len(left) for match in found) and book.is_prose(line)
