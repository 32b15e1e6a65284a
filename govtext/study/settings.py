"""`settings.toml` of a study: what its notebooks ask for, each entry checked and named if wrong."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext.analyse.groups import KINDS
from govtext.core import rules
from govtext.pipeline import home, own, places
from govtext.show.plots.sizes import REPORT
from govtext.show.style import LANGUAGES, NARROWEST, QUALITIES, WIDEST, WIDTHS

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    import pandas as pd

_SHOWN = 20
"""Most allowed values that are listed; of more the near ones."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the notebooks of a study ask for.

    Attributes
    ----------
    language : {"en", "zh"}
        Of the figures.
    width : {"page", "column"} or float
        Of the figures; inches from 3 to 20.
    quality : {"screen", "print"}
        Of the figures: print has more dots, and a PDF beside each.
    by : str or None
        What figures of many reports group them by; None as it suits their number.
    themes : tuple of str
        Themes that figures show; all where none is named.
    metrics : tuple of str
        Metrics that are drawn over the years; those that most reports state where none is named.
    """

    language: str = "en"
    width: str | float = "page"
    quality: str = "screen"
    by: str | None = None
    themes: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()

    @property
    def metric(self) -> str:
        """The first metric named, whose series is drawn; requests received where none is."""
        return self.metrics[0] if self.metrics else "requests_received"

    @property
    def theme(self) -> str:
        """The first theme named, whose sentences are shown; problems where none is."""
        return self.themes[0] if self.themes else "problems"

    def of_themes(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of a frame on the themes named; all where none is."""
        return frame[frame["theme"].isin(self.themes)] if self.themes else frame


def settings(folder: str | os.PathLike[str] | None = None) -> Settings:
    """Settings of a study that `govtext new` made.

    Parameters
    ----------
    folder : path, optional
        The folder of the study. Else the one that `load` takes.

    Returns
    -------
    Settings
        Those of `settings.toml`; where the study has no such file, or an entry is not there, what
        `govtext new` writes.

    Raises
    ------
    ValueError
        If the file cannot be read, or an entry is unknown or has a value that it cannot have; it
        names what is allowed.
    """
    place = Path(folder) if folder is not None else home.of(places.default_study())
    path = place / home.SETTINGS
    if not path.is_file():
        return Settings()
    found = _read(path)
    with rules.using(_own(place)):
        _check(path, found)
    given = {name: tuple(each) if isinstance(each, list) else each for name, each in found.items()}
    return Settings(**given | {"by": given.get("by") or None})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(own.decoded(path))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"{path} cannot be read: {error}. A text stands in quotes, a list in brackets: "
            'themes = ["problems", "plans"]'
        ) from None


def _own(study: Path) -> rules.Own | None:
    """Own rules whose themes and metrics can be named."""
    for place in (study, study / home.REPORTS):
        if own.is_folder(place / own.FOLDER):
            return own.read(place / own.FOLDER, checked=False).own
    return None


def _check(path: Path, found: dict[str, Any]) -> None:
    _known(path, "has an entry", found, [each.name for each in fields(Settings)])
    allowed_in = {"language": LANGUAGES, "quality": [*QUALITIES], "by": ("", REPORT, *KINDS)}
    for name, allowed in allowed_in.items():
        if name in found:
            _known(path, f"{name} is", [found[name]], allowed)
    if "width" in found:
        _check_width(path, found["width"])
    for name, table in (("themes", "themes"), ("metrics", "codebook")):
        named = found.get(name, [])
        if not isinstance(named, list):
            raise ValueError(f"{path}: {name} is {named!r}; it must be a list, as [{named!r}]")
        _known(path, f"{name} names", named, [row["id"] for row in rules.load(table)])


def _check_width(path: Path, width: Any) -> None:
    number = isinstance(width, int | float) and not isinstance(width, bool)
    if not (number and NARROWEST <= width <= WIDEST) and width not in list(WIDTHS):
        names = ", ".join(f'"{name}"' for name in WIDTHS)
        raise ValueError(
            f"{path}: width is {width!r}; it can be {names}, or inches from {NARROWEST:g} to "
            f"{WIDEST:g}"
        )


def _known(path: Path, said: str, values: Iterable[Any], allowed: Sequence[str]) -> None:
    for value in values:
        if value in allowed:
            continue
        few = allowed if len(allowed) <= _SHOWN else get_close_matches(str(value), allowed, n=3)
        can = ", ".join(map(repr, few)) or "an id of gt.codebook()"
        raise ValueError(f"{path}: {said} {value!r}; it can be {can}")
