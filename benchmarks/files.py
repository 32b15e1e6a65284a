"""`python -m benchmarks.files`: web pages beside a BeautifulSoup script, and hostile files.

Prints the CPU time to read 1,000 pages of 60 KB in the styles of the page maker, and that of a
script of a few lines that only strips the tags; then for each hostile file what became of it, in
what CPU time and with what memory. What is printed depends on the machine, so no test asserts it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from bs4 import BeautifulSoup

from govtext import read
from tests.hostile import BODY, HOSTILE
from tools.pages import HTML, STYLES, Paragraph, content_of

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
PAGES, SIZE = 1_000, 60_000
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


def pages() -> Iterator[bytes]:
    """Pages of about 60 KB, no two alike, in each style in turn."""
    lines = [
        line for path in sorted(RAW.glob("*.txt")) for line in path.read_text("utf-8").split("\n")
    ]
    whole = content_of("\n".join(lines))
    for number, style in enumerate(islice(cycle(SEEN), PAGES)):
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


def compare() -> None:
    """Print the time of both, and their ratio."""
    made = list(pages())
    own = seconds(read.read_bytes, made)
    baseline = seconds(strip_tags, made)
    size = sum(map(len, made)) / len(made) / 1000
    print(f"{len(made):,} pages of {size:.0f} KB: read {own:.1f} s CPU, BeautifulSoup "
          f"{baseline:.1f} s, {own / baseline:.2f} of the baseline")  # fmt: skip


def attack(name: str, folder: Path) -> bool:
    """Print what became of a hostile file; True if it kept within time and memory."""
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
    verdict = "holds" if within else "ABOVE"
    size = path.stat().st_size
    print(f"{name:<40}{size:>11,} bytes {spent:6.1f} s {memory:6.0f} MB  {outcome:<18} {verdict}")
    return within


def main() -> int:
    compare()
    with tempfile.TemporaryDirectory() as folder:
        held = sum(attack(name, Path(folder)) for name in HOSTILE)
    print(f"{held} of {len(HOSTILE)} hostile files within {SLOWEST} s and {MOST:,} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
