"""Two reports -> what the one has and the other has not: sections, sentences and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.analyse.settle import Said
from govtext.core import rules, text
from govtext.pipeline import rows, tables
from govtext.pipeline.assemble import read_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from govtext.analyse.settle import Settled
    from govtext.core.model import Report
    from govtext.pipeline.tables import Study

CHANGES = ("kept", "changed", "added", "dropped")
_COLUMNS = [
    "kind", "change", "part", "metric", "applicant", "before", "after", "similarity",
    "value_before", "value_after", "difference", "start_before", "end_before", "start_after",
    "end_after", "note",
]  # fmt: skip
_TYPES: dict[Any, Any] = {
    **dict.fromkeys(("similarity", "value_before", "value_after", "difference"), "float64"),
    **dict.fromkeys(("start_before", "end_before", "start_after", "end_after"), "Int64"),
}
_LIKE = 0.6
"""Least likeness, 0 to 1, of two sentences or headings that count as one that was changed."""
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading or sentence of a report: its part, what it says, and its characters."""

    part: str
    said: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What is compared: spaces, widths and case aside."""
        return text.key(self.said)


Pair = tuple[Piece | None, Piece | None, float]


def diff(a: Any, b: Any, *, study: Study | None = None, least: float = _LIKE) -> pd.DataFrame:
    """What two reports have in common and what not: a row a heading, a sentence and a number.

    Parameters
    ----------
    a, b : Reading, path or str
        The earlier report and the later: each as `read_report` gives, a file, or with `study` the
        report_id of one of its reports.
    study : Study, optional
        As `load` gives.
    least : float, default 0.6
        Least likeness of two sentences, or two headings, that count as one that was changed.

    Returns
    -------
    pandas.DataFrame
        kind (``section``, ``sentence`` or ``number``), change (``kept``, ``changed``, ``added`` in
        `b`, ``dropped`` from `a`), part, metric and applicant (of a number), before and after (the
        heading, the sentence, the quote), similarity (0 to 1), value_before, value_after,
        difference (after less before), start_before, end_before, start_after, end_after (characters
        of the two texts), note (why a number has no value; that a sentence differs in numbers
        alone; that the forms changed what is counted). Sections first, then sentences and numbers,
        each in the order of `b`, what was dropped last.

    Raises
    ------
    KeyError
        If the study has no report of such an id.

    Notes
    -----
    Sentences are kept where they are equal, spaces, widths and case aside, wherever they stand; of
    the rest those that are most alike are paired first, if their likeness is at least `least`:
    2 M / (n + m), M characters in matching blocks of n and m [1]_. Of two headings in the same
    part the same holds. A number is the value that `stated` takes for a metric; one that a report
    states and the other does not is ``added`` or ``dropped``, never a difference from zero. What
    moved and was rewritten at once is told as dropped and added.

    References
    ----------
    .. [1] Ratcliff, J. W. and Metzener, D. (1988). Pattern matching: the gestalt approach. Dr.
       Dobb's Journal 13(7), 46-72.
    """
    before, after = (_one(each, study) for each in (a, b))
    found: list[dict[str, Any]] = []
    for kind, pieces in (("section", _sections), ("sentence", _sentences)):
        pairs = _paired(pieces(before), pieces(after), least)
        found += [_row(kind, pair) for pair in pairs]
    found += _numbers(before, after)
    return pd.DataFrame(found, columns=_COLUMNS).astype(_TYPES)


def _one(given: Any, study: Study | None) -> Study:
    """Study of one report: a row of a study, a report that was read, or a file."""
    if study is not None and isinstance(given, str):
        if given not in set(study.read("reports", ["report_id"])["report_id"]):
            raise KeyError(f"the study has no report {given!r}; study.reports.report_id lists them")
        return study.only([given])
    if isinstance(given, str | PathLike):
        return _of(read_apart(Path(given)))
    if not hasattr(given, "report"):
        raise TypeError(
            f"a report was given as a {type(given).__name__}: gt.diff takes what gt.read_report "
            "gives, a file, or the report_id of a report with study="
        )
    return _of(given.report)


def _of(report: Report) -> Study:
    columns = rows.report_columns(report)
    frames = {
        name: tables.batch(name, columns.get(name, {})).to_pandas() for name in tables.names()
    }
    return tables.Study(Path(report.path).parent, **frames)


def _sections(study: Study) -> list[Piece]:
    titled = study.sections[study.sections["title"].notna() & (study.sections["level"] > 0)]
    names = titled[["part", "title", "start", "end"]].sort_values("start")
    return [Piece(*row) for row in names.itertuples(index=False, name=None)]


def _sentences(study: Study) -> list[Piece]:
    (whole,) = study.reports["text"]
    parts = dict(zip(study.sections["section_id"], study.sections["part"], strict=True))
    spans = study.themes[["section_id", "start", "end"]].sort_values("start")
    return [
        Piece(parts[section], whole[start:end], start, end)
        for section, start, end in spans.itertuples(index=False, name=None)
    ]


def _paired(before: Sequence[Piece], after: Sequence[Piece], least: float) -> list[Pair]:
    """Pieces of two reports in pairs, one of None where the other report has none like it."""
    mates = _equal(before, after)
    left = [at for at in range(len(before)) if at not in set(mates.values())]
    right = [at for at in range(len(after)) if at not in mates]
    likeness = dict.fromkeys(mates, 1.0)
    for ratio, at, of in _alike([before[i] for i in left], [after[j] for j in right], least):
        mates[right[at]], likeness[right[at]] = left[of], ratio
    pairs: list[Pair] = [
        (before[mates[at]] if at in mates else None, each, likeness.get(at, 0.0))
        for at, each in enumerate(after)
    ]
    gone = set(mates.values())
    return pairs + [(each, None, 0.0) for at, each in enumerate(before) if at not in gone]


def _equal(before: Sequence[Piece], after: Sequence[Piece]) -> dict[int, int]:
    """Place in `before` of each piece of `after` that says the same; one in the same part first."""
    mates: dict[int, int] = {}
    taken: set[int] = set()
    ways: tuple[Callable[[Piece], object], ...] = (lambda p: (p.part, p.key), lambda p: p.key)
    for way in ways:
        places: dict[object, list[int]] = {}
        for at, each in enumerate(before):
            if at not in taken:
                places.setdefault(way(each), []).append(at)
        for at, each in enumerate(after):
            if at not in mates and places.get(way(each)):
                mates[at] = places[way(each)].pop(0)
                taken.add(mates[at])
    return mates


def _alike(
    before: Sequence[Piece], after: Sequence[Piece], least: float
) -> Iterator[tuple[float, int, int]]:
    """Pairs that are alike, the most alike first, each piece in one: ratio, place after, before."""
    found = []
    for of, old in enumerate(before):
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(old.key)
        for at, new in enumerate(after):
            matcher.set_seq1(new.key)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                found.append((matcher.ratio(), new.part == old.part, at, of))
    used_after: set[int] = set()
    used_before: set[int] = set()
    for ratio, _, at, of in sorted(found, key=lambda one: (-one[0], not one[1], one[2], one[3])):
        if ratio >= least and at not in used_after and of not in used_before:
            used_after.add(at)
            used_before.add(of)
            yield ratio, at, of


def _row(kind: str, pair: Pair) -> dict[str, Any]:
    before, after, likeness = pair
    either = after or before
    row: dict[str, Any] = {"kind": kind, "part": either.part if either else "", "note": ""}
    for name, piece in (("before", before), ("after", after)):
        if piece:
            row |= {name: piece.said, f"start_{name}": piece.start, f"end_{name}": piece.end}
    if before and after:
        same = before.key == after.key
        row |= {"change": "kept" if same else "changed", "similarity": likeness}
        if not same and _NUMBER.sub("0", before.key) == _NUMBER.sub("0", after.key):
            row["note"] = "differs in numbers alone"
        return row
    return row | {"change": "added" if after else "dropped"}


def _numbers(before: Study, after: Study) -> Iterator[dict[str, Any]]:
    """A row for each metric and applicant that either report states."""
    sides = [(study, Said(study), study.reports["report_id"].iloc[0]) for study in (before, after)]
    years = [study.reports["year"].iloc[0] for study in (before, after)]
    for metric, row in _codebook().items():
        for applicant in _applicants(metric, before, after):
            old, new = (said.of(report, metric, applicant) for _, said, report in sides)
            if {old.status, new.status} != {"absent"}:
                shown = {"metric": metric, "applicant": applicant, "part": row["part"]}
                yield shown | _compared(old, new, _caveat(row, years))


def _applicants(metric: str, *studies: Study) -> list[str]:
    """Kinds of applicants that either report gives a metric for, the whole first."""
    found = pd.concat([each.observations for each in studies])
    given = found.loc[found["metric"] == metric, "applicant"].fillna("").unique()
    kinds = sorted(set(given) - {"", "total"})
    return ["total", *kinds] if len(given) else []


def _compared(old: Settled, new: Settled, caveat: str) -> dict[str, Any]:
    """Columns of a number in two reports."""
    row: dict[str, Any] = {"kind": "number"}
    notes = [caveat]
    for name, each in (("before", old), ("after", new)):
        row[f"value_{name}"] = each.value
        if each.claim is not None:
            spot = each.claim
            row |= {name: spot.quote, f"start_{name}": spot.start, f"end_{name}": spot.end}
        if each.value is None and each.status != "absent":
            said = f"{name}: {each.status}"
            notes.append(f"{said}, {each.reason}" if each.reason else said)
    if old.value is not None and new.value is not None:
        row["difference"] = round(new.value - old.value, 6)
    if "absent" in (old.status, new.status):
        change = "added" if old.status == "absent" else "dropped"
    else:
        same = old.value == new.value and (old.value is not None or old.status == new.status)
        change = "kept" if same else "changed"
    return row | {"change": change, "note": "; ".join(filter(None, notes))}


def _caveat(row: rules.Row, years: Sequence[Any]) -> str:
    """That the forms changed what a metric counts between two years; empty if they did not."""
    if any(pd.isna(year) for year in years):
        return ""
    marks = (mark for mark in row["comparability"].split(";") if mark.startswith("break_"))
    low, high = sorted(years)
    passed = [mark.removeprefix("break_") for mark in marks if low < int(mark[6:]) <= high]
    return f"the forms changed it in {' and '.join(passed)}" if passed else ""


@rules.cached
def _codebook() -> dict[str, rules.Row]:
    return {row["id"]: row for row in rules.load("codebook")}
