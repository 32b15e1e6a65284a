"""All identities over one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.audit import (
    averages,
    forms,
    mentions,
    named,
    prose,
    restated,
    shares,
    spread,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.core.model import Document, Finding, Frame, Observation, Quantity, Section

_FLAGS_ASIDE = frozenset({"prior_year", "target", "other_body"})


def audit(
    document: Document,
    sections: tuple[Section, ...],
    quantities: tuple[Quantity, ...],
    observations: tuple[Observation, ...],
    frames: tuple[Frame, ...] = (),
) -> tuple[Finding, ...]:
    """Findings on the numbers of a report: which agree, which cannot, which leave it open.

    Parameters
    ----------
    document : Document
        The cleaned report.
    sections : tuple of Section
        Its sections, which cover the text.
    quantities : tuple of Quantity
        Its quantities, in order.
    observations : tuple of Observation
        What is known of its metrics; may be empty. Those of tables are held against the forms'
        identities; a number that one flags as an earlier year's, another body's or a plan's is no
        part of any sum.
    frames : tuple of Frame, default ()
        What the numbers of the prose count: one that is of a part, of another year or of another
        body is held against no table.

    Returns
    -------
    tuple of Finding
        In the order of the text, one a pair of sides. `left`, `right` and `delta` are in the base
        unit of the quantities; shares in percent.

    Notes
    -----
    A number allows what its printing allows: 14万 the values that round to it, 600余 those from
    600 to 700, 近600 those from 500 to 600. A share is broken where it differs from part over total
    by one unit or more of its last printed digit; where it was cut instead of rounded the finding
    is `not_assessable`.
    """
    aside = {
        (each.start, each.end)
        for each in observations
        if _FLAGS_ASIDE.intersection(each.flags.split(";"))
    }
    kept = tuple(each for each in quantities if (each.start, each.end) not in aside)
    sentences = mentions.counted_sentences(document.content, sections, kept)
    found = [
        *sums.sums(sentences),
        *spread.spread(sentences),
        *spread.flows(sentences),
        *spread.impossible(sentences),
        *shares.shares(sentences),
        *averages.averages(sentences),
        *restated.restated(document.text, sentences),
        *named.named(document.content, sentences),
        *forms.forms(observations),
        *prose.prose_and_tables(document, observations, frames),
    ]
    return _once(found)


def _once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in order, each once."""
    unique = {(each.identity, each.start, each.end, each.left, each.right): each for each in found}
    return tuple(
        sorted(
            unique.values(), key=lambda each: (each.start, each.end, each.identity, each.statement)
        )
    )
