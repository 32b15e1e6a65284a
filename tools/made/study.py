"""Made reports -> the study that a perfect reading of them gives, without any reading.

For tests of estimators: what they are given is true, so that what they miss is their own. Reports,
observations and themes are filled, and a section is a whole report; every other table is empty.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext.core.codebook import unit_of_metric
from govtext.extract.themes import theme_ids
from govtext.pipeline import tables
from tools.made.corpus import corpus
from tools.made.write import true_of
from tools.pages import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.made.report import MadeReport
    from tools.made.tables import Row

Cells = dict[str, Any]


def perfect(n: int, seed: int = 0, effects: tuple[Row, ...] | None = None) -> tables.Study:
    """Study of the first `n` made documents, every number and theme as it is true.

    Parameters
    ----------
    n, seed, effects
        As for `corpus`.

    Returns
    -------
    Study
        Frames as `govtext.load` gives; the folder does not exist.
    """
    filled = ("reports", "sections", "observations", "themes")
    rows: dict[str, list[Cells]] = {name: [] for name in filled}
    for made in corpus(n, seed, effects):
        for name, row in _read(made):
            rows[name].append(row)
    frames = {name: tables.frame(name, rows.get(name, [])) for name in tables.names()}
    return tables.Study(Path("made"), **frames)


def _read(made: MadeReport) -> Iterator[tuple[str, Cells]]:
    """Rows of the tables, each with the name of its table."""
    text = STYLES["txt"].make(made.content).decode()
    position = 0
    for name, row in true_of(made):
        if name == "reports":
            yield name, _report(row, text)
            section = {"report_id": row["report_id"], "section_id": "0", "level": 0}
            yield "sections", section | {"part": "overview", "start": 0, "end": len(text)}
        elif name == "themes":
            position = text.index(row["text"], position)
            span = {"start": position, "end": position + len(row["text"])}
            themes = {theme: row[theme] for theme in theme_ids()}
            yield name, {"report_id": row["report_id"], "section_id": "0"} | span | themes
        elif name == "observations":
            yield name, _observation(row, text)


def _report(row: Cells, text: str) -> Cells:
    kept = {name: row.get(name) for name in tables.schema("reports").names if name in row}
    told = {"text": text, "n_chars": len(text.replace("\n", "")), "format": "txt"}
    return kept | told | {"issuer_short": row["issuer_brief"], "identity_reason": ""}


def _observation(row: Cells, text: str) -> Cells:
    start = max(0, text.find(row.get("quote", "")))
    known = {"report_id", "metric", "applicant", "value", "status", "source"}
    return {name: row[name] for name in known} | {
        "unit": unit_of_metric()[row["metric"]],
        "qualifier": "exact",
        "section_id": "0",
        "start": start,
        "end": start + 1,
        "quote": row.get("quote", ""),
        "rule": "made",
        "flags": "prior_year" if row["scope"] == "prior" else "",
    }
