"""A public function -> the same, whose errors say what was given, what it takes, what is next."""

from __future__ import annotations

import re
from functools import wraps
from inspect import Parameter, getdoc, signature
from numbers import Integral, Real
from os import PathLike
from typing import TYPE_CHECKING, Any

from govtext.core.near import listed, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_STUDY = "study"
_NAMED = re.compile(r"'([^']+)'")
_WORD = re.compile(r"[^ ]{1,60}")
_APART = re.compile(r" \| (?![^\[]*\])")
"""Between the kinds of an annotation, brackets left whole."""
_CHOICES = re.compile(r"^[^{}]{0,200}\} ")
_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
_NO_NAME = (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL)
_ALIASES = {
    "Build": ("Study", "str", "PathLike"),
    "NamesTable": ("str", "PathLike", "pd.DataFrame", "None"),
}
_MANY = ("Iterable", "Sequence", "Collection")
_NEXT = {
    "Study": "study = gt.load(); {name}(study, ...)",
    "Reading": "report = gt.read_report(path); {name}(report, ...)",
    "Axes": "draw the frame first: ax = gt.plots.coverage(gt.coverage(study)); {name}(ax, ...)",
}


def explained(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Same function under the name that it is called by.

    What is no study where one is wanted, a setting that there is not, a thing of another kind, one
    too few or too many, and a frame without a column that the function needs, are told as such.
    """
    parameters = signature(function).parameters
    known = [each.name for each in parameters.values() if each.kind not in _NO_NAME]
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
        _demand_all(function, name, arguments, settings)
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
    if wants_frame and arguments and _is_study(arguments[0]):
        raise TypeError(f"{name} takes a frame and was given a study.{_wanted(function)}")


def _demand_all(
    function: Callable[..., Any], name: str, arguments: tuple[Any, ...], settings: dict[str, Any]
) -> None:
    """Stop where something is of another kind, is lacking, or is one too many."""
    parameters = signature(function).parameters
    placed = [
        each for each in parameters.values()
        if each.kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    ]  # fmt: skip
    given = {each.name: value for each, value in zip(placed, arguments, strict=False)} | settings
    for parameter in parameters.values():
        if parameter.name in given and parameter.kind not in _NO_NAME:
            _demand_kind(function, name, parameter, given[parameter.name])
    lacking = [
        each.name for each in parameters.values()
        if each.default is Parameter.empty and each.kind not in _NO_NAME and each.name not in given
    ]  # fmt: skip
    if lacking:
        raise TypeError(
            f"{name} also needs {' and '.join(lacking)}: {name}({_call(parameters)})."
            f"{_wanted(function, lacking[0])}"
        )
    several = any(each.kind is Parameter.VAR_POSITIONAL for each in parameters.values())
    if len(arguments) > len(placed) and not several:
        raise TypeError(
            f"{name} was given {len(arguments)} things and takes {len(placed)} without a name: "
            f"{name}({_call(parameters)})"
        )


def _demand_kind(function: Callable[..., Any], name: str, parameter: Parameter, value: Any) -> None:
    """Stop where a value is none of the kinds that the annotation of its parameter names."""
    kinds = _APART.split(str(parameter.annotation))
    kinds = [each for kind in kinds for each in _ALIASES.get(kind, (kind,))]
    if value is parameter.default or any(_is_of(kind, value) for kind in kinds):
        return
    step = _NEXT.get(kinds[0], "").format(name=name)
    if "pd.DataFrame" in kinds and isinstance(value, list | dict):
        step = "pandas.DataFrame makes a frame of it"
    raise TypeError(
        f"{name} was given {_shown(value)} as {parameter.name!r}, which is no {_words(kinds)}."
        f"{_wanted(function, parameter.name)}{f' Next: {step}' if step else ''}"
    )


def _is_of(kind: str, value: Any) -> bool:
    """True if a value is of a kind of an annotation, or the kind is not known here."""
    plain = kind.removeprefix("os.").partition("[")[0]
    if plain in _MANY:
        return hasattr(value, "__iter__") and not isinstance(value, str | bytes)
    known: dict[str, bool] = {
        "str": isinstance(value, str),
        "int": isinstance(value, Integral),
        "float": isinstance(value, Real),
        "None": value is None,
        "PathLike": isinstance(value, PathLike),
        "pd.DataFrame": _is_frame(value),
        "Study": _is_study(value),
        "Reading": hasattr(value, "report") and not _is_study(value),
        "Axes": hasattr(value, "get_figure"),
        "Figure": hasattr(value, "savefig"),
    }
    return known.get(plain, True)


def _shown(value: Any) -> str:
    """A value in a few words: what is long is told by its kind alone."""
    if value is None:
        return "nothing (None)"
    if _is_frame(value) or _is_study(value):
        return "a frame" if _is_frame(value) else "a study"
    return f"{repr(value)[:40].partition(chr(10))[0]} ({type(value).__name__})"


def _words(kinds: Iterable[str]) -> str:
    """Kinds of an annotation as a sentence has them."""
    plain = {
        "str": "text", "int": "whole number", "float": "number", "pd.DataFrame": "frame",
        "Study": "study", "Reading": "reading", "PathLike": "path", "Axes": "Axes of a plot",
        "Figure": "figure",
    }  # fmt: skip
    names = [each.removeprefix("os.").partition("[")[0] for each in kinds if each != "None"]
    said = ("list of texts" if each in _MANY else plain.get(each, each) for each in names)
    return " or ".join(dict.fromkeys(said))


def _call(parameters: Mapping[str, Parameter]) -> str:
    """What stands in the brackets of a call: all that is needed, and that there is more."""
    needed = [each.name for each in parameters.values() if each.default is Parameter.empty
              and each.kind not in _NO_NAME]  # fmt: skip
    return ", ".join([*needed, *(["..."] if len(parameters) > len(needed) else [])])


def _is_study(thing: Any) -> bool:
    return hasattr(thing, "folder") and hasattr(thing, "batches")


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


def _wanted(function: Callable[..., Any], parameter: str = "") -> str:
    """First sentence on what a parameter is, else the first one, from the docstring."""
    name = rf"(?:[a-z_]+, )*{parameter}(?:, [a-z_]+)*" if parameter else "[^\n]+?"
    begun = r"\n(?:[^\n]*\n)*?" if parameter else "\n"
    pattern = rf"Parameters\n-+{begun}{name} :[^\n]+\n((?: {{4}}[^\n]+\n?)+)"
    found = re.search(pattern, getdoc(function) or "")
    said = _CHOICES.sub("", " ".join(found[1].split())) if found else ""
    return f" What it takes: {_SENTENCE.split(said)[0]}" if said else ""
