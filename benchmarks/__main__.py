"""`make bench`: CPU of each stage beside named baselines, pages beside a script, hostile files."""

from __future__ import annotations

import resource
import sys

from benchmarks import files, stages


def main() -> int:
    stages.main()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    return files.main()


if __name__ == "__main__":
    sys.exit(main())
