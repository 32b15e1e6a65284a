"""The folder that `govtext new` makes: a study of a scholar's own, with its tables in `tables`."""

from __future__ import annotations

from pathlib import Path

REPORTS, TABLES, FIGURES = "reports", "tables", "figures"
NOTEBOOKS = "notebooks"
SETTINGS = "settings.toml"


def is_study(folder: Path) -> bool:
    """True for a folder that `govtext new` made."""
    return (folder / SETTINGS).is_file() and (folder / REPORTS).is_dir()


def above(place: Path) -> Path | None:
    """The nearest such folder that a place lies in, None where there is none."""
    folders = (place.resolve(), *place.resolve().parents)
    return next((folder for folder in folders if is_study(folder)), None)


def tables_in(folder: Path) -> Path:
    """Where the tables lie: in `tables` of such a folder; any other folder holds them itself."""
    return folder / TABLES if is_study(folder) else folder


def of(tables: Path) -> Path:
    """Where what belongs to tables lies: in such a folder beside them, else among them."""
    place = tables.resolve()
    return place.parent if place.name == TABLES and is_study(place.parent) else tables
