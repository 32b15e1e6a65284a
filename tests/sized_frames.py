"""Frames of any number of invented reports, as the functions of the analysis give them."""

import numpy as np
import pandas as pd

from govtext.analyse import corpus, groups
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


def themes(n):
    names = [row["id"] for row in rules.load("themes")]
    frame = each(n, "theme", names).assign(n_sentences=40, n_terms=300)
    share = pd.Series(numbers(len(frame)))
    frame["share"] = share.where(frame["theme"] != names[-1], 0.0)
    return frame.assign(
        share_low=(frame["share"] - 0.05).clip(0), share_high=(frame["share"] + 0.05).clip(0, 1)
    )


def part_themes(n):
    names = [row["id"] for row in rules.load("themes")]
    grid = pd.MultiIndex.from_product([corpus.part_names(), names], names=["part", "theme"])
    frame = grid.to_frame(index=False)
    sizes = {part: 4 if part == "plans" else 30 * n for part in corpus.part_names()}
    return frame.assign(n_sentences=frame["part"].map(sizes), share=numbers(len(frame)))


def substance(n):
    names = [row["id"] for row in rules.load("themes")]
    frame = pd.DataFrame({"theme": [*names, "all"], "n_sentences": [4, *[40 * n] * len(names)]})
    frame["emphasis"] = numbers(len(frame))
    frame["specificity"] = numbers(len(frame), seed=3)
    return frame.assign(
        specificity_low=(frame["specificity"] - 0.1).clip(0),
        specificity_high=frame["specificity"] + 0.1,
    )


def agreement(n):
    names = [row["id"] for row in rules.load("themes") if row["id"] != "macro"]
    frame = pd.DataFrame({"theme": [*names, "macro"], "n": 12.0 * (n > 1)})
    return frame.assign(f1=0.8, kappa_a=0.7, kappa_b=0.72, kappa_ab=0.9)


def coders(n):
    kinds = ("lexicon", "drawn", "learned")
    return pd.concat([agreement(n).assign(coder=name) for name in kinds], ignore_index=True)


def topics():
    frame = pd.DataFrame({"topic": range(1, 7), "n_boot": 20})
    frame["label_en"] = "a label of a topic that is fairly long"
    return frame.assign(label_zh="一个较长的主题名称", verdict=["stable", "unstable"] * 3)


def topic_words(n):
    words = ["政府信息公开条例" if rank % 3 == 0 else f"词语{rank}" for rank in range(1, 11)]
    rows = topics()[["topic"]].merge(pd.DataFrame({"word": words}), how="cross")
    rank = rows.groupby("topic").cumcount() + 1
    return rows.assign(rank=rank, weight=0.3 / rank / rows["topic"], kept=0.4 + 0.02 * rank)


def topic_shares(n):
    frame = each(n, "topic", topics()["topic"])
    share = pd.Series(numbers(len(frame)))
    return frame.assign(share=share, low=(share - 0.1).clip(0), high=(share + 0.1).clip(0, 1))


def topic_groups(n):
    groups = [("all", "all"), *(("part", part) for part in corpus.part_names())]
    rows = pd.DataFrame(groups, columns=["by", "group"]).assign(n_reports=n)
    frame = rows.merge(topics()[["topic"]], how="cross")
    share = pd.Series(numbers(len(frame)))
    return frame.assign(share=share, low=(share - 0.1).clip(0), high=(share + 0.1).clip(0, 1))


def comparison(n):
    frame = pd.DataFrame({"model": ["nmf"] * 4 + ["lda"] * 4, "k": [3, 4, 5, 6] * 2})
    measures = ("coherence", "stability", "ceiling", "chance", "report_stability", "seed_stability")
    for place, name in enumerate(measures):
        frame[name] = 0.1 + 0.12 * place
    return frame.assign(coherence_se=0.02, stability_se=0.03, n_paragraphs=26 * n)


def topic_sizes(n):
    frame = pd.DataFrame({"n_paragraphs": [26 * n * 2**power for power in range(6)]})
    frame["n_reports"] = [n * 2**power for power in range(6)]
    stability = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    return frame.assign(stability=stability, low=0.2, high=0.9, k=4, n_boot=20)


def keyness(n):
    words = ["的", "云岭", "政府信息公开条例", *(f"词语甲{chr(0x4E00 + at)}" for at in range(40))]
    z = np.linspace(9, -9, len(words))
    frame = pd.DataFrame({"word": words, "z": z, "p_permuted": np.abs(z) / 100})
    frame = frame.assign(by="period", target="2008-2013", reference="2014-2018")
    return frame.assign(n_target=100 * n, n_reference=3 * n)


def dispersion(n):
    words = [f"词语甲{chr(0x4E00 + at)}" for at in range(60)]
    return pd.DataFrame({"word": words, "n": 20 * n, "n_reports": n, "dp_norm": numbers(60)})


def readability(n):
    frame = labels(n).assign(n_sentences=30)
    mean = pd.Series(numbers(n, 60.0))
    return frame.assign(
        chars_per_sentence=mean.where(frame.index % 9 < 8),
        chars_per_sentence_low=mean - 3,
        chars_per_sentence_high=mean + 3,
    )


def quantification(n):
    frame = pd.DataFrame({"part": corpus.part_names()})
    frame["n_sentences"] = [3, *[20 * n] * (len(frame) - 1)]
    share = pd.Series(numbers(len(frame)))
    return frame.assign(share=share, share_low=(share - 0.1).clip(0), share_high=share + 0.1)


def reuse(n):
    kinds = np.random.default_rng(4).dirichlet([2, 1, 1, 4], n)
    frame = labels(n).assign(n_chars=1000)
    columns = ("as_boilerplate", "as_own_past", "as_others", "as_new")
    return frame.assign(**{name: 1000 * kinds[:, at] for at, name in enumerate(columns)})


def pairs(n):
    """Reports that share text: neighbours of other bodies."""
    ids = labels(n)["report_id"]
    first, second = ids[: max(0, n - 4)].to_list(), ids[4:].to_list()
    frame = pd.DataFrame({"report_a": first, "report_b": second}).head(60)
    return frame.assign(relation="other", share=numbers(len(frame)), n_passages=1, n_chars=300)


def scores(n):
    parts = ["proactive", "on_request", "review_litigation", "fees", "all"]
    frame = pd.DataFrame({"part": parts}).assign(required=20, given=22, reports=5)
    for name in ("recall", "precision"):
        frame[name], frame[f"{name}_low"], frame[f"{name}_high"] = 0.9, 0.7, 0.97
    return frame


def sample(n):
    metrics = [row["id"] for row in rules.load("codebook")][:4]
    frame = pd.DataFrame({"metric": [*metrics, "all"]}).assign(judged=n, judged_silent=n)
    for name in ("recall", "precision"):
        frame[name], frame[f"{name}_low"], frame[f"{name}_high"] = 0.8, 0.5, 0.95
    return frame


def things(n, by="part"):
    groups = corpus.part_names() if by == "part" else [str(year) for year in range(2008, 2025)]
    names = [f"thing number {at} with a long name" for at in range(20)]
    grid = pd.MultiIndex.from_product([names, groups], names=["thing", "group"])
    frame = grid.to_frame(index=False).assign(by=by, n=3, n_codebook=1, reports=n)
    frame = frame.assign(label_en=frame["thing"], label_zh="名称较长的一类事物")
    return frame.assign(share=numbers(len(frame)))


def theme_groups(n):
    return groups.means(themes(n), "share", by=("year", "level"), per="theme")


def breaks(n):
    """Twelve series and more at three breaks, some without a value on both sides."""
    names = [row["id"] for row in rules.load("codebook")][:20]
    grid = pd.MultiIndex.from_product([names, (2014, 2019, 2021)], names=["series", "year"])
    frame = grid.to_frame(index=False).assign(by="all", group="all", n_bodies=n, usual=1.04)
    before, after = (numbers(len(frame), seed=at) for at in (5, 6))
    ratio = pd.Series(2 ** (4 * after - 1)).where(frame.index % 7 > 0)
    frame = frame.assign(stated_before=before, stated_after=after, ratio=ratio)
    frame = frame.assign(low=(ratio / 2).where(frame.index % 3 > 0), high=2 * ratio)
    return frame.assign(comparable=["no" if at % 5 == 0 else "yes" for at in frame.index])


def diff(n):
    kinds = ("kept", "changed", "added", "dropped")
    parts = corpus.part_names()
    rows = [("sentence", kinds[at % 4], parts[at % 9]) for at in range(20 * n)]
    rows += [("number", kinds[at % 4], "on_request") for at in range(n)]
    return pd.DataFrame(rows, columns=["kind", "change", "part"])
