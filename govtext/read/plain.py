"""Plain text and Markdown -> Page: the characters as they stand, and the tables typed in them."""

from __future__ import annotations

import hashlib

from govtext.core.model import Page, UnreadableReport
from govtext.read import markdown
from govtext.read.decode import decode
from govtext.read.text_tables import tables

_NOTHING = "\0\ufeff\u200b"


def read(data: bytes) -> Page:
    """Page of the bytes of a text file.

    Plain text keeps every character. Of Markdown the marks are left out, and `segments` lead back
    to the file.

    Raises
    ------
    UnreadableReport
        With cause ``empty`` or ``not_text``.
    """
    raw, encoding, repairs = decode(data) if data.strip(b"\0") else ("", "utf-8", 0)
    sha256 = hashlib.sha256(data).hexdigest()
    if markdown.is_markdown(raw):
        text, found, segments = markdown.read(raw)
        page = Page(
            text=text,
            format="md",
            encoding=encoding,
            sha256=sha256,
            repairs=repairs,
            tables=found,
            segments=segments,
        )
    else:
        page = Page(
            text=raw,
            format="txt",
            encoding=encoding,
            sha256=sha256,
            repairs=repairs,
            tables=tuple(tables(raw)),
        )
    if not page.text.strip().strip(_NOTHING):
        raise UnreadableReport("empty", f"The file holds no text ({len(data)} bytes).")
    return page
