"""Files of an export -> `datapackage.json`, which programs read (https://datapackage.org)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from govtext import __version__
from govtext.core import disk
from govtext.show.export import describe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

NAME = "datapackage.json"
_TYPES = {"text": "string", "date": "datetime"}
_MANY = {".xlsx": "sheet", ".sqlite": "table"}
"""Kinds of files that hold several tables, and what each of them is called there."""


def write(sheets: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Path of the description beside an export; other exports that it describes stay in it."""
    place = path.parent / NAME
    others = [each for each in _known(place) if each.get("path") != path.name]
    made = [_resource(name, frame, path) for name, frame in sheets.items()]
    package = {
        "name": "govtext-study",
        "title": "Annual reports on government information disclosure, as tables",
        "version": __version__,
        "resources": sorted([*others, *made], key=lambda each: (each["path"], each["name"])),
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    disk.write(place, text)
    return place


def _known(place: Path) -> list[dict[str, Any]]:
    """Resources that the description lists already; none where it is no description."""
    try:
        found = json.loads(place.read_text(encoding="utf-8"))["resources"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [each for each in found if isinstance(each, dict) and {"path", "name"} <= set(each)]


def _resource(name: str, frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    kind = path.suffix.lower()
    made: dict[str, Any] = {
        "name": f"{path.stem}-{name}".lower().replace(" ", "-"),
        "path": path.name,
        "format": kind.removeprefix("."),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        "schema": {"fields": [_field(each) for each in describe.columns(frame, name)]},
    }
    if kind == ".csv":
        made["encoding"] = "utf-8"
    if kind in _MANY:
        made["dialect"] = {_MANY[kind]: name}
    return made


def _field(column: describe.Column) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, column.type)}
    if column.label:
        made["description"] = column.label
    if column.codes:
        made["categories"] = [
            {"value": code, "label": words} for code, words in column.codes.items()
        ]
    return made
