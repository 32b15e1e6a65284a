"""text that was read by a wrong encoding and saved so -> the text as it was written.

Of every pair of encodings (`rules/misreadings.csv`) the misreading is taken back: the characters
become the bytes that they were read from, and these are read by the other one. One reading is
right where it alone is full of ideographs in use.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govtext.core import rules
from govtext.core.model import UnreadableReport
from govtext.read import sound

_WESTERN = "cp1252"
_WIDE = "utf-16"
_LATIN_1 = re.compile("([\x80-\xff]+)")
_CONTROLS = re.compile("([\x80-\x9f]+)")
_SURE = "utf-8"
_SHORT_SAMPLE = 400
_LONG_SAMPLE = 20_000
_FEWEST = 12
_FEWEST_SURE = 4
_GARBLED = 0.3
_CLEAR = 0.5
_MARK = "\ufffd"
_LOST = re.compile(f"{_MARK}[{_MARK}?]{{0,2}}")

Found = tuple[str, str, int]
"""A text, the encoding that it is in, and how many characters or bytes are not as they stood."""

_NONE = "govtext.none"


def _nothing(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return b"\xff", error.end


codecs.register_error(_NONE, _nothing)


class Misreading(NamedTuple):
    """An encoding that a text was written in, and the one that it was read by."""

    written: str
    read: str

    def undone(self, text: str) -> str:
        """Text as it was written; U+FFFD stands for what was lost."""
        lost = b"\xff\xff" if self.read.startswith(_WIDE) else b"\xff"
        found = lost.join(map(self._bytes, text.split("\ufffd"))).decode(self.written, "replace")
        return _LOST.sub("\ufffd", found)

    def takes_back(self, other: Misreading) -> bool:
        """True if this and another leave a text as it was."""
        wide = self.read.startswith(_WIDE) and self.written.startswith(_WIDE)
        return (self.written, self.read) == (other.read, other.written) or (wide and self == other)

    def _bytes(self, text: str) -> bytes:
        """Bytes that a text was read from; what can be none becomes a byte that is none either.

        Where Python keeps to the standard, other programs let a byte stand for itself.
        """
        if self.read.startswith(_WIDE):
            return text.encode(self.read, _NONE)
        alone = _LATIN_1 if self.read == _WESTERN else _CONTROLS
        parts = enumerate(alone.split(text))
        return b"".join(
            part.encode("latin-1" if number % 2 else self.read, _NONE) for number, part in parts
        )


def undone(text: str) -> Found | None:
    """The text as it was written, how it had been read, and how many characters are read anew.

    Parameters
    ----------
    text : str
        Any text; lines that are sound are left as they stand.

    Returns
    -------
    tuple or None
        None where it is no misread one.

    Raises
    ------
    UnreadableReport
        With cause ``not_text`` where too much of it was lost.
    """
    if sound.strange(sound.sample(text)) < _FEWEST_SURE:
        return None
    whole = _is_garbled(sound.sample(text), _FEWEST_SURE)
    steps = _steps(text) if whole else ()
    found = _through(text, steps)
    if steps and sound.is_prose(found):
        return found, _name(steps), sound.letters(text)
    lines = [f"{line}\n" for line in text.split("\n")]  # other ends may be parts of a character
    garbled = [line for line in lines if _is_garbled(line, _FEWEST_SURE)]
    some = _of_lines(lines, garbled) if 0 < len(garbled) < len(lines) else None
    if steps and not some:
        lost = f"{found.count(_MARK):,} characters were lost by that: fetch the file again."
        raise UnreadableReport("not_text", f"The text is in {_name(steps)}, and {lost}")
    return some


def _of_lines(lines: Sequence[str], garbled: Sequence[str]) -> Found | None:
    """The text with those of its lines that are garbled as they were written."""
    bad = "".join(garbled)
    steps = _steps(bad)
    anew = set(garbled)
    found = "".join(_through(each, steps) if each in anew else each for each in lines)
    if not steps or not sound.is_prose(found):
        return None
    return found[: len(found) - 1], _name(steps), sound.letters(bad)


def _name(steps: Sequence[Misreading]) -> str:
    read = ", then as ".join(step.read for step in reversed(steps))
    return f"{steps[-1].written} (read as {read})"


def _is_garbled(text: str, fewest: int) -> bool:
    """True for a text of which much is no Chinese as it is in use."""
    strange = sound.strange(text)
    return strange >= fewest and strange > _GARBLED * (strange + sound.ideographs(text))


def _through(text: str, steps: Sequence[Misreading]) -> str:
    for step in steps:
        text = step.undone(text)
    return text


def _steps(text: str) -> tuple[Misreading, ...]:
    """What takes a misreading back: one step, or two where it was read wrongly twice."""
    once = _best(((pair,) for pair in _pairs()), text[:_LONG_SAMPLE])
    if once:
        return once
    short = text[:_SHORT_SAMPLE]
    first = [pair for pair in _pairs() if "\ufffd" not in pair.undone(short)[:-1]]
    twice = ((one, two) for one in first for two in _pairs() if not one.takes_back(two))
    return _best(twice, short)


def _best(tried: Iterator[tuple[Misreading, ...]], text: str) -> tuple[Misreading, ...]:
    """Steps after which most ideographs are in use; none where that leaves doubt."""
    best: tuple[Misreading, ...] = ()
    most = _CLEAR
    for steps in tried:
        found = _through(text, steps)
        fewest = _FEWEST_SURE if steps[-1].written == _SURE else _FEWEST
        if sound.ideographs(found) >= fewest and (common := sound.common(found)) > most:
            best, most = steps, common
    return best


def _pairs() -> list[Misreading]:
    return [Misreading(row["written"], row["read"]) for row in rules.load("misreadings")]
