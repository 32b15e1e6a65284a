"""Study -> passages that stand in more than one report, and measures with and without them.

Fingerprints find what to compare, alignment finds how far it is the same; what stands in many
bodies is boilerplate and kept apart. That two reports say the same does not say who wrote it first.
"""

from govtext.analyse.reuse.control import FEWEST, contrast, reused, without
from govtext.analyse.reuse.kept import kept
from govtext.analyse.reuse.passages import METHODS, WITHIN, Found, compare
from govtext.analyse.reuse.shares import SOURCES, marks, pairs, shares

__all__ = [
    "FEWEST", "METHODS", "SOURCES", "WITHIN", "Found", "compare", "contrast", "kept", "marks",
    "pairs", "reused", "shares", "without",
]  # fmt: skip
