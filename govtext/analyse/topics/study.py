"""Where the topics of a study are made: its tables -> topics, their shares, and how sure they are.

A small study is read from its frames; a large one batch by batch from its tables.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from govtext.analyse import corpus as reports_of
from govtext.analyse import kept
from govtext.analyse import topics as topic_models
from govtext.analyse.topics import few
from govtext.core import origin
from govtext.extract import words
from govtext.pipeline import places, tables
from govtext.pipeline.counted import counted
from govtext.pipeline.progress import through

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from govtext.pipeline.tables import Study

    _Compare = Callable[[topic_models.Corpus], pd.DataFrame]

__all__ = [
    "topics",
]  # fmt: skip

_LABELS = "topic_labels.csv"
_LARGE = 100
_BATCH = 64
_SECTION = ["report_id", "section_id", "number", "title", "part", "start", "end"]
_GROUPS = (None, "part", "year", "admin_level")


@dataclass(frozen=True, slots=True)
class TopicStudy:
    """Topics of a study with all that is shown of them.

    Attributes
    ----------
    comparison : pandas.DataFrame
        Coherence and stability by model and number of topics; see `topic_models.choose_k`.
    sizes : pandas.DataFrame
        Stability by the number of paragraphs; see `topic_models.stability_by_size`.
    topics : pandas.DataFrame
        A row a topic: topic, label_en, label_zh, top_words, frex_words, stability, low, high,
        verdict, effective_reports, top_report, top_part.
    words : pandas.DataFrame
        The words of each topic by weight and by exclusivity; `kept` is the share of the resamples
        that each of the ten first is found again in.
    beside : pandas.DataFrame
        Each topic beside the one that LDA finds for it: topic, nmf_words, lda_words, jaccard.
    topic_shares : pandas.DataFrame
        report_id, topic, share of the characters, low, high, by paragraph.
    group_shares : pandas.DataFrame
        The same of all reports, by part, year and level: by, group, topic, share, low, high,
        clustered by report, with the reason where there are no bounds.
    association : pandas.DataFrame
        Do shares go with the year, or with the level; see `topic_models.association`.
    passages : pandas.DataFrame
        The paragraph that each topic weighs most in.
    k : int
        Number of topics.
    stale : list of str
        A sentence for each label that fits no topic and each topic without a label.
    """

    comparison: pd.DataFrame
    sizes: pd.DataFrame
    topics: pd.DataFrame
    words: pd.DataFrame
    beside: pd.DataFrame
    topic_shares: pd.DataFrame
    group_shares: pd.DataFrame
    association: pd.DataFrame
    passages: pd.DataFrame
    k: int
    stale: list[str]


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A model, the corpus that it is judged on, and how to read loadings and paragraphs of it."""

    model: topic_models.Topics
    corpus: topic_models.Corpus
    comparison: pd.DataFrame
    sheet: pd.DataFrame
    stale: list[str]
    pieces: Iterable[tuple[pd.DataFrame, pd.DataFrame]]


def topics(
    study: Study | str | os.PathLike[str],
    k: int | None = None,
    *,
    ks: Iterable[int] = range(3, 7),
    large: bool | None = None,
    n_boot: int = 20,
    n_seeds: int = 5,
) -> TopicStudy:
    """Topics of a study: non-negative matrix factorisation of the words of its paragraphs.

    Latent Dirichlet allocation stands beside it in the comparison and in `beside`. Reports that
    repeat another are left out. The result is kept beside the tables, and taken from there until
    the reports, a setting, a rule or govtext are others.

    Parameters
    ----------
    study : Study or path
        As `load` gives; or a folder of tables, which is then read batch by batch.
    k : int, optional
        Number of topics; by `topic_models.pick_k` from the comparison if not given.
    ks : iterable of int
        Numbers of topics to compare, for NMF and LDA.
    large : bool, optional
        Whether counts wait on disk and the model goes through them batch by batch, with stability
        judged on a sample of up to 2,000 paragraphs; by default from 100 reports on.
    n_boot : int, default 20
        Resamples of the paragraphs that each fit is compared with.
    n_seeds : int, default 5
        Other seeds, and shuffled corpora, that it is compared with.

    Returns
    -------
    TopicStudy
        The same for the same study, whatever the order of its rows. Of a study that is too small
        for any topics the frames are empty, and `stale` has a sentence that says so.
    """
    source = _source(study)
    numbers = sorted(set(ks))
    compare = partial(topic_models.choose_k, ks=numbers, n_boot=n_boot, n_seeds=n_seeds)
    many = len(source.reports) >= _LARGE if large is None else large

    def made() -> TopicStudy:
        import sklearn.decomposition  # noqa: F401 - a library that is loaded later is not limited

        # Threads cost more than they bring to tables so small, the more so on a busy machine.
        one_thread = threadpool_limits(1, "blas")
        with one_thread, (_streamed if many else _at_once)(source, k, compare) as fitted:
            if isinstance(fitted, str):
                return TopicStudy(**few.frames(), k=0, stale=[fitted])
            return _shown(source.reports, fitted, n_boot)

    settings = [k, numbers, many, n_boot, n_seeds, _BATCH, _read_labels(source.labels)]
    frames = chain([source.reports], source.batches("Looking for topics found before"))
    name = kept.key("topics", settings, frames)
    found = kept.kept(source.study.folder, name, made, TopicStudy)
    for folder in origin.marks(source.reports):
        origin.mark(found, folder)
    return found


def _read_labels(path: Path) -> str | None:
    """The sheet of labels as it is, None without one."""
    return path.read_bytes().hex() if path.is_file() else None


@dataclass(frozen=True, slots=True)
class _Source:
    """The reports by their ids, with what names them and their body, and the study they are of."""

    reports: pd.DataFrame
    study: Study
    labels: Path

    def batches(self, doing: str) -> Iterator[pd.DataFrame]:
        """Paragraphs in batches, in the order of the ids; `doing` says what they are wanted for."""
        found = map(_paragraphs, self.study.batches(_BATCH))
        return through(found, doing, -(-len(self.reports) // _BATCH))


def _source(study: Study | str | os.PathLike[str]) -> _Source:
    found = counted(study if isinstance(study, tables.Study) else tables.load(study))
    reports = reports_of.with_bodies(found).sort_values("report_id", ignore_index=True)
    return _Source(reports, found, _labels(found.folder))


def _paragraphs(study: Study) -> pd.DataFrame:
    """Paragraphs of a few reports."""
    return topic_models.paragraphs(
        study.read("reports", ["report_id", "text"]),
        study.read("sections", _SECTION),
        study.read("cells", ["report_id", "start", "end"]),
    )


def _labels(folder: Path) -> Path:
    """Where the labels of a study's topics lie: beside its tables, the project's own in `data`."""
    return places.kept_in(folder) / _LABELS


@contextmanager
def _at_once(source: _Source, k: int | None, compare: _Compare) -> Iterator[_Fitted | str]:
    """A model of all paragraphs at once; a sentence where there are too few for one."""
    import pandas as pd

    found = list(source.batches("Reading paragraphs"))
    paragraphs = pd.concat(found, ignore_index=True) if found else few.paragraphs()
    corpus = few.corpus_of(paragraphs, words.tokenize)
    if isinstance(corpus, str):
        yield corpus
        return
    comparison = compare(corpus)
    number = _number(k, comparison)
    if isinstance(number, str):
        yield number
        return
    fitted = topic_models.fit(corpus, number)
    model, sheet, stale = _named(fitted, source.labels)
    yield _Fitted(model, corpus, comparison, sheet, stale, [(model.loadings, corpus.paragraphs)])


@contextmanager
def _streamed(source: _Source, k: int | None, compare: _Compare) -> Iterator[_Fitted | str]:
    """A model that goes through batches on disk."""
    batches = source.batches("Counting words of paragraphs")
    with ExitStack() as stack:
        try:
            stored = topic_models.stored(batches, tokenize=words.tokenize)
            store = stack.enter_context(stored)
        except ValueError as fault:
            yield f"The paragraphs of the study are too few for topics ({fault})."
            return
        corpus = store.sample(topic_models.SAMPLE)
        if lacking := few.lacking(corpus):
            yield lacking
            return
        comparison = compare(corpus)
        number = _number(k, comparison)
        if isinstance(number, str):
            yield number
            return
        estimate = topic_models.fit_store(store, number)
        model, sheet, stale = _named(estimate.topics, source.labels)
        named = replace(estimate, topics=model)
        again = through(store, "Finding the topics of each paragraph", store.n_batches)
        pieces = ((named.loadings(batch), batch.paragraphs) for batch in again)
        yield _Fitted(model, corpus, comparison, sheet, stale, pieces)


def _number(k: int | None, comparison: pd.DataFrame) -> int | str:
    """Number of topics that is given or chosen; a sentence where none can be chosen."""
    try:
        return k or topic_models.pick_k(comparison)
    except ValueError as fault:
        return f"The paragraphs are too much alike for topics ({fault}); give k to have some."


def _named(
    model: topic_models.Topics, path: Path
) -> tuple[topic_models.Topics, pd.DataFrame, list[str]]:
    """Topics under the numbers and labels of the scholar's sheet, and what does not fit."""
    if path.is_file():
        return topic_models.identify(model, topic_models.read_labels(path))
    sheet = topic_models.label_sheet(model)
    named, labelled, _ = topic_models.identify(model, sheet.head(0))
    return named, labelled, [f"There is no {_LABELS}: the topics go by their first words."]


def _shown(reports: pd.DataFrame, fitted: _Fitted, n_boot: int) -> TopicStudy:
    """All that is shown of a model."""
    import pandas as pd

    ids, parts = pd.Index(reports["report_id"]), pd.CategoricalDtype(reports_of.part_names())
    shares, masses, passages = [], [], []
    for loadings, paragraphs in fitted.pieces:
        shares.append(topic_models.shares(loadings))
        # Numbers in place of names: there are some rows for every part of every report.
        own = topic_models.masses(loadings).astype({"part": parts})
        masses.append(own.assign(report_id=ids.get_indexer(own["report_id"])))
        passages.append(topic_models.passages(loadings, paragraphs))
    by_report = pd.concat(shares, ignore_index=True)
    model, corpus = fitted.model, fitted.corpus
    by_topic, by_word = topic_models.topic_stability(corpus, model, n_boot=n_boot)
    spread = topic_models.spread(by_report)
    known = reports[["report_id", "body", "year", "admin_level"]]
    return TopicStudy(
        comparison=fitted.comparison,
        sizes=topic_models.stability_by_size(corpus, model.k, n_boot=n_boot),
        topics=_topics(fitted, by_topic, spread),
        words=model.words.merge(by_word, on=["topic", "word"], how="left"),
        beside=_beside(corpus, model),
        topic_shares=reports_of.labels_of(reports).merge(by_report, on="report_id"),
        group_shares=_grouped(pd.concat(masses, ignore_index=True), known),
        association=_associated(by_report.merge(known, on="report_id")),
        passages=topic_models.first_passages(passages),
        k=model.k,
        stale=fitted.stale,
    )


def _topics(fitted: _Fitted, by_topic: pd.DataFrame, spread: pd.DataFrame) -> pd.DataFrame:
    """A row a topic, with its words by weight and by FREX."""
    sheet = fitted.sheet
    first = fitted.model.words.sort_values(["topic", "frex_rank"])
    lists = first[first["frex_rank"] <= topic_models.TOP].groupby("topic")["word"].agg(" ".join)
    place = list(sheet).index("top_words") + 1
    sheet.insert(place, "frex_words", sheet["topic"].map(lists))
    return sheet.merge(by_topic, on="topic").merge(spread, on="topic")


def _beside(corpus: topic_models.Corpus, model: topic_models.Topics) -> pd.DataFrame:
    """Each topic beside the topic that LDA finds for it in the same paragraphs."""
    other = topic_models.fit(corpus, model.k, model="lda")
    ours, theirs = topic_models.label_sheet(model), topic_models.label_sheet(other)
    own, lists = ours["top_words"].str.split(), theirs["top_words"].str.split()
    pairs = topic_models.matched(list(own), list(lists))
    frame = ours[["topic", "top_words"]].rename(columns={"top_words": "nmf_words"})
    frame["lda_words"] = [theirs["top_words"].iloc[place] for place, _ in pairs]
    return frame.assign(jaccard=[round(value, 6) for _, value in pairs])


def _grouped(masses: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Shares of all reports, and by part, year and level, one below the other.

    The `report_id` of the masses is the number of the row in `reports`.
    """
    import pandas as pd

    frames = []
    for by in _GROUPS:
        grouped = masses
        if by in reports:
            if reports[by].isna().all():
                continue
            grouped = masses.assign(**{str(by): reports[by].array.take(masses["report_id"])})
        found = topic_models.group_shares(grouped, by)
        frame = found.rename(columns={by or "group": "group"})
        frame.insert(0, "by", by or "all")
        if by == "part":
            frame = reports_of.by_part(frame, "group")
        frame["group"] = [_plain(group) for group in frame["group"]]
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _plain(group: object) -> str:
    """Name of a group; a year without the point that it has beside unknown ones."""
    return f"{group:.0f}" if isinstance(group, float) else str(group)


def _associated(shares: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    found = [topic_models.association(shares, by) for by in ("year", "admin_level")]
    return pd.concat(found, ignore_index=True)
