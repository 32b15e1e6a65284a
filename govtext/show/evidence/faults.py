"""A finding -> all the numbers that it holds against each other, and where the fault lies."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.extract.audit.forms import gather, table_cells
from govtext.show.evidence.marks import is_doubtful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Finding, Observation, Quantity, Report

    Number = Quantity | Observation

FAULTS = ("report", "reading", "open")
"""The report's own numbers disagree; our reading of one is in doubt; neither is settled."""
_TABLES = ("table", "part")


def numbers_of(finding: Finding, report: Report) -> Sequence[Number]:
    """Numbers of the two sides of a finding, in the order of the text."""
    row = _identity(finding)
    if row["scope"] in _TABLES or row["scope"] == "applicants":
        found = _of_form(finding, row, report)
    elif row["scope"] == "prose_table":
        found = _of_both(finding, row, report)
    else:
        found = []
    return sorted(found or _of_prose(finding, report), key=attrgetter("start", "end"))


def fault_of(finding: Finding, numbers: Sequence[Number], text: str) -> str:
    """One of `FAULTS`, "" where a finding holds.

    The report's own numbers disagree only where each of them was read as it is printed, the words
    leave no other reading (`broken`), and both sides count the same by the form or by one sentence.
    """
    if finding.verdict == "holds":
        return ""
    if any(map(is_doubtful, numbers)):
        return "reading"
    plain = all(each.qualifier == "exact" and _reads_back(each, text) for each in numbers)
    between = _identity(finding)["scope"] == "prose_table"  # they may count different things
    settled = finding.verdict == "broken" and len(numbers) > 1 and plain and not between
    return "report" if settled else "open"


def _identity(finding: Finding) -> rules.Row:
    return next(row for row in rules.load("identities") if row["id"] == finding.identity)


def _of_form(finding: Finding, row: rules.Row, report: Report) -> Sequence[Number]:
    """Cells of the two sides: those of the column, or row, that reaches just as far."""
    cells = table_cells(report.observations)
    terms = [*rules.terms(row["left"]), *rules.terms(row["right"])]
    if row["scope"] == "applicants":
        keys = [[(metric, who) for who in terms] for metric in sorted({m for m, _ in cells})]
    else:
        keys = [[(metric, who) for metric in terms] for who in sorted({who for _, who in cells})]
    for each in keys:
        for sides in gather(cells, each, []):
            reach = min(cell.start for cell in sides.left), max(cell.end for cell in sides.left)
            if reach == (finding.start, finding.end):
                return sides.left
    return []


def _of_both(finding: Finding, row: rules.Row, report: Report) -> Sequence[Number]:
    """The number of the prose, and the cells that make the other side."""
    said = [
        each for each in report.observations
        if (each.start, each.end, each.metric) == (finding.start, finding.end, row["left"])
    ]  # fmt: skip
    cells = table_cells(report.observations)
    for side in row["right"].split("|"):
        for who in ("total", ""):
            for sides in gather(cells, [], [(metric, who) for metric in rules.terms(side)]):
                values = [each.value for each in sides.right]
                if None not in values and sum(filter(None, values)) == finding.right:
                    return [*said[:1], *sides.right]
    return said[:1]


def _of_prose(finding: Finding, report: Report) -> Sequence[Number]:
    """Numbers that stand where the finding says and that its statement quotes, else all there."""
    first, last = finding.start, finding.end
    there = [each for each in report.quantities if first <= each.start and each.end <= last]
    quoted = [each for each in there if "".join(each.text.split()) in finding.statement]
    known = {(each.start, each.end): each for each in report.observations}
    return [known.get((each.start, each.end), each) for each in quoted or there]


def _reads_back(number: Number, text: str) -> bool:
    """Whether a number of a table is just the digits that stand there; one of the prose is."""
    if getattr(number, "source", "text") == "text" or number.value is None:
        return number.value is not None
    try:
        return float(text[number.start : number.end].replace(",", "")) == number.value
    except ValueError:
        return False
