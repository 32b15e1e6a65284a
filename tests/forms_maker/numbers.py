"""Numbers that an official form admits, and how a body prints them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tools.forms import labels
from tools.forms.filled import Key, Number, Report

ZEROS = ("0", "", "-", "/", "—")

_COUNT: st.SearchStrategy[Number] = st.one_of(
    st.integers(0, 9), st.integers(0, 999), st.integers(0, 99_999)
)
_CHANGE: st.SearchStrategy[Number] = st.integers(-2_000, 2_000)
_AMOUNT: st.SearchStrategy[Number] = st.one_of(
    st.decimals(0, 99_999, places=2), st.integers(0, 99_999)
)


@st.composite
def reports(draw: st.DrawFn, form: str, zeros: Sequence[str] = ZEROS) -> Report:
    """A report in a form; every identity of the form holds (E1 to E4, and the sums of 2014)."""
    numbers = draw(_listed(form) if form in labels.LISTS else _official(form))
    return Report(
        form,
        draw(st.integers(*labels.FORMS[form])),
        numbers,
        draw(st.sampled_from(zeros)),
        draw(st.booleans()),
        draw(st.sampled_from(["+-", "增减", "＋－"])),
        draw(st.booleans()),
    )


@st.composite
def _official(draw: st.DrawFn, form: str) -> dict[Key, Number]:
    numbers: dict[Key, Number] = {}
    for metric in _table2_metrics(form):
        kind = _CHANGE if metric.endswith("_change") else _COUNT
        numbers[metric, ""] = draw(_AMOUNT if metric in labels.MONEY else kind)
    results = [metric for _, rows in (*labels.RESULTS, labels.OTHER[form]) for metric, _ in rows]
    places = st.tuples(st.sampled_from(results), st.sampled_from(labels.APPLICANTS[:-1]))
    drawn = draw(st.dictionaries(places, _COUNT, max_size=12))
    for applicant in labels.APPLICANTS[:-1]:
        column = {metric: drawn.get((metric, applicant), 0) for metric in results}
        total, later = sum(column.values()), draw(st.integers(0, 40))
        earlier = draw(st.integers(0, min(40, int(total) + later)))
        ends = (total, total + later - earlier, earlier, later)
        column |= zip((labels.TOTAL[0], *(metric for metric, _ in labels.ENDS)), ends, strict=True)
        numbers |= {(metric, applicant): number for metric, number in column.items()}
    for metric in column:
        row = (numbers[metric, applicant] for applicant in labels.APPLICANTS[:-1])
        numbers[metric, "total"] = sum(row)
    for court in labels.COURTS:
        parts = draw(st.tuples(*[st.integers(0, 120)] * 4))
        parted = zip(labels.OUTCOMES, (*parts, sum(parts)), strict=True)
        numbers |= {(f"{court}_{outcome}", ""): number for outcome, number in parted}
    return numbers


@st.composite
def _listed(draw: st.DrawFn, form: str) -> dict[Key, Number]:
    metrics = [metric for metric, _, _ in labels.LISTS[form] if metric]
    numbers: dict[Key, Number] = {
        (metric, ""): draw(_AMOUNT if metric in labels.MONEY else _COUNT) for metric in metrics
    }
    for total, begin in labels.SUMS.items():
        parts = [each for each in metrics if each.startswith(begin) and each != total]
        if parts and (total, "") in numbers:
            numbers[total, ""] = sum(numbers[each, ""] for each in parts)
    for part, whole in labels.PARTS.items():
        if (part, "") in numbers:
            numbers[part, ""] = min(numbers[part, ""], numbers[whole, ""])
    return numbers


def _table2_metrics(form: str) -> list[str]:
    return [
        f"{thing}_{head}"
        for _, things, heads in labels.ARTICLE_20[form]
        for thing in things
        for head in heads
    ]
