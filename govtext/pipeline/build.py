"""A folder of files becomes the tables of a study, one file after another."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from govtext import __version__
from govtext.core import rules as rule_files
from govtext.core.model import ANNUAL_REPORT, Reject, Report, UnreadableReport
from govtext.pipeline import corrections, duplicates, manifest, own, rows, sandbox, sources, tables
from govtext.pipeline.assemble import read_file

_BATCH = 64
"""Reports a batch: its borders follow the report ids, so the tables are always the same."""
_ROWS = 200_000
"""Rows that end a batch early: 64 reports have half as many, one hostile file may have more."""
_STAMP = "build.json"
_DOUBTFUL = "doubtful"
Say = Callable[[str], None]


class _Task(NamedTuple):
    """A file to read, what it is called in the tables, and what a scholar says of it."""

    path: Path
    report_id: str
    shown: str
    given: Mapping[str, str]
    fixes: tuple[corrections.Correction, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: every file found is a report, a reject, or ignored as litter.

    `n_unapplied` counts the lines of `corrections.csv` that could not be applied; they stand in
    the table of rejects too, but are no files. `kinds` says how many of the reports are no annual
    reports, kind by kind, and how many may be none.
    """

    n_reports: int
    n_rejects: int
    n_ignored: int
    n_quantities: int
    n_unapplied: int = 0
    kinds: str = ""

    def __str__(self) -> str:
        """One line for a person."""
        more = f", {self.n_unapplied:,} corrections not applied" if self.n_unapplied else ""
        return (
            f"{self.n_reports:,} reports read, {self.n_rejects:,} rejected, "
            f"{self.n_ignored:,} files ignored, {self.n_quantities:,} numbers found"
            f"{more}{self.kinds}"
        )


def build(  # noqa: PLR0913 -- each is a choice of the caller, all but three by name
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    workers: int = 1,
    *,
    fresh: bool = False,
    progress: Say = print,
    seconds: float = sandbox.SECONDS,
    rules: str | os.PathLike[str] | None = None,
) -> Summary:
    """Read every report in a folder and write the tables of the study.

    Parameters
    ----------
    source : path
        A folder, walked recursively, or one file. A `manifest.csv` in it overrides what is
        identified (columns file, issuer, year, province, prefecture, county, region_code, kind). A
        `corrections.csv` in it overrides what was read (columns report, metric, applicant, value,
        who, why), before findings are made; a line that cannot be applied is one of the rejects.
    out : path
        Folder for the tables. They appear together when all is read; on an error what stood there
        before stays.
    workers : int, default 1
        Processes that read at the same time; the tables do not depend on it.
    fresh : bool, default False
        Read anew even where neither the files nor govtext have changed since the last build.
    progress : callable, default print
        Called with lines for a person.
    seconds : float, default 12
        Most processor time that reading one file may take; one that takes more is a reject.
    rules : path, optional
        Folder of your own rules: terms, metrics, themes, stop words, names of bodies, which add to
        those of govtext. Else the folder `rules` beside the reports, where it holds CSV files.

    Returns
    -------
    Summary
        Counts of reports, rejects, ignored files and quantities.

    Raises
    ------
    FileNotFoundError
        If `source` or `rules` does not exist.
    RuleError
        If a row of your own rules is wrong, with its file and line and what is allowed.
    ValueError
        If `workers` is less than 1, or `out` is the folder of the reports itself.
    BlockingIOError
        If another build is writing to `out`.
    """
    source, out = Path(source), Path(out)
    if not source.exists():
        raise FileNotFoundError(f"{source} does not exist: SOURCE is a folder of reports or a file")
    if workers < 1:
        raise ValueError(f"workers is {workers}; it must be 1 or more")
    root = source if source.is_dir() else source.parent
    mine = own.read(Path(rules)) if rules is not None else own.beside(root)
    found = _found(source, out, Path(rules) if rules is not None else None)
    paths = [path for path in found if not sources.is_litter(path)]
    version = f"{__version__} {seconds:g} {mine.digest}"
    stamp = sources.fingerprint([*paths, *(root / name for name in sources.OWN)], root, version)
    done = _last_build(out, stamp)
    if done and not fresh:
        progress("Nothing has changed since the last build; --fresh reads everything anew.")
        return done
    for line in mine.replaced:
        progress(f"  {line}")
    with _alone(out), rule_files.using(mine.own):
        fixes = corrections.Corrections(root, whole=source.is_dir())
        tasks, twins = _tasks(paths, root, fixes, progress)
        with sandbox.Workers(min(workers, len(tasks) or 1)) as crew:
            read = chain(twins, _read_all(crew, tasks, seconds))
            counts, kinds = _made(out, _accounted(read, fixes), len(paths), progress)
        mine.write(out)
        unapplied = counts["reports"] + counts["rejects"] - len(paths)
        summary = Summary(
            counts["reports"],
            counts["rejects"] - unapplied,
            len(found) - len(paths),
            counts["quantities"],
            unapplied,
            _told(kinds),
        )
        _remember(out, stamp, summary)
    return summary


def _made(
    out: Path, results: Iterable[Report | Reject], total: int, progress: Say
) -> tuple[dict[str, int], Counter[str]]:
    """Make the tables of the results; how many rows each has, and of what kinds the reports are."""
    kinds: Counter[str] = Counter()
    with tables.Writer(out) as writer:
        counts = _write(writer, _tallied(results, kinds), total, progress)
        # From here on the tables may be of two builds, until all have their final names.
        (out / _STAMP).unlink(missing_ok=True)
    return counts, kinds


def _found(source: Path, out: Path, rules: Path | None) -> list[Path]:
    """All files there are, but for those in a folder of tables or of rules that lies among them.

    Raises
    ------
    ValueError
        If the tables would lie beside the reports: the next build could not tell them apart.
    """
    found = sources.walk(source)
    root = source.resolve()
    if source.is_dir() and out.resolve() == root:
        raise ValueError(f"{out} holds the reports; the tables need a folder of their own")
    if source.is_dir() and rules is not None and rules.resolve() == root:
        raise ValueError(f"{rules} holds the reports; the rules need a folder of their own")
    apart = {place.resolve() for place in (out, rules) if place and root in place.resolve().parents}
    if not apart:
        return found
    # A path is not resolved itself: it may be a link that leads to itself.
    return [path for path in found if apart.isdisjoint((root / path.relative_to(source)).parents)]


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep other builds from a folder, as far as the system can (not on Windows).

    What a build that was killed has left there is deleted.
    """
    out.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:
        yield
        return
    folder = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)  # it ends with this process
        except BlockingIOError:
            raise BlockingIOError(f"another build is writing to {out}") from None
        for draft in out.glob(".draft-*"):
            shutil.rmtree(draft, ignore_errors=True)
        yield
    finally:
        os.close(folder)


def _tasks(
    paths: list[Path], root: Path, fixes: corrections.Corrections, progress: Say
) -> tuple[list[_Task], list[Reject]]:
    """What there is to read, in the order of the report ids, which is that of the tables.

    Of two files whose names are written alike the second is a reject.
    """
    rows_given = manifest.read(root)
    by_name: dict[str, Path] = {}
    twins = []
    for path in paths:
        name = sources.shown(path, root)
        if by_name.setdefault(name, path) is not path:
            message = "Another file has the same name, once bytes that are not UTF-8 are written."
            twins.append(Reject(name, "not_opened", message))
    for fault in manifest.faults(rows_given, set(by_name)):
        progress(f"  {fault}")
    ids = sources.report_ids(by_name)
    order = sorted(by_name, key=ids.__getitem__)
    tasks = [
        _Task(
            by_name[each],
            ids[each],
            each,
            manifest.given(rows_given, each),
            fixes.of(ids[each], each),
        )
        for each in order
    ]
    return tasks, twins


def _write(
    writer: tables.Writer,
    results: Iterable[Report | Reject],
    total: int,
    progress: Say,
) -> dict[str, int]:
    """Write batch after batch, and count the rows of each table."""
    counts = dict.fromkeys(tables.names(), 0)
    drawn: dict[str, list[dict[str, Any]]] = {name: [] for name in counts}
    sketches: dict[str, bytes] = {}
    for number, result in enumerate(results, start=1):
        progress(_line(number, total, result))
        if isinstance(result, Report):
            sketches[result.report_id] = duplicates.sketch(result)
        for name, more in _rows(result).items():
            drawn[name] += more
            counts[name] += len(more)
        if number % _BATCH == 0 or sum(map(len, drawn.values())) >= _ROWS:
            writer.write(drawn)
            drawn = {name: [] for name in counts}
    writer.write(drawn)
    writer.compare(partial(duplicates.find, sketches))
    return counts


def _tallied(results: Iterable[Report | Reject], kinds: Counter[str]) -> Iterator[Report | Reject]:
    """Results as they come, with what is no annual report, or may be none, counted by kind."""
    for result in results:
        if isinstance(result, Report):
            kinds.update([_DOUBTFUL if result.kind.doubtful else result.kind.name])
        yield result


def _told(kinds: Counter[str]) -> str:
    """End of the last line: how many are no annual reports, and of which kinds."""
    doubtful = kinds.pop(_DOUBTFUL, 0)
    kinds.pop(ANNUAL_REPORT, 0)
    listed = ", ".join(f"{n:,} {name}" for name, n in sorted(kinds.items()))
    others = f"; {kinds.total():,} no annual reports ({listed})" if kinds else ""
    return others + (f"; {doubtful:,} doubtful" if doubtful else "")


def _line(number: int, total: int, result: Report | Reject) -> str:
    place = f"{number}/{total}  " if number <= total else ""  # a correction is no file
    if isinstance(result, Reject):
        return f"  {place}{result.path}: rejected. {result.message}"
    chars, found = len(result.document.text), len(result.quantities)
    return f"  {place}{result.path}: {chars:,} characters, {found} numbers"


def _read_all(
    crew: sandbox.Workers, tasks: list[_Task], seconds: float
) -> Iterator[Report | Reject]:
    """Reports and rejects in the order of the tasks; the first are begun at once.

    The processes have the same own rules in force as this one.
    """
    read = partial(rule_files.within, rule_files.own(), _read)
    results = crew.map(read, tasks, seconds=seconds)
    return map(_settled, tasks, results)


def _read(task: _Task) -> Report:
    return read_file(*task)


def _settled(task: _Task, result: Report | Exception) -> Report | Reject:
    """Report of a file, or the reject that says why there is none."""
    if isinstance(result, Report):
        return result
    if isinstance(result, UnreadableReport):
        return Reject(task.shown, result.cause, result.message)
    message = f"govtext failed on it: {type(result).__name__}: {result}."
    return Reject(task.shown, "failed", message)


def _accounted(
    results: Iterable[Report | Reject], fixes: corrections.Corrections
) -> Iterator[Report | Reject]:
    """Results; behind them the corrections that could not be applied."""
    for result in results:
        if isinstance(result, Report):
            fixes.account(result)
        yield result
    yield from fixes.rejects()


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


def _rows(result: Report | Reject) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table for one file."""
    if isinstance(result, Reject):
        return rows.reject_rows(result)
    return rows.report_rows(result)
