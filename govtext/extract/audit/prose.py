"""What the prose of a report says against the cells of its tables (`rules/identities.csv`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.model import NOT_THE_YEARS_OWN, Finding
from govtext.extract.audit.forms import Sides, gather, table_cells, words_of
from govtext.extract.audit.tell import number
from govtext.extract.audit.values import allowed, meet, sum_of
from govtext.extract.audit.vocabulary import identity, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Document, Frame, Observation
    from govtext.extract.audit.forms import Cells

_ASIDE = NOT_THE_YEARS_OWN | {"component", "derived"}
_OWN = frozenset(("own_year", ""))
_BEFORE = 60
"""Characters before a number that may say that it is one of several."""


def prose_and_tables(
    document: Document, observations: Sequence[Observation], frames: Iterable[Frame] = ()
) -> Iterator[Finding]:
    """Findings on each metric that stands in the prose and in a table of the year.

    A row of the rules may give several readings of a number in prose, divided by ``|``: 收到 may
    mean the new requests, or these with those carried in. A number whose frame is of a part, of
    another year or of another body is held against nothing. Of the others one is broken only where
    it claims what the table claims and no reading agrees: it is exact, it is no total that its
    words put among others (`unless` is ``among``: 办理答复的有1件), and no other mention of the
    metric agrees, beside which it may be of another body. Else it is `not_assessable`.
    """
    cells = table_cells(observations)
    if not cells:
        return
    parts = {(each.start, each.metric) for each in frames if each.scope not in _OWN}
    whole: dict[str, list[Observation]] = {}
    for each in observations:
        if _is_of_the_year(each) and (each.start, each.metric) not in parts:
            whole.setdefault(each.metric, []).append(each)
    for row in rules.load("identities"):
        if row["scope"] != "prose_table":
            continue
        said = whole.get(row["left"], ())
        found = [finding for each in said for finding in _held(row, each, cells, document)]
        agrees = any(finding.verdict == "holds" for finding in found)
        for finding in found:
            yield _doubtful(finding) if agrees and finding.verdict == "broken" else finding


def _is_of_the_year(each: Observation) -> bool:
    told = each.source == "text" and each.value is not None
    return told and not _ASIDE.intersection(each.flags.split(";"))


def _held(row: rules.Row, said: Observation, cells: Cells, document: Document) -> Iterator[Finding]:
    """Finding of a mention, by the first reading that agrees, else by the first that can be made.

    A reading with an open cell says nothing.
    """
    readings: list[Sides] = []
    for side in row["right"].split("|"):
        for who in ("total", ""):
            readings += gather(cells, [], [(metric, who) for metric in rules.terms(side)])
    sums = [
        (sum_of(each.value or 0.0 for each in sides.right), sides)
        for sides in readings
        if all(each.value is not None for each in sides.right)
    ]
    if not sums:
        return
    for verdict, wide in (("holds", False), ("not_assessable", True)):
        # The digits of a value that a scholar corrected are not those that are printed.
        printed = "" if "corrected" in said.flags else document.text[said.start : said.end]
        span = allowed(said.value or 0.0, said.qualifier, printed, wide=wide)
        for right, sides in sums:
            if meet(span, (right, right)):
                yield _finding(row, verdict, said, right, sides)
                return
    same = said.qualifier == "exact" and not _is_among(row, said, document)
    yield _finding(row, "broken" if same else "not_assessable", said, *sums[0])


def _is_among(row: rules.Row, said: Observation, document: Document) -> bool:
    """Whether the words right before a total make it one of several."""
    if row["unless"] != "among":
        return False
    before = document.content.folded[max(0, said.start - _BEFORE) : said.start]
    return word("one_of_several").search(before.replace(" ", "")) is not None


def _finding(
    row: rules.Row, verdict: str, said: Observation, right: float, sides: Sides
) -> Finding:
    left = said.value or 0.0
    delta = round(left - right, 6)
    shown = row["statement_en"].format(
        left_words=said.quote, right_words=words_of(sides.right),
        left=number(left), right=number(right),
    ) + identity(verdict)["statement_en"].format(delta=number(abs(delta)))  # fmt: skip
    return Finding(
        identity=row["id"],
        verdict=verdict,
        left=left,
        right=right,
        delta=delta,
        statement=shown,
        start=said.start,
        end=said.end,
    )


def _doubtful(finding: Finding) -> Finding:
    """The same finding, left open."""
    ends = {name: identity(name)["statement_en"] for name in ("broken", "not_assessable")}
    told = ends["broken"].format(delta=number(abs(finding.delta or 0.0)))
    statement = finding.statement.removesuffix(told) + ends["not_assessable"]
    return replace(finding, verdict="not_assessable", statement=statement)
