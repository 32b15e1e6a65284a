"""What the repository holds, for archives and their programs: `ro-crate-metadata.json`.

RO-Crate 1.1 (https://w3id.org/ro/crate/1.1): the study, its five reports with their digests, the
tables, figures and notebooks made from them, and the program that makes them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govtext import __version__
from tools.sheet import read_rows

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "ro-crate-metadata.json"
_LICENSE = "https://spdx.org/licenses/MIT"
_PARTS = {
    "data/raw/": "The five reports, byte for byte, with manifest.csv",
    "data/processed/": "The tables made from them (Parquet); columns in govtext/rules/columns.csv",
    "data/gold/": "Annotations by two people, and scores",
    "figures/": "Figures with the numbers drawn; manifest.csv names notebook and function",
    "notebooks/": "The eight notebooks, stored without outputs",
    "docs/": "Documentation, codebook and methods",
}


def write(root: Path) -> int:
    """0; the description says what the repository holds."""
    (root / PLACE).write_text(text(root), encoding="utf-8", newline="\n")
    return 0


def text(root: Path) -> str:
    """Text of the description."""
    zenodo = json.loads((root / ".zenodo.json").read_text(encoding="utf-8"))
    reports = [_report(row) for row in read_rows(root / "data/raw/manifest.csv")]
    parts = [
        {"@id": place, "@type": "Dataset", "name": place.rstrip("/"), "description": told}
        for place, told in _PARTS.items()
    ]
    graph: list[dict[str, Any]] = [
        {
            "@id": PLACE, "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./", "@type": "Dataset", "name": zenodo["title"],
            "description": zenodo["description"], "keywords": zenodo["keywords"],
            "version": __version__, "license": {"@id": _LICENSE}, "author": {"@id": "#authors"},
            "hasPart": [{"@id": each["@id"]} for each in (*parts, *reports, {"@id": "govtext/"})],
            "mentions": {"@id": "#study"},
        },
        {"@id": "#authors", "@type": "Organization", "name": "govtext contributors"},
        {"@id": _LICENSE, "@type": "CreativeWork", "name": "MIT License"},
        *parts,
        *reports,
        {
            "@id": "govtext/", "@type": "SoftwareSourceCode", "name": "govtext",
            "programmingLanguage": "Python", "version": __version__,
        },
        {
            "@id": "#study", "@type": "CreateAction", "name": "make study",
            "instrument": {"@id": "govtext/"},
            "object": [{"@id": each["@id"]} for each in reports],
            "result": [{"@id": place} for place in ("data/processed/", "figures/")],
        },
    ]  # fmt: skip
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return json.dumps(crate, ensure_ascii=False, indent=1) + "\n"


def _report(row: dict[str, str]) -> dict[str, Any]:
    return {
        "@id": f"data/raw/{row['file']}", "@type": "File", "encodingFormat": "text/plain",
        "inLanguage": "zh", "name": f"{row['issuer']} {row['year']}", "sha256": row["sha256"],
        "description": f"{row['origin']}. {row['note']}".removesuffix(" "),
    }  # fmt: skip
