"""The form renderer: numbers that an official form admits, printed as a report of its year.

`Report` is a filled form; `content_of` gives it with its prose for the page maker, the tables alone
are in `grids`, and `Report.cells` is what every cell of it says.
"""

from __future__ import annotations

from tools.forms.filled import Report
from tools.forms.grids import content_of
from tools.forms.labels import COUNTS, FORMS

__all__ = ["COUNTS", "FORMS", "Report", "content_of"]
