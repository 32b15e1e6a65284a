"""The codebook and the crosswalk of the rules as pages: `docs/codebook.md`, in Chinese `.zh.md`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.codebook import CODEBOOK_VERSION
from tools.sheet import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

PLACE, CHINESE = "docs/codebook.md", "docs/codebook.zh.md"
_WORDS = "docs/tables"
"""What the Chinese page is made of beside the rules: definitions, caveats, words, its head."""

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
    """0; the pages say what the rules say."""
    for path, text in pages(root).items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def pages(root: Path) -> dict[Path, str]:
    """Text of each page, as it should be."""
    return {root / PLACE: page(), root / CHINESE: chinese(root)}


def page() -> str:
    """Text of `docs/codebook.md`, in Markdown: a table for each part, then the crosswalk."""
    metrics, series = rules.load("codebook"), rules.load("crosswalk")
    names = len({row["series"] for row in series})
    head = _HEAD.format(version=CODEBOOK_VERSION, metrics=len(metrics), series=names)
    crosswalk = _series(series, lambda row: f"{row['en']}<br>{row['zh']}", str)
    return "".join([head, *_parts(metrics), _CROSSWALK, *crosswalk])


def chinese(root: Path) -> str:
    """Text of `docs/codebook.zh.md`: the same metrics and series, in Chinese."""
    metrics, series = rules.load("codebook"), rules.load("crosswalk")
    names = len({row["series"] for row in series})
    head = _text(root, "codebook-head.zh.md")
    labels = {row["key"]: row["zh"] for row in rules.load("labels")}
    words = labels | {row["key"]: row["zh"] for row in read_rows(root / _WORDS / "words.csv")}
    told = {row["id"]: row["zh"] for row in read_rows(root / _WORDS / "definitions.csv")}
    parts = [
        line
        for part in dict.fromkeys(row["part"] for row in metrics)
        for line in (
            f"\n## {labels[f'part.{part}']}\n{words['codebook']}\n",
            *(_in_chinese(row, told, words) for row in metrics if row["part"] == part),
        )
    ]
    words |= {row["en"]: row["zh"] for row in read_rows(root / _WORDS / "caveats.csv")}
    crosswalk = [
        _text(root, "codebook-crosswalk.zh.md"),
        *_series(series, lambda row: row["zh"], lambda said: words[said] if said else ""),
    ]
    counts = {"version": CODEBOOK_VERSION, "metrics": len(metrics), "series": names}
    return "".join([head.format(**counts), *parts, *crosswalk])


def _in_chinese(row: rules.Row, told: dict[str, str], words: dict[str, str]) -> str:
    marks = "†" * (row["unverified"] == "yes") + "‡" * (row["parted"] == "yes")
    years = f"{row['valid_from']}-{row['valid_to']}" if row["valid_from"] else ""
    return _line(
        f"`{row['id']}`{marks and ' ' + marks}", row["zh"], told[row["id"]],
        f"{words['unit.' + row['unit']]}，{words['kind.' + row['kind']]}",
        f"`{row['parent']}`" if row["parent"] else "", row["forms"].replace(";", "<br>"),
        years, row["comparability"].replace(";", "<br>"),
    )  # fmt: skip


def _text(root: Path, name: str) -> str:
    return (root / _WORDS / name).read_text(encoding="utf-8")


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


def _series(
    rows: Iterable[rules.Row], label: Callable[[rules.Row], str], told: Callable[[str], str]
) -> Iterator[str]:
    """Lines of the crosswalk, in the words of `told`: periods that say the same share one."""
    for _, group in groupby(rows, key=lambda row: row["series"]):
        lines: dict[tuple[str, ...], list[str]] = {}
        members = list(group)
        for period in dict.fromkeys(row["period"] for row in members):
            for line in _joined([row for row in members if row["period"] == period], told):
                lines.setdefault(line, []).append(period)
        for said, periods in lines.items():
            yield _line(label(members[0]), ", ".join(periods), *said)


def _joined(
    rows: Iterable[rules.Row], told: Callable[[str], str]
) -> dict[tuple[str, str, str], None]:
    """Metrics, verdict and caveat of one period, each once: a sum in one line."""
    lines: dict[tuple[str, str], list[rules.Row]] = {}
    for row in rows:
        lines.setdefault((row["operation"], row["caveat"]), []).append(row)
    joined: dict[tuple[str, str, str], None] = {}
    for (operation, _), group in lines.items():
        mark = " + " if operation == "sum_of" else ", "
        metrics = mark.join(f"`{row['metric']}`" for row in group)
        first = group[0]
        note = told("Note: {}.").format(told(first["note"])) if first["note"] else ""
        caveat = f"{told(first['caveat'])} {note}".strip()
        joined[metrics, told(first["comparable"]), caveat] = None
    return joined


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
