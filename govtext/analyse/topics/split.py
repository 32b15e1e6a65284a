"""Reports and sections -> paragraphs: lines of prose, apart from statistics tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from govtext.core.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

_SHORT = 40
# A comma between digits marks thousands, as in a table; any other belongs to prose.
_PROSE = re.compile(r"[。；;！!？?，]|,(?![0-9])")


def paragraphs(
    reports: pd.DataFrame,
    sections: pd.DataFrame,
    cells: pd.DataFrame | None = None,
    *,
    min_chars: int = _SHORT,
) -> pd.DataFrame:
    """Documents for the models: report_id, section_id, part, start, end, text.

    A paragraph is a line of `reports.text`, and never crosses a section or a statistics table. A
    heading on its own line and a line of fewer than `min_chars` characters join the line after
    them, at the end of a section the one before. Left out are statistics tables, with what stands
    between two cells that are fewer than `min_chars` characters apart; what has no mark of prose
    (a stop, semicolon or comma): titles, signatures, rows of other tables; and a section that is
    only its heading.

    Parameters
    ----------
    reports : DataFrame
        With report_id and text.
    sections : DataFrame
        With report_id, section_id, number, title, part, start, end.
    cells : DataFrame, optional
        Cells of the statistics tables, with report_id, start, end: their labels are the form's
        words, not the report's.
    min_chars : int, default 40
        A paragraph of fewer says too little by itself.

    Returns
    -------
    DataFrame
        Sorted by report_id and start; ``reports.text[start:end]`` is `text`.
    """
    import pandas as pd

    texts: dict[Any, str] = dict(zip(reports["report_id"], reports["text"], strict=True))
    ordered = sections.sort_values(["report_id", "start"], kind="stable")
    tables = _tables(cells, min_chars)
    rows = [
        (each.report_id, each.section_id, each.part, start, end, texts[each.report_id][start:end])
        for each in ordered.itertuples(index=False)
        for stretch in _outside(tables.get(each.report_id, []), each)
        for start, end in _joined(texts[each.report_id], each, stretch, min_chars)
    ]
    names = ["report_id", "section_id", "part", "start", "end", "text"]
    return pd.DataFrame(rows, columns=names)


def _tables(cells: pd.DataFrame | None, near: int) -> dict[Any, list[tuple[int, int]]]:
    """Spans of the statistics tables by report, in order: cells less than `near` apart are one."""
    tables: dict[Any, list[tuple[int, int]]] = {}
    if cells is None:
        return tables
    ordered = cells.sort_values(["report_id", "start", "end"], kind="stable")
    for report, start, end in ordered[["report_id", "start", "end"]].itertuples(index=False):
        own = tables.setdefault(report, [])
        if own and start - own[-1][1] < near:
            own[-1] = (own[-1][0], max(end, own[-1][1]))
        else:
            own.append((start, end))
    return tables


def _outside(tables: list[tuple[int, int]], section: Any) -> Iterator[tuple[int, int]]:
    """What of a section stands outside of all tables."""
    start, end = section.start, section.end
    for first, last in tables:
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _joined(
    text: str, section: Any, stretch: tuple[int, int], min_chars: int
) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs in a stretch of a section."""
    heading = len(key(f"{section.number}{section.title}")) if section.title else -1
    found: list[tuple[int, int]] = []
    begun: int | None = None
    position = stretch[0]
    body = position != section.start
    for line in text[slice(*stretch)].split("\n"):
        start, end = position, position + len(line.rstrip())
        position += len(line) + 1
        if start == end:
            continue
        begun = start if begun is None else begun
        titled = start == section.start and len(key(line)) <= heading + 1
        body = body or not titled
        if not titled and end - begun >= min_chars:
            found.append((begun, end))
            begun = None
        last = end
    if begun is not None and body and _PROSE.search(text, begun, last):
        begun = found.pop()[0] if found else begun
        found.append((begun, last))
    return (span for span in found if _PROSE.search(text, *span))
