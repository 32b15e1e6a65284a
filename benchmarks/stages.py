"""CPU of each stage for a report of 18 KB, beside simple baselines.

Every report is new to every stage, so that nothing kept from the same text helps. The baselines are
the eighty patterns of `benchmarks/baseline.py` and jieba.lcut. Below stand the slow ways of two
stages that give the same: the running text read as a table whatever stands in it, and every term
looked for in every sentence.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from unittest import mock

import jieba

from benchmarks.baseline import PATTERNS
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
    stream_blocks,
    stream_disclosed,
    stream_lists,
    stream_tables,
)
from govtext.pipeline import rows, tables
from govtext.pipeline.assemble import read_file
from tools.made import corpus
from tools.pages import STYLES

if TYPE_CHECKING:
    from govtext.core.model import Document, Report

SIZE = 18 * 1024
SIGNS = (
    (stream_tables, "may_list_applicants"),
    (stream_disclosed, "may_disclose"),
    (stream_blocks, "may_tell_outcomes"),
    (stream_lists, "may_list"),
)
Result = TypeVar("Result")
EACH = 6
"""Reports that a stage goes through in a round."""


@dataclass
class Clock:
    """Milliseconds of CPU that each stage took in each round, for a report of 18 KB."""

    share: float = 1
    spent: dict[str, list[float]] = field(default_factory=dict)

    def __call__(self, name: str, work: Callable[[], Result]) -> Result:
        """What the work gives; the time goes to the stage of this name."""
        start = time.process_time()
        result = work()
        self.spent.setdefault(name, []).append(self.share * (time.process_time() - start))
        return result


def stages(clock: Clock, data: list[bytes]) -> None:
    """Each stage in its turn, on documents that no stage before it has folded or parted."""
    pages = clock("read", lambda: [read.read_bytes(each) for each in data])
    whole = clock("clean", lambda: [clean.clean(page) for page in pages])
    documents = [each for each, _ in clock("repair", lambda: [repair.repair(one) for one in whole])]
    clock("forms", lambda: [forms.table_entries(replace(each)) for each in documents])
    sections = clock("outline", lambda: [outline.outline(replace(each)) for each in documents])
    clock("identify", lambda: [identify.identify(replace(each)) for each in documents])
    seen = clock("numerals", lambda: [numerals.parse(each.text) for each in documents])
    known = list(zip(documents, sections, seen, strict=True))
    said = clock("metrics", lambda: [metrics.read_prose(replace(a), b, c)[1] for a, b, c in known])
    told = [(*three, each) for three, each in zip(known, said, strict=True)]
    clock("audit", lambda: [audit.audit(*four) for four in told])
    clock("themes", lambda: [themes.code(Text(each.text)) for each in documents])
    clock("words", lambda: [words.tokenize(each.text) for each in documents])
    clock("forms, ungated", lambda: ungated(documents))
    clock("themes, by term", lambda: by_term(documents))


def whole(clock: Clock, data: list[bytes]) -> None:
    """All stages of a file together, and its rows as Arrow, on other reports."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.txt") for number in range(len(data))]
        for path, each in zip(paths, data, strict=True):
            path.write_bytes(each)
        reports = clock("a file, all stages", lambda: [_read(path) for path in paths])
    columns = clock("its rows", lambda: [rows.report_columns(each) for each in reports])
    clock("its rows as Arrow", lambda: [_batches(each) for each in columns])


def _read(path: Path) -> Report:
    return read_file(path, path.stem, path.name)


def _batches(columns: Mapping[str, Any]) -> list[object]:
    return [tables.batch(name, some) for name, some in columns.items()]


def baselines(clock: Clock, texts: list[str]) -> None:
    """What is done by hand."""
    clock("80 patterns", lambda: [each.findall(text) for text in texts for each in PATTERNS])
    clock("jieba.lcut", lambda: [jieba.lcut(text) for text in texts])


def ungated(documents: list[Document]) -> None:
    """The tables of running text, without looking for signs of them first."""
    with ExitStack() as stack:
        for module, name in SIGNS:
            stack.enter_context(mock.patch.object(module, name, return_value=True))
        for each in documents:
            forms.table_entries(replace(each))


def by_term(documents: list[Document]) -> None:
    """Every term of the lexicon looked for in every sentence by itself."""
    parts = [row["term"].split("…")[0] for row in rules.load("lexicon")]
    for content in (Text(each.text) for each in documents):
        for start, end in content.sentences:
            sentence = fold(content.text[start:end])
            [first for first in parts if first in sentence]


def figures(rounds: int, seed: int) -> Iterator[Figure]:
    """Milliseconds of CPU of the baselines, of each stage and of the slow ways; middle of rounds.

    The first round warms up and is not counted.
    """
    jieba.setLogLevel(40)
    clock = Clock()
    made = [STYLES["txt"].make(each.content) for each in corpus(2 * EACH * (rounds + 1), seed)]
    for start in range(0, len(made), 2 * EACH):
        some, others = made[start : start + EACH], made[start + EACH : start + 2 * EACH]
        clock.share = 1000 * SIZE / sum(map(len, some))
        baselines(clock, [each.decode() for each in some])
        stages(clock, some)
        clock.share = 1000 * SIZE / sum(map(len, others))
        whole(clock, others)
    for name, spent in clock.spent.items():
        note = "baseline" if name in ("80 patterns", "jieba.lcut") else ""
        yield Figure(
            "stages", name, statistics.median(spent[1:]), "ms", EACH * rounds, "reports", note
        )
