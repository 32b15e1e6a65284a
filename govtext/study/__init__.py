"""A study of a scholar's own: the folder, its settings, and all that is made from its reports."""

from govtext.study.folder import new
from govtext.study.run import run
from govtext.study.settings import Settings, settings

__all__ = ["Settings", "new", "run", "settings"]
