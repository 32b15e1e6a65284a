"""text -> whether its characters are those of a text: how many are common, damaged or none at all.

A text read by a wrong encoding is full of ideographs that nobody uses; a lost one of marks that
stand for any. Other scripts are not judged: a report may be in one.
"""

from __future__ import annotations

import re
from functools import cache

from govtext.core import rules
from govtext.core.model import UnreadableReport

IDEOGRAPHS = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SAMPLE = 100_000
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]+")
_ODD = re.compile("[\x80-\x9f\xa1-\u024f\uff61-\uff9f]+")
_DOUBLE = "\ufffd\ufffd".encode().decode("gb18030")
_GONE_MARK = re.compile("[\ufffd\ufffe\uffff]")
_GONE = re.compile(f"{_GONE_MARK.pattern}|{_DOUBLE}")
_RARE = re.compile(f"[{IDEOGRAPHS}]")
"""An ideograph, where those in use are left out."""
_LOST = re.compile(rf"[?\ue000-\uf8ff\U000f0000-\U0010ffff]|([{IDEOGRAPHS}])\1{{7,}}")
_SCRIPTS = "\u0370-\u06ff\u0f00-\u0fff\u1800-\u18af\ua000-\ua4cf"  # Uyghur, Tibetan, Yi ...
_FOREIGN = re.compile(rf"[^\W\d_a-zA-Z{IDEOGRAPHS}{_SCRIPTS}]|[\x80-\x9f\xa1-\xbf\ue000-\uf8ff]")
_LATIN = re.compile("[A-Za-z]+")
_WORD = re.compile(r"\w+")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_LONG_RUN = re.compile(r"[!-~]{60,}")
_FEW = 16
_LEVEL = range(0xB0, 0xD8)
_FEWEST = 6
_MANY = 64
_MOST_KNOWN = 0.75
_LEAST_KNOWN = 0.5
_NONE = 0.1
_MOST_LOST = 0.2
_STRANGE = 0.05
_MOST_GONE = 0.1
_MOST_CONTROL = 0.05
_LEAST_WORDS = 0.05
_HALF = 0.5


def sample(text: str) -> str:
    """The text, or three pieces of a long one."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]


def letters(text: str) -> int:
    """How many characters can tell by what encoding a text was read."""
    return ideographs(text) + _count(_ODD, text) + text.count("\ufffd")


def ideographs(text: str) -> int:
    """How many ideographs a text has."""
    return _count(_IDEOGRAPH, text)


def share(text: str) -> float:
    """Share of the ideographs that are in use, of all characters that a wrong encoding makes."""
    return _count(_in_use(), text) / max(1, letters(text))


def common(text: str) -> float:
    """Share of those that official prose is full of; a mark that no text holds weighs as three."""
    good = _count(_often(), text)
    bad = len(_CONTROL.findall(text)) + text.count("\ufffd")
    return good / max(1, letters(text) + 3 * bad)


def strange(text: str) -> int:
    """How many characters of Chinese prose are not in use in it, lost, or none of a text."""
    doubtful = "".join(_doubtful().findall(text))
    kinds = (_RARE, _FOREIGN, _CONTROL, _GONE_MARK) if doubtful else ()
    return sum(len(each.findall(doubtful)) for each in kinds) + text.count(_DOUBLE)


def is_prose(text: str) -> bool:
    """True for ideographs that are nearly all in use, and lost in few places if at all."""
    many, lost = ideographs(text), text.count("\ufffd")
    rare = strange(text) - lost
    return rare <= max(1, _STRANGE * many) and lost <= max(2, _MOST_GONE * many)


def demand(text: str, cause: str = "not_text") -> None:
    """Refuse a text whose characters are none that anybody wrote.

    Raises
    ------
    UnreadableReport
        With the cause and what is wrong with how many of the characters.
    """
    found = _flaw(sample(text))
    if found:
        raise UnreadableReport(cause, f"{found}: fetch the file again, or find it elsewhere.")


def _flaw(text: str) -> str:
    """What is wrong with the characters of a text, or an empty string."""
    latin, known, used = (_count(each, text) for each in (_LATIN, _IDEOGRAPH, _in_use()))
    many = known + _count(_ODD, text) + text.count("\ufffd")
    printed = len("".join(text.split()))
    gone = len(_GONE.findall(text))
    lost = gone + sum(len(match[0]) for match in _LOST.finditer(text))
    if lost >= _FEW and lost + gone > _MOST_LOST * (known + latin + lost):
        return f"{lost:,} of {printed:,} characters are lost: marks stand where they stood"
    least = _MOST_KNOWN if many >= _MANY else _LEAST_KNOWN if many >= _FEW else _NONE
    if many >= _FEWEST and many > latin and used < least * many:
        return f"{many:,} of {printed:,} characters are those of a text read in a wrong encoding"
    if len(_CONTROL.findall(text)) > max(_FEW, _MOST_CONTROL * printed):
        return "It is full of control characters"
    words = latin + used
    words = words if words >= _FEW else _count(_WORD, text)
    if printed >= 4 * _FEW and words < min(_FEW, _LEAST_WORDS * printed):
        return f"Of {printed:,} characters {words:,} are letters, ideographs or digits"
    run = _count(_LONG_RUN, text) if text.isascii() else 0
    if run >= 8 * _FEW and run > _HALF * printed:
        return f"{run:,} of {printed:,} characters stand in runs without a blank, as in packed data"
    return ""


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters stand in the runs of a text that an expression finds."""
    return sum(map(len, runs.findall(text)))


@cache
def _in_use() -> re.Pattern[str]:
    return _runs(_known())


@cache
def _often() -> re.Pattern[str]:
    return _runs(common_characters())


@cache
def _doubtful() -> re.Pattern[str]:
    """Expression for all characters but the ideographs in use, ASCII, and Chinese punctuation."""
    in_use = _in_use().pattern[1:-2]
    return re.compile(f"[^{in_use} -~\n\u3000-\u3002\u300a-\u3015\u2010-\u2026\uff01-\uff1f]")


def _runs(marks: frozenset[str]) -> re.Pattern[str]:
    """Expression for runs of ideographs that are among some characters."""
    among = "".join(sorted(mark for mark in marks if _IDEOGRAPH.match(mark)))
    return re.compile(f"[{among}]+")


@cache
def common_characters() -> frozenset[str]:
    """Characters that official prose is full of."""
    return frozenset("".join(row["characters"] for row in rules.load("common_characters")))


@cache
def _known() -> frozenset[str]:
    """The ideographs in use: the first level of GB/T 2312, and the traditional ones."""
    level = b"".join(bytes((row, cell)) for row in _LEVEL for cell in range(0xA1, 0xFF))
    first = set(level.decode("gb2312", "ignore")) | common_characters()
    for row in rules.load("traditional"):
        first |= set(row["traditional"])
    return frozenset(first)
