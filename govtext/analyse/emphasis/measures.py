"""Coded sentences -> shares with intervals, and agreement with human coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.core import intervals
from govtext.extract.themes import theme_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

_PER_1000 = ("per_1000", "per_1000_low", "per_1000_high")


def shares(
    themes: pd.DataFrame,
    *,
    by: str = "report_id",
    groups: Sequence[str] | None = None,
    counts: pd.DataFrame | None = None,
    n_boot: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of sentences a theme is coded in, by group, with 95% Wilson intervals.

    Parameters
    ----------
    themes : DataFrame
        One row a sentence: the column `by`, `start` and `end`, and a boolean column a theme.
    by : str
        Column to group by, such as ``report_id`` or ``part``.
    groups : sequence of str, optional
        All groups, where some may be without sentences: their shares are null.
    counts : DataFrame, optional
        What `count_hits` gives for the same sentences in the same order; adds hits per 1,000
        characters, with the characters of the sentences (``end - start``) below the line.
    n_boot : int
        Resamples for the bounds of `per_1000`. None are drawn for 0, and they are null.
    seed : int
        Seed of the generator. Every group begins with it anew, so that its interval does not
        change with the other groups.

    Returns
    -------
    DataFrame
        One row a group and theme: `by`, theme, n_sentences, n_coded, share, share_low, share_high;
        with `counts` also n_chars, n_hits, per_1000, per_1000_low, per_1000_high. Sorted by group,
        then in the order of the themes.

    Notes
    -----
    Bounds of a share: Wilson's score interval [1]_, which takes sentences as independent. They are
    not quite: neighbours share a theme, so that intervals are too narrow for long passages on one
    theme. A theme that is coded nowhere gets an upper bound above 0, for it may merely be rare.
    Bounds of hits per 1,000 characters: percentile bootstrap [2]_ over the sentences of the group;
    where there is no hit the upper one is the exact one of a Poisson count [3]_, with the
    characters as exposure. The error of the coding itself is in none of them.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    .. [2] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    .. [3] Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    """
    import pandas as pd

    if counts is not None and len(counts) != len(themes):
        raise ValueError(f"{len(counts)} rows of hits for {len(themes)} sentences")
    ids = [theme for theme in theme_ids() if theme in themes]
    rows = themes.reset_index(drop=True)
    places = rows.groupby(by, sort=True, observed=True).indices
    found = {str(group): own for group, own in places.items()}
    frames = []
    for group in list(found) if groups is None else groups:
        own = rows.iloc[found.get(group, [])]
        frame = pd.DataFrame({by: [group] * len(ids), "theme": ids, "n_sentences": len(own)})
        frame["n_coded"] = own[ids].sum(axis=0).to_numpy(int)
        every = [intervals.share(coded, len(own)) for coded in frame["n_coded"]]
        frame[["share", "share_low", "share_high"]] = np.reshape(every, (-1, 3))
        if counts is not None:
            hits = counts.iloc[found.get(group, [])][ids].to_numpy(float)
            _add_hits(frame, hits, (own["end"] - own["start"]).to_numpy(float), n_boot, seed)
        frames.append(frame)
    if frames:
        return pd.concat(frames, ignore_index=True)
    names = ["n_sentences", "n_coded", "share", "share_low", "share_high"]
    names += [] if counts is None else ["n_chars", "n_hits", *_PER_1000]
    return pd.DataFrame(columns=[by, "theme", *names])


def agreement(predicted: pd.DataFrame, a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """How well a coding agrees with two human coders, theme by theme, and they with each other.

    Parameters
    ----------
    predicted, a, b : DataFrame
        Boolean, one row a sentence, one column a theme, for the same sentences in the same order.

    Returns
    -------
    DataFrame
        One row a theme and a last row ``macro`` with the means over the themes that have a value.
        `n_agreed` sentences on which both coders agree about the theme, `n` of them with it; on
        these `precision`, `recall` and `f1`. On all sentences Cohen's kappa: `kappa_a` and
        `kappa_b` of the prediction with each coder, `kappa_ab` between the coders. Null where
        undefined (no sentence with the theme, or both codings constant).

    Notes
    -----
    precision = tp / (tp + fp), recall = tp / (tp + fn), F1 = 2 tp / (2 tp + fp + fn), each in
    [0, 1]. Kappa = (p_o - p_e) / (1 - p_e) [1]_ in [-1, 1], p_o the share of equal codes and p_e
    what it would be by chance with the same margins. It falls with the rarity of a theme at the
    same accuracy: do not compare it between themes of very different frequency. F1 on agreed
    sentences leaves out the hard ones and is the higher for it.

    References
    ----------
    .. [1] Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and
       Psychological Measurement 20(1), 37-46.
    """
    import pandas as pd

    if not len(predicted) == len(a) == len(b):
        raise ValueError(f"{len(predicted)}, {len(a)} and {len(b)} sentences are not the same")
    rows = []
    for theme in predicted.columns:
        ours, first, second = (frame[theme].to_numpy(bool) for frame in (predicted, a, b))
        agreed = first == second
        rows.append(
            {
                "theme": theme,
                "n_agreed": int(agreed.sum()),
                "n": int(first[agreed].sum()),
                **_scores(ours[agreed], first[agreed]),
                "kappa_a": _kappa(ours, first),
                "kappa_b": _kappa(ours, second),
                "kappa_ab": _kappa(first, second),
            }
        )
    table = pd.DataFrame(rows)
    means = table.drop(columns=["theme", "n_agreed", "n"]).mean()
    table.loc[len(table)] = {"theme": "macro", **table[["n_agreed", "n"]].sum(), **means}
    return table.astype({"n_agreed": int, "n": int})


def _add_hits(
    frame: pd.DataFrame,
    hits: NDArray[np.float64],
    chars: NDArray[np.float64],
    n_boot: int,
    seed: int,
) -> None:
    """Add hits and hits per 1,000 characters, with their bounds, to the frame of one group."""
    total = float(chars.sum())
    frame["n_chars"], frame["n_hits"] = int(total), hits.sum(axis=0).astype(int)
    bounds = np.full((len(frame), 2), np.nan)
    if total:
        bounds = 1000 * intervals.bootstrap(hits, chars, n_boot=n_boot, seed=seed)
        if n_boot:
            none = frame["n_hits"].to_numpy() == 0
            bounds[none] = 0.0, 1000 * intervals.poisson_most(total)
    frame["per_1000"] = 1000 * frame["n_hits"] / total if total else np.nan
    frame[["per_1000_low", "per_1000_high"]] = bounds


def _scores(ours: NDArray[np.bool_], truth: NDArray[np.bool_]) -> dict[str, float]:
    both = int((ours & truth).sum())
    coded, true = int(ours.sum()), int(truth.sum())
    return {
        "precision": both / coded if coded else np.nan,
        "recall": both / true if true else np.nan,
        "f1": 2 * both / (coded + true) if true else np.nan,
    }


def _kappa(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    if not len(one):
        return np.nan
    p, q = float(one.mean()), float(other.mean())
    chance = p * q + (1 - p) * (1 - q)
    observed = float((one == other).mean())
    return (observed - chance) / (1 - chance) if chance < 1 else np.nan
