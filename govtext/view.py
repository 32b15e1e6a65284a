"""A report -> what a person sees: plain lines for a terminal, a page for a browser.

Every string of a report is escaped: a page never runs what a report says.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from govtext import rows, tables
from govtext.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from govtext.model import Quantity, Report, Section

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
_SECTION = "border-left:2px solid #ddd;padding-left:1em;margin:1em 0"
_LINE = "margin:.3em 0"
_PAGE = "font:16px/1.7 'Noto Sans SC',sans-serif;max-width:48em;margin:2em auto;color:#222"


class Reading:
    """One report with all that was read from it; in a notebook it shows itself.

    Attributes
    ----------
    text : str
        Cleaned text; every offset counts its characters.
    identity : pandas.DataFrame
        A row a field: field, value, source, and the reason where the value is null.
    sections, quantities, removals, words : pandas.DataFrame
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
        """Report as a notebook shows it: identity on top, numbers marked, everything escaped."""
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
    """Report as lines of text: who and when, then each section with its numbers and sentences."""
    lines = [f"{report.path}", ""]
    lines += [f"{label}: {value}" for label, value in _identity(report)]
    lines += ["", f"{len(report.document.removals)} strings removed as page furniture", ""]
    spans = list(sentences(report.document.text))
    for section in report.sections:
        lines.append(
            f"{'  ' * section.level}{section.number}{section.title or '…'} [{section.part}]"
        )
        for quantity in _inside(report, section):
            value = "?" if quantity.value is None else f"{quantity.value:,.15g}"
            quote = _sentence(report.document.text, spans, quantity)
            lines.append(
                f"{'  ' * section.level}    {value} {quantity.unit} ({quantity.qualifier}): {quote}"
            )
    return "\n".join(lines) + "\n"


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
    rows = "".join(
        f'<tr><td style="{_GREY}">{escape(label)}</td><td>{escape(str(value))}</td></tr>'
        for label, value in _identity(report)
    )
    body = "".join(_section(report, section) for section in report.sections)
    return f"<h1>{title}</h1><table>{rows}</table>{body}"


def _identity(report: Report) -> Iterator[tuple[str, object]]:
    """Fields with their labels; a null one with its reason."""
    for name, label in _FIELDS:
        value = getattr(report.identity, name)
        reason = report.identity.reasons.get(name, "")
        yield label, value if value is not None else f"– ({reason})"
    places = (report.identity.province, report.identity.prefecture, report.identity.county)
    yield "Place 地区", " ".join(filter(None, places)) or "–"


def _section(report: Report, section: Section) -> str:
    """One section: its characters as they stand, each number marked."""
    parts: list[str] = []
    text, position = report.document.text, section.start
    for quantity in _inside(report, section):
        parts.append(escape(text[position : quantity.start]))
        hint = escape(f"{quantity.value} {quantity.unit} ({quantity.qualifier})")
        parts.append(f'<mark style="{_MARK}" title="{hint}">{escape(quantity.text)}</mark>')
        position = quantity.end
    parts.append(escape(text[position : section.end]))
    paragraphs = "".join(
        f'<p style="{_LINE}">{line}</p>' for line in "".join(parts).split("\n") if line
    )
    part = f'<div style="{_GREY}">{escape(section.part)}</div>'
    return f'<div style="{_SECTION}">{part}{paragraphs}</div>'


def _inside(report: Report, section: Section) -> list[Quantity]:
    return [each for each in report.quantities if section.start <= each.start < section.end]


def _sentence(text: str, spans: list[tuple[int, int]], quantity: Quantity) -> str:
    """Sentence that holds a number, on one line."""
    for start, end in spans:
        if start <= quantity.start < end:
            return text[start:end]
    return quantity.text
