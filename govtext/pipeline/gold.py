"""The annotation of the shipped reports, as it lies in a checkout of the project."""

from __future__ import annotations

from govtext.core import sheets
from govtext.pipeline import places


def rows(name: str, report: str | None = None) -> list[dict[str, str]]:
    """Rows of a file of the annotation, or those of one report; none where it is not there.

    Parameters
    ----------
    name : str
        Name of a file of `data/gold` without its suffix.
    report : str, optional
        As the annotation calls it: the stem of its file.
    """
    path = places.project() / "data" / "gold" / f"{name}.csv"
    if not path.is_file():
        return []
    return [row for row in sheets.read(path) if report in (None, row["report"])]
