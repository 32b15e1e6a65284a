"""Readings in brackets behind an ideograph, which a broken conversion left: 鎮(zhèn)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.mending import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.model import Document

_GLOSS = re.compile(
    r"(?<=[\u3400-\u9fff])[ ]?\([ ]?(?P<letters>[a-z\u00df-\u024f\u0250-\u026f\u0300-\u036f' ]"
    r"{1,24}[1-5]?)[ ]?\)"
)
_TONES = frozenset("\u0300\u0301\u0304\u0306\u030c")
_DIAERESIS = "\u0308"
_LOOKALIKES = str.maketrans("\u0251\u0261", "ag")


def edits(document: Document) -> Iterator[Edit]:
    """Edits that leave out readings; one without a tone only beside others that have theirs."""
    found = [
        (match, toned)
        for match in _GLOSS.finditer(document.content.folded)
        if (toned := _tone(match["letters"])) is not None
    ]
    if any(toned for _, toned in found):
        for match, _ in found:
            yield Edit(*match.span(), "")


def _tone(letters: str) -> bool | None:
    """Whether letters are syllables with a tone; None where they are no syllables at all."""
    parts = unicodedata.normalize("NFD", letters.translate(_LOOKALIKES))
    bare = "".join(each for each in parts.replace(f"u{_DIAERESIS}", "v") if each not in _TONES)
    toned = bare != parts.replace(f"u{_DIAERESIS}", "v") or bare[-1].isdecimal()
    plain = re.sub("[' ]", "", bare.rstrip("12345"))
    return toned if _syllables().fullmatch(plain) else None


@cache
def _syllables() -> re.Pattern[str]:
    one = "|".join(row["pattern"] for row in rules.load("repairs") if row["kind"] == "syllable")
    return re.compile(f"(?:{one}){{1,4}}")
