"""A web page -> Page: its text and data tables, and what its markup names as furniture."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.model import Page, UnreadableReport
from govtext.core.text import key
from govtext.read.decode import decode_markup
from govtext.read.flow import Flow
from govtext.read.html import envelope, names
from govtext.read.html.blocks import Grid, HtmlLine, blocks, write
from govtext.read.html.embedded import embedded
from govtext.read.html.main_text import OUTSIDE, mark
from govtext.read.html.markup import elements, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govtext.read.html.markup import Element

_META = "html_meta"
_LONGEST_ADDRESS = 100
_MOST_FRAMES = 3
_LONGEST_TITLE = 80
_PAGE = re.compile(r"<(?:html|body|div|p|table|span|br)\b", re.IGNORECASE)


def read(data: bytes) -> Page:
    """Page of the bytes of a web page, also one saved with its parts (MHTML).

    Raises
    ------
    UnreadableReport
        With cause ``no_body`` for a page that only frames others or holds no text but that of its
        site, ``too_large`` for more tags than any page has, ``not_text`` and
        ``unsupported_format`` for what is no page.
    """
    with _without_collector():
        return _read(data)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the collector of cycles: on a million elements it takes as long as reading them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(data: bytes) -> Page:
    if not envelope.is_envelope(data):
        return _page(data, data, "")
    refused = UnreadableReport("no_body", "The saved web page (MHTML) holds no page.")
    for content, charset in envelope.pages(data):
        try:
            return _page(data, content, charset)
        except UnreadableReport as error:
            refused = error
    raise refused


def from_markup(markup: str, flow: Flow) -> None:
    """Write the paragraphs and tables of markup that holds a document and nothing else.

    Raises
    ------
    UnreadableReport
        With cause ``too_large`` for more tags than any page has.
    """
    write(blocks(parse(markup)), flow)


def _page(data: bytes, content: bytes, charset: str) -> Page:
    """Page of a file that holds a web page, in an envelope or not."""
    text, encoding, repairs = decode_markup(content, charset)
    if text.lstrip().startswith("<?xml") and not _PAGE.search(text):
        raise UnreadableReport("unsupported_format", "The file is XML, and no web page.")
    root = parse(text)
    told = list(_told(root))
    weight = mark(root, [value for _, value in told])
    found = blocks(root)
    report = embedded(root, weight)
    if report is not None:
        mark(report)
        found = [*_furniture(found), *blocks(report)]
    if all(isinstance(each, HtmlLine) and each.rule for each in found):
        raise _without_body(root)
    flow = Flow()
    for name, value in told:
        flow.line(f"{name}: {value}", furniture=_META)
    write(found, flow)
    return replace(flow.page("html", encoding, data, repairs), metadata=tuple(told))


def _furniture(found: Iterable[HtmlLine | Grid]) -> Iterator[HtmlLine]:
    """What a page shows around a report that it carries elsewhere."""
    for each in found:
        if isinstance(each, HtmlLine):
            is_title = not each.rule and rules.is_title(key(each.text[:_LONGEST_TITLE]))
            yield each if is_title else HtmlLine(each.text, each.rule or OUTSIDE)
        else:
            yield from (HtmlLine(box.text, OUTSIDE) for box in each.boxes if box.text)
            yield from _furniture(each.others)


def _without_body(root: Element) -> UnreadableReport:
    """What is wrong with a page that holds no report."""
    frames = [
        each.attributes["src"].strip()[:_LONGEST_ADDRESS]
        for each in elements(root)
        if each.tag in ("frame", "iframe") and each.attributes.get("src", "").strip()
    ]
    if frames:
        return UnreadableReport(
            "no_body",
            "The page holds no report, it only frames other pages: "
            f"save the framed page itself ({', '.join(frames[:_MOST_FRAMES])}).",
        )
    if not root.size:
        return UnreadableReport("empty", "The page holds no text.")
    return UnreadableReport(
        "no_body",
        "The page holds no report, only what its site puts around one: save it again when the "
        "browser shows the report, or save the attached file.",
    )


def _told(root: Element) -> Iterator[tuple[str, str]]:
    """What the head of a page says of it, with the page's own names for it."""
    for element in elements(root):
        if element.tag == "title" and element.text().strip():
            if element.parent is None or element.parent.tag in ("head", "body"):
                yield "title", " ".join(element.text().split())
        elif element.tag == "meta":
            name = element.attributes.get("name", "") or element.attributes.get("property", "")
            value = " ".join(element.attributes.get("content", "").split())
            if value and names.is_told(name):
                yield name, value
