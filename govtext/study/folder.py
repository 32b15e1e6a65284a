"""An empty folder -> a study that stands by itself, from the files that lie beside this module."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copyfile

from govtext.pipeline import home

FILES = "files"
"""What a new study holds, as it will lie there."""
_PYTHON = "@PYTHON@"


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
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(
            f"{folder} is not empty, and nothing in it was changed: give the name of a folder that "
            f"is not there yet"
        )
    (folder / home.REPORTS).mkdir(parents=True, exist_ok=True)
    with as_file(files("govtext.study") / FILES) as source:
        names = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copyfile(source / name, folder / name)
    makefile = folder / "Makefile"
    text = makefile.read_text(encoding="utf-8").replace(_PYTHON, _in_make(sys.executable))
    makefile.write_text(text, encoding="utf-8", newline="\n")
    return [name.as_posix() for name in names]


def _in_make(path: str) -> str:
    """A path as a Makefile takes it within double quotes of the shell."""
    return path.replace("$", "$$").replace("#", r"\#")
