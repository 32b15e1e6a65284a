"""`python -m govtext`: the same program as `govtext`."""

import sys

from govtext.cli import main

if __name__ == "__main__":
    sys.exit(main())
