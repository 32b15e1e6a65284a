"""Quantities -> Observations: what the prose of a report says of the metrics of the codebook.

Each quantity is judged by its unit, the words around it, what was spoken of last, and the section
it stands in; statements of none (未收到申请) are found apart. Every judgement is a row of
`rules/metrics.csv` or `rules/metric_zeros.csv`. Cells of tables are not read here.
"""

from govtext.extract.metrics.judge2 import observe

__all__ = ["observe"]
