"""The XML parts of a Word document -> trees of elements under local names, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from govtext.core.model import UnreadableReport
from govtext.read import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtext.read.archive import Archive

_MOST_ELEMENTS = limits.raised(1_000_000)
_DEEPEST = limits.raised(200)
_OTHERS = ("styles", "numbering", "footnotes", "endnotes")
_KEPT = frozenset("val id type styleId default ilvl numId abstractNumId char Target Type".split())
_OFF = frozenset(("0", "false", "off", "none"))


def parse(data: bytes) -> Element:
    """Root of a part; tags and attributes are without their prefixes, most attributes left out.

    Raises
    ------
    UnreadableReport
        With cause ``damaged`` for what is no XML or declares entities, ``too_large`` for more
        elements than any document has.
    """
    builder = TreeBuilder()
    count = depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if count > _MOST_ELEMENTS or depth > _DEEPEST:
            raise UnreadableReport(
                "too_large",
                f"A part of the document has more than {_MOST_ELEMENTS:,} elements, or more than "
                f"{_DEEPEST} inside each other.",
            )
        local = {_local(key): value for key, value in attributes.items()}
        builder.start(_local(name), {key: local[key] for key in local.keys() & _KEPT})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:  # also an encoding that nobody knows
        raise UnreadableReport("damaged", f"A part of the document is no XML: {error}.") from error
    return builder.close()


def parts(archive: Archive) -> dict[str, Element]:
    """Parts of a Word document by what they are: document, styles, numbering, footnotes, endnotes.

    Parameters
    ----------
    archive : Archive
        The container. Its relations say where the parts are; where they do not, the usual places
        are tried.

    Raises
    ------
    UnreadableReport
        With cause ``damaged`` where there is no document in it.
    """
    main = _targets(archive, "_rels/.rels", "").get("officeDocument", "word/document.xml")
    if main not in archive:
        raise UnreadableReport("damaged", "The Word file has no document in it.")
    folder, _, name = main.rpartition("/")
    places = {part: f"{folder}/{part}.xml" for part in _OTHERS}
    places |= _targets(archive, f"{folder}/_rels/{name}.rels", folder)
    found = {part: parse(archive.read(places[part])) for part in _OTHERS if places[part] in archive}
    return found | {"document": parse(archive.read(main))}


def value(parent: Element | None, path: str) -> str | None:
    """Attribute ``val`` of a part of an element, None where it has none."""
    found = None if parent is None else parent.find(path)
    return None if found is None else found.get("val")


def is_on(parent: Element | None, path: str) -> bool:
    """True for a property that is there and not switched off."""
    found = None if parent is None else parent.find(path)
    return found is not None and found.get("val") not in _OFF


def whole(text: str | None, otherwise: int, *, most: int = 10_000) -> int:
    """Integer that an attribute states, or another where it is none or out of bounds."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        return otherwise
    return int(text) if int(text) <= most else otherwise


def _targets(archive: Archive, path: str, folder: str) -> dict[str, str]:
    """Places of the parts that a part names, by the last word of their kinds."""
    if path not in archive:
        return {}
    return {
        relation.get("Type", "").rpartition("/")[2]: _joined(folder, relation.get("Target", ""))
        for relation in parse(archive.read(path)).iter("Relationship")
    }


def _joined(folder: str, target: str) -> str:
    """Place of a target, counted from the folder of the part that names it."""
    steps: list[str] = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps = [*steps, step]
    return "/".join(filter(None, steps))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: Mapping[str, object] | str | int | None) -> None:
    raise UnreadableReport("damaged", "A part of the document declares entities: no report does.")
