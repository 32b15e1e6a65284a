"""A frame -> the sentence that says what it shows, in the language that `use_style` chose.

A notebook's prose says how something is measured; what came out is said here, from the frame
itself, so that no sentence is true of other reports only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtext.show import style
from govtext.show.plots.emphasis import theme_label
from govtext.show.plots.panel import rate_label
from govtext.show.plots.things import tell_things
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd

    from govtext.analyse.topics.study import TopicStudy

__all__ = [
    "candour", "checks", "claims", "corpus", "coverage", "dispersion", "duties", "emphasis",
    "identity", "keyness", "panel", "parts", "rates", "removed", "reuse", "sample", "stated",
    "things", "timeliness", "topics",
]  # fmt: skip
_VALUED = ("number", "zero_by_negation")


class Told(str):
    """A sentence that a notebook shows without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The sentence."""
        return str(self)


def corpus(frame: pd.DataFrame) -> Told:
    """How many reports of how many bodies and years, of a frame of `gt.corpus.corpus`."""
    years = sorted(frame["year"].dropna().astype(int).unique())
    said = _told(
        "corpus",
        reports=_count("report", len(frame)),
        bodies=_count("body", frame["body"].nunique()),
        years="–".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else "?",
    )
    repeats = int(frame["duplicate_of"].notna().sum())
    return _both(said, _told("repeats", n=repeats) if repeats else "")


def coverage(frame: pd.DataFrame) -> Told:
    """Whether bodies have reports of several years, of a frame of `gt.coverage`."""
    there = frame[frame["n_reports"] > 0]
    spans = there.dropna(subset="year").groupby("body")["year"].agg(["min", "max", "nunique"])
    series = spans[spans["nunique"] > 1]
    if series.empty:
        return _told("coverage_none", bodies=_count("body", there["body"].nunique()))
    asked = int((series["max"] - series["min"] + 1).sum())
    return _told(
        "coverage",
        series=len(series),
        bodies=_count("body", there["body"].nunique()),
        years=asked,
        missing=asked - int(series["nunique"].sum()),
    )


def removed(frame: pd.DataFrame) -> Told:
    """What cleaning took out, of a frame of `gt.corpus.removed`."""
    taken = frame[frame["strings"].notna()]
    n = _count("report", frame["report_id"].nunique())
    if taken.empty:
        return _told("removed_none", reports=n)
    rules = taken.groupby("rule")["characters"].sum().sort_values(ascending=False, kind="stable")
    return _told(
        "removed",
        strings=int(taken["strings"].sum()),
        characters=int(taken["characters"].sum()),
        some=taken["report_id"].nunique(),
        reports=n,
        rule=translate(f"rule.{rules.index[0]}"),
    )


def identity(frame: pd.DataFrame) -> Told:
    """How many fields are settled, of a frame of `gt.corpus.identity`."""
    open_ = frame[frame["source"].fillna("none") == "none"]["field"].value_counts()
    listed = [f"{translate(f'field.{name}')} ({n})" for name, n in open_.head(3).items()]
    if not listed:
        return _told("identity_all", n=len(frame))
    return _told(
        "identity", settled=len(frame) - int(open_.sum()), n=len(frame), listed=_joined(listed)
    )


def parts(frame: pd.DataFrame) -> Told:
    """Which parts are long and which are there, of a frame of `gt.corpus.parts`."""
    n = frame["report_id"].nunique()
    shares = (frame.groupby("part")["share"].sum() / n).sort_values(ascending=False, kind="stable")
    longest = [f"{translate(f'part.{name}')} ({_percent(x)})" for name, x in shares[:3].items()]
    return _told("parts", reports=_count("report", n), listed=_joined(longest))


def stated(frame: pd.DataFrame) -> Told:
    """How many metrics reports state, of a frame of `gt.stated`."""
    n = frame["report_id"].nunique()
    said = frame[frame["status"] != "absent"]
    each = said.groupby("report_id")["metric"].nunique().reindex(frame["report_id"].unique())
    by_metric = said.groupby("metric")["report_id"].nunique()
    if by_metric.empty:
        return _told("stated_none", reports=_count("report", n))
    each = each.fillna(0)
    return _told(
        "stated",
        metrics=len(by_metric),
        half=int((by_metric * 2 >= n).sum()),
        reports=_count("report", n),
        low=int(each.min()),
        high=int(each.max()),
        median=f"{each.median():g}",
    )


def things(frame: pd.DataFrame) -> Told:
    """What reports count beside the codebook, of a frame of `gt.counted_things`."""
    return Told(tell_things(frame))


def panel(frame: pd.DataFrame) -> Told:
    """How much of a panel has a value, of a frame of `gt.panel` of one series or metric."""
    valued = frame[frame["status"].isin(_VALUED)]
    several = valued.groupby("body")["year"].nunique()
    return _told(
        "panel",
        values=len(valued),
        rows=len(frame),
        bodies=_count("body", frame["body"].nunique()),
        several=int((several > 1).sum()),
        no_report=int((frame["status"] == "no_report").sum()),
    )


def rates(frame: pd.DataFrame) -> Told:
    """How many rates can be computed, of a frame of `gt.rates`."""
    made = frame[frame["status"] == "rate"]
    by_rate = made["rate"].value_counts()
    listed = [f"{rate_label(str(name))} ({n})" for name, n in by_rate.head(3).items()]
    return _told(
        "rates",
        n=len(made),
        asked=len(frame),
        reports=_count("report", made["report_id"].nunique()),
        listed=_joined(listed),
    )


def duties(frame: pd.DataFrame) -> Told:
    """Which required contents are stated most and least, of a frame of `statutory_contents`."""
    asked = frame[frame["state"] != "not_applicable"]
    if asked.empty:
        return _told("duties_none")
    said = asked.assign(said=asked["state"] != "not_stated").groupby("duty", sort=False)["said"]
    shares = said.mean().sort_values(ascending=False, kind="stable")
    sizes = said.size().reindex(shares.index)
    listed = [
        f"{translate(f'duty.{name}')} ({_percent(share)}, n = {n})"
        for name, share, n in zip(shares.index, shares, sizes, strict=True)
    ]
    return _told("duties", listed=_joined(listed))


def timeliness(frame: pd.DataFrame) -> Told:
    """How many reports are dated, and in time, of a frame of `gt.duties.timeliness`."""
    dated = frame[frame["on_time"].notna()]
    return _told(
        "timeliness",
        dated=len(dated),
        reports=_count("report", len(frame)),
        late=int((dated["on_time"] == False).sum()),  # noqa: E712 -- a column of objects
    )


def checks(frame: pd.DataFrame) -> Told:
    """How many checks hold, of `study.findings` or a frame of `gt.audit_years`."""
    if frame.empty:
        return _told("checks_none")
    counts = frame["verdict"].value_counts()
    broken = frame[frame["verdict"] == "broken"]
    said = _told(
        "checks",
        n=len(frame),
        holds=int(counts.get("holds", 0)),
        broken=len(broken),
        rest=int(counts.get("not_assessable", 0)),
    )
    where = _count("report", broken["report_id"].nunique())
    return _both(said, "" if broken.empty else _told("broken", reports=where))


def emphasis(frame: pd.DataFrame) -> Told:
    """What reports speak of most and least, of a frame of `gt.emphasis.theme_shares`."""
    known = frame.dropna(subset="theme")
    means = known.groupby("theme", sort=False)["share"].mean()
    means = means.dropna().sort_values(ascending=False, kind="stable")
    if means.empty:
        return _told("emphasis_none")
    said = [f"{theme_label(str(name))} ({_percent(share)})" for name, share in means.items()]
    n = _count("report", known["report_id"].nunique())
    if len(said) <= 6:
        return _told("emphasis_all", reports=n, listed=_joined(said))
    most, least = _joined(said[:3]), _joined(said[:-4:-1])
    return _told("emphasis", reports=n, most=most, least=least)


def claims(frame: pd.DataFrame) -> Told:
    """How many conclusions hang on one term, of a frame of `gt.emphasis.theme_conclusions`."""
    return _told("claims", n=len(frame), hang=int((frame["n_overturning"] > 0).sum()))


def candour(frame: pd.DataFrame) -> Told:
    """How many reports admit problems, of a frame of `gt.emphasis.candour`."""
    n = int(frame["n_problems"].sum())
    return _told(
        "candour",
        some=int((frame["n_problems"] > 0).sum()),
        reports=_count("report", len(frame)),
        sentences=n,
        concrete=int(frame["n_concrete"].sum()),
        vague=int(frame["n_vague"].sum()),
    )


def topics(model: TopicStudy) -> Told:
    """How many topics there are and how stable, of what `gt.topics` gives."""
    if model.topics.empty:
        return Told(" ".join(model.stale))
    stable, pattern = ((model.topics["verdict"] == name).sum() for name in ("stable", "pattern"))
    n = len(model.topics)
    return _told("topics", n=n, stable=stable, pattern=pattern, rest=n - stable - pattern)


def keyness(frame: pd.DataFrame) -> Told:
    """How many words tell two groups apart, of a frame of `gt.language.keyness`."""
    words = frame[frame["word"].notna()]
    reason = str(frame["reason"].iloc[0]) if len(frame) else ""
    if words.empty:
        return _told("keyness_absent", reason=reason)
    if reason:
        return _told("keyness_none", n=len(words), reason=reason)
    sure = words[words["p_permuted"] < 0.05]
    return _told("keyness", n=len(words), sure=len(sure))


def dispersion(frame: pd.DataFrame) -> Told:
    """Which words all reports share, of a frame of `gt.language.dispersion`."""
    n = int(frame["n_reports"].max()) if len(frame) else 0
    even = frame.sort_values(["dp_norm", "word"], kind="stable").head(5)["word"]
    return _told("dispersion", n=len(frame), listed=_joined(list(even)), most=n)


def reuse(frame: pd.DataFrame) -> Told:
    """How much of the reports stands elsewhere too, of the shares of `gt.reuse`."""
    known = frame[frame["reused"].notna()]
    if len(known) < 2:
        return _told("reuse_none")
    past = known["own_past"].dropna()
    said = _told(
        "reuse",
        reports=_count("report", len(known)),
        median=_percent(known["reused"].median()),
        half=int((known["reused"] >= 0.5).sum()),
    )
    own = _told("past", past=_percent(past.median()), n=len(past)) if len(past) else ""
    return _both(said, own)


def sample(scores: pd.DataFrame) -> Told:
    """What a judged sample says, of a frame of `gt.score_sample`."""
    whole = scores[scores["metric"] == "all"] if "metric" in scores else scores.head(0)
    row: Any = whole.iloc[0] if len(whole) else None
    if row is None or not row["judged"] + row["judged_silent"]:
        return _told("sample_none", rows=0 if row is None else int(row["unfilled"]))
    return _told(
        "sample",
        judged=int(row["judged"]),
        silent=int(row["judged_silent"]),
        precision=_interval(row, "precision"),
        recall=_interval(row, "recall"),
    )


def _told(key: str, **values: Any) -> Told:
    return Told(translate(f"told.{key}").format(**values))


def _both(first: str, second: str) -> Told:
    """Two sentences, or the first."""
    between = "" if style.language() == "zh" else " "
    return Told(between.join(filter(None, (first, second))))


def _count(thing: str, n: int) -> str:
    return translate(f"told.{thing}_{'one' if n == 1 else 'many'}").format(n=n)


def _joined(words: list[str]) -> str:
    return translate("told.joint").join(words) or "–"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _interval(row: Any, name: str) -> str:
    if row[name] != row[name]:
        return "–"
    return f"{row[name]:.0%} [{row[f'{name}_low']:.0%}, {row[f'{name}_high']:.0%}]"
