"""Entries -> Observations: cells with a metric, in the unit of the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core.model import Observation, section_at
from govtext.extract.forms import amounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Document, Entry, Section

_STATED = frozenset({"number", "blank", "na"})
_OTHER_YEARS = frozenset({"cumulative", "prior_year"})


def table_observations(
    entries: Sequence[Entry], document: Document, sections: Sequence[Section]
) -> tuple[Observation, ...]:
    """Observations of the cells whose metric is known, in the order of the entries.

    A number stated before in another cell is flagged ``restated``, and ``conflict`` where that
    cell has another number. Cells that could not be read are no observations.

    Parameters
    ----------
    entries : sequence of Entry
        Cells of the statistics tables.
    document : Document
        The report that they stand in.
    sections : sequence of Section
        Its sections.
    """
    made: list[Observation] = []
    stated: dict[tuple[str, str], float] = {}
    for entry in entries:
        if not entry.metric or entry.status not in _STATED:
            continue
        value = amounts.stored(entry.metric, entry.value, entry.unit)
        flags = [flag for flag in entry.flags.split(";") if flag]
        cell = entry.metric, entry.applicant
        if value is not None and not _OTHER_YEARS.intersection(flags):
            if cell in stated:
                flags.append("restated" if stated[cell] == value else "conflict")
            stated.setdefault(cell, value)
        made.append(_observation(entry, value, ";".join(flags), document, sections))
    return tuple(made)


def _observation(
    entry: Entry,
    value: float | None,
    flags: str,
    document: Document,
    sections: Sequence[Section],
) -> Observation:
    said = document.text[entry.start : entry.end].strip()
    return Observation(
        metric=entry.metric,
        value=value,
        status=entry.status,
        unit=amounts.unit_of(entry.metric),
        qualifier="exact",
        section_id=section_at(sections, entry.start).section_id,
        start=entry.start,
        end=entry.end,
        quote=f"{entry.row_label} {said}".strip(),
        rule=entry.rule,
        flags=flags,
        applicant=entry.applicant,
        source="table",
        page=entry.page,
        row_label=entry.row_label,
        column_label=entry.column_label,
    )
