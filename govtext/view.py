"""A report -> what a person sees: plain lines for a terminal, a page for a browser.

On the page every finding and every observation leads to the characters that it was read from.
Every string of a report is escaped: a page never runs what a report says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING

from govtext import rows, tables
from govtext.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from govtext.model import Finding, Observation, Quantity, Report, Section

Mark = tuple[int, int, str, str]
"""Start and exclusive end of a span, what was read there, and its style."""
_FIELDS = (
    ("title", "Title 标题"),
    ("issuer", "Issuer 发布机关"),
    ("year", "Year reported on 报告年度"),
    ("admin_level", "Level 层级"),
    ("region_code", "Region code 区划代码"),
    ("signed_on", "Signed on 落款日期"),
    ("document_number", "Document number 文号"),
    ("form", "Form 格式"),
)
# Styles stand at the tags: an exported notebook drops style sheets.
_GREY = "color:#777"
_MARK = "background-color:#fdeaa7"
_OBSERVED = "background-color:#bfe0f2"
_VERDICTS = {"broken": "color:#b34700", "not_assessable": "color:#777", "holds": "color:#00694c"}
_SECTION = "border-left:2px solid #ddd;padding-left:1em;margin:1em 0"
_LINE = "margin:.3em 0"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CELL = "text-align:left;vertical-align:top;padding:.1em .8em .1em 0"
_PAGE = "font:16px/1.7 'Noto Sans SC',sans-serif;max-width:48em;margin:2em auto;color:#222"


class Reading:
    """One report with all that was read from it; in a notebook it shows itself.

    Attributes
    ----------
    text : str
        Cleaned text; every offset counts its characters.
    identity : pandas.DataFrame
        A row a field: field, value, source, and the reason where the value is null.
    sections, quantities, observations, findings, removals, words, themes : pandas.DataFrame
        The rows that the report adds to the tables of these names.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.document.text
        self._rows = rows.report_rows(report)

    def __repr__(self) -> str:
        """One line with the title and what was found."""
        name = self.report.identity.title or self.report.path
        return f"{name}: {len(self.text):,} characters, {len(self.report.quantities)} numbers"

    def _repr_html_(self) -> str:
        """Report as a notebook shows it: findings on top, numbers marked, everything escaped."""
        return fragment(self.report)

    @property
    def identity(self) -> pd.DataFrame:
        """A row a field: field, value, source, reason."""
        import pandas as pd

        who = self.report.identity
        return pd.DataFrame(
            [
                (name, getattr(who, name), who.sources.get(name, ""), who.reasons.get(name, ""))
                for name in rows.IDENTITY
            ],
            columns=["field", "value", "source", "reason"],
        ).astype({"value": object})

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Rows that the report adds to the table of this name."""
        if name in self.__dict__.get("_rows", {}):
            return tables.frame(name, self._rows[name])
        raise AttributeError(f"a reading has no {name!r}")


def plain(report: Report) -> str:
    """Report as lines of text: who and when, what its checks say, each section with its numbers."""
    lines = [f"{report.path}", ""]
    lines += [f"{label}: {value}" for label, value in _identity(report)]
    lines += ["", f"{len(report.document.removals)} strings removed as page furniture", ""]
    lines += [f"{each.verdict}: {each.statement}" for each in _ordered(report.findings)]
    lines += ["", f"{len(report.observations)} observations of the codebook", ""]
    spans = list(sentences(report.document.text))
    marks = _marks(report)
    for section in report.sections:
        title = f"{section.number}{section.title or '…'} [{section.part}]"
        lines.append(f"{'  ' * section.level}{title}")
        for start, end, label, _ in _within(section, marks):
            quote = _sentence(report.document.text, spans, start, end)
            lines.append(f"{'  ' * section.level}    {label}: {quote}")
    return "\n".join(map(_printable, lines)) + "\n"


def page(report: Report) -> str:
    """Report as one HTML page that stands alone, its numbers marked, its sections labelled."""
    title = escape(report.identity.title or report.path)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body style="{_PAGE}">{fragment(report)}</body></html>\n'
    )


def fragment(report: Report) -> str:
    """Body of the page, as a notebook shows it."""
    title = escape(report.identity.title or report.path)
    who = _table((escape(label), escape(str(value))) for label, value in _identity(report))
    name, marks = report.document.page.sha256[:8], _marks(report)
    said = (
        (f'<span style="{_VERDICTS[each.verdict]}">{each.verdict.replace("_", " ")}</span>',
         f'<a href="#{name}-{_nearest(marks, each.start)}">{escape(each.statement)}</a>')
        for each in _ordered(report.findings)
    )  # fmt: skip
    seen = (
        (escape(each.metric),
         f'<a href="#{name}-{_nearest(marks, each.start)}">{escape(_value(each))}</a>',
         escape(each.flags.replace(";", " ")), escape(each.quote))
        for each in report.observations
    )  # fmt: skip
    body = "".join(
        _section(report.document.text, section, _within(section, marks), name)
        for section in report.sections
    )
    return (
        f"<h3>{title}</h3>{who}"
        f"<h4>Findings 核对</h4>{_table(said)}<h4>Observations 指标</h4>{_table(seen)}"
        f"<h4>Text 正文</h4>{body}"
    )


def _identity(report: Report) -> Iterator[tuple[str, object]]:
    """Fields with their labels; a null one with its reason."""
    for name, label in _FIELDS:
        value = getattr(report.identity, name)
        reason = report.identity.reasons.get(name, "")
        yield label, value if value is not None else f"– ({reason})"
    places = (report.identity.province, report.identity.prefecture, report.identity.county)
    yield "Place 地区", " ".join(filter(None, places)) or "–"


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the broken ones first, each kind in the order of the text."""
    order = list(_VERDICTS)
    return sorted(findings, key=lambda each: (order.index(each.verdict), each.start))


def _table(lines: Iterable[tuple[str, ...]]) -> str:
    """Table of cells that are escaped already; nothing where there are none."""
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in line) + "</tr>"
        for line in lines
    )
    return f"<table>{body}</table>" if body else ""


def _section(text: str, section: Section, marks: Sequence[Mark], name: str) -> str:
    """One section: its characters as they stand, each number marked."""
    parts: list[str] = []
    position = section.start
    for start, end, label, colour in marks:
        parts.append(escape(text[position:start]))
        parts.append(
            f'<mark id="{name}-{start}" style="{colour}" title="{escape(label)}">'
            f"{escape(text[start:end])}</mark>"
        )
        position = end
    parts.append(escape(text[position : section.end]))
    lines = filter(None, "".join(parts).split("\n"))
    paragraphs = "".join(f'<p style="{_LINE}">{line}</p>' for line in lines)
    part = f'<div style="{_GREY}">{escape(section.part)}</div>'
    return f'<div style="{_SECTION}">{part}{paragraphs}</div>'


def _marks(report: Report) -> list[Mark]:
    """Spans to mark, in order and apart, with what was read there.

    Of spans that share characters the first counts, of those that begin together the observed.
    """
    labels: dict[tuple[int, int], list[str]] = {}
    for observation in report.observations:
        span = (observation.start, observation.end)
        labels.setdefault(span, []).append(f"{observation.metric} = {_value(observation)}")
    observed = set(labels)
    for quantity in report.quantities:
        labels.setdefault((quantity.start, quantity.end), [_value(quantity)])
    marks: list[Mark] = []
    position = 0
    for start, end in sorted(labels, key=lambda span: (span[0], span not in observed, span[1])):
        if position <= start and end <= report.section_at(start).end:
            colour = _OBSERVED if (start, end) in observed else _MARK
            marks.append((start, end, "; ".join(labels[start, end]), colour))
            position = end
    return marks


def _within(section: Section, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Marks of a section."""
    first, last = (
        bisect_left(marks, place, key=itemgetter(0)) for place in (section.start, section.end)
    )
    return marks[first:last]


def _nearest(marks: Sequence[Mark], position: int) -> int:
    """Start of the mark that covers a position, else of the next one, which a link can lead to."""
    place = bisect_right(marks, position, key=itemgetter(1))
    return marks[min(place, len(marks) - 1)][0] if marks else 0


def _value(noun: Quantity | Observation) -> str:
    """Value with its unit and qualifier."""
    value = "?" if noun.value is None else f"{noun.value:,.15g}"
    more = "" if noun.qualifier == "exact" else f" ({noun.qualifier})"
    return f"{value} {noun.unit}{more}".strip()


def _sentence(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    """Sentence that holds a span, on one line."""
    place = bisect_right(spans, start, key=lambda span: span[0]) - 1
    first, last = spans[place] if place >= 0 else (start, end)
    return text[first:last] if start < last else text[start:end]


def _printable(line: str) -> str:
    """Line without the characters that would steer a terminal."""
    return _CONTROL.sub("\ufffd", line)
