"""Frames of any number of invented reports, as the functions of the analysis give them."""

import numpy as np
import pandas as pd

from govtext.analyse import corpus
from govtext.core import rules

LEVELS = ("province", "prefecture", "county", "township", "department")
FORMS = ("prose", "local_table", "table2014", "table2019", "table2021")
PLACES = ("110000", "330100", "370203", "530600", "650102", "")
DUTIES = ("proactive", "on_request", "fees", "review_litigation", "problems", "other")


def labels(n):
    """A row a report: 17 years, a body for every three reports, some of no known year or place."""
    at = np.arange(n)
    bodies = at // 3
    years = pd.Series(2008.0 + (at * 7 + at // 3) % 17)
    frame = pd.DataFrame({"report_id": [f"report-{number:04d}" for number in at]})
    frame["year"] = years.where(at % 41 != 40)
    frame["issuer"] = [f"云岭市第{body}区人民政府信息公开工作办公室" for body in bodies]
    frame["label_en"] = frame["report_id"]
    frame["label_zh"] = [f"第{body}区 {year:.0f}" for body, year in zip(bodies, years, strict=True)]
    frame["body"] = frame["issuer"]
    frame["region_code"] = [PLACES[body % len(PLACES)] or None for body in bodies]
    frame["province"] = frame["prefecture"] = frame["county"] = None
    frame["admin_level"] = [LEVELS[body % len(LEVELS)] for body in bodies]
    frame["form"] = [FORMS[int((year - 2008) // 4)] for year in years]
    return frame


def numbers(count, most=1.0, seed=0):
    return most * np.random.default_rng(seed).beta(1, 4, count)


def each(n, column, values):
    return labels(n).merge(pd.Series(list(values), name=column), how="cross")


def coverage(n):
    frame = labels(n).drop_duplicates(["body", "year"])
    known = frame.assign(state="present", n_reports=1, others="", reason="")
    gaps = known.dropna(subset="year").assign(state="missing", n_reports=0, report_id=None)
    gaps = gaps.assign(year=gaps["year"] + 1)
    both = pd.concat([known, gaps]).drop_duplicates(["body", "year"])
    both.loc[both["year"].isna(), "state"] = "unplaced"
    return both.astype({"year": "Int64"}).reset_index(drop=True)


def removed(n):
    frame = each(n, "rule", ["breadcrumb", "share", "font_size"])
    return frame.assign(strings=1, characters=(1000 * numbers(len(frame))).astype(int))


def identity(n):
    frame = each(n, "field", corpus.FIELDS)
    sources = ["title", "text", "none", "telephone+postcode", "manifest"]
    return frame.assign(source=[sources[at % 5] for at in range(len(frame))])


def headings(n):
    frame = each(n, "level", [1, 2, 3])
    return frame.assign(n=(20 * numbers(len(frame))).astype(int))


def parts(n):
    frame = each(n, "part", corpus.part_names())
    frame["share"] = numbers(len(frame)) / 3
    density = pd.Series(numbers(len(frame), 60.0))
    return frame.assign(characters=100, quantities=3, density=density.where(frame.index % 5 > 0))


def stated(n):
    metrics = [row["id"] for row in rules.load("codebook")][:120]
    frame = each(n, "metric", metrics)
    status = ["number", "absent", "zero_by_negation", "absent", "blank"]
    frame["status"] = [status[at % 5] for at in range(len(frame))]
    return frame.assign(value=np.where(frame["status"] == "number", 3.0, np.nan))


def panel(n):
    """Series that span orders of magnitude, with zeros, gaps and breaks."""
    metrics = [row["id"] for row in rules.load("codebook")][: 12 if n > 100 else 40]
    frame = each(n, "series", metrics).rename(columns={"issuer": "name"})
    frame["issuer"] = frame["name"]
    draw = np.random.default_rng(1).lognormal(3, 3, len(frame)).round()
    kinds = ["number", "absent", "zero_by_negation", "number", "no_report"]
    frame["status"] = [kinds[at % 5] for at in range(len(frame))]
    value = pd.Series(draw).where(frame["status"] == "number")
    frame["value"] = value.where(frame["status"] != "zero_by_negation", 0.0)
    frame["break"] = frame["year"] == 2019
    return frame.assign(unit="item").astype({"year": "Int64"})


def series(n):
    first = panel(n)
    return first[first["series"] == first["series"].iloc[0]].reset_index(drop=True)


def rates(n):
    names = list(dict.fromkeys(row["rate"] for row in rules.load("derived")))[:10]
    frame = each(n, "rate", names)
    frame["denominator"] = np.random.default_rng(2).lognormal(3, 1.5, len(frame)).round() + 1
    frame["numerator"] = (frame["denominator"] * numbers(len(frame))).round()
    share = frame["numerator"] / frame["denominator"]
    frame["share"] = share.where(frame.index % 3 > 0)
    frame["low"], frame["high"] = (frame["share"] - 0.1).clip(0), (frame["share"] + 0.1).clip(0, 1)
    frame["status"] = np.where(frame["share"].notna(), "rate", "incomplete")
    return frame.assign(**{"break": False}).astype({"year": "Int64"})


def duties(n):
    frame = each(n, "duty", DUTIES)
    states = ["stated_with_number", "not_stated", "stated_none", "stated_in_words"]
    frame["state"] = [states[at % 4] for at in range(len(frame))]
    gone = (frame["duty"] == "fees") & (frame["year"] >= 2019)
    return frame.assign(state=frame["state"].where(~gone, "not_applicable"))


def findings(n):
    names = [row["id"] for row in rules.load("identities") if row["kind"] != "ending"][:30]
    rows = each(n, "identity", names)
    verdicts = ["holds", "holds", "broken", "not_assessable", "holds"]
    return rows.assign(verdict=[verdicts[at % 5] for at in range(len(rows))], n=1)
