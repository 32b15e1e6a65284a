"""Batches of paragraphs -> topics of a corpus that does not fit into memory.

The batches are read once; their counts wait on disk, and a model goes through them in their order.
Their order is part of the result: give reports in the order of their ids.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.topics.corpus import Corpus, Tally, documents_of, weigh
from govtext.analyse.topics.models import (
    DIGITS,
    TOP,
    Topics,
    check,
    data_of,
    factors,
    in_order,
    lengths,
    loading_frame,
    to_one,
    word_frame,
)
from govtext.pipeline.progress import through

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

SAMPLE = 2000
"""Most paragraphs that numbers of topics are compared on."""
_EPOCHS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """Batches of a corpus on disk; iterating gives one `Corpus` a batch, with the same words.

    `size` is the number of paragraphs; `words` is the vocabulary; `held` says in how many
    paragraphs each of them stands.
    """

    folder: Path
    n_batches: int
    size: int
    words: tuple[str, ...]
    held: NDArray[np.int64]
    columns: NDArray[np.int64]

    def __iter__(self) -> Iterator[Corpus]:
        """The batches in the order in which they were read."""
        import pandas as pd
        from scipy import sparse

        for number in range(self.n_batches):
            paragraphs = pd.read_parquet(self.folder / f"{number}.parquet")
            every = sparse.load_npz(self.folder / f"{number}.npz")
            # A batch only knows the words that had been met when it was read.
            every.resize(every.shape[0], int(self.columns.max()) + 1)
            counts = every[:, self.columns]
            kept = np.flatnonzero(np.diff(counts.indptr))
            counts = counts[kept].astype(float)
            tfidf = weigh(counts, self.held, self.size)
            yield Corpus(paragraphs.iloc[kept].reset_index(drop=True), self.words, counts, tfidf)

    def sample(self, most: int) -> Corpus:
        """Every n-th paragraph, as few as needed for at most `most`, as a corpus of its own."""
        import pandas as pd
        from scipy import sparse

        step = -(-self.size // most)
        frames, tables, passed = [], [], 0
        for batch in self:
            rows = np.arange(-passed % step, len(batch.paragraphs), step)
            passed += len(batch.paragraphs)
            frames.append(batch.paragraphs.iloc[rows])
            tables.append(batch.counts[rows])
        counts = sparse.vstack(tables, format="csr")
        held = np.asarray((counts > 0).sum(axis=0)).ravel()
        paragraphs = pd.concat(frames, ignore_index=True)
        return Corpus(paragraphs, self.words, counts, weigh(counts, held, len(paragraphs)))


@contextmanager
def stored(
    batches: Iterable[pd.DataFrame],
    *,
    tokenize: Callable[[str], Iterable[str]],
    stop: Collection[str] | None = None,
    **bounds: Any,
) -> Iterator[Store]:
    """Corpus of batches of paragraphs, on disk as long as the block lasts.

    Parameters
    ----------
    batches : iterable of DataFrame
        Paragraphs as `paragraphs` gives, all of a report in one batch.
    tokenize, stop, bounds
        As in `vectorise`; the words are those that it would choose for all batches together.

    Yields
    ------
    Store
        Memory holds one batch, and the words of all.
    """
    with TemporaryDirectory(prefix="govtext-") as name:
        folder, tally, count = Path(name), Tally(), 0
        numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
        for batch in batches:
            ordered = batch.sort_values(["report_id", "start", "end"], kind="stable")
            documents = list(documents_of(ordered, tokenize, stop))
            tally.add(documents, ordered["report_id"])
            ordered.to_parquet(folder / f"{count}.parquet", index=False)
            _save(folder / f"{count}.npz", documents, numbers)
            count += 1
        words = tally.words(**bounds)
        held = np.array([tally.held[word] for word in words])
        columns = np.array([numbers[word] for word in words])
        yield Store(folder, count, tally.size, tuple(words), held, columns)


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Topics of a corpus on disk, and the model that finds them in a batch of it."""

    topics: Topics
    estimator: Any
    order: list[int]

    def loadings(self, batch: Corpus) -> pd.DataFrame:
        """As `Topics.loadings`, of the paragraphs of one batch."""
        loaded = _loaded(self.estimator, batch, self.topics.model)
        return loading_frame(batch.paragraphs, loaded[:, self.order], self.topics.numbers)


def fit_store(store: Store, k: int, *, model: str = "nmf", seed: int = 0) -> Estimate:
    """Topics of a corpus on disk.

    Parameters
    ----------
    store : Store
        As `stored` gives.
    k : int
        Number of topics.
    model : {"nmf", "lda"}
        As in `fit`.
    seed : int, default 0
        Of the start.

    Returns
    -------
    Estimate
        Its `topics` have words, but no loadings; `loadings` gives them batch by batch.

    Notes
    -----
    NMF: mini-batch NMF [1]_, begun with the topics that `fit` finds in a sample of up to 2,000
    paragraphs. LDA: online variational Bayes [2]_. Both go through all batches three times, in
    their order. They come near to what `fit` gives for all paragraphs at once, and not to the same
    digits: not for corpora that fit into memory.

    References
    ----------
    .. [1] Lefevre, A., Bach, F. and Fevotte, C. (2011). Online algorithms for nonnegative matrix
       factorization with the Itakura-Saito divergence. IEEE WASPAA 2011, 313-316.
    .. [2] Hoffman, M. D., Blei, D. M. and Bach, F. (2010). Online learning for latent Dirichlet
       allocation. Advances in Neural Information Processing Systems 23.
    """
    begin = store.sample(SAMPLE)
    check(begin, k, model)
    estimator = _online_lda(store.size, k, seed)
    if model == "nmf":
        estimator = _online_nmf(next(iter(store)), begin, k, seed)
    often = chain.from_iterable(repeat(store, _EPOCHS))
    for batch in through(often, "Fitting topics", _EPOCHS * store.n_batches):
        estimator.partial_fit(batch.tfidf if model == "nmf" else batch.counts)
    weights = to_one(estimator.components_).round(DIGITS)
    chars = np.zeros(k)
    for batch in store:
        chars += lengths(batch.paragraphs) @ _loaded(estimator, batch, model)
    order = in_order(chars, weights)
    words = word_frame(store.words, weights[order], 2 * TOP)
    nothing = loading_frame(begin.paragraphs.head(0), np.zeros((0, k)))
    topics = Topics(model, k, words, nothing, tuple(range(1, k + 1)))
    return Estimate(topics, estimator, order)


def _save(path: Path, documents: list[list[str]], numbers: dict[str, int]) -> None:
    """Write counts of all words, a row a document; a word's column is its number."""
    from scipy import sparse

    counted = [Counter(numbers[word] for word in words) for words in documents]
    ends = np.cumsum([0, *map(len, counted)])
    columns = np.array([column for own in counted for column in own], dtype=np.int64)
    values = np.array([value for own in counted for value in own.values()], dtype=np.int64)
    shape = (len(documents), len(numbers))
    sparse.save_npz(path, sparse.csr_matrix((values, columns, ends), shape=shape))


def _online_nmf(first: Corpus, begin: Corpus, k: int, seed: int) -> Any:
    """Mini-batch NMF that has seen the first batch, begun with the topics of a sample."""
    from sklearn.decomposition import MiniBatchNMF

    weights = factors(data_of(begin, "nmf"), k, "nmf", seed)[1]
    # Its steps multiply: what is zero in the sample could never become more.
    start = weights + weights.mean() / 100
    # No batch is forgotten, for the order of the reports is not that of time.
    estimator = MiniBatchNMF(k, init="custom", forget_factor=1.0, random_state=seed)
    given = np.ones((first.tfidf.shape[0], k))
    return estimator.partial_fit(first.tfidf, W=given, H=start)


def _online_lda(size: int, k: int, seed: int) -> Any:
    from sklearn.decomposition import LatentDirichletAllocation

    return LatentDirichletAllocation(
        k,
        doc_topic_prior=1 / k,
        topic_word_prior=1 / k,
        learning_method="online",
        total_samples=size,
        n_jobs=1,
        random_state=seed,
    )


def _loaded(estimator: Any, batch: Corpus, model: str) -> NDArray[np.float64]:
    """Loadings of a batch, sums 1 a row."""
    found = estimator.transform(batch.tfidf if model == "nmf" else batch.counts)
    scale = estimator.components_.sum(axis=1) if model == "nmf" else 1.0
    return to_one(found * scale).round(DIGITS)
