"""Files of every kind: right, cut short, misnamed, locked, nested, lying of their size."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501
from __future__ import annotations

import email.message
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial

from tools.faults import hostile, mutate
from tools.faults.case import LINES, PIECE, REPORT, TITLE, Case
from tools.pages import STYLES, content_of
from tools.pages.old_word import container, document

_CUTS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
_DOC = "reject unsupported_format"
"""What becomes of a Word document of the old kind where antiword is not installed."""
_OTHER = "reject unsupported_format"


def cases() -> Iterator[Case]:
    """Every case of a file's kind."""
    for name, make in _GOOD.items():
        suffix = name.rpartition(".")[2]
        outcome = f"report or {_DOC}" if suffix in ("doc", "wps") else "report"
        yield Case(f"formats/{name}", make, outcome, "a kind that is read", PIECE)
    yield from _cut()
    yield from _changed()
    yield from _misread()
    yield from _misnamed()
    yield from _others()
    yield from _mails()
    yield from _empty()
    yield from _hostile()


@cache
def _style(name: str) -> bytes:
    return STYLES[name].make(content_of(REPORT))


def _old() -> bytes:
    return document(list(LINES))


def _page(charset: str = "utf-8") -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    head = f'<html><head><meta charset="{charset}"><title>{TITLE}</title></head>'
    return f"{head}<body>{lines}</body></html>".encode(charset)


_GOOD: dict[str, Callable[[], bytes]] = {
    **{f"{name}{style.suffix}": partial(_style, name) for name, style in STYLES.items()
       if name not in ("txt_spaced", "txt_glued", "txt_cells")},
    "page.html": _page, "page, gbk.htm": partial(_page, "gbk"), "old.doc": _old, "old.wps": _old,
}  # fmt: skip


def _cut() -> Iterator[Case]:
    made = {"docx": "docx", "pdf": "pdf", "html": "modern", "md": "md"}
    for suffix, name in made.items():
        for share in _CUTS:
            data = _style(name)
            why = "a copy that broke off: what is there is read, or the file is refused by name"
            path = f"cut short/{share:.0%}.{suffix}"
            outcome = "report or kind or reject"
            yield Case(path, partial(_part, data, share), outcome, why, "")
    for encoding in ("utf-8", "gb18030", "utf-16"):
        for share in _CUTS:
            data = REPORT.encode(encoding)
            why = "a text that broke off is read as far as it goes"
            path = f"cut short/{encoding} {share:.0%}.txt"
            outcome = "report or kind" if share > 0.05 else "report or kind or reject not_text"
            yield Case(path, partial(_part, data, share), outcome, why, "")
    for share in _CUTS:
        why = "a copy that broke off"
        yield Case(f"cut short/{share:.0%}.doc", partial(_part, _old(), share),
                   f"report or kind or {_DOC} or reject damaged or reject empty", why, "")  # fmt: skip


def _part(data: bytes, share: float) -> bytes:
    return data[: max(1, int(len(data) * share))]


def _changed() -> Iterator[Case]:
    for name in ("docx", "pdf", "modern", "md"):
        suffix = STYLES[name].suffix
        data = _style(name)
        for share in (0.2, 0.5, 0.8):
            at = int(len(data) * share)
            changed = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            why = "one byte changed on the way"
            gentle = name in ("modern", "md")
            outcome = "report" if gentle else "report or reject damaged"
            yield Case(f"one byte/{share:.0%}{suffix}", partial(bytes, changed), outcome, why, "")
        swapped = data[: len(data) // 3] + bytes(64) + data[len(data) // 3 + 64 :]
        yield Case(f"one byte/a block of nul bytes{suffix}", partial(bytes, swapped),
                   "report or reject damaged or reject not_text", "a block that was not written", "")  # fmt: skip
        behind = data + b"\r\n" * 200
        yield Case(f"one byte/line ends behind{suffix}", partial(bytes, behind), "report",
                   "a mailer added lines", "")  # fmt: skip


def _misread() -> Iterator[Case]:
    for written in ("utf-8", "gb18030"):
        lines = [line.encode(written).decode("latin-1") for line in LINES]
        why = "what was pasted into a Word file had been misread: it is undone, and flagged"
        path = f"misread/{written} as latin-1.docx"
        yield Case(path, partial(mutate.word_file, lines), "repaired", why)
    lost = [line.encode().decode("gbk", "replace") for line in LINES]
    why = "characters were lost: it is refused by name"
    yield Case("misread/lost.docx", partial(mutate.word_file, lost), "reject not_text", why, "")
    content = content_of("\n".join(lost))
    yield Case(
        "misread/lost.html", partial(STYLES["modern"].make, content), "reject not_text", why, ""
    )


def _misnamed() -> Iterator[Case]:
    kinds = {"txt": REPORT.encode(), "html": _page(), "pdf": _style("pdf"), "docx": _style("docx")}
    for kind, data in kinds.items():
        for suffix in ("txt", "html", "pdf", "docx", "doc", "xls", "jpg", "bin", "PDF", "md"):
            if suffix != kind:
                why = "a file is what it holds, whatever it is called"
                path = f"wrong suffix/{kind} named.{suffix}"
                yield Case(path, partial(bytes, data), "report", why)
        yield Case(f"wrong suffix/{kind} without", partial(bytes, data), "report", "no suffix")


def _zip(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members:
            target.writestr(name, data)
    return stream.getvalue()


def _others() -> Iterator[Case]:
    text = REPORT.encode()
    rtf = r"{\rtf1\ansi\ansicpg936\deff0 {\fonttbl{\f0 SimSun;}}" + "".join(
        f"\\u{ord(x)}?" if x > "\x7f" else x for x in REPORT
    )
    files = {
        "report.rtf": rtf.encode() + b"}", "report.zip": _zip(("a.txt", text)),
        "nested.zip": _zip(("a.zip", _zip(("b.zip", _zip(("c.txt", text)))))),
        "report.xlsx": _zip(("xl/workbook.xml", b"<workbook/>"), ("[Content_Types].xml", b"")),
        "report.pptx": _zip(("ppt/presentation.xml", b"<p/>")), "report.ofd": _zip(("OFD.xml", b"<ofd/>")),
        "report.odt": _zip(("mimetype", b"application/vnd.oasis.opendocument.text")),
        "report.epub": _zip(("mimetype", b"application/epub+zip")), "empty.zip": _zip(),
        "report.xls": container({"Workbook": b""}), "report.ppt": container({"PowerPoint Document": b""}),
        "report.msg": container({"__properties_version1.0": b""}), "report.ole": container({"Other": b""}),
        "report.gz": gzip.compress(text, mtime=0), "report.rar": b"Rar!\x1a\x07\x00" + text,
        "report.7z": bytes.fromhex("377abcaf271c") + text, "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "picture.jpg": bytes.fromhex("ffd8ffe000104a464946") + bytes(64), "picture.gif": b"GIF89a" + bytes(64),
        "picture.tif": b"II*\0" + bytes(64), "data.xml": b"<?xml version='1.0'?><data>" + text + b"</data>",
    }  # fmt: skip
    for name, data in files.items():
        yield Case(
            f"not read/{name}",
            partial(bytes, data),
            _OTHER,
            "a kind that is not read is named",
            "",
        )
    for suffix in ("pdf", "docx", "doc", "html", "png"):
        data = files["report.rtf"]
        yield Case(
            f"not read/rtf named.{suffix}",
            partial(bytes, data),
            _OTHER,
            "named by what it holds",
            "",
        )
    locked = container({"EncryptedPackage": b"", "EncryptionInfo": b""})
    yield Case(
        "locked/report.docx", lambda: locked, "reject encrypted", "it is under a password", ""
    )
    for name in ("picture.bmp", "program.bin"):
        data = (b"BM" if name.endswith("bmp") else b"\x7fELF") + bytes(range(256)) * 20
        yield Case(f"not read/{name}", partial(bytes, data), "reject not_text", "it is no text", "")


def _mails() -> Iterator[Case]:
    for kind, encoding in (("html", "quoted-printable"), ("html", "base64"), ("html", "8bit")):
        message = email.message.EmailMessage()
        message["From"] = "<Saved by Blink>"
        message["MIME-Version"] = "1.0"
        message.set_content(_page().decode(), subtype=kind, charset="utf-8", cte=encoding)
        for suffix in ("mht", "eml", "html"):
            data = message.as_bytes()
            yield Case(f"mails/{kind} in {encoding}.{suffix}", partial(bytes, data), "report",
                       "a saved page with its parts", "")  # fmt: skip
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    yield Case("mails/no part.mht", lambda: head, "reject no_body", "it holds no page", "")
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(500)
    )
    yield Case("mails/nested.mht", lambda: b"MIME-Version: 1.0\r\n" + nested, "reject no_body or reject damaged or reject empty",
               "mails in mails", "")  # fmt: skip


def _empty() -> Iterator[Case]:
    for suffix in ("txt", "html", "pdf", "docx", "doc", "md", "zip"):
        yield Case(f"empty/nothing.{suffix}", bytes, "reject empty", "it has no bytes", "")
        yield Case(f"empty/blank.{suffix}", lambda: b" \r\n\t\n", "reject empty", "only blanks", "")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$report.docx", "a.txt~", "a.txt.part"):
        yield Case(f"litter/{name}", lambda: b"x", "ignored", "what systems and editors leave", "")


_LARGE = ("too_large", "too_slow", "too_much_memory", "damaged")


def _hostile() -> Iterator[Case]:
    limits = " or ".join(f"reject {cause}" for cause in _LARGE)
    for name, (suffix, make) in hostile.HOSTILE.items():
        named = hostile.UNREADABLE.get(name)
        outcome = f"reject {named}" if named else f"report or kind or {limits}"
        why = "it is read within its limits, or refused by name"
        yield Case(f"hostile/{name}{suffix}", make, outcome, why, "", slow=True)
    table = "".join("<tr>" + "<td>12</td>" * 10 + "</tr>" for _ in range(10_000))
    page = _page().replace(b"</body>", f"<table>{table}</table></body>".encode())
    yield Case(
        "hostile/100,000 cells.html",
        lambda: page,
        f"report or {limits}",
        "a table of any size",
        slow=True,
    )
