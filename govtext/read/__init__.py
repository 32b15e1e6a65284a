"""bytes -> Page: what a file says. Its kind is judged by content (`rules/signatures.csv`).

One module reads one kind: `plain` text and Markdown, `html`, `pdf`, `word` (DOCX), `doc`. Every
other kind is refused by name.
"""

from __future__ import annotations

import stat
from importlib import import_module
from typing import TYPE_CHECKING

from govtext.core.model import UnreadableReport
from govtext.read import limits, sound
from govtext.read.kinds import kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govtext.core.model import Page

LARGEST = limits.raised(50_000_000)
"""Bytes of the largest file that is read; a report of plain text has some ten thousand."""
TOOLS = ("antiword",)
"""Programs outside Python that a reader calls where they are installed."""


def read(path: Path) -> Page:
    """Page of one file.

    Parameters
    ----------
    path : Path
        A file of text in any encoding of Chinese, a web page, a PDF or a Word document.

    Returns
    -------
    Page
        Its text and tables, with the encoding found and the sha256 of the bytes.

    Raises
    ------
    UnreadableReport
        With a cause of `rules/causes.csv` and one sentence that says what is wrong.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) and not path.is_dir():
            # A pipe would be waited for, and a device read without end.
            raise UnreadableReport("not_opened", "It is a pipe, a socket or a device, and no file.")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableReport("not_opened", f"The file cannot be opened: {reason}.") from error
    if len(data) > LARGEST:
        size = max(len(data), state.st_size)
        said = f"The file has {size:,} bytes; {LARGEST:,} are read. {limits.more()}."
        raise UnreadableReport("too_large", said)
    return read_bytes(data)


def read_bytes(data: bytes) -> Page:
    """Page of the bytes of a file; see `read`."""
    try:
        name = kind(data)
        page = _reader(name)(data)
    except UnreadableReport as error:
        if error.cause != "too_large":
            raise
        raise UnreadableReport(error.cause, f"{error.message} {limits.more()}.") from error
    cause = "unreadable_text_layer" if name == "pdf" else "not_text"
    sound.demand(page.text, cause)
    if page.furniture:  # a page's own words do not excuse a report that is lost
        sound.demand(_body(page), cause)
    return page


def _body(page: Page) -> str:
    """Text of a page without what its markup names as furniture."""
    parts: list[str] = []
    position = 0
    for each in page.furniture:
        parts.append(page.text[position : each.raw_start])
        position = each.raw_end
    return "".join([*parts, page.text[position:]])


def _reader(name: str) -> Callable[[bytes], Page]:
    """Function that reads a kind of file; its libraries are imported when the first one comes."""
    read_kind: Callable[[bytes], Page] = import_module(f"govtext.read.{name}").read
    return read_kind
