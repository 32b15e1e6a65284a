"""text whose characters are all written as ASCII -> those characters (`rules/escapes.csv`).

Programs and servers write 我局 so, and mails of old HZ or UTF-7. A body is read anew where it has
hardly an ideograph before and is full of them then; one escape in a text stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.read import sound

if TYPE_CHECKING:
    from govtext.read.misread import Found

_SAMPLE = 20_000
_FEWEST = 2
_TIMES = 10
_SEVEN_BITS = {"hz": re.compile("~{"), "utf-7": re.compile(r"\+[A-Za-z0-9+/]{3,}")}
_BASES = {"character": 16, "byte": 16, "decimal": 10, "octal": 8}
_SOFT_BREAK = re.compile(r"=[ \t]{0,9}\r?\n")
_BACKSLASH = re.compile(r"\\(?:([nrt])|([\"'/\\]))")
_SPACES = {"n": "\n", "r": "", "t": "\t"}
_BYTES = ("utf-8", "gb18030", "big5hkscs")


def unescaped(text: str, shown: str = "") -> Found | None:
    """The characters that a text is written for, how they were written, and how many were.

    None where it is no such text.

    Parameters
    ----------
    text : str
        Any text.
    shown : str, optional
        What a browser shows of it, if it is markup; it decides.
    """
    start = (shown or text)[:_SAMPLE]
    raw = sound.ideographs(start)
    for found, encoding, _ in _readings(start):
        many = sound.ideographs(found)
        latin = sum(mark.isascii() and mark.isalpha() for mark in found)
        whole = many > _TIMES * raw and many >= max(_FEWEST, latin)
        if whole and sound.is_prose(found):
            # The rest of a long text is written as its beginning is.
            return next(each for each in _readings(text) if each[1] == encoding)
    return None


def _readings(text: str) -> Iterator[Found]:
    """What a text is in each way of writing that it can be in."""
    if text.isascii():
        for encoding, sign in _SEVEN_BITS.items():
            if sign.search(text):
                try:
                    found = text.encode("ascii").decode(encoding)
                except UnicodeDecodeError:
                    continue
                yield (found, encoding, sound.letters(found))
    for row in rules.load("escapes"):
        sign = rules.pattern(row)
        if sign.search(text):
            yield from _of(row, sign, text)


def _of(row: rules.Row, sign: re.Pattern[str], text: str) -> Iterator[Found]:
    """What a text is with the escapes of one kind as characters; of bytes in each encoding."""
    base = _BASES[row["unit"]]
    name = f"escaped as {row['name']}"
    if row["unit"] in ("character", "decimal"):
        found, count = sign.subn(
            lambda match: _character(int(match[match.lastindex or 0], base)), text
        )
        joined = found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        yield (_plain(joined, row["name"]), f"utf-8 ({name})", count)
        return
    bare = _SOFT_BREAK.sub("", text) if row["name"] == "=" else text
    pieces = sign.split(bare)  # what stands between, and the code of each byte
    for encoding in _BYTES:
        data = b"".join(
            bytes([int(piece, base)]) if number % 2 else piece.encode(encoding, "replace")
            for number, piece in enumerate(pieces)
        )
        found = data.decode(encoding, "replace")
        yield (_plain(found, row["name"]), f"{encoding} ({name})", len(pieces) // 2)


def _character(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF else "\ufffd"


def _plain(text: str, name: str) -> str:
    """Text with the breaks and quotes that the same programs write with a backslash."""
    if not name.startswith("\\") or text.lstrip()[:1] in ("{", "["):
        return text
    return _BACKSLASH.sub(lambda match: _SPACES.get(match[1], "") if match[1] else match[2], text)
