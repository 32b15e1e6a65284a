"""What there is to build: the files of a source folder in shards, and what a user says of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govtext import __version__
from govtext.core import rules as rule_files
from govtext.core.model import Reject, WrongUsage
from govtext.pipeline import corrections, home, manifest, own, remote, shards, sources, standing

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from govtext.pipeline.shards import Shard, Task
    from govtext.pipeline.written import Written


@dataclass(frozen=True)
class Plan:
    """The files in shards, those that are none, and what reads them.

    `refused` are files that are not opened, such as links out of the folder, `faults` what is wrong
    with the manifest. `reader` is the digest of all that reads, of which `version` is the part that
    this build chose, and `stamp` that of the whole study.
    """

    shards: list[Shard]
    n_ignored: int
    refused: list[Reject]
    fixes: corrections.Corrections
    faults: list[str]
    mine: own.Found
    version: str
    reader: str
    stamp: str

    @property
    def n_files(self) -> int:
        """Files to make rows of."""
        return sum(len(shard.tasks) for shard in self.shards)


class _Files(NamedTuple):
    """The files of a source by their names: where each is, and what tells that it has changed."""

    paths: dict[str, Path]
    states: dict[str, str]
    refused: list[Reject]
    n_ignored: int
    whole: bool


def plan(
    source: str | os.PathLike[str],
    out: Path,
    written: Written,
    seconds: float,
    *,
    follow_links: bool = False,
) -> Plan:
    """What there is to build of a folder, a file or an address; see `build.build`."""
    mine = own.read(written.rules) if written.rules is not None else own.Found()
    address = remote.named(source)
    if address:
        files = _there(address)
    else:
        files = _here(Path(source), out, written.rules, follow_links=follow_links)
    version = f"{__version__} {seconds:g} {mine.digest}"
    reader = sources.fingerprint(version)
    with rule_files.using(mine.own):
        fixes = corrections.Corrections(written.corrections, whole=files.whole)
        tasks, faults = _tasks(files, manifest.read(written.manifest), fixes)
    parts = list(shards.parted(tasks, reader))
    told = (
        [each.name for each in parts],
        files.n_ignored,
        list(map(str, files.refused)),
        fixes.state,
    )
    stamp = shards.digest(reader, *told)
    return Plan(parts, files.n_ignored, files.refused, fixes, faults, mine, version, reader, stamp)


def _here(source: Path, out: Path, rules: Path | None, *, follow_links: bool) -> _Files:
    """Files of a folder of this machine."""
    if not source.exists():
        raise FileNotFoundError(f"{source} does not exist: SOURCE is a folder of reports or a file")
    found = _found(source, out, rules, follow_links=follow_links)
    paths = [path for path in found if not sources.is_litter(path)]
    by_name = sources.named(paths, source if source.is_dir() else source.parent)
    refused = list(_refused(by_name, source, follow_links=follow_links))
    opened = by_name.keys() - {each.path for each in refused}
    by_name = {name: by_name[name] for name in by_name if name in opened}
    states = {name: sources.state(path) for name, path in by_name.items()}
    return _Files(by_name, states, refused, len(found) - len(paths), source.is_dir())


def _there(address: str) -> _Files:
    """Files at an address, but for those in a folder of tables or of rules that lies there."""
    found = remote.listing(address)
    made = [name.removesuffix(standing.RECORD) for name in found if _is_record(name, found)]
    if "" in made:
        raise WrongUsage(f"{address} holds the tables of a build and no reports")
    rules = f"{own.FOLDER}/"
    if any(name.startswith(rules) and name.endswith(".csv") for name in found):
        made.append(rules)
    names = [each for each in found if each not in sources.OWN and not each.startswith((*made,))]
    states = {name: found[name] for name in names if not sources.is_litter(Path(name))}
    if not states:
        raise WrongUsage(f"{address} holds no report: put web pages, PDF, Word or text there")
    paths = {name: Path(name) for name in states}
    whole = not remote.is_file(address)
    return _Files(paths, states, [], len(names) - len(states), whole)


def _is_record(name: str, found: Mapping[str, str]) -> bool:
    """True for the record of tables that lie beside it."""
    top, _, last = name.rpartition(standing.RECORD)
    return (
        last == ""
        and name.endswith(standing.RECORD)
        and any(each.startswith(f"{top}reports.parquet") for each in found)
    )


def _found(
    source: Path, out: Path, rules: Path | None, *, follow_links: bool = False
) -> list[Path]:
    """All files there are, but for those in a folder of tables or of rules that lies among them.

    Raises
    ------
    WrongUsage
        If there is no document, or what lies there or in `out` is something else.
    """
    _demand_places(source, out, rules)
    found = sources.walk(source, follow_links=follow_links)
    root = source.resolve()
    apart = {place.resolve() for place in (out, rules) if place and root in place.resolve().parents}
    if apart:
        # A path is not resolved itself: it may be a link that leads to itself.
        found = [p for p in found if apart.isdisjoint((root / p.relative_to(source)).parents)]
    if all(sources.is_litter(path) for path in found):
        raise WrongUsage(
            f"{source} holds no report: copy your reports there (web pages, PDF, Word, text)"
        )
    for path in found:
        if path.name == standing.RECORD and standing.is_tables(path.parent):
            raise WrongUsage(
                f"{path.parent} holds the tables of a build among the reports: move it out of "
                f"{source}, or give it as the folder for the tables"
            )
    return found


def _demand_places(source: Path, out: Path, rules: Path | None) -> None:
    """The source must hold reports, and tables and rules a folder of their own."""
    if out.is_file():
        raise WrongUsage(f"{out} is a file; the tables need a folder of their own")
    if not source.is_dir():
        return
    if sources.is_of_system(source.resolve()):
        raise WrongUsage(f"{source} is of the system and holds no reports: give a folder of yours")
    for place, what in ((out, "tables"), (rules, "rules")):
        if place is not None and place.resolve() == source.resolve():
            raise WrongUsage(f"{place} holds the reports; the {what} need a folder of their own")
    if standing.is_tables(source):
        raise WrongUsage(f"{source} holds the tables of a build and no reports: gt.load opens them")
    if home.is_study(source):
        raise WrongUsage(
            f"{source} is a study, whose reports lie in {source / home.REPORTS}: "
            f"govtext study {source} builds it"
        )


def _refused(
    by_name: dict[str, Path], source: Path, *, follow_links: bool = False
) -> Iterator[Reject]:
    """Files of a folder that are not opened; one that was asked for by its own path is."""
    for name, path in by_name.items() if source.is_dir() else ():
        why = sources.refusal(path, source, follow_links=follow_links)
        if why:
            yield Reject(name, "not_opened", why)


def _tasks(
    files: _Files, rows_given: dict[str, dict[str, str]], fixes: corrections.Corrections
) -> tuple[list[Task], list[str]]:
    """What there is to read, in the order of the report ids, which is that of the tables.

    Last come sentences on what is wrong with the manifest.
    """
    ids = sources.report_ids(files.paths)
    order = sorted(files.paths, key=ids.__getitem__)
    tasks = [
        shards.Task(
            files.paths[each],
            ids[each],
            each,
            manifest.given(rows_given, each),
            fixes.of(ids[each], each),
            files.states[each],
        )
        for each in order
    ]
    return tasks, list(manifest.faults(rows_given, set(files.paths)))
