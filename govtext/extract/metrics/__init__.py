"""The prose of a report -> what each of its numbers counts, and the metrics of the codebook.

A number is read by what it counts: terms (`rules/frame_terms.csv`) fill the slots of its frame,
and a metric is a row of slots (`rules/frame_metrics.csv`). Statements of none (未收到申请) fill the
same frame, with the negation in the place of the number. Cells of tables are not read here.
"""

from govtext.extract.metrics.prose import prose_observations, read_prose

__all__ = ["prose_observations", "read_prose"]
