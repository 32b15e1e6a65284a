"""`python -m tools study`, `check` or `lab`: what the make targets of these names do."""

import sys

from govtext.pipeline.tables import project
from tools import check, study

_CHORES = {"study": study.run, "check": check.run, "lab": study.lab}


def main(arguments: list[str]) -> int:
    """Exit status of a chore; 2 where there is none of this name."""
    if len(arguments) != 1 or arguments[0] not in _CHORES:
        print(f"usage: python -m tools {{{','.join(_CHORES)}}}")
        return 2
    return _CHORES[arguments[0]](project())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
