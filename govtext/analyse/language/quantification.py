"""Sentences and quantities -> how far a text says it with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtext.analyse.language.corpus import settled
from govtext.analyse.language.readability import ENDS, n_chars
from govtext.core import intervals

if TYPE_CHECKING:
    import pandas as pd


def quantification(prose: pd.DataFrame, quantities: pd.DataFrame, by: str) -> pd.DataFrame:
    """Numbers of each group of sentences; see `govtext.quantification`."""
    import pandas as pd

    held = pd.merge_asof(
        quantities[["report_id", "start"]].sort_values("start", kind="stable"),
        prose.reset_index(names="sentence")
        .rename(columns={"start": "from"})
        .sort_values("from", kind="stable"),
        left_on="start",
        right_on="from",
        by="report_id",
    )
    held = held[held["start"] < held["end"]]
    counted = np.bincount(held["sentence"].astype(int), minlength=len(prose))
    finished = prose["text"].str.endswith(ENDS)
    frame = pd.DataFrame(
        {
            by: prose[by],
            "n_sentences": finished,
            "n_quantified": finished & (counted > 0),
            "n_chars": prose["text"].map(n_chars),
            "n_quantities": counted,
        }
    )
    frame = frame.groupby(by, sort=True).sum().astype(int).reset_index()
    pairs = zip(frame["n_quantified"], frame["n_sentences"], strict=True)
    shares = [intervals.share(some, every) for some, every in pairs]
    frame[["share", "share_low", "share_high"]] = np.reshape(shares, (-1, 3))
    frame["per_1000"] = 1000 * frame["n_quantities"] / frame["n_chars"].where(frame["n_chars"] > 0)
    return settled(frame)
