"""`python benchmarks/launch.py OUT.json COMMAND...`: run a command and say what it cost.

A process of its own and a small one: Linux counts as a process's peak also what its parent held
when it was started, so that a large parent would be measured in its place. Started processes are
looked at while they run (`/proc`); where there is no such place their peak is unknown.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

_EVERY = 0.2
_ROUGHLY = 1
"""MB by which two readings of the same memory may differ."""
_PROC = Path("/proc")


class Watch(threading.Thread):
    """Looks now and then at a process and all that it started, until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.over = pid, threading.Event()
        self.peaks: dict[int, float] = {}
        self.together = 0.0

    def run(self) -> None:
        while not self.over.wait(_EVERY):
            below = family(self.pid)
            for pid in below:
                self.peaks[pid] = max(self.peaks.get(pid, 0.0), field(pid, "status", "VmHWM:"))
            held = sum(field(pid, "smaps_rollup", "Pss:") for pid in below)
            self.together = max(self.together, held)


def main(out: str, command: list[str]) -> int:
    start = time.monotonic()
    child = subprocess.Popen(command)
    watch = Watch(child.pid)
    watch.start()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    watch.over.set()
    watch.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    # In kilobytes, on a Mac in bytes; the largest of the process and of those that it started.
    largest = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    own = watch.peaks.pop(child.pid, largest)
    workers = max(watch.peaks.values(), default=0.0)
    said = {
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": largest if largest > workers + _ROUGHLY else own,
        "worker_peak": workers,
        "together": watch.together,
    }
    Path(out).write_text(json.dumps(said), encoding="utf-8")
    return child.returncode


def family(pid: int) -> list[int]:
    """A process and all that it started, as far as they still run."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for task in (_PROC / str(one) / "task").glob("*/children"):
            try:
                todo += [int(each) for each in task.read_text().split()]
            except OSError:
                continue
    return found


def field(pid: int, name: str, label: str) -> float:
    """A field of a file of the process, in MB; 0 where it has ended or there is no such file."""
    try:
        lines = (_PROC / str(pid) / name).read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 2**10 for line in lines if line.startswith(label)), 0.0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
