"""Sentences -> keyword in context: the words behind every score, a row a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core import text
from govtext.extract.themes import hits, theme_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS = (
    "report_id", "section", "part", "start", "end", "left", "hit", "right", "theme", "term",
)  # fmt: skip


def of_themes(
    sentences: pd.DataFrame, texts: Mapping[str, str], themes: set[str], width: int
) -> pd.DataFrame:
    """Hits of some themes in context, and the sentences that their part alone gave a theme.

    Parameters
    ----------
    sentences : DataFrame
        One row a sentence: report_id, section, part, start, end, sentence, and a boolean column
        a theme.
    texts : mapping
        Text of each report, that `start` and `end` count the characters of.
    themes : set of str
        Ids.
    width : int
        Characters of context on either side.
    """
    wanted = [theme for theme in theme_ids() if theme in themes]
    rows: list[dict[str, Any]] = []
    for row in sentences[sentences[wanted].any(axis=1)].to_dict("records"):
        found = [each for each in hits(row["sentence"]) if each[3] in themes and row[each[3]]]
        spoken = {theme for *_, theme in found}
        found += [
            (0, len(row["sentence"]), "", theme)
            for theme in wanted
            if row[theme] and theme not in spoken
        ]
        body = texts[row["report_id"]]
        for start, end, term, theme in found:
            span = row["start"] + start, row["start"] + end
            rows.append(_row(row, body, span, width) | {"theme": theme, "term": term})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def of_string(
    sentences: pd.DataFrame, texts: Mapping[str, str], wanted: str, width: int
) -> pd.DataFrame:
    """Every place of a string in context, widths and case aside; see `of_themes`.

    `theme` and `term` are those of the lexicon's hit at the very place, joined by ";", if any: a
    string inside a longer term has none.
    """
    rows = []
    needle = text.fold(wanted).lower()
    for row in sentences.to_dict("records"):
        body = texts[row["report_id"]]
        by_span: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for start, end, term, theme in hits(row["sentence"]):
            by_span.setdefault((start, end), []).append((theme, term))
        for start, end in _places(row["sentence"], needle):
            own = by_span.get((start, end), [])
            span = row["start"] + start, row["start"] + end
            themes = ";".join(theme for theme, _ in own)
            term = own[0][1] if own else ""
            rows.append(_row(row, body, span, width) | {"theme": themes, "term": term})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _places(sentence: str, needle: str) -> Iterator[tuple[int, int]]:
    # One to one, as offsets must hold: str.lower is not for every character.
    folded = "".join(low if len(low := mark.lower()) == 1 else mark for mark in text.fold(sentence))
    start = folded.find(needle)
    while start >= 0:
        yield start, start + len(needle)
        start = folded.find(needle, start + len(needle))


def _row(row: Mapping[Any, Any], body: str, span: tuple[int, int], width: int) -> dict[str, Any]:
    start, end = span
    return {
        **{name: row[name] for name in ("report_id", "section", "part")},
        "start": start,
        "end": end,
        "left": _line(body[max(0, start - width) : start]),
        "hit": _line(body[start:end]),
        "right": _line(body[end : end + width]),
    }


def _line(words: str) -> str:
    return words.replace("\n", " ")
