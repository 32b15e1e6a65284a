"""A report as a page for a browser, and as a notebook shows it.

The page needs no script and runs none: the outline stays in sight, metrics are looked up in an
index of their names, and boxes of the legend hide or show a kind of number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from govtext.show.evidence import lists
from govtext.show.evidence.body import body, heading, lost
from govtext.show.evidence.look import Look, checked, guarded, plain, sheet, shown
from govtext.show.evidence.marks import KINDS, kind_of, left_over, marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Report
    from govtext.show.evidence.marks import Mark

_PARTS = ("findings", "observations", "left", "removed", "text")


def page(report: Report, language: str = "en", *, above: str = "") -> str:
    """Report as one HTML page that stands alone: it runs and fetches nothing.

    Parameters
    ----------
    report : Report
        As `read_file` gives, or made again from the tables of a study.
    language : {"en", "zh"}
        Of the labels; the report stays as it is.
    above : str
        Links to the pages that the page is one of, as HTML.

    Raises
    ------
    ValueError
        If the language is none of these.
    """
    look = Look(checked(language))
    marks = marks_of(report)
    title = _title(report)
    told = _described(look, report)
    head = (
        f"{guarded(sheet())}<title>{plain(title)}</title>"
        f'<meta name="description" content="{plain(told)}">'
    )
    tongue = {"en": "en", "zh": "zh-Hans"}[language]
    return (
        f'<!DOCTYPE html><html lang="{tongue}"><head>{head}</head><body>'
        f"{_outline(look, report, above)}<main><h1>{shown(title)}</h1>{lists.who(look, report)}"
        f"{_legend(look, report)}{_content(look, report, marks)}</main></body></html>\n"
    )


def fragment(report: Report, language: str = "en") -> str:
    """Report as a notebook shows it; its lists are folded where they are long."""
    look = Look(checked(language), report.document.page.sha256[:8] + "-", inline=True)
    marks = marks_of(report)
    return (
        f"<h3>{shown(_title(report))}</h3>{lists.who(look, report)}"
        f"{_legend(look, report)}{_content(look, report, marks)}"
    )


def _title(report: Report) -> str:
    return report.identity.title or report.path


def _described(look: Look, report: Report) -> str:
    """One sentence for a search engine and a reader of a link."""
    who = report.identity
    parts = [who.issuer, str(who.year) if who.year else None, report.path]
    return f"{look.label('about')}: {', '.join(filter(None, parts))}"


def _content(look: Look, report: Report, marks: Sequence[Mark]) -> str:
    made = {
        "findings": lists.findings(look, report, marks),
        "observations": lists.observations(look, report, marks),
        "left": lists.left(look, report, marks),
        "removed": lists.removed(look, report),
        "text": body(look, report, marks),
    }
    again = lost(look, report)
    if again:
        made["text"] += f"<h3>{look.label('lost_grid')}</h3>{again}"
    return "".join(_part(look, name, made[name], _sizes(report)) for name in _PARTS)


def _part(look: Look, name: str, content: str, sizes: dict[str, int]) -> str:
    """A part under its heading; in a notebook the lists open at a click."""
    head = look.label(name) + (f" ({sizes[name]:,})" if name in sizes else "")
    anchor = look.anchor("", name)
    if look.inline and name in ("observations", "left", "removed"):
        return f'<details id="{anchor}"><summary>{head}</summary>{content}</details>'
    tag = "h4" if look.inline else "h2"
    return f'<section id="{anchor}"><{tag}>{head}</{tag}>{content}</section>'


def _sizes(report: Report) -> dict[str, int]:
    return {
        "findings": len(report.findings),
        "observations": len(report.observations),
        "left": len(left_over(report)),
        "removed": len(report.document.removals),
    }


def _outline(look: Look, report: Report, above: str) -> str:
    """Parts, metrics by name, and sections: what stays in sight."""
    sizes = _sizes(report)
    parts = "".join(
        f"<li>{look.link('', name, look.label(name))} {sizes.get(name, '')}</li>" for name in _PARTS
    )
    sections = "".join(
        f"<li{look.at('deeper') if each.level > 1 else ''}>"
        f"{look.link('s', each.section_id, shown(heading(each)))}</li>"
        for each in report.sections
    )
    found = lists.index(look, report)
    return (
        f'<nav class="outline" aria-label="{look.label("outline")}">{above}'
        f'<input type="checkbox" class="menu" id="menu"><label class="menu-label" for="menu">'
        f'{look.label("outline")}</label><div class="contents"><ul>{parts}</ul>'
        f"<details><summary>{look.label('index')}</summary>{found}</details>"
        f"<details open><summary>{look.label('sections')}</summary><ul>{sections}</ul></details>"
        "</div></nav>"
    )


def _legend(look: Look, report: Report) -> str:
    """Kinds of numbers with their colours and how many there are; on a page each can be hidden."""
    sizes = Counter(map(kind_of, report.observations))
    sizes["left"] = len(left_over(report))
    made = []
    for kind in KINDS:
        swatch = f"<span{look.at(f'{kind} swatch')}>{look.label(f'kind_{kind}')}</span>"
        if look.inline:
            made.append(f"{swatch} {sizes[kind]:,} ")
        else:
            box = f'<input type="checkbox" id="show-{kind}" checked>'
            made.append(f"<label>{box} {swatch} {sizes[kind]:,}</label>")
    doubt = f"<span{look.at('doubtful')}>{look.label('kind_doubtful')}</span>"
    group = f'role="group" aria-label="{look.label("legend")}"'
    return f"<div{look.at('legend')} {group}>{''.join(made)}{doubt}</div>"
