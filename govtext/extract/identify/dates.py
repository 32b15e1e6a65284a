"""Years and dates as reports print them: 2012年, ２０１２年, 二〇一二年, 二OO九年, 2012-03-26."""

from __future__ import annotations

import datetime as dt
import re

from govtext.core.text import chinese_number

DIGIT = "0-9〇○零◯Oo一二三四五六七八九"
_ZEROS = str.maketrans("○零◯Oo", "〇〇〇〇〇")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_TENS = {"元": "一", "廿": "二十", "卅": "三十"}
_DAY = rf"[{DIGIT}十元廿卅]{{1,3}}"
_FIRST_YEAR, _LAST_YEAR = 2000, 2099

YEAR = re.compile(rf"(?<![{DIGIT}])(?P<year>[{DIGIT}]{{4}})\s?年")
"""A year with its word; `year` is the numeral."""

DATE = re.compile(
    rf"(?<![{DIGIT}])(?P<year>[{DIGIT}]{{4}})\s?年\s?(?P<month>{_DAY})\s?月\s?(?P<day>{_DAY})\s?日"
)
"""A date written out; `year`, `month` and `day` are the numerals."""

MONTH = re.compile(rf"[{DIGIT}]{{4}}\s?年\s?{_DAY}\s?月\s{{0,8}}$", re.MULTILINE)
"""A year and a month that end a line, as under a signature."""

SHORT_DATE = re.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2})([-./])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?![0-9])"
)
"""A date in digits; it may also be that of publication."""

SPAN = re.compile(
    rf"(?<![{DIGIT}])[{DIGIT}]{{4}}\s?年度?(?:{_DAY}月(?:{_DAY}日)?)?|(?<![0-9])20[0-9]{{2}}(?![0-9])"
)
"""What a title says of its time: a year, a month or a date, or a year without its word."""


def to_year(numeral: str) -> int | None:
    """Year of a numeral of four digits in any mixture, or None outside 2000 to 2099."""
    digits = numeral.translate(_ZEROS).translate(_DIGITS)
    value = int(digits) if re.fullmatch("[0-9]{4}", digits) else 0
    return value if _FIRST_YEAR <= value <= _LAST_YEAR else None


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
    for short, full in _TENS.items():
        numeral = numeral.replace(short, full)
    return chinese_number(numeral.translate(_ZEROS)) or 0
