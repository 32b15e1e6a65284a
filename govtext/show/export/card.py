"""A study -> its data card: what was found, read, missing and rejected, by whom it was checked.

Everything in it is counted when it is made; it says nothing that is not in the tables.
"""

from __future__ import annotations

import hashlib
import re
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from govtext import __version__
from govtext.analyse.panels import coverage
from govtext.core.codebook import CODEBOOK_VERSION
from govtext.core.letters import visible
from govtext.pipeline import sources, standing
from govtext.pipeline.counted import counted_ids
from govtext.show.export import describe
from govtext.validate import score_sample

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from govtext.pipeline.tables import Study

    Block = str | pd.DataFrame

_TITLE = "Data card"
_REPORTS = [
    "report_id", "sha256", "year", "issuer", "admin_level", "form", "kind", "format",
    "province",
]  # fmt: skip
_NO_SAMPLE = (
    "No sample of this corpus is at hand, so nothing is known of the error rates in it; those that "
    "govtext states of its own reports do not carry over. `gt.draw_sample(study, 100)` draws one "
    "to check by hand, `gt.data_card(study, folder, sample=FILE)` says here what it gives."
)
_MOST = 200
"""Rows of a list that the card shows."""
_CITE = (
    "govtext contributors. govtext: Chinese government-information-disclosure annual reports as "
    "data, version {version} (codebook {codebook}). Corpus: {n} reports, sha256 {digest}."
)


def parts(
    study: Study,
    sheets: Mapping[str, pd.DataFrame],
    sample: str | os.PathLike[str] | pd.DataFrame | None = None,
) -> list[tuple[str, list[Block]]]:
    """Headings of the card, each with sentences and frames below it."""
    reports = study.read("reports", _REPORTS)
    kept = set(counted_ids(study))
    counted = reports[reports["report_id"].isin(kept)]
    return [
        ("What was found", _found(study, reports, counted)),
        ("What the reports are", [_by(counted, name) for name in ("year", "admin_level", "form")]),
        ("What is missing", _missing(study)),
        ("What was rejected", _rejected(study)),
        ("How far it can be trusted", _measured(sample)),
        ("Versions", [", ".join([f"govtext {__version__}", f"codebook {CODEBOOK_VERSION}",
                                 *sources.readers()])]),
        ("Codebook", [describe.codebook(sheets), describe.metrics(sheets)]),
        ("How to cite", [_cited(reports)]),
    ]  # fmt: skip


def markdown(blocks: Sequence[tuple[str, list[Block]]]) -> str:
    """Card as Markdown."""
    lines = [f"# {_TITLE}", ""]
    for heading, content in blocks:
        lines += [f"## {heading}", ""]
        for block in content:
            lines += [block if isinstance(block, str) else _table(block), ""]
    return "\n".join(lines)


def html(blocks: Sequence[tuple[str, list[Block]]]) -> str:
    """Card as a page that needs nothing else; everything in it is escaped."""
    made = [
        f"<h2>{escape(heading)}</h2>"
        + "".join(
            f"<p>{escape(block)}</p>" if isinstance(block, str)
            else _plain(block).to_html(index=False, border=0)
            for block in content
        )
        for heading, content in blocks
    ]  # fmt: skip
    style = (
        "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
        "td,th{text-align:left;vertical-align:top;padding:.2em .6em;border-bottom:1px solid #ddd}"
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_TITLE}</title>'
        f"<style>{style}</style></head><body><h1>{_TITLE}</h1>{''.join(made)}</body></html>\n"
    )


def _found(study: Study, reports: pd.DataFrame, counted: pd.DataFrame) -> list[Block]:
    """Sentences on the files: found = reports + rejects + ignored."""
    told = standing.record(study.folder)
    others = reports[~reports["report_id"].isin(counted["report_id"])]
    kinds = others["kind"].fillna("").replace("annual_report", "copy of another report")
    why = ", ".join(f"{n:,} {name}" for name, n in kinds.value_counts().items())
    lines: list[Block] = [
        f"{len(reports):,} reports were read, of which {len(counted):,} count in the analyses"
        + (f"; the others: {why}." if why else "."),
        f"{study.rejects['path'].nunique():,} files or lines were rejected"
        + (f" and {told['n_ignored']:,} ignored as litter." if "n_ignored" in told else "."),
    ]
    return [*lines, _by(reports, "format")]


def _by(reports: pd.DataFrame, column: str) -> pd.DataFrame:
    """Reports by a column: those of no known value last."""
    sizes = reports[column].value_counts(dropna=False).sort_index(na_position="last")
    return sizes.rename("reports").reset_index()


def _missing(study: Study) -> list[Block]:
    """Years of the bodies of which the study has no report."""
    rows = coverage(study)
    gone = rows[rows["state"].isin(["missing", "rejected", "unplaced"])]
    sentence = (
        f"Of {len(rows):,} pairs of body and year, from the first year of the study to its last, "
        f"{(rows['state'] == 'missing').sum():,} have no report in it. A report that is missing "
        "here may have been published and not collected."
    )
    if gone.empty:
        return [sentence]
    years = gone["year"].map(lambda year: "?" if pd.isna(year) else f"{year:.0f}")
    told = gone.assign(years=years, body=gone["body"].fillna("?"))
    listed = told.groupby(["body", "state"], sort=False)["years"].agg(", ".join).reset_index()
    return [sentence, *_most(listed)]


def _rejected(study: Study) -> list[Block]:
    rows = study.rejects
    if rows.empty:
        return ["No file was rejected."]
    return [rows["cause"].value_counts().rename("files").reset_index(), *_most(rows)]


def _most(frame: pd.DataFrame) -> list[Block]:
    """First rows of a frame, and a sentence on how many there are more."""
    left = len(frame) - _MOST
    return [frame.head(_MOST)] + ([f"... and {left:,} rows more."] if left > 0 else [])


def _measured(sample: str | os.PathLike[str] | pd.DataFrame | None) -> list[Block]:
    if sample is None:
        return [_NO_SAMPLE]
    named = "the sample" if isinstance(sample, pd.DataFrame) else str(sample)
    return [f"Measured by hand on {named}.", score_sample(sample).round(3)]


def _cited(reports: pd.DataFrame) -> str:
    """How to cite these tables: the digest stands for the very files that were read."""
    digest = hashlib.sha256("\n".join(sorted(reports["sha256"])).encode()).hexdigest()
    return _CITE.format(
        version=__version__, codebook=CODEBOOK_VERSION, n=len(reports), digest=digest
    )


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Frame of texts, a null as nothing."""
    return (
        frame.astype(object)
        .where(frame.notna(), "")
        .map(lambda cell: f"{cell:g}" if isinstance(cell, float) else visible(str(cell)))
    )


def _table(frame: pd.DataFrame) -> str:
    """Frame as a table of Markdown."""
    rows = [list(map(str, frame.columns)), ["---"] * len(frame.columns)]
    rows += _plain(frame).to_numpy().tolist()
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in rows)


def _cell(text: str) -> str:
    """Text as a cell of Markdown: no mark of it is a tag, a link or the end of the cell."""
    flat = " ".join(text.split())
    return re.sub(r"([\\|\[\]`])", r"\\\1", flat.replace("&", "&amp;").replace("<", "&lt;"))
