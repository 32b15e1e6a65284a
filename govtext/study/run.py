"""All that is made in the folder of a study: tables, executed notebooks, figures.

What stands is made again only where something that it rests on has changed. The build of the tables
knows that itself. A notebook rests on the tables, its own cells, the settings, the tables that a
scholar keeps (names of bodies, labels of topics, a judged sample) and the packages that draw.
"""

from __future__ import annotations

import hashlib
import json
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from govtext.core import disk
from govtext.pipeline import home, sources, standing
from govtext.pipeline.build import build
from govtext.pipeline.places import notebooks
from govtext.show import figures
from govtext.study import execute, index
from govtext.study.settings import settings

PAGES = "build/notebooks"
_RECORD = "done.json"
_DRAWN_WITH = ("matplotlib", "numpy", "pandas", "scikit-learn", "scipy")


def run(folder: Path, *, workers: int = 1, fresh: bool = False) -> int:
    """Exit status of making what has changed in a study: 0, or 1 at the first thing that fails.

    Parameters
    ----------
    folder : Path
        As `new` makes it.
    workers : int, default 1
        Processes that read reports at the same time.
    fresh : bool, default False
        Make everything, whatever has changed.

    Raises
    ------
    FileNotFoundError
        If the folder is no study.
    ValueError
        If there are no reports, none could be read, or the settings are wrong.
    ModuleNotFoundError
        If packages that execute notebooks are missing.
    """
    started = time.perf_counter()
    _demand_reports(folder)
    execute.demand_packages()
    settings(folder)  # a wrong entry is told before anything is made
    print(f"Tables: {home.REPORTS} -> {home.TABLES}", flush=True)
    made = build(folder / home.REPORTS, folder / home.TABLES, workers, fresh=fresh, beside=folder)
    print(f"  {made}", flush=True)
    if not made.n_reports:
        raise ValueError(
            f"none of the {made.n_rejects} files in {folder / home.REPORTS} could be read as a "
            "report; the lines above, and the table of rejects, say why"
        )
    print(f"Notebooks: {home.NOTEBOOKS} -> {PAGES}", flush=True)
    n_done, n_all = _notebooks(folder, fresh=fresh)
    if n_done is None:
        print(f"The others in {folder / PAGES} are as they were.")
        return 1
    index.write(notebooks(folder / home.NOTEBOOKS), folder / PAGES, folder / home.FIGURES)
    n_figures = len(list((folder / home.FIGURES).glob("*.svg")))
    print(
        f"Done: {n_done} of {n_all} notebooks executed, {n_all - n_done} unchanged; {n_figures} "
        f"figures in {home.FIGURES}; {time.perf_counter() - started:.0f} s. "
        f"Read {folder / PAGES / index.PAGE}."
    )
    return 0


def _demand_reports(folder: Path) -> None:
    if not home.is_study(folder):
        raise FileNotFoundError(f"{folder} is no study: govtext new {folder} makes one")
    if not sources.documents(folder / home.REPORTS):
        raise ValueError(
            f"{folder / home.REPORTS} is empty: copy your reports there (web pages, PDF, Word, "
            f"text), then run govtext study {folder} again"
        )


def _notebooks(folder: Path, *, fresh: bool) -> tuple[int | None, int]:
    """How many notebooks were executed, None where one failed, of how many."""
    out, every = folder / PAGES, notebooks(folder / home.NOTEBOOKS)
    common = _common(folder)
    states = {path.name: _state(path, common) for path in every}
    known = {} if fresh else _known(out / _RECORD)
    stands = {
        path.name: known[path.name]
        for path in every
        if _stands(known.get(path.name, {}), states[path.name], folder, path)
    }
    if stands:
        print(f"  {len(stands)} of {len(every)} are as they were", flush=True)
    begun = _write(out / _RECORD, stands)
    todo = [path for path in every if path.name not in stands]

    def done(path: Path) -> None:
        drawn = _drawn(folder / home.FIGURES, path, every, begun)
        stands[path.name] = {"state": states[path.name], "figures": drawn}
        _write(out / _RECORD, stands)

    try:
        ran = execute.execute_all(todo, out, study=folder / home.TABLES, done=done)
    except (KeyboardInterrupt, SystemExit):
        print(
            f"Stopped with {len(stands)} of {len(every)} notebooks executed. They are kept: "
            "the same command goes on from here.",
            flush=True,
        )
        raise
    return (len(todo) if ran else None), len(every)


def _common(folder: Path) -> str:
    """Digest of what every notebook rests on; the record of the tables holds that of govtext."""
    digest = hashlib.sha256(str(standing.record(folder / home.TABLES).get("stamp")).encode())
    beside = (path for path in folder.glob("*.csv") if path.name not in sources.OWN)
    for path in (folder / home.SETTINGS, *sorted(beside)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for name in _DRAWN_WITH:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def _state(notebook: Path, common: str) -> str:
    """Digest of the cells of a notebook, without their outputs, and of all that they rest on."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        told = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{notebook} is no notebook: mend it, or move it elsewhere") from None
    return hashlib.sha256(json.dumps([told, common]).encode()).hexdigest()


def _known(record: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _write(record: Path, stands: dict[str, Any]) -> int:
    """When the record was written, by the clock of its disk."""
    record.parent.mkdir(parents=True, exist_ok=True)
    disk.write(record, json.dumps(stands, indent=1))
    return record.stat().st_mtime_ns


def _stands(known: dict[str, Any], state: str, folder: Path, notebook: Path) -> bool:
    """True if a notebook was executed in this state, and all that it made is there."""
    copy = execute.copy_of(notebook, folder / PAGES)
    made = [folder / home.FIGURES / name for name in known.get("figures", [])]
    return known.get("state") == state and all(
        path.is_file() for path in (copy, copy.with_suffix(".html"), *made)
    )


def _drawn(folder: Path, notebook: Path, every: list[Path], begun: int) -> list[str]:
    """Figures that a notebook drew; those that bear its number and are older are gone."""
    number = notebook.name[:2]
    files = sorted(path for path in folder.glob(f"{number}-*") if path.is_file())
    old = [path for path in files if path.stat().st_mtime_ns < begun]
    if old and sum(path.name.startswith(number) for path in every) == 1:
        figures.prune(old)
    return [path.name for path in files if path not in old]
