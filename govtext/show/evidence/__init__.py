"""A report -> what a person sees: plain lines for a terminal, a page for a browser.

On the page every finding and every observation leads to the characters that it was read from, and
a table is drawn as a table. Every string of a report is escaped: a page never runs what it says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govtext.pipeline import rows, sandbox, tables
from govtext.pipeline.assemble import read_apart
from govtext.show import style
from govtext.show.evidence.explain import explain
from govtext.show.evidence.page import fragment, page
from govtext.show.evidence.plain import plain

if TYPE_CHECKING:
    import os

    import pandas as pd

    from govtext.core.model import Report

__all__ = ["Reading", "explain", "fragment", "page", "plain", "read_report"]


class Reading:
    """One report with all that was read from it; in a notebook it shows itself.

    Attributes
    ----------
    text : str
        Cleaned text; every offset counts its characters.
    identity : pandas.DataFrame
        A row a field: field, value, source, and the reason where the value is null.
    sections, quantities, observations, cells, findings, removals, words, themes : DataFrame
        The rows that the report adds to the tables of these names.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.document.text
        self._columns = rows.report_columns(report)

    def __repr__(self) -> str:
        """One line with the title and what was found."""
        name = self.report.identity.title or self.report.path
        return f"{name}: {len(self.text):,} characters, {len(self.report.quantities)} numbers"

    def _repr_html_(self) -> str:
        """Report as a notebook shows it, in the language of `use_style`; everything escaped."""
        return fragment(self.report, style.language())

    @property
    def identity(self) -> pd.DataFrame:
        """A row a field: field, value, source, reason."""
        import pandas as pd

        who = self.report.identity
        return pd.DataFrame(
            [
                (name, getattr(who, name), who.sources.get(name, ""), who.reasons.get(name, ""))
                for name in rows.IDENTITY
            ],
            columns=["field", "value", "source", "reason"],
        ).astype({"value": object})

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Rows that the report adds to the table of this name."""
        if name in self.__dict__.get("_columns", {}):
            made: pd.DataFrame = tables.batch(name, self._columns[name]).to_pandas()
            return made
        raise AttributeError(f"a reading has no {name!r}")


def read_report(path: str | os.PathLike[str], *, seconds: float = sandbox.SECONDS) -> Reading:
    """Reading of one file.

    Parameters
    ----------
    path : path
        The file of a report.
    seconds : float, default 12
        Most processor time that reading it may take.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read; the message says why.
    """
    return Reading(read_apart(Path(path), seconds=seconds))
