"""`python -m tools CHORE`: what the make targets do, also where there is no make."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Imported when asked for: the writers need nothing but Python, so that a lock that cannot be
# installed can still be replaced.
_CHORES = {
    "study": ("study", "run", "the whole study anew: tables, notebooks, figures"),
    "check": ("check", "run", "lint, types, arrows, lock, notebooks, committed results"),
    "lab": ("lab", "run", "JupyterLab on working copies of the notebooks, in build/lab"),
    "keep": ("lab", "keep", "brings changed cells from build/lab back into notebooks"),
    "cluster-demo": ("cluster_demo", "run", "data/raw through a cluster of two on this machine"),
    "stamp-lock": ("lock", "stamp", "writes into requirements.lock what it was made from"),
    "environment": ("lock", "write_environment", "writes environment.yml from pyproject.toml"),
    "codebook": ("codebook_page", "write", "writes docs/codebook.md from the rules"),
    "performance": ("performance_page", "write", "writes docs/performance.md from the benchmarks"),
    "crate": ("crate", "write", "writes ro-crate-metadata.json, which describes the repository"),
    "docs": ("docs", "write", "the documentation as pages, in build/docs"),
    "readme": ("readme", "write", "writes the tables of the READMEs and docs/accuracy.md"),
    "reference": ("reference_page", "write", "writes the pages of the public functions"),
    "paper": ("paper", "write", "the executed study as one PDF, in build/paper"),
    "wheel-test": ("wheel", "run", "wheel and sdist, and the wheel used where no clone is"),
    "made": ("made.write", "run", "N FOLDER [--seed S]: a made corpus with its truth"),
    "made-score": ("made.score", "run", "STUDY TRUTH: tables built from it beside the truth"),
    "mutate": (
        "faults.mutate",
        "run",
        "N: so many files changed by chance, and what became of them",
    ),
    "faults": ("faults.write", "run", "FOLDER: files that go wrong, and what must become of each"),
}
_TAKES_WORDS = ("made", "made-score", "faults", "mutate")
"""Chores that say themselves what they take behind their name."""


def main(arguments: list[str]) -> int:
    """Exit status of a chore; 2 where there is none of this name."""
    name, *words = arguments or [""]
    if name not in _CHORES or (words and name not in _TAKES_WORDS):
        print("usage: python -m tools CHORE")
        for chore, (_, _, does) in _CHORES.items():
            print(f"  {chore:12} {does}")
        return 2
    module, function, _ = _CHORES[name]
    does = getattr(import_module(f"tools.{module}"), function)
    return int(does(words) if name in _TAKES_WORDS else does(ROOT))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
