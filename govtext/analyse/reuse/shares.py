"""Found -> how much of each report stands elsewhere, and how much two reports have in common."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.analyse.reuse.body import Compared
    from govtext.analyse.reuse.passages import Found

SOURCES = ("boilerplate", "own_past", "others")
"""Where a character may stand already, in the order in which it is counted once."""
_COLUMNS = [
    "report_id", "body", "year", "n_chars", *SOURCES, "reused", "as_boilerplate", "as_own_past",
    "as_others", "as_new", "n_past", "n_passages", "reason",
]  # fmt: skip


def marks(found: Found) -> dict[str, dict[str, NDArray[np.bool_]]]:
    """Characters of each report that stand elsewhere: report_id, then source, then a flag each."""
    made = {
        each.report_id: {name: np.zeros(len(each.text), np.bool_) for name in SOURCES}
        for each in found.texts
    }
    rows: Iterable[Any] = found.boilerplate.itertuples(index=False)
    for row in rows:
        made[row.report_id]["boilerplate"][row.start : row.end] = True
    aligned: Iterable[Any] = found.passages.itertuples(index=False)
    for row in aligned:
        if row.relation == "own" and _before(row.year_a, row.year_b):
            made[row.report_b]["own_past"][row.start_b : row.end_b] = True
        if row.relation == "other":
            made[row.report_a]["others"][row.start_a : row.end_a] = True
            made[row.report_b]["others"][row.start_b : row.end_b] = True
    kept = {each.report_id: each.kept for each in found.texts}
    return {
        name: {source: flags & kept[name] for source, flags in own.items()}
        for name, own in made.items()
    }


def shares(found: Found, *, within: str, min_bodies: int) -> pd.DataFrame:
    """Share of each report that is reused; columns and meaning are told by `govtext.reuse`."""
    import pandas as pd

    flagged = marks(found)
    bodies = {each.body for each in found.texts if each.body}
    count: dict[str, int] = defaultdict(int)
    for name in (*found.passages["report_a"], *found.passages["report_b"]):
        count[name] += 1
    rows = []
    for each in found.texts:
        past = sum(_is_past(other, each) for other in found.texts) if each.body else 0
        asked = {
            "boilerplate": "" if len(bodies) >= min_bodies else f"fewer than {min_bodies} bodies",
            "own_past": _why_no_past(each, past, within),
            "others": _why_no_others(each, bodies, within),
        }
        row = _shared(each, flagged[each.report_id], asked)
        rows.append(row | {"n_past": past, "n_passages": count[each.report_id]})
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"year": "Int64"})


def pairs(found: Found) -> pd.DataFrame:
    """How much of the later report of each pair stands in the earlier one.

    Returns
    -------
    pandas.DataFrame
        report_a, report_b, relation, n_passages, n_chars (of `report_b`, each counted once), share
        (of its running text). Pairs without a passage are left out.
    """
    import pandas as pd

    kept = {each.report_id: each.kept for each in found.texts}
    rows = []
    grouped: Iterable[Any] = found.passages.groupby(["report_a", "report_b"], sort=True)
    for (a, b), own in grouped:
        flags = np.zeros(len(kept[b]), np.bool_)
        for start, end in zip(own["start_b"], own["end_b"], strict=True):
            flags[start:end] = True
        size = int((flags & kept[b]).sum())
        rows.append((a, b, own["relation"].iloc[0], len(own), size, size / int(kept[b].sum())))
    names = ["report_a", "report_b", "relation", "n_passages", "n_chars", "share"]
    return pd.DataFrame(rows, columns=names)


def _shared(
    each: Compared, flagged: Mapping[str, NDArray[np.bool_]], asked: Mapping[str, str]
) -> dict[str, Any]:
    """Shares of one report; null, with a reason, where the study cannot tell."""
    total = int(each.kept.sum())
    row: dict[str, Any] = {"report_id": each.report_id, "body": each.body or None}
    row |= {"year": each.year, "n_chars": total}
    left = each.kept.copy()
    for name in SOURCES:
        own = flagged[name]
        row[name] = own.sum() / total if total and not asked[name] else np.nan
        row[f"as_{name}"] = int((own & left).sum())
        left &= ~own
    row["as_new"] = int(left.sum())
    row["reused"] = 1 - row["as_new"] / total if total else np.nan
    row["reason"] = "; ".join(f"{name}: {why}" for name, why in asked.items() if why)
    return row


def _why_no_past(each: Compared, past: int, within: str) -> str:
    if within == "others":
        return "not asked"
    if not each.body or each.year is None:
        return "body or year not known"
    return "" if past else "no earlier report of the body"


def _why_no_others(each: Compared, bodies: set[str], within: str) -> str:
    if within == "body":
        return "not asked"
    if not each.body:
        return "body not known"
    return "" if len(bodies) > 1 else "no other body"


def _is_past(other: Compared, each: Compared) -> bool:
    return other.body == each.body and _before(other.year, each.year)


def _before(one: Any, other: Any) -> bool:
    """True if both years are known and the one is before the other."""
    import pandas as pd

    return not (pd.isna(one) or pd.isna(other)) and bool(one < other)
