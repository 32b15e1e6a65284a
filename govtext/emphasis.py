"""Sentences -> themes: what a report speaks of, by a lexicon whose every match can be shown.

A theme is coded where one of its terms stands in the sentence, and nowhere else. The lexicon reads
words, not meanings: irony, negation and what a heading implies are outside it, and what it misses
against two human coders is what `agreement` measures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from govtext import rules, text
from govtext.model import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

Hit = tuple[int, int, str, str]
"""Start, exclusive end, term and theme of one match."""

GAP = 16
"""Most characters between the two parts of a phrase, with no comma among them: one clause."""

KINDS = ("term", "phrase", "exclude")
_ELLIPSIS = "…"
_COMMA = ","
_KEY = 2  # characters of a term that it is looked up by
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

# A section of these parts lends its theme to the sentences below its heading.
_THEME_OF_PART = {
    "on_request": "on_request",
    "fees": "on_request",
    "review_litigation": "accountability",
    "problems": "problems",
    "plans": "plans",
}


class _Lexicon(NamedTuple):
    terms: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    themes: dict[str, tuple[str, ...]]  # an excluded term has none


def theme_ids() -> tuple[str, ...]:
    """Ids of the themes, in the order of `rules/themes.csv`."""
    return tuple(row["id"] for row in rules.load("themes"))


def hits(sentence: str) -> list[Hit]:
    """Matches of the lexicon in a sentence, by place: start, exclusive end, term, theme.

    Widths and the case of Latin letters do not matter; offsets count characters of `sentence`
    itself. At each place the longest term counts, and a term inside a longer one does not: 公开
    inside 依申请公开 is no disclosure of the body's own accord. A row of kind `exclude` covers in
    the same way and codes nothing. A phrase A…B is its two parts in one clause, with at most
    16 characters and no comma between them; it covers nothing, and counts unless one of its parts
    is inside a longer excluded term. Its span runs from the first part to the end of the second.

    Examples
    --------
    >>> hits("公开部门预算")
    [(0, 2, '公开', 'proactive'), (2, 6, '部门预算', 'fiscal')]
    """
    lexicon = _lexicon()
    folded = _folded(sentence)
    terms = _terms(folded, lexicon.terms)
    excluded = [(start, end) for start, end, term in terms if term not in lexicon.themes]
    found = terms + _phrases(folded, lexicon.phrases, excluded)
    return sorted(
        (start, end, term, theme)
        for start, end, term in found
        for theme in lexicon.themes.get(term, ())
    )


def code_themes(sentences: Iterable[str], *, parts: Sequence[str] | None = None) -> pd.DataFrame:
    """Boolean frame: one row a sentence, one column a theme, in the order of `rules/themes.csv`.

    Parameters
    ----------
    sentences : iterable of str
        Each is coded by itself; its neighbours do not matter.
    parts : sequence of str, optional
        Canonical part of the section that each sentence stands in; the sentences are then in
        their order in the report. A reader knows from the heading that all below it are problems,
        plans, requests or reviews, while the sentence alone often does not say so: with `parts` it
        gets that theme too. Problems and plans often share a heading: in a part `problems` the
        last sentence that speaks of only one of the two decides.

    Raises
    ------
    ValueError
        If there are not as many parts as sentences.
    """
    import pandas as pd

    ids = theme_ids()
    rows = [[theme in found for theme in ids] for found in code(sentences, parts=parts)]
    return pd.DataFrame(rows, columns=list(ids))


def code(sentences: Iterable[str], *, parts: Sequence[str] | None = None) -> list[set[str]]:
    """Themes of each sentence, as sets of ids; see `code_themes`."""
    found = [{theme for *_, theme in hits(sentence)} for sentence in sentences]
    if parts is not None:
        _carry(found, parts)
    return found


def count_hits(sentences: Iterable[str]) -> pd.DataFrame:
    """Number of matches: one row a sentence, one column a theme. For the rates of `shares`."""
    import pandas as pd

    ids = theme_ids()
    counts = [Counter(theme for *_, theme in hits(sentence)) for sentence in sentences]
    return pd.DataFrame([[count[theme] for theme in ids] for count in counts], columns=list(ids))


def shares(
    themes: pd.DataFrame,
    *,
    by: str = "report_id",
    counts: pd.DataFrame | None = None,
    n_boot: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of sentences a theme is coded in, by group, with 95% bootstrap intervals.

    Parameters
    ----------
    themes : DataFrame
        One row a sentence: the column `by`, `start` and `end`, and a boolean column a theme.
    by : str
        Column to group by, such as ``report_id`` or ``part``.
    counts : DataFrame, optional
        What `count_hits` gives for the same sentences in the same order; adds hits per 1,000
        characters, with the characters of the sentences (``end - start``) below the line.
    n_boot : int
        Resamples. None are drawn for ``n_boot=0`` and the bounds are null.
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
    Percentile bootstrap [1]_: sentences of a group are drawn with replacement, as many as it has,
    and the bounds are the 2.5th and 97.5th percentile of the statistic over the resamples. It takes
    sentences as exchangeable. They are not quite: neighbours share a theme, so that intervals are
    too narrow for long passages on one theme; under some 30 sentences, and for a theme near 0 or
    all, the percentile interval covers less than 95%; a theme coded nowhere gets ``[0, 0]``, which
    says nothing of how rare it may be. The error of the coding itself is not in them.

    References
    ----------
    .. [1] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    """
    import pandas as pd

    if counts is not None and len(counts) != len(themes):
        raise ValueError(f"{len(counts)} rows of hits for {len(themes)} sentences")
    ids = [theme for theme in theme_ids() if theme in themes]
    groups = []
    for group, rows in themes.reset_index(drop=True).groupby(by, sort=True):
        coded = rows[ids].to_numpy(float)
        frame = pd.DataFrame({by: [group] * len(ids), "theme": ids, "n_sentences": len(rows)})
        frame["n_coded"] = coded.sum(axis=0).astype(int)
        _add_rate(frame, "share", coded, np.ones(len(rows)), n_boot, seed)
        if counts is not None:
            found = counts.iloc[rows.index][ids].to_numpy(float)
            chars = (rows["end"] - rows["start"]).to_numpy(float)
            frame["n_chars"], frame["n_hits"] = int(chars.sum()), found.sum(axis=0).astype(int)
            _add_rate(frame, "per_1000", 1000 * found, chars, n_boot, seed)
        groups.append(frame)
    return pd.concat(groups, ignore_index=True) if groups else pd.DataFrame()


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


@cache
def _lexicon() -> _Lexicon:
    """Rows of `rules/lexicon.csv`, indexed by the characters that a match begins with."""
    ids = set(theme_ids())
    terms: set[str] = set()
    phrases: set[str] = set()
    themes: dict[str, list[str]] = defaultdict(list)
    for row in rules.load("lexicon"):
        term, theme, kind = _folded(row["term"]), row["theme"], row["kind"]
        if kind not in KINDS or (theme in ids) == (kind == "exclude"):
            raise RuleError(f"lexicon row {row['term']!r} has kind {kind!r} and theme {theme!r}")
        if len(term) < _KEY or len(term.split(_ELLIPSIS)) != 1 + (kind == "phrase"):
            raise RuleError(f"lexicon row {row['term']!r} is no {kind}")
        (phrases if kind == "phrase" else terms).add(term)
        if kind != "exclude":
            themes[term].append(theme)
    coded = {term: tuple(found) for term, found in themes.items()}
    return _Lexicon(_index(terms, _KEY), _index(phrases, 1), coded)


def _index(terms: set[str], size: int) -> dict[str, tuple[str, ...]]:
    """Terms by their first characters, longest first."""
    index: dict[str, list[str]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: (-len(term), term)):
        index[term[:size]].append(term)
    return {first: tuple(found) for first, found in index.items()}


def _folded(sentence: str) -> str:
    # str.lower is not one to one (İ becomes two characters), and offsets must hold.
    return text.fold(sentence).translate(_LOWER)


def _terms(folded: str, index: dict[str, tuple[str, ...]]) -> list[tuple[int, int, str]]:
    """Longest term at each place, without those inside an earlier one."""
    found = []
    reach = 0
    for start in range(len(folded)):
        for term in index.get(folded[start : start + _KEY], ()):
            if folded.startswith(term, start):
                end = start + len(term)
                if end > reach:
                    found.append((start, end, term))
                    reach = end
                break
    return found


def _phrases(
    folded: str, index: dict[str, tuple[str, ...]], excluded: list[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Phrases with both parts outside longer excluded terms; the nearest second part counts."""
    found = []

    def hidden(start: int, end: int) -> bool:
        # Starts and ends both rise, so that the last to begin before `start` reaches farthest.
        at = bisect_right(excluded, start, key=itemgetter(0)) - 1
        return at >= 0 and excluded[at][1] >= end and excluded[at] != (start, end)

    for start, mark in enumerate(folded):
        for phrase in index.get(mark, ()):
            first, second = phrase.split(_ELLIPSIS)
            if not folded.startswith(first, start):
                continue
            middle = start + len(first)
            at = folded.find(second, middle, middle + GAP + len(second))
            end = at + len(second)
            if at < 0 or folded.find(_COMMA, middle, at) >= 0:
                continue
            if not hidden(start, middle) and not hidden(at, end):
                found.append((start, end, phrase))
    return found


def _carry(found: list[set[str]], parts: Sequence[str]) -> None:
    """Add to the themes of each sentence the one that its part of the report lends it."""
    carried, previous = None, None
    for themes, part in zip(found, parts, strict=True):
        if part != previous:
            carried, previous = _THEME_OF_PART.get(part), part
        spoken = themes & {"problems", "plans"}
        if part == "problems" and len(spoken) == 1:
            (carried,) = spoken
        if carried:
            themes.add(carried)


def _add_rate(
    frame: pd.DataFrame,
    name: str,
    above: NDArray[np.float64],
    below: NDArray[np.float64],
    n_boot: int,
    seed: int,
) -> None:
    """Add a ratio of sums over sentences, and its percentile bootstrap interval, to the frame."""
    generator = np.random.default_rng(seed)
    size = len(below)
    drawn = np.full((max(n_boot, 1), above.shape[1]), np.nan)
    for row in range(n_boot):
        weights = np.bincount(generator.integers(0, size, size), minlength=size)
        drawn[row] = weights @ above / (weights @ below)
    frame[name] = above.sum(axis=0) / below.sum()
    frame[f"{name}_low"], frame[f"{name}_high"] = np.percentile(drawn, [2.5, 97.5], axis=0)


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
