"""Expression -> literals: strings of which every match of it holds one, and how far in at most.

Most expressions of the rules match nowhere in most texts: where none of their literals stands they
need not be tried, and where one does only the places just before it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

# The only parser of expressions that cannot read them otherwise than `re` does.
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_MOST = 16
"""Strings that a class of characters may make of one."""
_NO_WIDTH = frozenset({_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT})
_PLAIN = frozenset({_constants.LITERAL, _constants.RANGE})
_REPEATS = frozenset({_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT})


class Literals(NamedTuple):
    """Strings of which any match holds one; `reach` is how many characters may come before it."""

    strings: frozenset[str]
    reach: int


def literals(expression: str) -> tuple[Literals, ...]:
    """Literals of each part that no match of an expression does without; none where none is known.

    Of any match, and of each of the tuple, one string stands in the text that is matched. Strings
    of one character are given only where there are no others.

    Examples
    --------
    >>> literals("(?:政府)?网站公开[0-9]件|其[他它]方") == (({"网站公开", "其他方", "其它方"}, 2),)
    True
    >>> literals("本年度?(?:新收|收)到?申请") == (({"本年"}, 0), ({"申请"}, 6))
    True
    >>> literals("[0-9]+")
    ()
    """
    found = _parts(_parser.parse(expression))
    long = tuple(each for each in found if _shortest(each) > 1)
    return long or tuple(sorted(found, key=lambda each: each.reach)[:1])


def may_match(expression: re.Pattern[str], text: str) -> bool:
    """False where a text lacks what every match of an expression holds.

    Examples
    --------
    >>> may_match(re.compile("请(?:直接)?与.{2,40}?联系"), "请与某县财政局办公室")
    False
    """
    return all(any(map(text.__contains__, strings)) for strings in _strings(expression))


@cache
def _strings(expression: re.Pattern[str]) -> tuple[tuple[str, ...], ...]:
    """Literals of an expression; none where the case of letters does not matter."""
    any_case = expression.flags & re.IGNORECASE
    found = () if any_case else literals(expression.pattern)
    return tuple(tuple(each.strings) for each in found)


def begun(expression: str) -> str:
    """An expression that matches the same, but first looks at the character that it begins with.

    Most places of a text fail that, which is the cheapest of tests. Where a match may begin with
    anything, the expression as it is.

    Examples
    --------
    >>> begun("(?<!不)超过|至多")
    '(?=[至超])(?:(?<!不)超过|至多)'
    """
    parsed = _parser.parse(expression)
    marks = _first(parsed) if parsed.getwidth()[0] else None
    return f"(?=[{''.join(sorted(marks))}])(?:{expression})" if marks else expression


@cache
def opening(expression: str) -> re.Pattern[str] | None:
    """Expression for the characters that a match may begin with; None where any may.

    Examples
    --------
    >>> opening("第?[一二]、").findall("第二、三、")
    ['第', '二']
    """
    marks = _first(_parser.parse(expression))
    return re.compile(f"[{''.join(sorted(marks))}]") if marks else None


def sure_character(expression: str) -> str:
    """A character that every match of an expression holds, empty where none is known.

    Examples
    --------
    >>> sure_character("[一二]{1,3} ?、"), sure_character("[一二][、.]")
    ('、', '')
    """
    strings = (each.strings for each in _parts(_parser.parse(expression)))
    return next((string[0] for only in strings if len(only) == 1 for string in only), "")


def _first(parsed: Any) -> set[str] | None:
    """What stands in brackets for the characters that a match begins with; None where any may."""
    found: set[str] = set()
    for place, part in enumerate(parsed):
        marks = _begin(*part)
        if marks is None:
            return None
        found |= marks
        if parsed[place : place + 1].getwidth()[0]:
            break
    return found


def _begin(code: object, value: Any) -> set[str] | None:
    """The same of one part: nothing where it takes no character; of a group, of what is in it."""
    if code in _NO_WIDTH:
        return set()
    if code is _constants.LITERAL:
        return {re.escape(chr(value))}
    if code is _constants.IN and all(kind in _PLAIN for kind, _ in value):
        return {"-".join(re.escape(chr(mark)) for mark in _ends(each)) for _, each in value}
    group = code is _constants.SUBPATTERN and not value[1] & re.IGNORECASE
    if group or code in _REPEATS:
        return _first(value[-1])
    if code is _constants.BRANCH:
        ways = [_first(way) for way in value[1]]
        return None if None in ways else set().union(*filter(None, ways))
    return None


def _ends(marks: Any) -> tuple[int, ...]:
    """First and last character of a range; a single one alone."""
    return marks if isinstance(marks, tuple) else (marks,)


def _parts(parsed: Any) -> list[Literals]:
    """Literals of the parts of a sequence that no match can do without, in their order."""
    found: list[Literals] = []
    run, begin, width = {""}, 0, 0
    for place, part in enumerate(parsed):
        marks = _marks(*part)
        if not marks or len(run) * len(marks) > _MOST:
            found.append(Literals(frozenset(run), begin))
            found += [Literals(strings, width + reach) for strings, reach in _inner(*part)]
            run = {""}
        else:
            begin = width if run == {""} else begin
            run = {before + mark for before, mark in product(run, marks)}
        width += parsed[place : place + 1].getwidth()[1]
    found.append(Literals(frozenset(run), begin))
    return [each for each in found if _shortest(each)]


def _shortest(each: Literals) -> int:
    return min(map(len, each.strings))


def _marks(code: object, value: Any) -> set[str]:
    """Characters of a part that is one character; none where it is something else or any."""
    if code is _constants.LITERAL:
        return {chr(value)}
    if code is _constants.IN and all(kind is _constants.LITERAL for kind, _ in value):
        return {chr(mark) for _, mark in value}
    return set()


def _inner(code: object, value: Any) -> list[Literals]:
    """Literals of a group, of what is there at least once, or of all ways that part here."""
    if code is _constants.SUBPATTERN:
        _, flags, _, parsed = value
        return [] if flags & re.IGNORECASE else _parts(parsed)
    if code in _REPEATS and value[0]:
        return _parts(value[2])
    if code is _constants.BRANCH:
        ways = [_parts(way) for way in value[1]]
        if all(ways):
            best = [max(way, key=lambda each: (_shortest(each), -each.reach)) for way in ways]
            strings = frozenset().union(*(each.strings for each in best))
            return [Literals(strings, max(each.reach for each in best))]
    return []
