"""What was read from a mended document, led back to the printed one: at one place, for all nouns.

Verbs read the mended text and give spans of it. Here these become spans of the printed text, and
what does not stand there just so is flagged ``repaired``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from govtext.core.model import Entry, Finding, Frame, Observation, Quantity, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.mending import Mending
    from govtext.core.model import Document, Report, Section

Noun = TypeVar("Noun", Entry, Finding, Frame, Observation, Sentence)

_REPAIRED = "repaired"


def printed(report: Report, document: Document, mending: Mending) -> Report:
    """Report whose spans count the characters of the printed document.

    Parameters
    ----------
    report : Report
        What was read from the mended document.
    document : Document
        The document as printed.
    mending : Mending
        The way from one to the other.
    """
    if not mending.steps:
        return report
    read, text = report.document.text, document.text
    return replace(
        report,
        document=document,
        sections=tuple(_sections(report.sections, len(text), mending)),
        quantities=quantities(report.quantities, text, mending),
        observations=tuple(_observation(each, read, text, mending) for each in report.observations),
        findings=tuple(_led_back(each, mending) for each in report.findings),
        themes=tuple(_led_back(each, mending) for each in report.themes),
        entries=tuple(_entry(each, mending) for each in report.entries),
        frames=tuple(_frame(each, mending) for each in report.frames),
    )


def quantities(found: Iterable[Quantity], text: str, mending: Mending) -> tuple[Quantity, ...]:
    """Quantities of a mended text as they stand in the printed `text`."""
    made = []
    for each in found:
        start, end = mending.printed(each.start, each.end)
        flags = _flags(each, mending)
        made.append(replace(each, start=start, end=end, text=text[start:end], flags=flags))
    return tuple(made)


def _sections(found: Sequence[Section], length: int, mending: Mending) -> Iterator[Section]:
    """Sections, which cover the printed text without gaps too."""
    starts = [mending.border(each.start) for each in found]
    ends = [*starts[1:], length]
    for each, start, end in zip(found, starts, ends, strict=True):
        yield replace(each, start=start, end=end)


def _observation(each: Observation, read: str, text: str, mending: Mending) -> Observation:
    quote = each.quote
    place = read.find(quote, max(0, each.end - len(quote)), each.start + len(quote))
    if quote and 0 <= place <= each.start:
        quote = text[slice(*mending.printed(place, place + len(quote)))]
    return replace(_led_back(each, mending), quote=quote, flags=_flags(each, mending))


def _frame(each: Frame, mending: Mending) -> Frame:
    evidence = []
    for one in each.evidence:
        if one.start is None or one.end is None:
            evidence.append(one)
        else:
            start, end = mending.printed(one.start, one.end)
            evidence.append(replace(one, start=start, end=end))
    return replace(_led_back(each, mending), evidence=tuple(evidence))


def _entry(each: Entry, mending: Mending) -> Entry:
    return replace(_led_back(each, mending), flags=_flags(each, mending))


def _led_back(each: Noun, mending: Mending) -> Noun:
    start, end = mending.printed(each.start, each.end)
    return replace(each, start=start, end=end)


def _flags(each: Quantity | Observation | Entry, mending: Mending) -> str:
    """Flags with ``repaired`` where the characters of a value are not printed just so."""
    flags = [flag for flag in each.flags.split(";") if flag]
    is_read = each.value is not None and each.start < each.end
    if is_read and _REPAIRED not in flags and mending.is_repaired(each.start, each.end):
        flags = [_REPAIRED, *flags]
    return ";".join(flags)
