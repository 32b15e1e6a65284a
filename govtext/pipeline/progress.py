"""How far a build or an analysis is: a line that is rewritten, one a minute in a log, a bar."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Protocol, Self, TypeVar

from govtext.core.letters import visible

Say = Callable[[str], None]
_Item = TypeVar("_Item")
_EVERY_LINE, _EVERY_LOG = 0.2, 60.0
"""Seconds between two states of a line that is rewritten, and between two lines of a log."""
_NAMED = 20
"""Rejects that are named as they come; the table of rejects names them all."""


class State(Protocol):
    """How far something is, which is told as a line."""

    done: int
    total: int


class _State(State, Protocol):
    """What was done of a total, `read` of it in this run; `said` is told beside."""

    what: str
    unit: str
    read: int

    @property
    def said(self) -> dict[str, int]: ...


class _Lines(Protocol):
    """Where a state is shown as lines."""

    def say(self, line: str) -> None: ...
    def show(self, state: State) -> None: ...
    def end(self) -> None: ...


class _Display(Protocol):
    """Where a state is shown."""

    def say(self, line: str) -> None: ...
    def show(self, state: _State) -> None: ...
    def end(self) -> None: ...


class Progress:
    """What was done of so many files, shown as it suits where this runs.

    Parameters
    ----------
    say : callable, optional
        Takes lines for a person, as a log does. Else they are printed: on a terminal with a last
        line that is rewritten, in a notebook with a bar.
    """

    what, unit = "", "file"

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
    def said(self) -> dict[str, int]:
        """How many files were rejected."""
        return {"rejected": self.rejects}

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


class Steps:
    """Steps of a long analysis, shown as files of a build are; a log goes where errors go."""

    unit = "step"

    def __init__(self, what: str, total: int) -> None:
        self._display = _suitable(lambda line: print(line, file=sys.stderr))
        self.what, self.total = what, total
        self.done = self.read = 0
        self.said: dict[str, int] = {}
        self._start = time.monotonic()

    def __enter__(self) -> Self:
        """Itself, for `with`, at whose end what was shown is taken back."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what is shown."""
        self._display.end()

    def step(self) -> None:
        """Count a step that is done."""
        self.done = self.read = self.done + 1
        self._display.show(self)

    def __str__(self) -> str:
        """The state in one line."""
        left = (time.monotonic() - self._start) * (self.total - self.done) / max(self.done, 1)
        return f"{self.what}: {self.done:,} of {self.total:,}, {_duration(max(left, 0))} left"


def through(items: Iterable[_Item], what: str, total: int) -> Iterator[_Item]:
    """Go through so many items, showing how far it is; `what` names what is done to them."""
    with Steps(what, total) as steps:
        for item in items:
            yield item
            steps.step()


class _Log:
    """Lines one below the other, the state once a minute."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self._next = time.monotonic() + _EVERY_LOG

    def show(self, state: State) -> None:
        if time.monotonic() >= self._next:
            self.say(str(state))
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
        print(line, flush=True)

    def show(self, state: State) -> None:
        if time.monotonic() >= self._next or state.done == state.total:
            self._rewrite(str(state))
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

    def show(self, state: _State) -> None:
        from tqdm.auto import tqdm

        if self._bar is None:
            off = bool(os.environ.get("TQDM_DISABLE"))
            self._bar = tqdm(
                desc=state.what, total=state.total, initial=state.done - state.read,
                unit=state.unit, disable=off, leave=bool(state.said),
            )  # fmt: skip
        self._bar.set_postfix(**state.said, refresh=False)
        self._bar.update(state.done - self._bar.n)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def lines(say: Say | None = None) -> _Lines:
    """A line that is rewritten on a terminal, one a minute elsewhere."""
    return _Line() if sys.stdout.isatty() else _Log(say or _told)


def _told(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def _suitable(say: Say | None = None) -> _Display:
    """What suits where this runs: a notebook, a terminal, or anything else."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if type(shell).__name__ == "ZMQInteractiveShell" and find_spec("tqdm"):
        return _Bar()
    return lines(say)


def _duration(seconds: float) -> str:
    """Seconds as a person says them: 45 s, 12 min, 3 h 20 min."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
