"""Tables of a study -> the small frames that notebooks show and figures draw.

Every function takes a study and gives a frame; none changes what it is given.
"""

from govtext.model import NOT_THE_YEARS_OWN
from govtext.summary.corpus import (
    FIELDS,
    corpus,
    coverage,
    headings,
    identity,
    labels,
    part_names,
    parts,
    removed,
)
from govtext.summary.duties import STATES, duties, timeliness
from govtext.summary.metrics import findings, rates, values

__all__ = [
    "FIELDS", "NOT_THE_YEARS_OWN", "STATES", "corpus", "coverage", "duties", "findings",
    "headings", "identity", "labels", "part_names", "parts", "rates", "removed", "timeliness",
    "values",
]  # fmt: skip
