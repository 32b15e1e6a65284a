"""A report that a page does not show but carries: in a script, a hidden element, an attribute.

Sites that build their pages in the browser are saved as a shell; the report then stands in a
string of JSON or JavaScript, as markup or as paragraphs, often escaped more than once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from govtext.core import rules
from govtext.core.text import key
from govtext.read.html import names
from govtext.read.html.blocks import FIRST_CHINESE, lines_of
from govtext.read.html.markup import MARK, SILENT, Element, elements, measure, parse

_ENOUGH = 60  # thirty marks between clauses
_LEAST = 4
_TIMES = 3
_DEEPEST = 3
_LONGEST_TITLE = 80
_BESIDE = 4  # lines of a title or a signature
_STRINGS = tuple(
    # One that is never closed ends with its line, so that no part is read twice.
    re.compile(rf"{quote}((?:[^{quote}\\{end}]++|\\.)*+)(?:{quote}|{close}\\?\Z)", re.DOTALL)
    for quote, end, close in (('"', r"\n", r"\n|"), ("'", r"\n", r"\n|"), ("`", "", ""))
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_MAY_BE_CHINESE = re.compile(r"[\u2e80-\uffff]|\\u|%[0-9a-fA-Fu]|&#")
_ESCAPED = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": "", "\n": ""}
_PERCENT_UNICODE = re.compile("%u([0-9a-fA-F]{4})")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_RAW = frozenset("iframe noembed noframes textarea xmp".split())


def embedded(root: Element, weight: int) -> Element | None:
    """The report as elements of their own, measured, or None where the page itself shows more.

    Parameters
    ----------
    root : Element
        The page.
    weight : int
        Weight of what it shows; see `govtext.read.html.markup.Element`.
    """
    if weight >= _ENOUGH:
        return None
    best, most = None, max(_LEAST, _TIMES * weight)
    for found in _candidates(root):
        if found.weight > most:
            best, most = found, found.weight
    return best


def _candidates(root: Element) -> Iterator[Element]:
    for element in elements(root):
        if element.tag == "script":
            for expression in _STRINGS:
                yield from _of_strings(list(_strings(element.text(), expression, 0)))
        elif element.tag in _RAW and _weigh(element.text()):
            yield _tree(element.text())
        elif element.silent and element.tag not in SILENT:
            element.silent = False
            measure(element)
            yield element
        if element.tag != "meta":
            yield from (_tree(each) for each in element.attributes.values() if _weigh(each))


def _of_strings(strings: Sequence[str]) -> Iterator[Element]:
    """The string that holds most, or all from the first paragraph to the last."""
    prose = [place for place, each in enumerate(strings) if each and _weigh(each)]
    if not prose:
        return
    longest = max((strings[place] for place in prose), key=_weigh)
    if "\n" not in longest and not _TAG.search(longest):
        longest = "\n".join(_paragraphs(strings, prose[0], prose[-1] + 1))
    tree = _tree(longest)
    title = next((each for each in strings if _is_title(each)), "")
    if title and key(title) not in key("".join(lines_of(tree)[:3])):
        tree.children.insert(0, Element("h1", {}, tree, [title.strip()], size=len(title)))
    yield tree


def _paragraphs(strings: Sequence[str], begin: int, end: int) -> list[str]:
    """Strings in Chinese from one to another, with the short ones right before and behind."""
    first, last = max(0, begin - _BESIDE), min(len(strings), end + _BESIDE)
    while begin > first and _is_chinese(strings[begin - 1]):
        begin -= 1
    while end < last and _is_chinese(strings[end]):
        end += 1
    return [each for each in strings[begin:end] if _is_chinese(each)]


def _is_chinese(text: str) -> bool:
    return bool(text) and max(text) >= FIRST_CHINESE


def _is_title(text: str) -> bool:
    label = key(text[: 2 * _LONGEST_TITLE])
    return len(label) <= _LONGEST_TITLE and bool(names.YEAR.search(label)) and rules.is_title(label)


def _tree(text: str) -> Element:
    """Elements of a string that is markup, or whose lines are paragraphs."""
    if _TAG.search(text):
        return parse(text)
    tree = Element("pre", {}, None, [text])
    measure(tree)
    return tree


def _strings(source: str, expression: re.Pattern[str], depth: int) -> Iterator[str]:
    """Strings of a script, unescaped; those that are JSON themselves give theirs."""
    for match in expression.finditer(source):
        if not _MAY_BE_CHINESE.search(match[1]):
            yield ""
            continue
        text = _plain(match[1])
        if depth < _DEEPEST and text.lstrip()[:1] in ("{", "["):
            yield from _strings(text, expression, depth + 1)
        else:
            yield text


def _plain(literal: str) -> str:
    """Text of a string literal, also where it is escaped once more, for an address or as HTML."""
    text = _ESCAPE.sub(_character, literal) if "\\" in literal else literal
    if 6 * text.count("%") > len(text):
        text = unquote(_PERCENT_UNICODE.sub(lambda match: chr(int(match[1], 16)), text))
    if "&lt;" in text and "<" not in text:
        text = html.unescape(text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])


def _weigh(text: str) -> int:
    return 2 * len(MARK.findall(text))
