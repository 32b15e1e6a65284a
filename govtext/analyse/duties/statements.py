"""What of a report states a content that the Regulation asks for: `rules/duties.csv` read on it.

An observation of one of the content's metrics comes first, then none below its heading, then the
heading itself with text below it, then a sentence. A word in another context is no statement.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from govtext.core import rules
from govtext.core.text import fold, sentences, stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.analyse.settle import Claim, Settled

_CLAUSE_END = stops("clause", "\n")
_LONGEST = 48  # characters of a quote on either side of what was found
_EDGE = " \n\t:,.。;、"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters that state a content: by an `observation`, a `heading` or a `sentence`."""

    state: str
    kind: str
    start: int
    end: int
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """A report as the evidence is looked for: its text, also folded, with what was found in it.

    `stated` is what it says of each metric that it speaks of.
    """

    text: str
    folded: str
    sections: list[dict[Any, Any]]
    stated: list[Settled]

    def part(self, position: int) -> str:
        """Canonical part of the section that holds a character; empty where none does."""
        place = bisect_right(self.sections, position, key=lambda row: row["start"]) - 1
        return str(self.sections[place]["part"]) if place >= 0 else ""


@cache
def of_kind(kind: str, name: str = "") -> tuple[rules.Row, ...]:
    """Rows of `rules/duties.csv` of one kind, of one content if it is named."""
    rows = (row for row in rules.load("duties") if row["kind"] == kind)
    return tuple(row for row in rows if name in ("", row["id"]))


def find(reading: Searched, name: str) -> Evidence | None:
    """Fullest statement of a content in a report; None where there is none."""
    headings = list(_headings(reading, name))
    zero = _observed(reading, name, "total", "zero_by_negation", "stated_none")
    return (
        _observed(reading, name, "number", "number", "stated_with_number")
        or zero
        or _none_below(reading, name, headings)
        or _sentence(reading, name, "none", "stated_none")
        or next((Evidence("stated_in_words", "heading", *span[:2]) for span in headings), None)
        or _sentence(reading, name, "sentence", "stated_in_words")
        or _observed(reading, name, "number", "zero_by_negation", "stated_in_words")
    )


def _observed(reading: Searched, name: str, kind: str, status: str, state: str) -> Evidence | None:
    """First statement of the metrics of a content, in the order in which the rules name them."""
    for row in of_kind(kind, name):
        for metric in row["pattern"].split(";"):
            found = [
                (each.claim.start, each.metric, each.claim)
                for each in reading.stated
                if each.claim and each.claim.status == status and fnmatchcase(each.metric, metric)
            ]
            if found:
                _, seen, claim = min(found, key=lambda each: each[:2])
                return Evidence(state, "observation", *_quoted(reading.text, claim), seen)
    return None


def _quoted(text: str, seen: Claim) -> tuple[int, int]:
    """Characters of the clause that an observation quotes, else of its number alone."""
    start, end, quote = seen.start, seen.end, seen.quote
    place = text.find(quote, max(0, end - len(quote)), start + len(quote)) if quote else -1
    return (place, place + len(quote)) if 0 <= place <= start else (start, end)


def _headings(reading: Searched, name: str) -> Iterator[tuple[int, int, int]]:
    """Headings of a content that have text below: start, end, and end of what they cover."""
    for place, section in enumerate(reading.sections):
        if not section["title"] or not _is_heading(name, section["title"], section["part"]):
            continue
        below = (row for row in reading.sections[place + 1 :] if row["level"] <= section["level"])
        last = next((row["start"] for row in below), len(reading.text))
        end = _title_end(reading.text, section)
        if reading.folded[end:last].strip(_EDGE):
            yield section["start"], end, last


def _is_heading(name: str, title: str, part: str) -> bool:
    return any(
        part in row["parts"].split(";") and _fits(row, fold(title))
        for row in of_kind("heading", name)
    )


def _title_end(text: str, section: dict[Any, Any]) -> int:
    """End of a printed title; the end of its line where it stands otherwise in the text."""
    title, start, end = section["title"], int(section["start"]), int(section["end"])
    place = text.find(title, start, end)
    if place >= 0:
        return place + len(title)
    line = text.find("\n", start, end)
    return min(line if line >= 0 else end, start + _LONGEST)


def _none_below(
    reading: Searched, name: str, headings: list[tuple[int, int, int]]
) -> Evidence | None:
    """Heading below which the first sentence says no more than that there is none."""
    for start, end, last in headings:
        body = reading.folded[end:last].lstrip(_EDGE)
        first = next(sentences(body), (0, 0))
        said = body[: first[1]].rstrip(_EDGE)
        if any(rules.pattern(row).fullmatch(said) for row in of_kind("none_below", name)):
            begun = last - len(body)
            return Evidence("stated_none", "heading", start, begun + first[1])
    return None


def _sentence(reading: Searched, name: str, kind: str, state: str) -> Evidence | None:
    """First sentence that one of the patterns fits, outside the parts that the row leaves out."""
    rows = of_kind(kind, name)
    for start, end in sentences(reading.folded) if rows else ():
        said = reading.folded[start:end]
        for row in rows:
            found = _statement(row, said)
            if found and (not row["parts"] or reading.part(start) in row["parts"].split(";")):
                return Evidence(state, "sentence", start + found[0], start + found[1])
    return None


def _statement(row: rules.Row, said: str) -> tuple[int, int] | None:
    """Clauses of a folded sentence that a row takes for a statement."""
    for match in rules.pattern(row).finditer(said):
        low, high = max(0, match.start() - _LONGEST), match.end() + _LONGEST
        start = max(
            (cut.end() for cut in _CLAUSE_END.finditer(said, low, match.start())), default=low
        )
        cut = _CLAUSE_END.search(said, match.end(), high)
        end = cut.start() if cut else min(high, len(said))
        needed = not row["needs"] or rules.pattern(row, "needs").search(said)
        if needed and not (row["unless"] and rules.pattern(row, "unless").search(said, start, end)):
            return start, end
    return None


def _fits(row: rules.Row, label: str) -> bool:
    """True if the pattern of a row is in a folded label and what it must not have is not."""
    unless = row["unless"] and rules.pattern(row, "unless").search(label)
    return bool(rules.pattern(row).search(label)) and not unless
