"""bytes -> Page: what a file says, decoded, whatever its encoding. Type is judged by content.

Plain text is read; every other kind of file is refused by name (`rules/signatures.csv`).
"""

from __future__ import annotations

import codecs
import hashlib
import stat
from pathlib import Path

from govtext import rules
from govtext.model import Page, UnreadableReport
from govtext.read.decode import decode
from govtext.sources import LARGEST

_LONGEST_SIGNATURE = 1024
_NOTHING = "\0\ufeff\u200b"


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
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) and not path.is_dir():
            # A pipe would be waited for, and a device read without end.
            raise UnreadableReport("not_opened", "It is a pipe or a device, and no file.")
        if state.st_size > LARGEST:
            raise UnreadableReport(
                "too_large", f"The file has {state.st_size:,} bytes; {LARGEST:,} are read."
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableReport("not_opened", f"The file cannot be opened: {reason}.") from error
    return read_bytes(data)


def read_bytes(data: bytes) -> Page:
    """Page of the bytes of a file; see `read`."""
    _refuse_other_kinds(data[:_LONGEST_SIGNATURE])
    text, encoding, repairs = decode(data) if data.strip(b"\0") else ("", "utf-8", 0)
    if not text.strip().strip(_NOTHING):
        raise UnreadableReport("empty", f"The file holds no text ({len(data)} bytes).")
    # Markup in UTF-16 shows its beginning only when it is decoded.
    _refuse_other_kinds(text[:_LONGEST_SIGNATURE].encode(errors="replace"))
    return Page(text, "txt", encoding, hashlib.sha256(data).hexdigest(), repairs)


def _refuse_other_kinds(start: bytes) -> None:
    """Name the kind of a file that is not plain text, by the bytes it begins with."""
    markup = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for row in rules.load("signatures"):
        begins = row["begins"]
        if begins.startswith("0x"):
            found = start.startswith(bytes.fromhex(begins[2:]))
        else:
            found = markup.startswith(begins.lower().encode("ascii"))
        if found:
            raise UnreadableReport(
                "unsupported_format", f"The file is {row['kind']}; {row['advice']}."
            )
