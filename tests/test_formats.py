"""File types: a report says the same in every encoding, on every site, on paper and in Word.

What is expected is what the plain text of the five reports gives, so that no number stands here.
"""

from __future__ import annotations

import codecs
import re
from difflib import SequenceMatcher
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings

from govtext.core.model import Document, Report, Table, UnreadableReport
from govtext.core.text import key
from govtext.extract.clean import clean
from govtext.pipeline.assemble import read_apart, read_file
from govtext.read import read_bytes
from tests import forms_maker
from tests.cases import WHOLE, examples
from tools.faults.hostile import BODY, HOSTILE, UNREADABLE
from tools.pages import HTML, STYLES, Grid, content_of

RAW = {path.stem: path for path in sorted((Path(__file__).parents[1] / "data/raw").glob("*.txt"))}
ENCODINGS = {
    "utf-8": b"", "utf-8-sig": b"", "gb18030": b"", "gbk": b"", "gb2312": b"",
    "utf-16-le": b"", "utf-16-be": b"", "gb18030 marked": "\ufeff".encode("gb18030"),
    "utf-16-le marked": codecs.BOM_UTF16_LE, "utf-16-be marked": codecs.BOM_UTF16_BE,
    "utf-32-le marked": codecs.BOM_UTF32_LE, "utf-32-be marked": codecs.BOM_UTF32_BE,
}  # fmt: skip
PRINTED = [name for name, style in STYLES.items() if style.grid]
MERGED = [*HTML, "docx", "pdf", "pdf_landscape"]
"""Styles that mark which cells are merged."""
LEAST_ALIKE = 0.99
LIMITS = ("too_large", "too_slow", "too_much_memory", "damaged")
PATIENCE = examples(12, 5)
"""Seconds for a hostile file: fewer than the default, so that the tests are not held up."""
ENDLESS = {"a table of 100,000 rows", "50 MB in a line of text", "50 MB in a line of markup"}
"""Files that the default does not suffice for: they are given up after a second."""

reports = pytest.mark.parametrize("report", RAW)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def reading(folder):
    """Function that reads bytes through a file; the same bytes are read once."""

    @cache
    def read(data: bytes, suffix: str) -> Report:
        path = folder / f"report{suffix}"
        path.write_bytes(data)
        return read_file(path, path.stem, path.name)

    return read


@pytest.fixture(scope="module")
def printed(reading):
    """Function that prints the body of a report in a style and reads that."""

    @cache
    def read(report: str, style: str) -> Report:
        content = content_of(reading(RAW[report].read_bytes(), ".txt").document.text)
        return reading(STYLES[style].make(content), STYLES[style].suffix)

    return read


def said(report: Report) -> list[tuple[object, ...]]:
    """What the observations of a report say, wherever they stand."""
    return [
        (each.metric, each.value, each.status, each.flags, key(each.quote), each.source)
        for each in report.observations
    ]


def headings(report: Report) -> list[tuple[object, ...]]:
    return [(each.level, key(each.number), key(each.title)) for each in report.sections]


def alike(left: str, right: str) -> float:
    """Share of the characters that two texts have in common, in order."""
    return 1 if left == right else SequenceMatcher(None, left, right, autojunk=False).ratio()


def cells(document: Document, table: Table) -> list[tuple[object, ...]]:
    """Cells of a table with their places and the characters that stand there."""
    return [
        (each.row, each.column, each.rows, each.columns, key(document.text[each.start : each.end]))
        for each in table.cells
    ]


def held(text: str, encoding: str) -> str:
    """Text with a plain space, or a full stop, for a mark that an older encoding lacks."""
    lacking = {mark for mark in set(text) if not mark.encode(encoding, errors="ignore")}
    return text.translate({ord(mark): " " if mark.isspace() else "." for mark in lacking})


@pytest.mark.parametrize("name", ENCODINGS)
@reports
def test_a_report_says_the_same_in_every_encoding(reading, report, name):
    encoding = name.split(" ", maxsplit=1)[0]
    text = held(RAW[report].read_text(encoding="utf-8"), encoding)
    plain, found = (
        reading(mark + text.encode(codec), ".txt")
        for mark, codec in ((b"", "utf-8"), (ENCODINGS[name], encoding))
    )
    assert found.document.text == plain.document.text
    assert said(found) == said(plain)
    assert headings(found) == headings(plain)
    assert found.identity == plain.identity


@pytest.mark.parametrize("style", PRINTED)
@reports
def test_a_report_says_the_same_in_every_file_type(reading, printed, report, style):
    plain, found = reading(RAW[report].read_bytes(), ".txt"), printed(report, style)
    assert alike(key(plain.document.text), key(found.document.text)) >= LEAST_ALIKE
    assert said(found) == said(plain)


@pytest.mark.parametrize("style", PRINTED)
@reports
def test_no_character_of_the_body_is_lost(reading, printed, report, style):
    body = key(reading(RAW[report].read_bytes(), ".txt").document.text)
    rest = iter(key(printed(report, style).document.text))
    lost = [body[max(0, at - 20) : at + 1] for at, mark in enumerate(body) if mark not in rest]
    assert lost == []


@pytest.mark.parametrize("style", [name for name, each in STYLES.items() if each.furniture])
@reports
def test_the_furniture_of_a_page_is_taken_out_and_listed(reading, printed, report, style):
    body = key(reading(RAW[report].read_bytes(), ".txt").document.text)
    document = printed(report, style).document
    text, gone = key(document.text), "".join(key(each.text) for each in document.removals)
    furniture = [key(each) for each in STYLES[style].furniture]
    assert [each for each in furniture if text.count(each) > body.count(each)] == []
    assert [each for each in furniture if each not in gone] == []


@pytest.mark.parametrize("style", HTML)
def test_the_maker_prints_the_furniture_that_it_names(style):
    """Else a test above could not fail."""
    data = STYLES[style].make(content_of(BODY))
    markup = data.decode("gb18030" if b"\xd5\xfe" in data else "utf-8")
    seen = key(unescape(re.sub("<[^>]*>", "", markup)))
    assert [each for each in STYLES[style].furniture if key(each) not in seen] == []


@pytest.mark.parametrize("style", MERGED)
@settings(max_examples=examples(8, 3))
@given(report=forms_maker.reports("table2021"))
def test_a_table_keeps_its_grid(style, report):
    content = forms_maker.content_of(report)
    document = clean(read_bytes(STYLES[style].make(content)))
    printed = [each for each in content if isinstance(each, Grid)]
    assert [cells(document, table) for table in document.tables] == [
        [
            (row, column, cell.rows, cell.columns, key(cell.text))
            for row, column, cell in grid.placed()
        ]
        for grid in printed
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_its_text_or_a_named_reject(folder, name):
    suffix, make = HOSTILE[name]
    path = folder / f"hostile{suffix}"
    path.write_bytes(make())
    try:
        seconds = 1 if name in ENDLESS and not WHOLE else PATIENCE
        text = key(read_apart(path, seconds=seconds).document.text)
    except UnreadableReport as refusal:
        outcome = refusal.cause
    else:
        outcome = "right text" if key(BODY) in text else "wrong text"
    assert outcome in ([UNREADABLE[name]] if name in UNREADABLE else ["right text", *LIMITS])
