"""What belongs to a report but stands beside its element: the title above, the signature below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from govtext.core import rules
from govtext.core.text import fold, key
from govtext.read.html import names
from govtext.read.html.blocks import joined
from govtext.read.html.markup import KEPT, Element, below, elements

_LONGEST_TITLE = 80
_SHORTEST_TITLE = 6
_OPENING = 400
_SIGNATURE_LINES = 6
_LONGEST_LINE = 60


def keep_around(order: Sequence[Element], report: Element, told: Sequence[str]) -> None:
    """Set the rule `KEPT` for the title and the signature of a report that stand outside of it.

    Parameters
    ----------
    order : sequence of Element
        Elements of the page that are shown, in order.
    report : Element
        The one that holds the report.
    told : sequence of str
        What the head of the page says that it is about.
    """
    begin = order.index(report)
    around = set(_around(report))
    size = sum(1 for each in elements(report) if not each.silent)
    title = _title(
        [each for each in order[:begin] if each not in around], report, [key(each) for each in told]
    )
    for element in (title, *_signature(order[begin + size :])):
        if element is not None:
            element.rule = KEPT


def _around(element: Element) -> Iterator[Element]:
    """Elements around an element, the nearest first."""
    while element.parent is not None:
        element = element.parent
        yield element


def _title(above: Sequence[Element], report: Element, told: Sequence[str]) -> Element | None:
    """The title nearest above the report, unless the report opens with it."""
    opening = key("".join(_texts(report, _OPENING)))
    second: Element | None = None
    for element in reversed(above):
        if (
            not _SHORTEST_TITLE <= element.size <= _LONGEST_TITLE
            or 2 * element.linked > element.size
        ):
            continue
        label = key(joined(list(_texts(element, 2 * _LONGEST_TITLE))))
        is_told = any(label in each for each in told)
        if rules.is_title(label) and (names.YEAR.search(label) or is_told):
            return None if label in opening else _whole(element)
        named = names.rule_of(element, "title") and any(each.startswith(label) for each in told)
        second = second or (element if named and label not in opening else None)
    return second


def _whole(title: Element) -> Element:
    """The element around a title that holds its other lines, and nothing else."""
    around = title.parent
    while around is not None and around.size <= _LONGEST_TITLE and not around.linked:
        if not rules.is_title(key(joined(list(_texts(around, 2 * _LONGEST_TITLE))))):
            break
        title, around = around, around.parent
    return title


def _signature(behind: Sequence[Element]) -> list[Element]:
    """Elements right behind the report that sign and date it."""
    found: list[Element] = []
    dated = False
    for element in behind:
        if not element.size or any(each.is_block and each.size for each in element.inner()):
            continue
        rule = "" if element.linked or element.size > _LONGEST_LINE else _ending(element)
        if not rule or len(found) >= _SIGNATURE_LINES:
            break
        found.append(element)
        dated = dated or rule == "date"
    return found if dated else []


def _ending(element: Element) -> str:
    text = fold(joined(list(_texts(element, _LONGEST_LINE)))).strip()
    return next((rule for rule, row in _endings() if row.fullmatch(text)), "")


@cache
def _endings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["rule"], rules.pattern(row))
        for row in rules.load("furniture")
        if row["scope"] == "keep" and row["rule"] in ("date", "signature")
    )


def _texts(root: Element, most: int) -> Iterator[str]:
    """Texts below an element, until they are as long as asked."""
    length = 0
    for item, begins in below(root):
        if isinstance(item, str):
            length += len(item.strip())
            yield item
        elif begins and item.is_block:
            yield "\n"
        if length >= most:
            return
