"""A report as a page for a browser, and as a notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from govtext.show.evidence.grids import lost_grids
from govtext.show.evidence.marks import (
    VERDICTS,
    both,
    identity,
    marks_of,
    nearest,
    ordered,
    value,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Cell, Report, Section, Table
    from govtext.show.evidence.marks import Mark

# Styles stand at the tags: an exported notebook drops style sheets.
_GREY = "color:#777"
_SECTION = "border-left:2px solid #ddd;padding-left:1em;margin:1em 0"
_LINE = "margin:.3em 0"
_CELL = "text-align:left;vertical-align:top;padding:.1em .8em .1em 0"
_GRID = "border-collapse:collapse;margin:.6em 0;font-size:85%"
_BOX = "border:1px solid #ccc;padding:.1em .5em;text-align:left;vertical-align:top"
_PAGE = "font:16px/1.7 'Noto Sans SC',sans-serif;max-width:56em;margin:2em auto;color:#222"


def page(report: Report) -> str:
    """Report as one HTML page that stands alone, its numbers marked, its sections labelled."""
    title = escape(report.identity.title or report.path)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body style="{_PAGE}">{fragment(report)}</body></html>\n'
    )


def fragment(report: Report) -> str:
    """Body of the page, as a notebook shows it."""
    title = escape(report.identity.title or report.path)
    who = _lines((escape(label), escape(str(value))) for label, value in identity(report))
    name, marks = report.document.page.sha256[:8], marks_of(report)
    findings = ordered(report.findings)
    said = {
        verdict: [
            (f'<span style="{VERDICTS[verdict]}">{verdict.replace("_", " ")}</span>',
             f'<a href="#{name}-{nearest(marks, each.start)}">{escape(each.statement)}</a>')
            for each in findings if each.verdict == verdict
        ]
        for verdict in VERDICTS
    }  # fmt: skip
    seen = (
        (escape(each.metric),
         f'<a href="#{name}-{nearest(marks, each.start)}">{escape(value(each))}</a>',
         escape(each.flags.replace(";", " ")), escape(each.quote))
        for each in report.observations if each.source == "text"
    )  # fmt: skip
    lost = "".join(map(_lost_grid, lost_grids(report)))
    ink = _Ink(report.document.text, marks, name)
    body = "".join(_section(ink, section, report.document.tables) for section in report.sections)
    return (
        f"<h3>{title}</h3>{who}"
        f"{_head('findings')}{_lines(said['broken'])}"
        f"{_folded(both('not_assessable'), said['not_assessable'])}"
        f"{_folded(both('holds'), said['holds'])}{_head('observations')}{_lines(seen)}"
        f"{lost and _head('lost_grid') + lost}"
        f"{_head('text')}{body}"
    )


def _head(name: str) -> str:
    return f"<h4>{both(name)}</h4>"


@dataclass(frozen=True, slots=True)
class _Ink:
    """Writes characters of a text, each number marked."""

    text: str
    marks: Sequence[Mark]
    name: str

    def write(self, begin: int, stop: int) -> str:
        """Characters of a span."""
        parts: list[str] = []
        position = begin
        for start, end, label, colour in within(self.marks, begin, stop):
            parts.append(escape(self.text[position:start]))
            parts.append(
                f'<mark id="{self.name}-{start}" style="{colour}" title="{escape(label)}">'
                f"{escape(self.text[start:end])}</mark>"
            )
            position = end
        return "".join([*parts, escape(self.text[position:stop])])


def _section(ink: _Ink, section: Section, tables: Iterable[Table]) -> str:
    """One section: its paragraphs as they stand, its tables as tables."""
    inside = [table for table in tables if section.start <= table.start < section.end]
    parts: list[str] = []
    position = section.start
    for table in inside:
        parts += (*_paragraphs(ink.write(position, table.start)), _grid(ink, table))
        position = table.end
    parts += _paragraphs(ink.write(position, section.end))
    part = f'<div style="{_GREY}">{escape(section.part)}</div>'
    return f'<div style="{_SECTION}">{part}{"".join(parts)}</div>'


def _paragraphs(written: str) -> Iterator[str]:
    return (f'<p style="{_LINE}">{line}</p>' for line in written.split("\n") if line)


def _grid(ink: _Ink, table: Table) -> str:
    """Table with its merged cells."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        spans = _spans(cell)
        content = ink.write(cell.start, cell.end)
        rows.setdefault(cell.row, []).append(f'<td style="{_BOX}"{spans}>{content}</td>')
    body = "".join(
        f"<tr>{''.join(rows.get(number, []))}</tr>" for number in range(max(rows, default=-1) + 1)
    )
    return f'<table style="{_GRID}">{body}</table>'


def _spans(cell: Cell) -> str:
    across = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return across + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _lost_grid(rows: Iterable[Sequence[str]]) -> str:
    return _lines((map(escape, row) for row in rows), cell=_BOX, table=f' style="{_GRID}"')


def _folded(name: str, lines: Sequence[Sequence[str]]) -> str:
    """Table that opens at a click, with its number of rows; nothing for an empty one."""
    summary = f"<summary>{len(lines)} {name}</summary>"
    return f"<details>{summary}{_lines(lines)}</details>" if lines else ""


def _lines(lines: Iterable[Iterable[str]], *, cell: str = _CELL, table: str = "") -> str:
    """Table of cells that are escaped already; nothing where there are none."""
    body = "".join(
        "<tr>" + "".join(f'<td style="{cell}">{each}</td>' for each in line) + "</tr>"
        for line in lines
    )
    return f"<table{table}>{body}</table>" if body else ""
