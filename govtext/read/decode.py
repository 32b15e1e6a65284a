"""bytes -> text, for every encoding that Chinese files come in.

The order is that of certainty: a byte order mark, UTF-8 with no or a few bad bytes (they are
counted, never dropped), then damaged UTF-8, GB18030, Big5 and UTF-16 judged by how common their
characters are in official prose. Charset detectors do worse: one bad byte makes them answer Greek.
What a web page declares (`rules/charsets.csv`) is one more witness, and no better than its bytes.
"""

from __future__ import annotations

import codecs
import html
import re
from functools import cache
from itertools import accumulate

from govtext.core import rules
from govtext.core.model import UnreadableReport
from govtext.read import sound
from govtext.read.escaped import unescaped
from govtext.read.misread import undone
from govtext.read.parts import ENCODINGS, parted

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_SHORT_SAMPLE = 20_000
_RARE = ("utf-32-le", "utf-32-be")
_SHORTEST = 10
_FEWEST_NULS = 2
_FIRST_CHINESE = "\u2e80"
_MOST_REPAIRS = 0.01
_LEAST_COMMON = 0.05
_LEAST_CLEAN = 0.95
_HEAD = 4096
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_TAG = re.compile("<[^<>]{0,2000}>")
_BEYOND_ASCII = re.compile(r"[\0-\x7f]+")
_BAD = re.compile(r"[\ufffd\0-\x08\x0e-\x1f]")
_HIGH = bytes(range(0x80, 0x100))
_FEW = 24
_FEW_LETTERS = 8
_LEAST_KNOWN = 0.3
_PLAIN = 0.5  # of the characters beyond ASCII are common: what the others would give is noise
_NOT_TEXT = (
    "The bytes are no text in UTF-8, GB18030, Big5 or UTF-16: "
    "the file is damaged or of another kind."
)


def decode(data: bytes) -> tuple[str, str, int]:
    """Text of the bytes, the encoding it was read by, and how many bytes were not valid in it.

    The encoding also says how a text had been misread or escaped, which is undone; what was read
    anew so is counted too, and so are NUL bytes, which are left out.

    Raises
    ------
    UnreadableReport
        With cause ``not_text`` where no encoding gives readable text.
    """
    bare = _without_padding(data)
    text, encoding, repairs = _decoded(bare)
    return _anew(text, encoding, repairs + len(data) - len(bare))


def _decoded(data: bytes) -> tuple[str, str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            found = _repair(data[len(mark) :], encoding)
            if _is_sound(found):
                return found
            data = data[len(mark) :]  # it was put before other bytes
            break
    text, encoding, repairs = _repair(data, "utf-8")
    start = data[:_SAMPLE]
    high = len(start) - len(start.translate(None, _HIGH))
    sample = text[:_SAMPLE]
    # Two bytes of a few Chinese characters are, by chance, also a letter in UTF-8.
    few = high < 2 * _FEW or repairs > 0
    foreign = high > 0 and few and not any(mark >= _FIRST_CHINESE for mark in sample)
    cut = repairs == 1 and text.endswith("\ufffd") and "\0" not in sample
    if cut and not foreign:  # in the midst of a character
        return text, encoding, repairs
    if not repairs and ("\0" in sample or foreign) and (again := undone(text)):
        return again
    if "\0" in sample or foreign or repairs > _MOST_REPAIRS * high:
        return _judge(data)
    return text, encoding, repairs


def _without_padding(data: bytes) -> bytes:
    """Bytes without the NUL bytes that a disk or a copy put behind the text."""
    bare = data.rstrip(b"\0")
    if len(data) - len(bare) < _FEWEST_NULS or len(bare) < _SHORTEST:
        return data  # one may be half a character
    if data.startswith((_MARKS[1][0], _MARKS[2][0])) or b"\0\0\0" in bare[:_SHORTEST]:
        return data[: len(bare) + -len(bare) % 4]
    even = bare[: _SHORT_SAMPLE - _SHORT_SAMPLE % 2]
    best = max(ENCODINGS, key=lambda each: _likeness(_repair(even, each)[0]))
    wide = data[: len(bare) + len(bare) % 2]  # the last character of two bytes may end with one
    return wide if best.startswith("utf-16") else bare


def _is_sound(found: tuple[str, str, int]) -> bool:
    """True for a text with hardly a byte that is not valid."""
    return found[2] <= _MOST_REPAIRS * max(100, sound.letters(found[0]))


def _anew(text: str, encoding: str, repairs: int) -> tuple[str, str, int]:
    """The same, or what the characters were before they were escaped or misread."""
    found = unescaped(text) or undone(text)
    if found:
        return *found[:2], repairs + found[2]
    lost = text.count("\ufffd")
    return text, encoding, max(repairs, lost) if lost >= _FEW else repairs


def decode_markup(data: bytes, declared: str = "") -> tuple[str, str, int]:
    """Text of a web page, the encoding it was read by, and how many bytes were not valid in it.

    Parameters
    ----------
    data : bytes
        The page.
    declared : str
        The charset that an envelope names; that of the page itself where it is empty.

    Raises
    ------
    UnreadableReport
        With cause ``not_text`` where no encoding gives readable text.
    """
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return decode(data)
    wide = _wide(data)
    if wide:
        return _repair(data, wide)
    length = len(data)
    data = data.replace(b"\0", b"")  # no character of a page
    stated = _charsets().get((declared or _declared(data)).lower(), "")
    encoding = _settled(data, stated) or _likeliest(data, stated)
    text, encoding, repairs = _repair(data, encoding)
    if not _is_sound((text, encoding, repairs)):
        text, encoding, repairs = parted(data) or (text, encoding, repairs)
    if _cleanness(text) < _LEAST_CLEAN:
        raise UnreadableReport("not_text", _NOT_TEXT)
    again = unescaped(text, _shown(text)) if text.isascii() else undone(text)
    if again:
        text, encoding, repairs = *again[:2], repairs + again[2]
    return text, encoding, repairs + length - len(data)


def _shown(markup: str) -> str:
    """What a browser shows of markup, roughly; one escape of characters is its own."""
    return html.unescape(_TAG.sub("", markup))


def _settled(data: bytes, stated: str) -> str:
    """Encoding that the bytes prove, or an empty string: few bytes are valid UTF-8 by chance."""
    few = len(data) - len(data.translate(None, _HIGH)) < _FEW
    proven = data.isascii() or (_is_valid(data, "utf-8") and not (few and stated))
    return "utf-8" if proven else ""


def _is_valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(data: bytes, stated: str) -> str:
    """Encoding that makes the bytes look most like Chinese; of equals the stated one."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    ends = accumulate(map(len, lines))
    sample = b"\n".join(line for line, end in zip(lines, ends, strict=True) if end < _SHORT_SAMPLE)
    sample = sample or lines[0][:_SHORT_SAMPLE]
    if stated and _chinese(_repair(sample, stated)[0]) > _PLAIN:
        return stated
    candidates = dict.fromkeys((stated, *ENCODINGS[:3]))
    return max(filter(None, candidates), key=lambda each: _chinese(_repair(sample, each)[0]))


def _wide(data: bytes) -> str:
    """Encoding of a page whose tags take two bytes a character, or an empty string."""
    start = data[:_SAMPLE]
    beside = max(start.count(b"<\0"), start.count(b"\0<"))
    if not beside or 10 * beside < 9 * start.count(b"<"):
        return ""
    return "utf-16-le" if 2 * start[::2].count(b"<") > start.count(b"<") else "utf-16-be"


def _declared(data: bytes) -> str:
    """Charset that a page names in its first lines, or an empty string."""
    match = _DECLARED.search(data[:_HEAD])
    return match[1].decode("ascii") if match else ""


def _chinese(text: str) -> float:
    """How much the characters beyond ASCII are like official prose; bad bytes weigh double."""
    sample = _BEYOND_ASCII.sub("", text)
    common = sound.common_characters()
    good = sum(mark in common for mark in sample)
    return (good - 3 * sample.count("\ufffd")) / max(1, len(sample))


@cache
def _charsets() -> dict[str, str]:
    return {row["label"]: row["encoding"] for row in rules.load("charsets")}


def _repair(data: bytes, encoding: str) -> tuple[str, str, int]:
    """Decode with U+FFFD for each bad sequence, and count those that the bytes did not hold."""
    text = data.decode(encoding, errors="replace")
    return text, encoding, text.count("\ufffd") - _printed_replacements(data, encoding)


def _printed_replacements(data: bytes, encoding: str) -> int:
    """Replacement characters that stand in the file itself."""
    return data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0


def _judge(data: bytes) -> tuple[str, str, int]:
    """The encoding whose text looks most like Chinese: for short, damaged and unmarked ones."""
    rare = _RARE if 5 * data.count(b"\0") > 2 * len(data) else ()
    tried = [_repair(data, encoding) for encoding in (*ENCODINGS, *rare)]
    bare = data.replace(b"\0", b"")
    if len(bare) < len(data):  # what a disk did not write
        more = [_repair(bare, encoding) for encoding in ENCODINGS[:3]]
        tried += [(text, name, bad + len(data) - len(bare)) for text, name, bad in more]
    best = max(tried, key=lambda found: _likeness(found[0]))
    if not sound.is_prose(best[0][:_SAMPLE]):
        best = parted(data) or best
    if _likeness(best[0]) < _LEAST_COMMON or _cleanness(best[0]) < _LEAST_CLEAN:
        raise UnreadableReport("not_text", _NOT_TEXT)
    wide = best[1].startswith("utf-16") and not sound.is_prose(best[0])
    strange = wide or (sound.share(best[0]) < _LEAST_KNOWN and best[1:] != ("utf-8", 0))
    if strange and sound.letters(best[0]) >= _FEW_LETTERS:
        raise UnreadableReport("not_text", _NOT_TEXT)
    return best


def _likeness(text: str) -> float:
    """Share of the characters that are common in official prose, less the damaged ones."""
    sample = text[:_SAMPLE]
    common = sound.common_characters()
    good = sum(mark in common for mark in sample)
    return (good - 3 * sample.count("\ufffd") - 3 * sample.count("\0")) / max(1, len(sample))


def _cleanness(text: str) -> float:
    """Share of the characters that are neither damaged nor control characters."""
    sample = text[:_SAMPLE]
    return 1 - len(_BAD.findall(sample)) / max(1, len(sample))
