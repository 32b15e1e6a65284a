"""A frame -> Axes, one function a figure: nothing is read, saved, shown or changed.

Each function takes the frame that its notebook shows, draws it on `ax` or a new figure, attaches
what it drew, and returns the Axes. Words come from `rules/labels.csv` in the language that
`use_style` chose. Points of different bodies are never joined by a line.
"""

from govtext.show.figures import drawn, named
from govtext.show.plots.corpus import coverage, identity, removed
from govtext.show.plots.duties import duties
from govtext.show.plots.emphasis import (
    agreement,
    coders,
    part_themes,
    substance,
    theme_ranges,
    themes,
)
from govtext.show.plots.language import dispersion, keyness, quantification, readability
from govtext.show.plots.metrics import findings, status
from govtext.show.plots.panel import panel, trends
from govtext.show.plots.questions import breaks, by_group, diff
from govtext.show.plots.rates import rates, rates_over_years
from govtext.show.plots.reuse import reused, reused_pairs
from govtext.show.plots.structure import density, headings, parts
from govtext.show.plots.things import tell_things, things
from govtext.show.plots.topics import (
    topic_groups,
    topic_shares,
    topic_sizes,
    topic_stability,
    topic_words,
)
from govtext.show.plots.validation import validation
from govtext.show.plots.years import coverage_map

_NO_PLOTS = ("drawn", "tell_things")
__all__ = [
    "agreement", "breaks", "by_group", "coders", "coverage", "coverage_map", "density", "diff",
    "dispersion", "drawn", "duties", "findings", "headings", "identity", "keyness", "panel",
    "part_themes", "parts", "quantification", "rates", "rates_over_years", "readability",
    "removed", "reused", "reused_pairs", "status", "substance", "tell_things", "theme_ranges",
    "themes", "things", "topic_groups", "topic_shares", "topic_sizes", "topic_stability",
    "topic_words", "trends", "validation",
]  # fmt: skip

# The manifest of the figures says which function drew each.
globals().update({name: named(globals()[name]) for name in __all__ if name not in _NO_PLOTS})
