"""Where the verbs meet for one file: bytes become a report with all that is read from it.

The verbs are imported where a file is read: the process that sends files to others needs none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.model import (
    Document,
    Observation,
    Page,
    Quantity,
    Report,
    Section,
    Segment,
    Sentence,
    section_at,
)
from govtext.pipeline import corrections, printed, sandbox

if TYPE_CHECKING:
    import pandas as pd

    from govtext.core.text import Text
    from govtext.pipeline.corrections import Correction


def read_apart(path: Path, *, seconds: float = sandbox.SECONDS) -> Report:
    """Report of one file, read in a process with limits.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read; the message says why.
    """
    asked = rules.own(), read_file, path.absolute(), path.stem, path.name
    report: Report = sandbox.run(rules.within, *asked, seconds=seconds)
    return report


def parse_quantities(text: str) -> pd.DataFrame:
    """Frame of the quantities in a text: start, end, text, value, unit, qualifier, flags.

    Parameters
    ----------
    text : str
        Any string; offsets count its characters.
    """
    import pandas as pd

    from govtext.extract import numerals, repair

    page = Page(text, "txt", "utf-8", "")
    mended, mending = repair.repair(Document(page, text, (Segment(0, 0, len(text)),), ()))
    found = printed.quantities(numerals.parse(mended.text), text, mending)
    names = Quantity.__slots__
    return pd.DataFrame([[getattr(each, name) for name in names] for each in found], columns=names)


def read_file(
    path: Path,
    report_id: str,
    shown: str,
    given: Mapping[str, str] | None = None,
    fixes: Sequence[Correction] = (),
) -> Report:
    """Report of one file; its findings are made last, on what was overridden and corrected.

    Parameters
    ----------
    path : Path
        The file.
    report_id, shown : str
        What the report and its path are called in the tables.
    given : mapping, optional
        A row of a manifest, which overrides what is identified.
    fixes : sequence of Correction, default ()
        A scholar's corrections of this report.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read.
    """
    from govtext import read
    from govtext.extract import (
        audit,
        clean,
        forms,
        identify,
        metrics,
        numerals,
        outline,
        repair,
        words,
    )
    from govtext.pipeline.overrides import kind_of, override

    whole = clean.clean(read.read(path))
    document, mending = repair.repair(whole)
    text = document.text
    entries = forms.table_entries(document)
    prose = document.without(forms.spans(entries, document))
    sections = outline.outline(prose)
    row = given or {}
    identity = override(identify.identify(document, within=row.get("within", "")), row)
    kind = kind_of(identify.kind(document, identity), row)
    quantities = numerals.parse(prose.content)
    frames, told = metrics.read_prose(prose, sections, quantities, year=identity.year)
    counted = forms.table_observations(entries, document, sections)
    read_out = tuple(sorted((*told, *counted), key=_place))
    observations = corrections.applied(fixes, read_out, sections)
    audited = tuple(_audited(quantities, observations))
    report = Report(
        report_id=report_id,
        path=shown,
        document=document,
        identity=identity,
        sections=sections,
        quantities=quantities,
        words={each.section_id: words.count(text[each.start : each.end]) for each in sections},
        observations=observations,
        findings=audit.audit(prose, sections, audited, observations, frames),
        themes=_themes(prose.content, sections),
        entries=entries,
        frames=frames,
        kind=kind,
    )
    return printed.printed(report, whole, mending)


def _place(each: Observation) -> tuple[int, int, str, str]:
    return each.start, each.end, each.metric, each.applicant


def _audited(
    quantities: Sequence[Quantity], observations: Sequence[Observation]
) -> Iterator[Quantity]:
    """Quantities with the values that a scholar gave them; those that were withdrawn are out."""
    fixed = {(each.start, each.end): each for each in observations if "corrected" in each.flags}
    for quantity in quantities:
        fix = fixed.get((quantity.start, quantity.end))
        if fix is None:
            yield quantity
        elif fix.value is not None:
            printed = f"{fix.value:.10f}".rstrip("0").rstrip(".") + quantity.unit
            yield replace(quantity, value=fix.value, text=printed, qualifier="exact", flags="")


def _themes(content: Text, sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Every sentence with its themes, which its section's part helps to tell."""
    from govtext.extract import themes

    spans = content.sentences
    parts = [section_at(sections, start).part for start, _ in spans]
    coded = themes.code(content, parts=parts)
    return tuple(
        Sentence(*span, frozenset(found)) for span, found in zip(spans, coded, strict=True)
    )
