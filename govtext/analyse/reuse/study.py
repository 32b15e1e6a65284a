"""Where bodies, themes and topics meet text reuse: the tables of a study -> what it repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtext.analyse import bodies, corpus, groups
from govtext.analyse import reuse as text_reuse
from govtext.analyse import topics as topic_models
from govtext.analyse.reuse import SOURCES, Found
from govtext.extract import themes, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from govtext.analyse.bodies import NamesTable
    from govtext.pipeline.tables import Study

__all__ = [
    "kept", "reuse", "reuse_control", "without_reused",
]  # fmt: skip

WHAT = ("themes", "topics")


@dataclass(frozen=True, slots=True, eq=False)
class Reuse(Found):
    """Text that stands in more than one report of a study; attributes but `texts` are frames.

    Attributes
    ----------
    texts : list of Text
        What was compared: the running text of each report, copies of a report left out.
    passages : pandas.DataFrame
        A row a passage and pair of reports: report_a, start_a, end_a, report_b (the later one),
        start_b, end_b (offsets into `reports.text`), relation (``own``, ``other`` or ``unknown``
        body), body_a, year_a, body_b, year_b, n_chars (in `report_b`, spaces left out), similarity
        (0.5 to 1), numbers_differ, boilerplate (share of it in `report_b`), text (as in
        `report_b`).
    boilerplate : pandas.DataFrame
        A row a stretch of a report: report_id, start, end, n_chars, n_bodies (those that have its
        rarest part: no more have all of it), text.
    shares : pandas.DataFrame
        A row a report: report_id, labels, body, year, n_chars (of the running text, spaces left
        out); of these the shares `boilerplate`, `own_past` (in an earlier year's report of the
        body) and `others` (in reports of other bodies, of any year), which overlap; `reused`, in
        any of them; as_boilerplate, as_own_past, as_others and as_new, characters that are each
        counted once, at the first that holds; n_past (earlier reports of the body), n_passages,
        reason (why a share is null).
    pairs : pandas.DataFrame
        A row a pair of reports with a passage: report_a, report_b, relation, n_passages, n_chars,
        share (of the later report's running text).
    """

    shares: pd.DataFrame
    pairs: pd.DataFrame

    def __repr__(self) -> str:
        """One line with what was found."""
        return (
            f"Reuse: {len(self.passages):,} passages in {len(self.pairs):,} pairs of "
            f"{len(self.texts):,} reports, {len(self.boilerplate):,} stretches of boilerplate"
        )


def reuse(
    study: Study,
    *,
    within: str = "all",
    min_chars: int = 30,
    min_bodies: int = 5,
    method: str = "exact",
    names: NamesTable = None,
) -> Reuse:
    """Passages that reports have in common, and how much of each report is such text.

    The State Council names reports that are identical to others (内容雷同) a fault; and text that
    is carried on from year to year hides or feigns a trend. Tables, headings and titles, which the
    official forms prescribe, are left out. A number matches any number, so that a sentence with
    new figures is found (`numbers_differ`); spaces and punctuation do not count.

    Parameters
    ----------
    study : Study
        As `load` gives.
    within : {"all", "body", "others"}
        Compare reports of one body over the years, of different bodies, or both.
    min_chars : int, default 30
        Fewest equal characters of a passage, a number counted as one; 16 or more. At 30 a clause
        is long enough to be no turn of phrase; titles of laws and notices can be longer.
    min_bodies : int, default 5
        Bodies from which on a text is boilerplate. Such text is told by itself and is no passage
        between bodies; in a study of fewer bodies there is none.
    method : {"exact", "minhash"}
        How pairs of different bodies are chosen for comparison. ``exact`` misses no passage with
        16 equal characters in a row; ``minhash``, for many thousands of reports, finds those that
        share a sentence for the most part, and may miss a clause in a sentence of their own.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.

    Returns
    -------
    Reuse
        The same for the same study, whatever the order of its rows. Who wrote a passage first is
        not known from it: both may follow a third text.

    Raises
    ------
    ValueError
        If an argument is none of those it can be.

    Notes
    -----
    Candidates by winnowing of 10-character grams [1]_ or by MinHash over sentences in 20 bands of
    3 hashes [2]_; each pair is then aligned: runs of equal grams are joined over gaps of at most
    20 characters that are shorter than the runs beside them. similarity = 2 M / (n + m), M equal
    characters of n and m.

    share = characters of the running text in passages / all its characters, in [0, 1]. It counts
    all characters and samples none, hence no interval. It grows with the study: `own_past` is null
    for the first report of a body, and is not to be compared between bodies of which few and many
    years are at hand. A passage is missed where every 16 characters hold a change.

    References
    ----------
    .. [1] Schleimer, S., Wilkerson, D. S. and Aiken, A. (2003). Winnowing: local algorithms for
       document fingerprinting. SIGMOD 2003, 76-85.
    .. [2] Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of
       Compression and Complexity of Sequences 1997, 21-29.
    """
    of = bodies.called(study.reports, study.folder, names)
    found = text_reuse.compare(
        study, of, within=within, min_chars=min_chars, min_bodies=min_bodies, method=method
    )
    shares = text_reuse.shares(found, within=within, min_bodies=min_bodies)
    labelled = corpus.labels(study)[["report_id", "label_en", "label_zh", *corpus.PLACE]]
    shares = labelled.merge(shares, on="report_id")
    return Reuse(found.texts, found.passages, found.boilerplate, shares, text_reuse.pairs(found))


def kept(
    study: Study,
    found: Reuse | None = None,
    *,
    names: NamesTable = None,
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """How much of a body's text was kept from one report to the next, year by year.

    Parameters
    ----------
    study : Study
        As `load` gives.
    found : Reuse, optional
        As `reuse` gives, with ``within="all"`` or ``"body"``; else it is made within bodies.
    names : path or pandas.DataFrame, optional
        Table of names that joins the names of one body; see `bodies`.
    by : {"all", "year", "level", "province", "form"} or several, optional
        Groups instead of reports; `year` and `form` are those of the later report.

    Returns
    -------
    pandas.DataFrame
        A row a report with an earlier one of its body: report_id, body, year and place (see
        `corpus.labels`), report_before, year_before (the last before it; years may lie between),
        kept (share of the earlier report's running text that stands in the later one), carried
        (share of the later one that stood in the earlier), n_chars_before, n_chars, n_passages.
        With `by` a row a group and measure (``kept``, ``carried``): by, group, measure, n_reports,
        n_bodies, mean, low, high, reason.

    Notes
    -----
    Passages and shares are those of `reuse`: characters of the running text in aligned passages of
    30 equal characters or more, a number matching any number, tables, headings and titles left out.
    The mean counts each report the same; its 95% interval is a bootstrap over bodies, see
    `groups.means`.
    """
    found = reuse(study, within="body", names=names) if found is None else found
    columns = ["report_id", "label_en", "label_zh", "body", "year", *corpus.PLACE]
    there = study.read("reports", ["report_id"])
    shares = found.shares[columns].merge(there, on="report_id")
    frame = shares.merge(text_reuse.kept(found), on="report_id")
    if by is None:
        return frame
    long = frame.melt(columns, ["kept", "carried"], var_name="measure", value_name="share")
    return groups.means(long, "share", by=groups.several(by), per="measure")


def without_reused(
    study: Study, found: Reuse, *, least: float = 0.5, sources: Sequence[str] = SOURCES
) -> Study:
    """The same study without the sentences that are reused, for any measure of text.

    In `reports.text` they are blanks, so that every offset stays; `themes` has no row for them, and
    `words` is counted anew. Observations, quantities and cells stay: a number reported in a
    repeated sentence is still the year's. `n_chars` stays as well.

    Parameters
    ----------
    study : Study
        As `load` gives.
    found : Reuse
        As `reuse` gives; rows may be left out of its passages.
    least : float, default 0.5
        Share of a sentence's characters that makes it reused.
    sources : sequence of str, default ("boilerplate", "own_past", "others")
        Where it may stand for that.

    Notes
    -----
    Only a later report of a body loses what it repeats; of different bodies, where nobody knows who
    was first, both lose it.
    """
    return text_reuse.without(study, found, words.count, least=least, sources=sources)


def reuse_control(
    study: Study,
    found: Reuse,
    what: str = "themes",
    *,
    k: int = 6,
    least: float = 0.5,
    sources: Sequence[str] = SOURCES,
) -> pd.DataFrame:
    """Shares of themes or topics in all text, and in that which is not reused.

    Parameters
    ----------
    study : Study
        As `load` gives.
    found : Reuse
        As `reuse` gives.
    what : {"themes", "topics"}
        Themes by sentences; or topics by the characters of paragraphs, of a model that is fitted to
        all paragraphs, so that a topic is the same thing in both shares.
    k : int, default 6
        Number of topics.
    least, sources
        As for `without_reused`.

    Returns
    -------
    pandas.DataFrame
        A row a theme or topic: name, n_reports, n_all and n_rest (sentences or paragraphs), share,
        share_rest, difference, low, high; for topics also top_words. The bounds are of a bootstrap
        over reports and null in a study of fewer than 10, where it says nothing: there the
        difference is that of these reports and no estimate for others.

    Raises
    ------
    ValueError
        If `what` is neither.

    Notes
    -----
    See `text_reuse.contrast` for formula and source. Shares are of all sentences (or characters) of
    the study together, not means over reports.
    """
    if what not in WHAT:
        raise ValueError(f"what is {what!r}; it can be {' or '.join(map(repr, WHAT))}")
    compared = {each.report_id for each in found.texts}
    if what == "themes":
        units = study.themes[study.themes["report_id"].isin(compared)]
        values = units[[theme for theme in themes.theme_ids() if theme in units]]
        top = None
    else:
        reports = study.reports[study.reports["report_id"].isin(compared)]
        units, values, top = _topics(reports, study.sections, study.cells, k)
    units = units.assign(
        reused=text_reuse.reused(units, found, least=least, sources=sources),
        weight=1.0 if what == "themes" else units["end"] - units["start"],
    )
    frame = text_reuse.contrast(units, values)
    return frame if top is None else frame.assign(top_words=frame["name"].map(top))


def _topics(
    reports: pd.DataFrame, sections: pd.DataFrame, cells: pd.DataFrame, k: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series[str]]:
    """Paragraphs, their loadings on the topics, and the first words of each topic."""
    own = sections[sections["report_id"].isin(set(reports["report_id"]))]
    documents = topic_models.paragraphs(reports, own, cells)
    model = topic_models.fit(topic_models.vectorise(documents, tokenize=words.tokenize), k)
    keys = ["report_id", "start", "end"]
    wide = model.loadings.pivot_table(index=keys, columns="topic", values="loading", sort=True)
    first = model.words[model.words["rank"] <= topic_models.TOP]
    top = first.sort_values(["topic", "rank"]).groupby("topic")["word"].agg(" ".join)
    return wide.index.to_frame(index=False), wide.reset_index(drop=True), top
