"""Total functions from string to string (or to offsets), for every module to use.

Nothing here drops a character of a text that will be quoted: `fold` is one to one, so that an
offset into the folded text is an offset into the text; `key` is for comparing labels only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from govtext.core import rules

_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACES += "".join(map(chr, range(0x2000, 0x200C)))
_TWINS = {"〔": "[", "〕": "]", "【": "[", "】": "]", "﹝": "[", "﹞": "]", "［": "[", "］": "]"}
_TWINS |= {"—": "-", "–": "-", "―": "-", "−": "-", "─": "-", "﹣": "-", "‐": "-", "‑": "-"}
_TWINS |= {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "﹪": "%", "٪": "%"}
_TWINS |= {"﹒": ".", "﹔": ";", "﹕": ":", "﹐": ",", "﹙": "(", "﹚": ")"}
_FOLD = {ord(space): " " for space in _SPACES}
_FOLD |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(mark): twin for mark, twin in _TWINS.items()}
for _row in rules.load("traditional"):
    _FOLD |= dict(zip(map(ord, _row["traditional"]), _row["simplified"], strict=True))
_RADICALS = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))


def _ideographs() -> Iterator[tuple[int, str]]:
    """Radicals and compatibility ideographs, each with the character that it stands for."""
    named = {row["glyph"]: row["text"] for row in rules.load("glyphs")}
    for code in _RADICALS:
        mark = chr(code)
        twin = named.get(mark) or unicodedata.normalize("NFKC", mark)
        if len(twin) == 1 and twin != mark:
            yield code, twin


IDEOGRAPHS: Mapping[int, str] = dict(_ideographs())
"""Characters for `str.translate` that radicals and compatibility ideographs stand for."""
_FOLD |= {code: twin.translate(_FOLD) for code, twin in IDEOGRAPHS.items()}

_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "Ｏ": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"亿": 10**8, "万": 10**4}
_LONGEST_NUMERAL = 24

_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]*|[。；;！!？?]+")


def fold(text: str) -> str:
    """Text of the same length with widths, spaces, brackets, dashes and quotes made uniform.

    Full-width ASCII becomes ASCII (， is "," and ％ is "%"), every kind of space is " ", 〔〕【】
    are "[" and "]", traditional characters simplified (`rules/traditional.csv`), and radicals
    and compatibility ideographs are what they stand for (`rules/glyphs.csv`, NFKC). Line feeds, the
    Chinese stop 。 and the comma 、 stay.

    Examples
    --------
    >>> fold("（１２件）")
    '(12件)'
    """
    return text.translate(_FOLD)


def key(text: str) -> str:
    """Text as labels are compared: folded, lower case, without any space or line end."""
    return "".join(fold(text).split()).lower()


@lru_cache(maxsize=4096)
def chinese_number(numeral: str) -> int | None:
    """Integer that a Chinese numeral states, or None where it is not one.

    Reads places (三百二十), digits in a row (二〇一二) and 万 and 亿; 两 counts as 二. A numeral of
    more than 24 marks is none, nor is one that can be read in two ways (三百五).

    Examples
    --------
    >>> chinese_number("二〇一二"), chinese_number("一百零五"), chinese_number("十二万")
    (2012, 105, 120000)
    """
    if not numeral or len(numeral) > _LONGEST_NUMERAL:
        return None
    if all(mark in _DIGITS for mark in numeral):
        return int("".join(str(_DIGITS[mark]) for mark in numeral))
    for mark, worth in _MYRIADS.items():
        before, found, behind = numeral.rpartition(mark)
        if found:
            high, low = chinese_number(before), chinese_number(behind) if behind else 0
            doubtful = behind in _DIGITS  # 三万五 is 35,000 to some
            if high is None or low is None or low >= worth or doubtful:
                return None
            return high * worth + low
    return _below_myriad(numeral)


def _below_myriad(numeral: str) -> int | None:
    """Integer that a numeral of 千, 百, 十 and digits states."""
    section = digit = 0
    unit = 1  # of the last mark: a digit right behind 百 or 千 (三百五) could be tens
    for mark in numeral:
        if mark in _DIGITS and not digit:
            digit, unit = _DIGITS[mark], unit if _DIGITS[mark] else 1
        elif mark in _TENS:
            section += (digit or 1) * _TENS[mark]
            digit, unit = 0, _TENS[mark]
        else:
            return None
    return None if digit and unit > 10 else section + digit


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences: they end at 。 ； ; ! ？ and at line ends; blank ones are left out.

    Yields
    ------
    tuple of int
        Start and exclusive end, without the spaces around the sentence.
    """
    for match in _SENTENCE.finditer(text):
        found = match.group()
        start = match.start() + len(found) - len(found.lstrip())
        end = match.end() - len(found) + len(found.rstrip())
        if start < end:
            yield start, end
