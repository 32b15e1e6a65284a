"""An executed notebook -> a page that stands alone: nothing in it runs or fetches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# What remains of a page when scripts, forms and frames are gone: prose, tables, pictures.
_TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s section small span strong sub "
    "summary sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    "*": ["class", "id", "style", "title"],
    "a": ["href"],
    "details": ["open"],
    "img": ["alt", "src", "width", "height"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_BOX = frozenset(
    "border border-bottom border-left border-radius border-right border-top margin margin-bottom "
    "margin-left margin-right margin-top max-height max-width min-width padding padding-left "
    "padding-right overflow-x overflow-y".split()
)
# The page must stand alone, so nothing is fetched: no script of require.js, MathJax or Mermaid.
_PAGE = """{% extends 'lab/index.html.j2' %}
{% block html_head_js_requirejs %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block data_png scoped %}
{%- set told = output | get_metadata('alt', 'image/png') -%}
{%- set named = '<img alt="' ~ ((told or '') | escape_html) ~ '" src' -%}
{{ super() | replace('<img src', named) if told else super() }}
{% endblock %}
"""


_SAVED = re.compile(r"""save_figure\([^"']{0,200}["']([0-9]{2}-[a-z0-9-]{1,80})["']""")


def describe(notebook: Any, told: Mapping[str, str]) -> None:
    """Nothing; the pictures of an executed notebook tell what they show, as `told` by figure."""
    for cell in notebook.cells:
        found = _SAVED.search(cell.source) if cell.cell_type == "code" else None
        for output in cell.get("outputs", ()) if found else ():
            if found and told.get(found[1]) and "image/png" in output.get("data", {}):
                output.metadata.setdefault("image/png", {})["alt"] = told[found[1]]


def page(notebook: Any, title: str) -> str:
    """HTML of an executed notebook that stands alone, without scripts found in data."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(sanitize_html=True, embed_images=True, raw_template=_PAGE)
    exporter.register_filter("clean_html", sanitise)
    text, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}})
    return str(text)


def sanitise(html: Any) -> str:
    """Same HTML with nothing in it that runs or fetches: tags and styles of prose and tables."""
    import bleach
    from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer

    # A style sheet taken without its tag would be printed as text.
    bare = re.sub(
        r"<style\b[^>]{0,200}>.*?</style>", "", str(html), flags=re.DOTALL | re.IGNORECASE
    )
    styles = CSSSanitizer(allowed_css_properties=ALLOWED_CSS_PROPERTIES | _BOX)
    return str(
        bleach.clean(
            bare,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            protocols={"http", "https", "mailto", "data"},
            css_sanitizer=styles,
        )
    )
