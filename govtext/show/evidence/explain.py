"""A number of a report -> the words that filled each slot of its frame, and what it became."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from govtext.core.model import Frame, Report
    from govtext.show.evidence import Reading

_COLUMNS = ("slot", "value", "text", "start", "end", "how")
_NEAREST = 3


def explain(reading: Reading, start: int) -> pd.DataFrame:
    """What filled which slot of the number at a place, which metric it made, or why none.

    Parameters
    ----------
    reading : Reading
        A report, as `gt.read_report` gives.
    start : int
        Offset of a character of the number, or of the words that state none, in the text.

    Returns
    -------
    pandas.DataFrame
        A row a slot: slot, value, text (the words that filled it, verbatim), start, end, how (from
        where it was carried, where it does not stand there). The last row of each frame is its
        metric, with the rule in `how`; without a metric `how` is the reason.

    Raises
    ------
    ValueError
        If no number of the prose stands there; the message names the nearest ones.
    """
    import pandas as pd

    report = reading.report
    frames = [each for each in report.frames if each.start <= start < each.end]
    if not frames:
        raise ValueError(_nowhere(report, start))
    rows = [row for frame in frames for row in _rows(frame, report.document.text)]
    types = {"start": "Int64", "end": "Int64"}
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(types)


def spelled(frame: Frame, text: str) -> str:
    """One line of the words that filled a frame: thing=request (申请), act=received (收到)."""
    parts = []
    for each in frame.evidence:
        words = each.how if each.start is None else text[each.start : each.end]
        parts.append(
            f"{each.slot}={each.value} ({words})" if words else f"{each.slot}={each.value}"
        )
    if frame.reason:
        parts.append(frame.reason)
    return ", ".join(parts)


def _rows(frame: Frame, text: str) -> Iterator[tuple[object, ...]]:
    for each in frame.evidence:
        words = "" if each.start is None else text[each.start : each.end]
        yield each.slot, each.value, words, each.start, each.end, each.how
    yield "scope", frame.scope, "", None, None, ""
    number = text[frame.start : frame.end]
    yield "metric", frame.metric, number, frame.start, frame.end, frame.rule or frame.reason


def _nowhere(report: Report, start: int) -> str:
    """What to say where no number stands."""
    starts = sorted({each.start for each in report.frames})
    place = bisect_left(starts, start)
    near = starts[max(0, place - _NEAREST) : place + _NEAREST]
    if not near:
        return f"no number stands at {start}: the prose of {report.report_id} has none"
    named = ", ".join(map(str, near))
    return f"no number of the prose stands at {start}; the nearest begin at {named}"
