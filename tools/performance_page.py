"""What the benchmarks measured as a page: `docs/performance.md`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACE = "docs/performance.md"
RESULTS = "benchmarks/results"
_SIZES = ("whole", "full", "quick")
"""Runs of the benchmarks, the largest first: the page is made from the largest that is kept."""
_GROUPS = {
    "whole": "A whole build beside the baseline",
    "workers": "One worker and two",
    "memory": "Memory as the corpus grows",
    "again": "Begun again",
    "start": "Start-up",
    "analyses": "Analyses",
    "stages": "Stages, for a report of 18 KB",
    "files": "Web pages and PDF",
    "hostile": "Hostile files",
    "found": "What was found of what is true of the made reports",
}
_HEAD = """\
# Performance

Measured by `make bench SIZE={size}` on {date} in {seconds}; written from
`{results}/{size}.json` by `python -m tools performance`: measure anew to change it.

{machine}. {load}

Reports are made ones (`python -m tools made`), of every form, about 18 KB each. The baseline is
`benchmarks/baseline.py`, a scholar's own script: `jieba.lcut` of every line, 80 patterns, pandas to
Parquet. Both run as whole processes, in turn. CPU is that of a process with all that it starts;
wall is what passes on the clock, longer where others use the machine. Every figure has its n.
"""
_ESTIMATE = """
## A million reports, on paper

Reckoned from the figures of {n:,} reports above, and not measured: {cpu:.1f} ms of CPU a report
with one worker, {wall:.1f} ms of wall a report with two, {parent:.2f} ms of CPU in the parent.

| on | hours | because |
|---|---|---|
| one core | {one:.1f} | {cpu:.1f} ms × 1,000,000 |
| two cores | {two:.1f} | {wall:.1f} ms × 1,000,000 |
| fifty workers | {fifty:.2f} | {bound} |
"""
_MILLION, _FIFTY = 1_000_000, 50
_HOUR = 3_600_000


def write(root: Path) -> int:
    """0; the page says what the kept figures say."""
    (root / PLACE).write_text(page(kept(root)), encoding="utf-8", newline="\n")
    return 0


def kept(root: Path) -> dict[str, Any]:
    """Result of the largest run of the benchmarks that is kept.

    Raises
    ------
    FileNotFoundError
        If none is.
    """
    for size in _SIZES:
        path = root / RESULTS / f"{size}.json"
        if path.is_file():
            return dict(json.loads(path.read_text(encoding="utf-8")))
    raise FileNotFoundError(f"{RESULTS} holds no result: run `make bench` first")


def page(result: dict[str, Any]) -> str:
    """Text of `docs/performance.md`, in Markdown: a table for each group of figures."""
    told = result["machine"]
    machine = (
        f"Processor {told['processor']}, {told['cores']} cores, {told['memory']} of memory, "
        f"{told['system']}, Python {told['python']}, govtext {told['govtext']}"
    )
    seconds = f"{round(result['seconds'])} seconds"
    head = _HEAD.format(
        size=result["size"], date=result["date"], seconds=seconds, results=RESULTS,
        machine=machine, load=_load(result["load"], int(told["cores"])),
    )  # fmt: skip
    groups = (_group(name, result["figures"]) for name in _GROUPS)
    return "".join([head, *groups, _estimate(result["figures"])])


def _load(load: float, cores: int) -> str:
    """What else the machine did when the run began."""
    if load < cores / 2:
        return "Nothing else ran when it began."
    wanted = f"{load:.0f} processes wanted its cores when it began"
    return f"Others used it, {wanted}: wall time is longer than on a machine by itself."


def _group(name: str, figures: list[dict[str, Any]]) -> str:
    rows = list(_rows(each for each in figures if each["group"] == name))
    if not rows:
        return ""
    return f"\n## {_GROUPS[name]}\n\n| what | value | n | note |\n|---|---|---|---|\n" + "".join(
        rows
    )


def _rows(figures: Iterator[dict[str, Any]]) -> Iterator[str]:
    for each in figures:
        value = f"{shown(each['value'])} {'' if each['unit'] == 'share' else each['unit']}".strip()
        yield f"| {each['name']} | {value} | {each['n']:,} {each['of']} | {each['note']} |\n"


def shown(value: float) -> str:
    """A value with three significant digits or more."""
    return (
        f"{value:,.0f}"
        if abs(value) >= 100
        else f"{value:.1f}"
        if abs(value) >= 10
        else f"{value:.3f}"
    )


def _estimate(figures: list[dict[str, Any]]) -> str:
    by_name = {each["name"]: each for each in figures if each["group"] == "workers"}
    try:
        cpu, wall, parent = (
            by_name[name]["value"]
            for name in (
                "one worker, CPU a report",
                "two workers, wall a report",
                "parent's CPU a report, two workers",
            )
        )
    except KeyError:
        return ""
    shared = (cpu - parent) / _FIFTY
    each = f"({cpu:.1f} - {parent:.2f}) ms / {_FIFTY}"
    if parent > shared:
        bound = f"{parent:.2f} ms × 1,000,000 in the parent, more than {each} in a worker"
    else:
        bound = f"{each} × 1,000,000 in a worker, more than {parent:.2f} ms in the parent"
    return _ESTIMATE.format(
        n=by_name["one worker, CPU a report"]["n"], cpu=cpu, wall=wall, parent=parent, bound=bound,
        one=cpu * _MILLION / _HOUR, two=wall * _MILLION / _HOUR,
        fifty=max(parent, shared) * _MILLION / _HOUR,
    )  # fmt: skip
