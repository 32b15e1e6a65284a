"""bytes -> name of the module that reads them, or a refusal that names what kind of file it is."""

from __future__ import annotations

import codecs

from govtext import rules
from govtext.model import UnreadableReport

_LONGEST_SIGNATURE = 1024


def kind(data: bytes) -> str:
    """Name of the module of `govtext.read` for a file, by its first bytes.

    Raises
    ------
    UnreadableReport
        With cause ``unsupported_format`` for a kind that is not read.
    """
    row = _row(data[:_LONGEST_SIGNATURE])
    if row is None:
        return "plain"
    if row["reader"]:
        return row["reader"]
    raise UnreadableReport("unsupported_format", f"The file is {row['kind']}; {row['advice']}.")


def _row(start: bytes) -> rules.Row | None:
    markup = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for row in rules.load("signatures"):
        begins = row["begins"]
        if begins.startswith("0x"):
            found = start.startswith(bytes.fromhex(begins[2:]))
        else:
            found = markup.startswith(begins.lower().encode("ascii"))
        if found:
            return row
    return None
