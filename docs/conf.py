"""How Sphinx builds the pages: `make docs`. Nothing is fetched, and a warning is an error."""

from importlib import import_module
from typing import Any

import govtext

project = "govtext"
author = "govtext contributors"
release = version = govtext.__version__
extensions = [
    "myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx_design"
]  # fmt: skip
source_suffix = {".md": "markdown"}
exclude_patterns = ["tables"]
html_theme = "furo"
html_title = "govtext"
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
pygments_style, pygments_dark_style = "default", "monokai"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "none"
autodoc_use_type_comments = False
autosummary_generate = False
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
# Links between pages must hold; the types that signatures name are those of other packages.
nitpick_ignore_regex = [("py:.*", ".*")]


def setup(_app: Any) -> None:
    """Names that are looked up on first use stand where the documentation looks for them."""
    for name in govtext.__all__:
        getattr(govtext, name)
    import_module("govtext.show.plots")
