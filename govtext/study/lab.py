"""JupyterLab as a reader of notebooks wants it: no prompt, no news, nothing from the network.

`python -m govtext.study.lab FOLDER` opens it on a folder. Its settings lie in a hidden folder
there, so that what a reader chose for other work stays as it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from govtext.show.frames import INTERACTIVE

_HIDDEN = ".lab"
_SETTINGS = {
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    "extensionmanager-extension/plugin": {"enabled": False},
}


def command(folder: Path) -> list[str]:
    """The command that opens JupyterLab on a folder; its settings stand when it has been given."""
    own = folder.resolve() / _HIDDEN
    for name, values in _SETTINGS.items():
        path = own / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        if not path.exists():  # what a reader has changed since stays
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")
    return [
        sys.executable, "-m", "jupyterlab", str(folder),
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        f"--LabApp.user_settings_dir={own / 'settings'}",
        f"--LabApp.workspaces_dir={own / 'workspaces'}",
    ]  # fmt: skip


def run(folder: Path, named: dict[str, str] | None = None) -> int:
    """Exit status of JupyterLab on a folder, run until it is closed.

    `named` are further variables of its environment, such as the study that notebooks load.
    """
    environment = {**os.environ, INTERACTIVE: "interactive", **(named or {})}
    try:
        return subprocess.run(command(folder), check=False, env=environment).returncode
    except KeyboardInterrupt:  # the usual way to close it
        return 0


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
