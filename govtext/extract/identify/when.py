"""When: the year reported on, and the date under the signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from govtext.core.text import fold
from govtext.extract.identify.dates import (
    DATE,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    SHORT_DATE,
    SHORT_YEAR,
    SPAN,
    YEAR,
    seen,
    to_iso,
    to_year,
)
from govtext.extract.identify.evidence import Evidence, patterns
from govtext.extract.identify.heading import told_titles
from govtext.extract.identify.names import take_apart

_OPENING = 1500
_LONGEST_SIGNATURE = 80
_LONGEST_LINE = 60
_UNDER_TITLE = 6
_NEAR = 16
_AUTUMN = 11
_BREAK = re.compile(r"[。,;!?:\s]")


def signed_on(evidence: Evidence, title: str) -> str | None:
    """Date that stands apart at the end, or on a line of its own under the title (ISO 8601)."""
    stated = title_year(title) or 0
    found = next((date for date in _at_the_end(evidence) if int(date[:4]) >= stated), None)
    if found:
        return found
    for line in _lines(evidence)[1:_UNDER_TITLE]:
        match = DATE.search(line[:_LONGEST_LINE])
        if match and match.end() >= len(line.rstrip(" )")) and _stands_apart(line, match):
            date = to_iso(match)
            return date if date and int(date[:4]) >= stated else None
    return None


def year(
    evidence: Evidence, title: str, title_source: str, signed: str | None
) -> tuple[int | None, str]:
    """Year reported on and where it was read: the title, else a stated period, else the prose."""
    stated = title_year(title)
    if stated:
        return stated, title_source
    told = next(filter(None, map(title_year, told_titles(evidence))), None)
    if told:
        return told, "html_meta"
    text = fold(seen("\n".join(evidence.lines)))
    for row in patterns("period"):
        match = row.search(text, 0, _OPENING)
        if match and (found := to_year(match["year"])):
            return found, "text"
    spoken = list(_spoken_of(text))
    ends = [to_year(found["year"]) for row in patterns("year_end") for found in row.finditer(text)]
    likeliest = _likeliest(spoken, signed) if spoken else next(filter(None, ends), None)
    return likeliest, "text" if likeliest else ""


def why_no_year(evidence: Evidence, title: str, signed: str | None, number: str | None) -> str:
    """Reason why no year is known, by what else names one."""
    folded = fold(seen(title))
    text = fold(seen("\n".join(evidence.lines)))
    for place, words in (("title", folded), ("text", text)):
        named = [each["year"] for each in YEAR.finditer(words)]
        if named and not any(map(to_year, named)):
            return f"the {place} names {named[0]}, no year from {FIRST_YEAR} to {LAST_YEAR}"
    if signed:
        return f"only the date under it names a year ({signed})"
    if number:
        return f"only the document number names a year ({number})"
    short = SHORT_YEAR.search(text, 0, _OPENING)
    if short:
        return f"only a year of two digits is named ({short.group()})"
    date = SHORT_DATE.search(text) or SHORT_DATE.search(evidence.witnesses)
    if date:
        return f"only a date, as of publication, names a year ({date.group()})"
    return "no year is stated as the one reported on"


def title_year(title: str) -> int | None:
    """Last year that a title names, plans apart: 2012年工作总结和2013年工作计划 is on 2012.

    One of two digits is a year too where there is no other: 08年工作总结.
    """
    title = fold(seen(title))
    spans = list(SPAN.finditer(title))
    ends = [*(span.start() for span in spans), len(title)][1:]
    years = [
        to_year(span.group()[:4])
        for span, end in zip(spans, ends, strict=True)
        if not any(row.search(title, span.end(), end) for row in patterns("plan"))
    ]
    short = [] if spans else [to_year(f"20{each['year']}") for each in SHORT_YEAR.finditer(title)]
    return next((found for found in reversed([*years, *short]) if found), None)


def _lines(evidence: Evidence) -> list[str]:
    return [fold(seen(line)) for line in evidence.lines]


def _at_the_end(evidence: Evidence) -> Iterator[str]:
    """Dates that stand like that of a signature, from the last back to the middle of the report."""
    for line in map(seen, reversed(evidence.later)):
        bare = line.strip(" ()")
        alone = DATE.fullmatch(bare) or SHORT_DATE.fullmatch(bare)
        for match in [alone] if alone else reversed(list(DATE.finditer(line))):
            if (alone or _stands_apart(line, match)) and (date := to_iso(match)):
                yield date


def _stands_apart(line: str, date: re.Match[str]) -> bool:
    """True if a date is no part of a sentence: at the end, behind the name of a body."""
    if line[date.end() : date.end() + 1] not in ("", " ", ")"):
        return False
    before = line[max(0, date.start() - _LONGEST_SIGNATURE) : date.start()].rstrip()
    if not before or _is_body("".join(before.split())):
        return True
    breaks = list(_BREAK.finditer(before))
    mark = breaks[-1].group() if breaks else ""
    name = before[breaks[-1].end() if breaks else 0 :]
    if mark in (",", ":"):
        return False
    return _is_body(name) if name else not line[date.end() :].strip(" )")


def _is_body(name: str) -> bool:
    return take_apart(name.lstrip("("), "signature") is not None


def _spoken_of(text: str) -> Iterator[int]:
    """Years that prose speaks of, from the first on; not those of laws, plans and comparisons."""
    for match in YEAR.finditer(text):
        if DATE.match(text, match.start()) or MONTH.match(text, match.start()):
            continue
        behind = text[match.end() : match.end() + _NEAR]
        before = text[max(0, match.start() - _NEAR) : match.start()]
        aside = any(row.match(behind) for row in patterns("year_aside"))
        if not aside and not any(row.search(before) for row in patterns("aside_year")):
            found = to_year(match["year"])
            if found:
                yield found


def _likeliest(years: list[int], signed: str | None) -> int | None:
    """Year that prose is about: the one before the signature, else the first if named the most."""
    counts = Counter(years)
    if signed:
        last, month = int(signed[:4]), int(signed[5:7])
        if month >= _AUTUMN and counts[last] > counts[last - 1]:
            return last
        return last - 1 if counts[last - 1] else None
    ranked = counts.most_common(2)
    tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
    return years[0] if ranked[0][0] == years[0] and not tied else None
