"""A public function -> the same, whose errors say what was given, what it takes, what is next."""

from __future__ import annotations

import re
from functools import wraps
from inspect import getdoc, signature
from os import PathLike
from typing import TYPE_CHECKING, Any

from govtext.core.near import listed, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_STUDY = "study"
_NAMED = re.compile(r"'([^']+)'")
_WORD = re.compile(r"[^ ]{1,60}")


def explained(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Same function under the name that it is called by.

    What is no study where one is wanted, a setting that there is not, and a frame without a column
    that the function needs, are told as such.
    """
    parameters = signature(function).parameters
    known = list(parameters)
    takes_path = bool(known) and "PathLike" in str(parameters[known[0]].annotation)

    @wraps(function)
    def call(*arguments: Any, **settings: Any) -> Any:
        if not takes_path:
            _demand_study(name, known, arguments, settings)
        _demand_frame(function, name, arguments)
        for setting in settings:
            if setting not in known and not _takes_any(function):
                raise TypeError(
                    f"{name} has no setting {setting!r}{meant(setting, known)}; it takes "
                    f"{', '.join(known)}"
                )
        try:
            return function(*arguments, **settings)
        except KeyError as error:
            lacking = _lacking(error, [*arguments, *settings.values()])
            if not lacking:
                raise
            frame = next(each for each in (*arguments, *settings.values()) if _is_frame(each))
            have = [str(column) for column in frame.columns]
            near = meant(lacking, have)
            raise KeyError(
                f"{name} needs the column {lacking!r}, which the frame does not have{near}; "
                f"it has {listed(have, lacking)}.{_wanted(function)}"
            ) from error

    return call


def _takes_any(function: Callable[..., Any]) -> bool:
    return any(each.kind is each.VAR_KEYWORD for each in signature(function).parameters.values())


def _demand_study(
    name: str, known: list[str], arguments: tuple[Any, ...], settings: dict[str, Any]
) -> None:
    """Stop where the study is a frame, a path or nothing."""
    if known[:1] != [_STUDY] or not (arguments or _STUDY in settings):
        return
    given = arguments[0] if arguments else settings[_STUDY]
    if isinstance(given, str | PathLike):
        raise TypeError(
            f"{name} takes a study and was given the path {str(given)!r}: "
            f"{name}(gt.load({str(given)!r}), ...)"
        )
    if _is_frame(given) or isinstance(given, dict | list | tuple | int | float):
        raise TypeError(
            f"{name} takes a study, as gt.load() gives, and was given a {type(given).__name__}: "
            f"study = gt.load(); {name}(study, ...)"
        )


def _demand_frame(function: Callable[..., Any], name: str, arguments: tuple[Any, ...]) -> None:
    """Stop where a study is given for the frame that is made of it."""
    first = next(iter(signature(function).parameters.values()), None)
    wants_frame = first is not None and first.annotation == "pd.DataFrame"
    if wants_frame and arguments and hasattr(arguments[0], "folder"):
        raise TypeError(f"{name} takes a frame and was given a study.{_wanted(function)}")


def _is_frame(thing: Any) -> bool:
    return hasattr(thing, "columns") and hasattr(thing, "merge")


def _lacking(error: KeyError, given: Iterable[Any]) -> str:
    """Column that a frame which was given lacks, if that is what an error says."""
    frames = [each for each in given if _is_frame(each)]
    said = str(error.args[0]) if error.args else ""
    of_pandas = "not in index" in said or "are in the [" in said or "Column not found" in said
    names = _NAMED.findall(said) if of_pandas else [said] if _WORD.fullmatch(said) else []
    lacking = [name for name in names if all(name not in frame.columns for frame in frames)]
    return lacking[0] if frames and lacking else ""


def _wanted(function: Callable[..., Any]) -> str:
    """Sentence on what the first argument is, from the docstring."""
    found = re.search(r"Parameters\n-+\n[^\n]+\n((?: {4}[^\n]+\n?)+)", getdoc(function) or "")
    return f" What it takes: {' '.join(found[1].split())}" if found else ""
