"""Reports -> for each that repeats an earlier one, the report_id of that one.

The same report lies in a folder under several names, as a web page and as a PDF, or mirrored with
other words around it. It must not be confused with the same body's report of the next year, which
keeps nine tenths of the text, nor with a corrected version, whose one other number is the point.
So a report repeats another if

- both have the same text, spaces, widths and letter case left out; or
- they share body and year, or title, or many numbers, and differ in no field of identity, and
- every number of the one is a number of the other, which has few more (a count of visits), and
- nearly all of the shorter one stands in the other, which is little longer.

What is kept of each report is a sketch of some 500 bytes, made where the report is read. When all
are read, `find` looks at those that share one of the three, and fetches two texts only where the
sketches leave nothing else to ask. Neither the order of the reports nor who read them matters.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from govtext.core.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np

    from govtext.core.model import Identity, Report

_GRAM = 6
"""Characters of a shingle: two words, few enough that a changed word costs little."""
_SAMPLE = 64
"""Shingles kept in a sketch, those whose hashes are lowest: likeness within 0.06 (one sigma)."""
_OVERLAP = 0.9
"""Least share of the shorter text that stands in the other."""
_LIKENESS = 0.75
"""Least share of what either says that both say. Half a report stays below it; a report of 500
characters keeps it with 150 characters of a web page around one of its copies."""
_DOUBT = 0.25
"""Samples that miss the least likeness by more than this, four sigma, spare fetching the texts."""
_MORE_NUMBERS = 0.05
"""Most numbers that the longer one may have more, as a share of its own; three in any case."""
_MANY_NUMBERS = 8
"""Different numbers that no two reports share by chance, but a form where all is zero has fewer."""
_MOST_ALIKE = 100
"""Reports that share a title, say, and are compared with; a title that more bear tells nothing, and
those behind are only found where their text is the same."""
_TEXTS = 2 * _MOST_ALIKE
"""Texts whose shingles are kept while neighbours are compared, 25 kB each."""
_MIX = 0x9E3779B97F4A7C15
_YEAR = re.compile(r"20[0-9]{2}")


def sketch(report: Report) -> bytes:
    """What must be known of a report to find those that repeat it, some 500 bytes.

    Parameters
    ----------
    report : Report
        One that has been read.

    Returns
    -------
    bytes
        For `find`; empty for a report without text, which repeats none.
    """
    text = key(report.document.text)
    if not text:
        return b""
    who = report.identity
    numbers = sorted(float(each.value) for each in report.quantities if each.value is not None)
    kept = (
        _hash("text", text),
        list(_homes(who, numbers)),
        (who.issuer, who.year or _main_year(text), who.region_code),
        numbers,
        _shingles(text)[:_SAMPLE].tolist(),
    )
    return zlib.compress(json.dumps(kept).encode("ascii"))


def find(
    sketches: Callable[[], Iterable[tuple[str, bytes]]], text_of: Callable[[str], str]
) -> dict[str, str]:
    """Reports that repeat another, each with the report id of the first one that it repeats.

    Parameters
    ----------
    sketches : callable
        It gives the report id of every report, in order, with what `sketch` gave for it; it is
        called twice, so that they need not be held. Of two reports the first is the original.
    text_of : callable
        Text of a report, by its id. It is called for few of the reports, one at a time.

    Returns
    -------
    dict
        Report id of the original, by the report id of each one that repeats it.
    """
    shared = _shared(packed for _, packed in sketches())
    originals = _Originals(lru_cache(_TEXTS)(lambda name: _shingles(key(text_of(name)))))
    found = {}
    for report_id, packed in sketches():
        one = _opened(report_id, packed)
        if one and not shared.isdisjoint((one.label, *one.homes)):
            original = originals.original(one)
            if original:
                found[report_id] = original
    return found


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A sketch as it is compared: who and when, the numbers, and a sample of the text.

    A large study remembers many: as arrays they take a tenth of what sets take.
    """

    report_id: str
    label: int
    homes: array[int]
    identity: tuple[str | None, int | None, str | None]
    numbers: array[float]
    sample: array[int]


@dataclass(frozen=True, slots=True)
class _Originals:
    """The reports seen so far, for finding those that repeat one of them."""

    shingles_of: Callable[[str], Any]
    by_text: dict[int, str] = field(default_factory=dict)
    alike: dict[int, list[_Sketch]] = field(default_factory=dict)

    def original(self, one: _Sketch) -> str | None:
        """Report id of the first report that this one repeats; the next can repeat this one."""
        found = self.by_text.get(one.label) or self._search(one)
        self.by_text[one.label] = found or one.report_id
        return found

    def _search(self, one: _Sketch) -> str | None:
        """Report id of an earlier report; this one is remembered where there is none."""
        for home in one.homes:
            for other in self.alike.get(home, ()):
                if _may_repeat(one, other) and self._same_words(one, other):
                    return other.report_id
        for home in one.homes:
            known = self.alike.setdefault(home, [])
            if len(known) < _MOST_ALIKE:
                known.append(one)
        return None

    def _same_words(self, one: _Sketch, other: _Sketch) -> bool:
        """True if nearly all of the shorter text stands in the other, which is little longer."""
        import numpy as np

        ours, theirs = self.shingles_of(one.report_id), self.shingles_of(other.report_id)
        common = len(np.intersect1d(ours, theirs, assume_unique=True))
        likeness = common / (len(ours) + len(theirs) - common)
        return likeness >= _LIKENESS and common >= _OVERLAP * min(len(ours), len(theirs))


def _opened(report_id: str, packed: bytes) -> _Sketch | None:
    """A sketch from its bytes, None for a report without text."""
    if not packed:
        return None
    label, homes, identity, numbers, sample = json.loads(zlib.decompress(packed))
    return _Sketch(
        report_id,
        label,
        array("Q", homes),
        tuple(identity),
        array("d", numbers),
        array("Q", sample),
    )


def _shared(sketches: Iterable[bytes]) -> set[int]:
    """Labels and homes that more than one report has: only these reports can repeat another."""
    import numpy as np

    seen = array("Q")
    for packed in sketches:
        one = _opened("", packed)
        if one:
            seen.extend({one.label, *one.homes})
    marks, counts = np.unique(np.asarray(seen), return_counts=True)
    return set(marks[counts > 1].tolist())


def _homes(identity: Identity, numbers: list[float]) -> Iterator[int]:
    """Where a report is looked for: by body and year, by title, by all its numbers."""
    if identity.issuer and identity.year:
        yield _hash("body", identity.issuer, str(identity.year))
    if identity.issuer and identity.title:  # a title that names no body is that of a thousand
        yield _hash("title", key(identity.title))
    if len(set(numbers)) >= _MANY_NUMBERS:
        yield _hash("numbers", *map(repr, numbers))


def _hash(*parts: str) -> int:
    """Number of 64 bits: of a million reports two have the same by chance once in 30 million."""
    joined = "\n".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest())


def _shingles(text: str) -> np.ndarray[Any, np.dtype[np.uint32]]:
    """Hashes of all runs of six characters of a text, each once, the lowest first."""
    import numpy as np

    marks = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    padded = np.pad(marks.astype(np.uint64), (0, _GRAM - 1))
    runs = np.zeros(len(marks), dtype=np.uint64)
    for at in range(_GRAM):
        runs = (runs + padded[at : at + len(marks)]) * np.uint64(_MIX)
    runs = (runs ^ (runs >> np.uint64(32))) * np.uint64(_MIX)
    hashes = np.sort((runs >> np.uint64(32)).astype(np.uint32))  # np.unique takes ten times as long
    first: np.ndarray[Any, np.dtype[np.bool_]] = np.append(True, hashes[1:] != hashes[:-1])
    return np.asarray(hashes[first])


def _main_year(text: str) -> int | None:
    """Year that a text names most often."""
    years = Counter(_YEAR.findall(text)).most_common(1)
    return int(years[0][0]) if years else None


def _may_repeat(one: _Sketch, other: _Sketch) -> bool:
    """True if two reports are the same as far as their sketches tell."""
    return (
        all(map(_may_agree, one.identity, other.identity))
        and _same_numbers(one.numbers, other.numbers)
        and _likeness(one.sample, other.sample) >= _LIKENESS - _DOUBT
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


def _likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """Shingles that two texts share, of all they have, as far as the samples tell."""
    ours, theirs = frozenset(one), frozenset(other)
    lowest = sorted(ours | theirs)[:_SAMPLE]
    return sum(gram in ours and gram in theirs for gram in lowest) / len(lowest)
