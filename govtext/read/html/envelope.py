"""A saved web page with all its parts (MHTML) -> the pages in it, as bytes with their charset."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING

from govtext.core.model import UnreadableReport

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = re.compile(rb"[A-Za-z-]{2,40}:[^\r\n]{0,1000}(?:\r?\n|$)")
_TYPE = re.compile(rb"^content-type\s{0,9}:", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096


def is_envelope(data: bytes) -> bool:
    """True for a file that begins with the head of a message, and not with a page."""
    head = data[:_HEAD].lstrip()
    return bool(_HEADER.match(head)) and bool(_TYPE.search(head))


def pages(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Each page of an envelope with the charset that its head names, in order.

    Raises
    ------
    UnreadableReport
        With cause ``damaged`` for envelopes in envelopes as no browser writes them.
    """
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
    except RecursionError as error:
        raise UnreadableReport(
            "damaged", "The saved web page (MHTML) is nested deeper than any browser writes one."
        ) from error
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            yield content, str(part.get_content_charset() or "")
