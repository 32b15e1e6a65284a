"""A folder of files becomes the tables of a study: shards are made, then gathered and committed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext import __version__
from govtext.core import rules as rule_files
from govtext.core.model import ANNUAL_REPORT, Reject
from govtext.pipeline import (
    corrections,
    gather,
    making,
    manifest,
    own,
    sandbox,
    shard_files,
    shards,
    sources,
    standing,
)
from govtext.pipeline.progress import Progress, Say
from govtext.pipeline.written import Written

if TYPE_CHECKING:
    from govtext.pipeline.shard_files import Entry
    from govtext.pipeline.shards import Shard, Task


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
    progress: Say | None = None,
    seconds: float = sandbox.SECONDS,
    rules: str | os.PathLike[str] | None = None,
    beside: str | os.PathLike[str] | None = None,
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
    progress : callable, optional
        Called with lines for a person. Else they are printed, with the state in a line that is
        rewritten on a terminal, once a minute in a log, and as a bar in a notebook.
    seconds : float, default 12
        Most processor time that reading one file may take; one that takes more is a reject.
    rules : path, optional
        Folder of your own rules: terms, metrics, themes, stop words, names of bodies, which add to
        those of govtext. Else the folder `rules` beside the reports, where it holds CSV files.
    beside : path, optional
        Folder of `manifest.csv`, `corrections.csv` and `rules`, if not `source`: what is not in it,
        or has no row, may still lie among the reports.

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
        If `workers` is less than 1, `out` is the folder of the reports itself, or a manifest or
        corrections lie both among the reports and in `beside`.
    BlockingIOError
        If another build is writing to `out`.
    """
    source, out = Path(source), Path(out)
    if not source.exists():
        raise FileNotFoundError(f"{source} does not exist: SOURCE is a folder of reports or a file")
    if workers < 1:
        raise ValueError(f"workers is {workers}; it must be 1 or more")
    root = source if source.is_dir() else source.parent
    written = Written.of(root, Path(beside) if beside is not None else root)
    mine = own.read(Path(rules)) if rules is not None else own.beside(written.rules)
    found = _found(source, out, Path(rules) if rules is not None else None)
    told = Progress(progress)
    with rule_files.using(mine.own):
        study = _planned(found, source, written, f"{__version__} {seconds:g} {mine.digest}")
        done = None if fresh else _last_build(out, study.stamp)
        if done:
            told.say("Nothing has changed since the last build; --fresh reads everything anew.")
            return done
        for line in (*mine.replaced, *study.faults):
            told.say(f"  {line}")
        with _alone(out):
            standing.finish(out)
            folder = shards.opened(out, empty=fresh)
            way = making.Way(folder, study.reader, mine.own, seconds)
            wanted = shards.missing(way.folder, study.plan)
            known = shards.known(way.folder, study.plan, study.reader)
            left = sum(key not in known for shard in wanted for key in shard.keys)
            with told.of(sum(len(shard.tasks) for shard in study.plan), left):
                with sandbox.Workers(max(1, min(workers, left))) as crew:
                    making.make(crew, wanted, known, way, told.file)
                return _commit(study, way, out, mine, told)


@dataclass(frozen=True)
class _Study:
    """What there is to build: the files in shards, those that are none, and what is wrong."""

    paths: list[Path]
    n_ignored: int
    plan: list[Shard]
    twins: list[Reject]
    fixes: corrections.Corrections
    faults: list[str]
    reader: str
    stamp: str


def _planned(found: list[Path], source: Path, written: Written, version: str) -> _Study:
    """What there is to build of the files that were found."""
    root = source if source.is_dir() else source.parent
    paths = [path for path in found if not sources.is_litter(path)]
    reader = sources.fingerprint(version)
    fixes = corrections.Corrections(written.corrections, whole=source.is_dir())
    tasks, twins, faults = _tasks(paths, root, manifest.read(written.manifest), fixes)
    plan = list(shards.parted(tasks, reader))
    told = [shard.name for shard in plan], len(found), list(map(str, twins)), fixes.state
    stamp = shards.digest(reader, *told)
    return _Study(paths, len(found) - len(paths), plan, twins, fixes, faults, reader, stamp)


def _commit(study: _Study, way: making.Way, out: Path, mine: own.Found, told: Progress) -> Summary:
    """Gather the tables of the shards, and have them stand in the folder."""
    names = [shard.name for shard in study.plan]
    entries = (each for name in names for each in shard_files.entries(way.folder / name))
    summary, more = _summed(entries, study)
    for each in more:
        told.reject(each.path, each.message)
    if more:
        names.append(making.keep(more, way))
    made = standing.making(out)
    parts = len(study.paths) > gather.LARGE
    gather.gather([way.folder / name for name in names], made, parts=parts)
    mine.write(made)
    said = {"stamp": study.stamp, **asdict(summary), "shards": names}
    standing.commit(out, made, said, gone=(own.KEPT,))
    shards.delete(shards.left(out, names))
    return summary


def _summed(entries: Iterable[Entry], study: _Study) -> tuple[Summary, list[Reject]]:
    """Counts of a build, and its rejects beside those of the files that were read."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for entry in entries:
        counts["rejects" if "cause" in entry else "reports"] += 1
        counts["quantities"] += entry["rows"].get("quantities", 0)
        if "kind" in entry:
            kinds[entry["kind"]] += 1
            study.fixes.account(entry["report_id"], entry["path"], entry["in_vain"])
    unapplied = list(study.fixes.rejects())
    summary = Summary(
        counts["reports"],
        counts["rejects"] + len(study.twins),
        study.n_ignored,
        counts["quantities"],
        len(unapplied),
        _told(kinds),
    )
    return summary, [*study.twins, *unapplied]


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
    """Keep other builds from a folder, as far as the system can (not on Windows)."""
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
        yield
    finally:
        os.close(folder)


def _tasks(
    paths: list[Path],
    root: Path,
    rows_given: dict[str, dict[str, str]],
    fixes: corrections.Corrections,
) -> tuple[list[Task], list[Reject], list[str]]:
    """What there is to read, in the order of the report ids, which is that of the tables.

    Of two files whose names are written alike the second is a reject. Last come sentences on what
    is wrong with the manifest.
    """
    by_name: dict[str, Path] = {}
    twins = []
    for path in paths:
        name = sources.shown(path, root)
        if by_name.setdefault(name, path) is not path:
            message = "Another file has the same name, once bytes that are not UTF-8 are written."
            twins.append(Reject(name, "not_opened", message))
    ids = sources.report_ids(by_name)
    order = sorted(by_name, key=ids.__getitem__)
    tasks = [
        shards.Task(
            by_name[each],
            ids[each],
            each,
            manifest.given(rows_given, each),
            fixes.of(ids[each], each),
            sources.state(by_name[each]),
        )
        for each in order
    ]
    return tasks, twins, list(manifest.faults(rows_given, set(by_name)))


def _told(kinds: Counter[str]) -> str:
    """End of the last line: how many are no annual reports, and of which kinds."""
    doubtful = kinds.pop(making.DOUBTFUL, 0)
    kinds.pop(ANNUAL_REPORT, 0)
    listed = ", ".join(f"{n:,} {name}" for name, n in sorted(kinds.items()))
    others = f"; {kinds.total():,} no annual reports ({listed})" if kinds else ""
    return others + (f"; {doubtful:,} doubtful" if doubtful else "")


def _last_build(out: Path, stamp: str) -> Summary | None:
    """Summary of the build that stands if it was of the same and all its tables are there."""
    known: dict[str, Any] = standing.record(out)
    if known.get("stamp") != stamp or not standing.is_settled(out):
        return None
    if shards.left(out, known["shards"]):  # cut off before it was cleared
        return None
    return Summary(**{name: known[name] for name in Summary.__slots__})
