"""Text that is no text: misread, escaped, lost, of two encodings, padded, noise."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501
from __future__ import annotations

import base64
import quopri
import random
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from urllib.parse import quote

from tools.faults.case import LINES, PIECE, REPORT, TITLE, TRADITIONAL, Case

WRITTEN = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
READ = (*WRITTEN, "latin-1", "cp1252")
_GONE = "reject not_text"
_ANEW = "repaired"


def cases() -> Iterator[Case]:
    """Every case of text."""
    yield from _encoded()
    yield from _misread()
    yield from _twice()
    yield from _changed()
    yield from _escaped()
    yield from _lost()
    yield from _padded()
    yield from _marked()
    yield from _ends()
    yield from _noise()
    yield from _sound()


def text_in(encoding: str) -> str:
    """The report as an encoding can hold it."""
    return TRADITIONAL if encoding.startswith("big5") else REPORT


def piece_in(encoding: str) -> str:
    """The sentence that must stand in it."""
    return TRADITIONAL.splitlines()[6] if encoding.startswith("big5") else PIECE


def _case(path: str, data: bytes, outcome: str, why: str, piece: str = PIECE) -> Case:
    return Case(path, partial(bytes, data), outcome, why, piece)


def _encoded() -> Iterator[Case]:
    names = (*WRITTEN, "gbk", "gb2312", "utf-8-sig", "utf-16", "utf-32")
    for name in names:
        data = text_in(name).encode(name, "ignore")
        why = "an encoding of Chinese is read whatever it is"
        yield _case(f"encoding/{name}.txt", data, "report", why, piece_in(name))


def _misread() -> Iterator[Case]:
    for written in WRITTEN:
        for read in READ:
            if written == read:
                continue
            text = text_in(written).encode(written).decode(read, "replace")
            lossless = "\ufffd" not in text
            outcome = _ANEW if lossless else f"{_ANEW} or {_GONE}"
            why = (
                "no character is lost: one reading is right, and is flagged"
                if lossless
                else "characters were lost: what is left is flagged, or refused by name"
            )
            piece = piece_in(written) if lossless else ""
            yield _case(f"misread/{written} as {read}.txt", text.encode(), outcome, why, piece)


def _twice() -> Iterator[Case]:
    for read in ("latin-1", "cp1252"):
        text = REPORT.encode().decode(read, "replace")
        again = text.encode().decode(read, "replace")
        lossless = "\ufffd" not in again
        outcome = _ANEW if lossless else f"{_ANEW} or {_GONE}"
        why = "misread and saved twice: both are undone, or it is refused"
        piece = PIECE if lossless else ""
        yield _case(f"misread/utf-8 as {read} twice.txt", again.encode(), outcome, why, piece)
    half = "\n".join((*LINES[:8], *(line.encode().decode("latin-1") for line in LINES[8:])))
    why = "lines were pasted from a page that was misread: they alone are undone"
    yield _case("misread/half of the lines.txt", half.encode(), _ANEW, why)
    markup = f'<html><meta charset="utf-8"><body><h1>{TITLE}</h1>' + "".join(
        f"<p>{line}</p>" for line in LINES[1:]
    )
    for read in ("gb18030", "latin-1"):
        data = markup.encode().decode(read, "replace").encode()
        why = "a page that a program misread and saved"
        yield _case(f"misread/page as {read}.html", data, f"{_ANEW} or {_GONE}", why, "")


def _changed() -> Iterator[Case]:
    for first, last in permutations(WRITTEN, 2):
        text = TRADITIONAL if "big5" in (first, last) else REPORT
        for place, at in (
            ("line", text.index("\n", len(text) // 2) + 1),
            ("middle", len(text) // 2),
        ):
            data = text[:at].encode(first) + text[at:].encode(last)
            why = "the encoding changes once: each part is read by its own, and that is flagged"
            path = f"two encodings/{first} then {last}, {place}.txt"
            piece = text.splitlines()[-1]
            yield _case(path, data, f"{_ANEW} or {_GONE}", why, piece)
    data = b"".join(
        (line + "\n").encode(("utf-8", "gb18030")[number % 2]) for number, line in enumerate(LINES)
    )
    yield _case("two encodings/line by line.txt", data, _ANEW, "a log of two programs")
    page = f"<html><body><div>{LINES[1] * 3}</div>".encode() + "".join(
        f"<p>{line}</p>\n" for line in LINES
    ).encode("gb18030")
    yield _case("two encodings/page.html", page, f"{_ANEW} or {_GONE}", "a template around a body")


def _percent(text: str, encoding: str) -> bytes:
    return quote(text.encode(encoding), safe=" \n").encode()


ESCAPES: dict[str, Callable[[str], bytes]] = {
    "u": lambda text: text.encode("unicode_escape").replace(rb"\n", b"\n"),
    "u, one line": lambda text: text.encode("unicode_escape"),
    "entities": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "entities, hexadecimal": lambda text: _each(text, "&#x{:x};"),
    "entities, twice": lambda text: _each(text, "&amp;#{:d};"),
    "percent utf-8": lambda text: _percent(text, "utf-8"),
    "percent gbk": lambda text: _percent(text, "gb18030"),
    "percent u": lambda text: _each(text, "%u{:04X}"),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
    "bytes of Python": lambda text: repr(text.encode()).encode(),
    "octal": lambda text: "".join(
        chr(byte) if byte < 0x80 else f"\\{byte:03o}" for byte in text.encode()
    ).encode(),
    "R": lambda text: _each(text, "<U+{:04X}>"),
    "hz": lambda text: text.encode("hz", "ignore"),
    "utf-7": lambda text: text.encode("utf-7"),
}


def _each(text: str, form: str) -> bytes:
    return "".join(form.format(ord(x)) if x > "\x7f" else x for x in text).encode()


def _escaped() -> Iterator[Case]:
    for name, write in ESCAPES.items():
        why = "the whole body is written so: its characters are read, and that is flagged"
        yield _case(f"escaped/{name}.txt", write(REPORT), _ANEW, why)
        lines = "".join(f"<p>{write(line).decode()}</p>" for line in LINES)
        page = f"<html><head><title>x</title></head><body>{lines}</body></html>".encode()
        shown = name.startswith("entities") and name != "entities, twice"
        odd = name in ("u, one line", "bytes of Python", "R", "quoted-printable", "hz")
        outcome = "report" if shown else f"{_ANEW} or {_GONE} or kind" if odd else _ANEW
        yield _case(f"escaped/{name}.html", page, outcome, why, "" if odd else PIECE)
    mixed = REPORT.replace(LINES[5], LINES[5].encode("unicode_escape").decode())
    why = "one escaped line in a text stays as it stands"
    yield _case("escaped/one line.txt", mixed.encode(), "report", why)
    packed = base64.encodebytes(REPORT.encode())
    yield _case("escaped/base64.txt", packed, _GONE, "packed data are no text")


def _lost() -> Iterator[Case]:
    marks = {"replacement": "\ufffd", "question": "?", "private": "\ue123", "blank": "\u25a1"}
    for name, mark in marks.items():
        all_of = "".join(mark if x > "\x7f" else x for x in REPORT)
        why = "marks stand where the characters stood"
        outcome = _GONE if name != "blank" else f"{_GONE} or kind"
        yield _case(f"lost/all, {name}.txt", all_of.encode(), outcome, why, "")
        third = "".join(mark if n % 3 == 0 and x > "\x7f" else x for n, x in enumerate(REPORT))
        outcome = _GONE if name != "blank" else f"{_GONE} or report"
        yield _case(f"lost/a third, {name}.txt", third.encode(), outcome, why, "")
    for name, encoding in (("utf-8", "gb18030"), ("gb18030", "utf-8"), ("big5", "utf-8")):
        text = text_in(name).encode(name).decode(encoding, "replace").encode("utf-8")
        again = text.decode("gb18030", "replace").encode("utf-8")
        why = "lost and then misread: nothing can be undone"
        path = f"lost/{name} as {encoding}, then as gb18030.txt"
        yield _case(path, again, f"{_GONE} or {_ANEW}", why, "")
    yield _case("lost/one character.txt", (LINES[0][0] * 4000).encode(), _GONE,
                "a run of one character is memory that nothing was written to", "")  # fmt: skip
    yield _case("lost/punctuation.txt", ("，。；：、" * 400).encode(), _GONE, "it has no words", "")


def _padded() -> Iterator[Case]:
    for name in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "utf-16", "utf-32"):
        for count in (1, 2, 3, 4096):
            data = text_in(name).encode(name) + bytes(count)
            why = "a disk wrote NUL bytes behind the text: the text before them is good"
            path = f"nul bytes/{name}, {count} behind.txt"
            yield _case(path, data, "report", why, piece_in(name))
    half = REPORT[: len(REPORT) // 2]
    for name in ("utf-8", "gb18030"):
        data = half.encode(name) + bytes(512) + REPORT[len(half) :].encode(name)
        why = "a block that was not written: the text around it is good, and that is flagged"
        yield _case(f"nul bytes/{name}, within.txt", data, _ANEW, why, LINES[-2])
        spread = b"".join(bytes([each]) + b"\0" * (n % 40 == 0) for n, each in enumerate(REPORT.encode(name)))  # fmt: skip
        yield _case(f"nul bytes/{name}, spread.txt", spread, f"{_ANEW} or {_GONE}", why, "")
    yield _case("nul bytes/nothing else.txt", bytes(4096), "reject empty", "it holds no text", "")
    yield _case("nul bytes/before.txt", bytes(64) + REPORT.encode(), _ANEW, "the text is good")


def _marked() -> Iterator[Case]:
    marks = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    for marked, mark in marks.items():
        for written in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            data = mark + REPORT.encode(written)
            right = marked == written
            outcome = "report" if right else f"report or {_ANEW} or {_GONE}"
            why = "the mark is right" if right else "the mark is wrong, the text behind it is good"
            yield _case(f"marks/{marked} before {written}.txt", data, outcome, why, PIECE)
    yield _case("marks/twice.txt", 2 * marks["utf-8"] + REPORT.encode(), "report", "two marks")
    yield _case("marks/alone.txt", marks["utf-8"], "reject empty", "a mark and no text", "")
    within = REPORT.replace("\n", "\n\ufeff")
    yield _case("marks/within.txt", within.encode(), "report", "files were joined")


def _ends() -> Iterator[Case]:
    ends = {"CR": "\r", "CRLF": "\r\n", "CR and LF": "\n\r", "NEL": "\x85", "LS": "\u2028",
            "form feeds": "\f", "vertical tabs": "\v", "none": "　", "many": "\n" * 50}  # fmt: skip
    for name, end in ends.items():
        data = end.join(LINES).encode()
        yield _case(f"line ends/{name}.txt", data, "report", "line ends of any kind are read")
    long = REPORT + LINES[5] * 2000
    yield _case("line ends/one long line.txt", long.encode(), "report", "a line may be long")


def _noise() -> Iterator[Case]:
    chance = random.Random(17)
    packed = zlib.compress(REPORT.encode() * 20) * 9
    files = {
        "random bytes": chance.randbytes(20_000), "packed": packed,
        "ideographs": "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(2000)).encode(),
        "code points": "".join(chr(chance.randrange(0xA0, 0xD7FF)) for _ in range(2000)).encode(),
        "bits": bytes(range(256)) * 50, "controls": bytes(range(1, 32)) * 100,
        "utf-16 of chance": "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(2000)).encode("utf-16-le"),
    }  # fmt: skip
    for name, data in files.items():
        yield _case(f"noise/{name}.txt", data, "reject", "noise is no text", "")
    for share in (0.001, 0.01, 0.1):
        for name in ("utf-8", "gb18030"):
            wrong = bytearray(REPORT.encode(name) * 4)
            for _ in range(int(len(wrong) * share)):
                wrong[chance.randrange(len(wrong))] = chance.randrange(256)
            outcome = "report or repaired" if share < 0.1 else f"{_GONE} or repaired"
            why = "few wrong bytes are counted; many leave no text"
            yield _case(f"noise/{name}, {share:g} wrong.txt", bytes(wrong), outcome, why, "")
    surrogates = REPORT.replace("。", "\ud800").encode("utf-8", "surrogatepass")
    yield _case("noise/lone surrogates.txt", surrogates, "report or repaired or reject not_text",
                "no character: each is counted", "")  # fmt: skip


def _sound() -> Iterator[Case]:
    """Reports that look odd and are none of these: none may be lost."""
    chance = random.Random(3)
    private = "".join(x + "\ue010" * (n % 20 == 0) for n, x in enumerate(REPORT))
    files = {
        "5 of 100 private": private,
        "a few replacements": REPORT.replace("，", "\ufffd", 3),
        "a few questions": REPORT.replace("，", "?", 4),
        "short": f"{TITLE}\n全年收到申请15件。",
        "a line": "全年收到政府信息公开申请15件。",
        "wide": REPORT.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
        "zero width": "\u200b".join(REPORT),
        "rare names": REPORT + "联系人：" + "、".join("喆堃淼鑫垚犇骉昇煊赟" * 3),
        "latin": REPORT + "\nContact: the office of the bureau, E-mail only. " * 8,
        "boxes": REPORT + "─" * 300 + "│┃" * 100,
        "bullets": REPORT.replace("\n", "\n\uf06c"),
        "numbers": REPORT + "".join(f"{chance.randrange(10**6)} " for _ in range(500)),
        "spaces": " ".join(REPORT),
        "combining": REPORT.replace("年", "年\u0301"),
    }  # fmt: skip
    for name, text in files.items():
        for encoding in ("utf-8", "gb18030"):
            piece = "" if name in ("wide", "zero width", "short", "a line", "spaces", "combining",
                                   "5 of 100 private") else "15件"  # fmt: skip
            data = text.encode(encoding, "replace")
            path = f"sound/{name}, {encoding}.txt"
            outcome = "report"
            yield _case(path, data, outcome, "it is a report for all that", piece)
