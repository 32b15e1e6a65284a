"""Web pages beside a BeautifulSoup script, PDF pages, and hostile files.

Pages are of 60 KB in the styles of the page maker; the script of a few lines only strips the tags.
What is measured depends on the machine, so no test asserts it.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import pdfplumber
from bs4 import BeautifulSoup

from benchmarks.measure import Figure
from benchmarks.sizes import SEED
from govtext import read
from tools.faults.hostile import BODY, HOSTILE
from tools.made import corpus
from tools.made.files import Printer
from tools.pages import HTML, STYLES, Paragraph, content_of

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
SIZE = 60_000
SLOWEST, MOST = 20, 1_500
SEEN = [style for style in HTML if style != "embedded"]
"""Styles whose report a script that strips the tags does find."""
_CHILD = """
import sys
from pathlib import Path
from govtext.pipeline.assemble import read_file
from govtext.pipeline.sandbox import Workers
from govtext.core.model import UnreadableReport
from govtext.core.text import key
with Workers() as workers:
    try:
        report = workers.run(read_file, Path(sys.argv[1]), "report", "report")
        print("right text" if key(sys.argv[2]) in key(report.document.text) else "WRONG TEXT")
    except UnreadableReport as refusal:
        print(refusal.cause)
"""


def pages(n: int) -> Iterator[bytes]:
    """Pages of about 60 KB, no two alike, in each style in turn."""
    lines = [
        line for path in sorted(RAW.glob("*.txt")) for line in path.read_text("utf-8").split("\n")
    ]
    whole = content_of("\n".join(lines))
    for number, style in enumerate(islice(cycle(SEEN), n)):
        made = len(STYLES[style].make(whole))
        share = max(1, len(whole) * SIZE // made)
        begin = 7 * number % len(whole)
        paragraphs = (
            Paragraph(f"某局第{number}号年度报告", 1),
            *(whole * 8)[begin : begin + share],
        )
        yield STYLES[style].make(paragraphs)


def strip_tags(data: bytes) -> str:
    """What a script does: the text of the page without scripts and styles."""
    soup = BeautifulSoup(data, "html.parser")
    for tag in soup(["script", "style"]):
        tag.decompose()
    return soup.get_text("\n", strip=True)


def seconds(work: Callable[[bytes], object], made: list[bytes]) -> float:
    """CPU seconds of the work on all pages, after one to warm up."""
    work(made[0])
    start = time.process_time()
    for data in made:
        work(data)
    return time.process_time() - start


def web_pages(n: int) -> Iterator[Figure]:
    """CPU of reading pages, and of the script, for a page."""
    made = list(pages(n))
    own, baseline = seconds(read.read_bytes, made), seconds(strip_tags, made)
    size = sum(map(len, made)) / n / 1000
    note = f"{size:.0f} KB each"
    yield Figure("files", "web page read", 1000 * own / n, "ms", n, "pages", note)
    yield Figure("files", "baseline: BeautifulSoup", 1000 * baseline / n, "ms", n, "pages", note)
    yield Figure("files", "baseline over read", baseline / own, "times", n, "pages")


def pdf_pages(n: int) -> Iterator[Figure]:
    """CPU of reading made reports as PDF, for a page of theirs."""
    printer = Printer({"pdf": 1.0})
    made = [printer.printed(each)[1] for each in corpus(n, SEED)]
    spent = seconds(read.read_bytes, made)
    number = sum(map(pages_of, made))
    note = f"{n} made reports"
    yield Figure("files", "PDF page read", 1000 * spent / number, "ms", number, "pages", note)


def pages_of(data: bytes) -> int:
    """Pages of a PDF."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return len(file.pages)


def attack(name: str, folder: Path) -> Figure:
    """CPU of a hostile file; the note says what became of it, in what memory, within the limits."""
    suffix, make = HOSTILE[name]
    path = folder / f"hostile{suffix}"
    path.write_bytes(make())
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, path, BODY], stdout=subprocess.PIPE, text=True
    ) as child:
        outcome = child.stdout.read().strip() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    spent, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    within = spent <= SLOWEST and memory <= MOST and outcome not in ("", "WRONG TEXT")
    told = f"{outcome}, {memory:,.0f} MB, {'holds' if within else 'ABOVE'}"
    return Figure("hostile", name, spent, "s", 1, "file", told)


def hostile_files() -> Iterator[Figure]:
    """Every hostile file, and how many keep within the limits."""
    with tempfile.TemporaryDirectory() as folder:
        tried = [attack(name, Path(folder)) for name in HOSTILE]
    yield from tried
    held = sum(each.note.endswith("holds") for each in tried) / len(tried)
    note = f"{SLOWEST} s and {MOST:,} MB"
    yield Figure("hostile", "within the limits", held, "share", len(tried), "files", note)
