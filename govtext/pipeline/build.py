"""A folder of files becomes the tables of a study: shards are made, then gathered and committed."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from govtext.core import rules as rule_files
from govtext.core.alone import alone
from govtext.core.model import ANNUAL_REPORT, Reject
from govtext.pipeline import cluster as cluster_of
from govtext.pipeline import (
    gather,
    making,
    own,
    remote,
    sandbox,
    shard_files,
    shards,
    standing,
    stored,
)
from govtext.pipeline.plan import Plan, plan
from govtext.pipeline.progress import Progress, Say
from govtext.pipeline.written import Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from govtext.pipeline.shard_files import Entry
    from govtext.pipeline.shards import Shard

    _Make = Callable[
        [Sequence[Shard], Mapping[str, Path], making.Way, Callable[[Entry], object]], None
    ]

_LOCK = ".building"
"""File in a folder of tables that says which build is writing to it."""
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


_FOLLOW = "GOVTEXT_FOLLOW_LINKS"


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
    cluster: str | None = None,
    cluster_without_tls: bool = False,
    follow_links: bool = False,
) -> Summary:
    """Read every report in a folder and write the tables of the study.

    Parameters
    ----------
    source : path
        A folder, walked recursively, or one file; also an address of fsspec (``s3://...``), whose
        files are fetched one by one where they are read. A `manifest.csv` in it overrides what is
        identified (columns file, issuer, year, province, prefecture, county, region_code, kind). A
        `corrections.csv` in it overrides what was read (columns report, metric, applicant, value,
        who, why), before findings are made; a line that cannot be applied is one of the rejects.
    out : path
        Folder for the tables. They appear together when all is read; on an error what stood there
        before stays. Also an address of fsspec: then they are made in a folder of this machine
        (GOVTEXT_CACHE), where what was read is kept, and put there, their `build.json` last.
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
    cluster : str, optional
        Address of a dask.distributed scheduler, ``tcp://HOST:PORT``, whose processes read in place
        of those of this machine (extra `cluster`). Else the environment variable GOVTEXT_CLUSTER.
    cluster_without_tls : bool, default False
        Allow an address of another machine that is not encrypted.
    follow_links : bool, default False
        Follow links that lead out of `source`, and links to folders; else each is a reject, while
        one to a file in `source` is followed. The environment variable GOVTEXT_FOLLOW_LINKS=1 says
        the same.

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
        If `workers` is less than 1, `cluster` is no address or none that is allowed, `out` is the
        folder of the reports itself, or there are two manifests or corrections with rows.
    BlockingIOError
        If another build is writing to `out`; it says which.
    OSError
        If `out` cannot be written, is full, or was removed or replaced meanwhile. What stood there
        stands there still, and what was read is kept.
    """
    if workers < 1:
        raise ValueError(f"workers is {workers}; it must be 1 or more")
    scheduler = cluster_of.address(cluster, without_tls=cluster_without_tls)
    follow_links = follow_links or os.environ.get(_FOLLOW, "") not in ("", "0")
    make = partial(cluster_of.make, scheduler) if scheduler else partial(_make_here, workers)
    with stored.published(out) as folder, Written.at(source, beside, rules) as written:
        study = plan(source, folder, written, seconds, follow_links=follow_links)
        way = making.Way(
            folder / shards.FOLDER, study.version, study.reader, study.mine.own, seconds,
            remote.named(source), remote.named(out),
        )  # fmt: skip
        return _built(study, way, Progress(progress), make, fresh=fresh)


def _built(study: Plan, way: making.Way, told: Progress, make: _Make, *, fresh: bool) -> Summary:
    """Make the shards that are missing, and have the tables of all stand in the folder."""
    out = way.folder.parent
    done = None if fresh else _last_build(out, study.stamp)
    if done:
        told.say("Nothing has changed since the last build; --fresh reads everything anew.")
        return done
    for line in (*study.mine.replaced, *study.faults):
        told.say(f"  {line}")
    with _alone(out) as is_there, rule_files.using(study.mine.own):
        standing.finish(out)
        shards.opened(out, empty=fresh)
        wanted = shards.missing(way.folder, study.shards)
        known = shards.known(way.folder, study.shards, study.reader)
        left = sum(key not in known for shard in wanted for key in shard.keys)
        with told.of(study.n_files, left):
            make(wanted, known, way, told.file)
            return _commit(study, way, told, is_there)


def _make_here(
    workers: int,
    wanted: Sequence[Shard],
    known: Mapping[str, Path],
    way: making.Way,
    heard: Callable[[Entry], object],
) -> None:
    """Make shards with processes of this machine; see `making.make`."""
    left = sum(key not in known for shard in wanted for key in shard.keys)
    with sandbox.Workers(max(1, min(workers, left))) as crew:
        making.make(crew, wanted, known, way, heard)


def _commit(study: Plan, way: making.Way, told: Progress, is_there: Callable[[], bool]) -> Summary:
    """Gather the tables of the shards, and have them stand in the folder."""
    out = way.folder.parent
    names = [shard.name for shard in study.shards]
    entries = (each for name in names for each in shard_files.entries(way.folder / name))
    summary, more = _summed(entries, study)
    for each in more:
        told.reject(each.path, each.message)
    if more:
        names.append(making.keep(more, way))
    made = standing.making(out)
    parts = study.n_files > gather.LARGE
    gather.gather([way.folder / name for name in names], made, parts=parts)
    study.mine.write(made)
    said = {"stamp": study.stamp, **asdict(summary), "shards": names}
    if not is_there():
        raise FileNotFoundError
    standing.commit(out, made, said, gone=(own.KEPT,))
    shards.delete(shards.left(out, names))
    return summary


def _summed(entries: Iterable[Entry], study: Plan) -> tuple[Summary, list[Reject]]:
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
        counts["rejects"] + len(study.refused),
        study.n_ignored,
        counts["quantities"],
        len(unapplied),
        _told(kinds),
    )
    return summary, [*study.refused, *unapplied]


@contextmanager
def _alone(out: Path) -> Iterator[Callable[[], bool]]:
    """Keep other builds from a folder; it gives what tells whether the folder is still there."""
    with _room(out), ExitStack() as stack:
        out.mkdir(parents=True, exist_ok=True)
        try:
            is_there = stack.enter_context(alone(out / _LOCK))
        except BlockingIOError as error:
            raise BlockingIOError(f"another build is writing to {out}: {error}") from None
        try:
            yield is_there
        except OSError as error:
            if is_there():
                raise
            raise OSError(f"{out} was removed or replaced during the build: build again") from error


@contextmanager
def _room(out: Path) -> Iterator[None]:
    """Say it in a sentence where the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise OSError(
            f"the disk of {out} is full. The tables there are those of the last build, and what "
            "was read is kept: make room, and the same command goes on from here"
        ) from error


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
    if not shards.is_lasting(out, known["shards"]):
        return None
    if (out / _LOCK).exists():
        with suppress(OSError), alone(out / _LOCK):  # a build that was killed at its end left it
            pass
    return Summary(**{name: known[name] for name in Summary.__slots__})
