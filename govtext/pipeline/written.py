"""Where lies what a scholar wrote about the reports: among them, or in a folder of its own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from govtext.pipeline import corrections, manifest, own, remote, sources

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Written:
    """Folders of what a scholar wrote about the reports: their manifest, corrections and rules."""

    manifest: Path
    corrections: Path
    rules: Path | None

    @classmethod
    @contextmanager
    def at(
        cls,
        source: str | os.PathLike[str],
        beside: str | os.PathLike[str] | None = None,
        rules: str | os.PathLike[str] | None = None,
    ) -> Iterator[Written]:
        """As `of`; what lies at an address is fetched, and stays until the block ends."""
        address = remote.named(source)
        if not address:
            yield cls.of(Path(source), beside, rules)
            return
        with TemporaryDirectory(prefix="govtext-") as folder:
            remote.beside(address, sources.OWN, own.FOLDER, Path(folder))
            yield cls.of(Path(folder), beside, rules)

    @classmethod
    def of(
        cls,
        source: Path,
        beside: str | os.PathLike[str] | None = None,
        rules: str | os.PathLike[str] | None = None,
    ) -> Written:
        """In a folder beside the reports where one is given and holds them, else among them.

        Raises
        ------
        ValueError
            If a file is in both, with rows: which one is meant is the scholar's to say.
        """
        root = source if source.is_dir() else source.parent
        places = [Path(beside), root] if beside is not None else [root]
        folders = [each / own.FOLDER for each in places if own.is_folder(each / own.FOLDER)]
        return cls(
            _place(manifest.NAME, places),
            _place(corrections.NAME, places),
            Path(rules) if rules is not None else next(iter(folders), None),
        )


def _place(name: str, places: list[Path]) -> Path:
    """The folder whose file of a name has rows, the first where none has."""
    full = [place for place in places if _has_rows(place / name)]
    if len(full) > 1:
        one, other = (place / name for place in full)
        raise ValueError(f"{one} and {other} both have rows: put them into one of the two")
    return full[0] if full else places[0]


def _has_rows(path: Path) -> bool:
    return path.is_file() and len(path.read_bytes().strip().splitlines()) > 1
