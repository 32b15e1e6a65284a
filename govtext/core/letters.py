"""Characters that a reader cannot see, shown as what they are: `U+202E`.

Marks that turn the direction of a line, have no width, or steer a terminal would let a text look
like another one, so no page, line or name shows them as such. Line ends and tabs stay.
"""

from __future__ import annotations

import re
import unicodedata

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""Controls, separators of lines, marks of direction, and characters without a width."""


def code(mark: str) -> str:
    """Number of a character: U+202E."""
    return f"U+{ord(mark):04X}"


def name(mark: str) -> str:
    """Number of a character with its name in Unicode, where it has one."""
    return f"{code(mark)} {unicodedata.name(mark, 'control character')}"


def visible(text: str) -> str:
    """Text with each hidden character as its number in angle brackets."""
    return HIDDEN.sub(lambda found: f"<{code(found[0])}>", text)


def one_line(text: str) -> str:
    """The same on one line: line ends and tabs are blanks."""
    return visible(" ".join(text.splitlines()).replace("\t", " "))
