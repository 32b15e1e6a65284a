"""The made corpus: reports of every form with known truth, for benchmarks and tests.

`python -m tools made N FOLDER` writes them. Bodies come from the table of places, sentences from
the grammar of `words.csv` and `frames.csv`, numbers from the effects of `effects.csv`: nothing is
taken from a real report, and every report says that it was made.
"""

from __future__ import annotations

from tools.made.corpus import corpus
from tools.made.report import MadeReport

__all__ = ["MadeReport", "corpus"]
