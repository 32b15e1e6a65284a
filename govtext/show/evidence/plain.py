"""A report as lines of text, for a terminal."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from govtext.core.letters import visible
from govtext.show.evidence.grids import grid, lines, lost_grids
from govtext.show.evidence.marks import both, identity, marks_of, ordered, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.model import Report, Section
    from govtext.core.text import Span
    from govtext.show.evidence.marks import Mark


def plain(report: Report) -> str:
    """Report as lines of text: who and when, what its checks say, each section with its numbers.

    Tables stand in their section, the columns below each other.
    """
    shown = [f"{report.path}", ""]
    shown += [f"{both(name)}: {value}" for name, value in identity(report)]
    shown += ["", f"{len(report.document.removals)} strings removed as page furniture", ""]
    shown += [f"{each.verdict}: {each.statement}" for each in ordered(report.findings)]
    shown += ["", f"{len(report.observations)} observations of the codebook", ""]
    spans, marks = report.document.content.sentences, marks_of(report)
    for section in report.sections:
        title = f"{section.number}{section.title or '…'} [{section.part}]"
        shown.append(f"{'  ' * section.level}{title}")
        indent = "  " * section.level + "    "
        shown += [indent + line for line in _section(report, section, spans, marks)]
    for rows in lost_grids(report):
        shown += ["", *lines(rows)]
    return "\n".join(visible(line.replace("\t", " ")) for line in shown) + "\n"


def _section(
    report: Report, section: Section, spans: Sequence[Span], marks: list[Mark]
) -> Iterator[str]:
    """Numbers of a section with their sentences, then its tables."""
    text = report.document.text
    tables = [each for each in report.document.tables if section.start <= each.start < section.end]
    for mark in within(marks, section.start, section.end):
        if not any(table.start <= mark.start < table.end for table in tables):
            yield f"{mark.label}: {_sentence(text, spans, mark.start, mark.end)}"
    for table in tables:
        yield from ("", *lines(grid(table, text)), "")


def _sentence(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """Sentence that holds a span, on one line."""
    place = bisect_right(spans, start, key=lambda span: span[0]) - 1
    first, last = spans[place] if place >= 0 else (start, end)
    return text[first:last] if start < last else text[start:end]
