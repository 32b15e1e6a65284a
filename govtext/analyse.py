"""Where the verbs of analysis meet: the tables of a study -> what is found across its reports."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from govtext import emphasis, summary, tables
from govtext.emphasis import measures
from govtext.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from govtext.tables import Study


def code_themes(sentences: Iterable[str], *, parts: Sequence[str] | None = None) -> pd.DataFrame:
    """Boolean frame, one row a sentence, one column a theme; see `emphasis.code_themes`."""
    return emphasis.code_themes(sentences, parts=parts)


def theme_shares(study: Study, by: str = "report_id") -> pd.DataFrame:
    """Share of sentences and hits per 1,000 characters by report or part, with intervals.

    Parameters
    ----------
    study : Study
        As `load` gives.
    by : {"report_id", "part"}
        What to group the sentences by.

    Returns
    -------
    pandas.DataFrame
        As `measures.shares` gives; with the labels of the reports where they are the groups.

    Raises
    ------
    ValueError
        If `by` is neither.
    """
    if by not in ("report_id", "part"):
        raise ValueError(f"by is {by!r}; it can be 'report_id' or 'part'")
    coded = study.themes.merge(
        study.sections[["report_id", "section_id", "part"]], on=["report_id", "section_id"]
    )
    texts = dict(zip(study.reports["report_id"], study.reports["text"], strict=True))
    spans = coded[["report_id", "start", "end"]].itertuples(index=False)
    counts = emphasis.count_hits(texts[report][start:end] for report, start, end in spans)
    frame = measures.shares(coded, by=by, counts=counts)
    if by == "report_id":
        return summary.labels(study).merge(frame, on="report_id")
    order = {part: place for place, part in enumerate(summary.part_names())}
    return frame.sort_values("part", key=lambda part: part.map(order), kind="stable")


def coder_agreement(study: Study) -> pd.DataFrame:
    """The lexicon against the two people who coded every sentence of the shipped reports.

    Returns
    -------
    pandas.DataFrame
        As `measures.agreement` gives, over the sentences of the study that the two coded; all
        null where none of its reports is among them.
    """
    import pandas as pd

    folder = tables.project() / "tests" / "gold"
    names = {row["sha256"]: row["report"] for row in _read(folder / "files.csv")}
    gold = {(row["report"], key(row["sentence"])): row for row in _read(folder / "themes.csv")}
    texts = dict(zip(study.reports["report_id"], study.reports["text"], strict=True))
    report_of = dict(
        zip(study.reports["report_id"], study.reports["sha256"].map(names), strict=True)
    )
    ids = list(emphasis.theme_ids())
    ours, first, second = [], [], []
    for row in study.themes.to_dict("records"):
        sentence = key(texts[row["report_id"]][row["start"] : row["end"]])
        coded = gold.get((report_of[row["report_id"]], sentence))
        if coded:
            ours.append([row[theme] for theme in ids])
            first.append([theme in coded["themes_a"].split(";") for theme in ids])
            second.append([theme in coded["themes_b"].split(";") for theme in ids])
    frames = [pd.DataFrame(rows, columns=ids, dtype=bool) for rows in (ours, first, second)]
    return measures.agreement(*frames)


def _read(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
