"""A function on a file in a process of its own, with limits on time and memory.

A file that hangs its reader, takes all memory or breaks it down costs one file: its process is
ended, and the next file gets a new one. The processes are plain subprocesses and not those of
`multiprocessing`, which runs the caller's script anew in each of them (a short script or a
notebook is not written for that), or copies a process with threads, which may then hang.
"""

from __future__ import annotations

# ruff: noqa: S301 -- what is unpickled comes from this very program
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from itertools import islice
from multiprocessing.spawn import get_executable
from typing import TYPE_CHECKING, Any, Self

from govtext.core.model import UnreadableReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SECONDS = 12.0
"""Most processor time that reading a file may take; a report of plain text takes 0.1. Time by the
clock would reject on a busy machine, or with many workers, what is read on an idle one."""
_WAIT = 4
"""Times as long that it may take by the clock. Windows, which limits no processor time, has 1."""
_FILES = 500
"""Files that a process reads before a new one takes its place, so that no leak adds up."""
_AHEAD = 2
"""Results a process may be ahead of the one that is waited for: memory stays flat."""

_BOOT = """
import os, sys
requests = os.fdopen(os.dup(0), "rb")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
import pickle
sys.path[:] = pickle.load(requests)
from govtext.pipeline.inside import serve
serve(requests)
"""


class Workers:
    """Processes that run functions with limits; they start when needed and stay for what follows.

    Parameters
    ----------
    number : int, default 1
        How many `map` uses at the same time.
    """

    def __init__(self, number: int = 1) -> None:
        self._number = number
        self._all: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._stopped = False
        self._threads: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Nothing is started before there is something to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every process."""
        self.stop()

    def run(
        self, function: Callable[..., Any], *arguments: object, seconds: float = SECONDS
    ) -> Any:
        """What a function gives, or an exception as it raises it.

        Parameters
        ----------
        function : callable
            A function of a module, which the process imports.
        *arguments
            What it is called with; they and its result are pickled.
        seconds : float
            Most processor time that it may take.

        Raises
        ------
        UnreadableReport
            With cause ``too_slow``, ``too_much_memory``, ``too_large`` or ``crashed`` where it
            did not come to an end within the sandbox.
        """
        worker = self._take()
        try:
            result, refusal, fault = worker.ask((function, arguments, seconds), seconds)
        except BaseException:  # also an interrupt: what it still works at is no longer asked for
            self._drop(worker)
            raise
        self._give_back(worker)
        if refusal is not None:
            raise UnreadableReport(*refusal)
        if fault is not None:
            raise fault
        return result

    def map(
        self, function: Callable[[Any], Any], items: Iterable[Any], *, seconds: float = SECONDS
    ) -> Iterator[Any]:
        """What a function gives for each item, in order; `number` of them are worked at at once.

        Returns
        -------
        iterator
            Results; where there is none, the exception that `run` raised. The first items are
            begun at once, and the others as results are taken.
        """
        rest = iter(items)
        waiting: deque[Future[Any]] = deque()

        def begin(most: int) -> None:
            for item in islice(rest, most):
                waiting.append(self._start(self._attempt, function, item, seconds))

        def results() -> Iterator[Any]:
            try:
                while waiting:
                    yield waiting.popleft().result()
                    begin(1)
            finally:
                for each in waiting:
                    each.cancel()

        begin((1 + _AHEAD) * self._number)
        return results()

    def submit(
        self, function: Callable[..., Any], *arguments: object, seconds: float = SECONDS
    ) -> Future[Any]:
        """What `run` will give when a process is free for it; what `map` was given goes first."""
        return self._start(partial(self.run, function, *arguments, seconds=seconds))

    def _start(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Begin in one of as many threads as there are processes: each waits for one of them."""
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self._number)
            return self._threads.submit(function, *arguments)

    def _attempt(self, function: Callable[[Any], Any], item: Any, seconds: float) -> Any:
        try:
            return self.run(function, item, seconds=seconds)
        except Exception as error:  # noqa: BLE001 -- one item must never end the run of a thousand
            return error

    def stop(self) -> None:
        """End every process, also in the midst of its work; none is started any more."""
        with self._lock:
            self._stopped = True
            if self._threads is not None:
                self._threads.shutdown(wait=False, cancel_futures=True)
            for worker in self._all:
                worker.kill()
            for worker in self._idle:
                worker.close()

    def _take(self) -> _Worker:
        with self._lock:
            if self._stopped:
                raise RuntimeError("the workers have been stopped")
            if self._idle:
                return self._idle.pop()
            worker = _Worker()
            self._all.add(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        if worker.ended or worker.asked >= _FILES:
            self._drop(worker)
        else:
            with self._lock:
                self._idle.append(worker)

    def _drop(self, worker: _Worker) -> None:
        worker.close()
        with self._lock:
            self._all.discard(worker)


def run(function: Callable[..., Any], *arguments: object, seconds: float = SECONDS) -> Any:
    """What a function gives within the limits; see `Workers.run`. The process stays for the next.

    It ends with this one, however that ends: nothing more can come to it then.
    """
    return _own_workers(os.getpid()).run(function, *arguments, seconds=seconds)


@cache
def _own_workers(pid: int) -> Workers:  # noqa: ARG001 -- a copy of this process has its own
    return Workers()


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        self.asked = 0
        self.ended = False
        self._process = subprocess.Popen(
            # -P: a file beside the reports must not pass for a module.
            [get_executable(), "-P", "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Apart, so that Ctrl-C reaches this process alone, which then ends the other.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def ask(self, request: tuple[Any, ...], seconds: float) -> tuple[Any, Any, Any]:
        """Result, refusal and fault; two of them are None. The process has ended if it failed."""
        longest = seconds * _WAIT if hasattr(signal, "setitimer") else seconds
        slow = threading.Event()

        def expire() -> None:
            slow.set()
            self.kill()

        timer = threading.Timer(longest, expire)
        timer.start()
        try:
            answer = self._exchange(request)
        finally:
            timer.cancel()
            timer.join()  # it may be at work this moment
        if slow.is_set():
            return None, _too_slow(longest), None
        if answer is None:
            self.kill()
            end = self._end()
            broke = "crashed", f"The process that read it broke down ({end})."
            return None, _too_slow(seconds) if end == "SIGPROF" else broke, None
        found: tuple[Any, Any, Any] = pickle.loads(answer)
        if found[1] is not None and found[1][0] == "too_much_memory":
            self.kill()  # what is left of it cannot be relied on
        return found

    def kill(self) -> None:
        """End the process and what it has started, whatever it is at."""
        self.ended = True
        if self._process.poll() is None:
            if hasattr(os, "killpg"):
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()

    def close(self) -> None:
        """End the process, and let go of what the system keeps for it."""
        self.kill()
        with suppress(OSError, subprocess.TimeoutExpired):
            self._process.communicate(timeout=1)

    def _exchange(self, request: tuple[Any, ...]) -> bytes | None:
        """Answer to a request, None where the process ends before it has answered."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        try:
            if not self.asked:
                pickle.dump(sys.path, requests)
            self.asked += 1
            pickle.dump(request, requests)
            requests.flush()
            length = int.from_bytes(answers.read(8))
            answer = answers.read(length)
        except OSError:
            return None
        return answer if answer and len(answer) == length else None

    def _end(self) -> str:
        code = self._process.wait()
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"status {code}"


def _too_slow(seconds: float) -> tuple[str, str]:
    return "too_slow", f"Reading it took more than {seconds:g} seconds; --seconds N allows N."
