"""bytes -> name of the module that reads them, or a refusal that names what kind of file it is."""

from __future__ import annotations

import codecs
import re

from govtext.core import rules
from govtext.core.model import UnreadableReport
from govtext.read.containers import CONTAINERS, inside

_LONGEST_SIGNATURE = 1024
_PAGE_HEAD = 200_000
_FEWEST_TAGS = 4
_BETWEEN_TAGS = 200
_TAG = re.compile(
    rb"</?(?:p|br|div|span|font|strong|center|li|h[1-6]|html|body)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_ROOT = re.compile(rb"<(?:html|body)\b", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^(?:#{1,6} |\|.{0,200}\|\s*$)", re.MULTILINE)
_MESSAGE = re.compile(
    rb"^content-type:\s{0,9}(?:multipart/(?:related|mixed|alternative)|text/html)\b",
    re.IGNORECASE | re.MULTILINE,
)


def kind(data: bytes) -> str:
    """Name of the module of `govtext.read` for a file, by its first bytes or what it holds.

    Raises
    ------
    UnreadableReport
        With cause ``unsupported_format`` for a kind that is not read, ``encrypted`` or
        ``damaged`` for a container that cannot be opened.
    """
    row = _row(data[:_LONGEST_SIGNATURE])
    if row and row["reader"] in CONTAINERS:
        row = inside(row["reader"], data)
    if row is None:
        return "html" if _is_page(data[:_PAGE_HEAD]) else "plain"
    if row["reader"]:
        return row["reader"]
    cause = row.get("cause") or "unsupported_format"
    raise UnreadableReport(cause, f"The file is {row['kind']}; {row['advice']}.")


def _row(start: bytes) -> rules.Row | None:
    markup = _narrow(start).lstrip().lower()
    for row in rules.load("signatures"):
        begins = row["begins"]
        if begins.startswith("0x"):
            found = start.startswith(bytes.fromhex(begins[2:]))
        elif row["reader"] == "pdf":  # what a mailer or a server put before it does no harm
            found = begins.encode("ascii") in start
        else:
            found = markup.startswith(begins.lower().encode("ascii"))
        if found:
            return row
    return None


def _narrow(start: bytes) -> bytes:
    """Bytes without a byte order mark, and tags as ASCII where they are written in UTF-16."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        start = start.removeprefix(mark)
    wide = b"<\0" in start or b"\0<" in start
    return start.replace(b"\0", b"") if wide else start


def _is_page(start: bytes) -> bool:
    """True for markup that begins with something else: words, or the head of a message."""
    start = _narrow(start)
    if _MESSAGE.search(start[:_LONGEST_SIGNATURE]):
        return True
    tags = len(_TAG.findall(start))
    dense = tags * _BETWEEN_TAGS >= len(start) and not _MARKDOWN.search(start)
    return tags >= _FEWEST_TAGS and (dense or bool(_ROOT.search(start)))
