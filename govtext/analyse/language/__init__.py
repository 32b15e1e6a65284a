"""Tables -> what the wording of the reports tells: keyness, dispersion, collocations, readability.

All is of the prose: the cells of statistics tables are left out. Words inside one report are not
independent of each other, so that every test that counts words says too much; `keyness` therefore
also moves whole reports between the groups.
"""

from govtext.analyse.language.collocations import collocations
from govtext.analyse.language.corpus import Counts, count, prose
from govtext.analyse.language.dispersion import deviation, dispersion
from govtext.analyse.language.keyness import BY, Groups, absent, groups, keyness
from govtext.analyse.language.quantification import quantification
from govtext.analyse.language.readability import mattr, readability

__all__ = [
    "BY", "Counts", "Groups", "absent", "collocations", "count", "deviation", "dispersion",
    "groups", "keyness", "mattr", "prose", "quantification", "readability",
]  # fmt: skip
