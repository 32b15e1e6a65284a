"""One look for every figure: style, font, and labels in two languages.

Matplotlib is imported on first use; no state but the chosen language is kept.
"""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from govtext.core import rules
from govtext.show import frames

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LANGUAGES = ("en", "zh")
WIDTHS = {"page": 6.8, "column": 3.5}
"""Inches of the text of an A4 page, and of one of two columns of a journal."""
FONT = "Noto Sans SC"

# Okabe and Ito's eight, told apart by readers of any colour vision; yellow, hard to see on
# white, comes last, and blue leads.
PALETTE = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442",
)  # fmt: skip
INK = "#262626"
FAINT = "#D9D9D9"

QUALITIES = {"screen": 150.0, "print": 300.0}
NARROWEST, WIDEST = 3.0, 20.0

NO_GLYPH = r"Glyph .{0,200} missing from"
"""What matplotlib says of a character that the font does not hold."""


@dataclass
class _Chosen:
    language: str = "en"
    width: float = WIDTHS["page"]
    quality: str = "screen"


_CHOSEN = _Chosen()


def use_style(
    language: str = "en", *, width: str | float = "page", quality: str = "screen"
) -> None:
    """Nothing; every figure drawn from now on has the house style and labels in `language`.

    A character that the font does not hold is an error from now on, not an empty box. In a notebook
    frames are shown with whole sentences and numbers as printed (`show.frames`).

    Parameters
    ----------
    language : {"en", "zh"}
        Language of labels and titles.
    width : {"page", "column"} or float
        Of the figures: that of a page or of a column of a journal, or inches from 3 to 20.
    quality : {"screen", "print"}
        How they are saved: as SVG and PNG; for a journal the PNG has 300 dots an inch, and there is
        a PDF.

    Raises
    ------
    ValueError
        If the language, the width or the quality is none of these.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; it can be {' or '.join(map(repr, LANGUAGES))}")
    if quality not in QUALITIES:
        raise ValueError(f"quality is {quality!r}; it can be {' or '.join(map(repr, QUALITIES))}")
    inches = WIDTHS.get(width) if isinstance(width, str) else width
    if inches is None or not NARROWEST <= inches <= WIDEST:
        raise ValueError(f"width is {width!r}; it can be 'page', 'column', or inches from 3 to 20")
    import matplotlib as mpl

    _add_font()
    mpl.rcdefaults()  # a reader's own matplotlibrc does not reach the figures
    mpl.rcParams.update({**_look(), "savefig.dpi": QUALITIES[quality]})
    warnings.filterwarnings("error", message=NO_GLYPH, category=UserWarning)
    frames.show_in_notebook()
    _CHOSEN.language, _CHOSEN.width, _CHOSEN.quality = language, float(inches), quality


def width() -> float:
    """Inches that a figure is wide, as `use_style` chose."""
    return _CHOSEN.width


def formats() -> tuple[str, ...]:
    """Kinds of files that a figure is saved as, as `use_style` chose."""
    return ("svg", "png", "pdf") if _CHOSEN.quality == "print" else ("svg", "png")


def language() -> str:
    """Language chosen by `use_style`: "en" or "zh"."""
    return _CHOSEN.language


def translate(key: str) -> str:
    """Text of a label in the language chosen, from `rules/labels.csv`.

    Raises
    ------
    KeyError
        If the file has no such key, naming it.
    """
    known = labels()
    if key not in known:
        raise KeyError(f"rules/labels.csv has no key {key!r}")
    return known[key][_CHOSEN.language]


def escape(text: str) -> str:
    r"""Text of a report or a file's name as a figure can show it, on one line.

    `$` is written `\$`, for it would begin a formula; a character that the font does not hold is
    written as its number, such as U+1F600.
    """
    return printable(text).replace("$", r"\$")


def printable(text: str) -> str:
    """Same text, a character that the font does not hold written as its number, such as U+1F600."""
    shown = (each if ord(each) in _glyphs() else f"U+{ord(each):04X}" for each in text)
    return "".join(shown)


def value_axis(ax: Axes, axis: Literal["x", "y"]) -> Axes:
    """Same Axes, with the faint grid on the axis of the values ("x" or "y") and no other."""
    ax.grid(visible=False)
    ax.grid(visible=True, axis=axis)
    return ax


def _add_font() -> None:
    # On a machine with many fonts matplotlib says how long it looks for them: not in a notebook.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    from matplotlib.font_manager import fontManager

    if any(font.name == FONT for font in fontManager.ttflist):
        return
    # Found, not imported: importing zhplot changes matplotlib's settings.
    spec = find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package zhplot, which holds the font, is not installed")
    for folder in spec.submodule_search_locations:
        fontManager.addfont(Path(folder) / "fonts" / "NotoSansSC-Regular.ttf")


def _look() -> dict[Any, Any]:
    from matplotlib.rcsetup import cycler

    quiet = dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False)
    text = {"font.family": [FONT], "font.size": 9.0, "figure.titlesize": 11.0, "text.color": INK}
    axes = {
        "axes.axisbelow": True,
        "axes.edgecolor": INK,
        "axes.grid": True,
        "axes.grid.axis": "y",  # `value_axis` turns it where the values lie along x
        "axes.labelcolor": INK,
        "axes.linewidth": 0.6,
        "axes.prop_cycle": cycler(color=PALETTE),
        "axes.titlelocation": "left",
        "axes.titlepad": 8.0,
        "axes.titlesize": 10.0,
        "grid.color": FAINT,
        "grid.linewidth": 0.5,
        "legend.fontsize": 8.0,
        "lines.linewidth": 1.4,
        "lines.markersize": 4.5,
        "patch.linewidth": 0.0,
    }
    ticks = {
        f"{axis}tick.{part}": value
        for axis in "xy"
        for part, value in (("color", INK), ("labelsize", 8.0), ("major.width", 0.6))
    }
    saving = {
        "figure.constrained_layout.use": True,
        "figure.dpi": 150.0,
        "figure.figsize": (6.3, 3.9),  # inches: the text width of an A4 page
        "pdf.fonttype": 42,
        "svg.fonttype": "path",  # the drawing looks the same where the font is missing
        "svg.hashsalt": "govtext",  # else the ids differ from run to run
    }
    return {**quiet, **text, **axes, **ticks, **saving}


@cache
def _glyphs() -> frozenset[int]:
    """Characters that the font holds."""
    from matplotlib.font_manager import findfont, get_font

    _add_font()
    return frozenset(get_font(findfont(FONT)).get_charmap())


@cache
def labels() -> dict[str, rules.Row]:
    """Rows of `rules/labels.csv` by their keys."""
    return {row["key"]: row for row in rules.load("labels")}
