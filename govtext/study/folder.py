"""An empty folder -> a study that stands by itself, from the files that lie beside this module."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from govtext.core import disk
from govtext.pipeline import home

if TYPE_CHECKING:
    from pathlib import Path

FILES = "files"
"""What a new study holds, as it will lie there."""
_PYTHON = b"@PYTHON@"


def new(folder: Path) -> list[str]:
    """Names of the files of a new study, which stand in `folder`.

    Parameters
    ----------
    folder : Path
        A folder that is empty or not there yet.

    Raises
    ------
    FileExistsError
        If something lies there: nothing is overwritten.
    """
    if folder.is_file():
        raise FileExistsError(
            f"{folder} is a file: give the name of a folder that is not there yet"
        )
    if home.is_study(folder):
        raise FileExistsError(
            f"{folder} is a study already: govtext study {folder} makes its results"
        )
    made = _contents()
    if any(not _is_of(made, path, folder) for path in folder.rglob("*")):
        raise FileExistsError(
            f"{folder} is not empty, and nothing in it was changed: give the name of a folder that "
            f"is not there yet"
        )
    (folder / home.REPORTS).mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        disk.write(folder / name, data)
    return sorted(made)


def _contents() -> dict[str, bytes]:
    """The files by their names; last those that make a study of a folder, when all stands."""
    with as_file(files("govtext.study") / FILES) as source:
        paths = sorted(path for path in source.rglob("*") if path.is_file())
        made = {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}
    made["Makefile"] = made["Makefile"].replace(_PYTHON, _in_make(sys.executable).encode())
    return made | {home.SETTINGS: made.pop(home.SETTINGS)}


def _is_of(made: dict[str, bytes], path: Path, folder: Path) -> bool:
    """True for what was made here by a `new` that was cut off."""
    name = path.relative_to(folder).as_posix()
    if path.is_dir():
        return name == home.REPORTS or any(each.startswith(f"{name}/") for each in made)
    return disk.is_draft(path) or (name in made and path.read_bytes() == made[name])


def _in_make(path: str) -> str:
    """A path as a Makefile takes it within double quotes of the shell."""
    return path.replace("$", "$$").replace("#", r"\#")
