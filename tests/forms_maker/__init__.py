"""Filled forms as hypothesis draws them, for the form renderer of the tools.

`reports(form)` draws what a body could report: the identities of the form hold, and zeros are
printed as the body prints them.
"""

from __future__ import annotations

from tests.forms_maker.numbers import ZEROS, reports
from tools.forms import COUNTS, FORMS, Report, content_of, labels

__all__ = ["COUNTS", "FORMS", "ZEROS", "Report", "content_of", "labels", "reports"]
