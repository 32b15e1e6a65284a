"""Makes the smallest Word document of the old kind: paragraphs and tables, in an OLE container."""

from __future__ import annotations

import struct
from itertools import accumulate

_TEXT_AT = 0x600
_SECTOR = 512
_LEAST_STREAM = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Block = str | list[list[tuple[int, str]]]
"""A paragraph, or a table: rows of cells, each with its width in twentieths of a point."""


def document(blocks: list[Block]) -> bytes:
    """A Word 97 file with paragraphs and tables."""
    text, marks = _text(blocks)
    stream = _padded(bytes(_TEXT_AT) + text.encode("utf-16-le"), _SECTOR)
    pages, edges = _pages(marks)
    first = len(stream) // _SECTOR
    stream = (stream + b"".join(pages)).ljust(_LEAST_STREAM, b"\0")
    places = struct.pack(f"<{len(edges)}I", *edges)
    places += struct.pack(f"<{len(pages)}I", *range(first, first + len(pages)))
    pieces = struct.pack("<BIIIHIH", 2, 16, 0, len(text), 0, _TEXT_AT, 0)
    styles = struct.pack("<10H", 18, 15, 10, 1, 90, 15, 0, 0, 0, 0) + bytes(30)
    table = (pieces + places + styles).ljust(_LEAST_STREAM, b"\0")
    head = bytearray(stream)
    fields = [(0x00, "H", 0xA5EC), (0x02, "H", 0xC1), (0x0A, "H", 0x1200), (0x0C, "H", 0xBF)]
    fields += [(0x18, "I", _TEXT_AT), (0x1C, "I", _TEXT_AT + 2 * len(text))]
    fields += [(0x20, "H", 14), (0x3E, "H", 22), (0x4C, "I", len(text)), (0x98, "H", 93)]
    fields += [(0xA2, "I", len(pieces + places)), (0xA6, "I", len(styles))]
    fields += [(0x102, "I", len(pieces)), (0x106, "I", len(places))]
    fields += [(0x1A2, "I", 0), (0x1A6, "I", len(pieces))]
    for place, form, number in fields:
        struct.pack_into(f"<{form}", head, place, number)
    return container({"WordDocument": bytes(head), "1Table": table})


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE file with streams; those of fewer than 4,096 bytes are filled up."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def store(data: bytes) -> int:
        begin, data = len(sectors), _padded(data, _SECTOR)
        sectors.extend(data[place : place + _SECTOR] for place in range(0, len(data), _SECTOR))
        chain.extend([*range(begin + 1, len(sectors)), _END])
        return begin

    entries = [_entry("Root Entry", 5, 1 if streams else _FREE, _FREE, _END, 0)]
    for number, (name, data) in enumerate(streams.items(), start=1):
        filled = data.ljust(_LEAST_STREAM, b"\0")
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, _FREE, right, store(filled), len(filled)))
    directory = store(b"".join(entries))
    table = len(sectors)
    chain.append(_FAT)
    sectors.append(struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff"))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<10I", 0, 1, directory, 0, _LEAST_STREAM, _END, 0, _END, 0, table)
    return head.ljust(_SECTOR, b"\xff") + b"".join(sectors)


def _text(blocks: list[Block]) -> tuple[str, list[tuple[int, bytes]]]:
    """The text with its marks, and where each paragraph ends with its properties."""
    text = ""
    marks: list[tuple[int, bytes]] = []
    inside = struct.pack("<HB", 0x2416, 1)
    for block in blocks:
        if isinstance(block, str):
            text += f"{block}\r"
            marks.append((len(text), b""))
            continue
        for row in block:
            for _, cell in row:
                text += f"{cell}\x07"
                marks.append((len(text), inside))
            edges = [0, *accumulate(width for width, _ in row)]
            shape = struct.pack(f"<B{len(edges)}h", len(row), *edges) + bytes(20 * len(row))
            text += "\x07"
            end = inside + struct.pack("<HBHH", 0x2417, 1, 0xD608, len(shape) + 1) + shape
            marks.append((len(text), end))
    return text, marks


def _pages(marks: list[tuple[int, bytes]]) -> tuple[list[bytes], list[int]]:
    """Pages of the properties of paragraphs, and where in the file the text of each begins."""
    pages: list[bytes] = []
    edges = [_TEXT_AT]
    rest = marks
    while rest:
        page, free, count = bytearray(_SECTOR), _SECTOR - 1, 0
        places = [edges[-1]]
        offsets: list[int] = []
        for end, properties in rest:
            stored = _stored(properties)
            free_then = (free - len(stored)) // 2 * 2
            if 4 * (count + 2) + 13 * (count + 1) > free_then:
                break
            free, count = free_then, count + 1
            page[free : free + len(stored)] = stored
            offsets.append(free // 2)
            places.append(_TEXT_AT + 2 * end)
        struct.pack_into(f"<{count + 1}I", page, 0, *places)
        for number, offset in enumerate(offsets):
            page[4 * (count + 1) + 13 * number] = offset
        page[-1] = count
        pages.append(bytes(page))
        edges.append(places[-1])
        rest = rest[count:]
    return pages, edges


def _stored(properties: bytes) -> bytes:
    """Properties of a paragraph with their length before them."""
    data = bytes(2) + properties
    if len(data) % 2:
        return bytes([(len(data) + 1) // 2]) + data
    return bytes([0, len(data) // 2]) + data


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    encoded = f"{name}\0".encode("utf-16-le")
    tree = struct.pack("<HBB3I", len(encoded), kind, 1, _FREE, right, child)
    return encoded.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", start, size)


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)
