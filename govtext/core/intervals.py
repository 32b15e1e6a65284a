"""Formulas of statistics that several modules share."""

from __future__ import annotations

from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)


def wilson(count: float, total: float) -> tuple[float, float]:
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
    97.5th percentile of the standard normal distribution [1]_.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    """
    p, spread = count / total, _Z**2 / total
    middle = p + spread / 2
    reach = (max(0.0, spread * (p * (1 - p) + spread / 4))) ** 0.5
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))
