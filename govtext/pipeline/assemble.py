"""Where the verbs meet for one file: bytes become a report with all that is read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext import read
from govtext.core.model import (
    Document,
    Identity,
    Observation,
    Page,
    Quantity,
    Report,
    Section,
    Segment,
    Sentence,
    section_at,
)
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
from govtext.pipeline import printed, sandbox

if TYPE_CHECKING:
    import pandas as pd

    from govtext.core.text import Text

_OVERRIDES = ("issuer", "issuer_short", "year", "province", "prefecture", "county", "region_code")


def read_apart(path: Path, *, seconds: float = sandbox.SECONDS) -> Report:
    """Report of one file, read in a process with limits.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read; the message says why.
    """
    report: Report = sandbox.run(read_file, path.absolute(), path.stem, path.name, seconds=seconds)
    return report


def parse_quantities(text: str) -> pd.DataFrame:
    """Frame of the quantities in a text: start, end, text, value, unit, qualifier, flags.

    Parameters
    ----------
    text : str
        Any string; offsets count its characters.
    """
    import pandas as pd

    page = Page(text, "txt", "utf-8", "")
    mended, mending = repair.repair(Document(page, text, (Segment(0, 0, len(text)),), ()))
    found = printed.quantities(numerals.parse(mended.text), text, mending)
    names = Quantity.__slots__
    return pd.DataFrame([[getattr(each, name) for name in names] for each in found], columns=names)


def read_file(
    path: Path, report_id: str, shown: str, given: Mapping[str, str] | None = None
) -> Report:
    """Report of one file.

    Parameters
    ----------
    path : Path
        The file.
    report_id, shown : str
        What the report and its path are called in the tables.
    given : mapping, optional
        A row of a manifest, which overrides what is identified.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read.
    """
    whole = clean.clean(read.read(path))
    document, mending = repair.repair(whole)
    text = document.text
    entries = forms.table_entries(document)
    prose = document.without(forms.spans(entries, document))
    sections = outline.outline(prose)
    identity = _override(identify.identify(document), given or {})
    quantities = numerals.parse(prose.content)
    told = metrics.observe(prose, sections, quantities, year=identity.year)
    counted = forms.table_observations(entries, document, sections)
    observations = tuple(sorted((*told, *counted), key=_place))
    report = Report(
        report_id=report_id,
        path=shown,
        document=document,
        identity=identity,
        sections=sections,
        quantities=quantities,
        words={each.section_id: words.count(text[each.start : each.end]) for each in sections},
        observations=observations,
        findings=audit.audit(prose, sections, quantities, observations),
        themes=_themes(prose.content, sections),
        entries=entries,
    )
    return printed.printed(report, whole, mending)


def _place(each: Observation) -> tuple[int, int, str, str]:
    return each.start, each.end, each.metric, each.applicant


def _override(identity: Identity, row: Mapping[str, str]) -> Identity:
    """Identity with what a manifest says in place of what was read."""
    given: dict[str, Any] = {name: row[name] for name in _OVERRIDES if row.get(name)}
    if "year" in given and not given["year"].isdecimal():
        del given["year"]
    if not given:
        return identity
    read_from = identity.sources | dict.fromkeys(given, "manifest")
    reasons = {name: why for name, why in identity.reasons.items() if name not in given}
    if "year" in given:
        given["year"] = int(given["year"])
    return replace(identity, **given, sources=read_from, reasons=reasons)


def _themes(content: Text, sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Every sentence with its themes, which its section's part helps to tell."""
    spans = content.sentences
    parts = [section_at(sections, start).part for start, _ in spans]
    coded = themes.code([content.text[start:end] for start, end in spans], parts=parts)
    return tuple(
        Sentence(*span, frozenset(found)) for span, found in zip(spans, coded, strict=True)
    )
