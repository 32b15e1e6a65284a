"""A word that is not known -> those that are and look like it: what an error says next."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 12
_NEAR = 0.7
"""Least likeness, 0 to 1, of what may have been meant."""


def meant(word: object, known: Iterable[str]) -> str:
    """`` (did you mean 'year'?)``, or nothing where no known word is near."""
    words = {each.lower(): each for each in known}
    found = get_close_matches(str(word).lower(), words, n=2, cutoff=_NEAR)
    return f" (did you mean {' or '.join(repr(words[each]) for each in found)}?)" if found else ""


def listed(known: Iterable[str], word: object = "") -> str:
    """Known words for a sentence: all of a few, of many those that are nearest and their number."""
    words = list(dict.fromkeys(known))
    if len(words) <= _MOST:
        return ", ".join(words) or "none"
    near = get_close_matches(str(word), words, n=3, cutoff=0.3) or words[:3]
    return f"{', '.join(near)} ... ({len(words):,} in all)"


def demand(name: str, value: object, known: Iterable[str]) -> None:
    """Stop where a choice is none of those that there are.

    Raises
    ------
    ValueError
        If it is none, with what may have been meant and what it can be.
    """
    words = list(known)
    if value not in words:
        allowed = " or ".join(map(repr, words))
        raise ValueError(f"{name} is {value!r}{meant(value, words)}; it can be {allowed}")
