"""A build through a cluster: a scheduler and two workers on the loopback address, and data/raw.

What comes out is compared with a build of this process alone: the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = "build/cluster"
_LOCAL = ("--host", "127.0.0.1", "--no-dashboard")
_PATIENCE = 60.0


def run(root: Path) -> int:
    """Exit status: 0 if the cluster gives the same bytes, 1 if it does not."""
    from govtext.pipeline.build import build

    place = root / _PLACE
    shutil.rmtree(place, ignore_errors=True)
    print("One process: data/raw")
    build(root / "data/raw", place / "alone")
    with cluster(2) as (address, _):
        print(f"A cluster of two workers at {address}: data/raw")
        started = time.monotonic()
        made = build(root / "data/raw", place / "cluster", cluster=address)
    print(f"{made}; {time.monotonic() - started:.1f} s")
    other = differences(place / "alone", place / "cluster")
    print(f"other bytes: {', '.join(other)}" if other else "the same bytes")
    return 1 if other else 0


def differences(one: Path, other: Path) -> list[str]:
    """Names of the tables that have other bytes in two folders, or are not in both."""
    found = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*.parquet")
        if path.is_file()
    }
    return sorted(name for name in found if _bytes(one / name) != _bytes(other / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler of this machine and its workers, which end with the block."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="govtext-")))
        file = folder / "scheduler.json"
        joined = ("--scheduler-file", str(file))
        stack.enter_context(_started("dask_scheduler", *_LOCAL, *joined, "--port", "0"))
        more = ("--no-nanny", "--nthreads", "1", "--local-directory", str(folder))
        started = [
            stack.enter_context(_started("dask_worker", *_LOCAL, *joined, *more))
            for _ in range(workers)
        ]
        yield _address(file), started


def _address(file: Path) -> str:
    """Address that a scheduler has written down, which is waited for."""
    import json

    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError(f"no scheduler has started within {_PATIENCE:g} seconds")


@contextmanager
def _started(program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
