"""bytes -> Page: what a file says, decoded, whatever its encoding. Type is judged by content.

Plain text is read; every other kind of file is refused by name (`rules/signatures.csv`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from govtext import rules
from govtext.model import Page, UnreadableReport
from govtext.read.decode import decode

LARGEST = 50_000_000
"""Bytes that a file may have; a report of plain text has some ten thousand."""


def read(path: Path) -> Page:
    """Page of one file.

    Parameters
    ----------
    path : Path
        A file of plain text in any encoding of Chinese.

    Returns
    -------
    Page
        Its text as it stands, with the encoding found and the sha256 of the bytes.

    Raises
    ------
    UnreadableReport
        With a cause of `rules/causes.csv` and one sentence that says what is wrong.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableReport(
                "too_large", f"The file has {size:,} bytes; {LARGEST:,} are read."
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableReport("not_opened", f"The file cannot be opened: {reason}.") from error
    return read_bytes(data)


def read_bytes(data: bytes) -> Page:
    """Page of the bytes of a file; see `read`."""
    if not data.strip(b"\0 \t\r\n\f\v"):
        raise UnreadableReport("empty", f"The file holds no text ({len(data)} bytes).")
    _refuse_other_kinds(data)
    text, encoding, repairs = decode(data)
    return Page(text, "txt", encoding, hashlib.sha256(data).hexdigest(), repairs)


def _refuse_other_kinds(data: bytes) -> None:
    """Name the kind of a file that is not plain text, by the bytes it begins with."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for row in rules.load("signatures"):
        if start[: len(row["begins"]) * 2].lower().startswith(_signature(row["begins"])):
            raise UnreadableReport(
                "unsupported_format", f"The file is {row['kind']}; {row['advice']}."
            )


def _signature(begins: str) -> bytes:
    """Bytes of a signature, written as text or as hexadecimal digits after ``0x``."""
    return bytes.fromhex(begins[2:]) if begins.startswith("0x") else begins.lower().encode("ascii")
