"""A text and what every reading of it needs: one fold, one sentence splitter, one numeral table.

Nothing here drops a character of a text that will be quoted: `fold` is one to one, so that an
offset into the folded text is an offset into the text; `key` is for comparing labels only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Literal

from govtext.core import rules

Span = tuple[int, int]
"""Start and exclusive end of characters of a text."""
Level = Literal["period", "sentence", "clause"]

_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACES += "".join(map(chr, range(0x2000, 0x200C)))
_TWINS = {"〔": "[", "〕": "]", "【": "[", "】": "]", "﹝": "[", "﹞": "]", "［": "[", "］": "]"}
_TWINS |= {"—": "-", "–": "-", "―": "-", "−": "-", "─": "-", "﹣": "-", "‐": "-", "‑": "-"}
_TWINS |= {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "﹪": "%", "٪": "%"}
_TWINS |= {"﹒": ".", "﹔": ";", "﹕": ":", "﹐": ",", "﹙": "(", "﹚": ")"}
_FOLD = dict.fromkeys(_SPACES, " ")
_FOLD |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= _TWINS
for _row in rules.load("traditional"):
    _FOLD |= dict(zip(_row["traditional"], _row["simplified"], strict=True))
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
_FOLD |= {chr(code): _FOLD.get(twin, twin) for code, twin in IDEOGRAPHS.items()}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_WIDE = tuple(chr(ord(mark) + 0xFEE0) for mark in ",:()")
_OFTEN = tuple((mark, _FOLD[mark]) for mark in (*_WIDE, "“", "”", "\u3000"))
"""Marks of every line: to replace them one by one first is quicker than to look each up."""
_SHORT = 64
"""Characters of a label or a cell, which come again and again: what they fold to is kept."""

SENTENCE_ENDS = "。！!？?；;"
"""Marks that end a sentence."""
_ENDS = {"period": SENTENCE_ENDS.rstrip("；;"), "sentence": SENTENCE_ENDS}
_SENTENCES = {
    level: re.compile(rf"[^{ends}\n]+[{ends}]*|[{ends}]+") for level, ends in _ENDS.items()
}
_CHARACTER = re.compile(r"[^\n]")
_LONGEST_NUMERAL = 24


def _numerals(*kinds: str) -> MappingProxyType[str, int]:
    rows = (row for row in rules.load("numerals") if row["kind"] in kinds)
    return MappingProxyType({row["mark"]: int(row["value"]) for row in rows})


DIGITS = _numerals("digit")
"""Value of each Chinese digit that a numeral is looked for by (`rules/numerals.csv`)."""
PLACES = _numerals("place")
"""Worth of each place of a Chinese numeral, the greatest first."""
SIZES = MappingProxyType(
    {row["mark"]: int(row["value"]) for row in rules.load("numerals") if row["before_unit"]}
)
"""Worth of what a printed unit may begin with: 万 in 万元."""

_COUNTED = {value: mark for mark, value in reversed((DIGITS | PLACES).items())}
COUNTING = "".join(_COUNTED[value] for value in range(1, 11))
"""The marks that numbers of headings and rows are written with: those for 1 to 9, and for 10."""
NOUGHTS = "".join(mark for mark, value in DIGITS.items() if not value)
"""The marks for nought."""
LARGE = "".join(mark for mark, worth in PLACES.items() if worth > 10)
"""The places from a hundred on: they also stand behind Arabic digits."""
MYRIADS = tuple(mark for mark, worth in PLACES.items() if worth >= 10**4)
"""The places from ten thousand on."""
HAN = "\u4e00-\u9fff"
"""Range of Chinese characters, for use in the brackets of a pattern."""

_ALL_DIGITS = _numerals("digit", "twin")
_TENS = {mark: worth for mark, worth in PLACES.items() if worth < 10**4}


@dataclass(frozen=True)
class Text:
    """A text with what every reading of it needs, each made once and when it is first asked for.

    Offsets into `folded`, and all spans, are offsets into `text`.
    """

    text: str

    @cached_property
    def folded(self) -> str:
        """The text as rules match it; see `fold`."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences; see `sentences`."""
        return tuple(sentences(self.text))

    @cached_property
    def periods(self) -> tuple[Span, ...]:
        """Spans of the sentences, those that a semicolon joins as one; see `sentences`."""
        return tuple(sentences(self.text, "period"))

    def without(self, spans: Iterable[Span]) -> Text:
        """The same text with blanks for the characters of some spans; every offset stays."""
        parts: list[str] = []
        position = 0
        for start, end in sorted(spans):
            begin = max(start, position)
            parts += (self.text[position:begin], _CHARACTER.sub(" ", self.text[begin:end]))
            position = max(position, end)
        return Text("".join([*parts, self.text[position:]]))

    def __getstate__(self) -> dict[str, str]:
        """What goes from one process to another: the text, and nothing that is made from it."""
        return {"text": self.text}


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
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    for mark, twin in _OFTEN:
        text = text.replace(mark, twin)
    return _FOLDED.sub(lambda match: _FOLD[match.group()], text)


_fold_short = lru_cache(maxsize=1 << 14)(_fold)


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
    if all(mark in _ALL_DIGITS for mark in numeral):
        return int("".join(str(_ALL_DIGITS[mark]) for mark in numeral))
    for mark in MYRIADS:
        worth = PLACES[mark]
        before, found, behind = numeral.rpartition(mark)
        if found:
            high, low = chinese_number(before), chinese_number(behind) if behind else 0
            doubtful = behind in _ALL_DIGITS  # 三万五 is 35,000 to some
            if high is None or low is None or low >= worth or doubtful:
                return None
            return high * worth + low
    return _below_myriad(numeral)


def _below_myriad(numeral: str) -> int | None:
    """Integer that a numeral of 千, 百, 十 and digits states."""
    section = digit = 0
    unit = 1  # of the last mark: a digit right behind 百 or 千 (三百五) could be tens
    for mark in numeral:
        if mark in _ALL_DIGITS and not digit:
            digit, unit = _ALL_DIGITS[mark], unit if _ALL_DIGITS[mark] else 1
        elif mark in _TENS:
            section += (digit or 1) * _TENS[mark]
            digit, unit = 0, _TENS[mark]
        else:
            return None
    return None if digit and unit > 10 else section + digit


@cache
def stops(level: Level, more: str = "") -> re.Pattern[str]:
    r"""Expression for one mark that ends a stretch of a level, or one of `more`.

    Parameters
    ----------
    level : {"period", "sentence", "clause"}
        A period ends at 。 ! ？, a sentence also at ；, a clause also at a comma that does not
        stand between two digits.
    more : str
        Further marks that the caller breaks at, such as ``":()\n"``.
    """
    marks = f"[{re.escape(_ENDS['period' if level == 'period' else 'sentence'] + more)}]"
    return re.compile(rf"{marks}|，|(?<![0-9]),|,(?![0-9])" if level == "clause" else marks)


def sentences(text: str, level: Literal["period", "sentence"] = "sentence") -> Iterator[Span]:
    """Spans of the sentences: they end at 。 ； ; ! ？ and at line ends; blank ones are left out.

    Parameters
    ----------
    text : str
        Any text, folded or not.
    level : {"sentence", "period"}
        Whether a semicolon ends a sentence; to a ``period`` it does not.

    Yields
    ------
    tuple of int
        Start and exclusive end, without the spaces around the sentence.
    """
    for match in _SENTENCES[level].finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            found = match.group()
            start, end = end - len(found.lstrip()), start + len(found.rstrip())
        if start < end:
            yield start, end
