"""Labels with a slip of the pen or cut off: which one of those that the forms print is meant."""

from __future__ import annotations

SHORTEST, LONGEST = 7, 80
"""Characters of a label that may be read with a slip: a shorter one could be another word."""
_MARKS_AN_ERROR = 8


def nearest(bare: str, known: str) -> str:
    r"""The one label that a long one differs from by a slip or a cut; empty where none or two are.

    Parameters
    ----------
    bare : str
        A label as labels are compared.
    known : str
        The labels that the forms print, compared in the same way, one a line.

    Examples
    --------
    >>> nearest("属于国家密密的信息", "属于国家秘密的信息\n属于行政查询的信息")
    '属于国家秘密的信息'
    """
    if not SHORTEST <= len(bare) <= LONGEST:
        return ""
    most = max(1, len(bare) // _MARKS_AN_ERROR)
    # Of one piece more than there may be slips, one at least is whole.
    size = len(bare) // (most + 1)
    whole = [bare[at : at + size] for at in range(0, size * (most + 1), size)]
    if not any(piece in known for piece in whole):
        return ""
    near = [
        label
        for label in known.split("\n")
        if any(piece in label for piece in whole) and _is_near(bare, label, most)
    ]
    return near[0] if len(near) == 1 else ""


def _is_near(bare: str, example: str, most: int) -> bool:
    if len(bare) > _MARKS_AN_ERROR and example.startswith(bare):
        return True
    return abs(len(bare) - len(example)) <= most and distance(bare, example) <= most


def distance(one: str, other: str) -> int:
    """Characters to change, add or take out to make one string the other."""
    before = list(range(len(other) + 1))
    for place, mark in enumerate(one, start=1):
        now = [place]
        for column, twin in enumerate(other):
            now.append(min(now[-1] + 1, before[column + 1] + 1, before[column] + (mark != twin)))
        before = now
    return before[-1]
