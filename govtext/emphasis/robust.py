"""How far the coding hangs on single terms, and on the reports that the terms were drawn from."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext import rules, text
from govtext.emphasis import measures
from govtext.emphasis.coding import GAP, carry, code_themes, matches, theme_ids, themes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

_INSIDE = ("five reports", "genre")
_KEYS = ("report_id", "part")


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


def leave_term_out(sentences: pd.DataFrame) -> pd.DataFrame:
    """Shares of the themes in each report with any single term of the lexicon left out.

    Parameters
    ----------
    sentences : DataFrame
        One row a sentence in order: report_id, sentence and part.

    Returns
    -------
    DataFrame
        One row a report and theme: report_id, theme, n_sentences, n_coded, share, share_low and
        share_high (the least and most share that is left with any one term gone, 0 to 1), rank (1
        is the most frequent; ties share the better rank), rank_low, rank_high, term (the one whose
        loss moves the share most), n_terms (terms that stand in the sentences and were tried).

    Notes
    -----
    Deletion of one term at a time, as in the leave-one-out jackknife, but over the terms of the
    measure, not over the data: the bounds are extremes, no confidence interval, and say nothing of
    sampling. A term that codes several themes is left out of all. Use `shares` for sampling error.
    """
    counts, sizes = _Counts(sentences), sentences.groupby("report_id", sort=True).size()
    base = counts.of("report_id")
    spread = np.stack([base, *(table for _, table in counts.without("report_id"))])
    ranks = np.stack([_ranks(table) for table in spread])
    terms = ["", *counts.terms]
    rows = []
    for row, (report, size) in enumerate(sizes.items()):
        for column, theme in enumerate(theme_ids()):
            n, rank = spread[:, row, column], ranks[:, row, column]
            most = int(np.abs(n - n[0]).argmax())
            rows.append(
                {
                    "report_id": report, "theme": theme, "n_sentences": size, "n_coded": n[0],
                    "share": n[0] / size, "share_low": n.min() / size, "share_high": n.max() / size,
                    "rank": rank[0], "rank_low": rank.min(), "rank_high": rank.max(),
                    "term": terms[most], "n_terms": len(counts.terms),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def conclusions(sentences: pd.DataFrame) -> pd.DataFrame:
    """Every comparison that the shares allow, and the terms whose loss would overturn it.

    Returns
    -------
    DataFrame
        One row a conclusion: kind, group, theme, other, margin (in sentences, or for parts the
        difference of shares), terms (those that overturn it, joined by "; "), n_overturning. Kind
        ``top``: the theme is the first of the report, `other` the second. Kind ``order``: the
        theme stands right above `other` in the report. Kind ``part``: sentences of the part speak
        of the theme more (margin above 0) or less often than those of all other parts. Ties are no
        conclusions.

    Notes
    -----
    A conclusion is overturned where its margin becomes 0 or changes its sign. `leave_term_out` says
    what is left out, and why this is no interval.
    """
    counts = _Counts(sentences)
    sizes = sentences.groupby("part", sort=True).size().to_numpy(float)
    base = _claims(counts.of("report_id"), counts.groups["report_id"], counts.of("part"), sizes)
    parts = counts.groups["part"]
    overturned: dict[int, list[str]] = defaultdict(list)
    tables = zip(counts.without("report_id"), counts.without("part"), strict=True)
    for (term, by_report), (_, by_part) in tables:
        for number, claim in enumerate(base):
            if _margin(claim, by_report, by_part, sizes) * claim["margin"] <= 0:
                overturned[number].append(term)
    ids = theme_ids()
    rows = [
        {
            "kind": claim["kind"],
            "group": (parts if claim["kind"] == "part" else counts.groups["report_id"])[
                claim["row"]
            ],
            "theme": ids[claim["theme"]],
            "other": "" if claim["other"] is None else ids[claim["other"]],
            "margin": claim["margin"],
            "terms": "; ".join(overturned[number]),
            "n_overturning": len(overturned[number]),
        }
        for number, claim in enumerate(base)
    ]
    columns = ["kind", "group", "theme", "other", "margin", "terms", "n_overturning"]
    return pd.DataFrame(rows, columns=columns)


class _Counts:
    """Sentences of each group on each theme, with all terms and without each that is matched."""

    def __init__(self, sentences: pd.DataFrame) -> None:
        self.ids = theme_ids()
        self.frame = sentences.reset_index(drop=True)
        self.groups = {key: sorted(set(self.frame[key])) for key in _KEYS}
        self._texts = list(self.frame["sentence"])
        self._reports = [list(rows) for rows in self.frame.groupby("report_id").groups.values()]
        places: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self._texts):
            for term in dict.fromkeys(term for *_, term in matches(sentence)):
                places[term].append(number)
        self._places = dict(sorted(places.items()))
        self.terms = tuple(self._places)
        self._spoken = [_themes(sentence, ()) for sentence in self._texts]
        self._base = self._carried(self._spoken, range(len(self._reports)))
        self._changed = {term: self._without(term) for term in self.terms}

    def of(self, key: str) -> NDArray[np.float64]:
        """Table of counts: a row a group, a column a theme."""
        table = np.zeros((len(self.groups[key]), len(self.ids)))
        for number, themes in self._base.items():
            self._add(table, key, number, themes, 1)
        return table

    def without(self, key: str) -> Iterator[tuple[str, NDArray[np.float64]]]:
        """Each term with the table that is left without it."""
        base = self.of(key)
        for term, changed in self._changed.items():
            table = base.copy()
            for number, themes in changed.items():
                self._add(table, key, number, self._base[number], -1)
                self._add(table, key, number, themes, 1)
            yield term, table

    def _add(
        self, table: NDArray[np.float64], key: str, number: int, themes: set[str], sign: int
    ) -> None:
        row = self.groups[key].index(self.frame[key].iat[number])
        for theme in themes:
            table[row, self.ids.index(theme)] += sign

    def _without(self, term: str) -> dict[int, set[str]]:
        """Sentences whose themes change when a term is left out."""
        spoken = list(self._spoken)
        for number in self._places[term]:
            spoken[number] = _themes(self._texts[number], (term,))
        hit = set(self._places[term])
        touched = [place for place, rows in enumerate(self._reports) if hit & set(rows)]
        found = self._carried(spoken, touched)
        return {number: each for number, each in found.items() if each != self._base[number]}

    def _carried(self, spoken: list[set[str]], reports: Collection[int]) -> dict[int, set[str]]:
        """Themes of the sentences of some reports, with what their parts lend them."""
        found: dict[int, set[str]] = {}
        for place in reports:
            rows = self._reports[place]
            themes = [set(spoken[number]) for number in rows]
            carry(themes, [self.frame["part"].iat[number] for number in rows])
            found |= dict(zip(rows, themes, strict=True))
        return found


def _themes(sentence: str, without: Collection[str]) -> set[str]:
    return {theme for *_, term in matches(sentence, without=without) for theme in themes_of(term)}


def _claims(
    by_report: NDArray[np.float64],
    reports: list[str],
    by_part: NDArray[np.float64],
    sizes: NDArray[np.float64],
) -> list[dict[str, Any]]:
    """Conclusions of the tables of counts, without ties."""
    claims: list[dict[str, Any]] = []
    for row in range(len(reports)):
        order = [int(each) for each in np.argsort(-by_report[row], kind="stable")]
        for place, (above, below) in enumerate(pairwise(order)):
            claims += [
                {"kind": kind, "row": row, "theme": above, "other": below}
                for kind in (("top", "order") if place == 0 else ("order",))
            ]
    claims += [
        {"kind": "part", "row": row, "theme": theme, "other": None}
        for row in range(len(sizes))
        for theme in range(by_part.shape[1])
    ]
    for claim in claims:
        claim["margin"] = _margin(claim, by_report, by_part, sizes)
    return [claim for claim in claims if claim["margin"]]


def _margin(
    claim: dict[str, Any],
    by_report: NDArray[np.float64],
    by_part: NDArray[np.float64],
    sizes: NDArray[np.float64],
) -> float:
    row, theme = claim["row"], claim["theme"]
    if claim["kind"] == "part":
        rest = sizes.sum() - sizes[row]
        others = (by_part[:, theme].sum() - by_part[row, theme]) / rest if rest else np.nan
        margin = by_part[row, theme] / sizes[row] - others
        return 0.0 if np.isnan(margin) else float(margin)
    if claim["kind"] == "top":
        return float(by_report[row, theme] - np.delete(by_report[row], theme).max())
    return float(by_report[row, theme] - by_report[row, claim["other"]])


def _ranks(table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rank of each theme in its row: one more than the themes above it."""
    return 1 + (table[:, :, None] < table[:, None, :]).sum(axis=2)


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


@cache
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
