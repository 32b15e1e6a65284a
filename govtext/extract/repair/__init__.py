"""Document -> the same document as it is read: damaged type as what it stands for; the way back.

Radicals are the characters they look like, what was drawn twice is there once; readings in
brackets, and blanks and line ends within words, figures and sentences, are not there. The printed
text is kept: spans of what is read from the mended document lead back to it by the `Mending`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtext.core.mending import Edit, Mending, Step, apply, step
from govtext.core.text import IDEOGRAPHS
from govtext.extract.repair import blanks, doubled, figures, glosses, wraps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtext.core.model import Document

__all__ = ["repair"]

_LIKENESS = re.compile(f"[{''.join(map(chr, IDEOGRAPHS))}]")


def repair(document: Document) -> tuple[Document, Mending]:
    """Document for reading, and how its text leads back to the printed one.

    Parameters
    ----------
    document : Document
        The cleaned report as printed.

    Returns
    -------
    tuple of Document, Mending
        The very same document, and a mending without steps, where no type is damaged.
    """
    steps: list[Step] = []
    for find in (_ideographs, doubled.edits, glosses.edits, _apart):
        found = list(find(document))
        if found:
            steps.append(step(found))
            document = apply(document, steps[-1])
    return document, Mending(tuple(steps))


def _ideographs(document: Document) -> Iterator[Edit]:
    """Radicals and compatibility ideographs as the characters that they stand for."""
    for match in _LIKENESS.finditer(document.text):
        yield Edit(*match.span(), IDEOGRAPHS[ord(match.group())])


def _apart(document: Document) -> Iterator[Edit]:
    """Blanks and line ends that tear words and figures."""
    torn = [*blanks.edits(document), *figures.edits(document)]
    taken = {edit.start for edit in torn}
    yield from torn
    yield from (edit for edit in wraps.edits(document) if edit.start not in taken)
