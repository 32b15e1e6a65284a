"""Scores of what govtext reads against the gold of the five reports: `make accuracy`.

Each measure is a number and its floor; `tests/test_reports.py` asserts the floors, so that both say
the same. Reports are matched by the sha256 of their bytes, and read without the manifest, so that
what it states cannot help.

`data/gold/scores.csv` keeps every score with the day since when it has been so, beside those of
material that was measured once and is not measured here again (`by` is `once`). The accuracy tables
of the README and `docs/accuracy.md` are written from it.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd

from govtext.analyse.emphasis.drawn import leave_report_out
from govtext.analyse.emphasis.learned import theme_frame
from govtext.analyse.emphasis.measures import agreement
from govtext.core.model import Observation, Report
from govtext.core.text import fold, key
from govtext.extract.themes import theme_ids
from govtext.pipeline.assemble import read_file
from tests import frame_gold

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "data" / "gold"
RAW = ROOT / "data" / "raw"
SCORES = GOLD / "scores.csv"
COLUMNS = ("corpus", "what", "score", "n", "of", "date", "by")
FLOOR_KINDS = {"sum", "share", "average", "restatement"}
FOREIGN = {"cumulative", "prior_year", "target", "other_body"}
IDENTITY = (
    "year", "admin_level", "government_level", "province", "prefecture", "county", "region_code",
    "title", "signed_on", "document_number",
)  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """A score with its floor; `misses` names what keeps it from being perfect."""

    name: str
    score: float
    floor: float
    n: int
    misses: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.score >= self.floor

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "BELOW"
        return (
            f"{self.name:<52} {self.score:6.3f}  floor {self.floor:5.3f}  n {self.n:>4}  {verdict}"
        )


@cache
def gold(name: str) -> tuple[dict[str, str], ...]:
    with (GOLD / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def reports() -> dict[str, Report]:
    """Reports by the name that the gold gives them."""
    names = {row["sha256"]: row["report"] for row in gold("files")}
    found = {}
    for path in sorted(RAW.glob("*.txt")):
        report = read_file(path, path.stem, path.name)
        found[names[report.document.page.sha256]] = report
    return found


def rows_of(name: str, report: str) -> list[dict[str, str]]:
    return [row for row in gold(name) if row["report"] == report]


def lines_of(report: Report) -> list[str]:
    return report.document.page.text.split("\n")


def furniture() -> Measure:
    """Lines of page furniture that are gone from the text."""
    left, total = [], 0
    for name, report in reports().items():
        gone = {key(removal.text) for removal in report.document.removals}
        copies = sum(removal.rule == "duplicate_title" for removal in report.document.removals)
        for row in rows_of("furniture", name):
            total += 1
            line = lines_of(report)[int(row["line"]) - 1]
            if row["text"] == "duplicate title":
                copies -= 1
                ok = copies >= 0
            else:
                ok = key(line) in gone and line.strip() not in report.document.text.split("\n")
            if not ok:
                left.append(f"{name} line {row['line']}: {row['text']}")
    return Measure("furniture removed", 1 - len(left) / total, 1, total, tuple(left))


def body() -> Measure:
    """Characters of the body that are kept: all but the furniture and the spaces."""
    lost, total = [], 0
    for name, report in reports().items():
        dropped = {int(row["line"]) - 1 for row in rows_of("furniture", name)}
        kept = [line for place, line in enumerate(lines_of(report)) if place not in dropped]
        expected, got = "".join("".join(kept).split()), "".join(report.document.text.split())
        total += len(expected)
        if expected != got:
            lost.append(f"{name}: {len(expected)} characters expected, {len(got)} kept")
    return Measure(
        "reports whose body is kept to the character", 1 - len(lost) / 5, 1, total, tuple(lost)
    )


def outline(level: int | None) -> Measure:
    """F1 of the headings: level, number and title must agree."""
    wrong, hits, n_gold, n_found = [], 0, 0, 0
    for name, report in reports().items():
        expected = [
            (int(row["level"]), fold(row["number"]), fold(row["title"]))
            for row in rows_of("outlines", name)
        ]
        found = [(s.level, fold(s.number), fold(s.title)) for s in report.sections if s.level]
        if level:
            expected = [one for one in expected if one[0] == level]
            found = [one for one in found if one[0] == level]
        both = [one for one in expected if one in found]
        hits, n_gold, n_found = hits + len(both), n_gold + len(expected), n_found + len(found)
        wrong += [f"{name} missed {one}" for one in expected if one not in found]
        wrong += [f"{name} invented {one}" for one in found if one not in expected]
    label = f"headings of level {level}: F1" if level else "all headings: F1"
    return Measure(label, 2 * hits / (n_gold + n_found), 1 if level else 0.95, n_gold, tuple(wrong))


def identity() -> Measure:
    """Fields of the identity that agree; a null must be a null."""
    wrong, total = [], 0
    for name, report in reports().items():
        row = rows_of("reports", name)[0]
        for field in IDENTITY:
            value = getattr(report.identity, field)
            total += 1
            if (row[field] or None) != (None if value is None else str(value)):
                wrong.append(f"{name} {field}: {value!r}, gold {row[field]!r}")
    return Measure("identity fields", 1 - len(wrong) / total, 1, total, tuple(wrong))


def issuer() -> Measure:
    """Full name of the body, which a report may only abbreviate."""
    pairs = [(rows_of("reports", n)[0]["issuer"], r.identity.issuer) for n, r in reports().items()]
    wrong = tuple(f"{found!r}, gold {expected!r}" for expected, found in pairs if expected != found)
    return Measure("issuer (no floor)", 1 - len(wrong) / 5, 0, 5, wrong)


def quantities() -> tuple[Measure, Measure]:
    """Recall of the spans with the right value, and share of the found that are gold."""
    missed, extra, total, found_all = [], [], 0, 0
    for name, report in reports().items():
        expected = {
            (int(row["start"]), int(row["end"])): float(row["value"])
            for row in rows_of("quantities", name)
        }
        found = {
            report.document.raw_span(each.start, each.end): each.value for each in report.quantities
        }
        total, found_all = total + len(expected), found_all + len(found)
        text = report.document.page.text
        missed += [
            f"{name} {text[a:b]} ({value:g}) in {text[max(0, a - 12) : b + 6]!r}"
            for (a, b), value in expected.items()
            if found.get((a, b)) != value
        ]
        extra += [
            f"{name} {text[a:b]} in {text[max(0, a - 12) : b + 6]!r}"
            for a, b in found
            if (a, b) not in expected
        ]
    return (
        Measure("quantities: recall", 1 - len(missed) / total, 0.97, total, tuple(missed)),
        Measure(
            "quantities: share that is gold",
            1 - len(extra) / found_all,
            0.90,
            found_all,
            tuple(extra),
        ),
    )


def observations() -> tuple[Measure, Measure]:
    """Required observations that are found, and rows that are neither required nor optional."""
    missed, extra, total, found_all = [], [], 0, 0
    for name, report in reports().items():
        expected = rows_of("observations", name)
        found = [each for each in report.observations if not FOREIGN & set(each.flags.split(";"))]
        found_all += len(found)
        for row in expected:
            if row["status"] == "required":
                total += 1
                if not any(_same(row, each, report) for each in found):
                    missed.append(f"{name} {row['metric']} {row['value']}: {row['quote']}")
        extra += [
            f"{name} {each.metric} {each.value:g} by {each.rule}: {each.quote}"
            for each in found
            if not any(_same(row, each, report) for row in expected)
        ]
    return (
        Measure(
            "observations: required found",
            1 - len(missed) / total,
            1 - 2 / 63,
            total,
            tuple(missed),
        ),
        Measure(
            "observations: found that are gold",
            1 - len(extra) / found_all,
            1 - 2 / 68,
            found_all,
            tuple(extra),
        ),
    )


def _same(row: dict[str, str], each: Observation, report: Report) -> bool:
    """True if a row of the gold and an observation are about the same words."""
    start, end = report.document.raw_span(each.start, each.end)
    meets = start < int(row["end"]) and int(row["start"]) < end
    return meets and each.metric == row["metric"] and each.value == float(row["value"])


def repaired() -> Measure:
    """Damaged rates that are recovered and flagged."""
    rows = [row for row in gold("observations") if "repaired" in row["flags"]]
    found = [
        row
        for row in rows
        for each in reports()[row["report"]].observations
        if _same(row, each, reports()[row["report"]]) and "repaired" in each.flags
    ]
    return Measure("damaged rates repaired and flagged", len(found) / len(rows), 1, len(rows))


@cache
def coded() -> pd.DataFrame:
    """Sentences that the two coders coded, as the reports have them, with the lexicon's themes."""
    ids = theme_ids()
    rows = []
    for name, report in reports().items():
        known = {key(row["sentence"]): row for row in rows_of("themes", name)}
        for each in report.themes:
            sentence = report.document.text[each.start : each.end]
            if row := known.get(key(sentence)):
                part = report.section_at(each.start).part
                ours = {theme: theme in each.themes for theme in ids}
                rows.append({"report_id": name, "part": part, **row, "sentence": sentence, **ours})
    return pd.DataFrame(rows)


def themes() -> tuple[Measure, ...]:
    """Themes where the coders agree, the weakest of the common ones, and drawn from other reports.

    The gap is given as what is left of 1, so that its floor is one from below like the others.
    """
    frame = coded()
    a, b = (theme_frame(frame[name]) for name in ("themes_a", "themes_b"))
    table = agreement(frame[list(theme_ids())], a, b).set_index("theme")
    common = table[(table["n"] >= 20) & (table.index != "macro")]
    kappa = common[["kappa_a", "kappa_b"]].min(axis=1)
    low = tuple(f"{theme}: {value:.3f}" for theme, value in kappa.items() if value < 0.65)
    drawn = leave_report_out(frame, a, b)
    sourced = leave_report_out(frame, a, b, sourced=True)
    gaps = tuple(
        f"{row.report_id}: {row.f1:.3f}, drawn {row.f1_drawn:.3f}" for row in drawn.itertuples()
    )
    n, last = len(frame), drawn["f1_drawn"].iloc[-1]
    return (
        Measure("themes: macro F1 where the coders agree", table.loc["macro", "f1"], 0.80, n),
        Measure("themes: lowest kappa of a common theme", kappa.min(), 0.65, n, low),
        Measure("themes: F1, terms of the other four (no floor)", last, 0, n, gaps),
        Measure("themes: 1 less the largest gap to it", 1 - drawn["gap"].max(), 0.90, n),
        Measure("themes: 1 less that gap, sourced terms kept", 1 - sourced["gap"].max(), 0.90, n),
    )


def audits() -> tuple[Measure, Measure]:
    """Broken sums, shares, averages and restatements that are found, and what is called so falsely.

    A finding meets a row of the gold where its characters overlap the row's quote.
    """
    missed, false, total = [], [], 0
    for name, report in reports().items():
        found = [each for each in report.findings if each.verdict == "broken"]
        rows = [row for row in rows_of("audits", name) if row["verdict"] == "broken"]
        places = [_place(report, row["quote"]) for row in rows]
        for row, (start, end) in zip(rows, places, strict=True):
            if row["kind"] in FLOOR_KINDS:
                total += 1
                if not any(each.start < end and start < each.end for each in found):
                    missed.append(f"{name}: {row['statement']}")
        false += [
            f"{name}: {each.statement}"
            for each in found
            if not any(start < each.end and each.start < end for start, end in places)
        ]
    return (
        Measure("audit: broken checks found", 1 - len(missed) / total, 1, total, tuple(missed)),
        Measure(
            "audit: nothing else called broken", 1 - len(false) / total, 1, total, tuple(false)
        ),
    )


def _is_private_use(mark: str) -> bool:
    return "\ue000" <= mark <= "\uf8ff" or mark >= "\U000f0000"


def _place(report: Report, quote: str) -> tuple[int, int]:
    """Characters of a quote, found without regard to spaces and damaged marks."""
    text = [(at, mark) for at, mark in enumerate(report.document.text) if key(mark).isprintable()]
    kept = [(at, mark) for at, mark in text if key(mark) and not _is_private_use(mark)]
    wanted = "".join(mark for mark in key(quote) if not _is_private_use(mark))
    start = "".join(key(mark) for _, mark in kept).index(wanted)
    return kept[start][0], kept[start + len(wanted) - 1][0] + 1


def unsettled() -> str:
    """Share of the checks that cannot be assessed."""
    found = [each.verdict for report in reports().values() for each in report.findings]
    return f"{found.count('not_assessable')} of {len(found)} checks cannot be assessed"


def measures() -> list[Measure]:
    """Every measure, in the order of the pipeline."""
    return [
        furniture(), body(), outline(1), outline(None), identity(), issuer(), *quantities(),
        *observations(), repaired(), *audits(), *themes(),
    ]  # fmt: skip


@cache
def passages() -> tuple[tuple[str, float, int, str], ...]:
    """Scores of the 300 passages that were seen while terms were added: what, score, n, of what."""
    lines = (GOLD / "frames" / "open.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        scores = frame_gold.score(rows, Path(folder))
    alike = sum(row["kind"] == "lookalike" for row in rows)
    return (
        ("observations: recall", scores.recall, scores.hits + scores.missed, "numbers"),
        ("observations: precision", scores.precision, scores.hits + scores.extra, "numbers"),
        ("look-alikes that give a number", scores.look_alikes / alike, alike, "passages"),
    )


def scores() -> list[tuple[str, str, str, str, str]]:
    """Corpus, what, score to three places, n and of what, of all that is measured here."""
    five = [("five", each.name, each.score, each.n, "") for each in measures()]
    seen = [("open", *row) for row in passages()]
    return [(where, what, f"{x:.3f}", str(n), of) for where, what, x, n, of in [*five, *seen]]


def keep() -> None:
    """Write the scores; a row that says what it said keeps its date."""
    with SCORES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    dates = {tuple(row[name] for name in COLUMNS[:5]): row["date"] for row in rows}
    today = datetime.now(tz=UTC).date().isoformat()
    new = [(*row, dates.get(row, today), "make accuracy") for row in scores()]
    once = [tuple(row.values()) for row in rows if row["by"] == "once"]
    with SCORES.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *new, *once])


def nulls() -> str:
    """Share of the fields of the identity that are null, by field."""
    found = [report.identity for report in reports().values()]
    shares = {
        name: sum(getattr(one, name) is None for one in found) / len(found) for name in IDENTITY
    }
    return "; ".join(f"{name} {share:.1f}" for name, share in shares.items() if share)


def main() -> int:
    """Print a line a measure, and what each misses."""
    sys.stdout.reconfigure(encoding="utf-8")
    scored = measures()
    for measure in scored:
        print(measure)
        for miss in measure.misses:
            print(f"    {miss}")
    print(f"share of null, by field: {nulls()}")
    print(unsettled())
    for what, score, n, of in passages():
        print(f"{'300 passages, ' + what:<52} {score:6.3f}  n {n} {of}")
    keep()
    return 0 if all(measure.holds for measure in scored) else 1


if __name__ == "__main__":
    sys.exit(main())
