"""The codebook and the crosswalk of the rules as a page: `docs/codebook.md`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.codebook import CODEBOOK_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PLACE = "docs/codebook.md"

_HEAD = """\
# Codebook 指标手册

Version {version}: {metrics} metrics and {series} series. Made from `govtext/rules/codebook.csv` and
`govtext/rules/crosswalk.csv` by `python -m tools codebook`: change it there.
`gt.codebook()` and `gt.crosswalk()` give the same as frames.

A value is what the report states of the body's own work in the year reported on. A statement of
none (未收到, 无) is 0; a blank cell is no number. Reviews and lawsuits count only where they
concern disclosure. Numbers of another body, an earlier year, a plan or several years together are
kept as observations with a flag and are not the year's value.

## How to read it

- **unit, kind**: the unit a value is stored in. `count` is of the year; `stock` stands at its turn;
  `change` is signed; `amount` is money in yuan; `rate` is in percent as printed; `average` is for
  one of several. Counts and amounts of several years may be added up; no other kind may.
- **part of**: the total that it is part of, in the same unit.
- **stands in**: `text` is prose of any year; `local_table` a form of a province or city before
  2014, by its wording; `table2014` the statistics table of 2014-2018 (国办发〔2014〕32号);
  `table2019` the form of 2019-2020 (国办公开办函〔2019〕60号); `table2021` the form since 2021
  (国办公开办函〔2021〕30号). A number such as 3.3.4a is the place in the outline of that table: the
  first 其中 below (三) 4 of its third part. For the report year 2019 the notice encouraged its
  form and let bodies depart from it.
- **years**: report years in which an official form holds the metric; prose may state it in any.
- **breaks**: changes of the forms across which values of this very metric must not be joined
  without a look at the crosswalk, because the count begins, ends or changes its meaning there.
  `stable` is without any.
- **bound by**: rows of `govtext/rules/identities.csv` that check it.
- † no filled table of 2014-2018 was read: it is unverified, rows and wording.
- ‡ a report may give one value for each of several bodies, sites or accounts (`parted`): a value
  with the flag `component` is one of them, and there may be no total.
"""
_METRICS = """
| id | label | definition | unit, kind | part of | stands in | years | breaks | bound by |
|---|---|---|---|---|---|---|---|---|
"""
_CROSSWALK = """
## Crosswalk: which metrics make one series

A series is one thing over the years, under whatever names the forms give it. The values of metrics
joined by + are added up, and only where a report has them all. `yes` may be joined with the other
rows of the series; `with_care` with its caveat; `no` looks like it and must not be joined.

| series | report years | metrics | comparable | caveat |
|---|---|---|---|---|
"""


def write(root: Path) -> int:
    """0; the page says what the rules say."""
    (root / PLACE).write_text(page(), encoding="utf-8", newline="\n")
    return 0


def page() -> str:
    """Text of `docs/codebook.md`, in Markdown: a table for each part, then the crosswalk."""
    metrics, series = rules.load("codebook"), rules.load("crosswalk")
    names = len({row["series"] for row in series})
    head = _HEAD.format(version=CODEBOOK_VERSION, metrics=len(metrics), series=names)
    return "".join([head, *_parts(metrics), _CROSSWALK, *_series(series)])


def _parts(metrics: tuple[rules.Row, ...]) -> Iterator[str]:
    labels = {row["key"]: row for row in rules.load("labels")}
    for part in dict.fromkeys(row["part"] for row in metrics):
        label = labels[f"part.{part}"]
        yield f"\n## {label['en'].capitalize()} {label['zh']}\n{_METRICS}"
        yield from (_metric(row) for row in metrics if row["part"] == part)


def _metric(row: rules.Row) -> str:
    marks = "†" * (row["unverified"] == "yes") + "‡" * (row["parted"] == "yes")
    years = (
        "-".join(row[column] for column in ("valid_from", "valid_to")) if row["valid_from"] else ""
    )
    note = f" Note: {row['note']}." if row["note"] else ""
    return _line(
        f"`{row['id']}`{marks and ' ' + marks}",
        f"{row['en']}<br>{row['zh']}",
        row["definition"] + note,
        f"{row['unit']}, {row['kind']}",
        f"`{row['parent']}`" if row["parent"] else "",
        row["forms"].replace(";", "<br>"),
        years,
        row["comparability"].replace(";", "<br>"),
        row["identities"].replace(";", "<br>"),
    )


def _series(rows: Iterable[rules.Row]) -> Iterator[str]:
    """Lines of the crosswalk: periods that say the same thing share one."""
    for _, group in groupby(rows, key=lambda row: row["series"]):
        lines: dict[tuple[str, ...], list[str]] = {}
        members = list(group)
        for period in dict.fromkeys(row["period"] for row in members):
            for line in _joined([row for row in members if row["period"] == period]):
                lines.setdefault(line, []).append(period)
        label = f"{members[0]['en']}<br>{members[0]['zh']}"
        for said, periods in lines.items():
            yield _line(label, ", ".join(periods), *said)


def _joined(rows: Iterable[rules.Row]) -> dict[tuple[str, str, str], None]:
    """Metrics, verdict and caveat of one period, each once: a sum in one line."""
    lines: dict[tuple[str, str], list[rules.Row]] = {}
    for row in rows:
        lines.setdefault((row["operation"], row["caveat"]), []).append(row)
    joined: dict[tuple[str, str, str], None] = {}
    for (operation, _), group in lines.items():
        mark = " + " if operation == "sum_of" else ", "
        metrics = mark.join(f"`{row['metric']}`" for row in group)
        note = f" Note: {group[0]['note']}." if group[0]["note"] else ""
        joined[metrics, group[0]["comparable"], (group[0]["caveat"] + note).strip()] = None
    return joined


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
