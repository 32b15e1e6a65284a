"""Topics -> how the reports are made of them: shares, spread over reports, passages to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.topic_models.models import DIGITS, lengths

if TYPE_CHECKING:
    import pandas as pd

    from govtext.topic_models.models import Topics


def shares(
    loadings: pd.DataFrame, *, by: str = "report_id", n_boot: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Share of the characters of a group that each topic has, with a 95% bootstrap interval.

    Parameters
    ----------
    loadings : DataFrame
        `Topics.loadings`; a column such as year or level can be joined to it.
    by : str, default "report_id"
        Column to group by, such as ``part``.
    n_boot : int, default 1000
        Resamples.
    seed : int, default 0
        Every group begins with it anew, so that its interval does not change with other groups.

    Returns
    -------
    DataFrame
        `by`, topic, n_paragraphs, n_chars, share, low, high; sorted by group and topic. The bounds
        are null in a group of one paragraph.

    Notes
    -----
    share = sum(n loading) / sum(n) over the paragraphs of a group, n their characters; in [0, 1],
    and 1 over the topics. Percentile bootstrap [1]_ over paragraphs within the group. It takes the
    topics as given and paragraphs as exchangeable: the error of the model itself is not in it, and
    where a group holds several reports it is too narrow, for paragraphs of one report are alike.

    References
    ----------
    .. [1] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    """
    import pandas as pd

    frames = []
    for group, rows in loadings.groupby(by, sort=True):
        wide = _wide(rows)
        chars = lengths(wide.index.to_frame())
        size = len(wide)
        drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), n_boot)
        mass = wide.to_numpy() * chars[:, None]
        means = (drawn @ mass) / (drawn @ chars)[:, None]
        frame = pd.DataFrame({by: group, "topic": wide.columns, "n_paragraphs": size})
        frame["n_chars"] = int(chars.sum())
        frame["share"] = (mass.sum(axis=0) / chars.sum()).round(DIGITS)
        bounds = np.percentile(means, [2.5, 97.5], axis=0) if size > 1 else np.nan
        frame[["low", "high"]] = np.broadcast_to(np.transpose(bounds), (len(frame), 2))
        frames.append(frame.round({"low": DIGITS, "high": DIGITS}))
    return pd.concat(frames, ignore_index=True)


def spread(loadings: pd.DataFrame) -> pd.DataFrame:
    """How far each topic is more than one report's: topic, n_reports, effective_reports, and more.

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

    found = shares(loadings, n_boot=1)
    table = found.pivot_table(index="topic", columns="report_id", values="share", sort=True)
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


def passages(topics: Topics, paragraphs: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """The `n` paragraphs that load highest on each topic: topic, rank, loading, place and text.

    Of equal loadings the longer paragraph comes first, then the order of the reports.
    """
    found = topics.loadings.merge(paragraphs[["report_id", "start", "end", "text"]])
    found["n_chars"] = found["end"] - found["start"]
    found = found.sort_values(
        ["topic", "loading", "n_chars", "report_id", "start"],
        ascending=[True, False, False, True, True],
        kind="stable",
    )
    found["rank"] = found.groupby("topic").cumcount() + 1
    names = ["topic", "rank", "loading", "report_id", "section_id", "part", "start", "end", "text"]
    return found.loc[found["rank"] <= n, names].reset_index(drop=True)


def _wide(loadings: pd.DataFrame) -> pd.DataFrame:
    """One row a paragraph, one column a topic."""
    return loadings.pivot_table(
        index=["report_id", "start", "end"], columns="topic", values="loading", sort=True
    )
