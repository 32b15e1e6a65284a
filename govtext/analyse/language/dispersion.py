"""Counts -> how evenly each word is spread over the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.language.corpus import settled

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from govtext.analyse.language.corpus import Counts


def dispersion(counts: Counts, *, min_count: int = 5) -> pd.DataFrame:
    """Spread of each word over the reports, the most frequent first.

    Parameters
    ----------
    counts : Counts
        As `count` gives, with reports as units.
    min_count : int, default 5
        Fewest times that a word stands in the study.

    Returns
    -------
    pandas.DataFrame
        word, n, per_million, n_reports, dp, dp_norm; see `deviation`.
    """
    import pandas as pd

    n, sizes = counts.sums(), counts.sizes
    kept = np.flatnonzero(n >= min_count)
    found = [(np.zeros(0),) * 3]
    for within, block in counts.blocks():
        own = block[:, n[within] >= min_count]
        n_reports = np.asarray((own > 0).sum(axis=0), dtype=float).ravel()
        found.append((n_reports, *deviation(own, sizes)))
    columns = [np.concatenate(each) for each in zip(*found, strict=True)]
    frame = pd.DataFrame(
        {
            "word": [counts.words[place] for place in kept],
            "n": n[kept].astype(int),
            "per_million": 1e6 * n[kept] / n.sum(),
            "n_reports": columns[0].astype(int),
            "dp": columns[1],
            "dp_norm": columns[2],
        }
    )
    frame = frame.sort_values(["n", "word"], ascending=[False, True], kind="stable")
    return settled(frame.reset_index(drop=True))


def deviation(counts: Any, sizes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Gries's deviation of proportions (DP) of each word, and the same normalised.

    Parameters
    ----------
    counts : sparse matrix or array
        How often each word (column) stands in each part of the corpus (row).
    sizes : array
        Words of each part; parts without words do not count.

    Returns
    -------
    tuple of array
        DP and DP_norm, null for a word that stands nowhere; DP_norm also with one part only.

    Notes
    -----
    DP = ``sum |v_i - s_i| / 2``, with v_i the share of the word's occurrences in part i and s_i the
    part's share of the corpus [1]_; from 0, spread as the parts are long, to 1 - min(s), all in
    the shortest part. DP_norm = DP / (1 - min(s)) reaches 1 [2]_. Do not compare it between
    corpora of unlike parts, nor read it for a word that stands less often than there are parts: it
    cannot be even, and its DP is high whatever its use.

    References
    ----------
    .. [1] Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International
       Journal of Corpus Linguistics 13(4), 403-437.
    .. [2] Lijffijt, J. and Gries, S. Th. (2012). Correction to "Dispersions and adjusted
       frequencies in corpora". International Journal of Corpus Linguistics 17(1), 147-149.
    """
    from scipy.sparse import coo_matrix

    words = np.asarray(sizes, dtype=float)
    held = coo_matrix(counts)
    total = np.asarray(held.sum(axis=0), dtype=float).ravel()
    with np.errstate(invalid="ignore", divide="ignore"):
        share = words / words.sum()
        # A part without the word adds its own share, and these sum to 1 over all parts.
        away = np.abs(held.data / total[held.col] - share[held.row]) - share[held.row]
        dp = (1 + np.bincount(held.col, away, minlength=held.shape[1])) / 2
        dp[total == 0] = np.nan
        return dp, dp / (1 - share[share > 0].min(initial=1.0))
