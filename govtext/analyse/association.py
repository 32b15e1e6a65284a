"""Formulas of keyness and of collocation: counts in, measures out, arrays throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Side = tuple[ArrayLike, ArrayLike]

_NONE = 0.5
"""What a count of 0 is taken for in a log ratio."""


def log_likelihood(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Log-likelihood ratio G2 of the frequency of a word in two corpora, 0 or more.

    Parameters
    ----------
    a, b : array
        How often the word stands in either corpus.
    c, d : array
        Words of either corpus.

    Notes
    -----
    G2 = 2 (a ln(a / E1) + b ln(b / E2)), with E1 = c (a + b) / (c + d) and E2 = d (a + b) /
    (c + d) [1]_, and 0 ln 0 = 0. Under the hypothesis of one frequency in both, and words drawn
    one by one, it has the chi-squared distribution of one degree of freedom; the form with all
    four cells [2]_ is `contingency`. It grows with the size of the corpora at the same difference:
    it says that there is a difference and not how large. Words are not drawn one by one, so that
    its p is too small by far: a word that one report repeats is enough.

    References
    ----------
    .. [1] Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling.
       Proceedings of the workshop on comparing corpora, 1-6.
    .. [2] Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
       Computational Linguistics 19(1), 61-74.
    """
    a, b, c, d = (np.asarray(each, dtype=float) for each in (a, b, c, d))
    both = (a + b) / (c + d)
    return _positive(2 * (_entropy(a, c * both) + _entropy(b, d * both)))


def contingency(n: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Array:
    """Log-likelihood ratio G2 of a table of two by two, 0 or more [1]_.

    Parameters
    ----------
    n : array
        Cases with both properties.
    first, second : array
        Cases with either property, with or without the other.
    total : array
        All cases.

    Notes
    -----
    G2 = 2 sum O ln(O / E) over the four cells, E from the margins.

    References
    ----------
    .. [1] Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
       Computational Linguistics 19(1), 61-74.
    """
    n, first, second, total = (np.asarray(each, float) for each in (n, first, second, total))
    rows, columns = (first, total - first), (second, total - second)
    cells = ((n, first - n), (second - n, total - first - second + n))
    found = sum(_entropy(cells[i][j], rows[i] * columns[j] / total) for i in (0, 1) for j in (0, 1))
    return _positive(2 * np.asarray(found))


def log_ratio(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Binary logarithm of the ratio of two relative frequencies; 1 is twice as frequent.

    Notes
    -----
    log2((a / c) / (b / d)), a count of 0 taken for 0.5 [1]_; without bounds. It says how large a
    difference is and not how sure: do not rank rare words by it.

    References
    ----------
    .. [1] Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus
       Approaches to Social Science, Lancaster.
    """
    a, b, c, d = (np.asarray(each, dtype=float) for each in (a, b, c, d))
    filled = (np.where(each > 0, each, _NONE) for each in (a, b))
    ours, theirs = filled
    return np.asarray(np.log2((ours / c) / (theirs / d)))


def percent_difference(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Difference of two relative frequencies in percent of the second (%DIFF), -100 or more.

    Notes
    -----
    100 (a / c - b / d) / (b / d) [1]_; null where the word is not in the reference.

    References
    ----------
    .. [1] Gabrielatos, C. and Marchi, A. (2012). Keyness: appropriate metrics and practical
       issues. Corpus-assisted Discourse Studies conference, Bologna.
    """
    a, b, c, d = (np.asarray(each, dtype=float) for each in (a, b, c, d))
    theirs = np.where(b > 0, b, np.nan) / d
    return np.asarray(100 * (a / c - theirs) / theirs)


def prior(total: Array, n_reports: int) -> Array:
    """Dirichlet prior of each word: its share of all words, times the words of a mean report."""
    return np.asarray(total / n_reports)


def log_odds(target: Side, reference: Side, alpha: ArrayLike, alpha0: float) -> tuple[Array, Array]:
    """Log-odds ratio of a word with an informative Dirichlet prior, and its z-score.

    Parameters
    ----------
    target, reference : pair of array
        How often the word stands in the group (y), and the words of the group (n).
    alpha : array
        Prior of the word.
    alpha0 : float
        Sum of the prior over all words.

    Notes
    -----
    delta = ln((y_i + a) / (n_i + a0 - y_i - a)) - ln((y_j + a) / (n_j + a0 - y_j - a)), its
    variance about 1 / (y_i + a) + 1 / (y_j + a), and z = delta / sqrt(variance) [1]_, equations
    16, 20 and 22. Both are 0 for equal use, without bounds. The prior draws words that are common
    everywhere, and words seen a few times, towards 0, so that no list of stop words is needed. The
    variance takes words as drawn one by one, as G2 does: read z as a ranking, not as a test.

    References
    ----------
    .. [1] Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008). Fightin' words: lexical feature
       selection and evaluation for identifying the content of political conflict. Political
       Analysis 16(4), 372-403.
    """
    alpha = np.asarray(alpha, dtype=float)
    (ours, n_ours), (theirs, n_theirs) = (
        (np.asarray(y, float) + alpha, np.asarray(n, float) + alpha0)
        for y, n in (target, reference)
    )
    delta = np.log(ours / (n_ours - ours)) - np.log(theirs / (n_theirs - theirs))
    return delta, delta / np.sqrt(1 / ours + 1 / theirs)


def npmi(n: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Array:
    """Normalised pointwise mutual information of two words, from -1 to 1.

    Notes
    -----
    ln(p_xy / (p_x p_y)) / -ln(p_xy) [1]_: -1 never together (the limit), 0 as by chance, 1 never
    apart. Null where every case has both.

    References
    ----------
    .. [1] Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
       Proceedings of the Biennial GSCL Conference, 31-40.
    """
    n, total = np.asarray(n, float), np.asarray(total, float)
    share = np.where(n < total, n / total, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = pmi(n, first, second, total) * np.log(2) / -np.log(share)
    return np.asarray(np.where(n > 0, found, -1.0))


def pmi(n: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Array:
    """Pointwise mutual information of two words in bits, without bounds.

    Notes
    -----
    log2(p_xy / (p_x p_y)) [1]_; 0 as by chance. It is highest for pairs seen once or twice: use it
    with a floor on the count, or `npmi`.

    References
    ----------
    .. [1] Church, K. W. and Hanks, P. (1990). Word association norms, mutual information, and
       lexicography. Computational Linguistics 16(1), 22-29.
    """
    n, first, second, total = (np.asarray(each, float) for each in (n, first, second, total))
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(n * total / (first * second)))


def t_score(n: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Array:
    """Observed less expected count of a pair, over the root of the observed one; n above 0.

    Notes
    -----
    (O - E) / sqrt(O), E = first second / total [1]_. It favours frequent pairs, and is no test:
    its distribution is not that of Student.

    References
    ----------
    .. [1] Church, K., Gale, W., Hanks, P. and Hindle, D. (1991). Using statistics in lexical
       analysis. In: Zernik, U. (ed.), Lexical Acquisition. Lawrence Erlbaum, 115-164.
    """
    n, first, second, total = (np.asarray(each, float) for each in (n, first, second, total))
    return np.asarray((n - first * second / total) / np.sqrt(n))


def log_dice(n: ArrayLike, first: ArrayLike, second: ArrayLike) -> Array:
    """Logarithm of the Dice coefficient of two words, 14 at most.

    Notes
    -----
    14 + log2(2 n / (first + second)) [1]_: 14 never apart, one less is half as close. It does not
    depend on the size of the corpus, and says nothing of chance.

    References
    ----------
    .. [1] Rychly, P. (2008). A lexicographer-friendly association score. Proceedings of Recent
       Advances in Slavonic Natural Language Processing, RASLAN 2008, 6-9.
    """
    n, first, second = (np.asarray(each, float) for each in (n, first, second))
    return np.asarray(14 + np.log2(2 * n / (first + second)))


def _entropy(observed: Array, expected: Array) -> Array:
    """O ln(O / E), and 0 for a count of 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def _positive(value: Array) -> Array:
    """Value without the rounding error that makes a ratio of nearly equal fits negative."""
    return np.maximum(value, 0.0)
