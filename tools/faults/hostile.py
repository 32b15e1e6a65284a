"""Files that break readers: each must be refused by name, or give the text that stands in it.

`HOSTILE[name]` makes the bytes when it is called, for some have 50 million. `BODY` stands in every
file but those that `UNREADABLE` names, with the cause of their reject.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from tools.pages.content import content_of
from tools.pages.office import pdf, word

BODY = "某局2012年政府信息公开工作年度报告\n全年收到政府信息公开申请12件，均已答复。"
MANY = 100_000
LONG = 49_000_000
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
SCHEMA = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))


def _html(before: str = "", behind: str = "", *, head: str = "") -> bytes:
    meta = f'<html><head><meta charset="utf-8">{head}</head>'
    return f"{meta}<body>{before}{_PARAGRAPHS}{behind}</body></html>".encode()


def _nested(begin: str, end: str) -> bytes:
    return _html(begin * MANY, end * MANY)


def _attributes(number: int) -> bytes:
    return _html("<div " + " ".join(f'a{at}="{at}"' for at in range(number)) + ">", "</div>")


def _spans() -> bytes:
    wide = '<td colspan="99999999" rowspan="99999999">收到申请</td><td colspan="-1">12</td>'
    return _html(f'<table border="1"><tr>{wide}</tr><tr><td rowspan="0">件</td></tr></table>')


def _long_line(before: bytes = b"") -> bytes:
    line = "本局认真贯彻落实有关规定。".encode()
    return before + BODY.encode() + line * (LONG // len(line))


def _rows() -> bytes:
    row = "<tr><td>主动公开信息数</td><td>条</td><td>12</td></tr>"
    return _html(f'<table border="1">{row * MANY}</table>')


# --- PDF -----------------------------------------------------------------------------------------


def small_pdf(
    content: bytes,
    *,
    kids: str = "[4 0 R]",
    trailer: str = "",
    extra: str = "",
    collection: tuple[bytes, bytes] = (b"Adobe", b"GB1"),
) -> bytes:
    """PDF of one page with a font that is not embedded, as old systems print Chinese."""
    registry, ordering = collection
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
        f"<</Registry<{registry.hex()}>/Ordering<{ordering.hex()}>/Supplement 2>>"
        "/FontDescriptor<</Type/FontDescriptor"
        "/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    fonts = "/Resources<</Font<</F 3 0 R>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R{fonts}>>"
    stream = f"<</Length {len(content)}{extra}>>stream\n".encode() + content + b"\nendstream"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count 1/Kids{kids}>>".encode(),
        font.encode(), page.encode(), stream,
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R{trailer}>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF".encode()


def shown() -> bytes:
    """Operators that print the body."""
    lines = (f"<{line.encode('utf-16-be').hex()}> Tj 0 -30 Td" for line in BODY.split("\n"))
    return f"BT /F 12 Tf 50 780 Td {' '.join(lines)} ET".encode()


def _locked(user: bytes) -> bytes:
    """PDF under a password by the oldest standard; without a user's one it only forbids changes."""
    name = hashlib.md5(b"govtext").digest()
    owner = _rc4(hashlib.md5(_padded(b"owner")).digest()[:5], _padded(user))
    seed = _padded(user) + owner + struct.pack("<i", -4) + name
    key = hashlib.md5(seed).digest()[:5]
    lock = f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{_rc4(key, _PADDING).hex()}>/P -4>>"
    named = f"/Encrypt{lock}/ID[<{name.hex()}><{name.hex()}>]"
    collection = _secret(key, 3, b"Adobe"), _secret(key, 3, b"GB1")
    return small_pdf(_secret(key, 5, shown()), trailer=named, collection=collection)


def _secret(key: bytes, number: int, data: bytes) -> bytes:
    """A string or stream of an object, each of which has a key of its own."""
    return _rc4(hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10], data)


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, at = list(range(256)), 0
    for place in range(256):
        at = (at + state[place] + key[place % len(key)]) % 256
        state[place], state[at] = state[at], state[place]
    out, at = bytearray(), 0
    for count, byte in enumerate(data, start=1):
        place = count % 256
        at = (at + state[place]) % 256
        state[place], state[at] = state[at], state[place]
        out.append(byte ^ state[(state[place] + state[at]) % 256])
    return bytes(out)


def _pdf_bomb() -> bytes:
    packed = zlib.compressobj(9, wbits=-15)
    blank, check = b" " * 1_000_000, zlib.adler32(shown())
    data = packed.compress(shown()) + packed.flush(zlib.Z_FULL_FLUSH)
    # Behind a full flush a block stands for itself, so that it need not be packed a thousand times.
    data += 1_000 * (packed.compress(blank) + packed.flush(zlib.Z_FULL_FLUSH)) + packed.flush()
    for _ in range(1_000):
        check = zlib.adler32(blank, check)
    stream = b"\x78\xda" + data + check.to_bytes(4)
    return small_pdf(stream, extra="/Filter/FlateDecode")


def _cut(make: Callable[..., bytes], share: float) -> bytes:
    data = make(content_of(BODY))
    return data[: int(len(data) * share)]


# --- Word and other containers -------------------------------------------------------------------


def _docx(document: bytes, *, entries: int = 0, megabytes: int = 0) -> bytes:
    """A Word file with its text replaced, so many spaces behind it, and further entries."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(content_of(BODY)))) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
        with target.open("word/document.xml", "w", force_zip64=True) as text:
            text.write(document)
            for _ in range(megabytes):
                text.write(b" " * 1_000_000)
        for number in range(entries):
            target.writestr(f"word/media/{number}.xml", b"")
    return stream.getvalue()


def _word_xml(before: str = "", behind: str = "", *, head: str = "") -> bytes:
    lines = (f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in BODY.split("\n"))
    body = f"{before}{''.join(lines)}{behind}"
    return f"{head}<w:document {SCHEMA}><w:body>{body}</w:body></w:document>".encode()


def _laughs() -> bytes:
    names = [
        f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "ha"}">' for at in range(12)
    ]  # fmt: skip
    head = f'<?xml version="1.0"?><!DOCTYPE w:document [{"".join(names)}]>'
    return _docx(_word_xml("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", head=head))


def _word_spans() -> bytes:
    properties = '<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
    cell = f"<w:tc>{properties}<w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc>"
    return _docx(_word_xml(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))


def _zip_of_zips() -> bytes:
    inner = bytes(10_000_000)
    for depth in range(6):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for copy in range(4):
                target.writestr(f"{depth}-{copy}.zip", inner)
        inner = stream.getvalue()
    return inner


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "100,000 elements nested": (".html", partial(_nested, "<div>", "</div>")),
    "100,000 tables nested": (".html", partial(_nested, "<table><tr><td>", "</td></tr></table>")),
    "100,000 styles never closed": (".html", partial(_nested, "<b><i>", "")),
    "200,000 attributes": (".html", partial(_attributes, 200_000)),
    "a cell over 99,999,999 columns": (".html", _spans),
    "a comment that does not end": (".html", lambda: _html(behind="<!--" * MANY)),
    "a script that does not end": (".html", lambda: _html(behind="<script>" + "a<b;" * MANY)),
    "a title that does not end": (".html", lambda: _html(head="<title>某局年报")),
    "a tag that does not end": (".html", lambda: _html(behind="<p " + "a " * MANY)),
    "1,000,000 entities": (".html", lambda: _html(behind="<p>" + "&amp;" * 1_000_000)),
    "a table of 100,000 rows": (".html", _rows),
    "50 MB in a line of text": (".txt", _long_line),
    "50 MB in a line of markup": (".html", partial(_long_line, b"<p>")),
    "50 MB of line ends": (".txt", lambda: BODY.encode() + b"\n" * LONG),
    "PDF cut in half": (".pdf", partial(_cut, pdf, 0.5)),
    "PDF cut at its end": (".pdf", partial(_cut, pdf, 0.98)),
    "PDF of a first line": (".pdf", lambda: b"%PDF-1.7\n"),
    "PDF under a password": (".pdf", partial(_locked, b"secret")),
    "PDF that may not be changed": (".pdf", partial(_locked, b"")),
    "PDF of 1 GB in 1 MB": (".pdf", _pdf_bomb),
    "PDF whose pages go round": (".pdf", lambda: small_pdf(shown(), kids="[2 0 R]")),
    "PDF of 100,000 pages": (".pdf", lambda: small_pdf(shown(), kids=f"[{'4 0 R ' * MANY}]")),
    "PDF without text": (".pdf", lambda: small_pdf(b"0 0 500 700 re f")),
    "DOCX cut in half": (".docx", partial(_cut, word, 0.5)),
    "DOCX of 1 GB in 5 MB": (".docx", lambda: _docx(_word_xml(), megabytes=1_000)),
    "DOCX of 10,000,000,000 entities": (".docx", _laughs),
    "DOCX of 100,000 runs nested": (
        ".docx", lambda: _docx(_word_xml("<w:p><w:ins>" * MANY, "</w:ins></w:p>" * MANY))),
    "DOCX of a cell over 99,999,999 columns": (".docx", _word_spans),
    "DOCX of 50,000 entries": (".docx", lambda: _docx(_word_xml(), entries=50_000)),
    "ZIP of ZIPs": (".zip", _zip_of_zips),
}  # fmt: skip
UNREADABLE = {
    "PDF of a first line": "damaged", "PDF cut in half": "damaged", "DOCX cut in half": "damaged",
    "PDF under a password": "encrypted", "PDF without text": "empty",
    "DOCX of 1 GB in 5 MB": "too_large", "ZIP of ZIPs": "unsupported_format",
}  # fmt: skip
