"""`make docs`: the documentation as pages in build/docs, by Sphinx and without the network."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SOURCE, PLACE = "docs", "build/docs"


def write(root: Path) -> int:
    """Exit status of Sphinx; a warning, such as a link that leads nowhere, is an error."""
    # No page holds a time of its own.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "PYTHONPATH": str(root)}
    command = [
        sys.executable, "-m", "sphinx", "-b", "html", "-n", "-W", "--keep-going", "-q",
        "-d", str(root / "build/doctrees"), str(root / SOURCE), str(root / PLACE),
    ]  # fmt: skip
    status = subprocess.run(command, check=False, env=environment).returncode
    if status == 0:
        print(f"Documentation: {PLACE}/index.html")
    return status
