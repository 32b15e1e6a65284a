"""What the last `make study` ran on and cost: `build/record.json`, beside the results.

It differs from run to run, so that it is no part of what is committed or compared.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from govtext import __version__

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "build/record.json"
_PACKAGES = ("matplotlib", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy", "jieba", "rjieba")


def write(root: Path, seconds: float) -> dict[str, Any]:
    """What was recorded, which stands in build/record.json."""
    told = {
        "finished": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "peak_memory_mb": _peak(),
        "govtext": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": platform.machine(),
        "processors": os.cpu_count(),
        "packages": {name: version(name) for name in _PACKAGES},
    }
    path = root / PLACE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told


def _peak() -> float | None:
    """Megabytes of the largest process of the run; None where the system does not tell."""
    if not find_spec("resource"):  # Windows
        return None
    import resource

    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    largest = max(resource.getrusage(kind).ru_maxrss for kind in kinds)
    return round(largest / (2**20 if sys.platform == "darwin" else 2**10), 1)
