"""CPU of each stage for a report of 18 KB, beside simple baselines.

The first baseline goes with eighty compiled expressions over the same texts, as a script of a few
lines would; the other is jieba.lcut. Below stand the slow ways of two stages that give the same:
the running text read as a table whatever stands in it, and every term looked for in every sentence.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest import mock

import jieba

from benchmarks.measure import Figure
from govtext import read
from govtext.core import rules
from govtext.core.text import Text, fold
from govtext.extract import (
    audit,
    clean,
    forms,
    identify,
    metrics,
    numerals,
    outline,
    repair,
    themes,
    words,
)
from govtext.extract.forms import (
    catalogue,
    stream_blocks,
    stream_disclosed,
    stream_lists,
    stream_tables,
)

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
SIZE = 18 * 1024
EXPRESSIONS = 80
SIGNS = (
    (stream_tables, "may_list_applicants"),
    (stream_disclosed, "may_disclose"),
    (stream_blocks, "may_tell_outcomes"),
    (stream_lists, "may_list"),
)
Work = Callable[[], object]


def seconds(work: Work, rounds: int) -> float:
    """Least CPU seconds of the work, after one round to warm up."""
    work()
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def stages(data: list[bytes]) -> dict[str, Work]:
    """What each stage does, on texts that no stage before it has folded or parted."""
    pages = [read.read_bytes(each) for each in data]
    whole = [clean.clean(page) for page in pages]
    documents = [repair.repair(each)[0] for each in whole]
    known = [(each, outline.outline(each), numerals.parse(each.text)) for each in documents]
    prose = [(each, (sections, quantities)) for each, sections, quantities in known]
    observed = [metrics.read_prose(*each)[1] for each in known]
    return {
        "read": lambda: [read.read_bytes(each) for each in data],
        "clean": lambda: [clean.clean(page) for page in pages],
        "repair": lambda: [repair.repair(each) for each in whole],
        "forms": lambda: [forms.table_entries(replace(each)) for each in documents],
        "outline": lambda: [outline.outline(replace(each)) for each in documents],
        "identify": lambda: [identify.identify(replace(each)) for each in documents],
        "numerals": lambda: [numerals.parse(each.text) for each in documents],
        "metrics": lambda: [metrics.read_prose(replace(each), *rest) for each, rest in prose],
        "audit": lambda: [
            audit.audit(*each, seen) for each, seen in zip(known, observed, strict=True)
        ],
        "themes": lambda: [themes.code(Text(each.text)) for each in documents],
        "words": lambda: [words.tokenize(each.text) for each in documents],
    }


def baselines(texts: list[str]) -> dict[str, Work]:
    """What is done by hand; the first is what all else is set against."""
    labels = [each.pattern for axis in ("row", "column") for each in catalogue.labels(axis)]
    expressions = labels[:EXPRESSIONS]
    return {
        f"{EXPRESSIONS} expressions": lambda: [
            [expression.findall(text) for expression in expressions] for text in texts
        ],
        "jieba.lcut": lambda: [jieba.lcut(text) for text in texts],
    }


def slow_ways(texts: list[str], forms_stage: Work) -> dict[str, Work]:
    """The same results without looking for signs first, and without one pass for all terms."""
    parts = [row["term"].split("…") for row in rules.load("lexicon")]

    def ungated() -> None:
        with ExitStack() as stack:
            for module, name in SIGNS:
                stack.enter_context(mock.patch.object(module, name, return_value=True))
            forms_stage()

    def terms() -> None:
        for content in map(Text, texts):
            for start, end in content.sentences:
                sentence = fold(content.text[start:end])
                [first for first, *_ in parts if first in sentence]

    return {"forms, ungated": ungated, "themes, by term": terms}


def figures(rounds: int) -> Iterator[Figure]:
    """Milliseconds of CPU of the baselines, of each stage and of the slow ways."""
    data = [path.read_bytes() for path in sorted(RAW.glob("*.txt"))]
    texts = [clean.clean(read.read_bytes(each)).text for each in data]
    jieba.setLogLevel(40)
    share = 1000 * SIZE / sum(map(len, data))
    work = stages(data)
    everything = baselines(texts) | work | slow_ways(texts, work["forms"])
    for name, each in everything.items():
        spent = share * seconds(each, rounds)
        note = "baseline" if name in baselines(texts) else ""
        yield Figure("stages", name, spent, "ms", rounds, "rounds", note)
