"""How far the conclusions hang on single terms of the lexicon."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext.extract.themes import carry, matches, theme_ids, themes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from numpy.typing import NDArray

_KEYS = ("report_id", "part")
_RANGES = (
    "report_id", "theme", "n_sentences", "n_coded", "share", "share_low", "share_high", "rank",
    "rank_low", "rank_high", "term", "n_terms",
)  # fmt: skip


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
    ranks = _ranks(base)
    least, most, first, last = base.copy(), base.copy(), ranks.copy(), ranks.copy()
    moved, whose = np.zeros(base.shape), np.zeros(base.shape, int)
    for number, (_, table) in enumerate(counts.without("report_id"), 1):
        apart = np.abs(table - base)
        rows = np.flatnonzero(apart.any(axis=1))
        further = apart > moved
        moved, whose = np.where(further, apart, moved), np.where(further, number, whose)
        least[rows] = np.minimum(least[rows], table[rows])
        most[rows] = np.maximum(most[rows], table[rows])
        now = _ranks(table[rows])
        first[rows], last[rows] = np.minimum(first[rows], now), np.maximum(last[rows], now)
    terms = ["", *counts.terms]
    found = [
        {
            "report_id": report, "theme": theme, "n_sentences": size, "n_coded": base[at],
            "share": base[at] / size, "share_low": least[at] / size, "share_high": most[at] / size,
            "rank": ranks[at], "rank_low": first[at], "rank_high": last[at],
            "term": terms[whose[at]], "n_terms": len(counts.terms),
        }
        for row, (report, size) in enumerate(sizes.items())
        for column, theme in enumerate(theme_ids())
        for at in [(row, column)]
    ]  # fmt: skip
    return pd.DataFrame(found, columns=list(_RANGES))


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
    sizes = sentences.groupby("part", sort=True).size().to_numpy().astype(np.float64)
    base = _claims(counts.of("report_id"), counts.groups["report_id"], counts.of("part"), sizes)
    parts = counts.groups["part"]
    overturned: dict[int, list[str]] = defaultdict(list)
    tables = zip(counts.without("report_id"), counts.without("part"), strict=True)
    of_reports, of_parts = counts.of("report_id"), counts.of("part")
    touched = _touched(base)
    for (term, by_report), (_, by_part) in tables:
        moved = np.flatnonzero((by_report != of_reports).any(axis=1)).tolist()
        themes = np.flatnonzero((by_part != of_parts).any(axis=0)).tolist()
        keys = [*(("row", row) for row in moved), *(("theme", theme) for theme in themes)]
        for number in sorted(number for key in keys for number in touched[key]):
            if _margin(base[number], by_report, by_part, sizes) * base[number]["margin"] <= 0:
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


def _touched(claims: list[dict[str, Any]]) -> dict[tuple[str, int], list[int]]:
    """Claims by what can overturn them: a report's own row, or a theme's column of the parts."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        part = claim["kind"] == "part"
        found["theme" if part else "row", claim["theme" if part else "row"]].append(number)
    return found


class _Counts:
    """Sentences of each group on each theme, with all terms and without each that is matched."""

    def __init__(self, sentences: pd.DataFrame) -> None:
        self.ids = theme_ids()
        self.frame = sentences.reset_index(drop=True)
        self.groups = {key: sorted(set(self.frame[key])) for key in _KEYS}
        self._texts = list(self.frame["sentence"])
        places_of = {key: {name: at for at, name in enumerate(self.groups[key])} for key in _KEYS}
        self._rows = {key: [places_of[key][each] for each in self.frame[key]] for key in _KEYS}
        self._parts = list(self.frame["part"])
        # A part lends its theme to the sentences that follow each other in it, and to no other.
        self._runs = [
            list(run)
            for rows in self.frame.groupby("report_id").groups.values()
            for _, run in groupby(rows, key=self._parts.__getitem__)
        ]
        self._run_of = {row: at for at, rows in enumerate(self._runs) for row in rows}
        places: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self._texts):
            for term in dict.fromkeys(term for *_, term in matches(sentence)):
                places[term].append(number)
        self._places = dict(sorted(places.items()))
        self.terms = tuple(self._places)
        self._spoken = [_themes(sentence, ()) for sentence in self._texts]
        self._base = self._carried({}, range(len(self._runs)))
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
        for theme in themes:
            table[self._rows[key][number], self.ids.index(theme)] += sign

    def _without(self, term: str) -> dict[int, set[str]]:
        """Sentences whose themes change when a term is left out."""
        now = ((at, _themes(self._texts[at], (term,))) for at in self._places[term])
        changed = {at: themes for at, themes in now if themes != self._spoken[at]}
        touched = sorted({self._run_of[at] for at in changed})
        found = self._carried(changed, touched)
        return {number: each for number, each in found.items() if each != self._base[number]}

    def _carried(
        self, changed: Mapping[int, set[str]], runs: Collection[int]
    ) -> dict[int, set[str]]:
        """Themes of the sentences of some runs, with what their parts lend them."""
        found: dict[int, set[str]] = {}
        for place in runs:
            rows = self._runs[place]
            themes = [set(changed.get(number, self._spoken[number])) for number in rows]
            carry(themes, [self._parts[number] for number in rows])
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
    ranks: NDArray[np.int64] = 1 + (table[:, :, None] < table[:, None, :]).sum(axis=2)
    return ranks
