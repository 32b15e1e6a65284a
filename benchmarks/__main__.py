"""`make bench`: the time to read reports beside a named baseline in the same run, and memory.

The baseline is jieba.lcut on the same texts, which any study of Chinese text pays.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from benchmarks import files
from govtext import read
from govtext.extract import audit, clean, identify, metrics, numerals, outline, themes, words

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Median CPU seconds of the work, after one round to warm up."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def main() -> int:
    data = [path.read_bytes() for path in sorted(RAW.glob("*.txt"))]
    pages = [read.read_bytes(each) for each in data]
    documents = [clean.clean(page) for page in pages]
    texts = [document.text for document in documents]
    known = [(each, outline.outline(each), numerals.parse(each.text)) for each in documents]
    observed = [metrics.prose_observations(*each) for each in known]
    jieba.setLogLevel(40)
    baseline = seconds(lambda: [jieba.lcut(text) for text in texts])
    size = sum(map(len, data)) / 1e6
    print(f"baseline jieba.lcut: {baseline:.3f} s CPU, {size / baseline:.2f} MB/s")
    steps: dict[str, Callable[[], object]] = {
        "read": lambda: [read.read_bytes(each) for each in data],
        "clean": lambda: [clean.clean(page) for page in pages],
        "outline": lambda: [outline.outline(document) for document in documents],
        "identify": lambda: [identify.identify(document) for document in documents],
        "numerals": lambda: [numerals.parse(text) for text in texts],
        "metrics": lambda: [metrics.prose_observations(*each) for each in known],
        "audit": lambda: [
            audit.audit(*each, seen) for each, seen in zip(known, observed, strict=True)
        ],
        "themes": lambda: [themes.code(text.split("。")) for text in texts],
        "words": lambda: [words.tokenize(text) for text in texts],
    }
    for name, work in steps.items():
        spent = seconds(work)
        print(
            f"{name:<9} {spent:.3f} s CPU, {size / spent:8.2f} MB/s, "
            f"{spent / baseline:.2f} of the baseline"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    return files.main()


if __name__ == "__main__":
    sys.exit(main())
