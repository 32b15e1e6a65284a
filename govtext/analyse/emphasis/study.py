"""Where the coding of themes meets the rest: the tables of a study -> emphasis and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtext.analyse import corpus
from govtext.analyse.emphasis import context, drawn, learned, measures, robust
from govtext.analyse.emphasis import substance as substances
from govtext.analyse.emphasis.over import theme_groups, theme_shares
from govtext.analyse.emphasis.sentences import of_study, sentences
from govtext.core.text import key
from govtext.extract import themes, words
from govtext.pipeline import gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govtext.pipeline.tables import Study


__all__ = [
    "candour", "code_themes", "coded_sentences", "coder_agreement", "compare_coders", "kwic",
    "leave_report_out", "promises", "sentences", "substance", "theme_conclusions", "theme_groups",
    "theme_ranges", "theme_shares", "train_coder",
]  # fmt: skip


def code_themes(
    sentences: Iterable[str],
    *,
    parts: Sequence[str] | None = None,
    coder: learned.Coder | None = None,
) -> pd.DataFrame:
    """Boolean frame, one row a sentence, one column a theme.

    Parameters
    ----------
    sentences : iterable of str
        In their order in the report, if `parts` are given.
    parts : sequence of str, optional
        Canonical part of the section of each sentence; see `extract.themes.code_themes`.
    coder : Coder, optional
        What `train_coder` gives, instead of the lexicon. The lexicon is the default because it
        agrees better with people on reports that neither has seen (`compare_coders`), and because
        each of its codes can be shown (`kwic`).
    """
    if coder is not None:
        return coder.code(sentences, parts=parts)
    return themes.code_themes(sentences, parts=parts)


def coder_agreement(study: Study) -> pd.DataFrame:
    """The lexicon against the two people who coded every sentence of the shipped reports.

    Returns
    -------
    pandas.DataFrame
        As `measures.agreement` gives, over the sentences of the study that the two coded; all
        null where none of its reports is among them.
    """
    coded = coded_sentences(study)
    a, b = (learned.theme_frame(coded[name]) for name in ("themes_a", "themes_b"))
    return measures.agreement(coded[list(themes.coded_by_people())], a, b)


def kwic(study: Study, what: str | None = None, *, width: int = 20) -> pd.DataFrame:
    """Keyword in context: the words behind the scores of the themes, a row a hit.

    Parameters
    ----------
    study : Study
        As `load` gives.
    what : str, optional
        Id of a theme: its hits. Any other string: every place where it stands, widths and case
        aside. Not given: the hits of all themes.
    width : int, default 20
        Characters of context on either side.

    Returns
    -------
    pandas.DataFrame
        report_id, section (its title), part, start, end (characters of the text), left, hit, right,
        theme, term (the row of `rules/lexicon.csv` that matched). A sentence that got its theme
        from the part that it stands in has no term, and is itself the hit; so every score has its
        row. By report and place. `sheets.write` saves it for a spreadsheet.

    Raises
    ------
    ValueError
        If `what` is empty or `width` is negative.
    """
    if what == "" or width < 0:
        raise ValueError(f"what is {what!r} and width {width}: give words, and a width from 0")
    sentences = of_study(study)
    texts = dict(zip(study.reports["report_id"], study.reports["text"], strict=True))
    known = themes.theme_ids()
    if what is None or what in known:
        wanted = set(known) if what is None else {what}
        found = context.of_themes(sentences, texts, wanted, width)
    else:
        found = context.of_string(sentences, texts, what, width)
    return found.sort_values(["report_id", "start", "end", "theme"], ignore_index=True)


def coded_sentences(study: Study) -> pd.DataFrame:
    """Sentences of the study that two people coded: those of the shipped reports, in a checkout.

    Returns
    -------
    pandas.DataFrame
        report_id, part, start, end, sentence, themes_a, themes_b (ids joined by ";"), and the
        themes of the lexicon as boolean columns; in order. Empty where none of the reports, known
        by the sha256 of their files, was coded. `train_coder` learns from it.
    """
    names = {row["sha256"]: row["report"] for row in gold.rows("files")}
    known = {(row["report"], key(row["sentence"])): row for row in gold.rows("themes")}
    coded = dict(zip(study.reports["report_id"], study.reports["sha256"].map(names), strict=True))
    frame = of_study(study)
    rows = [
        known.get((coded[report], key(sentence)))
        for report, sentence in zip(frame["report_id"], frame["sentence"], strict=True)
    ]
    frame["themes_a"] = [row["themes_a"] if row else None for row in rows]
    frame["themes_b"] = [row["themes_b"] if row else None for row in rows]
    order = ["report_id", "part", "start", "end", "sentence", "themes_a", "themes_b"]
    kept = frame[np.array([row is not None for row in rows], dtype=bool)]
    return kept[[*order, *themes.theme_ids()]].reset_index(drop=True)


def train_coder(coded: pd.DataFrame, *, seed: int = 0) -> learned.Coder:
    """Coder that learned from sentences coded by people; see `emphasis.learned.train`.

    Parameters
    ----------
    coded : pandas.DataFrame
        `sentence`, `part` if known, and `themes` or `themes_a` and `themes_b`: as
        `coded_sentences` gives, or your own.
    seed : int
        Of the solver.
    """
    return learned.train(coded, tokenize=words.tokenize, seed=seed)


def compare_coders(coded: pd.DataFrame) -> pd.DataFrame:
    """Three coders against the two people, theme by theme, beside the people's own agreement.

    ``lexicon`` is the shipped one; ``drawn`` has, for each report, only the terms that stand in the
    others; ``learned`` learned from the other reports. The last two are what new reports can expect
    from five: the lexicon itself was made with all five at hand.

    Parameters
    ----------
    coded : pandas.DataFrame
        As `coded_sentences` gives. Of fewer than two reports, the lexicon stands alone.

    Returns
    -------
    pandas.DataFrame
        coder, theme (``macro`` last), n, precision_a, recall_a, f1_a, kappa_a against coder A, the
        same against B, and precision, recall, f1 where A and B agree, kappa_ab between them.
    """
    a, b = (learned.theme_frame(coded[name]) for name in ("themes_a", "themes_b"))
    predicted = {"lexicon": coded[list(themes.theme_ids())].reset_index(drop=True)}
    if len(set(coded["report_id"])) > 1:
        predicted["drawn"] = drawn.drawn_codes(coded)
        predicted["learned"] = learned.cross_code(coded, tokenize=words.tokenize)
    frames = []
    for name, frame in predicted.items():
        codes = frame[list(themes.coded_by_people())]
        both = measures.agreement(codes, a, b)
        for side, truth in (("a", a), ("b", b)):
            table = measures.agreement(codes, truth, truth)
            for score in ("precision", "recall", "f1"):
                both[f"{score}_{side}"] = table[score]
        frames.append(both.drop(columns="n_agreed").assign(coder=name))
    kinds = ("precision", "recall", "f1", "kappa")
    order = ["coder", "theme", "n", *(f"{score}_{side}" for side in "ab" for score in kinds)]
    return pd.concat(frames, ignore_index=True)[[*order, "precision", "recall", "f1", "kappa_ab"]]


def leave_report_out(coded: pd.DataFrame, *, sourced: bool = False) -> pd.DataFrame:
    """F1 on each report with the terms drawn from the others; see `emphasis.drawn`.

    Parameters
    ----------
    coded : pandas.DataFrame
        As `coded_sentences` gives.
    sourced : bool
        Keep terms with a source outside the reports.
    """
    a, b = (learned.theme_frame(coded[name]) for name in ("themes_a", "themes_b"))
    return drawn.leave_report_out(coded, a, b, sourced=sourced)


def theme_ranges(study: Study) -> pd.DataFrame:
    """Share and rank of each theme by report with any single term left out, with the labels.

    As `emphasis.robust.leave_term_out` gives.
    """
    return corpus.of_reports(study, robust.leave_term_out(of_study(study)))


def theme_conclusions(study: Study) -> pd.DataFrame:
    """Comparisons of themes and the terms that overturn them; see `emphasis.robust.conclusions`."""
    return robust.conclusions(of_study(study))


def substance(study: Study) -> pd.DataFrame:
    """Emphasis on each theme beside its numbers and names; see `emphasis.substance.substance`."""
    return substances.substance(_specific(study))


def candour(study: Study) -> pd.DataFrame:
    """Admitted problems of each report; labels and `emphasis.substance.candour`."""
    return corpus.of_reports(study, substances.candour(_specific(study)))


def promises(study: Study) -> pd.DataFrame:
    """Plans of each report that can be checked; labels and `emphasis.substance.promises`."""
    return corpus.of_reports(study, substances.promises(_specific(study)))


def _specific(study: Study) -> pd.DataFrame:
    """Sentences with the quantities that begin in each, and what each names."""
    frame = of_study(study)
    frame["n_quantities"] = _quantities(frame, study.quantities)
    return pd.concat([frame, substances.specifics(frame["sentence"])], axis=1)


def _quantities(sentences: pd.DataFrame, quantities: pd.DataFrame) -> Sequence[int]:
    """How many quantities begin in each sentence."""
    starts = {str(name): rows.to_numpy() for name, rows in quantities.groupby("report_id")["start"]}
    none = np.array([], dtype=int)
    counted = []
    for report, start, end in sentences[["report_id", "start", "end"]].itertuples(index=False):
        found = starts.get(report, none)
        counted.append(int(((found >= start) & (found < end)).sum()))
    return counted
