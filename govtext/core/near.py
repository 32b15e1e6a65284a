"""A word that is not known -> those that are and look like it: what an error says next."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 12


def meant(word: object, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """`` (did you mean 'year'?)``, or nothing where no known word is near enough (0 to 1)."""
    words = {each.lower(): each for each in known}
    found = get_close_matches(str(word).lower(), words, n=2, cutoff=cutoff)
    return f" (did you mean {' or '.join(repr(words[each]) for each in found)}?)" if found else ""


def listed(known: Iterable[str], word: object = "") -> str:
    """Known words for a sentence: all of a few, of many those that are nearest and their number."""
    words = list(dict.fromkeys(known))
    if len(words) <= _MOST:
        return ", ".join(words) or "none"
    near = get_close_matches(str(word), words, n=3, cutoff=0.3) or words[:3]
    return f"{', '.join(near)} ... ({len(words):,} in all)"
