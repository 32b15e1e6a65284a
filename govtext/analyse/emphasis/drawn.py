"""How far the coding hangs on the reports that its terms were drawn from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtext.analyse.emphasis import measures
from govtext.core import rules, text
from govtext.extract.themes import GAP, code_themes, theme_ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INSIDE = ("five reports", "genre")
"""Sources of terms in `rules/lexicon.csv` that are no document outside the reports."""


def leave_report_out(
    sentences: pd.DataFrame, a: pd.DataFrame, b: pd.DataFrame, *, sourced: bool = False
) -> pd.DataFrame:
    """What the coding of each report is with the terms drawn from the other reports only.

    Parameters
    ----------
    sentences : DataFrame
        One row a sentence in order: report_id, sentence and part.
    a, b : DataFrame
        What two coders coded, for the same sentences; see `measures.agreement`.
    sourced : bool
        Keep the terms that have a source outside the reports (`rules/lexicon.csv`: a regulation,
        form, work plan, notice or dictionary), wherever they stand.

    Returns
    -------
    DataFrame
        One row a report and a last row ``all``: report_id, n_sentences, n_dropped (terms and
        phrases that were left out), f1 with the whole lexicon, f1_drawn with the drawn one, gap.
        F1 is the macro mean over the themes that both coders give some sentence of the report,
        each over the sentences on which they agree; 0 to 1.

    Notes
    -----
    A term is drawn from the other reports if it stands in any of them, as the lexicon matches it.
    Excluded terms are drawn in the same way. The choice of theme for a drawn term was made with
    all reports at hand, so that this is a cross-validation of the vocabulary, not of the judgement
    that sorted it; where terms were made with the reports at hand, trust new reports more.
    """
    gone = _gone(sentences, sourced=sourced)
    full = _coded(sentences, dict.fromkeys(gone, frozenset()))
    drawn = _coded(sentences, gone)
    reports = sentences["report_id"].to_numpy()
    rows = [
        {"report_id": each, "n_dropped": len(gone[each])} | _gap(full, drawn, a, b, reports == each)
        for each in gone
    ]
    whole = np.ones(len(sentences), dtype=bool)
    rows.append({"report_id": "all", "n_dropped": pd.NA, **_gap(full, drawn, a, b, whole)})
    columns = ["report_id", "n_sentences", "n_dropped", "f1", "f1_drawn", "gap"]
    return pd.DataFrame(rows, columns=columns).astype({"n_dropped": "Int64"})


def drawn_codes(sentences: pd.DataFrame, *, sourced: bool = False) -> pd.DataFrame:
    """Themes of the sentences, each report by the terms that stand in the others only.

    Boolean, one row a sentence, one column a theme; see `leave_report_out`.
    """
    return _coded(sentences, _gone(sentences, sourced=sourced))


def _gone(sentences: pd.DataFrame, *, sourced: bool) -> dict[str, frozenset[str]]:
    """For each report the terms that stand in none of the others."""
    texts = sentences.groupby("report_id", sort=True)["sentence"].agg("\n".join).map(_folded)
    where = {
        term: {str(report) for report, body in texts.items() if pattern.search(body)}
        for term, pattern in _patterns()
    }
    kept = {term for term, source in _sources().items() if sourced and source not in _INSIDE}
    return {
        str(report): frozenset(t for t, found in where.items() if not found - {report}) - kept
        for report in texts.index
    }


def _coded(sentences: pd.DataFrame, gone: dict[str, frozenset[str]]) -> pd.DataFrame:
    """Themes of the sentences, with the terms left out that are gone for their report."""
    found = pd.DataFrame(False, index=range(len(sentences)), columns=list(theme_ids()))
    for report, terms in gone.items():
        mine = (sentences["report_id"] == report).to_numpy()
        own = sentences[mine]
        coded = code_themes(own["sentence"], parts=list(own["part"]), without=terms)
        found.loc[mine] = coded.to_numpy()
    return found


def _gap(
    full: pd.DataFrame,
    drawn: pd.DataFrame,
    a: pd.DataFrame,
    b: pd.DataFrame,
    mine: NDArray[np.bool_],
) -> dict[str, float]:
    f1, less = (
        measures.agreement(frame[mine], a[mine], b[mine])["f1"].iloc[-1] for frame in (full, drawn)
    )
    return {"n_sentences": int(mine.sum()), "f1": f1, "f1_drawn": less, "gap": f1 - less}


@rules.cached
def _sources() -> dict[str, str]:
    """Source of each term, folded; the outside one where its rows differ."""
    found: dict[str, str] = {}
    for row in rules.load("lexicon"):
        term = _folded(row["term"])
        if found.get(term, "genre") in _INSIDE:
            found[term] = row["source"]
    return found


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Terms of the lexicon, each with the pattern of where it stands in a folded text."""
    gap = f"[^,\\n]{{0,{GAP}}}?"
    return [(term, re.compile(gap.join(map(re.escape, term.split("…"))))) for term in _sources()]


def _folded(body: str) -> str:
    return text.fold(body).lower()
