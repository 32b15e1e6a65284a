"""What must hold before a change lands: each check prints one line, and all of them run."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.pipeline.places import notebooks
from tools import codebook_page, crate, lock, moved, performance_page, readme, reference_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"
# Tools of the lock file, each run by this very Python.
_TOOLS = {
    "lint": ("-m", "ruff", "check", "--output-format=concise", "--quiet"),
    "format": ("-m", "ruff", "format", "--check", "--output-format=concise"),
    "types": ("-m", "mypy", "--no-error-summary"),
    "import arrows": ("-c", _LINT_IMPORTS),
    "dependencies": ("-m", "deptry", ".", "--no-ansi"),
}
PICTURES = "build/check"
"""Where a figure that moved is shown as it was, as it is, and what differs."""
_LINES_SHOWN, _WIDTH_SHOWN = 25, 200
# A literal that leads out of the notebook to a place of one machine.
_PLACE = re.compile(r"\.\.[/\\]|^[/~][/\w.]|^[A-Za-z]:[/\\]|/(?:home|Users)/")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: nothing to complain of, or sentences; and a note where one is due."""

    faults: tuple[str, ...] = ()
    note: str = ""


def run(root: Path) -> int:
    """Exit status of all checks on the checkout at `root`: 0, or 1 if one failed."""
    failed = 0
    for name, check in _checks(root).items():
        verdict = check()
        failed += bool(verdict.faults)
        note = f" ({verdict.note})" if verdict.note else ""
        print(f"{'FAILED' if verdict.faults else 'ok    '}  {name}{note}", flush=True)
        for fault in verdict.faults:
            print(f"        {fault}")
    print(f"{failed} of {len(_checks(root))} checks failed" if failed else "all checks passed")
    return int(failed > 0)


def check_lock(root: Path) -> Verdict:
    """Whether requirements.lock was made from what pyproject.toml asks for today."""
    first, *_ = (root / "requirements.lock").read_text(encoding="utf-8").splitlines() or [""]
    if first == lock.STAMP + lock.fingerprint(root):
        return Verdict()
    return Verdict(("pyproject.toml asks for other packages than the lock holds: make lock",))


def check_environment(root: Path) -> Verdict:
    """Whether environment.yml says what pyproject.toml says."""
    path = root / "environment.yml"
    if path.is_file() and path.read_text(encoding="utf-8") == lock.environment(root):
        return Verdict()
    return Verdict(("environment.yml differs from pyproject.toml: make environment",))


def check_codebook(root: Path) -> Verdict:
    """Whether docs/codebook.md, also in Chinese, says what the rules say."""
    return _in_step(codebook_page.pages(root), "the rules", "codebook")


def check_performance(root: Path) -> Verdict:
    """Whether docs/performance.md says what the kept figures of the benchmarks say."""
    path = root / performance_page.PLACE
    text = performance_page.page(performance_page.kept(root))
    return _in_step({path: text}, performance_page.RESULTS, "performance")


def check_readme(root: Path) -> Verdict:
    """Whether the READMEs and docs/accuracy.md say what is measured, drawn and shipped."""
    return _in_step(readme.pages(root), "what is measured", "readme")


def check_crate(root: Path) -> Verdict:
    """Whether ro-crate-metadata.json says what the repository holds."""
    return _in_step({root / crate.PLACE: crate.text(root)}, "the repository", "crate")


def check_reference(root: Path) -> Verdict:
    """Whether the pages of the public functions have all of them."""
    return _in_step(reference_page.pages(root), "what is public", "reference")


def check_notebooks(root: Path) -> Verdict:
    """Whether notebooks are stored without outputs, definitions and places of one machine."""
    folders = root / "notebooks", root / "govtext/study/files/notebooks"
    paths = [path for folder in folders for path in notebooks(folder)]
    numbers = Counter((path.parent, path.name[:2]) for path in paths)
    more = {number: n for (_, number), n in numbers.items() if n > 1}
    twice = [f"{n} notebooks have the number {number}" for number, n in more.items()]
    return Verdict((*twice, *(fault for path in paths for fault in notebook_faults(path))))


def notebook_faults(path: Path) -> Iterator[str]:
    """One sentence for each thing that does not belong into a stored notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        where = f"{path.name}, code cell {number}"
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield f"{where}, is stored with its output: clear it"
        try:
            tree = ast.parse("".join(cell["source"]))
        except SyntaxError as error:
            yield f"{where}, is not plain Python: {error.msg}"
            continue
        yield from (f"{where}, {fault}" for fault in _code_faults(tree))


def check_raw(root: Path) -> Verdict:
    """Whether every report of data/raw has the bytes that manifest.csv records."""
    from govtext.pipeline import manifest

    return Verdict(tuple(manifest.check(root / "data/raw")))


def check_committed(root: Path) -> Verdict:
    """Whether data/processed and figures, as they stand, are what is committed.

    Needs git and a commit; without them it says so and finds no fault.
    """
    if _git(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        return Verdict(note="no git history here: nothing to compare with")
    if not (root / "build/notebooks").is_dir():
        return Verdict(note="not built since the checkout: `make study` first compares more")
    status = _git(
        root,
        "status",
        "--porcelain",
        "--untracked-files=all",
        "--no-renames",
        "-z",
        "data/processed",
        "figures",
    )
    lines = [line for line in (status or b"").decode().split("\0") if line]
    return Verdict(tuple(said for line in lines for said in _moved(root, line[:2], line[3:])))


def _checks(root: Path) -> dict[str, Callable[[], Verdict]]:
    def tool(command: tuple[str, ...]) -> Callable[[], Verdict]:
        return lambda: _run_tool(root, command)

    return {
        **{name: tool(command) for name, command in _TOOLS.items()},
        "requirements.lock in step with pyproject.toml": lambda: check_lock(root),
        "environment.yml in step with pyproject.toml": lambda: check_environment(root),
        "docs/codebook.md in step with the rules": lambda: check_codebook(root),
        "docs/performance.md in step with the benchmarks": lambda: check_performance(root),
        "READMEs in step with what is measured": lambda: check_readme(root),
        "the reference has every public name": lambda: check_reference(root),
        "ro-crate-metadata.json in step": lambda: check_crate(root),
        "notebooks stored empty and plain": lambda: check_notebooks(root),
        "data/raw as recorded": lambda: check_raw(root),
        "data and figures as committed": lambda: check_committed(root),
    }


def _in_step(pages: dict[Path, str], source: str, chore: str) -> Verdict:
    """A sentence for each page that does not say what it should."""
    faults = [
        f"{path.name} differs from {source}: python -m tools {chore}"
        for path, text in pages.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    return Verdict(tuple(faults))


def _run_tool(root: Path, command: tuple[str, ...]) -> Verdict:
    done = subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return Verdict()
    lines = [line.rstrip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    more = [f"... and {len(lines) - _LINES_SHOWN} lines more"] if lines[_LINES_SHOWN:] else []
    shown = [line[:_WIDTH_SHOWN] for line in lines[:_LINES_SHOWN]] + more
    return Verdict(tuple(shown) or (f"ended with {done.returncode}",))


def _code_faults(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"defines {node.name}: that belongs into the library"
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and _PLACE.search(value):
            yield f"names the place {value!r}"


def _git(root: Path, *arguments: str) -> bytes | None:
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _moved(root: Path, state: str, path: str) -> Iterator[str]:
    """What moved in a file: of a table also which rows, of a figure a picture of it."""
    old = _git(root, "show", f"HEAD:{path}")
    if "D" in state:
        yield f"{path}: committed, and not made"
    elif old is None:
        yield f"{path}: made, and not committed"
    elif path.endswith((".parquet", ".csv")):
        before, after = (moved.table(path, data) for data in (old, (root / path).read_bytes()))
        yield f"{path}: {moved.difference(before, after)}"
        yield from (f"    {line}" for line in moved.changes(before, after))
    elif path.endswith(".png"):
        place = root / PICTURES / Path(path).name
        if moved.picture(old, (root / path).read_bytes(), place):
            yield f"{path}: drawn otherwise, see {place.relative_to(root).as_posix()}"
        else:
            yield f"{path}: looks the same, in other bytes"
    else:
        yield f"{path}: other bytes"
