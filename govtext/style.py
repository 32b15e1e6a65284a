"""One look for every figure: style, font, labels in two languages, and figures saved with numbers.

A plot function attaches the frame it drew (`attach`); `save_figure` then writes the drawing and
that frame side by side. Matplotlib is imported on first use; no state but the chosen language
and the attached frames is kept.
"""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import re
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from govtext import rules, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LANGUAGES = ("en", "zh")
FONT = "Noto Sans SC"

# Okabe and Ito's eight, told apart by readers of any colour vision; yellow, hard to see on
# white, comes last, and blue leads.
PALETTE = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442",
)  # fmt: skip
INK = "#262626"
FAINT = "#D9D9D9"

_FORMATS = ("svg", "png")
_PATIENCE = 10.0  # seconds that a manifest is waited for
_MANIFEST = ("file", "sha256", "notebook", "title")
_NAME = re.compile(r"[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+){0,20}")
_NO_GLYPH = r"Glyph .{0,200} missing from"
# What a spreadsheet takes for the beginning of a formula, in either width.
_FORMULA = tuple("=+-@＝＋－＠\t\r")


@dataclass
class _Chosen:
    language: str = "en"


_CHOSEN = _Chosen()
_DRAWN: WeakKeyDictionary[Axes, pd.DataFrame] = WeakKeyDictionary()


def use_style(language: str = "en") -> None:
    """Nothing; every figure drawn from now on has the house style and labels in `language`.

    A character that the font does not hold is an error from now on, not an empty box.

    Parameters
    ----------
    language : {"en", "zh"}
        Language of labels and titles.

    Raises
    ------
    ValueError
        If the language is neither.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; it can be {' or '.join(map(repr, LANGUAGES))}")
    import matplotlib as mpl

    _add_font()
    mpl.rcdefaults()  # a reader's own matplotlibrc does not reach the figures
    mpl.rcParams.update(_look())
    warnings.filterwarnings("error", message=_NO_GLYPH, category=UserWarning)
    _CHOSEN.language = language


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
    labels = _labels()
    if key not in labels:
        raise KeyError(f"rules/labels.csv has no key {key!r}")
    return labels[key][_CHOSEN.language]


def escape(text: str) -> str:
    r"""Same text for matplotlib, with `$` written `\$`: it would begin a formula."""
    return text.replace("$", r"\$")


def value_axis(ax: Axes, axis: Literal["x", "y"]) -> Axes:
    """Same Axes, with the faint grid on the axis of the values ("x" or "y") and no other."""
    ax.grid(visible=False)
    ax.grid(visible=True, axis=axis)
    return ax


def attach(ax: Axes, frame: pd.DataFrame) -> Axes:
    """Same Axes, with the numbers drawn in it remembered for `save_figure`.

    The last frame counts. It is let go together with the Axes.
    """
    _DRAWN[ax] = frame.copy()
    return ax


def csv_text(frame: pd.DataFrame) -> str:
    """CSV of a frame that a spreadsheet shows as it is: UTF-8 text, LF, shortest exact floats.

    A text that begins like a formula (= + - @, a tab or a return, also full-width) and is not a
    plain number gets a leading apostrophe, which spreadsheets take for "this is text"; numbers
    are never touched. An unnamed index is left out.
    """
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if named else frame
    safe = flat.rename(columns=_harmless)
    for position, dtype in enumerate(safe.dtypes):
        if dtype.kind not in "biufcmM":
            safe.isetitem(position, [_harmless(cell) for cell in safe.iloc[:, position]])
    return safe.to_csv(index=False, lineterminator="\n")


def save_figure(ax: Axes | Figure, name: str) -> None:
    """Nothing; `<name>.svg`, `.png` and `.csv` (the numbers drawn) stand in the figures folder.

    The folder belongs to the study last loaded. Each file appears whole or not at all, and its
    bytes depend on the drawing only. `manifest.csv` beside them gets a row a file. Nothing is
    returned, so that no path of this machine is printed in a notebook.

    Parameters
    ----------
    ax : Axes or Figure
        What a plot function returned; the whole figure is saved.
    name : str
        The notebook's two digits and lower-case words, as `01-coverage`.

    Raises
    ------
    ValueError
        If the name has another form, or no numbers are attached to the figure.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"figure name {name!r} is not two digits and words, as '01-coverage'")
    figure = _figure_of(ax)
    numbers = _numbers(figure, name)
    folder = tables.figures_dir()
    folder.mkdir(parents=True, exist_ok=True)
    content = {f"{name}.{kind}": _drawing(figure, kind) for kind in _FORMATS}
    content[f"{name}.csv"] = csv_text(numbers).encode()
    for file, data in content.items():
        _publish(folder / file, data)
    _register(folder, content, _title(figure))


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
        "savefig.dpi": 150.0,
        "svg.fonttype": "path",  # the drawing looks the same where the font is missing
        "svg.hashsalt": "govtext",  # else the ids differ from run to run
    }
    return {**quiet, **text, **axes, **ticks, **saving}


@cache
def _labels() -> dict[str, rules.Row]:
    return {row["key"]: row for row in rules.load("labels")}


def _harmless(cell: object) -> object:
    if not isinstance(cell, str) or not cell.startswith(_FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]{1,40}(?:\.[0-9]{1,40})?", text) is not None


def _figure_of(ax: Axes | Figure) -> Figure:
    from matplotlib.figure import Figure

    figure = ax if isinstance(ax, Figure) else ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise TypeError(f"expected the Axes or Figure of a plot, not {type(ax).__name__}")
    return figure


def _numbers(figure: Figure, name: str) -> pd.DataFrame:
    import pandas as pd

    panels = [ax for ax in figure.axes if ax in _DRAWN]
    if not panels:
        raise ValueError(f"no numbers are attached to figure {name!r}: its plot calls style.attach")
    if len(panels) == 1:
        return _DRAWN[panels[0]]
    titles = [ax.get_title(loc="left") for ax in panels]
    keys = titles if len(set(titles)) == len(titles) else range(1, len(panels) + 1)
    frames = [_DRAWN[ax] for ax in panels]
    return pd.concat(frames, keys=keys, names=["panel"]).reset_index("panel")


def _drawing(figure: Figure, kind: str) -> bytes:
    buffer = io.BytesIO()
    # Who drew it and when would change the bytes and tell nothing of the drawing.
    nobody = dict.fromkeys(("Date", "Creator") if kind == "svg" else ("Software",))
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=_NO_GLYPH, category=UserWarning)
        figure.savefig(buffer, format=kind, metadata=nobody)
    return buffer.getvalue()


def _title(figure: Figure) -> str:
    titles = (ax.get_title(loc=place) for ax in figure.axes for place in ("left", "center"))
    return figure.get_suptitle() or next(filter(None, titles), "")


def _publish(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def _register(folder: Path, content: dict[str, bytes], title: str) -> None:
    path = folder / "manifest.csv"
    with _alone(folder / ".manifest.lock"):
        kept = {row["file"]: row for row in _rows(path) if (folder / row["file"]).is_file()}
        for file, data in content.items():
            digest = hashlib.sha256(data).hexdigest()
            notebook = _notebook(file[:2])
            kept[file] = dict(zip(_MANIFEST, (file, digest, notebook, title), strict=True))
        _publish(path, _manifest_text(kept[file] for file in sorted(kept)).encode())


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep two notebooks from writing the manifest at once; a lock left by a crash is broken."""
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            if time.monotonic() > patience:
                break
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


def _manifest_text(rows: Iterable[dict[str, str]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _MANIFEST, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _notebook(number: str) -> str:
    """Name of the notebook with this number; the number alone outside a checkout."""
    folder = tables.project() / "notebooks"
    return next((path.stem for path in sorted(folder.glob(f"{number}_*.ipynb"))), number)
