"""Runs what a page shows: its Python in one namespace, its shell lines, in a folder of reports.

A block ```python is run, a block ```text behind it is what it prints, to the character. A block
```sh is run by the shell of the system, with `govtext` and `python` on its path. What is only shown
is a block of another kind (```console, ```toml). Around it stand `my-reports`, the reports of this
repository, and `data`, its study.

`python -m tests.doc_examples PAGE...` writes into the pages what their blocks print.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"^```(python|sh)\n(.*?)^```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL | re.MULTILINE
)
_WIDE = ("display.width", 100, "display.max_columns", 12, "display.unicode.east_asian_width", True)


def pages() -> list[Path]:
    """Pages with examples: the READMEs and the documentation."""
    return [*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/**/*.md"))]


def examples(page: Path) -> list[re.Match[str]]:
    """Blocks of a page that are run; of a README the Python, for its commands set up a machine."""
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [each for each in found if each[1] == "python" or page.parent != ROOT]


def run(page: Path) -> Iterator[tuple[re.Match[str], str]]:
    """Each block with what it prints."""
    names: dict[str, object] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as name, pd.option_context(*_WIDE):
        folder = Path(name)
        shutil.copytree(ROOT / "data/raw", folder / "my-reports")
        (folder / "my-reports/manifest.csv").unlink()
        shutil.copytree(ROOT / "data/raw", folder / "data/raw")
        shutil.copytree(ROOT / "data/processed", folder / "data/processed")
        with chdir(folder):
            for block in examples(page):
                yield block, _printed(block, page, names)


def _printed(block: re.Match[str], page: Path, names: dict[str, object]) -> str:
    if block[1] == "sh":
        return _shell(block[2])
    said = io.StringIO()
    line = block.string[: block.start(2)].count("\n")
    with redirect_stdout(said):
        exec(compile("\n" * line + block[2], str(page), "exec"), names)
    return said.getvalue()


def _shell(lines: str) -> str:
    folder = Path.cwd() / ".bin"
    folder.mkdir(exist_ok=True)
    for name, module in (("govtext", " -m govtext"), ("python", "")):
        command = folder / name
        line = f'#!/bin/sh\nexec "{sys.executable}"{module} "$@"\n'
        command.write_text(line, encoding="utf-8")
        command.chmod(0o755)
    paths = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-e", "-c", lines],
        env={**os.environ, **paths},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{lines} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def write(page: Path) -> None:
    """Nothing; behind every Python block of the page that prints stands what it prints."""
    text = page.read_text(encoding="utf-8")
    for block, said in reversed(list(run(page))):
        shown = f"```{block[1]}\n{block[2]}```\n"
        if block[1] == "python" and said:
            shown += f"\n```text\n{plain(said)}\n```\n"
        text = text[: block.start()] + shown + text[block.end() :]
    page.write_text(text, encoding="utf-8", newline="\n")


def plain(said: str) -> str:
    """What was printed, without blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in said.strip("\n").splitlines())


if __name__ == "__main__":
    for given in sys.argv[1:]:
        write(Path(given).resolve())
