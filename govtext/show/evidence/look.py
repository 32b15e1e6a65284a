"""How a page looks and speaks: its classes, its labels, its anchors, text as HTML.

A page has a style sheet; a notebook has its styles at the tags, for an exported notebook drops
style sheets. Both are the rules of `style.css`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from govtext.core import letters
from govtext.show.style import LANGUAGES, labels

_RULE = re.compile(r"^\.([a-z-]+) \{([^}]*)\}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Look:
    """Writes tags in one language; `prefix` begins every anchor, `inline` is true of a notebook."""

    language: str = "en"
    prefix: str = ""
    inline: bool = False

    def at(self, name: str) -> str:
        """Attribute that gives a tag the look of a class."""
        if not self.inline:
            return f' class="{name}"'
        known = _declarations()
        styles = ";".join(known[each] for each in name.split() if each in known)
        return f' style="{styles}"' if styles else ""

    def label(self, key: str) -> str:
        """Words of the page, escaped (`rules/labels.csv`, keys that begin with ``evidence.``)."""
        return escape(label(f"evidence.{key}", self.language))

    def coded(self, kind: str, code: str) -> str:
        """Words for a code of a kind, escaped; the code itself where there are none."""
        row = labels().get(f"{kind}.{code}")
        return shown(row[self.language] if row else code)

    def anchor(self, kind: str, place: object) -> str:
        """Anchor of a thing on the page: c for characters, o for an observation."""
        return f"{self.prefix}{kind}{place}"

    def link(self, kind: str, place: object, content: str, title: str = "") -> str:
        """Link to such an anchor; its content is escaped already."""
        more = f' title="{plain(title)}"' if title else ""
        return f'<a href="#{self.anchor(kind, place)}"{more}>{content}</a>'


def checked(language: str) -> str:
    """The language itself.

    Raises
    ------
    ValueError
        If there are no labels in it.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; it can be {' or '.join(map(repr, LANGUAGES))}")
    return language


def label(key: str, language: str) -> str:
    """Words of a key of `rules/labels.csv`."""
    return labels()[key][language]


def shown(text: str) -> str:
    """Text of a report as HTML: escaped, each hidden character as what it is."""
    return letters.HIDDEN.sub(
        lambda found: (
            f'<code class="hidden" title="{letters.name(found[0])}">{letters.code(found[0])}</code>'
        ),
        escape(text),
    )


def plain(text: str) -> str:
    """Text of a report as an attribute or a title."""
    return escape(letters.visible(text))


def circled(number: int) -> str:
    """A number in a circle up to 50, in brackets beyond."""
    for last, first in ((20, 0x2460), (35, 0x3251), (50, 0x32B1)):
        if number <= last:
            return chr(first + number - {20: 1, 35: 21, 50: 36}[last])
    return f"({number})"


def guarded(style: str, script: str = "") -> str:
    """Tags for the head of a page that fetches nothing and runs nothing but this script."""
    runs = f"'sha256-{_digest(script)}'" if script else "'none'"
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src {runs}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="generator" content="govtext">'
        f"<style>{style}</style>"
    )


@cache
def sheet() -> str:
    """Style sheet of the page."""
    return (files("govtext.show.evidence") / "style.css").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _declarations() -> dict[str, str]:
    return {found[1]: found[2].strip().rstrip(";") for found in _RULE.finditer(sheet())}
