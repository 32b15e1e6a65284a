"""Document -> Kind: an annual report or what else it is (`rules/kinds.csv`), and what says so.

A page in place of one says so. Else the title tells, else the opening, else the shape: a list of
titles, a table without prose, a form that nobody filled in. Where nothing tells it is an annual
report, and doubtful.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

from govtext.core import rules
from govtext.core.literals import begun
from govtext.core.model import ANNUAL_REPORT, Document, Identity, Kind
from govtext.core.text import fold, key
from govtext.extract.identify.evidence import Evidence
from govtext.extract.identify.heading import headlines, unmarked

_OPENING = 1200
_LONGEST_TITLE = 80
_LONGEST_PAGE = 2500
_SHORT = 24
_NONE = "not_a_report"
_FEWEST_SAID = 4
"""Letters and digits below which a file is no document."""
_FEWEST = 3
_MOST = 0.8
_HALF = 0.5
_SEPARATORS = ("\t", ",", ";", "|")
_STOP = re.compile("[。;!?]")
_NUMBER = re.compile(r"[0-9](?:[0-9.,]*[0-9])?%?")
_CELLS = re.compile(r"[|\s]+")
_ASIDE = frozenset(
    (
        ANNUAL_REPORT,
        "about_report",
        "attached",
        "carried",
        "counted",
        "disclosure",
        "form",
        "heading",
        "placeholder",
        "report_end",
        "section",
    )
)
"""Kinds of rows that help to tell, and are no kinds of documents."""


def names() -> tuple[str, ...]:
    """Names of the kinds: the annual report, then the others as the rules have them."""
    found = (row["kind"] for row in rules.load("kinds") if row["kind"] not in _ASIDE)
    return tuple(dict.fromkeys((ANNUAL_REPORT, *found)))


def kind(document: Document, identity: Identity) -> Kind:
    """Kind of a document.

    Parameters
    ----------
    document : Document
        The cleaned document.
    identity : Identity
        What was read of its body, title and year.

    Returns
    -------
    Kind
        Its name with the words that tell it; doubtful where nothing does.
    """
    evidence = Evidence(document)
    found = _by_page(evidence) or _by_shape(identity, evidence) or _by_title(identity, evidence)
    if not found and not identity.title and not _is_form(document.content.folded):
        found = _of_data(document.page.text)
    return found or _by_text(identity, evidence)


# --- no document at all ---------------------------------------------------------------------------


def _by_page(evidence: Evidence) -> Kind | None:
    """Kind of what a server shows in place of a document, or None: it says so, and hardly more."""
    if sum(map(len, evidence.folded)) > _LONGEST_PAGE or evidence.document.tables:
        return None
    rest = [line for line in evidence.folded if not _is_title(line)]
    said = [(line, words) for line in rest if (words := _excuse(line))]
    other = [line for line in rest if line not in dict(said)]
    if said and not any(map(_is_prose, other)):
        return Kind(_NONE, f"page: {said[0][1].strip()}")
    bare = [line for line in rest if not any(row.search(line) for row in _rows("attached", "page"))]
    if evidence.document.page.format == "html" and not any(map(_says_anything, bare)):
        return Kind(_NONE, "the page has a title, and no text under it")
    return None


def _excuse(line: str) -> str:
    """Words of a line that excuse the absence of a document; of one on other things, if it is all.

    A report may count pages that were not found, and a search counts what it did not find.
    """
    aside = (*_rows("counted", "text"), *_rows("disclosure", "text"))
    whole = len(line) > _LONGEST_TITLE or any(row.search(line) for row in aside)
    tried = (row.fullmatch(line) if whole else row.search(line) for row in _rows(_NONE, "page"))
    return next((match.group() for match in tried if match), "")


def _is_prose(line: str) -> bool:
    """True for a line as reports have it: a sentence of some length, or a number of things."""
    counted = any(row.search(line) for row in _rows("counted", "text"))
    return counted or (len(line) > _SHORT and bool(_STOP.search(line)))


def _says_anything(line: str) -> bool:
    return bool(_STOP.search(line)) or len(line) > _SHORT or bool(_NUMBER.search(line))


# --- by its shape -------------------------------------------------------------------------------


def _by_shape(identity: Identity, evidence: Evidence) -> Kind | None:
    """Kind that the lines have whatever they say, or None."""
    text = "\n".join(evidence.folded)
    marks = sum(len(row.findall(text)) for row in _rows("placeholder", "text"))
    filled = sum(len(row.findall(text)) for row in _rows("counted", "text") if marks >= _FEWEST)
    if marks >= _FEWEST and marks > filled:
        return Kind("blank_form", f"{marks} places are left open, {filled} have a number")
    if not identity.year and _is_empty_form(evidence, text):
        return Kind("blank_form", "the tables of the form hold no number, and no year is named")
    titles = {key(unmarked(line)) for line in evidence.lines if _is_title(line)}
    if len(titles) >= _FEWEST and len(titles) >= _HALF * len(evidence.lines):
        return Kind("catalogue", f"it lists {len(titles)} titles")
    return None


def _is_form(text: str) -> bool:
    return any(row.search(text) for row in _rows("form", "text"))


def _is_empty_form(evidence: Evidence, text: str) -> bool:
    """True for the tables of a form without a number in any cell."""
    if not _is_form(text):
        return False
    cells = (cell.strip() for line in evidence.folded for cell in _CELLS.split(line))
    in_tables = (
        evidence.document.text[cell.start : cell.end].strip()
        for table in evidence.document.tables
        for cell in table.cells
    )
    return not any(_NUMBER.fullmatch(fold(cell)) for cell in (*cells, *in_tables))


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and rules.is_title(key(unmarked(line)))


def _of_data(text: str) -> Kind | None:
    """A table or records without prose, or None."""
    lines = [line for line in text.splitlines() if line.strip()]
    if text.lstrip()[:1] in ("{", "["):
        try:
            json.loads(text)
        except ValueError:
            pass
        else:
            return Kind("data_file", "it is JSON")
    for mark in _SEPARATORS:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        even = counts.count(usual) >= _MOST * len(lines) and len(lines) >= _FEWEST
        if even and usual > 1 and not any(_STOP.search(line) for line in map(_bare, lines)):
            return Kind("data_file", f"every line has {usual + 1} values and no sentence")
    return None


def _bare(line: str) -> str:
    """Line without its separators, folded."""
    return fold("".join(mark for mark in line if mark not in _SEPARATORS))


# --- by its title -------------------------------------------------------------------------------


def _by_title(identity: Identity, evidence: Evidence) -> Kind | None:
    """Kind that the title says, or None where there is no title or it says nothing."""
    own = key(identity.title or "")
    for line in [own] if own else map(key, headlines(evidence)):
        if not own and _says("heading", line):
            continue
        for name, words in _named(line):
            if not _is_excused(name, line, evidence):
                return Kind(name, f"title: {words}")
        discloses = _says("disclosure", line) and _says(ANNUAL_REPORT, line)
        if own or discloses or rules.is_title(line):
            words = f"title: {line[:_LONGEST_TITLE]}"
            return Kind(ANNUAL_REPORT, words, doubtful=_says("carried", line))
    return None


def _is_excused(name: str, line: str, evidence: Evidence) -> bool:
    """True if a title is that of an annual report for all that it also names."""
    if name == "other_report":
        return _says("disclosure", line)
    if name == "notice":
        opening = "\n".join(evidence.folded)[:_OPENING]
        addressed = any(row.search(opening) for row in _rows("notice", "text"))
        return _says("carried", line) and not addressed
    if name == "news":
        return _says("report_end", line) and not _says("about_report", line)
    if name in ("guide", "catalogue", "other_document"):
        return _says("report_end", line) and _says("disclosure", line)
    return name == "work_plan" and _says(ANNUAL_REPORT, line)


def _says(name: str, line: str) -> bool:
    return any(row.search(line) for row in _rows(name, "title"))


def _named(line: str) -> Iterator[tuple[str, str]]:
    """Kinds that a title names, in the order of the rules, with the words that do."""
    for row in rules.load("kinds"):
        aside = row["kind"] in _ASIDE
        if row["where"] == "title" and not aside and (match := _pattern(row).search(line)):
            yield row["kind"], match.group()


# --- by its opening -----------------------------------------------------------------------------


def _by_text(identity: Identity, evidence: Evidence) -> Kind:
    """Kind that the text says; an annual report, doubtful or not, where it says nothing."""
    text = "\n".join(evidence.folded)
    if identity.form != "prose" or _is_form(text):
        return Kind(ANNUAL_REPORT, "it has the tables of a form")
    known = identity.year and (identity.issuer or identity.admin_level)
    if known and _sections(text) >= _FEWEST:
        return Kind(ANNUAL_REPORT, "it has the parts of one, a body and a year")
    opening = text[:_OPENING]
    for row in rules.load("kinds"):
        aside = row["kind"] in _ASIDE
        if row["where"] == "text" and not aside and (match := _pattern(row).search(opening)):
            return Kind(row["kind"], f"text: {match.group().strip()}")
    if known and any(row.search(opening) for row in _rows("disclosure", "text")):
        return Kind(ANNUAL_REPORT, "a body speaks of its disclosure in a year")
    if (said := sum(map(str.isalnum, text))) < _FEWEST_SAID:
        return Kind(_NONE, f"it holds {said} letters and digits")
    return Kind(ANNUAL_REPORT, "nothing says that it is an annual report", doubtful=True)


def _sections(text: str) -> int:
    """How many of the parts of an annual report a text has."""
    return sum(bool(row.search(text)) for row in _rows("section", "text"))


@cache
def _rows(name: str, where: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        _pattern(row)
        for row in rules.load("kinds")
        if row["kind"] == name and row["where"] == where
    )


def _pattern(row: rules.Row) -> re.Pattern[str]:
    return _compiled(row["pattern"])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return rules.pattern({"pattern": begun(pattern)}, flags=re.MULTILINE)
