"""The whole study anew: reports -> tables -> executed notebooks -> figures.

Two runs write the same bytes. A notebook sees neither the time, nor a reader's own Jupyter or
matplotlib settings, nor more than one thread of arithmetic; what it says is kept without
machine paths in warnings and metadata.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = ("data/processed", "figures", "build")
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

# What remains of a page when scripts, forms and frames are gone: prose, tables, pictures.
_TAGS = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s section small span strong sub "
    "summary sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    "*": ["class", "id", "style", "title"],
    "a": ["href"],
    "details": ["open"],
    "img": ["alt", "src", "width", "height"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_BOX = frozenset(
    "border border-bottom border-left border-radius border-right border-top margin margin-bottom "
    "margin-left margin-right margin-top max-height max-width min-width padding padding-left "
    "padding-right overflow-x overflow-y".split()
)
# The page must stand alone, so nothing is fetched: no script of require.js, MathJax or Mermaid.
_PAGE = """{% extends 'lab/index.html.j2' %}
{% block html_head_js_requirejs %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """The cell a notebook stopped at, counted among its code cells, and what it said."""

    cell: int
    message: str


def run(root: Path) -> int:
    """Exit status of the study made anew below `root`: 0, or 1 at the first thing that fails.

    data/processed, figures and build are deleted first: what stands there afterwards was made
    by this run.
    """
    from govtext.pipeline.build import build

    started = time.perf_counter()
    notebooks = sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    if not (root / "data/raw").is_dir():
        print(f"no folder data/raw in {root}: the study is run from a checkout of govtext")
        return 1
    for folder in MADE:
        if (root / folder).exists():
            shutil.rmtree(root / folder)
    print("Tables: data/raw -> data/processed")
    made = build(root / "data/raw", root / "data/processed")
    if other := os.environ.get("GOVTEXT_STUDY"):
        print(f"The notebooks read the study that GOVTEXT_STUDY names: {other}")
    print("Notebooks: notebooks -> build/notebooks")
    if not execute_all(notebooks, root / "build/notebooks"):
        return 1
    figures = len(list((root / "figures").glob("*.svg")))
    seconds = time.perf_counter() - started
    print(
        f"Done: {made.n_reports} reports read, {made.n_rejects} rejected, {made.n_ignored} other "
        f"files ignored; {made.n_quantities} numbers found; {len(notebooks)} notebooks executed; "
        f"{figures} figures written; {seconds:.0f} s."
    )
    return 0


def lab(root: Path) -> int:
    """Exit status of JupyterLab, opened on the notebooks and run until it is closed."""
    command = [sys.executable, "-m", "jupyterlab", str(root / "notebooks")]
    environment = {**os.environ, **_study_named()}
    try:
        return subprocess.run(command, check=False, env=environment).returncode
    except KeyboardInterrupt:  # the usual way to close it
        return 0


def execute_all(notebooks: list[Path], out: Path) -> bool:
    """Whether every notebook ran; each one's executed copy and page stand in `out`.

    Two run at a time where there are two processors: most of a short notebook is the start of its
    kernel. They begin and are written in order. The first failing cell ends it: its notebook is
    saved with the traceback and named, and those behind it are not written.
    """
    with _clean_environment() as environment, ThreadPoolExecutor(min(2, _processors())) as pool:
        tasks = [(path, pool.submit(_timed, path, environment)) for path in notebooks]
        for path, task in tasks:
            notebook, failure, seconds = task.result()
            copy = out / f"{path.stem.replace('_', '-', 1)}.ipynb"
            _write(notebook, copy)
            if failure is not None:
                print(f"FAILED {path.parent.name}/{path.name}, cell {failure.cell} of its code:")
                print(f"  {failure.message}")
                print(f"  as far as it came: {copy}")
                pool.shutdown(cancel_futures=True)
                return False
            _write_page(notebook, copy.with_suffix(".html"))
            print(f"  {_progress(path, notebook)}  {seconds:.1f} s")
    return True


def _timed(path: Path, environment: dict[str, str]) -> tuple[Any, Failure | None, float]:
    started = time.perf_counter()
    return *execute(path, environment), time.perf_counter() - started


def _processors() -> int:
    """Processors that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def execute(path: Path, environment: dict[str, str]) -> tuple[Any, Failure | None]:
    """A notebook with its outputs, and the cell it stopped at if one failed.

    It runs in its own folder, under this very Python, whatever kernels are installed.
    """
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal

    notebook = nbformat.read(path, as_version=4)
    _prepare(notebook)
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
    )
    failure = None
    try:
        client.execute(env=environment, cleanup_kc=True)
    except (CellControlSignal, RuntimeError) as error:  # a kernel that died is the latter
        failure = Failure(max(1, client.code_cells_executed), _said(notebook, error))
    _settle(notebook)
    return notebook, failure


def page(notebook: Any, title: str) -> str:
    """HTML of an executed notebook that stands alone, without scripts found in data."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(sanitize_html=True, embed_images=True, raw_template=_PAGE)
    exporter.register_filter("clean_html", sanitise)
    text, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}})
    return str(text)


def sanitise(html: Any) -> str:
    """Same HTML with nothing in it that runs or fetches: tags and styles of prose and tables."""
    import bleach
    from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer

    # A style sheet taken without its tag would be printed as text.
    bare = re.sub(
        r"<style\b[^>]{0,200}>.*?</style>", "", str(html), flags=re.DOTALL | re.IGNORECASE
    )
    styles = CSSSanitizer(allowed_css_properties=ALLOWED_CSS_PROPERTIES | _BOX)
    return str(
        bleach.clean(
            bare,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            protocols={"http", "https", "mailto", "data"},
            css_sanitizer=styles,
        )
    )


@contextmanager
def _clean_environment() -> Iterator[dict[str, str]]:
    with TemporaryDirectory(prefix="govtext-") as folder:
        yield {
            **os.environ,
            **_ONE_THREAD,
            **_study_named(),
            # A reader's own settings would change the figures and the cells.
            "IPYTHONDIR": str(Path(folder, "ipython")),
            "MPLCONFIGDIR": str(Path(folder, "matplotlib")),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            # Else a cell's name holds the number of its process.
            "IPYKERNEL_CELL_NAME": "cell",
        }


def _study_named() -> dict[str, str]:
    """GOVTEXT_STUDY in full, where it is set: notebooks run in their own folder."""
    named = os.environ.get("GOVTEXT_STUDY")
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
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    for output in outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}"
    return str(error) or type(error).__name__


def _write(notebook: Any, path: Path) -> None:
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def _write_page(notebook: Any, path: Path) -> None:
    path.write_text(page(notebook, path.stem), encoding="utf-8", newline="\n")
