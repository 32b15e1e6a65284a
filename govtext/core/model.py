"""The nouns: what flows from a file to the tables. Every one is frozen; verbs make new ones.

bytes -> Page -> Document -> Section, Identity, Quantity; text -> words.
Offsets count characters, ends are exclusive: ``document.text[start:end]`` is the thing itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter

from govtext.core.text import Span, Text

_start = attrgetter("start")


class WrongUsage(ValueError):
    """What was asked cannot be done as it was asked; nothing was read or written."""


class UnreadableReport(ValueError):
    """A file that cannot become a report; `cause` is one of the list in `rules/causes.csv`."""

    def __init__(self, cause: str, message: str) -> None:
        super().__init__(message)
        self.cause = cause
        self.message = message


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its place in the grid, how far it reaches, and its characters.

    `row` and `column` count from 0; a merged cell stands once, at its upper left, and covers
    `rows` by `columns` places. `start` equals `end` where the cell is empty.
    """

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its grid, written into a text one row a line; cells in order of row, column."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """A string that is no part of the report, with the rule that says so and its place."""

    text: str
    rule: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters that stands unchanged in a text and in what it was made from."""

    start: int
    raw_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a file says, decoded and otherwise untouched: one paragraph or row of a table a line.

    `text` of a plain file keeps every character, line ends included; of a web page, a PDF or a
    Word file it is the text without its markup. `repairs` counts the bytes that were not valid in
    `encoding` and stand in `text` as U+FFFD, the characters that were read anew where `encoding`
    says so, and the NUL bytes that were left out. `furniture` are the lines that the markup itself
    names as none of the report's. `page_starts` says where each printed page begins. `segments`
    lead back to the decoded file where reading left marks out (Markdown); they are None where the
    text stands as in the file, and empty where the file is no text. `metadata` is what the head of
    a web page says of it: the page's own name of a thing, and its value, in their order.
    """

    text: str
    format: str
    encoding: str
    sha256: str
    repairs: int = 0
    tables: tuple[Table, ...] = ()
    furniture: tuple[Removal, ...] = ()
    page_starts: tuple[int, ...] = ()
    segments: tuple[Segment, ...] | None = None
    metadata: tuple[tuple[str, str], ...] = ()

    def raw_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Characters of the decoded file that `text[start:end]` came from, None if it is no text.

        Parameters
        ----------
        start, end : int
            Offsets into `text`, ``0 <= start < end <= len(text)``.
        """
        if self.segments is None:
            return start, end
        return _spanned(self.segments, start, end) if self.segments else None


@dataclass(frozen=True)
class Document:
    """The body of a report: one paragraph, or one row of a table, a line; and the way back.

    `content` is its text folded and parted into sentences, made once for all that read it.
    """

    page: Page
    text: str
    segments: tuple[Segment, ...]
    removals: tuple[Removal, ...]
    tables: tuple[Table, ...] = ()

    @cached_property
    def content(self) -> Text:
        """The text with its folded twin and its sentences."""
        return Text(self.text)

    def page_span(self, start: int, end: int) -> tuple[int, int]:
        """Characters of `page.text` that `text[start:end]` came from.

        Parameters
        ----------
        start, end : int
            Offsets into `text`, ``0 <= start < end <= len(text)``.

        Returns
        -------
        tuple of int
            Start and exclusive end; a span over several lines includes what stood between them.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is outside the text (0:{len(self.text)})")
        return _spanned(self.segments, start, end)

    def raw_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Characters of the decoded file behind `text[start:end]`, None where it is no text."""
        return self.page.raw_span(*self.page_span(start, end))

    def without(self, spans: Iterable[Span]) -> Document:
        """The same document with blanks for the characters of some spans; every offset stays."""
        away = tuple(spans)
        return replace(self, text=self.content.without(away).text) if away else self

    def page_at(self, position: int) -> int | None:
        """Number of the printed page, from 1, that a character stands on; None without pages."""
        if not self.page.page_starts:
            return None
        return bisect_right(self.page.page_starts, self.page_span(position, position + 1)[0])


def _spanned(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int]:
    """Span that a span came from."""
    return _origin(segments, start), _origin(segments, end - 1) + 1


def _origin(segments: Sequence[Segment], position: int) -> int:
    segment = segments[bisect_right(segments, position, key=_start) - 1]
    return segment.raw_start + min(position - segment.start, segment.length)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading; those of a document follow each other without gaps.

    `end` is where the next heading of any level begins; what a heading covers in all is its own
    stretch and those of its descendants. Level 0 is what stands before the first heading.
    """

    section_id: str
    parent_id: str | None
    level: int
    number: str
    title: str
    part: str
    start: int
    end: int


def section_at(sections: Sequence[Section], position: int) -> Section:
    """Section that holds the character at `position`, of sections that cover a text in order."""
    return sections[bisect_right(sections, position, key=_start) - 1]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports, on which place and year. `None` where the report does not settle it.

    `reasons` says for each null field why it is null, and `sources` for each other field where
    it was read (``title``, ``signature``, ``text``, ``furniture``, ``region table``).
    """

    title: str | None = None
    issuer: str | None = None
    issuer_short: str | None = None
    admin_level: str | None = None
    government_level: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    region_code: str | None = None
    year: int | None = None
    signed_on: str | None = None
    document_number: str | None = None
    issuer_full: str | None = None
    form: str = "prose"
    sources: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


ANNUAL_REPORT = "annual_report"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document is (`rules/kinds.csv`), and the words that say so.

    `doubtful` is true of an annual report where nothing says that it is one.
    """

    name: str = ANNUAL_REPORT
    reason: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral with its unit: what was counted or measured, and the characters that say so.

    `value` is in base units (14万 is 140000, 36.5万元 is 365000, 56.7% is 56.7) and null where a
    damaged mark leaves it open. `unit` is the printed unit without its multiplier, ``""`` for
    none. `qualifier` is one of ``exact approx at_least at_most``; `flags` holds ``repaired`` or
    ``damaged``.
    """

    start: int
    end: int
    text: str
    value: float | None
    unit: str
    qualifier: str = "exact"
    flags: str = ""


NOT_THE_YEARS_OWN = frozenset({"cumulative", "prior_year", "target", "other_body"})
"""Flags of an observation that is no value of the body's own year."""


def is_own(flags: str | None) -> bool:
    """True unless one of the flags, joined by ``;``, says that it is not the body's own year."""
    return not NOT_THE_YEARS_OWN & set((flags or "").split(";"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the value of a slot of a frame comes from.

    `start` and `end` are the characters that name it; both are None where it was carried, and
    `how` says from where: ``clause before``, ``sentence``, ``heading``, ...
    """

    slot: str
    value: str
    start: int | None
    end: int | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a number of the prose counts, or a statement of none (`none`).

    A slot that nothing fills is "". `scope` is ``own_year``, ``part``, or what makes the number
    no value of the year. `metric` is the id that it became an observation of, by `rule`; where
    that is "", `reason` says why.
    """

    start: int
    end: int
    thing: str
    act: str
    channel: str
    outcome: str
    by: str
    scope: str
    metric: str
    rule: str
    reason: str
    none: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """A statement of a metric of the codebook: one a mention in prose, one a cell of a table.

    `value` is null for the status ``blank`` and ``na``, 0 for ``zero_by_negation``; `start` and
    `end` are the characters of the number, or of the words that negate; `quote` is the clause
    around them; `rule` names the row of the rules that found it; `flags` are joined by ``;``.
    """

    metric: str
    value: float | None
    status: str
    unit: str
    qualifier: str
    section_id: str
    start: int
    end: int
    quote: str
    rule: str
    flags: str = ""
    applicant: str = ""
    source: str = "text"
    page: int | None = None
    row_label: str = ""
    column_label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of a statistics table, as it was read: what it says and which metric it is, if any.

    `table` numbers the statistics tables of a report from 1 and `kind` names the form's table
    (`rules/form_tables.csv`), ``""`` for one that no form knows. `status` is ``number``, ``blank``,
    ``na`` (/, -, —) or ``unread``, and `reason` says why a cell is unread or has no metric.
    `start` equals `end` for a blank cell. `rule` names the row of the rules that knew the label.
    """

    table: int
    kind: str
    row: int
    column: int
    start: int
    end: int
    status: str
    value: float | None
    unit: str
    row_label: str
    column_label: str
    metric: str = ""
    applicant: str = ""
    rule: str = ""
    flags: str = ""
    reason: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an identity says of a report's numbers: ``holds``, ``broken`` or ``not_assessable``.

    `left` and `right` are the two sides of `identity`, `delta` is left less right, `statement` a
    sentence with the numbers; `start` and `end` are the characters that the numbers stand in.
    """

    identity: str
    verdict: str
    left: float | None
    right: float | None
    delta: float | None
    statement: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the themes that it speaks of (`rules/themes.csv`)."""

    start: int
    end: int
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """A report with all that was read from it; `words` counts the words of each section."""

    report_id: str
    path: str
    document: Document
    identity: Identity
    sections: tuple[Section, ...]
    quantities: tuple[Quantity, ...]
    words: Mapping[str, Mapping[str, int]]
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    themes: tuple[Sentence, ...]
    entries: tuple[Entry, ...] = ()
    frames: tuple[Frame, ...] = ()
    kind: Kind = Kind()

    def section_at(self, position: int) -> Section:
        """Section that holds the character at `position` of the text."""
        return section_at(self.sections, position)


@dataclass(frozen=True, slots=True)
class Reject:
    """A file that gave no report: its path, the cause (`rules/causes.csv`) and one sentence."""

    path: str
    cause: str
    message: str
