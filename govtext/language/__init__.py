"""Tables -> what the wording of the reports tells: keyness, dispersion, collocations, readability.

All is of the prose: the cells of statistics tables are left out. Words inside one report are not
independent of each other, so that every test that counts words says too much; `keyness` therefore
also moves whole reports between the groups.
"""

from govtext.language.collocations import collocations
from govtext.language.corpus import Counts, count, prose
from govtext.language.dispersion import deviation, dispersion
from govtext.language.keyness import BY, Groups, groups, keyness
from govtext.language.quantification import quantification
from govtext.language.readability import mattr, readability

__all__ = [
    "BY", "Counts", "Groups", "collocations", "count", "deviation", "dispersion", "groups",
    "keyness", "mattr", "prose", "quantification", "readability",
]  # fmt: skip
