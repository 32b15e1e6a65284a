"""The sample that a scholar judges in a study of an own corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.core import sheets
from govtext.pipeline import places
from govtext.validate import draw_sample

if TYPE_CHECKING:
    import pandas as pd

    from govtext.pipeline.tables import Study

NAME = "sample.csv"
DRAFT = "build"


def own_sample(study: Study, n: int = 100, *, seed: int = 0) -> pd.DataFrame:
    """The judged sample of a study, `sample.csv`; where there is none, one to judge.

    That is drawn by `draw_sample` and written to `build/sample.csv`. Copied to `sample.csv` and
    filled in, it is what this gives, and no run writes over it.

    Parameters
    ----------
    study : Study
        Of a folder that `govtext new` made.
    n : int, default 100
        Rows to draw.
    seed : int, default 0
        Another seed draws other rows.

    Returns
    -------
    pandas.DataFrame
        As `draw_sample` gives, for `score_sample`.
    """
    import pandas as pd

    folder = places.kept_in(study.folder)
    if (folder / NAME).is_file():
        return pd.DataFrame(sheets.read(folder / NAME))
    (folder / DRAFT).mkdir(exist_ok=True)
    return draw_sample(study, n, seed=seed, path=folder / DRAFT / NAME)
