"""The tables of a study -> its sentences, with whose they are and what they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import corpus
from govtext.core import text
from govtext.extract import themes

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from govtext.pipeline.tables import Study

_WHOSE = ("report_id", "body", "year", *corpus.PLACE)
_SENTENCE = ("section", "part", "start", "end", "sentence", "n", "themes")


def sentences(study: Study, term: str | Collection[str] | None = None) -> pd.DataFrame:
    """Sentences of a study in which a term stands, word for word, in the order of the texts.

    Parameters
    ----------
    study : Study
        As `load` gives. Reports that repeat another are left out.
    term : str or collection of str, optional
        A string, of which widths and case do not matter; several, of which any may stand there,
        such as a lexicon of your own; or the id of a theme: its sentences. Else all sentences.

    Returns
    -------
    pandas.DataFrame
        report_id, body, year, region_code, province, prefecture, county, admin_level, form, section
        (its title), part, start, end (characters of the text), sentence, n (times that the terms
        stand there; of a theme or without a term the number of themes), themes (ids joined by
        ``;``).

    Raises
    ------
    ValueError
        If a term is empty.
    """
    known = themes.theme_ids()
    frame = of_study(study)
    frame["themes"] = [
        ";".join(name for name, said in zip(known, row, strict=True) if said)
        for row in frame[list(known)].itertuples(index=False, name=None)
    ]
    terms = [] if term is None else [term] if isinstance(term, str) else list(term)
    if (term is not None and not terms) or any(not each.strip() for each in terms):
        raise ValueError(f"term is {term!r}: give words that may stand in a sentence, or none")
    if len(terms) == 1 and terms[0] in known:
        frame = frame[frame[terms[0]]]
    elif terms:
        frame = frame.assign(n=counts(frame["sentence"], terms)).query("n > 0")
    if "n" not in frame:
        frame = frame.assign(n=frame[list(known)].sum(axis=1).astype(int))
    whose = corpus.labels(study)[list(_WHOSE)]
    made = frame[["report_id", *_SENTENCE]].merge(whose, on="report_id", how="left")
    return made[[*_WHOSE, *_SENTENCE]].reset_index(drop=True)


def counts(texts: Collection[str], terms: Collection[str]) -> list[int]:
    """How often some strings stand in each text, widths and case aside."""
    needles = {text.fold(each).lower() for each in terms}
    folded = (text.fold(each).lower() for each in texts)
    return [sum(each.count(needle) for needle in needles) for each in folded]


def of_study(study: Study) -> pd.DataFrame:
    """Sentences of the reports that count, in order, with their words, their section and part."""
    study = corpus.counted(study)
    columns = ["report_id", "section_id", "part", "title"]
    sections = study.read("sections", columns).rename(columns={"title": "section"})
    frame = study.themes.merge(sections, on=["report_id", "section_id"])
    reports = study.read("reports", ["report_id", "text"])
    texts = dict(zip(reports["report_id"], reports["text"], strict=True))
    spans = frame[["report_id", "start", "end"]].itertuples(index=False)
    frame["sentence"] = [texts[report][start:end] for report, start, end in spans]
    return frame.sort_values(["report_id", "start"], ignore_index=True)
