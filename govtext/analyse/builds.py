"""Two builds of the same reports -> what moved between them, and by which rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govtext.pipeline.tables import Study, load

if TYPE_CHECKING:
    from collections.abc import Iterator

Build = Study | str | Path
_WHAT = ["report_id", "metric", "applicant"]
_PLACE = ["start", "end"]
_SAYS = ["value", "status", "unit", "qualifier", "flags"]
"""Columns of which one that differs is a change; another rule that says the same is none."""
_MORE = ["rule", "quote"]


def compare(old: Build, new: Build) -> pd.DataFrame:
    """Observations that two builds do not share.

    Of a report, metric and applicant those at the same characters are set against each other, then
    those that say the same elsewhere (they only moved), and then what is left in order.

    Parameters
    ----------
    old, new : Study or path
        Two studies as `load` gives, or folders of tables.

    Returns
    -------
    pandas.DataFrame
        report_id, metric, applicant, change (``added``, ``gone`` or ``changed``), then value,
        status, unit, qualifier, flags, rule and quote, each as ``old_`` and ``new_``; null where a
        build has no such observation.
    """
    left, right = _observations(old), _observations(new)
    same, left, right = _matched(left, right, [*_WHAT, *_PLACE])
    _, left, right = _matched(left, right, [*_WHAT, *_SAYS])
    moved, left, right = _matched(left, right, _WHAT)
    both = pd.concat([same, moved])
    differ = [
        (both[f"old_{name}"] != both[f"new_{name}"])
        & ~(both[f"old_{name}"].isna() & both[f"new_{name}"].isna())
        for name in _SAYS
    ]
    found = {
        "changed": both[pd.concat(differ, axis=1).any(axis=1)],
        "gone": left.rename(columns={name: f"old_{name}" for name in (*_SAYS, *_MORE)}),
        "added": right.rename(columns={name: f"new_{name}" for name in (*_SAYS, *_MORE)}),
    }
    columns = [f"{side}_{name}" for name in (*_SAYS, *_MORE) for side in ("old", "new")]
    rows = pd.concat([frame.assign(change=change) for change, frame in found.items()])
    ordered = rows.reindex(columns=[*_WHAT, "change", *columns]).sort_values(
        [*_WHAT, "change", "old_value", "new_value"], kind="stable"
    )
    return ordered.reset_index(drop=True)


def lines(moved: pd.DataFrame) -> Iterator[str]:
    """What `compare` found, a line each, and how much of it there is."""
    for row in moved.to_dict("records"):
        values = [_shown(row[f"{side}_value"], row[f"{side}_status"]) for side in ("old", "new")]
        named = [row[f"{side}_rule"] for side in ("old", "new")]
        by = " -> ".join(dict.fromkeys(rule for rule in named if isinstance(rule, str)))
        what = " ".join(filter(None, (row["metric"], row["applicant"])))
        yield f"{row['change']:8}{row['report_id']}  {what}: {' -> '.join(values)}  [{by}]"
    sizes = moved["change"].value_counts()
    yield ", ".join(f"{sizes.get(each, 0):,} {each}" for each in ("added", "gone", "changed"))


def _shown(value: float | None, status: str | None) -> str:
    """A value as a person writes it, its status where it has none, - where nothing was found."""
    if pd.isna(status):
        return "-"
    return status if pd.isna(value) else f"{value:.10g}"


def _observations(build: Build) -> pd.DataFrame:
    study = build if isinstance(build, Study) else load(Path(build))
    return study.read("observations", [*_WHAT, *_PLACE, *_SAYS, *_MORE]).reset_index(drop=True)


def _matched(
    left: pd.DataFrame, right: pd.DataFrame, on: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Pairs of rows that agree, each row in one pair, and the rows that are left on either side."""
    sides, places = {"old": left, "new": right}, {}
    for name, frame in sides.items():
        nth = frame.groupby(on, dropna=False).cumcount()
        places[name] = frame[on].assign(nth=nth, **{name: range(len(frame))})
    pairs = places["old"].merge(places["new"], on=[*on, "nth"])
    ours, theirs = (frame.iloc[pairs[name]].reset_index(drop=True) for name, frame in sides.items())
    says = [*_SAYS, *_MORE]
    both = pd.concat(
        [ours[_WHAT], ours[says].add_prefix("old_"), theirs[says].add_prefix("new_")], axis=1
    )
    left_over, right_over = (
        frame.drop(index=frame.index[pairs[name]]) for name, frame in sides.items()
    )
    return both, left_over, right_over
