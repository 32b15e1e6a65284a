"""JupyterLab on working copies of the notebooks, so that Run All and Save change no tracked file.

The copies lie in `build/lab`, which git ignores. A copy in which a cell was changed is kept until
its change is brought back; any other follows its notebook. `keep` brings changes back, without
outputs and with nothing of this machine.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from govtext.pipeline.places import notebooks
from govtext.study import lab
from govtext.study.execute import study_named

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "build/lab"
_MADE = ".made.json"
Cells = list[list[str]]


def run(root: Path) -> int:
    """Exit status of JupyterLab, opened on working copies and run until it is closed."""
    return lab.run(working_copies(root), study_named())


def working_copies(root: Path) -> Path:
    """Folder with a copy of every notebook; one in which a cell was changed stays as it is."""
    folder = root / PLACE
    folder.mkdir(parents=True, exist_ok=True)
    made = _made(folder)
    for path in notebooks(root / "notebooks"):
        copy, now = folder / path.name, _cells(path)
        if copy.exists() and _cells(copy) not in (made.get(path.name), now):
            print(f"{PLACE}/{path.name} has changes of yours and is kept; python -m tools keep")
            continue
        if not copy.exists() or _cells(copy) != now:
            shutil.copyfile(path, copy)
        made[path.name] = now
    (folder / _MADE).write_text(json.dumps(made), encoding="utf-8")
    return folder


def keep(root: Path) -> int:
    """Exit status of bringing changed cells back into the notebooks; 1 if one could not be.

    That is one whose notebook has changed too since the copy was made.
    """
    folder = root / PLACE
    made, refused = _made(folder), 0
    for copy in notebooks(folder):
        path, new = root / "notebooks" / copy.name, _cells(copy)
        old = _cells(path) if path.exists() else None
        if new in (old, made.get(copy.name)):
            continue
        if old != made.get(copy.name):
            refused = 1
            print(f"{copy.name} has changed in notebooks, too: compare it with {PLACE} by hand")
            continue
        if new is None:
            refused = 1
            print(f"{PLACE}/{copy.name} is no notebook that can be read")
            continue
        path.write_text(_stored(copy), encoding="utf-8", newline="\n")
        made[copy.name] = new
        print(f"{PLACE}/{copy.name} -> notebooks/{copy.name}")
    if folder.is_dir():
        (folder / _MADE).write_text(json.dumps(made), encoding="utf-8")
    return refused


def _made(folder: Path) -> dict[str, Cells | None]:
    """Cells of each copy as it was made."""
    try:
        found: dict[str, Cells | None] = json.loads((folder / _MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _cells(path: Path) -> Cells | None:
    """Kind and words of each cell; None for what is no notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (KeyError, TypeError, ValueError):
        return None


def _stored(path: Path) -> str:
    """Text of a notebook as it is tracked: cells without outputs, counts and times."""
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if isinstance(cell["source"], str):
            cell["source"] = cell["source"].splitlines(keepends=True)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook["metadata"] = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
