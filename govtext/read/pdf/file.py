"""bytes -> sheets: opens a PDF page by page, and refuses by name what has no text to read.

Memory stays flat: a page is closed before the next one is opened, and a stream that unpacks to
more than any report needs is found before the library unpacks it.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govtext.core.model import UnreadableReport
from govtext.read import limits
from govtext.read.pdf.sheet import UNKNOWN, Sheet, sheet

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_MOST_PAGES = limits.raised(1000)
_MOST_GLYPHS = limits.raised(50_000)
_MOST_UNPACKED = limits.raised(200_000_000)
_CHUNK = 1 << 20
_FEW_GLYPHS = 20
_WAY_OUT = (
    "recognise its characters first with an OCR tool such as MinerU or PaddleOCR, "
    "whose Markdown is read here, or take the text of the report."
)
_PICTURE = 0.5
_DRAWING = 100
_UNREADABLE = 0.3
_TAIL = 2048
_LONGEST_HEAD = 1024
_ZLIB_CHECK = 31
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/Filter\s{0,4}\[?\s{0,4}/Fl(?:ateDecode)?\b")
_IMAGE = re.compile(rb"/Subtype\s{0,4}/Image")
_PRIVATE = range(0xE000, 0xF900)
_DAMAGED = "The PDF is damaged or incomplete ({reason}): fetch it again or save it anew."


def sheets(data: bytes) -> Iterator[Sheet]:
    """Pages of a PDF in order.

    Raises
    ------
    UnreadableReport
        With the causes that `govtext.read.pdf.read` names. Whether the text is readable is known
        after the last page only.
    """
    _check_streams(data)
    glyphs = unreadable = pictures = pages = 0
    for number, page in enumerate(_pages(_opened(data), data), start=1):
        made = _sheet(page, number)
        seen = [glyph.text for glyph in made.glyphs if not glyph.text.isspace()]
        glyphs += len(seen)
        unreadable += sum(map(_is_unreadable, seen))
        pages += 1
        drawn = made.pictured > _PICTURE or made.drawn > _DRAWING
        pictures += drawn and len(seen) < _FEW_GLYPHS
        yield made
    if 2 * pictures > pages:
        raise UnreadableReport(
            "scanned",
            f"{pictures} of {pages} pages are pictures without text: {_WAY_OUT}",
        )
    if not glyphs:
        raise UnreadableReport("empty", "The PDF holds no text.")
    if unreadable > _UNREADABLE * glyphs:
        raise UnreadableReport(
            "unreadable_text_layer",
            f"{unreadable:,} of {glyphs:,} letters have no character behind their shape: "
            f"{_WAY_OUT}",
        )


def _is_unreadable(text: str) -> bool:
    return text == UNKNOWN or all(ord(mark) in _PRIVATE for mark in text)


# --- opening --------------------------------------------------------------------------------------


def _opened(data: bytes) -> PDF:
    """Open file; one that asks for no password is opened with the empty one."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError
    from pdfplumber.utils.exceptions import PdfminerException

    # Its warnings are about fonts and colours; what matters here is raised or counted.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        # Places in a PDF count from its signature, which may have a few bytes before it.
        return pdfplumber.open(io.BytesIO(data[max(0, data.find(b"%PDF-")) :]))
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFEncryptionError):
            raise UnreadableReport(
                "encrypted", "The PDF is locked: save it without a password first."
            ) from error
        raise _damaged("its structure is broken") from error


def _pages(pdf: PDF, data: bytes) -> list[Any]:
    """Pages of a file, all of those that it says it has."""
    from pdfminer.pdfdocument import PDFXRefFallback

    stated = _stated(pdf)
    if stated > _MOST_PAGES:
        raise UnreadableReport(
            "too_large", f"The PDF has {stated:,} pages; {_MOST_PAGES:,} are read."
        )
    try:
        found = list(pdf.pages)
    except _faults() as error:
        raise _damaged("its pages cannot be found") from error
    rebuilt = any(isinstance(each, PDFXRefFallback) for each in pdf.doc.xrefs)
    if not found or (stated and len(found) < stated):
        raise _damaged(f"{len(found)} of {stated} pages are there")
    if rebuilt and b"%%EOF" not in data[-_TAIL:]:
        raise _damaged("its end is missing")
    return found


def _stated(pdf: PDF) -> int:
    """Number of pages that the file says it has, 0 where it does not say."""
    from pdfminer.pdftypes import resolve1

    try:
        count = resolve1(resolve1(pdf.doc.catalog["Pages"])["Count"])
    except _faults():
        return 0
    return count if isinstance(count, int) and count > 0 else 0


def _sheet(page: Any, number: int) -> Sheet:
    """Sheet of a page, which is closed after."""
    try:
        size = float(page.width), float(page.height)
        objects = page.objects
    except _faults() as error:
        raise _damaged(f"page {number} cannot be read") from error
    if len(objects.get("char", ())) > _MOST_GLYPHS:
        raise UnreadableReport(
            "too_large", f"Page {number} has more than {_MOST_GLYPHS:,} letters."
        )
    made = sheet(number, size, objects)
    page.close()
    return made


def _faults() -> tuple[type[Exception], ...]:
    """What a broken object makes the library raise."""
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    stumbles = (AssertionError, AttributeError, LookupError, OverflowError)
    broken = (MalformedPDFException, PdfminerException, PSException)
    return (*broken, *stumbles, RecursionError, TypeError, ValueError)


def _damaged(reason: str) -> UnreadableReport:
    return UnreadableReport("damaged", _DAMAGED.format(reason=reason))


# --- packed streams -------------------------------------------------------------------------------


def _check_streams(data: bytes) -> None:
    """Refuse a file with a stream that is broken, or that unpacks to more than any report holds.

    The library would leave out what a broken stream says without a word. Pictures are not looked
    at, nor is what a lock hides.
    """
    locked = b"/Encrypt" in data
    room = _MOST_UNPACKED
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _LONGEST_HEAD) : match.start()].rpartition(b"obj")[2]
        if not _PACKED.search(head) or _IMAGE.search(head):
            continue
        unpacked, is_whole = _unpacked(data, match.end(), room)
        room -= unpacked
        if room <= 0:
            raise UnreadableReport(
                "too_large",
                f"The PDF unpacks to more than {_MOST_UNPACKED // 10**6} MB without its pictures.",
            )
        if not (is_whole or locked):
            raise _damaged("a part of it cannot be unpacked")


def _unpacked(data: bytes, start: int, most: int) -> tuple[int, bool]:
    """Size of a packed stream, counted no further than `most`, and whether it is sound.

    The check sum behind it is not looked at: many programs write a wrong one.
    """
    end = data.find(b"endstream", start)
    end = len(data) if end < 0 else end
    if int.from_bytes(data[start : start + 2]) % _ZLIB_CHECK:
        return 0, False
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size, position = 0, start + 2
    while position < end and size < most and not unpacker.eof:
        piece = data[position : min(end, position + _CHUNK)]
        try:
            size += len(unpacker.decompress(piece, _CHUNK))
        except zlib.error:
            return size, False
        position += len(piece) - len(unpacker.unconsumed_tail)
    return size, True
