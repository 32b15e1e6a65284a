"""Numbers that several nouns share: A、B均为0件, A、B、C分别为1件、2件、3件."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.extract.metrics import book
from govtext.extract.metrics.views import HERE, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.extract.metrics.views import View

_NUMBERS = re.compile(rf"^[{OTHER}、,和及与 0-9.]{{0,40}}$")
_LONGEST_ITEM = 24
_REACH = 60


def spread(view: View) -> Iterator[View]:
    """View as it is, or one for each noun that the number belongs to, or the one of its turn.

    Of 当面、网络申请分别为3件、5件 the number 3件 is seen as 当面¦ and 5件 as 网络申请¦; of
    复议、诉讼均为0件 the number is seen once behind each noun.
    """
    left, _, right = view.text.partition(HERE)
    respectively = _last(book.marks("respectively"), left)
    if respectively and _NUMBERS.match(left[respectively.end() :]):
        items = _items(left[: respectively.start()])
        turn = left[respectively.end() :].count(OTHER)
        many = turn + 1 + _following(right)
        if many > 1 and len(items) == 1:
            items = _items_before(left[: respectively.start()], many)
        if turn < len(items) and len(items) == many:
            text = f"{items[turn]}{respectively['said']}{HERE}"
            yield replace(view, text=text, topic=_topic(items[turn]) or view.topic)
            return
    alike = _last(book.marks("alike"), left)
    if alike and alike.end() == len(left):
        items = _items(left[: alike.start()])
        if len(items) > 1:
            yield from (replace(view, text=f"{item}{HERE}{right}") for item in items)
            return
    yield view


def _last(expression: re.Pattern[str], left: str) -> re.Match[str] | None:
    found = list(expression.finditer(left, max(0, len(left) - _REACH)))
    return found[-1] if found else None


def _following(right: str) -> int:
    """How many numbers follow in the same list."""
    match = re.match(rf"(?:[、,和及与]{{1,2}} ?{OTHER}){{0,8}}", right)
    return match.group().count(OTHER) if match else 0


def _items_before(head: str, many: int) -> list[str]:
    """Nouns of the numbers in the clause before, each followed by what is said of all of them.

    Of 建议8件、提案9件,其中已解决的(分别为5件、7件) they are 建议已解决的 and 提案已解决的.
    """
    before, comma, said = head.rpartition(",")
    nouns = re.split(OTHER, before)[:-1]
    if not comma or len(nouns) != many or before[-1:] != OTHER:
        return []
    return [f"{noun.strip('、,和及与')[-_LONGEST_ITEM:]},{said}" for noun in nouns]


def _topic(item: str) -> str:
    """The one topic that an item names, if it names one."""
    named = {each.lastgroup or "" for each in book.topics().finditer(item)}
    return named.pop() if len(named) == 1 else ""


def _items(head: str) -> list[str]:
    """Nouns of a list, each with the clauses before the list in front, so that topics stay."""
    clause = max(head.rfind(mark) for mark in ",。;:(")
    before, names = head[: clause + 1], head[clause + 1 :]
    items = [item for item in book.marks("item").split(names) if item.strip()]
    if not items or any(len(item) > _LONGEST_ITEM for item in items[1:]):
        return []
    return [f"{before[-60:]}{item}" for item in items]
