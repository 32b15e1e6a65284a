"""A folder of files becomes the tables of a study, one file after another."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from govtext import __version__, corrections, rows, sources, tables
from govtext.assemble import read_file
from govtext.model import Reject, Report, UnreadableReport
from govtext.text import key

_BATCH = 64
"""Reports a batch: its borders follow the sorted paths, so the tables are always the same."""
_STAMP = "build.json"
Say = Callable[[str], None]


class _Task(NamedTuple):
    """A file to read, what it is called in the tables, and its row of the manifest."""

    path: Path
    report_id: str
    shown: str
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: every file found is a report, a reject, or ignored as litter.

    A line of `corrections.csv` that cannot be applied is counted as a reject too.
    """

    n_reports: int
    n_rejects: int
    n_ignored: int
    n_quantities: int

    def __str__(self) -> str:
        """One line for a person."""
        return (
            f"{self.n_reports:,} reports read, {self.n_rejects:,} rejected, "
            f"{self.n_ignored:,} files ignored, {self.n_quantities:,} numbers found"
        )


def build(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    workers: int = 1,
    *,
    fresh: bool = False,
    progress: Say = print,
) -> Summary:
    """Read every report in a folder and write the tables of the study.

    Parameters
    ----------
    source : path
        A folder, walked recursively, or one file. A `manifest.csv` in it overrides what is
        identified (columns file, issuer, year, province, prefecture, county, region_code). A
        `corrections.csv` in it is applied last (columns report, metric, applicant, value, who,
        why); a line that cannot be applied is one of the rejects.
    out : path
        Folder for the tables. They appear together when all is read; on an error what stood there
        before stays.
    workers : int, default 1
        Processes that read at the same time; the tables do not depend on it.
    fresh : bool, default False
        Read anew even where neither the files nor govtext have changed since the last build.
    progress : callable, default print
        Called with lines for a person.

    Returns
    -------
    Summary
        Counts of reports, rejects, ignored files and quantities.

    Raises
    ------
    FileNotFoundError
        If `source` does not exist.
    ValueError
        If `workers` is less than 1.
    """
    source, out = Path(source), Path(out)
    if not source.exists():
        raise FileNotFoundError(f"{source} does not exist: SOURCE is a folder of reports or a file")
    if workers < 1:
        raise ValueError(f"workers is {workers}; it must be 1 or more")
    own = out.resolve()
    found = [path for path in tables.walk(source) if own not in path.resolve().parents]
    paths = [path for path in found if not tables.is_litter(path)]
    root = source if source.is_dir() else source.parent
    stamp = sources.fingerprint(
        [*paths, root / "manifest.csv", root / corrections.NAME], root, __version__
    )
    done = _last_build(out, stamp)
    if done and not fresh:
        progress("Nothing has changed since the last build; --fresh reads everything anew.")
        return done
    tasks = _tasks(paths, root, progress)
    fixes = corrections.Corrections(root, whole=source.is_dir())
    with tables.Writer(out) as writer:
        counts = _write(writer, _corrected(_read_all(tasks, workers), fixes), len(tasks), progress)
    ignored = len(found) - len(paths)
    summary = Summary(counts["reports"], counts["rejects"], ignored, counts["quantities"])
    _remember(out, stamp, summary)
    return summary


def _tasks(paths: Iterable[Path], root: Path, progress: Say) -> list[_Task]:
    """What there is to read, in the order of the report ids, which is that of the tables."""
    manifest = tables.read_manifest(root)
    by_name = {sources.shown(path, root): path for path in paths}
    for fault in sources.manifest_faults(manifest, set(by_name)):
        progress(f"  {fault}")
    ids = sources.report_ids(by_name)
    return [
        _Task(by_name[name], ids[name], name, manifest.get(name, {}))
        for name in sorted(by_name, key=ids.__getitem__)
    ]


def _write(
    writer: tables.Writer,
    results: Iterator[Report | Reject],
    total: int,
    progress: Say,
) -> dict[str, int]:
    """Write batch after batch, and count the rows of each table."""
    counts = dict.fromkeys(tables.names(), 0)
    first: dict[str, str] = {}
    number = 0
    while batch := list(islice(results, _BATCH)):
        drawn: dict[str, list[dict[str, Any]]] = {name: [] for name in tables.names()}
        for result in batch:
            number += 1
            progress(_line(number, total, result))
            for name, more in _rows(result, first).items():
                drawn[name] += more
        writer.write(drawn)
        for name, more in drawn.items():
            counts[name] += len(more)
    return counts


def _line(number: int, total: int, result: Report | Reject) -> str:
    place = f"{number}/{total}  " if number <= total else ""  # a correction is no file
    if isinstance(result, Reject):
        return f"  {place}{result.path}: rejected. {result.message}"
    chars, found = len(result.document.text), len(result.quantities)
    return f"  {place}{result.path}: {chars:,} characters, {found} numbers"


def _read_all(tasks: list[_Task], workers: int) -> Iterator[Report | Reject]:
    """Reports and rejects in the order of the tasks."""
    if workers == 1 or len(tasks) < 2:
        yield from map(_attempt, tasks)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_attempt, tasks, chunksize=4)


def _corrected(
    results: Iterator[Report | Reject], fixes: corrections.Corrections
) -> Iterator[Report | Reject]:
    """Results with a scholar's corrections; behind them the lines that could not be applied."""
    for result in results:
        yield fixes.apply(result) if isinstance(result, Report) else result
    yield from fixes.rejects()


def _attempt(task: _Task) -> Report | Reject:
    """Report of a file, or the reject that says why there is none."""
    try:
        return read_file(task.path, task.report_id, task.shown, task.given)
    except UnreadableReport as error:
        return Reject(task.shown, error.cause, error.message)
    except Exception as error:  # noqa: BLE001 -- one file must never end the run of a thousand
        message = f"govtext failed on it: {type(error).__name__}: {error}."
        return Reject(task.shown, "failed", message)


def _remember(out: Path, stamp: str, summary: Summary) -> None:
    """Write down what was built of what, for the next build to see."""
    record = {"fingerprint": stamp, **{n: getattr(summary, n) for n in Summary.__slots__}}
    draft = out / f".{_STAMP}"
    draft.write_text(json.dumps(record) + "\n", encoding="utf-8")
    tables.publish(draft, out / _STAMP)


def _last_build(out: Path, stamp: str) -> Summary | None:
    """Summary of the last build if it was of the same files and all its tables are there."""
    try:
        record = json.loads((out / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    complete = all((out / f"{name}.parquet").is_file() for name in tables.names())
    if record.pop("fingerprint", None) != stamp or not complete:
        return None
    return Summary(**record)


def _rows(result: Report | Reject, first: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table for one file; `first` remembers which report had a text first."""
    if isinstance(result, Reject):
        return rows.reject_rows(result)
    label = hashlib.sha256(key(result.document.text).encode("utf-8", "replace")).hexdigest()
    original = first.setdefault(label, result.report_id) if result.document.text else ""
    return rows.report_rows(result, original if original not in ("", result.report_id) else None)
