"""What is installed: requirements.lock and environment.yml in step with pyproject.toml.

Nothing but Python is needed here, so that a lock that cannot be installed can still be replaced.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

STAMP = "# pyproject.toml sha256: "
_NOT_ON_CONDA = ("zhplot",)
_CONDA_NAMES = {"bleach[css]": "bleach-with-css", "jupyter-client": "jupyter_client"}
_ENVIRONMENT = """\
# Made from pyproject.toml by `make environment`: change it there.
name: govtext
channels:
  - conda-forge
dependencies:
{conda}
  - pip:
{pip}
"""


def fingerprint(root: Path) -> str:
    """SHA-256 of what pyproject.toml asks to be installed, in hexadecimal."""
    pyproject = _pyproject(root)
    project = pyproject["project"]
    asked = {
        "build": pyproject["build-system"]["requires"],
        "python": project["requires-python"],
        "core": project["dependencies"],
        "extras": project["optional-dependencies"],
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def environment(root: Path) -> str:
    """Text of environment.yml: the library, the study and the exports by their conda-forge names.

    What conda-forge lacks, and govtext itself, stand in the `pip:` block.
    """
    project = _pyproject(root)["project"]
    extras = project["optional-dependencies"]
    asked = {*project["dependencies"], *extras["study"], *extras["export"]}
    pip = sorted(one for one in asked if one.startswith(_NOT_ON_CONDA))
    conda = ["python=3.11", "pip", *sorted(_conda(one) for one in asked.difference(pip))]
    return _ENVIRONMENT.format(
        conda="\n".join(f"  - {one}" for one in conda),
        pip="\n".join(f"      - {one}" for one in [*pip, "-e ."]),
    )


def write_environment(root: Path) -> int:
    """0; environment.yml says what pyproject.toml says."""
    (root / "environment.yml").write_text(environment(root), encoding="utf-8", newline="\n")
    return 0


def stamp(root: Path) -> int:
    """0; requirements.lock names what it was made from."""
    path = root / "requirements.lock"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(STAMP)]
    text = "".join([STAMP + fingerprint(root) + "\n", *kept])
    path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _pyproject(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def _conda(requirement: str) -> str:
    name = re.split("[<>=!~; ]", requirement, maxsplit=1)[0]
    return _CONDA_NAMES.get(name, name) + requirement[len(name) :]
