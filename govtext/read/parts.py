"""bytes whose encoding changes -> text: files that were put together of two, or added to.

Lines of several encodings are told apart line by line; else one place is sought at which one
encoding ends and another begins, also in the midst of a line.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from govtext.read import sound

if TYPE_CHECKING:
    from govtext.read.misread import Found

ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_NARROW = ENCODINGS[:3]
_LARGEST = 2_000_000
_STEP = 32
_WINDOW = 64
_REACH = 4
_BESIDE = 120
_CUT = 3
_LEAST = 0.5
_SOME = 0.02
_MOST_CHANGES = 40
_MOST_BAD = 0.02


def parted(data: bytes) -> Found | None:
    """Text of bytes in several encodings, their names, and how many bytes were not in the first.

    None where no such reading gives a text.
    """
    if len(data) > _LARGEST:
        return None
    found = list(filter(None, (_by_lines(data), _by_place(data))))
    return min(found, key=lambda each: sound.strange(each[0]), default=None)


def _by_lines(data: bytes) -> Found | None:
    """Reading line by line, each by the encoding that fits it best."""
    lines = data.splitlines(keepends=True)
    found = [_fitting(line) for line in lines]
    named = [(name, line) for name, line in zip(found, lines, strict=True) if name]
    runs = [
        (name, sum(len(line) for _, line in run)) for name, run in groupby(named, itemgetter(0))
    ]
    sizes = {name: sum(size for each, size in runs if each == name) for name, _ in runs}
    if len(sizes) < 2 or len(runs) > _MOST_CHANGES or b"\0" in data:
        return None
    main = max(sizes, key=lambda name: sizes[name])
    text = "".join(
        line.decode(name or main, "replace") for name, line in zip(found, lines, strict=True)
    )
    return _accepted(text, " and ".join(sizes), sum(sizes.values()) - sizes[main])


def _fitting(line: bytes) -> str:
    """Encoding that a line is in, or an empty string where it can be in any."""
    if line.isascii():
        return ""
    texts = {name: _read(line, name) for name in _NARROW}
    tried = {
        name: sound.share(text) + sound.common(text)
        for name, text in texts.items()
        if "\ufffd" not in text
    }
    best = max(tried, key=lambda name: tried[name], default="")
    return best if best and tried[best] > 2 * _LEAST else ""


def _by_place(data: bytes) -> Found | None:
    """Reading of bytes in one encoding up to a place, and in another from there on."""
    windows = [_of_window(data[at : at + _WINDOW]) for at in range(0, len(data), _STEP)]
    known = [name for name in windows if name]
    if not known or known[0] == known[-1]:
        return None
    first, last = known[0], known[-1]
    near = _change(windows, first, last) * _STEP
    places = range(max(1, near - _REACH * _STEP), min(len(data), near + _REACH * _STEP))
    place = max(places, key=lambda at: _fit(data, at, first, last), default=0)
    text = _read(data[:place], first) + _read(data[place:], last)
    return _accepted(text, f"{first} and {last}", len(data) - place)


def _of_window(data: bytes) -> str:
    """Encoding of a few bytes, whichever byte a character begins with."""
    tried = {
        name: max(sound.common(_read(data[at:], name)) for at in (0, 1, 2)) for name in ENCODINGS
    }
    best = max(tried, key=lambda name: tried[name])
    return best if tried[best] > _LEAST else ""


def _change(windows: list[str], first: str, last: str) -> int:
    """Number of the window at which most before are of one encoding and most behind of another."""
    score = windows.count(last)
    best, place = score, 0
    for number, name in enumerate(windows, start=1):
        score += (name == first) - (name == last)
        if score > best:
            best, place = score, number
    return place


def _fit(data: bytes, place: int, first: str, last: str) -> float:
    """How well two encodings fit the bytes before and behind a place."""
    begin = max(0, place - _BESIDE)
    begin -= (place - begin) % 2  # wide characters end at the place
    left = _read(data[max(0, begin) : place], first)
    right = _read(data[place : place + _BESIDE], last)
    rare = sound.strange(left[_CUT:]) + sound.strange(right[:-_CUT])
    return sound.common(left) + sound.common(right) - rare


def _read(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def _accepted(text: str, encoding: str, count: int) -> Found | None:
    bad = text.count("\ufffd") + text.count("\0")
    few = bad <= max(2, _MOST_BAD * sound.letters(text))
    return (text, encoding, count) if few and sound.is_prose(text) else None
