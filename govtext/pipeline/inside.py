"""What a process of the sandbox does: one request after another, within its limits."""

from __future__ import annotations

# ruff: noqa: S301 -- what is unpickled comes from this very program
import gc
import os
import pickle
import signal
import sys
import traceback
from contextlib import suppress
from importlib.abc import MetaPathFinder
from typing import IO, TYPE_CHECKING, Any

from govtext.core.model import UnreadableReport
from govtext.read import limits

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = limits.raised(1_000_000_000)
"""Bytes of data that the process may hold, 120 million of them its own, where the system can limit
them: Linux does; macOS and Windows do not, and there only time and the readers' own caps hold."""
_OBJECTS = 50_000
"""Objects more than before at which cycles are looked for: what a report is read by has none."""
LARGEST_ANSWER = limits.raised(16_000_000)
"""Bytes of what was read from one file; a page of a report gives some 10,000."""


def serve(requests: IO[bytes]) -> None:
    """Work of such a process: answer one request after another until no more can come."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_memory()
    sys.meta_path.insert(0, _Without())
    gc.set_threshold(_OBJECTS)
    # Arrow's own pool would keep what the writing of a shard has taken for good.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    while True:
        try:
            function, arguments, seconds = pickle.load(requests)
        except EOFError:
            return
        _limit_time(seconds)
        answer = _answer(function, arguments)
        try:
            answers.write(len(answer).to_bytes(8) + answer)
            answers.flush()
        except OSError:  # nobody is there to hear it
            return


class _Without(MetaPathFinder):
    """Has no pandas be found: nothing that reads a file needs it.

    Arrow would else import it, to see whether a list is one of its: 0.3 seconds and 50 MB.
    """

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("a process that reads files has no pandas", name=name)


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    """Result, refusal and fault of a function, of which two are None."""
    try:
        answer = pickle.dumps((function(*arguments), None, None))
    except UnreadableReport as error:
        refusal = error.cause, error.message
    except MemoryError:
        refusal = (
            "too_much_memory",
            f"Reading it took more than {MEMORY:,} bytes of memory. {limits.more()}.",
        )
    except Exception as error:  # noqa: BLE001 -- it is raised again where the result is asked for
        return pickle.dumps((None, None, _portable(error)))
    else:
        if len(answer) <= LARGEST_ANSWER:
            return answer
        much = f"{len(answer):,} bytes; {LARGEST_ANSWER:,} are kept"
        refusal = "too_large", f"What was read from it takes {much}. {limits.more()}."
    return pickle.dumps((None, refusal, None))


def _portable(error: Exception) -> Exception:
    """Exception with its traceback as a note; one of another kind where it cannot be pickled."""
    trace = traceback.format_exc()
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 -- whatever an exception of a library does there
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(trace)
    return error


def _limit_memory() -> None:
    """Let no more data be held than `MEMORY`, and no image of a broken process be written."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):  # a system that does not limit it, or limits it more
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _limit_time(seconds: float) -> None:
    """Have the system end this process after so much work, also where nobody waits for it."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
