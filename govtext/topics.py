"""Paragraphs -> topics: words that come together, by NMF on tf-idf, with LDA beside it.

A topic is a weighting of words, not a meaning: its label is a reader's, and `stale_labels` says
when the words that it was given to are gone. Where a corpus has few reports on unlike subjects,
words follow reports, and most topics are one report's subject: `spread` shows how far. Nothing
about reports, years or levels at large can then be concluded from their shares.

Nothing depends on the order of the rows given, on threads or on the hash seed: paragraphs are
sorted, words are in code point order, and what comes out is rounded to six digits.
"""

from __future__ import annotations

import os
import re
import warnings
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext import regions, rules
from govtext.text import fold, key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

TOP = 10
"""Words that stand for a topic where topics are compared: the usual number."""
MODELS = ("nmf", "lda")
LABEL_COLUMNS = ("topic", "label_en", "label_zh", "top_words", "note")

_DIGITS = 6
_SHORT = 40
_LDA_PASSES = 50
_NMF_PASSES = 200
# A comma between digits marks thousands, as in a table; any other belongs to prose.
_PROSE = re.compile(r"[。；;！!？?，]|,(?![0-9])")


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Paragraphs as counts of words, ready for a model.

    `paragraphs` are those that hold a word of the vocabulary, sorted by report and place; `words`
    is the vocabulary in code point order; `counts` and `tfidf` are sparse matrices with a row a
    paragraph and a column a word.
    """

    paragraphs: pd.DataFrame
    words: tuple[str, ...]
    counts: Any
    tfidf: Any

    def __repr__(self) -> str:
        """One line with the size of the corpus."""
        return f"Corpus: {len(self.paragraphs):,} paragraphs, {len(self.words):,} words"


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """Topics of a corpus, numbered from 1 by their share of all its characters, largest first.

    Attributes
    ----------
    words : DataFrame
        topic, rank, word, weight (of all words of the topic, sums to 1), exclusivity (the topic's
        part of the word's weight in all topics), frex, frex_rank. The words that are among the
        first by weight or by FREX.
    loadings : DataFrame
        One row a paragraph and topic: report_id, section_id, part, start, end, topic, loading
        (sums to 1 over the topics of a paragraph).
    """

    model: str
    k: int
    words: pd.DataFrame
    loadings: pd.DataFrame

    def __repr__(self) -> str:
        """One line with the number of topics and the model."""
        return f"Topics: {self.k} by {self.model.upper()}"


def paragraphs(
    reports: pd.DataFrame, sections: pd.DataFrame, *, min_chars: int = _SHORT
) -> pd.DataFrame:
    """Documents for the models: report_id, section_id, part, start, end, text.

    A paragraph is a line of `reports.text`, and never crosses a section. A heading on its own line
    and a line of fewer than `min_chars` characters join the line after them, at the end of a
    section the one before. Left out is what has no mark of prose (a stop, semicolon or comma):
    titles, signatures, rows of tables; and a section that is only its heading.

    Parameters
    ----------
    reports : DataFrame
        With report_id and text.
    sections : DataFrame
        With report_id, section_id, number, title, part, start, end.
    min_chars : int, default 40
        A paragraph of fewer says too little by itself.

    Returns
    -------
    DataFrame
        Sorted by report_id and start; ``reports.text[start:end]`` is `text`.
    """
    import pandas as pd

    texts = dict(zip(reports["report_id"], reports["text"], strict=True))
    ordered = sections.sort_values(["report_id", "start"], kind="stable")
    rows = [
        (each.report_id, each.section_id, each.part, start, end, texts[each.report_id][start:end])
        for each in ordered.itertuples(index=False)
        for start, end in _joined(texts[each.report_id], each, min_chars)
    ]
    names = ["report_id", "section_id", "part", "start", "end", "text"]
    return pd.DataFrame(rows, columns=names)


def vectorise(
    paragraphs: pd.DataFrame,
    *,
    tokenize: Callable[[str], Iterable[str]],
    stop: Collection[str] | None = None,
    min_df: int = 3,
    max_df: float = 0.4,
    min_reports: int = 2,
) -> Corpus:
    """Corpus of the paragraphs: counts and tf-idf of the words that can tell topics apart.

    Left out are stop words, single characters, numbers and punctuation, and the places that a
    report names (`rules/regions.csv`; also without their last character, as 江南 for 江南市, in
    the reports that name the place in full): they say whose report it is, not what it is about.

    Parameters
    ----------
    paragraphs : DataFrame
        As `paragraphs` gives, in any order.
    tokenize : callable
        From a text to its words, such as `govtext.tokenize`.
    stop : collection of str, optional
        Stop words; else all of `rules/stopwords.csv`.
    min_df : int, default 3
        Fewest paragraphs a word stands in.
    max_df : float, default 0.4
        Largest share of the paragraphs a word stands in.
    min_reports : int, default 2
        Fewest reports a word stands in. With 1, names and local words make every report a topic.

    Raises
    ------
    ValueError
        If no word is left.

    Notes
    -----
    tf-idf = (1 + ln n) (1 + ln((1 + D) / (1 + d))) for a word n times in a paragraph and in d of D
    paragraphs, each paragraph scaled to Euclidean length 1 [1]_. The logarithm of n keeps one long
    list from being a topic by itself.

    References
    ----------
    .. [1] Manning, C. D., Raghavan, P. and Schuetze, H. (2008). Introduction to Information
       Retrieval. Cambridge University Press, section 6.4; idf smoothed by one document.
    """
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    ordered = paragraphs.sort_values(["report_id", "start", "end"], kind="stable")
    ordered = ordered.reset_index(drop=True)
    left_out = frozenset(row["word"] for row in rules.load("stopwords")) if stop is None else stop
    places = {
        report: _places(texts) for report, texts in ordered.groupby("report_id", sort=True)["text"]
    }
    documents = [
        [
            word
            for word in (fold(token).strip().lower() for token in tokenize(text))
            if _is_word(word) and word not in left_out and word not in places[report]
        ]
        for report, text in zip(ordered["report_id"], ordered["text"], strict=True)
    ]
    words = _vocabulary(documents, list(ordered["report_id"]), min_df, max_df, min_reports)
    if not words:
        raise ValueError(
            f"no word stands in {min_df} paragraphs of {min_reports} reports and in at most "
            f"{max_df:.0%} of all: give more reports, or lower min_df and min_reports"
        )
    counts = CountVectorizer(analyzer=list, vocabulary=words).fit_transform(documents)
    kept = np.flatnonzero(np.diff(counts.indptr))
    counts = counts[kept].astype(float)
    tfidf = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return Corpus(ordered.iloc[kept].reset_index(drop=True), tuple(words), counts, tfidf)


def fit(
    corpus: Corpus, k: int, *, model: str = "nmf", seed: int = 0, n_words: int = 2 * TOP
) -> Topics:
    """Topics of a corpus.

    Parameters
    ----------
    corpus : Corpus
        As `vectorise` gives.
    k : int
        Number of topics, from 2 to the number of paragraphs and of words; see `choose_k`.
    model : {"nmf", "lda"}
        Non-negative matrix factorisation, or latent Dirichlet allocation for comparison.
    seed : int, default 0
        Of the start: LDA begins at random; NMF only uses it to find singular vectors.
    n_words : int, default 20
        Words listed a topic, by weight and by FREX.

    Raises
    ------
    ValueError
        If `model` is neither, or `k` does not fit the corpus.

    Notes
    -----
    NMF [1]_ minimises the squared error of tf-idf by W H, both non-negative, from the NNDSVD start
    [2]_ with zeros filled by the mean, so that it has no random start. The weights of a topic are
    its row of H scaled to sum 1; loadings are W with that scale taken over, scaled to sum 1 a
    paragraph. They divide tf-idf, not words: a rare word counts for more than a common one.

    LDA [3]_ reads counts, by batch variational Bayes [4]_ with priors 1/k, 50 passes of one update
    of each paragraph and one of the topics. All paragraphs are in memory: for some 10,000 at most.

    FREX [5]_ is the harmonic mean of the ranks, as shares of the vocabulary, of a word's weight and
    of its exclusivity, in (0, 1]; words common to all topics come last. It lifts words on few
    paragraphs: with a small corpus read it beside the weight.

    References
    ----------
    .. [1] Lee, D. D. and Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
       factorization. Nature 401, 788-791.
    .. [2] Boutsidis, C. and Gallopoulos, E. (2008). SVD based initialization: a head start for
       nonnegative matrix factorization. Pattern Recognition 41(4), 1350-1362.
    .. [3] Blei, D. M., Ng, A. Y. and Jordan, M. I. (2003). Latent Dirichlet allocation. Journal of
       Machine Learning Research 3, 993-1022.
    .. [4] Hoffman, M. D., Blei, D. M. and Bach, F. (2010). Online learning for latent Dirichlet
       allocation. Advances in Neural Information Processing Systems 23.
    .. [5] Bischof, J. M. and Airoldi, E. M. (2012). Summarizing topical content with word frequency
       and exclusivity. Proceedings of the 29th International Conference on Machine Learning.
    """
    _check(corpus, k, model)
    loadings, weights = _factors(corpus, k, model, seed)
    loadings, weights = loadings.round(_DIGITS), weights.round(_DIGITS)
    chars = _chars(corpus.paragraphs)
    shares = (chars @ loadings).round(_DIGITS)
    first = [row[0] if row else -1 for row in _tops(weights, 1)]
    order = sorted(range(k), key=lambda topic: (-shares[topic], first[topic]))
    return Topics(
        model,
        k,
        _word_frame(corpus.words, weights[order], n_words),
        _loading_frame(corpus.paragraphs, loadings[:, order]),
    )


def shares(
    loadings: pd.DataFrame, *, by: str = "report_id", n_boot: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Share of the characters of a group that each topic has, with a 95% bootstrap interval.

    Parameters
    ----------
    loadings : DataFrame
        `Topics.loadings`; a column such as year or level can be joined to it.
    by : str, default "report_id"
        Column to group by, such as ``part``.
    n_boot : int, default 1000
        Resamples.
    seed : int, default 0
        Every group begins with it anew, so that its interval does not change with other groups.

    Returns
    -------
    DataFrame
        `by`, topic, n_paragraphs, n_chars, share, low, high; sorted by group and topic. The bounds
        are null in a group of one paragraph.

    Notes
    -----
    share = sum(n loading) / sum(n) over the paragraphs of a group, n their characters; in [0, 1],
    and 1 over the topics. Percentile bootstrap [1]_ over paragraphs within the group. It takes the
    topics as given and paragraphs as exchangeable: the error of the model itself is not in it, and
    where a group holds several reports it is too narrow, for paragraphs of one report are alike.

    References
    ----------
    .. [1] Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall, chapter 13.
    """
    import pandas as pd

    frames = []
    for group, rows in loadings.groupby(by, sort=True):
        wide = _wide(rows)
        chars = _chars(wide.index.to_frame())
        size = len(wide)
        drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), n_boot)
        mass = wide.to_numpy() * chars[:, None]
        means = (drawn @ mass) / (drawn @ chars)[:, None]
        frame = pd.DataFrame({by: group, "topic": wide.columns, "n_paragraphs": size})
        frame["n_chars"] = int(chars.sum())
        frame["share"] = (mass.sum(axis=0) / chars.sum()).round(_DIGITS)
        bounds = np.percentile(means, [2.5, 97.5], axis=0) if size > 1 else np.nan
        frame[["low", "high"]] = np.broadcast_to(np.transpose(bounds), (len(frame), 2))
        frames.append(frame.round({"low": _DIGITS, "high": _DIGITS}))
    return pd.concat(frames, ignore_index=True)


def spread(loadings: pd.DataFrame) -> pd.DataFrame:
    """How far each topic is more than one report's: topic, n_reports, effective_reports, and more.

    Returns
    -------
    DataFrame
        One row a topic: n_reports in the corpus; effective_reports; top_report, the one with the
        largest part of it, and top_part, that part.

    Notes
    -----
    effective_reports = exp(-sum p ln p), p a report's part of the topic when every report counts
    the same whatever its length; from 1 (one report's own) to n_reports (spread evenly) [1]_. A
    topic near 1 is a report's subject and says nothing of the genre.

    References
    ----------
    .. [1] Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences.
       Ecology 54(2), 427-432.
    """
    import pandas as pd

    found = shares(loadings, n_boot=1)
    table = found.pivot_table(index="topic", columns="report_id", values="share", sort=True)
    part = table.div(table.sum(axis=1).replace(0, np.nan), axis=0)
    entropy = -(part * np.log(part.where(part > 0, 1.0))).sum(axis=1, skipna=False)
    return pd.DataFrame(
        {
            "n_reports": len(part.columns),
            "effective_reports": np.exp(entropy).round(_DIGITS),
            "top_report": table.idxmax(axis=1),
            "top_part": part.max(axis=1).round(_DIGITS),
        }
    ).reset_index()


def passages(topics: Topics, paragraphs: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """The `n` paragraphs that load highest on each topic: topic, rank, loading, place and text.

    Of equal loadings the longer paragraph comes first, then the order of the reports.
    """
    found = topics.loadings.merge(paragraphs[["report_id", "start", "end", "text"]])
    found["n_chars"] = found["end"] - found["start"]
    found = found.sort_values(
        ["topic", "loading", "n_chars", "report_id", "start"],
        ascending=[True, False, False, True, True],
        kind="stable",
    )
    found["rank"] = found.groupby("topic").cumcount() + 1
    names = ["topic", "rank", "loading", "report_id", "section_id", "part", "start", "end", "text"]
    return found.loc[found["rank"] <= n, names].reset_index(drop=True)


def npmi(first: int, second: int, both: int, n: int) -> float:
    """Normalised pointwise mutual information of two words.

    Parameters
    ----------
    first, second, both : int
        Documents that hold the one, the other, both.
    n : int
        All documents.

    Returns
    -------
    float
        ln(p12 / (p1 p2)) / -ln p12, from -1 (never together) over 0 (independent) to 1 (only
        together). By limits -1 where `both` is 0; 0 where both words stand in every document,
        which tells nothing.

    Notes
    -----
    Bouma [1]_. A pair of rare words that meet once by chance scores 1: not for words below some
    three documents.

    References
    ----------
    .. [1] Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
       Proceedings of GSCL, 31-40.

    Examples
    --------
    >>> npmi(2, 2, 2, 4), npmi(2, 2, 1, 4), npmi(2, 2, 0, 4)
    (1.0, 0.0, -1.0)
    """
    if both == 0:
        return -1.0
    if both == n:
        return 0.0
    return log(both * n / (first * second)) / -log(both / n)


def matched_jaccard(one: Sequence[Collection[Any]], other: Sequence[Collection[Any]]) -> float:
    """Mean Jaccard coefficient of two sets of topics, each topic matched with one of the other.

    Parameters
    ----------
    one, other : sequence of collections
        Top words of each topic; as many topics in both, in any order.

    Returns
    -------
    float
        Mean of |a and b| / |a or b| over the matching that makes it largest (Hungarian method),
        from 0 to 1. Two topics of 10 words that share 7 have 0.54, 5 have 0.33.

    Raises
    ------
    ValueError
        If there are no topics, or not as many in both.

    Notes
    -----
    After Greene, O'Callaghan and Cunningham [1]_, without their weight on ranks. It compares top
    words alone, and is the higher the more topics share words: not between models of other k.

    References
    ----------
    .. [1] Greene, D., O'Callaghan, D. and Cunningham, P. (2014). How many topics? Stability
       analysis for topic models. ECML PKDD 2014, 498-513.
    """
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    if not one or len(one) != len(other):
        raise ValueError(f"{len(one)} and {len(other)} topics cannot be matched one to one")
    left, right = [set(words) for words in one], [set(words) for words in other]
    table = np.array([[len(a & b) / max(len(a | b), 1) for b in right] for a in left])
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].mean())


def choose_k(
    corpus: Corpus,
    ks: Iterable[int] = range(4, 15),
    *,
    models: Sequence[str] = MODELS,
    n_boot: int = 20,
    n_seeds: int = 10,
    seed: int = 0,
) -> pd.DataFrame:
    """Coherence and stability of the topics for each number of topics, model by model.

    Parameters
    ----------
    corpus : Corpus
        As `vectorise` gives.
    ks : iterable of int
        Numbers of topics to try.
    models : sequence of str, default ("nmf", "lda")
        Models to compare.
    n_boot, n_seeds : int
        Resamples of the paragraphs, and other seeds on the same paragraphs.
    seed : int, default 0
        Of the fit that all are compared with, and of the resamples, the same for every k and model.

    Returns
    -------
    DataFrame
        One row a model and k: model, k, coherence, coherence_se, stability, stability_se,
        seed_stability, diversity, n_paragraphs, n_words. Null where nothing was drawn, or a topic
        has fewer than two words.

    Notes
    -----
    coherence: mean over topics of the mean `npmi` of all pairs of their ten top words, counted by
    paragraph in the corpus itself [1]_ [2]_; in [-1, 1]. coherence_se is its standard error over
    topics. It prefers rare words that share a paragraph, which tf-idf brings to the top and counts
    do not: between NMF and LDA it favours NMF.

    stability: mean `matched_jaccard` of the ten top words with those of the fit on all paragraphs,
    over bootstrap resamples of the paragraphs with the same vocabulary; stability_se is their
    standard deviation. A resample holds about 63% of the paragraphs, some of them twice: with few
    paragraphs the values are low for any model. seed_stability is the same over other seeds on the
    same paragraphs: for NMF, which has no random start, it is near 1 whatever the corpus, and no
    evidence that another corpus would give these topics.

    diversity: different words among all top words [3]_, up to 1. Where it is low, topics repeat the
    commonest words, which is stable and says little: read stability beside it.

    References
    ----------
    .. [1] Lau, J. H., Newman, D. and Baldwin, T. (2014). Machine reading tea leaves: automatically
       evaluating topic coherence and topic model quality. EACL 2014, 530-539.
    .. [2] Roeder, M., Both, A. and Hinneburg, A. (2015). Exploring the space of topic coherence
       measures. WSDM 2015, 399-408.
    .. [3] Dieng, A. B., Ruiz, F. J. R. and Blei, D. M. (2020). Topic modeling in embedding spaces.
       Transactions of the Association for Computational Linguistics 8, 439-453.
    """
    import pandas as pd

    generator = np.random.default_rng(seed)
    size = len(corpus.paragraphs)
    samples = [np.sort(generator.integers(0, size, size)) for _ in range(n_boot)]
    seeds = range(seed + 1, seed + 1 + n_seeds)
    numbers = sorted(set(ks))
    rows = []
    for model in models:
        for k in numbers:
            _check(corpus, k, model)
            whole = _top_words(corpus, k, model, seed)
            drawn = [_top_words(corpus, k, model, seed, sample) for sample in samples]
            again = [_top_words(corpus, k, model, other) for other in seeds]
            rows.append({"model": model, "k": k, **_judged(corpus, whole, drawn, again)})
    return pd.DataFrame(rows).round(_DIGITS)


def pick_k(comparison: pd.DataFrame, *, model: str = "nmf") -> int:
    """Number of topics by a rule fixed beforehand: the smallest among the coherent and stable.

    Of the numbers whose coherence is within one standard error of the best, those whose stability
    is within one standard error of the best of these; of them the smallest.

    Parameters
    ----------
    comparison : DataFrame
        As `choose_k` gives.
    model : {"nmf", "lda"}
        Whose rows are read.

    Raises
    ------
    ValueError
        If no row of the model has both values.

    Notes
    -----
    The standard errors are those of the best values; that the simplest model within one of them is
    taken is a rule of model selection [1]_. It ends the search and finds no true number: look at
    the drawn comparison, and at the words, before you use it.

    References
    ----------
    .. [1] Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984). Classification and Regression
       Trees. Wadsworth, section 3.4.
    """
    near = comparison[comparison["model"] == model].dropna(subset=["coherence", "stability"])
    if near.empty:
        raise ValueError(f"the comparison has no k of {model!r} with coherence and stability")
    for measure in ("coherence", "stability"):
        best = near.sort_values(measure, kind="stable").tail(1)
        least = best[measure] - best[f"{measure}_se"].fillna(0)
        near = near[near[measure] >= least.item()]
    return int(near["k"].min())


def label_sheet(topics: Topics) -> pd.DataFrame:
    """Sheet for a scholar to label the topics in: topic, label_en, label_zh, top_words, note."""
    import pandas as pd

    rows = [(topic, "", "", " ".join(words), "") for topic, words in _top_lists(topics).items()]
    return pd.DataFrame(rows, columns=list(LABEL_COLUMNS))


def read_labels(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Labels that a scholar wrote into a sheet (CSV, UTF-8): columns as in `label_sheet`.

    Raises
    ------
    ValueError
        If a column is missing, a topic is no whole number, or one is labelled twice.
    """
    import pandas as pd

    labels = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    missing = [name for name in LABEL_COLUMNS if name not in labels]
    if missing:
        raise ValueError(f"the labels have no column {', '.join(missing)}")
    for number in labels["topic"]:
        if not number.isdecimal():
            raise ValueError(f"the labels name a topic {number!r}, which is no whole number")
    twice = labels["topic"][labels["topic"].duplicated()]
    if len(twice):
        raise ValueError(f"the labels name topic {', '.join(twice)} more than once")
    return labels.astype({"topic": int})


def stale_labels(labels: pd.DataFrame, topics: Topics, *, least: int = 7) -> list[str]:
    """One sentence for each label that no longer fits its topic, and each topic without a label.

    A label fits while at least `least` of the top words recorded with it are among the ten top
    words of the topic with its number.

    Parameters
    ----------
    labels : DataFrame
        As `read_labels` gives; the words in `top_words` are apart by spaces.
    topics : Topics
        The model that the labels are to be shown with.
    least : int, default 7
        Words that have to be left. Fewer recorded words have all to be left.
    """
    now = _top_lists(topics)
    faults = []
    for number, label, recorded in zip(
        labels["topic"], labels["label_en"], labels["top_words"].str.split(), strict=True
    ):
        name, current = f"label {number} ({label})", now.pop(number, None)
        if current is None:
            faults.append(f"{name} has no topic: the model has {topics.k} topics.")
            continue
        left = len(set(recorded) & set(current))
        if left < min(least, len(recorded)) or not recorded:
            faults.append(
                f"{name} was given to {' '.join(recorded) or 'no words'}, of which {left} are "
                f"left: the topic is now {' '.join(current)}."
            )
    faults += [f"topic {topic} has no label: {' '.join(words)}." for topic, words in now.items()]
    return faults


def _joined(text: str, section: Any, min_chars: int) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of a section."""
    heading = len(key(f"{section.number}{section.title}")) if section.title else 0
    found: list[tuple[int, int]] = []
    begun: int | None = None
    position = section.start
    body = False
    for line in text[section.start : section.end].split("\n"):
        start, end = position, position + len(line.rstrip())
        position += len(line) + 1
        if start == end:
            continue
        begun = start if begun is None else begun
        titled = start == section.start and len(key(line)) <= heading + 1
        body = body or not titled
        if not titled and end - begun >= min_chars:
            found.append((begun, end))
            begun = None
        last = end
    if begun is not None and body and _PROSE.search(text, begun, last):
        begun = found.pop()[0] if found else begun
        found.append((begun, last))
    return (span for span in found if _PROSE.search(text, *span))


def _places(texts: Iterable[str]) -> frozenset[str]:
    """Names of the places in some texts, whole and without the last character."""
    names = {mention.name for text in texts for mention in regions.mentions(text)}
    return frozenset(names | {name[:-1] for name in names})


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and not word.isnumeric()


def _vocabulary(
    documents: list[list[str]], reports: list[str], min_df: int, max_df: float, min_reports: int
) -> list[str]:
    """Words that stand in enough paragraphs and reports, and not in too many; sorted."""
    where: dict[str, list[str]] = {}
    for words, report in zip(documents, reports, strict=True):
        for word in set(words):
            where.setdefault(word, []).append(report)
    most = max_df * len(documents)
    return sorted(
        word
        for word, found in where.items()
        if min_df <= len(found) <= most and len(set(found)) >= min_reports
    )


def _check(corpus: Corpus, k: int, model: str) -> None:
    if model not in MODELS:
        raise ValueError(f"model is {model!r}; it can be {' or '.join(map(repr, MODELS))}")
    most = min(corpus.counts.shape)
    if not 2 <= k <= most:
        raise ValueError(
            f"k is {k}; it can be from 2 to {most}, for there are "
            f"{len(corpus.paragraphs)} paragraphs and {len(corpus.words)} words"
        )


def _factors(
    corpus: Corpus, k: int, model: str, seed: int, rows: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Loadings of the paragraphs (or of those in `rows`) and weights of the words, sums 1 a row."""
    data = corpus.tfidf if model == "nmf" else corpus.counts
    data = data if rows is None else data[rows]
    loadings, weights = (_nmf if model == "nmf" else _lda)(data, k, seed)
    scale = weights.sum(axis=1)
    loadings = loadings * scale if model == "nmf" else loadings
    return _to_one(loadings), _to_one(weights)


def _nmf(data: Any, k: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(k, init="nndsvda", random_state=seed, max_iter=_NMF_PASSES, tol=1e-3)
    with warnings.catch_warnings():
        # What further passes would still change are weights far below those of the top words.
        warnings.simplefilter("ignore", ConvergenceWarning)
        loadings = model.fit_transform(data)
    return loadings, model.components_


def _lda(data: Any, k: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """LDA as in `fit`; at this size five to ten times as fast as scikit-learn's, with its bound."""
    from scipy.special import psi  # type: ignore[import-untyped]

    def expected(parameters: NDArray[np.float64], axis: int) -> Any:
        return np.exp(psi(parameters) - psi(parameters.sum(axis=axis, keepdims=True)))

    prior = 1 / k
    size, n_words = data.shape
    ratios = data.copy()
    row = np.repeat(np.arange(size), np.diff(data.indptr))
    topics = np.random.default_rng(seed).gamma(100.0, 0.01, (n_words, k))
    loadings = np.ones((size, k))
    for _ in range(_LDA_PASSES):
        word, topic = expected(topics, 0), expected(loadings, 1)
        ratios.data = data.data / np.einsum("ij,ij->i", topic[row], word[data.indices])
        loadings = prior + topic * (ratios @ word)
        topics = prior + word * (ratios.T @ topic)
    return loadings, topics.T


def _to_one(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows scaled to sum 1; a row of zeros is spread evenly, for it says nothing."""
    total = table.sum(axis=1, keepdims=True)
    scaled = np.full_like(table, 1 / table.shape[1])
    np.divide(table, total, out=scaled, where=total > 0)
    return scaled


def _tops(weights: NDArray[np.float64], n: int) -> list[list[int]]:
    """Columns of the `n` largest weights of each row, zeros left out; of equals the first word."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :n]
    return [
        [int(column) for column in columns if row[column] > 0]
        for row, columns in zip(weights, order, strict=True)
    ]


def _top_words(
    corpus: Corpus, k: int, model: str, seed: int, rows: NDArray[np.int64] | None = None
) -> list[list[int]]:
    return _tops(_factors(corpus, k, model, seed, rows)[1].round(_DIGITS), TOP)


def _judged(
    corpus: Corpus,
    whole: list[list[int]],
    drawn: list[list[list[int]]],
    again: list[list[list[int]]],
) -> dict[str, float]:
    """Measures of the top words of a fit, beside those of resamples and of other seeds."""
    coherence = _coherence(corpus, whole)
    resampled = [matched_jaccard(whole, other) for other in drawn]
    reseeded = [matched_jaccard(whole, other) for other in again]
    return {
        "coherence": float(np.mean(coherence)),
        "coherence_se": float(np.std(coherence, ddof=1) / np.sqrt(len(coherence))),
        "stability": float(np.mean(resampled)) if resampled else np.nan,
        "stability_se": float(np.std(resampled, ddof=1)) if len(resampled) > 1 else np.nan,
        "seed_stability": float(np.mean(reseeded)) if reseeded else np.nan,
        "diversity": len(set().union(*whole)) / max(sum(map(len, whole)), 1),
        "n_paragraphs": len(corpus.paragraphs),
        "n_words": len(corpus.words),
    }


def _coherence(corpus: Corpus, tops: list[list[int]]) -> list[float]:
    """Mean NPMI of the pairs of top words, topic by topic; null for fewer than two words."""
    columns = sorted({column for top in tops for column in top})
    place = {column: number for number, column in enumerate(columns)}
    present = (corpus.counts[:, columns] > 0).astype(int)
    together = (present.T @ present).toarray()
    size = present.shape[0]
    means = []
    for top in tops:
        at = [place[column] for column in top]
        pairs = [(a, b) for number, a in enumerate(at) for b in at[:number]]
        values = [npmi(together[a, a], together[b, b], together[a, b], size) for a, b in pairs]
        means.append(float(np.mean(values)) if values else np.nan)
    return means


def _chars(paragraphs: pd.DataFrame) -> NDArray[np.float64]:
    return (paragraphs["end"] - paragraphs["start"]).to_numpy(float)


def _wide(loadings: pd.DataFrame) -> pd.DataFrame:
    """One row a paragraph, one column a topic."""
    return loadings.pivot_table(
        index=["report_id", "start", "end"], columns="topic", values="loading", sort=True
    )


def _word_frame(words: Sequence[str], weights: NDArray[np.float64], n: int) -> pd.DataFrame:
    """`Topics.words` of weights with a row a topic."""
    import pandas as pd

    total = weights.sum(axis=0)
    exclusive = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    frames = []
    for number, (weight, own) in enumerate(zip(weights, exclusive, strict=True), start=1):
        frame = pd.DataFrame({"topic": number, "rank": 0, "word": words, "weight": weight})
        frame["exclusivity"] = own.round(_DIGITS)
        ranks = frame[["weight", "exclusivity"]].rank(method="max", pct=True)
        frame["frex"] = (2 / (1 / ranks).sum(axis=1)).round(_DIGITS)
        frame["rank"] = frame["weight"].rank(method="first", ascending=False).astype(int)
        order = frame.sort_values(["frex", "rank"], ascending=[False, True]).index
        frame.loc[order, "frex_rank"] = np.arange(1, len(frame) + 1)
        listed = (frame["rank"] <= n) | (frame["frex_rank"] <= n)
        frames.append(frame[listed & (frame["weight"] > 0)].sort_values("rank"))
    return pd.concat(frames, ignore_index=True).astype({"frex_rank": int})


def _loading_frame(paragraphs: pd.DataFrame, loadings: NDArray[np.float64]) -> pd.DataFrame:
    """`Topics.loadings` of a table with a row a paragraph."""
    size, k = loadings.shape
    names = ["report_id", "section_id", "part", "start", "end"]
    frame = paragraphs.loc[np.repeat(np.arange(size), k), names].reset_index(drop=True)
    return frame.assign(topic=np.tile(np.arange(1, k + 1), size), loading=loadings.ravel())


def _top_lists(topics: Topics) -> dict[int, list[str]]:
    best = topics.words[topics.words["rank"] <= TOP]
    lists: dict[int, list[str]] = {}
    for topic, word in zip(best["topic"], best["word"], strict=True):
        lists.setdefault(topic, []).append(word)
    return lists
