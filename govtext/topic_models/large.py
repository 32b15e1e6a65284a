"""Batches of paragraphs -> topics of a corpus that does not fit into memory.

The batches are read once; their counts wait on disk, and a model goes through them in their order.
Their order is part of the result: give reports in the order of their ids.
"""

from __future__ import annotations

import warnings
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.topic_models.corpus import Corpus, Tally, documents_of, weigh
from govtext.topic_models.models import (
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

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pandas as pd
    from numpy.typing import NDArray

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
        folder, tally, number_of = Path(name), Tally(), _Numbers()
        count = -1
        for count, batch in enumerate(batches):
            ordered = batch.sort_values(["report_id", "start", "end"], kind="stable")
            documents = list(documents_of(ordered, tokenize, stop))
            tally.add(documents, ordered["report_id"])
            ordered.to_parquet(folder / f"{count}.parquet", index=False)
            _save(folder / f"{count}.npz", documents, number_of)
        words = tally.words(**bounds)
        held = np.array([tally.held[word] for word in words])
        columns = np.array([number_of.words[word] for word in words])
        yield Store(folder, count + 1, tally.size, tuple(words), held, columns)


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
    estimator = _online_nmf(begin, k, seed) if model == "nmf" else _online_lda(store, k, seed)
    for _ in range(_EPOCHS):
        for batch in store:
            estimator.partial_fit(batch.tfidf if model == "nmf" else batch.counts)
    weights = to_one(estimator.components_).round(DIGITS)
    chars = sum(
        (lengths(batch.paragraphs) @ _loaded(estimator, batch, model) for batch in store),
        start=np.zeros(k),
    )
    order = in_order(chars, weights)
    topics = Topics(
        model, k, word_frame(store.words, weights[order], 2 * TOP), loading_frame(None, k)
    )
    return Estimate(topics, estimator, order)
