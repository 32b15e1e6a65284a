"""What a process costs: wall time, CPU and memory, of itself and of those that it starts."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LAUNCH = str(ROOT / "benchmarks" / "launch.py")
_GOVTEXT = """
import resource, sys
from govtext.cli import main
status = main(sys.argv[2:])
own = resource.getrusage(resource.RUSAGE_SELF)
open(sys.argv[1], "w").write(str(own.ru_utime + own.ru_stime))
sys.exit(status)
"""


@dataclass(frozen=True)
class Figure:
    """A measured value with what it was measured on: `n` things, such as reports or rounds."""

    group: str
    name: str
    value: float
    unit: str
    n: int
    of: str
    note: str = ""

    def __str__(self) -> str:
        value = f"{self.value:,.3f}" if abs(self.value) < 10 else f"{self.value:,.1f}"
        note = f"  ({self.note})" if self.note else ""
        told = f"{self.group:<10}{self.name:<52}{value:>12} {self.unit:<7}"
        return f"{told} n {self.n:,} {self.of}{note}"


@dataclass(frozen=True)
class Run:
    """What a process cost: seconds of wall, of CPU with all that it started; peaks in MB.

    `peak` is its own, `worker_peak` that of the largest that it started, `together` that of all at
    the same time, what they share counted once; `own_cpu` is its own CPU, where it was asked for.
    """

    wall: float
    cpu: float
    peak: float
    worker_peak: float
    together: float
    own_cpu: float = 0.0


def run(command: list[str]) -> Run:
    """What a process costs with all that it starts.

    Raises
    ------
    RuntimeError
        If it ends with another status than 0.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        launched = [sys.executable, "-S", _LAUNCH, str(told), *command]
        done = subprocess.run(
            launched, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace")[-500:]
            raise RuntimeError(f"{command} ended with {done.returncode}: {said}")
        return Run(**json.loads(told.read_text(encoding="utf-8")))


def govtext(*arguments: object) -> Run:
    """A run of the command `govtext`, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "own")
        used = run([sys.executable, "-c", _GOVTEXT, str(own), *map(str, arguments)])
        return replace(used, own_cpu=float(own.read_text(encoding="utf-8")))


def killed(seconds: float, *arguments: object) -> bool:
    """Start `govtext` and kill it with all its processes after some seconds; False if it ended."""
    command = [sys.executable, "-c", _GOVTEXT, os.devnull, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:  # fmt: skip
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            return True
    return False


def machine() -> dict[str, str]:
    """Processor, cores, system and Python; nothing that names the machine."""
    from govtext import __version__

    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "govtext": __version__,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(models), platform.processor() or platform.machine())


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return "unknown"
    return f"{size / 2**30:.0f} GB"


def load() -> float:
    """How many processes want the processor, the mean of a minute; 0 where it is not known."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def save(path: Path, told: dict[str, object], figures: list[Figure]) -> None:
    """Keep the figures with machine, date and what else is told of the run as JSON."""
    kept = told | {
        "date": datetime.now(tz=UTC).date().isoformat(), "machine": machine(),
        "figures": [asdict(each) for each in figures],
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
