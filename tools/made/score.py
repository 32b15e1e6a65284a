"""Tables built from a made corpus beside its truth: recall and precision, one row a measure.

A number of prose counts as found where the tables have the metric with the value, from the text of
the same report, and no flag says that it is another year's or body's. A cell counts as right where
status and value are. Sentences are compared by their characters, spaces left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govtext.extract.themes import theme_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREIGN = ("cumulative", "prior_year", "target", "other_body")
"""Flags of a number that is not the body's own of the year."""
FIELDS = ("year", "admin_level", "government_level", "province", "prefecture", "county",
          "region_code", "title", "signed_on", "form")  # fmt: skip
_COLUMNS = ("measure", "recall", "precision", "n_true", "n_found")


def run(words: list[str]) -> int:
    """Exit status of `python -m tools made-score`: 0."""
    parser = argparse.ArgumentParser("python -m tools made-score", description=__doc__)
    parser.add_argument("study", type=Path, help="folder of the tables that were built")
    parser.add_argument("truth", type=Path, help="folder `truth` of the made corpus")
    told = parser.parse_args(words)
    table = score(told.study, told.truth)
    print(table.to_string(index=False, float_format=lambda each: f"{each:.4f}", na_rep="-"))
    return 0


def score(study: Path, truth: Path) -> pd.DataFrame:
    """Recall and precision of a study, one row a measure.

    Parameters
    ----------
    study : Path
        Folder of tables built from the reports of a made corpus.
    truth : Path
        Its truth.

    Returns
    -------
    DataFrame
        Columns measure, recall, precision, n_true, n_found; a measure that is a share of the
        documents has no precision.
    """
    found, true = _read(study, "reports"), _read(truth, "reports")
    rows = [
        *_documents(found, true),
        *_numbers(_read(study, "observations"), _read(truth, "observations")),
        *_themes(study, truth, found),
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{name}.parquet")


Line = tuple[str, float, float | None, int, int | None]


def _documents(found: pd.DataFrame, true: pd.DataFrame) -> Iterator[Line]:
    """Which documents are annual reports, who speaks, and which stand there twice."""
    both = true.merge(found, on="report_id", how="left", suffixes=("", "_found"))
    yield _share("kind of document", both.kind == both.kind_found)
    reports = both[both.kind == "annual_report"]
    named = reports[["issuer", "issuer_brief"]].eq(reports.issuer_found, axis=0).any(axis=1)
    yield _share("identity: issuer, in full or as used at home", named)
    for name in FIELDS:
        right = reports[name].fillna("").astype(str) == _plain(reports[f"{name}_found"])
        yield _share(f"identity: {name}", right)
    yield _matched("duplicates", _twice(true), _twice(found))


def _plain(column: pd.Series) -> pd.Series:
    """Values as words: a year without the point that a missing one beside it brings."""
    return column.fillna("").astype(str).str.removesuffix(".0")


def _twice(reports: pd.DataFrame) -> set[tuple[object, ...]]:
    some = reports[reports.duplicate_of.fillna("") != ""]
    return set(zip(some.report_id, some.duplicate_of, strict=True))


def _numbers(found: pd.DataFrame, true: pd.DataFrame) -> Iterator[Line]:
    """Numbers of prose by report, metric and value; cells by metric and applicant."""
    flags = found["flags"].fillna("").str.split(";")
    own = found[~flags.map(lambda each: bool(set(FOREIGN) & set(each)))]
    said = true[(true.source == "text") & (true.scope == "own")]
    stated = _keys(own[own.source == "text"])
    yield _matched("numbers of prose", _keys(said), stated)
    none = said.status == "zero_by_negation"
    denied = _keys(said[none])
    yield _share("numbers of prose: none by negation", pd.Series([k in stated for k in denied]))
    prior = _keys(true[true.scope == "prior"])
    taken = prior - _keys(said)
    yield _share("numbers of another year kept apart", pd.Series([k not in stated for k in taken]))
    cells = true[true.source == "table"]
    seen = own[own.source == "table"]
    yield _matched("cells with a number", _cells(cells, "number"), _cells(seen, "number"))
    for status in ("blank", "na"):
        yield _matched(f"cells: {status}", _cells(cells, status), _cells(seen, status))


def _keys(rows: pd.DataFrame) -> set[tuple[object, ...]]:
    return set(zip(rows.report_id, rows.metric, rows.value.round(2), strict=True))


def _cells(rows: pd.DataFrame, status: str) -> set[tuple[object, ...]]:
    some = rows[rows.status == status]
    values = some.value.round(2) if status == "number" else [0.0] * len(some)
    return set(zip(some.report_id, some.metric, some.applicant, values, strict=True))


def _themes(study: Path, truth: Path, reports: pd.DataFrame) -> Iterator[Line]:
    """Sentences that are found to the character, and their themes taken together."""
    ids = list(theme_ids())
    texts = dict(zip(reports.report_id, reports.text, strict=True))
    found = _read(study, "themes")
    spans = zip(found.report_id, found.start, found.end, strict=True)
    found["key"] = [_squeezed(texts[each][start:end]) for each, start, end in spans]
    true = _read(truth, "themes")
    true["key"] = true.text.map(_squeezed)
    one = ["report_id", "key"]
    found, true = found.drop_duplicates(one), true.drop_duplicates(one)
    both = true.merge(found, on=one, suffixes=("", "_found"))
    yield ("sentences found to the character", len(both) / max(1, len(true)), None, len(true), None)
    for name in ("all", *ids):
        some = ids if name == "all" else [name]
        right = both[some].to_numpy(), both[[f"{each}_found" for each in some]].to_numpy()
        hits = int((right[0] & right[1]).sum())
        yield _pair(f"themes: {name}", hits, int(right[0].sum()), int(right[1].sum()))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _share(name: str, right: pd.Series) -> Line:
    return (name, float(right.mean()) if len(right) else float("nan"), None, len(right), None)


def _matched(name: str, true: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> Line:
    return _pair(name, len(true & found), len(true), len(found))


def _pair(name: str, hits: int, n_true: int, n_found: int) -> Line:
    recall = hits / n_true if n_true else float("nan")
    return (name, recall, hits / n_found if n_found else float("nan"), n_true, n_found)
