"""Document -> Identity: who reports, for which place and year; null and a reason where unsettled.

Cheap and sure first: the title, then the opening sentence, the signature, the page around the
report. A name that several places bear is settled by other places that the report names, or not
at all. Not promised: the full name of a body that the report only abbreviates.
"""

from __future__ import annotations

from dataclasses import replace

from govtext.core import rules
from govtext.core.model import Document, Identity
from govtext.extract.identify import heading, when, who
from govtext.extract.identify.evidence import Evidence
from govtext.extract.identify.kinds import kind

__all__ = ["identify", "kind"]

_REASONS = {
    "title": "no title is printed",
    "signed_on": "no date stands apart at the end or under the title",
    "document_number": "no document number stands above the body",
}


def identify(document: Document, *, within: str = "") -> Identity:
    """Identity of a report.

    Parameters
    ----------
    document : Document
        The cleaned report; what cleaning removed is a witness too.
    within : str, optional
        Code of the place that the files of its folder are of, where the user says so: a clue like
        the code of a site.

    Returns
    -------
    Identity
        Every field that the report settles; `sources` says where each was read, `reasons` why a
        field is null.
    """
    evidence = Evidence(document, within)
    title, title_source = heading.title(evidence)
    signed_on = when.signed_on(evidence, title or "")
    year, year_source = when.year(evidence, title or "", title_source, signed_on)
    number, number_source = heading.document_number(evidence)
    named = who.who(evidence, title or "", title_source, year)
    known = replace(
        named,
        title=title,
        year=year,
        signed_on=signed_on,
        document_number=number,
        form=_form(document.content.folded),
    )
    sources = named.sources | {"title": title_source, "year": year_source, "form": "text"}
    sources |= {"signed_on": "text", "document_number": number_source}
    why = when.why_no_year(evidence, title or "", signed_on, number)
    reasons = named.reasons | _REASONS | {"year": why}
    filled = {name for name in Identity.__dataclass_fields__ if getattr(known, name) is not None}
    return replace(
        known,
        sources={name: text for name, text in sources.items() if name in filled},
        reasons={name: text for name, text in reasons.items() if name not in filled},
    )


def _form(folded: str) -> str:
    """Form of the report, by the labels that only its table prints; prose where none does."""
    label = "".join(folded.split()).lower()
    weights: dict[str, float] = {}
    for row in rules.load("forms"):
        present = row["marker"] in label
        weights[row["form"]] = weights.get(row["form"], 0) + present / int(row["needed"])
    return next((form for form, weight in weights.items() if weight >= 1), "prose")
