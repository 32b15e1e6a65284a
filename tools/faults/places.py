"""What lies in a folder and is no plain file: links, pipes, sockets, names of any bytes."""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tools.faults.case import REPORT, Case

_LONG = 240


def cases() -> Iterator[Case]:
    """Files whose names are the fault."""
    names = [
        "年报.txt", unicodedata.normalize("NFD", "é.txt"), unicodedata.normalize("NFC", "é.txt"),
        "a b.txt", "a\tb.txt", "a\nb.txt", "a'b\".txt", "a;b.txt", "a%b.txt", "-rf.txt", "a\\b.txt",
        "*.txt", "A.txt", "a.TXT", "a", "a.", "a.txt.txt", "CON.txt", "\u202etxt.a", "\x1b[31m.txt",
        "<b>.txt", "=1+1.txt", "a" * _LONG + ".txt", "年" * (_LONG // 3) + ".txt", "\u200b.txt",
        "\\xff.txt", "\\\\xff.txt",
    ]  # fmt: skip
    if os.name == "posix":
        names += [os.fsdecode(b"\xff.txt"), os.fsdecode("年报.txt".encode("gb18030"))]
    for number, name in enumerate(names):
        data = (REPORT + f"\n{number}").encode()
        why = "a name of any characters or bytes, and each its own"
        yield Case(f"names/{name}", partial(bytes, data), "report", why)
    deep = "/".join(["d" * 60] * 12)
    yield Case(f"names/{deep}/a.txt", REPORT.encode, "report", "a deep folder")


def links(folder: Path) -> Iterator[Case]:
    """Make links, pipes and sockets in a folder, and say what must become of each."""
    if os.name != "posix":
        return
    place = folder / "links"
    outside = folder.parent / "outside"
    for each in (place / "inside", outside / "more"):
        each.mkdir(parents=True)
    (place / "inside/a.txt").write_text(REPORT, encoding="utf-8")
    (outside / "b.txt").write_text(REPORT, encoding="utf-8")
    (outside / "more/c.txt").write_text(REPORT, encoding="utf-8")
    made: dict[str, str | Path] = {
        "to a file inside.txt": "inside/a.txt", "to a file outside.txt": outside / "b.txt",
        "to a folder inside": "inside", "to a folder outside": outside, "to itself": "to itself",
        "to the folder above": "..", "to nothing.txt": "nothing", "to zero": "/dev/zero",
        "to memory": "/proc/self/mem", "to proc": "/proc", "to a chain": "to a file outside.txt",
    }  # fmt: skip
    for name, target in made.items():
        (place / name).symlink_to(target)
        inside = name == "to a file inside.txt"
        why = "a link that stays in the folder is followed" if inside else "any other link is named"
        yield _found(f"links/{name}", "report" if inside else "reject not_opened", why)
    os.mkfifo(place / "pipe.txt")
    yield _found("links/pipe.txt", "reject not_opened", "a pipe is not waited for")
    with socket.socket(socket.AF_UNIX) as mine:
        here = Path.cwd()
        os.chdir(place)  # the name of a socket may have 107 bytes
        try:
            mine.bind("socket")
        finally:
            os.chdir(here)
    yield _found("links/socket", "reject not_opened", "a socket is no file")
    yield _found("links/inside/a.txt", "report", "the file that a link leads to")


def _found(path: str, outcome: str, why: str) -> Case:
    return Case(path, bytes, outcome, why, "")
