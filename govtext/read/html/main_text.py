"""Which elements of a page hold the report; what is around them, and in them, is furniture.

Three witnesses are heard: what elements are called (`rules/markup.csv`), how much of their text
stands in links, and where the prose and the numbers are. No name takes out what holds most of
the prose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govtext.read.html import names
from govtext.read.html.around import keep_around
from govtext.read.html.blocks import is_data
from govtext.read.html.markup import CELLS, KEPT, Element, elements

OUTSIDE = "outside_body"
_LINKS = "link_list"
_COPY = "duplicate_body"
_MOST = 0.8
_HALF = 0.5
_BESIDE = 0.1
_SOME = 0.05
_ALL_BUT = 0.97
_FEW = 6  # three marks between clauses
_FEWEST_LINKS = 3
_LONGEST_FOOT = 400
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 b strong font span i u em blockquote pre".split())
_BARE_LISTS = frozenset(("ul", "ol", "dl"))
_LISTS = frozenset("ul ol dl div table td p center section".split())


def mark(root: Element, told: Sequence[str] = ()) -> int:
    """Weight of the report, with the rule of every element that is furniture set.

    Parameters
    ----------
    root : Element
        A page, measured; its elements are given their `rule`.
    told : sequence of str
        What the head of the page says that it is about: its title and the like.
    """
    order = [element for element in elements(root) if not element.silent]
    for element in order:
        element.rule = names.rule_of(element, "any", "page")
    _free(order)
    for element in order:
        _mark_foot(element, order[0].weight)
    _mark_copy(order)
    net = _net(order)
    report = _report(root, net)
    if report is not None:
        keep_around(order, report, told)
        root.rule, report.rule = OUTSIDE, KEPT
    for element in elements(report or root):
        _mark_inside(element, report, net)
    return net[report or root]


def _mark_foot(element: Element, total: int) -> None:
    """Mark the block around the names and numbers that stand at the foot of a site's pages."""
    for text in element.children:
        if isinstance(text, str) and text.strip() and (rule := names.speaks_of(text, "foot")):
            block: Element | None = element
            while block is not None and not block.is_block:
                block = block.parent
            if block and block.size <= _LONGEST_FOOT and 2 * block.weight <= total:
                block.rule = block.rule or rule


def _free(order: Sequence[Element]) -> None:
    """Take the rule from what holds most of the prose of the page, whatever it is called."""
    total = order[0].weight if order else 0
    for element in order:
        if element.rule and (2 * element.weight > total > 0 or _is_of_table(element)):
            element.rule = ""
    ruled = sorted((each for each in order if each.rule), key=lambda each: each.weight)
    net = _net(order)
    while ruled and 2 * net[order[0]] < total:
        freed = ruled.pop()
        net[order[0]] += freed.weight
        freed.rule = ""


def _is_of_table(element: Element) -> bool:
    """True for a cell that is no list of links, and a number that is typed into a cell."""
    if element.tag in CELLS or element.tag in ("tr", "tbody", "thead", "tfoot"):
        return 2 * element.linked < element.size or not element.size
    around = element.parent
    return element.tag == "input" and around is not None and around.tag in CELLS


def _net(order: Sequence[Element]) -> dict[Element, int]:
    """Weight of each element without that of the furniture in it."""
    lost: dict[Element, int] = {}
    for element in reversed(order):
        if element.rule:
            lost[element] = element.weight
        if element.parent is not None and lost.get(element):
            lost[element.parent] = lost.get(element.parent, 0) + lost[element]
    return {element: element.weight - lost.get(element, 0) for element in order}


def _report(root: Element, net: Mapping[Element, int]) -> Element | None:
    """Element that holds the report, or None where the page has too little to tell.

    It is the innermost one that a content system calls so and that holds most of the prose, or
    else the innermost beside which there are no paragraphs.
    """
    total = net.get(root, 0)
    if not total:
        return None
    called: Element | None = None
    report, child = root, _heaviest(root, net)
    is_innermost = False
    while child is not None and net[child] >= _MOST * total:
        if names.rule_of(child, "body") and (
            called is None or net[child] >= _ALL_BUT * net[called]
        ):
            called = child
        is_innermost = is_innermost or _has_paragraphs(child, net, total)
        report = report if is_innermost else child
        child = _heaviest(child, net)
    if called is None and total < _FEW:
        return None
    if called is None or (net[called] < _ALL_BUT * net[report] and _is_below(called, report)):
        return None if report is root else report
    return called


def _heaviest(element: Element, net: Mapping[Element, int]) -> Element | None:
    inner = (child for child in element.inner() if child in net)
    return max(inner, key=lambda child: net[child], default=None)


def _has_paragraphs(element: Element, net: Mapping[Element, int], total: int) -> bool:
    """True if a part beside the heaviest child of the element's parent is of the report too."""
    around = element.parent
    if around is None:
        return False
    if element.tag == "table" and is_data(element):
        return True
    if not any(each.is_block for each in element.inner()):
        return True
    return any(
        len(each.strip()) > 1
        if isinstance(each, str)
        else each is not element and _is_prose(each, net, total)
        for each in around.children
    )


def _is_prose(element: Element, net: Mapping[Element, int], total: int) -> bool:
    if element.rule or element.silent or 2 * element.linked > element.size:
        return False
    if net[element] >= max(_FEW, _BESIDE * total):
        return True
    if element.tag == "table":
        return element.weight > 0 and is_data(element)
    return element.tag in _PARAGRAPHS and element.size > 0


def _mark_inside(element: Element, report: Element | None, net: Mapping[Element, int]) -> None:
    """Mark a list of links in the report, and free what only has its name from a page's parts."""
    if element.silent or element.rule == KEPT:
        return
    if element.rule and report is not None:
        called = bool(names.rule_of(report, "body")) or element.tag in _PARAGRAPHS
        by_place = called and element.rule == names.rule_of(element, "page")
        if by_place or element.weight > max(_FEW, _SOME * net[report]):
            element.rule = ""
    if not element.rule and _is_list_of_links(element):
        element.rule = _LINKS


def _is_list_of_links(element: Element) -> bool:
    """True for a list whose text is links, or links with their dates, and no attachments."""
    share = _HALF if not element.weight else _MOST
    if element.tag not in _LISTS or not 0 < share * element.size <= element.linked:
        return False
    links = [each for each in elements(element) if each.tag == "a" and each.linked]
    if any(names.is_kept_link(" ".join(_words(each))) for each in links):
        return False
    return len(links) >= (_FEWEST_LINKS if element.tag not in _BARE_LISTS else 2)


def _words(element: Element) -> list[str]:
    return [word for each in elements(element) for word in each.text().split()]


def _mark_copy(order: Sequence[Element]) -> None:
    """Mark the second of two equal halves: pages hold the text once more for small screens."""
    firsts: dict[tuple[int, int], Element] = {}
    for element in order:
        if element.rule or 5 * element.weight < 2 * order[0].weight or not element.weight:
            continue
        first = firsts.setdefault((element.size, element.weight), element)
        if not _is_below(element, first) and _words(element) == _words(first):
            element.rule = _COPY
            return


def _is_below(element: Element | None, other: Element) -> bool:
    """True for an element inside another, and for the other itself."""
    while element is not None and element is not other:
        element = element.parent
    return element is other
