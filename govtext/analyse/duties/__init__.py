"""What the Regulation asks of a report: which contents it states, and whether it came in time."""

from govtext.analyse.duties.contents import STATES, statutory_contents, timeliness

__all__ = ["STATES", "statutory_contents", "timeliness"]
