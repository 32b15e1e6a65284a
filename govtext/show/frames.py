"""A frame -> the table that a notebook shows: whole sentences, no 12850.0, one mark for missing.

`gt.use_style` has it in force in a notebook. Every string is escaped: no table runs what it says.
"""

from __future__ import annotations

import os
import sys
from html import escape
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from govtext.core.letters import visible

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"
INTERACTIVE = "GOVTEXT_TABLES"
"""Environment variable that asks for tables to be sorted and searched: set to `interactive`."""
_DARK = "<style>.dt-container { background: transparent !important; }</style>"
"""Else itables puts white behind the white letters of a dark theme."""
_LONG, _ENDS = 40, 5
"""Characters from which on a text is set as one; rows shown of either end of a long table."""


def show_in_notebook() -> None:
    """Nothing; a frame that ends a cell is shown by `table`, outside of a notebook nothing changes.

    Where `GOVTEXT_TABLES` is `interactive` and itables is installed, which `make lab` sees to, it
    can be sorted and searched. Executed notebooks never are: itables numbers its tables at random.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or "kernel" not in shell.trait_names():
        return
    import pandas as pd

    draw = table
    if os.environ.get(INTERACTIVE) == "interactive" and find_spec("itables"):
        draw = _sortable()
    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, draw)


def table(frame: pd.DataFrame) -> str:
    """HTML of a frame; of more rows than pandas shows, the first and the last."""
    import pandas as pd

    most = pd.get_option("display.max_rows")
    cut = most is not None and len(frame) > most
    rows = pd.concat([frame.head(_ENDS), frame.tail(_ENDS)]) if cut else frame
    shown = pd.DataFrame(
        {place: list(map(_cell, rows.iloc[:, place])) for place in range(rows.shape[1])},
        index=_escaped(rows.index),
        dtype=object,
    )
    shown.columns = _escaped(rows.columns)
    with pd.option_context("display.max_colwidth", None):
        html = str(shown.to_html(escape=False, notebook=True, border=0))
    size = f"<p>{len(frame):,} rows × {frame.shape[1]} columns"
    return html + (f"{size}; the first and last {_ENDS} are shown</p>" if cut else f"{size}</p>")


def text(value: Any) -> str:
    """A value of a table in words: a whole number without a point, one mark for what is missing."""
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 -- only what is no number differs from itself
            return MISSING
        if value.is_integer():
            return str(int(value))
        return f"{value:.4f}".rstrip("0") if abs(value) >= 0.001 else f"{value:.2g}"
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return MISSING
    return str(value)


def _cell(value: Any) -> str:
    said = escape(visible(text(value)))
    if not isinstance(value, str) or not value:
        return said
    style = "text-align: left; min-width: 18em" if len(value) >= _LONG else "white-space: nowrap"
    return f'<div style="{style}">{said}</div>'


def _escaped(index: Any) -> Any:
    """An index with what could be markup escaped, the names of its levels too."""
    renamed = index.set_names(
        [escape(visible(str(name))) if name else name for name in index.names]
    )
    if index.nlevels > 1:
        return renamed.map(lambda key: tuple(map(_cell, key)))
    return renamed.map(_cell) if len(index) else renamed


def _sortable() -> Any:
    """How a frame is shown with heads that sort it and a field that searches it."""
    import itables

    itables.init_notebook_mode(all_interactive=False, connected=False)

    def draw(frame: pd.DataFrame) -> str:
        plain = frame.convert_dtypes()
        texts = plain.select_dtypes(exclude="number").columns
        plain[texts] = plain[texts].map(lambda value: visible(text(value)))
        return _DARK + str(itables.to_html_datatable(plain, connected=False, maxBytes="1MB"))

    return draw
