"""What the commands of the README cost: `python -m benchmarks.commands [setup study test]`.

Each runs in a new clone of the last commit, set-up first; the figures are kept in
`benchmarks/results/commands.json`, from which `python -m tools accuracy` writes the README's table.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import measure
from benchmarks.measure import Figure

RESULT = measure.ROOT / "benchmarks" / "results" / "commands.json"
COMMANDS = ("setup", "study", "test")


def disk(folder: Path) -> float:
    """Megabytes that the files of a folder take."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 2**20


def main() -> int:
    figures, load, commands = list[Figure](), measure.load(), sys.argv[1:] or COMMANDS
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "govtext")
        subprocess.run(["git", "clone", "--quiet", str(measure.ROOT), str(clone)], check=True)
        for command in commands:
            used = measure.run(["make", "--no-print-directory", "-C", str(clone), command])
            for what, value, unit in (
                ("time", used.wall, "s"),
                ("memory", used.together, "MB"),
                ("disk", disk(clone), "MB"),
            ):
                figures.append(Figure(f"make {command}", what, value, unit, 1, "run"))
                print(figures[-1], flush=True)
    measure.save(RESULT, {"load": load}, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
