"""Plain text -> Page: every character as it stands."""

from __future__ import annotations

import hashlib

from govtext.model import Page, UnreadableReport
from govtext.read.decode import decode

_NOTHING = "\0\ufeff\u200b"


def read(data: bytes) -> Page:
    """Page of the bytes of a text file."""
    text, encoding, repairs = decode(data) if data.strip(b"\0") else ("", "utf-8", 0)
    if not text.strip().strip(_NOTHING):
        raise UnreadableReport("empty", f"The file holds no text ({len(data)} bytes).")
    return Page(text, "txt", encoding, hashlib.sha256(data).hexdigest(), repairs)
