"""Figures saved with their numbers: each as SVG, PNG and the CSV of what was drawn.

A plot function attaches the frame it drew (`attach`); `save_figure` then writes the drawing and
that frame side by side. No state but the attached frames is kept.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import warnings
from functools import wraps
from html import escape
from typing import TYPE_CHECKING, ParamSpec
from weakref import WeakKeyDictionary

from govtext.core import disk, origin, sheets
from govtext.core.alone import alone
from govtext.pipeline import home, places
from govtext.show import alt, style
from govtext.show.style import NO_GLYPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from govtext.pipeline.tables import Study

P = ParamSpec("P")
_PATIENCE = 10.0  # seconds that a manifest is waited for
_MANIFEST = ("file", "sha256", "notebook", "title", "table", "function", "alt")
_UNNAMED = {
    "svg": ("Date", "Creator"), "png": ("Software",), "pdf": ("CreationDate", "Creator", "Producer")
}  # fmt: skip
_TOLD = {"svg": (), "png": ("Title", "Description"), "pdf": ("Title", "Subject")}
"""Fields of a file that say what it shows."""
_SVG = re.compile(rb"(<svg\b[^>]*[^>/])>\s*")
_NAME = re.compile(r"[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+){0,20}")
_DRAWN: WeakKeyDictionary[Axes, pd.DataFrame] = WeakKeyDictionary()
_FUNCTIONS: WeakKeyDictionary[Figure, str] = WeakKeyDictionary()


def attach(ax: Axes, frame: pd.DataFrame) -> Axes:
    """Same Axes, with the numbers drawn in it remembered for `save_figure`.

    The last frame counts. It is let go together with the Axes.
    """
    _DRAWN[ax] = frame.copy()
    return ax


def named(function: Callable[P, Axes]) -> Callable[P, Axes]:
    """Same plot function, whose figures know its name for the manifest."""

    @wraps(function)
    def draw(*arguments: P.args, **settings: P.kwargs) -> Axes:
        ax = function(*arguments, **settings)
        _FUNCTIONS[_figure_of(ax)] = f"gt.plots.{function.__name__}"
        return ax

    return draw


def drawn(ax: Axes | Figure) -> pd.DataFrame:
    """The numbers that a figure draws, as `save_figure` writes them: of many reports the groups.

    Parameters
    ----------
    ax : Axes or Figure
        What a plot function returned.
    """
    return _numbers(_figure_of(ax), "of this Axes").copy()


def save_figure(ax: Axes | Figure, name: str, *, study: Study | None = None) -> None:
    """Nothing; `<name>.svg`, `.png` and `.csv` (the numbers drawn) stand in the figures folder.

    A PDF stands beside them where `use_style` chose the quality of print.

    Each file appears whole or not at all, and its bytes depend on the drawing only. `manifest.csv`
    beside them gets a row a file. What is drawn, of how many, and from what to what is told in the
    files too, for those who do not see the drawing: `<title>` and `<desc>` of the SVG, Title and
    Description of the PNG, Title and Subject of the PDF, `alt` of the manifest. Nothing is
    returned, so that no path of this machine is printed in a notebook.

    Parameters
    ----------
    ax : Axes or Figure
        What a plot function returned; the whole figure is saved.
    name : str
        The notebook's two digits and lower-case words, as `01-coverage`.
    study : Study, optional
        Whose figure it is: it is saved in `study.figures`. Else that of the study whose frames it
        draws; where they do not tell (a frame made by hand), that of the default study.

    Raises
    ------
    ValueError
        If the name has another form, no numbers are attached to the figure, or it draws several
        studies and `study` does not say whose it is.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"figure name {name!r} is not two digits and words, as '01-coverage'")
    figure = _figure_of(ax)
    numbers = _numbers(figure, name)
    folder = study.figures if study is not None else _folder(figure, name)
    folder.mkdir(parents=True, exist_ok=True)
    title = alt.one_line(_title(figure), " ")
    told = alt.text(_title(figure), numbers)
    content = {f"{name}.{kind}": _drawing(figure, kind, title, told) for kind in style.formats()}
    content[f"{name}.csv"] = sheets.csv_text(numbers).encode()
    for file, data in content.items():
        disk.write(folder / file, data)
    _register(folder, content, (_title(figure), f"{name}.csv", _FUNCTIONS.get(figure, ""), told))


def prune(files: Sequence[Path]) -> None:
    """Nothing; files of figures of one folder are gone, and their rows of its manifest."""
    for path in files:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _register(folder, {}, ("", "", "", ""))


def described(folder: Path) -> dict[str, str]:
    """What each figure of a folder shows, by its name, as `manifest.csv` has it."""
    rows = _rows(folder / "manifest.csv")
    return {row["file"].partition(".")[0]: row.get("alt") or "" for row in rows}


def _figure_of(ax: Axes | Figure) -> Figure:
    from matplotlib.figure import Figure

    figure = ax if isinstance(ax, Figure) else ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise TypeError(f"expected the Axes or Figure of a plot, not {type(ax).__name__}")
    return figure


def _folder(figure: Figure, name: str) -> Path:
    """Folder of the figures of the study that a figure draws."""
    drawn = [_DRAWN[ax] for ax in figure.axes if ax in _DRAWN]
    found = origin.marks(figure, figure.axes, drawn)
    if len(found) > 1:
        raise ValueError(f"figure {name!r} draws several studies: add study= for whose it is")
    return places.figures_of(next(iter(found), ""))


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


def _drawing(figure: Figure, kind: str, title: str, told: str) -> bytes:
    buffer = io.BytesIO()
    # Who drew it and when would change the bytes and tell nothing of the drawing.
    nobody: dict[str, str | None] = dict.fromkeys(_UNNAMED[kind])
    nobody |= dict(zip(_TOLD[kind], (title, told), strict=False))
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=NO_GLYPH, category=UserWarning)
        figure.savefig(buffer, format=kind, metadata=nobody)
    return _named_svg(buffer.getvalue(), title, told) if kind == "svg" else buffer.getvalue()


def _named_svg(drawing: bytes, title: str, told: str) -> bytes:
    """SVG with what it shows as its first elements, where readers of screens look for it."""
    head = f"<title>{escape(title)}</title>\n <desc>{escape(told)}</desc>\n "
    opened = f' role="img">\n {head}'.encode()
    return _SVG.sub(lambda found: found[1] + opened, drawing, count=1)


def _title(figure: Figure) -> str:
    titles = (ax.get_title(loc=place) for ax in figure.axes for place in ("left", "center"))
    return figure.get_suptitle() or next(filter(None, titles), "")


def _register(folder: Path, content: dict[str, bytes], told: tuple[str, str, str, str]) -> None:
    path = folder / "manifest.csv"
    with alone(folder / ".manifest.lock", wait=_PATIENCE):
        kept = {row["file"]: row for row in _rows(path) if (folder / row["file"]).is_file()}
        for file, data in content.items():
            digest = hashlib.sha256(data).hexdigest()
            notebook = _notebook(file[:2], folder.parent)
            kept[file] = dict(zip(_MANIFEST, (file, digest, notebook, *told), strict=True))
        disk.write(path, _manifest_text(kept[file] for file in sorted(kept)))


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


def _notebook(number: str, study: Path) -> str:
    """Name of the notebook of a study with this number; the number alone outside a checkout."""
    root = study if home.is_study(study) else places.project()
    stems = [path.stem for path in places.notebooks(root / home.NOTEBOOKS)]
    return next((stem for stem in stems if stem.startswith(number)), number)
