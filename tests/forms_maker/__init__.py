"""The form renderer: numbers that an official form admits, printed as a report of its year.

`reports(form)` draws what a body could report: the identities of the form hold, and zeros are
printed as the body prints them. `content_of` gives the report for the page maker, `Report.cells`
what every cell of it says.
"""

from __future__ import annotations

from tests.forms_maker import labels
from tests.forms_maker.grids import content_of
from tests.forms_maker.labels import COUNTS, FORMS
from tests.forms_maker.numbers import ZEROS, Report, reports

__all__ = ["COUNTS", "FORMS", "ZEROS", "Report", "content_of", "labels", "reports"]
