"""text -> words: what jieba 0.42.1 cuts, the terms of the genre (`rules/terms.csv`) kept whole."""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from govtext.core import rules


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
    return list(_tokenizer().lcut(text))


def count(text: str) -> Counter[str]:
    """Words of a text with how often each stands there; spaces and punctuation are left out."""
    return Counter(word for word in tokenize(text) if any(mark.isalnum() for mark in word))


@cache
def _tokenizer() -> Any:
    """Tokenizer of our own, so that a user's dictionary in jieba's global one changes nothing."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        # jieba keeps a cache by name in a shared folder; a private one cannot be stale or hostile.
        tokenizer.tmp_dir = str(Path(folder))
        tokenizer.initialize()
    for row in rules.load("terms"):
        tokenizer.add_word(row["word"], int(row["frequency"]) if row["frequency"] else None)
    return tokenizer
