"""A report -> what a person sees: plain lines for a terminal, a page for a browser.

Every string of a report is escaped: a page never runs what a report says.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from govtext.model import Quantity, Report, Section
from govtext.text import sentences

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
_STYLE = (
    "body{font:16px/1.7 'Noto Sans SC',sans-serif;max-width:48em;margin:2em auto;padding:0 1em;"
    "color:#222}h1{font-size:1.3em}table{border-collapse:collapse}td{padding:.1em .8em .1em 0;"
    "vertical-align:top}.n{color:#777}mark{background:#fdeaa7;padding:0 .1em}"
    "section{border-left:2px solid #ddd;padding-left:1em;margin:1em 0}"
    ".part{color:#777;font-size:.85em}p{margin:.3em 0;white-space:pre-wrap}"
)


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
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{fragment(report)}</body></html>\n"
    )


def fragment(report: Report) -> str:
    """Body of the page, as a notebook shows it."""
    title = escape(report.identity.title or report.path)
    rows = "".join(
        f'<tr><td class="n">{escape(label)}</td><td>{escape(str(value))}</td></tr>'
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
        parts.append(f'<mark title="{hint}">{escape(quantity.text)}</mark>')
        position = quantity.end
    parts.append(escape(text[position : section.end]))
    paragraphs = "".join(f"<p>{line}</p>" for line in "".join(parts).split("\n") if line)
    return f'<section><div class="part">{escape(section.part)}</div>{paragraphs}</section>'


def _inside(report: Report, section: Section) -> list[Quantity]:
    return [each for each in report.quantities if section.start <= each.start < section.end]


def _sentence(text: str, spans: list[tuple[int, int]], quantity: Quantity) -> str:
    """Sentence that holds a number, on one line."""
    for start, end in spans:
        if start <= quantity.start < end:
            return text[start:end]
    return quantity.text
