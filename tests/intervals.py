"""Do 95% intervals hold the truth 95 times in 100? Tables drawn as the made corpus is made.

Nothing is written or read: a draw is the tables that a perfect reading of made reports would give,
of bodies drawn anew, and what is called are the functions that a scholar calls. The truth is what
the process plants, or the same figure of thousands of bodies.

`python -m tests.intervals [DRAWS]` prints the coverage of each estimator with its own 95% interval.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import govtext as gt
from govtext.analyse import groups
from govtext.analyse.emphasis import over
from govtext.core.codebook import unit_of_metric
from govtext.core.intervals import wilson
from govtext.extract.themes import theme_ids
from govtext.pipeline import tables
from tools.made.bodies import LAST_YEAR, bodies, pools
from tools.made.figures import Effects, Ledger
from tools.made.report import form_of
from tools.made.study import perfect
from tools.made.tables import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tools.made.bodies import Body

LEVELS = ("prefecture", "county", "department")
_FIRST = 2019
_STATED = {
    "requests_received": ("requests_received",),
    "result_granted": ("result_granted",),
    "results_total": ("results_total",),
}
_POPULATION, _FOR_A_MEDIAN = 600, 2000
_POOL, _EARLY = 700, range(2008, 2019)


@dataclass(frozen=True)
class Coverage:
    """How often intervals held the truth."""

    name: str
    held: int
    draws: int

    @property
    def share(self) -> float:
        """Of all draws."""
        return self.held / self.draws

    def __str__(self) -> str:
        low, high = wilson(self.held, self.draws)
        return f"{self.name:58}{self.share:6.1%}  [{low:.1%}, {high:.1%}]  n = {self.draws:,}"


@cache
def known_bodies(level: str) -> tuple[Body, ...]:
    """Bodies of a level, of all places."""
    every = (body for pool in range(len(pools())) for body in bodies(pool, 0))
    return tuple(body for body in every if body.level == level)


def ledgers(body: Body, rng: Random, first: int = _FIRST) -> Iterator[dict[str, object]]:
    """Years of a body with the numbers of its form, and the share that is planted."""
    ledger, style = Ledger(body, Effects(load("effects")), rng), rng.random()
    begin = rng.randint(first, LAST_YEAR - 2)
    for year in range(begin, min(LAST_YEAR, begin + rng.randint(3, 6) - 1) + 1):
        form = form_of(style, year)
        numbers, filled = ledger.year(year, form)
        cells = filled.numbers if filled else {}
        row = {"year": year, "form": form, "planted": ledger.granted(year)}
        row["requests_received"] = numbers["requests_received"]
        if form in ("table2019", "table2021"):
            row["result_granted"] = cells["result_granted", "total"]
            row["results_total"] = cells["results_total", "total"]
        yield row


def drawn(level: str, count: int, seed: object, first: int = _FIRST) -> pd.DataFrame:
    """Reports of so many bodies of a level, drawn anew: a row a body and year."""
    rng = Random(f"{level}-{seed}")
    chosen = rng.choices(known_bodies(level), k=count)
    rows = [
        row | {"body": f"{level}{number}", "level": level, "code": body.place.code}
        for number, body in enumerate(chosen)
        for row in ledgers(body, rng, first)
    ]
    return pd.DataFrame(rows)


def study_of(frame: pd.DataFrame) -> tables.Study:
    """What a perfect reading of reports with these numbers gives."""
    ids = [f"{body}-{year}" for body, year in zip(frame["body"], frame["year"], strict=True)]
    reports = [
        {"report_id": name, "issuer": row.body, "issuer_short": row.body, "admin_level": row.level,
         "region_code": row.code, "year": row.year, "form": row.form, "kind": "annual_report",
         "text": ""}
        for name, row in zip(ids, frame.itertuples(), strict=True)
    ]  # fmt: skip
    observations = [
        {"report_id": name, "metric": metric, "applicant": "total", "value": float(value),
         "status": "number", "unit": unit_of_metric()[metric], "qualifier": "exact",
         "source": "table", "section_id": "0", "start": 0, "end": 1, "quote": "", "flags": ""}
        for metric in _STATED if metric in frame
        for name, value in zip(ids, frame[metric], strict=True) if pd.notna(value)
    ]  # fmt: skip
    rows = {"reports": reports, "observations": observations}
    frames = {name: tables.frame(name, rows.get(name, [])) for name in tables.names()}
    return tables.Study(Path("made"), **frames)


@cache
def population(level: str) -> pd.DataFrame:
    """Reports of thousands of bodies of a level."""
    return drawn(level, _POPULATION, "population")


def pooled_share(frame: pd.DataFrame) -> float:
    """Share of all results that is granted, as planted."""
    granted = frame["planted"] * frame["results_total"]
    return float(granted.sum() / frame["results_total"].sum())


def single_rates(draws: int) -> Iterator[Coverage]:
    """Wilson's interval of one report: the share that is planted for the body and year."""
    held = n = 0
    for seed in range(max(1, draws // 20)):
        frame = pd.concat([drawn(level, 30, f"one{seed}") for level in LEVELS])
        found = gt.rates(study_of(frame), "granted")
        planted = {f"{r.body}-{r.year}": r.planted for r in frame.itertuples()}
        known = found[found["share"].notna()]
        truth = known["report_id"].map(planted)
        held += int(((known["low"] <= truth) & (truth <= known["high"])).sum())
        n += len(known)
    yield Coverage("rate of a report (gt.rates, Wilson)", held, n)


def grouped_rates(draws: int, sizes: tuple[int, ...] = (10, 20, 40)) -> Iterator[Coverage]:
    """Pooled rates of levels, and the difference of two of them."""
    truth = {level: pooled_share(population(level)) for level in LEVELS}
    for size in sizes:
        held, apart = 0, 0
        for seed in range(draws):
            frame = pd.concat([drawn(level, size, f"{size}-{seed}") for level in LEVELS])
            rates = gt.rates(study_of(frame), "granted")
            found = gt.rates(study_of(frame), "granted", by="level")
            for row in found.itertuples():
                held += row.low <= truth[row.group] <= row.high
            (row,) = gt.contrast(rates, "county", "department").itertuples()
            apart += row.low <= truth["county"] - truth["department"] <= row.high
        yield Coverage(f"pooled rate of {size} bodies (gt.rates by=)", held, 3 * draws)
        yield Coverage(f"difference of two levels, {size} bodies each (gt.contrast)", apart, draws)


def rate_trends(draws: int, sizes: tuple[int, ...] = (12, 40)) -> Iterator[Coverage]:
    """Slope of a body's rate over the years, in shares a year, within bodies."""
    truth = slope(as_shares(population("county")), "planted")
    for size in sizes:
        held = 0
        for seed in range(draws):
            rows = as_shares(drawn("county", size, f"t{size}-{seed}"))
            row = over.by_group(rows, ("year",)).iloc[0]
            held += row["estimate_low"] <= truth <= row["estimate_high"]
        yield Coverage(f"trend of a rate over the years, {size} bodies", held, draws)


def as_shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Rates of reports as shares of one theme."""
    known = frame[frame["results_total"] > 0]
    ids = [f"{body}-{year}" for body, year in zip(known["body"], known["year"], strict=True)]
    share = known["result_granted"] / known["results_total"]
    return known.assign(report_id=ids, theme="granted", share=share, admin_level=known["level"])


def slope(rows: pd.DataFrame, value: str = "share") -> float:
    """Least-squares slope within bodies."""
    own = rows[["year", value]].astype(float)
    centred = own - own.groupby(rows["body"]).transform("mean")
    return float((centred["year"] * centred[value]).sum() / (centred["year"] ** 2).sum())


def steps(draws: int, sizes: tuple[int, ...] = (20, 60)) -> Iterator[Coverage]:
    """Ratio of the requests after and before a new form (gt.breaks)."""
    truth = _step(drawn("county", _FOR_A_MEDIAN, "steps", 2016))
    for size in sizes:
        held = n = 0
        for seed in range(draws):
            frame = drawn("county", size, f"b{size}-{seed}", 2016)
            found = gt.breaks(study_of(frame), "requests_received").query("year == 2019")
            for row in found[found["low"].notna()].itertuples():
                held, n = held + (row.low <= truth <= row.high), n + 1
        yield Coverage(f"median ratio after and before 2019, {size} bodies (gt.breaks)", held, n)


def _step(frame: pd.DataFrame) -> float:
    """Median over bodies of the requests in the first year from 2019 by the last before."""
    near = frame[frame["year"].between(2017, 2020)].sort_values("year")
    before = near[near["year"] < 2019].groupby("body")["requests_received"].last()
    after = near[near["year"] >= 2019].groupby("body")["requests_received"].first()
    return float((after / before[before > 0]).dropna().median())


@cache
def pool() -> tables.Study:
    """A perfect reading of many made reports: the texts of the bodies that are drawn from."""
    return perfect(_POOL, seed=5)


@cache
def theme_pool() -> pd.DataFrame:
    """Share of the sentences of each report on each theme, before the forms of 2019."""
    study = pool()
    shares = study.themes.groupby("report_id")[list(theme_ids())].mean().reset_index()
    long = shares.melt("report_id", var_name="theme", value_name="share")
    frame = long.merge(labelled(study), on="report_id")
    return frame[frame["year"].isin(_EARLY)]


def labelled(study: tables.Study) -> pd.DataFrame:
    """Whose the reports that count are."""
    from govtext.analyse.corpus import counted, labels

    return labels(counted(study))


@cache
def kept_pool() -> pd.DataFrame:
    """How much of each report of the pool was kept from the one before (gt.reuse.kept)."""
    found = gt.reuse.kept(pool())
    return found.melt(
        ["report_id", "body", "year", "admin_level", "form"], ["kept", "carried"],
        var_name="measure", value_name="share",
    )  # fmt: skip


def redrawn(frame: pd.DataFrame, count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Rows of bodies drawn with replacement, each time under another name."""
    rows = dict(iter(frame.groupby("body")))
    chosen = rng.choice(list(rows), count)
    return pd.concat(
        part.assign(body=f"{body}·{turn}", report_id=part["report_id"] + f"·{turn}")
        for turn, body in enumerate(chosen) for part in [rows[body]]
    )  # fmt: skip


def theme_means(draws: int, size: int = 25) -> Iterator[Coverage]:
    """Mean share of a theme over reports, and its slope over the years (theme_groups)."""
    frame = theme_pool()
    means = frame.groupby("theme")["share"].mean()
    slopes = {theme: slope(part) for theme, part in frame.groupby("theme")}
    rng = np.random.default_rng(1)
    held = trend = n = m = 0
    for _ in range(draws):
        own = redrawn(frame, size, rng)
        found = over.by_group(own, ("all", "year"))
        for row in found[found["by"] == "all"].itertuples():
            held, n = held + (row.low <= means[row.theme] <= row.high), n + 1
        for row in found[found["by"] == "year"].drop_duplicates("theme").itertuples():
            inside = row.estimate_low <= slopes[row.theme] <= row.estimate_high
            trend, m = trend + inside, m + 1
    yield Coverage(f"mean share of a theme, {size} bodies (theme_groups)", held, n)
    yield Coverage(f"slope of a theme over the years, {size} bodies (theme_groups)", trend, m)


def theme_differences(draws: int, size: int = 60) -> Iterator[Coverage]:
    """Difference of two levels in the mean share of a theme (gt.contrast)."""
    frame = theme_pool()
    pair = [frame[frame["admin_level"] == level] for level in ("county", "department")]
    truth = pair[0].groupby("theme")["share"].mean() - pair[1].groupby("theme")["share"].mean()
    rng = np.random.default_rng(2)
    held = n = 0
    for _ in range(draws):
        own = pd.concat([redrawn(part, size // 2, rng) for part in pair])
        for row in gt.contrast(own, "county", "department").itertuples():
            held, n = held + (row.low <= truth[row.theme] <= row.high), n + 1
    yield Coverage(f"difference of two levels in a theme, {size // 2} bodies each", held, n)


def kept_text(draws: int, sizes: tuple[int, ...] = (12, 30)) -> Iterator[Coverage]:
    """Mean share of the text that was kept from one report to the next (gt.reuse.kept by=)."""
    frame = kept_pool()
    truth = frame.groupby("measure")["share"].mean()
    rng = np.random.default_rng(3)
    for size in sizes:
        held = n = 0
        for _ in range(draws):
            found = groups.means(redrawn(frame, size, rng), "share", by=("all",), per="measure")
            for row in found.itertuples():
                held, n = held + (row.low <= truth[row.measure] <= row.high), n + 1
        yield Coverage(f"mean share of kept text, {size} bodies (reuse.kept)", held, n)


EVERY: tuple[Callable[[int], Iterator[Coverage]], ...] = (
    single_rates, grouped_rates, rate_trends, steps, theme_means, theme_differences, kept_text,
)  # fmt: skip


def main(words: list[str]) -> None:
    """Print the coverage of each estimator."""
    draws = int(words[0]) if words else 200
    for measure in EVERY:
        for coverage in measure(draws):
            print(coverage, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
