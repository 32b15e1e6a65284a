"""Where the verbs meet: a file becomes a report, a folder of files the tables of a study."""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext import (
    __version__,
    audit,
    clean,
    corrections,
    emphasis,
    identify,
    metrics,
    numerals,
    outline,
    read,
    rows,
    tables,
    view,
    words,
)
from govtext.model import Quantity, Reject, Report, Section, Sentence, UnreadableReport
from govtext.text import key, sentences

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 64
"""Reports a batch: its borders follow the sorted paths, so the tables are always the same."""
_STAMP = "build.json"
_OVERRIDES = ("issuer", "issuer_short", "year", "province", "prefecture", "county", "region_code")
Say = Callable[[str], None]


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


def read_report(path: str | os.PathLike[str]) -> view.Reading:
    """Reading of one file.

    Parameters
    ----------
    path : path
        The file of a report.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read; the message says why.
    """
    path = Path(path)
    return view.Reading(read_file(path, path.stem, path.name))


def parse_quantities(text: str) -> pd.DataFrame:
    """Frame of the quantities in a text: start, end, text, value, unit, qualifier, flags.

    Parameters
    ----------
    text : str
        Any string; offsets count its characters.
    """
    import pandas as pd

    found = numerals.parse(text)
    names = Quantity.__slots__
    return pd.DataFrame([[getattr(each, name) for name in names] for each in found], columns=names)


def read_file(path: Path, report_id: str, shown: str) -> Report:
    """Report of one file.

    Raises
    ------
    UnreadableReport
        If the file is none that can be read.
    """
    document = clean.clean(read.read(path))
    text = document.text
    sections = outline.outline(document)
    quantities = numerals.parse(text)
    observations = metrics.observe(document, sections, quantities)
    return Report(
        report_id,
        shown,
        document,
        identify.identify(document),
        sections,
        quantities,
        {each.section_id: words.count(text[each.start : each.end]) for each in sections},
        observations,
        audit.audit(document, sections, quantities, observations),
        _themes(text, sections),
    )


def _themes(text: str, sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Every sentence with its themes, which its section's part helps to tell."""
    spans = list(sentences(text))
    starts = [section.start for section in sections]
    parts = [sections[bisect_right(starts, start) - 1].part for start, _ in spans]
    coded = emphasis.code([text[start:end] for start, end in spans], parts=parts)
    return tuple(
        Sentence(*span, frozenset(found)) for span, found in zip(spans, coded, strict=True)
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
    found = [path for path in tables.walk(source) if out not in path.parents]
    paths = [path for path in found if not tables.is_litter(path)]
    root = source if source.is_dir() else source.parent
    stamp = _fingerprint(paths, root)
    done = _last_build(out, stamp)
    if done and not fresh:
        progress("Nothing has changed since the last build; --fresh reads everything anew.")
        return done
    tasks = list(zip(paths, _report_ids(paths, root), strict=True))
    manifest = tables.read_manifest(root)
    fixes = corrections.Corrections(root, whole=source.is_dir())
    results = _corrected(_read_all(tasks, root, workers), fixes)
    with tables.Writer(out) as writer:
        counts = _write(writer, results, manifest, len(tasks), progress)
    summary = Summary(
        counts["reports"], counts["rejects"], len(found) - len(paths), counts["quantities"]
    )
    draft = out / f".{_STAMP}"
    draft.write_text(
        json.dumps({"fingerprint": stamp, **_numbers(summary)}) + "\n", encoding="utf-8"
    )
    tables.publish(draft, out / _STAMP)
    return summary


def _write(
    writer: tables.Writer,
    results: Iterator[Report | Reject],
    manifest: dict[str, dict[str, str]],
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
            for name, more in _rows(result, manifest, first).items():
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


def _read_all(tasks: list[tuple[Path, str]], root: Path, workers: int) -> Iterator[Report | Reject]:
    """Reports and rejects in the order of the tasks."""
    attempt = partial(_attempt, root=root)
    if workers == 1 or len(tasks) < 2:
        yield from map(attempt, tasks)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(attempt, tasks, chunksize=4)


def _corrected(
    results: Iterator[Report | Reject], fixes: corrections.Corrections
) -> Iterator[Report | Reject]:
    """Results with a scholar's corrections; behind them the lines that could not be applied."""
    for result in results:
        yield fixes.apply(result) if isinstance(result, Report) else result
    yield from fixes.rejects()


def _attempt(task: tuple[Path, str], root: Path) -> Report | Reject:
    """Report of a file, or the reject that says why there is none."""
    path, report_id = task
    shown = _shown(path, root)
    try:
        return read_file(path, report_id, shown)
    except UnreadableReport as error:
        return Reject(shown, error.cause, error.message)
    except Exception as error:  # noqa: BLE001 -- one file must never end the run of a thousand
        return Reject(shown, "failed", f"govtext failed on it: {type(error).__name__}: {error}.")


def _shown(path: Path, root: Path) -> str:
    r"""Path below the source folder, a byte that is not UTF-8 written \xNN."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _report_ids(paths: Iterable[Path], root: Path) -> list[str]:
    """Paths without their suffixes, which stay where two files would collide."""
    shown = [_shown(path, root) for path in paths]
    bare = [name[: len(name) - len(Path(name).suffix)] for name in shown]
    taken: dict[str, int] = {}
    for name in bare:
        taken[name] = taken.get(name, 0) + 1
    return [name if taken[name] == 1 else full for name, full in zip(bare, shown, strict=True)]


def _fingerprint(paths: Iterable[Path], root: Path) -> str:
    """Digest of the files as they stand and of govtext itself; the clock plays no part."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(str(files("govtext")))
    for path in [*sorted(package.rglob("*.py")), *sorted(package.rglob("*.csv"))]:
        digest.update(path.read_bytes())
    for path in [*paths, root / "manifest.csv", root / corrections.NAME]:
        digest.update(os.fsencode(path.relative_to(root).as_posix()) + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


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


def _numbers(summary: Summary) -> dict[str, int]:
    return {name: getattr(summary, name) for name in Summary.__slots__}


def _rows(
    result: Report | Reject, manifest: dict[str, dict[str, str]], first: dict[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table for one file; `first` remembers which report had a text first."""
    if isinstance(result, Reject):
        return rows.reject_rows(result)
    report = _override(result, manifest.get(result.path, {}))
    label = hashlib.sha256(key(report.document.text).encode("utf-8", "replace")).hexdigest()
    original = first.setdefault(label, report.report_id)
    return rows.report_rows(report, original if original != report.report_id else None)


def _override(report: Report, row: dict[str, str]) -> Report:
    """Report with what a manifest says of it in place of what was identified."""
    given = {name: row[name] for name in _OVERRIDES if row.get(name)}
    if not given:
        return report
    changes: dict[str, Any] = dict(given)
    if "year" in given:
        changes["year"] = int(given["year"]) if given["year"].isdecimal() else report.identity.year
    sources = report.identity.sources | dict.fromkeys(given, "manifest")
    reasons = {name: why for name, why in report.identity.reasons.items() if name not in given}
    identity = replace(report.identity, **changes, sources=sources, reasons=reasons)
    return replace(report, identity=identity)
