"""What the characters of one cell say: a number with its sign, unit and note, nothing, or a mark.

Blank is not zero, and what can be read in two ways is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from govtext.core import rules
from govtext.core.text import COUNTING, chinese_number, fold
from govtext.extract.forms.amounts import units

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,8})?"
_MARKS = r"[*①-⑳]{0,3}[。;,、.]?"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?) ?(?P<number>{_DIGITS}) ?(?P<unit>[^\s0-9()\[\],;*①-⑳]{{0,8}})"
    rf" ?(?P<note>(?:\([^()]{{1,120}}\)|\[[^\[\]]{{1,120}}\])?) ?{_MARKS}"
)
_PART = re.compile(rf"(?P<number>{_DIGITS}) ?(?P<unit>[^\s0-9()\[\],;/、+-]{{1,8}})")
_BETWEEN = re.compile(r"[ /、,;]{0,3}")
_PAIR = re.compile(r"(?P<up>[+]?)(?P<more>[0-9]{1,9}) ?[/、,;]? ?(?P<down>-?)(?P<less>[0-9]{1,9})")
_LIKE_ZERO = re.compile(r"[0-9]{0,9}[oO○][0-9oO○]{0,9}")
_LOST = re.compile("[\ue000-\uf8ff\ufffd?]")
_LONGEST = 200
_SHORT = 16
"""Characters of a cell that comes again and again: its value is kept."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says. `status` is ``number``, ``blank``, ``na`` or ``unread``.

    `value` is the number in `unit` as printed (12.5 万元), `note` what stands in brackets behind
    it, `reason` why a cell is unread, `flags` holds ``repaired`` or ``derived``.
    """

    status: str
    value: float | None = None
    unit: str = ""
    note: str = ""
    flags: str = ""
    reason: str = ""


def value_of(text: str, *, signed: bool = False) -> Value:
    """Value of a cell.

    Parameters
    ----------
    text : str
        All that the cell holds.
    signed : bool
        Whether it stands in a column of changes (本年增/减), which may be negative or in words.

    Examples
    --------
    >>> value_of("22（其中修订16件）").value, value_of("／").status
    (22.0, 'na')
    >>> value_of("减1", signed=True).value
    -1.0
    """
    return _value_of(text, signed) if len(text) <= _SHORT else _read(text, signed)


def _read(text: str, signed: bool) -> Value:
    cell = fold(text).strip()
    if not cell:
        return Value("blank")
    if len(cell) > _LONGEST:
        return _unread("a cell of prose")
    if _means("na").fullmatch(cell.lower()):
        return Value("na")
    return _change(cell) if signed else _count(cell)


_value_of = lru_cache(maxsize=1 << 13)(_read)


def is_unnamed(text: str) -> bool:
    """Whether a tool wrote a cell in place of an empty one at the head of a column: Col3."""
    return _means("unnamed").fullmatch(fold(text).strip().lower()) is not None


def count_marks(text: str) -> int:
    """How many marks in place of numbers a text may hold; folded and in lower case."""
    return sum(1 for _ in _means("na").finditer(text))


def several(text: str) -> tuple[tuple[int, int, Value], ...]:
    """Numbers that a cell holds side by side, each with its unit (2笔/984361元), and their spans.

    Empty unless there are at least two and nothing else.
    """
    cell = fold(text)
    if len(cell) > _LONGEST:
        return ()
    found: list[tuple[int, int, Value]] = []
    position = 0
    for match in _PART.finditer(cell):
        value = _plain(match)
        if value.status != "number" or not _BETWEEN.fullmatch(cell, position, match.start()):
            return ()
        found.append((*match.span(), value))
        position = match.end()
    rest = _BETWEEN.fullmatch(cell, position)
    return tuple(found) if rest and len(found) > 1 else ()


def _count(cell: str) -> Value:
    """Value of a cell that states how many or how much."""
    if _LIKE_ZERO.fullmatch(cell):
        return replace(_number(re.sub("[oO○]", "0", cell)), flags="repaired")
    found = _number(cell)
    return _unread("a count below 0") if (found.value or 0) < 0 else found


def _change(cell: str) -> Value:
    """Value of a cell in a column of changes: +3, 减1, 无变化, 3/0."""
    if _means("unchanged").fullmatch(cell):
        return Value("number", 0.0)
    signs = _means("minus").sub("-", _means("plus").sub("+", cell))
    plain = re.sub(r"(?<=[+-]) {1,3}", "", signs)
    pair = None if _NUMBER.fullmatch(plain) else _PAIR.fullmatch(plain)
    return _balance(pair, slash="/" in plain) if pair else _number(plain)


def _balance(pair: re.Match[str], *, slash: bool) -> Value:
    """Change that two numbers state: what was added less what was taken away.

    Without signs the two must stand for 增/减, and one of them be 0: 3/1 could be a number of 3.
    """
    more, less = float(pair["more"]), float(pair["less"])
    if pair["up"] and pair["down"]:
        return Value("number", more - less, flags="derived")
    if slash and not (pair["up"] or pair["down"]) and not (more and less):
        return Value("number", more - less, flags="derived" if less else "")
    return _unread("two numbers in one cell")


def _number(cell: str) -> Value:
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return _odd(cell)
    if re.fullmatch(r"[(\[][0-9., ]{1,20}[)\]]", match["note"]):
        return _unread("a second number in brackets")
    return _plain(match, negative=match["sign"] == "-", note=match["note"][1:-1])


def _plain(match: re.Match[str], *, negative: bool = False, note: str = "") -> Value:
    """Value of a number and its unit."""
    digits, unit = match["number"].replace(",", ""), match["unit"].rstrip("。;、.*")
    if unit and unit not in units():
        return _unread(f"{unit!r} is no unit of a count or an amount")
    whole = digits.partition(".")[0]
    if len(whole) > 1 and whole.startswith("0"):
        return _unread("digits that begin with 0")
    value = float(digits)
    return Value("number", -value if negative and value else value, unit, note)


def _odd(cell: str) -> Value:
    """Value of a cell that is no Arabic number: a Chinese numeral, or unread."""
    unit = next((cell[n:] for n in range(1, len(cell)) if cell[n:] in units()), "")
    value = chinese_number(cell.removesuffix(unit).strip())
    if value is not None:
        # 一 may be a dash that was typed in Chinese.
        either = not unit and set(cell) == {COUNTING[0]}
        return _unread("a 1 or a dash") if either else Value("number", float(value), unit)
    if _LOST.search(cell):
        return _unread("a damaged mark")
    if re.fullmatch(r"[0-9][0-9,. ]{1,40}", cell):
        return _unread("digits apart")
    return _unread("no number")


def _unread(reason: str) -> Value:
    return Value("unread", reason=reason)


@cache
def _means(what: str) -> re.Pattern[str]:
    """Expression for the cells of `rules/form_values.csv` that mean one thing."""
    return re.compile(rules.one_of("form_values", what, "means"))
