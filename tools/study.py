"""The whole study anew: reports -> tables -> executed notebooks -> figures.

Two runs write the same bytes (`govtext.study.execute`).

Everything is made in `build/draft` and takes its place by rename when all of it stands; where
something fails, the last results stay as they were and the draft can be looked at.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from tools import record

DRAFT = "build/draft"
# What is made, by its place in the draft; the figures lie in the tables till those are moved.
MADE = {
    "notebooks": "build/notebooks",
    "tables/figures": "figures",
    "tables": "data/processed",
}


def run(root: Path) -> int:
    """Exit status of the study made anew below `root`: 0, or 1 at the first thing that fails.

    It is the project's own study, whatever GOVTEXT_STUDY says. data/processed, figures and
    build/notebooks are replaced when their successors stand, and not before.
    """
    from govtext.pipeline.build import build
    from govtext.pipeline.places import notebooks
    from govtext.study import index
    from govtext.study.execute import execute_all

    started = time.perf_counter()
    if not (root / "data/raw").is_dir():
        print(f"no folder data/raw in {root}: the study is run from a checkout of govtext")
        return 1
    if other := os.environ.get("GOVTEXT_STUDY"):
        print(f"This makes the project's own study; GOVTEXT_STUDY ({other}) is for `make lab`.")
    paths, draft = notebooks(root / "notebooks"), _fresh(root)
    print("Tables: data/raw -> data/processed")
    made = build(root / "data/raw", draft / "tables")
    for path in (root / "data").glob("*.csv"):  # what lies beside the tables of any other study
        shutil.copy(path, draft / "tables")
    print("Notebooks: notebooks -> build/notebooks")
    try:
        ran = execute_all(paths, draft / "notebooks", study=draft / "tables")
    except KeyboardInterrupt:
        ran = False
    if not ran:
        print("data/processed, figures and build/notebooks are as they were.")
        return 1
    for path in (draft / "tables").glob("*.csv"):
        path.unlink()
    index.write(paths, draft / "notebooks", draft / "tables" / "figures")
    _put_in_place(root)
    figures = len(list((root / "figures").glob("*.svg")))
    seconds = time.perf_counter() - started
    record.write(root, seconds)
    print(
        f"Done: {made.n_reports} reports read, {made.n_rejects} rejected, {made.n_ignored} other "
        f"files ignored; {made.n_quantities} numbers found; {len(paths)} notebooks executed; "
        f"{figures} figures written; {seconds:.0f} s. Read build/notebooks/index.html; "
        f"{record.PLACE} says what it ran on."
    )
    return 0


def _fresh(root: Path) -> Path:
    """An empty draft; results that a run killed amid its renames had set aside are back."""
    draft = root / DRAFT
    for place in MADE.values():
        aside = draft / "old" / place
        if aside.exists() and not (root / place).exists():
            aside.replace(root / place)
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True)
    return draft


def _put_in_place(root: Path) -> None:
    """Rename what was made to where it belongs; what stood there is deleted behind it."""
    draft = root / DRAFT
    new = draft / "new"
    for name, place in MADE.items():  # apart first: each can be renamed without the others
        (new / place).parent.mkdir(parents=True, exist_ok=True)
        if (draft / name).exists():
            (draft / name).replace(new / place)
    for place in MADE.values():
        aside = draft / "old" / place
        aside.parent.mkdir(parents=True, exist_ok=True)
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        if (root / place).exists():
            (root / place).replace(aside)
        if (new / place).exists():
            (new / place).replace(root / place)
    shutil.rmtree(draft)
