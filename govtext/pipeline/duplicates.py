"""Report -> the report_id of an earlier one that it repeats, if there is one.

The same report lies in a folder under several names, as a web page and as a PDF, or mirrored with
other words around it. It must not be confused with the same body's report of the next year, which
keeps nine tenths of the text, nor with a corrected version, whose one other number is the point.
So a report repeats another if

- both have the same text, spaces, widths and letter case left out; or
- they share body and year, or title, or many numbers, and differ in no field of identity, and
- every number of the one is a number of the other, which has few more (a count of visits), and
- nearly all of the shorter one stands in the other, which is little longer.

What is kept of each report is some 2 kB, and only reports that share one of the three are compared,
so that a folder of any size can be read once from its first file to its last.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from govtext.core.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.model import Identity, Report

_GRAM = 6
"""Characters of a shingle: two words, few enough that a changed word costs little."""
_SKETCH = 256
"""Shingles kept of a report, those whose hashes are lowest: overlap within 0.02 (one sigma)."""
_OVERLAP = 0.9
"""Least share of the shorter text that stands in the other."""
_LIKENESS = 0.75
"""Least share of what either says that both say. Half a report stays below it; a report of 500
characters keeps it with 150 characters of a web page around one of its copies."""
_MORE_NUMBERS = 0.05
"""Most numbers that the longer one may have more, as a share of its own; three in any case."""
_MANY_NUMBERS = 8
"""Different numbers that no two reports share by chance, but a form where all is zero has fewer."""
_MOST_ALIKE = 100
"""Reports that share a title, say, and are compared with; a title that more bear tells nothing, and
those behind are only found where their text is the same."""
_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is kept of a report: who and when, its numbers, and a sample of its text."""

    report_id: str
    identity: tuple[str | None, int | None, str | None]
    numbers: array[float]
    shingles: array[int]
    size: int


class Originals:
    """The reports seen so far, for finding those that repeat one of them."""

    def __init__(self) -> None:
        self._by_text: dict[bytes, str] = {}
        self._alike: dict[tuple[object, ...], list[_Sketch]] = {}

    def original(self, report: Report) -> str | None:
        """Report id of the first report that this one repeats, None if it repeats none.

        Parameters
        ----------
        report : Report
            The next one, in the order of the report ids. It is remembered, so that later ones
            can repeat it; one without text repeats none.
        """
        text = key(report.document.text)
        if not text:
            return None
        label = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        found = self._by_text.get(label) or self._search(report, text)
        self._by_text[label] = found or report.report_id
        return found

    def _search(self, report: Report, text: str) -> str | None:
        """Report id of an earlier report; this one is remembered where there is none."""
        sketch = _sketch(report, text)
        homes = list(_homes(report.identity, sketch.numbers))
        for home in homes:
            for other in self._alike.get(home, ()):
                if _repeats(sketch, other):
                    return other.report_id
        for home in homes:
            known = self._alike.setdefault(home, [])
            if len(known) < _MOST_ALIKE:
                known.append(sketch)
        return None


def _homes(identity: Identity, numbers: array[float]) -> Iterator[tuple[object, ...]]:
    """Where a report is looked for: by body and year, by title, by all its numbers."""
    if identity.issuer and identity.year:
        yield identity.issuer, identity.year
    if identity.issuer and identity.title:  # a title that names no body is that of a thousand
        yield "title", key(identity.title)
    if len(set(numbers)) >= _MANY_NUMBERS:
        yield "numbers", hashlib.blake2b(numbers.tobytes(), digest_size=16).digest()


def _sketch(report: Report, text: str) -> _Sketch:
    grams = {crc32(text[at : at + _GRAM].encode("utf-8", "replace")) for at in range(len(text))}
    who = report.identity
    return _Sketch(
        report.report_id,
        (who.issuer, who.year or _main_year(text), who.region_code),
        array("d", sorted(each.value for each in report.quantities if each.value is not None)),
        array("L", sorted(grams)[:_SKETCH]),
        len(grams),
    )


def _main_year(text: str) -> int | None:
    """Year that a text names most often."""
    years = Counter(_YEAR.findall(text)).most_common(1)
    return int(years[0][0]) if years else None


def _repeats(one: _Sketch, other: _Sketch) -> bool:
    """True if two reports that may be the same are."""
    return (
        all(map(_may_agree, one.identity, other.identity))
        and _same_numbers(one.numbers, other.numbers)
        and _same_words(one, other)
    )


def _may_agree(one: str | int | None, other: str | int | None) -> bool:
    """True if two fields are the same, as far as known, or a name is the end of the full one."""
    if one is None or other is None:
        return True
    ours, theirs = str(one), str(other)
    return ours.endswith(theirs) or theirs.endswith(ours)


def _same_numbers(one: array[float], other: array[float]) -> bool:
    """True if all numbers of the one that has fewer are among the other's few more."""
    fewer, more = sorted((one, other), key=len)
    spare = max(3, int(_MORE_NUMBERS * len(more)))
    return len(more) - len(fewer) <= spare and not Counter(fewer) - Counter(more)


def _same_words(one: _Sketch, other: _Sketch) -> bool:
    """True if nearly all of the shorter text stands in the other, which is little longer."""
    likeness = _likeness(one, other)
    common = likeness * (one.size + other.size) / (1 + likeness)
    return likeness >= _LIKENESS and common >= _OVERLAP * min(one.size, other.size)


def _likeness(one: _Sketch, other: _Sketch) -> float:
    """Shingles that two texts share, of all they have, as far as the samples tell."""
    ours, theirs = set(one.shingles), set(other.shingles)
    lowest = sorted(ours | theirs)[:_SKETCH]
    return sum(gram in ours and gram in theirs for gram in lowest) / len(lowest)
