"""The themes of a study -> emphasis by report or part, and by group with a test over bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtext.analyse import corpus, groups
from govtext.analyse.covariates import association
from govtext.analyse.emphasis import measures
from govtext.analyse.emphasis.sentences import of_study
from govtext.core.near import demand
from govtext.extract import themes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtext.pipeline.tables import Study

_TEST = [
    "estimate", "estimate_low", "estimate_high", "p", "p_holm", "design", "test_reason",
]  # fmt: skip


def theme_shares(study: Study, by: str = "report_id") -> pd.DataFrame:
    """Share of sentences and hits per 1,000 characters by report or part, with intervals.

    Parameters
    ----------
    study : Study
        As `load` gives.
    by : {"report_id", "part"}
        What to group the sentences by.

    Returns
    -------
    pandas.DataFrame
        As `measures.shares` gives; with the labels of the reports where they are the groups. A
        report without sentences has null shares. Reports that repeat another are left out.

    Raises
    ------
    ValueError
        If `by` is neither.
    """
    demand("by", by, ("report_id", "part"))
    study = corpus.counted(study)
    if by == "part":
        coded, counts = map(list, zip(*map(_lean, study.batches()), strict=True))
        sentences = pd.concat(coded, ignore_index=True)
        coded.clear()  # else there are two of it while the other is joined
        hits = pd.concat(counts, ignore_index=True)
        counts.clear()
        return corpus.by_part(measures.shares(sentences, by=by, counts=hits))
    frames = []
    for batch in study.batches():
        coded_here = of_study(batch)
        hits = themes.count_hits(coded_here["sentence"])
        ids = list(batch.read("reports", ["report_id"])["report_id"])
        frames.append(measures.shares(coded_here, by=by, groups=ids, counts=hits))
    return corpus.labels(study).merge(pd.concat(frames, ignore_index=True), on="report_id")


def theme_groups(
    study: Study,
    shares: pd.DataFrame | None = None,
    *,
    by: str | Iterable[str] = ("year", "level"),
) -> pd.DataFrame:
    """Mean share of sentences on each theme by year, level or province, with a test over bodies.

    Parameters
    ----------
    study : Study
        As `load` gives. Reports that repeat another are left out.
    shares : pandas.DataFrame, optional
        As `theme_shares` gives by report; else they are made.
    by : {"all", "year", "level", "province", "form"} or several, default ("year", "level")
        Groups of reports.

    Returns
    -------
    pandas.DataFrame
        A row a group and theme: by, group, theme, n_reports, n_bodies, mean, low, high, reason (why
        there are no bounds); of the theme and kind of group estimate, estimate_low,
        estimate_high (of the year), p, p_holm, design, test_reason (why there is no p).

    Notes
    -----
    mean: of the shares of the reports, each counting the same; low and high a 95% bootstrap over
    bodies, see `groups.means`. The test asks whether a theme goes with the year (estimate: slope,
    in shares a year, within bodies where most have several reports) or with the level, province or
    form (estimate: part of the variance of the means of bodies that lies between groups): p by
    permuting whole bodies, or the years within each, p_holm corrected for the number of themes; see
    `covariates.association`. Text that is carried on from year to year hides a trend: see
    `reuse.without_reused`.
    """
    found = theme_shares(study) if shares is None else shares
    there = study.read("reports", ["report_id"])["report_id"]
    return by_group(found[found["report_id"].isin(there)], groups.several(by))


def _lean(study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences without their words, and their hits, as small as can be: a study has millions."""
    coded = of_study(study)
    hits = themes.count_hits(coded["sentence"])
    kept = coded[["part", "start", "end", *themes.theme_ids()]]
    small = hits.apply(pd.to_numeric, downcast="unsigned")
    parts = pd.CategoricalDtype(corpus.part_names())
    return kept.astype({"start": "int32", "end": "int32", "part": parts}), small


def by_group(shares: pd.DataFrame, by: Iterable[str]) -> pd.DataFrame:
    """Mean share of each theme by group, with the test; see `theme_groups`."""
    kinds = list(by)
    known = shares[shares["theme"].notna() & shares["share"].notna()]
    means = groups.means(known, "share", by=kinds, per="theme")
    tests = [_test(known, kind) for kind in kinds if kind != groups.WHOLE and len(known)]
    empty = pd.DataFrame(columns=["by", "theme", *_TEST])
    tested = pd.concat(tests) if tests else empty
    named = dict.fromkeys(("by", "theme"), object)  # an empty frame has numbers there
    return means.astype(named).merge(tested.astype(named), on=["by", "theme"], how="left")


def _test(known: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Association of each theme with one kind of group, over the bodies that are known."""
    rows = groups.grouped(known, (kind,))
    rows = rows[rows["group"] != groups.UNKNOWN]
    rows = rows.assign(group=rows["group"].astype(float) if kind == "year" else rows["group"])
    found = association(rows, "group", per="theme")
    names = {"low": "estimate_low", "high": "estimate_high", "reason": "test_reason"}
    return found.rename(columns=names)[["theme", *_TEST]].assign(by=kind)
