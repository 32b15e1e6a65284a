"""What the pages of a site share: head, bar, tables that sort and filter themselves in a browser.

The script of the pages is ours and stands in each of them; the policy in the head allows it alone.
Without it the tables are whole, in the order of the study.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from govtext import __version__
from govtext.core.codebook import CODEBOOK_VERSION
from govtext.show.evidence.look import guarded, label, plain, sheet, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAGES = {"reports": "index.html", "coverage": "coverage.html", "metrics": "metrics.html"}
"""Pages of the bar, with their addresses."""


class Cell(NamedTuple):
    """A cell of a list: its HTML, and the number that it is sorted by, if it is one."""

    html: str
    number: float | None = None
    kind: str = ""


def page(language: str, title: str, about: str, content: str, *, at: str = "", up: str = "") -> str:
    """A page of the site.

    Parameters
    ----------
    language : {"en", "zh"}
        Of the labels.
    title, about : str
        For the head, as plain text.
    content : str
        HTML of the page.
    at : str
        Which of `PAGES` it is, if one.
    up : str
        Way to the first folder of the site: ``""`` or ``"../"``.
    """
    tongue = {"en": "en", "zh": "zh-Hans"}[language]
    made = said("made", language).format(version=__version__, codebook=CODEBOOK_VERSION)
    return (
        f'<!DOCTYPE html><html lang="{tongue}"><head>{guarded(style(), script())}'
        f'<title>{plain(title)}</title><meta name="description" content="{plain(about)}"></head>'
        f"<body>{bar(language, at=at, up=up)}<main><h1>{shown(title)}</h1>{content}"
        f"<footer>{escape(made)}</footer></main><script>{script()}</script></body></html>\n"
    )


def bar(language: str, *, at: str = "", up: str = "../") -> str:
    """Links to the pages that list things."""
    links = "".join(
        f'<a href="{up}{address}"{" aria-current=page" if name == at else ""}>'
        f"{escape(said(name, language))}</a> "
        for name, address in PAGES.items()
    )
    return f'<nav class="bar">{links}</nav>'


def said(key: str, language: str) -> str:
    """Words of the site (`rules/labels.csv`, keys that begin with ``site.``)."""
    return label(f"site.{key}", language)


def listed(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, filters: str = "", look: str = ""
) -> str:
    """Table that can be sorted; `filters` is the id of the boxes that filter it."""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    made = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    by = f' data-filters="{filters}"' if filters else ""
    return (
        f'<div class="scroll"><table class="list sortable {look}"{by}>'
        f"<thead><tr>{head}</tr></thead><tbody>{made}</tbody></table></div>"
    )


def boxes(name: str, language: str, columns: dict[int, str]) -> str:
    """Boxes that filter a table: words, and a choice for some of its columns; a script fills them.

    Parameters
    ----------
    name : str
        The id that the table names.
    language : {"en", "zh"}
        Of the labels.
    columns : dict
        Columns to choose values of, from 0, with their heads.
    """
    every = escape(said("all", language))
    choices = "".join(
        f'<label>{escape(head)} <select data-column="{column}"><option value="">{every}</option>'
        "</select></label>"
        for column, head in columns.items()
    )
    words = escape(said("filter", language))
    return (
        f'<div class="filters" id="{name}" hidden><input type="search" placeholder="{words}" '
        f'aria-label="{words}">{choices}<span><output></output> '
        f"{escape(said('shown', language))}</span></div>"
    )


@cache
def style() -> str:
    """Style sheet of the pages."""
    return sheet() + (files("govtext.show.site") / "site.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """The script of the pages."""
    return (files("govtext.show.site") / "site.js").read_text(encoding="utf-8")


def _cell(cell: Cell) -> str:
    number = "" if cell.number is None else f' data-value="{cell.number:.15g}"'
    kind = f' class="{cell.kind}"' if cell.kind else ""
    return f"<td{kind}{number}>{cell.html}</td>"
