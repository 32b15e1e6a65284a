"""Notebooks that are being executed: how far each is, and their kernels, which can be stopped."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from govtext.pipeline import progress

if TYPE_CHECKING:
    from pathlib import Path


class Stopped(RuntimeError):
    """The run was stopped before a cell."""


class Running:
    """What is being executed, told cell by cell: on a terminal one line, in a log one a minute.

    Parameters
    ----------
    total : int
        Notebooks to execute.
    """

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self._cells: dict[str, str] = {}
        self._kernels: list[Any] = []
        self._stopped = False
        self._lock = threading.Lock()
        self._display = progress.lines()

    def at(self, path: Path, cell: int, cells: int) -> None:
        """Tell that a notebook begins a code cell of so many.

        Raises
        ------
        Stopped
            If nothing is to be executed any more.
        """
        if self._stopped:
            raise Stopped
        with self._lock:
            self._cells[path.stem] = f"{path.stem} {cell}/{cells}"
            self._display.show(self)

    def ended(self, path: Path) -> None:
        """Tell that a notebook runs no more."""
        with self._lock:
            self._cells.pop(path.stem, None)

    def say(self, line: str) -> None:
        """Tell a line."""
        with self._lock:
            self._display.say(line)

    def __str__(self) -> str:
        """The state in one line."""
        now = ", ".join(self._cells.values())
        return f"  {self.done} of {self.total} notebooks, {now}"

    def add(self, manager: Any) -> None:
        """Know the manager of a kernel that will run."""
        self._kernels.append(manager)

    def stop(self) -> None:
        """End every kernel, also in the midst of a cell; none begins another."""
        self._stopped = True
        with self._lock:
            self._display.end()
        for manager in self._kernels:
            process = getattr(manager.provisioner, "process", None)
            if process is not None:
                with suppress(OSError):
                    process.kill()
