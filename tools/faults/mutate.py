"""Files changed by chance, each the same for its number: each must end as something with a name.

`python -m tools mutate N` reads N of them in all formats, and says what became of them.
"""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from govtext.core.model import UnreadableReport
from govtext.pipeline import sandbox
from govtext.pipeline.assemble import read_file
from tools.faults import hostile
from tools.faults.case import REPORT
from tools.pages import STYLES, content_of

FORMATS = {"txt": 40, "html": 34, "md": 19, "docx": 5, "pdf": 2}
"""Formats with how many of a hundred files are of each: those that take longest are the fewest."""
_MOST_CHANGES = 8
_LONGEST = 200
_PART = "word/document.xml"
Bytes = bytearray


def mutated(name: str, number: int) -> bytes:
    """Bytes of a file of a format with changes of chance; the same number gives the same bytes."""
    chance = random.Random(f"{name} {number}")
    source = chance.choice(_sources(name))
    if name == "docx" and chance.random() < 0.8:  # else the check sums of the container refuse it
        return _packed(source, _changed(_member(source), chance))
    return _changed(source, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    mixed = Bytes(data)
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        if mixed:
            chance.choice(_WAYS)(mixed, chance.randrange(len(mixed)), chance)
    return bytes(mixed)


def _flip(data: Bytes, at: int, chance: random.Random) -> None:
    data[at] ^= 1 << chance.randrange(8)


def _set(data: Bytes, at: int, chance: random.Random) -> None:
    data[at] = chance.choice((0, 0xFF, 0x7F, 0x80, ord("<"), ord("9"), chance.randrange(256)))


def _drop(data: Bytes, at: int, chance: random.Random) -> None:
    del data[at : at + chance.randint(1, _LONGEST)]


def _insert(data: Bytes, at: int, chance: random.Random) -> None:
    data[at:at] = chance.randbytes(chance.randint(1, _LONGEST))


def _repeat(data: Bytes, at: int, chance: random.Random) -> None:
    data[at:at] = data[at : at + chance.randint(1, _LONGEST)] * chance.randint(1, 50)


def _blank(data: Bytes, at: int, chance: random.Random) -> None:
    length = min(len(data) - at, chance.randint(1, 10 * _LONGEST))
    data[at : at + length] = bytes([chance.choice((0, 0x20, 0xFF))]) * length


def _move(data: Bytes, at: int, chance: random.Random) -> None:
    piece = data[at : at + _LONGEST]
    del data[at : at + _LONGEST]
    place = chance.randrange(len(data) + 1)
    data[place:place] = piece


def _cut(data: Bytes, at: int, chance: random.Random) -> None:
    if chance.random() < 0.2:
        del data[at:]


def _digits(data: Bytes, at: int, chance: random.Random) -> None:
    place = next((i for i in range(at, min(len(data), at + 500)) if 48 <= data[i] < 58), None)
    if place is not None:
        data[place : place + 1] = str(chance.choice((0, -1, 9, 10**9, 2**64))).encode()


_WAYS: tuple[Callable[[Bytes, int, random.Random], None], ...] = (
    _flip, _set, _drop, _insert, _repeat, _blank, _move, _cut, _digits,
)  # fmt: skip


@cache
def _sources(name: str) -> tuple[bytes, ...]:
    """Files that are changed."""
    content = content_of(REPORT + "项目\t数量\n受理\t15\n办结\t12\n")
    made = tuple(style.make(content) for style in STYLES.values() if style.suffix == f".{name}")
    if name == "txt":
        made += tuple(REPORT.encode(each) for each in ("gb18030", "utf-16", "utf-16-le"))
    if name == "pdf":
        made += (small_pdf(),)
    return made


def page(style: str) -> bytes:
    """The report as a page of a site."""
    return STYLES[style].make(content_of(REPORT))


def word_file(lines: Iterable[str]) -> bytes:
    """A Word file with a paragraph a line, each in one piece."""
    texts = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in lines)
    head = f"<w:document {hostile.SCHEMA}><w:body>"
    return _packed(_sources("docx")[0], f"{head}{texts}</w:body></w:document>".encode())


def small_pdf() -> bytes:
    """A PDF that is not packed."""
    return hostile.small_pdf(hostile.shown())


def _member(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(_PART)


def _packed(data: bytes, part: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, part if name == _PART else source.read(name))
    return stream.getvalue()


# --- what becomes of them -------------------------------------------------------------------------


def numbered(many: int) -> Iterator[tuple[str, int]]:
    """As many files as asked, each by its format and number, in the shares of `FORMATS`."""
    for name, share in FORMATS.items():
        yield from ((name, number) for number in range(max(1, many * share // 100)))


def outcome(asked: tuple[str, int]) -> str:
    """What becomes of a file: a report, or the cause of its reject."""
    name, number = asked
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{name}"
        path.write_bytes(mutated(name, number))
        try:
            read_file(path, "report", path.name)
        except UnreadableReport as refusal:
            return refusal.cause
    return "report"


def undeclared(asked: Iterable[tuple[str, int]]) -> Iterator[str]:
    """A line for each file that raised what no cause names, in this process."""
    for each in asked:
        try:
            outcome(each)
        except Exception as error:  # noqa: BLE001 -- it is what is looked for
            yield f"{each}: {type(error).__name__}: {error}"


def run(words: list[str]) -> int:
    """Exit status of `python -m tools mutate N`: 1 where one file has no declared outcome."""
    many = int(words[0]) if words and words[0].isdigit() else 0
    if not many:
        print("usage: python -m tools mutate N")
        return 2
    asked = list(numbered(many))
    counts: Counter[str] = Counter()
    wrong = []
    with sandbox.Workers(int(words[1]) if len(words) > 1 else 1) as crew:
        for each, found in zip(asked, crew.map(outcome, asked), strict=True):
            cause = found if isinstance(found, str) else getattr(found, "cause", "")
            counts[f"{each[0]} {cause or 'undeclared'}"] += 1
            if not cause or cause == "crashed":
                wrong.append(f"{each}: {type(found).__name__}: {found}")
    print(*(f"{count:7,} {name}" for name, count in sorted(counts.items())), *wrong, sep="\n")
    print(f"{len(asked):,} files, {len(wrong)} of them without a declared outcome")
    return int(bool(wrong))
