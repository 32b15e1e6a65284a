"""Where a study lies: the one that is meant, its figures, its notebooks, the project itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

from govtext.pipeline import home

_ENVIRONMENT = "GOVTEXT_STUDY"
_NOTEBOOK = re.compile(r"[0-9]{2}_[a-z0-9_]+\.ipynb")


def figures_of(name: str) -> Path:
    """Folder for the figures of the study with a mark; that of the default study is empty."""
    place = Path(name) if name else default_study()
    return (project() if _is_own(place) else home.of(place)) / home.FIGURES


def kept_in(folder: Path) -> Path:
    """Folder of what a scholar keeps for tables: the names of bodies, the labels of topics."""
    return project() / "data" if _is_own(folder) else home.of(folder)


def _is_own(folder: Path) -> bool:
    return folder.resolve() == own_study().resolve()


def own_study() -> Path:
    """Folder of the tables that `make study` writes."""
    return project() / "data" / "processed"


def default_study() -> Path:
    """Study that GOVTEXT_STUDY names, else the one around the current folder or the project's."""
    named = os.environ.get(_ENVIRONMENT)
    if not named:
        return home.tables_in(_around() or own_study())
    # A notebook runs in its own folder; the shell says in which one the command was typed.
    typed = Path(os.environ.get("PWD") or project()) / named
    found = typed if typed.is_dir() and not Path(named).is_dir() else Path(named)
    return home.tables_in(found)


def _around() -> Path | None:
    """Folder made by `govtext new` that the current one lies in, unless the project is nearer."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if _is_project(folder) or home.is_study(folder):
            return None if _is_project(folder) else folder
    return None


def project() -> Path:
    """Root of the project: the nearest folder above with its pyproject.toml, else the package's."""
    above = (folder for folder in (Path.cwd(), *Path.cwd().parents) if _is_project(folder))
    return next(above, Path(__file__).resolve().parents[2])


def _is_project(folder: Path) -> bool:
    return (folder / "pyproject.toml").is_file() and (folder / "govtext").is_dir()


def notebooks(folder: Path) -> list[Path]:
    """Notebooks of a folder, in order: `NN_name.ipynb`, and no copy that Jupyter made of one."""
    return sorted(path for path in folder.glob("*.ipynb") if _NOTEBOOK.fullmatch(path.name))
