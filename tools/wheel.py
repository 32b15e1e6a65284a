"""`make wheel-test`: the package as it would be published, installed and used where no clone is.

Wheel and sdist are built into build/dist; both must hold the same library. The wheel is installed
with its dependencies in a new environment, and the commands are run from a folder of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

DIST = "build/dist"
_FOREIGN = ("tests/", "tools/", "benchmarks/", "docs/", "data/")


def run(root: Path) -> int:
    """Exit status: 0 where all of it works, else that of what did not."""
    wheel, sdist = build(root)
    if faults := [*wheel_faults(wheel, root), *sdist_faults(wheel, sdist)]:
        print("\n".join(faults))
        return 1
    with tempfile.TemporaryDirectory(prefix="govtext-") as name:
        folder = Path(name)
        python = _environment(folder / "venv", wheel, root)
        reports = shutil.copytree(root / "data/raw", folder / "reports")
        for arguments in _uses(reports, folder):
            print("govtext", *(str(each).replace(name, "") for each in arguments), flush=True)
            done = _govtext(python, arguments, folder)
            if done:
                print(f"ended with {done}")
                return done
    print(f"{wheel.name} and {sdist.name} hold the same library; the wheel works without the clone")
    return 0


def build(root: Path) -> tuple[Path, Path]:
    """Wheel and sdist, built anew in build/dist with what is installed here."""
    dist = root / DIST
    shutil.rmtree(dist, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(root)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(dist.glob("*.whl")), next(dist.glob("*.tar.gz"))


def wheel_faults(wheel: Path, root: Path) -> list[str]:
    """Files of the library that the wheel lacks, and what it should not hold."""
    names = _files(wheel)
    library = {
        path.relative_to(root).as_posix()
        for path in (root / "govtext").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    lacks = [f"{wheel.name} lacks {name}" for name in sorted(library - names)]
    more = sorted(name for name in names if name.startswith(_FOREIGN))
    return lacks + [f"{wheel.name} holds {name}" for name in more]


def sdist_faults(wheel: Path, sdist: Path) -> list[str]:
    """Files of the library that the sdist lacks."""
    with tarfile.open(sdist) as archive:
        names = {each.name.partition("/")[2] for each in archive.getmembers()}
    return sorted(
        f"{sdist.name} lacks {name}"
        for name in _files(wheel)
        if name.startswith("govtext/") and name not in names
    )


def _files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def _environment(place: Path, wheel: Path, root: Path) -> Path:
    """Python of a new environment with the wheel, its dependencies at the versions of the lock."""
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [line.removesuffix("\\").strip() for line in lock if line[:1].isalpha()]
    (place / "pinned.txt").write_text("\n".join(pinned), encoding="utf-8")
    command: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run(
        [*command, "--constraint", place / "pinned.txt", f"{wheel}[study,export]"],
        check=True,
        env=_bare(),
    )
    return python


def _bare() -> dict[str, str]:
    """The environment without what would lead to this clone."""
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GOVTEXT"))
    }


def _uses(reports: Path, folder: Path) -> list[tuple[object, ...]]:
    tables, study, one = folder / "tables", folder / "study", min(reports.glob("*.txt"))
    uses: list[tuple[object, ...]] = [
        ("build", reports, "--out", tables),
        ("show", one, "--out", folder / "page.html"),
        ("export", tables, folder / "study.xlsx"),
        ("new", study),
        ("study", study),
    ]
    from govtext.cli import _parser

    if "site" in _parser().format_help():
        uses.append(("site", tables, "--out", folder / "site"))
    return uses


def _govtext(python: Path, arguments: tuple[object, ...], folder: Path) -> int:
    if arguments[0] == "study":  # with reports in it
        shutil.copytree(folder / "reports", folder / "study/reports", dirs_exist_ok=True)
    command = [str(python), "-m", "govtext", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=_bare(), stdout=subprocess.DEVNULL, check=False)
    return done.returncode
