"""A made report -> the bytes of a file: which format it has, and the mark on each of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tools.made.report import MARK, MadeReport
from tools.pages import HTML, STYLES, Content, office

TEXT_ONLY = {"txt": 1.0}
_MARKED: Mapping[str, Callable[[Content], bytes]] = {
    "docx": lambda content: office.word(content, head=MARK),
    "pdf": lambda content: office.pdf(content, head=MARK),
    "pdf_landscape": lambda content: office.pdf_landscape(content, head=MARK),
}
"""Styles of several pages: their running head is the mark."""
_HTML = "html"
_NAMES = (_HTML, *STYLES)


@dataclass(frozen=True)
class Printer:
    """Prints each report in a format by chance, in the given parts; the same for a seed."""

    parts: Mapping[str, float]
    seed: int = 0

    def style_of(self, made: MadeReport) -> str:
        """Name of the style (`tools.pages.STYLES`) that a report is printed in."""
        rng = Random(f"format-{self.seed}-{made.report_id}")
        name = rng.choices(list(self.parts), list(self.parts.values()))[0]
        return rng.choice(HTML) if name == _HTML else name

    def printed(self, made: MadeReport) -> tuple[str, bytes]:
        """Suffix and bytes of its file."""
        name = self.style_of(made)
        make = _MARKED.get(name, STYLES[name].make)
        return STYLES[name].suffix, make(made.content)


def parts_of(text: str) -> dict[str, float]:
    """Formats with their parts, from words such as ``txt=70,html=20,docx=7,pdf=3``."""
    parts: dict[str, float] = {}
    for each in text.split(","):
        name, _, part = each.partition("=")
        if name not in _NAMES or not part.replace(".", "", 1).isdigit() or not float(part):
            message = f"{each!r} is no format with a part, such as txt=70; formats: "
            raise ValueError(message + " ".join(_NAMES))
        parts[name] = float(part)
    return parts
