"""Sentences -> themes: what a report speaks of, by a lexicon whose every match can be shown.

A theme is coded where one of its terms stands in the sentence, and nowhere else. The lexicon reads
words, not meanings: irony, negation and what a heading implies are outside it, and what it misses
against two human coders is what `measures.agreement` says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from govtext.core import rules, text
from govtext.core.rules import RuleError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pandas as pd

Hit = tuple[int, int, str, str]
"""Start, exclusive end, term and theme of one match."""

GAP = 16
"""Most characters between the two parts of a phrase, with no comma among them: one clause."""

KINDS = ("term", "phrase", "exclude")
_ELLIPSIS = "…"
_COMMA = ","
_KEY = 2  # characters of a term that it is looked up by
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class _Lexicon(NamedTuple):
    terms: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    themes: dict[str, tuple[str, ...]]  # an excluded term has none


def theme_ids() -> tuple[str, ...]:
    """Ids of the themes, in the order of `rules/themes.csv`."""
    return tuple(row["id"] for row in rules.load("themes"))


def hits(sentence: str, *, without: Collection[str] = ()) -> list[Hit]:
    """Matches of the lexicon in a sentence, by place: start, exclusive end, term, theme.

    Widths and the case of Latin letters do not matter; offsets count characters of `sentence`
    itself. At each place the longest term counts, and a term inside a longer one does not: 公开
    inside 依申请公开 is no disclosure of the body's own accord. A row of kind `exclude` covers in
    the same way and codes nothing. A phrase A…B is its two parts in one clause, with at most
    16 characters and no comma between them; it covers nothing, and counts unless one of its parts
    is inside a longer excluded term. Its span runs from the first part to the end of the second.
    Terms of `without` (folded, as a hit names them) are as if the lexicon did not have them: what
    they cover then counts by its shorter terms.

    Examples
    --------
    >>> hits("公开部门预算")
    [(0, 2, '公开', 'proactive'), (2, 6, '部门预算', 'fiscal')]
    """
    return sorted(
        (start, end, term, theme)
        for start, end, term in matches(sentence, without=without)
        for theme in themes_of(term)
    )


def matches(sentence: str, *, without: Collection[str] = ()) -> list[tuple[int, int, str]]:
    """Start, exclusive end and term of all that is matched, excluded terms too; see `hits`."""
    lexicon = _lexicon()
    folded = _folded(sentence)
    terms = _terms(folded, lexicon.terms, without)
    excluded = [(start, end) for start, end, term in terms if term not in lexicon.themes]
    return terms + _phrases(folded, lexicon.phrases, excluded, without)


def themes_of(term: str) -> tuple[str, ...]:
    """Themes that a term of the lexicon codes; none for an excluded one."""
    return _lexicon().themes.get(term, ())


def code_themes(
    sentences: Iterable[str],
    *,
    parts: Sequence[str] | None = None,
    without: Collection[str] = (),
) -> pd.DataFrame:
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
    without : collection of str
        Terms to leave out; see `hits`.

    Raises
    ------
    ValueError
        If there are not as many parts as sentences.
    """
    import pandas as pd

    ids = theme_ids()
    coded = code(sentences, parts=parts, without=without)
    rows = [[theme in found for theme in ids] for found in coded]
    return pd.DataFrame(rows, columns=list(ids))


def code(
    sentences: Iterable[str],
    *,
    parts: Sequence[str] | None = None,
    without: Collection[str] = (),
) -> list[set[str]]:
    """Themes of each sentence, as sets of ids; see `code_themes`."""
    found = [{theme for *_, theme in hits(each, without=without)} for each in sentences]
    if parts is not None:
        carry(found, parts)
    return found


def count_hits(sentences: Iterable[str]) -> pd.DataFrame:
    """Number of matches, one row a sentence, one column a theme; for `measures.shares`."""
    import pandas as pd

    ids = theme_ids()
    counts = [Counter(theme for *_, theme in hits(sentence)) for sentence in sentences]
    return pd.DataFrame([[count[theme] for theme in ids] for count in counts], columns=list(ids))


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


def _terms(
    folded: str, index: dict[str, tuple[str, ...]], without: Collection[str]
) -> list[tuple[int, int, str]]:
    """Longest term at each place, without those inside an earlier one."""
    found = []
    reach = 0
    for start in range(len(folded)):
        for term in index.get(folded[start : start + _KEY], ()):
            if folded.startswith(term, start) and term not in without:
                end = start + len(term)
                if end > reach:
                    found.append((start, end, term))
                    reach = end
                break
    return found


def _phrases(
    folded: str,
    index: dict[str, tuple[str, ...]],
    excluded: list[tuple[int, int]],
    without: Collection[str],
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
            if phrase in without or not folded.startswith(first, start):
                continue
            middle = start + len(first)
            at = folded.find(second, middle, middle + GAP + len(second))
            end = at + len(second)
            if at < 0 or folded.find(_COMMA, middle, at) >= 0:
                continue
            if not hidden(start, middle) and not hidden(at, end):
                found.append((start, end, phrase))
    return found


@cache
def _theme_of_part() -> dict[str, str]:
    """Theme that a section of a part lends to the sentences below its heading."""
    return {row["part"]: row["theme"] for row in rules.load("parts") if row["theme"]}


def carry(found: list[set[str]], parts: Sequence[str]) -> None:
    """Add to the themes of each sentence the one that its part of the report lends it."""
    carried, previous = None, None
    for themes, part in zip(found, parts, strict=True):
        if part != previous:
            carried, previous = _theme_of_part().get(part), part
        spoken = themes & {"problems", "plans"}
        if part == "problems" and len(spoken) == 1:
            (carried,) = spoken
        if carried:
            themes.add(carried)
