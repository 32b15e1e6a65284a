"""Where lies what a scholar wrote about the reports: among them, or in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.pipeline import corrections, manifest, own

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """Folders of what a scholar wrote about the reports: their manifest, corrections and rules."""

    manifest: Path
    corrections: Path
    rules: Path

    @classmethod
    def of(cls, root: Path, beside: Path) -> Written:
        """Beside the reports where something is written there, else among them."""
        rules = beside if own.is_folder(beside / own.FOLDER) else root
        return cls(
            _place(manifest.NAME, root, beside), _place(corrections.NAME, root, beside), rules
        )


def _place(name: str, root: Path, beside: Path) -> Path:
    """Folder of the one file of a name that has rows.

    Raises
    ------
    ValueError
        If both have: which one is meant is the scholar's to say.
    """
    both = [place for place in dict.fromkeys((beside, root)) if _has_rows(place / name)]
    if len(both) > 1:
        raise ValueError(
            f"{both[0] / name} and {both[1] / name} both have rows: put them into one of the two"
        )
    return both[0] if both else beside


def _has_rows(path: Path) -> bool:
    return path.is_file() and len(path.read_bytes().strip().splitlines()) > 1
