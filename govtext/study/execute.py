"""Notebooks executed alike on every machine.

A notebook sees neither the time, nor a reader's own Jupyter or matplotlib settings, nor more than
one thread of arithmetic; what it says is kept without machine paths in warnings and metadata.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from govtext.core import disk
from govtext.pipeline import places
from govtext.show import figures
from govtext.study import page
from govtext.study.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SECONDS_A_CELL = 900

# Run before a notebook's first cell: warnings without the path and line they came from, and
# jieba, which logs how many seconds it took, silent.
_QUIET = (
    "import logging, warnings",
    "warnings.formatwarning = lambda message, kind, *_, **__: f'{kind.__name__}: {message}\\n'",
    "logging.getLogger('jieba').disabled = True",
    "del logging, warnings",
)
# Sums over several threads round differently from run to run.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_LANGUAGE = {"file_extension": ".py", "name": "python", "pygments_lexer": "ipython3"}


@dataclass(frozen=True, slots=True)
class Failure:
    """The cell a notebook stopped at, counted among its code cells, and what it said."""

    cell: int
    message: str


_Ran = tuple[Any, Failure | None, float]
"""Of a notebook: what came of it, where it failed, and how many seconds it took."""
PACKAGES = {
    "bleach": "bleach[css]", "ipykernel": "ipykernel", "jupyter_client": "jupyter-client",
    "nbclient": "nbclient", "nbconvert": "nbconvert", "nbformat": "nbformat",
}  # fmt: skip
"""What executes notebooks and makes pages of them, as imported and as installed: extra `study`."""


def demand_packages() -> None:
    """Nothing, where notebooks can be executed.

    Raises
    ------
    ModuleNotFoundError
        Naming what is missing and the command that installs it.
    """
    missing = [wanted for name, wanted in PACKAGES.items() if find_spec(name) is None]
    if missing:
        raise ModuleNotFoundError(
            "the notebooks need packages that are not installed here: "
            f"{sys.executable} -m pip install {' '.join(map(quote, missing))}"
        )


def execute_all(
    notebooks: Sequence[Path],
    out: Path,
    *,
    study: Path | None = None,
    done: Callable[[Path], None] | None = None,
) -> bool:
    """Whether every notebook ran; each one's executed copy and page stand whole in `out`.

    They load the study in the folder `study`, by default that of this very environment. `done` is
    told of each that stands.

    Two run at a time where there are two processors: most of a short notebook is the start of its
    kernel. They begin and are written in order. The first failing cell ends it: its notebook is
    saved with the traceback and named, and those behind it are not written. Where the run is
    stopped, the kernels are ended at once.
    """
    running = Running(len(notebooks))
    with (
        _clean_environment(study) as environment,
        ThreadPoolExecutor(min(2, processors())) as pool,
    ):
        tasks = [(path, pool.submit(_timed, path, environment, running)) for path in notebooks]
        try:
            for path, task in tasks:
                ran = task.result()
                page.describe(ran[0], figures.described(places.figures_of(str(study or ""))))
                if not _settled(path, copy_of(path, out), ran, running):
                    return False
                if done:
                    done(path)
        finally:  # also at Ctrl-C: a kernel would else be waited for
            pool.shutdown(wait=False, cancel_futures=True)
            running.stop()
    return True


def _settled(path: Path, copy: Path, ran: _Ran, running: Running) -> bool:
    """Whether a notebook ran to its end; what came of it is written and told."""
    notebook, failure, seconds = ran
    name = f"{path.parent.name}/{path.name}"
    try:
        if failure is not None:
            copy.with_suffix(".html").unlink(missing_ok=True)  # of a run before
        _write(notebook, copy)
        if failure is None:
            _write_page(notebook, copy.with_suffix(".html"))
    except OSError as error:
        running.say(f"FAILED {name}: what came of it could not be written to {copy.parent}:")
        running.say(f"  {error.strerror or error}")
        return False
    if failure is not None:
        running.say(f"FAILED {name}, cell {failure.cell} of its code:")
        running.say(f"  {failure.message}")
        running.say(f"  as far as it came: {copy}")
        return False
    running.done += 1
    running.say(f"  {_progress(path, notebook)}  {seconds:.1f} s")
    return True


def copy_of(notebook: Path, out: Path) -> Path:
    """Where the executed copy of a notebook lies; its page has the suffix .html."""
    return out / f"{notebook.stem.replace('_', '-', 1)}.ipynb"


def _timed(path: Path, environment: dict[str, str], running: Running) -> _Ran:
    started = time.perf_counter()
    return *execute(path, environment, running), time.perf_counter() - started


def processors() -> int:
    """Processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def execute(
    path: Path, environment: dict[str, str], running: Running
) -> tuple[Any, Failure | None]:
    """A notebook with its outputs, and the cell it stopped at if one failed.

    It runs in its own folder, under this very Python, whatever kernels are installed.
    """
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    _prepare(notebook)
    cells, begun = len(_code(notebook)), count(1)
    at = 0

    def begin(**_: Any) -> None:
        nonlocal at
        at = next(begun)
        running.at(path, at, cells)

    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True),
        transport_encryption="auto",
    )
    client = NotebookClient(
        notebook,
        km=manager,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=[f"--IPKernelApp.exec_lines={line}" for line in _QUIET],
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        timeout=SECONDS_A_CELL,
        on_cell_execute=begin,
    )
    running.add(manager)
    failure = None
    try:
        client.execute(env=environment, cleanup_kc=True)
    except Exception as error:  # noqa: BLE001 -- whatever a kernel dies of, its notebook is named
        failure = Failure(max(1, at), _said(notebook, error))
    running.ended(path)
    _settle(notebook)
    return notebook, failure


@contextmanager
def _clean_environment(study: Path | None = None) -> Iterator[dict[str, str]]:
    with TemporaryDirectory(prefix="govtext-") as folder:
        yield {
            **os.environ,
            **_ONE_THREAD,
            **study_named(study),
            # A reader's own settings would change the figures and the cells.
            "IPYTHONDIR": str(Path(folder, "ipython")),
            "MPLCONFIGDIR": str(Path(folder, "matplotlib")),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            # A bar says how fast a build was, which is another each time.
            "TQDM_DISABLE": "1",
            # Else a cell's name holds the number of its process.
            "IPYKERNEL_CELL_NAME": "cell",
        }


def study_named(study: Path | None = None) -> dict[str, str]:
    """GOVTEXT_STUDY in full, where one is given or set: notebooks run in their own folder."""
    named = study or os.environ.get("GOVTEXT_STUDY")
    return {"GOVTEXT_STUDY": str(Path(named).resolve())} if named else {}


def _prepare(notebook: Any) -> None:
    # Same names on every run, also where a notebook was stored without any.
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:03d}"
    notebook["nbformat_minor"] = max(5, notebook.nbformat_minor)


def _settle(notebook: Any) -> None:
    notebook["metadata"] = {"kernelspec": dict(_KERNEL), "language_info": dict(_LANGUAGE)}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


def _code(notebook: Any) -> list[Any]:
    return [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]


def _executed(notebook: Any) -> int:
    return sum(cell.execution_count is not None for cell in _code(notebook))


def _progress(path: Path, notebook: Any) -> str:
    return f"{path.stem}  {_executed(notebook)}/{len(_code(notebook))} cells"


def _said(notebook: Any, error: Exception) -> str:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    if isinstance(error, CellTimeoutError):
        return f"It took more than {SECONDS_A_CELL:,} seconds."
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    for output in outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}"
    if isinstance(error, DeadKernelError):
        return "Its process died: it may have taken all memory, or ended itself."
    return f"{type(error).__name__}: {error}"


def _write(notebook: Any, path: Path) -> None:
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    disk.write(path, nbformat.writes(notebook).rstrip("\n") + "\n")


def _write_page(notebook: Any, path: Path) -> None:
    disk.write(path, page.page(notebook, path.stem))
