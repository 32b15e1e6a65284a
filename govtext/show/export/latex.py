"""A frame -> a LaTeX table with the lines of booktabs, which breaks over pages where it is long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core.letters import one_line, visible
from govtext.show.export import describe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LONG = 40
"""Rows from which on a table breaks over pages."""
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%",
    "&": r"\&", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "[": "{[}", "*": "{*}",  # behind the end of a row they would be read as part of it
}  # fmt: skip
_HEAD = """\
% Made by govtext. The preamble needs \\usepackage{{booktabs}}{longtable}{chinese}
{labels}
"""
_TABLE = """\
\\begin{{tabular}}{{{columns}}}
\\toprule
{head} \\\\
\\midrule
{rows}
\\bottomrule
\\end{{tabular}}
"""
_LONG_TABLE = """\
\\begin{{longtable}}{{{columns}}}
\\toprule
{head} \\\\
\\midrule
\\endhead
\\bottomrule
\\endfoot
{rows}
\\end{{longtable}}
"""


def write(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Nothing; the one frame stands in `path`, numbers to the right, the labels as comments."""
    ((table, frame),) = sheets.items()
    about = describe.columns(frame, table)
    rows = [
        " & ".join(_cell(value) for value in row)
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]
    long = len(rows) > _LONG
    body = (_LONG_TABLE if long else _TABLE).format(
        columns="".join("r" if each.type in ("integer", "number") else "l" for each in about),
        head=" & ".join(escaped(each.name) for each in about),
        rows="\n".join(f"{row} \\\\" for row in rows),
    )
    chinese = re.search("[\u2e80-\uffef]", body) is not None
    head = _HEAD.format(
        longtable=" and longtable" if long else "",
        chinese="; for Chinese load ctex" if chinese else "",
        labels="\n".join(one_line(f"% {each.name}: {each.label}") for each in about if each.label),
    )
    path.write_text(head + body, encoding="utf-8", newline="\n")


def escaped(text: str) -> str:
    """Text that LaTeX prints as it stands, hidden characters as what they are."""
    flat = visible(re.sub(r"\s+", " ", text))
    return "".join(_SPECIAL.get(each, each) for each in flat)


def _cell(value: Any) -> str:
    """Text of a cell; a null is a dash, a whole number has no point."""
    if pd.isna(value):
        return "--"
    if isinstance(value, float):
        return f"{value:.15g}"
    return escaped(str(value))
