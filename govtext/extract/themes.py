"""Sentences -> themes: what a report speaks of, by a lexicon whose every match can be shown.

A theme is coded where one of its terms stands in the sentence, and nowhere else. The lexicon reads
words, not meanings: irony, negation and what a heading implies are outside it, and what it misses
against two human coders is what `measures.agreement` says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick

from govtext.core import rules, text
from govtext.core.rules import RuleError
from govtext.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import pandas as pd

    from govtext.core.text import Span

Hit = tuple[int, int, str, str]
"""Start, exclusive end, term and theme of one match."""
Match = tuple[int, int, str]
"""Start, exclusive end and term."""
Word = tuple[int, int, int]
"""Number of a word of the lexicon, start and exclusive end."""

GAP = 16
"""Most characters between the two parts of a phrase, with no comma among them: one clause."""

KINDS = ("term", "phrase", "exclude")
_ELLIPSIS = "…"
_COMMA = ","
_SHORTEST = 2
_CAPITALS = re.compile("[A-Z]+")


class _Lexicon(NamedTuple):
    """What finds the terms and the first parts of phrases in one pass, and what each of them is."""

    finder: AhoCorasick
    terms: dict[int, str]
    phrases: dict[int, tuple[tuple[str, str], ...]]  # by the first part: the second and the whole
    themes: dict[str, tuple[str, ...]]  # an excluded term has none
    reach: int  # how far behind its first part a phrase may end


def theme_ids() -> tuple[str, ...]:
    """Ids of the themes, in the order of `rules/themes.csv`."""
    return tuple(row["id"] for row in rules.load("themes"))


def coded_by_people() -> tuple[str, ...]:
    """Ids of the themes that came with govtext, which two people coded in the shipped reports."""
    return tuple(row["id"] for row in rules.shipped("themes"))


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


def matches(sentence: str, *, without: Collection[str] = ()) -> list[Match]:
    """Start, exclusive end and term of all that is matched, excluded terms too; see `hits`."""
    folded = _folded(sentence)
    return _matches(_lexicon(), folded, len(folded), _words(folded), without)


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
    sentences: Iterable[str] | Text,
    *,
    parts: Sequence[str] | None = None,
    without: Collection[str] = (),
) -> list[set[str]]:
    """Themes of each sentence, as sets of ids; see `code_themes`.

    A `Text` is coded by its own sentences, in one pass for all of them.
    """
    if isinstance(sentences, Text):
        matched = _matches_of(sentences, without)
    else:
        matched = (matches(each, without=without) for each in sentences)
    themes = _lexicon().themes
    found = [{theme for match in each for theme in themes.get(match[2], ())} for each in matched]
    if parts is not None:
        carry(found, parts)
    return found


def count_hits(sentences: Iterable[str]) -> pd.DataFrame:
    """Number of matches, one row a sentence, one column a theme; for `measures.shares`."""
    import pandas as pd

    ids = theme_ids()
    counts = [Counter(theme for *_, theme in hits(sentence)) for sentence in sentences]
    return pd.DataFrame([[count[theme] for theme in ids] for count in counts], columns=list(ids))


@rules.cached
def _lexicon() -> _Lexicon:
    """Rows of `rules/lexicon.csv`, with what finds them."""
    ids = set(theme_ids())
    terms: set[str] = set()
    phrases: dict[str, set[tuple[str, str]]] = defaultdict(set)
    themes: dict[str, list[str]] = defaultdict(list)
    for row in rules.load("lexicon"):
        term, theme, kind = _folded(row["term"]), row["theme"], row["kind"]
        if kind not in KINDS or (theme in ids) == (kind == "exclude"):
            raise RuleError(f"lexicon row {row['term']!r} has kind {kind!r} and theme {theme!r}")
        parts = term.split(_ELLIPSIS)
        if len(term) < _SHORTEST or len(parts) != 1 + (kind == "phrase") or not all(parts):
            raise RuleError(f"lexicon row {row['term']!r} is no {kind}")
        if kind == "phrase":
            phrases[parts[0]].add((parts[1], term))
        else:
            terms.add(term)
        if kind == "exclude":
            themes.pop(term, None)  # of a term that codes: own rows come last
        else:
            themes[term].append(theme)
    words = tuple(sorted(terms.union(phrases)))
    return _Lexicon(
        finder=AhoCorasick(words),
        terms={number: word for number, word in enumerate(words) if word in terms},
        phrases={
            number: tuple(sorted(phrases[word], key=lambda found: (-len(found[1]), found)))
            for number, word in enumerate(words)
            if word in phrases
        },
        themes={term: tuple(found) for term, found in themes.items()},
        reach=GAP
        + max((len(second) for found in phrases.values() for second, _ in found), default=0),
    )


def _folded(sentence: str | Text) -> str:
    """Text as terms are compared: folded, Latin letters small."""
    # str.lower is not one to one (İ becomes two characters), and offsets must hold.
    folded = text.fold(sentence) if isinstance(sentence, str) else sentence.folded
    return _CAPITALS.sub(lambda match: match.group().lower(), folded)


def _words(folded: str) -> list[Word]:
    """Every term and first part of a phrase in a text, by place, of those at one the longest first.

    They may overlap.
    """
    found = _lexicon().finder.find_matches_as_indexes(folded, overlapping=True)
    found.reverse()  # they come by their ends
    found.sort(key=itemgetter(1))
    return found


def _matches_of(content: Text, without: Collection[str]) -> Iterator[list[Match]]:
    """Matches of each sentence of a text."""
    folded = _folded(content)
    words = _words(folded)
    places = [start for _, start, _ in words]
    lexicon = _lexicon()
    last = 0
    for start, end in content.sentences:
        first = bisect_left(places, start, last)
        last = bisect_left(places, end, first)
        yield _matches(lexicon, folded, end, words[first:last], without) if first < last else []


def _matches(
    lexicon: _Lexicon, folded: str, limit: int, words: Sequence[Word], without: Collection[str]
) -> list[Match]:
    """Matches among the words of a sentence that ends at `limit`."""
    terms, phrases = lexicon.terms, lexicon.phrases
    found: list[Match] = []
    reach = 0
    for number, start, end in words:
        # A term inside an earlier one does not count.
        if reach < end <= limit and number in terms and (term := terms[number]) not in without:
            found.append((start, end, term))
            reach = end
    begun = [word for word in words if word[0] in phrases]
    if begun:
        excluded = [(start, end) for start, end, term in found if term not in lexicon.themes]
        found += _phrases(lexicon, folded, limit, begun, excluded, without)
    return found


def _phrases(
    lexicon: _Lexicon,
    folded: str,
    limit: int,
    begun: Sequence[Word],
    excluded: Sequence[Span],
    without: Collection[str],
) -> Iterator[Match]:
    """Phrases with both parts outside longer excluded terms; the nearest second part counts."""

    def hidden(start: int, end: int) -> bool:
        # Starts and ends both rise, so that the last to begin before `start` reaches farthest.
        at = bisect_right(excluded, start, key=itemgetter(0)) - 1
        return at >= 0 and excluded[at][1] >= end and excluded[at] != (start, end)

    for number, start, middle in begun:
        rest = folded[middle : min(limit, middle + lexicon.reach)].partition(_COMMA)[0]
        for second, phrase in lexicon.phrases[number]:
            gap = rest.find(second)
            if not 0 <= gap <= GAP or phrase in without:
                continue
            at = middle + gap
            end = at + len(second)
            if not hidden(start, middle) and not hidden(at, end):
                yield start, end, phrase


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
