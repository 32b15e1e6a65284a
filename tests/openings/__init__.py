"""Invented documents with their right identity or kind; see README.md beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.pipeline.assemble import read_file

if TYPE_CHECKING:
    from govtext.core.model import Report

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Opening:
    """A document, what it is called, and what a careful reader says of it."""

    number: str
    format: str
    name: str
    right: dict[str, str | None]
    text: str

    def read(self, folder: Path) -> Report:
        """The document as a report, read from a file."""
        path = folder / f"opening.{self.format}"
        path.write_text(self.text, encoding="utf-8")
        return read_file(path, path.stem, path.name)

    def __str__(self) -> str:
        return f"{self.number}-{self.name}"


def openings(name: str) -> list[Opening]:
    """Openings of a set, in order."""
    found = []
    for block in (HERE / f"{name}.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, text = block.partition("\n---\n")
        first, *fields = head.split("\n")
        number, suffix, name_of = first.split(" ", 2)
        right = dict(line.split(": ", 1) for line in fields if line)
        plain = {key: None if value == "-" else value for key, value in right.items()}
        found.append(Opening(number, suffix, name_of, plain, text))
    return found
