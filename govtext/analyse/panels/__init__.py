"""Tables of a study -> the years of its bodies: panels, rates, coverage, checks across years.

A report says who reports and on which year; here the reports of one body are joined, by equal names
and by the user's own table of names, and nothing else. What is missing, blank, none and zero stay
four different things, and no value is joined across a change of its definition in silence.
"""

from govtext.analyse.panels.breaks import breaks
from govtext.analyse.panels.coverage import coverage
from govtext.analyse.panels.missing import missing
from govtext.analyse.panels.panel import panel
from govtext.analyse.panels.rates import rates
from govtext.analyse.panels.stated import stated
from govtext.analyse.panels.years import audit_years

__all__ = ["audit_years", "breaks", "coverage", "missing", "panel", "rates", "stated"]
