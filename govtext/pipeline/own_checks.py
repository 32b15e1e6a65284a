"""What a scholar's own rows must be: values that are allowed, examples that do what they show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.model import Document, Page, Section, Segment
from govtext.core.rules import RuleError
from govtext.core.text import fold
from govtext.extract import metrics, numerals, themes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from govtext.core.model import Frame, Observation

Line = tuple[int, dict[str, str]]
"""Number of the line that a row ends in, and its cells."""
_SLOTS = ("act", "channel", "outcome", "by")
_NAMED = frozenset(("thing", *_SLOTS))
"""Slots that may have a value of the scholar's own; the others have those that govtext knows."""
_NAME = re.compile("[a-z][a-z0-9_]*")
_A_NAME = "a name of a-z, 0-9 and _ that begins with a letter"
_YEAR = re.compile("(?:[12][0-9]{3})?")
_BREAKS = re.compile("stable|break_[0-9]{4}(?:;break_[0-9]{4})*")
_COLUMNS_OF_SENTENCES = frozenset(
    "report_id section_id section part title start end sentence theme term all macro".split()
)
_MOST_NAMED = 40
_SHORTEST = 2
"""Fewest characters of a term of a theme."""


class _Cell:
    """A row of a file, of which cells are asked for; a wrong one is an error that says all."""

    def __init__(self, path: Path, line: int, row: dict[str, str]) -> None:
        self._path, self._line, self.row = path, line, row

    def fault(self, column: str, allowed: str) -> RuleError:
        value = self.row[column].removeprefix(rules.OWN_MARK)
        return RuleError(
            f"{self._path} line {self._line}: {column} is {value!r}; it must be {allowed}. "
            "Change the cell, or take the row out."
        )

    def some(self, *columns: str) -> None:
        for column in columns:
            if not self.row[column]:
                raise self.fault(column, "filled in")

    def match(self, column: str, pattern: re.Pattern[str], allowed: str) -> None:
        if not pattern.fullmatch(self.row[column].removeprefix(rules.OWN_MARK)):
            raise self.fault(column, allowed)

    def among(
        self, column: str, known: Collection[str], next_step: str = "", *, each: bool = False
    ) -> None:
        for value in self.row[column].split("|") if each else [self.row[column]]:
            if value not in known:
                raise self.fault(column, f"{_listed(known)}{next_step}")


def check(path: Path, lines: Iterable[Line]) -> None:
    """Hold every row of a file against what its table allows, own rows being in force.

    Raises
    ------
    RuleError
        At the first cell that is not allowed, and at two rows with one key.
    """
    seen: dict[tuple[str, ...], int] = {}
    for line, row in lines:
        cell = _Cell(path, line, row)
        cell.some("source")
        _CHECKS[path.stem](cell)
        key = rules.key_of(path.stem, row)
        if key in seen:
            columns = rules.KEYS[path.stem]
            raise cell.fault(columns[0], f"another than in line {seen[key]}: one row is for one")
        seen[key] = line


def run_examples(folder: Path, lines: Iterable[Line]) -> None:
    """Read the example and the counter-example of each own metric, own rows being in force.

    Raises
    ------
    RuleError
        If an example does not give the metric by this row, or a counter-example does.
    """
    for line, row in lines:
        cell = _Cell(folder / "frame_metrics.csv", line, row)
        year = int(row["until"] or row["since"] or 0) or None
        frames, found = _read(row["example"], year)
        if row["rule"] not in {each.rule for each in found}:
            raise cell.fault("example", f"a sentence that gives {row['metric']} ({_told(frames)})")
        if row["rule"] in {each.rule for each in _read(row["counter_example"], year)[1]}:
            raise cell.fault("counter_example", f"a sentence that does not give {row['metric']}")


def _read(sentence: str, year: int | None) -> tuple[tuple[Frame, ...], tuple[Observation, ...]]:
    """Frames and observations of a sentence that stands alone in a report."""
    page = Page(sentence, "txt", "utf-8", "")
    document = Document(page, sentence, (Segment(0, 0, len(sentence)),), ())
    sections = (Section("0", None, 0, "", "", "overview", 0, len(sentence)),)
    return metrics.read_prose(document, sections, numerals.parse(document.content), year=year)


def _told(frames: Iterable[Frame]) -> str:
    """What was read instead, number by number."""
    told = [
        f"read as thing={each.thing or '-'} act={each.act or '-'} channel={each.channel or '-'} "
        f"outcome={each.outcome or '-'} by={each.by or '-'}: "
        f"{f'{each.metric} by {each.rule}' if each.metric else each.reason}"
        for each in frames
    ]
    return "; ".join(told) or "it holds no number that counts"


def _term(cell: _Cell) -> None:
    cell.some("term", "fills")
    known = _filled(rules.shipped("frame_terms"))
    for pair in cell.row["fills"].split():
        slot, _, value = pair.partition("=")
        if slot not in known or not _NAME.fullmatch(value):
            raise cell.fault("fills", f"slot=value, where slot is {_listed(known)}")
        if slot not in _NAMED and value not in known[slot]:
            raise cell.fault("fills", f"of {slot} {_listed(known[slot])}")


def _metric(cell: _Cell) -> None:
    cell.some("rule", "metric", "thing", "units", "example", "counter_example")
    cell.match("rule", _NAME, _A_NAME)
    ids = _ids("codebook")
    cell.among("metric", ids, "; for one of your own add a row to codebook.csv beside it")
    known = _values()
    for column in ("thing", *_SLOTS):
        more = " (several with | between them); for one of your own add a term to frame_terms.csv"
        allowed = known[column] | ({"-", "*"} if column in _SLOTS else {"-"})
        cell.among(column, allowed, more, each=True)
    cell.among("of", known["of"] | known["thing"])
    groups = {row["group"] for row in rules.load("unit_groups")}
    cell.among("units", groups, "; for others add a row to unit_groups.csv")
    for column in ("about", "carried", "drop"):
        cell.among(column, known[column])
    for column in ("needs", "alone"):
        cell.among(column, ids | {""})
    for column in ("since", "until"):
        cell.match(column, _YEAR, "a year or empty")


def _codebook(cell: _Cell) -> None:
    cell.match("id", _NAME, _A_NAME)
    cell.some("zh", "en", "definition")
    for column in ("part", "unit", "kind"):
        cell.among(column, {row[column] for row in rules.shipped("codebook")})
    for column in ("unverified", "parted"):
        cell.among(column, ("yes", "no"))
    cell.among("parent", _ids("codebook") | {""})
    for column in ("valid_from", "valid_to"):
        cell.match(column, _YEAR, "a year or empty")
    cell.match("comparability", _BREAKS, "stable, or break_ and a year (several with ; between)")


def _theme(cell: _Cell) -> None:
    cell.match("id", _NAME, _A_NAME)
    if cell.row["id"] in _COLUMNS_OF_SENTENCES:
        raise cell.fault("id", "another name: a column of the tables is called so")
    cell.some("zh", "en", "definition")
    if cell.row["id"] not in {row["theme"] for row in rules.load("lexicon")}:
        raise cell.fault("id", "a theme of some term: add rows for it to lexicon.csv beside it")


def _lexicon(cell: _Cell) -> None:
    cell.among("kind", themes.KINDS)
    if cell.row["kind"] == "exclude":
        cell.among("theme", ("",), " in a row of kind exclude")
    else:
        cell.among("theme", _ids("themes"), "; for one of your own add a row to themes.csv")
    parts = fold(cell.row["term"]).split("…")
    wanted = 2 if cell.row["kind"] == "phrase" else 1
    if len("".join(parts)) < _SHORTEST or not all(parts) or len(parts) != wanted:
        raise cell.fault("term", "two characters or more; of a phrase, two parts with … between")


def _stopword(cell: _Cell) -> None:
    cell.some("word")
    cell.among("list", {row["list"] for row in rules.shipped("stopwords")})


def _body_name(cell: _Cell) -> None:
    cell.some("short", "full")


def _body(cell: _Cell) -> None:
    cell.among("kind", {row["kind"] for row in rules.shipped("bodies")})
    cell.some("pattern", "example")
    try:
        expression = re.compile(cell.row["pattern"])
    except re.error as error:
        raise cell.fault("pattern", f"a regular expression of Python ({error})") from error
    if not expression.search(cell.row["example"]):
        raise cell.fault("example", "a name that the pattern fits")
    if cell.row["counter_example"] and expression.fullmatch(cell.row["counter_example"]):
        raise cell.fault("counter_example", "a name that the pattern does not fit")


def _unit_group(cell: _Cell) -> None:
    cell.match("group", _NAME, _A_NAME)
    cell.some("units")


def _ids(table: str) -> set[str]:
    return {row["id"] for row in rules.load(table)}


def _filled(rows: Iterable[rules.Row]) -> dict[str, set[str]]:
    """Values that terms fill, by slot."""
    known: dict[str, set[str]] = {}
    for row in rows:
        for pair in row["fills"].split():
            slot, _, value = pair.partition("=")
            known.setdefault(slot, set()).add(value)
    return known


def _values() -> dict[str, set[str]]:
    """What the columns of a metric may say: what our rows do, and what terms fill."""
    rows = rules.shipped("frame_metrics")
    known = {
        column: {value for row in rows for value in row[column].split("|")} for column in rows[0]
    }
    for slot, values in _filled(rules.load("frame_terms")).items():
        if slot in _NAMED:
            known[slot] |= values
    return known


def _listed(known: Iterable[str]) -> str:
    names = sorted(repr(each) if each else "empty" for each in known)
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" or one of {rest} more" if rest > 0 else "")


_CHECKS: dict[str, Callable[[_Cell], None]] = {
    "bodies": _body,
    "body_names": _body_name,
    "codebook": _codebook,
    "frame_metrics": _metric,
    "frame_terms": _term,
    "lexicon": _lexicon,
    "stopwords": _stopword,
    "themes": _theme,
    "unit_groups": _unit_group,
}
