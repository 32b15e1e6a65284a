"""A Word document of the old kind (DOC, WPS) -> Page, through antiword where it is installed.

Its DocBook output keeps the cells of a table whole and says how wide they are, so that merged
columns are known; merged rows are not: the cells below the first one come out empty. Numbers that
Word makes for lists are not in it.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import tempfile
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.core.model import Page, UnreadableReport
from govtext.read import limits
from govtext.read.flow import Box, Flow
from govtext.read.html.blocks import cell_text
from govtext.read.html.grid import holds_data
from govtext.read.word import RAISED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SECONDS = limits.raised(60)
_LARGEST_OUTPUT = limits.raised(100_000_000)
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^<>]{0,200})>")
_WIDTH = re.compile(r"colwidth='([0-9]{1,5}\.[0-9]{2})pt'")
_PICTURE = "[pic]"
_INLINE = frozenset(("emphasis", "superscript", "subscript"))
_TOLERANCE = 3.0

DocRow = tuple["tuple[float, ...]", "list[str]"]
"""Widths of the columns in points, and the texts of the cells."""


def read(data: bytes) -> Page:
    """Page of the bytes of a Word document of the old kind.

    Raises
    ------
    UnreadableReport
        With cause ``unsupported_format`` where antiword is not installed, ``encrypted``,
        ``damaged``, ``too_large`` or ``empty``.
    """
    flow = Flow()
    is_empty = True
    for block in _blocks(_docbook(data)):
        is_empty = False
        boxes = [] if isinstance(block, str) else list(_boxes(block))
        if holds_data(boxes):
            flow.table(boxes)
            continue
        for line in [block] if isinstance(block, str) else [box.text for box in boxes if box.text]:
            flow.line(line)
    if is_empty:
        raise UnreadableReport("empty", "The document holds no text.")
    return flow.page("doc", "utf-8", data)


def _docbook(data: bytes) -> str:
    """What antiword makes of the document."""
    program = shutil.which("antiword")
    if program is None:
        raise UnreadableReport(
            "unsupported_format",
            "The file is a Word document (DOC), which antiword reads; "
            "install antiword, or save the document as DOCX.",
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "report.doc", Path(folder) / "report.xml"
        source.write_bytes(data)
        command = [program, "-m", "UTF-8.txt", "-x", "db", str(source)]
        try:
            with target.open("wb") as stream:
                done = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=subprocess.PIPE,
                    env=os.environ | {"LC_ALL": "C.UTF-8"},
                    timeout=_SECONDS,
                    check=False,
                )
        except subprocess.TimeoutExpired as error:
            raise UnreadableReport(
                "damaged", f"antiword did not come to an end in {_SECONDS} seconds."
            ) from error
        if target.stat().st_size > _LARGEST_OUTPUT:
            raise UnreadableReport("too_large", "The document holds more text than any report.")
        if done.returncode or not target.stat().st_size:
            raise _failure(done.stderr.decode("utf-8", "replace"))
        return target.read_text(encoding="utf-8", errors="replace")


def _failure(said: str) -> UnreadableReport:
    """What antiword's complaint means."""
    if "ncrypted" in said:
        return UnreadableReport("encrypted", "The document is under a password; save it without.")
    return UnreadableReport("damaged", "antiword cannot read the document: it may be damaged.")


def _blocks(docbook: str) -> Iterator[str | list[DocRow]]:
    """Lines and tables in their order."""
    widths: list[float] = []
    cells: list[str] = []
    rows: list[DocRow] = []
    for said, name, ends, attributes in _pieces(docbook):
        if name == "tgroup":
            widths = []
        elif name == "colspec":
            widths += map(float, _WIDTH.findall(attributes))
        elif name == "entry" and ends:
            cells.append(cell_text(filter(None, map(str.strip, said.split("\n")))))
        elif name == "row" and ends:
            rows.append((tuple(widths), cells))
            cells = []
        elif name == "informaltable" and ends:
            yield rows
            rows = []
        elif said:
            yield said


def _pieces(docbook: str) -> Iterator[tuple[str, str, bool, str]]:
    """The text before each tag of a block, its name, whether it ends and its attributes.

    The output is taken apart by its tags alone, for it is not always well-formed. The author and
    date before the first chapter are left out.
    """
    runs: list[str] = []
    raised = False
    position = max(0, docbook.find("<chapter"))
    for tag in _TOKEN.finditer(docbook, position):
        text = html.unescape(docbook[position : tag.start()]).replace(_PICTURE, "")
        runs.append(text.translate(RAISED) if raised else text)
        position = tag.end()
        ends, name = bool(tag[1]), tag[2]
        if name in _INLINE:
            raised = name == "superscript" and not ends
            continue
        yield "".join(runs).strip(), name, ends, tag[3]
        runs = []


def _boxes(rows: Sequence[DocRow]) -> Iterator[Box]:
    """Cells of a table in the grid that the widths of all its rows make together."""
    edges = _edges([widths for widths, _ in rows])
    for number, (widths, cells) in enumerate(rows):
        known = [0, *(_place(edges, right) for right in accumulate(widths))]
        if len(known) != len(cells) + 1 or len(set(known)) != len(known):
            known = list(range(len(cells) + 1))
        for text, left, right in zip(cells, known, known[1:], strict=False):
            yield Box(number, left, 1, right - left, text)


def _edges(widths: Sequence[tuple[float, ...]]) -> list[float]:
    """Where the columns end, from the left; edges that all but meet are one."""
    edges: list[float] = [0.0]
    for edge in sorted({right for each in set(widths) for right in accumulate(each)}):
        if edge - edges[-1] > _TOLERANCE:
            edges.append(edge)
    return edges


def _place(edges: Sequence[float], right: float) -> int:
    """Number of the edge that a cell ends at."""
    return min(len(edges) - 1, bisect_left(edges, right - _TOLERANCE))
