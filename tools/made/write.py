"""Made reports -> files in FOLDER/reports, and what is true of them as tables in FOLDER/truth."""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from govtext.extract.themes import theme_ids
from tools.made.corpus import corpus
from tools.made.files import TEXT_ONLY, Printer, parts_of
from tools.made.tables import load, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tools.made.report import MadeReport
    from tools.made.tables import Row

REPORTS, TRUTH = "reports", "truth"
_PART = 250
"""Reports whose truth is held in memory before it is written."""
_TEXT, _COUNT, _NUMBER = pa.string(), pa.int64(), pa.float64()
_COLUMNS: dict[str, dict[str, Any]] = {
    "reports": dict.fromkeys(
        ("report_id", "path", "kind", "body_id", "title", "issuer", "issuer_brief",
         "admin_level",
         "government_level", "province", "prefecture", "county", "region_code", "signed_on",
         "form", "duplicate_of"), _TEXT)
    | {"year": _COUNT, "granted": _NUMBER, "n_sentences": _COUNT, "n_taken": _COUNT},
    "observations": dict.fromkeys(
        ("report_id", "metric", "applicant", "status", "source", "scope", "quote"), _TEXT)
    | {"value": _NUMBER},
    "effects": dict.fromkeys(("measure", "group", "note"), _TEXT) | {"size": _NUMBER},
    "reuse": dict.fromkeys(("report_id", "taken_from", "part", "text"), _TEXT),
    "themes": dict.fromkeys(("report_id", "part", "text"), _TEXT) | {"taken": pa.bool_()},
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def run(words: list[str]) -> int:
    """Exit status of `python -m tools made`: 0, or 2 for wrong usage."""
    parser = argparse.ArgumentParser("python -m tools made", description=__doc__)
    parser.add_argument("n", type=int, help="number of documents")
    parser.add_argument("folder", type=Path, help="new folder for reports and truth")
    parser.add_argument("--seed", type=int, default=0, help="another corpus for another seed")
    parser.add_argument("--formats", type=_parts, default=TEXT_ONLY,
                        help="parts of each, such as txt=70,html=20,docx=7,pdf=3")  # fmt: skip
    parser.add_argument("--effects", type=Path, help="planted effects other than effects.csv")
    told = parser.parse_args(words)
    if told.n < 1 or (told.folder.exists() and any(told.folder.iterdir())):
        print(f"N must be 1 or more, and {told.folder} new or empty")
        return 2
    effects = read(told.effects) if told.effects else load("effects")
    number = write(told.n, told.folder, told.seed, told.formats, effects)
    print(f"{number} documents in {told.folder / REPORTS}, what is true of them in "
          f"{told.folder / TRUTH}")  # fmt: skip
    return 0


def _parts(text: str) -> dict[str, float]:
    try:
        return parts_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def write(
    n: int,
    folder: Path,
    seed: int = 0,
    parts: Mapping[str, float] = TEXT_ONLY,
    effects: tuple[Row, ...] | None = None,
) -> int:
    """Number of documents written, `n` if there are so many bodies; and what is true of them."""
    effects = load("effects") if effects is None else effects
    printer = Printer(parts, seed)
    (folder / TRUTH).mkdir(parents=True, exist_ok=True)
    writers = {
        name: pq.ParquetWriter(folder / TRUTH / f"{name}.parquet", schema)
        for name, schema in _schemas().items()
    }
    number = 0
    for part in _batches(corpus(n, seed, effects), _PART):
        rows: Rows = defaultdict(list)
        number += len(part)
        for made in part:
            made.suffix, printed = printer.printed(made)
            path = folder / REPORTS / f"{made.report_id}{made.suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(printed)
            for name, row in true_of(made):
                rows[name].append(row)
        for name, some in rows.items():
            writers[name].write_table(pa.Table.from_pylist(some, schema=writers[name].schema))
    planted = [row | {"size": float(row["size"])} for row in effects]
    writers["effects"].write_table(pa.Table.from_pylist(planted, schema=writers["effects"].schema))
    for writer in writers.values():
        writer.close()
    return number


def true_of(made: MadeReport) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of the truth of a report, each with the name of its table."""
    yield "reports", _identity(made)
    one = {"report_id": made.report_id}
    if made.kind != "annual_report":
        return
    for (metric, applicant), (status, value) in (
        made.filled.cells() if made.filled else {}
    ).items():
        cell = {"metric": metric, "applicant": applicant, "status": status, "value": value}
        yield "observations", one | cell | {"source": "table", "scope": "own"}
    for passage in made.passages:
        if passage.taken_from:
            taken = {"taken_from": passage.taken_from, "part": passage.part, "text": passage.text}
            yield "reuse", one | taken
        for sentence in passage.sentences:
            themes = {theme: theme in sentence.themes for theme in theme_ids()}
            said = {"part": passage.part, "text": sentence.text, "taken": bool(passage.taken_from)}
            yield "themes", one | said | themes
            text = one | {"applicant": "", "source": "text", "quote": sentence.text}
            for each in sentence.stated:
                number = {"metric": each.metric, "value": float(each.value), "status": "number"}
                yield "observations", text | number | {"scope": each.scope}
            if sentence.denied:
                none = {"metric": sentence.denied, "value": 0.0, "status": "zero_by_negation"}
                yield "observations", text | none | {"scope": "own"}


def _identity(made: MadeReport) -> dict[str, Any]:
    body, place = made.body, made.body.place
    return {
        "report_id": made.report_id,
        "path": made.report_id + made.suffix,
        "kind": made.kind,
        "body_id": body.body_id,
        "title": made.title,
        "issuer": body.full(made.year),
        "issuer_brief": body.brief(made.year),
        "admin_level": body.level,
        "government_level": place.level if body.level == "department" else body.level,
        "province": place.province,
        "prefecture": place.prefecture or None,
        "county": place.county or None,
        "region_code": place.code,
        "signed_on": made.signed_on or None,
        "form": made.form or None,
        "duplicate_of": made.duplicate_of or None,
        "year": made.year,
        "granted": made.granted,
        "n_sentences": sum(len(passage.sentences) for passage in made.passages),
        "n_taken": sum(bool(passage.taken_from) for passage in made.passages),
    }


def _schemas() -> dict[str, pa.Schema]:
    themes = dict.fromkeys(theme_ids(), pa.bool_())
    return {
        name: pa.schema(columns | (themes if name == "themes" else {}))
        for name, columns in _COLUMNS.items()
    }


def _batches(stream: Iterable[MadeReport], size: int) -> Iterator[list[MadeReport]]:
    batch: list[MadeReport] = []
    for each in stream:
        batch.append(each)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
