"""How large a thing may be that is read, and the one way to allow more: GOVTEXT_LIMITS.

Every cap of a reader is there because no report known comes near it. A file that does is refused
with the sentence of `more`, so that the cap can be raised for it.
"""

from __future__ import annotations

import os

NAME = "GOVTEXT_LIMITS"
_MOST = 1000.0


def factor() -> float:
    """Times that every cap is raised by: 1, or what GOVTEXT_LIMITS says, from 1 to 1,000.

    Raises
    ------
    ValueError
        If the variable is no such number.
    """
    said = os.environ.get(NAME, "").strip() or "1"
    try:
        times = float(said)
    except ValueError:
        times = 0.0
    if not 1 <= times <= _MOST:
        raise ValueError(f"{NAME} is {said!r}; it is a number from 1 to {_MOST:.0f}, such as 4")
    return times


def raised(most: int) -> int:
    """A cap as it is raised."""
    return int(most * factor())


def more() -> str:
    """Sentence that ends the refusal of what is beyond a cap."""
    return f"{NAME}={4 * factor():g} in the environment allows more"
