"""text -> words: what jieba 0.42.1 cuts, the terms of the genre (`rules/terms.csv`) kept whole.

jieba says what the words are. rjieba, twenty times as fast, weighs the same words by the same
frequencies and differs in two ways, which are put right here: it keeps runs of letters and digits
whole across points and dashes, and holds more characters for Chinese.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from govtext.core import rules

# Characters in which the two differ: to jieba each is a word. Half of a surrogate pair is beyond
# rjieba, and a word to jieba as well.
_ALONE = re.compile("([\u3400-\u4dbf\u9fd6-\u9fff\ud800-\udfff\uf900-\ufaff\U00020000-\U0010ffff])")
# jieba's own rule for a run that is no Chinese: a word or number is a word, so is what is between.
_JOINED = re.compile(r"[a-zA-Z0-9][-+#&._%]+[a-zA-Z0-9]")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


def tokenize(text: str) -> list[str]:
    """Words of a text in order; joined they are the text.

    Parameters
    ----------
    text : str
        Any string; spaces and punctuation come back as words of their own.

    Returns
    -------
    list of str
        As ``jieba.lcut`` gives with the domain dictionary loaded, unknown words by its hidden
        Markov model.
    """
    return _cutter()(text)


def count(text: str) -> Counter[str]:
    """Words of a text with how often each stands there; spaces and punctuation are left out."""
    found = Counter(tokenize(text))
    for word in [each for each in found if not each.isalnum()]:
        if not any(map(str.isalnum, word)):
            del found[word]
    return found


@cache
def _cutter() -> Callable[[str], list[str]]:
    """What cuts a text: rjieba put right, or jieba itself where rjieba is not installed."""
    return _by_rjieba if find_spec("rjieba") else _jieba().lcut


def _by_rjieba(text: str) -> list[str]:
    """Words by rjieba, as jieba cuts them."""
    engine = _rjieba()
    found: list[str] = []
    for index, part in enumerate(_ALONE.split(text)):
        if index % 2:
            found.append(part)
        else:
            words = engine.cut(part)
            found += _put_right(engine, words) if _JOINED.search(part) else words
    return found


def _put_right(engine: Any, words: list[str]) -> Iterator[str]:
    """Words with the runs of letters and digits parted by jieba's rule."""
    for word in words:
        if len(word) > 2 and word.isascii() and not engine.has_word(word):
            yield from filter(None, _LATIN.split(word))
        else:
            yield word


@cache
def _rjieba() -> Any:
    """Engine of our own, so that a user's dictionary in the common one changes nothing."""
    import rjieba

    engine = rjieba.Jieba()
    for row in rules.load("terms"):
        engine.add_word(row["word"], int(row["frequency"]), None)
    # jieba's sum of all frequencies counts a word twice that it knew before; a word with a space
    # is never met, and makes the sums equal.
    engine.add_word(" ", sum(int(row["known"]) for row in rules.load("terms")), None)
    return engine


@cache
def _jieba() -> Any:
    """Tokenizer of jieba's with the domain dictionary, which says what the words are."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        # jieba keeps a cache by name in a shared folder; a private one cannot be stale or hostile.
        tokenizer.tmp_dir = str(Path(folder))
        tokenizer.initialize()
    for row in rules.load("terms"):
        tokenizer.add_word(row["word"], int(row["frequency"]))
    return tokenizer
