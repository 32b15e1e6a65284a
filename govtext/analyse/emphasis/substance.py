"""What a report stresses against what it gives for it: numbers, names, problems, promises.

All measures are shares of sentences or of characters. None says whether a number is right, whether
a problem is the main one, or whether a promise was kept.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core import intervals, regions, rules
from govtext.core.text import fold
from govtext.extract.themes import theme_ids

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

SPECIFIC = ("number", "place", "date", "document", "organisation")
"""What makes a sentence specific; all but `number` and `place` by `rules/specifics.csv`."""

_CANDOUR = (
    "report_id", "n_sentences", "n_problems", "problems", "problems_low", "problems_high",
    "characters", "n_concrete", "concrete", "concrete_low", "concrete_high", "n_vague", "vague",
    "vague_low", "vague_high",
)  # fmt: skip
_PROMISES = (
    "report_id", "n_sentences", "n_plans", "plans", "plans_low", "plans_high", "n_checkable",
    "checkable", "checkable_low", "checkable_high",
)  # fmt: skip


def specifics(sentences: Iterable[str]) -> pd.DataFrame:
    """What each sentence names: place, date, document, organisation, vague, promise; all boolean.

    A place is a full name that GB/T 2260 knows (`rules/regions.csv`). The rest are patterns of
    `rules/specifics.csv`; ``vague`` is a body or people that nobody could name (部分单位), and
    ``promise`` a date or a measure by which it can be seen whether something was done.
    """
    patterns = _patterns()
    rows = []
    for sentence in sentences:
        folded = fold(sentence)
        found: dict[str, bool] = {"place": any(True for _ in regions.mentions(folded))}
        rows.append(found | {kind: bool(each.search(folded)) for kind, each in patterns.items()})
    return pd.DataFrame(rows, columns=["place", *patterns], dtype=bool)


def substance(sentences: pd.DataFrame) -> pd.DataFrame:
    """Emphasis on each theme beside the numbers and names that its sentences give.

    Parameters
    ----------
    sentences : DataFrame
        One row a sentence: report_id, start, end, a boolean column a theme, `n_quantities` that
        stand in it, and the columns of `specifics`.

    Returns
    -------
    DataFrame
        One row a theme and a last row ``all``: theme, n_reports, n_sentences, emphasis (share of
        all sentences), n_chars, n_quantities, per_1000 (quantities per 1,000 characters),
        n_specific, specificity (share with a number, place, date, document or organisation),
        specificity_low, specificity_high, one_out_low, one_out_high (least and most specificity
        with any one report left out), and the shares with each of the five. Shares are 0 to 1, null
        where there is no sentence.

    Notes
    -----
    Specificity follows the idea of Hope, Hu and Lu [1]_, who count named entities and amounts per
    word; here it is a share of sentences, since a sentence is what is coded, and a list of names
    must not count many times. Bounds are 95% Wilson intervals over the sentences, which stand in
    few reports and are not independent: `one_out` shows how much a single report does. A sentence
    of several themes counts for each. Not for comparing reports of different forms: since 2019 the
    numbers stand in tables, which are no sentences.

    References
    ----------
    .. [1] Hope, O.-K., Hu, D. and Lu, H. (2016). The benefits of specific risk-factor disclosures.
       Review of Accounting Studies 21(4), 1005-1045.
    """
    frame = _specific(sentences)
    masks = {theme: frame[theme] for theme in theme_ids()}
    masks["all"] = pd.Series(True, index=frame.index)
    rows = []
    for theme, mask in masks.items():
        own = frame[mask]
        n_chars = int((own["end"] - own["start"]).sum())
        quantities = int(own["n_quantities"].sum())
        row: dict[str, Any] = {
            "theme": theme,
            "n_reports": own["report_id"].nunique(),
            "n_sentences": len(own),
            "emphasis": len(own) / len(frame) if len(frame) else None,
            "n_chars": n_chars,
            "n_quantities": quantities,
            "per_1000": 1000 * quantities / n_chars if n_chars else None,
            "n_specific": int(own["specific"].sum()),
            **_share("specificity", own["specific"]),
            **_one_out(own),
        }
        rows.append(row | {name: own[name].mean() if len(own) else None for name in SPECIFIC})
    return pd.DataFrame(rows)


def candour(sentences: pd.DataFrame) -> pd.DataFrame:
    """How much each report says of its own shortcomings, and how concretely.

    Parameters
    ----------
    sentences : DataFrame
        As `substance` wants.

    Returns
    -------
    DataFrame
        One row a report: report_id, n_sentences, n_problems, problems (share of the sentences),
        problems_low, problems_high, characters (share of the characters), n_concrete, concrete
        (share of the problem sentences that name a number, place, date, document or organisation),
        concrete_low, concrete_high, n_vague and vague (share that names only some units or people),
        vague_low, vague_high. Shares are 0 to 1 with 95% Wilson bounds, null without problems.

    Notes
    -----
    An admission is what the theme ``problems`` codes, headings of such sections included. Concrete
    and vague are no opposites: most admissions are neither. A report of few sentences on problems
    has wide bounds; do not rank reports by them. A body without an admission may be perfect.
    """
    frame = _specific(sentences)
    rows = []
    for report, own in frame.groupby("report_id", sort=True):
        admitted = own[own["problems"]]
        lengths = own["end"] - own["start"]
        vague = admitted["vague"] & ~admitted["specific"]
        row = {
            "report_id": report,
            "n_sentences": len(own),
            "n_problems": len(admitted),
            **_share("problems", own["problems"]),
            "characters": lengths[own["problems"]].sum() / lengths.sum(),
            "n_concrete": int(admitted["specific"].sum()),
            **_share("concrete", admitted["specific"]),
            "n_vague": int(vague.sum()),
        }
        rows.append(row | _share("vague", vague))
    return pd.DataFrame(rows, columns=list(_CANDOUR))


def promises(sentences: pd.DataFrame) -> pd.DataFrame:
    """What each report promises, and how much of it could be checked a year later.

    Parameters
    ----------
    sentences : DataFrame
        As `substance` wants.

    Returns
    -------
    DataFrame
        One row a report: report_id, n_sentences, n_plans, plans (share of the sentences),
        plans_low, plans_high, n_checkable, checkable (share of the plans with a date or a number),
        checkable_low, checkable_high. Shares are 0 to 1 with 95% Wilson bounds, null without plans.

    Notes
    -----
    Checkable is a plan with a quantity or with a date, term or target of `rules/specifics.csv`
    (kind ``promise``); quantified statements on the future are what Bozanic, Roulstone and Van
    Buskirk [1]_ tell from the rest. A number in a plan may be of the past. Headings of the section
    count as plans and are seldom checkable.

    References
    ----------
    .. [1] Bozanic, Z., Roulstone, D. T. and Van Buskirk, A. (2018). Management earnings forecasts
       and other forward-looking statements. Journal of Accounting and Economics 65(1), 1-20.
    """
    frame = _specific(sentences)
    rows = []
    for report, own in frame.groupby("report_id", sort=True):
        plans = own[own["plans"]]
        checkable = plans["promise"] | plans["number"]
        row = {
            "report_id": report,
            "n_sentences": len(own),
            "n_plans": len(plans),
            **_share("plans", own["plans"]),
            "n_checkable": int(checkable.sum()),
        }
        rows.append(row | _share("checkable", checkable))
    return pd.DataFrame(rows, columns=list(_PROMISES))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {row["kind"]: rules.pattern(row) for row in rules.load("specifics")}


def _specific(sentences: pd.DataFrame) -> pd.DataFrame:
    frame = sentences.assign(number=sentences["n_quantities"] > 0)
    return frame.assign(specific=frame[list(SPECIFIC)].any(axis=1))


def _share(name: str, flags: pd.Series[bool]) -> dict[str, float]:
    """Share of the true ones with its Wilson bounds."""
    names = (name, f"{name}_low", f"{name}_high")
    return dict(zip(names, intervals.share(int(flags.sum()), len(flags)), strict=True))


def _one_out(own: pd.DataFrame) -> dict[str, float | None]:
    """Least and most specificity with any one report left out; null for fewer than two reports."""
    reports = sorted(set(own["report_id"]))
    if len(reports) < 2:
        return {"one_out_low": None, "one_out_high": None}
    left = [float(own.loc[own["report_id"] != each, "specific"].mean()) for each in reports]
    return {"one_out_low": min(left), "one_out_high": max(left)}
