"""How far the observations of a study can be trusted.

A scholar draws a sample of an own corpus (`draw_sample`), fills in what is right, and scores it
(`score_sample`). `gold_scores` and `gold_faults` hold the reports that were annotated by hand
against what govtext found in them; `annotated` gives the study that has them.
"""

from govtext.validate.gold import annotated, gold_faults, gold_scores
from govtext.validate.sample import draw_sample
from govtext.validate.score import score_sample

__all__ = ["annotated", "draw_sample", "gold_faults", "gold_scores", "score_sample"]
