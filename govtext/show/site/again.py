"""Tables of a study -> its reports again, as far as the tables tell: for pages, no file is read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from govtext.analyse.records import pairs, records
from govtext.core.model import (
    Cell,
    Document,
    Entry,
    Finding,
    Frame,
    Identity,
    Kind,
    Observation,
    Page,
    Quantity,
    Removal,
    Report,
    Section,
    Table,
)
from govtext.pipeline import rows, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govtext.core.text import Span
    from govtext.pipeline.tables import Study

    Row = Mapping[str, Any]

BATCH = 100
"""Reports in memory at once."""
_COLUMNS = (
    *rows.IDENTITY, "path", "format", "encoding", "repairs", "sha256", "identity_source",
    "identity_reason", "kind", "kind_reason", "kind_doubtful", "text",
)  # fmt: skip
_Noun = TypeVar("_Noun")


def reports(study: Study) -> Iterator[Report]:
    """Reports of a study in the order of their ids, with all that the tables hold of them.

    A table of a form has the rows that the text has; how its cells were merged is lost. The words
    that filled the slots of a number are not in the tables.
    """
    for part in study.batches(BATCH):
        found: dict[str, Mapping[str, Sequence[Any]]] = {
            "sections": _nouns(part, "sections", Section),
            "quantities": _nouns(part, "quantities", Quantity),
            "observations": _nouns(part, "observations", Observation),
            "entries": _nouns(part, "cells", Entry),
            "findings": _nouns(part, "findings", Finding),
        }
        frames, (removals, no_text) = _frames(part), _removals(part)
        for row in _rows(part, "reports", _COLUMNS):
            key = row["report_id"]
            mine = {name: tuple(nouns.get(key, ())) for name, nouns in found.items()}
            page = Page("", row["format"], row["encoding"], row["sha256"], row["repairs"],
                        segments=() if key in no_text else None)  # fmt: skip
            grids = tuple(_grids(row["text"], mine["entries"]))
            document = Document(page, row["text"], (), tuple(removals.get(key, ())), grids)
            yield Report(
                report_id=key,
                path=row["path"],
                document=document,
                identity=_identity(row),
                words={},
                themes=(),
                frames=tuple(frames.get(key, ())),
                kind=Kind(row["kind"], row["kind_reason"] or "", bool(row["kind_doubtful"])),
                **mine,
            )


def _identity(row: Row) -> Identity:
    told = {name: row[name] for name in rows.IDENTITY}
    sources, reasons = pairs(row["identity_source"]), pairs(row["identity_reason"])
    return Identity(**told, sources=sources, reasons=reasons)


def _nouns(study: Study, table: str, kind: type[_Noun]) -> dict[str, list[_Noun]]:
    """Nouns of each report, made of the columns that are called like their fields."""
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    found: dict[str, list[_Noun]] = defaultdict(list)
    for row in _rows(study, table, names):
        found[row.pop("report_id")].append(kind(**row))
    return found


def _rows(study: Study, table: str, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Rows of a table with their report; whole numbers are no floats, a null is None."""
    frame = study.read(table, ["report_id", *names])
    whole = [each.name for each in tables.schema(table) if str(each.type) == "int64"]
    yield from records(frame.astype({name: "Int64" for name in whole if name in frame}))


def _frames(study: Study) -> dict[str, list[Frame]]:
    """Frames of the numbers of the prose, as far as the table of quantities has them."""
    found: dict[str, list[Frame]] = defaultdict(list)
    for row in _rows(study, "quantities", ["start", "end", *rows.FRAME]):
        key, start, end = row.pop("report_id"), row.pop("start"), row.pop("end")
        told: dict[str, Any] = {name: value or "" for name, value in row.items()}
        if any(told.values()):
            found[key].append(Frame(start, end, by="", rule="", **told))
    return found


def _removals(study: Study) -> tuple[dict[str, list[Removal]], set[str]]:
    """What was removed from each report, and the reports whose file is no text."""
    found: dict[str, list[Removal]] = defaultdict(list)
    no_text = set()
    for row in _rows(study, "removals", ["text", "rule", "raw_start", "raw_end"]):
        key, text, rule, *raw = row.values()
        found[key].append(Removal(text, rule, *(place or 0 for place in raw)))
        if None in raw:
            no_text.add(key)
    return found, no_text


def _grids(text: str, entries: Iterable[Entry]) -> Iterator[Table]:
    """Tables of a report: runs of lines that have cells, a number of a form in one of them."""
    starts = sorted(each.start for each in entries)
    run: list[Span] = []
    begin = 0
    for line in (*text.split("\n"), ""):
        stop = begin + len(line)
        if "\t" in line or bisect_left(starts, begin) < bisect_right(starts, stop):
            run.append((begin, stop))
        else:
            if run and bisect_left(starts, run[0][0]) < bisect_right(starts, run[-1][1]):
                yield _grid(text, run)
            run = []
        begin = stop + 1


def _grid(text: str, lines: Sequence[Span]) -> Table:
    """Rows of a table as the text has them, one a line."""
    cells: list[Cell] = []
    for row, (begin, stop) in enumerate(lines):
        start = begin
        for column, words in enumerate(text[begin:stop].split("\t")):
            cells.append(Cell(row, column, 1, 1, start, start + len(words)))
            start += len(words) + 1
    return Table(lines[0][0], lines[-1][1], tuple(cells))
