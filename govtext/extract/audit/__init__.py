"""Quantities and Observations -> Findings: where the numbers of a report agree, and where not.

Prose is read for parts and totals, shares, averages, restatements, counted lists and values that
cannot be; tables, through their observations, for the identities of the official forms. Identities
are rows of `rules/identities.csv`, the words that announce them rows of `rules/audit_words.csv`.
`broken` is said only where the words leave no other reading; where they do, `not_assessable`.
"""

from govtext.extract.audit.judge import audit

__all__ = ["audit"]
