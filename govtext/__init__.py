"""govtext: Chinese government information disclosure annual reports, read as data."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

from govtext.assemble import parse_quantities, read_report
from govtext.build import build
from govtext.figures import save_figure
from govtext.style import use_style
from govtext.tables import load
from govtext.words import tokenize

# Those that bring pandas, matplotlib or scikit-learn along are imported when first used.
_LATER = {
    "audit_years": "govtext.panels",
    "bodies": "govtext.panels",
    "code_themes": "govtext.analyse",
    "codebook": "govtext.book",
    "coder_agreement": "govtext.analyse",
    "collocations": "govtext.analyse_language",
    "coverage": "govtext.panels",
    "crosswalk": "govtext.book",
    "dispersion": "govtext.analyse_language",
    "draw_sample": "govtext.validate",
    "gold_faults": "govtext.validate",
    "gold_scores": "govtext.validate",
    "keyness": "govtext.analyse_language",
    "panel": "govtext.panels",
    "quantification": "govtext.analyse_language",
    "rates": "govtext.panels",
    "readability": "govtext.analyse_language",
    "reuse": "govtext.analyse_reuse",
    "reuse_control": "govtext.analyse_reuse",
    "score_sample": "govtext.validate",
    "theme_shares": "govtext.analyse",
    "topics": "govtext.analyse_topics",
    "without_reused": "govtext.analyse_reuse",
    "plots": "",
    "summary": "",
}

__all__ = [
    "audit_years", "bodies", "build", "code_themes", "codebook", "coder_agreement", "collocations",
    "coverage", "crosswalk", "dispersion", "draw_sample", "gold_faults", "gold_scores", "keyness",
    "load", "panel", "parse_quantities", "plots", "quantification", "rates", "read_report",
    "readability", "reuse", "reuse_control", "save_figure", "score_sample", "summary",
    "theme_shares", "tokenize", "topics", "use_style", "without_reused",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Public names that are imported when first used."""
    if name not in _LATER:
        raise AttributeError(f"govtext has no {name!r}; public names: {', '.join(__all__)}")
    home = _LATER[name]
    return getattr(import_module(home), name) if home else import_module(f"govtext.{name}")
