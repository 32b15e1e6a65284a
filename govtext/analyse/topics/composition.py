"""Topics -> how the reports are made of them: shares, spread over reports, passages to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.analyse.topics.models import DIGITS, lengths
from govtext.core import intervals

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

LEAST_REPORTS = 5
"""Fewest reports for an interval over reports; of four there are only 35 different resamples."""
_SHARE = ["share", "low", "high"]


def masses(loadings: pd.DataFrame) -> pd.DataFrame:
    """Characters of each topic in each part of each report.

    Returns
    -------
    DataFrame
        report_id, part, topic, n_paragraphs, n_chars (of the paragraphs), mass (sum of their
        characters times loading); sorted. It is all that `group_shares` reads, and far smaller
        than the loadings of a large corpus.
    """
    chars = lengths(loadings)
    frame = loadings[["report_id", "part", "topic"]].assign(
        n_paragraphs=1, n_chars=chars, mass=chars * loadings["loading"]
    )
    return frame.groupby(["report_id", "part", "topic"], sort=True, as_index=False).sum()


def shares(loadings: pd.DataFrame, *, n_boot: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Share of the characters of each report that each topic has, with a 95% bootstrap interval.

    Parameters
    ----------
    loadings : DataFrame
        `Topics.loadings`.
    n_boot : int, default 1000
        Resamples.
    seed : int, default 0
        Every report begins with it anew, so that its interval does not change with other reports.

    Returns
    -------
    DataFrame
        report_id, topic, n_paragraphs, n_chars, share, low, high; sorted. The bounds are null in a
        report of one paragraph.

    Notes
    -----
    share = sum(n loading) / sum(n) over the paragraphs of a report, n their characters; in [0, 1],
    and 1 over the topics. Percentile bootstrap [1]_ over its paragraphs, taken as exchangeable: it
    says what the report's share would be, had it other paragraphs like these. The topics are taken
    as given: the error of the model itself is not in it. A topic of which no paragraph has any gets
    Wilson's bounds for none of so many paragraphs, weighted by their characters [2]_. For more
    reports than one together use `group_shares`.

    References
    ----------
    .. [1] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    .. [2] See `core.intervals`: `wilson` and `effective`.
    """
    import pandas as pd

    rows = loadings.sort_values(["report_id", "start", "end", "topic"], kind="stable")
    topics = np.unique(rows["topic"])
    # Every paragraph has a row for every topic, one below the other.
    loaded = rows["loading"].to_numpy(float).reshape(-1, max(len(topics), 1))
    first = rows.iloc[:: max(len(topics), 1)]
    chars = lengths(first)
    reports, begins = np.unique(first["report_id"].to_numpy(object), return_index=True)
    ends = [*begins[1:], len(first)]
    spans = [slice(*each) for each in zip(begins, ends, strict=True)] if len(first) else []
    found = [_shared(loaded[own] * chars[own, None], chars[own], n_boot, seed, 2) for own in spans]
    frame = pd.DataFrame({
        "report_id": np.repeat(reports, len(topics)),
        "topic": np.tile(topics, len(reports)),
        "n_paragraphs": np.repeat([own.stop - own.start for own in spans], len(topics)),
        "n_chars": np.repeat([int(chars[own].sum()) for own in spans], len(topics)),
    })  # fmt: skip
    frame[_SHARE] = np.concatenate([np.empty((0, 3)), *found])
    return frame.astype({"report_id": loadings["report_id"].dtype})


def group_shares(
    masses: pd.DataFrame, by: str | None = None, *, n_boot: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Share of each topic in a group of reports or parts, with an interval clustered by report.

    Parameters
    ----------
    masses : DataFrame
        As the function of that name gives; a column such as year or level can be joined to it.
    by : str, optional
        Column to group by, such as ``part``, ``year`` or ``admin_level``; else all together. Rows
        where it is null are the group ``unknown``, the last.
    n_boot : int, default 1000
        Resamples.
    seed : int, default 0
        Every group begins with it anew.

    Returns
    -------
    DataFrame
        `by` (or ``group``, "all"), topic, n_reports, n_paragraphs, n_chars, share, low, high,
        reason (why the bounds are null).

    Notes
    -----
    share as in `shares`. Percentile bootstrap over reports: whole reports are drawn, with all their
    paragraphs, for those of one report are alike [1]_. With fewer than five reports in a group the
    bounds are null: of four reports there are 35 different resamples, of five 126. Even with five
    to some thirty such intervals are too narrow [2]_: read them as the least uncertainty. The
    topics are taken as given.

    References
    ----------
    .. [1] Davison, A. C. and Hinkley, D. V. (1997). Bootstrap Methods and their Application.
       Cambridge University Press, section 3.8.
    .. [2] Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
       inference with clustered errors. Review of Economics and Statistics 90(3), 414-427.
    """
    import pandas as pd

    name = by or "group"
    grouped = masses.assign(group="all") if by is None else masses
    frames = []
    for value, rows in grouped.groupby(name, sort=True, dropna=False):
        group = "unknown" if pd.isna(value) else value
        values = ["mass", "n_chars", "n_paragraphs"]
        sums = rows.groupby(["report_id", "topic"], sort=True)[values].sum()
        wide = sums.pivot_table(index="report_id", columns="topic", values="mass")
        # The characters are those of the paragraphs, and stand with every topic.
        sizes = sums.groupby(level="report_id")[["n_chars", "n_paragraphs"]].first()
        chars = sizes["n_chars"].to_numpy(float)
        frame = pd.DataFrame({name: group, "topic": wide.columns, "n_reports": len(wide)})
        frame["n_paragraphs"] = int(sizes["n_paragraphs"].sum())
        frame["n_chars"] = int(chars.sum())
        mass = wide.to_numpy(float)
        frame[_SHARE] = _shared(mass, chars, n_boot, seed, LEAST_REPORTS)
        few = f"fewer than {LEAST_REPORTS} reports" if len(wide) < LEAST_REPORTS else None
        frames.append(frame.assign(reason=few))
    return pd.concat(frames, ignore_index=True)


def spread(shares: pd.DataFrame) -> pd.DataFrame:
    """How far each topic is more than one report's: topic, n_reports, effective_reports, and more.

    Parameters
    ----------
    shares : DataFrame
        As the function of that name gives.

    Returns
    -------
    DataFrame
        One row a topic: n_reports in the corpus; effective_reports; top_report, the one with the
        largest part of it, and top_part, that part.

    Notes
    -----
    effective_reports = exp(-sum p ln p), p a report's part of the topic when every report counts
    the same whatever its length; from 1 (one report's own) to n_reports (spread evenly) [1]_. A
    topic near 1 is a report's subject and says nothing of the genre.

    References
    ----------
    .. [1] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences.
       Ecology 54(2), 427-432.
    """
    import pandas as pd

    table = shares.pivot_table(index="topic", columns="report_id", values="share", sort=True)
    part = table.div(table.sum(axis=1).replace(0, np.nan), axis=0)
    entropy = -(part * np.log(part.where(part > 0, 1.0))).sum(axis=1, skipna=False)
    return pd.DataFrame(
        {
            "n_reports": len(part.columns),
            "effective_reports": np.exp(entropy).round(DIGITS),
            "top_report": table.idxmax(axis=1),
            "top_part": part.max(axis=1).round(DIGITS),
        }
    ).reset_index()


def passages(loadings: pd.DataFrame, paragraphs: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """The `n` paragraphs that load highest on each topic: topic, rank, loading, place and text.

    Of equal loadings the longer paragraph comes first, then the order of the reports.
    """
    found = _first(loadings, n).merge(paragraphs[["report_id", "start", "end", "text"]])
    return first_passages([found], n=n)


def first_passages(found: Sequence[pd.DataFrame], *, n: int = 1) -> pd.DataFrame:
    """The `n` first passages of each topic of several tables of them, ranked anew."""
    import pandas as pd

    names = ["topic", "rank", "loading", "report_id", "section_id", "part", "start", "end", "text"]
    return _first(pd.concat(found, ignore_index=True), n)[names].reset_index(drop=True)


def _first(loadings: pd.DataFrame, n: int) -> pd.DataFrame:
    """The `n` highest loadings of each topic, in order, with their rank."""
    rows = loadings.assign(n_chars=lengths(loadings)).sort_values(
        ["topic", "loading", "n_chars", "report_id", "start"],
        ascending=[True, False, False, True, True],
        kind="stable",
    )
    rows["rank"] = rows.groupby("topic").cumcount() + 1
    return rows[rows["rank"] <= n]


def _shared(
    mass: NDArray[np.float64], chars: NDArray[np.float64], n_boot: int, seed: int, least: int
) -> NDArray[np.float64]:
    """Share of each column, and its bounds over the rows drawn anew where there are enough."""
    share = mass.sum(axis=0) / chars.sum()
    bounds = np.full((len(share), 2), np.nan)
    if len(mass) >= least and n_boot:
        bounds = intervals.bootstrap(mass, chars, n_boot=n_boot, seed=seed)
        bounds[share == 0] = intervals.wilson(0, intervals.effective(chars))
    return np.column_stack([share, bounds]).round(DIGITS)
