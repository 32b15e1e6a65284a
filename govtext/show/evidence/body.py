"""The text of a report as it stands, its numbers marked, its tables drawn as tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtext.show.evidence.grids import aligned, lost_grids
from govtext.show.evidence.look import circled, plain, shown
from govtext.show.evidence.marks import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Cell, Report, Section, Table
    from govtext.show.evidence.look import Look
    from govtext.show.evidence.marks import Mark


def body(look: Look, report: Report, marks: Sequence[Mark]) -> str:
    """Sections of a report, one after the other."""
    ink = _Ink(look, report.document.text, marks)
    tables = [aligned(table, report.entries) for table in report.document.tables]
    return "".join(_section(ink, section, tables) for section in report.sections)


def lost(look: Look, report: Report) -> str:
    """Statistics tables whose grid the file lost, with the labels that were found."""
    return "".join(_lost_grid(look, rows) for rows in lost_grids(report))


def heading(section: Section) -> str:
    """Number and title of a section as printed."""
    return f"{section.number}{section.title}" or "…"


@dataclass(frozen=True, slots=True)
class _Ink:
    """Writes characters of a text, each number marked once: `drawn` are the starts that are."""

    look: Look
    text: str
    marks: Sequence[Mark]
    drawn: set[int] = field(default_factory=set)

    def write(self, begin: int, stop: int) -> str:
        """Characters of a span."""
        parts: list[str] = []
        position = begin
        for mark in self._new(begin, stop):
            parts += (shown(self.text[position : mark.start]), self._mark(mark))
            position = mark.end
        return "".join([*parts, shown(self.text[position:stop])])

    def cell(self, cell: Cell) -> str:
        """Characters of a cell; of a blank one its mark, which links lead to."""
        place = cell.start
        if place < cell.end:
            return self.write(place, cell.end)
        blank = [mark for mark in self._new(place, place + 1) if mark.end == place]
        return "".join(map(self._mark, blank))

    def _new(self, begin: int, stop: int) -> list[Mark]:
        found = within(self.marks, begin, stop)
        return [mark for mark in found if mark.start not in self.drawn]

    def _mark(self, mark: Mark) -> str:
        """The number itself leads to what is said of it; one of the prose has its numbers too."""
        look, words = self.look, shown(self.text[mark.start : mark.end])
        self.drawn.add(mark.start)
        numbers, more = mark.numbers, ""
        if numbers:
            words = look.link("o", numbers[0], words) if words else ""
        elif mark.kind == "left":
            words = look.link("q", f"{mark.start}-{mark.end}", words)
        if numbers and mark.kind != "cell":
            links = "".join(look.link("o", number, circled(number)) for number in numbers)
            more = f"<sup>{links}</sup>"
        others = "".join(f'<span id="{look.anchor("c", each)}"></span>' for each in mark.covered)
        kind = f"{mark.kind} doubtful" if mark.doubtful else mark.kind
        return (
            f'{others}<mark id="{look.anchor("c", mark.start)}"{look.at(kind)} '
            f'title="{plain(mark.label)}">{words}</mark>{more}'
        )


def _section(ink: _Ink, section: Section, tables: Iterable[Table]) -> str:
    """One section: its paragraphs as they stand, its tables as tables."""
    inside = [table for table in tables if section.start <= table.start < section.end]
    parts: list[str] = []
    position = section.start
    for table in inside:
        parts += (*_paragraphs(ink, position, table.start), _grid(ink, table))
        position = table.end
    parts += _paragraphs(ink, position, section.end)
    look = ink.look
    part = f"<div{look.at('quiet')}>{look.coded('part', section.part)}</div>"
    anchor = look.anchor("s", section.section_id)
    return f'<div id="{anchor}"{look.at("section")}>{part}{"".join(parts)}</div>'


def _paragraphs(ink: _Ink, begin: int, stop: int) -> Iterator[str]:
    lines = ink.write(begin, stop).split("\n")
    return (f"<p{ink.look.at('line')}>{line}</p>" for line in lines if line)


def _grid(ink: _Ink, table: Table) -> str:
    """Table with its merged cells."""
    look = ink.look
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        content = ink.cell(cell)
        rows.setdefault(cell.row, []).append(f"<td{look.at('box')}{_spans(cell)}>{content}</td>")
    made = "".join(
        f"<tr>{''.join(rows.get(number, []))}</tr>" for number in range(max(rows, default=-1) + 1)
    )
    return f"<div{look.at('scroll')}><table{look.at('grid')}>{made}</table></div>"


def _spans(cell: Cell) -> str:
    across = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return across + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _lost_grid(look: Look, rows: Iterable[Sequence[str]]) -> str:
    made = "".join(
        "<tr>" + "".join(f"<td{look.at('box')}>{shown(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<div{look.at('scroll')}><table{look.at('grid')}>{made}</table></div>"
