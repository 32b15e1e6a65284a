"""Report -> columns of the tables, as mappings from column to values (`rules/columns.csv`)."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.core.model import Entry, Finding, Observation, Quantity, Reject, Removal, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govtext.core.model import Frame, Report

Columns = dict[str, list[Any]]

IDENTITY = (
    "title", "issuer", "issuer_short", "issuer_full", "admin_level", "government_level",
    "province", "prefecture", "county", "region_code", "year", "signed_on", "document_number",
    "form",
)  # fmt: skip


FRAME = ("thing", "act", "channel", "outcome", "scope", "metric", "reason")
"""Slots of the frame of a number, and what became of it."""


def reject_columns(rejects: Iterable[Reject]) -> dict[str, Columns]:
    """Columns of files that gave no report."""
    return {"rejects": _fields(Reject, tuple(rejects))}


def report_columns(report: Report) -> dict[str, Columns]:
    """Columns that a report adds to each table; what it repeats is not known here."""
    tables = {
        "reports": _report(report),
        "sections": _fields(Section, report.sections),
        "removals": _removals(report),
        "quantities": _quantities(report),
        "observations": _fields(Observation, report.observations),
        "cells": _cells(report),
        "words": _words(report),
        "themes": _themes(report),
        "findings": _fields(Finding, report.findings),
    }
    for columns in tables.values():
        length = len(next(iter(columns.values())))
        columns["report_id"] = [report.report_id] * length
    return tables


def _report(report: Report) -> Columns:
    page, text, identity = report.document.page, report.document.text, report.identity
    row = {
        "path": report.path,
        "format": page.format,
        "encoding": page.encoding,
        "repairs": page.repairs,
        "sha256": page.sha256,
        **{name: getattr(identity, name) for name in IDENTITY},
        "identity_source": "; ".join(f"{k}={v}" for k, v in sorted(identity.sources.items())),
        "identity_reason": "; ".join(f"{k}={v}" for k, v in sorted(identity.reasons.items())),
        "kind": report.kind.name,
        "kind_reason": report.kind.reason,
        "kind_doubtful": report.kind.doubtful,
        "text": text,
        "n_chars": len(text) - text.count("\n"),
        "duplicate_of": None,
    }
    return {name: [value] for name, value in row.items()}


def _removals(report: Report) -> Columns:
    page, removals = report.document.page, report.document.removals
    spans = [page.raw_span(each.raw_start, each.raw_end) for each in removals]
    return _fields(Removal, removals) | _ends(spans)


def _quantities(report: Report) -> Columns:
    """Columns of the numbers, each with the frame that made an observation, else its first one."""
    framed: dict[tuple[int, int], Frame] = {}
    for frame in report.frames:
        first = framed.setdefault((frame.start, frame.end), frame)
        if frame.metric and not first.metric:
            framed[frame.start, frame.end] = frame
    found = report.quantities
    frames = [framed.get((each.start, each.end)) for each in found]
    slots = {name: [getattr(each, name, "") or None for each in frames] for name in FRAME}
    spans = [report.document.raw_span(each.start, each.end) for each in found]
    return _fields(Quantity, found) | _homes(report, found) | _ends(spans) | slots


def _cells(report: Report) -> Columns:
    text = report.document.text
    printed = [text[each.start : each.end] for each in report.entries]
    return _fields(Entry, report.entries) | _homes(report, report.entries) | {"text": printed}


def _words(report: Report) -> Columns:
    columns: Columns = {"section_id": [], "word": [], "n": []}
    for section in report.sections:
        counted = report.words[section.section_id]
        words = sorted(sorted(counted), key=counted.__getitem__, reverse=True)
        columns["section_id"] += [section.section_id] * len(words)
        columns["word"] += words
        columns["n"] += map(counted.__getitem__, words)
    return columns


def _themes(report: Report) -> Columns:
    found = report.themes
    themes = [each.themes for each in found]
    names = [row["id"] for row in rules.load("themes")]
    coded = {name: [name in each for each in themes] for name in names}
    spans = {name: [getattr(each, name) for each in found] for name in ("start", "end")}
    return _homes(report, found) | spans | coded


def _homes(report: Report, found: Iterable[Any]) -> Columns:
    """Section that each thing begins in."""
    starts = [each.start for each in report.sections]
    names = [each.section_id for each in report.sections]
    return {"section_id": [names[bisect_right(starts, each.start) - 1] for each in found]}


def _ends(spans: Iterable[tuple[int, int] | None]) -> Columns:
    """Characters of the decoded file that each thing was, null where it was none."""
    pairs = [span or (None, None) for span in spans]
    return {"raw_start": [start for start, _ in pairs], "raw_end": [end for _, end in pairs]}


def _fields(kind: type[Any], found: Sequence[Any]) -> Columns:
    names = kind.__slots__
    columns = zip(*map(attrgetter(*names), found), strict=True) if found else ((),) * len(names)
    return dict(zip(names, map(list, columns), strict=True))
