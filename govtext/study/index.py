"""Executed notebooks -> the page that leads to them: `build/notebooks/index.html`."""

from __future__ import annotations

import csv
import json
import re
from html import escape
from typing import TYPE_CHECKING

from govtext.core import disk
from govtext.study import execute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGE = "index.html"
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Notebooks</title><style>
body { font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; max-width: 62rem;
  margin: 0 auto; padding: 1rem; color: #222; background: #fff; }
h2 { margin: 1.6rem 0 0.2rem; font-size: 1.2rem; } p { margin: 0.2rem 0; }
ul { display: flex; flex-wrap: wrap; gap: 0.6rem; padding: 0; list-style: none; }
li { width: 11rem; font-size: 0.8rem; } img { width: 100%; background: #fff; }
a { color: #0b5394; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818; }
  a { color: #8ab4f8; } }
</style></head><body><h1>Notebooks</h1>
"""


def write(notebooks: Sequence[Path], out: Path, figures: Path) -> None:
    """Nothing; the page stands in `out`, the folder of the executed copies.

    Parameters
    ----------
    notebooks : sequence of Path
        As they are stored.
    out : Path
        Folder of the executed copies, two levels below that of the study.
    figures : Path
        Folder of the figures as it is now; the page looks for them in `figures` of the study.
    """
    drawn = _drawn(figures / "manifest.csv")
    body = "".join(_entry(path, out, drawn) for path in notebooks)
    page = f"{_HEAD}{body}</body></html>\n"
    out.mkdir(parents=True, exist_ok=True)
    disk.write(out / PAGE, page)


def _entry(path: Path, out: Path, drawn: list[dict[str, str]]) -> str:
    copy = execute.copy_of(path, out).name
    page = copy.removesuffix(".ipynb") + ".html"
    title, told = _opening(path)
    pictures = "".join(
        f'<li><a href="{page}"><img src="../../figures/{row["file"]}" '
        f'alt="{escape(row.get("alt") or row["title"])}" loading="lazy"></a>'
        f"{escape(row['title'])}</li>"
        for row in drawn
        if row["file"].startswith(path.name[:2])
    )
    return (
        f'<h2><a href="{page}">{escape(title)}</a></h2><p>{escape(told)}</p>'
        f'<p><a href="{copy}">{copy}</a></p>{f"<ul>{pictures}</ul>" if pictures else ""}\n'
    )


def _opening(path: Path) -> tuple[str, str]:
    """Title and first sentence of a notebook, without marks of Markdown."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    first, *rest = [re.sub(r"[*`]", "", part) for part in next(texts, path.stem).split("\n\n")]
    told = " ".join(rest[0].split()) if rest else ""
    return first.lstrip("# "), re.split(r"(?<=[.。]) ", told)[0]


def _drawn(manifest: Path) -> list[dict[str, str]]:
    """Rows of the pictures; none where no figure was drawn."""
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["file"].endswith(".png")]
