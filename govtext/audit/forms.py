"""Identities of the official forms, over observations that were read from tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govtext import rules
from govtext.audit.tell import number
from govtext.audit.vocabulary import identity
from govtext.model import Finding, Observation

_DERIVED = frozenset({"glued_cells", "derived"})
Cells = Mapping[tuple[str, str], Observation]


def forms(observations: Sequence[Observation]) -> Iterator[Finding]:
    """Findings of each identity in each column (and of the columns in each row) of the tables.

    Cells whose digits were split by the very sums are no evidence for them: `not_assessable`, as
    where a cell is blank. An identity with a cell that is not there at all says nothing.
    """
    cells: dict[tuple[str, str], Observation] = {}
    for each in observations:
        if each.source == "table":
            cells.setdefault((each.metric, each.applicant), each)
    applicants = sorted({applicant for _, applicant in cells})
    for row in rules.load("identities"):
        sides = _terms(row["left"]), _terms(row["right"])
        if row["scope"] == "table":
            keys = [[[(term, who) for term in side] for side in sides] for who in applicants]
        elif row["scope"] == "applicants":
            metrics = sorted({metric for metric, who in cells if who})
            keys = [[[(metric, term) for term in side] for side in sides] for metric in metrics]
        else:
            continue
        for left, right in keys:
            if all(key in cells for key in (*left, *right)):
                yield _verdict(
                    row["id"], [cells[key] for key in left], [cells[key] for key in right]
                )


def _terms(side: str) -> list[str]:
    return [term.strip() for term in side.split("+")]


def _verdict(name: str, left: Sequence[Observation], right: Sequence[Observation]) -> Finding:
    cells = [*left, *right]
    values = [each.value for each in cells]
    known = [value for value in values if value is not None]
    split = any(_DERIVED.intersection(each.flags.split(";")) for each in cells)
    start, end = min(each.start for each in cells), max(each.end for each in cells)
    words = {"left_words": _words(left), "right_words": _words(right)}
    if len(known) < len(values):
        shown = identity(name)["statement_en"].format(left="?", right="?", **words)
        shown += identity("not_assessable")["statement_en"]
        return Finding(name, "not_assessable", None, None, None, shown, start, end)
    sides = sum(known[: len(left)]), sum(known[len(left) :])
    delta = round(sides[0] - sides[1], 6)
    verdict = "not_assessable" if split else "broken" if delta else "holds"
    shown = identity(name)["statement_en"].format(
        left=number(sides[0]), right=number(sides[1]), **words
    ) + identity(verdict)["statement_en"].format(delta=number(abs(delta)))
    return Finding(name, verdict, *sides, delta, shown, start, end)


def _words(cells: Sequence[Observation]) -> str:
    """Row label, column and value of each cell."""
    return " + ".join(
        f"{each.row_label or each.metric}{'' if not each.applicant else f'/{each.applicant}'} "
        f"{'?' if each.value is None else number(each.value)}"
        for each in cells
    )
