"""A sample that a person filled in -> precision and recall, with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtext.core import intervals, rules, sheets
from govtext.core.text import key

if TYPE_CHECKING:
    import os

_NEEDED = (
    "sample_id", "kind", "metric", "right", "true_metric", "true_value", "stratum", "stratum_size",
)  # fmt: skip
_ANSWERS = {"yes": True, "no": False, "": None}
_KINDS = ("observation", "silent")
_NAMED = 10


def score_sample(sample: str | os.PathLike[str] | pd.DataFrame) -> pd.DataFrame:
    """Precision and recall of the observations of a study, from a sample that was filled in.

    Every judged row stands for ``stratum_size`` / (judged rows of its stratum) rows of the study.
    Rows with nothing in `right` are left out, counted and named: they are taken for neither.

    Parameters
    ----------
    sample : path or pandas.DataFrame
        What `draw_sample` gave, with `right` (yes or no), and `true_metric` and `true_value` where
        the answer is no. A file may be UTF-8 or, as a Chinese Excel saves it, GB18030.

    Returns
    -------
    pandas.DataFrame
        A row a metric and one for ``all``: metric, judged (observations), right, precision,
        precision_low, precision_high, judged_silent (clauses), missed (estimated number of
        statements missed in the study), recall, recall_low, recall_high, unfilled, note. Shares are
        0 to 1, bounds are at 95%, and null is what the judged rows do not tell.

    Raises
    ------
    ValueError
        If a column is missing, `right` is neither yes nor no, `kind`, `true_metric` or
        `stratum_size` is not what it can be; the message names the row and what it holds.

    Notes
    -----
    precision = Σ w right / Σ w over the judged observations, w their weights. Its interval is
    Wilson's [1]_ with the effective number of rows (Σ w)² / Σ w² of Kish [2]_, which is their
    number where all weigh the same.

    recall = R / (R + W + M). R = Σ w right is the number of right observations in the study, W
    that of wrong ones whose `true_metric` or `true_value` says what was misread, M = S m that of
    silent clauses that hold a missed statement: S is the number of silent clauses, m the weighted
    share of the judged ones answered no. A metric's own recall counts those whose `true_metric`
    names it. The bounds put Wilson's bounds of m for m and take R and W at their estimates: an
    approximation that holds where m is much less certain than the precision, as it mostly is. A
    clause counts once, whatever number of statements it hides, and misses that `draw_sample` cannot
    see are not in M, so that recall is rather too high than too low.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    .. [2] Kish, L. (1965). Survey Sampling. New York: Wiley.
    """
    rows = _checked(_frame(sample))
    judged = rows[rows["answer"].notna()].copy()
    judged["answer"] = judged["answer"].astype(bool)  # so that ~ negates it
    in_stratum = judged.groupby("stratum")["stratum"].transform("size")
    judged["weight"] = judged["stratum_size"].astype(float) / in_stratum
    named = {metric for metrics in rows["true"] for metric in metrics}
    metrics = sorted((set(rows["metric"]) | named) - {""})
    return pd.DataFrame([_score(judged, rows, metric) for metric in [*metrics, "all"]])


def _frame(sample: str | os.PathLike[str] | pd.DataFrame) -> pd.DataFrame:
    """Sheet as text, with the columns that are needed."""
    if isinstance(sample, pd.DataFrame):
        frame = sample.astype(object).where(sample.notna(), "").astype(str)
    else:
        frame = pd.DataFrame(sheets.read(Path(sample)), dtype=str)
    missing = [name for name in _NEEDED if name not in frame]
    if missing:
        raise ValueError(f"the sample has no column {', '.join(missing)}: is it of draw_sample?")
    frame = frame[list(_NEEDED)].reset_index(drop=True)
    return frame[(frame != "").any(axis=1)]  # a spreadsheet may end in empty rows


def _checked(frame: pd.DataFrame) -> pd.DataFrame:
    """Sheet with `answer`, `true` (the metrics named) and whole numbers; wrong cells are errors."""
    known = {row["id"] for row in rules.load("codebook")}
    answers, true, sizes = [], [], []
    for place, row in zip(frame.index, frame.to_dict("records"), strict=True):
        where = f"{row['sample_id']} (row {place + 2} of the sheet)"
        if key(row["right"]) not in _ANSWERS:
            raise ValueError(f"{where}: right is {row['right']!r}; it can be yes, no or empty")
        if row["kind"] not in _KINDS:
            raise ValueError(f"{where}: kind is {row['kind']!r}; it can be {' or '.join(_KINDS)}")
        named = [key(name) for name in row["true_metric"].split(";") if name.strip()]
        for name in named:
            if name not in known:
                raise ValueError(f"{where}: true_metric is {name!r}, which is not in the codebook")
        answers.append(_ANSWERS[key(row["right"])])
        true.append(named or ([row["metric"]] if row["true_value"].strip() else []))
        sizes.append(_size(row["stratum_size"], where))
    columns = {"answer": answers, "true": true, "stratum_size": sizes}
    return frame.assign(**{n: pd.Series(c, frame.index, object) for n, c in columns.items()})


def _size(cell: str, where: str) -> int:
    try:
        size = int(float(cell))
    except (ValueError, OverflowError):
        size = 0
    if size < 1:
        raise ValueError(f"{where}: stratum_size is {cell!r}; it is a number of rows, 1 or more")
    return size


def _score(judged: pd.DataFrame, rows: pd.DataFrame, metric: str) -> dict[str, Any]:
    """Row of the result for a metric, or for all."""
    concerns = rows["metric"].map(lambda name: metric in (name, "all")).astype(bool)
    own = judged[(judged["kind"] == "observation") & concerns[judged.index]]
    empty = rows.loc[rows["answer"].isna() & (concerns | (metric == "all")), "sample_id"]
    precision, low, high = _share(own["weight"], own["answer"])
    return {
        "metric": metric,
        "judged": len(own),
        "right": int(own["answer"].sum()),
        "precision": precision,
        "precision_low": low,
        "precision_high": high,
        **_recall(judged, metric, float(own.loc[own["answer"], "weight"].sum())),
        "unfilled": len(empty),
        "note": _note(list(empty)),
    }


def _recall(judged: pd.DataFrame, metric: str, right: float) -> dict[str, Any]:
    """Recall of a metric, or of all, with what it is made of."""
    named = judged["true"].map(lambda names: bool(names) if metric == "all" else metric in names)
    silent = judged[judged["kind"] == "silent"]
    hidden = ~silent["answer"] & (named[silent.index] | (metric == "all"))
    misread = (judged["kind"] == "observation") & ~judged["answer"] & named
    wrong = float(judged.loc[misread, "weight"].sum())
    shares = _share(silent["weight"], hidden)
    missed, least, most = (wrong + float(silent["weight"].sum()) * share for share in shares)
    recall, high, low = (_over(right, right + each) for each in (missed, least, most))
    return {
        "judged_silent": len(silent),
        "missed": missed,
        "recall": recall,
        "recall_low": low,
        "recall_high": high,
    }


def _share(weights: pd.Series[float], hits: pd.Series[bool]) -> tuple[float, float, float]:
    """Weighted share of the hits with its bounds; null where there is nothing to judge."""
    if weights.empty:
        return (float("nan"),) * 3
    worth = intervals.effective(weights)
    return intervals.share(worth * float(weights[hits].sum()) / float(weights.sum()), worth)


def _over(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _note(empty: list[str]) -> str:
    """Sentence that names the rows that are not filled in; empty where all are."""
    if not empty:
        return ""
    more = f" and {len(empty) - _NAMED} more" if len(empty) > _NAMED else ""
    return f"not filled in: {', '.join(empty[:_NAMED])}{more}"
