"""Shards made by processes of an existing dask.distributed scheduler, as by those of this machine.

Every machine has the same govtext installed and sees the folders of the reports and of the tables
under the same names, or reaches both at their addresses. Files are read there in processes with
the same limits. A process that dies costs the shard that it was making a second attempt, which
takes over what was read in the first where the tables lie in a folder.
"""

from __future__ import annotations

import ipaddress
import os
import platform
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from govtext.pipeline import making, remote, shard_files, sources
from govtext.pipeline.sandbox import Workers
from govtext.pipeline.shards import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govtext.pipeline.making import Way
    from govtext.pipeline.shard_files import Entry
    from govtext.pipeline.shards import Shard

VARIABLE = "GOVTEXT_CLUSTER"
"""Environment variable that names a scheduler where no option does."""
_RETRIES = 2
_HERE = threading.local()


def address(given: str | None, *, without_tls: bool = False) -> str:
    """Address of the scheduler that is given or set in the environment; empty for none.

    Raises
    ------
    ValueError
        If it is no address, or one of another machine without encryption that was not allowed.
    """
    named = os.environ.get(VARIABLE, "") if given is None else given
    parts = urlsplit(named)
    if named and (parts.scheme not in ("tcp", "tls") or not parts.hostname or not parts.port):
        raise ValueError(f"cluster is {named!r}; it must be tcp://HOST:PORT or tls://HOST:PORT")
    if parts.scheme == "tcp" and not (without_tls or _is_loopback(parts.hostname or "")):
        raise ValueError(
            f"cluster is {named!r}: who can reach it unencrypted can run code on your machines. "
            "Use tls:// with certificates in the settings of dask, or allow it with "
            "--cluster-without-tls on a network that is yours alone."
        )
    return named


def make(
    scheduler: str,
    wanted: Sequence[Shard],
    known: Mapping[str, Path],
    way: Way,
    heard: Callable[[Entry], object],
) -> None:
    """Make shards on a cluster; see `making.make`.

    Raises
    ------
    OSError
        If the scheduler cannot be reached, or its processes do not see the folders.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise OSError(
            "a build on a cluster needs dask.distributed: pip install 'govtext[cluster]'"
        ) from None
    there = way._replace(folder=way.folder.absolute())
    here = {} if way.store else known  # what lies in a folder of this machine alone
    with Client(scheduler, set_as_default=False) as client:
        futures = [
            client.submit(
                _make_one,
                shard if way.source else _absolute(shard),
                {key: here[key].absolute() for key in shard.keys if key in here},
                there,
                pure=False,
                retries=_RETRIES,
            )
            for shard in wanted
        ]
        for future in as_completed(futures, loop=client.loop):
            name, entries = future.result()
            if way.store:
                remote.take(way.store, f"{FOLDER}/{name}", way.folder / name)
            for entry in entries:
                heard(entry)


def _absolute(shard: Shard) -> Shard:
    tasks = tuple(each._replace(path=each.path.absolute()) for each in shard.tasks)
    return shard._replace(tasks=tasks)


def _make_one(shard: Shard, known: dict[str, Path], way: Way) -> tuple[str, list[Entry]]:
    """What is told of the files of a shard that were read; it is made in a process of a cluster."""
    if way.store:
        with TemporaryDirectory(prefix="govtext-") as folder:
            made = _make_one(shard, known, way._replace(folder=Path(folder), store=""))
            for path in Path(folder, shard.name).iterdir():
                remote.put(way.store, path, f"{FOLDER}/{shard.name}/{path.name}")
            return made
    _check(shard, way)
    for spool in sorted(way.folder.glob(f"{shard.name}-*{shard_files.SPOOL}")):
        known |= dict.fromkeys(shard_files.keys(spool, way.reader), spool)
    heard: list[Entry] = []
    if not hasattr(_HERE, "crew"):
        _HERE.crew = Workers()  # stays for the next shard, and ends with this process
    making.make(_HERE.crew, [shard], known, way, heard.append)
    return shard.name, heard


def _check(shard: Shard, way: Way) -> None:
    """See that this process reads as the one that asks, and sees the same folders."""
    host = platform.node()
    if sources.fingerprint(way.version) != way.reader:
        raise RuntimeError(
            f"{host} has another govtext, Python or version of a package than the machine that "
            "builds: install the same requirements.lock on both"
        )
    paths = [each.path for each in shard.tasks if sources.is_digest(each.state)]
    for place in (way.folder, *paths[:1]):
        if not place.exists():
            raise FileNotFoundError(
                f"{host} does not see {place}: reports and tables must lie in folders that all "
                "machines of the cluster share"
            )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
