"""Out of Python: frames and studies as files that other programs open, with their codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govtext.analyse.emphasis.sentences import sentences
from govtext.core import disk
from govtext.core import sheets as spreadsheets
from govtext.core.near import meant
from govtext.pipeline.tables import Study
from govtext.show.export import (
    card,
    chosen,
    database,
    describe,
    latex,
    package,
    plain,
    stata,
    workbook,
)

if TYPE_CHECKING:
    import os

    import pandas as pd

__all__ = ["KINDS", "data_card", "export"]

KINDS = {
    ".csv": plain.write_csv,
    ".dta": stata.write,
    ".parquet": plain.write_parquet,
    ".sqlite": database.write,
    ".tex": latex.write,
    ".xlsx": workbook.write,
}
"""Endings of a file, and what writes it."""


def export(
    what: Study | pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    table: str | None = None,
    panel: str | None = None,
) -> Path:
    """Path of a file with a study or a frame, for the program that its ending names.

    Beside it stand what its columns mean (``NAME-codebook.csv``; a workbook and a database hold it
    too) and `datapackage.json`; of a study also its data card (`data_card`).

    Parameters
    ----------
    what : Study or pandas.DataFrame
        A study as `load` gives, or any frame that is made of one.
    path : path
        Ends in ``.xlsx`` (Excel: labels as comments of the head, a codebook sheet), ``.dta``
        (Stata 118: labels of variables and values), ``.csv`` (Excel opens it as it is),
        ``.parquet`` (labels as metadata of the fields), ``.sqlite`` (with full-text search, for
        Datasette) or ``.tex`` (booktabs). No cell of a spreadsheet runs.
    table : str, optional
        Table of the study to write.
    panel : str, optional
        Series or metric whose panel to write. With neither, a workbook holds the panel of all
        metrics, the reports, observations, findings and rejects; a database all tables and the
        sentences; any other file the panel of all metrics.

    Raises
    ------
    ValueError
        If the ending is none of these, or there is no such table.
    KeyError
        If there is no such series.
    ImportError
        If a package is missing, with the command that installs it.
    """
    target = Path(path)
    write = KINDS.get(target.suffix.lower())
    if write is None:
        raise ValueError(
            f"{target} ends in {target.suffix!r}{meant(target.suffix, KINDS)}; "
            f"it can end in {', '.join(KINDS)}"
        )
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{target.parent} is no folder: make it first")
    sheets = chosen.sheets(what, target.suffix.lower(), table, panel)
    if isinstance(what, Study) and write is database.write and not table and not panel:
        sheets["sentences"] = sentences(what)
    with disk.draft(target) as made:
        write(sheets, made)
    beside = target.with_name(f"{target.stem}-codebook.csv")
    spreadsheets.write(describe.codebook(sheets), beside)
    package.write(sheets, target)
    if isinstance(what, Study):
        _card(what, sheets, target.with_name(f"{target.stem}-card.md"), None)
    return target


def data_card(
    study: Study,
    folder: str | os.PathLike[str],
    *,
    sample: str | os.PathLike[str] | pd.DataFrame | None = None,
) -> Path:
    """Path of the data card of a study: Markdown, with the same as a web page beside it.

    It says what was found, read, missing and rejected, how far the numbers can be trusted, which
    versions read it, what the columns mean, and how to cite it.

    Parameters
    ----------
    study : Study
        As `load` gives.
    folder : path
        For `data-card.md` and `data-card.html`.
    sample : path or pandas.DataFrame, optional
        A sample that was checked by hand (`draw_sample`); its error rates are told.
    """
    target = Path(folder)
    if not target.is_dir():
        raise FileNotFoundError(f"{target} is no folder: make it first")
    sheets = chosen.sheets(study, ".xlsx", None, None)
    return _card(study, sheets, target / "data-card.md", sample)


def _card(
    study: Study,
    sheets: dict[str, pd.DataFrame],
    path: Path,
    sample: str | os.PathLike[str] | pd.DataFrame | None,
) -> Path:
    blocks = card.parts(study, sheets, sample)
    disk.write(path, card.markdown(blocks))
    page = path.with_suffix(".html")
    disk.write(page, card.html(blocks))
    return path
