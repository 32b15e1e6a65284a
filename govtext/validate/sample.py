"""Study -> a stratified random sample of what was found and of what was passed over."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtext.core import sheets
from govtext.core.text import fold, sentences
from govtext.pipeline.counted import counted_reports

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from govtext.pipeline.tables import Study

_ROW = ("metric", "applicant", "status", "unit", "source", "rule")
_REPORT = (
    "report_id", "year", "form", "admin_level", "government_level", "issuer", "province",
    "prefecture", "county", "region_code", "format",
)  # fmt: skip
_FOUND = ("report_id", *_ROW, "value", "quote", "start", "end", "flags")
_FILL = ("right", "true_metric", "true_value", "comment")
_COLUMNS = (
    "sample_id", "kind", "report_id", "metric", "applicant", "value", "status", "unit", "quote",
    "context", "start", "end", "rule", "flags", *_FILL, "stratum", "stratum_size",
)  # fmt: skip
_ORDER = ("report_id", "start", "end", "kind", "metric", "applicant", "rule")
_CLAUSE = re.compile(r"[^,。;:!?\n]+")
_REACH = 300


def draw_sample(
    study: Study,
    n: int,
    by: str | Sequence[str] = ("metric",),
    *,
    seed: int = 0,
    path: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Sample of a study for a person to judge: observations, and clauses that gave none.

    The person writes into `right`: for an ``observation``, whether metric, value and flags are
    what the quote says (yes or no); for a ``silent`` clause, whether it is right that it gave no
    observation (yes), or one was missed (no). Where the answer is no, `true_metric` (an id of the
    codebook; several joined by ;) and `true_value` say what stands there. `score_sample` then
    estimates precision and recall.

    A stratum is a kind with the values of `by`. Each is drawn from in proportion to its size, and
    at least once. Where there are more strata than `n`, those too small for one row are joined
    into one a kind, so that everything has a chance to be drawn.

    Parameters
    ----------
    study : Study
        As `load` gives.
    n : int
        Rows to draw; all there are if there are fewer.
    by : str or sequence of str, default ("metric",)
        Columns that make the strata: metric, applicant, status, unit, source, rule, or what is
        known of the report (report_id, year, form, admin_level, issuer, province ...). A silent
        clause has no metric: it is told apart by the columns of the report only.
    seed : int, default 0
        Another seed draws another sample. The order of the rows of the study plays no part.
    path : path, optional
        Where to write the sample as a spreadsheet (CSV, UTF-8 with a byte order mark, which Excel
        opens in Chinese; what looks like a formula is escaped).

    Returns
    -------
    pandas.DataFrame
        sample_id, kind (``observation`` or ``silent``), report_id, metric, applicant, value,
        status, unit, quote (the clause, verbatim), context (its sentence, at most 300 characters to
        either side), start, end, rule, flags; right, true_metric, true_value and comment to be
        filled in; stratum, stratum_size (rows of the study that it stands for). In the order of the
        reports.

    Raises
    ------
    ValueError
        If `n` is less than 1, or a column of `by` is unknown.

    Notes
    -----
    Copies (`duplicate_of`) and corrected observations are not drawn. A clause that gave one
    observation and missed a second is not silent, nor is one without a quantity, as a statement of
    none that no rule knows: misses of these two kinds stay unseen.
    """
    by = (by,) if isinstance(by, str) else tuple(by)
    unknown = [name for name in by if name not in (*_ROW, *_REPORT)]
    if unknown:
        raise ValueError(f"by has {unknown[0]!r}; it can hold {', '.join((*_ROW, *_REPORT))}")
    if n < 1:
        raise ValueError(f"n is {n}; it must be 1 or more")
    pool = _population(study)
    n = min(n, len(pool))
    pool["stratum"] = _strata(pool, study, by, n)
    sizes = pool["stratum"].value_counts()
    drawn = _allocate(sizes.loc[sorted(sizes.index, key=lambda name: _lot(seed, name))], n)
    pool["lot"] = [_lot(seed, *row) for row in pool[list(_ORDER)].itertuples(index=False)]
    pool = pool.sort_values("lot")
    rank = pool.groupby("stratum").cumcount()
    sample = pool[rank < pool["stratum"].map(drawn)].sort_values(list(_ORDER), ignore_index=True)
    sample["sample_id"] = [f"s{number:04d}" for number in range(1, len(sample) + 1)]
    sample["stratum_size"] = sample["stratum"].map(sizes).astype(int)
    sample["context"] = list(_contexts(sample, _texts(study)))
    sample[list(_FILL)] = ""
    sample = sample[list(_COLUMNS)]
    if path is not None:
        sheets.write(sample, path)
    return sample


def _population(study: Study) -> pd.DataFrame:
    """Everything that can be drawn: a row an observation and a silent clause."""
    texts = _texts(study)
    found = study.observations[study.observations["report_id"].isin(texts)]
    silent = pd.DataFrame(_silent(study, texts), columns=["report_id", "start", "end", "quote"])
    flags = found["flags"].astype(object).fillna("")
    machine = found[~flags.str.split(";").map(lambda names: "corrected" in names).astype(bool)]
    frames = [
        machine[list(_FOUND)].astype(object).assign(kind="observation"),
        silent.astype(object).assign(kind="silent"),
    ]
    pool = pd.concat(frames, ignore_index=True)
    words = [str(name) for name in pool if name not in ("value", "start", "end")]
    pool[words] = pool[words].fillna("")
    return pool.astype({"value": float, "start": int, "end": int})


def _texts(study: Study) -> dict[str, str]:
    """Texts of the reports that are no copies."""
    reports = counted_reports(study.reports)
    return dict(zip(reports["report_id"], reports["text"], strict=True))


def _silent(study: Study, texts: dict[str, str]) -> Iterator[tuple[str, int, int, str]]:
    """Clauses with a quantity and without an observation."""
    spans = {
        name: table.groupby("report_id")[["start", "end"]]
        for name, table in (("found", study.observations), ("counted", study.quantities))
    }
    for report, text in texts.items():
        found, counted = (_spans(spans[name], report) for name in ("found", "counted"))
        for start, end in _clauses(text, counted):
            if not any(first < end and start < last for first, last in found):
                yield report, start, end, text[start:end]


def _spans(grouped: Any, report: str) -> list[tuple[int, int]]:
    if report not in grouped.groups:
        return []
    return sorted(grouped.get_group(report).itertuples(index=False, name=None))


def _clauses(text: str, quantities: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of the clauses that hold a quantity; a comma inside a number ends none."""
    marks = list(fold(text))
    for start, end in quantities:
        marks[start:end] = "0" * (end - start)
    spans = [match.span() for match in _CLAUSE.finditer("".join(marks))]
    held = {bisect_right(spans, start, key=lambda span: span[0]) - 1 for start, _ in quantities}
    for start, end in (spans[place] for place in sorted(held)):
        clause = text[start:end]
        begin = start + len(clause) - len(clause.lstrip())
        yield begin, begin + len(clause.strip())


def _strata(pool: pd.DataFrame, study: Study, by: Sequence[str], n: int) -> pd.Series[str]:
    """Name of the stratum of every row; where they are too many, the small ones are joined."""
    reports = study.reports.set_index("report_id")
    columns = [pool["kind"]]
    for name in by:
        of_report = name in _REPORT and name != "report_id"
        columns.append(pool["report_id"].map(reports[name]) if of_report else pool[name])
    names = [" | ".join(filter(None, map(_word, row))) for row in zip(*columns, strict=True)]
    stratum = pd.Series(names, index=pool.index, dtype=object)
    sizes = stratum.map(stratum.value_counts())
    if stratum.nunique() > n:
        stratum = stratum.where(sizes * n >= len(pool), pool["kind"] + " | other")
    return stratum


def _word(value: Any) -> str:
    """A cell as part of a name: years without a decimal, nothing for null."""
    if pd.isna(value):
        return ""
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def _allocate(sizes: pd.Series[int], n: int) -> pd.Series[int]:
    """Rows of each stratum: one if `n` allows, and the rest where most is lacking to its share."""
    size = sizes.to_numpy(float)
    drawn = np.full(len(size), float(n >= len(size)))
    share = size * n / max(1.0, size.sum())
    while drawn.sum() < n:
        drawn[np.argmax(np.where(drawn < size, share - drawn, -np.inf))] += 1
    return pd.Series(drawn, index=sizes.index)


def _lot(seed: int, *words: object) -> str:
    """A random number that depends on the seed and on what is drawn, not on where it stands."""
    return hashlib.sha256("\0".join(map(str, (seed, *words))).encode()).hexdigest()


def _contexts(sample: pd.DataFrame, texts: dict[str, str]) -> Iterator[str]:
    """Sentence around each row, cut where it is very long."""
    spans = {report: list(sentences(texts[report])) for report in set(sample["report_id"])}
    for report, start, end in sample[["report_id", "start", "end"]].itertuples(index=False):
        place = bisect_right(spans[report], start, key=lambda span: span[0]) - 1
        first, last = spans[report][max(0, place)]
        last = max(last, end)
        yield texts[report][max(first, start - _REACH) : min(last, end + _REACH)]
