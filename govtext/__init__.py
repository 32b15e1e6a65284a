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
    "candour": "govtext.analyse_emphasis",
    "code_themes": "govtext.analyse_emphasis",
    "codebook": "govtext.book",
    "coded_sentences": "govtext.analyse_emphasis",
    "coder_agreement": "govtext.analyse_emphasis",
    "collocations": "govtext.analyse_language",
    "compare_coders": "govtext.analyse_emphasis",
    "coverage": "govtext.panels",
    "crosswalk": "govtext.book",
    "dispersion": "govtext.analyse_language",
    "draw_sample": "govtext.validate",
    "gold_faults": "govtext.validate",
    "gold_scores": "govtext.validate",
    "keyness": "govtext.analyse_language",
    "kwic": "govtext.analyse_emphasis",
    "leave_report_out": "govtext.analyse_emphasis",
    "panel": "govtext.panels",
    "promises": "govtext.analyse_emphasis",
    "quantification": "govtext.analyse_language",
    "rates": "govtext.panels",
    "readability": "govtext.analyse_language",
    "reuse": "govtext.analyse_reuse",
    "reuse_control": "govtext.analyse_reuse",
    "score_sample": "govtext.validate",
    "substance": "govtext.analyse_emphasis",
    "theme_conclusions": "govtext.analyse_emphasis",
    "theme_ranges": "govtext.analyse_emphasis",
    "theme_shares": "govtext.analyse_emphasis",
    "topics": "govtext.analyse_topics",
    "train_coder": "govtext.analyse_emphasis",
    "without_reused": "govtext.analyse_reuse",
    "plots": "",
    "summary": "",
}

__all__ = [
    "audit_years", "bodies", "build", "candour", "code_themes", "codebook", "coded_sentences",
    "coder_agreement", "collocations", "compare_coders", "coverage", "crosswalk", "dispersion",
    "draw_sample", "gold_faults", "gold_scores", "keyness", "kwic", "leave_report_out", "load",
    "panel", "parse_quantities", "plots", "promises", "quantification", "rates", "read_report",
    "readability", "reuse", "reuse_control", "save_figure", "score_sample", "substance", "summary",
    "theme_conclusions", "theme_ranges", "theme_shares", "tokenize", "topics", "train_coder",
    "use_style", "without_reused",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Public names that are imported when first used."""
    if name not in _LATER:
        raise AttributeError(f"govtext has no {name!r}; public names: {', '.join(__all__)}")
    home = _LATER[name]
    return getattr(import_module(home), name) if home else import_module(f"govtext.{name}")
