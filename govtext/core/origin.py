"""Which study a frame or a drawing is of, so that its figure is saved beside the right tables.

The tables of a study carry the mark of their folder in `attrs`, which pandas hands on from frame to
frame. Where a function makes a new frame or a drawing of it, `carries` hands the mark on, and has
the scholar's own rules in force that the tables were made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from govtext.core import rules

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY = "study"
_DRAWINGS: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
_RULES: dict[str, rules.Own | None] = {}


def marks(*things: object) -> frozenset[str]:
    """Marks of frames, drawings, and of what holds some: none, one, or those of several studies."""
    return frozenset(each for thing in things for each in _marks(thing))


def mark(thing: Any, name: str) -> None:
    """Put the mark of a study on a frame, a drawing, or the frames that a result holds.

    What has a mark keeps it.
    """
    if hasattr(thing, "attrs"):
        thing.attrs.setdefault(_KEY, name)
    elif hasattr(thing, "savefig") or hasattr(thing, "get_figure"):
        _DRAWINGS.setdefault(thing, name)
    else:
        for part in _parts(thing):
            mark(part, name)


def borne(name: str) -> dict[str, str]:
    """What the `attrs` of a thing hold that is of the study with a mark."""
    return {_KEY: name}


def made_with(name: str, own: rules.Own | None) -> None:
    """Tell with which own rules the tables of the study with a mark were made, None for ours."""
    _RULES[name] = own


def carries(function: Callable[..., Any]) -> Callable[..., Any]:
    """Same function, whose result has the mark of what it was made from, if that is one.

    It runs with the own rules of that study in force; given nothing of a study, with those that
    are in force already.
    """

    @wraps(function)
    def call(*arguments: Any, **settings: Any) -> Any:
        given = marks(*arguments, *settings.values())
        if len(given) != 1:
            return function(*arguments, **settings)
        (name,) = given
        with rules.using(_RULES.get(name, rules.own())):
            result = function(*arguments, **settings)
        mark(result, name)
        return result

    return call


def _marks(thing: Any) -> Iterable[str]:
    if hasattr(thing, "attrs"):
        return [thing.attrs[_KEY]] if _KEY in thing.attrs else []
    if hasattr(thing, "savefig") or hasattr(thing, "get_figure"):
        return [_DRAWINGS[thing]] if thing in _DRAWINGS else []
    return (each for part in _parts(thing) for each in _marks(part))


def _parts(thing: object) -> Iterable[object]:
    """What a result of several frames holds; a frame or a text has no parts.

    Of a study whose tables are read when they are asked for, those that have been.
    """
    if is_dataclass(thing) and hasattr(thing, "__dict__"):
        return vars(thing).values()
    if is_dataclass(thing) and not isinstance(thing, type):
        return [getattr(thing, field.name) for field in fields(thing)]
    if isinstance(thing, Mapping):
        return thing.values()
    return thing if isinstance(thing, list | tuple) else ()
