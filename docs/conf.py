"""How Sphinx builds the pages: `make docs`. Nothing is fetched, and a warning is an error."""

import re
from importlib import import_module
from typing import Any

from docutils import nodes

import govtext

project = "govtext"
author = "govtext contributors"
release = version = govtext.__version__
extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["tables"]
html_theme = "furo"
html_title = "govtext"
html_static_path, html_css_files = ["_static"], ["docs.css"]
html_show_copyright = html_show_sourcelink = html_copy_source = False
myst_heading_anchors = 3
autodoc_typehints = "none"
autosummary_generate = False
numpydoc_show_class_members = False
# Links between pages must hold; the types that signatures name are those of other packages.
nitpick_ignore_regex = [("py:.*", ".*")]
_MANGLED = re.compile(r"\[?R[0-9a-f]{12,}-(\d+)\]?")


def setup(app: Any) -> None:
    """Names that are looked up on first use stand where the documentation looks for them."""
    for name in govtext.__all__:
        getattr(govtext, name)
    import_module("govtext.show.plots")
    app.connect("doctree-read", _number_sources)


def _number_sources(_app: Any, page: Any) -> None:
    """Sources are numbered as in the docstring, not by the name that keeps them apart."""
    for text in list(page.findall(nodes.Text)):
        if found := _MANGLED.fullmatch(text.astext()):
            inside = text.astext().startswith("[")
            text.parent.replace(text, nodes.Text(f"[{found[1]}]" if inside else found[1]))
