"""Found -> the study without what is reused, and how far measures change without it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.analyse.reuse.shares import SOURCES, marks
from govtext.core.intervals import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from govtext.analyse.reuse.passages import Found
    from govtext.pipeline.tables import Study

FEWEST = 10
"""Reports from which on a bootstrap over reports says anything."""
_COLUMNS = [
    "name", "n_reports", "n_all", "n_rest", "share", "share_rest", "difference", "low", "high",
]  # fmt: skip


def reused(
    spans: pd.DataFrame, found: Found, *, least: float = 0.5, sources: Sequence[str] = SOURCES
) -> NDArray[np.bool_]:
    """True for each row of `spans` of which a share of `least` or more stands elsewhere.

    Parameters
    ----------
    spans : DataFrame
        With report_id, start and end; such as sentences or paragraphs.
    found : Found
        As `compare` gives.
    least : float, default 0.5
        Share of the characters, spaces and tables left out, more than 0 and up to 1.
    sources : sequence of str
        Where they may stand: ``boilerplate``, ``own_past`` (earlier reports of the body),
        ``others`` (reports of other bodies).

    Raises
    ------
    ValueError
        If `least` or one of `sources` is none that it can be.
    """
    unknown = sorted(set(sources) - set(SOURCES))
    if unknown or not 0 < least <= 1:
        raise ValueError(
            f"sources can be {', '.join(SOURCES)}, least more than 0 and up to 1; "
            f"not {', '.join(unknown) or least}"
        )
    kept = {each.report_id: each.kept for each in found.texts}
    flagged = {
        name: np.any([own[source] for source in sources], axis=0) if sources else None
        for name, own in marks(found).items()
    }
    flags = np.zeros(len(spans), np.bool_)
    rows = zip(spans["report_id"], spans["start"], spans["end"], strict=True)
    for place, (name, start, end) in enumerate(rows):
        own = flagged.get(name)
        if own is not None:
            total = int(kept[name][start:end].sum())
            flags[place] = total > 0 and int(own[start:end].sum()) >= least * total
    return flags


def without(
    study: Study,
    found: Found,
    count: Callable[[str], Mapping[str, int]],
    *,
    least: float = 0.5,
    sources: Sequence[str] = SOURCES,
) -> Study:
    """The study without its reused sentences, told by `govtext.without_reused`.

    Parameters
    ----------
    study, found, least, sources
        As for `reused`, which tells what is a reused sentence.
    count : callable
        From a text to its words with how often each stands there.
    """
    out = reused(study.themes, found, least=least, sources=sources)
    kept = {each.report_id: each.kept for each in found.texts}
    gone = {name: np.zeros(len(flags), np.bool_) for name, flags in kept.items()}
    left_out = study.themes[out]
    rows = zip(left_out["report_id"], left_out["start"], left_out["end"], strict=True)
    for name, start, end in rows:
        gone[name][start:end] = kept[name][start:end]
    texts = {
        name: _blank(text, gone.get(name))
        for name, text in zip(study.reports["report_id"], study.reports["text"], strict=True)
    }
    return replace(
        study,
        reports=study.reports.assign(text=study.reports["report_id"].map(texts)),
        themes=study.themes[~out].reset_index(drop=True),
        words=_words(study, gone, texts, count),
    )


def contrast(
    units: pd.DataFrame, values: pd.DataFrame, *, n_boot: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Weighted means of some values over all units and over those that are not reused.

    Parameters
    ----------
    units : DataFrame
        A row a unit, such as a sentence: report_id, reused (bool) and weight.
    values : DataFrame
        Its values, a column each, in the same order.
    n_boot : int, default 1000
        Resamples of the reports.
    seed : int, default 0
        Of the generator.

    Returns
    -------
    DataFrame
        A row a column of `values`: name, n_reports, n_all, n_rest (units), share, share_rest,
        difference (`share_rest` less `share`), low, high. Null where nothing is left to divide by;
        the bounds also where no unit has the value.

    Notes
    -----
    share = sum(w v) / sum(w). Percentile bootstrap by cluster [1]_: whole reports are drawn with
    replacement, both shares are taken of the same draw, and the bounds are the 2.5th and 97.5th
    percentile of their difference. It keeps what reports have in common within them; what reports
    of one body have in common it does not. The bounds are null below 10 reports, and too narrow
    below some 30.

    References
    ----------
    .. [1] Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
       inference with clustered errors. Review of Economics and Statistics 90(3), 414-427.
    """
    import pandas as pd

    names, report = np.unique(units["report_id"].to_numpy(str), return_inverse=True)
    weight = units["weight"].to_numpy(float)
    rest = np.where(units["reused"].to_numpy(bool), 0.0, weight)
    table = values.to_numpy(float)
    sums = [_sums(report, len(names), w, table) for w in (weight, rest)]
    frame = pd.DataFrame({"name": list(values.columns), "n_reports": len(names)})
    frame["n_all"], frame["n_rest"] = len(units), int((rest > 0).sum())
    whole = np.ones((1, len(names)))
    frame["share"], frame["share_rest"] = (_means(whole, *each)[0] for each in sums)
    frame["difference"] = frame["share_rest"] - frame["share"]
    frame["low"] = frame["high"] = np.nan
    if len(names) >= FEWEST and n_boot:
        resamples = drawn(len(names), n_boot, seed)
        change = _means(resamples, *sums[1]) - _means(resamples, *sums[0])
        known = change[~np.isnan(change).any(axis=1)]
        if len(known):
            frame["low"], frame["high"] = np.percentile(known, [2.5, 97.5], axis=0)
        # What no unit has at all cannot differ, and says nothing of how rare it is.
        frame.loc[frame["share"] == 0, ["low", "high"]] = np.nan
    return frame[_COLUMNS]


def _sums(
    report: NDArray[np.intp], size: int, weight: NDArray[np.float64], table: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted sums of the values, and the weights, by report."""
    above = np.zeros((size, table.shape[1]))
    np.add.at(above, report, table * weight[:, None])
    return above, np.bincount(report, weight, size).astype(float)


def _means(
    weights: NDArray[Any], above: NDArray[np.float64], below: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Ratios of sums over the reports drawn; null where there is nothing below."""
    total = (weights @ below)[:, None]
    made = np.full((len(weights), above.shape[1]), np.nan)
    np.divide(weights @ above, total, out=made, where=total > 0)
    return made


def _blank(text: str, gone: NDArray[np.bool_] | None) -> str:
    """Text with spaces for some of its characters."""
    if gone is None or not gone.any():
        return text
    return "".join(" " if out else mark for mark, out in zip(text, gone, strict=True))


def _words(
    study: Study,
    gone: Mapping[str, NDArray[np.bool_]],
    texts: Mapping[str, str],
    count: Callable[[str], Mapping[str, int]],
) -> pd.DataFrame:
    """The table `words`, counted anew in the sections that lost a sentence."""
    import pandas as pd

    found: list[tuple[str, str, str, int]] = []
    changed: set[tuple[str, str]] = set()
    sections: Iterable[Any] = study.sections.itertuples(index=False)
    for each in sections:
        flags = gone.get(each.report_id)
        if flags is None or not flags[each.start : each.end].any():
            continue
        changed.add((each.report_id, each.section_id))
        counted = count(texts[each.report_id][each.start : each.end])
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        found += [(each.report_id, each.section_id, *item) for item in ordered]
    own = zip(study.words["report_id"], study.words["section_id"], strict=True)
    same = np.fromiter((pair not in changed for pair in own), np.bool_, len(study.words))
    names = ["report_id", "section_id", "word", "n"]
    anew = pd.DataFrame(found, columns=names).astype({"n": int})
    return pd.concat([study.words[same], anew[list(study.words.columns)]], ignore_index=True)
