"""bytes -> text, for every encoding that Chinese files come in.

The order is that of certainty: a byte order mark, UTF-8 with no or a few bad bytes (they are
counted, never dropped), then damaged UTF-8, GB18030, Big5 and UTF-16 judged by how common their
characters are in official prose. Charset detectors do worse: one bad byte makes them answer Greek.
"""

from __future__ import annotations

import codecs
from functools import cache

from govtext import rules
from govtext.model import UnreadableReport

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 200_000
_FIRST_CHINESE = "\u2e80"
_MOST_REPAIRS = 0.01
_LEAST_COMMON = 0.05
_LEAST_CLEAN = 0.95


def decode(data: bytes) -> tuple[str, str, int]:
    """Text of the bytes, the encoding it was read by, and how many bytes were not valid in it.

    Raises
    ------
    UnreadableReport
        With cause ``not_text`` where no encoding gives readable text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _repair(data[len(mark) :], encoding)
    text, encoding, repairs = _repair(data, "utf-8")
    high = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    sample = text[:_SAMPLE]
    # Two bytes of a few Chinese characters are, by chance, also a letter in UTF-8.
    foreign = high > 0 and not any(mark >= _FIRST_CHINESE for mark in sample)
    if "\0" in sample or foreign or repairs > _MOST_REPAIRS * high:
        return _judge(data)
    return text, encoding, repairs


def _repair(data: bytes, encoding: str) -> tuple[str, str, int]:
    """Decode with U+FFFD for each bad sequence, and count those that the bytes did not hold."""
    text = data.decode(encoding, errors="replace")
    return text, encoding, text.count("\ufffd") - _printed_replacements(data, encoding)


def _printed_replacements(data: bytes, encoding: str) -> int:
    """Replacement characters that stand in the file itself."""
    return data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0


def _judge(data: bytes) -> tuple[str, str, int]:
    """The encoding whose text looks most like Chinese: for short, damaged and unmarked ones."""
    tried = [_repair(data, encoding) for encoding in _CANDIDATES]
    best = max(tried, key=lambda found: _likeness(found[0]))
    if _likeness(best[0]) < _LEAST_COMMON or _cleanness(best[0]) < _LEAST_CLEAN:
        raise UnreadableReport(
            "not_text",
            "The bytes are no text in UTF-8, GB18030, Big5 or UTF-16: "
            "the file is damaged or of another kind.",
        )
    return best


def _likeness(text: str) -> float:
    """Share of the characters that are common in official prose, less the damaged ones."""
    sample = text[:_SAMPLE]
    common = _common_characters()
    good = sum(mark in common for mark in sample)
    return (good - 3 * sample.count("\ufffd") - 3 * sample.count("\0")) / max(1, len(sample))


def _cleanness(text: str) -> float:
    """Share of the characters that are neither damaged nor control characters."""
    sample = text[:_SAMPLE]
    bad = sum(mark == "\ufffd" or (mark < " " and mark not in "\t\r\n\f\v") for mark in sample)
    return 1 - bad / max(1, len(sample))


@cache
def _common_characters() -> frozenset[str]:
    return frozenset("".join(row["characters"] for row in rules.load("common_characters")))
