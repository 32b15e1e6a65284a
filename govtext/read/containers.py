"""A ZIP or OLE container -> what kind of file it is, by what it holds (`rules/containers.csv`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.read.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTAINERS = ("zip", "ole")
_ENTRY = 128
_LENGTH_AT = 64
_TYPE_AT = 66
_STREAM = 2


def inside(container: str, data: bytes) -> rules.Row:
    """Row of `rules/containers.csv` for a container; its last one fits any.

    Parameters
    ----------
    container : str
        ``zip`` or ``ole``.
    data : bytes
        The file.

    Raises
    ------
    UnreadableReport
        With a cause of `rules/causes.csv` where the container is damaged.
    """
    holds: Callable[[str, str], bool] = _Ole(data).holds if container == "ole" else _Zip(data).holds
    return next(
        row
        for row in rules.load("containers")
        if row["container"] == container
        and (not row["member"] or holds(row["member"], row["holds"]))
    )


class _Zip:
    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)

    def holds(self, member: str, text: str) -> bool:
        """True where there is such a member, and the text is in its first bytes."""
        if member not in self._archive:
            return False
        return not text or text.encode() in self._archive.start(member)


class _Ole:
    def __init__(self, data: bytes) -> None:
        self._streams = frozenset(_streams(data))

    def holds(self, member: str, _: str) -> bool:
        """True where a stream has this name."""
        return member in self._streams


def _streams(data: bytes) -> Iterator[str]:
    """Names of the streams of an OLE file: the entries of its directory lie 128 bytes apart."""
    for place in range(_ENTRY, len(data), _ENTRY):
        if data[place + _TYPE_AT : place + _TYPE_AT + 1] == bytes([_STREAM]):
            length = data[place + _LENGTH_AT]
            if 2 < length <= _LENGTH_AT:
                name = data[place : place + length - 2]
                yield name.decode("utf-16-le", errors="replace")
