"""How far a build is: a line that is rewritten, one a minute in a log, a bar in a notebook."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Protocol

from govtext.core.letters import visible

Say = Callable[[str], None]
_EVERY_LINE, _EVERY_LOG = 0.2, 60.0
"""Seconds between two states of a line that is rewritten, and between two lines of a log."""
_NAMED = 20
"""Rejects that are named as they come; the table of rejects names them all."""


class _Display(Protocol):
    """Where the state of a build is shown."""

    def say(self, line: str) -> None: ...
    def show(self, progress: Progress) -> None: ...
    def end(self) -> None: ...


class Progress:
    """What was done of so many files, shown as it suits where this runs.

    Parameters
    ----------
    say : callable, optional
        Takes lines for a person, as a log does. Else they are printed: on a terminal with a last
        line that is rewritten, in a notebook with a bar.
    """

    def __init__(self, say: Say | None = None) -> None:
        self._display: _Display = _Log(say) if say else _suitable()
        self.total = self.done = self.rejects = self.read = 0
        self._start = time.monotonic()

    @contextmanager
    def of(self, total: int, left: int) -> Iterator[None]:
        """Count files of so many, of which so many are left; told what is kept where that ends."""
        self.total, self.done = total, total - left
        self._start = time.monotonic()
        known = f"; {self.done:,} are as they were" if self.done else ""
        self.say(f"{left:,} files to read{known}")
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            self._display.end()
            self.say(
                f"Stopped with {self.done:,} of {total:,} files read. "
                "They are kept: the same command goes on from here."
            )
            raise
        finally:
            self._display.end()

    def say(self, line: str) -> None:
        """Tell a line; what would steer a terminal is shown as what it is."""
        self._display.say(visible(line))

    def file(self, entry: dict[str, Any]) -> None:
        """Count a file by what is told of it."""
        self.done += 1
        self.read += 1
        if "cause" in entry:
            self.reject(entry["path"], entry["message"])
        self._display.show(self)

    def reject(self, path: str, message: str) -> None:
        """Count what gave no report, and name it unless there are too many."""
        self.rejects += 1
        if self.rejects <= _NAMED:
            self.say(f"  {path}: rejected. {message}")
        elif self.rejects == _NAMED + 1:
            self.say("  More is rejected; the table of rejects names all.")

    @property
    def rate(self) -> float:
        """Files read a second."""
        return self.read / max(time.monotonic() - self._start, 1e-9)

    def __str__(self) -> str:
        """The state in one line."""
        left = (self.total - self.done) / self.rate if self.rate else 0
        return (
            f"{self.done:,} of {self.total:,} files, {self.rate:.1f} a second, "
            f"{_duration(left)} left, {self.rejects:,} rejected"
        )


class _Log:
    """Lines one below the other, the state once a minute."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self._next = time.monotonic() + _EVERY_LOG

    def show(self, progress: Progress) -> None:
        if time.monotonic() >= self._next:
            self.say(str(progress))
            self._next = time.monotonic() + _EVERY_LOG

    def end(self) -> None:
        pass


class _Line:
    """A terminal, whose last line has the state and is rewritten."""

    def __init__(self) -> None:
        self._next = 0.0
        self._width = 0

    def say(self, line: str) -> None:
        self.end()
        print(line)

    def show(self, progress: Progress) -> None:
        if time.monotonic() >= self._next or progress.done == progress.total:
            self._rewrite(str(progress))
            self._next = time.monotonic() + _EVERY_LINE

    def end(self) -> None:
        if self._width:
            self._rewrite("")
            print(end="\r", flush=True)

    def _rewrite(self, text: str) -> None:
        print("\r" + text.ljust(self._width), end="", flush=True)
        self._width = len(text)


class _Bar:
    """A bar in a notebook; TQDM_DISABLE leaves it out, where a notebook must come out the same."""

    def __init__(self) -> None:
        self._bar: Any = None

    def say(self, line: str) -> None:
        print(line)

    def show(self, progress: Progress) -> None:
        from tqdm.auto import tqdm

        if self._bar is None:
            off = bool(os.environ.get("TQDM_DISABLE"))
            before = progress.done - progress.read
            self._bar = tqdm(total=progress.total, initial=before, unit="file", disable=off)
        self._bar.set_postfix(rejected=progress.rejects, refresh=False)
        self._bar.update(progress.done - self._bar.n)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _suitable() -> _Display:
    """What suits where this runs: a notebook, a terminal, or anything else."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if type(shell).__name__ == "ZMQInteractiveShell" and find_spec("tqdm"):
        return _Bar()
    return _Line() if sys.stdout.isatty() else _Log(print)


def _duration(seconds: float) -> str:
    """Seconds as a person says them: 45 s, 12 min, 3 h 20 min."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
