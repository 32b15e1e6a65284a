"""Years and dates as reports print them: 2012年, ２０１２年, 二〇一二年, 二OO九年, 2012-03-26."""

from __future__ import annotations

import datetime as dt
import re

from govtext.core import rules
from govtext.core.text import COUNTING, DIGITS, NOUGHTS, chinese_number

_ROWS = rules.load("dates")
_YEAR, _PERIOD, _MONTH, _DAY = (row["pattern"] for row in _ROWS if row["kind"] == "word")
_ZEROS = str.maketrans({row["pattern"]: row["means"] for row in _ROWS if row["kind"] == "nought"})
_SHORT = {row["pattern"]: row["means"] for row in _ROWS if row["kind"] == "short"}
DIGIT = "".join(("0-9", NOUGHTS, COUNTING[:9], *map(chr, _ZEROS)))
"""Characters of the numeral of a year, for use in the brackets of a pattern."""
_DIGITS = str.maketrans({mark: str(value) for mark, value in DIGITS.items()})
_NUMERAL = rf"[{DIGIT}{COUNTING[-1]}{''.join(_SHORT)}]{{1,3}}"
FIRST_YEAR, LAST_YEAR = 2000, dt.datetime.now(tz=dt.UTC).year
"""Years that a report can be on or of: none of a year to come has been written."""

YEAR = re.compile(rf"(?<![{DIGIT}])(?P<year>[{DIGIT}]{{4}})\s?{_YEAR}")
"""A year with its word; `year` is the numeral."""

DATE = re.compile(
    rf"(?<![{DIGIT}])(?P<year>[{DIGIT}]{{4}})\s?{_YEAR}\s?(?P<month>{_NUMERAL})\s?{_MONTH}"
    rf"\s?(?P<day>{_NUMERAL})\s?{_DAY}"
)
"""A date written out; `year`, `month` and `day` are the numerals."""

MONTH = re.compile(rf"[{DIGIT}]{{4}}\s?{_YEAR}\s?{_NUMERAL}\s?{_MONTH}\s{{0,8}}$", re.MULTILINE)
"""A year and a month that end a line, as under a signature."""

SHORT_DATE = re.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2})([-./])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?![0-9])"
)
"""A date in digits; it may also be that of publication."""

SPAN = re.compile(
    rf"(?<![{DIGIT}])[{DIGIT}]{{4}}\s?{_PERIOD}(?:(?P<month>{_NUMERAL}){_MONTH}(?:{_NUMERAL}{_DAY})?)?"
    r"|(?<![0-9])20[0-9]{2}(?![0-9])"
)
"""What a title says of its time: a year, a month or a date (`month` is its numeral), or a year
without its word."""


SHORT_YEAR = re.compile(rf"(?<![{DIGIT}{COUNTING[-1]}])(?P<year>[{DIGIT}]{{2}})\s?{_PERIOD}")
"""A year of two digits with its word, as a title has it; a text may count years so."""

_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def seen(text: str) -> str:
    """Text without the marks that nobody sees: web pages have them in the midst of a number."""
    return _UNSEEN.sub("", text)


def to_year(numeral: str) -> int | None:
    """Year of a numeral of four digits in any mixture, or None outside 2000 to this year."""
    digits = numeral.translate(_ZEROS).translate(_DIGITS)
    value = int(digits) if re.fullmatch("[0-9]{4}", digits) else 0
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def to_iso(match: re.Match[str]) -> str | None:
    """Date of a match of `DATE` or `SHORT_DATE` (ISO 8601), or None where there is no such day."""
    year, month, day = to_year(match["year"]), _number(match["month"]), _number(match["day"])
    try:
        return dt.date(year or 0, month, day).isoformat()
    except ValueError:
        return None


def _number(numeral: str) -> int:
    """Number of a month or day; 元月 is the first month, 廿 and 卅 are twenty and thirty."""
    if re.fullmatch("[0-9]{1,3}", numeral):
        return int(numeral)
    for short, full in _SHORT.items():
        numeral = numeral.replace(short, full)
    return chinese_number(numeral.translate(_ZEROS)) or 0
