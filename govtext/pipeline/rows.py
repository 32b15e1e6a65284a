"""Report -> rows of the tables, as mappings from column to value (`rules/columns.csv`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.model import Entry, Frame, Quantity, Reject, Removal, Report

IDENTITY = (
    "title", "issuer", "issuer_short", "issuer_full", "admin_level", "government_level",
    "province", "prefecture", "county", "region_code", "year", "signed_on", "document_number",
    "form",
)  # fmt: skip


FRAME = ("thing", "act", "channel", "outcome", "scope", "metric", "reason")
"""Slots of the frame of a number, and what became of it."""


def reject_rows(reject: Reject) -> dict[str, list[dict[str, Any]]]:
    """Row of a file that gave no report."""
    return {"rejects": [_fields(reject)]}


def report_rows(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Rows that a report adds to each table, as mappings from column to value.

    What it repeats (`duplicate_of`) is known when all reports are read, and not set here.
    """
    rows = {
        "reports": [_report_row(report)],
        "sections": [_fields(each) for each in report.sections],
        "removals": [_removal_row(report, each) for each in report.document.removals],
        "quantities": list(_quantity_rows(report)),
        "observations": [_fields(each) for each in report.observations],
        "cells": [_cell_row(report, each) for each in report.entries],
        "words": list(_word_rows(report)),
        "themes": list(_theme_rows(report)),
        "findings": [_fields(each) for each in report.findings],
    }
    for table in rows.values():
        for row in table:
            row["report_id"] = report.report_id
    return rows


def _report_row(report: Report) -> dict[str, Any]:
    page, text, identity = report.document.page, report.document.text, report.identity
    return {
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
    }


def _removal_row(report: Report, removal: Removal) -> dict[str, Any]:
    span = report.document.page.raw_span(removal.raw_start, removal.raw_end)
    raw_start, raw_end = span or (None, None)
    return _fields(removal) | {"raw_start": raw_start, "raw_end": raw_end}


def _quantity_rows(report: Report) -> Iterator[dict[str, Any]]:
    """Rows of the numbers, each with the frame that made an observation, else its first one."""
    framed: dict[tuple[int, int], Frame] = {}
    for frame in report.frames:
        first = framed.setdefault((frame.start, frame.end), frame)
        if frame.metric and not first.metric:
            framed[frame.start, frame.end] = frame
    for quantity in report.quantities:
        frame_or_none = framed.get((quantity.start, quantity.end))
        slots = {name: getattr(frame_or_none, name, "") or None for name in FRAME}
        yield _quantity_row(report, quantity) | slots


def _quantity_row(report: Report, quantity: Quantity) -> dict[str, Any]:
    raw_start, raw_end = report.document.raw_span(quantity.start, quantity.end) or (None, None)
    section = report.section_at(quantity.start).section_id
    more = {"section_id": section, "raw_start": raw_start, "raw_end": raw_end}
    return _fields(quantity) | more


def _cell_row(report: Report, entry: Entry) -> dict[str, Any]:
    section = report.section_at(entry.start).section_id
    text = report.document.text[entry.start : entry.end]
    return _fields(entry) | {"section_id": section, "text": text}


def _word_rows(report: Report) -> Iterator[dict[str, Any]]:
    for section in report.sections:
        counted = report.words[section.section_id]
        for word, n in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            yield {"section_id": section.section_id, "word": word, "n": n}


def _theme_rows(report: Report) -> Iterator[dict[str, Any]]:
    for sentence in report.themes:
        section = report.section_at(sentence.start).section_id
        coded = {row["id"]: row["id"] in sentence.themes for row in rules.load("themes")}
        yield {"section_id": section, "start": sentence.start, "end": sentence.end, **coded}


def _fields(noun: Any) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in noun.__slots__}
