"""Markup -> a tree of elements, measured: what every step of reading a web page works on.

The parser is lexbor, which mends markup as browsers do. Its tree is copied once into elements of
our own, in a loop, so that no page is too deep, and each knows how much text it holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from govtext.read.html import bounds, names

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "listing main menu nav noframes noscript ol optgroup option p pre search section select "
    "summary table tbody td textarea tfoot th thead tr ul xmp br".split()
)
SILENT = frozenset(
    "audio canvas embed head iframe link meta noembed noframes object script style svg template "
    "title video".split()
)
CONTROLS = frozenset("button datalist input noscript option select".split())
CELLS = frozenset(("td", "th"))
_KEPT = frozenset(("pre", "listing", "xmp", "textarea"))
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")
_PRE = re.compile(r"white-space(?:-collapse)?\s{0,9}:\s{0,9}(?:pre|break-spaces|preserve)")
_FRAGMENT = re.compile("#.")
MARK = re.compile("[，。；、]|(?<=[\u4e00-\u9fff])[,;.]")
_NUMBER = re.compile("[0-9]{1,9}(?:[.,][0-9]{1,9})?%?")
KEPT = "kept"
_LONGEST_FOOT = 200
_MOST_FRAMES = 3
_ENDLESS = 250
_SHOWN = frozenset(("text", "button", "submit", "reset", "number"))


@dataclass(slots=True, eq=False)
class Element:
    """An element with its children in order, a text as a string.

    `silent` says that nothing of it is shown; `size` counts the characters it shows, without
    spaces, `linked` those of them that are links to another page, and `nested` those of the
    largest table in it. `weight` counts what prose and tables of data are made of: marks between
    clauses, and half as much for a number in a cell. `rule` names what makes it furniture, `""`
    where nothing does, and `KEPT` where it is the report's although it stands in furniture.
    """

    tag: str
    attributes: Mapping[str, str]
    parent: Element | None = field(repr=False)
    children: list[Element | str] = field(default_factory=list, repr=False)
    silent: bool = False
    size: int = 0
    linked: int = 0
    nested: int = 0
    weight: int = 0
    numbers: int = 0
    rule: str = ""

    @property
    def is_block(self) -> bool:
        """True where its text stands on lines of its own."""
        return self.tag in BLOCKS

    @property
    def keeps_lines(self) -> bool:
        """True where a line feed of the source is one of the text."""
        return self.tag in _KEPT or bool(_PRE.search(self.attributes.get("style", "")))

    def inner(self) -> Iterator[Element]:
        """Elements right below it."""
        return (child for child in self.children if not isinstance(child, str))

    def text(self) -> str:
        """Characters of its own children as they stand in the source."""
        return "".join(child for child in self.children if isinstance(child, str))


def parse(markup: str, depth: int = 0) -> Element:
    """The root element of a page or a fragment, measured; `depth` counts the frames around it.

    Raises
    ------
    UnreadableReport
        With cause ``too_large`` for more tags than any page has.
    """
    page = LexborHTMLParser(bounds.bounded(markup))
    if page.root is None:
        return Element("html", {}, None)
    order = list(_copy(page.root))
    for frame in order if depth < _MOST_FRAMES else ():
        if frame.tag == "iframe" and frame.attributes.get("srcdoc"):
            inner = parse(frame.attributes["srcdoc"], depth + 1)
            inner.parent, frame.children = frame, [inner]
            frame.silent = _is_hidden(frame.attributes)
    measure(order[0])
    return order[0]


def below(root: Element) -> Iterator[tuple[Element | str, bool]]:
    """What stands below an element, in order: a text, or an element as it begins and as it ends.

    Yields
    ------
    tuple
        The text or element, and True unless the element ends here.
    """
    stack: list[tuple[Element | str, bool]] = [(child, True) for child in reversed(root.children)]
    while stack:
        item, begins = stack.pop()
        yield item, begins
        if begins and not isinstance(item, str):
            stack.append((item, False))
            stack += ((child, True) for child in reversed(item.children))


def elements(root: Element) -> Iterator[Element]:
    """An element and those below it, in order."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        stack += (child for child in reversed(element.children) if not isinstance(child, str))


def _copy(root: LexborNode) -> Iterator[Element]:
    """Elements of a parsed page, each before those below it, joined to a tree."""
    parent: Element | None = None
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        inside = None
        if tag == "-text" and parent is not None:
            parent.children.append(node.text_content or "")
        elif tag and tag[0] not in "-!":
            element = _element(tag, node, parent)
            yield element
            inside = node.first_child
        if inside is not None:
            parent, node = element, inside
            continue
        while node is not None and node.next is None:
            node, parent = (node.parent, parent.parent) if parent else (None, None)
        node = node.next if node is not None and parent is not None else None


def _element(tag: str, node: LexborNode, parent: Element | None) -> Element:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    element = Element(tag, attributes, parent, silent=tag in SILENT or _is_hidden(attributes))
    if tag == "input" and attributes.get("type", "text").lower() in _SHOWN and attributes:
        element.children.append(attributes.get("value", ""))
    if parent is not None:
        parent.children.append(element)
    return element


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """True for an element that a browser does not show."""
    if not attributes:
        return False
    style = attributes.get("style", "").lower()
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (("none" in style or "hidden" in style) and bool(_HIDDEN.search(style)))
    )


def weigh(text: str) -> int:
    """Weight of a text by its marks; addresses and the like weigh nothing, but in long texts."""
    marks = len(MARK.findall(text))
    light = marks > 0 and len(text) <= _LONGEST_FOOT and names.speaks_of(text, "light")
    return 0 if light else 2 * marks


def measure(root: Element) -> None:
    """Count the text of an element and of those below it, from the innermost outwards.

    A link that was never closed takes all that follows; it is then counted as none.
    """
    order = list(elements(root))
    _measure(order, frozenset())
    linked: Counter[str] = Counter()
    for element in order:
        if element.tag == "a" and element.linked:
            linked[element.attributes.get("href", "")] += element.linked
    endless = {each for each, size in linked.items() if size > max(_ENDLESS, root.size // 2)}
    if endless:
        _measure(order, endless)


def _measure(order: list[Element], endless: Set[str]) -> None:
    for element in order:
        element.size = element.linked = element.weight = element.numbers = element.nested = 0
    for element in reversed(order):
        if element.silent and element is not order[0]:
            element.size = element.linked = element.weight = element.numbers = element.nested = 0
            continue
        for child in element.children:
            if isinstance(child, str) and (text := child.strip()):
                element.size += len("".join(text.split()))
                element.weight += weigh(text)
                element.numbers += bool(_NUMBER.fullmatch(text))
        if element is not order[0]:
            _pass_on(element, endless)


def _pass_on(element: Element, endless: Set[str]) -> None:
    """Add what an element holds to the one around it."""
    address = element.attributes.get("href", "#!") if element.tag == "a" else "#!"
    if not _FRAGMENT.match(address) and address not in endless:
        element.linked, element.weight, element.numbers = element.size, 0, 0
    if element.tag == "table":
        element.weight, element.numbers = element.weight + element.numbers, 0
    around = element.parent
    if around is not None:
        around.size += element.size
        around.linked += element.linked
        around.weight += element.weight
        around.numbers += element.numbers
        nested = element.size if element.tag == "table" else element.nested
        around.nested = max(around.nested, nested)
