"""Count words against the things that are listed before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtext.core.model import Finding
from govtext.core.text import chinese_number, stops
from govtext.extract.audit.tell import quote
from govtext.extract.audit.vocabulary import identity, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtext.core.text import Text
    from govtext.extract.audit.mentions import Stretch

_STOP = stops("sentence", ",:()\n")
_BACK = 400
_LONGEST = 30
_LEAST = 3


def named(content: Text, sentences: Sequence[Stretch]) -> Iterator[Finding]:
    """Findings of lists that name as many things as the count word behind them says."""
    for sentence in sentences:
        for each in sentence.mentions:
            if each.is_exact and each.depth == 0 and word("counter").fullmatch(each.unit):
                before = sentence.text[: each.start - sentence.start][-_BACK:]
                yield from _judge(before, each.value, quote(each), each.start, each.end)
    for match in word("named_count").finditer(content.folded):
        count = chinese_number(match["count"])
        before = content.folded[max(0, match.start() - _BACK) : match.start()]
        if count:
            yield from _judge(before, float(count), match.group(), match.start(), match.end())


def _judge(before: str, count: float, words: str, start: int, end: int) -> Iterator[Finding]:
    """A list with 、 right before the count; one more or fewer could be a matter of splitting."""
    clause = _STOP.split(before.replace(" ", ""))[-1]
    parts = word("item_joint").split(clause)
    items = [part for part in clause.split("、") if part]
    if clause.endswith("、") or re.search("[0-9]", clause):
        return
    if len(items) < 2 or max(map(len, items[1:])) > _LONGEST or count < 2:
        return
    plausible = {len(items), len(parts)}
    if count in plausible and count >= _LEAST - 1:
        yield _told("holds", count, words, items, (start, end))
    elif words.startswith('"') and len(items) >= _LEAST and count <= len(items) + 2:
        yield _told("not_assessable", count, words, items, (start, end))


def _told(
    verdict: str, count: float, words: str, items: Sequence[str], span: tuple[int, int]
) -> Finding:
    row = identity("named")
    found = float(count if verdict == "holds" else len(items))
    delta = count - found
    shown = "、".join(items)[-2 * _LONGEST :]
    statement = row["statement_en"].format(
        left_words=words, right_words=shown, left=f"{count:g}", right=f"{found:g}"
    ) + identity(verdict)["statement_en"].format(delta=f"{abs(delta):g}")
    return Finding(
        identity="named",
        verdict=verdict,
        left=count,
        right=found,
        delta=delta,
        statement=statement,
        start=span[0],
        end=span[1],
    )
