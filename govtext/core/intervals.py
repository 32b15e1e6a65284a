"""Intervals that several modules share: of a share, and of a ratio over what was sampled."""

from __future__ import annotations

from functools import cache, lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

_Z = NormalDist().inv_cdf(0.975)
_MOST = 5_000_000
"""Weights that are drawn at once."""
_SMALL = 255
"""Things few enough that how often each is drawn fits into a byte."""
_NONE = float("nan")
Bounds = tuple[float, float]


def wilson(count: float, total: float) -> Bounds:
    """Bounds of the 95% Wilson score interval of `count` out of `total`, both in 0 to 1.

    Parameters
    ----------
    count : float
        Cases that have the property, 0 to `total`; a fraction where they are weighted.
    total : float
        All cases, more than 0.

    Notes
    -----
    (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), with p = count / n, n = total and z the
    97.5th percentile of the standard normal distribution [1]_. `scipy.stats` has it for whole
    numbers alone.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    """
    p, spread = count / total, _Z**2 / total
    middle = p + spread / 2
    reach = (max(0.0, spread * (p * (1 - p) + spread / 4))) ** 0.5
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def share(count: float, total: float) -> tuple[float, float, float]:
    """Share of `count` in `total` with its `wilson` bounds; null where there is no total."""
    return (count / total, *wilson(count, total)) if total else (_NONE, _NONE, _NONE)


def effective(weights: ArrayLike) -> float:
    """Number of equal cases that weighted ones are worth, (Σ w)² / Σ w² of Kish [1]_.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. New York: Wiley.
    """
    import numpy as np

    given = np.asarray(weights, dtype=float)
    square = float((given**2).sum())
    return float(given.sum()) ** 2 / square if square else 0.0


def poisson_most(exposure: float) -> float:
    """Upper bound, at 97.5%, of a rate of which no event was seen in some exposure [1]_.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    """
    return _most_of_none() / 2 / exposure


@cache
def _most_of_none() -> float:
    from scipy.stats import chi2

    return float(chi2.ppf(0.975, 2))


def drawn(size: int, n_boot: int, seed: int) -> NDArray[np.int64]:
    """How often each of `size` things is in each of `n_boot` resamples, a row a resample."""
    import numpy as np

    return np.concatenate([each.astype(np.int64) for each in _draws(size, n_boot, seed)])


def _draws(size: int, n_boot: int, seed: int) -> Iterator[NDArray[np.integer[Any]]]:
    """Rows of `drawn`, a few at a time where there are many things: millions of them fit."""
    import numpy as np

    if size <= _SMALL:
        yield _few(size, n_boot, seed)
        return
    generator, rows = np.random.default_rng(seed), max(1, _MOST // size)
    for begun in range(0, n_boot, rows):
        yield generator.multinomial(size, np.full(size, 1 / size), min(rows, n_boot - begun))


@lru_cache(_SMALL)
def _few(size: int, n_boot: int, seed: int) -> NDArray[np.uint8]:
    """Rows of `drawn` for few things: thousands of reports have as many sentences as another."""
    import numpy as np

    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), n_boot)
    return drawn.astype(np.uint8)


def of_draws(draws: NDArray[np.float64], freedom: float) -> tuple[float, float]:
    """95% bounds of what few bodies gave when they were drawn anew, null draws left out.

    Percentiles at Φ(±t √(d + 1) / √d), t the 97.5th percentile of Student's at d degrees of
    freedom: those of the normal are too near where bodies are few.
    """
    import numpy as np
    from scipy.stats import norm, t

    reach = float(t.ppf(0.975, freedom)) * ((freedom + 1) / freedom) ** 0.5
    low, high = np.nanquantile(draws, [norm.cdf(-reach), norm.cdf(reach)])
    return float(low), float(high)


def bootstrap(
    above: NDArray[np.float64], below: NDArray[np.float64], *, n_boot: int = 1000, seed: int = 0
) -> NDArray[np.float64]:
    """95% percentile bootstrap bounds [1]_ of ratios of sums: a row a column of `above`.

    Parameters
    ----------
    above : array
        A row a thing that is drawn (a sentence, a report), a column a ratio.
    below : array
        What the sums of `above` are divided by, one a thing.
    n_boot : int, default 1000
        Resamples. None are drawn for 0, and the bounds are null.
    seed : int, default 0
        Of the generator.

    Notes
    -----
    Where no thing has anything the bounds are [0, 0] by construction and say nothing: callers put
    what a sample of none allows in their place (`wilson`, `poisson_most`).

    References
    ----------
    .. [1] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    """
    import numpy as np

    if not n_boot:
        return np.full((above.shape[1], 2), np.nan)
    ratios = np.concatenate(
        [
            (weights @ above) / (weights @ below)[:, None]
            for each in _draws(len(below), n_boot, seed)
            for weights in [each.astype(float)]
        ]
    )
    return np.asarray(np.percentile(ratios, [2.5, 97.5], axis=0).T)
