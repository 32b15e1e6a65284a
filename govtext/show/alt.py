"""The frame that a figure draws -> a sentence for those who do not see it: what, n, and range."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govtext.core import rules
from govtext.show import style
from govtext.show.style import translate

_COUNTED = (
    "report_id", "body", "series", "metric", "rate", "theme", "topic", "duty", "identity", "thing",
    "part", "word", "group",
)  # fmt: skip
"""Columns of which it is told how many there are."""
_VALUES = (
    "share", "mean", "median", "value", "ratio", "z", "dp_norm", "chars_per_sentence", "f1",
    "recall", "stability", "emphasis", "characters", "kept", "n_reports", "n",
)  # fmt: skip
"""Columns of numbers, of which the first is told from its least to its greatest."""
_PERCENT = ("share", "emphasis", "kept")
_NAMED = ("group", "theme", "metric", "rate", "series", "duty", "part", "body", "word", "report_id")
_MOST = 3
"""Counts that are told."""


def text(title: str, frame: pd.DataFrame) -> str:
    """What a figure shows: its title, what and how many it draws, from what to what.

    Parameters
    ----------
    title : str
        Of the figure.
    frame : pandas.DataFrame
        The numbers drawn.
    """
    stop = translate("alt.stop")
    said = [one_line(title, stop), _counts(frame), _years(frame), _range(frame)]
    return stop.join(filter(None, said)).rstrip() + stop.rstrip()


def one_line(title: str, stop: str) -> str:
    """Title without the breaks that its width asked for; another sentence begins behind a stop."""
    space = "" if style.language() == "zh" else " "
    lines = title.replace(r"\$", "$").split("\n")
    whole = lines[0]
    for line in lines[1:]:
        sentence = whole.endswith((")", ".")) and not line.startswith("(")
        whole += (stop if sentence else space) + line
    return whole


def _counts(frame: pd.DataFrame) -> str:
    """How many things of each kind are drawn."""
    sizes = {name: frame[name].nunique() for name in _COUNTED if name in frame}
    space = "" if style.language() == "zh" else " "
    counts = [f"{n:,}{space}{translate(f'alt.{name}')}" for name, n in sizes.items() if n > 1]
    listed = [f"{len(frame):,}{space}{translate('alt.rows')}", *counts[:_MOST]]
    return translate("alt.drawn").format(listed=translate("alt.joint").join(listed))


def _years(frame: pd.DataFrame) -> str:
    if "year" not in frame or not frame["year"].notna().any():
        return ""
    first, last = int(frame["year"].min()), int(frame["year"].max())
    return translate("alt.years").format(first=first, last=last)


def _range(frame: pd.DataFrame) -> str:
    """From what to what the first column of numbers goes, and whose the two are."""
    numbers = (name for name in _VALUES if name in frame and frame[name].dtype.kind in "fiu")
    name = next((each for each in numbers if frame[each].notna().any()), None)
    if name is None:
        return ""
    known = frame[frame[name].notna()].sort_values(name, kind="stable")
    ends = [known.iloc[at] for at in (0, -1)]
    low, high = (_shown(name, row[name], _whose(frame, row)) for row in ends)
    key = "alt.one" if ends[0][name] == ends[1][name] else "alt.range"
    lost = len(frame) - len(known)
    said = translate(key).format(name=_label(name), low=low, high=high)
    return said + (translate("alt.without").format(n=f"{lost:,}") if lost else "")


def _whose(frame: pd.DataFrame, row: pd.Series[Any]) -> str:
    """What a row is of, as the frame names it."""
    kinds = [name for name in _NAMED if name in frame and len(set(frame[name])) > 1][:2]
    year = [] if "year" not in frame or "group" in frame else ["year"]
    names = (row[name] for name in [*kinds, *year] if pd.notna(row[name]))
    return ", ".join(f"{name:g}" if isinstance(name, float) else str(name) for name in names)


def _shown(column: str, value: float, whose: str) -> str:
    number = f"{100 * value:.1f}%" if column in _PERCENT else f"{value:,.4g}"
    if column not in _PERCENT and float(value).is_integer():
        number = f"{value:,.0f}"
    return f"{number} ({whose})" if whose else number


def _label(column: str) -> str:
    """What to call a column of numbers."""
    rows: dict[str, rules.Row] = {row["key"]: row for row in rules.load("labels")}
    row = rows.get(f"alt.value.{column}")
    return row[style.language()] if row else column
