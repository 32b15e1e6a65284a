"""A Word document of the old kind (DOC) -> Page, through antiword where it is installed."""

from __future__ import annotations

from govtext.model import Page, UnreadableReport


def read(data: bytes) -> Page:
    """Page of the bytes of such a file."""
    raise UnreadableReport("unsupported_format", f"Not read yet ({len(data)} bytes).")
