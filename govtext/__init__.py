"""govtext: Chinese government information disclosure annual reports, read as data."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

from govtext.analyse import code_themes, coder_agreement, theme_shares, topics
from govtext.build import build, parse_quantities, read_report
from govtext.style import save_figure, use_style
from govtext.tables import load
from govtext.words import tokenize

_LATER = ("plots", "summary")

__all__ = [
    "build", "code_themes", "coder_agreement", "load", "parse_quantities", "plots", "read_report",
    "save_figure", "summary", "theme_shares", "tokenize", "topics", "use_style",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Modules that take long to import, when they are first used."""
    if name in _LATER:
        return import_module(f"govtext.{name}")
    raise AttributeError(f"govtext has no {name!r}; public names: {', '.join(__all__)}")
