"""A finding with its sentence: the numbers and the Chinese words that they stand beside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govtext.core.model import Finding
from govtext.extract.audit.vocabulary import identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.extract.audit.mentions import Mention

_LONGEST = 24
_MOST = 12


def finding(
    name: str,
    verdict: str,
    sides: tuple[float, float],
    words: tuple[str, str],
    mentions: Sequence[Mention],
) -> Finding:
    """Finding of an identity; `words` are those of its two sides."""
    left, right = sides
    delta = round(left - right, 6)
    row = identity(name)
    statement = row["statement_en"].format(
        left_words=words[0], right_words=words[1], left=number(left), right=number(right)
    ) + identity(verdict)["statement_en"].format(delta=number(abs(delta)))
    start = min(mention.start for mention in mentions)
    end = max(mention.end for mention in mentions)
    return Finding(
        identity=name,
        verdict=verdict,
        left=left,
        right=right,
        delta=delta,
        statement=statement,
        start=start,
        end=end,
    )


def number(value: float) -> str:
    """Number as English prints it: 1,234 and 56.7."""
    if not math.isfinite(value):
        return str(value)
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def quote(mention: Mention) -> str:
    """Words of a mention and its number as printed: 信函申请16件."""
    printed = mention.quantity.text.replace(" ", "").replace("\n", "")
    if mention.label:
        return f"{mention.words[-_LONGEST:]}{printed}"
    return f"{printed}{mention.words[:_LONGEST]}"


def addition(mentions: Sequence[Mention]) -> str:
    """Words of several mentions, joined by plus signs."""
    shown = " + ".join(quote(mention) for mention in mentions[:_MOST])
    more = len(mentions) - _MOST
    return f"{shown} and {more} more" if more > 0 else shown
