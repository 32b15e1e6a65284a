"""Many cases in one test: every one is tried, and all that fail are shown with what they are.

For checks of a line or two over hundreds of rows, where a test each costs more than the check. A
test that takes a fixture of its own for each case is parametrised as ever.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

WHOLE = os.environ.get("GOVTEXT_FUZZ", "") not in {"", "0"}
"""Whether the long generators run whole, as `make fuzz` asks; else a part of them does."""


def examples(whole: int, part: int) -> int:
    """Number of generated examples: `whole` in `make fuzz`, `part` in `make test`."""
    return whole if WHOLE else part


def every(
    names: str | tuple[str, ...], cases: Iterable[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Decorator of a test that is called for each of the cases, as `parametrize` has it.

    Parameters
    ----------
    names : str or tuple of str
        Arguments that a case gives.
    cases : iterable
        A value each; a tuple of values where `names` is a tuple.
    """
    own = (names,) if isinstance(names, str) else names
    rows = [(case,) if isinstance(names, str) else tuple(case) for case in cases]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def run(**fixtures: Any) -> None:
            assert rows, f"there is no case of {names}"
            failed, first = [], None
            for number, values in enumerate(rows):
                try:
                    test(**fixtures, **dict(zip(own, values, strict=True)))
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 -- all are shown
                    first = first or error
                    shown = ", ".join(map(repr, values))
                    failed.append(f"case {number} ({shown}): {type(error).__name__}: {error}")
            if failed:
                said = "\n".join([f"{len(failed)} of {len(rows)} cases failed:", *failed])
                raise AssertionError(said) from first

        wanted = inspect.signature(test)
        left = [each for name, each in wanted.parameters.items() if name not in own]
        run.__signature__ = wanted.replace(parameters=left)
        return run

    return decorate
